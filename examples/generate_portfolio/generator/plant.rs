//! Decides which listings are planted in which part. A quarter each as owner and key person, the
//! rest as subject; natural persons may play any part, organisations may own, the rest are
//! subjects. Name, birth date and countries are copied as the list has them.

use super::rng::Rng;
use diligence::party::{PartyKind, Tie};
use diligence::watchlist::Listing;

/// The part a planted party plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Subject,
    Owner,
    KeyPerson,
}

impl Part {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Owner => "owner",
            Self::KeyPerson => "key_person",
        }
    }
}

/// What is copied of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Copy {
    pub(crate) list: String,
    pub(crate) listing: String,
    pub(crate) name: String,
    pub(crate) kind: Option<PartyKind>,
    pub(crate) birth_date: String,
    pub(crate) nationality: String,
    pub(crate) jurisdiction: String,
    pub(crate) country: String,
}

/// Whether a listing can be planted: it has a name, and none that a table would take for several.
pub(crate) fn is_plantable(listing: &Listing) -> bool {
    let name = listing.party.caption();
    let opens = listing.party.names.first().is_some_and(|name| name.quality.opens_alert());
    opens && name.chars().any(char::is_alphabetic) && !name.contains([';', '\0'])
}

/// Copies name, birth date and countries. A range or a circa date is none a table can hold.
pub(crate) fn copy(listing: &Listing) -> Copy {
    let party = &listing.party;
    let tied = |ties: &[Tie]| {
        let found = party.countries.iter().find(|entry| ties.contains(&entry.tie));
        found.map(|entry| entry.country.code().to_owned()).unwrap_or_default()
    };
    let dates = party.birth_dates.iter();
    let mut dates = dates.filter(|date| date.from == date.to && !date.approximate);
    Copy {
        list: listing.list.clone(),
        listing: listing.id.clone(),
        name: party.caption().to_owned(),
        kind: party.kind,
        birth_date: dates.next().map(|date| date.from.to_string()).unwrap_or_default(),
        nationality: tied(&[Tie::Nationality]),
        jurisdiction: tied(&[Tie::Jurisdiction, Tie::Flag]),
        country: tied(&[Tie::Stated, Tie::Address, Tie::Jurisdiction, Tie::Nationality]),
    }
}

/// Chooses `count` listings with their parts, in random order. Fewer when the lists are too short
/// or have too few natural persons.
pub(crate) fn choose(listings: &[Listing], count: usize, rng: &mut Rng) -> Vec<(Part, Copy)> {
    let mut order: Vec<&Listing> = listings.iter().filter(|l| is_plantable(l)).collect();
    rng.shuffle(&mut order);
    let hidden = count / 2;
    let mut open = [
        (Part::KeyPerson, hidden / 2),
        (Part::Owner, hidden - hidden / 2),
        (Part::Subject, count - hidden),
    ];
    let mut chosen = Vec::with_capacity(count);
    for listing in order {
        let kind = listing.party.kind;
        let fits = |part: Part| match part {
            Part::KeyPerson => kind == Some(PartyKind::Person),
            Part::Owner => kind.is_some_and(|k| k == PartyKind::Person || k.is_organisation()),
            Part::Subject => true,
        };
        // The part with most places left, so that kinds mix within every part.
        let places = open.iter_mut().filter(|(part, left)| *left > 0 && fits(*part));
        let Some((part, left)) = places.max_by_key(|(_, left)| *left) else { continue };
        *left -= 1;
        chosen.push((*part, copy(listing)));
    }
    chosen
}
