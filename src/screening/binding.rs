//! Decides what an index is bound to: the listings it was made from (by what retrieval uses of
//! them), the rules their names were read by, the engine, and the bytes of its own files. An index
//! of anything else, or one that was damaged, may not be searched: it would lose entries without a
//! sound.
#![expect(clippy::disallowed_methods, reason = "an index is a folder on disk")]

use super::config::MatchConfig;
use crate::names;
use crate::watchlist::Listing;
use base16ct::lower::encode_string;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The file beside the index that holds its binding.
const FILE: &str = "binding.json";

/// What an index is bound to.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Binding {
    /// SHA-256 over listings, name tables, limits and engine version, hex.
    made_from: String,
    /// SHA-256 of each file, hex, by name.
    files: BTreeMap<String, String>,
}

impl Binding {
    /// Writes the binding of a finished index.
    pub(super) fn write(dir: &Path, listings: &[Listing], config: &MatchConfig) -> io::Result<()> {
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.metadata()?.len() > 0 && name != FILE {
                files.insert(name, digest(&std::fs::read(entry.path())?));
            }
        }
        let binding = Self { made_from: made_from(listings, config), files };
        std::fs::write(dir.join(FILE), serde_json::to_vec(&binding)?)
    }

    /// The binding of an index.
    pub(super) fn read(dir: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&std::fs::read(dir.join(FILE))?)?)
    }

    /// Whether the index was made from these listings, by these rules and this version.
    pub(super) fn is_of(&self, listings: &[Listing], config: &MatchConfig) -> bool {
        self.made_from == made_from(listings, config)
    }

    /// Files that are missing or not as they were written.
    pub(super) fn damaged(&self, dir: &Path) -> Vec<String> {
        let intact = |name: &str, expected: &str| {
            std::fs::read(dir.join(name)).is_ok_and(|bytes| digest(&bytes) == expected)
        };
        let damaged = self.files.iter().filter(|(name, sha256)| !intact(name, sha256));
        damaged.map(|(name, _)| name.clone()).collect()
    }
}

fn made_from(listings: &[Listing], config: &MatchConfig) -> String {
    let mut hash = Sha256::new();
    let mut field = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    field(env!("CARGO_PKG_VERSION"));
    names::TABLES.iter().for_each(|table| field(table));
    let limits = &config.retrieval;
    field(&format!("{} {}", limits.listed_max_characters, limits.listed_max_tokens));
    for listing in listings {
        field(&listing.id);
        field(listing.party.kind.map_or("", |kind| kind.as_str()));
        field(&listing.party.names.len().to_string());
        listing.party.names.iter().for_each(|name| field(&name.text));
        field(&listing.party.identifiers.len().to_string());
        for identifier in &listing.party.identifiers {
            field(identifier.scheme.label());
            field(&identifier.value);
            field(identifier.country.map_or("", |country| country.code()));
        }
    }
    encode_string(&hash.finalize())
}

fn digest(bytes: &[u8]) -> String {
    encode_string(&Sha256::digest(bytes))
}
