//! The command line: one file a subcommand. Each reads its inputs, makes one library call, renders
//! the result and chooses the exit code; nothing is decided here.
#![expect(clippy::doc_markdown, reason = "doc comments here are help texts")]

mod check;
mod common;
mod exit;
mod lists;
mod matching;
mod progress;
mod screen;
mod show;

pub use exit::Exit;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use common::Common;

/// Screen business partners: who owns and runs them, are any of them sanctioned, debarred or
/// government officials, and what has to be settled before the deal.
#[derive(Debug, Parser)]
#[command(name = "diligence", version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes:
  0  done
  1  findings at or above --fail-on
  2  wrong usage or configuration
  3  incomplete: something was not screened, or input was refused
  4  a list is missing, stale or held
  5  damaged data
  6  another run is at work

Try it without any file or list of your own:
  diligence screen --demo --out demo-run";

#[derive(Debug, Subcommand)]
enum Command {
    Screen(screen::Args),
    Check(check::Args),
    Match(matching::Args),
    Lists(lists::Args),
}

/// The command as clap knows it, for tests of the help texts.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command line `args` and says how it ended. Usage errors, help and version are clap's.
#[must_use]
pub fn run(args: impl IntoIterator<Item = std::ffi::OsString>) -> Exit {
    let parsed = Cli::command().try_get_matches_from(args);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return exit::of_usage(&error),
    };
    cli.common.start_logging();
    exit::say_nothing_of_guarded_panics();
    let ended = match &cli.command {
        Command::Screen(args) => screen::run(args, &cli.common),
        Command::Check(args) => check::run(args, &cli.common),
        Command::Match(args) => matching::run(args, &cli.common),
        Command::Lists(args) => lists::run(args, &cli.common),
    };
    ended.unwrap_or_else(|error| exit::of_error(&error))
}
