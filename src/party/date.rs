//! Decides what a date with reduced precision means (ISO 8601: `1965`, `1965-07`, `1965-07-21`)
//! and what a span of such dates covers.
//!
//! A missing part is unknown, not the first of the period: `1965` covers the whole year.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A calendar date known to the year, the month or the day. Always a real date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// Why a text is not a date.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DateError {
    /// Not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[error("expected a date as YYYY, YYYY-MM or YYYY-MM-DD; found '{0}'")]
    Shape(String),
    /// The shape is right, the calendar has no such day, or the year is outside 1000–2999.
    #[error("'{0}' is not a calendar date")]
    NotOnCalendar(String),
}

impl PartialDate {
    /// A date from its parts.
    ///
    /// # Errors
    /// [`DateError::NotOnCalendar`] when the parts are no calendar date, the year is outside
    /// 1000–2999, or a day comes without a month.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Result<Self, DateError> {
        let made = Self { year, month, day };
        let real = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
        if !real || !(1000..3000).contains(&year) || (day.is_some() && month.is_none()) {
            return Err(DateError::NotOnCalendar(made.to_string()));
        }
        Ok(made)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, when known.
    #[must_use]
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, when known.
    #[must_use]
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// The first day this date can mean.
    #[must_use]
    pub fn earliest(self) -> Date {
        jiff::civil::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day this date can mean.
    #[must_use]
    pub fn latest(self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.earliest(),
            (Some(_), None) => self.earliest().last_of_month(),
            _ => self.earliest().last_of_year(),
        }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    /// Reads ISO 8601 with reduced precision. A time of day after `T` is ignored.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let trimmed = text.trim();
        let day_part = trimmed.split('T').next().unwrap_or_default();
        let shape = || DateError::Shape(trimmed.to_owned());
        let parts: Vec<&str> = day_part.split('-').collect();
        let widths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
        let digits = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
        if !digits || !matches!(widths.as_slice(), [4] | [4, 2] | [4, 2, 2]) {
            return Err(shape());
        }
        let year = parts.first().and_then(|p| p.parse().ok()).ok_or_else(shape)?;
        let month = parts.get(1).map(|p| p.parse()).transpose().map_err(|_| shape())?;
        let day = parts.get(2).map(|p| p.parse()).transpose().map_err(|_| shape())?;
        Self::new(year, month, day).map_err(|_| DateError::NotOnCalendar(trimmed.to_owned()))
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

/// A stated date of birth: one date, or a range, possibly only approximate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DateSpan {
    /// First date of the range.
    pub from: PartialDate,
    /// Last date of the range; equal to `from` for a single date.
    pub to: PartialDate,
    /// The source says "circa" or "approximately".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
}

impl From<PartialDate> for DateSpan {
    fn from(date: PartialDate) -> Self {
        Self { from: date, to: date, approximate: false }
    }
}

impl fmt::Display for DateSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.approximate {
            f.write_str("circa ")?;
        }
        write!(f, "{}", self.from)?;
        if self.from != self.to {
            write!(f, " to {}", self.to)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_precision_and_writes_it_back() {
        for text in ["1965", "1965-07", "1965-07-21", "2024-02-29"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        let with_time: PartialDate = "2026-02-27T00:00:09.554Z".parse().unwrap();
        assert_eq!(with_time.to_string(), "2026-02-27");
    }

    #[test]
    fn refuses_what_is_no_date_and_says_which_kind_of_wrong() {
        for text in ["", "65", "1965-7", "21.07.1965", "1965-07-21-1", "१९६५"] {
            assert!(matches!(text.parse::<PartialDate>(), Err(DateError::Shape(_))), "{text}");
        }
        for text in ["2023-02-29", "1965-13", "0000", "1965-00-01", "9999-01-01"] {
            let read = text.parse::<PartialDate>();
            assert!(matches!(read, Err(DateError::NotOnCalendar(_))), "{text}");
        }
    }

    #[test]
    fn a_year_covers_all_its_days() {
        let year: PartialDate = "1965".parse().unwrap();
        assert_eq!(year.earliest().to_string(), "1965-01-01");
        assert_eq!(year.latest().to_string(), "1965-12-31");
        let month: PartialDate = "2024-02".parse().unwrap();
        assert_eq!(month.latest().to_string(), "2024-02-29");
    }
}
