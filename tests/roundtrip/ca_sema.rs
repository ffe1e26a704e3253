//! Writes the Canadian autonomous sanctions list, XML.
//!
//! The publisher writes several names into one element, with `/`, `or`, commas, semicolons, colons
//! and brackets between them, so names have none of these signs. A person's alias of one word is a
//! weak one and the publisher marks none so, which is why aliases here have two words or more. The
//! identifier is made of regulation, schedule and item.

use super::strategy::{Birth, Carries};
use super::{Writer, Written, around, comes_back, detail, element, iso};
use crate::lists_real::declared;
use diligence::party::{DateSpan, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{Detail, Listing};

const WRITER: Writer =
    Writer { source: || declared("ca_sema"), carries, fit, section: |_| 0, has_ids: true, write };

const REGULATION: &str = "Belarus / Bélarus";
const BUILT: &str = "build date";
const SHIP: &str = "type of ship";

#[test]
fn the_canadian_list_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: vec![Some(PartyKind::Person), Some(PartyKind::Organization)],
        not_in_names: "/,;:()",
        latin_names: true,
        qualities: vec![NameQuality::Alias],
        births: vec![Birth::Year, Birth::Month, Birth::Day, Birth::Circa, Birth::Years],
        birth_dates: 3,
        numbers: vec![(Scheme::Imo, Some("IMO number"), false)],
        functions: 1,
        details: vec![BUILT, SHIP],
        days: [true, false, false],
        ..Carries::default()
    }
}

/// A party with an IMO number is a ship; a person has a title and no particulars of one. The
/// regulation is the programme, its country a tie, the item the identifier.
fn fit(mut listing: Listing) -> Listing {
    let party = &mut listing.party;
    party.names.retain(|name| name.quality == NameQuality::Primary || name.text.contains(' '));
    let published: Vec<String> = aliases(&party.names);
    if party.kind == Some(PartyKind::Person) {
        party.identifiers.clear();
        listing.details.clear();
    } else {
        party.identifiers.truncate(1);
        listing.functions.clear();
        if !party.identifiers.is_empty() {
            party.kind = Some(PartyKind::Vessel);
        }
    }
    if published.len() > 1 {
        listing.details.insert(0, Detail::new("aliases as published", published.join("; ")));
    }
    party.tie("BY".parse().unwrap(), Tie::Stated);
    listing.programmes = vec![REGULATION.to_owned()];
    listing.legal_basis = vec![format!("schedule 1, Part 1, item {}", listing.id)];
    listing.id = format!("belarus-1-part-1-{}", listing.id);
    listing
}

fn aliases(names: &[diligence::party::PartyName]) -> Vec<String> {
    names.iter().skip(1).map(|name| name.text.clone()).collect()
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let records: String = listings.iter().map(record).collect();
    let text =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<data-set>{records}</data-set>");
    Written::only("sema-lmes.xml", text, listings.len())
}

fn record(listing: &Listing) -> String {
    let party = &listing.party;
    let name = if party.kind == Some(PartyKind::Person) {
        match party.caption().split_once(' ') {
            Some((given, family)) => element("LastName", family) + &element("GivenName", given),
            None => element("LastName", party.caption()),
        }
    } else {
        element("EntityOrShip", party.caption())
    };
    let item = listing.id.rsplit('-').next().unwrap();
    let dates: Vec<String> = party.birth_dates.iter().map(stated).collect();
    let number = party.identifiers.first().map(|number| number.value.clone()).unwrap_or_default();
    let xml = element("Country", REGULATION)
        + &name
        + &element("TitleOrShip", &(listing.functions.concat() + &detail(listing, SHIP)))
        + &element("Aliases", &aliases(&party.names).join("; "))
        + &element("DateOfBirthOrShipBuildDate", &(dates.join(" or ") + &detail(listing, BUILT)))
        + &element("ShipIMONumber", &number)
        + &element("Schedule", "1, Part 1")
        + &element("Item", item)
        + &element("DateOfListing", &iso(listing.listed_on));
    around("record", &xml)
}

/// `1964-02-17`, `circa 1964`, `1963-1964`.
fn stated(span: &DateSpan) -> String {
    if span.from == span.to {
        return span.to_string();
    }
    format!("{}-{}", span.from, span.to)
}
