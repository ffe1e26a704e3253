//! Consolidated list of all persons and entities under Australian sanctions laws, Department of
//! Foreign Affairs and Trade, workbook (XLSX) with the columns of the editions of 2019 to 2024;
//! <https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list>.
//! Creative Commons Attribution 4.0 (Commonwealth of Australia).
//!
//! One row is one name: `1234` is the primary name, `1234a`, `1234b` … are others, and rows of one
//! number are one listing. Every column is read; one the format does not have is reported once. A
//! sheet without the header is named in a warning. The file states neither a day of publication nor
//! a count. What the cells say is in [`map`], dates of birth are in [`births`], what `Additional
//! Information` says in [`extra`].

mod births;
mod extra;
mod map;

use super::delimited::{Columns, Row};
use super::fault::{Fault, reject_all};
use super::sheet::{Book, Sheet};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use map::Group;
use std::collections::BTreeMap;

const FORMAT: &str = "the DFAT consolidated list (XLSX)";
/// Columns without which the list cannot be read.
const NEEDED: &[&str] = &[map::REFERENCE, map::NAME, map::TYPE, map::NAME_TYPE];

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
    let mut book = Book::open(file, FORMAT, bytes, limits)?;
    let mut list = List { file, ..List::default() };
    let mut tables = 0;
    for (name, _) in book.sheets().into_iter().filter(|(_, has_cells)| *has_cells) {
        let sheet = book.table(&name, (FORMAT, NEEDED), &mut |_| {}, &mut |row| list.add(&row))?;
        match sheet {
            Sheet::Table(columns) => {
                tables += 1;
                list.unknown_columns(&columns);
            }
            Sheet::NoTable(rows) => list.parsed.warnings.push(format!(
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
    Ok(list.finish(source))
}

/// The list while it is read: its rows by number, in the order numbers first appear.
#[derive(Default)]
struct List<'a> {
    file: &'a str,
    parsed: Parsed,
    groups: Vec<Group>,
    places: BTreeMap<String, usize>,
}

impl List<'_> {
    fn add(&mut self, row: &Row<'_>) {
        self.parsed.rows_read += 1;
        let mut faults = Vec::new();
        let width = row.columns().names().len();
        if row.width() != width {
            let message = format!("expected {width} cells, found {}", row.width());
            faults.push(Fault::field("cells under no column", "unknown-column", message));
        }
        match map::reference(row) {
            Ok(id) => {
                let place = *self.places.entry(id.clone()).or_insert_with(|| {
                    self.groups.push(Group::new(id, row.number, row.to_text()));
                    self.groups.len() - 1
                });
                if let Some(group) = self.groups.get_mut(place) {
                    group.add(row, &mut faults);
                }
            }
            Err(fault) => {
                self.parsed.lost_records += 1;
                faults.push(fault);
            }
        }
        reject_all(&mut self.parsed.rejects, faults, self.file, row.number, || row.to_text());
    }

    /// Columns nobody has taught us to read, once a file.
    fn unknown_columns(&mut self, columns: &Columns) {
        for fault in
            columns.unknown(&map::COLUMNS).into_iter().filter(|fault| !fault.field.is_empty())
        {
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
