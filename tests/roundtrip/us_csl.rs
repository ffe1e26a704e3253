//! Writes the Consolidated Screening List of the United States, CSV, with entries of the SDN list.
//!
//! `; ` stands between the values of a cell, so no text has a `;`; a quoted alias is a weak one, so
//! names have no `"`. An item of the column `ids` ends with its type. The last part of an address
//! is its country's code.

use super::strategy::{Birth, Carries};
use super::{Writer, Written, comes_back, detail, english, iso, row, table, tied};
use crate::lists_real::declared;
use diligence::party::{Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{Detail, Listing, Topic};

const WRITER: Writer =
    Writer { source: || declared("us_csl"), carries, fit, section: |_| 0, has_ids: true, write };

const SDN: &str = "Specially Designated Nationals (SDN) - Treasury Department";
const HEADER: [&str; 29] = [
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
];

#[test]
fn the_screening_list_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: vec![
            Some(PartyKind::Person),
            Some(PartyKind::Organization),
            Some(PartyKind::Vessel),
            Some(PartyKind::Aircraft),
            None,
        ],
        not_in_names: ";\"",
        not_in_texts: ";",
        qualities: vec![NameQuality::Alias, NameQuality::WeakAlias],
        births: vec![Birth::Year, Birth::Month, Birth::Day, Birth::Circa, Birth::Years],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: vec![Tie::BirthPlace, Tie::Nationality, Tie::Address, Tie::Flag],
        numbers: vec![
            (Scheme::Passport, Some("Passport"), true),
            (Scheme::NationalId, Some("National ID No."), true),
            (Scheme::Tax, Some("Tax ID No."), true),
        ],
        addresses: 3,
        functions: 3,
        programmes: 3,
        legal_basis: 1,
        remarks: 1,
        details: vec!["vessel type", "gross tonnage"],
        days: [true, true, false],
        ..Carries::default()
    }
}

/// The list inside is a particular, decides the authority and, where no programme is named, is
/// one.
fn fit(mut listing: Listing) -> Listing {
    listing.details.insert(0, Detail::new("source list", SDN));
    listing.authority = Some("Office of Foreign Assets Control".to_owned());
    listing.topics.insert(Topic::Sanction);
    if listing.programmes.is_empty() {
        listing.programmes.push("Specially Designated Nationals (SDN)".to_owned());
    }
    listing
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend(listings.iter().map(|listing| row(&HEADER, &cells(listing))));
    Written::only("consolidated.csv", table(b',', &rows), listings.len())
}

fn cells(listing: &Listing) -> Vec<(&'static str, String)> {
    let party = &listing.party;
    let kind = match party.kind {
        Some(PartyKind::Person) => "Individual",
        Some(PartyKind::Vessel) => "Vessel",
        Some(PartyKind::Aircraft) => "Aircraft",
        Some(_) => "Entity",
        None => "",
    };
    let aliases = party.names.iter().skip(1).map(|name| match name.quality {
        NameQuality::WeakAlias => format!("\"{}\"", name.text),
        _ => name.text.clone(),
    });
    let addresses = party.addresses.iter().map(|address| {
        let code = address.country.map(|country| format!(", {}", country.code()));
        format!("{}{}", address.text, code.unwrap_or_default())
    });
    let listed = |values: Vec<String>| values.join("; ");
    let first = |values: &[String]| values.first().cloned().unwrap_or_default();
    vec![
        ("_id", listing.id.clone()),
        ("source", SDN.to_owned()),
        ("entity_number", listing.id.clone()),
        ("type", kind.to_owned()),
        ("programs", listed(listing.programmes.clone())),
        ("name", party.caption().to_owned()),
        ("title", listed(listing.functions.clone())),
        ("addresses", listed(addresses.collect())),
        ("federal_register_notice", first(&listing.legal_basis)),
        ("start_date", iso(listing.listed_on)),
        ("end_date", iso(listing.ends_on)),
        ("vessel_type", detail(listing, "vessel type")),
        ("gross_tonnage", detail(listing, "gross tonnage")),
        ("vessel_flag", tied(party, Tie::Flag).concat()),
        ("remarks", first(&listing.remarks)),
        ("alt_names", listed(aliases.collect())),
        ("dates_of_birth", listed(party.birth_dates.iter().map(english).collect())),
        ("nationalities", tied(party, Tie::Nationality).join("; ")),
        ("places_of_birth", listed(party.birth_places.clone())),
        ("ids", listed(ids(listing))),
    ]
}

fn ids(listing: &Listing) -> Vec<String> {
    let party = &listing.party;
    let gender = party.gender.map(|g| if g == Gender::Male { "Male" } else { "Female" });
    let gender = gender.map(|stated| format!("{stated}, Gender"));
    let numbers = party.identifiers.iter().map(|number| {
        let issuer = number.country.map(|country| format!("{}, ", country.code()));
        let label = number.label.as_deref().unwrap();
        format!("{}{}, {label}", issuer.unwrap_or_default(), number.value)
    });
    gender.into_iter().chain(numbers).collect()
}
