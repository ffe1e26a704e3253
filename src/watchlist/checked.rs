//! Decides what asking the publisher without a new edition means for a list: that the edition in
//! use is still the newest, or that nobody knows.
//!
//! `CHECKED.json` stands beside the pointer, so that a snapshot's bytes never change. A
//! confirmation counts for the one edition it names: the age of that edition counts from it. A
//! publisher that could not be reached holds nothing; the edition ages, and its state says when it
//! was last tried and why that failed.

use super::{ListState, Manifest};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The last times the publisher was asked without a new edition coming of it (`CHECKED.json`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The publisher's files were found to be those of an edition.
    pub confirmed: Option<Confirmed>,
    /// The files could not be fetched.
    pub failed: Option<FailedTry>,
}

/// The publisher still has what is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// The edition.
    pub edition: String,
    /// When.
    pub when: Timestamp,
}

/// A try to fetch that came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedTry {
    /// When.
    pub when: Timestamp,
    /// Why, in a sentence.
    pub reason: String,
}

impl Checked {
    /// When the publisher was last seen to have an edition: its retrieval, or a later confirmation
    /// of that very edition.
    #[must_use]
    pub fn last_seen(&self, manifest: &Manifest) -> Timestamp {
        let of_this = self.confirmed.as_ref().filter(|one| one.edition == manifest.edition);
        of_this.map_or(manifest.retrieved, |one| one.when.max(manifest.retrieved))
    }

    /// The manifest as it reads when age counts from the last confirmation.
    #[must_use]
    pub fn renewed(&self, manifest: &Manifest) -> Manifest {
        Manifest { retrieved: self.last_seen(manifest), ..manifest.clone() }
    }

    /// The state with what is known from asking.
    pub(super) fn told(&self, mut state: ListState, manifest: Option<&Manifest>) -> ListState {
        let seen = manifest.map(|manifest| (self.last_seen(manifest), manifest));
        if let Some((seen, manifest)) = seen
            && seen > manifest.retrieved
        {
            let day = manifest.retrieved.strftime("%Y-%m-%d");
            state.sentence = format!("{}, unchanged since {day}", state.sentence);
        }
        let is_news = |failed: &&FailedTry| seen.is_none_or(|(seen, _)| failed.when > seen);
        if let Some(failed) = self.failed.as_ref().filter(is_news) {
            let when = failed.when.strftime("%Y-%m-%d %H:%MZ");
            state.sentence = format!("{}; last tried {when}: {}", state.sentence, failed.reason);
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reliance;
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn manifest() -> Manifest {
        let retrieved = at("2026-03-01T12:00:00Z");
        Manifest { edition: "a".to_owned(), retrieved, ..Manifest::default() }
    }

    fn confirmed(edition: &str, when: &str) -> Checked {
        let edition = edition.to_owned();
        Checked { confirmed: Some(Confirmed { edition, when: at(when) }), failed: None }
    }

    fn sentence(checked: &Checked, manifest: Option<&Manifest>) -> String {
        let state = ListState {
            list: "t".to_owned(),
            reliance: Reliance::Current,
            age_hours: None,
            sentence: "retrieved 1 hours ago".to_owned(),
            remarks: Vec::new(),
        };
        checked.told(state, manifest).sentence
    }

    #[test]
    fn a_confirmation_renews_the_edition_it_names_and_no_other() {
        let later = "2026-03-04T12:00:00Z";
        assert_eq!(confirmed("a", later).last_seen(&manifest()), at(later));
        assert_eq!(confirmed("b", later).last_seen(&manifest()), manifest().retrieved);
        let earlier = confirmed("a", "2026-02-01T12:00:00Z");
        assert_eq!(earlier.last_seen(&manifest()), manifest().retrieved);
        assert_eq!(
            sentence(&confirmed("a", later), Some(&manifest())),
            "retrieved 1 hours ago, unchanged since 2026-03-01"
        );
    }

    #[test]
    fn a_failed_try_is_told_until_something_newer_is_known() {
        let failed = |when: &str| {
            let (when, reason) = (at(when), "no answer".to_owned());
            Checked { confirmed: None, failed: Some(FailedTry { when, reason }) }
        };
        let told = "retrieved 1 hours ago; last tried 2026-03-02 06:30Z: no answer";
        assert_eq!(sentence(&failed("2026-03-02T06:30:00Z"), Some(&manifest())), told);
        assert_eq!(sentence(&failed("2026-03-02T06:30:00Z"), None), told);
        let old = sentence(&failed("2026-02-02T06:30:00Z"), Some(&manifest()));
        assert_eq!(old, "retrieved 1 hours ago");
    }
}
