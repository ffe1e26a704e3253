//! The parts of an EveryPolitician document that are read, as they stand in the file.
//!
//! Persons and memberships are kept as values first, so that one bad record is one reject and
//! not the end of its file.

use serde::Deserialize;
use serde_json::Value;

/// One `ep-popolo-v1.0.json`. `persons` must be there: without it the file is something else.
#[derive(Debug, Deserialize)]
pub(super) struct Legislature {
    pub(super) persons: Vec<Value>,
    #[serde(default)]
    pub(super) organizations: Vec<Named>,
    #[serde(default)]
    pub(super) memberships: Vec<Value>,
    #[serde(default)]
    pub(super) events: Vec<Event>,
    #[serde(default)]
    pub(super) areas: Vec<Named>,
}

/// A person.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Person {
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) other_names: Vec<OtherName>,
    pub(super) birth_date: Option<String>,
    pub(super) death_date: Option<String>,
    pub(super) gender: Option<String>,
    #[serde(default)]
    pub(super) identifiers: Vec<Number>,
}

/// One of a person's other names.
#[derive(Debug, Default, Deserialize)]
pub(super) struct OtherName {
    #[serde(default)]
    pub(super) name: String,
    pub(super) lang: Option<String>,
}

/// An identifier in some register.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Number {
    #[serde(default)]
    pub(super) scheme: String,
    #[serde(default)]
    pub(super) identifier: String,
}

/// A person's seat.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Membership {
    pub(super) person_id: String,
    #[serde(default)]
    pub(super) role: String,
    pub(super) organization_id: Option<String>,
    pub(super) on_behalf_of_id: Option<String>,
    pub(super) area_id: Option<String>,
    pub(super) legislative_period_id: Option<String>,
    pub(super) start_date: Option<String>,
    pub(super) end_date: Option<String>,
}

/// An organisation or area, of which only the name is used.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Named {
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
}

/// A legislative period.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
    pub(super) start_date: Option<String>,
    pub(super) end_date: Option<String>,
}

/// A country of `_countries.json`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct IndexedCountry {
    #[serde(default)]
    pub(super) country: String,
    #[serde(default)]
    pub(super) code: String,
    #[serde(default)]
    pub(super) legislatures: Vec<IndexedLegislature>,
}

/// A legislature of `_countries.json`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct IndexedLegislature {
    /// Path of its document in the publisher's repository.
    #[serde(default)]
    pub(super) popolo: String,
}
