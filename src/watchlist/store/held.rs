//! What is kept of an edition that is held: the mark with the reasons, the rejects, and the whole
//! edition in the folder `held`, so that somebody may approve it.
//!
//! One held edition a list, that of the last import; files that cannot be read as the list leave
//! none. The mark names the edition it is about, and a folder the mark does not name is nobody's.

use super::disk::{Result, from_json, from_lines, read_bytes, remove_file, rename, sync_dir};
use super::disk::{sync_tree, write_json, write_lines};
use super::staging::Staging;
use super::{HELD, HELD_EDITION, HELD_REJECTS, ListLock, ListStore, MANIFEST, Snapshot};
use super::{HistoryAction, HistoryEntry};
use crate::party::Reject;
use crate::watchlist::{Held, Manifest};

const HELD_TEMPORARY: &str = ".HELD.new";

impl ListStore {
    /// The mark of the last import when it failed or was held.
    ///
    /// # Errors
    /// [`super::StoreError`] when the mark is there and cannot be read.
    pub fn held(&self, list: &str) -> Result<Option<Held>> {
        let path = self.list_dir(list).join(HELD);
        let text = read_bytes(&path)?;
        text.map(|text| from_json(&path, &text, "a mark of a held import")).transpose()
    }

    /// The rejects of the import the mark is about: what could not be used of the held edition.
    /// None when nothing is held or its files could not be read at all.
    ///
    /// # Errors
    /// [`super::StoreError`] when the file is there and cannot be read.
    pub fn held_rejects(&self, list: &str) -> Result<Vec<Reject>> {
        let path = self.list_dir(list).join(HELD_REJECTS);
        match read_bytes(&path)? {
            Some(bytes) => from_lines(&path, &bytes, "rejects"),
            None => Ok(Vec::new()),
        }
    }

    /// The edition the mark is about, kept so that it can be looked at and approved; `None` when
    /// nothing is held, or when its files could not be read as the list.
    ///
    /// # Errors
    /// [`super::StoreError`] when mark or edition are there and cannot be read.
    pub fn held_edition(&self, list: &str) -> Result<Option<Snapshot>> {
        let Some(named) = self.held(list)?.and_then(|mark| mark.edition) else { return Ok(None) };
        let kept = Snapshot::open(self.list_dir(list).join(HELD_EDITION))?;
        Ok(kept.filter(|snapshot| snapshot.manifest.edition == named))
    }
}

impl ListLock {
    /// Leaves the mark of a failed or held import, beside it the rejects of that import if it has
    /// any; an edition that was held before goes. The older mark stays until the new one replaces
    /// it.
    pub(in crate::watchlist) fn hold(
        &self,
        held: &Held,
        rejects: &[Reject],
        entry: &HistoryEntry,
    ) -> Result<()> {
        self.catch_up(entry.time)?;
        self.mark(held, rejects)?;
        if held.edition.is_none() {
            self.discard(&self.dir.join(HELD_EDITION))?;
        }
        self.record(&HistoryEntry { action: HistoryAction::Held, ..entry.clone() })
    }

    fn mark(&self, held: &Held, rejects: &[Reject]) -> Result<()> {
        let temporary = self.dir.join(HELD_TEMPORARY);
        let beside = self.dir.join(HELD_REJECTS);
        if rejects.is_empty() {
            remove_file(&beside)?;
        } else {
            write_lines(&temporary, rejects)?;
            rename(&temporary, &beside)?;
        }
        write_json(&temporary, held)?;
        rename(&temporary, &self.dir.join(HELD))?;
        sync_dir(&self.dir)
    }

    /// Removes the held edition and its mark: another edition came into use.
    pub(super) fn clear_held(&self) -> Result<()> {
        remove_file(&self.dir.join(HELD))?;
        remove_file(&self.dir.join(HELD_REJECTS))?;
        self.discard(&self.dir.join(HELD_EDITION))
    }

    /// Removes a held edition no mark is about: the import that left it was killed.
    pub(super) fn mend_held(&self) -> Result<()> {
        let dir = self.dir.join(HELD_EDITION);
        if !dir.exists() {
            return Ok(());
        }
        let named = self.marked_edition()?;
        let manifest = read_bytes(&dir.join(MANIFEST))?.unwrap_or_default();
        let kept = serde_json::from_slice(&manifest).ok().map(|kept: Manifest| kept.edition);
        if named.is_some() && named == kept { Ok(()) } else { self.discard(&dir) }
    }

    /// The edition the mark is about, if there is a mark that reads.
    pub(super) fn marked_edition(&self) -> Result<Option<String>> {
        let mark = read_bytes(&self.dir.join(HELD))?.unwrap_or_default();
        Ok(serde_json::from_slice(&mark).ok().and_then(|mark: Held| mark.edition))
    }
}

impl Staging<'_> {
    /// Keeps the built folder as the list's held edition, in place of an older one.
    pub(in crate::watchlist) fn keep_as_held(self, manifest: &Manifest) -> Result<()> {
        let (lock, built) = self.finish(manifest)?;
        sync_tree(&built)?;
        let dir = lock.dir.join(HELD_EDITION);
        lock.discard(&dir)?;
        rename(&built, &dir)?;
        sync_dir(&lock.dir)
    }
}
