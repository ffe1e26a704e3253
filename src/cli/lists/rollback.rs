//! `lists rollback`: go back to a kept edition.

use crate::cli::common::{Common, Opened};
use crate::cli::{Exit, show};
use crate::dossier::visible::visible;
use crate::pipeline::import;

/// Go back to an edition of a list that is still kept
///
/// The edition's listings and index are checked first. The list is as old as that edition from
/// then on, and says who went back, from which edition and why, until the next import publishes.
#[derive(Debug, clap::Args)]
pub(super) struct Rollback {
    /// Name of the list
    list: String,
    /// Edition, or the beginning of its name [default: the one before the edition in use]
    edition: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "no reason given")]
    reason: String,
    /// Who decides [default: the user's name in the system]
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
}

pub(super) fn run(args: &Rollback, common: &Common, opened: &Opened) -> anyhow::Result<Exit> {
    let source = super::named(opened, &args.list)?;
    let decision = super::decision(args.by.as_deref(), &args.reason, common)?;
    let edition = args.edition.as_deref();
    let (mark, manifest) =
        import::roll_back(&opened.settings, &opened.store, &source, edition, &decision)?;
    let state = opened.store.state(&source, decision.when);
    let text = format!(
        "{}: edition {} is in use again, instead of {}\n{} records; {}",
        manifest.list, mark.to, mark.from, manifest.records, state.sentence
    );
    show::result(&visible(&text))?;
    Ok(if state.reliance.may_clear() { Exit::Ok } else { Exit::Lists })
}
