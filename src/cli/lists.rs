//! `lists`: import list files that are here, and tell how each list stands.

use super::common::{Common, Opened};
use super::{Exit, show};
use crate::dossier::visible::visible;
use crate::party::Reject;
use crate::pipeline::import::{self, Imported};
use crate::watchlist::{ImportOptions, Limits, ListSource, Manifest, Reliance};
use anyhow::bail;
use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;

/// Import lists, and see which editions are in use
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Import(Import),
    Status(Status),
}

/// Import files of a list; a file that cannot be trusted is held and the old edition stays
#[derive(Debug, clap::Args)]
struct Import {
    /// The list's declaration, for example ofac_sdn, un_sc, everypolitician
    #[arg(required_unless_present = "ftm")]
    list: Option<String>,
    /// Files, or folders to search for the files the list needs; gzip is read as it is
    paths: Vec<PathBuf>,
    /// A FollowTheMoney file (JSON lines) instead of a declared list
    #[arg(long, value_name = "FILE", requires = "name", conflicts_with_all = ["list", "paths"])]
    ftm: Option<PathBuf>,
    /// Name of the list that --ftm becomes
    #[arg(long = "as", value_name = "NAME", requires = "ftm")]
    name: Option<String>,
    /// When the files were retrieved from the publisher, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME")]
    retrieved: Option<Timestamp>,
    /// The publisher's date, for files that carry none
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// table for people, json for machines
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Which edition of each list is in use, its age and state
#[derive(Debug, clap::Args)]
struct Status {
    /// table for people, json for machines
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub(super) fn run(args: &Args, common: &Common) -> anyhow::Result<Exit> {
    let opened = common.open()?;
    match &args.action {
        Action::Import(args) => import(args, common, &opened),
        Action::Status(args) => status(args, common, &opened),
    }
}

fn import(args: &Import, common: &Common, opened: &Opened) -> anyhow::Result<Exit> {
    let (source, paths) = match (&args.ftm, &args.name, &args.list) {
        (Some(file), Some(name), _) => {
            if opened.settings.source(name).is_ok() {
                bail!("--as: '{name}' is a declared list; choose another name");
            }
            (ListSource::ftm(name)?, vec![file.clone()])
        }
        (_, _, Some(list)) => (opened.settings.source(list)?.clone(), args.paths.clone()),
        _ => bail!("expected the name of a list, or --ftm FILE --as NAME"),
    };
    if paths.is_empty() {
        bail!("expected files or folders after '{}'", source.name);
    }
    let bar = common.bar();
    let options = ImportOptions {
        limits: Limits::default(),
        retrieved: args.retrieved.map_or_else(|| common.now(), Ok)?,
        published: args.published.clone(),
        progress: &|done, of| bar.tell("reading", done, of),
    };
    let imported = import::import(&opened.settings, &opened.store, &source, &paths, &options);
    bar.done();
    let imported = imported.map_err(|error| {
        let what = if error.is_held() {
            "the import is held; the edition in use stays, and clears nobody until this is settled"
        } else {
            "nothing was imported"
        };
        anyhow::Error::new(error).context(format!("{}: {what}", source.name))
    })?;
    match args.format {
        Format::Json => show::result(&serde_json::to_string_pretty(&imported.report.manifest)?)?,
        Format::Table => show::result(&told(&imported))?,
    }
    for trip in &imported.report.trips {
        show::note(&format!("held: {trip}"));
    }
    Ok(if !imported.report.is_published() {
        Exit::Lists
    } else if imported.refused_rows() > 0 || !imported.not_indexed.is_empty() {
        Exit::Incomplete
    } else {
        Exit::Ok
    })
}

/// What came of an import, for a person.
fn told(imported: &Imported) -> String {
    let Imported { report, not_indexed } = imported;
    let manifest = &report.manifest;
    let kinds = manifest.by_kind.iter().map(|(kind, count)| format!("{count} {kind}"));
    let state = if report.is_published() { "published" } else { "HELD, the old edition stays" };
    let mut lines = vec![
        format!("{}: edition {} {state}", manifest.list, manifest.edition),
        format!(
            "{} records ({}), {} names of which {} weak",
            manifest.records,
            kinds.collect::<Vec<_>>().join(", "),
            manifest.names,
            manifest.weak_names
        ),
    ];
    if let Some(count) = manifest.publisher_count {
        lines.push(format!("the publisher counts {count} records"));
    }
    for (code, count) in &manifest.rejects {
        let Some(first) = report.rejects.iter().find(|reject| reject.code == *code) else {
            continue;
        };
        let what = if first.field.is_empty() { "refused" } else { "field not read" };
        let Reject { file, row, message, .. } = first;
        lines.push(format!("{what}, {code}: {count}; first {file} row {row}: {message}"));
    }
    for (listing, problem) in not_indexed {
        lines.push(format!("a name of {listing} cannot be searched: {problem}"));
    }
    lines.extend(manifest.warnings.iter().map(|warning| format!("note: {warning}")));
    visible(&lines.join("\n"))
}

/// A list's line in `lists status`.
#[derive(Debug, Serialize)]
struct Line<'a> {
    list: &'a str,
    reliance: Reliance,
    state: String,
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
    let damaged = read.is_err() || held.is_err();
    let manifest = read.ok().flatten().map(|snapshot| snapshot.manifest);
    let known = manifest.is_some() || damaged || matches!(held, Ok(Some(_)));
    let (reliance, state) = (state.reliance, state.sentence);
    Line { list: &source.name, reliance, state, known, damaged, manifest }
}

fn status(args: &Status, common: &Common, opened: &Opened) -> anyhow::Result<Exit> {
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
