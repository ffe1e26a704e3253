//! Decides which date of birth OFAC's four boundary days mean.
//!
//! The ENHANCED and ADVANCED XML state a date as the first and last day its start can lie on and
//! the first and last day its end can lie on; `1962` is 1962-01-01 to 1962-12-31. Days that fill
//! a year or a month are read back as that year or month, so that no precision is invented.

use crate::party::{DateError, DateSpan, PartialDate};

/// First and last day a start or an end can lie on.
pub(super) type Bounds = (PartialDate, PartialDate);

/// The span between a start and an end.
///
/// # Errors
/// [`DateError`] when it runs backwards.
pub(in super::super) fn boundary_span(
    start: Bounds,
    end: Bounds,
    approximate: bool,
) -> Result<DateSpan, DateError> {
    if start.0.earliest() > end.1.latest() {
        return Err(DateError::NotOnCalendar(format!("{} to {}", start.0, end.1)));
    }
    if let Some(date) = filled(start.0, end.1) {
        return Ok(DateSpan { from: date, to: date, approximate });
    }
    let years = |date: PartialDate| PartialDate::new(date.year(), None, None).ok();
    if let (Some(from), Some(to)) = (years(start.0), years(end.1))
        && from.earliest() == start.0.earliest()
        && to.latest() == end.1.latest()
    {
        return Ok(DateSpan { from, to, approximate });
    }
    let from = filled(start.0, start.1).unwrap_or(start.0);
    let to = filled(end.0, end.1).unwrap_or(end.1);
    Ok(DateSpan { from, to, approximate })
}

/// The day, month or year two days fill.
fn filled(first: PartialDate, last: PartialDate) -> Option<PartialDate> {
    let fits =
        |date: &PartialDate| date.earliest() == first.earliest() && date.latest() == last.latest();
    let month = PartialDate::new(first.year(), first.month(), None).ok();
    let year = PartialDate::new(first.year(), None, None).ok();
    [Some(first), month, year].into_iter().flatten().find(fits)
}

/// Whether two spans mean the same days, equally sure.
pub(super) fn covers(one: &DateSpan, other: &DateSpan) -> bool {
    one.from.earliest() == other.from.earliest()
        && one.to.latest() == other.to.latest()
        && one.approximate == other.approximate
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(days: [&str; 4]) -> String {
        let [a, b, c, d] = days.map(|day| day.parse().unwrap());
        boundary_span((a, b), (c, d), false).map_or_else(|e| e.to_string(), |s| s.to_string())
    }

    #[test]
    fn days_that_fill_a_period_are_that_period() {
        for (days, expected) in [
            (["1970-08-09"; 4], "1970-08-09"),
            (["1962-01-01", "1962-01-01", "1962-12-31", "1962-12-31"], "1962"),
            (["1964-02-01", "1964-02-01", "1964-02-29", "1964-02-29"], "1964-02"),
            (["1960-01-01", "1960-12-31", "1962-01-01", "1962-12-31"], "1960 to 1962"),
            (["1960-01-01", "1960-01-01", "1962-12-31", "1962-12-31"], "1960 to 1962"),
            (["1960-03-01", "1960-03-31", "1962-05-01", "1962-05-31"], "1960-03 to 1962-05"),
            (["2015-03-21", "2015-03-21", "2016-03-19", "2016-03-19"], "2015-03-21 to 2016-03-19"),
        ] {
            assert_eq!(read(days), expected);
        }
        assert!(read(["1962-01-01", "1962-01-01", "1960-01-01", "1960-01-01"]).contains("not a"));
    }
}
