//! Decides the record and reputation flags (REC).

use crate::redflag::Evidence;
use crate::redflag::facts::{Facts, Finding, InvolvedFacts};
use crate::screening::Match;
use crate::watchlist::{Listing, Topic};

/// REC-01: anybody screened matches a firm debarred by a development bank, and it has not ended.
pub(super) fn debarred(facts: &Facts<'_>) -> Vec<Finding> {
    facts.involved.iter().filter_map(|involved| debarred_party(facts, involved)).collect()
}

fn debarred_party(facts: &Facts<'_>, involved: &InvolvedFacts<'_>) -> Option<Finding> {
    let authorities = &facts.policy.debarring_authorities;
    let counts = |listing: &Listing| {
        let by_bank = listing.authority.as_ref().is_some_and(|a| authorities.value.contains(a));
        let running = listing.ends_on.is_none_or(|end| end.latest() >= facts.date);
        listing.topics.contains(&Topic::Debarment) && by_bank && running
    };
    let matches: Vec<&Match> =
        involved.matches().iter().filter(|found| counts(&found.listing)).collect();
    let best = matches.first()?;
    let authority = best.listing.authority.as_deref().unwrap_or_default();
    let until = best
        .listing
        .ends_on
        .map_or("without a stated end".to_owned(), |end| format!("until {end}"));
    let because = format!(
        "{} resembles '{}', debarred by the {authority} {until}; identity {} ({:.2})",
        involved.words(),
        best.listing.party.caption(),
        best.band.as_str(),
        best.score,
    );
    let mut evidence: Vec<Evidence> = matches.iter().map(|m| Evidence::of_match(m)).collect();
    evidence.push(Evidence::new("authority", authority, authorities.reference()));
    Some(Finding::yes(Some(&involved.record.id), because, evidence))
}
