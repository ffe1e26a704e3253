//! Decides the shell and capacity flags (SHL).

use crate::party::{PartialDate, PartyKind};
use crate::redflag::Evidence;
use crate::redflag::facts::{Facts, Finding};
use jiff::civil::Date;

/// SHL-01: the subject is a company younger than a year when the contract starts. A date known to
/// the year or month only may leave it open.
pub(super) fn newly_incorporated(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(subject) = facts.subject() else { return Vec::new() };
    let applies = subject.record.party.kind.is_none_or(PartyKind::is_organisation);
    if !applies {
        return Vec::new();
    }
    let id = subject.record.id.as_str();
    let needs = vec![format!("incorporation date of {id}")];
    let Some(incorporated) = subject.record.incorporation_date else {
        let because = format!("the incorporation date of {} is not given", subject.words());
        return vec![Finding::unknown(Some(id), because, needs)];
    };
    let starts = facts
        .engagement
        .and_then(|engagement| engagement.start_date)
        .unwrap_or_else(|| PartialDate::from(facts.date));
    let limit = &facts.policy.new_company_days;
    let youngest = days(incorporated.latest(), starts.earliest());
    let oldest = days(incorporated.earliest(), starts.latest());
    if youngest >= i64::from(limit.value) {
        return Vec::new();
    }
    if oldest >= i64::from(limit.value) {
        let because = format!(
            "incorporated {incorporated}, contract from {starts}: between {youngest} and {oldest} days"
        );
        return vec![Finding::unknown(Some(id), because, needs)];
    }
    let row = &subject.record.row;
    let evidence = vec![
        Evidence::new(
            "incorporation date",
            incorporated.to_string(),
            format!("{} row {}", row.file, row.row),
        ),
        Evidence::new("limit", format!("{} days", limit.value), limit.reference()),
    ];
    let because = if oldest < 0 {
        format!("{}: incorporated {incorporated}, after the start on {starts}", subject.words())
    } else {
        format!(
            "{} was incorporated {incorporated}, {oldest} days before {starts}",
            subject.words()
        )
    };
    vec![Finding::yes(Some(id), because, evidence)]
}

fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}
