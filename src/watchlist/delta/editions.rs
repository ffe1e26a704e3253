//! Decides which two kept editions of a list are compared, and what is told of them.

use super::{Delta, delta};
use crate::watchlist::{ListStore, Manifest, Snapshot, StoreError};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// Two editions of a list and what changed between them (`lists diff --format json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListDiff {
    /// Name of the list.
    pub list: String,
    /// The older edition, or the one named first.
    pub from: EditionLine,
    /// The newer edition, or the one named second.
    pub to: EditionLine,
    /// What changed.
    #[serde(flatten)]
    pub delta: Delta,
    /// Captions of the entries named above, by identifier; the newer edition's where both have one.
    #[serde(skip)]
    pub captions: BTreeMap<String, String>,
}

/// An edition, as a comparison names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionLine {
    /// Its name.
    pub edition: String,
    /// The publisher's date.
    pub published: Option<String>,
    /// When it was retrieved.
    pub retrieved: Timestamp,
    /// SHA-256 over its files.
    pub sha256: String,
    /// Entries.
    pub records: u64,
}

impl From<&Manifest> for EditionLine {
    fn from(manifest: &Manifest) -> Self {
        Self {
            edition: manifest.edition.clone(),
            published: manifest.published.clone(),
            retrieved: manifest.retrieved,
            sha256: manifest.sha256.clone(),
            records: manifest.records,
        }
    }
}

/// Why two editions could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// There are no two editions.
    #[error("{list}: expected two kept editions to compare, found {found}")]
    TooFew {
        /// Name of the list.
        list: String,
        /// Editions kept.
        found: usize,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Compares two kept editions of a list, each named whole or by the beginning of its name; the
/// last two when none is named.
///
/// # Errors
/// [`DiffError`] when there are not two editions, a name fits none or several, or an edition is
/// damaged.
pub fn diff_editions(
    store: &ListStore,
    list: &str,
    named: Option<(&str, &str)>,
) -> Result<ListDiff, DiffError> {
    let (from, to) = match named {
        Some((from, to)) => (store.edition(list, from)?, store.edition(list, to)?),
        None => last_two(store, list)?,
    };
    let (older, newer) = (from.listings()?, to.listings()?);
    let delta = delta(&older, &newer);
    let told = delta.added.iter().chain(&delta.removed).chain(&delta.cosmetic);
    let told = told.chain(delta.changed.iter().map(|change| &change.id));
    let all = older.iter().chain(&newer);
    let known: BTreeMap<&str, &str> =
        all.map(|listing| (listing.id.as_str(), listing.party.caption())).collect();
    let caption = |id: &String| Some((id.clone(), (*known.get(id.as_str())?).to_owned()));
    let captions = told.filter_map(caption).collect();
    let (from, to) = (EditionLine::from(&from.manifest), EditionLine::from(&to.manifest));
    Ok(ListDiff { list: list.to_owned(), from, to, delta, captions })
}

fn last_two(store: &ListStore, list: &str) -> Result<(Snapshot, Snapshot), DiffError> {
    let mut kept = store.editions(list)?;
    let found = kept.len();
    match (kept.pop(), kept.pop()) {
        (Some(to), Some(from)) => Ok((from, to)),
        _ => Err(DiffError::TooFew { list: list.to_owned(), found }),
    }
}
