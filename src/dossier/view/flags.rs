//! Decides the order and the words of the red flags, of what could not be answered, and of what
//! was not screened: gravest first, and no gap hidden behind a flag.

use super::{Label, counted, party_label};
use crate::dossier::{Dossier, ListLine};
use crate::redflag::{RedFlag, Severity, Truth};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A flag as the page shows it.
#[derive(Debug)]
pub(crate) struct FlagView<'a> {
    /// The flag.
    pub(crate) flag: &'a RedFlag,
    /// Whom it is about; `None` for the engagement itself.
    pub(crate) about: Option<Label>,
    /// Word of the severity.
    pub(crate) word: &'static str,
    /// Class of the severity's colour.
    pub(crate) class: &'static str,
    /// What a person may do with it.
    pub(crate) dispositions: &'static [&'static str],
}

/// The flags with one truth, gravest first, in their given order within a severity.
pub(crate) fn flag_views(dossier: &Dossier, truth: Truth) -> Vec<FlagView<'_>> {
    let mut flags: Vec<&RedFlag> =
        dossier.assessment.flags.iter().filter(|flag| flag.truth == truth).collect();
    flags.sort_by_key(|flag| Reverse(flag.severity));
    flags
        .into_iter()
        .map(|flag| FlagView {
            flag,
            about: flag.party.as_deref().map(|p| party_label(dossier, p)),
            word: flag.severity.word(),
            class: severity_class(flag.severity),
            dispositions: dispositions(flag.severity),
        })
        .collect()
}

fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Prohibited => "s-p",
        Severity::High => "s-h",
        Severity::Hold => "s-hold",
        Severity::Medium => "s-m",
        Severity::Notify | Severity::Indicator => "s-n",
    }
}

/// A prohibition is never approved away: only the fact can be corrected (requirements, 6.2).
fn dispositions(severity: Severity) -> &'static [&'static str] {
    match severity {
        Severity::Prohibited => &["fact corrected", "upheld"],
        Severity::Notify | Severity::Indicator => &["noted", "upheld"],
        Severity::Medium | Severity::Hold | Severity::High => {
            &["addressed", "mitigated, with condition", "upheld"]
        }
    }
}

/// A count in the header strip.
#[derive(Debug)]
pub(crate) struct Tally {
    /// "2 high", "1 not screened".
    pub(crate) text: String,
    /// Class of its colour.
    pub(crate) class: &'static str,
    /// Where on the page it is explained.
    pub(crate) anchor: &'static str,
}

/// What the header strip counts: flags by severity, open questions, gaps, matches.
pub(crate) fn tallies(dossier: &Dossier, gap_count: usize) -> Vec<Tally> {
    let flags = &dossier.assessment.flags;
    let count = |severity, truth| {
        flags.iter().filter(|f| f.severity == severity && f.truth == truth).count()
    };
    let mut tallies: Vec<Tally> = [
        Severity::Prohibited,
        Severity::High,
        Severity::Hold,
        Severity::Medium,
        Severity::Notify,
        Severity::Indicator,
    ]
    .into_iter()
    .map(|severity| (severity, count(severity, Truth::True)))
    .filter(|(_, count)| *count > 0)
    .map(|(severity, count)| Tally {
        text: format!("{count} {}", severity.word()),
        class: severity_class(severity),
        anchor: "why",
    })
    .collect();
    let open = flags.iter().filter(|f| f.truth == Truth::Unknown).count();
    let matches = dossier.assessment.matches.len();
    let mut add = |count: usize, text: String, class, anchor| {
        if count > 0 {
            tallies.push(Tally { text, class, anchor });
        }
    };
    add(open, format!("{open} unanswered"), "s-q", "unanswered");
    add(gap_count, format!("{gap_count} not screened"), "s-gap", "gaps");
    add(matches, counted(matches, "match", "matches"), "s-n", "matches");
    tallies
}

/// Something that was not, or not fully, screened.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    /// The party or the list.
    pub(crate) what: Label,
    /// Why.
    pub(crate) reason: String,
}

/// Everything that was not screened: what the assessment says, then involved parties and lists
/// that say so themselves and are not among those. No party and no list at all are gaps too.
pub(crate) fn gaps(dossier: &Dossier) -> Vec<Gap> {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let mut gaps = Vec::new();
    for line in &dossier.assessment.not_screened {
        named.insert(&line.what);
        let list = dossier.certificate.lists.iter().find(|list| list.list == line.what);
        let what = list.map_or_else(|| party_label(dossier, &line.what), list_label);
        gaps.push(Gap { what, reason: line.reason.clone() });
    }
    for line in &dossier.involved {
        if let Some(reason) = &line.not_screened
            && named.insert(&line.party)
        {
            gaps.push(Gap { what: party_label(dossier, &line.party), reason: reason.clone() });
        }
    }
    for list in &dossier.certificate.lists {
        if !list.is_current() && named.insert(&list.list) {
            gaps.push(Gap { what: list_label(list), reason: format!("list {}", list.state) });
        }
    }
    if dossier.certificate.lists.is_empty() {
        gaps.push(gap("Every list", "no list was relied on"));
    }
    if dossier.involved.is_empty() && gaps.is_empty() {
        gaps.push(gap("Every party", "nobody was screened"));
    }
    gaps
}

fn gap(what: &str, reason: &str) -> Gap {
    Gap { what: Label { caption: String::new(), id: what.to_owned() }, reason: reason.to_owned() }
}

fn list_label(list: &ListLine) -> Label {
    Label { caption: list.title.clone(), id: list.list.clone() }
}
