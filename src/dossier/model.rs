//! Decides what a dossier contains. A dossier is a pure function of these values: the same
//! subject, snapshots, rules and engine give the same bytes.

use crate::redflag::Assessment;
use crate::watchlist::Reliance;
use serde::Serialize;

/// A case as a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// The answer: outcome, verdict, flags, matches.
    pub assessment: Assessment,
    /// What the subject says about itself: label and value, in display order.
    pub subject: Vec<Field>,
    /// The engagement, the same way; empty when there is none.
    pub engagement: Vec<Field>,
    /// Everybody who was screened for this subject.
    pub involved: Vec<InvolvedLine>,
    /// Where all this comes from.
    pub certificate: Certificate,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Label for people.
    pub label: String,
    /// Value as written.
    pub value: String,
}

/// A party screened for a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InvolvedLine {
    /// Party id.
    pub party: String,
    /// Caption.
    pub caption: String,
    /// Kind, when known.
    pub kind: String,
    /// `subject`, `owner`, `key_person`, `counterparty`.
    pub role: String,
    /// How it is tied: "owns 60 % of P-4 (relations.csv row 3)".
    pub path: Vec<String>,
    /// Depth from the subject, 0 for itself.
    pub depth: usize,
    /// Number of matches at or above the alert threshold.
    pub matches: usize,
    /// Why it was not screened, if it was not.
    pub not_screened: Option<String>,
}

/// The evidence that a run was complete and what it relied on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certificate {
    /// Date the run was made for.
    pub run_date: String,
    /// Name and version of the engine.
    pub engine: String,
    /// SHA-256 over the input files.
    pub input_sha256: String,
    /// SHA-256 over policy, catalogue, matching configuration and list declarations.
    pub policy_sha256: String,
    /// Lists relied on.
    pub lists: Vec<ListLine>,
}

/// One list as it was relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListLine {
    /// Name of the declaration.
    pub list: String,
    /// Title for people.
    pub title: String,
    /// Name of the edition, as `lists status` and `lists diff` give it; empty without one.
    pub edition: String,
    /// Publisher's date, or empty when the publisher gives none.
    pub published: String,
    /// When the file was retrieved.
    pub retrieved: String,
    /// SHA-256 over the list's files.
    pub sha256: String,
    /// Records.
    pub records: u64,
    /// Names.
    pub names: u64,
    /// How far the list could be relied on.
    pub reliance: Reliance,
    /// The same in words, why included: `current`, `stale: …`, `held: …`, `missing: …`.
    pub state: String,
}

impl ListLine {
    /// The edition, when it was retrieved and its state in a few words: "UN Security Council …,
    /// 2026-02-27, 1003 records, edition …, retrieved …: current".
    #[must_use]
    pub fn words(&self) -> String {
        let published = if self.published.is_empty() { "undated" } else { &self.published };
        let Self { title, records, edition, retrieved, state, .. } = self;
        let mut words = format!("{title}, {published}, {records} records");
        if !edition.is_empty() {
            words.push_str(&format!(", edition {edition}, retrieved {retrieved}"));
        }
        format!("{words}: {state}")
    }

    /// Whether a party may be called clear on this list.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.reliance.may_clear()
    }
}
