//! Brings files that are already here into the store, step by step ([`Step`]): fetched, verified,
//! parsed, guarded, built, canary-queried, published; or held at one of them.
//!
//! An edition is published whole or not at all. A file that cannot be read as the list leaves
//! `HELD.json` and the snapshot in use; an edition a guard or a canary holds is also kept, built
//! and whole, so that somebody may approve it. The candidate index belongs to the snapshot and is
//! built by the caller's closure into the same folder, so that listings and index are switched
//! together. The times are arguments.

use super::canary::{self, AskCanaries, CanaryError};
use super::files::{self, FilesError};
use super::formats::{self, InputFile, plain_bytes};
use super::guard::{self, Edition};
use super::manifest::{Held, ImportedFile, Manifest, RolledBack};
use super::renumbered::renumbered;
use super::step::Step;
use super::store::{HistoryAction, HistoryEntry, ListLock, Snapshot};
use super::trip::Trip;
use super::{Limits, ListSource, ListState, ListStore, Listing, ParseError, Parsed, StoreError};
use crate::party::Reject;
use base16ct::lower::encode_string;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};

/// Last byte of a file that was written whole by OFAC.
const END_OF_FILE_MARK: u8 = 0x1a;

/// Builds the candidate index of the given listings in the given folder, which exists.
pub type BuildIndex<'a> = &'a dyn Fn(&Path, &[Listing]) -> Result<(), Box<dyn Error + Send + Sync>>;

/// What an import is told besides the files.
#[derive(Clone)]
pub struct ImportOptions<'a> {
    /// Ceilings for each file.
    pub limits: Limits,
    /// When the files were retrieved from the publisher.
    pub retrieved: Timestamp,
    /// Publication date, for formats that carry none; a date in the file wins.
    pub published: Option<String>,
    /// Told after each file is read: files done, files in all.
    pub progress: &'a dyn Fn(usize, usize),
    /// The moment of the import, and who imports: for the list's history.
    pub now: Timestamp,
    /// Who imports.
    pub by: String,
    /// Asks the index for names of the edition before it is published. Without it none is asked
    /// for, and the manifest says so; the program always asks.
    pub ask: Option<AskCanaries<'a>>,
}

/// Why an import came to nothing. The snapshot in use is untouched.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The files of the edition could not be found.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// A file is not the list it should be.
    #[error("{list}: the files cannot be read as this list")]
    Parse {
        /// Name of the list.
        list: String,
        /// What is wrong with which file.
        #[source]
        source: ParseError,
    },
    /// The candidate index could not be built.
    #[error("{list}: the candidate index could not be built")]
    Index {
        /// Name of the list.
        list: String,
        /// The index's own words.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// The candidate index could not be asked for the edition's own names.
    #[error("{list}: the candidate index could not be asked for its own names")]
    Canary {
        /// Name of the list.
        list: String,
        /// The index's own words.
        #[source]
        source: CanaryError,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ImportError {
    /// The step the edition did not pass.
    #[must_use]
    pub fn stopped_at(&self) -> Step {
        match self {
            Self::Files(_) => Step::Fetched,
            Self::Parse { source, .. } => Step::refused_by(source),
            Self::Index { .. } => Step::Built,
            Self::Canary { .. } => Step::CanaryQueried,
            Self::Store(_) => Step::Published,
        }
    }

    /// Whether the list was marked as held: files were found and no edition could be made of
    /// them. Files that were not found or could not be opened, and a store that refuses, say
    /// nothing about the list: it is as it was.
    #[must_use]
    pub fn is_held(&self) -> bool {
        match self {
            Self::Parse { source, .. } => !matches!(source, ParseError::Io { .. }),
            Self::Index { .. } | Self::Canary { .. } => true,
            Self::Files(_) | Self::Store(_) => false,
        }
    }
}

/// What became of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportReport {
    /// What the edition says about itself, whether published or held.
    pub manifest: Manifest,
    /// Records and fields that could not be used.
    pub rejects: Vec<Reject>,
    /// Why the edition is held; empty when it was published.
    pub trips: Vec<Trip>,
    /// The last step it passed; [`Step::Published`] when it is in use.
    pub reached: Step,
}

impl ImportReport {
    /// Whether the edition is now the current snapshot.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.trips.is_empty()
    }
}

/// Imports one edition of a list from files and folders.
///
/// # Errors
/// [`ImportError`]. The list is then marked as held if [`ImportError::is_held`] says so.
pub fn import_list(
    store: &ListStore,
    source: &ListSource,
    paths: &[PathBuf],
    options: &ImportOptions<'_>,
    build_index: BuildIndex<'_>,
) -> Result<ImportReport, ImportError> {
    // Before the lock, which makes the list's folder: a slip of the hand leaves no trace.
    let found = files::find(source, paths)?;
    let lock = store.lock(&source.name)?;
    let result = import_locked(store, &lock, source, &found, options, build_index);
    let files = paths.iter().map(|path| path.display().to_string()).collect();
    settle(&lock, result, files, options)
}

/// Leaves the mark of an import that was not published.
pub(super) fn settle(
    lock: &ListLock,
    result: Result<ImportReport, ImportError>,
    files: Vec<String>,
    options: &ImportOptions<'_>,
) -> Result<ImportReport, ImportError> {
    let no_rejects = Vec::new();
    let (mut held, rejects, manifest) = match &result {
        Ok(report) if report.is_published() => return result,
        Ok(report) => (report.held(), &report.rejects, Some(&report.manifest)),
        Err(error) if error.is_held() => (error.held(), &no_rejects, None),
        Err(_) => return result,
    };
    held.files = files;
    held.when = options.now;
    let reasons = held.reasons.clone();
    let entry = entry(HistoryAction::Held, manifest.unwrap_or(&Manifest::default()), options);
    lock.hold(&held, rejects, &HistoryEntry { reasons, ..entry })?;
    result
}

impl ImportReport {
    fn held(&self) -> Held {
        let approvable = self.trips.iter().all(Trip::may_be_approved);
        Held {
            reasons: self.trips.iter().map(ToString::to_string).collect(),
            stopped_at: Some(self.reached.next()),
            edition: approvable.then(|| self.manifest.edition.clone()),
            ..Held::default()
        }
    }
}

impl ImportError {
    fn held(&self) -> Held {
        Held {
            reasons: vec![with_causes(self)],
            stopped_at: Some(self.stopped_at()),
            ..Held::default()
        }
    }
}

fn entry(action: HistoryAction, manifest: &Manifest, options: &ImportOptions<'_>) -> HistoryEntry {
    HistoryEntry {
        time: options.now,
        action,
        edition: manifest.edition.clone(),
        sha256: manifest.sha256.clone(),
        reasons: Vec::new(),
        by: options.by.clone(),
        before: None,
    }
}

/// One line a declared list, in the order given.
#[must_use]
pub fn status(store: &ListStore, sources: &[ListSource], now: Timestamp) -> Vec<ListState> {
    sources.iter().map(|source| store.state(source, now)).collect()
}

fn import_locked(
    store: &ListStore,
    lock: &ListLock,
    source: &ListSource,
    found: &[(InputFile, PathBuf)],
    options: &ImportOptions<'_>,
    build_index: BuildIndex<'_>,
) -> Result<ImportReport, ImportError> {
    let (parsed, imported) = read(source, found, options)
        .map_err(|error| ImportError::Parse { list: source.name.clone(), source: error })?;
    let mut manifest = describe(source, &parsed, imported, options);
    manifest.warnings.extend(files::missing_optional(source, found));
    publish_or_hold(store, lock, source, manifest, parsed, options, build_index)
}

/// Guards what was read, wherever it came from, and publishes it when nothing trips.
pub(super) fn publish_or_hold(
    store: &ListStore,
    lock: &ListLock,
    source: &ListSource,
    mut manifest: Manifest,
    parsed: Parsed,
    options: &ImportOptions<'_>,
    build_index: BuildIndex<'_>,
) -> Result<ImportReport, ImportError> {
    let (before, damage) = store.reference(&source.name)?;
    manifest.warnings.extend(damage);
    let mut trips = guarded(source, &mut manifest, &parsed, before.as_ref());
    trips.extend(taken_back(store, source, &manifest, before.as_ref())?);
    manifest.edition = lock.free_edition(&edition_name(&manifest));
    let report = |manifest, trips, reached| {
        Ok(ImportReport { manifest, rejects: parsed.rejects.clone(), trips, reached })
    };
    if !trips.iter().all(Trip::may_be_approved) {
        return report(manifest, trips, Step::Parsed);
    }
    let staging = lock.staging()?;
    manifest.listings_sha256 = staging.write_records(&parsed.listings, &parsed.rejects)?;
    let index = staging.index_dir()?;
    build_index(&index, &parsed.listings)
        .map_err(|error| ImportError::Index { list: source.name.clone(), source: error })?;
    if let Some(ask) = options.ask {
        let canaries = canary::draw(&parsed.listings);
        let answers = ask(&index, &parsed.listings, &canaries)
            .map_err(|error| ImportError::Canary { list: source.name.clone(), source: error })?;
        let (count, missed) = canary::counted(&canaries, &answers);
        manifest.canaries = count;
        trips.extend(missed);
    }
    if !trips.is_empty() {
        manifest.held_for = trips.iter().map(ToString::to_string).collect();
        staging.keep_as_held(&manifest)?;
        let by_index = |trip: &Trip| matches!(trip, Trip::CanaryMissed { .. });
        let reached = if trips.iter().all(by_index) { Step::Built } else { Step::Parsed };
        return report(manifest, trips, reached);
    }
    staging.publish(&manifest, &entry(HistoryAction::Published, &manifest, options))?;
    report(manifest, trips, Step::Published)
}

/// A trip when somebody went back from an edition of these very files to the one in use.
fn taken_back(
    store: &ListStore,
    source: &ListSource,
    manifest: &Manifest,
    before: Option<&Snapshot>,
) -> Result<Option<Trip>, StoreError> {
    let Some(back) = store.rolled_back(&source.name, before)? else { return Ok(None) };
    let from = store.editions(&source.name)?;
    let mut from = from.iter().filter(|snapshot| snapshot.manifest.edition == back.from);
    let is_that = from.any(|snapshot| snapshot.manifest.sha256 == manifest.sha256);
    let RolledBack { from: edition, by, reason, .. } = back;
    Ok(is_that.then_some(Trip::TakenBack { edition, by, reason }))
}

/// What the guards say, those that need the listings of the edition before included.
fn guarded(
    source: &ListSource,
    manifest: &mut Manifest,
    parsed: &Parsed,
    before: Option<&Snapshot>,
) -> Vec<Trip> {
    let described = before.map(|snapshot| &snapshot.manifest);
    let mut trips = guard::trips(source, &edition(manifest, parsed), described);
    match before.map(Snapshot::listings) {
        Some(Ok(listings)) => {
            let limit = source.guards.max_renumbered_percent;
            trips.extend(renumbered(limit, &listings, &parsed.listings));
        }
        Some(Err(error)) => manifest.warnings.push(format!(
            "the identifiers could not be compared with those of the edition before: {error}"
        )),
        None => {}
    }
    trips
}

/// Reads, hashes and parses the files, one in memory at a time.
fn read(
    source: &ListSource,
    found: &[(InputFile, PathBuf)],
    options: &ImportOptions<'_>,
) -> Result<(Parsed, Vec<ImportedFile>), ParseError> {
    let inputs: Vec<InputFile> = found.iter().map(|(input, _)| input.clone()).collect();
    let mut imported: Vec<(usize, ImportedFile)> = Vec::new();
    let parsed = formats::parse(
        source,
        &inputs,
        &mut |index| {
            let Some((input, path)) = found.get(index) else { return Ok(Vec::new()) };
            let stored = files::read_stored(&input.name, path, &options.limits)?;
            let mut file = fingerprint(input, &stored);
            let wanted = source.files.iter().find(|wanted| wanted.role == input.role);
            let fits = |name: &str| wanted.is_none_or(|wanted| wanted.fits_member(name));
            let plain = plain_bytes(&input.name, stored, Some(&fits), &options.limits)?;
            file.end_mark = plain.last() == Some(&END_OF_FILE_MARK);
            imported.push((index, file));
            (options.progress)(imported.len(), found.len());
            Ok(plain)
        },
        &options.limits,
    )?;
    imported.sort_by_key(|(index, _)| *index);
    Ok((parsed, imported.into_iter().map(|(_, file)| file).collect()))
}

fn fingerprint(input: &InputFile, stored: &[u8]) -> ImportedFile {
    ImportedFile {
        role: input.role.clone(),
        name: input.name.clone(),
        bytes: stored.len() as u64,
        sha256: encode_string(&Sha256::digest(stored)),
        end_mark: false,
    }
}

fn describe(
    source: &ListSource,
    parsed: &Parsed,
    files: Vec<ImportedFile>,
    options: &ImportOptions<'_>,
) -> Manifest {
    let mut whole = Sha256::new();
    for file in &files {
        whole.update(file.sha256.as_bytes());
    }
    let mut manifest = Manifest {
        list: source.name.clone(),
        title: source.title.clone(),
        published: parsed.header.published.clone().or_else(|| options.published.clone()),
        retrieved: options.retrieved,
        files,
        sha256: encode_string(&whole.finalize()),
        publisher_count: parsed.header.record_count,
        rows_read: parsed.rows_read,
        lost_records: parsed.lost_records,
        warnings: parsed.warnings.clone(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        ..Manifest::default()
    };
    manifest.count(&parsed.listings, &parsed.rejects);
    if manifest.lost_records > 0 {
        manifest.warnings.push(format!(
            "{} of the publisher's records were refused whole: whoever they list is not found here",
            manifest.lost_records
        ));
    }
    manifest
}

fn edition(manifest: &Manifest, parsed: &Parsed) -> Edition {
    let refused: BTreeSet<(&str, u64)> =
        parsed.rejects.iter().map(|reject| (reject.file.as_str(), reject.row)).collect();
    Edition {
        published: manifest.published.clone(),
        retrieved: Some(manifest.retrieved),
        publisher_count: manifest.publisher_count,
        records: manifest.records,
        by_kind: manifest.by_kind.clone(),
        filled: manifest.filled.clone(),
        names: manifest.names,
        weak_names: manifest.weak_names,
        lost_records: manifest.lost_records,
        roles: manifest.roles(),
        rows_read: manifest.rows_read,
        rows_refused: refused.len() as u64,
    }
}

/// Day of publication, else of retrieval, and the head of the fingerprint.
fn edition_name(manifest: &Manifest) -> String {
    let retrieved = manifest.retrieved.to_string();
    let day: String =
        manifest.published.as_deref().unwrap_or(&retrieved).chars().take(10).collect();
    let day: String =
        day.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let head: String = manifest.sha256.chars().take(12).collect();
    format!("{day}-{head}")
}

/// An error with its causes on one line.
pub(super) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text = format!("{text}: {source}");
        cause = source.source();
    }
    text
}
