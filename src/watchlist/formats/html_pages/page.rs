//! Decides how much of an untrusted web page is built in memory.
//!
//! HTML has no malformed documents: every text gives a tree, and some give enormous ones. Left
//! open, formatting elements are opened anew in every paragraph, and every tag looks through all
//! open elements. So the page is fed in small pieces, and after each the tree is measured: a page
//! beyond the ceilings on bytes, nodes or depth is refused while it is still small.

use super::super::text;
use crate::watchlist::{Limits, ParseError};
use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};

/// The largest page of a parliament seen has 350 kB.
const MAX_BYTES: u64 = 4 << 20;
/// The same page has 12,000 nodes.
const MAX_NODES: usize = 200_000;
/// Pages that people write nest a few dozen elements; those of careless ones a few hundred.
const MAX_DEPTH: usize = 512;
/// Characters fed between two looks at the tree: it cannot outgrow the ceilings by much.
const PIECE: usize = 1024;
const FORMAT: &str = "an HTML page";

/// The tree of a page within the ceilings.
///
/// # Errors
/// [`ParseError::TooLarge`] or [`ParseError::Refused`] at a ceiling; [`ParseError::Empty`] and
/// [`ParseError::NotThisFormat`] for what is no page; errors of text that is not UTF-8.
pub(super) fn read(file: &str, bytes: &[u8], limits: &Limits) -> Result<Html, ParseError> {
    let file = file.to_owned();
    let limit = MAX_BYTES.min(limits.file_bytes);
    if bytes.len() as u64 > limit {
        return Err(ParseError::TooLarge { file, limit, what: "bytes of HTML" });
    }
    let text = text::utf8(&file, bytes)?;
    match text.trim_start().chars().next() {
        None => return Err(ParseError::Empty { file, expected: FORMAT }),
        Some('<') => {}
        Some(_) => {
            let found = "a text that does not begin with a tag".to_owned();
            return Err(ParseError::NotThisFormat { file, expected: FORMAT, found });
        }
    }
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = parse_document(sink, ParseOpts::default());
    let mut characters = text.chars();
    let (mut position, mut seen) = (0_u64, 0_usize);
    loop {
        let piece: String = characters.by_ref().take(PIECE).collect();
        if piece.is_empty() {
            return Ok(parser.finish());
        }
        position += piece.len() as u64;
        parser.process(StrTendril::from(piece));
        let html = parser.tokenizer.sink.sink.0.borrow();
        let nodes = html.tree.values().len();
        if nodes > MAX_NODES {
            let limit = MAX_NODES as u64;
            return Err(ParseError::TooLarge { file, limit, what: "nodes in the page" });
        }
        let new = html.tree.nodes().rev().take(nodes.saturating_sub(seen));
        let is_deep = |depth: usize| depth >= MAX_DEPTH;
        if new.map(|node| node.ancestors().take(MAX_DEPTH).count()).any(is_deep) {
            let what = format!("elements nested deeper than {MAX_DEPTH}");
            return Err(ParseError::Refused { file, position, what });
        }
        seen = nodes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Html, ParseError> {
        read("p.html", text.as_bytes(), &Limits::default())
    }

    #[test]
    fn deep_pages_end_and_are_refused() {
        for tag in ["<div>", "<b>", "<table><tr><td>", "<ul><li>"] {
            let error = read_text(&tag.repeat(100_000)).unwrap_err();
            assert!(matches!(error, ParseError::Refused { .. }), "{tag}: {error}");
        }
    }

    #[test]
    fn a_page_that_multiplies_is_refused() {
        let open: String = (0..400).map(|number| format!("<font size={number}>")).collect();
        for text in [
            format!("{open}{}", "<p>x".repeat(400_000)),
            "<p><b>".repeat(100_000),
            "<table><b>".repeat(100_000),
        ] {
            let error = read_text(&text).unwrap_err();
            assert!(matches!(error, ParseError::TooLarge { limit: 200_000, .. }), "{error}");
        }
    }

    #[test]
    fn what_is_no_page_is_told_apart() {
        assert!(matches!(read_text(" \n"), Err(ParseError::Empty { .. })));
        assert!(matches!(read_text("%PDF-1.7"), Err(ParseError::NotThisFormat { .. })));
        let latin1 = read("p.html", b"<html>\xe4</html>", &Limits::default());
        assert!(matches!(latin1, Err(ParseError::Malformed { .. })));
        let long = format!("<html>{}", " ".repeat(5 << 20));
        assert!(matches!(read_text(&long), Err(ParseError::TooLarge { .. })));
    }

    #[test]
    fn an_ordinary_page_is_whole_whatever_its_pieces() {
        let items: String = (0..2_000).map(|n| format!("<li class=i>õ {n}</li>")).collect();
        let html = read_text(&format!("<!DOCTYPE html><ul>{items}</ul>")).unwrap();
        let selector = scraper::Selector::parse("li.i").unwrap();
        assert_eq!(html.select(&selector).count(), 2_000);
    }
}
