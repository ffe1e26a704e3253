//! Decides what a feature of a profile says: a text, a reference value, a date or a place, under
//! the label of its type.

use super::super::fault::Fault;
use super::super::ofac_terms::{Stated, apply};
use super::super::xml::Node;
use super::Reading;
use super::places::{Site, span};
use crate::party::Tie;
use crate::watchlist::Listing;

/// The type of feature that is an address.
const LOCATION: &str = "Location";
/// Reliabilities nothing is to be said of.
const USUAL: [&str; 2] = ["Confirmed", "Unknown"];

/// Reads every version of a feature.
pub(super) fn feature(
    feature: &Node,
    reading: &Reading<'_>,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    let references = &reading.references;
    let Some(label) = references.words("FeatureType", feature, "FeatureTypeID", faults) else {
        faults.push(Fault::field("Feature", "no-label", "expected the type of a feature"));
        return;
    };
    for version in feature.all("FeatureVersion") {
        let note = note(version, reading, faults);
        let mut sites = Vec::new();
        for location in version.all("VersionLocation") {
            sites.extend(site(location, reading, faults));
        }
        if label == LOCATION && !sites.is_empty() {
            sites.iter().for_each(|site| add_address(site, listing));
            listing.remarks.extend(note.map(|note| format!("{label}: {note}")));
            continue;
        }
        for stated in statements(&label, version, &sites, reading, faults) {
            apply(&Stated { note: note.clone(), ..stated }, listing, faults);
        }
    }
}

/// What a version says: its details, else its places, else its dates.
fn statements(
    label: &str,
    version: &Node,
    sites: &[&Site],
    reading: &Reading<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Stated> {
    let new = |value: String| Stated { label: label.to_owned(), value, ..Stated::default() };
    let mut stated = Vec::new();
    for detail in version.all("VersionDetail") {
        let text = Some(detail.line()).filter(|text| !text.is_empty());
        let kind = "DetailReference";
        let text =
            text.or_else(|| reading.references.words(kind, detail, "DetailReferenceID", faults));
        stated.extend(text.map(new));
    }
    for site in sites {
        let text = site.addresses.first().map(|address| address.text.clone()).unwrap_or_default();
        let words = [Some(text).filter(|text| !text.is_empty()), site.country_text.clone()];
        let words: Vec<String> = words.into_iter().flatten().collect();
        stated.push(Stated { country: site.country, ..new(words.join(", ")) });
    }
    let spans: Vec<_> = version.all("DatePeriod").filter_map(|node| span(node, faults)).collect();
    match (stated.as_mut_slice(), spans.as_slice()) {
        ([], spans) => {
            spans.iter().map(|span| Stated { span: Some(*span), ..new(span.to_string()) }).collect()
        }
        ([only], [span]) => {
            only.span = Some(*span);
            stated
        }
        _ => stated,
    }
}

/// A comment on a version, and a doubt about it.
fn note(version: &Node, reading: &Reading<'_>, faults: &mut Vec<Fault>) -> Option<String> {
    let reliability = reading.references.words("Reliability", version, "ReliabilityID", faults);
    let doubt = reliability.filter(|text| !USUAL.contains(&text.as_str()));
    let doubt = doubt.map(|text| format!("reliability: {text}"));
    let notes: Vec<String> = version.value("Comment").into_iter().chain(doubt).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

fn site<'a>(
    location: &Node,
    reading: &'a Reading<'_>,
    faults: &mut Vec<Fault>,
) -> Option<&'a Site> {
    let id = location.attribute("LocationID").unwrap_or_default();
    let site = reading.sites.get(&id);
    if site.is_none() {
        let message = format!("expected the number of a Location, found '{id}', which none has");
        faults.push(Fault::field("VersionLocation/@LocationID", "unknown-reference", message));
    }
    site
}

fn add_address(site: &Site, listing: &mut Listing) {
    if let Some(country) = site.country {
        listing.party.tie(country, Tie::Address);
    }
    for address in &site.addresses {
        if !listing.party.addresses.contains(address) {
            listing.party.addresses.push(address.clone());
        }
    }
    listing.remarks.extend(site.comment.clone());
}
