//! Decides what an English date of birth in a list's running text means: `21 Jul 1965`,
//! `Jul 1965`, `1965`, `circa 1965`, `1960 to 1962`, `circa 1960-1962`, `Nov. 1973`.
//!
//! Order is day, month, year, as OFAC and the UN write it; month names by their first three
//! letters. Numbers with slashes (`21/07/1965`) are day, month, year, as the United Kingdom writes
//! them, with `dd`, `mm` or `00` for what is not known. Anything else is an error that quotes the
//! text, never a guess.

use crate::party::{DateError, DateSpan, PartialDate};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Words that say a date is not exact.
const ABOUT: [&str; 5] = ["circa", "approximately", "approx.", "c.", "about"];

/// Reads one stated date or range.
///
/// # Errors
/// [`DateError`] when the text is not one of the shapes above or no calendar date, or the range
/// runs backwards.
pub(super) fn english_span(text: &str) -> Result<DateSpan, DateError> {
    let text = text.trim().trim_end_matches(['.', ',']).trim();
    let lower = text.to_lowercase();
    let about = ABOUT.iter().find_map(|word| lower.strip_prefix(word));
    let body = about.unwrap_or(&lower).trim();
    let (from, to) = match body.split_once(" to ").or_else(|| year_range(body)) {
        Some((from, to)) => (english_date(from)?, english_date(to)?),
        None => {
            let date = english_date(body)?;
            (date, date)
        }
    };
    if from.earliest() > to.latest() {
        return Err(DateError::NotOnCalendar(text.to_owned()));
    }
    Ok(DateSpan { from, to, approximate: about.is_some() })
}

/// `1960-1962`, which is a range and not the year 1960, month 1962.
fn year_range(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.split_once('-')?;
    let is_year = |t: &str| t.trim().len() == 4 && t.trim().bytes().all(|b| b.is_ascii_digit());
    (is_year(from) && is_year(to)).then_some((from, to))
}

fn english_date(text: &str) -> Result<PartialDate, DateError> {
    let shape = || DateError::Shape(text.to_owned());
    let words: Vec<&str> =
        text.split([' ', ',']).map(|w| w.trim_end_matches('.')).filter(|w| !w.is_empty()).collect();
    let number = |word: &str| -> Result<i16, DateError> {
        let plain = (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
        if plain { word.parse().map_err(|_| shape()) } else { Err(shape()) }
    };
    let day = |word: &str| number(word).and_then(|d| i8::try_from(d).map_err(|_| shape()));
    match words.as_slice() {
        [year] => PartialDate::new(number(year)?, None, None),
        [month, year] => PartialDate::new(number(year)?, Some(month_number(month, text)?), None),
        [d, month, year] => {
            PartialDate::new(number(year)?, Some(month_number(month, text)?), Some(day(d)?))
        }
        _ => Err(shape()),
    }
}

fn month_number(word: &str, text: &str) -> Result<i8, DateError> {
    let head: String = word.chars().take(3).flat_map(char::to_lowercase).collect();
    let all_letters = word.chars().all(char::is_alphabetic);
    let found = MONTHS.iter().zip(1_i8..).find(|(month, _)| all_letters && **month == head);
    found.map(|(_, number)| number).ok_or_else(|| DateError::Shape(text.to_owned()))
}

/// Reads `21/07/1965`, `dd/07/1965`, `dd/mm/1965`, `00/00/1965`.
///
/// # Errors
/// [`DateError`] when the text has another shape, is no calendar date, or knows the day and not
/// the month.
pub(super) fn day_month_year(text: &str) -> Result<PartialDate, DateError> {
    let text = text.trim();
    let shape = || DateError::Shape(text.to_owned());
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return Err(shape()) };
    let known = |part: &str, unknown: &str| -> Result<Option<i8>, DateError> {
        if part.eq_ignore_ascii_case(unknown) || part == "00" {
            return Ok(None);
        }
        let plain = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if plain { part.parse().map(Some).map_err(|_| shape()) } else { Err(shape()) }
    };
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let year = year.parse().ok().filter(|_| is_year).ok_or_else(shape)?;
    PartialDate::new(year, known(month, "mm")?, known(day, "dd")?)
        .map_err(|_| DateError::NotOnCalendar(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_shape_the_publishers_use_is_read() {
        for (text, expected) in [
            ("21 Jul 1965", "1965-07-21"),
            ("Jul 1965", "1965-07"),
            ("1965.", "1965"),
            ("circa 1965", "circa 1965"),
            ("Circa 01 Jan 1961", "circa 1961-01-01"),
            ("1960 to 1962", "1960 to 1962"),
            ("01 Jan 1960 to 31 Dec 1962", "1960-01-01 to 1962-12-31"),
            ("circa 1979-1982", "circa 1979 to 1982"),
            ("Nov. 1973", "1973-11"),
            ("August 1961", "1961-08"),
            ("Sept 1961", "1961-09"),
        ] {
            assert_eq!(english_span(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "30-35 years old", "31 Feb 1960", "1962 to 1960", "Foo 1960", "1 2 3 4"] {
            assert!(english_span(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_with_slashes_are_day_month_year_and_may_miss_parts() {
        for (text, expected) in [
            ("21/07/1965", "1965-07-21"),
            ("1/7/1965", "1965-07-01"),
            ("dd/07/1965", "1965-07"),
            ("dd/mm/1965", "1965"),
            (" 00/00/1965 ", "1965"),
        ] {
            assert_eq!(day_month_year(text).unwrap().to_string(), expected, "{text}");
        }
        for text in ["", "1965", "21/07/65", "31/02/1965", "21/mm/1965", "+1/07/1965", "x/y/z"] {
            assert!(day_month_year(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,40}") {
            let _ = english_span(&text);
            let _ = day_month_year(&text);
        }

        #[test]
        fn every_day_of_the_calendar_is_read_back(year in 1900_i16..2030, month in 1_i8..=12, day in 1_i8..=28) {
            let name = MONTHS[usize::try_from(month - 1).unwrap()];
            let read = english_span(&format!("{day:02} {name} {year}")).unwrap();
            prop_assert_eq!(read.from, PartialDate::new(year, Some(month), Some(day)).unwrap());
        }
    }
}
