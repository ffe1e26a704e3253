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
    /// The publisher's reasons and remarks, verbatim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// Other parties the publisher links this one to, as named there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked_to: Vec<String>,
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
