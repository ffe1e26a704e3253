//! Brings lists up to date one after the other: the watchlist stage fetches and publishes, the
//! screening stage builds the index that belongs to the snapshot. One list that fails does not keep
//! the others from being updated.

use super::import::ask;
use crate::config::Settings;
use crate::screening::build_index;
use crate::watchlist::{
    Canary, FetchProgress, Fetcher, ImportError, ImportOptions, ImportReport, Limits, ListSource,
    ListStore, Listing, StoreError, UpdateError, Updated, update_error_text, update_list,
    what_stays,
};
use jiff::Timestamp;
use serde::Serialize;
use std::path::Path;

/// What became of one list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListUpdate {
    /// Name of the list.
    pub list: String,
    /// In one word.
    pub outcome: Outcome,
    /// In a sentence, for a person.
    pub sentence: String,
    /// What is stored is damaged.
    pub damaged: bool,
}

/// An update in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A new edition is in use.
    Updated,
    /// The publisher still has the edition in use.
    Unchanged,
    /// An edition came and was not published.
    Held,
    /// Nothing came of it.
    Failed,
}

impl Outcome {
    /// The word people see.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Held => "held",
            Self::Failed => "failed",
        }
    }
}

/// Updates lists in the order given, as of `now`; `by` is told in each list's history.
pub fn update(
    settings: &Settings,
    store: &ListStore,
    sources: &[ListSource],
    fetcher: &Fetcher,
    (now, by): (Timestamp, &str),
    progress: FetchProgress<'_>,
) -> Vec<ListUpdate> {
    let one = |source| {
        let updated = update_one(settings, store, source, fetcher, (now, by), progress);
        let line = line(store, &source.name, "the publisher still has", &updated);
        tracing::info!(list = line.list, outcome = line.outcome.as_str(), "update");
        line
    };
    sources.iter().map(one).collect()
}

fn update_one(
    settings: &Settings,
    store: &ListStore,
    source: &ListSource,
    fetcher: &Fetcher,
    (now, by): (Timestamp, &str),
    progress: FetchProgress<'_>,
) -> Result<Updated, UpdateError> {
    let ask = |folder: &Path, listings: &[Listing], canaries: &[Canary<'_>]| {
        ask(&settings.matching, folder, listings, canaries)
    };
    let options = ImportOptions {
        limits: Limits::default(),
        retrieved: now,
        published: None,
        progress: &|_, _| {},
        now,
        by: by.to_owned(),
        ask: Some(&ask),
    };
    update_list(store, source, fetcher, &options, progress, &|folder, listings| {
        build_index(folder, listings, &settings.matching)?;
        Ok(())
    })
}

/// What became of a list, with the words for an edition that stays because it is the newest.
pub(super) fn line(
    store: &ListStore,
    list: &str,
    unchanged: &str,
    updated: &Result<Updated, UpdateError>,
) -> ListUpdate {
    let (outcome, sentence) = match updated {
        Ok(Updated::Unchanged { edition }) => {
            (Outcome::Unchanged, format!("{unchanged} edition {edition}"))
        }
        Ok(Updated::TakenBack { edition, from }) => (
            Outcome::Unchanged,
            format!("{unchanged} edition {from}, which was taken back; {edition} stays in use"),
        ),
        Ok(Updated::Imported(report)) if report.is_published() => {
            (Outcome::Updated, published(report))
        }
        Ok(Updated::Imported(report)) => {
            let trips: Vec<String> = report.trips.iter().map(ToString::to_string).collect();
            (Outcome::Held, format!("{}; {}", trips.join("; "), what_stays(store, list)))
        }
        Err(error) => {
            let held = matches!(error, UpdateError::Import(import) if import.is_held());
            let outcome = if held { Outcome::Held } else { Outcome::Failed };
            let kept = if held { format!("; {}", what_stays(store, list)) } else { String::new() };
            let text = update_error_text(error);
            let text = text.strip_prefix(&format!("{list}: ")).unwrap_or(&text);
            (outcome, format!("{text}{kept}"))
        }
    };
    let damaged = match updated {
        Err(UpdateError::Store(error) | UpdateError::Import(ImportError::Store(error))) => {
            StoreError::is_integrity(error)
        }
        _ => false,
    };
    ListUpdate { list: list.to_owned(), outcome, sentence, damaged }
}

fn published(report: &ImportReport) -> String {
    let manifest = &report.manifest;
    let date = manifest.published.as_deref().unwrap_or("on a day the publisher does not state");
    let refused = report.rejects.iter().filter(|reject| reject.field.is_empty()).count();
    format!(
        "edition {} published: {} records, {} refused, dated {date}",
        manifest.edition, manifest.records, refused
    )
}
