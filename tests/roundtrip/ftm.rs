//! Writes entities of FollowTheMoney, one JSON object a line.
//!
//! Properties have no order among themselves, values of one have: names go by property, numbers by
//! scheme. A further value of `name` in another script is the native name. The last part of an
//! address is its country when it is one, so every address ends with a country or a town.

use super::strategy::{Birth, Carries};
use super::{Writer, Written, comes_back};
use crate::lists_real::declared;
use diligence::party::{Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::Listing;
use serde_json::{Map, Value, json};

const WRITER: Writer =
    Writer { source: || declared("demo"), carries, fit, section: |_| 0, has_ids: true, write };

/// Properties of names and of numbers, in the order they are read.
const NAMES: [(&str, &[NameQuality]); 4] = [
    ("name", &[NameQuality::Primary, NameQuality::Native]),
    ("alias", &[NameQuality::Alias]),
    ("previousName", &[NameQuality::Former]),
    ("weakAlias", &[NameQuality::WeakAlias]),
];
const NUMBERS: [(&str, Scheme); 6] = [
    ("vatCode", Scheme::Vat),
    ("taxNumber", Scheme::Tax),
    ("registrationNumber", Scheme::Registration),
    ("passportNumber", Scheme::Passport),
    ("idNumber", Scheme::NationalId),
    ("callSign", Scheme::Other),
];
const TIES: [(&str, Tie); 5] = [
    ("nationality", Tie::Nationality),
    ("country", Tie::Stated),
    ("flag", Tie::Flag),
    ("birthCountry", Tie::BirthPlace),
    ("addressCountry", Tie::Address),
];

#[test]
fn entities_come_back_as_they_were_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: PartyKind::ALL.into_iter().map(Some).collect(),
        qualities: vec![NameQuality::Alias, NameQuality::WeakAlias, NameQuality::Former],
        native: vec![None],
        births: vec![Birth::Year, Birth::Month, Birth::Day],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: TIES.iter().map(|(_, tie)| *tie).collect(),
        numbers: NUMBERS.iter().map(|(_, scheme)| (*scheme, None, false)).collect(),
        addresses: 3,
        functions: 3,
        programmes: 2,
        remarks: 2,
        details: vec!["sector", "website"],
        ..Carries::default()
    }
}

fn fit(mut listing: Listing) -> Listing {
    let party = &mut listing.party;
    let place = |quality| NAMES.iter().position(|(_, known)| known.contains(&quality));
    party.names.sort_by_key(|name| place(name.quality));
    party.identifiers.sort_by_key(|number| number.scheme);
    for address in &mut party.addresses {
        let end = address.country.map_or("Port Severin", |country| country.name());
        address.text = format!("{}, {end}", address.text);
    }
    listing
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let text: String = listings.iter().map(|listing| format!("{}\n", entity(listing))).collect();
    Written::only("demo.ftm.json", text, listings.len())
}

fn entity(listing: &Listing) -> Value {
    let party = &listing.party;
    let mut properties = Map::new();
    let mut set = |property: &str, values: Vec<String>| {
        properties.insert(property.to_owned(), json!(values));
    };
    for (property, qualities) in NAMES {
        let names = party.names.iter().filter(|name| qualities.contains(&name.quality));
        set(property, names.map(|name| name.text.clone()).collect());
    }
    for (property, scheme) in NUMBERS {
        let numbers = party.identifiers.iter().filter(|number| number.scheme == scheme);
        set(property, numbers.map(|number| number.value.clone()).collect());
    }
    for (property, tie) in TIES {
        let ties = party.countries.iter().filter(|t| t.tie == tie);
        set(property, ties.map(|t| t.country.code().to_lowercase()).collect());
    }
    set("birthDate", party.birth_dates.iter().map(|span| span.from.to_string()).collect());
    set("birthPlace", party.birth_places.clone());
    let gender = party.gender.map(|g| if g == Gender::Male { "male" } else { "female" });
    set("gender", gender.into_iter().map(str::to_owned).collect());
    set("address", party.addresses.iter().map(|address| address.text.clone()).collect());
    set("position", listing.functions.clone());
    set("program", listing.programmes.clone());
    set("notes", listing.remarks.clone());
    for detail in &listing.details {
        set(&detail.label, vec![detail.value.clone()]);
    }
    json!({
        "id": listing.id,
        "schema": party.kind.unwrap().schema(),
        "caption": party.caption(),
        "datasets": ["demo"],
        "properties": properties,
    })
}
