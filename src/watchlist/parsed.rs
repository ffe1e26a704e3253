//! Decides what every list parser gives back and how much of a file it may read.

use super::Listing;
use crate::party::Reject;

/// What a parser made of the files of one list: every record of the file is either in
/// `listings` or accounted for in `rejects`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    /// What the publisher says about the file.
    pub header: Header,
    /// Entries in the file's order.
    pub listings: Vec<Listing>,
    /// Records and fields that could not be used.
    pub rejects: Vec<Reject>,
    /// Rows, elements or lines read, refused ones included: what the share of rejects is taken of.
    pub rows_read: u64,
    /// Records of the publisher that are in no listing: refused whole, name and all. Rows that
    /// would only have added to a party, such as orphaned aliases, do not count.
    pub lost_records: u64,
    /// What a person should know about the files that made no record unusable.
    pub warnings: Vec<String>,
}

impl Parsed {
    /// Adds what another file of the same list gave; the first header stays.
    pub(super) fn absorb(&mut self, other: Self) {
        if self.header == Header::default() {
            self.header = other.header;
        }
        self.listings.extend(other.listings);
        self.rejects.extend(other.rejects);
        self.rows_read += other.rows_read;
        self.lost_records += other.lost_records;
        self.warnings.extend(other.warnings);
    }
}

/// What the publisher says about the file itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Publication date or time as written in the file.
    pub published: Option<String>,
    /// The publisher's own count of records, when the file carries one.
    pub record_count: Option<u64>,
}

/// Ceilings for one untrusted list file. Exceeding one is an error, never a silent cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes after decompression.
    pub file_bytes: u64,
    /// Decompressed bytes for each compressed one, counted once 10 MiB have come out.
    pub ratio: u64,
    /// Records in one list; a declaration may ask for another number.
    pub records: u64,
    /// Values of one sort in one record: names, identifiers, elements below one element.
    pub values_per_record: usize,
    /// Bytes of one text or attribute.
    pub text_bytes: usize,
    /// Depth of nested elements or values.
    pub depth: usize,
}

impl Default for Limits {
    /// Several times the largest list known today (EveryPolitician, OFAC ADVANCED XML), and the
    /// largest record: 145 names and 117 identifiers in the lists imported so far.
    fn default() -> Self {
        Self {
            file_bytes: 1 << 30,
            ratio: 100,
            records: 1_000_000,
            values_per_record: 5_000,
            text_bytes: 16 << 20,
            depth: 128,
        }
    }
}

/// Why the files of a list could not be read as that list.
///
/// A bad *record* is a [`Reject`]; only a bad *file* is an error.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// The file has no bytes.
    #[error("{file}: expected {expected}, found an empty file")]
    Empty {
        /// File name.
        file: String,
        /// Format that was expected.
        expected: &'static str,
    },
    /// The file is something else, for example an HTML error page.
    #[error("{file}: expected {expected}, found {found}")]
    NotThisFormat {
        /// File name.
        file: String,
        /// Format that was expected.
        expected: &'static str,
        /// What the file starts with, in words.
        found: String,
    },
    /// The file ends before its end, for example an interrupted download.
    #[error("{file}: cut short after record {records}: {found}")]
    Truncated {
        /// File name.
        file: String,
        /// Complete records read before the cut.
        records: u64,
        /// What is missing.
        found: String,
    },
    /// The file breaks the rules of its own syntax.
    #[error("{file}: malformed {format} near byte {position}")]
    Malformed {
        /// File name.
        file: String,
        /// Syntax that was broken.
        format: &'static str,
        /// Byte offset in the decompressed file, or line for JSON.
        position: u64,
        /// The reader's own words.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Something a list never needs and an attacker does: DOCTYPE, entities, absurd depth.
    #[error("{file}: refused near byte {position}: {what}")]
    Refused {
        /// File name.
        file: String,
        /// Byte offset in the decompressed file.
        position: u64,
        /// What was refused.
        what: String,
    },
    /// A ceiling of [`Limits`] was met.
    #[error("{file}: more than {limit} {what}")]
    TooLarge {
        /// File name.
        file: String,
        /// The ceiling.
        limit: u64,
        /// What was counted.
        what: &'static str,
    },
    /// The records read are not as many as the publisher says.
    #[error("{file}: the publisher counts {expected} records, the file has {found}")]
    CountMismatch {
        /// File name.
        file: String,
        /// The publisher's count.
        expected: u64,
        /// Records found.
        found: u64,
    },
    /// The file could not be read from disk.
    #[error("{file}: cannot be read")]
    Io {
        /// File name.
        file: String,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
}
