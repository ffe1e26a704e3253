//! Decides what one distinct party of OFAC's ADVANCED XML says.
//!
//! The party's `FixedRef` is its number in all formats. Several profiles and identities of one
//! party are one listing: the publisher says they are the same.

use super::super::fault::Fault;
use super::super::ofac_terms::{DETAILS_URL, add_full_name, kind, linked};
use super::super::xml::Node;
use super::{Reading, features, names};
use crate::party::{NameQuality, PartyKind};
use crate::watchlist::Listing;
use std::collections::BTreeMap;

/// The listing of a party; `None` when it has no number or no name, which is then a fault.
pub(super) fn listing(
    reading: &mut Reading<'_>,
    party: &Node,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let Some(id) = party.attribute("FixedRef") else {
        faults.push(Fault::record("no-id", "expected the attribute FixedRef, found none"));
        return None;
    };
    let source = reading.source;
    let mut listing = Listing {
        list: source.name.clone(),
        source_url: Some(format!("{DETAILS_URL}{id}")),
        id,
        topics: source.topics(),
        authority: source.authority.clone(),
        ..Listing::default()
    };
    for profile in party.all("Profile") {
        let found = party_kind(profile, reading, faults);
        listing.party.kind = listing.party.kind.or(found);
        identities(profile, reading, &mut listing, faults);
    }
    if listing.party.names.is_empty() {
        faults.push(Fault::record("no-name", "expected DocumentedName, found none"));
        return None;
    }
    for profile in party.all("Profile") {
        for feature in profile.all("Feature") {
            features::feature(feature, reading, &mut listing, faults);
        }
        for reference in profile.all("ExternalReference") {
            listing.remarks.extend(external(reference, reading, faults));
        }
    }
    let comments = party.all("Profile").flat_map(|profile| profile.all("Comment"));
    let comments: Vec<String> = party.all("Comment").chain(comments).map(Node::line).collect();
    for comment in comments.into_iter().rev().filter(|text| !text.is_empty()) {
        linked(comment, &mut listing);
    }
    Some(listing)
}

/// A sub-type says "Vessel" or "Aircraft"; else the type above it tells.
fn party_kind(profile: &Node, reading: &Reading<'_>, faults: &mut Vec<Fault>) -> Option<PartyKind> {
    let references = &reading.references;
    let sub_type = references.of("PartySubType", profile, "PartySubTypeID", faults)?;
    if ["vessel", "aircraft"].contains(&sub_type.text.to_lowercase().as_str()) {
        return kind(&sub_type.text, "PartySubTypeID", faults);
    }
    let above = references.get("PartyType", sub_type.attribute("PartyTypeID")?)?;
    kind(&above.text, "PartySubTypeID", faults)
}

/// Names and documents of the identities of a profile, the primary identity first.
fn identities(
    profile: &Node,
    reading: &mut Reading<'_>,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    let mut identities: Vec<&Node> = profile.all("Identity").collect();
    identities.sort_by_key(|identity| identity.attribute("Primary").as_deref() != Some("true"));
    let mut by_id = BTreeMap::new();
    for identity in &identities {
        for documented in names::names(identity, &reading.references, faults) {
            let text = documented.name.text.clone();
            let notes = documented.notes.iter().map(|note| format!("{text}: {note}"));
            listing.remarks.extend(notes);
            add_full_name(&mut listing.party, documented.name);
            by_id.extend(documented.id.map(|id| (id, text)));
        }
        listing.remarks.extend(identity.value("Comment"));
    }
    // The caption is the primary name, wherever it stands; papers are compared with it.
    listing.party.names.sort_by_key(|name| name.quality != NameQuality::Primary);
    for identity in identities.iter().filter_map(|identity| identity.attribute("ID")) {
        for document in reading.documents.remove(&identity).unwrap_or_default() {
            document.add_to(&mut listing.party, &by_id, faults);
        }
    }
}

/// A reference to another publication, in words.
fn external(reference: &Node, reading: &Reading<'_>, faults: &mut Vec<Fault>) -> Option<String> {
    let kind = reading.references.words("ExRefType", reference, "ExRefTypeID", faults);
    let links = reference
        .all("SubLink")
        .flat_map(|link| [link.value("Description"), link.value("DirectURL")]);
    let stated =
        [reference.value("ExRefValue"), reference.value("DirectURL"), reference.value("Comment")];
    let words: Vec<String> = stated.into_iter().chain(links).flatten().collect();
    (!words.is_empty()).then(|| format!("{}: {}", kind.unwrap_or_default(), words.join(" ")))
}
