//! Decides what the entities between parties add to them: sanctions, offices, links, papers.
//!
//! A link says the same thing to both its ends, in words ("owned 55 % by …"). An end that is not
//! in the file makes the link a reject, `orphan`, unless the other end is there: then it is
//! shown by its identifier.

use super::super::fault::{self, Fault};
use super::entity::Entity;
use crate::party::{Identifier, PartialDate, Scheme};
use crate::watchlist::{Link, Listing, Office};
use std::collections::BTreeMap;

/// Schema of a post that an Occupancy refers to; it says nothing by itself.
pub(in crate::watchlist::formats) const POSITION: &str = "Position";

/// An entity between two parties: its schema, its two ends, and what each is to the other.
type LinkShape = (&'static str, (&'static str, &'static str), (&'static str, &'static str));

/// Links whose words do not depend on what they say.
const LINKS: [LinkShape; 5] = [
    ("UnknownLink", ("subject", "object"), ("linked to", "linked to")),
    ("Employment", ("employer", "employee"), ("employer of", "employed by")),
    ("Membership", ("organization", "member"), ("has as member", "member of")),
    ("Representation", ("agent", "client"), ("represents", "represented by")),
    ("Succession", ("predecessor", "successor"), ("succeeded by", "successor of")),
];

/// The parties of the file and where each identifier stands.
pub(in crate::watchlist::formats) struct Parties<'a> {
    pub(in crate::watchlist::formats) listings: &'a mut Vec<Listing>,
    pub(in crate::watchlist::formats) by_id: &'a BTreeMap<String, usize>,
    /// Names of parties that are no entries themselves.
    pub(in crate::watchlist::formats) captions: &'a BTreeMap<String, String>,
}

impl Parties<'_> {
    fn get(&mut self, id: &str) -> Option<&mut Listing> {
        self.by_id.get(id).and_then(|at| self.listings.get_mut(*at))
    }

    /// The party's name, or its identifier when it is not in the file.
    fn caption(&self, id: &str) -> String {
        let listing = self.by_id.get(id).and_then(|at| self.listings.get(*at));
        let caption = listing.map(|listing| listing.party.caption());
        let caption = caption.or_else(|| self.captions.get(id).map(String::as_str));
        caption.unwrap_or(id).to_owned()
    }
}

/// Adds what one entity says to the parties it is about.
pub(in crate::watchlist::formats) fn attach(
    entity: &Entity,
    positions: &BTreeMap<&str, &Entity>,
    parties: &mut Parties<'_>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    match entity.schema.as_str() {
        POSITION => {}
        "Sanction" => each(entity, "entity", parties, &mut faults, |listing, faults| {
            sanction(entity, listing, faults);
        }),
        "Occupancy" => each(entity, "holder", parties, &mut faults, |listing, faults| {
            occupancy(entity, positions, listing, faults);
        }),
        "CryptoWallet" => wallet(entity, parties, &mut faults),
        "Passport" => paper(entity, Scheme::Passport, parties, &mut faults),
        "Identification" => paper(entity, Scheme::NationalId, parties, &mut faults),
        "Ownership" => {
            let share = entity.first("percentage").map_or(String::new(), |p| format!(" {p} %"));
            link(
                entity,
                ("owner", "asset"),
                (&format!("owns{share}"), &format!("owned{share} by")),
                parties,
                &mut faults,
            );
        }
        "Directorship" => {
            let role = entity.first("role").unwrap_or("director");
            link(
                entity,
                ("director", "organization"),
                (&format!("{role} of"), role),
                parties,
                &mut faults,
            );
        }
        "Family" => {
            let relation = entity.first("relationship").unwrap_or("relative");
            link(
                entity,
                ("person", "relative"),
                (relation, &format!("{relation} of")),
                parties,
                &mut faults,
            );
        }
        "Associate" => {
            let relation = entity.first("relationship").unwrap_or("associate");
            link(
                entity,
                ("person", "associate"),
                (relation, &format!("{relation} of")),
                parties,
                &mut faults,
            );
        }
        other => match LINKS.iter().find(|(schema, ..)| *schema == other) {
            Some((_, ends, words)) => link(entity, *ends, *words, parties, &mut faults),
            None => faults.push(unsupported(other)),
        },
    }
    faults
}

fn unsupported(schema: &str) -> Fault {
    let message = format!("expected a party or something that hangs on one, found '{schema}'");
    Fault::record("unsupported-schema", message)
}

/// Runs over the parties a property refers to; none at all is an orphan.
fn each(
    entity: &Entity,
    property: &str,
    parties: &mut Parties<'_>,
    faults: &mut Vec<Fault>,
    mut add: impl FnMut(&mut Listing, &mut Vec<Fault>),
) {
    let mut found = false;
    for id in entity.all(property) {
        match parties.get(id) {
            Some(listing) => {
                found = true;
                add(listing, faults);
            }
            None => faults.push(orphan(property, id)),
        }
    }
    if !found && faults.is_empty() {
        faults
            .push(Fault::record("orphan", format!("expected a party in '{property}', found none")));
    }
}

fn orphan(property: &str, id: &str) -> Fault {
    let message = format!("expected a party of this file in '{property}', found '{id}'");
    Fault::record("orphan", message)
}

/// Adds an authority to those already stated, once.
pub(super) fn add_authority(stated: &mut Option<String>, authority: &str) {
    match stated {
        Some(known) if known.split("; ").any(|one| one == authority) => {}
        Some(known) if !known.is_empty() => *known = format!("{known}; {authority}"),
        _ => *stated = Some(authority.to_owned()),
    }
}

fn sanction(entity: &Entity, listing: &mut Listing, faults: &mut Vec<Fault>) {
    for programme in entity.all("program").chain(entity.all("programId")) {
        if !listing.programmes.iter().any(|known| known == programme) {
            listing.programmes.push(programme.to_owned());
        }
    }
    for authority in entity.all("authority") {
        add_authority(&mut listing.authority, authority);
    }
    let mut read = |property: &str| -> Option<PartialDate> {
        entity.first(property).and_then(|text| fault::date(text, property, faults))
    };
    let start = read("listingDate").or_else(|| read("startDate"));
    let end = read("endDate");
    // Several measures: listed since the first, ended only when the last one ends.
    let is_first = listing.listed_on.is_none() && listing.ends_on.is_none();
    listing.listed_on = match (listing.listed_on, start) {
        (Some(known), Some(start)) => Some(known.min(start)),
        (known, start) => known.or(start),
    };
    listing.ends_on = if is_first { end } else { listing.ends_on.zip(end).map(|(a, b)| a.max(b)) };
    listing.measures.extend(entity.all("provisions").map(str::to_owned));
    listing.remarks.extend(entity.all("reason").chain(entity.all("summary")).map(str::to_owned));
    if listing.source_url.is_none() {
        listing.source_url = entity.first("sourceUrl").map(str::to_owned);
    }
}

fn occupancy(
    entity: &Entity,
    positions: &BTreeMap<&str, &Entity>,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    let post = entity.first("post");
    let position = post.and_then(|id| positions.get(id));
    if let (Some(id), None) = (post, position) {
        let message = format!("expected a Position of this file, found '{id}'");
        faults.push(Fault::field("post", "orphan", message));
    }
    let of_post = |property: &str| position.and_then(|p| p.first(property)).map(str::to_owned);
    let country = position.and_then(|p| p.first("country"));
    let mut read = |property: &str| {
        entity.first(property).and_then(|text| fault::date(text, property, faults))
    };
    let (start, end) = (read("startDate"), read("endDate"));
    listing.offices.push(Office {
        position: of_post("name").or_else(|| post.map(str::to_owned)).unwrap_or_default(),
        organization: of_post("organization"),
        country: country.and_then(|text| fault::country(text, "country", faults)),
        start,
        end,
        note: entity.first("status").map(str::to_owned),
    });
}

fn paper(entity: &Entity, scheme: Scheme, parties: &mut Parties<'_>, faults: &mut Vec<Fault>) {
    each(entity, "holder", parties, faults, |listing, faults| {
        let country = entity.first("country").and_then(|t| fault::country(t, "country", faults));
        for number in entity.all("number") {
            let label = entity.first("type").map(str::to_owned);
            let identifier = Identifier { country, label, ..Identifier::new(scheme, number) };
            if !listing.party.identifiers.contains(&identifier) {
                listing.party.identifiers.push(identifier);
            }
        }
    });
}

/// The public key of a wallet, by its currency.
fn wallet(entity: &Entity, parties: &mut Parties<'_>, faults: &mut Vec<Fault>) {
    each(entity, "holder", parties, faults, |listing, _| {
        let label = Some(entity.first("currency").unwrap_or("wallet").to_owned());
        for key in entity.all("publicKey") {
            let number = Identifier::new(Scheme::Other, key);
            listing.party.identifiers.push(Identifier { label: label.clone(), ..number });
        }
    });
}

/// Tells each end of a link about the other.
fn link(
    entity: &Entity,
    (from, to): (&str, &str),
    (forward, backward): (&str, &str),
    parties: &mut Parties<'_>,
    faults: &mut Vec<Fault>,
) {
    let (Some(from_id), Some(to_id)) = (entity.first(from), entity.first(to)) else {
        let message = format!("expected parties in '{from}' and '{to}', found at most one");
        faults.push(Fault::record("orphan", message));
        return;
    };
    let (from_name, to_name) = (parties.caption(from_id), parties.caption(to_id));
    let mut ends = 0;
    for (id, relation, name, other) in
        [(from_id, forward, to_name, to_id), (to_id, backward, from_name, from_id)]
    {
        if let Some(listing) = parties.get(id) {
            let id = Some(other.to_owned());
            listing.linked_to.push(Link { id, ..Link::named(Some(relation), name) });
            ends += 1;
        }
    }
    if ends == 0 {
        faults.push(orphan(from, from_id));
    }
}
