//! Decides what a generated portfolio is: partners with real company names and invented owners and
//! key persons, complete enough that nothing in them should be flagged, and planted listings whose
//! places are known. Pure: the same names, listings and seed give the same bytes.

pub(crate) mod people;
pub(crate) mod plant;
pub(crate) mod rng;
pub(crate) mod tables;

use diligence::watchlist::Listing;
use people::{Stock, date};
use plant::{Copy, Part};
use rng::Rng;

/// Where companies are put whose source names no country.
const COUNTRIES: [&str; 12] =
    ["AT", "BR", "CA", "DE", "ES", "FR", "GB", "IT", "JP", "NL", "PL", "SE"];

/// What a portfolio is made from.
pub(crate) struct Ingredients {
    /// Company names with the country of each, when known: one a partner, in this order.
    pub(crate) companies: Vec<(String, Option<String>)>,
    /// Names of people; at least one stock.
    pub(crate) stocks: Vec<Stock>,
    /// Listings to plant from.
    pub(crate) listings: Vec<Listing>,
    /// How many to plant; half of them as owner or key person.
    pub(crate) planted: usize,
    /// Seed of all chance.
    pub(crate) seed: u64,
}

/// A party of a generated portfolio. Empty text: not stated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Party {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) country: String,
    pub(crate) jurisdiction: String,
    pub(crate) nationality: String,
    pub(crate) birth_date: String,
    pub(crate) gender: String,
    pub(crate) registration_number: String,
    pub(crate) incorporation_date: String,
}

/// A partner with its owners (share in per cent) and key persons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Partner {
    pub(crate) party: Party,
    pub(crate) owners: Vec<(Party, u64)>,
    pub(crate) persons: Vec<Party>,
}

/// Where a listing was planted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Planted {
    pub(crate) partner: String,
    pub(crate) party: String,
    pub(crate) part: Part,
    pub(crate) copy: Copy,
}

/// Makes the portfolio: partners in order, and the ground truth in their order.
pub(crate) fn generate(from: &Ingredients) -> (Vec<Partner>, Vec<Planted>) {
    let mut rng = Rng::new(from.seed);
    let chosen = plant::choose(&from.listings, from.planted.min(from.companies.len()), &mut rng);
    let mut places: Vec<usize> = (0..from.companies.len()).collect();
    rng.shuffle(&mut places);
    let mut planted: Vec<(usize, (Part, Copy))> = places.into_iter().zip(chosen).collect();
    planted.sort_by_key(|(place, _)| *place);
    let mut planted = planted.into_iter().peekable();
    let mut truth = Vec::new();
    let mut partners = Vec::with_capacity(from.companies.len());
    for (place, (name, country)) in from.companies.iter().enumerate() {
        let id = format!("G-{:05}", place + 1);
        let mut partner = partner(&id, name, country.as_deref(), from, &mut rng);
        if let Some((_, (part, copy))) = planted.next_if(|(at, _)| *at == place) {
            let party = put(&mut partner, part, &copy, &mut rng);
            truth.push(Planted { partner: id, party, part, copy });
        }
        partners.push(partner);
    }
    (partners, truth)
}

/// A company with one to three owners and as many key persons.
fn partner(
    id: &str,
    name: &str,
    country: Option<&str>,
    from: &Ingredients,
    rng: &mut Rng,
) -> Partner {
    let drawn = rng.pick(&COUNTRIES).copied().unwrap_or_default();
    let country = country.unwrap_or(drawn);
    let party = Party {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: "company".to_owned(),
        country: country.to_owned(),
        jurisdiction: country.to_owned(),
        registration_number: format!("GEN {:08}", rng.below(100_000_000)),
        incorporation_date: date(rng, 1950, 2020),
        ..Party::default()
    };
    let owners = rng.between(1, 3);
    let shares = shares(owners, rng);
    let owners = (1..=owners).map(|n| person(format!("{id}.owner.{n}"), country, from, rng));
    let owners: Vec<Party> = owners.collect();
    let persons = rng.between(1, 3);
    let persons = (1..=persons).map(|n| person(format!("{id}.person.{n}"), country, from, rng));
    Partner { party, owners: owners.into_iter().zip(shares).collect(), persons: persons.collect() }
}

fn person(id: String, country: &str, from: &Ingredients, rng: &mut Rng) -> Party {
    let Some(stock) = rng.pick(&from.stocks) else { return Party { id, ..Party::default() } };
    let person = stock.person(rng, country);
    Party {
        id,
        name: person.name,
        kind: "person".to_owned(),
        country: country.to_owned(),
        nationality: person.nationality,
        birth_date: person.birth_date,
        gender: if person.female { "female" } else { "male" }.to_owned(),
        ..Party::default()
    }
}

/// Whole shares of at least 10 that add up to 100.
fn shares(owners: u64, rng: &mut Rng) -> Vec<u64> {
    let mut left = 100;
    let mut shares: Vec<u64> = (1..owners)
        .map(|n| {
            let share = rng.between(10, left - 10 * (owners - n));
            left -= share;
            share
        })
        .collect();
    shares.push(left);
    shares
}

/// Puts a copied listing in its part; returns the id of the party it became.
fn put(partner: &mut Partner, part: Part, copy: &Copy, rng: &mut Rng) -> String {
    let slot = match part {
        Part::Subject => None,
        Part::Owner => {
            let at = rng.place(partner.owners.len());
            partner.owners.get_mut(at).map(|(owner, _)| owner)
        }
        Part::KeyPerson => {
            let at = rng.place(partner.persons.len());
            partner.persons.get_mut(at)
        }
    };
    if let Some(party) = slot {
        *party = as_party(copy, &party.id);
        return party.id.clone();
    }
    partner.party = as_party(copy, &partner.party.id);
    if !copy.kind.is_some_and(diligence::party::PartyKind::is_organisation) {
        // A natural person, a ship or a plane is not owned and directed like a company.
        partner.owners.clear();
        partner.persons.clear();
    }
    partner.party.id.clone()
}

fn as_party(copy: &Copy, id: &str) -> Party {
    Party {
        id: id.to_owned(),
        name: copy.name.clone(),
        kind: copy.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        country: copy.country.clone(),
        jurisdiction: copy.jurisdiction.clone(),
        nationality: copy.nationality.clone(),
        birth_date: copy.birth_date.clone(),
        ..Party::default()
    }
}
