//! Decides how large one list may be, where that is not what [`Limits`] allow every list to be.
//!
//! A file made to fill the memory is refused early: a list of a thousand entries says in its
//! declaration that ten thousand are no edition of it, and one known to be larger than the general
//! ceiling says so too.

use crate::watchlist::Limits;
use serde::{Deserialize, Serialize};

/// Ceilings of one list's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnLimits {
    /// Records or rows of one file; the general ceiling when it is not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records: Option<u64>,
}

impl OwnLimits {
    /// The general ceilings with those of the list in their place.
    pub(in crate::watchlist) fn over(self, general: &Limits) -> Limits {
        Limits { records: self.records.unwrap_or(general.records), ..*general }
    }

    /// Whether nothing is stated.
    pub(super) fn is_general(&self) -> bool {
        *self == Self::default()
    }
}
