//! Decides how a case reads as one page: verdict, why, what was not screened, facts, parties,
//! matches, certificate, decision — in the order in which a compliance manager needs them.
//!
//! The page is one file without any outside reference, works without scripts, and prints on A4.
//! A pure function of the dossier: the same dossier gives the same bytes.

use super::view::{self, FlagView, Gap, InvolvedView, ListView, MatchGroup, Tally};
use super::{Dossier, RenderError, filters, page};
use crate::redflag::{Severity, Truth, Unknown};
use askama::Template;

/// The dossier page's own style.
const STYLE: &str = include_str!("../../templates/dossier/dossier.css");

#[derive(Template)]
#[template(path = "dossier/page.html")]
struct DossierPage<'a> {
    dossier: &'a Dossier,
    policy: String,
    style: String,
    id: &'a str,
    manager: &'a str,
    mark: &'static str,
    meaning: &'static str,
    verdict_class: &'static str,
    outcome: &'static str,
    tallies: Vec<Tally>,
    raised: Vec<FlagView<'a>>,
    unanswered: Vec<FlagView<'a>>,
    gaps: Vec<Gap>,
    best_question: Option<&'a Unknown>,
    questions: &'a [Unknown],
    involved: Vec<InvolvedView<'a>>,
    groups: Vec<MatchGroup<'a>>,
    lists: Vec<ListView<'a>>,
    second_person: bool,
}

/// The dossier as one self-contained HTML page.
///
/// # Errors
/// [`RenderError::Page`] when the template fails, which no value of these types causes.
pub fn html(dossier: &Dossier) -> Result<String, RenderError> {
    let assessment = &dossier.assessment;
    let certificate = &dossier.certificate;
    let style = page_style(dossier);
    let gaps = view::gaps(dossier);
    let (best_question, questions) = match assessment.unknown.split_first() {
        Some((first, rest)) => (Some(first), rest),
        None => (None, Default::default()),
    };
    let page = DossierPage {
        dossier,
        policy: page::content_security_policy(&style, None),
        style,
        id: assessment.subject_id(),
        manager: assessment.manager.as_deref().unwrap_or("not assigned"),
        mark: view::verdict_mark(assessment.verdict),
        meaning: view::verdict_meaning(assessment.verdict),
        verdict_class: view::verdict_class(assessment.verdict),
        outcome: view::outcome_words(assessment.outcome),
        tallies: view::tallies(dossier, gaps.len()),
        raised: view::flag_views(dossier, Truth::True),
        unanswered: view::flag_views(dossier, Truth::Unknown),
        gaps,
        best_question,
        questions,
        involved: view::involved_views(dossier),
        groups: view::match_groups(dossier),
        lists: certificate
            .lists
            .iter()
            .map(|l| view::list_view(l, &certificate.run_date))
            .collect(),
        second_person: assessment
            .flags
            .iter()
            .any(|flag| flag.truth == Truth::True && flag.severity >= Severity::High),
    };
    Ok(page.render()?)
}

/// The style with what stands in the margins of every printed sheet.
fn page_style(dossier: &Dossier) -> String {
    let assessment = &dossier.assessment;
    let input: String = dossier.certificate.input_sha256.chars().take(16).collect();
    page::style(
        STYLE,
        &format!("{}  {}", assessment.verdict.as_str(), assessment.caption),
        &format!("Due-diligence dossier {}", assessment.subject_id()),
        &format!(
            "Dossier {}  Run {}  Input {input}",
            assessment.subject_id(),
            dossier.certificate.run_date
        ),
    )
}
