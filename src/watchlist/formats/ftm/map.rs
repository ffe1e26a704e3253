//! Decides what a FollowTheMoney party says, property by property.

use super::super::fault::{self, Fault};
use super::super::names_text::is_latin;
use super::super::unique::Names;
use super::attach::add_authority;
use super::entity::Entity;
use crate::party::{
    Address, Gender, Identifier, NameQuality, Party, PartyKind, PartyName, Scheme, Tie,
};
use crate::watchlist::{Detail, ListSource, Listing, Topic};

/// Name properties in the order they are shown.
const NAMES: [(&str, NameQuality); 4] = [
    ("name", NameQuality::Primary),
    ("alias", NameQuality::Alias),
    ("previousName", NameQuality::Former),
    ("weakAlias", NameQuality::WeakAlias),
];
const COUNTRIES: [(&str, Tie); 8] = [
    ("nationality", Tie::Nationality),
    ("citizenship", Tie::Nationality),
    ("jurisdiction", Tie::Jurisdiction),
    ("mainCountry", Tie::Stated),
    ("country", Tie::Stated),
    ("flag", Tie::Flag),
    ("birthCountry", Tie::BirthPlace),
    ("addressCountry", Tie::Address),
];
const NUMBERS: [(&str, Scheme); 18] = [
    ("leiCode", Scheme::Lei),
    ("innCode", Scheme::Inn),
    ("ogrnCode", Scheme::Ogrn),
    ("imoNumber", Scheme::Imo),
    ("swiftBic", Scheme::Bic),
    ("vatCode", Scheme::Vat),
    ("taxNumber", Scheme::Tax),
    ("registrationNumber", Scheme::Registration),
    ("uscCode", Scheme::Registration),
    ("passportNumber", Scheme::Passport),
    ("idNumber", Scheme::NationalId),
    ("socialSecurityNumber", Scheme::NationalId),
    ("wikidataId", Scheme::Wikidata),
    ("callSign", Scheme::Other),
    ("mmsi", Scheme::Other),
    ("serialNumber", Scheme::Other),
    ("dunsCode", Scheme::Other),
    ("okpoCode", Scheme::Other),
];
const FUNCTIONS: [&str; 3] = ["title", "position", "type"];
/// Other properties that are read.
const READ: [&str; 11] = [
    "birthDate",
    "birthPlace",
    "deathDate",
    "gender",
    "address",
    "topics",
    "authority",
    "program",
    "notes",
    "sourceUrl",
    // The address itself stands in another entity.
    "addressEntity",
];

/// Whether a schema is that of a party.
pub(in crate::watchlist::formats) fn is_party(schema: &str) -> bool {
    matches!(
        schema,
        "Person"
            | "Company"
            | "Organization"
            | "LegalEntity"
            | "PublicBody"
            | "Vessel"
            | "Airplane"
    )
}

/// The listing of a party; `None` when it has no name, which is then a fault.
pub(in crate::watchlist::formats) fn listing(
    source: &ListSource,
    entity: &Entity,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let names = names(entity);
    if names.is_empty() {
        faults.push(Fault::record("no-name", "expected a name, found none"));
        return None;
    }
    let mut party = Party { kind: kind(entity), names, ..Party::default() };
    birth(entity, &mut party, faults);
    for (property, tie) in COUNTRIES {
        for text in entity.all(property) {
            if let Some(country) = fault::country(whole_country(text), property, faults) {
                party.tie(country, tie);
            }
        }
    }
    for (property, scheme) in NUMBERS {
        for value in entity.all(property) {
            let identifier = Identifier::new(scheme, value);
            if !party.identifiers.contains(&identifier) {
                party.identifiers.push(identifier);
            }
        }
    }
    party.addresses = entity.all("address").map(address).collect();
    let mut topics = source.topics();
    topics.extend(entity.all("topics").map(|code| Topic::from(code.to_owned())));
    let mut authority = source.authority.clone();
    entity.all("authority").for_each(|stated| add_authority(&mut authority, stated));
    Some(Listing {
        list: source.name.clone(),
        id: entity.id.clone(),
        party,
        topics,
        programmes: entity.all("program").map(str::to_owned).collect(),
        authority,
        functions: FUNCTIONS.iter().flat_map(|p| entity.all(p)).map(str::to_owned).collect(),
        remarks: entity.all("notes").map(str::to_owned).collect(),
        details: particulars(entity),
        source_url: entity.first("sourceUrl").map(str::to_owned),
        ..Listing::default()
    })
}

/// Properties without a place of their own, under their names: website, sector, date of building.
fn particulars(entity: &Entity) -> Vec<Detail> {
    let is_read = |name: &str| {
        NAMES.iter().any(|(known, _)| *known == name)
            || COUNTRIES.iter().any(|(known, _)| *known == name)
            || NUMBERS.iter().any(|(known, _)| *known == name)
            || FUNCTIONS.contains(&name)
            || READ.contains(&name)
    };
    let unread = entity.properties().filter(|name| !is_read(name));
    unread.flat_map(|name| entity.all(name).map(move |text| Detail::new(name, text))).collect()
}

/// `gb-sct`, a part of a country by its ISO 3166-2 code, is that country.
fn whole_country(text: &str) -> &str {
    match text.split_once('-') {
        Some((country, _)) if country.len() == 2 => country,
        _ => text,
    }
}

/// A legal entity of unknown form is an organisation.
fn kind(entity: &Entity) -> Option<PartyKind> {
    entity.schema.parse().ok()
}

/// The caption is the primary name when the entity states it as a name; other values of `name`
/// count as much as an alias, those in another script than Latin as native.
fn names(entity: &Entity) -> Vec<PartyName> {
    let mut names = Names::default();
    for (property, quality) in NAMES {
        let mut values: Vec<&str> = entity.all(property).collect();
        values.sort_by_key(|text| quality != NameQuality::Primary || *text != entity.caption);
        for text in values {
            let quality = match quality {
                NameQuality::Primary if names.is_empty() => NameQuality::Primary,
                NameQuality::Primary if is_latin(text) => NameQuality::Alias,
                NameQuality::Primary => NameQuality::Native,
                other => other,
            };
            names.add(text, quality);
        }
    }
    names.into_vec()
}

fn birth(entity: &Entity, party: &mut Party, faults: &mut Vec<Fault>) {
    for text in entity.all("birthDate") {
        party
            .birth_dates
            .extend(fault::date(text, "birthDate", faults).map(crate::party::DateSpan::from));
    }
    party.birth_places = entity.all("birthPlace").map(str::to_owned).collect();
    party.death_date = entity.first("deathDate").and_then(|t| fault::date(t, "deathDate", faults));
    party.gender = entity.first("gender").and_then(|text| {
        let gender = Gender::parse(text);
        if gender.is_none() {
            let message = format!("expected female, male or other, found '{text}'");
            faults.push(Fault::field("gender", "unknown-gender", message));
        }
        gender
    });
}

/// An address, and the country when its last part names one.
fn address(text: &str) -> Address {
    let country = text.rsplit(',').next().and_then(|last| last.trim().parse().ok());
    Address { text: text.to_owned(), country, ..Address::default() }
}
