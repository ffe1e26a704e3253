//! Decides what a person is told about an edition that is held: what was expected, and what was
//! found instead. Which of these an edition gives cause for is decided in `guard`.

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
