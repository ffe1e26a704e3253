//! Decides the shape of an answer: one subject's outcome, verdict, flags and matches. It is the
//! line of `results.jsonl` and all a dossier is made from.

use crate::screening::{Band, Feature, NamePair, TokenPair};
use crate::watchlist::Topic;
use serde::{Deserialize, Serialize};

/// Three-valued truth: a missing input is unknown, never false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// The condition does not hold.
    False,
    /// An input is missing; `needs` names it.
    Unknown,
    /// The condition holds.
    True,
}

/// How bad a flag is (requirements, section 3.1), in rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Context; becomes a flag only through a combination rule.
    #[serde(rename = "I")]
    Indicator,
    /// Somebody must be told.
    #[serde(rename = "notify")]
    Notify,
    /// The compliance manager must address it.
    #[serde(rename = "M")]
    Medium,
    /// Nothing may go on until it is settled.
    #[serde(rename = "hold")]
    Hold,
    /// Compliance manager and a second person.
    #[serde(rename = "H")]
    High,
    /// Prohibited; released only by correcting the fact.
    #[serde(rename = "P")]
    Prohibited,
}

impl Severity {
    /// The word used for ratings and in front of people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Indicator => "indicator",
            Self::Notify => "notice",
            Self::Medium => "medium",
            Self::Hold => "hold",
            Self::High => "high",
            Self::Prohibited => "prohibited",
        }
    }
}

/// What became of a subject. The four add up to the input rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything was screened and nothing was raised.
    Clear,
    /// At least one red flag.
    Flagged,
    /// Something could not be screened or answered, and nothing was raised.
    NotScreened,
    /// The row itself was refused.
    Quarantined,
}

impl Outcome {
    /// All outcomes in display order.
    pub const ALL: [Self; 4] = [Self::Clear, Self::Flagged, Self::NotScreened, Self::Quarantined];

    /// The outcome's name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Flagged => "flagged",
            Self::NotScreened => "not_screened",
            Self::Quarantined => "quarantined",
        }
    }
}

/// May we enter, continue, pay?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verdict {
    /// Nothing stands against it.
    Pass,
    /// Not until a person has decided.
    Hold,
    /// Prohibited.
    Block,
}

impl Verdict {
    /// The verdict's name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "PASS",
            Self::Hold => "HOLD",
            Self::Block => "BLOCK",
        }
    }
}

/// A red flag raised, or one that could not be answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RedFlag {
    /// Catalogue code, for example `OWN-01`.
    pub code: String,
    /// Severity for this engagement.
    pub severity: Severity,
    /// `true` or `unknown`; a flag that is false is not listed.
    pub truth: Truth,
    /// Party it is about; `None` for the engagement itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Title from the catalogue.
    pub title: String,
    /// The facts that made it so, in one or two sentences.
    pub because: String,
    /// Policy clause.
    pub clause: String,
    /// Facts with their source.
    pub evidence: Vec<Evidence>,
    /// What would settle it.
    pub settles: String,
    /// Inputs that are missing, when unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
}

/// One fact and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// What: "listing", "share", "incorporation date"…
    pub fact: String,
    /// The value as written.
    pub value: String,
    /// File and row, list and edition, or policy parameter.
    pub source: String,
}

/// A match as results and dossiers show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchLine {
    /// Our party.
    pub party: String,
    /// What the party is to the subject: `subject`, `owner`, `key_person`…
    pub role: String,
    /// `list:id`.
    pub listing: String,
    /// Name of the list.
    pub list: String,
    /// The entry's caption.
    pub caption: String,
    /// The two names.
    pub name: NamePair,
    /// Identity confidence in [0, 1], four decimals.
    pub score: f64,
    /// Band.
    pub band: Band,
    /// What the entry means.
    pub topics: Vec<Topic>,
    /// Evidence.
    pub features: Vec<Feature>,
    /// The names token by token.
    pub alignment: Vec<TokenPair>,
    /// Programmes, offices, dates and remarks of the entry, for a person to read.
    pub entry: Vec<Evidence>,
}

/// An input that is missing, and how much an answer would settle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unknown {
    /// The question: "birth date of P-12".
    pub needs: String,
    /// Open matches and flags the answer would settle.
    pub would_settle: usize,
    /// Of how many that are open.
    pub of: usize,
}

/// A party that was not, or not fully, screened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NotScreenedLine {
    /// Party id, or list name for a list that could not be relied on.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// The answer for one subject: a line of `results.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// Engagement id; `null` for a party without one.
    pub engagement: Option<String>,
    /// Party id; `null` when a quarantined row did not say.
    pub party: Option<String>,
    /// The party's caption.
    pub caption: String,
    /// Local compliance manager.
    pub manager: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// May we?
    pub verdict: Verdict,
    /// Word of the highest severity raised; `none` when nothing was.
    pub rating: String,
    /// Flags raised or unanswered, gravest first.
    pub flags: Vec<RedFlag>,
    /// Matches, best first.
    pub matches: Vec<MatchLine>,
    /// What was not screened.
    pub not_screened: Vec<NotScreenedLine>,
    /// Missing inputs, most useful first.
    pub unknown: Vec<Unknown>,
}

impl Assessment {
    /// The id that names this subject: the engagement's, else the party's, else its place in the
    /// input is all there is and the id is empty.
    #[must_use]
    pub fn subject_id(&self) -> &str {
        self.engagement.as_deref().or(self.party.as_deref()).unwrap_or_default()
    }
}
