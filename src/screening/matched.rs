//! Decides what a match is: a party of ours and a listing, the identity confidence between 0 and
//! 1, and every piece of evidence that made it. Severity is not here: how bad it is if it is them
//! is a question of the red flags.

use crate::party::NameQuality;
use crate::watchlist::Listing;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A listing that may be the party, with the reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The list entry.
    pub listing: Arc<Listing>,
    /// The pair of names that matched best.
    pub name: NamePair,
    /// Identity confidence in [0, 1], rounded to four decimals.
    pub score: f64,
    /// Band of the score.
    pub band: Band,
    /// Evidence in a fixed order, name first; conflicts and missing values included.
    pub features: Vec<Feature>,
    /// The two names token by token; every token of both sides appears exactly once.
    pub alignment: Vec<TokenPair>,
}

/// The two names compared, verbatim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamePair {
    /// Our party's name.
    pub query: String,
    /// The listed name.
    pub matched: String,
    /// How the publisher qualifies the listed name.
    pub quality: NameQuality,
}

/// Band of identity confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Worth a look.
    Possible,
    /// Probably them.
    Likely,
    /// Everything known agrees.
    Strong,
}

impl Band {
    /// The band's name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Strong => "strong",
        }
    }
}

/// What one piece of evidence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// Both sides have it and they agree, possibly only as far as they are precise.
    Agree,
    /// Both sides have it and they differ.
    Conflict,
    /// One side or both lack it.
    Missing,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// `name`, `birth_date`, `country`, `identifier`, `gender`, `kind`, `address`.
    pub feature: String,
    /// What it says.
    pub verdict: Agreement,
    /// What it added to the score; negative for a conflict, 0 when missing.
    pub weight: f64,
    /// Our value, as written; empty when missing.
    pub query: String,
    /// The listed value, as written; empty when missing.
    pub candidate: String,
    /// Why, in a few words.
    pub note: String,
}

/// One aligned pair of name tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TokenPair {
    /// Our token; empty when the listed one has no partner.
    pub query: String,
    /// The listed token; empty when ours has no partner.
    pub candidate: String,
    /// How they go together: `exact`, `typo`, `initial`, `joined`, `legal_form`, `unmatched`…
    pub kind: String,
    /// Similarity of the two in [0, 1].
    pub similarity: f64,
}

/// Why a party could not be screened. The gate treats it as a hold, never as clear.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotScreened {
    /// The party has no name with a letter or digit in it.
    #[error("the party has no name to screen")]
    NoName,
    /// A name is longer than the limit.
    #[error("a name has {found} {unit}, more than the limit of {limit}")]
    NameTooLong {
        /// Length found.
        found: usize,
        /// What was counted: "characters" or "words".
        unit: &'static str,
        /// The limit.
        limit: usize,
    },
    /// Nobody asked about the party.
    #[error("the party was left out of the screening")]
    LeftOut,
    /// The index of a list failed.
    #[error("the index of list {list} could not be searched: {reason}")]
    Index {
        /// Name of the list.
        list: String,
        /// The index's own words.
        reason: String,
    },
}
