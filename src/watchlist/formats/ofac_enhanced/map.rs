//! Decides what one entity of OFAC's ENHANCED XML says.
//!
//! The full name is taken in the form "LAST, First" of the other formats, in every script it is
//! given in. The day of listing is the first day any of the lists shows the party.

use super::super::fault::{self, Fault};
use super::super::ofac_terms::{
    DETAILS_URL, add_full_name, in_script, is_latin_script, kind, linked, read_quality,
    script_language,
};
use super::super::xml::Node;
use super::{References, parts};
use crate::party::{NameQuality, Party, Tie};
use crate::watchlist::{Detail, ListSource, Listing};

/// The listing of an entity; `None` when it has no number or no name, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    references: &References,
    entity: &Node,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let Some(id) = entity.attribute("id") else {
        faults.push(Fault::record("no-id", "expected the attribute id, found none"));
        return None;
    };
    let words = |list: &str, item: &str| -> Vec<String> {
        items(entity, list, item).filter_map(|node| references.words(node)).collect()
    };
    let mut listing = Listing {
        list: source.name.clone(),
        source_url: Some(format!("{DETAILS_URL}{id}")),
        id,
        topics: source.topics(),
        programmes: words("sanctionsPrograms", "sanctionsProgram"),
        authority: source.authority.clone(),
        measures: words("sanctionsTypes", "sanctionsType"),
        legal_basis: words("legalAuthorities", "legalAuthority"),
        ..Listing::default()
    };
    let party = &mut listing.party;
    for name in items(entity, "names", "name") {
        add_names(name, references, party, faults);
    }
    if party.names.is_empty() {
        faults.push(Fault::record("no-name", "expected formattedFullName, found none"));
        return None;
    }
    // The caption is the primary name, wherever it stands.
    party.names.sort_by_key(|name| name.quality != NameQuality::Primary);
    for address in items(entity, "addresses", "address") {
        parts::address(address, references, party, faults);
    }
    on_lists(entity, references, &mut listing, faults);
    for feature in items(entity, "features", "feature") {
        parts::feature(feature, references, &mut listing, faults);
    }
    for document in items(entity, "identityDocuments", "identityDocument") {
        parts::document(document, references, &mut listing, faults);
    }
    for relationship in items(entity, "relationships", "relationship") {
        parts::relationship(relationship, references, &mut listing, faults);
    }
    // Last: its links give way to the relationships, and it comes before the other remarks.
    if let Some(general) = entity.child("generalInfo") {
        general_info(general, references, &mut listing, faults);
    }
    Some(listing)
}

/// The elements of a list.
pub(super) fn items<'a>(
    node: &'a Node,
    list: &'a str,
    item: &'a str,
) -> impl Iterator<Item = &'a Node> {
    node.all(list).flat_map(move |list| list.all(item))
}

/// Whether a boolean of XML Schema is true.
pub(super) fn is_true(node: &Node, name: &str) -> bool {
    node.value(name).is_some_and(|text| ["true", "1"].contains(&text.as_str()))
}

/// One name in the scripts it is given in.
fn add_names(name: &Node, references: &References, party: &mut Party, faults: &mut Vec<Fault>) {
    let is_weak = is_true(name, "isLowQuality");
    let quality = match name.child("aliasType").and_then(|node| references.words(node)) {
        _ if is_true(name, "isPrimary") => NameQuality::Primary,
        Some(kind) => read_quality(&kind, is_weak, "aliasType", faults),
        None if is_weak => NameQuality::WeakAlias,
        None => NameQuality::Alias,
    };
    for translation in items(name, "translations", "translation") {
        let Some(text) = translation.value("formattedFullName").or_else(|| assembled(translation))
        else {
            faults.push(Fault::field("name", "no-name", "expected formattedFullName, found none"));
            continue;
        };
        let script = translation.child("script").map(|node| script(node, references));
        add_full_name(party, in_script(text, quality, &script.unwrap_or_default()));
    }
}

/// The publisher's word for a script where we know it, else its code.
fn script(node: &Node, references: &References) -> String {
    let word = node.line();
    if is_latin_script(&word) || script_language(&word).is_some() {
        return word;
    }
    references.of(node).and_then(|reference| reference.code.clone()).unwrap_or(word)
}

fn assembled(translation: &Node) -> Option<String> {
    match (translation.value("formattedLastName"), translation.value("formattedFirstName")) {
        (Some(last), Some(first)) => Some(format!("{last}, {first}")),
        (last, first) => last.or(first),
    }
}

/// The lists that show the party, each with its first day.
fn on_lists(
    entity: &Node,
    references: &References,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    for list in items(entity, "sanctionsLists", "sanctionsList") {
        let name = references.words(list).unwrap_or_default();
        let text = list.attribute("datePublished").unwrap_or_default();
        let day = fault::date(&text, "datePublished", faults);
        let since = day.map(|day| format!(", published {day}")).unwrap_or_default();
        listing.details.push(Detail::new("sanctions list", format!("{name}{since}")));
        listing.listed_on = listing.listed_on.into_iter().chain(day).min();
    }
}

fn general_info(
    general: &Node,
    references: &References,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    let entity_type = general.child("entityType").and_then(|node| references.words(node));
    listing.party.kind = match entity_type {
        Some(text) => kind(&text, "entityType", faults),
        None => {
            faults.push(Fault::field("entityType", "unknown-kind", "expected a type, found none"));
            None
        }
    };
    listing.functions.extend(general.value("title"));
    let status = general.child("livingStatus").and_then(|node| references.words(node));
    listing.details.extend(status.map(|status| Detail::new("living status", status)));
    if is_true(general, "isUsCitizen") {
        if let Ok(country) = "US".parse() {
            listing.party.tie(country, Tie::Nationality);
        }
        listing.details.push(Detail::new("U.S. citizen", "true"));
    }
    if is_true(general, "isUsPerson") {
        listing.details.push(Detail::new("U.S. person", "true"));
    }
    if let Some(remark) = general.value("remarks") {
        linked(remark, listing);
    }
}
