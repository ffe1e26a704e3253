//! Decides whether a list may be relied on at a given moment: current, stale, hard stale, held,
//! missing.
//!
//! Fails closed: what is not known counts as stale. A held list still has its old snapshot, whose
//! own age decides how stale it is; the worse of the two is what is reported.

use super::manifest::{Held, Manifest};
use super::{ListSource, Staleness, StoreError};
use crate::party::PartialDate;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Publishers bring out their lists, or date them anew, more often than this.
const OLD_AFTER_DAYS: i32 = 30;

/// How far a list may be relied on, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reliance {
    /// Within its limits.
    Current,
    /// Older than the first limit: reported, still relied on.
    Stale,
    /// The last import failed or was held; the old snapshot is in use.
    Held,
    /// Older than the second limit, or of unknown age: nothing is clear on it.
    HardStale,
    /// There is no snapshot.
    Missing,
}

/// A list's state at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListState {
    /// Name of the list.
    pub list: String,
    /// How far it may be relied on.
    pub reliance: Reliance,
    /// Whole hours since the snapshot was retrieved; `None` without one or when it lies ahead.
    pub age_hours: Option<u64>,
    /// The state in a sentence, for a person.
    pub sentence: String,
    /// What is to be known of the edition in use: approved in spite of its guards, gone back to,
    /// imported without a file, old when it was retrieved. In the sentence too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

impl Reliance {
    /// The word people see. A hard-stale list is simply stale.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale => "a newer one is due",
            Self::Held => "held",
            Self::HardStale => "stale",
            Self::Missing => "missing",
        }
    }

    /// Whether a party may be called clear on a list in this state.
    #[must_use]
    pub fn may_clear(self) -> bool {
        matches!(self, Self::Current | Self::Stale)
    }
}

impl ListState {
    /// The state of a list at `now`.
    #[must_use]
    pub fn of(
        source: &ListSource,
        manifest: Option<&Manifest>,
        held: Option<&Held>,
        now: Timestamp,
    ) -> Self {
        let state = |reliance, age_hours, sentence| {
            let list = source.name.clone();
            Self { list, reliance, age_hours, sentence, remarks: Vec::new() }
        };
        let because = held.map(|held| held.reasons.join("; ")).unwrap_or_default();
        let Some(manifest) = manifest else {
            let sentence = match held {
                Some(_) => {
                    format!("nothing was ever published; the last import was held: {because}")
                }
                None => "not imported yet".to_owned(),
            };
            return state(Reliance::Missing, None, sentence);
        };
        let age_hours = hours(manifest.retrieved, now);
        let (by_age, sentence) = by_age(&source.staleness, age_hours);
        let mut state = match held {
            Some(_) if by_age < Reliance::Held => {
                let sentence = format!("the last import was held: {because}; {sentence}");
                state(Reliance::Held, age_hours, sentence)
            }
            Some(_) => {
                let sentence = format!("{sentence}; the last import was held: {because}");
                state(by_age, age_hours, sentence)
            }
            None => state(by_age, age_hours, sentence),
        };
        if let Some(approved) = &manifest.approved {
            state.remark(approved.to_string());
        }
        let imported = manifest.roles();
        for wanted in source.files.iter().filter(|wanted| !imported.contains_key(&wanted.role)) {
            let (role, names) = (&wanted.role, wanted.patterns.join(" or "));
            state.remark(format!("imported without a file for '{role}' ({names})"));
        }
        state
    }

    /// Says of an edition that it was old when it was retrieved: an archive, by the look of it.
    pub(super) fn told_if_old(mut self, source: &ListSource, manifest: &Manifest) -> Self {
        if let Some(days) = days_late(manifest).filter(|_| !source.staleness.frozen) {
            self.remark(format!("published {days} days before it was retrieved: an old edition"));
        }
        self
    }

    /// The state of a list whose files cannot be read: nothing is clear on it.
    pub(super) fn unreadable(source: &ListSource, error: &StoreError) -> Self {
        Self {
            list: source.name.clone(),
            reliance: Reliance::HardStale,
            age_hours: None,
            sentence: format!("the snapshot cannot be read: {error}"),
            remarks: Vec::new(),
        }
    }

    /// Adds what is to be known of the edition in use.
    pub(super) fn remark(&mut self, remark: String) {
        self.sentence = format!("{}; {remark}", self.sentence);
        self.remarks.push(remark);
    }
}

/// Days between publication and retrieval, when there are so many that the files were hardly the
/// publisher's newest.
fn days_late(manifest: &Manifest) -> Option<i32> {
    let published = manifest.published.as_deref()?.parse::<PartialDate>().ok()?.latest();
    let retrieved = manifest.retrieved.to_zoned(jiff::tz::TimeZone::UTC).date();
    let days = published.until(retrieved).ok()?.get_days();
    (days > OLD_AFTER_DAYS).then_some(days)
}

/// Whole hours from one moment to another; `None` when it lies ahead.
fn hours(from: Timestamp, to: Timestamp) -> Option<u64> {
    let seconds = to.as_second().checked_sub(from.as_second())?;
    u64::try_from(seconds).ok().map(|seconds| seconds / 3600)
}

fn by_age(limits: &Staleness, age_hours: Option<u64>) -> (Reliance, String) {
    if limits.frozen {
        return (Reliance::Current, "archived by its publisher; does not get newer".to_owned());
    }
    let (Some(age), Some(warn), Some(hard)) = (age_hours, limits.warn_hours, limits.hard_hours)
    else {
        return (Reliance::HardStale, "its age is not known, which counts as stale".to_owned());
    };
    if age >= u64::from(hard) {
        (
            Reliance::HardStale,
            format!("retrieved {age} hours ago; must not be relied on from {hard} hours"),
        )
    } else if age >= u64::from(warn) {
        (
            Reliance::Stale,
            format!("retrieved {age} hours ago; expected to be newer than {warn} hours"),
        )
    } else {
        (Reliance::Current, format!("retrieved {age} hours ago"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: &str = "2026-03-04T12:00:00Z";

    fn source(frozen: bool) -> ListSource {
        let mut source = ListSource::ftm("t").unwrap();
        source.staleness = if frozen {
            Staleness { frozen, ..Staleness::default() }
        } else {
            Staleness { warn_hours: Some(24), hard_hours: Some(72), ..Staleness::default() }
        };
        source
    }

    fn at(retrieved: &str, frozen: bool, is_held: bool) -> ListState {
        let manifest = Manifest { retrieved: retrieved.parse().unwrap(), ..Manifest::default() };
        let now = NOON.parse().unwrap();
        let held = Held { reasons: vec!["found none".to_owned()], when: now, ..Held::default() };
        ListState::of(&source(frozen), Some(&manifest), is_held.then_some(&held), now)
    }

    #[test]
    fn age_decides_at_the_hour() {
        for (retrieved, expected) in [
            ("2026-03-03T12:00:01Z", Reliance::Current),
            ("2026-03-03T12:00:00Z", Reliance::Stale),
            ("2026-03-01T12:00:01Z", Reliance::Stale),
            ("2026-03-01T12:00:00Z", Reliance::HardStale),
        ] {
            assert_eq!(at(retrieved, false, false).reliance, expected, "{retrieved}");
        }
    }

    #[test]
    fn an_age_that_lies_ahead_is_unknown_and_so_hard_stale() {
        let state = at("2026-03-05T12:00:00Z", false, false);
        assert_eq!((state.reliance, state.age_hours), (Reliance::HardStale, None));
    }

    #[test]
    fn a_frozen_list_does_not_age() {
        assert_eq!(at("2015-11-30T00:00:00Z", true, false).reliance, Reliance::Current);
    }

    #[test]
    fn a_held_import_shows_until_age_is_worse() {
        let fresh = at("2026-03-04T11:00:00Z", false, true);
        assert_eq!(fresh.reliance, Reliance::Held);
        assert!(fresh.sentence.contains("found none"));
        assert_eq!(at("2026-02-01T00:00:00Z", false, true).reliance, Reliance::HardStale);
    }

    #[test]
    fn without_a_snapshot_the_list_is_missing_and_only_two_states_may_clear() {
        let state = ListState::of(&source(false), None, None, NOON.parse().unwrap());
        assert_eq!(state.reliance, Reliance::Missing);
        let all = [
            Reliance::Current,
            Reliance::Stale,
            Reliance::Held,
            Reliance::HardStale,
            Reliance::Missing,
        ];
        let clearing: Vec<_> = all.into_iter().filter(|r| r.may_clear()).collect();
        assert_eq!(clearing, [Reliance::Current, Reliance::Stale]);
    }
}
