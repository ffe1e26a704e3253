//! United Kingdom ministers, shadow ministers, whips and committee members since 1997, Popolo
//! JSON of mySociety's parlparse (`ministers.json` to 2010, `ministers-2010.json` since, names in
//! `people.json`): <https://github.com/mysociety/parlparse/blob/master/members/README.md>; no
//! version. Open data, attribute mySociety.
//!
//! The ministers' files name persons by number only, so `people.json` is needed; it also gives
//! former and other names and identifiers. Ignored on purpose: its seats (memberships, posts), a
//! lord's county, shortcuts made of names, image addresses. Whoever holds no office of the
//! ministers' files is not listed.

mod map;
mod raw;

use super::fault::{Fault, reject_all};
use super::sniff::{self, Syntax};
use super::{InputFile, LoadBytes, json};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use raw::{Membership, Offices, People, Person};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const FORMAT: &str = "offices of parlparse (Popolo JSON)";
const PEOPLE_FORMAT: &str = "people.json of parlparse (Popolo JSON)";
const PEOPLE: &str = "people";

/// Reads the offices and joins the persons who hold them.
///
/// # Errors
/// [`ParseError`] when a file as a whole is not a complete document of its kind.
pub(super) fn parse(
    source: &ListSource,
    files: &[InputFile],
    load: LoadBytes<'_>,
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    let mut parsed = Parsed::default();
    let mut people = BTreeMap::new();
    for (at, file) in files.iter().enumerate().filter(|(_, file)| file.role == PEOPLE) {
        people.extend(persons(&file.name, &load(at)?, &mut parsed)?);
    }
    let mut reader = Reader { source, people, at: BTreeMap::new(), lost: BTreeSet::new(), parsed };
    for (at, file) in files.iter().enumerate().filter(|(_, file)| file.role != PEOPLE) {
        reader.offices(&file.name, &load(at)?)?;
        if reader.parsed.listings.len() as u64 > limits.records {
            let (file, limit) = (file.name.clone(), limits.records);
            return Err(ParseError::TooLarge { file, limit, what: "records" });
        }
    }
    reader.parsed.lost_records += reader.lost.len() as u64;
    Ok(reader.parsed)
}

/// Persons by number. A bad one is a reject here; that somebody is missing is told where an office
/// names them.
fn persons(
    file: &str,
    bytes: &[u8],
    parsed: &mut Parsed,
) -> Result<BTreeMap<String, Person>, ParseError> {
    sniff::expect(file, PEOPLE_FORMAT, Syntax::Json, bytes)?;
    let document: People = json::document(file, bytes)?;
    let mut people = BTreeMap::new();
    for (row, value) in (1..).zip(&document.persons) {
        match Person::deserialize(value) {
            Ok(person) => drop(people.insert(person.id.clone(), person)),
            Err(error) => {
                let fault = Fault::record("bad-record", error.to_string());
                reject_all(&mut parsed.rejects, vec![fault], file, row, || value.to_string());
            }
        }
    }
    Ok(people)
}

/// What is read of an edition so far.
struct Reader<'a> {
    source: &'a ListSource,
    people: BTreeMap<String, Person>,
    /// Place of each listing, by number of the person.
    at: BTreeMap<String, usize>,
    /// Holders of offices nobody knows the name of.
    lost: BTreeSet<String>,
    parsed: Parsed,
}

impl Reader<'_> {
    fn offices(&mut self, file: &str, bytes: &[u8]) -> Result<(), ParseError> {
        sniff::expect(file, FORMAT, Syntax::Json, bytes)?;
        let document: Offices = json::document(file, bytes)?;
        let bodies: BTreeMap<&str, &str> =
            document.organizations.iter().map(|o| (o.id.as_str(), o.name.as_str())).collect();
        let mut unknown = BTreeSet::new();
        for (row, value) in (1..).zip(&document.memberships) {
            self.parsed.rows_read += 1;
            let mut faults = Vec::new();
            match Membership::deserialize(value) {
                Ok(membership) => {
                    self.office(&membership, &bodies, &mut faults);
                    let keys = membership.rest.into_keys();
                    let keys = keys.filter(|key| !raw::IGNORED.contains(&key.as_str()));
                    let new = keys.filter(|key| unknown.insert(key.clone()));
                    faults.extend(new.map(|key| unknown_key(&key)));
                }
                Err(error) => faults.push(Fault::record("bad-record", error.to_string())),
            }
            reject_all(&mut self.parsed.rejects, faults, file, row, || Value::to_string(value));
        }
        Ok(())
    }

    fn office(
        &mut self,
        membership: &Membership,
        bodies: &BTreeMap<&str, &str>,
        faults: &mut Vec<Fault>,
    ) {
        let office = map::office(membership, bodies, faults);
        let Some((id, person)) = person_of(&self.people, &membership.person_id) else {
            let found = &membership.person_id;
            let message = format!("expected a person with a name in people.json, found '{found}'");
            faults.push(Fault::record("orphan", message));
            self.lost.insert(found.clone());
            return;
        };
        let known = self.at.get(&id).and_then(|at| self.parsed.listings.get_mut(*at));
        if let Some(holder) = known {
            holder.offices.push(office);
            return;
        }
        if let Some(mut listing) = map::listing(self.source, person) {
            listing.offices.push(office);
            self.at.insert(id, self.parsed.listings.len());
            self.parsed.listings.push(listing);
        }
    }
}

/// A key nobody reads, told once a file.
fn unknown_key(key: &str) -> Fault {
    let message = format!("expected the keys of the published format, found '{key}', not read");
    Fault::field(key, "unknown-element", message)
}

/// The person of a number, or of the number it was merged into; with a name.
fn person_of<'a>(
    people: &'a BTreeMap<String, Person>,
    number: &str,
) -> Option<(String, &'a Person)> {
    let stated = people.get(number)?;
    let person = match &stated.redirect {
        Some(other) => people.get(other)?,
        None => stated,
    };
    map::has_name(person).then(|| (person.id.clone(), person))
}
