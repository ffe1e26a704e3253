//! Decides what an entry on a publisher's list is: who is listed, for what, since when, by whom.

use crate::party::{Country, PartialDate, Party};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// One entry of one list, with the publisher's own identifier and words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// Name of the list's declaration, for example `ofac_sdn`.
    pub list: String,
    /// The publisher's identifier, unique on the list.
    pub id: String,
    /// Who is listed.
    pub party: Party,
    /// What the entry means.
    pub topics: BTreeSet<Topic>,
    /// Programmes or regimes under which the party is listed, as the publisher names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<String>,
    /// Authority that decided the listing, when it is not the publisher itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// Public offices held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<Office>,
    /// Titles and functions as the publisher writes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<String>,
    /// Date of listing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed_on: Option<PartialDate>,
    /// Date the measure ends (debarments), when known in advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<PartialDate>,
    /// Last day the publisher changed the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amended_on: Option<PartialDate>,
    /// What is forbidden: asset freeze, travel ban, denial of export privileges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// Acts the listing rests on: regulations, executive orders, notices, grounds of debarment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal_basis: Vec<String>,
    /// The publisher's statement of reasons, verbatim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// The publisher's other remarks, verbatim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// Particulars of a vessel, an aircraft, a company or a person that are no identifiers: type,
    /// tonnage, owner, year built, website, telephone; in the file's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
    /// Other parties the publisher links this one to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked_to: Vec<Link>,
    /// Where the publisher shows the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
}

impl Listing {
    /// The entry's reference across lists: `list:id`.
    #[must_use]
    pub fn reference(&self) -> String {
        format!("{}:{}", self.list, self.id)
    }
}

/// One particular, as the publisher names and writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Detail {
    /// What it is ("gross tonnage"), in lower case unless the publisher's own term is a name.
    pub label: String,
    /// The value as written.
    pub value: String,
}

impl Detail {
    /// A particular.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.label, self.value)
    }
}

/// Another party an entry is linked to.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// How they are linked, read from the entry to the other ("owned by", "son of"), as the
    /// publisher puts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// Name of the other party as written there.
    pub name: String,
    /// The other party's identifier on the same list, when the publisher gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl Link {
    /// A link to a party that is only named.
    #[must_use]
    pub fn named(relation: Option<&str>, name: impl Into<String>) -> Self {
        Self { relation: relation.map(str::to_owned), name: name.into(), id: None }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.relation {
            Some(relation) => write!(f, "{relation} {}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// What an entry means, in FollowTheMoney's topic codes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Topic {
    /// `sanction`: assets blocked or dealings forbidden.
    Sanction,
    /// `debarment`: excluded from contracts of a development bank or a state.
    Debarment,
    /// `role.pep`: holds or held prominent public office.
    Pep,
    /// `role.rca`: relative or close associate of such a person.
    Associate,
    /// `gov`: a body of a government.
    Government,
    /// `gov.soe`: owned or controlled by a state.
    StateOwned,
    /// `corruption`: listed for corruption or bribery; a code of our own beside the vocabulary.
    Corruption,
    /// Any other code of the vocabulary, trimmed and in lower case.
    Other(String),
}

impl Topic {
    /// The FollowTheMoney code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Sanction => "sanction",
            Self::Debarment => "debarment",
            Self::Pep => "role.pep",
            Self::Associate => "role.rca",
            Self::Government => "gov",
            Self::StateOwned => "gov.soe",
            Self::Corruption => "corruption",
            Self::Other(code) => code,
        }
    }
}

/// Codes are read whatever their case and the blanks around them: the vocabulary is lower case,
/// and an entry that says `Sanction` must not pass for one that says nothing.
impl From<String> for Topic {
    fn from(code: String) -> Self {
        let code = code.trim().to_lowercase();
        match code.as_str() {
            "sanction" => Self::Sanction,
            "debarment" => Self::Debarment,
            "role.pep" => Self::Pep,
            "role.rca" => Self::Associate,
            "gov" => Self::Government,
            "gov.soe" => Self::StateOwned,
            "corruption" => Self::Corruption,
            _ => Self::Other(code),
        }
    }
}

impl From<Topic> for String {
    fn from(topic: Topic) -> Self {
        topic.code().to_owned()
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A public office somebody holds or held (FollowTheMoney `Occupancy` of a `Position`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The position: "member", "Minister of Transport".
    pub position: String,
    /// Body in which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Country of the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// First day in office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    /// Last day in office; `None` means the source knows of none, not that it is held today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<PartialDate>,
    /// Term, constituency or party, for a person to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_the_same_whatever_its_case_and_the_blanks_around_it() {
        for (written, topic) in [
            ("Sanction", Topic::Sanction),
            (" SANCTION\t", Topic::Sanction),
            ("Debarment", Topic::Debarment),
            ("Role.PEP", Topic::Pep),
            ("role.RCA ", Topic::Associate),
            ("GOV", Topic::Government),
            ("Gov.SOE", Topic::StateOwned),
            (" Crime.Fin ", Topic::Other("crime.fin".to_owned())),
        ] {
            assert_eq!(Topic::from(written.to_owned()), topic, "{written}");
            let stored = serde_json::to_string(&topic).unwrap();
            assert_eq!(serde_json::from_str::<Topic>(&stored).unwrap(), topic);
        }
    }
}
