//! Asks each list for names that are surely on it, in every run: a list whose own entries are not
//! found clears nobody.

use crate::screening::Screener;
use crate::watchlist::Listing;
use serde::Serialize;

/// How many entries of each list are asked for.
const PER_LIST: usize = 25;

/// What became of the planted names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Canaries {
    /// Names asked for.
    pub asked: usize,
    /// Names whose own entry was found.
    pub found: usize,
    /// List and id of entries that were not.
    pub missed: Vec<(String, String)>,
}

/// Entries spread evenly over a list.
pub(super) fn sample(listings: &[Listing]) -> Vec<Listing> {
    let step = listings.len().div_ceil(PER_LIST).max(1);
    listings.iter().step_by(step).cloned().collect()
}

/// Asks for each sampled entry by all it says about itself.
pub(super) fn check(screener: &Screener, sample: &[(String, Vec<Listing>)]) -> Canaries {
    let mut canaries = Canaries::default();
    for (list, listings) in sample {
        for listing in listings {
            canaries.asked += 1;
            let own = |found: &crate::screening::Match| {
                found.listing.list == *list && found.listing.id == listing.id
            };
            if screener.screen(&listing.party).is_ok_and(|matches| matches.iter().any(own)) {
                canaries.found += 1;
            } else {
                canaries.missed.push((list.clone(), listing.id.clone()));
            }
        }
    }
    canaries
}
