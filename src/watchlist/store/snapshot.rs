//! A published edition as a folder: what it says about itself, its listings and its rejects.

#![expect(clippy::disallowed_methods, reason = "the store is the edge where snapshots are files")]

use super::disk::{Result, from_json, from_lines, io, read_bytes};
use super::{INDEX, LISTINGS, MANIFEST, REJECTS, StoreError};
use crate::party::Reject;
use crate::watchlist::{Listing, Manifest};
use base16ct::lower::encode_string;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// A published edition of a list. Opening it pins it: a later import does not change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// What it says about itself.
    pub manifest: Manifest,
    /// Its folder.
    pub dir: PathBuf,
}

impl Snapshot {
    /// The snapshot in a folder; `None` when the folder is not there or has no manifest.
    pub(super) fn open(dir: PathBuf) -> Result<Option<Self>> {
        let path = dir.join(MANIFEST);
        let Some(text) = read_bytes(&path)? else { return Ok(None) };
        Ok(Some(Self { manifest: from_json(&path, &text, "a manifest")?, dir }))
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
