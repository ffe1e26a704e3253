//! Brings files that are already here into the store: find, read, hash, parse, guard, build,
//! publish or hold.
//!
//! An edition is published whole or not at all. A file that cannot be read as the list, or an
//! edition a guard holds, leaves `HELD.json` and the snapshot in use. The candidate index belongs
//! to the snapshot and is built by the caller's closure into the same folder, so that listings
//! and index are switched together. The time of retrieval is an argument.

use super::files::{self, FilesError};
use super::formats::{self, InputFile, plain_bytes};
use super::guard::{self, Edition};
use super::manifest::{Held, ImportedFile, Manifest};
use super::store::ListLock;
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
pub struct ImportOptions<'a> {
    /// Ceilings for each file.
    pub limits: Limits,
    /// When the files were retrieved from the publisher.
    pub retrieved: Timestamp,
    /// Publication date, for formats that carry none; a date in the file wins.
    pub published: Option<String>,
    /// Told after each file is read: files done, files in all.
    pub progress: &'a dyn Fn(usize, usize),
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
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ImportError {
    /// Whether the list was marked as held: files were found and no edition could be made of
    /// them. Files that were not found or could not be opened, and a store that refuses, say
    /// nothing about the list: it is as it was.
    #[must_use]
    pub fn is_held(&self) -> bool {
        match self {
            Self::Parse { source, .. } => !matches!(source, ParseError::Io { .. }),
            Self::Index { .. } => true,
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
    settle(&lock, result, files, options.retrieved)
}

/// Leaves the mark of an import that was not published.
pub(super) fn settle(
    lock: &ListLock,
    result: Result<ImportReport, ImportError>,
    files: Vec<String>,
    when: Timestamp,
) -> Result<ImportReport, ImportError> {
    let (reasons, rejects): (Vec<String>, &[Reject]) = match &result {
        Ok(report) if report.is_published() => return result,
        Ok(report) => {
            (report.trips.iter().map(ToString::to_string).collect(), report.rejects.as_slice())
        }
        Err(error) if error.is_held() => (vec![with_causes(error)], &[]),
        Err(_) => return result,
    };
    lock.hold(&Held { reasons, files, when }, rejects)?;
    result
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
    publish_or_hold(store, lock, source, manifest, parsed, build_index)
}

/// Guards what was read, wherever it came from, and publishes it when nothing trips.
pub(super) fn publish_or_hold(
    store: &ListStore,
    lock: &ListLock,
    source: &ListSource,
    mut manifest: Manifest,
    parsed: Parsed,
    build_index: BuildIndex<'_>,
) -> Result<ImportReport, ImportError> {
    let (before, damage) = store.reference(&source.name)?;
    manifest.warnings.extend(damage);
    let before = before.as_ref().map(|snapshot| &snapshot.manifest);
    let trips = guard::trips(source, &edition(&manifest, &parsed), before);
    manifest.edition = lock.free_edition(&edition_name(&manifest));
    if !trips.is_empty() {
        return Ok(ImportReport { manifest, rejects: parsed.rejects, trips });
    }
    let staging = lock.staging()?;
    manifest.listings_sha256 = staging.write_records(&parsed.listings, &parsed.rejects)?;
    build_index(&staging.index_dir()?, &parsed.listings)
        .map_err(|error| ImportError::Index { list: source.name.clone(), source: error })?;
    staging.publish(&manifest)?;
    Ok(ImportReport { manifest, rejects: parsed.rejects, trips })
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
        publisher_count: manifest.publisher_count,
        records: manifest.records,
        by_kind: manifest.by_kind.clone(),
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
