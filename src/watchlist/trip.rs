//! Decides what a person is told about an edition that is held: what was expected, and what was
//! found instead. Which of these an edition gives cause for is decided in `guard`.

use jiff::Timestamp;

/// One reason to hold an edition.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Trip {
    /// Nothing is listed.
    #[error("expected records, found none")]
    NoRecords,
    /// The publisher counts otherwise.
    #[error("expected {expected} records by the publisher's own count, found {found}")]
    CountMismatch {
        /// The publisher's count.
        expected: u64,
        /// Records parsed.
        found: u64,
    },
    /// Fewer of a kind than this list has ever had.
    #[error("expected at least {floor} records of kind {kind}, found {found}")]
    BelowFloor {
        /// Kind of party.
        kind: &'static str,
        /// The declared floor.
        floor: u64,
        /// Records parsed.
        found: u64,
    },
    /// Fewer records than the current snapshot allows.
    #[error(
        "expected at most {limit_percent} % fewer records than the {before} of the current snapshot, found {found}"
    )]
    Shrunk {
        /// Records of the current snapshot.
        before: u64,
        /// Records parsed.
        found: u64,
        /// The declared limit.
        limit_percent: f64,
    },
    /// Fewer names than the current snapshot allows, whatever the number of records.
    #[error(
        "expected at most {limit_percent} % fewer {what} than the {before} of the current snapshot, found {found}"
    )]
    NamesShrunk {
        /// Which names, in words.
        what: &'static str,
        /// Names of the current snapshot.
        before: u64,
        /// Names parsed.
        found: u64,
        /// The declared limit.
        limit_percent: f64,
    },
    /// Too many of the publisher's records would be in no listing.
    #[error("expected at most {limit_percent} % of the records to be lost, found {lost} of {of}")]
    RecordsLost {
        /// Records refused whole.
        lost: u64,
        /// Records of the publisher.
        of: u64,
        /// The declared limit.
        limit_percent: f64,
    },
    /// A sort of file the current snapshot was made with is not there.
    #[error("expected a file for '{role}', as the current snapshot has, found none")]
    RoleGone {
        /// Role in the declaration.
        role: String,
    },
    /// A file that used to end in the end-of-file mark does not: it may have been cut.
    #[error(
        "expected the file for '{role}' to end in the mark 0x1A, as in the current snapshot, found none"
    )]
    EndMarkGone {
        /// Role in the declaration.
        role: String,
    },
    /// The current snapshot has a publication date and this edition has none that reads.
    #[error("expected a publication date, as the current snapshot has ({before}), found {found}")]
    DateUnknown {
        /// Publication date of the current snapshot.
        before: String,
        /// What there is instead.
        found: String,
    },
    /// Older than what is already in use.
    #[error("expected an edition published on or after {before}, found {found}")]
    DateWentBack {
        /// Publication date of the current snapshot.
        before: String,
        /// Publication date of this edition.
        found: String,
    },
    /// Retrieved before what is already in use, and no publication date says that it is newer.
    #[error(
        "expected an edition retrieved after the one in use ({before}), found one retrieved {found}"
    )]
    RetrievedEarlier {
        /// When the edition in use was retrieved.
        before: Timestamp,
        /// When this one was.
        found: Timestamp,
    },
    /// Somebody went back from this very edition.
    #[error("expected another edition than {edition}, from which {by} went back because {reason}")]
    TakenBack {
        /// The edition that was taken out of use.
        edition: String,
        /// Who decided so.
        by: String,
        /// Why.
        reason: String,
    },
    /// A field that many listings had is nearly gone: perhaps its column has another name now.
    #[error(
        "expected the share of listings with a {field} to be at least {limit_percent} % of what it was ({had} of {of_before} in the current snapshot), found {has} of {of}"
    )]
    FieldEmptied {
        /// The field, in words.
        field: &'static str,
        /// The declared limit.
        limit_percent: f64,
        /// Listings of the current snapshot that have it.
        had: u64,
        /// Listings of the current snapshot it is counted among.
        of_before: u64,
        /// Listings of this edition that have it.
        has: u64,
        /// Listings of this edition it is counted among.
        of: u64,
    },
    /// The publisher counts its entries anew.
    #[error(
        "expected at most {limit_percent} % of the entries of the current snapshot to come under other identifiers, found {renumbered} of {of}"
    )]
    Renumbered {
        /// Entries that are there under another identifier.
        renumbered: u64,
        /// Entries of the current snapshot.
        of: u64,
        /// The declared limit.
        limit_percent: f64,
    },
    /// The index does not find names that are on the list.
    #[error(
        "expected the index to find all {asked} names it was asked for, missed {missed}: {entries}"
    )]
    CanaryMissed {
        /// Names asked for.
        asked: u64,
        /// Names that did not find their own entry.
        missed: u64,
        /// The first of these entries.
        entries: String,
    },
    /// Too much could not be used.
    #[error(
        "expected at most {limit_percent} % of the rows to be refused, found {refused} of {read}"
    )]
    TooManyRejects {
        /// Rows refused.
        refused: u64,
        /// Rows read.
        read: u64,
        /// The declared limit.
        limit_percent: f64,
    },
}

impl Trip {
    /// Whether somebody may publish the edition all the same. A list of nobody is no list.
    #[must_use]
    pub fn may_be_approved(&self) -> bool {
        *self != Self::NoRecords
    }
}
