//! Decides what two sets of stated birth dates say: agreement as far as both are precise, near
//! agreement (day and month exchanged, a year off, about), or conflict.
//!
//! A source may state several dates, a range, or a year alone. The pair that agrees best counts:
//! a publisher that lists three dates says "one of these".

use super::config::EvidenceConfig;
use super::evidence::Finding;
use super::matched::Agreement::{Agree, Conflict};
use crate::party::{DateSpan, PartialDate};

/// What the best pair of dates says; `None` when one side has none.
pub(super) fn births(
    ours: &[DateSpan],
    listed: &[DateSpan],
    config: &EvidenceConfig,
) -> Option<Finding> {
    let pairs = ours.iter().flat_map(|a| listed.iter().map(move |b| (a, b)));
    let findings = pairs.map(|(a, b)| pair(a, b, config));
    findings.reduce(|best, next| if next.share > best.share { next } else { best })
}

fn pair(ours: &DateSpan, listed: &DateSpan, config: &EvidenceConfig) -> Finding {
    let (share, note) = judge(ours, listed, config);
    let verdict = if share < 0.0 { Conflict } else { Agree };
    let (query, candidate) = (ours.to_string(), listed.to_string());
    Finding { verdict, share, query, candidate, note: note.to_owned() }
}

fn judge(a: &DateSpan, b: &DateSpan, config: &EvidenceConfig) -> (f64, &'static str) {
    let single = |span: &DateSpan| span.from == span.to;
    if a.approximate || b.approximate {
        return match years_apart(a, b) {
            0 => (config.birth_year_agrees, "year agrees, one source says about"),
            gap if gap <= config.approximate_years => {
                (config.birth_date_nearly, "about the same year")
            }
            _ => (-config.birth_date_conflicts, "years apart, though one is approximate"),
        };
    }
    if single(a) && single(b) {
        return dates(a.from, b.from, config);
    }
    match years_apart(a, b) {
        0 if overlap(a, b) => (config.birth_year_agrees, "inside the stated range"),
        0 | 1 => (config.birth_date_nearly, "at the edge of the stated range"),
        _ => (-config.birth_date_conflicts, "outside the stated range"),
    }
}

/// Two single dates of any precision.
fn dates(a: PartialDate, b: PartialDate, config: &EvidenceConfig) -> (f64, &'static str) {
    let gap = (a.year() - b.year()).abs();
    if gap > 1 {
        return (-config.birth_date_conflicts, "born years apart");
    }
    if gap == 1 {
        return (config.birth_date_nearly, "year differs by one");
    }
    match (a.month().zip(b.month()), a.day().zip(b.day())) {
        (None, _) => (config.birth_year_agrees, "year agrees"),
        (Some((one, two)), None) if one == two => {
            (config.birth_month_agrees, "year and month agree")
        }
        (Some(_), None) => (-config.birth_day_conflicts, "year agrees, month differs"),
        (Some((m1, m2)), Some((d1, d2))) if m1 == m2 && d1 == d2 => {
            (config.birth_date_agrees, "date agrees")
        }
        (Some((m1, m2)), Some((d1, d2))) if m1 == d2 && d1 == m2 => {
            (config.birth_date_nearly, "day and month exchanged")
        }
        _ => (-config.birth_day_conflicts, "year agrees, day or month differs"),
    }
}

/// Whole years between two spans; 0 when they share a calendar year.
fn years_apart(a: &DateSpan, b: &DateSpan) -> i16 {
    (a.from.year() - b.to.year()).max(b.from.year() - a.to.year()).max(0)
}

fn overlap(a: &DateSpan, b: &DateSpan) -> bool {
    a.from.earliest() <= b.to.latest() && b.from.earliest() <= a.to.latest()
}

#[cfg(test)]
mod tests {
    use super::super::MatchConfig;
    use super::*;

    fn span(text: &str) -> DateSpan {
        let (approximate, text) = match text.strip_prefix('~') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (from, to) = text.split_once('/').unwrap_or((text, text));
        DateSpan { from: from.parse().unwrap(), to: to.parse().unwrap(), approximate }
    }

    #[test]
    fn dates_agree_as_far_as_both_are_precise() {
        let config = MatchConfig::embedded().evidence;
        let cases = [
            ("1970-03-07", "1970-03-07", config.birth_date_agrees),
            ("1970-03-07", "1970-03", config.birth_month_agrees),
            ("1970-03-07", "1970", config.birth_year_agrees),
            ("1970-03-07", "1970-07-03", config.birth_date_nearly), // E-13: day and month swapped
            ("1970-03-07", "1971-03-07", config.birth_date_nearly), // a year off
            ("1970-03-07", "~1972", config.birth_date_nearly),      // circa
            ("1970-03-07", "1968/1971", config.birth_year_agrees),  // a range
            ("1972", "1968/1971", config.birth_date_nearly),
            ("1970-03-07", "1970-11-20", -config.birth_day_conflicts),
            ("1970-03-07", "1985-03-07", -config.birth_date_conflicts),
            ("1970", "~1973", -config.birth_date_conflicts),
            ("1970", "1980/1985", -config.birth_date_conflicts),
        ];
        for (ours, listed, share) in cases {
            let (ours, listed) = (span(ours), span(listed));
            for (a, b) in [(ours, listed), (listed, ours)] {
                assert!((judge(&a, &b, &config).0 - share).abs() < 1e-9, "{a} {b}");
            }
        }
    }

    #[test]
    fn of_several_dates_the_best_pair_counts_and_none_is_no_evidence() {
        let config = MatchConfig::embedded().evidence;
        let listed = [span("1950"), span("1970-03-07")];
        let found = births(&[span("1970-03-07")], &listed, &config).unwrap();
        assert_eq!((found.verdict, found.note.as_str()), (Agree, "date agrees"));
        assert!(births(&[], &listed, &config).is_none());
    }
}
