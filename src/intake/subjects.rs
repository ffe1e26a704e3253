//! Decides what a run owes an outcome for: every engagement, then every row of a party table that
//! no engagement reaches, both in input order. So nobody in the portfolio is left without an
//! answer, and outcomes add up: one a subject.
//!
//! An engagement reaches its party and everybody involved for it. It also answers for a refused
//! row that it names or that a refused tie joins to somebody it reaches: the gap there keeps it
//! from being clear. An engagement row that is itself refused still answers for whom it names.

use super::involved::Ties;
use super::model::{Intake, Subject};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Who engagements answer for, as the tables say it.
#[derive(Debug, Default)]
pub(super) struct Engaged {
    /// Party ids named by engagement rows, refused or not.
    pub(super) named: BTreeSet<String>,
    /// Ends of the ties that were refused.
    pub(super) refused_ties: Vec<(String, String)>,
}

/// The party rows that no engagement reaches. Without engagements these are all of them.
pub(super) fn unreached(intake: &Intake, engaged: &Engaged, rows: Vec<Subject>) -> Vec<Subject> {
    if engaged.named.is_empty() {
        return rows;
    }
    let ties = Ties::new(intake);
    let mut reached = engaged.named.clone();
    for party in &engaged.named {
        // Who is involved does not depend on the date, only who is former.
        let involvement = ties.involved(party, Date::MIN);
        reached.extend(involvement.parties.into_iter().map(|involved| involved.party));
    }
    let refused = |id: &&String| !intake.parties.contains_key(*id);
    let beside = |(from, to): &'_ (String, String)| {
        let joined = [(from, to), (to, from)].into_iter().find(|(at, _)| reached.contains(*at));
        joined.map(|(_, other)| other).filter(refused).cloned()
    };
    let beside: Vec<String> = engaged.refused_ties.iter().filter_map(beside).collect();
    reached.extend(beside);
    let is_reached = |row: &Subject| row.party.as_ref().is_some_and(|id| reached.contains(id));
    rows.into_iter().filter(|row| !is_reached(row)).collect()
}
