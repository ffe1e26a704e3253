//! Writes the Denied Persons List of the Bureau of Industry and Security, tab-separated.
//!
//! The file has neither a kind nor a number of a party. An alias is a further name after ` A/K/A `.

use super::strategy::{AddressForm, Carries};
use super::{Writer, Written, comes_back, detail, iso, row, street, table};
use crate::lists_real::declared;
use diligence::party::{NameQuality, PartialDate, Tie};
use diligence::watchlist::Listing;

const WRITER: Writer =
    Writer { source: || declared("bis_dpl"), carries, fit, section: |_| 0, has_ids: false, write };

const HEADER: [&str; 12] = [
    "Name",
    "Street_Address",
    "City",
    "State",
    "Country",
    "Postal_Code",
    "Effective_Date",
    "Expiration_Date",
    "Standard_Order",
    "Last_Update",
    "Action",
    "FR_Citation",
];
const STANDARD: &str = "denial of export privileges, standard order";

#[test]
fn the_denied_persons_list_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        qualities: vec![NameQuality::Alias],
        ties: vec![Tie::Address],
        addresses: 1,
        address: AddressForm::CityThenCode,
        legal_basis: 1,
        measures: 1,
        details: vec!["last action"],
        days: [true, true, true],
        ..Carries::default()
    }
}

/// An order is the standard one or none.
fn fit(mut listing: Listing) -> Listing {
    listing.measures.iter_mut().for_each(|measure| *measure = STANDARD.to_owned());
    listing
}

/// Month, day, year.
fn american(day: Option<PartialDate>) -> String {
    let Some(date) = day else { return String::new() };
    format!("{:02}/{:02}/{}", date.month().unwrap(), date.day().unwrap(), date.year())
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    for listing in listings {
        let party = &listing.party;
        let names: Vec<&str> = party.names.iter().map(|name| name.text.as_str()).collect();
        let address = party.addresses.first().cloned().unwrap_or_default();
        let code = address.country.map_or("", |country| country.code());
        let order = if listing.measures.is_empty() { "" } else { "Y" };
        let values = [
            ("Name", names.join(" A/K/A ")),
            ("Street_Address", street(&address).to_owned()),
            ("City", address.city.clone().unwrap_or_default()),
            ("Country", code.to_owned()),
            ("Postal_Code", address.postal_code.clone().unwrap_or_default()),
            ("Effective_Date", american(listing.listed_on)),
            ("Expiration_Date", american(listing.ends_on)),
            ("Standard_Order", order.to_owned()),
            ("Last_Update", iso(listing.amended_on)),
            ("Action", detail(listing, "last action")),
            ("FR_Citation", listing.legal_basis.concat()),
        ];
        rows.push(row(&HEADER, &values));
    }
    Written::only("dpl.txt", table(b'\t', &rows), listings.len())
}
