//! Decides what a Popolo person and its memberships say about a holder of public office.
//!
//! Each text counts as one name, under the first language stated for it. A name in another
//! script than Latin is `native`: the file does not say which of a person's scripts is the own
//! one. A membership without dates takes those of its legislative period.

use super::super::fault::{self, Fault};
use super::super::names_text::is_latin;
use super::raw::{Event, Legislature, Membership, Named, Person};
use crate::party::{
    Country, Gender, Identifier, NameQuality, Party, PartyKind, PartyName, Scheme, Tie,
};
use crate::watchlist::{ListSource, Listing, Office};
use std::collections::{BTreeMap, BTreeSet};

const WIKIDATA: &str = "wikidata";

/// What the persons and memberships of one file refer to.
pub(super) struct Context<'a> {
    source: &'a ListSource,
    country: Option<Country>,
    organizations: BTreeMap<&'a str, &'a str>,
    areas: BTreeMap<&'a str, &'a str>,
    periods: BTreeMap<&'a str, &'a Event>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        source: &'a ListSource,
        country: Option<Country>,
        document: &'a Legislature,
    ) -> Self {
        let names =
            |named: &'a [Named]| named.iter().map(|n| (n.id.as_str(), n.name.as_str())).collect();
        Self {
            source,
            country,
            organizations: names(&document.organizations),
            areas: names(&document.areas),
            periods: document.events.iter().map(|event| (event.id.as_str(), event)).collect(),
        }
    }
}

/// The listing of a person, without offices; `None` when there is no name, which is a fault.
pub(super) fn listing(
    context: &Context<'_>,
    person: &Person,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let names = names(person);
    if names.is_empty() {
        faults.push(Fault::record("no-name", "expected name or other_names, found neither"));
        return None;
    }
    let mut read = |text: &Option<String>, field: &str| {
        text.as_deref().and_then(|text| fault::date(text, field, faults))
    };
    let birth_date = read(&person.birth_date, "birth_date");
    let death_date = read(&person.death_date, "death_date");
    let mut party = Party {
        kind: Some(PartyKind::Person),
        names,
        birth_dates: birth_date.into_iter().map(Into::into).collect(),
        death_date,
        gender: person.gender.as_deref().and_then(gender),
        ..Party::default()
    };
    if let Some(country) = context.country {
        party.tie(country, Tie::Office);
    }
    let wikidata = person.identifiers.iter().filter(|number| number.scheme == WIKIDATA);
    let items: BTreeSet<&str> =
        wikidata.map(|n| n.identifier.as_str()).filter(|i| !i.is_empty()).collect();
    party.identifiers =
        items.into_iter().map(|item| Identifier::new(Scheme::Wikidata, item)).collect();
    Some(Listing {
        list: context.source.name.clone(),
        id: person.id.clone(),
        party,
        topics: context.source.topics(),
        authority: context.source.authority.clone(),
        ..Listing::default()
    })
}

fn names(person: &Person) -> Vec<PartyName> {
    let main = std::iter::once((person.name.as_str(), None));
    let others = person.other_names.iter().map(|other| (other.name.as_str(), other.lang.clone()));
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    for (text, language) in main.chain(others) {
        let text = text.trim();
        if text.is_empty() || !seen.insert(text.to_owned()) {
            continue;
        }
        let quality = match (names.is_empty(), is_latin(text)) {
            (true, _) => NameQuality::Primary,
            (false, true) => NameQuality::Alias,
            (false, false) => NameQuality::Native,
        };
        names.push(PartyName { text: text.to_owned(), quality, language });
    }
    names
}

/// English, French and one-letter forms; sources of this publisher use all of them.
fn gender(text: &str) -> Option<Gender> {
    match text.trim().to_lowercase().as_str() {
        "homme" | "masculin" => Some(Gender::Male),
        "femme" | "féminin" => Some(Gender::Female),
        other => Gender::parse(other),
    }
}

/// Adds the office of a membership to its holder.
pub(super) fn add_office(
    context: &Context<'_>,
    membership: &Membership,
    holder: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    let named = |names: &BTreeMap<&str, &str>, id: &Option<String>| {
        let name = names.get(id.as_deref()?)?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    };
    let period = membership.legislative_period_id.as_deref().and_then(|id| context.periods.get(id));
    let mut read = |own: &Option<String>, term: Option<&String>, field: &str| {
        let text = own.as_ref().or(term)?;
        fault::date(text, field, faults)
    };
    let start =
        read(&membership.start_date, period.and_then(|p| p.start_date.as_ref()), "start_date");
    let end = read(&membership.end_date, period.and_then(|p| p.end_date.as_ref()), "end_date");
    let term = period.map(|period| period.name.clone()).filter(|name| !name.is_empty());
    let party = named(&context.organizations, &membership.on_behalf_of_id);
    let area = named(&context.areas, &membership.area_id);
    let note = [term, party, area].into_iter().flatten().collect::<Vec<_>>().join("; ");
    holder.offices.push(Office {
        position: membership.role.clone(),
        organization: named(&context.organizations, &membership.organization_id),
        country: context.country,
        start,
        end,
        note: (!note.is_empty()).then_some(note),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_is_one_name_under_its_first_language_and_other_scripts_are_native() {
        let person: Person = serde_json::from_str(
            r#"{"id":"p","name":"Ana Demo","other_names":[{"name":"Ana Demo","lang":"de"},
               {"name":"Anna Demo","lang":"fr"},{"name":"Anna Demo","lang":"it"},
               {"name":"Ана Демо","lang":"ru"},{"name":" "}]}"#,
        )
        .unwrap();
        let read: Vec<_> = names(&person)
            .into_iter()
            .map(|name| (name.text, name.quality, name.language.unwrap_or_default()))
            .collect();
        assert_eq!(
            read,
            [
                ("Ana Demo".to_owned(), NameQuality::Primary, String::new()),
                ("Anna Demo".to_owned(), NameQuality::Alias, "fr".to_owned()),
                ("Ана Демо".to_owned(), NameQuality::Native, "ru".to_owned()),
            ]
        );
    }

    #[test]
    fn gender_is_read_in_the_languages_of_the_sources() {
        assert_eq!(gender("Femme"), Some(Gender::Female));
        assert_eq!(gender("M"), Some(Gender::Male));
        assert_eq!(gender("Ni"), None);
    }
}
