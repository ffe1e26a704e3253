//! `check`: one vendor, now.

use super::common::Common;
use super::exit::Ending;
use super::screen::Floor;
use super::{Exit, show};
use crate::dossier::{self, Dossier, visible::visible};
use crate::pipeline::check::{self, Vendor};
use crate::redflag::{Outcome, Severity, Truth};
use anyhow::{Context, ensure};
use clap::ValueEnum;
use std::fmt::Write;
use std::path::PathBuf;

/// Check one vendor and answer on the terminal
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The vendor's name
    #[arg(long)]
    name: String,
    /// company, organization, public_body, person, vessel, aircraft
    #[arg(long)]
    kind: Option<String>,
    /// Country, code or name
    #[arg(long)]
    country: Option<String>,
    /// Date of birth of a person: 1970, 1970-05 or 1970-05-21
    #[arg(long, value_name = "DATE")]
    birth_date: Option<String>,
    /// Date of incorporation of a company
    #[arg(long, value_name = "DATE")]
    incorporation_date: Option<String>,
    /// Register number of a company, or identity number of a person; COLUMN=VALUE for any other
    /// column of the partners table (lei, inn, ogrn, imo_number, passport_number, alias, …)
    #[arg(long = "id", value_name = "VALUE")]
    ids: Vec<String>,
    /// An owner: NAME;share=60;country=cy;birth_date=1970 …; may be repeated
    #[arg(long = "owner", value_name = "OWNER")]
    owners: Vec<String>,
    /// A key person: NAME;role=director;birth_date=1970;nationality=cy …; may be repeated
    #[arg(long = "person", value_name = "PERSON")]
    persons: Vec<String>,
    /// Only these lists [default: all imported ones]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    lists: Vec<String>,
    /// table for people, json for machines (a line as in results.jsonl)
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Also write the dossier to this file
    #[arg(long, value_name = "FILE.html")]
    dossier: Option<PathBuf>,
    /// Exit with 1 when a flag of this severity or worse is raised
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Floor>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub(super) fn run(args: &Args, common: &Common) -> anyhow::Result<Exit> {
    let intake = check::intake(&vendor(args)?)?;
    let engine = common.engine(&args.lists)?;
    let dossier = check::check(&engine, &intake)?;
    if let Some(path) = &args.dossier {
        write_file(path, &dossier::html(&dossier)?)?;
    }
    let answer = &dossier.assessment;
    match args.format {
        Format::Json => show::result(&serde_json::to_string(answer)?)?,
        Format::Table => show::result(&text(&dossier)?)?,
    }
    if !engine.absent_lists.is_empty() && args.lists.is_empty() && !common.is_demo() {
        let absent = engine.absent_lists.join(", ");
        show::note(&format!("not imported, so nobody was compared with: {absent}"));
    }
    let raised = answer.flags.iter().filter(|flag| flag.truth == Truth::True);
    let gravest = raised.map(|flag| flag.severity).max();
    let ending = Ending {
        lists_reliable: engine.unreliable_lists.is_empty(),
        complete: answer.not_screened.is_empty()
            && !matches!(answer.outcome, Outcome::NotScreened | Outcome::Quarantined),
        gravest,
    };
    Ok(ending.exit(args.fail_on.map(Severity::from)))
}

/// The vendor's columns. A column that is given twice is refused: the second value would silently
/// replace the first, and somebody would go unscreened.
fn vendor(args: &Args) -> anyhow::Result<Vendor> {
    ensure!(
        !args.name.contains(';'),
        "--name: expected one name; found '{}' with a ';' in it. Give other names of the same \
         vendor as --id alias=…",
        args.name
    );
    let mut vendor =
        Vendor { owners: args.owners.clone(), persons: args.persons.clone(), ..Vendor::default() };
    let natural = args.kind.as_deref() == Some("person");
    let number = if natural { "id_number" } else { "registration_number" };
    let given = [
        ("name", Some(&args.name)),
        ("kind", args.kind.as_ref()),
        ("country", args.country.as_ref()),
        ("birth_date", args.birth_date.as_ref()),
        ("incorporation_date", args.incorporation_date.as_ref()),
    ];
    for (column, value) in given {
        if let Some(value) = value {
            vendor.own.insert(column.to_owned(), value.clone());
        }
    }
    for id in &args.ids {
        let (column, value) = id.split_once('=').unwrap_or((number, id));
        let (column, value) = (column.trim(), value.trim());
        ensure!(
            column != "id" && column != "name",
            "--id: expected a number or a column other than '{column}'; the name is --name"
        );
        ensure!(
            vendor.own.insert(column.to_owned(), value.to_owned()).is_none(),
            "--id: expected each column once; found '{column}' again. Separate several values of \
             a column with ';'"
        );
    }
    Ok(vendor)
}

/// The answer for a terminal: verdict, flags with reasons, matches, what is missing.
fn text(dossier: &Dossier) -> anyhow::Result<String> {
    let answer = &dossier.assessment;
    let mut out = String::new();
    writeln!(out, "{}  {}: {}", answer.verdict.as_str(), answer.caption, answer.outcome.as_str())?;
    for flag in &answer.flags {
        let open = if flag.truth == Truth::Unknown { " (cannot be answered)" } else { "" };
        writeln!(out, "\n{} {}, {}{open}", flag.code, flag.title, flag.severity.word())?;
        writeln!(out, "  {}", flag.because)?;
        writeln!(out, "  settled by: {}", flag.settles)?;
    }
    if !answer.matches.is_empty() {
        let header = ["party", "resembles", "listing", "identity", "agrees / conflicts"];
        let rows = answer.matches.iter().map(|line| {
            let verdicts = line
                .features
                .iter()
                .map(|feature| format!("{}: {}", feature.feature, agreement(feature.verdict)));
            vec![
                format!("{} ({})", line.name.query, line.role.replace('_', " ")),
                line.name.matched.clone(),
                line.listing.clone(),
                format!("{} {:.4}", line.band.as_str(), line.score),
                verdicts.collect::<Vec<_>>().join("\n"),
            ]
        });
        writeln!(out, "\n{}", show::table(&header, rows.collect()))?;
    }
    for line in &answer.not_screened {
        writeln!(out, "not screened: {}: {}", line.what, line.reason)?;
    }
    for question in answer.unknown.iter().take(3) {
        writeln!(
            out,
            "asking for the {} would settle {} of {} open",
            question.needs, question.would_settle, question.of
        )?;
    }
    writeln!(out, "lists:")?;
    for list in &dossier.certificate.lists {
        writeln!(out, "  {}", list.words())?;
    }
    Ok(visible(&out))
}

fn agreement(verdict: crate::screening::Agreement) -> &'static str {
    match verdict {
        crate::screening::Agreement::Agree => "agrees",
        crate::screening::Agreement::Conflict => "CONFLICT",
        crate::screening::Agreement::Missing => "missing",
    }
}

#[expect(clippy::disallowed_methods, reason = "the file was asked for on the command line")]
fn write_file(path: &std::path::Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("while writing {}", path.display()))
}
