//! `lists`: what a user can do with the lists; one file a command.

mod import;
mod status;

use super::Exit;
use super::common::Common;
use clap::{Subcommand, ValueEnum};

/// Import lists, and see which editions are in use
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Import(import::Import),
    Status(status::Status),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub(super) fn run(args: &Args, common: &Common) -> anyhow::Result<Exit> {
    let opened = common.open()?;
    match &args.action {
        Action::Import(args) => import::run(args, common, &opened),
        Action::Status(args) => status::run(args, common, &opened),
    }
}
