//! The parts of a congress-legislators entry that are read, as they stand in the file, and the
//! keys nobody reads.
//!
//! Entries are kept as values first, so that one bad entry is one reject and not the end of its
//! file. Numbers and texts are told apart by nobody: an identifier is `'00172'` or `172`.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;

/// Keys of each part of an entry that are read or ignored on purpose; the parts whose keys are
/// data themselves (`id`) are not here.
const KEYS: [(&str, &[&str]); 7] = [
    ("", &["id", "name", "other_names", "bio", "terms", "leadership_roles", "family"]),
    ("name", &["first", "middle", "last", "suffix", "nickname", "official_full"]),
    ("other_names", &["first", "middle", "last", "suffix", "start", "end"]),
    ("bio", &["birthday", "gender"]),
    ("leadership_roles", &["title", "chamber", "start", "end"]),
    ("family", &["name", "relation"]),
    (
        "terms",
        &[
            "type",
            "start",
            "end",
            "state",
            "district",
            "class",
            "party",
            "caucus",
            "how",
            "end-type",
            "party_affiliations",
            "address",
            "phone",
            "url",
            "fax",
            "office",
            "contact_form",
            "rss_url",
            "state_rank",
        ],
    ),
];

/// One entry.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Person {
    pub(super) id: BTreeMap<String, Value>,
    #[serde(default)]
    pub(super) name: Name,
    #[serde(default)]
    pub(super) other_names: Vec<Name>,
    #[serde(default)]
    pub(super) bio: Bio,
    pub(super) terms: Vec<Term>,
    #[serde(default)]
    pub(super) leadership_roles: Vec<Role>,
    #[serde(default)]
    pub(super) family: Vec<Relative>,
}

/// A name in parts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Name {
    #[serde(deserialize_with = "text")]
    pub(super) first: String,
    #[serde(deserialize_with = "text")]
    pub(super) middle: String,
    #[serde(deserialize_with = "text")]
    pub(super) last: String,
    #[serde(deserialize_with = "text")]
    pub(super) suffix: String,
    #[serde(deserialize_with = "text")]
    pub(super) nickname: String,
    #[serde(deserialize_with = "text")]
    pub(super) official_full: String,
    /// Last day an other name was used.
    #[serde(deserialize_with = "text")]
    pub(super) end: String,
}

/// Birthday and gender.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Bio {
    #[serde(deserialize_with = "text")]
    pub(super) birthday: String,
    #[serde(deserialize_with = "text")]
    pub(super) gender: String,
}

/// A term of office.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Term {
    #[serde(rename = "type", deserialize_with = "text")]
    pub(super) kind: String,
    #[serde(deserialize_with = "text")]
    pub(super) start: String,
    #[serde(deserialize_with = "text")]
    pub(super) end: String,
    #[serde(rename = "end-type", deserialize_with = "text")]
    pub(super) end_type: String,
    #[serde(deserialize_with = "text")]
    pub(super) state: String,
    #[serde(deserialize_with = "text")]
    pub(super) district: String,
    #[serde(deserialize_with = "text")]
    pub(super) class: String,
    #[serde(deserialize_with = "text")]
    pub(super) party: String,
    #[serde(deserialize_with = "text")]
    pub(super) caucus: String,
    #[serde(deserialize_with = "text")]
    pub(super) how: String,
    pub(super) party_affiliations: Vec<Affiliation>,
    #[serde(deserialize_with = "text")]
    pub(super) address: String,
    #[serde(deserialize_with = "text")]
    pub(super) phone: String,
    #[serde(deserialize_with = "text")]
    pub(super) url: String,
}

/// A party during a part of a term.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Affiliation {
    #[serde(deserialize_with = "text")]
    pub(super) party: String,
    #[serde(deserialize_with = "text")]
    pub(super) start: String,
    #[serde(deserialize_with = "text")]
    pub(super) end: String,
}

/// A leadership role.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Role {
    #[serde(deserialize_with = "text")]
    pub(super) title: String,
    #[serde(deserialize_with = "text")]
    pub(super) chamber: String,
    #[serde(deserialize_with = "text")]
    pub(super) start: String,
    #[serde(deserialize_with = "text")]
    pub(super) end: String,
}

/// A relative in public life.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Relative {
    #[serde(deserialize_with = "text")]
    pub(super) name: String,
    #[serde(deserialize_with = "text")]
    pub(super) relation: String,
}

/// A text or a number as text, trimmed; nothing is an empty text.
fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match Value::deserialize(from)? {
        Value::Null => Ok(String::new()),
        value => plain(&value).ok_or_else(|| {
            serde::de::Error::custom(format!("expected a text or a number, found {value}"))
        }),
    }
}

/// A single value as text; `None` for what has parts.
pub(super) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Notes the keys nobody reads, each with the first entry it stands in.
pub(super) fn unknown_keys(entry: &Value, row: u64, unknown: &mut BTreeMap<String, u64>) {
    for (part, known) in KEYS {
        let value = if part.is_empty() { Some(entry) } else { entry.get(part) };
        let parts = match value {
            Some(Value::Array(parts)) => parts.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => continue,
        };
        for key in parts.iter().filter_map(Value::as_object).flat_map(|map| map.keys()) {
            if !known.contains(&key.as_str()) {
                let place = if part.is_empty() { key.clone() } else { format!("{part}.{key}") };
                unknown.entry(place).or_insert(row);
            }
        }
    }
}
