//! Brings a list up to date with its publisher: fetch the declared files, and import them if they
//! are not those of the edition in use.
//!
//! Whether anything is new is decided by the fingerprints of the files, never by what the server
//! says about them alone: "unchanged" to a file whose import was held is not "the edition in use is
//! current". What is wrong with an edition is decided by the import, exactly as for files that a
//! person brings. A publisher that cannot be reached changes nothing but what is told.

use super::checked::{Confirmed, FailedTry};
use super::fetch::{self, FetchError, FetchProgress, FetchedFile, Fetcher};
use super::import::{
    BuildIndex, ImportError, ImportOptions, ImportReport, import_list, with_causes,
};
use super::{ListSource, ListStore, Manifest, Snapshot, StoreError, WantedFile};
use std::path::PathBuf;

/// What an update came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Updated {
    /// A new edition came; published or held, as the report says.
    Imported(Box<ImportReport>),
    /// The publisher still has the edition somebody went back from; the one in use ages on.
    TakenBack {
        /// The edition in use.
        edition: String,
        /// The edition it stands in for.
        from: String,
    },
    /// The publisher still has the edition in use; its age counts from now.
    Unchanged {
        /// The edition.
        edition: String,
    },
}

/// Why an update came to nothing. The edition in use stays.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// The files could not be had.
    #[error("{list}: the files could not be fetched; {kept}")]
    Fetch {
        /// Name of the list.
        list: String,
        /// What is in use instead, in words.
        kept: String,
        /// What was asked and what came.
        #[source]
        source: Box<FetchError>,
    },
    /// The files are no edition of the list.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether all files a list needs have an address.
#[must_use]
pub fn is_fetchable(source: &ListSource) -> bool {
    let has_address = |wanted: &WantedFile| fetch::has_address(source, wanted);
    source.files.iter().all(|wanted| wanted.optional || has_address(wanted))
        && source.files.iter().any(has_address)
}

/// Fetches a list and imports what is new.
///
/// # Errors
/// [`UpdateError`]. A failed fetch is noted beside the list; a failed import is held as
/// [`ImportError::is_held`] says.
pub fn update_list(
    store: &ListStore,
    source: &ListSource,
    fetcher: &Fetcher,
    options: &ImportOptions<'_>,
    progress: FetchProgress<'_>,
    build_index: BuildIndex<'_>,
) -> Result<Updated, UpdateError> {
    let name = source.name.as_str();
    let downloads = store.downloads(name)?;
    let fetched = match fetcher.fetch(source, &downloads.dir, progress) {
        Ok(fetched) => fetched,
        Err(error) => {
            let failed = FailedTry { when: options.retrieved, reason: error.to_string() };
            // The reason matters more than that it could not be noted.
            if let Err(error) = store.note_check(name, |checked| checked.failed = Some(failed)) {
                tracing::warn!(list = name, error = %error, "the failed fetch is not noted");
            }
            let (list, kept) = (name.to_owned(), what_stays(store, name));
            return Err(UpdateError::Fetch { list, kept, source: Box::new(error) });
        }
    };
    if let Some(edition) = same_as_in_use(store, name, &fetched)? {
        let confirmed = Confirmed { edition: edition.clone(), when: options.retrieved };
        store.note_check(name, |checked| {
            checked.confirmed = Some(confirmed);
            checked.failed = None;
        })?;
        return Ok(Updated::Unchanged { edition });
    }
    if let Some(taken_back) = same_as_taken_back(store, name, &fetched)? {
        return Ok(taken_back);
    }
    let paths: Vec<PathBuf> = fetched.into_iter().map(|file| file.path).collect();
    let imported = import_list(store, source, &paths, options, build_index);
    if !matches!(&imported, Ok(report) if report.is_published())
        && let Err(error) = fetch::forget(&downloads.dir)
    {
        tracing::warn!(list = name, error = %error, "the next update may not fetch the files anew");
    }
    Ok(Updated::Imported(Box::new(imported?)))
}

/// The edition in use, when the files are the ones it was made from, by this version of the
/// program, it is undamaged, and nothing was held since.
fn same_as_in_use(
    store: &ListStore,
    name: &str,
    fetched: &[FetchedFile],
) -> Result<Option<String>, StoreError> {
    let current = match store.current(name) {
        // Damage is mended by importing anew.
        Err(error) if error.is_integrity() => return Ok(None),
        current => current?,
    };
    let Some(snapshot) = current else { return Ok(None) };
    let is_news = store.held(name)?.is_some() || !is_same(&snapshot.manifest, fetched);
    match snapshot.listings() {
        _ if is_news => Ok(None),
        Err(error) if error.is_integrity() => Ok(None),
        listings => listings.map(|_| Some(snapshot.manifest.edition)),
    }
}

/// What becomes of an update when the files are those of the edition somebody went back from: that
/// decision stands until the publisher has another edition.
fn same_as_taken_back(
    store: &ListStore,
    name: &str,
    fetched: &[FetchedFile],
) -> Result<Option<Updated>, StoreError> {
    let current = match store.current(name) {
        Err(error) if error.is_integrity() => return Ok(None),
        current => current?,
    };
    let Some(back) = store.rolled_back(name, current.as_ref())? else { return Ok(None) };
    let editions = store.editions(name)?;
    let is_that = |snapshot: &&Snapshot| {
        snapshot.manifest.edition == back.from && has_files(&snapshot.manifest, fetched)
    };
    Ok(editions
        .iter()
        .find(is_that)
        .map(|_| Updated::TakenBack { edition: back.to.clone(), from: back.from.clone() }))
}

fn is_same(manifest: &Manifest, fetched: &[FetchedFile]) -> bool {
    has_files(manifest, fetched) && manifest.engine == env!("CARGO_PKG_VERSION")
}

/// Whether an edition was made from these very files.
fn has_files(manifest: &Manifest, fetched: &[FetchedFile]) -> bool {
    let mut came: Vec<(&str, &str)> =
        fetched.iter().map(|file| (file.role.as_str(), file.sha256.as_str())).collect();
    let mut used: Vec<(&str, &str)> =
        manifest.files.iter().map(|file| (file.role.as_str(), file.sha256.as_str())).collect();
    came.sort_unstable();
    used.sort_unstable();
    came == used
}

/// What goes on being used when an update came to nothing, in words.
#[must_use]
pub fn what_stays(store: &ListStore, name: &str) -> String {
    match store.current(name) {
        Ok(Some(snapshot)) => format!("edition {} stays in use", snapshot.manifest.edition),
        Ok(None) => "there is no edition to use".to_owned(),
        Err(_) => "the edition in use is damaged".to_owned(),
    }
}

/// The whole text of an update's error on one line.
#[must_use]
pub fn update_error_text(error: &UpdateError) -> String {
    with_causes(error)
}
