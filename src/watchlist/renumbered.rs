//! Decides whether a publisher has given new numbers to entries that are still there.
//!
//! Decisions, clearances and comparisons hang on the publisher's identifiers. When many of them
//! vanish and what they stood for is found under others, every such entry would look removed and
//! added, and no earlier decision would be found again: somebody has to look first.

use super::trip::Trip;
use super::{Listing, fingerprint};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Fewest entries with new numbers that hold an edition: in a list of ten one or two may have been
/// replaced by hand.
const FEWEST: u64 = 3;

/// A trip when more than the limit of the identifiers of the edition before are gone while their
/// content stands under identifiers that are new.
pub(super) fn renumbered(
    limit_percent: f64,
    before: &[Listing],
    found: &[Listing],
) -> Option<Trip> {
    let ids = |listings: &[Listing]| -> BTreeSet<String> {
        listings.iter().map(|listing| listing.id.clone()).collect()
    };
    let (known, kept) = (ids(before), ids(found));
    let vanished: Vec<&Listing> = before.iter().filter(|old| !kept.contains(&old.id)).collect();
    // Nothing to compute on an ordinary day.
    if !is_over(limit_percent, vanished.len() as u64, known.len() as u64) {
        return None;
    }
    let new: Vec<&Listing> = found.iter().filter(|new| !known.contains(&new.id)).collect();
    let contents: BTreeSet<[String; 2]> = new.par_iter().map(|new| signs(new)).collect();
    let (whole, brief): (BTreeSet<_>, BTreeSet<_>) =
        contents.into_iter().map(|[whole, brief]| (whole, brief)).unzip();
    let still_there = vanished.par_iter().filter(|old| {
        let [content, who] = signs(old);
        whole.contains(&content) || brief.contains(&who)
    });
    let (renumbered, of) = (still_there.count() as u64, known.len() as u64);
    is_over(limit_percent, renumbered, of).then_some(Trip::Renumbered {
        renumbered,
        of,
        limit_percent,
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn is_over(limit_percent: f64, part: u64, of: u64) -> bool {
    part >= FEWEST && part as f64 * 100.0 > limit_percent * of as f64
}

/// What an entry is recognised by under another identifier: all it means, or its first name and
/// its dates of birth.
pub(super) fn signs(listing: &Listing) -> [String; 2] {
    let mut births: Vec<String> =
        listing.party.birth_dates.iter().map(ToString::to_string).collect();
    births.sort();
    let caption = listing.party.caption().split_whitespace().collect::<Vec<_>>().join(" ");
    [fingerprint(listing), format!("{caption}\n{}", births.join("\n"))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party::{NameQuality, PartyName};

    /// `count` entries with names of their own; the identifiers from `first` on.
    fn list(first: usize, count: usize) -> Vec<Listing> {
        let entry = |at: usize| {
            let mut listing = Listing { id: format!("{}", first + at), ..Listing::default() };
            let name = format!("Volkhov {at} Trading");
            listing.party.names.push(PartyName::new(name, NameQuality::Primary));
            listing
        };
        (0..count).map(entry).collect()
    }

    /// The first `changed` of a hundred entries with other identifiers.
    fn with_new_numbers(changed: usize) -> Vec<Listing> {
        let mut listings = list(0, 100);
        listings.iter_mut().take(changed).for_each(|listing| listing.id.insert_str(0, "new-"));
        listings
    }

    #[test]
    fn ten_of_a_hundred_pass_and_eleven_do_not() {
        assert_eq!(renumbered(10.0, &list(0, 100), &with_new_numbers(10)), None);
        let held = renumbered(10.0, &list(0, 100), &with_new_numbers(11)).unwrap();
        assert_eq!(held, Trip::Renumbered { renumbered: 11, of: 100, limit_percent: 10.0 });
        assert!(held.to_string().contains("11 of 100"), "{held}");
    }

    #[test]
    fn entries_that_are_gone_or_others_are_no_new_numbers() {
        let fewer: Vec<Listing> = list(0, 100).into_iter().skip(50).collect();
        assert_eq!(renumbered(10.0, &list(0, 100), &fewer), None, "removed");
        let mut others = with_new_numbers(50);
        let names = others.iter_mut().take(50).map(|listing| &mut listing.party.names[0]);
        names.for_each(|name| name.text.push_str(" II"));
        assert_eq!(renumbered(10.0, &list(0, 100), &others), None, "replaced");
    }

    #[test]
    fn an_entry_is_known_by_its_first_name_and_birth_when_the_rest_changed() {
        let mut amended = with_new_numbers(20);
        amended.iter_mut().for_each(|listing| listing.remarks.push("amended".to_owned()));
        assert!(renumbered(10.0, &list(0, 100), &amended).is_some());
        for listing in amended.iter_mut().take(20) {
            listing
                .party
                .birth_dates
                .push("1970".parse::<crate::party::PartialDate>().unwrap().into());
        }
        assert_eq!(renumbered(10.0, &list(0, 100), &amended), None, "born another day");
    }

    #[test]
    fn a_tiny_list_may_have_two_entries_replaced() {
        let mut two = list(0, 5);
        two.iter_mut().take(2).for_each(|listing| listing.id.push('x'));
        assert_eq!(renumbered(10.0, &list(0, 5), &two), None);
        two.iter_mut().take(3).for_each(|listing| listing.id.push('y'));
        assert!(renumbered(10.0, &list(0, 5), &two).is_some());
    }
}
