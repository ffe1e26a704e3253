//! Parties under asset freezes of the Foreign Exchange and Foreign Trade Act, Ministry of Finance
//! of Japan, workbook (XLSX) of one sheet a measure;
//! <https://www.mof.go.jp/policy/international_policy/gaitame_kawase/gaitame/economic_sanctions/list.html>.
//! Public Data License 1.0 (Government of Japan), with attribution.
//!
//! A row is a party; its identifier is the number of the sheet and that of the notice
//! (`2-186`). Headers differ from sheet to sheet: columns are known by their names in [`columns`],
//! whatever their order. The names are in [`names`], notes among them in [`notes`], dates in [`dates`], countries in
//! [`countries`]; what cannot be read for certain is kept as written. Rows the publisher marks as
//! deleted (削除) are no listings; a row without date and number carries on the row above. Sheets of
//! contents and of lifted measures are named in a warning, and so is any other sheet without the
//! header. The file states neither a day of publication nor a count.

mod columns;
mod countries;
mod dates;
mod map;
mod names;
mod notes;

use super::delimited::{Columns, Row, key};
use super::fault::{Fault, reject_all};
use super::sheet::{Book, Sheet};
use crate::watchlist::{Limits, ListSource, Listing, ParseError, Parsed};

const FORMAT: &str = "the asset freeze list of the Japanese Ministry of Finance (XLSX)";
/// Columns every sheet of listings has.
const NEEDED: &[&str] = &[columns::DATE, columns::NUMBER, columns::JAPANESE, columns::ENGLISH];
/// Name of the sheet of contents, and what stands in the name of one whose measures were lifted.
const CONTENTS: &str = "一覧";
const LIFTED: &str = "解除";

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
    let mut list = List { source, file, parsed: Parsed::default(), tables: 0, deleted: 0 };
    for (name, _) in book.sheets().into_iter().filter(|(_, has_cells)| *has_cells) {
        let mut rows = Vec::new();
        let mut read = |row: Row<'_>| list.add(&name, &row, &mut rows);
        let sheet = book.table(&name, (FORMAT, NEEDED), &mut |_| {}, &mut read)?;
        list.parsed.listings.append(&mut rows);
        list.close(&name, &sheet);
    }
    list.finish()
}

/// The list while it is read.
struct List<'a> {
    source: &'a ListSource,
    file: &'a str,
    parsed: Parsed,
    tables: usize,
    deleted: u64,
}

impl List<'_> {
    fn add(&mut self, sheet: &str, row: &Row<'_>, listings: &mut Vec<Listing>) {
        self.parsed.rows_read += 1;
        let mut faults = Vec::new();
        let width = row.columns().names().len();
        if row.width() != width {
            let message = format!("expected {width} cells, found {}", row.width());
            faults.push(Fault::field("cells under no column", "unknown-column", message));
        }
        match map::listing(self.source, sheet, row, &mut faults) {
            map::Found::Listing(listing) => listings.push(*listing),
            map::Found::Deleted => self.deleted += 1,
            map::Found::More(text) => match listings.last_mut() {
                Some(above) => above.remarks.push(text),
                None => self.parsed.warnings.push(format!(
                    "{}: row {} of the sheet '{sheet}' carries on no row above",
                    self.file, row.number
                )),
            },
            map::Found::Nothing => self.parsed.lost_records += 1,
        }
        let file = format!("{} {sheet}", self.file);
        reject_all(&mut self.parsed.rejects, faults, &file, row.number, || row.to_text());
    }

    /// Says what a sheet was when it was not read, and which of its columns were not.
    fn close(&mut self, name: &str, sheet: &Sheet) {
        let file = self.file;
        let warning = match sheet {
            Sheet::Table(columns) => {
                self.tables += 1;
                self.unknown_columns(name, columns);
                return;
            }
            Sheet::NoTable(_) if name.trim() == CONTENTS => {
                format!("{file}: the sheet '{name}' is the table of contents and has no listings")
            }
            Sheet::NoTable(_) if name.contains(LIFTED) => {
                format!(
                    "{file}: the sheet '{name}' tells of measures that were lifted and has no listings"
                )
            }
            Sheet::NoTable(rows) => format!(
                "{file}: the sheet '{name}' has no header of the list and was not read ({rows} rows)"
            ),
        };
        self.parsed.warnings.push(warning);
    }

    fn unknown_columns(&mut self, sheet: &str, columns: &Columns) {
        let is_known = |name: &&String| columns::is_known(&key(name));
        for name in columns.names().iter().filter(|name| !is_known(name)) {
            let message = "expected a column of the known format; its content is not used";
            let fault = Fault::field(name, "unknown-column", message);
            self.parsed.rejects.push(fault.at(&format!("{} {sheet}", self.file), 1, name));
        }
    }

    fn finish(mut self) -> Result<Parsed, ParseError> {
        if self.tables == 0 {
            return Err(ParseError::NotThisFormat {
                file: self.file.to_owned(),
                expected: FORMAT,
                found: format!("no sheet with the columns {}", NEEDED.join(", ")),
            });
        }
        if self.deleted > 0 {
            self.parsed.warnings.push(format!(
                "{}: {} rows are marked as deleted by the publisher and are no listings",
                self.file, self.deleted
            ));
        }
        Ok(self.parsed)
    }
}
