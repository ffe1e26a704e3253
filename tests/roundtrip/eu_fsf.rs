//! Writes the EU's financial sanctions list, XML 1.1, where almost everything is an attribute.
//!
//! `;` stands between several names in one attribute, so no name has one. The publisher marks no
//! name as the main one: the numbers of the names and their script tell it, so names other than
//! native ones are in Latin letters, and the writer puts them in the reverse of their order to
//! show that the numbers decide. Weak names come last. An act says who adopted it and is the
//! source of programme, authority and last change.

use super::strategy::{AddressForm, Birth, Carries};
use super::{Writer, Written, around, comes_back, escaped, street};
use crate::lists_real::declared;
use diligence::party::{Country, DateSpan, Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{Detail, Listing};

const WRITER: Writer =
    Writer { source: || declared("eu_fsf"), carries, fit, section: |_| 0, has_ids: true, write };

#[test]
fn the_eu_list_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: vec![Some(PartyKind::Person), Some(PartyKind::Organization)],
        not_in_names: ";",
        latin_names: true,
        qualities: vec![NameQuality::Alias, NameQuality::WeakAlias],
        native: vec![None, Some("ru"), Some("ar"), Some("uk")],
        births: vec![Birth::Year, Birth::Month, Birth::Day, Birth::Circa, Birth::Years],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: vec![Tie::Nationality, Tie::BirthPlace, Tie::Address],
        numbers: vec![
            (Scheme::Passport, Some("National passport"), true),
            (Scheme::NationalId, Some("National identification card"), true),
            (Scheme::Registration, Some("Registration Number"), true),
            (Scheme::Other, Some("Other identification number"), true),
        ],
        addresses: 2,
        address: AddressForm::CodeThenCity,
        functions: 2,
        programmes: 1,
        legal_basis: 1,
        remarks: 3,
        details: vec!["EU reference number", "UN reference number"],
        days: [true, true, true],
        ..Carries::default()
    }
}

/// Weak names last; without an act there is no programme and no last change, with one there is who
/// adopted it.
fn fit(mut listing: Listing) -> Listing {
    listing.party.names.sort_by_key(|name| name.quality == NameQuality::WeakAlias);
    match listing.legal_basis.first_mut() {
        Some(act) => {
            let published = listing.amended_on.map(|day| format!(", published {day}"));
            *act = format!("amendment {act}{}", published.unwrap_or_default());
            listing.authority = Some("Council of the European Union".to_owned());
        }
        None => {
            listing.programmes.clear();
            listing.amended_on = None;
        }
    }
    listing
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let entities: String = listings.iter().map(entity).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<export xmlns=\"http://eu.europa.ec/fpi/fsd/export\" generationDate=\"2026-03-02T21:24:35.826+01:00\" globalFileId=\"900001\">{entities}</export>"
    );
    Written::only("eu_fsf.xml", text, listings.len())
}

/// `<name key="value"/>`, without the attributes that say nothing.
fn empty(name: &str, attributes: &[(&str, &str)]) -> String {
    format!("<{name}{}/>", attributes_of(attributes))
}

fn attributes_of(attributes: &[(&str, &str)]) -> String {
    let filled = attributes.iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(key, value)| format!(" {key}=\"{}\"", escaped(value))).collect()
}

fn entity(listing: &Listing) -> String {
    let party = &listing.party;
    let day = |date: Option<diligence::party::PartialDate>| {
        date.map(|day| day.to_string()).unwrap_or_default()
    };
    let detail = |label: &str| {
        let found = listing.details.iter().find(|detail| detail.label == label);
        found.map_or("", |Detail { value, .. }| value.as_str())
    };
    let own = attributes_of(&[
        ("logicalId", &listing.id),
        ("designationDate", &day(listing.listed_on)),
        ("delistingDate", &day(listing.ends_on)),
        ("euReferenceNumber", detail("EU reference number")),
        ("unitedNationId", detail("UN reference number")),
    ]);
    let remarks: String = listing.remarks.iter().map(|r| around("remark", &escaped(r))).collect();
    let code = if party.kind == Some(PartyKind::Person) { "person" } else { "enterprise" };
    let mut xml = remarks + &act(listing) + &empty("subjectType", &[("code", code)]);
    xml += &names(listing);
    for country in countries(listing, Tie::Nationality) {
        xml += &empty("citizenship", &in_country(Some(country)));
    }
    xml += &party.birth_dates.iter().map(birth_date).collect::<String>();
    for place in &party.birth_places {
        let (city, country) = place.rsplit_once(", ").unwrap();
        let country = in_country(country.parse().ok());
        xml += &empty("birthdate", &[&[("city", city)], country.as_slice()].concat());
    }
    for address in &party.addresses {
        let parts = [
            ("city", address.city.as_deref().unwrap_or_default()),
            ("street", street(address)),
            ("zipCode", address.postal_code.as_deref().unwrap_or_default()),
        ];
        xml += &empty("address", &[parts.as_slice(), &in_country(address.country)].concat());
    }
    for number in &party.identifiers {
        let code = match number.scheme {
            Scheme::Passport => "passport",
            Scheme::NationalId => "id",
            Scheme::Registration => "regnumber",
            _ => "other",
        };
        let parts = [
            ("number", number.value.as_str()),
            ("identificationTypeCode", code),
            ("identificationTypeDescription", number.label.as_deref().unwrap()),
        ];
        xml += &empty("identification", &[parts.as_slice(), &in_country(number.country)].concat());
    }
    format!("<sanctionEntity{own}>{xml}</sanctionEntity>")
}

fn act(listing: &Listing) -> String {
    let Some(act) = listing.legal_basis.first() else { return String::new() };
    let published = listing.amended_on.map(|day| day.to_string()).unwrap_or_default();
    let title = act.strip_prefix("amendment ").unwrap();
    let title = title.strip_suffix(&format!(", published {published}")).unwrap_or(title);
    empty(
        "regulation",
        &[
            ("regulationType", "amendment"),
            ("organisationType", "council"),
            ("publicationDate", &published),
            ("numberTitle", title),
            ("programme", listing.programmes.first().map_or("", String::as_str)),
        ],
    )
}

/// Names with growing numbers, the last one first in the file. Titles stand with the first name.
fn names(listing: &Listing) -> String {
    let gender = match listing.party.gender {
        Some(Gender::Male) => "M",
        Some(_) => "F",
        None => "",
    };
    let function = |at: usize| listing.functions.get(at).map_or("", String::as_str);
    let mut elements = Vec::new();
    for (number, name) in (98..).zip(&listing.party.names) {
        let is_first = number == 98;
        let strong = if name.quality == NameQuality::WeakAlias { "false" } else { "true" };
        let language = name.language.as_deref().unwrap_or_default().to_uppercase();
        elements.push(empty(
            "nameAlias",
            &[
                ("wholeName", &name.text),
                ("title", if is_first { function(0) } else { "" }),
                ("function", if is_first { function(1) } else { "" }),
                ("gender", gender),
                ("nameLanguage", &language),
                ("strong", strong),
                ("logicalId", &i32::to_string(&number)),
            ],
        ));
    }
    elements.reverse();
    elements.concat()
}

fn countries(listing: &Listing, tie: Tie) -> impl Iterator<Item = Country> {
    listing.party.countries.iter().filter(move |t| t.tie == tie).map(|t| t.country)
}

/// The publisher's code and name of a country; `00` when it knows none.
fn in_country(country: Option<Country>) -> [(&'static str, &'static str); 2] {
    let (code, name) = country.map_or(("00", "UNKNOWN"), |c| (c.code(), c.name()));
    [("countryIso2Code", code), ("countryDescription", name)]
}

fn birth_date(span: &DateSpan) -> String {
    let (from, to) = (span.from.to_string(), span.to.to_string());
    let circa = if span.approximate { "true" } else { "false" };
    let month = span.from.month().map(|month| month.to_string()).unwrap_or_default();
    let is_day = span.from.day().is_some();
    let is_range = span.from != span.to;
    let year = span.from.year().to_string();
    empty(
        "birthdate",
        &[
            ("circa", circa),
            ("calendarType", "GREGORIAN"),
            ("birthdate", if is_day { &from } else { "" }),
            ("year", if is_range { "" } else { &year }),
            ("monthOfYear", &month),
            ("dayOfMonth", &span.from.day().map(|day| day.to_string()).unwrap_or_default()),
            ("yearRangeFrom", if is_range { &from } else { "" }),
            ("yearRangeTo", if is_range { &to } else { "" }),
        ],
    )
}
