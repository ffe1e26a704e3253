//! Decides whether a parsed edition may be published or is held.
//!
//! Any one trip holds the edition and leaves the snapshot in use as it is: no records, a count
//! that is not the publisher's own, fewer records than the declared floor, too many records lost,
//! too many refused rows. Against the current snapshot also: a fall in records or in names, a file
//! or an end-of-file mark that is gone, a publication date that goes back or is not known any
//! more. A trip says what was expected and what was found, for the person who has to decide.

use super::fill::{self, Counts};
use super::trip::Trip;
use super::{Guards, ListSource, Manifest};
use crate::party::PartialDate;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What is known of an edition before it is published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edition {
    /// Publication date or time as the publisher writes it.
    pub published: Option<String>,
    /// When the files were retrieved.
    pub retrieved: Option<Timestamp>,
    /// The publisher's own count of records.
    pub publisher_count: Option<u64>,
    /// Records parsed.
    pub records: u64,
    /// Records by kind, named as in [`crate::party::PartyKind::as_str`].
    pub by_kind: BTreeMap<String, u64>,
    /// Records that have a value, by key field, as in [`Manifest::filled`].
    pub filled: BTreeMap<String, u64>,
    /// Names of all records, weak ones included.
    pub names: u64,
    /// Weak names among them.
    pub weak_names: u64,
    /// Records of the publisher that were refused whole and are not among `records`.
    pub lost_records: u64,
    /// Roles of the declaration that have a file, each with whether the file ends in the
    /// end-of-file mark.
    pub roles: BTreeMap<String, bool>,
    /// Rows read from all files.
    pub rows_read: u64,
    /// Rows refused, whole or in part.
    pub rows_refused: u64,
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
        trips.extend(against(guards, edition, current));
    }
    let limit_percent = guards.max_lost_percent;
    let (lost, of) = (edition.lost_records, found + edition.lost_records);
    if percent(lost, of) > limit_percent {
        trips.push(Trip::RecordsLost { lost, of, limit_percent });
    }
    let limit_percent = guards.max_reject_percent;
    if percent(edition.rows_refused, edition.rows_read) > limit_percent {
        let (refused, read) = (edition.rows_refused, edition.rows_read);
        trips.push(Trip::TooManyRejects { refused, read, limit_percent });
    }
    trips
}

/// The reasons to hold an edition that only show against the one in use.
fn against(guards: &Guards, edition: &Edition, current: &Manifest) -> Vec<Trip> {
    let mut trips = Vec::new();
    let limit_percent = guards.max_shrink_percent;
    let has_fallen = |before: u64, found: u64| {
        let lost = before.saturating_sub(found);
        percent(lost, before) > limit_percent
    };
    let (before, found) = (current.records, edition.records);
    if has_fallen(before, found) {
        trips.push(Trip::Shrunk { before, found, limit_percent });
    }
    let full = |names: u64, weak: u64| names.saturating_sub(weak);
    let strong = (
        "names that are not weak",
        full(current.names, current.weak_names),
        full(edition.names, edition.weak_names),
    );
    let counts = [("names", current.names, edition.names), strong];
    let fallen = counts.into_iter().find(|(_, before, found)| has_fallen(*before, *found));
    trips.extend(fallen.map(|(what, before, found)| Trip::NamesShrunk {
        what,
        before,
        found,
        limit_percent,
    }));
    for (role, had_mark) in current.roles() {
        match edition.roles.get(&role) {
            None => trips.push(Trip::RoleGone { role }),
            Some(false) if had_mark => trips.push(Trip::EndMarkGone { role }),
            Some(_) => {}
        }
    }
    let Edition { records, by_kind, filled, .. } = edition;
    let found_counts = Counts { records: *records, by_kind, filled };
    trips.extend(fill::emptied(guards.min_fill_percent, &current.into(), &found_counts));
    trips.extend(date_unknown(current.published.as_deref(), edition.published.as_deref()));
    trips.extend(date_went_back(current.published.as_deref(), edition.published.as_deref()));
    let is_undated = current.published.is_none() || edition.published.is_none();
    if let Some(found) = edition.retrieved.filter(|found| is_undated && *found < current.retrieved)
    {
        trips.push(Trip::RetrievedEarlier { before: current.retrieved, found });
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

/// A date that was known must stay known, or no edition could ever be seen to be older.
fn date_unknown(before: Option<&str>, found: Option<&str>) -> Option<Trip> {
    let reads =
        |text: &&str| text.parse::<Timestamp>().is_ok() || text.parse::<PartialDate>().is_ok();
    let before = before.filter(reads)?;
    let found = match found {
        Some(found) if reads(&found) => return None,
        Some(found) => format!("'{found}'"),
        None => "none".to_owned(),
    };
    Some(Trip::DateUnknown { before: before.to_owned(), found })
}

/// Compares to the instant when both dates have one, else to the day. A date that cannot be read
/// did not go back.
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
    use crate::watchlist::ImportedFile;

    fn source() -> ListSource {
        let mut source = ListSource::ftm("t").unwrap();
        source.guards.min_records = BTreeMap::from([(PartyKind::Person, 10)]);
        source.guards.max_shrink_percent = 5.0;
        source.guards.max_reject_percent = 2.0;
        source.guards.max_lost_percent = 2.0;
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

    /// What a good edition of 100 records with 200 names, 20 of them weak, is held for after a
    /// change, with a current snapshot of the same size.
    fn held_after(change: impl FnOnce(&mut Edition)) -> Vec<Trip> {
        let mut before = current(100, "2026-02-26");
        (before.names, before.weak_names) = (200, 20);
        for (role, end_mark) in [("main", true), ("aliases", false)] {
            let role = role.to_owned();
            before.files.push(ImportedFile { role, end_mark, ..ImportedFile::default() });
        }
        let mut edition = edition(100);
        (edition.names, edition.weak_names, edition.roles) = (200, 20, before.roles());
        assert_eq!(trips(&source(), &edition, Some(&before)), []);
        change(&mut edition);
        trips(&source(), &edition, Some(&before))
    }

    #[test]
    fn names_may_fall_by_the_declared_share_and_not_by_one_more() {
        assert_eq!(held_after(|e| e.names = 191), []);
        let fallen = |what, before, found| {
            vec![Trip::NamesShrunk { what, before, found, limit_percent: 5.0 }]
        };
        assert_eq!(held_after(|e| e.names = 189), fallen("names", 200, 189));
        let weaker = held_after(|e| e.weak_names = 30);
        assert_eq!(weaker, fallen("names that are not weak", 180, 170));
        assert_eq!(held_after(|e| (e.names, e.weak_names) = (400, 20)), []);
    }

    #[test]
    fn lost_records_hold_above_the_declared_share_also_on_a_first_import() {
        let mut some = edition(98);
        some.lost_records = 2;
        assert_eq!(trips(&source(), &some, None), []);
        some.lost_records = 3;
        let expected = Trip::RecordsLost { lost: 3, of: 101, limit_percent: 2.0 };
        assert_eq!(trips(&source(), &some, None), [expected]);
    }

    #[test]
    fn a_file_or_a_mark_the_current_snapshot_has_must_not_go() {
        let gone = held_after(|e| e.roles.retain(|role, _| role == "main"));
        assert_eq!(gone, [Trip::RoleGone { role: "aliases".to_owned() }]);
        let cut = held_after(|e| e.roles.values_mut().for_each(|mark| *mark = false));
        assert_eq!(cut, [Trip::EndMarkGone { role: "main".to_owned() }]);
        let more = held_after(|e| {
            e.roles.insert("addresses".to_owned(), false);
            e.roles.insert("aliases".to_owned(), true);
        });
        assert_eq!(more, [], "what is new is welcome");
    }

    #[test]
    fn a_date_that_was_known_must_stay_known() {
        let unknown = |found: Option<&str>| held_after(|e| e.published = found.map(str::to_owned));
        let told = |found: &str| {
            let (before, found) = ("2026-02-26".to_owned(), found.to_owned());
            vec![Trip::DateUnknown { before, found }]
        };
        assert_eq!(unknown(None), told("none"));
        assert_eq!(unknown(Some("soon")), told("'soon'"));
        assert_eq!(date_unknown(None, None), None);
        assert_eq!(date_unknown(Some("soon"), None), None, "it was never known");
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
