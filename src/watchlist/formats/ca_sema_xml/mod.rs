//! Canada, Consolidated Canadian Autonomous Sanctions List: parties listed under the Special
//! Economic Measures Act and the Justice for Victims of Corrupt Foreign Officials Act, as XML
//! (`data-set`), published by Global Affairs Canada at <https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx>.
//! Terms: Open Government Licence – Canada.
//!
//! Read: every element a record has. Ignored on purpose: nothing. The file carries no version, no
//! date, no count and no identifier of a party; see `map` for the one that is made. Its root must
//! be seen closed.

mod map;
mod names;

use super::fault::reject_all;
use super::known::{Schema, Unknown};
use super::sniff::{self, Syntax};
use super::xml::{Place, Shape, read_records};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};

const FORMAT: &str = "the Canadian autonomous sanctions list (XML)";
const ROOT: &str = "data-set";
const RECORD: &str = "record";

/// What a record of 2025 may hold.
const SCHEMA: Schema = &[(
    RECORD,
    &[
        "Country",
        "LastName",
        "GivenName",
        "Aliases",
        "EntityOrShip",
        "TitleOrShip",
        "DateOfBirthOrShipBuildDate",
        "ShipIMONumber",
        "Schedule",
        "Item",
        "DateOfListing",
    ],
)];

/// Reads one list.
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
    let mut unknown = Unknown::new(SCHEMA);
    let outline = read_records(file, bytes, &shape, limits, |Place { row, .. }, record| {
        let mut faults = Vec::new();
        if record.name == RECORD {
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
    parsed.rows_read = outline.records;
    Ok(parsed)
}
