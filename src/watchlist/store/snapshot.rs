//! A published edition as a folder: what it says about itself, its listings and its rejects.
//!
//! An open snapshot holds a shared lock on its manifest, and an edition somebody holds is not
//! removed: a run that takes longer than five publishes still finds every file of its edition.

#![expect(clippy::disallowed_methods, reason = "the store is the edge where snapshots are files")]

use super::disk::{Result, from_json, from_lines, io, read_bytes};
use super::{INDEX, LISTINGS, MANIFEST, REJECTS, StoreError};
use crate::party::Reject;
use crate::watchlist::{Listing, Manifest};
use base16ct::lower::encode_string;
use sha2::{Digest, Sha256};
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A published edition of a list. Opening it pins it: a later import does not change it, nor does
/// it go while somebody has it open.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What it says about itself.
    pub manifest: Manifest,
    /// Its folder.
    pub dir: PathBuf,
    _pin: Arc<File>,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        (&self.manifest, &self.dir) == (&other.manifest, &other.dir)
    }
}

impl Eq for Snapshot {}

impl Snapshot {
    /// The snapshot in a folder; `None` when the folder is not there, has no manifest, or is just
    /// being removed.
    pub(super) fn open(dir: PathBuf) -> Result<Option<Self>> {
        let path = dir.join(MANIFEST);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(io(&path, "read")(error)),
        };
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => return Ok(None),
            // A file system without locks: the edition can be read, and is not pinned.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // Moved away between opening and locking.
        if !path.exists() {
            return Ok(None);
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(io(&path, "read"))?;
        let manifest = from_json(&path, &text, "a manifest")?;
        Ok(Some(Self { manifest, dir, _pin: Arc::new(file) }))
    }

    /// The listings, in the publisher's order, after their fingerprint was checked.
    ///
    /// # Errors
    /// [`StoreError::Integrity`] when the file is gone or not the one the manifest describes.
    pub fn listings(&self) -> Result<Vec<Listing>> {
        let path = self.dir.join(LISTINGS);
        from_lines(&path, &self.checked_listings(&path)?, "listings")
    }

    /// The stored bytes of the listings, after their fingerprint was checked.
    pub(in crate::watchlist) fn listings_bytes(&self) -> Result<Vec<u8>> {
        self.checked_listings(&self.dir.join(LISTINGS))
    }

    fn checked_listings(&self, path: &Path) -> Result<Vec<u8>> {
        let expected = self.manifest.listings_sha256.clone();
        let found = match read_bytes(path)? {
            None => "no file".to_owned(),
            Some(bytes) => match encode_string(&Sha256::digest(&bytes)) {
                found if found == expected => return Ok(bytes),
                found => found,
            },
        };
        Err(StoreError::Integrity { path: path.to_owned(), expected, found })
    }

    /// The rejects of the import, in the order of the files.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn rejects(&self) -> Result<Vec<Reject>> {
        let path = self.dir.join(REJECTS);
        let bytes = fs::read(&path).map_err(io(&path, "read"))?;
        from_lines(&path, &bytes, "rejects")
    }

    /// The folder of the candidate index built with this snapshot.
    #[must_use]
    pub fn index_dir(&self) -> PathBuf {
        self.dir.join(INDEX)
    }
}

/// Whether somebody has the edition in a folder open. While `then` runs nobody can open it.
pub(super) fn unless_in_use(dir: &Path, then: impl FnOnce() -> Result<()>) -> Result<()> {
    let manifest = File::open(dir.join(MANIFEST)).ok();
    let locked = manifest.as_ref().map(File::try_lock);
    match locked {
        Some(Err(TryLockError::WouldBlock)) => Ok(()),
        // Without a manifest it is no edition, and without locks nobody can say.
        _ => then(),
    }
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
