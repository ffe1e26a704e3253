//! Decides what countries, gender, identifiers, kind and addresses of two parties say about
//! whether they are one: agree, conflict, or nothing.
//!
//! What is missing on one side says nothing. Kind is evidence and never a filter. A number that is
//! not valid by its own check digits neither agrees nor conflicts.

use super::config::EvidenceConfig;
use super::matched::Agreement::{self, Agree, Conflict};
use super::retrieval_keys::{family, identifier_key};
use crate::party::{Country, CountryTie, Identifier, Party, PartyKind, Scheme, Tie};
use std::collections::BTreeSet;

/// One piece of evidence before it is weighed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finding {
    /// What it says.
    pub(super) verdict: Agreement,
    /// Share of the gap it closes, or (negative) of the score it takes; for the name, its score.
    pub(super) share: f64,
    /// Our value as written.
    pub(super) query: String,
    /// The listed value as written.
    pub(super) candidate: String,
    /// Why, in a few words.
    pub(super) note: String,
}

impl Default for Finding {
    fn default() -> Self {
        let (query, candidate, note) = (String::new(), String::new(), String::new());
        Self { verdict: Agreement::Missing, share: 0.0, query, candidate, note }
    }
}

fn agree(share: f64, query: String, candidate: String, note: &str) -> Option<Finding> {
    Some(Finding { verdict: Agree, share, query, candidate, note: note.to_owned() })
}

fn conflict(share: f64, query: String, candidate: String, note: &str) -> Option<Finding> {
    Some(Finding { verdict: Conflict, share: -share, query, candidate, note: note.to_owned() })
}

/// A country in common agrees. Only ties that exclude others conflict: nationality, jurisdiction,
/// office and what the source states outright; an address or a place of birth abroad does not.
pub(super) fn countries(ours: &Party, listed: &Party, config: &EvidenceConfig) -> Option<Finding> {
    let all = |party: &Party| party.countries.iter().map(|tie| tie.country).collect();
    let (a, b): (BTreeSet<Country>, BTreeSet<Country>) = (all(ours), all(listed));
    if let Some(shared) = a.intersection(&b).next() {
        let note = format!("{} on both sides", shared.name());
        return agree(config.country_agrees, codes(&a), codes(&b), &note);
    }
    let defining = |party: &Party| -> BTreeSet<Country> {
        let kept = |tie: &&CountryTie| !matches!(tie.tie, Tie::Address | Tie::BirthPlace);
        party.countries.iter().filter(kept).map(|tie| tie.country).collect()
    };
    let (a, b) = (defining(ours), defining(listed));
    if a.is_empty() || b.is_empty() {
        return None;
    }
    conflict(config.country_conflicts, codes(&a), codes(&b), "no country in common")
}

fn codes(countries: &BTreeSet<Country>) -> String {
    countries.iter().map(|c| c.code()).collect::<Vec<_>>().join(", ")
}

/// Stated gender of both.
pub(super) fn gender(ours: &Party, listed: &Party, config: &EvidenceConfig) -> Option<Finding> {
    let (a, b) = ours.gender.zip(listed.gender)?;
    let word = |gender| format!("{gender:?}").to_lowercase();
    if a == b {
        return agree(config.gender_agrees, word(a), word(b), "same");
    }
    conflict(config.gender_conflicts, word(a), word(b), "different")
}

/// Kinds go together when they are one or both are organisations: publishers do not tell companies
/// from other bodies as we do.
pub(super) fn kind(ours: &Party, listed: &Party, config: &EvidenceConfig) -> Option<Finding> {
    let (a, b) = ours.kind.zip(listed.kind)?;
    let (query, candidate) = (a.as_str().to_owned(), b.as_str().to_owned());
    if a == b || (a.is_organisation() && b.is_organisation()) {
        return agree(config.kind_agrees, query, candidate, "can be one");
    }
    let person = a == PartyKind::Person || b == PartyKind::Person;
    let note = if person { "a person is nothing else" } else { "different kinds" };
    conflict(config.kind_conflicts, query, candidate, note)
}

/// The same valid strong number settles it. Different numbers in one register conflict, unless a
/// holder can have several (passports).
pub(super) fn identifiers(
    ours: &[Identifier],
    listed: &[Identifier],
    config: &EvidenceConfig,
) -> Option<Finding> {
    let usable = |id: &Identifier| identifier_key(id).is_some();
    let mut clash = None;
    for a in ours {
        for b in listed {
            if family(a.scheme) != family(b.scheme) || !usable(a) || !usable(b) {
                continue;
            }
            if same_number(a, b) {
                let note = format!("the same {}", a.scheme.label());
                return agree(config.identifier_agrees, a.value.clone(), b.value.clone(), &note);
            }
            if clash.is_none() && same_register(a, b) {
                clash = Some((a, b));
            }
        }
    }
    let (a, b) = clash?;
    let note = format!("different {}s in one register", a.scheme.label());
    conflict(config.identifier_conflicts, a.value.clone(), b.value.clone(), &note)
}

fn same_number(a: &Identifier, b: &Identifier) -> bool {
    let countries_allow = a.country.zip(b.country).is_none_or(|(a, b)| a == b);
    family(a.scheme) == family(b.scheme) && countries_allow && a.normalised() == b.normalised()
}

/// One holder has one number here: world-wide registers, or those of one known country.
fn same_register(a: &Identifier, b: &Identifier) -> bool {
    let world = matches!(
        a.scheme,
        Scheme::Lei | Scheme::Inn | Scheme::Ogrn | Scheme::Imo | Scheme::Wikidata
    );
    let national =
        matches!(a.scheme, Scheme::Registration | Scheme::Tax | Scheme::Vat | Scheme::NationalId);
    let one_country = a.country.is_some() && a.country == b.country;
    // A person's INN has 12 digits, a company's 10: two lengths are two registers.
    let one_shape = a.normalised().len() == b.normalised().len();
    a.scheme == b.scheme && one_shape && (world || (national && one_country))
}

/// The same address or city agrees; different ones say nothing, because parties move and have
/// several.
pub(super) fn addresses(ours: &Party, listed: &Party, config: &EvidenceConfig) -> Option<Finding> {
    let mut city = None;
    for a in &ours.addresses {
        for b in &listed.addresses {
            let countries_allow = a.country.zip(b.country).is_none_or(|(a, b)| a == b);
            if !countries_allow {
                continue;
            }
            let (query, candidate) = (a.text.clone(), b.text.clone());
            let (left, right) = (words(&a.text), words(&b.text));
            if left.len() > 2 && left == right {
                return agree(config.address_agrees, query, candidate, "the same address");
            }
            let cities = a.city.as_deref().map(words).zip(b.city.as_deref().map(words));
            if city.is_none() && cities.is_some_and(|(a, b)| !a.is_empty() && a == b) {
                city = agree(config.city_agrees, query, candidate, "the same city");
            }
        }
    }
    city
}

/// The words of an address whatever their order, case and punctuation.
fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
