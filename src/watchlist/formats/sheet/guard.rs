//! Decides which workbook a reader without ceilings may be given (ECMA-376, Office Open XML).
//!
//! The reader of cells believes what a file declares: it reserves room for as many shared strings
//! as `uniqueCount` says, computes coordinates without checking that they fit, and copies a font
//! for every style that names it. So every part is read once before: coordinates no longer than
//! `XFD1048576`, counts no larger than the part can hold, styles of ordinary size, UTF-8, no
//! DOCTYPE, the root closed. What a relation calls a worksheet must be an `.xml` part, so that
//! nothing escapes this. Names of parts are compared, never followed.

use super::super::archive;
use super::super::text::utf8;
use super::WHAT;
use crate::watchlist::{Limits, ParseError};
use quick_xml::{Reader, events::BytesStart, events::Event};

/// Letters of the last column (`XFD`) and digits of the last row (`1048576`).
const LETTERS: usize = 3;
const DIGITS: usize = 7;
/// Bytes of a part with styles; the largest of a publisher has a tenth of it.
const STYLE_BYTES: usize = 1 << 20;
/// Bytes of one attribute of a style; names of fonts and formats are far shorter.
const STYLE_TEXT: usize = 1 << 10;
/// Bytes of the shortest element of a shared string, `<si/>`.
const SHORTEST_STRING: usize = 5;

/// Passes when every part of the workbook is harmless to read.
///
/// # Errors
/// [`ParseError::Refused`], [`ParseError::Truncated`], [`ParseError::Malformed`] or
/// [`ParseError::TooLarge`], whatever the part shows.
pub(super) fn check(file: &str, bytes: &[u8], limits: &Limits) -> Result<(), ParseError> {
    archive::check(file, bytes, limits)?;
    archive::each_member(file, bytes, limits, &mut |name, content| {
        let name = name.to_lowercase();
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            return Ok(());
        }
        Part { file, name: &name, size: content.len() }.check(utf8(file, content)?)
    })
}

/// One XML part of a workbook.
struct Part<'a> {
    file: &'a str,
    name: &'a str,
    size: usize,
}

impl Part<'_> {
    fn check(&self, text: &str) -> Result<(), ParseError> {
        let is_style = self.name.ends_with("styles.xml");
        if is_style && self.size > STYLE_BYTES {
            let limit = STYLE_BYTES as u64;
            return Err(ParseError::TooLarge {
                file: self.file.to_owned(),
                limit,
                what: "bytes of styles",
            });
        }
        let mut reader = Reader::from_str(text);
        let mut depth = 0_usize;
        loop {
            let position = reader.buffer_position();
            let event = reader.read_event().map_err(|error| ParseError::Malformed {
                file: self.file.to_owned(),
                format: WHAT,
                position,
                source: error.into(),
            })?;
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    self.check_tag(&tag, is_style, position)?;
                }
                Event::Empty(tag) => self.check_tag(&tag, is_style, position)?,
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::DocType(_) => return Err(self.refused(position, "a DOCTYPE".to_owned())),
                Event::Eof if depth > 0 => return Err(self.cut()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn check_tag(&self, tag: &BytesStart<'_>, is_style: bool, at: u64) -> Result<(), ParseError> {
        let is_sheet_of_book = match tag.local_name().into_inner() {
            "row" | "c" | "dimension" | "sst" => false,
            "Relationship" => true,
            _ if is_style => false,
            _ => return Ok(()),
        };
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| ParseError::Malformed {
                file: self.file.to_owned(),
                format: WHAT,
                position: at,
                source: error.into(),
            })?;
            let key = attribute.key.local_name().into_inner().to_owned();
            if is_style && attribute.value.len() > STYLE_TEXT {
                let what = format!("a text of {} bytes among the styles", attribute.value.len());
                return Err(self.refused(at, what));
            }
            attributes.push((key, attribute.value.to_string()));
        }
        for (key, value) in &attributes {
            let fits = match key.as_str() {
                "r" | "ref" if !is_sheet_of_book => value.split(':').all(is_coordinate),
                "uniqueCount" => {
                    value.parse().is_ok_and(|n: usize| n <= self.size / SHORTEST_STRING)
                }
                _ => true,
            };
            if !fits {
                let shown: String = value.chars().take(20).collect();
                return Err(self.refused(at, format!("{key}=\"{shown}\" in {}", self.name)));
            }
        }
        if is_sheet_of_book { self.check_relation(&attributes, at) } else { Ok(()) }
    }

    /// Only parts that were read here may be what the workbook consists of.
    fn check_relation(&self, attributes: &[(String, String)], at: u64) -> Result<(), ParseError> {
        let value =
            |name: &str| attributes.iter().find(|(key, _)| key == name).map(|(_, v)| v.as_str());
        let kind = value("Type").and_then(|kind| kind.rsplit('/').next()).unwrap_or_default();
        let is_read = matches!(kind, "worksheet" | "chartsheet" | "dialogsheet" | "officeDocument");
        let target = value("Target").unwrap_or_default();
        if is_read && !target.to_lowercase().ends_with(".xml") {
            return Err(self.refused(at, format!("a {kind} that is no .xml part")));
        }
        Ok(())
    }

    fn refused(&self, position: u64, what: String) -> ParseError {
        ParseError::Refused { file: self.file.to_owned(), position, what }
    }

    fn cut(&self) -> ParseError {
        let found = format!("the part {} ends before its root is closed", self.name);
        ParseError::Truncated { file: self.file.to_owned(), records: 0, found }
    }
}

/// Whether a text is a cell (`AB12`), a row (`12`) or a column (`AB`) that a sheet can have.
fn is_coordinate(text: &str) -> bool {
    let letters = text.chars().take_while(char::is_ascii_alphabetic).count();
    let digits = text.chars().skip(letters).take_while(char::is_ascii_digit).count();
    letters <= LETTERS && digits <= DIGITS && text.chars().count() == letters + digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, text: &str) -> Result<(), String> {
        Part { file: "b.xlsx", name, size: text.len() }.check(text).map_err(|e| e.to_string())
    }

    #[test]
    fn coordinates_beyond_the_last_cell_are_refused_before_they_are_computed() {
        for good in ["A1", "XFD1048576", "12", "AB"] {
            assert!(is_coordinate(good), "{good}");
        }
        for bad in ["XFDA1", "A99999999", "A-1", "1A", "A1B", "Ａ1", "é1"] {
            assert!(!is_coordinate(bad), "{bad}");
        }
        let told = part("xl/s.xml", "<s><row r='99999999999'/></s>").unwrap_err();
        assert!(told.contains("r=\"99999999999\""), "{told}");
        assert!(part("xl/s.xml", "<s><x:c xmlns:x='u' r='ZZZZZZZ1'/></s>").is_err());
        assert!(part("xl/s.xml", "<s><dimension ref='A1:ZZZZZZZ9'/></s>").is_err());
    }

    #[test]
    fn counts_and_styles_that_would_take_all_memory_are_refused() {
        let told = part("xl/sharedstrings.xml", "<sst uniqueCount='18446744073709551615'/>");
        assert!(told.unwrap_err().contains("uniqueCount"));
        assert!(part("xl/sharedstrings.xml", "<sst uniqueCount='1'><si/></sst>").is_ok());
        let font = format!("<s><font><name val='{}'/></font></s>", "f".repeat(2000));
        assert!(part("xl/styles.xml", &font).unwrap_err().contains("2000 bytes"));
        assert!(part("xl/styles.xml", &"<a></a>".repeat(200_000)).unwrap_err().contains("styles"));
    }

    #[test]
    fn a_part_that_is_cut_or_hides_another_syntax_is_refused() {
        assert!(part("xl/s.xml", "<s><row><c>").unwrap_err().contains("before its root"));
        assert!(part("xl/s.xml", "<!DOCTYPE s><s/>").unwrap_err().contains("DOCTYPE"));
        let hidden = "<R><Relationship Type='http://x/worksheet' Target='evil.bin'/></R>";
        assert!(part("xl/w.rels", hidden).unwrap_err().contains("worksheet"));
    }
}
