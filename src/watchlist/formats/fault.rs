//! Decides how a mapping function says what it could not use, without knowing the file.
//!
//! A mapper sees one record and returns [`Fault`]s; the reader of the file, who knows name, row
//! and raw text, turns them into rejects. So the mapping stays pure and the raw record is only
//! copied when there is a reason to.

use crate::party::{Country, DateError, PartialDate, Reject};

/// One thing wrong with a record or one of its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Column or element; empty when the record as a whole is refused.
    pub(super) field: String,
    /// Stable code in kebab case.
    pub(super) code: &'static str,
    /// What was expected and what was found.
    pub(super) message: String,
}

impl Fault {
    /// A fault in one field; the record stays.
    pub(super) fn field(field: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), code, message: message.into() }
    }

    /// A fault of the record as a whole; it is not used.
    pub(super) fn record(code: &'static str, message: impl Into<String>) -> Self {
        Self { field: String::new(), code, message: message.into() }
    }

    /// A reject with the place the fault was found.
    pub(super) fn at(self, file: &str, row: u64, raw: &str) -> Reject {
        Reject {
            file: file.to_owned(),
            row,
            field: self.field,
            code: self.code.to_owned(),
            message: self.message,
            raw: raw.to_owned(),
        }
    }
}

/// Turns the faults of one record into rejects; `raw` is only built when there are any.
pub(super) fn reject_all(
    rejects: &mut Vec<Reject>,
    faults: Vec<Fault>,
    file: &str,
    row: u64,
    raw: impl FnOnce() -> String,
) {
    if faults.is_empty() {
        return;
    }
    let raw = raw();
    rejects.extend(faults.into_iter().map(|fault| fault.at(file, row, &raw)));
}

/// Reads a country or notes the fault; an empty text is neither.
pub(super) fn country(text: &str, field: &str, faults: &mut Vec<Fault>) -> Option<Country> {
    if text.trim().is_empty() {
        return None;
    }
    text.parse()
        .map_err(|error: crate::party::UnknownCountry| {
            faults.push(Fault::field(field, "unknown-country", error.to_string()));
        })
        .ok()
}

/// Reads an ISO date or notes the fault; an empty text is neither. A time zone or time of day
/// behind the day is ignored.
pub(super) fn date(text: &str, field: &str, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    if text.trim().is_empty() {
        return None;
    }
    iso_date(text)
        .map_err(|error| faults.push(Fault::field(field, "bad-date", error.to_string())))
        .ok()
}

/// ISO 8601 with reduced precision; `2015-07-01-04:00`, as XML Schema allows, is that day.
fn iso_date(text: &str) -> Result<PartialDate, DateError> {
    let text = text.trim();
    text.parse().or_else(|error| {
        let day: String = text.chars().take(10).collect();
        let zone: String = text.chars().skip(10).collect();
        let is_zone = zone.starts_with(['+', '-', 'Z', ' '])
            && zone.chars().all(|c| c.is_ascii_digit() || "+-:Z. ".contains(c));
        if is_zone { day.parse() } else { Err(error) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_zone_behind_the_day_is_ignored_and_a_bad_date_is_a_fault() {
        let mut faults = Vec::new();
        let zoned = date("2015-07-01-04:00", "LISTED_ON", &mut faults).unwrap();
        assert_eq!(zoned.to_string(), "2015-07-01");
        assert!(faults.is_empty());
        assert_eq!(date(" ", "LISTED_ON", &mut faults), None);
        assert!(faults.is_empty());
        assert_eq!(date("2015-02-30", "LISTED_ON", &mut faults), None);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, "bad-date");
    }

    #[test]
    fn an_unknown_country_is_a_fault_that_quotes_it() {
        let mut faults = Vec::new();
        assert_eq!(country("Atlantis", "COUNTRY", &mut faults), None);
        assert!(faults[0].message.contains("Atlantis"));
    }
}
