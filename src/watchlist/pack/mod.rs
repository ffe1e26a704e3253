//! Editions on their way to a machine without a network: a zip archive that carries what is in use
//! here, and proves on arrival that nothing of it was changed.
//!
//! Members: `pack.json` (format version; edition, confirmation and SHA-256 of every other member),
//! and for each list `NAME/manifest.json`, `NAME/listings.jsonl`, `NAME/rejects.jsonl`. The same
//! editions give the same bytes. A pack is believed whole or not at all: archive ceilings, names,
//! versions, fingerprints, and counts are checked before the first edition is published; then each
//! passes the guards of its list like any other. The index is built where it is used. Age counts
//! from when the publisher was asked, not from when the pack arrived.
//!
//! The fingerprints show damage and tampering with a part; who made a pack they do not show.

mod publish;
mod read;
mod write;

pub use publish::publish_packed;
pub use read::{is_pack, read_pack};
pub use write::write_pack;

use super::{Listing, Manifest, ParseError, StoreError};
use crate::party::Reject;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of this format.
const FORMAT: u32 = 1;
const INDEX: &str = "pack.json";
const MANIFEST: &str = "manifest.json";
const LISTINGS: &str = "listings.jsonl";
const REJECTS: &str = "rejects.jsonl";

/// What a pack says about itself (`pack.json`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackIndex {
    format: u32,
    engine: String,
    /// By name of the list.
    lists: BTreeMap<String, PackLine>,
    /// By name in the archive.
    members: BTreeMap<String, PackMember>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackLine {
    edition: String,
    /// When the publisher was last seen to have this edition.
    last_seen: Timestamp,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackMember {
    bytes: u64,
    sha256: String,
}

/// One edition out of a pack that was verified whole.
#[derive(Debug, Clone, PartialEq)]
pub struct PackedEdition {
    /// What it says about itself.
    pub manifest: Manifest,
    /// When the publisher was last seen to have it.
    pub last_seen: Timestamp,
    /// Its listings.
    pub listings: Vec<Listing>,
    /// Its rejects.
    pub rejects: Vec<Reject>,
}

/// Why a pack cannot be made or believed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The archive cannot be opened, or breaks a ceiling.
    #[error("the pack cannot be opened")]
    Archive(#[source] ParseError),
    /// Made by a version that writes packs otherwise.
    #[error("expected a pack of format {FORMAT}, found {found}")]
    Version {
        /// Version in the pack.
        found: u32,
    },
    /// A member that is missing, or one nobody announced.
    #[error("expected the files {expected}, found {found}")]
    Members {
        /// What `pack.json` announces and this version knows.
        expected: String,
        /// What is there.
        found: String,
    },
    /// A member is not the one that was packed.
    #[error("{member}: expected SHA-256 {expected}, found {found}")]
    Integrity {
        /// Name in the archive.
        member: String,
        /// Announced.
        expected: String,
        /// Found.
        found: String,
    },
    /// A member that does not read.
    #[error("{member}: not readable as {expected}")]
    Unreadable {
        /// Name in the archive.
        member: String,
        /// What it should be.
        expected: &'static str,
        /// The reader's own words.
        #[source]
        source: serde_json::Error,
    },
    /// An edition that contradicts what it says about itself.
    #[error("{list}: {what}: expected {expected}, found {found}")]
    Contradiction {
        /// Name of the list.
        list: String,
        /// What was compared.
        what: &'static str,
        /// By `pack.json` or the manifest.
        expected: String,
        /// By the content.
        found: String,
    },
    /// There is nothing to pack.
    #[error("{list}: expected an edition in use to pack, found none")]
    Nothing {
        /// Name of the list, or `lists`.
        list: String,
    },
    /// The archive could not be written.
    #[error("the pack cannot be written")]
    Write(#[source] std::io::Error),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PackError {
    /// Whether the pack or the store is damaged or was tampered with.
    #[must_use]
    pub fn is_integrity(&self) -> bool {
        match self {
            Self::Nothing { .. } | Self::Write(_) | Self::Version { .. } => false,
            Self::Store(error) => error.is_integrity(),
            _ => true,
        }
    }
}
