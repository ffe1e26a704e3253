//! Decides what an entry of congress-legislators says about a holder of office.
//!
//! The publisher's full name is the caption, else the parts are put together. A nickname gives a
//! second name, as does the name without its middle part; an other name that ended is a former
//! one. Every office is one of the United States.

use super::super::fault::{self, Fault};
use super::raw::{Name, Person, Relative, Role, Term, plain};
use crate::party::{
    Address, Country, Gender, Identifier, NameQuality, Party, PartyKind, PartyName, Scheme, Tie,
};
use crate::watchlist::{Detail, Link, ListSource, Listing, Office};
use serde_json::Value;

/// The publisher's identifiers that name an entry, first choice first.
const OWN_IDS: [&str; 2] = ["bioguide", "govtrack"];
const WIKIDATA: &str = "wikidata";
/// Where the Congress shows the holder of a `bioguide` number.
const BIOGUIDE_PAGE: &str = "https://bioguide.congress.gov/search/bio/";
/// Term types with the office and the body they stand for.
const TERM_TYPES: [(&str, &str, Option<&str>); 4] = [
    ("rep", "Representative", Some("United States House of Representatives")),
    ("sen", "Senator", Some("United States Senate")),
    ("prez", "President of the United States", None),
    ("viceprez", "Vice President of the United States", None),
];
const CHAMBERS: [(&str, &str); 2] =
    [("house", "United States House of Representatives"), ("senate", "United States Senate")];

/// The listing of an entry; `None` when it has no name or no identifier, which is a fault.
pub(super) fn listing(
    source: &ListSource,
    person: &Person,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let names = names(person);
    if names.is_empty() {
        faults.push(Fault::record("no-name", "expected a name, found none"));
        return None;
    }
    let Some(id) = own_id(person) else {
        let message = format!("expected an id of {}, found neither", OWN_IDS.join(" or "));
        faults.push(Fault::record("no-id", message));
        return None;
    };
    let states = "US".parse().ok();
    let birth_date = fault::date(&person.bio.birthday, "bio.birthday", faults);
    let mut party = Party {
        kind: Some(PartyKind::Person),
        names,
        birth_dates: birth_date.into_iter().map(Into::into).collect(),
        gender: gender(&person.bio.gender, faults),
        identifiers: identifiers(person, faults),
        ..Party::default()
    };
    if let Some(states) = states {
        party.tie(states, Tie::Office);
    }
    let mut offices: Vec<Office> =
        person.terms.iter().map(|term| office(term, states, faults)).collect();
    offices.extend(person.leadership_roles.iter().map(|role| leadership(role, states, faults)));
    let newest = person.terms.iter().max_by(|a, b| a.start.cmp(&b.start));
    party.addresses.extend(newest.and_then(|term| address(term, states)));
    Some(Listing {
        list: source.name.clone(),
        source_url: id.strip_prefix("bioguide ").map(|number| format!("{BIOGUIDE_PAGE}{number}")),
        id: id.strip_prefix("bioguide ").map_or(id.replace(' ', "-"), str::to_owned),
        party,
        topics: source.topics(),
        authority: source.authority.clone(),
        offices,
        details: newest.map(details).unwrap_or_default(),
        linked_to: person.family.iter().filter_map(relative).collect(),
        ..Listing::default()
    })
}

/// `bioguide X000001`, or the first other identifier that names an entry.
fn own_id(person: &Person) -> Option<String> {
    OWN_IDS.iter().find_map(|scheme| {
        let number = plain(person.id.get(*scheme)?)?;
        (!number.is_empty()).then(|| format!("{scheme} {number}"))
    })
}

fn identifiers(person: &Person, faults: &mut Vec<Fault>) -> Vec<Identifier> {
    let mut identifiers = Vec::new();
    for (scheme, value) in &person.id {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in values.iter().filter(|value| !value.is_null()) {
            let Some(number) = plain(value) else {
                let message = format!("expected a text or a number, found {value}");
                faults.push(Fault::field(&format!("id.{scheme}"), "bad-identifier", message));
                continue;
            };
            identifiers.push(if scheme == WIKIDATA {
                Identifier::new(Scheme::Wikidata, number)
            } else {
                Identifier { label: Some(scheme.clone()), ..Identifier::new(Scheme::Other, number) }
            });
        }
    }
    identifiers.retain(|identifier| !identifier.value.is_empty());
    identifiers
}

fn names(person: &Person) -> Vec<PartyName> {
    let name = &person.name;
    let join = |parts: [&str; 4]| {
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    let mut names: Vec<PartyName> = Vec::new();
    let mut add = |text: String, quality: NameQuality| {
        if !text.is_empty() && !names.iter().any(|name| name.text == text) {
            let quality = if names.is_empty() { NameQuality::Primary } else { quality };
            names.push(PartyName::new(text, quality));
        }
    };
    if name.first.is_empty() && name.last.is_empty() && name.official_full.is_empty() {
        return names;
    }
    add(name.official_full.clone(), NameQuality::Primary);
    add(join([&name.first, &name.middle, &name.last, &name.suffix]), NameQuality::Alias);
    add(join([&name.first, &name.last, &name.suffix, ""]), NameQuality::Alias);
    if !name.nickname.is_empty() {
        add(join([&name.nickname, &name.last, &name.suffix, ""]), NameQuality::Alias);
    }
    for other in &person.other_names {
        let quality = if other.end.is_empty() { NameQuality::Alias } else { NameQuality::Former };
        add(other_name(name, other), quality);
    }
    names
}

/// An other name states the parts that differ.
fn other_name(name: &Name, other: &Name) -> String {
    let first = if other.first.is_empty() { &name.first } else { &other.first };
    let last = if other.last.is_empty() { &name.last } else { &other.last };
    let parts = [first, &other.middle, last, &other.suffix];
    let parts: Vec<&str> =
        parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn gender(text: &str, faults: &mut Vec<Fault>) -> Option<Gender> {
    let gender = Gender::parse(text);
    if gender.is_none() && !text.is_empty() {
        let message = format!("expected M or F, found '{text}'");
        faults.push(Fault::field("bio.gender", "unknown-gender", message));
    }
    gender
}

fn office(term: &Term, country: Option<Country>, faults: &mut Vec<Fault>) -> Office {
    let known = TERM_TYPES.iter().find(|(kind, _, _)| *kind == term.kind);
    if known.is_none() {
        let message = format!("expected rep, sen, prez or viceprez, found '{}'", term.kind);
        faults.push(Fault::field("terms.type", "unknown-type", message));
    }
    let mut notes = vec![term.state.clone()];
    if !term.district.is_empty() {
        notes.push(match term.district.as_str() {
            "0" => "at large".to_owned(),
            number => format!("district {number}"),
        });
    }
    let labelled = [("class", &term.class), ("", &term.party), ("caucus", &term.caucus)];
    let tail = [("by", &term.how), ("ended by", &term.end_type)];
    for (label, value) in labelled.into_iter().chain(tail).filter(|(_, value)| !value.is_empty()) {
        notes.push(format!("{label} {value}").trim().to_owned());
    }
    for part in &term.party_affiliations {
        notes.push(format!("{} {} to {}", part.party, part.start, part.end));
    }
    notes.retain(|note| !note.is_empty());
    Office {
        position: known.map_or(term.kind.clone(), |(_, position, _)| (*position).to_owned()),
        organization: known.and_then(|(_, _, body)| body.map(str::to_owned)),
        country,
        start: fault::date(&term.start, "terms.start", faults),
        end: fault::date(&term.end, "terms.end", faults),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    }
}

fn leadership(role: &Role, country: Option<Country>, faults: &mut Vec<Fault>) -> Office {
    let chamber = CHAMBERS.iter().find(|(chamber, _)| *chamber == role.chamber);
    let as_written = (!role.chamber.is_empty()).then(|| role.chamber.clone());
    Office {
        position: role.title.clone(),
        organization: chamber.map(|(_, body)| (*body).to_owned()).or(as_written),
        country,
        start: fault::date(&role.start, "leadership_roles.start", faults),
        end: fault::date(&role.end, "leadership_roles.end", faults),
        note: None,
    }
}

fn address(term: &Term, country: Option<Country>) -> Option<Address> {
    let text = term.address.clone();
    (!text.is_empty()).then(|| Address { text, country, ..Address::default() })
}

fn details(term: &Term) -> Vec<Detail> {
    let stated = [("telephone", &term.phone), ("website", &term.url)];
    let stated = stated.into_iter().filter(|(_, value)| !value.is_empty());
    stated.map(|(label, value)| Detail::new(label, value.as_str())).collect()
}

/// `relation` says what the office holder is to the other: `son` is "son of".
fn relative(relative: &Relative) -> Option<Link> {
    let relation = (!relative.relation.is_empty()).then(|| format!("{} of", relative.relation));
    let name = relative.name.as_str();
    (!name.is_empty()).then(|| Link::named(relation.as_deref(), name))
}
