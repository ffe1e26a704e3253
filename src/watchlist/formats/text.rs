//! Decides that a file is UTF-8 text, or says where it stops being that.

use crate::watchlist::ParseError;

/// The text without its byte order mark.
///
/// # Errors
/// [`ParseError::Truncated`] when the file ends inside a character, [`ParseError::Malformed`] with
/// the place of the first byte that is not UTF-8.
pub(super) fn utf8<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, ParseError> {
    let text = std::str::from_utf8(bytes).map_err(|error| match error.error_len() {
        None => ParseError::Truncated {
            file: file.to_owned(),
            records: 0,
            found: "the file ends inside a character".to_owned(),
        },
        Some(_) => ParseError::Malformed {
            file: file.to_owned(),
            format: "UTF-8 text",
            position: error.valid_up_to() as u64,
            source: error.into(),
        },
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
