//! Decides what a snapshot says about itself: where it came from, what is in it, what is not.
//!
//! A manifest is enough to name a snapshot in a dossier and to check years later that it is the
//! same: publisher's date, time retrieved, SHA-256 of every file that came in and of the listings
//! that came out, counts, rejects by code, warnings, version of the engine.

use super::step::Step;
use super::{Listing, fill};
use crate::party::{NameQuality, Reject};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

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
    /// Listings that have a value, by key field (`fill`); the next edition is compared with it.
    #[serde(default)]
    pub filled: BTreeMap<String, u64>,
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
    /// Names of its own the index was asked for before it was published, and how many it found.
    #[serde(default)]
    pub canaries: CanaryCount,
    /// Why the edition is held, in sentences; empty once it is in use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held_for: Vec<String>,
    /// Who put it in use in spite of its guards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approved>,
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

/// Names of its own that an index was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CanaryCount {
    /// Names asked for.
    pub asked: u64,
    /// Names that found their own entry.
    pub hit: u64,
}

/// Somebody's decision to publish a held edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub when: Timestamp,
    /// What the guards had held it for.
    pub trips: Vec<String>,
}

impl fmt::Display for Approved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { by, reason, when, trips } = self;
        let when = when.strftime("%Y-%m-%d %H:%MZ");
        write!(f, "approved by {by} on {when} because {reason}, in spite of: {}", trips.join("; "))
    }
}

/// Somebody's decision to go back to a kept edition (`ROLLED_BACK.json`). It is about the edition
/// in use as long as that is `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolledBack {
    /// The edition that was in use.
    pub from: String,
    /// The edition that is.
    pub to: String,
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub when: Timestamp,
}

impl fmt::Display for RolledBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, by, reason, when, .. } = self;
        let when = when.strftime("%Y-%m-%d %H:%MZ");
        write!(f, "rolled back from {from} by {by} on {when} because {reason}")
    }
}

/// A failed or held import (`HELD.json`); the snapshot in use stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Why, in sentences.
    pub reasons: Vec<String>,
    /// Files or folders that were to be imported.
    pub files: Vec<String>,
    /// When the import was tried.
    pub when: Timestamp,
    /// The step it did not pass.
    #[serde(default)]
    pub stopped_at: Option<Step>,
    /// The edition that is kept and may be approved; none when the files could not be read as the
    /// list, or list nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
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

    /// Whether the edition is held, or was approved, with this trip among the reasons.
    pub(super) fn was_told(&self, trip: &str) -> bool {
        let approved = self.approved.iter().flat_map(|approved| &approved.trips);
        self.held_for.iter().chain(approved).any(|told| told == trip)
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
        self.filled = fill::count(listings);
        for reject in rejects {
            *self.rejects.entry(reject.code.clone()).or_default() += 1;
        }
    }
}
