//! Decides the record and reputation flags (REC).

use crate::redflag::Evidence;
use crate::redflag::facts::{Facts, Finding, InvolvedFacts};
use crate::screening::Match;
use crate::watchlist::Topic;

/// REC-01: anybody screened matches a firm debarred by a development bank, and it has not ended.
/// Who was debarred by nobody knows whom, or by somebody the policy does not name, leaves it open.
pub(super) fn debarred(facts: &Facts<'_>) -> Vec<Finding> {
    let found = |involved| debarred_party(facts, involved).or_else(|| by_another(facts, involved));
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

/// A debarment none of the policy's banks decided: a match must not end as if nothing was found.
fn by_another(facts: &Facts<'_>, involved: &InvolvedFacts<'_>) -> Option<Finding> {
    let open = running(facts, involved).next()?;
    let (by_whom, need) = match &open.listing.authority {
        None => ("the list does not say by whom".to_owned(), "debarring authority of"),
        Some(authority) => (
            format!("by {authority}, whose debarments the policy does not name"),
            "what counts for us of the debarment of",
        ),
    };
    let because = format!(
        "{} resembles '{}', debarred; {by_whom}",
        involved.words(),
        open.listing.party.caption()
    );
    let needs = vec![format!("{need} {}", open.listing.reference())];
    let mut finding = Finding::unknown(Some(&involved.record.id), because, needs);
    finding.evidence.push(Evidence::of_match(open));
    Some(finding)
}
