//! Decides what one sanctioned entity of the EU list says: who decided it, under which act and
//! programme, and what the publisher remarks.
//!
//! The entry's identifier is its `logicalId`: required by the schema, unique, and kept when the
//! publisher moved its database. The `euReferenceNumber`, which the schema leaves out at will, is
//! a detail. Acts are those of the entry and of its parts, the entry's own first, then by date;
//! the newest of their publication dates is the last day the entry changed.

use super::super::fault::{self, Fault};
use super::super::xml::Node;
use super::{identity, names};
use crate::party::{Party, PartyKind};
use crate::watchlist::{Detail, ListSource, Listing};
use std::collections::BTreeSet;

/// Who adopts an act, by the publisher's code.
const ORGANISATIONS: [(&str, &str); 3] = [
    ("council", "Council of the European Union"),
    ("commission", "European Commission"),
    ("un", "United Nations"),
];
/// A remark that says there is none.
const NO_REMARK: &str = "none";

/// The listing of a record; `None` when it has no identifier or no name, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    record: &Node,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let Some(id) = record.attribute("logicalId") else {
        faults.push(Fault::record("no-id", "expected a logicalId, found none"));
        return None;
    };
    let aliases = names::ordered(record);
    let names = names::names(&aliases);
    if names.is_empty() {
        faults.push(Fault::record("no-name", "expected a nameAlias with a name, found none"));
        return None;
    }
    let mut listing = Listing {
        list: source.name.clone(),
        id,
        party: Party { kind: kind(record, faults), names, ..Party::default() },
        topics: source.topics(),
        authority: source.authority.clone(),
        listed_on: day(record, "designationDate", faults),
        ends_on: day(record, "delistingDate", faults),
        remarks: remarks(record),
        ..Listing::default()
    };
    acts(record, &mut listing, faults);
    for (attribute, label) in
        [("euReferenceNumber", "EU reference number"), ("unitedNationId", "UN reference number")]
    {
        let stated = record.attribute(attribute);
        listing.details.extend(stated.map(|value| Detail::new(label, value)));
    }
    identity::of_names(&aliases, &mut listing, faults);
    identity::citizenships(record, &mut listing, faults);
    identity::births(record, &mut listing, faults);
    identity::addresses(record, &mut listing, faults);
    identity::documents(record, &mut listing, faults);
    further(record, &mut listing.details);
    Some(listing)
}

fn kind(record: &Node, faults: &mut Vec<Fault>) -> Option<PartyKind> {
    let code = record.child("subjectType").and_then(|subject| subject.attribute("code"));
    match code.as_deref() {
        Some("person") => Some(PartyKind::Person),
        Some("enterprise") => Some(PartyKind::Organization),
        other => {
            let found = other.unwrap_or("nothing");
            let message = format!("expected the subject type person or enterprise, found {found}");
            faults.push(Fault::field("subjectType", "unknown-kind", message));
            None
        }
    }
}

fn day(
    record: &Node,
    attribute: &str,
    faults: &mut Vec<Fault>,
) -> Option<crate::party::PartialDate> {
    fault::date(&record.attribute(attribute)?, attribute, faults)
}

/// Programme, authority and acts.
fn acts(record: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let mut bodies = BTreeSet::new();
    for act in record.all("regulation") {
        let programme = act.attribute("programme");
        listing.programmes.extend(programme.filter(|code| !listing.programmes.contains(code)));
        bodies.extend(act.attribute("organisationType").map(|code| organisation(&code)));
        let url = act.value("publicationUrl");
        listing.source_url = listing.source_url.take().or(url);
        let basis = act_in_words(act);
        listing.legal_basis.extend(basis.filter(|text| !listing.legal_basis.contains(text)));
        listing.amended_on = listing.amended_on.max(day(act, "publicationDate", faults));
        let corrigenda = act.all("corrigendum").filter_map(act_in_words);
        listing.legal_basis.extend(corrigenda.map(|text| format!("corrigendum: {text}")));
    }
    if !bodies.is_empty() {
        listing.authority = Some(bodies.into_iter().collect::<Vec<_>>().join(", "));
    }
    let own: BTreeSet<String> =
        record.all("regulation").filter_map(|act| act.attribute("numberTitle")).collect();
    let mut others = BTreeSet::new();
    for act in record.children.iter().flat_map(|part| part.all("regulationSummary")) {
        let is_new = act.attribute("numberTitle").is_none_or(|title| !own.contains(&title));
        let words = act_in_words(act).filter(|_| is_new);
        others.extend(words.map(|words| (act.attribute("publicationDate"), words)));
    }
    let newest = others.iter().filter_map(|(date, _)| date.as_deref()?.parse().ok()).max();
    listing.amended_on = listing.amended_on.max(newest);
    listing.legal_basis.extend(others.into_iter().map(|(_, words)| words));
}

/// `amendment 2022/300 (OJ L46), published 2022-02-25, in force 2022-02-26`.
fn act_in_words(act: &Node) -> Option<String> {
    let title = act.attribute("numberTitle")?;
    let mut words = match act.attribute("regulationType") {
        Some(kind) => format!("{kind} {title}"),
        None => title,
    };
    for (attribute, verb) in [("publicationDate", "published"), ("entryIntoForceDate", "in force")]
    {
        if let Some(date) = act.attribute(attribute) {
            words.push_str(&format!(", {verb} {date}"));
        }
    }
    Some(words)
}

fn organisation(code: &str) -> String {
    let known = ORGANISATIONS.iter().find(|(short, _)| *short == code);
    known.map_or(code, |(_, name)| *name).to_owned()
}

/// Remarks on the entry, its designation, its acts and its parts, in the file's words.
fn remarks(record: &Node) -> Vec<String> {
    let own = record.all("remark").map(Node::line);
    let details = record.attribute("designationDetails");
    let parts = record.children.iter().flat_map(|part| {
        let caption = caption(part);
        part.all("remark").map(move |remark| format!("{caption}: {}", remark.line()))
    });
    let mut remarks: Vec<String> = Vec::new();
    for remark in own.chain(details).chain(parts) {
        if !remark.is_empty() && remark != NO_REMARK && !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }
    remarks
}

/// What a remark is about: the name, number or place it stands with.
fn caption(part: &Node) -> String {
    let texts = ["wholeName", "number", "numberTitle", "street", "city", "birthdate", "year"];
    let told = texts.iter().find_map(|attribute| part.attribute(attribute));
    told.unwrap_or_else(|| part.name.clone())
}

/// What the publisher adds outside its schema, of the entry and of its parts.
fn further(record: &Node, details: &mut Vec<Detail>) {
    let holders = std::iter::once(record).chain(&record.children);
    for stated in holders.flat_map(|holder| holder.all("additionalInformation")) {
        if let (Some(key), Some(value)) = (stated.attribute("key"), stated.attribute("value")) {
            details.push(Detail::new(key, value));
        }
    }
}
