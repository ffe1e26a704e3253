//! Decides whether a Swiss target is listed, under which programme, since when and why.
//!
//! The identifier is the target's `ssid`. Modifications are ordered by their latest date; the
//! last one decides, one without a date counting before those with. A de-listing that takes effect after the day of the file is announced and
//! not yet in force: the target is still listed, with that day as its end.

use super::super::fault::{self, Fault};
use super::super::xml::Node;
use super::tables::Tables;
use super::{identity, names};
use crate::party::{Checksum, Gender, Identifier, PartialDate, Party, PartyKind, Scheme};
use crate::watchlist::{Detail, Link, ListSource, Listing};

const DELISTED: &str = "de-listed";
const LISTED: &str = "listed";
/// Dates of a modification, the one that binds first.
const DATES: [&str; 3] = ["effective-date", "enactment-date", "publication-date"];

/// What became of a target.
pub(super) enum Target {
    /// It is on the list.
    Listed(Box<Listing>),
    /// It was taken off.
    Delisted,
    /// It has no identifier or no name, which is then a fault.
    Lost,
}

/// The listing of a target; `day` is the file's own.
pub(super) fn target(
    source: &ListSource,
    record: &Node,
    tables: &Tables,
    day: Option<PartialDate>,
    faults: &mut Vec<Fault>,
) -> Target {
    let mut listing = Listing {
        list: source.name.clone(),
        topics: source.topics(),
        authority: source.authority.clone(),
        ..Listing::default()
    };
    if !is_listed(record, day, &mut listing, faults) {
        return Target::Delisted;
    }
    let Some(id) = record.attribute("ssid") else {
        faults.push(Fault::record("no-id", "expected an ssid, found none"));
        return Target::Lost;
    };
    let names = names::of_target(record);
    if names.is_empty() {
        faults.push(Fault::record("no-name", "expected a name with its parts, found none"));
        return Target::Lost;
    }
    listing.id = id;
    listing.party = Party { kind: kind(record, faults), names, ..Party::default() };
    listing.functions = names::titles(record);
    programmes(record, tables, &mut listing, faults);
    for stated in record.all("foreign-identifier").filter(|node| !node.line().is_empty()) {
        let label = stated.attribute("type").unwrap_or_else(|| "foreign identifier".to_owned());
        listing.details.push(Detail::new(label, stated.line()));
    }
    words(record, tables, &mut listing, faults);
    for identity in names::identities(record) {
        identity::read(identity, tables, &mut listing, faults);
    }
    Target::Listed(Box::new(listing))
}

/// Reads the modifications into the listing's dates; false when the last one is a de-listing
/// already in force.
fn is_listed(
    record: &Node,
    day: Option<PartialDate>,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) -> bool {
    let mut changes: Vec<(Option<PartialDate>, String)> = Vec::new();
    for change in record.all("modification") {
        let kind = change.attribute("modification-type").unwrap_or_default();
        let dates = DATES.iter().filter_map(|name| change.attribute(name));
        let date = dates.filter_map(|text| fault::date(&text, "modification", faults)).next();
        changes.push((date, kind));
    }
    changes.sort_by_key(|(date, _)| *date);
    let first = changes.iter().find(|(_, kind)| kind == LISTED);
    listing.listed_on = first.and_then(|(date, _)| *date);
    listing.amended_on = changes.last().and_then(|(date, _)| *date);
    match changes.last() {
        Some((date, kind)) if kind == DELISTED => {
            let is_ahead = matches!((date, day), (Some(date), Some(day)) if *date > day);
            listing.ends_on = *date;
            is_ahead
        }
        _ => true,
    }
}

fn kind(record: &Node, faults: &mut Vec<Fault>) -> Option<PartyKind> {
    if record.child("individual").is_some() {
        return Some(PartyKind::Person);
    }
    if record.child("entity").is_some() {
        return Some(PartyKind::Organization);
    }
    let object = record.child("object").and_then(|object| object.attribute("object-type"));
    match object.as_deref() {
        Some("vessel") => Some(PartyKind::Vessel),
        Some("aircraft") => Some(PartyKind::Aircraft),
        other => {
            let found = other.unwrap_or("none of these");
            let message =
                format!("expected an individual, entity, vessel or aircraft, found {found}");
            faults.push(Fault::field("target", "unknown-kind", message));
            None
        }
    }
}

/// Programme, measure and origin of every sanctions set the target is in.
fn programmes(record: &Node, tables: &Tables, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let stated = record.all("sanctions-set-id").map(Node::line);
    let ids: Vec<String> = stated.chain(record.attribute("sanctions-set-id")).collect();
    let mut origins: Vec<String> = Vec::new();
    for id in ids.iter().filter(|id| !id.is_empty()) {
        let Some(set) = tables.set(id) else {
            let message = format!("expected the id of a sanctions set of this file, found '{id}'");
            faults.push(Fault::field("sanctions-set-id", "orphan", message));
            continue;
        };
        add(&mut listing.programmes, set.name.as_ref().or(set.key.as_ref()));
        add(&mut listing.legal_basis, set.key.as_ref());
        add(&mut listing.measures, set.measure.as_ref());
        add(&mut origins, set.origin.as_ref());
    }
    listing.details.extend(origins.into_iter().map(|text| Detail::new("origin", text)));
}

fn add(texts: &mut Vec<String>, text: Option<&String>) {
    texts.extend(text.filter(|text| !texts.contains(text)).cloned());
}

/// Gender, reasons, relations and whatever else is said of the target itself.
fn words(record: &Node, tables: &Tables, listing: &mut Listing, faults: &mut Vec<Fault>) {
    for change in record.all("modification") {
        add(&mut listing.remarks, change.value("remark").as_ref());
    }
    let subjects: Vec<&Node> = names::SUBJECTS.iter().filter_map(|s| record.child(s)).collect();
    for subject in std::iter::once(record).chain(subjects) {
        for stated in subject.all("generic-attribute").filter(|node| !node.line().is_empty()) {
            attribute(stated, listing);
        }
        for stated in subject.all("justification").map(Node::line).filter(|text| !text.is_empty()) {
            add(&mut listing.reasons, Some(&stated));
        }
        for stated in subject.all("other-information").map(Node::line).filter(|t| !t.is_empty()) {
            add(&mut listing.remarks, Some(&stated));
        }
        listing.linked_to.extend(subject.all("relation").map(|relation| link(relation, tables)));
        if let Some(sex) = subject.attribute("sex") {
            listing.party.gender = Gender::parse(&sex);
            if listing.party.gender.is_none() {
                let message = format!("expected male or female, found '{sex}'");
                faults.push(Fault::field("individual@sex", "unknown-gender", message));
            }
        }
    }
}

/// A particular with the publisher's name for it; an IMO number is an identifier.
fn attribute(stated: &Node, listing: &mut Listing) {
    let label = stated.attribute("name").unwrap_or_else(|| "attribute".to_owned());
    let value = stated.line();
    let number = Identifier { label: Some(label.clone()), ..Identifier::new(Scheme::Imo, &value) };
    if label.to_lowercase().contains("imo") && number.checksum() == Checksum::Valid {
        listing.party.identifiers.push(number);
    } else {
        listing.details.push(Detail::new(label, value));
    }
}

/// A relation names its target by id; a target of another file has no name here, so its id stands.
fn link(relation: &Node, tables: &Tables) -> Link {
    let id = relation.attribute("target-id");
    let kind = relation.attribute("relation-type");
    let words: Vec<String> = kind.into_iter().chain(relation.value("remark")).collect();
    let name = id.as_deref().map(|id| tables.name_of(id).unwrap_or(id)).unwrap_or_default();
    Link {
        relation: Some(words.join(": ")).filter(|text| !text.is_empty()),
        name: name.to_owned(),
        id,
    }
}
