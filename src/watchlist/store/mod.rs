//! Keeps the snapshots of the lists on disk and switches between them in one step.
//!
//! Layout: `ROOT/lists/NAME/EDITION/{manifest.json, listings.jsonl, rejects.jsonl, index/}`, the
//! pointer `CURRENT`, `CHECKED.json` for what came of asking the publisher, `downloads/` for its
//! files and, after a failed import, `HELD.json` and `HELD-rejects.jsonl`. A snapshot is built in a temporary
//! folder beside its place, synced, renamed, and becomes current by one rename of the pointer:
//! whoever opens the list sees the old snapshot or the new one, whole. Whatever goes wrong before
//! that rename leaves the old one current. One advisory lock a list keeps imports apart; readers
//! need none. The last five editions are kept.

mod checked;
mod disk;
mod snapshot;
mod staging;

pub use snapshot::Snapshot;
pub(super) use staging::ListLock;

use super::manifest::Held;
use super::source::is_list_name;
use super::{ListSource, ListState, Reliance};
use crate::party::Reject;
use disk::{Result, folder_names, from_json, from_lines, is_edition, read_bytes};
use jiff::Timestamp;
use std::io;
use std::path::PathBuf;

const LISTS: &str = "lists";
const POINTER: &str = "CURRENT";
const HELD: &str = "HELD.json";
const HELD_REJECTS: &str = "HELD-rejects.jsonl";
const MANIFEST: &str = "manifest.json";
const LISTINGS: &str = "listings.jsonl";
const REJECTS: &str = "rejects.jsonl";
const INDEX: &str = "index";
const DOWNLOADS: &str = "downloads";
/// Editions kept, the current one included.
pub const KEPT_EDITIONS: usize = 5;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system refused.
    #[error("{path}: cannot be {what}")]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What was tried: read, written, renamed…
        what: &'static str,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A stored file does not hold what it should.
    #[error("{path}: not readable as {expected}")]
    Unreadable {
        /// File.
        path: PathBuf,
        /// What it should be.
        expected: &'static str,
        /// The reader's own words.
        #[source]
        source: serde_json::Error,
    },
    /// A stored file is not the one its manifest describes.
    #[error("{path}: expected SHA-256 {expected}, found {found}")]
    Integrity {
        /// File.
        path: PathBuf,
        /// Recorded fingerprint.
        expected: String,
        /// Fingerprint of the file as it is.
        found: String,
    },
    /// The pointer is gone, or names no edition that is there.
    #[error("{path}: expected the name of an edition, found {found}")]
    BadPointer {
        /// The pointer file.
        path: PathBuf,
        /// Its content in quotes, or what is there instead, in words.
        found: String,
    },
    /// Another import of the same list is running.
    #[error("{list}: another import is running")]
    Locked {
        /// Name of the list.
        list: String,
    },
}

impl StoreError {
    /// Whether what is stored is damaged, and not merely out of reach: nothing may be decided on
    /// it until somebody has looked or the list is imported anew.
    #[must_use]
    pub fn is_integrity(&self) -> bool {
        match self {
            Self::Integrity { .. } | Self::Unreadable { .. } | Self::BadPointer { .. } => true,
            Self::Io { .. } | Self::Locked { .. } => false,
        }
    }
}

/// The folder that holds the snapshots of all lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListStore {
    root: PathBuf,
}

impl ListStore {
    /// A store below a data folder, which need not exist yet.
    #[must_use]
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn list_dir(&self, list: &str) -> PathBuf {
        self.root.join(LISTS).join(list)
    }

    /// Names of all lists that were ever imported or tried, sorted. A folder whose name is no name
    /// of a list is somebody else's.
    ///
    /// # Errors
    /// [`StoreError`] when the folder is there and cannot be read.
    pub fn names(&self) -> Result<Vec<String>> {
        let mut names = folder_names(&self.root.join(LISTS))?;
        names.retain(|name| is_list_name(name));
        Ok(names)
    }

    /// The snapshot in use; `None` when the list was never published.
    ///
    /// An edition without a pointer is not "never published": the pointer was lost, or a first
    /// import was killed just before it was written. The next import mends both.
    ///
    /// # Errors
    /// [`StoreError`] when the pointer or the manifest is damaged or cannot be read: that is not
    /// "no snapshot".
    pub fn current(&self, list: &str) -> Result<Option<Snapshot>> {
        let dir = self.list_dir(list);
        let pointer = dir.join(POINTER);
        let Some(edition) = read_bytes(&pointer)? else {
            let edition = folder_names(&dir)?.into_iter().find(|name| is_edition(name));
            // A first import may have published in between: only then is there a pointer now.
            return match (edition, pointer.is_file()) {
                (None, _) => Ok(None),
                (Some(_), true) => self.current(list),
                (Some(edition), false) => {
                    let found = format!("no such file beside the edition '{edition}'");
                    Err(StoreError::BadPointer { path: pointer, found })
                }
            };
        };
        let edition = String::from_utf8_lossy(&edition).trim().to_owned();
        if !is_edition(&edition) {
            let found = format!("'{edition}'");
            return Err(StoreError::BadPointer { path: pointer, found });
        }
        match Snapshot::open(dir.join(&edition))? {
            Some(snapshot) => Ok(Some(snapshot)),
            None => {
                let found = format!("'{edition}', which is not there or has no {MANIFEST}");
                Err(StoreError::BadPointer { path: pointer, found })
            }
        }
    }

    /// What a new edition is compared with: the snapshot in use or, when the store is damaged, the
    /// newest one that still reads, with a sentence about the damage. So a lost pointer is mended
    /// by the next import and loosens no guard.
    pub(super) fn reference(&self, list: &str) -> Result<(Option<Snapshot>, Option<String>)> {
        match self.current(list) {
            Ok(snapshot) => return Ok((snapshot, None)),
            Err(error) if error.is_integrity() => {}
            Err(error) => return Err(error),
        }
        let dir = self.list_dir(list);
        let editions = folder_names(&dir)?.into_iter().filter(|name| is_edition(name));
        let newest =
            editions.filter_map(|name| Snapshot::open(dir.join(name)).ok().flatten()).max_by_key(
                |snapshot| (snapshot.manifest.retrieved, snapshot.manifest.edition.clone()),
            );
        let instead = newest.as_ref().map_or("no edition", |s| s.manifest.edition.as_str());
        let told = format!("the edition in use could not be opened; compared with {instead}");
        Ok((newest, Some(told)))
    }

    /// All kept snapshots of a list, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when a folder or a manifest cannot be read.
    pub fn editions(&self, list: &str) -> Result<Vec<Snapshot>> {
        let dir = self.list_dir(list);
        let mut snapshots = Vec::new();
        for name in folder_names(&dir)?.into_iter().filter(|name| is_edition(name)) {
            snapshots.extend(Snapshot::open(dir.join(name))?);
        }
        snapshots.sort_by(|a, b| {
            let key = |s: &Snapshot| (s.manifest.retrieved, s.manifest.edition.clone());
            key(a).cmp(&key(b))
        });
        Ok(snapshots)
    }

    /// The mark of the last import when it failed or was held.
    ///
    /// # Errors
    /// [`StoreError`] when the mark is there and cannot be read.
    pub fn held(&self, list: &str) -> Result<Option<Held>> {
        let path = self.list_dir(list).join(HELD);
        let text = read_bytes(&path)?;
        text.map(|text| from_json(&path, &text, "a mark of a held import")).transpose()
    }

    /// The rejects of the import the mark is about: what could not be used of the held edition.
    /// None when nothing is held or its files could not be read at all.
    ///
    /// # Errors
    /// [`StoreError`] when the file is there and cannot be read.
    pub fn held_rejects(&self, list: &str) -> Result<Vec<Reject>> {
        let path = self.list_dir(list).join(HELD_REJECTS);
        match read_bytes(&path)? {
            Some(bytes) => from_lines(&path, &bytes, "rejects"),
            None => Ok(Vec::new()),
        }
    }

    /// The state of a list at `now`. What cannot be read counts as hard stale, and says why.
    #[must_use]
    pub fn state(&self, source: &ListSource, now: Timestamp) -> ListState {
        let name = source.name.as_str();
        let read = self
            .current(name)
            .and_then(|snapshot| Ok((snapshot, self.held(name)?, self.checked(name)?)));
        match read {
            Ok((snapshot, held, checked)) => {
                let manifest = snapshot.as_ref().map(|snapshot| &snapshot.manifest);
                let renewed = manifest.map(|manifest| checked.renewed(manifest));
                let state = ListState::of(source, renewed.as_ref(), held.as_ref(), now);
                checked.told(state, manifest)
            }
            Err(error) => ListState {
                list: source.name.clone(),
                reliance: Reliance::HardStale,
                age_hours: None,
                sentence: format!("the snapshot cannot be read: {error}"),
            },
        }
    }
}
