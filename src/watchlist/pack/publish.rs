//! Publishes an edition out of a verified pack: the guards of its list hold as for any import.

use super::PackedEdition;
use crate::watchlist::checked::Confirmed;
use crate::watchlist::import::{BuildIndex, ImportError, ImportOptions, publish_or_hold, settle};
use crate::watchlist::{Header, ListSource, ListStore, Manifest, Parsed, Updated};
use jiff::Timestamp;

/// Publishes one edition of a pack; `file` names the pack in the mark of a held one. Of the
/// options the moment, the name and the canaries count: what was retrieved when, the pack says.
///
/// # Errors
/// [`ImportError`]. The list is then marked as held if [`ImportError::is_held`] says so.
pub fn publish_packed(
    store: &ListStore,
    source: &ListSource,
    packed: PackedEdition,
    file: &str,
    options: &ImportOptions<'_>,
    build_index: BuildIndex<'_>,
) -> Result<Updated, ImportError> {
    let PackedEdition { manifest, last_seen, listings, rejects } = packed;
    let name = source.name.as_str();
    if let Some(edition) = in_use(store, name, &manifest)? {
        confirm(store, name, &edition, last_seen)?;
        return Ok(Updated::Unchanged { edition });
    }
    let (published, record_count) = (manifest.published.clone(), manifest.publisher_count);
    let parsed = Parsed {
        header: Header { published, record_count },
        listings,
        rejects,
        rows_read: manifest.rows_read,
        lost_records: manifest.lost_records,
        warnings: manifest.warnings.clone(),
    };
    let lock = store.lock(name)?;
    let result = publish_or_hold(store, &lock, source, manifest, parsed, options, build_index);
    let report = settle(&lock, result, vec![file.to_owned()], options)?;
    // Noting takes the lock anew.
    drop(lock);
    if report.is_published() {
        confirm(store, name, &report.manifest.edition, last_seen)?;
    }
    Ok(Updated::Imported(Box::new(report)))
}

/// The name of the edition in use, when the pack's is the same, it is undamaged, and nothing was
/// held since.
fn in_use(store: &ListStore, name: &str, packed: &Manifest) -> Result<Option<String>, ImportError> {
    let current = match store.current(name) {
        Err(error) if error.is_integrity() => return Ok(None),
        current => current?,
    };
    let Some(snapshot) = current else { return Ok(None) };
    let is_same = snapshot.manifest.sha256 == packed.sha256
        && snapshot.manifest.listings_sha256 == packed.listings_sha256
        && store.held(name)?.is_none()
        && snapshot.listings().is_ok();
    Ok(is_same.then_some(snapshot.manifest.edition))
}

/// The edition was last seen at its publisher then, as whoever made the pack knew.
fn confirm(
    store: &ListStore,
    name: &str,
    edition: &str,
    last_seen: Timestamp,
) -> Result<(), ImportError> {
    let edition = edition.to_owned();
    let is_news = |known: &Confirmed| known.edition != edition || known.when < last_seen;
    store.note_check(name, |checked| {
        if checked.confirmed.as_ref().is_none_or(is_news) {
            checked.confirmed = Some(Confirmed { edition: edition.clone(), when: last_seen });
        }
    })?;
    Ok(())
}
