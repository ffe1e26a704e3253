//! Decides what is kept of a record that could not be used: nothing is dropped silently.

use serde::{Deserialize, Serialize};

/// A record that was refused, with all that is needed to find and mend it.
///
/// Ordered by file and row, so that reports are stable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reject {
    /// File name without its folder.
    pub file: String,
    /// 1-based row (CSV: the line the record starts on; XML, JSON: the record's ordinal).
    pub row: u64,
    /// Column or element at fault; empty when it is the record as a whole.
    pub field: String,
    /// Stable code in kebab case: `bad-date`, `duplicate-id`, `orphan`…
    pub code: String,
    /// What was expected and what was found, for a person.
    pub message: String,
    /// The record as read.
    pub raw: String,
}
