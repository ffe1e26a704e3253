//! Decides how a JSON reader's complaint becomes a [`ParseError`]: a document that ends early is
//! truncated, one nested too deep is refused, anything else is malformed.

use crate::watchlist::ParseError;
use serde::de::DeserializeOwned;

/// Reads a whole JSON document. Nesting is limited by the reader itself (128 levels).
///
/// # Errors
/// [`ParseError`] as above; `records` is 0, since a document is read as a whole.
pub(super) fn document<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, ParseError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|error| file_error(file, error))
}

/// The error of a file that is no JSON document of the expected shape.
pub(super) fn file_error(file: &str, error: serde_json::Error) -> ParseError {
    let file = file.to_owned();
    if error.is_eof() {
        let found = format!("the JSON document ends at line {}", error.line());
        return ParseError::Truncated { file, records: 0, found };
    }
    let position = error.line() as u64;
    if error.to_string().starts_with("recursion limit") {
        let what = "values nested deeper than 128".to_owned();
        return ParseError::Refused { file, position, what };
    }
    ParseError::Malformed { file, format: "JSON", position, source: error.into() }
}
