//! World Bank listing of ineligible firms and individuals, JSON as the Bank's own page loads it
//! (`{"response": {"ZPROCSUPP": [...]}}`), explained at
//! <https://www.worldbank.org/en/projects-operations/procurement/debarred-firms>. No schema is
//! published; terms: World Bank terms of use, with attribution.
//!
//! Read: name with the notes in it, kind, address, country, dates, ground, standing, register
//! number, additional information. `SUPP_ID` is the identifier: the Bank keeps it from edition to
//! edition, also for parties that share a name. Should it repeat in one file, the usual rule of
//! all formats holds: a copy is dropped, another party stays under a number of its own. Ignored on
//! purpose: keys of the Bank's own system (client, users, times, match flags, legacy identifiers,
//! the postal codes' twin columns when empty). A key nobody reads is reported once a file.

mod map;
mod notes;

use super::ceiling;
use super::fault::{Fault, reject_all};
use super::json;
use super::sniff::{self, Syntax};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use map::Record;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

const FORMAT: &str = "the World Bank's ineligible firms and individuals (JSON)";
const REFRESHED: &str = "LAST_REFRESH_DATE";

/// Keys of a record that are not read on purpose.
const IGNORED: [&str; 24] = [
    "MANDT",
    "LEGACY_FLG",
    "UN_SUPP_FLG",
    "INELIG_FLG",
    "DEBAR_TYPE",
    "AML_ENTR_IND",
    "DNB_PAR_ID",
    "DNB_ULTM_ID",
    "CRIS_SUPP_ID",
    "SUPP_ELIG_STAT",
    "CRPD_MATCH",
    "CRPD_STAT",
    "CREATE_USER",
    "CREATE_DATE",
    "CREATE_TIME",
    "UPD_USER",
    "UPD_DATE",
    "UPD_TIME",
    "REGISTER",
    "PARENT",
    "CREATE_USER_NAME",
    "UPD_USER_NAME",
    "RECHK_IND",
    REFRESHED,
];

#[derive(Deserialize)]
struct Document {
    response: Response,
}

#[derive(Deserialize)]
struct Response {
    #[serde(rename = "ZPROCSUPP")]
    suppliers: Vec<Value>,
}

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
    sniff::expect(file, FORMAT, Syntax::Json, bytes)?;
    let document: Value = json::document(file, bytes)?;
    let suppliers = match Document::deserialize(&document) {
        Ok(document) => document.response.suppliers,
        Err(error) => {
            let found = format!("JSON without the list response.ZPROCSUPP: {error}");
            return Err(ParseError::NotThisFormat {
                file: file.to_owned(),
                expected: FORMAT,
                found,
            });
        }
    };
    let too_large = |limit, what| ParseError::TooLarge { file: file.to_owned(), limit, what };
    if suppliers.len() as u64 > limits.records {
        return Err(too_large(limits.records, "records"));
    }
    let mut parsed = Parsed { rows_read: suppliers.len() as u64, ..Parsed::default() };
    let mut unknown = BTreeSet::new();
    for (row, value) in (1..).zip(&suppliers) {
        ceiling::check_json(file, value, limits)?;
        let record = Record::new(value);
        if record.longest() > limits.text_bytes {
            return Err(too_large(limits.text_bytes as u64, "bytes of one text"));
        }
        let mut faults = unknown_keys(&record, &mut unknown);
        match map::listing(source, &record, &mut faults) {
            Some(listing) => parsed.listings.push(listing),
            None => parsed.lost_records += 1,
        }
        reject_all(&mut parsed.rejects, faults, file, row, || value.to_string());
        parsed.header.published = parsed.header.published.max(record.text(REFRESHED));
    }
    Ok(parsed)
}

/// Keys nobody has taught us to read, each name once a file.
fn unknown_keys(record: &Record, seen: &mut BTreeSet<String>) -> Vec<Fault> {
    let unread = |key: &&str| !IGNORED.contains(key) && !map::READ.contains(key);
    let new = record.filled().filter(unread).filter(|key| seen.insert((*key).to_owned()));
    new.map(|key| {
        let message = "expected a key of the known record; its content is not used";
        Fault::field(key, "unknown-column", message)
    })
    .collect()
}
