//! Decides what a date in figures means where the day comes first: `21/07/1965`, `00/07/1965`
//! (day unknown), `00/00/1965`, `07/1965`, `1965`; dots may stand for the strokes.
//!
//! A part of zeros is unknown. Anything else is an error that quotes the text, never a guess.

use crate::party::{DateError, PartialDate};

/// Reads one date.
///
/// # Errors
/// [`DateError`] when the text is no such date or the calendar has no such day.
pub(super) fn day_first(text: &str) -> Result<PartialDate, DateError> {
    let text = text.trim();
    let shape = || DateError::Shape(text.to_owned());
    let parts: Vec<&str> = text.split(['/', '.']).map(str::trim).collect();
    let number = |part: &str, digits: usize| -> Result<i16, DateError> {
        let is_plain =
            (1..=digits).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if is_plain { part.parse().map_err(|_| shape()) } else { Err(shape()) }
    };
    let known = |part: &str| -> Result<Option<i8>, DateError> {
        let number = i8::try_from(number(part, 2)?).map_err(|_| shape())?;
        Ok((number != 0).then_some(number))
    };
    let (day, month, year) = match parts.as_slice() {
        [year] => (None, None, *year),
        [month, year] => (None, known(month)?, *year),
        [day, month, year] => (known(day)?, known(month)?, *year),
        _ => return Err(shape()),
    };
    if year.len() != 4 {
        return Err(shape());
    }
    PartialDate::new(number(year, 4)?, month, day)
        .map_err(|_| DateError::NotOnCalendar(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_unknown_parts_and_the_rest_is_kept() {
        for (text, expected) in [
            ("21/07/1965", "1965-07-21"),
            ("00/07/1965", "1965-07"),
            ("00/00/1965", "1965"),
            ("07/1965", "1965-07"),
            ("1965", "1965"),
            (" 1.7.1965 ", "1965-07-01"),
        ] {
            assert_eq!(day_first(text).unwrap().to_string(), expected, "{text}");
        }
        for text in ["", "31/02/1965", "21/00/1965", "21/07/65", "1/2/3/1965", "x/07/1965", "١٩٦٥"]
        {
            assert!(day_first(text).is_err(), "{text}");
        }
    }
}
