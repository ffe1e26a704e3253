//! United Nations Security Council consolidated list, XML (`CONSOLIDATED_LIST`), as published at
//! <https://scsanctions.un.org/resources/xml/en/consolidated.xml>; schema
//! <https://www.un.org/sc/resources/sc-sanctions.xsd>. Terms: United Nations, with attribution.
//!
//! Read: names, aliases with their quality, original script, dates and places of birth,
//! nationality, documents, addresses, titles, designations, committee (`UN_LIST_TYPE`), date of
//! listing and of the last change, who submitted the entry, comments, gender. An entry's
//! identifier is its `DATAID`: a party that leaves the list and comes back under its old reference
//! number is a new entry. Ignored on purpose: version and sort keys. An element the schema of today does not have is reported, once a name.
//! The file carries no record count; both sections and the closed root must be there.

mod map;

use super::fault::{Fault, reject_all};
use super::sniff::{self, Syntax};
use super::xml::{Node, Place, Shape, read_records};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use std::collections::BTreeSet;

const FORMAT: &str = "the UN Security Council consolidated list (XML)";
const ROOT: &str = "CONSOLIDATED_LIST";
const SECTIONS: [&str; 2] = ["INDIVIDUALS", "ENTITIES"];
const DATE_GENERATED: &str = "dateGenerated";

/// Children of a record that are read or, on purpose, not.
const KNOWN: [&str; 29] = [
    "DATAID",
    "VERSIONNUM",
    "FIRST_NAME",
    "SECOND_NAME",
    "THIRD_NAME",
    "FOURTH_NAME",
    "UN_LIST_TYPE",
    "REFERENCE_NUMBER",
    "LISTED_ON",
    "SUBMITTED_BY",
    "SUBMITTED_ON",
    "GENDER",
    "NAME_ORIGINAL_SCRIPT",
    "COMMENTS1",
    "NATIONALITY",
    "NATIONALITY2",
    "TITLE",
    "DESIGNATION",
    "LIST_TYPE",
    "LAST_DAY_UPDATED",
    "INDIVIDUAL_ALIAS",
    "INDIVIDUAL_ADDRESS",
    "INDIVIDUAL_DATE_OF_BIRTH",
    "INDIVIDUAL_PLACE_OF_BIRTH",
    "INDIVIDUAL_DOCUMENT",
    "ENTITY_ALIAS",
    "ENTITY_ADDRESS",
    "SORT_KEY",
    "SORT_KEY_LAST_MOD",
];

/// Reads one consolidated list.
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
    let shape = Shape { format: FORMAT, root: ROOT, sections: &SECTIONS, record_depth: 3 };
    let mut parsed = Parsed::default();
    let mut unknown = BTreeSet::new();
    let outline = read_records(file, bytes, &shape, limits, |Place { row, .. }, record| {
        let mut faults = unknown_elements(&record, &mut unknown);
        match map::listing(source, &record, &mut faults) {
            Some(listing) => parsed.listings.push(listing),
            None => parsed.lost_records += 1,
        }
        reject_all(&mut parsed.rejects, faults, file, row, || record.to_text());
    })?;
    parsed.rows_read = outline.records;
    parsed.header.published = outline.root_attributes.get(DATE_GENERATED).cloned();
    Ok(parsed)
}

/// Elements nobody has taught us to read, each name once a file.
fn unknown_elements(record: &Node, seen: &mut BTreeSet<String>) -> Vec<Fault> {
    let names = record.children.iter().map(|child| child.name.as_str());
    let new = names.filter(|name| !KNOWN.contains(name)).map(str::to_owned);
    new.filter(|name| seen.insert(name.clone()))
        .map(|name| {
            let message = "expected an element of the known schema; its content is not used";
            Fault::field(&name, "unknown-element", message)
        })
        .collect()
}
