//! Files of the store: reading, writing with a sync, renaming, each with its place in the error.

#![expect(clippy::disallowed_methods, reason = "the store is the edge where snapshots are files")]

use super::{DOWNLOADS, HELD_EDITION, StoreError};
use base16ct::lower::encode_string;
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

pub(super) type Result<T> = std::result::Result<T, StoreError>;

/// The error of something tried with a path.
pub(super) fn io(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Io { path, what, source }
}

/// Letters, digits, `-` and `_` only, so that a pointer cannot lead out of its folder; and neither
/// the folder of downloads nor that of the held edition.
pub(super) fn is_edition(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name.chars().all(plain) && name != DOWNLOADS && name != HELD_EDITION
}

pub(super) fn folder_names(dir: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(io(dir, "read")(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(io(dir, "read"))?;
        if entry.file_type().map_err(io(dir, "read"))?.is_dir() {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    names.sort();
    Ok(names)
}

/// The bytes of a file; `None` when there is none.
pub(super) fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io(path, "read")(error)),
    }
}

/// Bytes that are no UTF-8 are as unreadable as any other broken JSON.
pub(super) fn from_json<T: DeserializeOwned>(
    path: &Path,
    text: &[u8],
    expected: &'static str,
) -> Result<T> {
    serde_json::from_slice(text).map_err(|source| StoreError::Unreadable {
        path: path.to_owned(),
        expected,
        source,
    })
}

pub(super) fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|e| io(path, "written")(e.into()))?;
    text.push(b'\n');
    write_synced(path, &text)
}

/// The values of a file of one JSON value a line.
pub(super) fn from_lines<T: DeserializeOwned + Send>(
    path: &Path,
    bytes: &[u8],
    expected: &'static str,
) -> Result<Vec<T>> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let lines: Vec<&[u8]> = lines.collect();
    let read: Vec<Result<T>> =
        lines.into_par_iter().map(|line| from_json(path, line, expected)).collect();
    // Of several errors the first line's, whichever thread met its own first.
    read.into_iter().collect()
}

/// One JSON value a line; gives the SHA-256 of what was written.
pub(super) fn write_lines<T: Serialize>(path: &Path, values: &[T]) -> Result<String> {
    let mut file = BufWriter::new(File::create(path).map_err(io(path, "created"))?);
    let mut hasher = Sha256::new();
    for value in values {
        let mut line = serde_json::to_vec(value).map_err(|e| io(path, "written")(e.into()))?;
        line.push(b'\n');
        hasher.update(&line);
        file.write_all(&line).map_err(io(path, "written"))?;
    }
    file.flush().map_err(io(path, "written"))?;
    Ok(encode_string(&hasher.finalize()))
}

pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = File::create(path).map_err(io(path, "created"))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io(path, "written"))
}

/// Removes a file that may not be there.
pub(super) fn remove_file(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io(path, "removed")(error)),
        _ => Ok(()),
    }
}

pub(super) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(io(to, "renamed into place"))
}

pub(super) fn sync_dir(dir: &Path) -> Result<()> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(io(dir, "synced"))
}

/// Syncs every file and folder of a tree, the index included.
pub(super) fn sync_tree(dir: &Path) -> Result<()> {
    for entry in fs::read_dir(dir).map_err(io(dir, "read"))? {
        let path = entry.map_err(io(dir, "read"))?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        } else {
            File::open(&path).and_then(|file| file.sync_all()).map_err(io(&path, "synced"))?;
        }
    }
    sync_dir(dir)
}
