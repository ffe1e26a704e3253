//! Decides what one identity of a Swiss target says of who it is: birth, nationality, papers and
//! addresses.
//!
//! Places are words of the element itself or of the place it refers to. A date of low quality is
//! approximate. A date in another calendar than the Gregorian stays as text and is reported.

use super::super::fault::{self, Fault};
use super::super::numbers;
use super::super::xml::Node;
use super::tables::{PlaceWords, Tables};
use crate::party::{Address, Country, DateSpan, Identifier, PartialDate, Scheme, Tie};
use crate::watchlist::{Detail, Listing};

const GREGORIAN: &str = "gregorian";
/// Types of document that have a scheme; any other is `Scheme::Other`.
const SCHEMES: [(&str, Scheme); 6] = [
    ("passport", Scheme::Passport),
    ("diplomatic-passport", Scheme::Passport),
    ("service-passport", Scheme::Passport),
    ("id-card", Scheme::NationalId),
    ("registration-number", Scheme::Registration),
    ("tax-number", Scheme::Tax),
];

/// Reads one identity into the listing.
pub(super) fn read(
    identity: &Node,
    tables: &Tables,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    for stated in identity.all("nationality") {
        let place = tables.place(stated);
        if let Some(country) = country(&place, "nationality", faults) {
            listing.party.tie(country, Tie::Nationality);
        } else if let Some(name) = place.country_name {
            listing.details.push(Detail::new("nationality", name));
        }
        remark(stated, "nationality", listing);
    }
    for stated in identity.all("day-month-year") {
        if let Some(span) = birth_date(stated, &mut listing.details, faults)
            && !listing.party.birth_dates.contains(&span)
        {
            listing.party.birth_dates.push(span);
        }
        remark(stated, "date of birth", listing);
    }
    for stated in identity.all("place-of-birth") {
        let place = tables.place(stated);
        if let Some(country) = country(&place, "place-of-birth", faults) {
            listing.party.tie(country, Tie::BirthPlace);
        }
        let words = [place.location, place.area, place.country_name];
        let text = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if !text.is_empty() && !listing.party.birth_places.contains(&text) {
            listing.party.birth_places.push(text);
        }
        remark(stated, "place of birth", listing);
    }
    for stated in identity.all("identification-document") {
        document(stated, tables, listing, faults);
    }
    for stated in identity.all("address") {
        address(stated, tables, listing, faults);
    }
    for stated in identity.all("name") {
        remark(stated, "name", listing);
    }
}

fn remark(node: &Node, about: &str, listing: &mut Listing) {
    listing.remarks.extend(node.value("remark").map(|text| format!("{about}: {text}")));
}

fn country(place: &PlaceWords, field: &str, faults: &mut Vec<Fault>) -> Option<Country> {
    fault::country(place.country.as_deref()?, field, faults)
}

fn birth_date(
    stated: &Node,
    details: &mut Vec<Detail>,
    faults: &mut Vec<Fault>,
) -> Option<DateSpan> {
    let approximate = stated.attribute("quality").as_deref() == Some("low");
    let calendar = stated.attribute("calendar").unwrap_or_else(|| GREGORIAN.to_owned());
    if calendar.to_lowercase() != GREGORIAN {
        let text = written(stated);
        let message = format!("expected a Gregorian date, found '{text}' ({calendar})");
        faults.push(Fault::field("day-month-year", "other-calendar", message));
        details.push(Detail::new(
            format!("date of birth, {} calendar", calendar.to_lowercase()),
            text,
        ));
        return None;
    }
    if let (Some(from), Some(to)) = (stated.child("from"), stated.child("to")) {
        let (from, to) = (date(from, faults)?, date(to, faults)?);
        if from.earliest() > to.latest() {
            let message = format!("expected a range of dates, found {from} to {to}");
            faults.push(Fault::field("day-month-year", "bad-date", message));
            return None;
        }
        return Some(DateSpan { from, to, approximate });
    }
    let date = date(stated, faults)?;
    Some(DateSpan { from: date, to: date, approximate })
}

/// `1965-7-21`, for a person to read.
fn written(stated: &Node) -> String {
    let parts = ["year", "month", "day"].iter().filter_map(|part| stated.attribute(part));
    parts.collect::<Vec<_>>().join("-")
}

fn date(stated: &Node, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    let number = |part: &str| stated.attribute(part).map(|text| text.parse::<i8>()).transpose();
    let year = stated.attribute("year").and_then(|text| text.parse::<i16>().ok());
    let made = match (year, number("month"), number("day")) {
        (Some(year), Ok(month), Ok(day)) => PartialDate::new(year, month, day).ok(),
        _ => None,
    };
    if made.is_none() {
        let message =
            format!("expected year, month and day of a date, found '{}'", written(stated));
        faults.push(Fault::field("day-month-year", "bad-date", message));
    }
    made
}

fn document(stated: &Node, tables: &Tables, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let kind = stated.attribute("document-type");
    let issuer = stated.child("issuer");
    let code = issuer.and_then(|i| i.attribute("code").or_else(|| i.attribute("iso-code")));
    let name = issuer.map(Node::line).filter(|text| !text.is_empty());
    let country = code
        .or_else(|| name.clone())
        .and_then(|text| fault::country(&text, "identification-document", faults));
    let place = stated.child("place-of-issue").map(|node| {
        let referred = tables.place(node).location;
        referred.unwrap_or_else(|| node.line())
    });
    let said = [
        ("issued by", name.filter(|_| country.is_none())),
        ("issued in", place),
        ("issued", stated.value("date-of-issue")),
        ("valid to", stated.value("expiry-date")),
    ];
    let words = said.into_iter().filter_map(|(verb, text)| {
        text.filter(|text| !text.is_empty()).map(|text| format!("{verb} {text}"))
    });
    let words: Vec<String> = words.chain(stated.value("remark")).collect();
    let scheme = SCHEMES.iter().find(|(known, _)| kind.as_deref() == Some(*known));
    let scheme = scheme.map_or(Scheme::Other, |(_, scheme)| *scheme);
    let label = numbers::label(kind, &words);
    match stated.value("number").filter(|text| numbers::is_number(text)) {
        Some(value) => {
            let made = numbers::refined(Identifier { scheme, value, country, label });
            if !listing.party.identifiers.contains(&made) {
                listing.party.identifiers.push(made);
            }
        }
        None => listing
            .details
            .push(Detail::new("document without a number", label.unwrap_or_default())),
    }
}

fn address(stated: &Node, tables: &Tables, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let place = tables.place(stated);
    let country = country(&place, "address", faults);
    if let Some(country) = country {
        listing.party.tie(country, Tie::Address);
    }
    let words = [
        stated.value("c-o").map(|name| format!("c/o {name}")),
        stated.value("address-details"),
        stated.value("p-o-box").map(|number| format!("P.O. Box {number}")),
        stated.value("zip-code"),
        place.location.clone(),
        place.area,
        place.country_name.filter(|_| country.is_none()),
    ];
    let address = Address {
        text: words.into_iter().flatten().collect::<Vec<_>>().join(", "),
        city: place.location,
        postal_code: stated.value("zip-code"),
        country,
    };
    let is_said = !address.text.is_empty() || address.country.is_some();
    if is_said && !listing.party.addresses.contains(&address) {
        listing.party.addresses.push(address);
    }
    remark(stated, "address", listing);
}
