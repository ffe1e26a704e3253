//! `lists approve`: publish a held edition in spite of what held it.

use crate::cli::common::{Common, Opened};
use crate::cli::{Exit, show};
use crate::dossier::visible::visible;
use crate::pipeline::import;

/// Publish the held edition of a list in spite of what held it
///
/// The edition is the one the last import left; its listings and its index are checked first. Who
/// approved it, why, and in spite of what is told wherever the list is relied on, and stays in the
/// list's history. Files that could not be read as the list cannot be approved. Whether WHO may
/// decide is not checked: roles come with the cases.
#[derive(Debug, clap::Args)]
pub(super) struct Approve {
    /// Name of the list
    list: String,
    /// Why it may be used all the same
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who decides [default: the user's name in the system]
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
}

pub(super) fn run(args: &Approve, common: &Common, opened: &Opened) -> anyhow::Result<Exit> {
    let source = super::named(opened, &args.list)?;
    let decision = super::decision(args.by.as_deref(), &args.reason, common)?;
    let manifest = import::approve(&opened.settings, &opened.store, &source, &decision)?;
    let mut lines = vec![format!(
        "{}: edition {} published, approved by {}",
        manifest.list, manifest.edition, decision.by
    )];
    let trips = manifest.approved.iter().flat_map(|approved| &approved.trips);
    lines.extend(trips.map(|trip| format!("in spite of: {trip}")));
    show::result(&visible(&lines.join("\n")))?;
    Ok(Exit::Ok)
}
