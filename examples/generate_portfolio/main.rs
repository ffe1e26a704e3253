//! Makes a portfolio of any size to measure screening with: company names from a file of names,
//! invented owners and key persons, and listings planted in known places.
//!
//! Writes `partners.csv` (or `parties.csv` and `relations.csv`) and the ground truth `planted.csv`
//! to a folder, which can be screened as it is: `planted.csv` is no table of a portfolio. Nothing but the planted parties should be
//! flagged; a company that is itself on a list, or an invented person who shares name and birth
//! year with a listed one, is flagged rightly. The same files and seed give the same bytes.
//!
//! ```text
//! cargo run --release --example generate_portfolio -- \
//!   --names companies.csv.gz --name-column LegalName --country-column Country \
//!   --person-names names/*.json --plant snapshot/listings.jsonl \
//!   --count 2000 --planted 200 --seed 1 --out portfolio
//! ```
#![expect(clippy::disallowed_methods, reason = "a tool at the edge: it reads and writes files")]

mod generator;

use anyhow::{Context, bail, ensure};
use clap::{Parser, ValueEnum};
use diligence::party::Country;
use diligence::watchlist::Listing;
use generator::people::Stock;
use generator::rng::Rng;
use generator::{Ingredients, generate, tables};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Make a portfolio with planted listings, to measure screening with
#[derive(Parser)]
struct Args {
    /// Company names: CSV with a header, or plain text with one name a line; gzip is read as it is
    #[arg(long, value_name = "FILE")]
    names: PathBuf,
    /// Column that holds the name; without it the file is plain text
    #[arg(long, value_name = "COLUMN")]
    name_column: Option<String>,
    /// Column that holds the country, by code or name
    #[arg(long, value_name = "COLUMN", requires = "name_column")]
    country_column: Option<String>,
    /// Keep only rows in which the column has this value
    #[arg(long, value_name = "COLUMN=VALUE", requires = "name_column")]
    only: Option<String>,
    /// Given names and surnames: JSON objects of lists (`first_names_female`, `last_names`…), a
    /// country's code at the end of the file name (`de_DE.json`); without it names are invented
    #[arg(long, value_name = "FILE", num_args = 1..)]
    person_names: Vec<PathBuf>,
    /// Listings to plant: a snapshot's listings.jsonl
    #[arg(long, value_name = "FILE", num_args = 1..)]
    plant: Vec<PathBuf>,
    /// Partners
    #[arg(long, default_value_t = 2000)]
    count: usize,
    /// Planted listings: half as subject, a quarter each as owner and as key person
    #[arg(long, default_value_t = 200)]
    planted: usize,
    /// Seed of all chance
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Tables to write
    #[arg(long, value_enum, default_value_t = Layout::Partners)]
    layout: Layout,
    /// Folder to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// One table: partners.csv
    Partners,
    /// Two tables: parties.csv and relations.csv
    Relations,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let listings = listings(&args.plant)?;
    let planted = if args.plant.is_empty() { 0 } else { args.planted };
    let ingredients = Ingredients {
        companies: companies(&args)?,
        stocks: stocks(&args.person_names)?,
        listings,
        planted,
        seed: args.seed,
    };
    let (partners, truth) = generate(&ingredients);
    ensure!(
        truth.len() == planted,
        "expected {planted} listings to plant among {} partners; found {}",
        partners.len(),
        truth.len()
    );
    let out = &args.out;
    fs::create_dir_all(out).with_context(|| format!("while making {}", out.display()))?;
    match args.layout {
        Layout::Partners => save(&out.join("partners.csv"), &tables::partners(&partners)?)?,
        Layout::Relations => {
            save(&out.join("parties.csv"), &tables::parties(&partners)?)?;
            save(&out.join("relations.csv"), &tables::relations(&partners)?)?;
        }
    }
    save(&out.join("planted.csv"), &tables::planted(&truth)?)
}

fn save(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("while writing {}", path.display()))
}

/// A file's text, unpacked when it is gzip.
fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    let told = || format!("while reading {}", path.display());
    let mut file = BufReader::new(File::open(path).with_context(told)?);
    let packed = file.fill_buf().with_context(told)?.starts_with(&[0x1F, 0x8B]);
    if packed {
        return Ok(Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(file))));
    }
    Ok(Box::new(file))
}

/// As many company names as asked for, chosen by chance from the whole file and in its order.
fn companies(args: &Args) -> anyhow::Result<Vec<(String, Option<String>)>> {
    let mut rng = Rng::new(args.seed ^ 0x006E_616D_6573);
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (name, country) in names(args)? {
        let name = name.trim().to_owned();
        let usable = name.chars().any(char::is_alphabetic) && !name.contains([';', '\0']);
        if usable && seen.insert(name.to_lowercase()) {
            let country = country.and_then(|text| text.parse::<Country>().ok());
            all.push((name, country.map(|country| country.code().to_owned())));
        }
    }
    ensure!(all.len() >= args.count, "expected {} names; found {}", args.count, all.len());
    let mut places: Vec<usize> = (0..all.len()).collect();
    rng.shuffle(&mut places);
    places.truncate(args.count);
    places.sort_unstable();
    Ok(places.into_iter().filter_map(|place| all.get(place).cloned()).collect())
}

/// All names of the file, with their countries as written.
fn names(args: &Args) -> anyhow::Result<Vec<(String, Option<String>)>> {
    let told = || format!("while reading {}", args.names.display());
    let Some(name_column) = &args.name_column else {
        let lines: Result<Vec<String>, _> = open(&args.names)?.lines().collect();
        return Ok(lines.with_context(told)?.into_iter().map(|line| (line, None)).collect());
    };
    let mut reader = csv::Reader::from_reader(open(&args.names)?);
    let header = reader.headers().with_context(told)?.clone();
    let place = |column: &str| {
        let found = header.iter().position(|name| name == column);
        found.with_context(|| {
            let found: Vec<&str> = header.iter().collect();
            format!("expected a column '{column}'; found {}", found.join(", "))
        })
    };
    let name_at = place(name_column)?;
    let country_at = args.country_column.as_deref().map(place).transpose()?;
    let only = match args.only.as_deref().map(|only| only.split_once('=')) {
        Some(Some((column, value))) => Some((place(column)?, value)),
        Some(None) => bail!("expected --only COLUMN=VALUE; found no '='"),
        None => None,
    };
    let mut names = Vec::new();
    for record in reader.records() {
        let record = record.with_context(told)?;
        if only.is_some_and(|(at, value)| record.get(at) != Some(value)) {
            continue;
        }
        let country = country_at.and_then(|at| record.get(at)).map(str::to_owned);
        names.push((record.get(name_at).unwrap_or_default().to_owned(), country));
    }
    Ok(names)
}

/// One stock a file that has both given names and surnames.
fn stocks(files: &[PathBuf]) -> anyhow::Result<Vec<Stock>> {
    if files.is_empty() {
        return Ok(vec![Stock::invented()]);
    }
    let mut stocks = Vec::new();
    for path in files {
        let told = || format!("while reading {}", path.display());
        let mut text = String::new();
        open(path)?.read_to_string(&mut text).with_context(told)?;
        let values: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(&text).with_context(told)?;
        let lists = values.into_iter().filter_map(|(key, value)| {
            Some((key, serde_json::from_value::<Vec<String>>(value).ok()?))
        });
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let region = stem.rsplit_once('_').and_then(|(_, code)| code.parse::<Country>().ok());
        let country = region.map(|country| country.code().to_owned());
        // Some collections hold surnames only: nobody can be made from them.
        stocks.extend(Stock::of(&lists.collect(), country));
    }
    ensure!(!stocks.is_empty(), "expected given names and surnames; found none in any file");
    Ok(stocks)
}

fn listings(files: &[PathBuf]) -> anyhow::Result<Vec<Listing>> {
    let mut listings = Vec::new();
    for path in files {
        for (at, line) in open(path)?.lines().enumerate() {
            let told = || format!("while reading {} line {}", path.display(), at + 1);
            let line = line.with_context(told)?;
            if !line.trim().is_empty() {
                listings.push(serde_json::from_str(&line).with_context(told)?);
            }
        }
    }
    Ok(listings)
}
