//! Finds the files of an edition among what a user points at, and reads them with a ceiling.
//!
//! A folder is searched, with its subfolders. Each role of the declaration takes the files whose
//! names fit; two files for one place are an error that names them, none for a needed place an
//! error that says what is wanted. A file that was named outright is taken under any name when the
//! list is one file, and is an error when it fits no place: nothing handed over is ignored.

#![expect(clippy::disallowed_methods, reason = "importing local files starts with reading them")]

use super::formats::InputFile;
use super::{Limits, ListSource, ParseError, WantedFile};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Folders below the one named that are still searched.
const MAX_DEPTH: usize = 6;
/// Names listed in a message before it says how many more there are.
const SHOWN: usize = 5;

/// Why the files of an edition could not be found.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// A path that does not exist or cannot be read.
    #[error("{path}: cannot be read")]
    Io {
        /// The path.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// No file for a needed role.
    #[error("{list}: expected a file for '{role}' named {wanted}, found {found}")]
    Missing {
        /// Name of the list.
        list: String,
        /// Role in the declaration.
        role: String,
        /// Patterns of the declaration.
        wanted: String,
        /// What is there instead.
        found: String,
    },
    /// Several files for a role that takes one.
    #[error("{list}: expected one file for '{role}', found {found}; name the one that is meant")]
    Ambiguous {
        /// Name of the list.
        list: String,
        /// Role in the declaration.
        role: String,
        /// The files that fit.
        found: String,
    },
    /// A file that was named outright and fits no role.
    #[error("{list}: expected files named {wanted}, found {found}, which fits none")]
    Unexpected {
        /// Name of the list.
        list: String,
        /// Patterns of the declaration.
        wanted: String,
        /// The file.
        found: String,
    },
}

/// A file with its name below the folder it was found in.
struct Candidate {
    name: String,
    path: PathBuf,
    named_outright: bool,
}

impl Candidate {
    fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }
}

/// The files of an edition, by role in the declaration's order, then by name.
pub(super) fn find(
    source: &ListSource,
    paths: &[PathBuf],
) -> Result<Vec<(InputFile, PathBuf)>, FilesError> {
    let candidates = candidates(paths)?;
    check_named(source, &candidates)?;
    let mut found = Vec::new();
    for wanted in &source.files {
        let fitting: Vec<&Candidate> =
            candidates.iter().filter(|c| fits(source, wanted, c)).collect();
        if fitting.is_empty() && !wanted.optional {
            return Err(FilesError::Missing {
                list: source.name.clone(),
                role: wanted.role.clone(),
                wanted: wanted.patterns.join(" or "),
                found: names(&candidates.iter().collect::<Vec<_>>()),
            });
        }
        if fitting.len() > 1 && !wanted.many {
            return Err(FilesError::Ambiguous {
                list: source.name.clone(),
                role: wanted.role.clone(),
                found: names(&fitting),
            });
        }
        found.extend(fitting.into_iter().map(|candidate| {
            let input = InputFile { role: wanted.role.clone(), name: candidate.name.clone() };
            (input, candidate.path.clone())
        }));
    }
    Ok(found)
}

/// A sentence for each optional role without a file.
pub(super) fn missing_optional(source: &ListSource, found: &[(InputFile, PathBuf)]) -> Vec<String> {
    let missing = source.files.iter().filter(|wanted| wanted.optional);
    missing
        .filter(|wanted| !found.iter().any(|(input, _)| input.role == wanted.role))
        .map(|wanted| {
            let patterns = wanted.patterns.join(" or ");
            format!(
                "no file for '{}' ({patterns}): the edition was imported without it",
                wanted.role
            )
        })
        .collect()
}

/// The stored bytes of a file, up to the ceiling.
pub(super) fn read_stored(name: &str, path: &Path, limits: &Limits) -> Result<Vec<u8>, ParseError> {
    let failed = |source| ParseError::Io { file: name.to_owned(), source };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(limits.file_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limits.file_bytes {
        let limit = limits.file_bytes;
        return Err(ParseError::TooLarge { file: name.to_owned(), limit, what: "bytes" });
    }
    Ok(bytes)
}

/// By name, or because it was named outright for a list of one file: its content is checked.
fn fits(source: &ListSource, wanted: &WantedFile, candidate: &Candidate) -> bool {
    let is_the_list = source.files.len() == 1 && candidate.named_outright;
    is_the_list || wanted.fits(candidate.file_name())
}

fn check_named(source: &ListSource, candidates: &[Candidate]) -> Result<(), FilesError> {
    let has_place = |c: &&Candidate| source.files.iter().any(|wanted| fits(source, wanted, c));
    match candidates.iter().filter(|c| c.named_outright).find(|c| !has_place(c)) {
        None => Ok(()),
        Some(candidate) => Err(FilesError::Unexpected {
            list: source.name.clone(),
            wanted: source
                .files
                .iter()
                .flat_map(|w| w.patterns.clone())
                .collect::<Vec<_>>()
                .join(", "),
            found: candidate.name.clone(),
        }),
    }
}

fn names(candidates: &[&Candidate]) -> String {
    let shown: Vec<&str> = candidates.iter().take(SHOWN).map(|c| c.name.as_str()).collect();
    match candidates.len() {
        0 => "no file".to_owned(),
        count if count > SHOWN => format!("{} and {} more", shown.join(", "), count - SHOWN),
        _ => shown.join(", "),
    }
}

fn candidates(paths: &[PathBuf]) -> Result<Vec<Candidate>, FilesError> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for path in paths {
        let meta = fs::metadata(path).map_err(|e| unreadable(path, e))?;
        if meta.is_dir() {
            search(path, "", MAX_DEPTH, &mut candidates)?;
        } else {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            candidates.push(Candidate { name, path: path.clone(), named_outright: true });
        }
    }
    candidates.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    candidates.dedup_by(|a, b| a.path == b.path);
    Ok(candidates)
}

/// Files of a folder; links and hidden names are left out.
fn search(
    dir: &Path,
    prefix: &str,
    depth: usize,
    candidates: &mut Vec<Candidate>,
) -> Result<(), FilesError> {
    for entry in fs::read_dir(dir).map_err(|e| unreadable(dir, e))? {
        let entry = entry.map_err(|e| unreadable(dir, e))?;
        let kind = entry.file_type().map_err(|e| unreadable(dir, e))?;
        let base = entry.file_name().to_string_lossy().into_owned();
        let name = format!("{prefix}{base}");
        if base.starts_with('.') {
            continue;
        }
        if kind.is_dir() && depth > 0 {
            search(&entry.path(), &format!("{name}/"), depth - 1, candidates)?;
        } else if kind.is_file() {
            candidates.push(Candidate { name, path: entry.path(), named_outright: false });
        }
    }
    Ok(())
}

fn unreadable(path: &Path, source: io::Error) -> FilesError {
    FilesError::Io { path: path.to_owned(), source }
}
