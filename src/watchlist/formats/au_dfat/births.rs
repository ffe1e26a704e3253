//! Decides which dates of birth a cell states in free text: one or several, enumerated or parted
//! by semicolons, as days, months, years, ranges and estimates.
//!
//! `24/11/1957`, `7 Apr. 1980`, `28-Mar-1962`, `Approximately 1955-1958`, `between 1955 and 1960`,
//! `1960 or 1961`, `a) 1955 b) Approx. 1957`. A note in brackets behind a date is not part of it.
//! A piece that is none of these is a fault that quotes it; the others stay.

use super::super::dates::english_span;
use super::super::day_first::day_first;
use super::super::enumerated::items;
use crate::party::{DateError, DateSpan, PartialDate};

/// Words before a date that say no more than that it is one, or only for which name it is.
const LABELS: [&str; 8] =
    ["alternative dob", "alt dob", "alt. dob", "dob", "born in", "born on", "born", "in"];
/// Words for an estimate, longest first; the reader of English dates knows one of each kind.
const ESTIMATES: [&str; 8] =
    ["approximately", "approximatley", "approximate", "approx.", "approx", "circa", "around", "c."];

/// Nobody listed was born before; an earlier year is one of another calendar.
const EARLIEST: i16 = 1850;

/// The dates of a cell, and what could not be read, each quoted.
pub(super) fn births(text: &str) -> (Vec<DateSpan>, Vec<DateError>) {
    let (mut dates, mut errors) = (Vec::new(), Vec::new());
    for item in items(text) {
        let pieces = item.split([';', '\n']).flat_map(|piece| piece.split(" or "));
        for piece in pieces.map(str::trim).filter(|p| p.chars().any(char::is_alphanumeric)) {
            match span(piece) {
                Ok(date) if dates.contains(&date) => {}
                Ok(date) => dates.push(date),
                Err(error) => errors.push(error),
            }
        }
    }
    (dates, errors)
}

fn span(piece: &str) -> Result<DateSpan, DateError> {
    let plain = piece.split('(').find(|part| !part.trim().is_empty()).unwrap_or_default();
    let plain = plain.trim_end_matches(')').to_lowercase();
    let mut text = tidy(&plain);
    for label in LABELS {
        if let Some(rest) = text.strip_prefix(label) {
            text = tidy(rest);
        }
    }
    let estimate = ESTIMATES.iter().find_map(|word| text.strip_prefix(word));
    let approximate = estimate.is_some();
    let text = tidy(estimate.unwrap_or(text));
    let between = text.strip_prefix("between").or_else(|| text.strip_prefix("from")).map(tidy);
    let ends =
        between.and_then(|text| text.split_once(" and ").or_else(|| text.split_once(" to ")));
    let ends =
        ends.or_else(|| text.split_once(" to ")).or_else(|| text.split_once('-').filter(is_range));
    let quoted = |_| DateError::Shape(piece.to_owned());
    let (from, to) = match ends {
        Some((from, to)) => (date(tidy(from)).map_err(quoted)?, date(tidy(to)).map_err(quoted)?),
        None => {
            let one = date(text).map_err(quoted)?;
            (one, one)
        }
    };
    if from.earliest() > to.latest() || from.year() < EARLIEST {
        return Err(DateError::NotOnCalendar(piece.to_owned()));
    }
    Ok(DateSpan { from, to, approximate })
}

/// `1955-1958` and `1955 - Mar. 1958` are ranges; `28-Mar-1962` and `1955-03-01` are not.
fn is_range((from, to): &(&str, &str)) -> bool {
    let year = from.trim();
    let rest = to.trim();
    year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && !rest.contains('-')
        && rest.len() >= 4
}

fn date(text: &str) -> Result<PartialDate, DateError> {
    let iso = text.parse::<PartialDate>().or_else(|_| day_first(text));
    iso.or_else(|_| {
        let words = text.replace(['-', '.'], " ");
        let (month, rest) = words.trim().split_once(' ').unwrap_or_default();
        let day_second = rest.split_once(',').map(|(day, year)| format!("{day} {month} {year}"));
        let month_first = || english_span(&day_second.unwrap_or_default());
        english_span(&words).or_else(|error| month_first().map_err(|_| error)).map(|span| span.from)
    })
}

fn tidy(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ':' | '–' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_the_list_uses_is_read() {
        for (text, expected) in [
            ("24/11/1957", vec!["1957-11-24"]),
            ("7 Apr. 1980", vec!["1980-04-07"]),
            ("28-Mar-1962", vec!["1962-03-28"]),
            ("1962-03-28", vec!["1962-03-28"]),
            ("Approximately 1955-1958", vec!["circa 1955 to 1958"]),
            (
                "a) Approximately 1955- 1958 b) Approx. 1950",
                vec!["circa 1955 to 1958", "circa 1950"],
            ),
            ("between 1955 and 1960", vec!["1955 to 1960"]),
            ("Approximately between 1955 and 1960", vec!["circa 1955 to 1960"]),
            ("1960 or 1961; DOB: 01/02/1962 (this aka only)", vec!["1960", "1961", "1962-02-01"]),
            ("Sept 1961", vec!["1961-09"]),
            ("(Jul. 1961)", vec!["1961-07"]),
            ("April 1, 1978", vec!["1978-04-01"]),
            ("24/06/1402", vec![]),
            ("Early", vec![]),
        ] {
            let (dates, _) = births(text);
            let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
            assert_eq!(dates, expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_quoted_and_the_others_stay() {
        let (dates, errors) = births("a) 30-35 years old b) 1957; 1960-1950");
        assert_eq!(dates.len(), 1);
        assert_eq!(errors.len(), 2);
        assert!(errors[0].to_string().contains("30-35 years old"));
    }
}
