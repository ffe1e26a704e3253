//! Decides who somebody is: the identifying attributes of a party, the same type for a partner we
//! hold a record of and for an entry on a publisher's list, so that the two can be compared.
//!
//! Values keep the text they came as; normalised forms are derived and never stored over it.
//! Vocabulary follows FollowTheMoney (schema and property names), codes follow ISO.

mod country;
mod date;
mod identifier;
mod kind;
mod name;
mod reject;

pub use country::{Country, UnknownCountry};
pub use date::{DateError, DateSpan, PartialDate};
pub use identifier::{Checksum, Identifier, Scheme};
pub use kind::{Gender, PartyKind, UnknownKind};
pub use name::{NameQuality, PartyName};
pub use reject::Reject;

use serde::{Deserialize, Serialize};

/// Everything that identifies one party, as stated by one source.
///
/// Every list may be empty: an attribute that is not there is *missing*, which is different from
/// one that disagrees.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Kind of party; `None` when the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<PartyKind>,
    /// Names in the source's order; the first one is the caption.
    pub names: Vec<PartyName>,
    /// Dates of birth (persons). Several when the source is not sure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub birth_dates: Vec<DateSpan>,
    /// Places of birth as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub birth_places: Vec<String>,
    /// Date of death, when the source gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub death_date: Option<PartialDate>,
    /// Gender as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Countries with what ties the party to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryTie>,
    /// Numbers issued by somebody: registers, tax offices, passports, IMO.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Addresses as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
}

impl Party {
    /// The name to show for this party: its first name, or an empty string when it has none.
    #[must_use]
    pub fn caption(&self) -> &str {
        self.names.first().map_or("", |name| name.text.as_str())
    }

    /// Adds a tie to a country unless the same tie is already there.
    pub fn tie(&mut self, country: Country, tie: Tie) {
        let entry = CountryTie { country, tie };
        if !self.countries.contains(&entry) {
            self.countries.push(entry);
        }
    }
}

/// A country and what ties the party to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CountryTie {
    /// ISO 3166-1 country.
    pub country: Country,
    /// What ties the party to it.
    pub tie: Tie,
}

/// What ties a party to a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Nationality or citizenship of a person.
    Nationality,
    /// Where a legal person is registered.
    Jurisdiction,
    /// Where an address lies, or the residence.
    Address,
    /// Where a person was born.
    BirthPlace,
    /// Country of the office held.
    Office,
    /// Flag state of a vessel or aircraft.
    Flag,
    /// The source gives a country and does not say why.
    Stated,
}

/// A postal address as the source wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The whole address on one line, without the country.
    pub text: String,
    /// City, when the source states it apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Postal code, when the source states it apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Country of the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
}
