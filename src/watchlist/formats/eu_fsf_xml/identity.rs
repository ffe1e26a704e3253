//! Decides what the parts of an EU entry say of who it is: functions and gender, citizenship,
//! birth, addresses, documents.
//!
//! `00` is the publisher's code for an unknown country and means no statement. A date of birth in
//! another calendar is read only where the publisher gives its own conversion (`birthdate`, by
//! the schema a Gregorian day); the rest stays as text and is reported. Documents keep what the
//! publisher says of them (issue, validity, known false) in their label.

use super::super::fault::{self, Fault};
use super::super::numbers;
use super::super::xml::Node;
use crate::party::{Address, Country, DateSpan, Gender, Identifier, PartialDate, Scheme, Tie};
use crate::watchlist::{Detail, Listing};

const UNKNOWN_COUNTRY: &str = "00";
const GREGORIAN: &str = "GREGORIAN";
/// The publisher's way to say that the gender is not known.
const UNKNOWN_GENDER: &str = "?";

/// Codes of documents and numbers; any other is `Scheme::Other`.
const SCHEMES: [(&str, Scheme); 11] = [
    ("passport", Scheme::Passport),
    ("diplpassport", Scheme::Passport),
    ("stpassport", Scheme::Passport),
    ("id", Scheme::NationalId),
    ("ssn", Scheme::NationalId),
    ("regnumber", Scheme::Registration),
    ("fiscalcode", Scheme::Tax),
    ("taxid", Scheme::Tax),
    ("euvat", Scheme::Vat),
    ("imo", Scheme::Imo),
    ("swiftbic", Scheme::Bic),
];
/// What is said of a document by a flag or a value.
const FLAGS: [(&str, &str); 5] = [
    ("diplomatic", "diplomatic"),
    ("knownExpired", "known expired"),
    ("knownFalse", "known false"),
    ("reportedLost", "reported lost"),
    ("revokedByIssuer", "revoked by the issuer"),
];
const STATEMENTS: [(&str, &str); 6] = [
    ("issuedBy", "issued by"),
    ("issueDate", "issued"),
    ("validFrom", "valid from"),
    ("validTo", "valid to"),
    ("nameOnDocument", "in the name of"),
    ("region", "region"),
];

/// The country of a part, from its code or its name. One we do not know is a fault.
fn country(part: &Node, faults: &mut Vec<Fault>) -> Option<Country> {
    let code = part.attribute("countryIso2Code").filter(|code| code != UNKNOWN_COUNTRY)?;
    let name = part.attribute("countryDescription").and_then(|name| name.parse().ok());
    name.or_else(|| fault::country(&code, &format!("{}@countryIso2Code", part.name), faults))
}

/// The publisher's name of the country, unless it says that it does not know.
fn country_name(part: &Node) -> Option<String> {
    let code = part.attribute("countryIso2Code");
    let name = part.attribute("countryDescription").or_else(|| code.clone());
    name.filter(|_| code.is_none_or(|code| code != UNKNOWN_COUNTRY))
}

fn joined(part: &Node, attributes: &[&str]) -> String {
    let words: Vec<String> = attributes.iter().filter_map(|name| part.attribute(name)).collect();
    words.join(", ")
}

fn is_set(part: &Node, attribute: &str) -> bool {
    part.attribute(attribute).is_some_and(|flag| flag == "true" || flag == "1")
}

/// Titles, functions and gender, which the publisher writes with each name.
pub(super) fn of_names(aliases: &[&Node], listing: &mut Listing, faults: &mut Vec<Fault>) {
    let mut genders: Vec<Gender> = Vec::new();
    for attribute in ["title", "function"] {
        for text in aliases.iter().filter_map(|alias| alias.attribute(attribute)) {
            if !listing.functions.contains(&text) {
                listing.functions.push(text);
            }
        }
    }
    for text in aliases.iter().filter_map(|alias| alias.attribute("gender")) {
        match Gender::parse(&text) {
            Some(gender) if genders.contains(&gender) => {}
            Some(gender) => genders.push(gender),
            None if text == UNKNOWN_GENDER => {}
            None => {
                let message = format!("expected M, F or ?, found '{text}'");
                faults.push(Fault::field("gender", "unknown-gender", message));
            }
        }
    }
    match genders.as_slice() {
        [] => {}
        [gender] => listing.party.gender = Some(*gender),
        _ => {
            let message = "expected one gender on all names, found several; none is used";
            faults.push(Fault::field("gender", "contradiction", message));
        }
    }
}

/// Citizenships; what is said beyond the country is a detail.
pub(super) fn citizenships(record: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    for part in record.all("citizenship") {
        let country = country(part, faults);
        if let Some(country) = country {
            listing.party.tie(country, Tie::Nationality);
        }
        let mut words: Vec<String> = Vec::new();
        for (attribute, verb) in [
            ("region", "region"),
            ("acquisitionDate", "acquired"),
            ("disenfranchisementDate", "lost"),
        ] {
            words.extend(part.attribute(attribute).map(|value| format!("{verb} {value}")));
        }
        let name = country_name(part);
        if !words.is_empty() || (country.is_none() && name.is_some()) {
            let value = numbers::label(name, &words);
            listing.details.extend(value.map(|value| Detail::new("citizenship", value)));
        }
    }
}

/// Dates and places of birth.
pub(super) fn births(record: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    for part in record.all("birthdate") {
        if let Some(span) = birth_date(part, &mut listing.details, faults)
            && !listing.party.birth_dates.contains(&span)
        {
            listing.party.birth_dates.push(span);
        }
        let place = joined(part, &["place", "city", "zipCode", "region"]);
        let words: Vec<String> = Some(place)
            .filter(|text| !text.is_empty())
            .into_iter()
            .chain(country_name(part))
            .collect();
        let text = words.join(", ");
        if !text.is_empty() && !listing.party.birth_places.contains(&text) {
            listing.party.birth_places.push(text);
        }
        if let Some(country) = country(part, faults) {
            listing.party.tie(country, Tie::BirthPlace);
        }
    }
}

fn birth_date(part: &Node, details: &mut Vec<Detail>, faults: &mut Vec<Fault>) -> Option<DateSpan> {
    const FIELD: &str = "birthdate";
    let approximate = is_set(part, "circa");
    let exact = part.attribute(FIELD).and_then(|text| fault::date(&text, FIELD, faults));
    let calendar = part.attribute("calendarType").unwrap_or_else(|| GREGORIAN.to_owned());
    if calendar != GREGORIAN {
        let text = other_calendar(part);
        if exact.is_none() && !text.is_empty() {
            let message = format!("expected a Gregorian date, found '{text}' ({calendar})");
            faults.push(Fault::field(FIELD, "other-calendar", message));
        }
        if !text.is_empty() {
            let label = format!("date of birth, {} calendar", calendar.to_lowercase());
            details.push(Detail::new(label, text));
        }
        return exact.map(|date| DateSpan { from: date, to: date, approximate });
    }
    let mut year = |name: &str| part.attribute(name).and_then(|t| fault::date(&t, FIELD, faults));
    let from = year("yearRangeFrom");
    let to = year("yearRangeTo");
    let date = exact.or_else(|| parts_of_date(part, faults));
    match (date, from, to) {
        (Some(date), ..) => Some(DateSpan { from: date, to: date, approximate }),
        (None, Some(from), Some(to)) if from > to => {
            let message = format!("expected a range of years, found {from} to {to}");
            faults.push(Fault::field(FIELD, "bad-date", message));
            None
        }
        (None, Some(from), Some(to)) => Some(DateSpan { from, to, approximate }),
        (None, Some(one), None) | (None, None, Some(one)) => {
            let message = format!("expected both ends of a range of years, found only {one}");
            faults.push(Fault::field(FIELD, "bad-date", message));
            None
        }
        (None, None, None) => None,
    }
}

/// Year, month and day as the publisher writes them apart.
fn parts_of_date(part: &Node, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    let year = part.attribute("year")?;
    let month = part.attribute("monthOfYear");
    let day = part.attribute("dayOfMonth");
    let number = |text: &Option<String>| text.as_deref().map(str::parse::<i8>).transpose();
    let made = match (year.parse(), number(&month), number(&day)) {
        (Ok(year), Ok(month), Ok(day)) => PartialDate::new(year, month, day).ok(),
        _ => None,
    };
    if made.is_none() {
        let found = [Some(year), month, day].into_iter().flatten().collect::<Vec<_>>().join("-");
        let message = format!("expected year, month and day of a calendar date, found '{found}'");
        faults.push(Fault::field("birthdate", "bad-date", message));
    }
    made
}

/// `1402-6-24`, `1343`, `1339 to 1340`, in whatever calendar.
fn other_calendar(part: &Node) -> String {
    let day: Vec<String> =
        ["year", "monthOfYear", "dayOfMonth"].iter().filter_map(|n| part.attribute(n)).collect();
    let range: Vec<String> =
        ["yearRangeFrom", "yearRangeTo"].iter().filter_map(|n| part.attribute(n)).collect();
    if day.is_empty() { range.join(" to ") } else { day.join("-") }
}

/// Addresses, and the ways to reach somebody there.
pub(super) fn addresses(record: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    for part in record.all("address") {
        let country = country(part, faults);
        let mut words: Vec<String> = part.attribute("street").into_iter().collect();
        words.extend(part.attribute("poBox").map(|number| format!("P.O. Box {number}")));
        let rest = ["zipCode", "city", "place", "region"];
        words.extend(rest.iter().filter_map(|name| part.attribute(name)));
        words.extend(country_name(part).filter(|_| country.is_none()));
        let text = words.join(", ");
        if is_set(part, "asAtListingTime") && !text.is_empty() {
            listing.details.push(Detail::new("address at the time of listing", text.clone()));
        }
        for contact in part.all("contactInfo") {
            if let (Some(key), Some(value)) = (contact.attribute("key"), contact.attribute("value"))
            {
                listing.details.push(Detail::new(key.to_lowercase(), value));
            }
        }
        if let Some(country) = country {
            listing.party.tie(country, Tie::Address);
        }
        let address = Address {
            text,
            city: part.attribute("city"),
            postal_code: part.attribute("zipCode"),
            country,
        };
        let is_said = !address.text.is_empty() || address.country.is_some();
        if is_said && !listing.party.addresses.contains(&address) {
            listing.party.addresses.push(address);
        }
    }
}

/// Numbers with who issued them and what is known of the document.
pub(super) fn documents(record: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    for part in record.all("identification") {
        let code = part.attribute("identificationTypeCode").unwrap_or_default();
        let kind = part.attribute("identificationTypeDescription");
        let kind = kind.or_else(|| Some(code.clone()).filter(|code| !code.is_empty()));
        let flags = FLAGS.iter().filter(|(flag, _)| is_set(part, flag));
        let mut words: Vec<String> = flags.map(|(_, said)| (*said).to_owned()).collect();
        for (attribute, verb) in STATEMENTS {
            words.extend(part.attribute(attribute).map(|value| format!("{verb} {value}")));
        }
        let scheme = SCHEMES.iter().find(|(known, _)| *known == code);
        let scheme = scheme.map_or(Scheme::Other, |(_, scheme)| *scheme);
        let country = country(part, faults);
        let label = numbers::label(kind, &words);
        let stated = ["number", "latinNumber"].iter().filter_map(|name| part.attribute(name));
        let (values, others): (Vec<String>, Vec<String>) =
            stated.partition(|value| numbers::is_number(value));
        if values.is_empty() && (!words.is_empty() || !others.is_empty()) {
            let value = label.clone().unwrap_or_default();
            listing.details.push(Detail::new("document without a number", value));
        }
        for value in values {
            let made = Identifier { scheme, value, country, label: label.clone() };
            let made = numbers::refined(made);
            if !listing.party.identifiers.contains(&made) {
                listing.party.identifiers.push(made);
            }
        }
    }
}
