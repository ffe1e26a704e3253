//! Keeps the snapshots of the lists on disk and switches between them in one step.
//!
//! Layout: `ROOT/lists/NAME/EDITION/{manifest.json, listings.jsonl, rejects.jsonl, index/}`, the
//! pointer `CURRENT`, and what is known beside it: `history.jsonl`; `CHECKED.json` for what came of
//! asking the publisher and `downloads/` for its files; after a failed or held import `HELD.json`,
//! `HELD-rejects.jsonl` and the folder `held`; after a rollback `ROLLED_BACK.json`. A snapshot is
//! built in a temporary folder beside its place, synced, renamed, and becomes current by one rename
//! of the pointer: whoever opens the list sees the old snapshot or the new one, whole. Whatever goes
//! wrong before that rename leaves the old one current. One advisory lock a list keeps writers
//! apart; readers need none. The last five editions are kept, and longer what somebody has open.

mod checked;
mod disk;
mod held;
mod history;
mod snapshot;
mod staging;

pub use history::{HistoryAction, HistoryEntry};
pub use snapshot::Snapshot;
pub(super) use staging::ListLock;

use super::manifest::RolledBack;
use super::source::is_list_name;
use super::{ListSource, ListState};
use disk::{Result, folder_names, from_json, is_edition, read_bytes};
use jiff::Timestamp;
use std::io;
use std::path::PathBuf;

const LISTS: &str = "lists";
const POINTER: &str = "CURRENT";
const HELD: &str = "HELD.json";
const HELD_REJECTS: &str = "HELD-rejects.jsonl";
const HELD_EDITION: &str = "held";
const HISTORY: &str = "history.jsonl";
const PUBLISHING: &str = ".PUBLISHING";
const ROLLED_BACK: &str = "ROLLED_BACK.json";
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
    /// No kept edition is meant, or several are.
    #[error("{list}: expected the name of one kept edition ({kept}), found '{wanted}'")]
    UnknownEdition {
        /// Name of the list.
        list: String,
        /// What was asked for.
        wanted: String,
        /// The editions kept.
        kept: String,
    },
    /// Another command is changing the same list.
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
            Self::Io { .. } | Self::Locked { .. } | Self::UnknownEdition { .. } => false,
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

    /// Whether the list was ever imported or tried.
    pub(super) fn is_known(&self, list: &str) -> bool {
        self.list_dir(list).is_dir()
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
    /// An edition without a pointer is not "never published", unless it is just being moved into
    /// place for the first time: the pointer was lost. The next import mends that.
    ///
    /// # Errors
    /// [`StoreError`] when the pointer or the manifest is damaged or cannot be read: that is not
    /// "no snapshot".
    pub fn current(&self, list: &str) -> Result<Option<Snapshot>> {
        let dir = self.list_dir(list);
        let mut pointed = self.pointed(list)?;
        loop {
            let opened = match &pointed {
                Some(edition) => Snapshot::open(dir.join(edition))?,
                None => None,
            };
            let why = match (&pointed, opened) {
                (_, Some(snapshot)) => return Ok(Some(snapshot)),
                (Some(edition), None) => {
                    Some(format!("'{edition}', which is not there or has no {MANIFEST}"))
                }
                (None, None) => self
                    .unpublished(list)?
                    .map(|edition| format!("no such file beside the edition '{edition}'")),
            };
            // Somebody may have published meanwhile: only what is twice the same is so.
            let again = self.pointed(list)?;
            if again == pointed {
                let path = dir.join(POINTER);
                return why.map_or(Ok(None), |found| Err(StoreError::BadPointer { path, found }));
            }
            pointed = again;
        }
    }

    /// The edition the pointer names.
    fn pointed(&self, list: &str) -> Result<Option<String>> {
        let path = self.list_dir(list).join(POINTER);
        let Some(edition) = read_bytes(&path)? else { return Ok(None) };
        let edition = String::from_utf8_lossy(&edition).trim().to_owned();
        if is_edition(&edition) {
            return Ok(Some(edition));
        }
        Err(StoreError::BadPointer { path, found: format!("'{edition}'") })
    }

    /// An edition that should have a pointer: any but one that is just being moved into place.
    fn unpublished(&self, list: &str) -> Result<Option<String>> {
        let dir = self.list_dir(list);
        let editions: Vec<String> =
            folder_names(&dir)?.into_iter().filter(|name| is_edition(name)).collect();
        let note = read_bytes(&dir.join(PUBLISHING))?.unwrap_or_default();
        let moving = String::from_utf8_lossy(&note).trim().to_owned();
        Ok(editions.into_iter().find(|edition| *edition != moving))
    }

    /// A kept edition by its name, or by the beginning of its name where only one has it.
    ///
    /// # Errors
    /// [`StoreError::UnknownEdition`] naming those kept, or another when one cannot be read.
    pub fn edition(&self, list: &str, wanted: &str) -> Result<Snapshot> {
        let mut kept = self.editions(list)?;
        let names: Vec<String> = kept.iter().map(|s| s.manifest.edition.clone()).collect();
        let exact = names.iter().position(|name| name == wanted);
        let mut begins = (0..).zip(&names).filter(|(_, name)| name.starts_with(wanted));
        let at = exact.or(match (begins.next(), begins.next()) {
            (Some((at, _)), None) if !wanted.is_empty() => Some(at),
            _ => None,
        });
        match at {
            Some(at) => Ok(kept.swap_remove(at)),
            None => Err(StoreError::UnknownEdition {
                list: list.to_owned(),
                wanted: wanted.to_owned(),
                kept: names.join(", "),
            }),
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

    /// The mark of a rollback, when the edition in use is the one somebody went back to.
    pub(super) fn rolled_back(
        &self,
        list: &str,
        current: Option<&Snapshot>,
    ) -> Result<Option<RolledBack>> {
        let path = self.list_dir(list).join(ROLLED_BACK);
        let Some(text) = read_bytes(&path)? else { return Ok(None) };
        let mark: RolledBack = from_json(&path, &text, "a mark of a rollback")?;
        Ok(current.filter(|current| current.manifest.edition == mark.to).map(|_| mark))
    }

    /// The snapshot in use and the state of the list at `now`.
    ///
    /// The mark of a held import is read before the pointer: a publish in between then shows the
    /// new edition as held for a moment, and never an old one as free of the mark it had.
    ///
    /// # Errors
    /// [`StoreError`] when what is stored is damaged or cannot be read.
    pub fn relied_on(
        &self,
        source: &ListSource,
        now: Timestamp,
    ) -> Result<(Option<Snapshot>, ListState)> {
        let held = self.held(&source.name)?;
        let snapshot = self.current(&source.name)?;
        let back = self.rolled_back(&source.name, snapshot.as_ref())?;
        let checked = self.checked(&source.name)?;
        let manifest = snapshot.as_ref().map(|snapshot| &snapshot.manifest);
        let state = match back {
            // Whoever goes back knows of a newer edition: the older one ages from its retrieval,
            // whatever the publisher had when it was confirmed.
            Some(back) => {
                let mut state = ListState::of(source, manifest, held.as_ref(), now);
                state.remark(back.to_string());
                state
            }
            None => {
                let renewed = manifest.map(|manifest| checked.renewed(manifest));
                checked.told(ListState::of(source, renewed.as_ref(), held.as_ref(), now), manifest)
            }
        };
        // What the publisher still has is not old, whenever it was published.
        let unconfirmed = manifest.filter(|one| checked.last_seen(one) == one.retrieved);
        let state = match unconfirmed {
            Some(manifest) => state.told_if_old(source, manifest),
            None => state,
        };
        Ok((snapshot, state))
    }

    /// The state of a list at `now`. What cannot be read counts as hard stale, and says why.
    #[must_use]
    pub fn state(&self, source: &ListSource, now: Timestamp) -> ListState {
        match self.relied_on(source, now) {
            Ok((_, state)) => state,
            Err(error) => ListState::unreadable(source, &error),
        }
    }
}
