//! Decides which files a path stands for and reads them: one CSV file, or a folder of tables.
//!
//! A file is known by its stem (`partners`, `parties`, `relations`, `engagements`); a file given
//! alone under any other name is known by its header. Sub-folders and hidden files are left out;
//! tables of later stages and files of other names are told, not read. Whatever may be a table we
//! need and cannot be read as one is an error, be it by its format (`relations.csv.gz`), its name
//! (`relations (1).csv`) or its nature (a broken link): without its ties a portfolio would look
//! cleaner than it is.
#![expect(clippy::disallowed_methods, reason = "the edge at which a portfolio is read")]

use super::assemble::from_tables;
use super::columns::Table;
use super::error::IntakeError;
use super::model::Intake;
use super::table::{Limits, RawTable};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Extensions of text tables.
const TEXT: [&str; 3] = ["csv", "tsv", "txt"];
/// Extensions of tables in other formats, which this version does not read.
const OTHER: [&str; 9] = ["xlsx", "xls", "ods", "parquet", "jsonl", "json", "xml", "gz", "zip"];

/// Reads a portfolio: one CSV file or a folder of tables, within the default [`Limits`].
///
/// # Errors
/// [`IntakeError`]: the path cannot be read, a file is no table, or parties are missing. Faults of
/// single rows are in [`Intake::rejects`].
pub fn read(path: &Path) -> Result<Intake, IntakeError> {
    let limits = Limits::default();
    let io = |source| IntakeError::Io { path: path.to_owned(), source };
    let meta = fs::metadata(path).map_err(io)?;
    let paths = if meta.is_dir() {
        files_of(path)?
    } else if meta.is_file() {
        vec![path.to_owned()]
    } else {
        return Err(IntakeError::NotAFileOrFolder { path: path.to_owned() });
    };
    let names: Vec<String> = paths.iter().map(|path| file_name(path)).collect();
    let plan = plan(&names)?;
    let mut tables = Vec::new();
    for (at, table) in &plan.read {
        let (Some(path), Some(name)) = (paths.get(*at), names.get(*at)) else { continue };
        let bytes = bytes_of(path, limits.file_bytes)?;
        tables.push(RawTable::read(name, &bytes, *table, &limits)?);
    }
    finish(tables, plan.warnings, &names)
}

/// Reads a portfolio from files that are in memory, by name: the same as [`read`] on a folder of
/// them, or on the one file.
///
/// # Errors
/// As [`read`], without those of the file system.
pub fn read_bytes(files: Vec<(String, Vec<u8>)>) -> Result<Intake, IntakeError> {
    read_bytes_within(files, &Limits::default())
}

/// The same within other limits.
///
/// # Errors
/// As [`read_bytes`].
pub fn read_bytes_within(
    mut files: Vec<(String, Vec<u8>)>,
    limits: &Limits,
) -> Result<Intake, IntakeError> {
    files.sort();
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let plan = plan(&names)?;
    let mut tables = Vec::new();
    for (at, table) in &plan.read {
        let Some((name, bytes)) = files.get(*at) else { continue };
        tables.push(RawTable::read(name, bytes, *table, limits)?);
    }
    finish(tables, plan.warnings, &names)
}

fn finish(
    tables: Vec<RawTable>,
    warnings: Vec<String>,
    names: &[String],
) -> Result<Intake, IntakeError> {
    if tables.is_empty() && !names.is_empty() {
        return Err(IntakeError::NoParties { found: names.join(", ") });
    }
    let mut intake = from_tables(tables)?;
    intake.warnings.splice(0..0, warnings);
    Ok(intake)
}

/// Regular files of a folder, by name, hidden ones and sub-folders left out.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>, IntakeError> {
    let io = |source| IntakeError::Io { path: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let file = file_name(&path);
        if file.starts_with('.') {
            continue;
        }
        let irregular =
            |found, source| IntakeError::NotRegular { file: file.clone(), found, source };
        let meta = fs::metadata(&path)
            .map_err(|source| irregular("a broken link or something unreadable", Some(source)))?;
        if meta.is_file() {
            files.push(path);
        } else if !meta.is_dir() {
            return Err(irregular("a device, pipe or socket", None));
        } else if let Some(table) = Table::named(stem_and_extension(&file).0) {
            return Err(IntakeError::NotRead { file, table: table.name(), found: "folder" });
        }
    }
    files.sort();
    Ok(files)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The bytes of a file, never more than one over the limit: the table's own check names it.
fn bytes_of(path: &Path, limit: u64) -> Result<Vec<u8>, IntakeError> {
    let io = |source| IntakeError::Io { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(io)?;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    Ok(bytes)
}

/// Which files to read as what, and what to tell about the others.
#[derive(Default)]
struct Plan {
    /// Place among the names, and the table its name says.
    read: Vec<(usize, Option<Table>)>,
    warnings: Vec<String>,
}

fn plan(names: &[String]) -> Result<Plan, IntakeError> {
    let alone = names.len() == 1;
    let mut plan = Plan::default();
    for (at, name) in names.iter().enumerate() {
        let (stem, extension) = stem_and_extension(name);
        let table = Table::named(stem);
        let is_text = TEXT.contains(&extension.as_str());
        let is_other = OTHER.contains(&extension.as_str());
        if is_other && (alone || table.is_some()) {
            return Err(IntakeError::Format { file: name.clone(), extension });
        }
        if Table::is_later(stem) {
            plan.warnings.push(format!("{name}: the table is not read by this version"));
        } else if alone || (is_text && table.is_some()) {
            plan.read.push((at, table));
        } else if let Some(table) = Table::probably(stem) {
            let (file, table) = (name.clone(), table.name());
            return Err(IntakeError::NotRead { file, table, found: "file" });
        } else {
            plan.warnings.push(format!("{name}: no table of that name is known; it is not read"));
        }
    }
    Ok(plan)
}

/// A file name without any known extension, and the last of these in lower case: of
/// `Relations.csv.GZ` these are `Relations` and `gz`.
fn stem_and_extension(name: &str) -> (&str, String) {
    let (mut stem, mut last) = (name, None);
    while let Some((before, extension)) = stem.rsplit_once('.') {
        let extension = extension.to_lowercase();
        if !TEXT.contains(&extension.as_str()) && !OTHER.contains(&extension.as_str()) {
            break;
        }
        last.get_or_insert(extension);
        stem = before;
    }
    (stem, last.unwrap_or_default())
}
