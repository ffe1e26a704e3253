//! Decides what a snapshot says about itself: where it came from, what is in it, what is not.
//!
//! A manifest is enough to name a snapshot in a dossier and to check years later that it is the
//! same: publisher's date, time retrieved, SHA-256 of every file that came in and of the listings
//! that came out, counts, rejects by code, warnings, version of the engine.

use super::Listing;
use crate::party::{NameQuality, Reject};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a snapshot says about itself (`manifest.json`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name of the list's declaration.
    pub list: String,
    /// Title of the list.
    pub title: String,
    /// Name of this edition, unique among the list's snapshots.
    pub edition: String,
    /// Publication date or time, as the publisher writes it or the importer was told.
    pub published: Option<String>,
    /// When the files were retrieved from the publisher; the age of the list counts from here.
    pub retrieved: Timestamp,
    /// Files that came in.
    pub files: Vec<ImportedFile>,
    /// SHA-256 over the SHA-256 of the files, in their order; lower-case hexadecimal.
    pub sha256: String,
    /// Listings.
    pub records: u64,
    /// Names of all listings, weak ones included.
    pub names: u64,
    /// Weak names among them.
    pub weak_names: u64,
    /// Listings by kind of party; `unknown` when the source does not say.
    pub by_kind: BTreeMap<String, u64>,
    /// Listings by topic; one listing may carry several.
    pub by_topic: BTreeMap<String, u64>,
    /// The publisher's own count of records, when the files carry one.
    pub publisher_count: Option<u64>,
    /// Rows, elements or lines read from the files.
    pub rows_read: u64,
    /// Records of the publisher that are in no listing: they were refused whole.
    #[serde(default)]
    pub lost_records: u64,
    /// Rejects by code.
    pub rejects: BTreeMap<String, u64>,
    /// What a person should know: an optional file that was not there, a doubtful end of file.
    pub warnings: Vec<String>,
    /// SHA-256 of `listings.jsonl`; checked whenever it is read.
    pub listings_sha256: String,
    /// Version of the program that made the snapshot.
    pub engine: String,
}

/// A file an edition was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// Role in the declaration.
    pub role: String,
    /// File name.
    pub name: String,
    /// Bytes as stored, compressed or not.
    pub bytes: u64,
    /// SHA-256 of the stored bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Whether the content ends in the old end-of-file mark, a byte 0x1A, as OFAC's files do: a
    /// file that had it and has it no longer may have been cut at the end of a line.
    #[serde(default)]
    pub end_mark: bool,
}

/// A failed or held import (`HELD.json`); the snapshot in use stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Why, in sentences.
    pub reasons: Vec<String>,
    /// Files or folders that were to be imported.
    pub files: Vec<String>,
    /// When the import was tried.
    pub when: Timestamp,
}

impl Manifest {
    /// Roles of the declaration that have a file, each with whether all its files end in the
    /// end-of-file mark.
    pub(super) fn roles(&self) -> BTreeMap<String, bool> {
        let mut roles = BTreeMap::new();
        for file in &self.files {
            *roles.entry(file.role.clone()).or_insert(true) &= file.end_mark;
        }
        roles
    }

    /// Fills in what can be counted.
    pub(super) fn count(&mut self, listings: &[Listing], rejects: &[Reject]) {
        self.records = listings.len() as u64;
        for listing in listings {
            let names = &listing.party.names;
            self.names += names.len() as u64;
            let weak = names.iter().filter(|name| name.quality == NameQuality::WeakAlias);
            self.weak_names += weak.count() as u64;
            let kind = listing.party.kind.map_or("unknown", crate::party::PartyKind::as_str);
            *self.by_kind.entry(kind.to_owned()).or_default() += 1;
            for topic in &listing.topics {
                *self.by_topic.entry(topic.code().to_owned()).or_default() += 1;
            }
        }
        for reject in rejects {
            *self.rejects.entry(reject.code.clone()).or_default() += 1;
        }
    }
}
