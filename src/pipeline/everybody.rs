//! Screens everybody that any subject depends on, each once: the step that batch and check share.

use super::Engine;
use super::answer::Screened;
use super::batch::Progress;
use super::guarded::guarded;
use crate::intake::{Intake, Ties};
use crate::party::Party;
use crate::screening::{Match, NotScreened};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Screens the parties of all subjects, in parallel; the result does not depend on the threads.
pub(super) fn screen_everybody(
    engine: &Engine,
    intake: &Intake,
    ties: &Ties<'_>,
    progress: Progress<'_>,
) -> Screened {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for party in intake.subjects.iter().filter_map(|subject| subject.party.as_deref()) {
        let involvement = ties.involved(party, engine.date);
        ids.extend(involvement.parties.into_iter().map(|found| found.party));
    }
    let parties: Vec<_> = ids.iter().filter_map(|id| intake.parties.get(id)).collect();
    let done = AtomicUsize::new(0);
    parties
        .par_iter()
        .map(|record| {
            let result = engine.screen(&record.party);
            let count = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress("screening", count, parties.len());
            (record.id.clone(), result)
        })
        .collect()
}

impl Engine {
    /// Screens one party against all lists; one whose search ends in a panic was not screened.
    ///
    /// # Errors
    /// [`NotScreened`] with the reason.
    pub(super) fn screen(&self, party: &Party) -> Result<Vec<Match>, NotScreened> {
        guarded("searching", || self.screener.screen(party)).unwrap_or_else(|panic| {
            let lists: Vec<&str> = self.lists.iter().map(|line| line.list.as_str()).collect();
            Err(NotScreened::Index { list: lists.join(" or "), reason: panic.to_string() })
        })
    }
}
