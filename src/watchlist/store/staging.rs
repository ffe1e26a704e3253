//! Building a snapshot beside the others and making it the current one.
//!
//! Everything is written and synced before the one rename that counts, that of the pointer. A note
//! names the edition that is being moved into place: as long as no pointer names it, readers know
//! that it is not published yet, and the next command takes away what a killed one left.

#![expect(clippy::disallowed_methods, reason = "the store is the edge where snapshots are files")]

use super::disk::{
    Result, folder_names, io, is_edition, read_bytes, remove_file, rename, sync_dir, sync_tree,
    write_json, write_lines, write_synced,
};
use super::snapshot::unless_in_use;
use super::{
    HELD_EDITION, INDEX, KEPT_EDITIONS, LISTINGS, ListStore, MANIFEST, POINTER, PUBLISHING,
    REJECTS, ROLLED_BACK, StoreError,
};
use super::{HistoryAction, HistoryEntry, RolledBack};
use crate::party::Reject;
use crate::watchlist::{Listing, Manifest};
use jiff::Timestamp;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

const POINTER_TEMPORARY: &str = ".CURRENT.new";
const MANIFEST_TEMPORARY: &str = ".manifest.new";
const ROLLED_BACK_TEMPORARY: &str = ".ROLLED_BACK.new";
const LOCK: &str = "LOCK";
/// A process that is just being started holds its parent's locks until it runs its own program:
/// a lock is only another command's when it stays for a moment.
const LOCK_TRIES: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(20);
const STAGING_PREFIX: &str = ".staging-";

/// The right to write one list; released when dropped.
#[derive(Debug)]
pub(in crate::watchlist) struct ListLock {
    pub(super) dir: PathBuf,
    _file: File,
}

impl ListStore {
    /// Takes the right to write a list and clears what an interrupted command left behind.
    pub(in crate::watchlist) fn lock(&self, list: &str) -> Result<ListLock> {
        let dir = self.list_dir(list);
        fs::create_dir_all(&dir).map_err(io(&dir, "created"))?;
        let path = dir.join(LOCK);
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = opened.map_err(io(&path, "opened"))?;
        let mut tries = 0;
        let mut locked = file.try_lock();
        while matches!(locked, Err(TryLockError::WouldBlock)) && tries < LOCK_TRIES {
            std::thread::sleep(LOCK_PAUSE);
            tries += 1;
            locked = file.try_lock();
        }
        match locked {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Locked { list: list.to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(io(&path, "locked")(error)),
        }
        let lock = ListLock { dir, _file: file };
        lock.mend()?;
        Ok(lock)
    }
}

impl ListLock {
    /// Brings to an end, or takes back, what a killed command left half done.
    fn mend(&self) -> Result<()> {
        let folders = folder_names(&self.dir)?;
        for name in folders.into_iter().filter(|name| name.starts_with(STAGING_PREFIX)) {
            let left = self.dir.join(name);
            fs::remove_dir_all(&left).map_err(io(&left, "removed"))?;
        }
        let note = self.dir.join(PUBLISHING);
        if let Some(edition) = read_bytes(&note)? {
            let edition = String::from_utf8_lossy(&edition).trim().to_owned();
            let dir = self.dir.join(&edition);
            if self.pointed()?.as_deref() == Some(&edition) {
                self.clear_held()?;
            } else if is_edition(&edition) && dir.exists() {
                let held = self.dir.join(HELD_EDITION);
                if self.marked_edition()?.as_deref() == Some(&edition) && !held.exists() {
                    rename(&dir, &held)?;
                } else {
                    self.discard(&dir)?;
                }
            }
            remove_file(&note)?;
        }
        self.mend_held()
    }

    /// The edition the pointer names; `None` without a pointer or with a damaged one.
    pub(super) fn pointed(&self) -> Result<Option<String>> {
        let bytes = read_bytes(&self.dir.join(POINTER))?;
        let named = bytes.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
        Ok(named.filter(|name| is_edition(name)))
    }

    /// The edition in use, whether or not it can be opened.
    pub(in crate::watchlist) fn in_use(&self) -> Result<Option<String>> {
        self.pointed()
    }

    /// The mark of a rollback, if it is about this edition.
    pub(super) fn rolled_back_to(&self, edition: &str) -> Result<Option<RolledBack>> {
        let mark = read_bytes(&self.dir.join(ROLLED_BACK))?.unwrap_or_default();
        let mark: Option<RolledBack> = serde_json::from_slice(&mark).ok();
        Ok(mark.filter(|mark| mark.to == edition))
    }

    /// A new folder to build a snapshot in; removed when dropped before it is published.
    pub(in crate::watchlist) fn staging(&self) -> Result<Staging<'_>> {
        let made = tempfile::Builder::new().prefix(STAGING_PREFIX).tempdir_in(&self.dir);
        let folder = made.map_err(io(&self.dir, "written in"))?;
        Ok(Staging { lock: self, folder })
    }

    /// A name no edition of this list has: the wanted one, or that with a number behind it.
    pub(in crate::watchlist) fn free_edition(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2;
        while self.dir.join(&name).exists() {
            name = format!("{wanted}-{number}");
            number += 1;
        }
        name
    }

    /// Makes the held edition the current one, with what its manifest now says.
    pub(in crate::watchlist) fn publish_held(
        &self,
        manifest: &Manifest,
        entry: &HistoryEntry,
    ) -> Result<()> {
        let held = self.dir.join(HELD_EDITION);
        let temporary = held.join(MANIFEST_TEMPORARY);
        write_json(&temporary, manifest)?;
        rename(&temporary, &held.join(MANIFEST))?;
        self.put_in_use(&held, manifest, entry)
    }

    /// Moves a built folder into place and the pointer to it.
    fn put_in_use(&self, built: &Path, manifest: &Manifest, entry: &HistoryEntry) -> Result<()> {
        self.catch_up(entry.time)?;
        let before = self.pointed()?;
        sync_tree(built)?;
        let note = self.dir.join(PUBLISHING);
        write_synced(&note, format!("{}\n", manifest.edition).as_bytes())?;
        rename(built, &self.dir.join(&manifest.edition))?;
        sync_dir(&self.dir)?;
        self.point_to(&manifest.edition)?;
        self.clear_held()?;
        remove_file(&self.dir.join(ROLLED_BACK))?;
        self.record(&HistoryEntry { before, ..entry.clone() })?;
        remove_file(&note)?;
        self.prune(&manifest.edition)
    }

    /// Makes a kept edition the current one again. The mark says so from the moment the pointer
    /// moves: until then it is about an edition that is not in use.
    pub(in crate::watchlist) fn roll_back(&self, mark: &RolledBack, sha256: &str) -> Result<()> {
        self.catch_up(mark.when)?;
        let temporary = self.dir.join(ROLLED_BACK_TEMPORARY);
        write_json(&temporary, mark)?;
        rename(&temporary, &self.dir.join(ROLLED_BACK))?;
        self.point_to(&mark.to)?;
        self.record(&HistoryEntry {
            time: mark.when,
            action: HistoryAction::RolledBack,
            edition: mark.to.clone(),
            sha256: sha256.to_owned(),
            reasons: vec![mark.reason.clone()],
            by: mark.by.clone(),
            before: Some(mark.from.clone()),
        })
    }

    /// The one rename that counts.
    fn point_to(&self, edition: &str) -> Result<()> {
        let temporary = self.dir.join(POINTER_TEMPORARY);
        write_synced(&temporary, format!("{edition}\n").as_bytes())?;
        rename(&temporary, &self.dir.join(POINTER))?;
        sync_dir(&self.dir)
    }

    /// Removes a folder in one step as readers see it.
    pub(super) fn discard(&self, dir: &Path) -> Result<()> {
        if !dir.exists() {
            return Ok(());
        }
        let made = tempfile::Builder::new().prefix(STAGING_PREFIX).tempdir_in(&self.dir);
        let aside = made.map_err(io(&self.dir, "written in"))?;
        rename(dir, &aside.path().join("discarded"))?;
        aside.close().map_err(io(dir, "removed"))
    }

    /// Removes the oldest editions beyond those kept; never the one just published, and none that
    /// somebody has open: it goes with a later publish.
    fn prune(&self, current: &str) -> Result<()> {
        let mut editions = Vec::new();
        for name in folder_names(&self.dir)?.into_iter().filter(|name| is_edition(name)) {
            let manifest = read_bytes(&self.dir.join(&name).join(MANIFEST)).ok().flatten();
            // A folder without a readable manifest is the oldest of all.
            let manifest: Option<Manifest> =
                manifest.and_then(|bytes| serde_json::from_slice(&bytes).ok());
            let retrieved = manifest.map_or(Timestamp::MIN, |manifest| manifest.retrieved);
            editions.push((name == current, retrieved, name));
        }
        editions.sort();
        let surplus = editions.len().saturating_sub(KEPT_EDITIONS);
        for (_, _, name) in editions.into_iter().take(surplus) {
            let old = self.dir.join(name);
            unless_in_use(&old, || self.discard(&old))?;
        }
        Ok(())
    }
}

/// A snapshot under construction.
#[derive(Debug)]
pub(in crate::watchlist) struct Staging<'a> {
    lock: &'a ListLock,
    folder: tempfile::TempDir,
}

impl<'a> Staging<'a> {
    /// The folder, for the index.
    pub(in crate::watchlist) fn index_dir(&self) -> Result<PathBuf> {
        let dir = self.folder.path().join(INDEX);
        fs::create_dir_all(&dir).map_err(io(&dir, "created"))?;
        Ok(dir)
    }

    /// Writes listings and rejects, and gives the fingerprint of the listings.
    pub(in crate::watchlist) fn write_records(
        &self,
        listings: &[Listing],
        rejects: &[Reject],
    ) -> Result<String> {
        write_lines(&self.folder.path().join(REJECTS), rejects)?;
        write_lines(&self.folder.path().join(LISTINGS), listings)
    }

    /// Adds the manifest, which makes the folder a snapshot.
    pub(super) fn finish(self, manifest: &Manifest) -> Result<(&'a ListLock, PathBuf)> {
        write_json(&self.folder.path().join(MANIFEST), manifest)?;
        Ok((self.lock, self.folder.keep()))
    }

    /// Makes the built folder the list's current snapshot.
    pub(in crate::watchlist) fn publish(
        self,
        manifest: &Manifest,
        entry: &HistoryEntry,
    ) -> Result<()> {
        let (lock, built) = self.finish(manifest)?;
        lock.put_in_use(&built, manifest, entry)
    }
}
