//! Decides what the portfolio looks like at a glance: how many subjects came out how, which lists
//! that rests on, and every subject in one table, gravest first.
//!
//! One file that works offline. Without scripts every row is visible; with them the table can be
//! filtered and sorted. Rows that were quarantined are rows like any other: nothing is left out.

use super::view::{self, ListView};
use super::{IndexRow, ListLine, RenderError, filters, page};
use crate::redflag::{Outcome, Verdict};
use askama::Template;
use std::cmp::Reverse;
use std::collections::BTreeSet;

const STYLE: &str = include_str!("../../templates/index/index.css");
const SCRIPT: &str = include_str!("../../templates/index/index.js");

/// Characters of the reason a row shows; the dossier has it all.
const REASON_CHARS: usize = 180;

/// Flag codes a row names before it counts the rest.
const CODES_SHOWN: usize = 4;

/// What a run was and what it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunSummary {
    /// What was screened: the portfolio's name.
    pub portfolio: String,
    /// Date the run was made for.
    pub run_date: String,
    /// Name and version of the engine.
    pub engine: String,
    /// SHA-256 over the input files.
    pub input_sha256: String,
    /// SHA-256 over policy, catalogue, matching configuration and list declarations.
    pub policy_sha256: String,
    /// Lists relied on.
    pub lists: Vec<ListLine>,
    /// Entries in the run's list of rejects.
    pub rejects: u64,
}

#[derive(Template)]
#[template(path = "index/page.html")]
struct IndexPage<'a> {
    run: &'a RunSummary,
    policy: String,
    style: String,
    script: &'static str,
    total: usize,
    outcomes: Vec<Card>,
    verdicts: Vec<Card>,
    lists: Vec<ListView<'a>>,
    stale_lists: usize,
    managers: BTreeSet<&'a str>,
    rows: Vec<RowView<'a>>,
}

/// A count of subjects and its share of the bar.
#[derive(Debug)]
struct Card {
    value: &'static str,
    label: &'static str,
    class: &'static str,
    count: usize,
    /// Left end and length of its piece of the bar, in thousandths.
    from: usize,
    length: usize,
}

/// A subject's row.
#[derive(Debug)]
struct RowView<'a> {
    row: &'a IndexRow,
    number: usize,
    outcome: &'static str,
    class: &'static str,
    rank: u8,
    severity: u8,
    codes: String,
    more: usize,
    unanswered: usize,
    reason: String,
    score: String,
    link: Option<&'a str>,
}

/// The page over all subjects of a run, gravest first, in input order among equals.
///
/// A row's dossier becomes a link only when it is a plain relative path.
///
/// # Errors
/// [`RenderError::Page`] when the template fails, which no value of these types causes.
pub fn index_page(rows: &[IndexRow], run: &RunSummary) -> Result<String, RenderError> {
    let foot = format!(
        "Run {}  Input {}",
        run.run_date,
        run.input_sha256.chars().take(16).collect::<String>()
    );
    let style = page::style(STYLE, &run.portfolio, "Due-diligence screening", &foot);
    let mut views: Vec<RowView<'_>> =
        rows.iter().enumerate().map(|(i, row)| row_view(i + 1, row)).collect();
    views.sort_by_key(|view| (Reverse(view.rank), Reverse(view.severity), view.number));
    let lists: Vec<ListView<'_>> =
        run.lists.iter().map(|line| view::list_view(line, &run.run_date)).collect();
    let page = IndexPage {
        run,
        policy: page::content_security_policy(&style, Some(SCRIPT)),
        style,
        script: SCRIPT,
        total: rows.len(),
        outcomes: cards(
            rows.len(),
            Outcome::ALL.map(|outcome| {
                let count = rows.iter().filter(|row| row.outcome == outcome).count();
                (outcome.as_str(), view::outcome_words(outcome), outcome_class(outcome), count)
            }),
        ),
        verdicts: cards(
            rows.len(),
            [Verdict::Pass, Verdict::Hold, Verdict::Block].map(|verdict| {
                let count = rows.iter().filter(|row| row.verdict == verdict).count();
                (verdict.as_str(), verdict.as_str(), view::verdict_class(verdict), count)
            }),
        ),
        stale_lists: lists.iter().filter(|list| !list.current).count(),
        lists,
        managers: rows.iter().filter_map(|row| row.manager.as_deref()).collect(),
        rows: views,
    };
    Ok(page.render()?)
}

/// Cards whose pieces of the bar join without a gap and end at 1,000.
fn cards<const N: usize>(
    total: usize,
    counts: [(&'static str, &'static str, &'static str, usize); N],
) -> Vec<Card> {
    let mut seen = 0;
    let place = |count: usize| (count * 1000).checked_div(total).unwrap_or_default();
    counts
        .into_iter()
        .map(|(value, label, class, count)| {
            let from = place(seen);
            seen += count;
            Card { value, label, class, count, from, length: place(seen) - from }
        })
        .collect()
}

fn row_view(number: usize, row: &IndexRow) -> RowView<'_> {
    RowView {
        row,
        number,
        outcome: view::outcome_words(row.outcome),
        class: view::verdict_class(row.verdict),
        rank: match row.verdict {
            Verdict::Pass => 0,
            Verdict::Hold => 1,
            Verdict::Block => 2,
        },
        severity: row.severity.map_or(0, |severity| severity as u8 + 1),
        codes: row.flags.iter().take(CODES_SHOWN).cloned().collect::<Vec<_>>().join(" "),
        more: row.flags.len().saturating_sub(CODES_SHOWN),
        unanswered: row.unanswered.len(),
        reason: shortened(&row.reason),
        score: row.best_score.map(|score| format!("{score:.4}")).unwrap_or_default(),
        link: row.dossier.as_deref().filter(|path| is_plain_relative(path)),
    }
}

fn shortened(reason: &str) -> String {
    let mut short: String = reason.chars().take(REASON_CHARS).collect();
    if short.len() < reason.len() {
        short.push('…');
    }
    short
}

fn outcome_class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Clear => "o-clear",
        Outcome::Flagged => "o-flagged",
        Outcome::NotScreened => "o-not",
        Outcome::Quarantined => "o-quar",
    }
}

/// Whether a path can only lead to a file below the page: plain letters, no scheme, no `..`.
fn is_plain_relative(path: &str) -> bool {
    !path.is_empty()
        && path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/'))
        && !path.starts_with('/')
        && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{cards, is_plain_relative, shortened};

    #[test]
    fn a_row_links_only_to_a_file_below_the_page() {
        assert!(is_plain_relative("dossiers/E-17.html"));
        for bad in ["", "/etc/passwd", "../x.html", "a//b", "javascript:x", "//host/x", "a/../b"] {
            assert!(!is_plain_relative(bad), "{bad}");
        }
    }

    #[test]
    fn the_bar_is_full_whatever_the_rounding() {
        let cards = cards(3, ["a", "b", "c"].map(|name| (name, name, name, 1)));
        assert_eq!(cards.iter().map(|card| card.length).sum::<usize>(), 1000);
        assert!(super::cards(0, [("a", "a", "a", 0)]).iter().all(|card| card.length == 0));
    }

    #[test]
    fn a_long_reason_is_cut_and_says_so() {
        assert_eq!(shortened("short"), "short");
        assert_eq!(shortened(&"é".repeat(500)).chars().count(), 181);
    }
}
