//! Asks each list for names that are surely on it, in every run: a list whose own entries are not
//! found clears nobody.

use crate::screening::{NotScreened, Screener};
use crate::watchlist::Listing;
use rayon::prelude::*;
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

/// Asks each list for its sampled entries by all they say about themselves.
pub(super) fn check(screener: &Screener, sample: &[(String, Vec<Listing>)]) -> Canaries {
    let planted: Vec<(&String, &Listing)> =
        sample.iter().flat_map(|(list, all)| all.iter().map(move |one| (list, one))).collect();
    let found: Vec<bool> = planted.par_iter().map(|(_, one)| is_found(screener, one)).collect();
    let missed = planted.iter().zip(&found).filter(|(_, found)| !**found);
    Canaries {
        asked: planted.len(),
        found: found.iter().filter(|found| **found).count(),
        missed: missed.map(|((list, one), _)| ((*list).clone(), one.id.clone())).collect(),
    }
}

/// An entry without a name that can be searched cannot be missed by name: its import said so. Nor
/// does one with a name no party may have, such as a whole paragraph, say anything of the index.
fn is_found(screener: &Screener, listing: &Listing) -> bool {
    let found = screener.finds(listing);
    matches!(found, Ok(true) | Err(NotScreened::NoName | NotScreened::NameTooLong { .. }))
}
