//! `screen`: a whole portfolio into a run folder.

use super::common::Common;
use super::exit::Ending;
use super::{Exit, show};
use crate::intake;
use crate::pipeline::batch::{self, DossierChoice};
use crate::pipeline::{RunPlace, RunReport, demo};
use crate::redflag::Severity;
use anyhow::Context;
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// Screen a portfolio and write a run folder with results, dossiers and a summary
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of tables (parties or partners, relations, engagements as CSV) or one file
    #[arg(required_unless_present = "demo")]
    portfolio: Option<PathBuf>,
    /// Folder to write, apart from the portfolio; an earlier run there is replaced in one step
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Only these lists [default: all imported ones]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    lists: Vec<String>,
    /// Subjects that get a dossier
    #[arg(long, value_enum, default_value_t = Which::Open)]
    dossiers: Which,
    /// Exit with 1 when a flag of this severity or worse is raised
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(super) fail_on: Option<Floor>,
    /// Refuse tables with columns that mean nothing here
    #[arg(long)]
    strict: bool,
}

/// Subjects that get a dossier.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// Flagged and not-screened ones
    Open,
    /// Every subject
    All,
}

/// Severities to fail on.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Floor {
    /// Anything the local compliance manager must address
    Medium,
    /// Compliance manager and a second person
    High,
    /// Prohibited
    Prohibited,
}

impl From<Floor> for Severity {
    fn from(floor: Floor) -> Self {
        match floor {
            Floor::Medium => Self::Medium,
            Floor::High => Self::High,
            Floor::Prohibited => Self::Prohibited,
        }
    }
}

pub(super) fn run(args: &Args, common: &Common) -> anyhow::Result<Exit> {
    let clock = Common::clock();
    let place = RunPlace::claim(&args.out, args.portfolio.as_deref())?;
    let intake = match &args.portfolio {
        Some(path) => {
            intake::read(path).with_context(|| format!("while reading {}", path.display()))?
        }
        None => demo::portfolio()?,
    };
    anyhow::ensure!(
        !args.strict || intake.warnings.is_empty(),
        "--strict: {}",
        intake.warnings.join("; ")
    );
    let choice = match args.dossiers {
        Which::Open => DossierChoice::Open,
        Which::All => DossierChoice::All,
    };
    let portfolio = match args.portfolio.as_ref().and_then(|path| path.file_stem()) {
        Some(name) => name.to_string_lossy().into_owned(),
        None => "Demonstration portfolio".to_owned(),
    };
    let bar = common.bar();
    let report = common.with_threads(|| {
        let engine = common.engine(&args.lists)?;
        let tell = |step, done, of| bar.tell(step, done, of);
        batch::run(&engine, &intake, &portfolio, place, choice, &tell, &clock)
    })?;
    bar.done();
    if !common.is_quiet() {
        remarks(&report, common);
    }
    show::result(&summary(&report, &args.out))?;
    let ending = Ending {
        lists_reliable: report.unreliable_lists.is_empty(),
        complete: report.is_complete(),
        gravest: report.gravest,
    };
    Ok(ending.exit(args.fail_on.map(Severity::from)))
}

/// What the user should know beside the result.
fn remarks(report: &RunReport, common: &Common) {
    for warning in &report.warnings {
        show::note(&format!("note: {warning}"));
    }
    if !report.absent_lists.is_empty() && !common.is_demo() {
        let absent = report.absent_lists.join(", ");
        show::note(&format!("not imported, so nobody was compared with: {absent}"));
    }
    for (list, reason) in &report.unreliable_lists {
        show::note(&format!("list {list}: {reason}; nothing can be clear without it"));
    }
    if report.subjects == 0 {
        show::note("no subject was found in the input: nobody was screened");
    }
    if report.rejects > 0 {
        show::note(&format!("{} rows or fields were refused: rejects.jsonl", report.rejects));
    }
}

fn summary(report: &RunReport, out: &Path) -> String {
    let counts = |counts: Vec<(String, usize)>| {
        let parts: Vec<String> = counts.iter().map(|(what, n)| format!("{n} {what}")).collect();
        parts.join(" · ")
    };
    let outcomes = report.outcomes.iter().map(|(what, n)| (what.replace('_', " "), *n)).collect();
    let verdicts = report.verdicts.iter().map(|(what, n)| ((*what).to_owned(), *n)).collect();
    let flags = report.flags.iter().map(|(what, n)| (what.clone(), *n)).collect();
    format!(
        "{} subjects: {}\nverdicts: {}\nflags: {}\n{} parties screened against {} {}, {} matches, {} dossiers\n{}",
        report.subjects,
        counts(outcomes),
        counts(verdicts),
        if report.flags.is_empty() { "none".to_owned() } else { counts(flags) },
        report.parties_screened,
        report.lists.len(),
        if report.lists.len() == 1 { "list" } else { "lists" },
        report.matches,
        report.dossiers,
        out.join("index.html").display(),
    )
}
