//! Decides what text a cell of a workbook stands for.
//!
//! Whole numbers are written without a decimal point, so that a passport number typed as a number
//! is that number. A number under a date format is the ISO 8601 day it means, in the calendar of
//! the workbook (1900 or 1904), with the time of day when there is one. Of a formula the cached
//! value is read and nothing is computed. An error value stays as it is shown (`#N/A`).

use calamine::{DataRef, ExcelDateTime};

/// First serial number beyond 9999-12-31.
const END_OF_CALENDAR: f64 = 2_958_466.0;
/// Beyond this a floating number cannot tell neighbouring whole numbers apart.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The text of a cell; empty when the cell is.
pub(super) fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(date) => date_text(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < EXACT {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

fn date_text(date: &ExcelDateTime) -> String {
    let serial = date.as_f64();
    if !date.is_datetime() || !(0.0..END_OF_CALENDAR).contains(&serial) {
        return number_text(serial);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if serial.fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    fn day(serial: f64, is_1904: bool) -> String {
        let date = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904);
        text(&DataRef::DateTime(date))
    }

    #[test]
    fn serial_numbers_become_the_day_they_mean_in_either_calendar() {
        assert_eq!(day(45_761.0, false), "2025-04-14");
        assert_eq!(day(44_299.0, true), "2025-04-14");
        assert_eq!(day(45_761.75, false), "2025-04-14T18:00:00");
        assert_eq!(day(-5.0, false), "-5");
        assert_eq!(day(9e9, false), "9000000000");
    }

    #[test]
    fn numbers_keep_their_digits() {
        assert_eq!(text(&DataRef::Float(990_000_000_001.0)), "990000000001");
        assert_eq!(text(&DataRef::Float(0.5)), "0.5");
        assert_eq!(text(&DataRef::Float(f64::NAN)), "NaN");
        assert_eq!(text(&DataRef::Bool(true)), "TRUE");
    }
}
