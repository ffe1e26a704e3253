//! Decides how much of an untrusted YAML file is built in memory, and how its reader's complaints
//! become a [`ParseError`].
//!
//! List files have no use for anchors and aliases, so the first one is refused: no document grows
//! beyond its own bytes. Depth is limited, the number of values and of bytes of text
//! by the size of the file. Plain texts stay texts where YAML 1.1 would make something else of
//! them: `No` is a name, `01838` a number with its zero.

use crate::watchlist::{Limits, ParseError};
use serde::de::DeserializeOwned;
use serde_saphyr::{Error, Options};

/// Deepest nesting of values, whatever [`Limits`] allow: the reader recurses with large frames
/// (128 levels take more than 2 MiB of stack), and a legislator's parties are six levels deep.
const MAX_DEPTH: usize = 24;

/// Reads a whole YAML document.
///
/// # Errors
/// [`ParseError::Refused`] at a ceiling, [`ParseError::Truncated`] when the document ends early,
/// [`ParseError::Malformed`] with the line for anything else.
pub(super) fn document<T: DeserializeOwned>(
    file: &str,
    text: &str,
    limits: &Limits,
) -> Result<T, ParseError> {
    if text.len() as u64 > limits.file_bytes {
        let limit = limits.file_bytes;
        return Err(ParseError::TooLarge { file: file.to_owned(), limit, what: "bytes" });
    }
    serde_saphyr::from_str_with_options(text, options(text, limits))
        .map_err(|error| file_error(file, error))
}

/// A value takes a byte at least, and opens and closes.
fn options(text: &str, limits: &Limits) -> Options {
    let budget = serde_saphyr::budget! {
        max_events: text.len().saturating_mul(2).saturating_add(16),
        max_nodes: text.len().saturating_add(16),
        max_total_scalar_bytes: text.len().saturating_add(16),
        max_depth: limits.depth.min(MAX_DEPTH),
        flow_nesting_limit: limits.depth.min(MAX_DEPTH),
        max_documents: 1,
        max_anchors: 0,
        max_aliases: 0,
        max_merge_keys: 0,
    };
    serde_saphyr::options! {
        budget: budget,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    }
}

fn file_error(file: &str, error: Error) -> ParseError {
    let file = file.to_owned();
    let position = error.location().map_or(0, |at| at.line());
    match error.without_snippet() {
        Error::Budget { .. } => {
            let what = format!("more than a list needs: {error}");
            ParseError::Refused { file, position, what }
        }
        Error::Eof { .. } => {
            let found = format!("the YAML document ends at line {position}");
            ParseError::Truncated { file, records: 0, found }
        }
        _ => ParseError::Malformed { file, format: "YAML", position, source: error.into() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn read(text: &str) -> Result<Value, ParseError> {
        document("l.yaml", text, &Limits::default())
    }

    #[test]
    fn plain_texts_stay_what_they_look_like() {
        let value = read("- {last: No, thomas: 01838, start: 2001-01-03, district: 7}").unwrap();
        assert_eq!(value[0]["last"], "No");
        assert_eq!(value[0]["thomas"], "01838");
        assert_eq!(value[0]["start"], "2001-01-03");
        assert_eq!(value[0]["district"], 7);
    }

    #[test]
    fn anchors_aliases_and_depth_are_refused() {
        let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        assert!(matches!(read(bomb).unwrap_err(), ParseError::Refused { .. }));
        let mappings: String =
            (0..2_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        for deep in ["[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(5_000), mappings] {
            let error = read(&deep).unwrap_err();
            let refused =
                matches!(error, ParseError::Refused { .. } | ParseError::Malformed { .. });
            assert!(refused, "{error}");
        }
        let allowed = format!("{}x{}", "[".repeat(MAX_DEPTH - 1), "]".repeat(MAX_DEPTH - 1));
        assert!(read(&allowed).is_ok());
    }

    #[test]
    fn a_file_over_the_ceiling_is_not_read_at_all() {
        let limits = Limits { file_bytes: 3, ..Limits::default() };
        let error = document::<Value>("l.yaml", "- abc", &limits).unwrap_err();
        assert!(matches!(error, ParseError::TooLarge { limit: 3, .. }), "{error}");
    }

    #[test]
    fn keys_said_twice_are_no_yaml() {
        assert!(matches!(read("a: 1\na: 2").unwrap_err(), ParseError::Malformed { .. }));
    }
}
