//! Decides when one record says more than any record of a list does: a file with such a record
//! is refused, before what would be made of it fills the memory.
//!
//! The readers look at the raw record, elements and separators, so that no format takes apart
//! what it cannot have; after every format the values of each entry are counted once more.

use crate::watchlist::{Limits, Listing, ParseError};
use serde_json::Value;

/// What formats put between several values of one text.
const SEPARATORS: [u8; 3] = [b';', b'|', b'\n'];

/// Refuses a text with more separators than a record may have values.
pub(super) fn check_text(file: &str, text: &str, limits: &Limits) -> Result<(), ParseError> {
    // A separator is a byte: a shorter text cannot have as many.
    if text.len() <= limits.values_per_record {
        return Ok(());
    }
    let pieces = |separator: u8| text.bytes().filter(|byte| *byte == separator).count();
    if SEPARATORS.into_iter().any(|separator| pieces(separator) > limits.values_per_record) {
        return Err(too_many(file, limits, "values in one text"));
    }
    Ok(())
}

/// Refuses a JSON value that holds such a text or a list of more values.
pub(super) fn check_json(file: &str, value: &Value, limits: &Limits) -> Result<(), ParseError> {
    match value {
        Value::String(text) => check_text(file, text, limits),
        Value::Array(items) if items.len() > limits.values_per_record => {
            Err(too_many(file, limits, "values in one list"))
        }
        Value::Array(items) => items.iter().try_for_each(|item| check_json(file, item, limits)),
        Value::Object(keys) => keys.values().try_for_each(|item| check_json(file, item, limits)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

/// Refuses an entry with more values of one sort than a record may have.
pub(super) fn check_listing(listing: &Listing, limits: &Limits) -> Result<(), ParseError> {
    let party = &listing.party;
    let counted = [
        (party.names.len(), "names of one entry"),
        (party.identifiers.len(), "identifiers of one entry"),
        (party.addresses.len(), "addresses of one entry"),
        (party.birth_dates.len(), "birth dates of one entry"),
        (party.birth_places.len(), "birth places of one entry"),
        (party.countries.len(), "countries of one entry"),
        (listing.programmes.len(), "programmes of one entry"),
        (listing.functions.len(), "functions of one entry"),
        (listing.offices.len(), "offices of one entry"),
        (listing.linked_to.len(), "links of one entry"),
        (listing.legal_basis.len(), "legal bases of one entry"),
        (listing.measures.len(), "measures of one entry"),
        (listing.reasons.len(), "reasons of one entry"),
        (listing.remarks.len(), "remarks of one entry"),
        (listing.details.len(), "particulars of one entry"),
    ];
    match counted.into_iter().find(|(count, _)| *count > limits.values_per_record) {
        None => Ok(()),
        Some((_, what)) => {
            Err(too_many(&format!("{}, entry {}", listing.list, listing.id), limits, what))
        }
    }
}

/// The error of a record with too many values.
pub(super) fn too_many(file: &str, limits: &Limits, what: &'static str) -> ParseError {
    let limit = limits.values_per_record as u64;
    ParseError::TooLarge { file: file.to_owned(), limit, what }
}
