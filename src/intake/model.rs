//! Decides what a portfolio is once read: parties, relations, engagements, and what was refused.
//!
//! A field that was not given is `None`: unknown, which is different from "no".

use crate::party::{Country, Identifier, PartialDate, Party, Reject};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a record stands in the input.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Row {
    /// File name without its folder.
    pub file: String,
    /// 1-based line the record starts on.
    pub row: u64,
}

/// A party of the portfolio: identity, and what the partner file says about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PartyRecord {
    /// The user's id, unique in the portfolio.
    pub id: String,
    /// Identity.
    pub party: Party,
    /// Date of incorporation of a legal person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incorporation_date: Option<PartialDate>,
    /// Status in its register, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Position or job title, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Whether the party is declared a Government Official.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_official: Option<bool>,
    /// Whether bearer shares are outstanding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bearer_shares: Option<bool>,
    /// Every other column, by name, as written: shown in the dossier, used by later stages.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, String>,
    /// Where the record stands.
    pub row: Row,
}

/// What ties two parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// `from` owns a share of `to`.
    Owns,
    /// `from` controls `to` by other means.
    Controls,
    /// `from` is a director or officer of `to`.
    Directs,
    /// `from` is employed by `to`.
    EmployedBy,
    /// `from` acts for `to`.
    Represents,
    /// Relatives.
    Family,
    /// Close associates.
    Associate,
    /// `from` holds an office in `to`.
    HoldsOffice,
}

impl RelationKind {
    /// The kind's name in tables and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owns => "owns",
            Self::Controls => "controls",
            Self::Directs => "directs",
            Self::EmployedBy => "employed_by",
            Self::Represents => "represents",
            Self::Family => "family",
            Self::Associate => "associate",
            Self::HoldsOffice => "holds_office",
        }
    }
}

/// A directed relation `from` → `to` between two parties of the portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Id of the party that owns, controls, directs…
    pub from: String,
    /// Id of the party that is owned, controlled, directed…
    pub to: String,
    /// What ties them.
    pub kind: RelationKind,
    /// Share in per cent, lower bound; equal to `share_max` when stated exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_min: Option<f64>,
    /// Share in per cent, upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_max: Option<f64>,
    /// Role as written: "director", "signatory".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<PartialDate>,
    /// Every other column, by name, as written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, String>,
    /// Where the record stands.
    pub row: Row,
}

impl Relation {
    /// The relation in words: "P-9 owns 60 % of P-4 (relations.csv row 3)".
    #[must_use]
    pub fn words(&self) -> String {
        let share = match (self.share_min, self.share_max) {
            (Some(min), Some(max)) if max > min => format!(" {min} to {max} % of"),
            (Some(share), _) | (None, Some(share)) => format!(" {share} % of"),
            (None, None) => String::new(),
        };
        let role = self.role.as_ref().map(|role| format!(" as {role}")).unwrap_or_default();
        let ended = self.end.map(|end| format!(", until {end}")).unwrap_or_default();
        format!(
            "{} {}{share} {}{role}{ended} ({} row {})",
            self.from,
            self.kind.as_str().replace('_', " "),
            self.to,
            self.row.file,
            self.row.row
        )
    }
}

/// The part a third party plays for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of formats.md and say it all")]
pub enum Role {
    Supplier,
    Agent,
    Distributor,
    Consultant,
    Representative,
    Contractor,
    JvPartner,
    Intermediary,
    MaTarget,
    Candidate,
    Employee,
    Donee,
    Event,
}

impl Role {
    /// The role's name in tables, policy and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Agent => "agent",
            Self::Distributor => "distributor",
            Self::Consultant => "consultant",
            Self::Representative => "representative",
            Self::Contractor => "contractor",
            Self::JvPartner => "jv_partner",
            Self::Intermediary => "intermediary",
            Self::MaTarget => "ma_target",
            Self::Candidate => "candidate",
            Self::Employee => "employee",
            Self::Donee => "donee",
            Self::Event => "event",
        }
    }
}

/// What the gate is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Enter into a new relationship.
    Enter,
    /// Continue an existing one.
    Continue,
    /// Pay.
    Pay,
}

/// State of a contract clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseState {
    /// In the contract in the approved wording.
    Present,
    /// In the contract in another wording.
    Deviating,
    /// The other side refused it.
    Refused,
    /// Not in the contract.
    Missing,
}

/// A relationship we are about to enter, continue or pay.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Engagement {
    /// The user's id, unique in the portfolio.
    pub id: String,
    /// Id of the contract party.
    pub party: String,
    /// Our company that enters the relationship.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub our_entity: Option<String>,
    /// Country of that company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub our_country: Option<Country>,
    /// Local compliance manager who decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    /// Part the third party plays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// What the gate is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// Acts on our behalf before others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts_on_behalf: Option<bool>,
    /// Deals with government for us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interacts_with_government: Option<bool>,
    /// What is bought, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Country where the work is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_of_performance: Option<Country>,
    /// First day of the contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<PartialDate>,
    /// Last day of the contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<PartialDate>,
    /// Contract value in `currency`, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// ISO 4217 currency of `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Whether a written agreement exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_agreement: Option<bool>,
    /// Anti-corruption clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause_anti_corruption: Option<ClauseState>,
    /// Right to terminate immediately and unilaterally.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause_termination: Option<ClauseState>,
    /// Audit right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause_audit: Option<ClauseState>,
    /// Account to be paid, as IBAN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_iban: Option<Identifier>,
    /// Bank of that account, as BIC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_bic: Option<Identifier>,
    /// Holder of that account, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_holder: Option<String>,
    /// Country of that account, when given apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_country: Option<Country>,
    /// Every other column, by name, as written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, String>,
    /// Where the record stands.
    pub row: Row,
}

/// One row the run owes an outcome for: an engagement, or a row of the `partners` or `parties`
/// table whose party no engagement reaches. A party that is involved for an engagement, as owner,
/// key person or otherwise, has no subject of its own: the engagement answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Engagement id; `None` when the subject is a party without one.
    pub engagement: Option<String>,
    /// Party id; may be missing in a quarantined row.
    pub party: Option<String>,
    /// Where the row stands.
    pub row: Row,
    /// Why the row itself was refused; `None` when it can be screened.
    pub quarantined: Option<String>,
}

/// An input file as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// File name without its folder.
    pub file: String,
    /// Table it was read as: `parties`, `partners`…
    pub table: String,
    /// Data rows, header excluded.
    pub rows: u64,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
}

/// A whole portfolio, read and checked for references.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Intake {
    /// Parties by id.
    pub parties: BTreeMap<String, PartyRecord>,
    /// Relations whose two ends both exist, in input order.
    pub relations: Vec<Relation>,
    /// Engagements by id.
    pub engagements: BTreeMap<String, Engagement>,
    /// What the run owes an outcome for: engagements in input order, then party rows that none of
    /// them reaches, in input order.
    pub subjects: Vec<Subject>,
    /// Parties whose picture is incomplete because a row about them was refused: party id →
    /// reasons. Whoever depends on them is `not_screened`, never `clear`.
    pub gaps: BTreeMap<String, Vec<String>>,
    /// Refused ties that may concern anybody, one sentence each: file, row, what is wrong. While
    /// there is one, no subject can be `clear`: nobody knows whose owner or associate is missing.
    pub unattributed: Vec<String>,
    /// Rows and fields that were refused.
    pub rejects: Vec<Reject>,
    /// Things worth telling that refuse nothing, for example unknown columns.
    pub warnings: Vec<String>,
    /// Files read.
    pub files: Vec<InputFile>,
}

impl Intake {
    /// Whether the run would answer for nobody: tables with a header and no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }
}
