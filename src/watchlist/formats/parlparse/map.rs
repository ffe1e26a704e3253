//! Decides what a person and a membership of parlparse say about a holder of office.
//!
//! The newest main name is the caption, an older main name a former one, any other an alias. A
//! lord goes by title (`Baroness Ashwell of Tarn`) and by the name without it. An end of
//! 9999-12-31 says that none is known.

use super::super::fault::{self, Fault};
use super::raw::{Membership, Name, Person};
use crate::party::{Country, Identifier, NameQuality, Party, PartyKind, PartyName, Scheme, Tie};
use crate::watchlist::{ListSource, Listing, Office};
use serde_json::Value;
use std::collections::BTreeMap;

const MAIN: &str = "Main";
const OPEN_END: &str = "9999-12-31";
const WIKIDATA: &str = "wikidata";
/// Position of a membership without a role: somebody sits on a committee.
const MEMBER: &str = "member";

fn kingdom() -> Option<Country> {
    "GB".parse().ok()
}

/// Whether a person has any name.
pub(super) fn has_name(person: &Person) -> bool {
    !names(person).is_empty()
}

/// The listing of a person, without offices.
pub(super) fn listing(source: &ListSource, person: &Person) -> Option<Listing> {
    let mut party = Party {
        kind: Some(PartyKind::Person),
        names: names(person),
        identifiers: identifiers(person),
        ..Party::default()
    };
    if let Some(country) = kingdom() {
        party.tie(country, Tie::Office);
    }
    let id = person.id.rsplit('/').next().filter(|id| !id.is_empty())?;
    Some(Listing {
        list: source.name.clone(),
        id: id.to_owned(),
        party,
        topics: source.topics(),
        authority: source.authority.clone(),
        ..Listing::default()
    })
}

fn identifiers(person: &Person) -> Vec<Identifier> {
    let stated = person.identifiers.iter().filter_map(|number| {
        let value = match &number.identifier {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(value) => value.to_string(),
            _ => return None,
        };
        if number.scheme == WIKIDATA {
            return Some(Identifier::new(Scheme::Wikidata, value));
        }
        let label = (!number.scheme.is_empty()).then(|| number.scheme.clone());
        Some(Identifier { label, ..Identifier::new(Scheme::Other, value) })
    });
    stated.filter(|identifier| !identifier.value.is_empty()).collect()
}

fn names(person: &Person) -> Vec<PartyName> {
    let end = |name: &Name| match name.end_date.as_str() {
        "" => OPEN_END.to_owned(),
        date => date.to_owned(),
    };
    let mut stated: Vec<&Name> = person.other_names.iter().collect();
    // Stable: what the dates do not order keeps the file's order.
    stated.sort_by_key(|name| {
        (name.note != MAIN, std::cmp::Reverse((end(name), name.start_date.clone())))
    });
    let mut names: Vec<PartyName> = Vec::new();
    for name in stated {
        let quality = if name.note == MAIN { NameQuality::Former } else { NameQuality::Alias };
        for (text, quality) in [(titled(name), quality), (plain(name), quality)] {
            if text.is_empty() || names.iter().any(|known| known.text == text) {
                continue;
            }
            // The newest main name in its other form is no former one.
            let titled_first = names.first().is_some_and(|first| first.text == titled(name));
            let is_newest = name.note == MAIN && titled_first;
            let quality = match (names.is_empty(), is_newest) {
                (true, _) => NameQuality::Primary,
                (false, true) => NameQuality::Alias,
                (false, false) => quality,
            };
            names.push(PartyName::new(text, quality));
        }
    }
    names
}

/// The name as a lord has it, or as given whole; empty for a commoner.
fn titled(name: &Name) -> String {
    if !name.name.is_empty() {
        return name.name.trim().to_owned();
    }
    if name.lordname.is_empty() && name.lordofname.is_empty() {
        return String::new();
    }
    let of = if name.lordofname.is_empty() {
        String::new()
    } else {
        format!("of {}", name.lordofname.trim())
    };
    join(&[&name.honorific_prefix, &name.lordname, &of])
}

/// Given name and surname.
fn plain(name: &Name) -> String {
    let last = if name.family_name.is_empty() { &name.surname } else { &name.family_name };
    if last.is_empty() { String::new() } else { join(&[&name.given_name, last]) }
}

fn join(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// The office of a membership.
pub(super) fn office(
    membership: &Membership,
    bodies: &BTreeMap<&str, &str>,
    faults: &mut Vec<Fault>,
) -> Office {
    let body = membership.organization_id.as_str();
    let named = bodies.get(body).map(|name| name.trim()).filter(|name| !name.is_empty());
    if named.is_none() && !body.is_empty() {
        let message = format!("expected an organization of this file, found '{body}'");
        faults.push(Fault::field("organization_id", "orphan", message));
    }
    let role = membership.role.trim();
    let end = if membership.end_date == OPEN_END { "" } else { membership.end_date.as_str() };
    Office {
        position: if role.is_empty() { MEMBER.to_owned() } else { role.to_owned() },
        organization: named.or((!body.is_empty()).then_some(body)).map(str::to_owned),
        country: kingdom(),
        start: fault::date(&membership.start_date, "start_date", faults),
        end: fault::date(end, "end_date", faults),
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names_json: &str) -> Vec<(String, NameQuality)> {
        let text = format!(r#"{{"id":"p/1","other_names":{names_json}}}"#);
        let person: Person = serde_json::from_str(&text).unwrap();
        names(&person).into_iter().map(|name| (name.text, name.quality)).collect()
    }

    #[test]
    fn the_newest_main_name_comes_first_and_older_ones_are_former() {
        let read = read(
            r#"[{"note":"Alternate","given_name":"Win","family_name":"Ashwell"},
                {"note":"Main","given_name":"Winifred","family_name":"Ashwell",
                 "end_date":"2004-01-01"},
                {"note":"Main","honorific_prefix":"Baroness","lordname":"Ashwell",
                 "lordofname":"Tarn","given_name":"Winifred","surname":"Ashwell-Orr",
                 "start_date":"2004-01-02"}]"#,
        );
        let expected = [
            ("Baroness Ashwell of Tarn", NameQuality::Primary),
            ("Winifred Ashwell-Orr", NameQuality::Alias),
            ("Winifred Ashwell", NameQuality::Former),
            ("Win Ashwell", NameQuality::Alias),
        ];
        assert_eq!(read, expected.map(|(text, quality)| (text.to_owned(), quality)));
    }

    #[test]
    fn a_bishop_by_see_and_a_person_without_a_name() {
        let bishop = r#"[{"note":"Main","honorific_prefix":"Bishop","lordofname":"Tarn"}]"#;
        assert_eq!(read(bishop), [("Bishop of Tarn".to_owned(), NameQuality::Primary)]);
        assert!(read(r#"[{"note":"Main","given_name":"Only"}]"#).is_empty());
        assert!(read("[]").is_empty());
    }
}
