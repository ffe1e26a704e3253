//! EveryPolitician, one Popolo JSON document a legislature (`ep-popolo-v1.0.json`, also
//! gzip-compressed); format <https://www.popoloproject.com/specs/>, publisher
//! <https://everypolitician.org/>, archived and no longer updated. Free reuse with attribution.
//!
//! Read: persons with their names in every language, dates of birth and death, gender, Wikidata
//! item; memberships with body, party, constituency and term, and the term's dates where the
//! membership has none of its own. `_countries.json` is the index of legislatures: it gives the
//! country of each file and is no legislature itself. Ignored on purpose: links, images, contact
//! details, party identifiers, identifiers of other registers.

mod map;
mod raw;

use super::fault::{Fault, reject_all};
use super::sniff::{self, Syntax};
use super::{InputFile, LoadBytes, json};
use crate::party::Country;
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use raw::{Legislature, Membership, Person};
use serde_json::Value;
use std::collections::BTreeMap;

const FORMAT: &str = "an EveryPolitician legislature (Popolo JSON)";
const INDEX_FORMAT: &str = "the EveryPolitician index of countries (JSON)";
const INDEX: &str = "index";

/// What the index says about one legislature file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    country: Option<Country>,
}

/// Reads every legislature, one file at a time.
///
/// # Errors
/// [`ParseError`] when a file as a whole is not a complete Popolo document.
pub(super) fn parse(
    source: &ListSource,
    files: &[InputFile],
    load: LoadBytes<'_>,
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    let mut parsed = Parsed::default();
    let mut places = BTreeMap::new();
    for (at, file) in files.iter().enumerate().filter(|(_, file)| file.role == INDEX) {
        places.extend(index(&file.name, &load(at)?, &mut parsed.warnings)?);
    }
    for (at, file) in files.iter().enumerate().filter(|(_, file)| file.role != INDEX) {
        let country = country_of(&file.name, &places, &mut parsed.warnings);
        let bytes = load(at)?;
        parsed.absorb(legislature(source, &file.name, &bytes, country, limits)?);
        if parsed.listings.len() as u64 > limits.records {
            let limit = limits.records;
            return Err(ParseError::TooLarge { file: file.name.clone(), limit, what: "records" });
        }
    }
    Ok(parsed)
}

/// Country by legislature file, the file as its path in the publisher's repository.
fn index(
    file: &str,
    bytes: &[u8],
    warnings: &mut Vec<String>,
) -> Result<BTreeMap<String, Place>, ParseError> {
    sniff::expect(file, INDEX_FORMAT, Syntax::Json, bytes)?;
    let countries: Vec<raw::IndexedCountry> = json::document(file, bytes)?;
    let mut places = BTreeMap::new();
    for entry in countries {
        // `GE-AB`: a part of a country, by its ISO 3166-2 code.
        let code = entry.code.split('-').next().unwrap_or_default();
        let country: Option<Country> = code.parse().or_else(|_| entry.country.parse()).ok();
        if country.is_none() {
            warnings.push(format!(
                "{file}: '{}' ({}) is no country we know",
                entry.country, entry.code
            ));
        }
        for legislature in entry.legislatures {
            places.insert(path_key(&legislature.popolo), Place { country });
        }
    }
    Ok(places)
}

/// `data/Abkhazia/Assembly/ep-popolo-v1.0.json` and the flat `Abkhazia__Assembly__…` alike.
fn path_key(path: &str) -> String {
    let flat = path.replace('/', "__");
    let bare = flat.strip_suffix(".gz").unwrap_or(&flat);
    bare.strip_prefix("data__").unwrap_or(bare).to_owned()
}

/// From the index, else from the file's name when that opens with a country.
fn country_of(
    file: &str,
    places: &BTreeMap<String, Place>,
    warnings: &mut Vec<String>,
) -> Option<Country> {
    let key = path_key(file);
    if let Some(place) = places.get(&key) {
        return place.country;
    }
    let slug = key.split("__").next().unwrap_or_default().replace('_', " ");
    let country = slug.parse().ok();
    if country.is_none() {
        warnings.push(format!("{file}: the country of this legislature is not known"));
    }
    country
}

/// One legislature file.
fn legislature(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    country: Option<Country>,
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Json, bytes)?;
    let document: Legislature = json::document(file, bytes)?;
    let mut parsed = Parsed {
        rows_read: (document.persons.len() + document.memberships.len()) as u64,
        ..Parsed::default()
    };
    if bytes.len() as u64 > limits.file_bytes {
        let limit = limits.file_bytes;
        return Err(ParseError::TooLarge { file: file.to_owned(), limit, what: "bytes" });
    }
    let context = map::Context::new(source, country, &document);
    let mut by_person = BTreeMap::new();
    for (row, value) in (1..).zip(&document.persons) {
        let mut faults = Vec::new();
        let listing = read::<Person>(value, &mut faults)
            .and_then(|person| map::listing(&context, &person, &mut faults));
        reject_all(&mut parsed.rejects, faults, file, row, || value.to_string());
        let Some(listing) = listing else {
            parsed.lost_records += 1;
            continue;
        };
        by_person.entry(listing.id.clone()).or_insert(parsed.listings.len());
        parsed.listings.push(listing);
    }
    let first = document.persons.len() as u64 + 1;
    for (row, value) in (first..).zip(&document.memberships) {
        let mut faults = Vec::new();
        if let Some(membership) = read::<Membership>(value, &mut faults) {
            let holder = by_person.get(&membership.person_id);
            match holder.and_then(|at| parsed.listings.get_mut(*at)) {
                Some(holder) => map::add_office(&context, &membership, holder, &mut faults),
                None => {
                    let message =
                        format!("expected a person of this file, found '{}'", membership.person_id);
                    faults.push(Fault::record("orphan", message));
                }
            }
        }
        reject_all(&mut parsed.rejects, faults, file, row, || value.to_string());
    }
    Ok(parsed)
}

/// A record of the expected shape, or the fault that says why not.
fn read<T: serde::de::DeserializeOwned>(value: &Value, faults: &mut Vec<Fault>) -> Option<T> {
    T::deserialize(value)
        .map_err(|error| faults.push(Fault::record("bad-record", error.to_string())))
        .ok()
}
