//! The parts of parlparse's documents that are read, as they stand in the files.
//!
//! Memberships and persons are kept as values first, so that one bad record is one reject and not
//! the end of its file.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// `ministers.json` or `ministers-2010.json`. Without memberships the file is something else.
#[derive(Debug, Deserialize)]
pub(super) struct Offices {
    pub(super) memberships: Vec<Value>,
    pub(super) organizations: Vec<Body>,
}

/// `people.json`. Without persons the file is something else.
#[derive(Debug, Deserialize)]
pub(super) struct People {
    pub(super) persons: Vec<Value>,
}

/// A department or committee.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Body {
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
}

/// Keys of a membership that are ignored on purpose: its own number, and where the office was
/// read, for the project's own use.
pub(super) const IGNORED: [&str; 2] = ["id", "source"];

/// An office held by a person.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Membership {
    pub(super) person_id: String,
    #[serde(default)]
    pub(super) organization_id: String,
    #[serde(default)]
    pub(super) role: String,
    #[serde(default)]
    pub(super) start_date: String,
    #[serde(default)]
    pub(super) end_date: String,
    /// Keys nobody reads.
    #[serde(flatten)]
    pub(super) rest: BTreeMap<String, Value>,
}

/// A person of `people.json`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Person {
    pub(super) id: String,
    /// The number of the person this one was merged into.
    pub(super) redirect: Option<String>,
    #[serde(default)]
    pub(super) other_names: Vec<Name>,
    #[serde(default)]
    pub(super) identifiers: Vec<Number>,
}

/// A name in parts, as a commoner or as a lord.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Name {
    /// `Main` or `Alternate`.
    pub(super) note: String,
    /// A name given whole.
    pub(super) name: String,
    pub(super) honorific_prefix: String,
    pub(super) given_name: String,
    pub(super) family_name: String,
    pub(super) surname: String,
    pub(super) lordname: String,
    pub(super) lordofname: String,
    pub(super) start_date: String,
    pub(super) end_date: String,
}

/// An identifier in some register.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Number {
    pub(super) scheme: String,
    pub(super) identifier: Value,
}
