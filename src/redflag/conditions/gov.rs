//! Decides the government-connection flags (GOV).

use crate::officials::{OfficialFinding, listed_official as official};
use crate::redflag::Evidence;
use crate::redflag::facts::{Facts, Finding, InvolvedFacts};
use crate::screening::Match;

/// GOV-01: anybody screened matches a listed official whose office counts on the run date.
pub(super) fn listed_official(facts: &Facts<'_>) -> Vec<Finding> {
    facts.involved.iter().filter_map(|involved| listed_party(facts, involved)).collect()
}

fn listed_party(facts: &Facts<'_>, involved: &InvolvedFacts<'_>) -> Option<Finding> {
    let look_back = &facts.policy.official_look_back_years;
    let offices: Vec<(&Match, OfficialFinding)> = involved
        .matches()
        .iter()
        .filter_map(|found| Some((found, official(&found.listing, facts.date, &look_back.value)?)))
        .filter(|(_, finding)| finding.counts)
        .collect();
    let (best, office) = offices.first()?;
    let because = format!(
        "{} resembles '{}' on {}: {}; identity {} ({:.2})",
        involved.words(),
        best.listing.party.caption(),
        best.listing.list,
        office.standing.words(),
        best.band.as_str(),
        best.score,
    );
    let mut evidence = Vec::new();
    for (found, finding) in &offices {
        evidence.push(Evidence::of_match(found));
        let reference = found.listing.reference();
        evidence.push(Evidence::new("office", finding.standing.words(), reference));
    }
    evidence.push(Evidence::new("look-back", look_back.title.clone(), look_back.reference()));
    Some(Finding::yes(Some(&involved.record.id), because, evidence))
}
