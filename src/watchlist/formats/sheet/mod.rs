//! Reads workbooks (XLSX, Office Open XML) as rows of text under a header found by its columns.
//!
//! Cells are streamed; sizes a workbook declares are not believed, and no range is ever laid out
//! in memory: two cells in opposite corners are two cells. Refused in words: other spreadsheets
//! (`.xls`, `.xlsb`, `.ods`), encrypted workbooks, pages of HTML, archives cut short; see
//! [`guard`] for what else. Ceilings: those of [`Limits`], 256 MiB when unpacked, five million
//! cells and 256 MiB of their text, because one shared text may stand in every cell. Merged cells
//! are as the file has them: the text is in the first one. Pictures, comments, links and formulas
//! are not read.

mod cell;
mod guard;

use super::ceiling;
use super::delimited::{Columns, Row, key};
use super::{archive, sniff};
use crate::watchlist::{Limits, ParseError};
use calamine::{Reader, SheetType, Xlsx, XlsxError};
use std::collections::BTreeMap;
use std::io::Cursor;

/// The syntax in words, for errors.
const WHAT: &str = "workbook (XLSX)";
/// Cells of one workbook; the largest list has 700,000.
const MAX_CELLS: u64 = 5_000_000;
/// Bytes of a workbook unpacked, and of the text of its cells.
const MAX_BYTES: u64 = 256 << 20;
/// Columns of a header; lists have up to 40.
const MAX_COLUMNS: usize = 1000;
/// Rows above a header that may be something else.
const MAX_PREAMBLE: usize = 50;
/// First bytes of the compound files that old and encrypted workbooks are.
const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
/// The part every readable workbook has, and the one its binary sister has.
const BOOK_PART: &str = "xl/workbook.xml";
const BINARY_PART: &str = "xl/workbook.bin";
/// A part of every `OpenDocument` file.
const OPEN_DOCUMENT_PART: &str = "META-INF/manifest.xml";

/// What may be taken out of one workbook.
#[derive(Debug, Clone, Copy)]
struct Budget {
    cells: u64,
    text: u64,
}

/// An opened workbook.
pub(super) struct Book<'a> {
    file: &'a str,
    limits: &'a Limits,
    left: Budget,
    reader: Xlsx<Cursor<&'a [u8]>>,
}

/// One row of a sheet: its cells that are not blank, by column counted from 0.
pub(super) struct SheetRow {
    /// Row of the sheet, counted from 1.
    pub(super) number: u64,
    /// Text of each cell.
    pub(super) cells: BTreeMap<u32, String>,
}

/// What a sheet turned out to be.
pub(super) enum Sheet {
    /// A table, with the columns of its header.
    Table(Columns),
    /// No header row with the needed columns; the number of rows that are not blank.
    NoTable(u64),
}

impl<'a> Book<'a> {
    /// Opens a workbook after checking every part of it.
    ///
    /// # Errors
    /// [`ParseError`] that says what the file is instead, or why it is refused.
    pub(super) fn open(
        file: &'a str,
        expected: &'static str,
        bytes: &'a [u8],
        limits: &'a Limits,
    ) -> Result<Self, ParseError> {
        Self::open_within(
            file,
            expected,
            bytes,
            limits,
            Budget { cells: MAX_CELLS, text: MAX_BYTES },
        )
    }

    fn open_within(
        file: &'a str,
        expected: &'static str,
        bytes: &'a [u8],
        limits: &'a Limits,
        left: Budget,
    ) -> Result<Self, ParseError> {
        check_kind(file, expected, bytes)?;
        let unpacked = Limits { file_bytes: limits.file_bytes.min(MAX_BYTES), ..*limits };
        guard::check(file, bytes, &unpacked)?;
        let reader = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(file, error))?;
        Ok(Self { file, limits, left, reader })
    }

    /// Names of the sheets in the workbook's order, hidden ones too, and whether each has cells (a
    /// sheet that is a chart has none).
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let sheets = self.reader.sheets_metadata().iter();
        sheets.map(|sheet| (sheet.name.clone(), sheet.typ == SheetType::WorkSheet)).collect()
    }

    /// Hands over the rows of a sheet that are not blank.
    ///
    /// # Errors
    /// [`ParseError::TooLarge`] when the budget is used up, [`ParseError::Refused`] when rows do
    /// not follow each other, otherwise as the reader says.
    pub(super) fn rows(
        &mut self,
        sheet: &str,
        on_row: &mut dyn FnMut(SheetRow) -> Result<(), ParseError>,
    ) -> Result<(), ParseError> {
        let file = self.file;
        let wrong = |error| broken(file, error);
        let mut cells = self.reader.worksheet_cells_reader(sheet).map_err(wrong)?;
        let mut open: Option<SheetRow> = None;
        while let Some(found) = cells.next_cell().map_err(wrong)? {
            let (row, column) = found.get_position();
            let number = u64::from(row) + 1;
            let text = cell::text(found.get_value());
            self.left.spend(file, self.limits, &text)?;
            if open.as_ref().is_some_and(|open| number < open.number) {
                let what = format!("row {number} of the sheet '{sheet}' after a later one");
                return Err(ParseError::Refused { file: file.to_owned(), position: 0, what });
            }
            if open.as_ref().is_some_and(|open| number > open.number)
                && let Some(whole) = open.take()
                && !whole.cells.is_empty()
            {
                on_row(whole)?;
            }
            let row = open.get_or_insert_with(|| SheetRow { number, cells: BTreeMap::new() });
            if !text.trim().is_empty() && row.cells.insert(column, text).is_some() {
                let what = format!("a cell of row {number} of the sheet '{sheet}' twice");
                return Err(ParseError::Refused { file: file.to_owned(), position: 0, what });
            }
        }
        match open {
            Some(last) if !last.cells.is_empty() => on_row(last),
            _ => Ok(()),
        }
    }

    /// Hands over the rows below the first row that names the needed columns, and the rows above
    /// it as they are. Cells under no column come behind the others, so that a row that has any
    /// is wider than its header.
    ///
    /// # Errors
    /// As [`Self::rows`]; a header with a column twice or with too many.
    pub(super) fn table(
        &mut self,
        sheet: &str,
        (format, needed): (&'static str, &[&str]),
        above: &mut dyn FnMut(&SheetRow),
        on_row: &mut dyn FnMut(Row<'_>),
    ) -> Result<Sheet, ParseError> {
        let (file, records) = (self.file, self.limits.records);
        let too_many = |limit, what| ParseError::TooLarge { file: file.to_owned(), limit, what };
        let mut header: Option<(Columns, Vec<u32>)> = None;
        let (mut passed, mut rows) = (0, 0);
        self.rows(sheet, &mut |row| {
            if let Some((columns, places)) = &header {
                rows += 1;
                if rows > records {
                    return Err(too_many(records, "rows"));
                }
                on_row(Row::new(row.number, columns, in_order(row.cells, places)));
            } else if passed < MAX_PREAMBLE && is_header(&row, needed) {
                if row.cells.len() > MAX_COLUMNS {
                    return Err(too_many(MAX_COLUMNS as u64, "columns"));
                }
                let names = row.cells.values().map(String::as_str);
                let columns = Columns::new(file, format, needed, names)?;
                header = Some((columns, row.cells.into_keys().collect()));
            } else {
                passed += 1;
                above(&row);
            }
            Ok(())
        })?;
        Ok(match header {
            Some((columns, _)) => Sheet::Table(columns),
            None => Sheet::NoTable(passed as u64),
        })
    }
}

impl Budget {
    fn spend(&mut self, file: &str, limits: &Limits, text: &str) -> Result<(), ParseError> {
        let used_up = |limit, what| ParseError::TooLarge { file: file.to_owned(), limit, what };
        if text.len() > limits.text_bytes {
            return Err(used_up(limits.text_bytes as u64, "bytes of one text"));
        }
        ceiling::check_text(file, text, limits)?;
        self.cells = self.cells.checked_sub(1).ok_or_else(|| used_up(MAX_CELLS, "cells"))?;
        let left = self.text.checked_sub(text.len() as u64);
        self.text = left.ok_or_else(|| used_up(MAX_BYTES, "bytes of text in cells"))?;
        Ok(())
    }
}

/// The cells under each column, then those under none.
fn in_order(mut cells: BTreeMap<u32, String>, places: &[u32]) -> Vec<String> {
    let mut ordered: Vec<String> =
        places.iter().map(|place| cells.remove(place).unwrap_or_default()).collect();
    ordered.extend(cells.into_values());
    ordered
}

fn is_header(row: &SheetRow, needed: &[&str]) -> bool {
    let names: Vec<String> = row.cells.values().map(|name| key(name)).collect();
    needed.iter().all(|name| names.contains(&key(name)))
}

/// What a file that is no readable workbook is, from its first bytes and its parts.
fn check_kind(file: &str, expected: &'static str, bytes: &[u8]) -> Result<(), ParseError> {
    let not = |found: &str| {
        Err(ParseError::NotThisFormat { file: file.to_owned(), expected, found: found.to_owned() })
    };
    if bytes.is_empty() {
        return Err(ParseError::Empty { file: file.to_owned(), expected });
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return not("an old workbook (.xls) or one that is encrypted with a password");
    }
    if !archive::is_zip(bytes) {
        return not(sniff::words(bytes));
    }
    let names = archive::names(file, bytes)?;
    let has = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
    if has(BOOK_PART) {
        Ok(())
    } else if has(BINARY_PART) {
        not("a binary workbook (.xlsb)")
    } else if has(OPEN_DOCUMENT_PART) {
        not("an OpenDocument file (.ods)")
    } else {
        not("a zip archive without a workbook in it")
    }
}

fn broken(file: &str, error: XlsxError) -> ParseError {
    match error {
        XlsxError::XmlEof(part) => {
            let found = format!("the element '{part}' is not closed");
            ParseError::Truncated { file: file.to_owned(), records: 0, found }
        }
        XlsxError::Password => ParseError::Refused {
            file: file.to_owned(),
            position: 0,
            what: "a workbook that is encrypted with a password".to_owned(),
        },
        other => ParseError::Malformed {
            file: file.to_owned(),
            format: WHAT,
            position: 0,
            source: other.into(),
        },
    }
}

#[cfg(test)]
mod tests;
