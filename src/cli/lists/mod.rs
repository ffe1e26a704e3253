//! `lists`: what a user can do with the lists; one file a command.

mod check;
mod export;
mod import;
mod status;
mod update;

use super::Exit;
use super::common::Common;
use clap::{Subcommand, ValueEnum};

/// Fetch and import lists, and see which editions are in use
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
    }
}
