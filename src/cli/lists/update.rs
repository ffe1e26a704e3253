//! `lists update`: fetch what is new from the publishers, list by list.

use super::Format;
use crate::cli::common::{Common, Opened};
use crate::cli::{Exit, show};
use crate::pipeline::update::{self, ListUpdate, Outcome};
use crate::watchlist::{Fetcher, ListSource, is_fetchable};
use std::fmt::Write;

/// Fetch new editions from the publishers; what cannot be trusted is held and the old edition stays
#[derive(Debug, clap::Args)]
pub(super) struct Update {
    /// Only these lists [default: all that need no key or contract]
    #[arg(value_name = "NAME")]
    lists: Vec<String>,
    /// Only show what would be asked
    #[arg(long)]
    dry_run: bool,
    /// Send every request through this proxy; the environment's is never used
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// table for people, json for machines
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(args: &Update, common: &Common, opened: &Opened) -> anyhow::Result<Exit> {
    let mut sources = opened.settings.sources_in(&opened.store, &args.lists)?;
    if args.lists.is_empty() {
        sources.retain(|source| is_fetchable(source) && !source.fetch.on_request);
    }
    let mut config = opened.settings.fetch.clone();
    config.proxy = args.proxy.clone().or(config.proxy);
    let fetcher = Fetcher::new(config)?;
    if args.dry_run {
        show::result(&plan(opened, &sources, &fetcher)?)?;
        return Ok(Exit::Ok);
    }
    let bar = common.bar();
    let progress = |_: &str, got: u64, of: Option<u64>| {
        let count = |bytes| usize::try_from(bytes).unwrap_or(usize::MAX);
        bar.tell("fetching", count(got), count(of.unwrap_or(got)));
    };
    let (settings, store) = (&opened.settings, &opened.store);
    let by = Common::who(None).unwrap_or_else(|| "unknown user".to_owned());
    let updates =
        update::update(settings, store, &sources, &fetcher, (common.now()?, &by), &progress);
    bar.done();
    tell(&updates, args.format)
}

/// Shows what became of each list and chooses the exit code.
pub(super) fn tell(updates: &[ListUpdate], format: Format) -> anyhow::Result<Exit> {
    match format {
        Format::Json => show::result(&serde_json::to_string_pretty(updates)?)?,
        Format::Table => show::result(&told(updates))?,
    }
    Ok(exit(updates))
}

fn told(updates: &[ListUpdate]) -> String {
    let line =
        |one: &ListUpdate| format!("{}: {}: {}", one.list, one.outcome.as_str(), one.sentence);
    crate::dossier::visible::visible(&updates.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn exit(updates: &[ListUpdate]) -> Exit {
    let failed = |one: &ListUpdate| matches!(one.outcome, Outcome::Held | Outcome::Failed);
    if updates.iter().any(|one| one.damaged) {
        Exit::Integrity
    } else if updates.iter().any(failed) {
        Exit::Lists
    } else {
        Exit::Ok
    }
}

/// What would be asked, a line a file.
fn plan(opened: &Opened, sources: &[ListSource], fetcher: &Fetcher) -> anyhow::Result<String> {
    let mut text = String::new();
    for source in sources {
        for file in fetcher.plan(source, &opened.store.downloads_dir(&source.name))? {
            write!(text, "{} {}: ", source.name, file.role)?;
            match (&file.url, &file.refused) {
                (None, _) => text.push_str("no address is declared; import it by hand"),
                (Some(url), Some(refusal)) => write!(text, "{url}: will not be asked: {refusal}")?,
                (Some(url), None) if file.conditional => write!(text, "{url}, if it has changed")?,
                (Some(url), None) => write!(text, "{url}, whole")?,
            }
            match file.mirrors {
                0 => text.push('\n'),
                1 => text.push_str("; 1 mirror\n"),
                many => writeln!(text, "; {many} mirrors")?,
            }
        }
    }
    Ok(text)
}
