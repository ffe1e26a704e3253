//! Decides the answer for one subject from its facts: which flags are raised, what could not be
//! answered, and with that outcome, verdict and rating.
//!
//! Fails closed: whatever was not screened or cannot be answered keeps the gate shut. Nothing
//! lowers a flag; good facts do not subtract from bad ones.

use super::catalogue::{About, Catalogue, Entry, WhenUnknown};
use super::conditions;
use super::facts::{Facts, Finding, InvolvedFacts};
use super::open_questions::open_questions;
use super::{
    Assessment, MatchLine, NotScreenedLine, Outcome, RedFlag, Severity, Truth, Unknown, Verdict,
};
use crate::intake::Subject;
use crate::screening::Match;
use crate::watchlist::Topic;
use std::cmp::Reverse;

/// The answer for one subject.
#[must_use]
pub fn assess(facts: &Facts<'_>, catalogue: &Catalogue) -> Assessment {
    let raised = raise(facts, catalogue);
    let mut not_screened = unscreened(facts);
    let unanswered = raised.iter().filter(|(entry, flag)| {
        flag.truth == Truth::Unknown && entry.when_unknown == WhenUnknown::Hold
    });
    not_screened.extend(unanswered.map(|(_, flag)| NotScreenedLine {
        what: flag.code.clone(),
        reason: format!("not answered: {}", flag.because),
    }));
    let about_subject = raised.iter().any(|(entry, flag)| {
        entry.about != About::Run && flag.truth == Truth::True && flag.severity > Severity::Notify
    });
    let gravest = raised
        .iter()
        .filter(|(_, flag)| flag.truth == Truth::True)
        .map(|(_, flag)| flag.severity)
        .max();
    let outcome = match (about_subject, not_screened.is_empty()) {
        (true, _) => Outcome::Flagged,
        (false, false) => Outcome::NotScreened,
        (false, true) => Outcome::Clear,
    };
    let verdict = match (gravest, outcome) {
        (Some(Severity::Prohibited), _) => Verdict::Block,
        (_, Outcome::Clear) => Verdict::Pass,
        _ => Verdict::Hold,
    };
    let mut flags: Vec<RedFlag> = raised.into_iter().map(|(_, flag)| flag).collect();
    flags.sort_by(|a, b| order(a).cmp(&order(b)));
    let matches = match_lines(facts);
    Assessment {
        engagement: facts.engagement.map(|engagement| engagement.id.clone()),
        party: facts.subject().map(|subject| subject.record.id.clone()),
        caption: facts.subject().map_or("", |s| s.record.party.caption()).to_owned(),
        manager: facts.engagement.and_then(|engagement| engagement.manager.clone()),
        outcome,
        verdict,
        rating: gravest.map_or("none", Severity::word).to_owned(),
        unknown: open_questions(&flags, &matches),
        flags,
        matches,
        not_screened,
    }
}

/// The answer for a row that was refused.
#[must_use]
pub fn quarantined(subject: &Subject, reason: &str) -> Assessment {
    let what = format!("{} row {}", subject.row.file, subject.row.row);
    Assessment {
        engagement: subject.engagement.clone(),
        party: subject.party.clone(),
        caption: String::new(),
        manager: None,
        outcome: Outcome::Quarantined,
        verdict: Verdict::Hold,
        rating: "none".to_owned(),
        flags: Vec::new(),
        matches: Vec::new(),
        not_screened: vec![NotScreenedLine { what, reason: reason.to_owned() }],
        unknown: Vec::<Unknown>::new(),
    }
}

/// Gravest first; raised before unanswered; then by code and party.
fn order(flag: &RedFlag) -> (Reverse<Truth>, Reverse<Severity>, &str, Option<&str>) {
    (Reverse(flag.truth), Reverse(flag.severity), &flag.code, flag.party.as_deref())
}

fn raise<'c>(facts: &Facts<'_>, catalogue: &'c Catalogue) -> Vec<(&'c Entry, RedFlag)> {
    let agent = facts.role_is_one_of(&facts.policy.agent_roles.value) == Truth::True
        || facts.engagement.and_then(|engagement| engagement.acts_on_behalf) == Some(true);
    let asked = conditions::ALL
        .iter()
        .filter_map(|(code, condition)| Some((*code, condition, catalogue.get(code)?)));
    asked
        .flat_map(|(code, condition, entry)| {
            condition(facts).into_iter().map(move |found| (entry, flag(code, entry, agent, found)))
        })
        .collect()
}

fn flag(code: &str, entry: &Entry, agent: bool, found: Finding) -> RedFlag {
    let severity = match entry.severity_for_agents {
        Some(severity) if agent => severity,
        _ => entry.severity,
    };
    RedFlag {
        code: code.to_owned(),
        severity,
        truth: found.truth,
        party: found.party,
        title: entry.title.clone(),
        because: sentence(&found.because),
        clause: entry.clause.clone(),
        evidence: found.evidence,
        settles: entry.settles.clone(),
        needs: found.needs,
    }
}

/// The text with its first letter in upper case.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Parties that could not be screened, rows that were refused, lists that cannot be relied on.
fn unscreened(facts: &Facts<'_>) -> Vec<NotScreenedLine> {
    let mut lines = Vec::new();
    for involved in &facts.involved {
        let id = || involved.record.id.clone();
        if let Err(reason) = involved.screened {
            lines.push(NotScreenedLine { what: id(), reason: reason.to_string() });
        }
        let gaps = involved.gaps.iter();
        lines.extend(gaps.map(|reason| NotScreenedLine { what: id(), reason: reason.clone() }));
    }
    lines.extend(facts.involved.iter().flat_map(unjudged));
    let ties = facts.unattributed.iter();
    lines.extend(ties.map(|reason| NotScreenedLine {
        what: "portfolio".to_owned(),
        reason: format!("a tie that was refused may concern this subject: {reason}"),
    }));
    let lists = facts.unreliable_lists.iter();
    lines.extend(lists.map(|(list, reason)| NotScreenedLine {
        what: list.clone(),
        reason: format!("list {reason}"),
    }));
    lines
}

/// Topics that a condition judges, as raised or as not raised.
const JUDGED: [Topic; 3] = [Topic::Sanction, Topic::Pep, Topic::Debarment];

/// Matches with entries that no condition judges: a person must look, the gate stays shut.
fn unjudged(involved: &InvolvedFacts<'_>) -> impl Iterator<Item = NotScreenedLine> {
    let judged = |found: &Match| JUDGED.iter().any(|topic| found.listing.topics.contains(topic));
    involved.matches().iter().filter(move |found| !judged(found)).map(|found| {
        let listing = &found.listing;
        let topics: Vec<&str> = listing.topics.iter().map(Topic::code).collect();
        let topics = if topics.is_empty() { "no topic".to_owned() } else { topics.join(", ") };
        NotScreenedLine {
            what: involved.record.id.clone(),
            reason: format!(
                "resembles '{}' ({}: {topics}), which no flag judges: a person must",
                listing.party.caption(),
                listing.reference()
            ),
        }
    })
}

/// Matches best first; ties by party and listing.
fn match_lines(facts: &Facts<'_>) -> Vec<MatchLine> {
    let mut lines: Vec<MatchLine> = facts
        .involved
        .iter()
        .flat_map(|involved| {
            involved
                .matches()
                .iter()
                .map(|found| MatchLine::new(&involved.record.id, involved.role, found))
        })
        .collect();
    lines.sort_by(|a, b| {
        let tie = || (&a.party, &a.listing).cmp(&(&b.party, &b.listing));
        b.score.total_cmp(&a.score).then_with(tie)
    });
    lines
}
