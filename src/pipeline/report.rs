//! Counts what a run did: the coverage certificate `run.json` and the exit code come from here.

pub use super::canary::Canaries;
use crate::dossier::{ListLine, RunSummary};
use crate::intake::{InputFile, Intake};
use crate::redflag::{Assessment, Outcome, Severity, Truth};
use serde::Serialize;
use std::collections::BTreeMap;

/// The evidence that a run was complete, also with zero hits: `run.json`.
#[derive(Debug, Clone, Serialize)]
pub struct RunReport {
    /// SHA-256 over date, engine, inputs, lists and rules: the same for the same run.
    pub run_id: String,
    /// The day the run was made for.
    pub run_date: String,
    /// Name and version of the engine.
    pub engine: String,
    /// What was screened, as the user calls it.
    pub portfolio: String,
    /// Files read.
    pub inputs: Vec<InputFile>,
    /// SHA-256 over the input files.
    pub input_sha256: String,
    /// SHA-256 over policy, catalogue, matching configuration and list declarations.
    pub policy_sha256: String,
    /// Lists relied on.
    pub lists: Vec<ListLine>,
    /// Declared lists that were never imported: nobody was compared with them.
    pub absent_lists: Vec<String>,
    /// Lists that could not be relied on, with the reason.
    pub unreliable_lists: Vec<(String, String)>,
    /// Rows the run owed an outcome for.
    pub subjects: usize,
    /// Subjects by outcome; adds up to `subjects`.
    pub outcomes: BTreeMap<&'static str, usize>,
    /// Subjects by verdict.
    pub verdicts: BTreeMap<&'static str, usize>,
    /// Flags raised, by code.
    pub flags: BTreeMap<String, usize>,
    /// Flags that could not be answered, by code.
    pub unanswered: BTreeMap<String, usize>,
    /// Parties screened, each once.
    pub parties_screened: usize,
    /// Parties that could not be screened.
    pub parties_not_screened: usize,
    /// Matches shown.
    pub matches: usize,
    /// Rows and fields refused.
    pub rejects: usize,
    /// Dossiers written.
    pub dossiers: usize,
    /// Things worth telling that refuse nothing.
    pub warnings: Vec<String>,
    /// Planted names.
    pub canaries: Canaries,
    /// Seconds by step; the only values that differ between two runs on the same input.
    pub seconds: BTreeMap<&'static str, f64>,
    /// Gravest severity raised.
    #[serde(skip)]
    pub gravest: Option<Severity>,
}

impl RunReport {
    /// A report on nothing yet.
    pub(super) fn start(engine: &super::Engine, intake: &Intake, portfolio: &str) -> Self {
        let certificate = engine.certificate(intake);
        let run_id = super::engine::run_id(&certificate);
        Self {
            run_id,
            run_date: certificate.run_date,
            engine: certificate.engine,
            portfolio: portfolio.to_owned(),
            inputs: intake.files.clone(),
            input_sha256: certificate.input_sha256,
            policy_sha256: certificate.policy_sha256,
            lists: certificate.lists,
            absent_lists: engine.absent_lists.clone(),
            unreliable_lists: engine.unreliable_lists.clone(),
            subjects: intake.subjects.len(),
            outcomes: Outcome::ALL.map(|outcome| (outcome.as_str(), 0)).into(),
            verdicts: BTreeMap::new(),
            flags: BTreeMap::new(),
            unanswered: BTreeMap::new(),
            parties_screened: 0,
            parties_not_screened: 0,
            matches: 0,
            rejects: intake.rejects.len(),
            dossiers: 0,
            warnings: intake.warnings.clone(),
            canaries: engine.canaries.clone(),
            seconds: BTreeMap::new(),
            gravest: None,
        }
    }

    /// Counts one answer.
    pub(super) fn count(&mut self, answer: &Assessment) {
        *self.outcomes.entry(answer.outcome.as_str()).or_default() += 1;
        *self.verdicts.entry(answer.verdict.as_str()).or_default() += 1;
        self.matches += answer.matches.len();
        for flag in &answer.flags {
            let counts = match flag.truth {
                Truth::True => &mut self.flags,
                _ => &mut self.unanswered,
            };
            *counts.entry(flag.code.clone()).or_default() += 1;
            if flag.truth == Truth::True {
                self.gravest = self.gravest.max(Some(flag.severity));
            }
        }
    }

    /// What the portfolio page says about the run.
    #[must_use]
    pub fn summary(&self) -> RunSummary {
        RunSummary {
            portfolio: self.portfolio.clone(),
            run_date: self.run_date.clone(),
            engine: self.engine.clone(),
            input_sha256: self.input_sha256.clone(),
            policy_sha256: self.policy_sha256.clone(),
            lists: self.lists.clone(),
            rejects: self.rejects as u64,
        }
    }

    /// How many subjects had this outcome.
    #[must_use]
    pub fn outcome(&self, outcome: Outcome) -> usize {
        self.outcomes.get(outcome.as_str()).copied().unwrap_or_default()
    }

    /// Whether there was somebody to screen, everything owed was screened and nothing refused.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.subjects > 0
            && self.outcome(Outcome::NotScreened) + self.outcome(Outcome::Quarantined) == 0
            && self.parties_not_screened == 0
            && self.rejects == 0
    }
}
