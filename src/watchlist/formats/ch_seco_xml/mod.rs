//! Switzerland, State Secretariat for Economic Affairs (SECO): all persons, entities and objects
//! under sanctions of the Embargo Act, as XML (`swiss-sanctions-list`), published at
//! <https://www.sesam.search.admin.ch/sesam-search-web/>. Terms: open use.
//!
//! Read: programmes and their sanctions sets, places, and of each target its identities, names
//! with their parts and spelling variants, birth, papers, addresses, reasons, relations and
//! modifications. Ignored on purpose: the texts of programmes and sanctions sets in German,
//! French and Italian where English is given, other spellings of places, predecessors of
//! programmes, and the `ssid` of parts. A target whose last
//! modification took it off the list is no listing; how many there are is a warning. The file
//! carries no record count: the root must be seen closed. A file whose `list-type` says it is an
//! amendment is read, and a warning says that it is not the whole list.

mod identity;
mod map;
mod names;
mod schema;
mod tables;

use super::fault::{Fault, reject_all};
use super::known::Unknown;
use super::sniff::{self, Syntax};
use super::xml::{Node, Place, Shape, read_records};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use tables::Tables;

const FORMAT: &str = "the Swiss sanctions list of SECO (XML)";
const ROOT: &str = "swiss-sanctions-list";
const PROGRAM: &str = "sanctions-program";
const PLACE: &str = "place";
const TARGET: &str = "target";
const WHOLE: &str = "full";

/// Reads one list.
///
/// # Errors
/// [`ParseError`] when the file as a whole cannot be trusted to be complete.
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
    let mut tables = Tables::default();
    let mut targets: Vec<(u64, Vec<Fault>, Node)> = Vec::new();
    let outline = read_records(file, bytes, &shape, limits, |Place { row, .. }, record| {
        let is_known = [PROGRAM, PLACE, TARGET].contains(&record.name.as_str());
        let mut faults = if is_known { unknown.in_record(&record) } else { Vec::new() };
        match record.name.as_str() {
            TARGET => return targets.push((row, faults, record)),
            PROGRAM => tables.add_programme(&record),
            PLACE => tables.add_place(&record),
            other => unknown.element(format!("{ROOT}/{other}"), &mut faults),
        }
        reject_all(&mut parsed.rejects, faults, file, row, || record.to_text());
    })?;
    parsed.header.published = outline.root_attributes.get("date").cloned();
    let day = parsed.header.published.as_deref().and_then(|text| text.parse().ok());
    tables.name_targets(targets.iter().map(|(_, _, record)| record));
    parsed.rows_read = targets.len() as u64;
    let mut delisted = 0_u64;
    for (row, mut faults, record) in targets {
        match map::target(source, &record, &tables, day, &mut faults) {
            map::Target::Listed(listing) => parsed.listings.push(*listing),
            map::Target::Delisted => delisted += 1,
            map::Target::Lost => parsed.lost_records += 1,
        }
        reject_all(&mut parsed.rejects, faults, file, row, || record.to_text());
    }
    if delisted > 0 {
        parsed.warnings.push(format!("{file}: {delisted} de-listed targets are left out"));
    }
    let kind = outline.root_attributes.get("list-type").map(String::as_str);
    if let Some(other) = kind.filter(|kind| !kind.contains(WHOLE)) {
        parsed.warnings.push(format!(
            "{file}: expected the list-type full-data-set, found {other}: this is not the whole list"
        ));
    }
    Ok(parsed)
}
