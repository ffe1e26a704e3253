//! `lists import`: publish an edition from files that are here, or those of a pack, or say why they
//! are held.

use super::{Format, update};
use crate::cli::common::{Common, Opened};
use crate::cli::{Exit, show};
use crate::dossier::visible::visible;
use crate::party::Reject;
use crate::pipeline::import::{self, Imported};
use crate::pipeline::packs;
use crate::watchlist::{ImportOptions, Limits, ListSource, Trip};
use anyhow::bail;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// Import files of a list; a file that cannot be trusted is held and the old edition stays
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// The list's declaration, for example ofac_sdn, un_sc, everypolitician; or, alone, a pack that
    /// `lists export` made
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

pub(super) fn run(args: &Import, common: &Common, opened: &Opened) -> anyhow::Result<Exit> {
    if let Some(file) = args.list.as_deref().map(Path::new).filter(|file| file.is_file())
        && args.paths.is_empty()
    {
        return import_pack(args, file, common, opened);
    }
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
        now: common.now()?,
        by: Common::who(None).unwrap_or_else(|| "unknown user".to_owned()),
        ask: None,
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
    if imported.report.trips.iter().any(Trip::may_be_approved) {
        show::note(&format!(
            "after looking at it: diligence lists approve {} --reason TEXT",
            source.name
        ));
    }
    Ok(if !imported.report.is_published() {
        Exit::Lists
    } else if imported.refused_rows() > 0 || !imported.not_indexed.is_empty() {
        Exit::Incomplete
    } else {
        Exit::Ok
    })
}

/// Imports the editions of a pack, all of them verified before the first is published.
fn import_pack(
    args: &Import,
    file: &Path,
    common: &Common,
    opened: &Opened,
) -> anyhow::Result<Exit> {
    if args.retrieved.is_some() || args.published.is_some() {
        bail!("--retrieved and --published: a pack knows its own dates");
    }
    let by = Common::who(None).unwrap_or_else(|| "unknown user".to_owned());
    let updates = packs::import(&opened.settings, &opened.store, file, (common.now()?, &by))?;
    update::tell(&updates, args.format)
}

/// What came of an import, for a person.
fn told(imported: &Imported) -> String {
    let Imported { report, not_indexed } = imported;
    let manifest = &report.manifest;
    let kinds = manifest.by_kind.iter().map(|(kind, count)| format!("{count} {kind}"));
    let state = if report.is_published() {
        "published".to_owned()
    } else {
        format!("HELD, the old edition stays; {}, not {}", report.reached, report.reached.next())
    };
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
    if manifest.canaries.asked > 0 {
        let asked = manifest.canaries;
        lines.push(format!("asked for {} of its names, found {}", asked.asked, asked.hit));
    }
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
