//! `lists check`: whether every list can be relied on this morning, and what to do if not.

use super::Format;
use crate::cli::common::{Common, Opened};
use crate::cli::{Exit, show};
use crate::dossier::visible::visible;
use crate::watchlist::{Checkup, check_up};

/// Check that every list is current and undamaged, and say what to do next
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Only these lists [default: all]
    #[arg(value_name = "NAME")]
    lists: Vec<String>,
    /// table for people, json for machines
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(args: &Check, common: &Common, opened: &Opened) -> anyhow::Result<Exit> {
    let now = common.now()?;
    let sources = opened.settings.sources_in(&opened.store, &args.lists)?;
    let named = |checkup: &Checkup| args.lists.contains(&checkup.list);
    let checkups: Vec<Checkup> = sources
        .iter()
        .map(|source| check_up(&opened.store, source, now))
        .map(|checkup| Checkup { known: checkup.known || named(&checkup), ..checkup })
        .collect();
    match args.format {
        Format::Json => show::result(&serde_json::to_string_pretty(&checkups)?)?,
        Format::Table => show::result(&told(&checkups))?,
    }
    Ok(exit(&checkups))
}

fn told(checkups: &[Checkup]) -> String {
    let mut lines = Vec::new();
    for checkup in checkups.iter().filter(|checkup| checkup.known) {
        let state = if checkup.damaged { "damaged" } else { checkup.reliance.as_str() };
        lines.push(format!("{}: {state}: {}", checkup.list, checkup.sentence));
        lines.extend(checkup.next.as_ref().map(|next| format!("  next: {next}")));
    }
    let unknown: Vec<&str> =
        checkups.iter().filter(|checkup| !checkup.known).map(|c| c.list.as_str()).collect();
    if !unknown.is_empty() {
        lines.push(format!("declared and never imported: {}", unknown.join(", ")));
    }
    visible(&lines.join("\n"))
}

fn exit(checkups: &[Checkup]) -> Exit {
    if checkups.iter().any(|checkup| checkup.damaged) {
        Exit::Integrity
    } else if checkups.iter().all(|c| !c.known) || checkups.iter().any(|c| !c.is_well()) {
        Exit::Lists
    } else {
        Exit::Ok
    }
}
