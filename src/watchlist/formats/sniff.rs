//! Decides, from its first bytes, whether a file can be the kind of file that was expected, and
//! says in words what it is when it cannot: empty, an HTML page, an archive, another syntax.
//!
//! Publishers answer a failed download with status 200 and an error page; this is what tells a
//! compliance manager "you saved the error page" instead of "syntax error at byte 1".

use crate::watchlist::ParseError;

/// Syntax a list format is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// XML.
    Xml,
    /// JSON or JSON Lines.
    Json,
    /// Rows of text.
    Csv,
}

/// Bytes looked at.
const HEAD_BYTES: usize = 1024;

/// Passes when the first bytes can be this syntax.
///
/// # Errors
/// [`ParseError::Empty`] or [`ParseError::NotThisFormat`].
pub(super) fn expect(
    file: &str,
    expected: &'static str,
    syntax: Syntax,
    bytes: &[u8],
) -> Result<(), ParseError> {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0x1a) {
        return Err(ParseError::Empty { file: file.to_owned(), expected });
    }
    let (seen, words) = describe(bytes);
    if seen == Some(syntax) {
        return Ok(());
    }
    Err(ParseError::NotThisFormat { file: file.to_owned(), expected, found: words.to_owned() })
}

/// What the first bytes are, in words, for whoever expected something else.
pub(super) fn words(bytes: &[u8]) -> &'static str {
    describe(bytes).1
}

fn describe(bytes: &[u8]) -> (Option<Syntax>, &'static str) {
    let head: Vec<u8> = bytes.iter().copied().take(HEAD_BYTES).collect();
    let text = String::from_utf8_lossy(&head).trim_start_matches('\u{feff}').to_lowercase();
    let text = text.trim_start();
    let html = ["<!doctype html", "<html", "<head", "<body"];
    if html.iter().any(|tag| text.starts_with(tag))
        || (text.starts_with("<?xml") && text.contains("<html"))
    {
        return (None, "an HTML page, probably the publisher's error page");
    }
    if head.starts_with(b"PK") {
        return (None, "a zip archive or spreadsheet");
    }
    if head.starts_with(b"%PDF") {
        return (None, "a PDF document");
    }
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return (None, "text in UTF-16");
    }
    if head.contains(&0) {
        return (None, "binary data");
    }
    match text.chars().next() {
        Some('<') => (Some(Syntax::Xml), "XML"),
        Some('{' | '[') => (Some(Syntax::Json), "JSON"),
        _ => (Some(Syntax::Csv), "plain text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(syntax: Syntax, bytes: &[u8]) -> String {
        expect("list.xml", "a list", syntax, bytes).unwrap_err().to_string()
    }

    #[test]
    fn what_came_instead_of_the_list_is_said_in_words() {
        assert_eq!(error(Syntax::Xml, b""), "list.xml: expected a list, found an empty file");
        assert!(error(Syntax::Csv, b"\r\n\x1a").contains("empty file"));
        assert!(error(Syntax::Xml, b"\n<!DOCTYPE html><html>").contains("HTML page"));
        assert!(error(Syntax::Csv, b"<html><body>403").contains("HTML page"));
        assert!(error(Syntax::Xml, b"<?xml version='1.0'?>\n<html xmlns=").contains("HTML page"));
        assert!(error(Syntax::Csv, b"PK\x03\x04").contains("zip"));
        assert!(error(Syntax::Xml, b"\xff\xfe<\0").contains("UTF-16"));
        assert!(error(Syntax::Json, b"<a/>").contains("found XML"));
        assert!(error(Syntax::Xml, b"{}").contains("found JSON"));
    }

    #[test]
    fn a_byte_order_mark_does_not_hide_the_syntax() {
        assert!(expect("a", "a list", Syntax::Xml, "\u{feff} <a/>".as_bytes()).is_ok());
        assert!(expect("a", "a list", Syntax::Csv, b"36,\"X\"").is_ok());
    }
}
