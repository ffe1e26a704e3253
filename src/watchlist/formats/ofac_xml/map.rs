//! Decides what one entry of OFAC's classic XML says.
//!
//! Names are written as the delimited files write them: "LAST, First". An alias is strong or weak
//! by its category. What the publisher marks as the main nationality, date or place comes first.

use super::super::fault::Fault;
use super::super::ofac_terms::{
    DETAILS_URL, Paper, Stated, add_identifier, add_name, apply, country, kind, linked,
    named_scheme, read_quality,
};
use super::super::xml::Node;
use crate::party::{Address, NameQuality, Party, Scheme, Tie};
use crate::watchlist::{ListSource, Listing};

/// The listing of an entry; `None` when it has no number or no name, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    entry: &Node,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let Some(id) = entry.value("uid") else {
        faults.push(Fault::record("no-id", "expected uid, found none"));
        return None;
    };
    let Some(name) = name(entry) else {
        faults.push(Fault::record("no-name", "expected lastName, found none"));
        return None;
    };
    let mut listing = Listing {
        list: source.name.clone(),
        source_url: Some(format!("{DETAILS_URL}{id}")),
        id,
        topics: source.topics(),
        programmes: lines(entry, "programList", "program"),
        authority: source.authority.clone(),
        functions: entry.value("title").into_iter().collect(),
        ..Listing::default()
    };
    let party = &mut listing.party;
    party.kind = kind(&entry.value("sdnType").unwrap_or_default(), "sdnType", faults);
    add_name(party, &name, NameQuality::Primary);
    aliases(entry, party, faults);
    for address in items(entry, "addressList", "address") {
        add_address(address, party, faults);
    }
    births(entry, &mut listing, faults);
    for id in items(entry, "idList", "id") {
        number(id, &mut listing, faults);
    }
    if let Some(vessel) = entry.child("vesselInfo") {
        vessel_info(vessel, &mut listing, faults);
    }
    if let Some(remark) = entry.value("remarks") {
        linked(remark, &mut listing);
    }
    Some(listing)
}

/// The elements of a list, the main ones first.
fn items<'a>(entry: &'a Node, list: &'a str, item: &'a str) -> Vec<&'a Node> {
    let mut items: Vec<&Node> = entry.all(list).flat_map(|list| list.all(item)).collect();
    items.sort_by_key(|item| item.value("mainEntry").as_deref() != Some("true"));
    items
}

fn lines(entry: &Node, list: &str, item: &str) -> Vec<String> {
    items(entry, list, item).into_iter().map(Node::line).filter(|text| !text.is_empty()).collect()
}

/// "LAST, First", or the one of them that is there.
fn name(node: &Node) -> Option<String> {
    match (node.value("lastName"), node.value("firstName")) {
        (Some(last), Some(first)) => Some(format!("{last}, {first}")),
        (last, first) => last.or(first),
    }
}

fn aliases(entry: &Node, party: &mut Party, faults: &mut Vec<Fault>) {
    for aka in items(entry, "akaList", "aka") {
        let Some(name) = name(aka) else {
            faults.push(Fault::field("aka", "no-name", "expected lastName, found none"));
            continue;
        };
        let category = aka.value("category").unwrap_or_default();
        if !["strong", "weak"].contains(&category.as_str()) {
            let message =
                format!("expected strong or weak for '{name}', found '{category}'; read as strong");
            faults.push(Fault::field("category", "unknown-category", message));
        }
        let stated = aka.value("type").unwrap_or_default();
        let quality = read_quality(&stated, category == "weak", "type", faults);
        add_name(party, &name, quality);
    }
}

fn add_address(stated: &Node, party: &mut Party, faults: &mut Vec<Fault>) {
    const PARTS: [&str; 7] =
        ["address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "region"];
    let parts: Vec<String> = PARTS.iter().filter_map(|part| stated.value(part)).collect();
    let country = stated.value("country").and_then(|text| country(&text, "country", faults));
    if let Some(country) = country {
        party.tie(country, Tie::Address);
    }
    if !parts.is_empty() || country.is_some() {
        party.addresses.push(Address {
            text: parts.join(", "),
            city: stated.value("city"),
            postal_code: stated.value("postalCode"),
            country,
        });
    }
}

fn births(entry: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    for (list, item, value, label) in [
        ("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", "DOB"),
        ("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", "POB"),
        ("nationalityList", "nationality", "country", "nationality"),
        ("citizenshipList", "citizenship", "country", "citizen"),
    ] {
        for item in items(entry, list, item) {
            apply(&stated(label, item.value(value)), listing, faults);
        }
    }
}

fn stated(label: &str, value: Option<String>) -> Stated {
    Stated { label: label.to_owned(), value: value.unwrap_or_default(), ..Stated::default() }
}

/// One element of the `id` list. A label that is unknown and has a country or dates is that of a
/// paper; any other statement goes by its label.
fn number(id: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let label = id.value("idType").unwrap_or_default();
    let (issued, expires) = (id.value("issueDate"), id.value("expirationDate"));
    let issuer = id.value("idCountry");
    let is_paper = issuer.is_some() || issued.is_some() || expires.is_some();
    let scheme = named_scheme(&label).or(is_paper.then_some(Scheme::Other));
    let Some(scheme) = scheme else {
        apply(&stated(&label, id.value("idNumber")), listing, faults);
        return;
    };
    let Some(value) = id.value("idNumber") else {
        let message = format!("expected the number of a '{label}', found none");
        faults.push(Fault::field("idNumber", "no-number", message));
        return;
    };
    let country = issuer.and_then(|text| country(&text, "idCountry", faults));
    let (issued, expires) = (issued.as_deref(), expires.as_deref());
    let paper = Paper { label: &label, country, issued, expires, notes: &[] };
    add_identifier(&mut listing.party, scheme, &value, &paper);
}

fn vessel_info(vessel: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    for (element, label) in [
        ("callSign", "Vessel Call Sign"),
        ("vesselType", "Vessel Type"),
        ("tonnage", "Vessel Tonnage"),
        ("grossRegisteredTonnage", "Vessel Gross Registered Tonnage"),
        ("vesselFlag", "Vessel Flag"),
        ("vesselOwner", "Vessel Owner"),
    ] {
        apply(&stated(label, vessel.value(element)), listing, faults);
    }
}
