//! United Kingdom, UK Sanctions List: every person, entity and ship designated under the
//! Sanctions and Anti-Money Laundering Act 2018, as XML (`Designations`), published by the Foreign,
//! Commonwealth & Development Office at
//! <https://www.gov.uk/government/publications/the-uk-sanctions-list>, where its "format guide"
//! stands. Terms: Open Government Licence v3.0.
//!
//! Read: all names with type and strength, names in other scripts, titles, regime, source of the
//! designation, sanctions, reasons, other information, addresses and contacts, the details of
//! individuals, entities and ships. Ignored on purpose: nothing. A particular whose element the
//! table of `details` does not have is kept under its element's name and reported, once a name.
//! The file carries neither a version nor a record count: the root must be seen closed.

mod details;
mod map;

use super::dates::day_month_year;
use super::fault::{Fault, reject_all};
use super::known::{Schema, Unknown};
use super::sniff::{self, Syntax};
use super::xml::{Node, Place, Shape, read_records};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use std::collections::BTreeSet;

const FORMAT: &str = "the UK Sanctions List (XML)";
const ROOT: &str = "Designations";
const DESIGNATION: &str = "Designation";
const GENERATED: &str = "DateGenerated";

/// The groups of a designation that hold no particulars.
const SCHEMA: Schema = &[
    ("Names", &["Name"]),
    ("Name", &["Name1", "Name2", "Name3", "Name4", "Name5", "Name6", "NameType", "AliasStrength"]),
    ("NonLatinNames", &["NonLatinName"]),
    ("NonLatinName", &["NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage"]),
    ("Addresses", &["Address"]),
    (
        "Address",
        &[
            "AddressLine1",
            "AddressLine2",
            "AddressLine3",
            "AddressLine4",
            "AddressLine5",
            "AddressLine6",
            "AddressPostalCode",
            "AddressCountry",
        ],
    ),
];

/// Reads one UK Sanctions List.
///
/// # Errors
/// [`ParseError`] when the file as a whole cannot be trusted to be the complete list.
pub(super) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Xml, bytes)?;
    let shape = Shape { format: FORMAT, root: ROOT, sections: &[], record_depth: 2 };
    let mut parsed = Parsed::default();
    let mut seen = BTreeSet::new();
    let mut unknown = Unknown::new(SCHEMA);
    read_records(file, bytes, &shape, limits, |Place { row, .. }, record| {
        let mut faults = Vec::new();
        match record.name.as_str() {
            DESIGNATION => {
                parsed.rows_read += 1;
                let is_group = |child: &&Node| SCHEMA.iter().any(|(name, _)| *name == child.name);
                for group in record.children.iter().filter(is_group) {
                    faults.extend(unknown.in_record(group));
                }
                match map::listing(source, &record, &mut faults) {
                    Some(listing) => parsed.listings.push(listing),
                    None => parsed.lost_records += 1,
                }
            }
            GENERATED => parsed.header.published = published(&record.line(), &mut faults),
            other => faults.push(details::unknown(&format!("{ROOT}/{other}"))),
        }
        faults.retain(|fault| fault.code != details::UNKNOWN || seen.insert(fault.field.clone()));
        reject_all(&mut parsed.rejects, faults, file, row, || record.to_text());
    })?;
    Ok(parsed)
}

/// `22/08/2026` in ISO 8601.
fn published(text: &str, faults: &mut Vec<Fault>) -> Option<String> {
    match day_month_year(text) {
        Ok(date) => Some(date.to_string()),
        Err(error) => {
            faults.push(Fault::field(GENERATED, "bad-date", error.to_string()));
            None
        }
    }
}
