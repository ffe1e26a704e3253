//! Decides which kinds of party there are and how sources write them.

use serde::{Deserialize, Serialize};

/// Kind of party, named as in `formats.md`; maps to a FollowTheMoney schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// Commercial legal person.
    Company,
    /// Any other organisation.
    Organization,
    /// Body of a government.
    PublicBody,
    /// Natural person.
    Person,
    /// Ship.
    Vessel,
    /// Aircraft.
    Aircraft,
}

/// A kind that no table of ours knows.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "expected one of company, organization, public_body, person, vessel, aircraft; found '{0}'"
)]
pub struct UnknownKind(pub String);

impl PartyKind {
    /// All kinds in display order.
    pub const ALL: [Self; 6] = [
        Self::Person,
        Self::Company,
        Self::Organization,
        Self::PublicBody,
        Self::Vessel,
        Self::Aircraft,
    ];

    /// The kind's name in tables and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Organization => "organization",
            Self::PublicBody => "public_body",
            Self::Person => "person",
            Self::Vessel => "vessel",
            Self::Aircraft => "aircraft",
        }
    }

    /// The FollowTheMoney schema of this kind.
    #[must_use]
    pub fn schema(self) -> &'static str {
        match self {
            Self::Company => "Company",
            Self::Organization => "Organization",
            Self::PublicBody => "PublicBody",
            Self::Person => "Person",
            Self::Vessel => "Vessel",
            Self::Aircraft => "Airplane",
        }
    }

    /// Whether this is a legal person or other body, not a natural person or an asset.
    #[must_use]
    pub fn is_organisation(self) -> bool {
        matches!(self, Self::Company | Self::Organization | Self::PublicBody)
    }
}

impl std::str::FromStr for PartyKind {
    type Err = UnknownKind;

    /// Reads the names of `formats.md` and the FollowTheMoney schemata, in any case.
    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let key: String =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Ok(match key.as_str() {
            "company" => Self::Company,
            "organization" | "organisation" | "legalentity" | "entity" => Self::Organization,
            "publicbody" => Self::PublicBody,
            "person" | "individual" => Self::Person,
            "vessel" => Self::Vessel,
            "aircraft" | "airplane" => Self::Aircraft,
            _ => return Err(UnknownKind(text.to_owned())),
        })
    }
}

/// Gender as a source states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Anything else the source states.
    Other,
}

impl Gender {
    /// Reads `male`, `female`, `m`, `f` and `other` in any case; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "f" | "female" => Some(Self::Female),
            "m" | "male" => Some(Self::Male),
            "other" | "x" => Some(Self::Other),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_its_own_name_and_schema() {
        for kind in PartyKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(kind.schema().parse(), Ok(kind));
        }
        assert_eq!("Public Body".parse(), Ok(PartyKind::PublicBody));
        assert_eq!("ship".parse::<PartyKind>(), Err(UnknownKind("ship".into())));
    }
}
