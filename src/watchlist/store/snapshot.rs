//! A published edition as a folder: what it says about itself, its listings and its rejects.

#![expect(clippy::disallowed_methods, reason = "the store is the edge where snapshots are files")]

use super::disk::{Result, from_json, hex, io};
use super::{INDEX, LISTINGS, MANIFEST, REJECTS, StoreError};
use crate::party::Reject;
use crate::watchlist::{Listing, Manifest};
use rayon::prelude::*;
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
    pub(super) fn open(dir: PathBuf) -> Result<Self> {
        let path = dir.join(MANIFEST);
        let text = fs::read_to_string(&path).map_err(io(&path, "read"))?;
        Ok(Self { manifest: from_json(&path, &text, "a manifest")?, dir })
    }

    /// The listings, in the publisher's order, after their fingerprint was checked.
    ///
    /// # Errors
    /// [`StoreError::Integrity`] when the file is not the one the manifest describes.
    pub fn listings(&self) -> Result<Vec<Listing>> {
        let path = self.dir.join(LISTINGS);
        let bytes = self.checked_listings(&path)?;
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let lines: Vec<&[u8]> = lines.collect();
        let read: Vec<Result<Listing>> = lines
            .into_par_iter()
            .map(|line| {
                serde_json::from_slice(line).map_err(|source| StoreError::Unreadable {
                    path: path.clone(),
                    expected: "listings",
                    source,
                })
            })
            .collect();
        // Of several errors the first line's, whichever thread met its own first.
        read.into_iter().collect()
    }

    fn checked_listings(&self, path: &Path) -> Result<Vec<u8>> {
        let bytes = fs::read(path).map_err(io(path, "read"))?;
        let found = hex(&Sha256::digest(&bytes));
        let expected = self.manifest.listings_sha256.clone();
        if found == expected {
            return Ok(bytes);
        }
        Err(StoreError::Integrity { path: path.to_owned(), expected, found })
    }

    /// The rejects of the import, in the order of the files.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn rejects(&self) -> Result<Vec<Reject>> {
        let path = self.dir.join(REJECTS);
        let text = fs::read_to_string(&path).map_err(io(&path, "read"))?;
        text.lines().map(|line| from_json(&path, line, "rejects")).collect()
    }

    /// The folder of the candidate index built with this snapshot.
    #[must_use]
    pub fn index_dir(&self) -> PathBuf {
        self.dir.join(INDEX)
    }
}
