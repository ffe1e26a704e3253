//! The demonstration inside the binary: a fictional list and a fictional portfolio, so that the
//! main job runs on a fresh machine, offline, without touching the user's own lists.

use super::import;
use crate::config::Settings;
use crate::intake::{self, Intake};
use crate::watchlist::{ImportOptions, Limits, ListStore};
use anyhow::{Context, ensure};
use include_dir::{Dir, include_dir};
use jiff::{civil::Date, tz::TimeZone};
use tempfile::TempDir;

static PORTFOLIO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/demo/portfolio");
static LISTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/demo/lists");

/// Name of the demonstration list's declaration.
pub const LIST: &str = "demo";

/// A list store in a temporary folder that holds the demonstration list alone, as if retrieved on
/// the morning of `date`, so that its dossiers are the same all day. The folder goes when the
/// guard is dropped.
///
/// # Errors
/// When the temporary folder cannot be written.
pub fn store(settings: &Settings, date: Date) -> anyhow::Result<(TempDir, ListStore)> {
    let folder = tempfile::Builder::new().prefix("diligence-demo-").tempdir()?;
    LISTS.extract(folder.path()).context("while unpacking the demonstration list")?;
    let store = ListStore::new(folder.path().to_path_buf());
    let morning = date.to_zoned(TimeZone::UTC).context("while reading the date")?;
    let options = ImportOptions {
        limits: Limits::default(),
        retrieved: morning.timestamp(),
        published: None,
        progress: &|_, _| {},
        now: morning.timestamp(),
        by: "diligence".to_owned(),
        ask: None,
    };
    let paths = [folder.path().to_path_buf()];
    let imported = import::import(settings, &store, settings.source(LIST)?, &paths, &options)?;
    ensure!(imported.report.is_published(), "the demonstration list was held");
    Ok((folder, store))
}

/// The demonstration portfolio.
///
/// # Errors
/// When the embedded tables do not read, which a test excludes.
pub fn portfolio() -> anyhow::Result<Intake> {
    let files = PORTFOLIO
        .files()
        .filter_map(|file| {
            let name = file.path().file_name()?.to_str()?.to_owned();
            name.ends_with(".csv").then(|| (name, file.contents().to_vec()))
        })
        .collect();
    intake::read_bytes(files).context("while reading the demonstration portfolio")
}
