//! `lists`: what a user can do with the lists; one file a command.

mod approve;
mod check;
mod diff;
mod export;
mod import;
mod rollback;
mod status;
mod update;

use super::Exit;
use super::common::{Common, Opened};
use crate::watchlist::{Decision, ListSource};
use anyhow::Context;
use clap::{Subcommand, ValueEnum};

/// Fetch, import and compare lists, and decide which editions are in use
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Update(update::Update),
    Import(import::Import),
    Export(export::Export),
    Status(status::Status),
    Check(check::Check),
    Diff(diff::Diff),
    Approve(approve::Approve),
    Rollback(rollback::Rollback),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub(super) fn run(args: &Args, common: &Common) -> anyhow::Result<Exit> {
    let opened = common.open()?;
    match &args.action {
        Action::Update(args) => update::run(args, common, &opened),
        Action::Import(args) => import::run(args, common, &opened),
        Action::Export(args) => export::run(args, common, &opened),
        Action::Status(args) => status::run(args, common, &opened),
        Action::Check(args) => check::run(args, common, &opened),
        Action::Diff(args) => diff::run(args, &opened),
        Action::Approve(args) => approve::run(args, common, &opened),
        Action::Rollback(args) => rollback::run(args, common, &opened),
    }
}

/// The one declared list, or list in the store, of this name.
fn named(opened: &Opened, list: &str) -> anyhow::Result<ListSource> {
    let mut found = opened.settings.sources_in(&opened.store, &[list.to_owned()])?;
    found.pop().with_context(|| format!("expected the name of a list, found '{list}'"))
}

/// Who decides, why, and when.
fn decision(by: Option<&str>, reason: &str, common: &Common) -> anyhow::Result<Decision> {
    let by = Common::who(by).context("expected --by WHO: the system gives no user name")?;
    Ok(Decision { by, reason: reason.trim().to_owned(), when: common.now()? })
}
