//! Decides what one record of the Canadian list says.
//!
//! The publisher gives a party no identifier. One is made of what places it in the regulations:
//! regulation (`Country`), schedule and item, as `belarus-1-part-1-12`. That is unique in the
//! edition of 2025 and stays when a name is spelt anew; it changes when a schedule is numbered
//! anew, and the party then shows as removed and added, which is what the law did. `Country` is
//! the regulation's, not the party's nationality: a tie without a reason given.

use super::super::dates::english_span;
use super::super::fault::{self, Fault};
use super::super::numbers;
use super::super::xml::Node;
use super::names;
use crate::party::{DateSpan, Identifier, PartialDate, Party, PartyKind, Scheme, Tie};
use crate::watchlist::{Detail, ListSource, Listing};

const BIRTH_OR_BUILD: &str = "DateOfBirthOrShipBuildDate";

/// The listing of a record; `None` when it has no name, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    record: &Node,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let kind = if record.value("ShipIMONumber").is_some() {
        PartyKind::Vessel
    } else if record.value("EntityOrShip").is_some() {
        PartyKind::Organization
    } else {
        PartyKind::Person
    };
    let mut details = Vec::new();
    let names = names::names(record, kind, &mut details);
    let Some(first) = names.first() else {
        let message = "expected LastName, GivenName or EntityOrShip, found none";
        faults.push(Fault::record("no-name", message));
        return None;
    };
    let regulation = record.value("Country");
    let id = identifier(record, regulation.as_deref(), &first.text, faults);
    let mut listing = Listing {
        list: source.name.clone(),
        id,
        party: Party { kind: Some(kind), names, ..Party::default() },
        topics: source.topics(),
        authority: source.authority.clone(),
        listed_on: record
            .value("DateOfListing")
            .and_then(|text| fault::date(&text, "DateOfListing", faults)),
        legal_basis: place_in_law(record).into_iter().collect(),
        details,
        ..Listing::default()
    };
    let english = regulation.as_deref().map(english);
    if let Some(country) = english.and_then(|name| name.parse().ok()) {
        listing.party.tie(country, Tie::Stated);
    }
    listing.programmes = regulation.into_iter().collect();
    dates(record, &mut listing, faults);
    title_and_number(record, &mut listing);
    Some(listing)
}

/// The English half of `Belarus / Bélarus`.
fn english(regulation: &str) -> &str {
    regulation.split(" / ").next().unwrap_or(regulation).trim()
}

/// Regulation, schedule and item; without an item the name stands for it.
fn identifier(
    record: &Node,
    regulation: Option<&str>,
    name: &str,
    faults: &mut Vec<Fault>,
) -> String {
    let schedule = record.value("Schedule").unwrap_or_default();
    let item = record.value("Item").unwrap_or_else(|| {
        let message = "expected an item of the schedule, found none; the name stands for it";
        faults.push(Fault::field("Item", "no-item", message));
        name.to_owned()
    });
    let parts = [regulation.map(english).unwrap_or_default(), &schedule, &item];
    let parts: Vec<String> =
        parts.iter().map(|part| slug(part)).filter(|p| !p.is_empty()).collect();
    parts.join("-")
}

/// Lower-case letters, digits and dots with `-` between the words: `1, Part 1.1` is `1-part-1.1`.
fn slug(text: &str) -> String {
    let folded: String = text.chars().flat_map(char::to_lowercase).collect();
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '.');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

fn place_in_law(record: &Node) -> Option<String> {
    let schedule = record.value("Schedule").map(|text| format!("schedule {text}"));
    let item = record.value("Item").map(|text| format!("item {text}"));
    let words: Vec<String> = schedule.into_iter().chain(item).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// A birth date for persons; for anything else a particular.
fn dates(record: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let Some(text) = record.value(BIRTH_OR_BUILD) else { return };
    if listing.party.kind != Some(PartyKind::Person) {
        listing.details.push(Detail::new("build date", text));
        return;
    }
    let read: Result<Vec<DateSpan>, _> =
        text.to_lowercase().split(" or ").map(birth_date).collect();
    match read {
        Ok(spans) => listing.party.birth_dates = spans,
        Err(error) => {
            faults.push(Fault::field(BIRTH_OR_BUILD, "bad-date", error.to_string()));
            listing.details.push(Detail::new("date of birth", text));
        }
    }
}

fn birth_date(text: &str) -> Result<DateSpan, crate::party::DateError> {
    text.parse::<PartialDate>()
        .map(DateSpan::from)
        .or_else(|error| english_span(text).map_err(|_| error))
}

/// A person's title is a function, a ship's is its type.
fn title_and_number(record: &Node, listing: &mut Listing) {
    if let Some(title) = record.value("TitleOrShip") {
        match listing.party.kind {
            Some(PartyKind::Person) => listing.functions.push(title),
            _ => listing.details.push(Detail::new("type of ship", title)),
        }
    }
    let number = record.value("ShipIMONumber").filter(|text| numbers::is_number(text));
    listing.party.identifiers.extend(number.map(|value| Identifier {
        label: Some("IMO number".to_owned()),
        ..Identifier::new(Scheme::Imo, value)
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_the_same_however_it_is_spaced() {
        assert_eq!(slug("1, Part 1.1"), "1-part-1.1");
        assert_eq!(slug("1,Part  1.1 "), "1-part-1.1");
        assert_eq!(slug(english("South Sudan / Soudan du sud")), "south-sudan");
        assert_eq!(slug(" "), "");
    }
}
