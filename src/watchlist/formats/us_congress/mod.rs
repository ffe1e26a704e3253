//! United States legislators and executive, YAML of the project congress-legislators
//! (`legislators-current.yaml`, `executive.yaml`: one structure), format described at
//! <https://github.com/unitedstates/congress-legislators#readme>; it carries no version.
//! Public domain (CC0).
//!
//! Read: every name and part of a name, all identifiers (`bioguide` is the entry's own; without
//! it, as for some presidents, `govtrack`), date of birth, gender, every term with chamber,
//! state, district or class, party and how it began, changes of party, leadership roles, family;
//! of the newest term the office address, telephone and website. Ignored on purpose: those of
//! older terms, fax, contact forms, feeds, room (it is in the address), seniority in the state.

mod map;
mod raw;

use super::fault::{Fault, reject_all};
use super::sniff::{self, Syntax};
use super::{text, yaml};
use crate::party::Reject;
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

const FORMAT: &str = "a congress-legislators file (YAML)";

/// Reads one file.
///
/// # Errors
/// [`ParseError`] when the file as a whole is not a complete list of legislators.
pub(super) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Csv, bytes)?;
    let document: Value = yaml::document(file, text::utf8(file, bytes)?, limits)?;
    let records = records(file, &document)?;
    if records.len() as u64 > limits.records {
        let limit = limits.records;
        return Err(ParseError::TooLarge { file: file.to_owned(), limit, what: "records" });
    }
    let mut parsed = Parsed { rows_read: records.len() as u64, ..Parsed::default() };
    let mut unknown = BTreeMap::new();
    for (row, value) in (1..).zip(records) {
        raw::unknown_keys(value, row, &mut unknown);
        let mut faults = Vec::new();
        let listing = raw::Person::deserialize(value)
            .map_err(|error| faults.push(Fault::record("bad-record", error.to_string())))
            .ok()
            .and_then(|person| map::listing(source, &person, &mut faults));
        reject_all(&mut parsed.rejects, faults, file, row, || value.to_string());
        match listing {
            Some(listing) => parsed.listings.push(listing),
            None => parsed.lost_records += 1,
        }
    }
    parsed.rejects.extend(unknown.into_iter().map(|(key, row)| unknown_key(file, &key, row)));
    Ok(parsed)
}

/// The entries, when the document is a list of them at all.
fn records<'a>(file: &str, document: &'a Value) -> Result<&'a [Value], ParseError> {
    let found = match document {
        Value::Array(records) => {
            let is_one = |value: &Value| value.get("id").is_some() && value.get("terms").is_some();
            if records.iter().any(is_one) {
                return Ok(records);
            }
            "a list in which no entry has 'id' and 'terms'"
        }
        Value::Object(_) => "a YAML mapping",
        _ => "a YAML text",
    };
    let file = file.to_owned();
    Err(ParseError::NotThisFormat { file, expected: FORMAT, found: found.to_owned() })
}

fn unknown_key(file: &str, key: &str, row: u64) -> Reject {
    let message = format!("expected the keys of the published format, found '{key}', not read");
    Fault::field(key, "unknown-element", message).at(file, row, key)
}
