//! Decides whether a parsed edition may be published or is held.
//!
//! Any one trip holds the edition and leaves the snapshot in use as it is: no records, a count
//! that is not the publisher's own, fewer records than the declared floor, a fall against the
//! current snapshot, a publication date that goes back, too many refused rows. A trip says what
//! was expected and what was found, for the person who has to decide.

use super::{ListSource, Manifest};
use crate::party::PartialDate;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What is known of an edition before it is published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edition {
    /// Publication date or time as the publisher writes it.
    pub published: Option<String>,
    /// The publisher's own count of records.
    pub publisher_count: Option<u64>,
    /// Records parsed.
    pub records: u64,
    /// Records by kind, named as in [`crate::party::PartyKind::as_str`].
    pub by_kind: BTreeMap<String, u64>,
    /// Rows read from all files.
    pub rows_read: u64,
    /// Rows refused, whole or in part.
    pub rows_refused: u64,
}

/// One reason to hold an edition.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Trip {
    /// Nothing is listed.
    #[error("expected records, found none")]
    NoRecords,
    /// The publisher counts otherwise.
    #[error("expected {expected} records by the publisher's own count, found {found}")]
    CountMismatch {
        /// The publisher's count.
        expected: u64,
        /// Records parsed.
        found: u64,
    },
    /// Fewer of a kind than this list has ever had.
    #[error("expected at least {floor} records of kind {kind}, found {found}")]
    BelowFloor {
        /// Kind of party.
        kind: &'static str,
        /// The declared floor.
        floor: u64,
        /// Records parsed.
        found: u64,
    },
    /// Fewer records than the current snapshot allows.
    #[error(
        "expected at most {limit_percent} % fewer records than the {before} of the current snapshot, found {found}"
    )]
    Shrunk {
        /// Records of the current snapshot.
        before: u64,
        /// Records parsed.
        found: u64,
        /// The declared limit.
        limit_percent: f64,
    },
    /// Older than what is already in use.
    #[error("expected an edition published on or after {before}, found {found}")]
    DateWentBack {
        /// Publication date of the current snapshot.
        before: String,
        /// Publication date of this edition.
        found: String,
    },
    /// Too much could not be used.
    #[error(
        "expected at most {limit_percent} % of the rows to be refused, found {refused} of {read}"
    )]
    TooManyRejects {
        /// Rows refused.
        refused: u64,
        /// Rows read.
        read: u64,
        /// The declared limit.
        limit_percent: f64,
    },
}

/// The reasons to hold an edition; none means publish.
#[must_use]
pub fn trips(source: &ListSource, edition: &Edition, current: Option<&Manifest>) -> Vec<Trip> {
    let guards = &source.guards;
    let found = edition.records;
    let mut trips = Vec::new();
    if found == 0 {
        trips.push(Trip::NoRecords);
    }
    if let Some(expected) = edition.publisher_count.filter(|count| *count != found) {
        trips.push(Trip::CountMismatch { expected, found });
    }
    for (kind, floor) in &guards.min_records {
        let found = edition.by_kind.get(kind.as_str()).copied().unwrap_or(0);
        if found < *floor {
            trips.push(Trip::BelowFloor { kind: kind.as_str(), floor: *floor, found });
        }
    }
    if let Some(current) = current {
        let limit_percent = guards.max_shrink_percent;
        let lost = current.records.saturating_sub(found);
        if percent(lost, current.records) > limit_percent {
            trips.push(Trip::Shrunk { before: current.records, found, limit_percent });
        }
        trips.extend(date_went_back(current.published.as_deref(), edition.published.as_deref()));
    }
    let limit_percent = guards.max_reject_percent;
    if percent(edition.rows_refused, edition.rows_read) > limit_percent {
        let (refused, read) = (edition.rows_refused, edition.rows_read);
        trips.push(Trip::TooManyRejects { refused, read, limit_percent });
    }
    trips
}

/// Share in percent; nothing of nothing is 0, something of nothing is everything.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn percent(part: u64, whole: u64) -> f64 {
    match (part, whole) {
        (0, _) => 0.0,
        (_, 0) => 100.0,
        _ => part as f64 * 100.0 / whole as f64,
    }
}

/// Compares to the instant when both dates have one, else to the day. A date that cannot be read
/// is no reason to hold by itself.
fn date_went_back(before: Option<&str>, found: Option<&str>) -> Option<Trip> {
    let (before, found) = (before?, found?);
    let went_back = match (before.parse::<Timestamp>(), found.parse::<Timestamp>()) {
        (Ok(before), Ok(found)) => found < before,
        _ => {
            let day = |text: &str| text.parse::<PartialDate>().ok();
            day(found)?.latest() < day(before)?.earliest()
        }
    };
    let (before, found) = (before.to_owned(), found.to_owned());
    went_back.then_some(Trip::DateWentBack { before, found })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party::PartyKind;

    fn source() -> ListSource {
        let mut source = ListSource::ftm("t").unwrap();
        source.guards.min_records = BTreeMap::from([(PartyKind::Person, 10)]);
        source.guards.max_shrink_percent = 5.0;
        source.guards.max_reject_percent = 2.0;
        source
    }

    fn edition(records: u64) -> Edition {
        Edition {
            published: Some("2026-02-27".to_owned()),
            records,
            by_kind: BTreeMap::from([("person".to_owned(), records)]),
            rows_read: 100,
            ..Edition::default()
        }
    }

    fn current(records: u64, published: &str) -> Manifest {
        Manifest { records, published: Some(published.to_owned()), ..Manifest::default() }
    }

    #[test]
    fn a_good_edition_passes() {
        assert_eq!(trips(&source(), &edition(100), None), []);
        assert_eq!(trips(&source(), &edition(100), Some(&current(100, "2026-02-26"))), []);
    }

    #[test]
    fn no_records_trip_the_floor_too() {
        let found = trips(&source(), &edition(0), None);
        assert_eq!(found[0], Trip::NoRecords);
        assert_eq!(found[1], Trip::BelowFloor { kind: "person", floor: 10, found: 0 });
    }

    #[test]
    fn the_floor_holds_one_below_and_not_at_it() {
        assert_eq!(trips(&source(), &edition(10), None), []);
        assert_eq!(trips(&source(), &edition(9), None).len(), 1);
    }

    #[test]
    fn a_fall_of_five_percent_passes_and_one_record_more_does_not() {
        let before = current(1000, "2026-01-01");
        assert_eq!(trips(&source(), &edition(950), Some(&before)), []);
        let held = trips(&source(), &edition(949), Some(&before));
        assert_eq!(held, [Trip::Shrunk { before: 1000, found: 949, limit_percent: 5.0 }]);
        assert!(held[0].to_string().contains("1000") && held[0].to_string().contains("949"));
    }

    #[test]
    fn the_publishers_own_count_must_agree() {
        let mut counted = edition(100);
        counted.publisher_count = Some(101);
        assert_eq!(
            trips(&source(), &counted, None),
            [Trip::CountMismatch { expected: 101, found: 100 }]
        );
        counted.publisher_count = Some(100);
        assert_eq!(trips(&source(), &counted, None), []);
    }

    #[test]
    fn refused_rows_hold_above_the_declared_share() {
        let mut some = edition(100);
        some.rows_refused = 2;
        assert_eq!(trips(&source(), &some, None), []);
        some.rows_refused = 3;
        assert_eq!(trips(&source(), &some, None).len(), 1);
        some.rows_read = 0;
        assert_eq!(trips(&source(), &some, None).len(), 1);
    }

    #[test]
    fn a_date_may_stay_and_must_not_go_back() {
        let went_back = |before, found| date_went_back(Some(before), Some(found)).is_some();
        assert!(went_back("2026-02-28", "2026-02-27"));
        assert!(!went_back("2026-02-27", "2026-02-27"));
        assert!(went_back("2026-02-27T10:00:00Z", "2026-02-27T09:59:59Z"));
        assert!(!went_back("2026-02-27T10:00:00Z", "2026-02-27T08:00:00-04:00"));
        assert!(!went_back("2026-02-27T10:00:00Z", "2026-02-27"));
        assert!(!went_back("2026-02", "2026-02-01"));
        assert!(!went_back("soon", "2026-02-27"));
        assert_eq!(date_went_back(None, Some("2026-02-27")), None);
    }
}
