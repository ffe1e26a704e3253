//! Decides what changed on a list between two editions: who was added, who was removed, and which
//! fields of whom say something else.
//!
//! Entries are compared by what they mean (`canon`), so an edition that is only sorted or spaced
//! otherwise has no changes. Fingerprints are computed from the stored listings and never stored
//! beside them: a stored one would make every entry look changed after an update of this program.
//! Entries that share a publisher's number (`2677`, `2677-2`) are paired by what they say, because
//! which of them comes first in the file is the file's own affair.

mod canon;
mod editions;

pub use canon::{Field, Meaning, meaning};
pub use editions::{DiffError, EditionLine, ListDiff, diff_editions};

use super::Listing;
use super::renumbered::signs;
use base16ct::lower::encode_string;
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What changed between two editions; everything in order of the publisher's identifiers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Delta {
    /// Identifiers of entries the newer edition has and the older one has not.
    pub added: Vec<String>,
    /// Identifiers of entries the older edition has and the newer one has not.
    pub removed: Vec<String>,
    /// Entries that mean something else.
    pub changed: Vec<Change>,
    /// Removed entries that are among the added ones under another identifier, by the older one:
    /// the party is still listed, and whoever decided about it should be told so.
    pub renumbered: Vec<Renumbered>,
    /// Identifiers of entries that differ in cosmetic fields alone.
    pub cosmetic: Vec<String>,
}

/// An entry the publisher has given another identifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Renumbered {
    /// Its identifier in the older edition; among the removed.
    pub from: String,
    /// Its identifier in the newer edition; among the added.
    pub to: String,
}

/// An entry that means something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The publisher's identifier, as in the newer edition.
    pub id: String,
    /// What is different, field by field; cosmetic ones are told when a material one changed.
    pub fields: Vec<FieldChange>,
}

/// A field that says something else. What stands on both sides is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// Values only the older edition has.
    pub before: Vec<String>,
    /// Values only the newer edition has.
    pub after: Vec<String>,
}

impl Delta {
    /// Whether nobody was added, removed or changed in what the entry means.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// SHA-256 over what an entry means in its material fields: the same for the same entry in another
/// order, spacing or under another identifier. Lower-case hexadecimal.
#[must_use]
pub fn fingerprint(listing: &Listing) -> String {
    hash(&meaning(listing))
}

fn hash(meaning: &Meaning) -> String {
    let mut hash = Sha256::new();
    for (field, values) in meaning.iter().filter(|(field, _)| field.is_material()) {
        hash.update(field.as_str());
        for value in values {
            // Normalised text holds neither of the two separators.
            hash.update(b"\x1f");
            hash.update(value);
        }
        hash.update(b"\x1e");
    }
    encode_string(&hash.finalize())
}

/// What changed from one edition to another.
#[must_use]
pub fn delta(from: &[Listing], to: &[Listing]) -> Delta {
    let ids = from.iter().chain(to).map(|listing| listing.id.as_str()).collect();
    let (before, after) = (grouped(from, &ids), grouped(to, &ids));
    let mut delta = Delta::default();
    let bases: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let none = Vec::new();
    for base in bases {
        let older = before.get(base).unwrap_or(&none);
        let newer = after.get(base).unwrap_or(&none);
        compare_group(older, newer, &mut delta);
    }
    delta.added.sort();
    delta.removed.sort();
    delta.changed.sort_by(|a, b| a.id.cmp(&b.id));
    delta.cosmetic.sort();
    delta.renumbered = still_listed(from, to, &delta);
    delta
}

/// The removed entries that stand among the added ones: both alone of all that left and came in
/// what they mean, or else in first name and dates of birth.
fn still_listed(from: &[Listing], to: &[Listing], delta: &Delta) -> Vec<Renumbered> {
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    for sign in 0..2 {
        let gone = by_sign(from, &delta.removed, sign);
        let new = by_sign(to, &delta.added, sign);
        for (text, old) in &gone {
            if let ([old], Some([new])) = (old.as_slice(), new.get(text).map(Vec::as_slice)) {
                found.entry(old).or_insert(new);
            }
        }
    }
    let pairs = found.into_iter();
    pairs.map(|(from, to)| Renumbered { from: from.to_owned(), to: to.to_owned() }).collect()
}

/// Identifiers of those of the listings that are named, by one of the signs they are known by.
fn by_sign<'a>(
    listings: &'a [Listing],
    named: &[String],
    sign: usize,
) -> BTreeMap<String, Vec<&'a str>> {
    let mut ids: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for listing in listings.iter().filter(|one| named.binary_search(&one.id).is_ok()) {
        if let Some(text) = signs(listing).into_iter().nth(sign) {
            ids.entry(text).or_default().push(&listing.id);
        }
    }
    ids
}

/// An entry with what it means.
struct Read<'a> {
    id: &'a str,
    meaning: Meaning,
}

/// Entries by the publisher's number, those that share one together.
fn grouped<'a>(listings: &'a [Listing], ids: &BTreeSet<&str>) -> BTreeMap<&'a str, Vec<Read<'a>>> {
    let read: Vec<Read<'_>> = listings
        .par_iter()
        .map(|listing| Read { id: &listing.id, meaning: meaning(listing) })
        .collect();
    let mut groups: BTreeMap<&str, Vec<Read<'_>>> = BTreeMap::new();
    for one in read {
        groups.entry(base(one.id, ids)).or_default().push(one);
    }
    for group in groups.values_mut() {
        group.sort_by(|a, b| a.id.cmp(b.id));
    }
    groups
}

/// The number without the ordinal a parser gave to the second entry of that number. An identifier
/// that merely looks like one stands for itself, because nobody else has the rest of it.
fn base<'a>(id: &'a str, ids: &BTreeSet<&str>) -> &'a str {
    let is_ordinal = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match id.rsplit_once('-') {
        Some((base, ordinal)) if is_ordinal(ordinal) && ids.contains(base) => base,
        _ => id,
    }
}

/// Pairs entries that say the same, then those of the same identifier; who is left came or went.
fn compare_group<'a>(older: &'a [Read<'a>], newer: &'a [Read<'a>], delta: &mut Delta) {
    let mut older: Vec<&Read<'_>> = older.iter().collect();
    let mut newer: Vec<&Read<'_>> = newer.iter().collect();
    let same_id = |old: &Read<'_>, new: &Read<'_>| old.id == new.id;
    // The same identifier first, so that twins stay who they are.
    for (old, new) in pairs(&mut older, &mut newer, |old, new| same_id(old, new) && agree(old, new))
        .into_iter()
        .chain(pairs(&mut older, &mut newer, agree))
    {
        if old.meaning != new.meaning {
            delta.cosmetic.push(new.id.to_owned());
        }
    }
    let rest = pairs(&mut older, &mut newer, same_id);
    delta.changed.extend(rest.into_iter().map(|(old, new)| change(old, new)));
    delta.removed.extend(older.into_iter().map(|old| old.id.to_owned()));
    delta.added.extend(newer.into_iter().map(|new| new.id.to_owned()));
}

/// Takes out of both the entries that go together, each once.
fn pairs<'a>(
    older: &mut Vec<&'a Read<'a>>,
    newer: &mut Vec<&'a Read<'a>>,
    together: impl Fn(&Read<'_>, &Read<'_>) -> bool,
) -> Vec<(&'a Read<'a>, &'a Read<'a>)> {
    let mut found = Vec::new();
    older.retain(|old| {
        let twin = newer.iter().position(|new| together(old, new));
        found.extend(twin.map(|at| (*old, newer.remove(at))));
        twin.is_none()
    });
    found
}

/// Whether two entries mean the same.
fn agree(old: &Read<'_>, new: &Read<'_>) -> bool {
    let material = |read: &Read<'_>| {
        let fields = read.meaning.iter().filter(|(field, _)| field.is_material());
        fields.map(|(field, values)| (*field, values.clone())).collect::<Vec<_>>()
    };
    old.meaning == new.meaning || material(old) == material(new)
}

fn change(old: &Read<'_>, new: &Read<'_>) -> Change {
    let none = BTreeSet::new();
    let fields: BTreeSet<Field> = old.meaning.keys().chain(new.meaning.keys()).copied().collect();
    let differs = fields.into_iter().filter_map(|field| {
        let before = old.meaning.get(&field).unwrap_or(&none);
        let after = new.meaning.get(&field).unwrap_or(&none);
        (before != after).then(|| FieldChange {
            field,
            before: before.difference(after).cloned().collect(),
            after: after.difference(before).cloned().collect(),
        })
    });
    Change { id: new.id.to_owned(), fields: differs.collect() }
}
