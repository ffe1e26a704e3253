//! Decides what a cell of SPARQL results is: a text with its language, an address, a date with the
//! precision a second cell gives.
//!
//! Wikidata writes a date it only knows the year of as the first of January; the precision is a
//! number beside it (9 year, 10 month, 11 day, 8 decade, 7 century). Without that number the first
//! of January counts as the year alone: a day nobody stated must not tell two people apart.

use crate::party::{DateError, DateSpan, PartialDate};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The item of a person.
pub(super) const PERSON: &str = "person";
/// Variables that are read.
pub(super) const READ: [&str; 27] = [
    PERSON,
    "personLabel",
    "altLabel",
    "nativeName",
    "formerName",
    "position",
    "positionLabel",
    "organization",
    "organizationLabel",
    "countryCode",
    "countryLabel",
    "start",
    "startPrecision",
    "end",
    "endPrecision",
    "partyLabel",
    "constituencyLabel",
    "termLabel",
    "birth",
    "birthPrecision",
    "birthPlaceLabel",
    "death",
    "deathPrecision",
    "gender",
    "genderLabel",
    "citizenshipCode",
    "citizenshipLabel",
];
const ENTITY: &str = "/entity/";
const DAY: u8 = 11;
const MONTH: u8 = 10;
const YEAR: u8 = 9;
const DECADE: u8 = 8;
const CENTURY: u8 = 7;

/// One row: cells by variable; a variable without a value has no cell.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Row(BTreeMap<String, Cell>);

/// One cell.
#[derive(Debug, Deserialize)]
pub(super) struct Cell {
    #[serde(rename = "type")]
    kind: String,
    value: String,
    #[serde(rename = "xml:lang")]
    pub(super) language: Option<String>,
}

impl Cell {
    /// The text, trimmed.
    pub(super) fn text(&self) -> &str {
        self.value.trim()
    }

    /// `bnode`, or an address under `.well-known/genid`: there is a value and nobody knows it.
    fn is_unknown(&self) -> bool {
        self.kind == "bnode" || self.value.contains("/.well-known/genid/")
    }
}

impl Row {
    /// A cell that says something.
    pub(super) fn cell(&self, name: &str) -> Option<&Cell> {
        self.0.get(name).filter(|cell| !cell.is_unknown() && !cell.text().is_empty())
    }

    /// Its text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.cell(name).map(Cell::text)
    }

    /// Its text, when it is an address.
    pub(super) fn uri(&self, name: &str) -> Option<&str> {
        self.cell(name).filter(|cell| cell.kind == "uri").map(Cell::text)
    }

    /// The label of a thing, unless the service only repeats the item's number for want of one.
    pub(super) fn label(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|text| !is_item(text))
    }

    /// A date, with the precision of the cell beside it.
    pub(super) fn date(&self, name: &str, beside: &str) -> Result<Option<DateSpan>, DateError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let precision = match self.text(beside) {
            Some(number) => number.parse().map_err(|_| DateError::Shape(number.to_owned()))?,
            None if text.contains("-01-01") => YEAR,
            None => DAY,
        };
        span(text, precision).map(Some)
    }
}

/// `http://www.wikidata.org/entity/Q1` is `Q1`.
pub(super) fn item(address: &str) -> Option<&str> {
    let (_, item) = address.rsplit_once(ENTITY)?;
    is_item(item).then_some(item)
}

fn is_item(text: &str) -> bool {
    text.strip_prefix('Q')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn span(text: &str, precision: u8) -> Result<DateSpan, DateError> {
    let day: PartialDate = text.trim_start_matches('+').parse()?;
    let year = day.year();
    let whole = |year: i16| PartialDate::new(year, None, None);
    let (from, to) = match precision {
        DAY.. => (day, day),
        MONTH => {
            let month = PartialDate::new(year, day.month(), None)?;
            (month, month)
        }
        YEAR => (whole(year)?, whole(year)?),
        DECADE => (whole(year - year % 10)?, whole(year - year % 10 + 9)?),
        CENTURY => {
            let first = (year - 1) - (year - 1) % 100 + 1;
            (whole(first)?, whole(first + 99)?)
        }
        _ => return Err(DateError::Shape(format!("{text} to within a thousand years"))),
    };
    Ok(DateSpan { from, to, approximate: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_is_as_exact_as_its_precision() {
        for (text, precision, expected) in [
            ("1961-04-03T00:00:00Z", 11, "1961-04-03"),
            ("1961-04-01T00:00:00Z", 10, "1961-04"),
            ("1961-01-01T00:00:00Z", 9, "1961"),
            ("+1961-01-01T00:00:00Z", 8, "1960 to 1969"),
            ("1900-01-01T00:00:00Z", 7, "1801 to 1900"),
            ("1961-04-03T12:30:00Z", 14, "1961-04-03"),
        ] {
            assert_eq!(span(text, precision).unwrap().to_string(), expected, "{text}");
        }
        for (text, precision) in [("-0044-03-15T00:00:00Z", 11), ("1961", 6), ("soon", 11)] {
            assert!(span(text, precision).is_err(), "{text}");
        }
    }

    #[test]
    fn the_first_of_january_alone_is_a_year() {
        let read = |json: &str| {
            let row: Row = serde_json::from_str(json).unwrap();
            row.date("birth", "birthPrecision").map(|date| date.map(|date| date.to_string()))
        };
        let january = r#"{"birth":{"type":"literal","value":"1961-01-01T00:00:00Z"}}"#;
        assert_eq!(read(january), Ok(Some("1961".to_owned())));
        let unknown = r#"{"birth":{"type":"bnode","value":"t1"}}"#;
        assert_eq!(read(unknown), Ok(None));
    }

    #[test]
    fn items_are_told_from_other_addresses() {
        assert_eq!(item("http://www.wikidata.org/entity/Q990000001"), Some("Q990000001"));
        for address in ["Q1", "http://www.wikidata.org/entity/P31", "http://x/entity/Q", ""] {
            assert_eq!(item(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn no_date_and_precision_panics(text in "[+0-9TZ:-]{0,24}", precision in any::<u8>()) {
            let _ = span(&text, precision);
        }
    }
}
