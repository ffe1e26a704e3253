//! Consolidated Screening List of the United States (Departments of Commerce, State and the
//! Treasury), comma-separated text with a header of 29 columns, as published by the International
//! Trade Administration at <https://www.trade.gov/consolidated-screening-list>. U.S. public domain.
//!
//! A row is an entry of one of the lists inside, each with its own authority and meaning
//! ([`sublist`]). Read: every column. The identifier is the file's `_id`; the lists of OFAC other
//! than the SDN list share their numbers with it, so there it carries the list's letters
//! (`990003-ssi`). A row without `_id` goes by `entity_number`, and without either by a hash of
//! list, name and addresses. Which lists inside are left out is for the declaration to say. A
//! second header, as files put together from two have it, is skipped and told.

mod ids;
mod map;
mod sublist;

use super::delimited::{self, Dialect};
use super::fault::reject_all;
use super::sniff::{self, Syntax};
use super::text;
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use std::collections::BTreeMap;

pub(super) use sublist::codes;

const FORMAT: &str = "the US Consolidated Screening List (CSV)";

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
    sniff::expect(file, FORMAT, Syntax::Csv, bytes)?;
    let text = text::utf8(file, bytes)?;
    let dialect = Dialect { format: FORMAT, delimiter: b',', needed: &map::COLUMNS, preamble: 0 };
    let mut parsed = Parsed::default();
    let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
    let mut second_headers = 0_u64;
    let (columns, rows) = delimited::read_rows(file, text, &dialect, limits, |row| {
        if row.repeats_header() {
            second_headers += 1;
            return;
        }
        let mut faults = Vec::new();
        match row.wrong_width() {
            Some(fault) => {
                faults.push(fault);
                parsed.lost_records += 1;
            }
            None => match map::left_out(source, &row) {
                Some(list) => *left_out.entry(list).or_default() += 1,
                None => match map::listing(source, &row, &mut faults) {
                    Some(listing) => parsed.listings.push(listing),
                    None => parsed.lost_records += 1,
                },
            },
        }
        reject_all(&mut parsed.rejects, faults, file, row.number, || row.to_text());
    })?;
    parsed.rows_read = rows - second_headers;
    let unknown = columns.unknown(&map::COLUMNS);
    reject_all(&mut parsed.rejects, unknown, file, 1, || columns.names().join(","));
    if second_headers > 0 {
        let told = format!("{file}: the header stands {second_headers} more times among the rows");
        parsed.warnings.push(told);
    }
    parsed.warnings.extend(left_out.iter().map(|(list, rows)| {
        format!("{file}: {rows} rows of {list} are left out, as the declaration says")
    }));
    Ok(parsed)
}
