//! Imports list files: the watchlist stage parses, guards and publishes; the index that belongs to
//! the snapshot is built by the screening stage, which stands below it on the ladder, so the two
//! meet here.

use crate::config::Settings;
use crate::names::NameProblem;
use crate::screening::build_index;
use crate::watchlist::{
    ImportError, ImportOptions, ImportReport, ListSource, ListStore, import_list,
};
use std::cell::RefCell;
use std::path::PathBuf;

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

/// Imports `paths` as an edition of the list `source`.
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
    let report = import_list(store, source, paths, options, &|folder, listings| {
        let stats = build_index(folder, listings, &settings.matching)?;
        not_indexed.replace(stats.not_indexed);
        Ok(())
    })?;
    let manifest = &report.manifest;
    let (edition, records) = (&manifest.edition, manifest.records);
    tracing::info!(list = source.name, edition, records, held = !report.is_published(), "imported");
    Ok(Imported { report, not_indexed: not_indexed.into_inner() })
}
