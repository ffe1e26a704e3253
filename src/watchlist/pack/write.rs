//! Writes a pack of the editions in use: sorted members, no times, one compression, so that the
//! same editions give the same bytes.

use super::{
    FORMAT, INDEX, LISTINGS, MANIFEST, PackError, PackIndex, PackLine, PackMember, REJECTS,
};
use crate::watchlist::{ListStore, Snapshot};
use base16ct::lower::encode_string;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A pack of the editions of these lists that are in use, each verified before it is packed.
///
/// # Errors
/// [`PackError::Nothing`] for a list without an edition, [`PackError::Store`] for a damaged one.
pub fn write_pack(store: &ListStore, lists: &[String]) -> Result<Vec<u8>, PackError> {
    let mut index = PackIndex {
        format: FORMAT,
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        ..PackIndex::default()
    };
    let mut members: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for list in lists {
        let snapshot = store.current(list)?;
        let snapshot = snapshot.ok_or_else(|| PackError::Nothing { list: list.clone() })?;
        let last_seen = store.checked(list)?.last_seen(&snapshot.manifest);
        let edition = snapshot.manifest.edition.clone();
        index.lists.insert(list.clone(), PackLine { edition, last_seen });
        add(&mut members, list, &snapshot)?;
    }
    if members.is_empty() {
        return Err(PackError::Nothing { list: "lists".to_owned() });
    }
    for (name, bytes) in &members {
        let sha256 = encode_string(&Sha256::digest(bytes));
        index.members.insert(name.clone(), PackMember { bytes: bytes.len() as u64, sha256 });
    }
    archive(&pretty(&index)?, &members).map_err(PackError::Write)
}

fn add(
    members: &mut BTreeMap<String, Vec<u8>>,
    list: &str,
    snapshot: &Snapshot,
) -> Result<(), PackError> {
    let mut add = |name: &str, bytes| members.insert(format!("{list}/{name}"), bytes);
    add(MANIFEST, pretty(&snapshot.manifest)?);
    // The stored bytes, which the manifest vouches for.
    add(LISTINGS, snapshot.listings_bytes()?);
    add(REJECTS, lines(&snapshot.rejects()?)?);
    Ok(())
}

fn pretty<T: Serialize>(value: &T) -> Result<Vec<u8>, PackError> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|e| PackError::Write(e.into()))?;
    text.push(b'\n');
    Ok(text)
}

fn lines<T: Serialize>(values: &[T]) -> Result<Vec<u8>, PackError> {
    let mut text = Vec::new();
    for value in values {
        serde_json::to_writer(&mut text, value).map_err(|e| PackError::Write(e.into()))?;
        text.push(b'\n');
    }
    Ok(text)
}

fn archive(index: &[u8], members: &BTreeMap<String, Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let all = members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    for (name, bytes) in std::iter::once((INDEX, index)).chain(all) {
        writer.start_file(name, options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
