//! `match`: queries by example, one JSON line each, answers the same way.

use super::common::Common;
use super::exit::Ending;
use super::{Exit, show};
use crate::pipeline::{queries, query_lines::query_lines};
use anyhow::Context;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

/// Match queries (FollowTheMoney, one JSON object a line) against the lists
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// File of queries, - for stdin: {"id":"q1","schema":"Person","properties":{"name":["…"]}}
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// At most this many results a query, 1 or more [default: all]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    limit: Option<usize>,
    /// Only results with at least this score, 0 to 1; results below the alert threshold are never
    /// returned [default: the alert threshold]
    #[arg(long, value_name = "SCORE", value_parser = share)]
    threshold: Option<f64>,
    /// Only these lists [default: all imported ones]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    lists: Vec<String>,
}

pub(super) fn run(args: &Args, common: &Common) -> anyhow::Result<Exit> {
    let engine = common.engine(&args.lists)?;
    let options = queries::Options { limit: args.limit, threshold: args.threshold };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut refused = 0_usize;
    for line in query_lines(open(&args.queries)?) {
        let line = line.with_context(|| format!("while reading {}", args.queries.display()))?;
        let answer = queries::answer(&engine, &line, &options);
        refused += usize::from(answer.error.is_some());
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    if refused > 0 && !common.is_quiet() {
        show::note(&format!("{refused} queries were not answered; their lines say why"));
    }
    let ending = Ending {
        lists_reliable: engine.unreliable_lists.is_empty(),
        complete: refused == 0,
        gravest: None,
    };
    Ok(ending.exit(None))
}

fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number >= 1);
    number.ok_or_else(|| "expected a whole number, 1 or more".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "expected a number from 0 to 1".to_owned())
}

#[expect(clippy::disallowed_methods, reason = "the file was asked for on the command line")]
fn open(path: &std::path::Path) -> anyhow::Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    let file = File::open(path).with_context(|| format!("while opening {}", path.display()))?;
    Ok(Box::new(BufReader::new(file)))
}
