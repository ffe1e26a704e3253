//! Consolidated list of financial sanctions targets in the UK, Office of Financial Sanctions
//! Implementation (HM Treasury), in the format of February 2022, as CSV or as workbook (XLSX);
//! format guide on <https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets>.
//! Open Government Licence v3.0. The list was closed on 28 January 2026.
//!
//! One row is one name; rows of one `Group ID` are one listing, wherever they stand. Both shapes
//! have the same columns and go through the same mapper. Every column is read; one that the format
//! does not have is reported once. The row above the header says when the list was published. The
//! file carries no count of its own. What the cells say is in [`map`], what `Other Information`
//! says in [`other`].

mod map;
mod names;
mod other;

use super::day_first::day_first;
use super::delimited::{Columns, Dialect, Row, read_rows};
use super::fault::{Fault, reject_all};
use super::sheet::{Book, Sheet};
use super::sniff::{self, Syntax};
use super::{archive, text::utf8};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use map::Group;
use std::collections::BTreeMap;

const FORMAT: &str = "the OFSI consolidated list of 2022 (CSV or XLSX)";
/// Columns without which the list cannot be read.
const NEEDED: &[&str] = &["Name 6", "Group Type", "Alias Type", "Regime", "Group ID"];
/// What the row above the header begins with.
const PUBLISHED: &str = "Last Updated";
/// Every column of the format.
const KNOWN: [&str; 36] = [
    "Name 6",
    "Name 1",
    "Name 2",
    "Name 3",
    "Name 4",
    "Name 5",
    "Title",
    "Name Non-Latin Script",
    "Non-Latin Script Type",
    "Non-Latin Script Language",
    "DOB",
    "Town of Birth",
    "Country of Birth",
    "Nationality",
    "Passport Number",
    "Passport Details",
    "National Identification Number",
    "National Identification Details",
    "Position",
    "Address 1",
    "Address 2",
    "Address 3",
    "Address 4",
    "Address 5",
    "Address 6",
    "Post/Zip Code",
    "Country",
    "Other Information",
    "Group Type",
    "Alias Type",
    "Alias Quality",
    "Regime",
    "Listed On",
    "UK Sanctions List Date Designated",
    "Last Updated",
    "Group ID",
];

/// Reads one edition.
///
/// # Errors
/// [`ParseError`] when the file as a whole cannot be trusted to be the complete list.
pub(super) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    let mut table =
        Table { file, parsed: Parsed::default(), groups: Vec::new(), places: BTreeMap::new() };
    let is_book = archive::is_zip(bytes) || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if is_book {
        table.read_book(bytes, limits)?
    } else {
        table.read_text(bytes, limits)?
    }
    Ok(table.finish(source))
}

/// The list while it is read: its rows by group, in the order groups first appear.
struct Table<'a> {
    file: &'a str,
    parsed: Parsed,
    groups: Vec<Group>,
    places: BTreeMap<String, usize>,
}

impl Table<'_> {
    fn read_text(&mut self, bytes: &[u8], limits: &Limits) -> Result<(), ParseError> {
        sniff::expect(self.file, FORMAT, Syntax::Csv, bytes)?;
        let text = utf8(self.file, bytes)?;
        let first = text.lines().next().unwrap_or_default();
        let mut cells = first.split(',').map(|cell| cell.trim().trim_matches('"'));
        let is_published = cells.next().is_some_and(|cell| cell.eq_ignore_ascii_case(PUBLISHED));
        if let Some(date) = cells.next().filter(|_| is_published) {
            self.published(date);
        }
        let preamble = usize::from(is_published);
        let dialect = Dialect { format: FORMAT, delimiter: b',', needed: NEEDED, preamble };
        let file = self.file;
        let (columns, _) = read_rows(file, text, &dialect, limits, |row| self.add(&row, true))?;
        if !text.ends_with(['\n', '\r']) {
            self.parsed.warnings.push(format!(
                "{file}: the last row has no line end: re-saved, or cut inside the row"
            ));
        }
        self.unknown_columns(&columns);
        Ok(())
    }

    fn read_book(&mut self, bytes: &[u8], limits: &Limits) -> Result<(), ParseError> {
        let file = self.file;
        let mut book = Book::open(file, FORMAT, bytes, limits)?;
        let mut tables = 0;
        for (name, _) in book.sheets().into_iter().filter(|(_, has_cells)| *has_cells) {
            let mut date = None;
            let mut above = |row: &super::sheet::SheetRow| {
                let mut cells = row.cells.values();
                if cells.next().is_some_and(|cell| cell.trim().eq_ignore_ascii_case(PUBLISHED)) {
                    date = cells.next().cloned();
                }
            };
            let sheet =
                book.table(&name, (FORMAT, NEEDED), &mut above, &mut |row| self.add(&row, false))?;
            match sheet {
                Sheet::Table(columns) => {
                    tables += 1;
                    self.unknown_columns(&columns);
                    if let Some(date) = date {
                        self.published(&date);
                    }
                }
                Sheet::NoTable(rows) => self.parsed.warnings.push(format!(
                    "{file}: the sheet '{name}' has no header of the list and was not read ({rows} rows)"
                )),
            }
        }
        if tables == 0 {
            return Err(ParseError::NotThisFormat {
                file: file.to_owned(),
                expected: FORMAT,
                found: format!("no sheet with the columns {}", NEEDED.join(", ")),
            });
        }
        Ok(())
    }

    /// Takes in one row. A row of a text file with a cell too few or too many has its cells under
    /// the wrong columns and is refused; in a sheet every cell has its place.
    fn add(&mut self, row: &Row<'_>, is_text: bool) {
        self.parsed.rows_read += 1;
        let mut faults = Vec::new();
        let width = row.columns().names().len();
        let is_askew = is_text && row.width() != width;
        if row.width() != width {
            let message = format!("expected {width} cells, found {}", row.width());
            faults.push(if is_askew {
                Fault::record("wrong-column-count", message)
            } else {
                Fault::field("cells under no column", "unknown-column", message)
            });
        }
        let group = row.value(map::GROUP_ID).filter(|_| !is_askew);
        if let Some(id) = group {
            let place = *self.places.entry(id.clone()).or_insert_with(|| {
                self.groups.push(Group::new(id, row.number, row.to_text()));
                self.groups.len() - 1
            });
            if let Some(group) = self.groups.get_mut(place) {
                group.add(row, &mut faults);
            }
        } else {
            self.parsed.lost_records += 1;
            if !is_askew {
                faults.push(Fault::record("no-id", "expected a Group ID, found none"));
            }
        }
        reject_all(&mut self.parsed.rejects, faults, self.file, row.number, || row.to_text());
    }

    fn published(&mut self, date: &str) {
        match day_first(date).map(|date| date.to_string()).or_else(|error| {
            date.parse::<crate::party::PartialDate>()
                .map(|date| date.to_string())
                .map_err(|_| error)
        }) {
            Ok(date) => self.parsed.header.published = Some(date),
            Err(error) => {
                let fault = Fault::field(PUBLISHED, "bad-date", error.to_string());
                self.parsed.rejects.push(fault.at(self.file, 1, date));
            }
        }
    }

    /// Columns nobody has taught us to read, once a file.
    fn unknown_columns(&mut self, columns: &Columns) {
        for fault in columns.unknown(&KNOWN).into_iter().filter(|fault| !fault.field.is_empty()) {
            let name = fault.field.clone();
            self.parsed.rejects.push(fault.at(self.file, 1, &name));
        }
    }

    fn finish(mut self, source: &ListSource) -> Parsed {
        for group in self.groups {
            let (row, raw) = (group.row, group.raw.clone());
            let mut faults = Vec::new();
            match group.listing(source, &mut faults) {
                Some(listing) => self.parsed.listings.push(listing),
                None => self.parsed.lost_records += 1,
            }
            reject_all(&mut self.parsed.rejects, faults, self.file, row, || raw);
        }
        self.parsed
    }
}
