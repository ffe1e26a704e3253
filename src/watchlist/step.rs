//! The way of an edition from the publisher to the screener, step by step. An edition is in use
//! when it has passed all of them; whatever stops one says at which step.

use super::ParseError;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A step an edition has to pass, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Its files are here.
    Fetched,
    /// They are whole, within the ceilings, and their fingerprints taken.
    Verified,
    /// They were read as the list, every record a listing or a reject.
    Parsed,
    /// No guard holds it, against the floors and the edition in use.
    Guarded,
    /// Its candidate index was built.
    Built,
    /// The index finds the edition's own names.
    CanaryQueried,
    /// The pointer names it.
    Published,
}

impl Step {
    /// The word people see.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Verified => "verified",
            Self::Parsed => "parsed",
            Self::Guarded => "guarded",
            Self::Built => "built",
            Self::CanaryQueried => "canary-queried",
            Self::Published => "published",
        }
    }

    /// The step after this one; the last is its own.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Fetched => Self::Verified,
            Self::Verified => Self::Parsed,
            Self::Parsed => Self::Guarded,
            Self::Guarded => Self::Built,
            Self::Built => Self::CanaryQueried,
            Self::CanaryQueried | Self::Published => Self::Published,
        }
    }

    /// The step a file that cannot be read as the list did not pass.
    pub(super) fn refused_by(error: &ParseError) -> Self {
        match error {
            ParseError::Io { .. } => Self::Fetched,
            ParseError::Empty { .. }
            | ParseError::Truncated { .. }
            | ParseError::Refused { .. }
            | ParseError::TooLarge { .. } => Self::Verified,
            _ => Self::Parsed,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
