//! `lists status`: which edition of each list is in use, how old it is and whether it can be relied
//! on.

use super::Format;
use crate::cli::common::{Common, Opened};
use crate::cli::{Exit, show};
use crate::dossier::visible::visible;
use crate::watchlist::{ListSource, Manifest, Reliance};
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write;

/// Which edition of each list is in use, its age and state
#[derive(Debug, clap::Args)]
pub(super) struct Status {
    /// table for people, json for machines
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A list's line in `lists status`.
#[derive(Debug, Serialize)]
struct Line<'a> {
    list: &'a str,
    reliance: Reliance,
    state: String,
    /// Whole hours since the edition in use was retrieved.
    age_hours: Option<u64>,
    /// Somebody tried to import it: it counts.
    known: bool,
    /// What is stored cannot be read.
    damaged: bool,
    manifest: Option<Manifest>,
}

fn line<'a>(opened: &Opened, source: &'a ListSource, now: Timestamp) -> Line<'a> {
    let state = opened.store.state(source, now);
    let read = opened.store.current(&source.name);
    let held = opened.store.held(&source.name);
    let checked = opened.store.checked(&source.name);
    let damaged = read.is_err() || held.is_err() || checked.is_err();
    let manifest = read.ok().flatten().map(|snapshot| snapshot.manifest);
    let failed = checked.is_ok_and(|checked| checked.failed.is_some());
    let known = manifest.is_some() || damaged || matches!(held, Ok(Some(_))) || failed;
    let (reliance, age_hours, state) = (state.reliance, state.age_hours, state.sentence);
    Line { list: &source.name, reliance, state, age_hours, known, damaged, manifest }
}

pub(super) fn run(args: &Status, common: &Common, opened: &Opened) -> anyhow::Result<Exit> {
    let now = common.now()?;
    let sources = opened.settings.sources_in(&opened.store, &[])?;
    let lines: Vec<Line<'_>> = sources.iter().map(|source| line(opened, source, now)).collect();
    let known = || lines.iter().filter(|line| line.known);
    match args.format {
        Format::Json => show::result(&serde_json::to_string_pretty(&lines)?)?,
        Format::Table => {
            let header = ["list", "published", "retrieved", "records", "names", "refused", "state"];
            let mut text = show::table(&header, lines.iter().map(row).collect());
            for line in known() {
                write!(text, "\n{}: {}", line.list, visible(&line.state))?;
            }
            show::result(&text)?;
        }
    }
    Ok(if known().any(|line| line.damaged) {
        Exit::Integrity
    } else if known().next().is_none() || known().any(|line| !line.reliance.may_clear()) {
        Exit::Lists
    } else {
        Exit::Ok
    })
}

fn row(line: &Line<'_>) -> Vec<String> {
    let mut cells = vec![line.list.to_owned()];
    match &line.manifest {
        None => cells.resize(6, String::new()),
        Some(manifest) => cells.extend([
            manifest.published.as_deref().map_or("not stated".to_owned(), day),
            manifest.retrieved.strftime("%Y-%m-%d %H:%MZ").to_string(),
            manifest.records.to_string(),
            manifest.names.to_string(),
            manifest.rejects.values().sum::<u64>().to_string(),
        ]),
    }
    cells.push(if line.damaged { "damaged" } else { line.reliance.as_str() }.to_owned());
    cells
}

/// The day of a publication date; the time of day stands in `--format json`.
fn day(published: &str) -> String {
    published.split('T').next().unwrap_or_default().to_owned()
}
