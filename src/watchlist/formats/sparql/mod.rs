//! Office holders from Wikidata: the results of a SPARQL query as JSON
//! (`application/sparql-results+json`, <https://www.w3.org/TR/sparql11-results-json/>) from
//! <https://query.wikidata.org/>; the query that goes with it is in `watchlists/queries/`. CC0.
//!
//! Columns are the query's variables, found by name; only `person` is needed. A person's rows, one
//! an office and spelling, are joined by the item. Read: labels and other names with their
//! language, birth with its precision, places, gender, citizenships, offices with body, country,
//! party and constituency. Nothing is ignored: a variable nobody reads is reported. The service
//! cuts an answer at its time limit and still says 200: such a document ends early.

mod map;
mod row;

use super::fault::{Fault, reject_all};
use super::sniff::{self, Syntax};
use super::{InputFile, LoadBytes, json};
use crate::watchlist::{Limits, ListSource, Listing, ParseError, Parsed};
use map::Holder;
use row::{PERSON, READ, Row};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

const FORMAT: &str = "SPARQL results with a variable 'person' (JSON)";

/// A document of results.
#[derive(Debug, Deserialize)]
struct Document {
    head: Head,
    results: Results,
}

#[derive(Debug, Deserialize)]
struct Head {
    vars: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Results {
    bindings: Vec<Value>,
}

/// Reads every answer, one at a time, and joins the rows of a person.
///
/// # Errors
/// [`ParseError`] when a file as a whole is not a complete document of results about persons.
pub(super) fn parse(
    source: &ListSource,
    files: &[InputFile],
    load: LoadBytes<'_>,
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    let mut parsed = Parsed::default();
    let mut holders: Vec<Holder> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for (index, file) in files.iter().enumerate() {
        for (row, value) in (1..).zip(rows(&file.name, &load(index)?, &mut parsed)?) {
            parsed.rows_read += 1;
            let mut faults = Vec::new();
            match read(&value) {
                Ok((item, cells)) => {
                    let place = *at.entry(item.clone()).or_insert(holders.len());
                    if place == holders.len() {
                        holders.push(Holder::new(item, file.name.clone(), row));
                    }
                    if let Some(holder) = holders.get_mut(place) {
                        holder.add(&cells, &mut faults);
                    }
                }
                Err(fault) => {
                    parsed.lost_records += 1;
                    faults.push(fault);
                }
            }
            reject_all(&mut parsed.rejects, faults, &file.name, row, || value.to_string());
        }
        if holders.len() as u64 > limits.records {
            let (file, limit) = (file.name.clone(), limits.records);
            return Err(ParseError::TooLarge { file, limit, what: "records" });
        }
    }
    for holder in holders {
        match holder.into_listing(source) {
            Ok(listing) => parsed.listings.push(listing),
            Err(reject) => {
                parsed.lost_records += 1;
                parsed.rejects.push(*reject);
            }
        }
    }
    parsed.listings.sort_by(by_number);
    Ok(parsed)
}

/// By the number of the item: a query without an order gives the same edition.
fn by_number(a: &Listing, b: &Listing) -> std::cmp::Ordering {
    (a.id.len(), &a.id).cmp(&(b.id.len(), &b.id))
}

/// The rows of a document; variables nobody reads are reported once.
fn rows(file: &str, bytes: &[u8], parsed: &mut Parsed) -> Result<Vec<Value>, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Json, bytes)?;
    let document: Document = json::document(file, bytes)?;
    let variables = document.head.vars;
    if !variables.iter().any(|name| name == PERSON) {
        let shown = variables.iter().take(6).cloned().collect::<Vec<_>>().join(", ");
        let found = format!("the variables {shown}");
        return Err(ParseError::NotThisFormat { file: file.to_owned(), expected: FORMAT, found });
    }
    for name in variables.iter().filter(|name| !READ.contains(&name.as_str())) {
        let message = format!("expected the variables {}, found '{name}'", READ.join(", "));
        parsed.rejects.push(Fault::field(name, "unknown-column", message).at(file, 0, name));
    }
    Ok(document.results.bindings)
}

fn read(value: &Value) -> Result<(String, Row), Fault> {
    let row =
        Row::deserialize(value).map_err(|error| Fault::record("bad-record", error.to_string()))?;
    let stated = row.uri(PERSON).unwrap_or_default();
    let item = row::item(stated).ok_or_else(|| {
        Fault::record("bad-item", format!("expected a Wikidata item as person, found '{stated}'"))
    })?;
    Ok((item.to_owned(), row))
}
