//! Imports list files, approves held editions and goes back to kept ones: the watchlist stage
//! parses, guards and publishes; the index that belongs to the snapshot is built, and asked for the
//! edition's own names, by the screening stage, which stands below it on the ladder, so the two
//! meet here.

use super::guarded::guarded;
use crate::config::Settings;
use crate::names::NameProblem;
use crate::party::{NameQuality, Party, PartyName};
use crate::screening::{MatchConfig, NotScreened, Screener, build_index};
use crate::watchlist::{
    self, Canary, CanaryAnswer, CanaryError, Decision, DecisionError, ImportError, ImportOptions,
    ImportReport, ListSource, ListStore, Listing, Manifest, RolledBack, import_list,
};
use rayon::prelude::*;
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// What came of an import.
#[derive(Debug)]
pub struct Imported {
    /// The edition, published or held.
    pub report: ImportReport,
    /// Listed names that cannot be searched, by the listing's reference.
    pub not_indexed: Vec<(String, NameProblem)>,
}

impl Imported {
    /// Rows that were refused as a whole; a field that was not read leaves its row in the list.
    #[must_use]
    pub fn refused_rows(&self) -> usize {
        self.report.rejects.iter().filter(|reject| reject.field.is_empty()).count()
    }
}

/// Imports `paths` as an edition of the list `source`. Its index is asked for names of its own
/// before it is published, whatever `options` say of that.
///
/// # Errors
/// [`ImportError`] when nothing could be published; the old snapshot stays.
pub fn import(
    settings: &Settings,
    store: &ListStore,
    source: &ListSource,
    paths: &[PathBuf],
    options: &ImportOptions<'_>,
) -> Result<Imported, ImportError> {
    let not_indexed = RefCell::new(Vec::new());
    let ask = |folder: &Path, listings: &[Listing], canaries: &[Canary<'_>]| {
        ask(&settings.matching, folder, listings, canaries)
    };
    let options = ImportOptions { ask: Some(&ask), ..options.clone() };
    let report = import_list(store, source, paths, &options, &|folder, listings| {
        let stats = build_index(folder, listings, &settings.matching)?;
        not_indexed.replace(stats.not_indexed);
        Ok(())
    })?;
    let manifest = &report.manifest;
    let (edition, records) = (&manifest.edition, manifest.records);
    tracing::info!(list = source.name, edition, records, held = !report.is_published(), "imported");
    Ok(Imported { report, not_indexed: not_indexed.into_inner() })
}

/// Publishes the held edition of a list because somebody decided so.
///
/// # Errors
/// [`DecisionError`]; nothing has changed then.
pub fn approve(
    settings: &Settings,
    store: &ListStore,
    source: &ListSource,
    decision: &Decision,
) -> Result<Manifest, DecisionError> {
    let manifest =
        watchlist::approve(store, &source.name, decision, &|dir, listings, canaries| {
            ask(&settings.matching, dir, listings, canaries)
        })?;
    tracing::info!(list = source.name, edition = manifest.edition, "approved");
    Ok(manifest)
}

/// Goes back to a kept edition of a list, to the one before the one in use when none is named.
///
/// # Errors
/// [`DecisionError`]; nothing has changed then.
pub fn roll_back(
    settings: &Settings,
    store: &ListStore,
    source: &ListSource,
    edition: Option<&str>,
    decision: &Decision,
) -> Result<(RolledBack, Manifest), DecisionError> {
    let name = &source.name;
    let done = watchlist::roll_back(store, name, edition, decision, &|dir, listings, canaries| {
        ask(&settings.matching, dir, listings, canaries)
    })?;
    tracing::info!(list = name, edition = done.1.edition, "rolled back");
    Ok(done)
}

/// Screens each canary by its name alone, as a party of which nothing else is known.
pub(super) fn ask(
    config: &MatchConfig,
    dir: &Path,
    listings: &[Listing],
    canaries: &[Canary<'_>],
) -> Result<Vec<CanaryAnswer>, CanaryError> {
    let Some(list) = listings.first().map(|listing| listing.list.clone()) else {
        return Ok(Vec::new());
    };
    let opened = guarded("opening", || {
        Screener::open(vec![(list, dir.to_owned(), listings.to_vec())], config.clone())
    });
    let screener = opened??;
    let answers = canaries.par_iter().map(|canary| {
        let kind = canary.listing.party.kind;
        let names = vec![PartyName::new(canary.name.text.clone(), NameQuality::Primary)];
        let party = Party { kind, names, ..Party::default() };
        let is_own = |id: &str| id == canary.listing.id;
        match guarded("searching", || screener.screen(&party))? {
            Ok(matches) if matches.iter().any(|found| is_own(&found.listing.id)) => {
                Ok(CanaryAnswer::Hit)
            }
            Ok(_) => Ok(CanaryAnswer::Missed),
            Err(NotScreened::NoName | NotScreened::NameTooLong { .. }) => {
                Ok(CanaryAnswer::Unsearchable)
            }
            Err(error) => Err(error.into()),
        }
    });
    answers.collect()
}
