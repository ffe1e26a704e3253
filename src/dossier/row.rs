//! Decides what a subject is in one line: the row of the portfolio page and of `summary.csv`.

use crate::redflag::{Assessment, Outcome, RedFlag, Severity, Truth, Verdict};
use serde::Serialize;

/// A subject in one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexRow {
    /// Engagement id.
    pub engagement: Option<String>,
    /// Party id.
    pub party: Option<String>,
    /// The party's caption.
    pub caption: String,
    /// Local compliance manager.
    pub manager: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// May we?
    pub verdict: Verdict,
    /// Word of the highest severity raised; `none` when nothing was.
    pub rating: String,
    /// Highest severity raised.
    pub severity: Option<Severity>,
    /// Codes of the flags raised, gravest first, each once.
    pub flags: Vec<String>,
    /// Codes of the flags that could not be answered, each once.
    pub unanswered: Vec<String>,
    /// The first thing to know: why the gravest flag was raised, else what was not screened, else
    /// what could not be answered; empty for a clear subject.
    pub reason: String,
    /// Number of matches.
    pub matches: usize,
    /// Highest identity confidence among them, in [0, 1].
    pub best_score: Option<f64>,
    /// What was not screened and why, joined with `; `.
    pub not_screened: String,
    /// The dossier's page relative to the portfolio page (`dossiers/E-17.html`), when written.
    pub dossier: Option<String>,
}

impl IndexRow {
    /// The row of an assessment; `dossier` is the path of its page when one was written.
    #[must_use]
    pub fn new(assessment: &Assessment, dossier: Option<String>) -> Self {
        let mut flags: Vec<&RedFlag> = assessment.flags.iter().collect();
        flags.sort_by_key(|flag| std::cmp::Reverse(flag.severity));
        let raised = || flags.iter().copied().filter(|f| f.truth == Truth::True);
        let open = || flags.iter().copied().filter(|f| f.truth == Truth::Unknown);
        let not_screened: Vec<String> = assessment
            .not_screened
            .iter()
            .map(|line| format!("{}: {}", line.what, line.reason))
            .collect();
        let reason = raised()
            .next()
            .map(|flag| flag.because.clone())
            .or_else(|| not_screened.first().cloned())
            .or_else(|| open().next().map(|flag| flag.because.clone()))
            .unwrap_or_default();
        Self {
            engagement: assessment.engagement.clone(),
            party: assessment.party.clone(),
            caption: assessment.caption.clone(),
            manager: assessment.manager.clone(),
            outcome: assessment.outcome,
            verdict: assessment.verdict,
            rating: assessment.rating.clone(),
            severity: raised().map(|flag| flag.severity).max(),
            flags: codes(raised()),
            unanswered: codes(open()),
            reason,
            matches: assessment.matches.len(),
            best_score: assessment.matches.iter().map(|m| m.score).max_by(f64::total_cmp),
            not_screened: not_screened.join("; "),
            dossier,
        }
    }
}

fn codes<'a>(flags: impl Iterator<Item = &'a RedFlag>) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for flag in flags {
        if !codes.contains(&flag.code) {
            codes.push(flag.code.clone());
        }
    }
    codes
}
