//! Building a snapshot beside the others and making it the current one.
//!
//! Everything is written and synced before the one rename that counts, that of the pointer.

#![expect(clippy::disallowed_methods, reason = "the store is the edge where snapshots are files")]

use super::disk::{
    Result, folder_names, io, is_edition, remove_file, rename, sync_dir, sync_tree, write_json,
    write_lines, write_synced,
};
use super::{
    HELD, HELD_REJECTS, INDEX, KEPT_EDITIONS, LISTINGS, ListStore, MANIFEST, POINTER, REJECTS,
    Snapshot, StoreError,
};
use crate::party::Reject;
use crate::watchlist::{Held, Listing, Manifest};
use jiff::Timestamp;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::PathBuf;

const POINTER_TEMPORARY: &str = ".CURRENT.new";
const HELD_TEMPORARY: &str = ".HELD.new";
const LOCK: &str = "LOCK";
const STAGING_PREFIX: &str = ".staging-";

/// The right to write one list; released when dropped.
#[derive(Debug)]
pub(in crate::watchlist) struct ListLock {
    dir: PathBuf,
    _file: File,
}

impl ListStore {
    /// Takes the right to write a list and clears what an interrupted import left behind.
    pub(in crate::watchlist) fn lock(&self, list: &str) -> Result<ListLock> {
        let dir = self.list_dir(list);
        fs::create_dir_all(&dir).map_err(io(&dir, "created"))?;
        let path = dir.join(LOCK);
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = opened.map_err(io(&path, "opened"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Locked { list: list.to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(io(&path, "locked")(error)),
        }
        for name in folder_names(&dir)?.into_iter().filter(|n| n.starts_with(STAGING_PREFIX)) {
            let left = dir.join(name);
            fs::remove_dir_all(&left).map_err(io(&left, "removed"))?;
        }
        Ok(ListLock { dir, _file: file })
    }
}

impl ListLock {
    /// A new folder to build a snapshot in; removed when dropped before it is published.
    pub(in crate::watchlist) fn staging(&self) -> Result<Staging<'_>> {
        let made = tempfile::Builder::new().prefix(STAGING_PREFIX).tempdir_in(&self.dir);
        let folder = made.map_err(io(&self.dir, "written in"))?;
        Ok(Staging { lock: self, folder })
    }

    /// Leaves the mark of a failed or held import, beside it the rejects of that import if it has
    /// any. An older mark stays until the new one replaces it.
    pub(in crate::watchlist) fn hold(&self, held: &Held, rejects: &[Reject]) -> Result<()> {
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

    /// Removes the oldest editions beyond those kept; never the one just published.
    fn prune(&self, current: &str) -> Result<()> {
        let mut editions = Vec::new();
        for name in folder_names(&self.dir)?.into_iter().filter(|name| is_edition(name)) {
            let dir = self.dir.join(&name);
            // A folder without a readable manifest is the oldest of all.
            let retrieved = Snapshot::open(dir).ok().flatten();
            let retrieved = retrieved.map_or(Timestamp::MIN, |s| s.manifest.retrieved);
            editions.push((name == current, retrieved, name));
        }
        editions.sort();
        let surplus = editions.len().saturating_sub(KEPT_EDITIONS);
        for (_, _, name) in editions.into_iter().take(surplus) {
            let old = self.dir.join(name);
            fs::remove_dir_all(&old).map_err(io(&old, "removed"))?;
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

impl Staging<'_> {
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

    /// Makes the built folder the list's current snapshot.
    pub(in crate::watchlist) fn publish(self, manifest: &Manifest) -> Result<Snapshot> {
        write_json(&self.folder.path().join(MANIFEST), manifest)?;
        sync_tree(self.folder.path())?;
        let lock = self.lock;
        let dir = lock.dir.join(&manifest.edition);
        let built = self.folder.keep();
        rename(&built, &dir)?;
        sync_dir(&lock.dir)?;
        let temporary = lock.dir.join(POINTER_TEMPORARY);
        write_synced(&temporary, format!("{}\n", manifest.edition).as_bytes())?;
        rename(&temporary, &lock.dir.join(POINTER))?;
        sync_dir(&lock.dir)?;
        remove_file(&lock.dir.join(HELD))?;
        remove_file(&lock.dir.join(HELD_REJECTS))?;
        lock.prune(&manifest.edition)?;
        Ok(Snapshot { manifest: manifest.clone(), dir })
    }
}
