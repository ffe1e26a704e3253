//! Decides what a condition may look at: everything known about one subject on the run date.

use super::{Evidence, Truth};
use crate::intake::{Engagement, PartyRecord};
use crate::ownership::BlockedEntity;
use crate::policy::Parameters;
use crate::screening::{Match, NotScreened};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Everything known about one subject.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The day the run is made for.
    pub date: Date,
    /// Parameters in force on that day.
    pub policy: &'a Parameters,
    /// The engagement, when there is one.
    pub engagement: Option<&'a Engagement>,
    /// Everybody who must be screened, the subject first.
    pub involved: Vec<InvolvedFacts<'a>>,
    /// Entities among them that are, or may be, blocked by ownership.
    pub blocked: &'a BTreeMap<String, BlockedEntity>,
    /// Ties of the portfolio that were refused and may concern anybody.
    pub unattributed: &'a [String],
    /// Lists that cannot be relied on, with the reason.
    pub unreliable_lists: &'a [(String, String)],
}

/// One party that must be screened for the subject.
#[derive(Debug)]
pub struct InvolvedFacts<'a> {
    /// The record.
    pub record: &'a PartyRecord,
    /// What it is to the subject: `subject`, `owner`, `key_person`…
    pub role: &'a str,
    /// How it is tied to the subject, one relation a line.
    pub path: Vec<String>,
    /// Relations away from the subject.
    pub depth: usize,
    /// Matches at or above the alert threshold, or why there are none to rely on.
    pub screened: Result<&'a [Match], &'a NotScreened>,
    /// Rows about this party that were refused.
    pub gaps: &'a [String],
}

impl<'a> Facts<'a> {
    /// The subject itself.
    #[must_use]
    pub fn subject(&self) -> Option<&InvolvedFacts<'a>> {
        self.involved.first()
    }

    /// Whether the engagement's role is one of `roles`; unknown when no role is given.
    #[must_use]
    pub fn role_is_one_of(&self, roles: &std::collections::BTreeSet<String>) -> Truth {
        match self.engagement.and_then(|engagement| engagement.role) {
            Some(role) if roles.contains(role.as_str()) => Truth::True,
            Some(_) => Truth::False,
            None => Truth::Unknown,
        }
    }
}

impl InvolvedFacts<'_> {
    /// The party's matches; none when it was not screened.
    #[must_use]
    pub fn matches(&self) -> &[Match] {
        self.screened.unwrap_or_default()
    }

    /// The party in a sentence: `owner P-9 (Name)`.
    #[must_use]
    pub fn words(&self) -> String {
        format!(
            "{} {} ({})",
            self.role.replace('_', " "),
            self.record.id,
            self.record.party.caption()
        )
    }
}

/// What a condition found: a reason to say true, or to say unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// [`Truth::True`] or [`Truth::Unknown`].
    pub truth: Truth,
    /// Party it is about; `None` for the engagement or the run.
    pub party: Option<String>,
    /// The facts that made it so.
    pub because: String,
    /// Facts with their source.
    pub evidence: Vec<Evidence>,
    /// Missing inputs, when unknown; for a true finding, inputs that would settle it.
    pub needs: Vec<String>,
}

impl Finding {
    /// A finding that the condition holds.
    #[must_use]
    pub fn yes(party: Option<&str>, because: String, evidence: Vec<Evidence>) -> Self {
        let party = party.map(str::to_owned);
        Self { truth: Truth::True, party, because, evidence, needs: Vec::new() }
    }

    /// A finding that the condition cannot be answered without `needs`.
    #[must_use]
    pub fn unknown(party: Option<&str>, because: String, needs: Vec<String>) -> Self {
        let party = party.map(str::to_owned);
        Self { truth: Truth::Unknown, party, because, evidence: Vec::new(), needs }
    }
}

impl Evidence {
    /// A fact, its value and where it comes from.
    #[must_use]
    pub fn new(
        fact: impl Into<String>,
        value: impl Into<String>,
        source: impl Into<String>,
    ) -> Self {
        Self { fact: fact.into(), value: value.into(), source: source.into() }
    }

    /// A match as evidence: caption, reference and identity confidence.
    #[must_use]
    pub fn of_match(found: &Match) -> Self {
        let listing = &found.listing;
        Self::new(
            "listing",
            format!(
                "'{}' resembles '{}': {} ({:.4})",
                found.name.query,
                found.name.matched,
                found.band.as_str(),
                found.score
            ),
            listing.reference(),
        )
    }
}
