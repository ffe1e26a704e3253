//! Decides where state and configuration are, which day it is, and how loud to be: the options
//! every subcommand shares. The clock and the environment are read here.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where clock and environment enter"
)]

use super::progress::Bar;
use crate::config::Settings;
use crate::pipeline::{Engine, demo};
use crate::watchlist::ListStore;
use anyhow::Context;
use etcetera::BaseStrategy;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::io::IsTerminal;
use std::path::PathBuf;
use tempfile::TempDir;
use tracing_subscriber::EnvFilter;

/// Heading of the shared options in every help text.
const GLOBAL: &str = "Options of every command";

#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// Folder that keeps the lists [default: the platform's data folder]
    #[arg(
        long,
        global = true,
        env = "DILIGENCE_DATA_DIR",
        hide_env_values = true,
        value_name = "DIR",
        help_heading = GLOBAL
    )]
    data_dir: Option<PathBuf>,
    /// Folder with policy.toml, redflags.toml, matching.toml, fetch.toml [default: config/, else
    /// built in]
    #[arg(
        long,
        global = true,
        env = "DILIGENCE_CONFIG",
        hide_env_values = true,
        value_name = "DIR",
        help_heading = GLOBAL
    )]
    config: Option<PathBuf>,
    /// Use the built-in fictional list instead of the imported ones
    #[arg(long, global = true, help_heading = GLOBAL)]
    demo: bool,
    /// The day the answer is for: rules in force, ages, list staleness [default: today, UTC]
    #[arg(long, global = true, value_name = "YYYY-MM-DD", help_heading = GLOBAL)]
    date: Option<Date>,
    /// Threads to screen with [default: one a core]
    #[arg(long, global = true, value_name = "N", help_heading = GLOBAL)]
    threads: Option<usize>,
    /// No progress bar and no remarks on stderr
    #[arg(long, short, global = true, help_heading = GLOBAL)]
    quiet: bool,
    /// Log to stderr at this level: error, warn, info, debug; no personal data at any level
    #[arg(
        long,
        global = true,
        env = "DILIGENCE_LOG",
        hide_env_values = true,
        value_name = "LEVEL",
        default_value = "warn",
        help_heading = GLOBAL
    )]
    log: String,
}

/// A list store and, for the demonstration, the folder that goes with it.
pub(super) struct Opened {
    /// Configuration in force.
    pub(super) settings: Settings,
    /// Where the lists are.
    pub(super) store: ListStore,
    _demo: Option<TempDir>,
}

impl Common {
    /// Sends tracing to stderr.
    pub(super) fn start_logging(&self) {
        let filter = EnvFilter::try_new(&self.log).unwrap_or_else(|_| EnvFilter::new("warn"));
        let _ = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
            .with_writer(std::io::stderr)
            .try_init();
    }

    /// Whether the built-in list is asked for.
    pub(super) fn is_demo(&self) -> bool {
        self.demo
    }

    /// Whether remarks are unwelcome.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// A progress bar as loud as asked for.
    pub(super) fn bar(&self) -> Bar {
        Bar::new(self.quiet)
    }

    /// The moment the answer is for: now, or the end of the day given.
    pub(super) fn now(&self) -> anyhow::Result<Timestamp> {
        match self.date {
            None => Ok(Timestamp::now()),
            Some(date) => {
                let end = date.at(23, 59, 59, 0).to_zoned(TimeZone::UTC);
                Ok(end.context("while reading --date")?.timestamp())
            }
        }
    }

    /// The day the answer is for.
    pub(super) fn date(&self) -> anyhow::Result<Date> {
        Ok(self.now()?.to_zoned(TimeZone::UTC).date())
    }

    /// Who runs this: the name given, else the name the system gives the user. Whether that person
    /// may decide is not asked here: roles come with the cases.
    pub(super) fn who(given: Option<&str>) -> Option<String> {
        let system = ["LOGNAME", "USER", "USERNAME"];
        let named = system.into_iter().filter_map(|key| std::env::var(key).ok());
        let mut names = given.map(str::to_owned).into_iter().chain(named);
        names.find(|name| !name.trim().is_empty())
    }

    /// Reads the configuration and finds the lists.
    pub(super) fn open(&self) -> anyhow::Result<Opened> {
        let settings = Settings::load(self.config.as_deref())?;
        if self.demo {
            let (folder, store) = demo::store(&settings, self.date()?)?;
            return Ok(Opened { settings, store, _demo: Some(folder) });
        }
        let root = match &self.data_dir {
            Some(folder) => folder.clone(),
            None => etcetera::choose_base_strategy()
                .context("while looking for the platform's data folder; give --data-dir")?
                .data_dir()
                .join("diligence"),
        };
        Ok(Opened { settings, store: ListStore::new(root), _demo: None })
    }

    /// Opens lists and rules for a run.
    pub(super) fn engine(&self, only: &[String]) -> anyhow::Result<Engine> {
        let opened = self.open()?;
        Engine::open(&opened.settings, &opened.store, only, self.now()?, self.date()?)
    }

    /// Runs `work` with as many threads as asked for.
    pub(super) fn with_threads<T: Send>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send,
    ) -> anyhow::Result<T> {
        let threads = self.threads.unwrap_or(0);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.context("while starting the threads")?.install(work)
    }

    /// Seconds since the first call, for durations.
    pub(super) fn clock() -> impl Fn() -> f64 + Sync {
        let start = std::time::Instant::now();
        move || start.elapsed().as_secs_f64()
    }
}
