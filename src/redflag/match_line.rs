//! Decides what of a list entry a person needs to see beside a match.

use super::{Evidence, MatchLine};
use crate::screening::Match;
use crate::watchlist::{Listing, Office};

impl MatchLine {
    /// A match as results and dossiers show it.
    #[must_use]
    pub fn new(party: &str, role: &str, found: &Match) -> Self {
        let listing = &found.listing;
        Self {
            party: party.to_owned(),
            role: role.to_owned(),
            listing: listing.reference(),
            list: listing.list.clone(),
            caption: listing.party.caption().to_owned(),
            name: found.name.clone(),
            score: found.score,
            band: found.band,
            topics: listing.topics.iter().cloned().collect(),
            features: found.features.clone(),
            alignment: found.alignment.clone(),
            entry: entry(listing),
        }
    }
}

/// The entry's own facts in a fixed order, verbatim.
fn entry(listing: &Listing) -> Vec<Evidence> {
    let reference = listing.reference();
    let mut facts = Vec::new();
    let mut add = |fact: &str, value: String| {
        if !value.is_empty() {
            facts.push(Evidence::new(fact, value, reference.clone()));
        }
    };
    add("programme", listing.programmes.join(", "));
    add("authority", listing.authority.clone().unwrap_or_default());
    add("listed on", listing.listed_on.map(|date| date.to_string()).unwrap_or_default());
    add("ends on", listing.ends_on.map(|date| date.to_string()).unwrap_or_default());
    add("changed on", listing.amended_on.map(|date| date.to_string()).unwrap_or_default());
    add("measures", listing.measures.join("; "));
    add("legal basis", listing.legal_basis.join("; "));
    for held in &listing.offices {
        add("office", office(held));
    }
    for function in &listing.functions {
        add("function", function.clone());
    }
    let births: Vec<String> = listing.party.birth_dates.iter().map(ToString::to_string).collect();
    add("born", births.join("; "));
    add("born at", listing.party.birth_places.join("; "));
    add("died", listing.party.death_date.map(|date| date.to_string()).unwrap_or_default());
    for identifier in &listing.party.identifiers {
        let country = identifier.country.map(|c| format!(" ({c})")).unwrap_or_default();
        add(identifier.scheme.label(), format!("{}{country}", identifier.value));
    }
    for address in &listing.party.addresses {
        let country = address.country.map(|c| format!(", {}", c.name())).unwrap_or_default();
        add("address", format!("{}{country}", address.text));
    }
    for detail in &listing.details {
        add(&detail.label, detail.value.clone());
    }
    let links: Vec<String> = listing.linked_to.iter().map(ToString::to_string).collect();
    add("linked to", links.join("; "));
    for reason in &listing.reasons {
        add("reason", reason.clone());
    }
    for remark in &listing.remarks {
        add("remark", remark.clone());
    }
    add("source", listing.source_url.clone().unwrap_or_default());
    facts
}

fn office(office: &Office) -> String {
    let country = office.country.map(|country| country.name().to_owned());
    let place = [Some(office.position.clone()), office.organization.clone(), country];
    let mut text = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    match (office.start, office.end) {
        (Some(start), Some(end)) => text.push_str(&format!(", {start} to {end}")),
        (Some(start), None) => text.push_str(&format!(", from {start}")),
        (None, Some(end)) => text.push_str(&format!(", until {end}")),
        (None, None) => {}
    }
    if let Some(note) = &office.note {
        text.push_str(&format!(" ({note})"));
    }
    text
}
