//! European Union, financial sanctions files (FSF): the consolidated list of persons, groups and
//! entities subject to EU financial sanctions, full list as XML 1.1 (`export`, schema
//! `20171012-FULL-schema-1_1.xsd`), published by the European Commission at
//! <https://webgate.ec.europa.eu/fsd/fsf>. Terms: free reuse with attribution.
//!
//! Read: everything the schema has, `remark` and `additionalInformation` of any part included.
//! Ignored on purpose: `globalFileId`, the logical ids of the parts, `regulationLanguage`, and
//! the classification code beside the subject type. The namespace is the version; another one is
//! refused. The file carries no record count: the root must be seen closed.

mod identity;
mod map;
mod names;
mod schema;

use super::fault::reject_all;
use super::known::Unknown;
use super::sniff::{self, Syntax};
use super::xml::{Outline, Place, Shape, read_records};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};

const FORMAT: &str = "the EU financial sanctions full list (XML 1.1)";
const ROOT: &str = "export";
const NAMESPACE: &str = "http://eu.europa.ec/fpi/fsd/export";
const GENERATED: &str = "generationDate";
const ENTITY: &str = "sanctionEntity";

/// Reads one full list.
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
    let mut unknown = Unknown::new(schema::SCHEMA);
    let outline = read_records(file, bytes, &shape, limits, |Place { row, .. }, record| {
        let mut faults = Vec::new();
        if record.name == ENTITY {
            faults = unknown.in_record(&record);
            match map::listing(source, &record, &mut faults) {
                Some(listing) => parsed.listings.push(listing),
                None => parsed.lost_records += 1,
            }
        } else {
            unknown.element(format!("{ROOT}/{}", record.name), &mut faults);
        }
        reject_all(&mut parsed.rejects, faults, file, row, || record.to_text());
    })?;
    check_version(file, &outline)?;
    parsed.rows_read = outline.records;
    parsed.header.published = outline.root_attributes.get(GENERATED).cloned();
    Ok(parsed)
}

/// The namespace has been the same since version 1.0 of the export; only 1.1 is known under it.
fn check_version(file: &str, outline: &Outline) -> Result<(), ParseError> {
    let namespaces: Vec<&str> = outline
        .root_attributes
        .values()
        .map(String::as_str)
        .filter(|value| value.contains("://") && value.contains("/fsd/"))
        .collect();
    if namespaces.contains(&NAMESPACE) {
        return Ok(());
    }
    let found = match namespaces.first() {
        Some(other) => format!("<{ROOT}> of the namespace {other}"),
        None => format!("<{ROOT}> without the namespace {NAMESPACE}"),
    };
    Err(ParseError::NotThisFormat { file: file.to_owned(), expected: FORMAT, found })
}
