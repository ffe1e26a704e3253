//! Chiefs of State and Cabinet Members of Foreign Governments, as the archive of 2019 made of the
//! CIA's pages has it: JSON-LD in one zip (`persons.json`, `government-offices.json`,
//! `countries.json`), properties by the ontologies its keys name; no version. Public domain.
//! What the CIA now serves at
//! <https://www.cia.gov/resources/world-leaders/page-data/sq/d/3338022342.json> has another
//! shape, which this reader refuses by name.
//!
//! Read: persons with their names, the offices they hold, an office's title, country and region,
//! a country's ISO code. Ignored on purpose: GEC codes, offices nobody holds, first and last name
//! apart (they are the name), the links back from offices to persons.

mod map;

use super::fault::{Fault, reject_all};
use super::sniff::{self, Syntax};
use super::{InputFile, LoadBytes, json};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const FORMAT: &str = "the JSON-LD archive of CIA world leaders";
pub(super) const OFFICES: &str = "offices";
pub(super) const COUNTRIES: &str = "countries";
const PERSON_TYPE: &str = "http://williamrobertfunk.com/ontologies/world-leaders#Person";
const OFFICE_TYPE: &str = "http://williamrobertfunk.com/ontologies/world-leaders#GovernmentOffice";
const COUNTRY_TYPE: &str = "http://williamrobertfunk.com/ontologies/country#Country";

/// A node of the graph: a person, an office, a country.
#[derive(Debug, Default, Deserialize)]
struct Node {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: String,
    #[serde(rename = "http://www.w3.org/2000/01/rdf-schema#label", default)]
    label: String,
    #[serde(rename = "datatypeProperties", default)]
    data: BTreeMap<String, String>,
    #[serde(rename = "objectProperties", default)]
    objects: Vec<BTreeMap<String, Node>>,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

impl Node {
    /// The nodes a property leads to, in the file's order.
    fn linked<'a>(&'a self, property: &'a str) -> impl Iterator<Item = &'a Self> {
        self.objects.iter().filter_map(move |object| object.get(property))
    }

    /// Properties nobody reads.
    fn unknown(&self) -> impl Iterator<Item = &str> {
        let properties = self.data.keys().chain(self.objects.iter().flat_map(BTreeMap::keys));
        let unknown = properties.filter(|key| !map::PROPERTIES.contains(&key.as_str()));
        unknown.chain(self.rest.keys()).map(String::as_str)
    }

    fn data(&self, property: &str) -> Option<&str> {
        self.data.get(property).map(|text| text.trim()).filter(|text| !text.is_empty())
    }
}

type Graph = BTreeMap<String, Node>;

/// Reads the persons with what the other files say about their offices.
///
/// # Errors
/// [`ParseError`] when a file as a whole is not one of the archive.
pub(super) fn parse(
    source: &ListSource,
    files: &[InputFile],
    load: LoadBytes<'_>,
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    let mut parsed = Parsed::default();
    let mut graphs: BTreeMap<&str, Graph> = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for (role, kind) in [(OFFICES, OFFICE_TYPE), (COUNTRIES, COUNTRY_TYPE)] {
        for (at, file) in files.iter().enumerate().filter(|(_, file)| file.role == role) {
            let mut graph = Graph::new();
            for (row, value) in (1..).zip(values(&file.name, &load(at)?, kind)?) {
                let mut faults = Vec::new();
                match read(&value, kind) {
                    Ok(node) => {
                        let new = node.unknown().filter(|key| unknown.insert((*key).to_owned()));
                        faults.extend(new.map(unknown_property));
                        graph.insert(node.id.clone(), node);
                    }
                    Err(fault) => faults.push(fault),
                }
                reject_all(&mut parsed.rejects, faults, &file.name, row, || value.to_string());
            }
            graphs.entry(role).or_default().extend(graph);
        }
    }
    let context =
        map::Context { source, offices: graphs.get(OFFICES), countries: graphs.get(COUNTRIES) };
    let is_main = |file: &InputFile| file.role != OFFICES && file.role != COUNTRIES;
    for (at, file) in files.iter().enumerate().filter(|(_, file)| is_main(file)) {
        let values = values(&file.name, &load(at)?, PERSON_TYPE)?;
        if values.len() as u64 > limits.records {
            let (file, limit) = (file.name.clone(), limits.records);
            return Err(ParseError::TooLarge { file, limit, what: "records" });
        }
        parsed.rows_read += values.len() as u64;
        for (row, value) in (1..).zip(values) {
            let mut faults: Vec<Fault> = Vec::new();
            let person = read(&value, PERSON_TYPE).map_err(|fault| faults.push(fault)).ok();
            let keys = person.iter().flat_map(Node::unknown);
            let new = keys.filter(|key| unknown.insert((*key).to_owned()));
            faults.extend(new.map(unknown_property));
            let listing = person.and_then(|person| map::listing(&context, &person, &mut faults));
            reject_all(&mut parsed.rejects, faults, &file.name, row, || value.to_string());
            match listing {
                Some(listing) => parsed.listings.push(listing),
                None => parsed.lost_records += 1,
            }
        }
    }
    Ok(parsed)
}

/// The nodes of a file by their identifiers, when it is one of nodes of this type at all.
fn values(file: &str, bytes: &[u8], kind: &str) -> Result<Vec<Value>, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Json, bytes)?;
    let document: Value = json::document(file, bytes)?;
    let not_this = |found: String| ParseError::NotThisFormat {
        file: file.to_owned(),
        expected: FORMAT,
        found,
    };
    let Value::Object(nodes) = document else {
        return Err(not_this("JSON that is no object".to_owned()));
    };
    let types = nodes.values().map(|node| node.get("@type").and_then(Value::as_str));
    if !types.clone().any(|stated| stated == Some(kind)) {
        let keys: Vec<&str> = nodes.keys().take(3).map(String::as_str).collect();
        return Err(not_this(format!("no node of type {kind} under {}", keys.join(", "))));
    }
    Ok(nodes.into_iter().map(|(_, node)| node).collect())
}

/// A node of the type the file is made of.
fn read(value: &Value, kind: &str) -> Result<Node, Fault> {
    let node =
        Node::deserialize(value).map_err(|error| Fault::record("bad-record", error.to_string()))?;
    if node.kind == kind {
        return Ok(node);
    }
    Err(Fault::record("bad-record", format!("expected a node of type {kind}, found {}", node.kind)))
}

/// A property nobody reads, told once an edition.
fn unknown_property(key: &str) -> Fault {
    let message = format!("expected the properties of the archive, found '{key}', not read");
    Fault::field(key, "unknown-element", message)
}
