//! A table of one's own as delimited text with a header row (RFC 4180, UTF-8), read by the
//! mapping that its declaration carries in `[columns]`: internal lists of partners, companies or
//! persons, in whatever columns the house keeps them. Terms are those of the list's owner.
//!
//! Read: every column. What the mapping does not name is kept as a particular under the column's
//! own name, `ignored` columns apart. A column that the mapping names and the file lacks is an
//! error of the file.

mod map;

use super::delimited::{self, Dialect};
use super::fault::{Fault, reject_all};
use super::sniff::{self, Syntax};
use super::text;
use crate::watchlist::{Columns, Limits, ListSource, ParseError, Parsed};

const FORMAT: &str = "a table with the columns of its declaration (CSV)";

/// Reads one edition.
///
/// # Errors
/// [`ParseError`] when the file is no such table or lacks a column.
pub(super) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Csv, bytes)?;
    let text = text::utf8(file, bytes)?;
    let none = Columns::default();
    let mapping = source.columns.as_ref().unwrap_or(&none);
    let delimiter = mapping.delimiter.and_then(|c| u8::try_from(c).ok()).unwrap_or(b',');
    let needed = mapping.named();
    let dialect = Dialect { format: FORMAT, delimiter, needed: &needed, preamble: 0 };
    let mut parsed = Parsed::default();
    let (_, rows) = delimited::read_rows(file, text, &dialect, limits, |row| {
        let mut faults: Vec<Fault> = row.wrong_width().into_iter().collect();
        let listing =
            if faults.is_empty() { map::listing(source, mapping, &row, &mut faults) } else { None };
        match listing {
            Some(listing) => parsed.listings.push(listing),
            None => parsed.lost_records += 1,
        }
        // One column may be mapped to several things, and be wrong for each of them.
        let mut told: Vec<Fault> = Vec::with_capacity(faults.len());
        for fault in faults {
            if !told.contains(&fault) {
                told.push(fault);
            }
        }
        reject_all(&mut parsed.rejects, told, file, row.number, || row.to_text());
    })?;
    parsed.rows_read = rows;
    Ok(parsed)
}
