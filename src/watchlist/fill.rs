//! Decides which fields of an edition count as filled, and when a field has emptied: the share of
//! listings that have it fell below the declared part of the share in the edition before.
//!
//! A renamed column or element loses a field without losing a record, and screening then matches
//! on names alone. Shares are compared, not counts, so that a list may shrink; and a handful of
//! listings may differ, so that a list of ten is not held for one of them.

use super::trip::Trip;
use super::{Listing, Manifest};
use crate::party::{NameQuality, PartyKind, Scheme, Tie};
use std::collections::BTreeMap;

/// Fewest listings that must miss a field before its share says anything: with fewer, the change
/// of two or three entries of a small list would hold it.
pub(super) const LEAST_MISSING: u64 = 5;

/// The key fields: name, whose listings it is counted among, and whether a listing has it.
type KeyField = (&'static str, Option<PartyKind>, fn(&Listing) -> bool);

const KEY_FIELDS: &[KeyField] = &[
    ("birth date", Some(PartyKind::Person), |l| !l.party.birth_dates.is_empty()),
    ("birth place", Some(PartyKind::Person), |l| !l.party.birth_places.is_empty()),
    ("gender", Some(PartyKind::Person), |l| l.party.gender.is_some()),
    ("nationality", Some(PartyKind::Person), |l| {
        l.party.countries.iter().any(|country| country.tie == Tie::Nationality)
    }),
    ("country", None, |l| !l.party.countries.is_empty()),
    ("identifier", None, |l| !l.party.identifiers.is_empty()),
    ("identifier of a known scheme", None, |l| {
        l.party.identifiers.iter().any(|identifier| identifier.scheme != Scheme::Other)
    }),
    ("address", None, |l| !l.party.addresses.is_empty()),
    ("alias", None, |l| l.party.names.iter().any(|n| n.quality == NameQuality::Alias)),
    ("native name", None, |l| l.party.names.iter().any(|n| n.quality == NameQuality::Native)),
    ("programme", None, |l| !l.programmes.is_empty()),
    ("authority", None, |l| l.authority.is_some()),
    ("date of listing", None, |l| l.listed_on.is_some()),
    ("function", None, |l| !l.functions.is_empty()),
    ("office", None, |l| !l.offices.is_empty()),
    ("reason", None, |l| !l.reasons.is_empty()),
];

/// Listings that have a value, by key field; every key field is there, also with none.
pub(super) fn count(listings: &[Listing]) -> BTreeMap<String, u64> {
    let filled = |(name, kind, has): &KeyField| {
        let among = listings.iter().filter(|l| kind.is_none() || l.party.kind == *kind);
        ((*name).to_owned(), among.filter(|listing| has(listing)).count() as u64)
    };
    KEY_FIELDS.iter().map(filled).collect()
}

/// What an edition counts: records, records by kind, filled records by key field.
pub(super) struct Counts<'a> {
    pub(super) records: u64,
    pub(super) by_kind: &'a BTreeMap<String, u64>,
    pub(super) filled: &'a BTreeMap<String, u64>,
}

impl<'a> From<&'a Manifest> for Counts<'a> {
    fn from(manifest: &'a Manifest) -> Self {
        let Manifest { records, by_kind, filled, .. } = manifest;
        Self { records: *records, by_kind, filled }
    }
}

impl Counts<'_> {
    /// Listings with the field, and listings it is counted among.
    fn of(&self, (name, kind, _): &KeyField) -> Option<(u64, u64)> {
        let filled = self.filled.get(*name).copied()?;
        let among = match kind {
            Some(kind) => self.by_kind.get(kind.as_str()).copied().unwrap_or_default(),
            None => self.records,
        };
        Some((filled, among))
    }
}

/// A trip for each key field that emptied. A manifest made before fields were counted has nothing
/// to compare with.
pub(super) fn emptied(limit_percent: f64, before: &Counts<'_>, found: &Counts<'_>) -> Vec<Trip> {
    let trip = |field: &KeyField| {
        let (had, of_before) = before.of(field)?;
        let (has, of) = found.of(field)?;
        let expected = share(had, of_before);
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let missing = expected * of as f64 / 100.0 - has as f64;
        #[expect(clippy::cast_precision_loss, reason = "a small constant")]
        let enough = missing >= LEAST_MISSING as f64;
        let fell = share(has, of) < expected * limit_percent / 100.0;
        (fell && enough).then_some(Trip::FieldEmptied {
            field: field.0,
            limit_percent,
            had,
            of_before,
            has,
            of,
        })
    };
    KEY_FIELDS.iter().filter_map(trip).collect()
}

/// Percent; nothing of nothing is 0.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Trips when `had` of `of_before` persons had a birth date and `has` of `of` have one.
    fn trips(had: u64, of_before: u64, has: u64, of: u64) -> Vec<Trip> {
        let maps = |filled: u64, of: u64| {
            let key = |name: &str, n: u64| BTreeMap::from([(name.to_owned(), n)]);
            (key("person", of), key("birth date", filled))
        };
        let ((kinds_before, before), (kinds, found)) = (maps(had, of_before), maps(has, of));
        let before = Counts { records: of_before, by_kind: &kinds_before, filled: &before };
        let found = Counts { records: of, by_kind: &kinds, filled: &found };
        emptied(50.0, &before, &found)
    }

    #[test]
    fn half_of_the_share_passes_and_one_listing_less_does_not() {
        assert_eq!(trips(80, 100, 40, 100), []);
        let held = trips(80, 100, 39, 100);
        let told = held[0].to_string();
        assert_eq!(held.len(), 1);
        assert!(told.contains("birth date") && told.contains("80 of 100"), "{told}");
        assert!(told.contains("39 of 100"), "{told}");
    }

    #[test]
    fn shares_are_compared_and_not_counts() {
        assert_eq!(trips(80, 100, 8, 10), [], "a list that shrank has the field as often");
        assert_eq!(trips(80, 100, 80, 300).len(), 1, "as many, on a list three times as long");
    }

    #[test]
    fn a_handful_of_listings_may_differ() {
        assert_eq!(trips(4, 4, 0, 4), [], "four of four say too little");
        assert_eq!(trips(5, 5, 0, 5).len(), 1, "five of five do not");
        assert_eq!(trips(10, 10, 6, 10), []);
    }

    #[test]
    fn a_field_that_is_new_or_was_never_counted_holds_nothing() {
        assert_eq!(trips(0, 100, 90, 100), []);
        assert_eq!(trips(0, 0, 0, 0), []);
        let (kinds, filled) = (BTreeMap::new(), BTreeMap::new());
        let never = Counts { records: 100, by_kind: &kinds, filled: &filled };
        assert_eq!(emptied(50.0, &never, &never), []);
    }

    #[test]
    fn every_key_field_is_counted_also_when_nobody_has_it() {
        let counted = count(&[Listing::default()]);
        assert_eq!(counted.len(), KEY_FIELDS.len());
        assert!(counted.values().all(|filled| *filled == 0));
    }
}
