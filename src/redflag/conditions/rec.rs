//! Decides the record and reputation flags (REC).

use crate::redflag::Evidence;
use crate::redflag::facts::{Facts, Finding, InvolvedFacts};
use crate::screening::Match;
use crate::watchlist::Topic;

/// REC-01: anybody screened matches a firm debarred by a development bank, and it has not ended.
/// A list that does not say who debarred leaves it open.
pub(super) fn debarred(facts: &Facts<'_>) -> Vec<Finding> {
    let found =
        |involved| debarred_party(facts, involved).or_else(|| unattributed(facts, involved));
    facts.involved.iter().filter_map(found).collect()
}

/// Matches with debarments that have not ended.
fn running<'f>(
    facts: &'f Facts<'_>,
    involved: &'f InvolvedFacts<'_>,
) -> impl Iterator<Item = &'f Match> {
    involved.matches().iter().filter(|found| {
        found.listing.topics.contains(&Topic::Debarment)
            && found.listing.ends_on.is_none_or(|end| end.latest() >= facts.date)
    })
}

fn debarred_party(facts: &Facts<'_>, involved: &InvolvedFacts<'_>) -> Option<Finding> {
    let authorities = &facts.policy.debarring_authorities;
    let by_bank = |found: &&Match| {
        found.listing.authority.as_ref().is_some_and(|a| authorities.value.contains(a))
    };
    let matches: Vec<&Match> = running(facts, involved).filter(by_bank).collect();
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

fn unattributed(facts: &Facts<'_>, involved: &InvolvedFacts<'_>) -> Option<Finding> {
    let open = running(facts, involved).find(|found| found.listing.authority.is_none())?;
    let because = format!(
        "{} resembles '{}', debarred; the list does not say by whom",
        involved.words(),
        open.listing.party.caption()
    );
    let needs = vec![format!("debarring authority of {}", open.listing.reference())];
    let mut finding = Finding::unknown(Some(&involved.record.id), because, needs);
    finding.evidence.push(Evidence::of_match(open));
    Some(finding)
}
