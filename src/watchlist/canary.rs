//! Draws the names of an edition that its own index must find before it is published.
//!
//! Names that open alerts, spread over kinds, scripts and qualities: every combination has its
//! share, a rare one is drawn whole, and within one the names are spread evenly over the list. The
//! same listings give the same names. The asking is done by the caller, through the path that
//! screens parties; screening lies below the lists, so it comes in as a closure.

use super::Listing;
use super::manifest::CanaryCount;
use super::trip::Trip;
use crate::party::{NameQuality, PartyKind, PartyName};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use unicode_script::{Script, UnicodeScript};

/// Names drawn of a list, all when it has fewer. Requirement R6 asks for 200; some names cannot
/// be asked for alone and are not counted, hence the surplus.
pub(super) const DRAWN: usize = 250;

/// Missed names told one by one.
const TOLD: usize = 5;

/// A name of an edition that its index must find.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Canary<'a> {
    /// The entry that must be found.
    pub listing: &'a Listing,
    /// By this name alone.
    pub name: &'a PartyName,
}

/// What came of asking for a canary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CanaryAnswer {
    /// Its entry is among the matches.
    Hit,
    /// It is not.
    Missed,
    /// The name cannot be asked for alone: it holds no word that says something, or is longer than
    /// what is taken as the name of a party. Its entry is found by its other names.
    Unsearchable,
}

/// Asks the index in a folder, built of these listings, for each canary, in their order.
pub type AskCanaries<'a> =
    &'a dyn Fn(&Path, &[Listing], &[Canary<'_>]) -> Result<Vec<CanaryAnswer>, CanaryError>;

/// Why canaries could not be asked for.
pub type CanaryError = Box<dyn Error + Send + Sync>;

/// What a combination of kind, script and quality is told by.
type Stratum = (Option<PartyKind>, &'static str, NameQuality);

/// The names to ask for.
pub(super) fn draw(listings: &[Listing]) -> Vec<Canary<'_>> {
    let mut strata: BTreeMap<Stratum, Vec<Canary<'_>>> = BTreeMap::new();
    // A name many entries bear is asked for once: each time would give all of them.
    let mut asked: BTreeSet<(Stratum, &str)> = BTreeSet::new();
    for listing in listings {
        for name in listing.party.names.iter().filter(|name| name.quality.opens_alert()) {
            let Some(script) = script(&name.text) else { continue };
            let stratum = (listing.party.kind, script.full_name(), name.quality);
            if asked.insert((stratum, &name.text)) {
                strata.entry(stratum).or_default().push(Canary { listing, name });
            }
        }
    }
    let mut strata: Vec<Vec<Canary<'_>>> = strata.into_values().collect();
    // Rare combinations first, so that what they leave of their share goes to the others.
    strata.sort_by_key(Vec::len);
    let (mut left, mut open) = (DRAWN, strata.len());
    let mut drawn = Vec::new();
    for stratum in strata {
        let share = left.div_ceil(open.max(1)).min(stratum.len());
        drawn.extend((0..share).filter_map(|at| stratum.get(at * stratum.len() / share).copied()));
        left -= share;
        open -= 1;
    }
    drawn
}

/// The script of the first letter; `None` without any.
fn script(text: &str) -> Option<Script> {
    text.chars().find(|c| c.is_alphabetic()).map(|c| c.script())
}

/// Counts the answers, and gives the trip when an entry was missed.
pub(super) fn counted(
    canaries: &[Canary<'_>],
    answers: &[CanaryAnswer],
) -> (CanaryCount, Option<Trip>) {
    let of = |answer: CanaryAnswer| answers.iter().filter(|a| **a == answer).count();
    // A canary without an answer was not found.
    let missed =
        canaries.len().saturating_sub(of(CanaryAnswer::Hit) + of(CanaryAnswer::Unsearchable));
    let hit = of(CanaryAnswer::Hit) as u64;
    let asked = hit + missed as u64;
    let count = CanaryCount { asked, hit };
    if missed == 0 {
        return (count, None);
    }
    let answers = answers.iter().map(Some).chain(std::iter::repeat(None));
    let entries = canaries.iter().zip(answers).filter_map(|(canary, answer)| match answer {
        Some(CanaryAnswer::Hit | CanaryAnswer::Unsearchable) => None,
        Some(CanaryAnswer::Missed) | None => Some(told(canary)),
    });
    let mut entries: Vec<String> = entries.take(TOLD + 1).collect();
    if entries.len() > TOLD {
        entries.truncate(TOLD);
        entries.push("…".to_owned());
    }
    let entries = entries.join(", ");
    (count, Some(Trip::CanaryMissed { asked, missed: missed as u64, entries }))
}

/// The entry and what sort of name it was missed by; the name itself stands on the list.
fn told(canary: &Canary<'_>) -> String {
    let script = script(&canary.name.text).map_or("no letters", |script| script.full_name());
    let quality = match canary.name.quality {
        NameQuality::Primary => "primary name",
        NameQuality::Alias => "alias",
        NameQuality::Native => "native name",
        NameQuality::Former => "former name",
        NameQuality::WeakAlias => "weak alias",
    };
    format!("{} by its {quality} ({script})", canary.listing.reference())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(count: usize) -> Vec<Listing> {
        let entry = |at: usize| {
            let mut listing =
                Listing { list: "t".to_owned(), id: at.to_string(), ..Listing::default() };
            let kind = if at.is_multiple_of(2) { PartyKind::Person } else { PartyKind::Company };
            listing.party.kind = Some(kind);
            let mut name = |text: String, quality| {
                listing.party.names.push(PartyName::new(text, quality));
            };
            name(format!("Volkhov {at}"), NameQuality::Primary);
            name(format!("Meridian {at}"), NameQuality::WeakAlias);
            if at == count / 2 {
                name("Волхов".to_owned(), NameQuality::Native);
            }
            listing
        };
        (0..count).map(entry).collect()
    }

    #[test]
    fn a_long_list_gives_enough_names_spread_over_kinds_scripts_and_qualities() {
        let listings = list(10_000);
        let drawn = draw(&listings);
        assert_eq!(drawn.len(), DRAWN);
        assert_eq!(drawn, draw(&listings), "the same names every time");
        assert!(drawn.iter().any(|canary| canary.name.text == "Волхов"), "the only one");
        assert!(drawn.iter().all(|canary| canary.name.quality.opens_alert()));
        let persons = drawn.iter().filter(|c| c.listing.party.kind == Some(PartyKind::Person));
        assert!((120..=130).contains(&persons.count()));
        let last = drawn.iter().filter_map(|c| c.listing.id.parse::<usize>().ok()).max();
        assert!(last > Some(9_900), "spread to the end: {last:?}");
    }

    #[test]
    fn a_name_many_entries_bear_is_asked_for_once_for_each_sort_of_entry() {
        let mut listings = list(30);
        for listing in &mut listings {
            listing.party.names.truncate(1);
            listing.party.names[0].text = "Volkhov".to_owned();
        }
        assert_eq!(draw(&listings).len(), 2, "a person and a company");
    }

    #[test]
    fn a_short_list_gives_all_its_names_that_open_alerts() {
        assert_eq!(draw(&list(30)).len(), 31);
        assert_eq!(draw(&[]), []);
    }

    #[test]
    fn a_missed_name_trips_and_names_the_entry_and_one_without_words_does_not() {
        let listings = list(3);
        let drawn = draw(&listings);
        let (mut answers, all) = (vec![CanaryAnswer::Hit; drawn.len()], drawn.len() as u64);
        assert_eq!(counted(&drawn, &answers), (CanaryCount { asked: all, hit: all }, None));
        answers[0] = CanaryAnswer::Unsearchable;
        let (count, trip) = counted(&drawn, &answers);
        assert_eq!((count, trip), (CanaryCount { asked: all - 1, hit: all - 1 }, None));
        answers[1] = CanaryAnswer::Missed;
        let (count, trip) = counted(&drawn, &answers);
        assert_eq!(count, CanaryCount { asked: all - 1, hit: all - 2 });
        let told = trip.unwrap().to_string();
        assert!(told.contains(&drawn[1].listing.reference()), "{told}");
        let (_, unanswered) = counted(&drawn, &answers[..1]);
        assert!(unanswered.is_some(), "no answer is a miss");
    }
}
