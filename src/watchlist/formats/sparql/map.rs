//! Decides what the rows of one person say about a holder of office.
//!
//! The label is the caption, every other spelling an alias, in another script than Latin or as
//! the name in the own language a native name; a former name says so. The same office in two rows
//! is one office; rows that differ in dates are two. An office whose dates are known no better
//! than to a decade keeps its place without them, which is reported.

use super::super::fault::{self, Fault};
use super::super::names_text::is_latin;
use super::row::{Cell, Row, item};
use crate::party::{
    Country, DateError, DateSpan, Gender, Identifier, NameQuality, PartialDate, Party, PartyKind,
    PartyName, Reject, Scheme, Tie,
};
use crate::watchlist::{ListSource, Listing, Office};

/// Wikidata's items for the two sexes it has by far the most persons of.
const GENDERS: [(&str, Gender); 2] = [("Q6581097", Gender::Male), ("Q6581072", Gender::Female)];
const ITEM_PAGE: &str = "https://www.wikidata.org/wiki/";

/// What is known of a person so far.
#[derive(Debug)]
pub(super) struct Holder {
    item: String,
    /// Where the person was first read.
    file: String,
    row: u64,
    party: Party,
    offices: Vec<Office>,
}

impl Holder {
    pub(super) fn new(item: String, file: String, row: u64) -> Self {
        let party = Party {
            kind: Some(PartyKind::Person),
            identifiers: vec![Identifier::new(Scheme::Wikidata, item.as_str())],
            ..Party::default()
        };
        Self { item, file, row, party, offices: Vec::new() }
    }

    /// Adds what one row says.
    pub(super) fn add(&mut self, row: &Row, faults: &mut Vec<Fault>) {
        self.add_names(row);
        let span = |name: &str, beside: &str, faults: &mut Vec<Fault>| {
            row.date(name, beside).unwrap_or_else(|error: DateError| {
                faults.push(Fault::field(name, "bad-date", error.to_string()));
                None
            })
        };
        let births = &mut self.party.birth_dates;
        births
            .extend(span("birth", "birthPrecision", faults).filter(|date| !births.contains(date)));
        let death = span("death", "deathPrecision", faults);
        let death = death.and_then(|date| single(date, "death", faults));
        self.party.death_date = self.party.death_date.or(death);
        let places = &mut self.party.birth_places;
        let place = row.label("birthPlaceLabel").map(str::to_owned);
        places.extend(place.filter(|place| !places.contains(place)));
        self.party.gender = self.party.gender.or_else(|| gender(row));
        if let Some(country) = country(row, "citizenshipCode", "citizenshipLabel", faults) {
            self.party.tie(country, Tie::Nationality);
        }
        let country = country(row, "countryCode", "countryLabel", faults);
        if let Some(country) = country {
            self.party.tie(country, Tie::Office);
        }
        let office = office(row, country, faults);
        self.offices.extend(office.filter(|office| !self.offices.contains(office)));
    }

    fn add_names(&mut self, row: &Row) {
        let label = row.cell("personLabel").filter(|_| row.label("personLabel").is_some());
        if let Some(cell) = label {
            self.add_name(cell, NameQuality::Alias);
            // Rows may begin with another name: the label is the caption all the same.
            let names = &mut self.party.names;
            let is_captioned = names.iter().any(|name| name.quality == NameQuality::Primary);
            let at = names.iter().position(|name| name.text == cell.text());
            if let Some(at) = at.filter(|_| !is_captioned) {
                let mut name = names.remove(at);
                name.quality = NameQuality::Primary;
                names.insert(0, name);
            }
        }
        for (variable, quality) in [
            ("nativeName", NameQuality::Native),
            ("formerName", NameQuality::Former),
            ("altLabel", NameQuality::Alias),
        ] {
            if let Some(cell) = row.cell(variable) {
                self.add_name(cell, quality);
            }
        }
    }

    fn add_name(&mut self, cell: &Cell, quality: NameQuality) {
        let text = cell.text();
        if self.party.names.iter().any(|name| name.text == text) {
            return;
        }
        let quality = match quality {
            NameQuality::Alias if !is_latin(text) => NameQuality::Native,
            other => other,
        };
        let language = cell.language.clone().filter(|language| language != "mul");
        self.party.names.push(PartyName { text: text.to_owned(), quality, language });
    }

    /// The service gives rows in any order: what it says is put in one of our own.
    fn order(&mut self) {
        let party = &mut self.party;
        let rank = |name: &PartyName| (name.quality != NameQuality::Primary, name.text.clone());
        party.names.sort_by_key(rank);
        if let Some(first) = party.names.first_mut() {
            first.quality = NameQuality::Primary;
        }
        party.birth_dates.sort();
        party.birth_places.sort();
        party.countries.sort();
        self.offices.sort_by_cached_key(|office| {
            let body = office.organization.clone();
            (office.start, office.end, office.position.clone(), body, office.note.clone())
        });
    }

    /// The listing; a person nobody can name is a reject.
    pub(super) fn into_listing(mut self, source: &ListSource) -> Result<Listing, Box<Reject>> {
        if self.party.names.is_empty() {
            let message = format!("expected a label or another name of {}, found none", self.item);
            let reject = Fault::record("no-name", message).at(&self.file, self.row, &self.item);
            return Err(Box::new(reject));
        }
        self.order();
        Ok(Listing {
            list: source.name.clone(),
            source_url: Some(format!("{ITEM_PAGE}{}", self.item)),
            id: self.item,
            party: self.party,
            topics: source.topics(),
            authority: source.authority.clone(),
            offices: self.offices,
            ..Listing::default()
        })
    }
}

/// By item, else by word; an item that is neither of the two is another gender.
fn gender(row: &Row) -> Option<Gender> {
    if let Some(number) = row.uri("gender").and_then(item) {
        let known = GENDERS.iter().find(|(item, _)| *item == number);
        return Some(known.map_or(Gender::Other, |(_, gender)| *gender));
    }
    let word = row.label("genderLabel")?;
    Some(Gender::parse(word).unwrap_or(Gender::Other))
}

/// By code, else by name.
fn country(row: &Row, code: &str, label: &str, faults: &mut Vec<Fault>) -> Option<Country> {
    match (row.text(code), row.label(label)) {
        (Some(text), Some(name)) => {
            text.parse().ok().or_else(|| fault::country(name, label, faults))
        }
        (Some(text), None) => fault::country(text, code, faults),
        (None, Some(name)) => fault::country(name, label, faults),
        (None, None) => None,
    }
}

/// The office of a row, when it names one.
fn office(row: &Row, country: Option<Country>, faults: &mut Vec<Fault>) -> Option<Office> {
    let position = row.label("positionLabel").or_else(|| row.uri("position").and_then(item))?;
    let mut date = |name: &str, beside: &str| match row.date(name, beside) {
        Ok(span) => span.and_then(|span| single(span, name, faults)),
        Err(error) => {
            faults.push(Fault::field(name, "bad-date", error.to_string()));
            None
        }
    };
    let (start, end) = (date("start", "startPrecision"), date("end", "endPrecision"));
    let notes = ["termLabel", "partyLabel", "constituencyLabel"];
    let notes: Vec<&str> = notes.iter().filter_map(|name| row.label(name)).collect();
    let body = row.label("organizationLabel");
    let body = body.or_else(|| row.uri("organization").and_then(item));
    Some(Office {
        position: position.to_owned(),
        organization: body.map(str::to_owned),
        country,
        start,
        end,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    })
}

/// One date; a decade or century is none.
fn single(span: DateSpan, field: &str, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    if span.from == span.to {
        return Some(span.from);
    }
    let message = format!("expected a date to the year at least, found {span}");
    faults.push(Fault::field(field, "imprecise-date", message));
    None
}
