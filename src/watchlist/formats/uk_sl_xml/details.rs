//! Decides what the particulars of a designated individual, entity or ship mean.
//!
//! The publisher wraps every value in one or two elements in the plural (`DOBs/DOB`,
//! `ShipDetails/Ship/IMONumbers/IMONumber`). What counts is the innermost element, wherever it
//! stands. Documents and places of birth are pairs of elements in one wrapper. A value whose
//! element is not in the table is kept under the element's name, and the element is reported.

use super::super::dates::{day_month_year, english_span};
use super::super::fault::{self, Fault};
use super::super::numbers;
use super::super::xml::Node;
use crate::party::{DateSpan, Gender, Identifier, Scheme, Tie};
use crate::watchlist::{Detail, Link, Listing};

/// Code of a fault that is told once a file.
pub(super) const UNKNOWN: &str = "unknown-element";

/// What a value is.
#[derive(Clone, Copy)]
enum Meaning {
    BirthDate,
    Nationality,
    Gender,
    Function,
    Number(Scheme, &'static str),
    Linked(&'static str),
    Flag,
    Detail(&'static str),
}

/// Innermost elements, in lower case, as the publisher and its format guide spell them.
const MEANINGS: [(&str, Meaning); 28] = [
    ("dob", Meaning::BirthDate),
    ("nationality", Meaning::Nationality),
    ("gender", Meaning::Gender),
    ("title", Meaning::Function),
    ("position", Meaning::Function),
    ("businessregistrationnumber", Meaning::Number(Scheme::Registration, "business registration")),
    ("imonumber", Meaning::Number(Scheme::Imo, "IMO number")),
    ("parentcompany", Meaning::Linked("parent company")),
    ("subsidiary", Meaning::Linked("subsidiary")),
    ("currentowneroperator", Meaning::Linked("current owner or operator")),
    ("previousowneroperator", Meaning::Linked("previous owner or operator")),
    ("currentbelievedflagofship", Meaning::Flag),
    ("currentbelievedflag", Meaning::Flag),
    ("previousflag", Meaning::Detail("previous flag")),
    ("previousflagofship", Meaning::Detail("previous flag")),
    ("typeofentity", Meaning::Detail("type of entity")),
    ("typeofship", Meaning::Detail("type of ship")),
    ("tonnageofship", Meaning::Detail("tonnage")),
    ("tonnage", Meaning::Detail("tonnage")),
    ("lengthofship", Meaning::Detail("length")),
    ("length", Meaning::Detail("length")),
    ("yearbuilt", Meaning::Detail("year built")),
    ("hullidentificationnumber", Meaning::Number(Scheme::Other, "hull identification number")),
    ("hullidentificationnumberhin", Meaning::Number(Scheme::Other, "hull identification number")),
    ("phonenumber", Meaning::Detail("phone")),
    ("emailaddress", Meaning::Detail("email")),
    ("email", Meaning::Detail("email")),
    ("website", Meaning::Detail("website")),
];

/// Documents: the element of the number, of what is said of it, and what it is.
const DOCUMENTS: [(&str, &str, Scheme, &str); 3] = [
    ("PassportNumber", "PassportAdditionalInformation", Scheme::Passport, "passport"),
    (
        "NationalIdentifierNumber",
        "NationalIdentifierAdditionalInformation",
        Scheme::NationalId,
        "national identifier",
    ),
    (
        "NationalIDNumber",
        "NationalIDAdditionalInformation",
        Scheme::NationalId,
        "national identifier",
    ),
];
const PLACE_OF_BIRTH: [&str; 2] = ["TownOfBirth", "CountryOfBirth"];

/// An element nobody has taught us to read.
pub(super) fn unknown(path: &str) -> Fault {
    let message = "expected an element of the known format; its value is kept as a detail";
    Fault::field(path, UNKNOWN, message)
}

/// `TypeOfShip` as `type of ship`, for a person to read.
pub(super) fn in_words(element: &str) -> String {
    let mut words = String::new();
    let mut before_is_small = false;
    for letter in element.chars() {
        if letter.is_uppercase() && before_is_small {
            words.push(' ');
        }
        before_is_small = letter.is_lowercase();
        words.extend(letter.to_lowercase());
    }
    words
}

/// Reads an element and everything in it.
pub(super) fn read(node: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let mut done: Vec<&str> = Vec::new();
    for (number, said, scheme, name) in DOCUMENTS {
        for (value, words) in pairs(node, number, said) {
            document(value, words, (scheme, name), listing);
        }
        done.extend([number, said]);
    }
    let [town, country] = PLACE_OF_BIRTH;
    for (town, country) in pairs(node, town, country) {
        birth_place(town, country, listing, faults);
    }
    done.extend(PLACE_OF_BIRTH);
    for child in node.children.iter().filter(|child| !done.contains(&child.name.as_str())) {
        read(child, listing, faults);
    }
    let text = node.line();
    if !text.is_empty() {
        value(&node.name, text, listing, faults);
    }
}

fn value(element: &str, text: String, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let key = element.to_lowercase();
    let known = MEANINGS.iter().find(|(name, _)| *name == key);
    let party = &mut listing.party;
    match known.map(|(_, meaning)| *meaning) {
        Some(Meaning::BirthDate) => birth_date(&text, listing, faults),
        Some(Meaning::Nationality) => match fault::country(&text, element, faults) {
            Some(country) => party.tie(country, Tie::Nationality),
            None => listing.details.push(Detail::new("nationality", text)),
        },
        Some(Meaning::Gender) => match Gender::parse(&text) {
            Some(gender) => party.gender = Some(gender),
            None => {
                let message = format!("expected male or female, found '{text}'");
                faults.push(Fault::field(element, "unknown-gender", message));
            }
        },
        Some(Meaning::Function) if listing.functions.contains(&text) => {}
        Some(Meaning::Function) => listing.functions.push(text),
        Some(Meaning::Number(..)) if !numbers::is_number(&text) => {}
        Some(Meaning::Number(scheme, label)) => {
            number(scheme, text, Some(label.to_owned()), listing)
        }
        Some(Meaning::Linked(relation)) => {
            listing.linked_to.push(Link::named(Some(relation), text));
        }
        Some(Meaning::Flag) => {
            if let Some(country) = fault::country(&text, element, faults) {
                party.tie(country, Tie::Flag);
            }
            listing.details.push(Detail::new("current believed flag", text));
        }
        Some(Meaning::Detail(label)) => listing.details.push(Detail::new(label, text)),
        None => {
            faults.push(unknown(element));
            listing.details.push(Detail::new(in_words(element), text));
        }
    }
}

/// `dd/mm/1965` and the like, or an English date.
fn birth_date(text: &str, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let read = day_month_year(text)
        .map(DateSpan::from)
        .or_else(|error| english_span(text).map_err(|_| error));
    match read {
        Ok(span) if listing.party.birth_dates.contains(&span) => {}
        Ok(span) => listing.party.birth_dates.push(span),
        Err(error) => faults.push(Fault::field("DOB", "bad-date", error.to_string())),
    }
}

/// The values of two elements that belong together. Where one wrapper holds several and not as
/// many of both, nothing says which belong together, and each stands alone.
fn pairs(node: &Node, first: &str, second: &str) -> Vec<(Option<String>, Option<String>)> {
    let values = |name: &str| -> Vec<Option<String>> {
        let lines = node.children.iter().filter(|child| child.name == name).map(Node::line);
        lines.map(|line| Some(line).filter(|text| !text.is_empty())).collect()
    };
    let (firsts, seconds) = (values(first), values(second));
    if firsts.len() == seconds.len() {
        return firsts.into_iter().zip(seconds).collect();
    }
    let alone = firsts.into_iter().map(|value| (value, None));
    alone.chain(seconds.into_iter().map(|value| (None, value))).collect()
}

fn birth_place(
    town: Option<String>,
    country: Option<String>,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    let parts: Vec<String> = town.into_iter().chain(country.clone()).collect();
    let text = parts.join(", ");
    if !text.is_empty() && !listing.party.birth_places.contains(&text) {
        listing.party.birth_places.push(text);
    }
    if let Some(country) = country.and_then(|c| fault::country(&c, "CountryOfBirth", faults)) {
        listing.party.tie(country, Tie::BirthPlace);
    }
}

fn document(
    value: Option<String>,
    words: Option<String>,
    (scheme, name): (Scheme, &str),
    listing: &mut Listing,
) {
    match (value.filter(|text| numbers::is_number(text)), words) {
        (Some(value), words) => {
            let words: Vec<String> = words.into_iter().collect();
            number(scheme, value, numbers::label(Some(name.to_owned()), &words), listing);
        }
        (None, Some(words)) => {
            listing.details.push(Detail::new(format!("{name} without a number"), words));
        }
        (None, None) => {}
    }
}

fn number(scheme: Scheme, value: String, label: Option<String>, listing: &mut Listing) {
    let made = numbers::refined(Identifier { scheme, value, country: None, label });
    if !listing.party.identifiers.contains(&made) {
        listing.party.identifiers.push(made);
    }
}
