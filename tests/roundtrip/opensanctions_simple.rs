//! Writes OpenSanctions' `targets.simple.csv`: cells with several values are rows of CSV with `;`.
//!
//! The last part of an address is its country when it is one, so every address ends with a country
//! or a town.

use super::strategy::{Birth, Carries};
use super::{Writer, Written, comes_back, detail, iso, named, row, table};
use crate::lists_real::declared;
use diligence::party::{NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::Listing;

const WRITER: Writer = Writer {
    source: || declared("opensanctions_simple"),
    carries,
    fit,
    section: |_| 0,
    has_ids: true,
    write,
};

const HEADER: [&str; 16] = [
    "id",
    "schema",
    "name",
    "aliases",
    "birth_date",
    "countries",
    "addresses",
    "identifiers",
    "sanctions",
    "phones",
    "emails",
    "program_ids",
    "dataset",
    "first_seen",
    "last_seen",
    "last_change",
];

#[test]
fn the_simple_export_of_opensanctions_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: PartyKind::ALL.into_iter().map(Some).collect(),
        qualities: vec![NameQuality::Alias],
        births: vec![Birth::Year, Birth::Month, Birth::Day],
        birth_dates: 3,
        ties: vec![Tie::Stated],
        numbers: vec![(Scheme::Other, None, false)],
        addresses: 3,
        programmes: 3,
        details: vec!["phone", "email", "dataset"],
        days: [false, false, true],
        ..Carries::default()
    }
}

fn fit(mut listing: Listing) -> Listing {
    for address in &mut listing.party.addresses {
        let end = address.country.map_or("Port Severin", |country| country.name());
        address.text = format!("{}, {end}", address.text);
    }
    listing
}

/// Several values in one cell, quoted where they must be.
fn cell(values: &[String]) -> String {
    if values.is_empty() {
        return String::new();
    }
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(values).unwrap();
    String::from_utf8(writer.into_inner().unwrap()).unwrap().trim_end().to_owned()
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    for listing in listings {
        let party = &listing.party;
        let births: Vec<String> = party.birth_dates.iter().map(ToString::to_string).collect();
        let codes = party.countries.iter().map(|tie| tie.country.code().to_lowercase());
        let texts = party.addresses.iter().map(|address| address.text.clone());
        let numbers = party.identifiers.iter().map(|number| number.value.clone());
        let (program, sanctions) = listing.programmes.split_at(listing.programmes.len().min(1));
        let values = [
            ("id", listing.id.clone()),
            ("schema", party.kind.unwrap().schema().to_owned()),
            ("name", party.caption().to_owned()),
            ("aliases", cell(&named(party, NameQuality::Alias))),
            ("birth_date", cell(&births)),
            ("countries", cell(&codes.collect::<Vec<_>>())),
            ("addresses", cell(&texts.collect::<Vec<_>>())),
            ("identifiers", cell(&numbers.collect::<Vec<_>>())),
            ("program_ids", cell(program)),
            ("sanctions", cell(sanctions)),
            ("phones", cell(&[detail(listing, "phone")])),
            ("emails", cell(&[detail(listing, "email")])),
            ("dataset", cell(&[detail(listing, "dataset")])),
            ("last_seen", "2026-02-20T18:20:02".to_owned()),
            ("last_change", iso(listing.amended_on)),
        ];
        rows.push(row(&HEADER, &values));
    }
    Written::only("targets.simple.csv", table(b',', &rows), listings.len())
}
