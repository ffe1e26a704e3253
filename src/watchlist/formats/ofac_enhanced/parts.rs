//! Decides what the repeated parts of an entity say: addresses, features, identity documents and
//! relationships, in OFAC's ENHANCED XML.
//!
//! The country of a reference is that of its ISO code, else that of its words. Four days state a
//! date; how they are read is decided in `ofac_terms`.

use super::super::fault::{self, Fault};
use super::super::ofac_terms::{
    Paper, Stated, add_identifier, apply, boundary_span, country, named_scheme,
};
use super::super::xml::Node;
use super::References;
use super::map::{is_true, items};
use crate::party::{Address, Country, DateSpan, Party, Scheme, Tie};
use crate::watchlist::{Link, Listing};

/// Parts of an address in the order they are written in.
const ADDRESS_PARTS: [&str; 7] =
    ["ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION"];
/// What the publisher says of a feature nothing is to be said of.
const CONFIRMED: &str = "Confirmed";

/// An address in every script it is given in.
pub(super) fn address(
    stated: &Node,
    references: &References,
    party: &mut Party,
    faults: &mut Vec<Fault>,
) {
    let inner = stated.all("translations").flat_map(|list| list.all("country")).next();
    let country =
        stated.child("country").or(inner).and_then(|node| referred(node, references, faults));
    if let Some(country) = country {
        party.tie(country, Tie::Address);
    }
    let before = party.addresses.len();
    for translation in items(stated, "translations", "translation") {
        let address = Address { country, ..one_script(translation, references, faults) };
        if !address.text.is_empty() && !party.addresses.contains(&address) {
            party.addresses.push(address);
        }
    }
    let bare = Address { country, ..Address::default() };
    if party.addresses.len() == before && country.is_some() && !party.addresses.contains(&bare) {
        party.addresses.push(bare);
    }
}

/// The parts of an address in one script, without its country.
fn one_script(translation: &Node, references: &References, faults: &mut Vec<Fault>) -> Address {
    let mut parts: Vec<(usize, String)> = Vec::new();
    for part in items(translation, "addressParts", "addressPart") {
        let kind = part.child("type").and_then(|node| references.words(node)).unwrap_or_default();
        let Some(value) = part.value("value") else { continue };
        let place = ADDRESS_PARTS.iter().position(|known| *known == kind);
        if place.is_none() {
            let expected = ADDRESS_PARTS.join(", ");
            let message = format!("expected one of {expected}; found '{kind}', kept at the end");
            faults.push(Fault::field("addressPart", "unknown-address-part", message));
        }
        parts.push((place.unwrap_or(ADDRESS_PARTS.len()), value));
    }
    parts.sort_by_key(|(place, _)| *place);
    let named = |name: &str| {
        let at = ADDRESS_PARTS.iter().position(|known| *known == name)?;
        parts.iter().find(|(place, _)| *place == at).map(|(_, value)| value.clone())
    };
    Address {
        city: named("CITY"),
        postal_code: named("POSTAL CODE"),
        text: parts.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", "),
        country: None,
    }
}

/// The country an element refers to.
fn referred(node: &Node, references: &References, faults: &mut Vec<Fault>) -> Option<Country> {
    let code = references.of(node).and_then(|reference| reference.code.as_deref());
    let by_code = code.and_then(|code| code.parse().ok());
    by_code.or_else(|| country(&references.words(node)?, &node.name, faults))
}

/// A feature goes where its label says.
pub(super) fn feature(
    feature: &Node,
    references: &References,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    let Some(label) = feature.value("type") else {
        faults.push(Fault::field("feature", "no-label", "expected the type of a feature"));
        return;
    };
    let by_reference = || {
        let id = feature.value("valueRefId")?;
        references.0.get(&id).map(|reference| reference.value.clone())
    };
    let reliability = feature.child("reliability").and_then(|node| references.words(node));
    let doubt =
        reliability.filter(|text| text != CONFIRMED).map(|text| format!("reliability: {text}"));
    let notes: Vec<String> = feature.value("comments").into_iter().chain(doubt).collect();
    let stated = Stated {
        value: feature.value("value").or_else(by_reference).unwrap_or_default(),
        country: None,
        span: feature.child("valueDate").and_then(|node| period(node, faults)),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        label,
    };
    apply(&stated, listing, faults);
}

/// The span of a period's four days; a missing end is its start.
fn period(period: &Node, faults: &mut Vec<Fault>) -> Option<DateSpan> {
    let mut day =
        |name: &str| period.value(name).and_then(|text| fault::date(&text, &period.name, faults));
    let days = ["fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd"].map(&mut day);
    let [from_begin, from_end, to_begin, to_end] = days;
    let start = from_begin.or(from_end)?;
    let end = to_end.or(to_begin).or(from_end).unwrap_or(start);
    let bounds = ((start, from_end.unwrap_or(start)), (to_begin.unwrap_or(end), end));
    boundary_span(bounds.0, bounds.1, is_true(period, "isApproximate"))
        .map_err(|error| faults.push(Fault::field(&period.name, "bad-date", error.to_string())))
        .ok()
}

/// A paper with its number. It may be made out to another name than the primary one.
pub(super) fn document(
    document: &Node,
    references: &References,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    let kind = document.child("type").and_then(|node| references.words(node)).unwrap_or_default();
    let Some(number) = document.value("documentNumber") else {
        let message = format!("expected the number of a '{kind}', found none");
        faults.push(Fault::field("documentNumber", "no-number", message));
        return;
    };
    let country = issuer(document, references, faults);
    let mut date = |name: &str| {
        document.child(name).and_then(|node| period(node, faults)).map(|d| d.to_string())
    };
    let (issued, expires) = (date("issueDate"), date("expirationDate"));
    let mut notes = Vec::new();
    for part in ["issuingAuthority", "issuingLocation"] {
        let text = document.value(part);
        let is_country = |text: &String| text.parse().ok() == country && country.is_some();
        notes.extend(text.filter(|text| !is_country(text)).map(|text| format!("by {text}")));
    }
    let name = document.value("name").filter(|name| name != listing.party.caption());
    notes.extend(name.map(|name| format!("in the name of {name}")));
    if document.value("isValid").is_some_and(|text| text == "false") {
        notes.push("not valid".to_owned());
    }
    notes.extend(document.value("comments"));
    notes.extend(items(document, "idFeatures", "idFeature").map(Node::line));
    let (issued, expires) = (issued.as_deref(), expires.as_deref());
    let paper = Paper { label: &kind, country, issued, expires, notes: &notes };
    let scheme = named_scheme(&kind).unwrap_or(Scheme::Other);
    add_identifier(&mut listing.party, scheme, &number, &paper);
}

/// The issuing country, else the place of issue when that is one.
fn issuer(document: &Node, references: &References, faults: &mut Vec<Fault>) -> Option<Country> {
    match document.child("issuingCountry") {
        Some(node) => referred(node, references, faults),
        None => document.value("issuingLocation").and_then(|place| place.parse().ok()),
    }
}

/// A link to another entity, with what is said of it.
pub(super) fn relationship(
    relationship: &Node,
    references: &References,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    let Some(related) = relationship.child("relatedEntity") else {
        faults.push(Fault::field("relationship", "no-link", "expected relatedEntity, found none"));
        return;
    };
    let (name, id) = (related.line(), related.attribute("entityId"));
    let relation = relationship.child("type").and_then(|node| references.words(node));
    let quality = relationship.child("quality").and_then(|node| references.words(node));
    let during = relationship.child("dateRange").and_then(|node| period(node, faults));
    let said = [
        quality.map(|quality| format!("quality {quality}")),
        during.map(|span| span.to_string()),
        relationship.value("comments"),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let link = Link { relation, name, id };
    if !said.is_empty() {
        listing.remarks.push(format!("{link}: {}", said.join("; ")));
    }
    if !listing.linked_to.contains(&link) {
        listing.linked_to.push(link);
    }
}
