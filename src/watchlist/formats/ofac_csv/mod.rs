//! OFAC Specially Designated Nationals, legacy delimited files (`SDN.CSV`, `ALT.CSV`, `ADD.CSV`
//! and, when there, `SDN_COMMENTS.CSV`), and the non-SDN list in the same form (`CONS_PRIM.CSV`,
//! `CONS_ALT.CSV`, `CONS_ADD.CSV`, `CONS_COMMENTS.CSV`), U.S. Department of the Treasury; data
//! specification of 25 September 2023, <https://ofac.treasury.gov/sdn-list-data-formats-data-schemas>. Public
//! domain.
//!
//! The files have no header row: columns stand at the positions of the specification (12, 5, 6
//! and 2 of them), rows are joined by `ent_num`, `-0-` is null, a trailing 0x1A byte is the old
//! end-of-file mark. Both the publisher's quoted files and re-saved ones are read, as UTF-8 or,
//! failing that, Latin-1. Read: everything but the row numbers of aliases and addresses. What
//! the remarks say is in [`remarks`].

mod map;
mod remarks;

use super::sniff::{self, Syntax};
use super::{InputFile, LoadBytes, fault::Fault};
use crate::party::Reject;
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use map::Entry;
use std::collections::BTreeMap;

const FORMAT: &str = "an OFAC delimited file (CSV without a header row)";
const NULL: &str = "-0-";
const END_OF_FILE_MARK: u8 = 0x1a;
/// Name of the role that holds the entries; the others hang on it.
pub(super) const MAIN: &str = "main";

/// Roles of the files besides the main one, the columns of each, and what a row is called.
const ATTACHED: [(&str, usize, &str); 3] =
    [("aliases", 5, "alias"), ("addresses", 6, "address"), ("comments", 2, "comment")];
const MAIN_COLUMNS: usize = 12;

/// One row of one file, its columns trimmed and nulls made empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    number: u64,
    raw: String,
    cells: Vec<String>,
}

impl Row {
    /// The text of a column of the specification, counted from 0; empty when null.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn reject(&self, file: &str, fault: Fault) -> Reject {
        fault.at(file, self.number, &self.raw)
    }
}

/// Reads the files of one edition and joins them.
///
/// # Errors
/// [`ParseError`] when a file as a whole cannot be trusted to be complete.
pub(super) fn parse(
    source: &ListSource,
    files: &[InputFile],
    load: LoadBytes<'_>,
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    let mut parsed = Parsed::default();
    let mut entries: Vec<Entry> = Vec::new();
    // Where the first row of a number stands, and how many rows have it.
    let mut by_number: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
    let Some((main_index, main)) = files.iter().enumerate().find(|(_, f)| f.role == MAIN) else {
        return Ok(parsed);
    };
    for row in rows(&main.name, &load(main_index)?, limits, &mut parsed)? {
        match key(&row, MAIN_COLUMNS) {
            Ok(number) => {
                let (_, rows) = by_number.entry(number).or_insert((entries.len(), 0));
                *rows += 1;
                entries.push(Entry::new(number, *rows, row));
            }
            Err(fault) => {
                parsed.lost_records += 1;
                parsed.rejects.push(row.reject(&main.name, fault));
            }
        }
    }
    for attached in ATTACHED {
        for (index, file) in files.iter().enumerate().filter(|(_, file)| file.role == attached.0) {
            for row in rows(&file.name, &load(index)?, limits, &mut parsed)? {
                if let Some(reject) = attach(attached, &file.name, row, &by_number, &mut entries) {
                    parsed.rejects.push(reject);
                }
            }
        }
    }
    for entry in &entries {
        let mut faults = Vec::new();
        match map::listing(source, entry, &mut faults) {
            Some(listing) => parsed.listings.push(listing),
            None => parsed.lost_records += 1,
        }
        let row = &entry.main;
        parsed.rejects.extend(faults.into_iter().map(|fault| row.reject(&main.name, fault)));
    }
    Ok(parsed)
}

/// Hangs a row on its entry, or gives the reject that says why it cannot be.
fn attach(
    (role, columns, what): (&str, usize, &str),
    file: &str,
    row: Row,
    by_number: &BTreeMap<u64, (usize, usize)>,
    entries: &mut [Entry],
) -> Option<Reject> {
    let number = match key(&row, columns) {
        Ok(number) => number,
        Err(fault) => return Some(row.reject(file, fault)),
    };
    if let Some(entry) = by_number.get(&number).and_then(|(at, _)| entries.get_mut(*at)) {
        entry.attach(role, row);
        return None;
    }
    let message =
        format!("expected the {what} of an entry of the main file, which has no ent_num {number}");
    Some(row.reject(file, Fault::record("orphan", message)))
}

/// The joining key of a row with the right number of columns.
fn key(row: &Row, columns: usize) -> Result<u64, Fault> {
    if row.cells.len() != columns {
        let message = format!("expected {columns} columns, found {}", row.cells.len());
        return Err(Fault::record("wrong-column-count", message));
    }
    row.cell(0).parse().map_err(|_| {
        let message = format!("expected a number, found '{}'", row.cell(0));
        Fault { field: "ent_num".to_owned(), code: "bad-number", message }
    })
}

/// The rows of one file, counted into `parsed`.
fn rows(
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    parsed: &mut Parsed,
) -> Result<Vec<Row>, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Csv, bytes)?;
    let text = decode(file, bytes, &mut parsed.warnings);
    let body = text.trim_end_matches(char::from(END_OF_FILE_MARK));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let malformed = |error: csv::Error| ParseError::Malformed {
        file: file.to_owned(),
        format: "CSV",
        position: error.position().map_or(0, csv::Position::byte),
        source: error.into(),
    };
    while reader.read_record(&mut record).map_err(malformed)? {
        if rows.len() as u64 >= limits.records {
            let limit = limits.records;
            return Err(ParseError::TooLarge { file: file.to_owned(), limit, what: "rows" });
        }
        if record.iter().any(|cell| cell.len() > limits.text_bytes) {
            let limit = limits.text_bytes as u64;
            return Err(ParseError::TooLarge {
                file: file.to_owned(),
                limit,
                what: "bytes of one text",
            });
        }
        rows.push(Row {
            number: record.position().map_or(0, |position| line(position, body)),
            raw: raw_row(&record),
            cells: record.iter().map(cell_text).collect(),
        });
    }
    parsed.rows_read += rows.len() as u64;
    check_end(file, bytes, body, rows.len() as u64, &mut parsed.warnings)?;
    Ok(rows)
}

/// The line a record starts on. After a CR LF the reader stands before the LF, one line early.
fn line(position: &csv::Position, body: &str) -> u64 {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    position.line() + u64::from(body.as_bytes().get(at) == Some(&b'\n'))
}

/// A file that stops inside a row was cut. One that stops at a line end and has no end-of-file
/// mark may have been cut or re-saved: that cannot be told apart here, so it is said.
fn check_end(
    file: &str,
    bytes: &[u8],
    body: &str,
    records: u64,
    warnings: &mut Vec<String>,
) -> Result<(), ParseError> {
    let open_quote = body.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    if open_quote || !body.ends_with(['\n', '\r']) {
        let found =
            if open_quote { "a quoted text is not closed" } else { "the last row has no line end" };
        let records = records.saturating_sub(1);
        return Err(ParseError::Truncated {
            file: file.to_owned(),
            records,
            found: found.to_owned(),
        });
    }
    if bytes.last() != Some(&END_OF_FILE_MARK) {
        warnings.push(format!(
            "{file}: the publisher's end-of-file mark (0x1A) is missing: re-saved, or cut at a line end"
        ));
    }
    Ok(())
}

fn decode(file: &str, bytes: &[u8], warnings: &mut Vec<String>) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => {
            warnings.push(format!("{file}: not UTF-8, read as Latin-1"));
            bytes.iter().copied().map(char::from).collect()
        }
    }
}

/// A column's text; the null mark becomes empty.
fn cell_text(cell: &str) -> String {
    let text = cell.trim();
    if text == NULL { String::new() } else { text.to_owned() }
}

fn raw_row(record: &csv::StringRecord) -> String {
    record
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect::<Vec<_>>()
        .join(",")
}
