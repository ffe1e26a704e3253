//! Decides the ownership and control flags (OWN).

use crate::ownership::{BlockedEntity, Holding, Verdict};
use crate::redflag::facts::{Facts, Finding, InvolvedFacts};
use crate::redflag::{Evidence, Truth};
use crate::screening::Match;
use crate::watchlist::Topic;

/// OWN-01: anybody screened matches a sanctioned party. Identity confidence is told, not judged:
/// every match that reached the alert threshold counts.
pub(super) fn sanctioned(facts: &Facts<'_>) -> Vec<Finding> {
    facts.involved.iter().filter_map(sanctioned_party).collect()
}

fn sanctioned_party(involved: &InvolvedFacts<'_>) -> Option<Finding> {
    let listed = |found: &&Match| found.listing.topics.contains(&Topic::Sanction);
    let matches: Vec<&Match> = involved.matches().iter().filter(listed).collect();
    let best = matches.first()?;
    let mut evidence: Vec<Evidence> = matches.iter().map(|m| Evidence::of_match(m)).collect();
    if !best.listing.programmes.is_empty() {
        let reference = best.listing.reference();
        evidence.push(Evidence::new("programme", best.listing.programmes.join(", "), reference));
    }
    evidence.extend(involved.path.iter().map(|tie| Evidence::new("tie", tie, "portfolio")));
    let because = format!(
        "{} resembles '{}' on {}, identity {} ({:.2})",
        involved.words(),
        best.listing.party.caption(),
        best.listing.list,
        best.band.as_str(),
        best.score,
    );
    Some(Finding::yes(Some(&involved.record.id), because, evidence))
}

/// OWN-02: blocked persons own anybody screened to the threshold.
pub(super) fn fifty_percent(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .involved
        .iter()
        .filter_map(|involved| {
            let blocked = facts.blocked.get(&involved.record.id)?;
            Some(owned(facts, involved, blocked))
        })
        .collect()
}

fn owned(facts: &Facts<'_>, involved: &InvolvedFacts<'_>, blocked: &BlockedEntity) -> Finding {
    let threshold = &facts.policy.ownership_threshold_percent;
    let id = involved.record.id.as_str();
    let owners: Vec<&str> = blocked.holdings.iter().map(|h| h.owner.as_str()).collect();
    let mut evidence: Vec<Evidence> = blocked.holdings.iter().map(holding).collect();
    evidence.push(Evidence::new(
        "threshold",
        format!("{} % or more", threshold.value),
        threshold.reference(),
    ));
    match blocked.verdict {
        Verdict::Proven => Finding::yes(
            Some(id),
            format!(
                "blocked parties ({}) together own at least {} % of {}",
                owners.join(", "),
                blocked.lower,
                involved.words()
            ),
            evidence,
        ),
        Verdict::Possible => Finding {
            truth: Truth::Unknown,
            party: Some(id.to_owned()),
            because: format!(
                "blocked parties ({}) own between {} % and {} % of {}",
                owners.join(", "),
                blocked.lower,
                blocked.upper,
                involved.words()
            ),
            evidence,
            needs: blocked.holdings.iter().map(|holding| question(holding, id)).collect(),
        },
    }
}

/// What leaves a holding open: its share, or when that is exact, whether the owner is the one
/// that is listed.
fn question(holding: &Holding, entity: &str) -> String {
    if holding.stated && holding.lower >= holding.upper {
        format!("identity of {}", holding.owner)
    } else {
        format!("share of {} in {entity}", holding.owner)
    }
}

fn holding(holding: &Holding) -> Evidence {
    let share = if !holding.stated {
        format!("{}: share not stated", holding.owner)
    } else if (holding.lower - holding.upper).abs() < f64::EPSILON {
        format!("{}: {} %", holding.owner, holding.lower)
    } else {
        format!("{}: {} % to {} %", holding.owner, holding.lower, holding.upper)
    };
    Evidence::new("share", share, holding.rows.join("; "))
}
