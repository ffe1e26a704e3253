//! Screens a whole portfolio: everybody once, then each subject, then the run folder in one
//! rename. The bytes do not depend on the number of threads.

use super::answer::Picture;
use super::everybody::screen_everybody;
use super::run_folder::{Dossiers, RunFolder};
use super::{Engine, RunPlace, RunReport};
use crate::intake::{Intake, Ties};
use crate::redflag::Assessment;
use anyhow::{Context, ensure};
use rayon::prelude::*;

/// Subjects answered between two writes. A subject at the end of a long chain of owners brings
/// hundreds of parties into its dossier: more of them at once would only cost memory.
const CHUNK: usize = 32;

/// Told how far a run is: step, done, of how many. Called from several threads.
pub type Progress<'a> = &'a (dyn Fn(&'static str, usize, usize) + Sync);

/// Which subjects get a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DossierChoice {
    /// Flagged and not-screened ones.
    Open,
    /// All.
    All,
}

/// A clock for durations, given by the caller: seconds since some fixed moment.
pub type Clock<'a> = &'a (dyn Fn() -> f64 + Sync);

/// Screens `intake`, which the user calls `portfolio`, and writes the run folder at
/// `place`.
///
/// # Errors
/// When the folder cannot be written, or somebody put something else there meanwhile.
pub fn run(
    engine: &Engine,
    intake: &Intake,
    portfolio: &str,
    place: RunPlace,
    choice: DossierChoice,
    progress: Progress<'_>,
    clock: Clock<'_>,
) -> anyhow::Result<RunReport> {
    let started = clock();
    let mut folder = RunFolder::create(place)?;
    let mut report = RunReport::start(engine, intake, portfolio);

    let ties = Ties::new(intake);
    let screened = screen_everybody(engine, intake, &ties, progress);
    report.parties_not_screened = screened.values().filter(|result| result.is_err()).count();
    report.parties_screened = screened.len() - report.parties_not_screened;
    let after_screening = clock();
    for (id, reason) in screened.iter().filter_map(|(id, r)| Some((id, r.as_ref().err()?))) {
        // The id is the user's text and may be a name.
        let Some(crate::intake::Row { file, row }) = intake.parties.get(id).map(|p| &p.row) else {
            continue;
        };
        tracing::warn!(file, row, %reason, "party not screened");
    }
    tracing::info!(parties = report.parties_screened, "everybody screened");

    let picture = Picture::new(engine, intake, &ties, screened);
    let (mut done, of) = (0, intake.subjects.len());
    for chunk in intake.subjects.chunks(CHUNK) {
        let answers: Vec<(Assessment, Option<Dossiers>)> = chunk
            .par_iter()
            .map(|subject| {
                let dossier = picture.dossier(engine, subject);
                let rendered = Dossiers::of(&dossier, choice)?;
                Ok((dossier.assessment, rendered))
            })
            .collect::<anyhow::Result<_>>()?;
        for (answer, rendered) in answers {
            report.count(&answer);
            report.dossiers += usize::from(rendered.is_some());
            folder.add(&answer, rendered)?;
        }
        done += chunk.len();
        progress("assessing", done, of);
    }
    let answered: usize = report.outcomes.values().sum();
    ensure!(answered == of, "{of} rows were owed an outcome and {answered} have one");

    report.seconds.insert("screening", after_screening - started);
    report.seconds.insert("assessing", clock() - after_screening);
    tracing::info!(run = report.run_id, subjects = of, rejects = report.rejects, "run assessed");
    folder.publish(intake, &report).context("while writing the run folder")?;
    Ok(report)
}
