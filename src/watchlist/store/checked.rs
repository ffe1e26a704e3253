//! Keeps what came of asking a publisher, and where its files are downloaded to.

#![expect(clippy::disallowed_methods, reason = "the store is the edge where snapshots are files")]

use super::disk::{Result, from_json, io, read_bytes, rename, sync_dir, write_json};
use super::{DOWNLOADS, ListStore, StoreError};
use crate::watchlist::Checked;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::PathBuf;

const CHECKED: &str = "CHECKED.json";
const CHECKED_TEMPORARY: &str = ".CHECKED.new";
const DOWNLOADS_LOCK: &str = ".LOCK";

/// The right to download files of one list; released when dropped.
#[derive(Debug)]
pub(in crate::watchlist) struct Downloads {
    /// The folder, which is there.
    pub(in crate::watchlist) dir: PathBuf,
    _file: File,
}

impl ListStore {
    /// What came of asking the publisher of a list.
    ///
    /// # Errors
    /// [`StoreError`] when the note is there and cannot be read: then nobody knows.
    pub fn checked(&self, list: &str) -> Result<Checked> {
        let path = self.list_dir(list).join(CHECKED);
        match read_bytes(&path)? {
            Some(text) => from_json(&path, &text, "a note of the last check"),
            None => Ok(Checked::default()),
        }
    }

    /// Changes that note, under the list's lock. A note that cannot be read is written anew.
    pub(in crate::watchlist) fn note_check(
        &self,
        list: &str,
        change: impl FnOnce(&mut Checked),
    ) -> Result<()> {
        let _lock = self.lock(list)?;
        let mut checked = match self.checked(list) {
            Err(error) if error.is_integrity() => Checked::default(),
            read => read?,
        };
        change(&mut checked);
        let dir = self.list_dir(list);
        let temporary = dir.join(CHECKED_TEMPORARY);
        write_json(&temporary, &checked)?;
        rename(&temporary, &dir.join(CHECKED))?;
        sync_dir(&dir)
    }

    /// Where the files of a list are downloaded to; it need not be there.
    #[must_use]
    pub fn downloads_dir(&self, list: &str) -> PathBuf {
        self.list_dir(list).join(DOWNLOADS)
    }

    /// Takes the right to download.
    pub(in crate::watchlist) fn downloads(&self, list: &str) -> Result<Downloads> {
        let dir = self.downloads_dir(list);
        fs::create_dir_all(&dir).map_err(io(&dir, "created"))?;
        let path = dir.join(DOWNLOADS_LOCK);
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = opened.map_err(io(&path, "opened"))?;
        match file.try_lock() {
            Ok(()) => Ok(Downloads { dir, _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked { list: list.to_owned() }),
            Err(TryLockError::Error(error)) => Err(io(&path, "locked")(error)),
        }
    }
}
