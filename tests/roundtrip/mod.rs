//! Random listings, written as their publisher would write them, are read back as they were.
//!
//! One fixture writer a format. A writer gets finished listings and knows nothing of the parser;
//! the parser must give back the same values, all of them, without a reject, and the same records
//! when the file has them in another order.

/// What the random listings say.
mod strategy;
/// What they say it in.
mod text;

/// The Denied Persons List, tab-separated.
mod bis_dpl;
/// The Canadian XML.
mod ca_sema;
/// The Swiss XML.
mod ch_seco;
/// The EU's XML.
mod eu_fsf;
/// Entities of FollowTheMoney, JSON.
mod ftm;
/// OFAC's delimited files.
mod ofac_csv;
/// OFAC's classic XML.
mod ofac_xml;
/// OpenSanctions' simple export, CSV.
mod opensanctions_simple;
/// A table of one's own, CSV.
mod plain_csv;
/// OFSI's closed list, CSV and workbook.
mod uk_ofsi;
/// The UK's XML.
mod uk_sl;
/// The UN's XML.
mod un_xml;
/// The Consolidated Screening List of the United States, CSV.
mod us_csl;
/// The World Bank's JSON.
mod worldbank;

use diligence::party::{Address, Country, DateSpan, NameQuality, PartialDate, Party, Tie};
use diligence::watchlist::{InputFile, Limits, ListSource, Listing, Parsed, parse};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeSet;
use strategy::Carries;

/// Cases a format: enough to meet every field and every trap, few enough to run with every build.
const CASES: u32 = 64;

/// A file as its publisher writes it.
struct Written {
    role: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    /// Rows the parser should count in it.
    rows: usize,
}

impl Written {
    /// The only file of an edition.
    fn only(name: &'static str, text: impl Into<Vec<u8>>, rows: usize) -> Vec<Self> {
        vec![Self { role: "main", name, bytes: text.into(), rows }]
    }
}

/// A format with a fixture writer.
struct Writer {
    /// Declaration the files are read by.
    source: fn() -> ListSource,
    /// What the format has a place for.
    carries: fn() -> Carries,
    /// What the format says besides: what it derives, repeats, or holds in an order of its own.
    fit: fn(Listing) -> Listing,
    /// Section of the file an entry stands in, when entries of one kind stand together.
    section: fn(&Listing) -> u8,
    /// Whether the format carries the identifier; else it is made of the record, and need only be
    /// another one for each.
    has_ids: bool,
    /// The files of an edition.
    write: fn(&[Listing]) -> Vec<Written>,
}

/// The property, for one format.
fn comes_back(writer: &Writer) {
    let source = (writer.source)();
    let carries = (writer.carries)();
    let (fit, section) = (writer.fit, writer.section);
    let editions = strategy::listings(&source, &carries).prop_map(move |listings| {
        let mut listings: Vec<Listing> = listings.into_iter().map(fit).collect();
        listings.sort_by_key(section);
        listings
    });
    let editions =
        editions.prop_flat_map(|listings| (Just(listings.clone()), Just(listings).prop_shuffle()));
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::XorShift));
    let result = runner.run(&editions, |(mut listings, shuffled)| {
        let files = (writer.write)(&listings);
        let parsed = read(&source, &files)?;
        prop_assert_eq!(&parsed.rejects, &[], "{}", shown(&files));
        if !writer.has_ids {
            let ids: BTreeSet<&str> = parsed.listings.iter().map(|read| read.id.as_str()).collect();
            prop_assert_eq!(ids.len(), listings.len(), "{}", shown(&files));
            let pairs = listings.iter_mut().zip(&parsed.listings);
            pairs.for_each(|(listing, read)| listing.id.clone_from(&read.id));
        }
        same(&parsed.listings, &listings, &files)?;
        prop_assert_eq!(parsed.lost_records, 0);
        let rows: usize = files.iter().map(|file| file.rows).sum();
        prop_assert_eq!(parsed.rows_read, rows as u64, "rows");
        let count = parsed.header.record_count.unwrap_or(listings.len() as u64);
        prop_assert_eq!(count, listings.len() as u64, "the publisher's own count");
        let files = (writer.write)(&shuffled);
        same(&sorted(read(&source, &files)?.listings), &sorted(listings), &files)
    });
    if let Err(error) = result {
        panic!("{}: {error}", source.name);
    }
}

fn sorted(mut listings: Vec<Listing>) -> Vec<Listing> {
    listings.sort_by(|a, b| a.id.cmp(&b.id));
    listings
}

/// The listings are the same; a failure shows the first that is not, and the files.
fn same(read: &[Listing], wanted: &[Listing], files: &[Written]) -> Result<(), TestCaseError> {
    prop_assert_eq!(read.len(), wanted.len(), "{}", shown(files));
    let json = |listing: &Listing| serde_json::to_string(listing).unwrap();
    for (read, wanted) in read.iter().zip(wanted) {
        prop_assert!(
            read == wanted,
            "read\n{}\nwanted\n{}\n{}",
            json(read),
            json(wanted),
            shown(files)
        );
    }
    Ok(())
}

fn read(source: &ListSource, files: &[Written]) -> Result<Parsed, TestCaseError> {
    let input: Vec<InputFile> = files
        .iter()
        .map(|file| InputFile { role: file.role.to_owned(), name: file.name.to_owned() })
        .collect();
    let mut load = |index: usize| Ok(files[index].bytes.clone());
    parse(source, &input, &mut load, &Limits::default())
        .map_err(|error| TestCaseError::fail(format!("{error}\n{}", shown(files))))
}

/// A table with every cell in quotes.
fn table(delimiter: u8, rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// A row below a header: the values of the columns that have one.
fn row(header: &[&str], values: &[(&str, String)]) -> Vec<String> {
    assert!(values.iter().all(|(column, _)| header.contains(column)), "{values:?}");
    let value = |column: &&str| values.iter().find(|(known, _)| known == column);
    header.iter().map(|c| value(c).map_or_else(String::new, |(_, v)| v.clone())).collect()
}

/// The names of a party of one quality.
fn named(party: &Party, quality: NameQuality) -> Vec<String> {
    let names = party.names.iter().filter(|name| name.quality == quality);
    names.map(|name| name.text.clone()).collect()
}

/// A day in ISO 8601, or nothing.
fn iso(day: Option<PartialDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A particular of an entry, or nothing.
fn detail(listing: &Listing, label: &str) -> String {
    let found = listing.details.iter().find(|detail| detail.label == label);
    found.map(|detail| detail.value.clone()).unwrap_or_default()
}

/// The files as text, for the message of a failure.
fn shown(files: &[Written]) -> String {
    files
        .iter()
        .map(|file| format!("{}:\n{}\n", file.name, String::from_utf8_lossy(&file.bytes)))
        .collect()
}

/// A text inside XML, in an element or in an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `<NAME>text</NAME>`, or nothing for no text.
fn element(name: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<{name}>{}</{name}>", escaped(text)) }
}

/// `<NAME>content</NAME>`, or nothing for no content, which is markup already.
fn around(name: &str, content: &str) -> String {
    if content.is_empty() { String::new() } else { format!("<{name}>{content}</{name}>") }
}

/// The name of a country, or nothing.
fn country(country: Option<Country>) -> &'static str {
    country.map_or("", Country::name)
}

/// Countries a party is tied to in one way, by name.
fn tied(party: &Party, tie: Tie) -> Vec<&'static str> {
    party.countries.iter().filter(|t| t.tie == tie).map(|t| t.country.name()).collect()
}

/// `21 Jul 1965`, `Jul 1965`, `circa 1965`, `1960 to 1962`, as lists in English write a birth date.
fn english(span: &DateSpan) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = span.from.month().map(|month| MONTHS[usize::try_from(month - 1).unwrap()]);
    match (span.from.day(), month) {
        (Some(day), Some(month)) => format!("{day:02} {month} {}", span.from.year()),
        (None, Some(month)) => format!("{month} {}", span.from.year()),
        _ if span.from != span.to => format!("{} to {}", span.from, span.to),
        _ if span.approximate => format!("circa {}", span.from),
        _ => span.from.to_string(),
    }
}

/// The street of an address, which its text has before the parts that are said apart.
fn street(address: &Address) -> &str {
    let mut street = address.text.as_str();
    let parts = [&address.postal_code, &address.city, &address.postal_code];
    for part in parts.into_iter().flatten() {
        street = street.strip_suffix(&format!(", {part}")).unwrap_or(street);
    }
    street
}
