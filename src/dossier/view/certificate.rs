//! Decides how a list relied on is shown: how old it was on the day of the run, and whether it
//! could be relied on at all.

use crate::dossier::ListLine;
use jiff::civil::Date;

/// A list relied on.
#[derive(Debug)]
pub(crate) struct ListView<'a> {
    /// The line.
    pub(crate) line: &'a ListLine,
    /// Days between retrieval and the run, in words; empty when one of the dates is not readable.
    pub(crate) age: String,
    /// First twelve digits of the hash.
    pub(crate) short_hash: String,
    /// Whether it could be relied on.
    pub(crate) current: bool,
}

/// The list as it stood on the day of the run (`YYYY-MM-DD…`).
pub(crate) fn list_view<'a>(line: &'a ListLine, run_date: &str) -> ListView<'a> {
    ListView {
        line,
        age: age_in_words(&line.retrieved, run_date).unwrap_or_default(),
        short_hash: line.sha256.chars().take(12).collect(),
        current: line.is_current(),
    }
}

fn age_in_words(retrieved: &str, run_date: &str) -> Option<String> {
    let days = date(retrieved)?.until(date(run_date)?).ok()?.get_days();
    Some(match days {
        0 => "same day".to_owned(),
        1 => "1 day old".to_owned(),
        2.. => format!("{days} days old"),
        _ => "after the run date".to_owned(),
    })
}

/// The calendar date at the start of a date or time stamp.
fn date(stamp: &str) -> Option<Date> {
    let day: String = stamp.chars().take(10).collect();
    Date::strptime("%Y-%m-%d", day).ok()
}

#[cfg(test)]
mod tests {
    use super::age_in_words;

    #[test]
    fn the_age_of_a_list_is_counted_in_days_to_the_run() {
        let age = |retrieved| age_in_words(retrieved, "2026-03-02");
        assert_eq!(age("2026-03-02T23:59:59Z").as_deref(), Some("same day"));
        assert_eq!(age("2026-03-01").as_deref(), Some("1 day old"));
        assert_eq!(age("2025-03-02T00:00:00Z").as_deref(), Some("365 days old"));
        assert_eq!(age("2026-03-03").as_deref(), Some("after the run date"));
        assert_eq!(age(""), None);
        assert_eq!(age("yesterday"), None);
    }
}
