//! `targets.simple.csv`: one target a row. Several values stand in a cell between semicolons,
//! quoted or not, as CSV within CSV.
//!
//! Editions before 2024 have fifteen columns, later ones `program_ids` as well; both are read, and
//! any further column is reported once. What a number in `identifiers` is the file does not say:
//! only one whose form proves it (LEI by its check digits, IMO by its letters) gets a scheme, and
//! the entity's own identifier counts when it is a Wikidata item. The texts of `sanctions` stand
//! among the programmes as written.

use super::super::delimited::{self, Dialect, Row};
use super::super::fault::{self, Fault, reject_all};
use super::super::ftm::{Entity, is_party, listing as entity_listing};
use super::super::sniff::{self, Syntax};
use super::super::text;
use super::{is_lost, no_party};
use crate::party::{Checksum, Identifier, Scheme};
use crate::watchlist::{Detail, Limits, ListSource, Listing, ParseError, Parsed};

const FORMAT: &str = "OpenSanctions targets.simple.csv";
const ID: &str = "id";
const SCHEMA: &str = "schema";
const NAME: &str = "name";
const IDENTIFIERS: &str = "identifiers";
const SANCTIONS: &str = "sanctions";
const PROGRAM_IDS: &str = "program_ids";
const LAST_CHANGE: &str = "last_change";
const COLUMNS: [&str; 15] = [
    ID,
    SCHEMA,
    NAME,
    "aliases",
    "birth_date",
    "countries",
    "addresses",
    IDENTIFIERS,
    SANCTIONS,
    "phones",
    "emails",
    "dataset",
    "first_seen",
    "last_seen",
    LAST_CHANGE,
];
/// Columns that are properties of the entity.
const PROPERTIES: [(&str, &str); 5] = [
    (NAME, "name"),
    ("aliases", "alias"),
    ("birth_date", "birthDate"),
    ("countries", "country"),
    ("addresses", "address"),
];
const PARTICULARS: [(&str, &str); 4] = [
    ("phones", "phone"),
    ("emails", "email"),
    ("dataset", "dataset"),
    ("first_seen", "first seen"),
];

/// Reads one export.
///
/// # Errors
/// [`ParseError`] when the file is no such export or was cut.
pub(in crate::watchlist::formats) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Csv, bytes)?;
    let text = text::utf8(file, bytes)?;
    let dialect = Dialect { format: FORMAT, delimiter: b',', needed: &COLUMNS, preamble: 0 };
    let mut parsed = Parsed::default();
    let (columns, rows) = delimited::read_rows(file, text, &dialect, limits, |row| {
        let mut faults: Vec<Fault> = row.wrong_width().into_iter().collect();
        let read = if faults.is_empty() { listing(source, &row, &mut faults) } else { None };
        match read {
            Some(listing) => parsed.listings.push(listing),
            None => parsed.lost_records += u64::from(is_lost(&faults)),
        }
        reject_all(&mut parsed.rejects, faults, file, row.number, || row.to_text());
    })?;
    parsed.rows_read = rows;
    let known = [COLUMNS.as_slice(), &[PROGRAM_IDS]].concat();
    let unknown = columns.unknown(&known);
    reject_all(&mut parsed.rejects, unknown, file, 1, || columns.names().join(","));
    Ok(parsed)
}

fn listing(source: &ListSource, row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<Listing> {
    let (id, schema) = (row.value(ID).unwrap_or_default(), row.value(SCHEMA).unwrap_or_default());
    if id.is_empty() {
        faults.push(Fault::record("no-id", "expected id, found none"));
        return None;
    }
    if !is_party(&schema) {
        faults.push(no_party(&schema));
        return None;
    }
    let mut entity = Entity::new(&id, &schema, &row.value(NAME).unwrap_or_default());
    for (column, property) in PROPERTIES {
        // A name is one value; the other cells are lists.
        let read = if column == NAME {
            row.value(NAME).into_iter().collect()
        } else {
            values(row, column)
        };
        entity.set(property, read);
    }
    let mut listing = entity_listing(source, &entity, faults)?;
    let numbers = values(row, IDENTIFIERS).into_iter().map(identifier);
    listing.party.identifiers.extend(numbers);
    if let Some(item) = wikidata(&id) {
        listing.party.identifiers.push(item);
    }
    for column in [PROGRAM_IDS, SANCTIONS] {
        listing.programmes.extend(values(row, column));
    }
    for (column, label) in PARTICULARS {
        listing.details.extend(values(row, column).into_iter().map(|v| Detail::new(label, v)));
    }
    let changed = row.value(LAST_CHANGE);
    listing.amended_on = changed.and_then(|text| fault::date(&text, LAST_CHANGE, faults));
    Some(listing)
}

/// The values of a cell that is a row of CSV itself, `;` between them.
fn values(row: &Row<'_>, column: &str) -> Vec<String> {
    let Some(cell) = row.value(column) else { return Vec::new() };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(cell.as_bytes());
    let records = reader.records().filter_map(Result::ok);
    let texts =
        records.flat_map(|r| r.iter().map(|text| text.trim().to_owned()).collect::<Vec<_>>());
    texts.filter(|text| !text.is_empty()).collect()
}

/// A number with the scheme its form proves.
fn identifier(value: String) -> Identifier {
    let is_valid = |scheme| Identifier::new(scheme, &value).checksum() == Checksum::Valid;
    let is_ship = value.to_uppercase().starts_with("IMO") && is_valid(Scheme::Imo);
    let scheme = if is_valid(Scheme::Lei) {
        Scheme::Lei
    } else if is_ship {
        Scheme::Imo
    } else {
        Scheme::Other
    };
    Identifier::new(scheme, value)
}

fn wikidata(id: &str) -> Option<Identifier> {
    let number = id.strip_prefix('Q')?;
    let is_item = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    is_item.then(|| Identifier::new(Scheme::Wikidata, id))
}
