//! Decides what a person of the archive and the nodes it leads to say about a holder of office.
//!
//! Surnames stand in capitals and stay so. `(a.k.a. X)` is another name; what else stands in
//! brackets at the end, such as `(Acting)`, is a function and no name. A nickname in quotation
//! marks gives a second name without it. The country of an office is that of its own node, or of
//! its label: `The Office of TITLE (COUNTRY)`.

use super::super::fault::{self, Fault};
use super::{Graph, Node};
use crate::party::{Country, NameQuality, Party, PartyKind, PartyName, Tie};
use crate::watchlist::{ListSource, Listing, Office};

const NAME: &str = "http://xmlns.com/foaf/0.1/name";
const HOLDS: &str =
    "http://williamrobertfunk.com/ontologies/world-leaders#appointedGovernmentOffice";
const TITLE: &str = "http://williamrobertfunk.com/ontologies/world-leaders#title";
const REGION: &str = "http://williamrobertfunk.com/ontologies/world-leaders#regionSpecific";
const HAS_COUNTRY: &str = "http://williamrobertfunk.com/ontologies/country#hasCountry";
const ISO_CODE: &str = "http://williamrobertfunk.com/ontologies/country#countryCodeISO";
/// Properties that are read or ignored on purpose.
pub(super) const PROPERTIES: [&str; 11] = [
    NAME,
    "http://xmlns.com/foaf/0.1/firstName",
    "http://xmlns.com/foaf/0.1/lastName",
    HOLDS,
    TITLE,
    REGION,
    HAS_COUNTRY,
    ISO_CODE,
    "http://williamrobertfunk.com/ontologies/country#countryCodeGEC",
    "http://williamrobertfunk.com/ontologies/world-leaders#hasGovernmentOfficial",
    "http://williamrobertfunk.com/ontologies/world-leaders#hasGovernmentOffice",
];
/// How the label of an office begins.
const OFFICE_OF: &str = "The Office of ";
const AKA: &str = "a.k.a.";

/// What persons refer to.
pub(super) struct Context<'a> {
    pub(super) source: &'a ListSource,
    pub(super) offices: Option<&'a Graph>,
    pub(super) countries: Option<&'a Graph>,
}

/// The listing of a person; `None` when there is no name or no identifier, which is a fault.
pub(super) fn listing(
    context: &Context<'_>,
    person: &Node,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let stated = person.data(NAME).unwrap_or(person.label.trim());
    let (names, functions) = names(stated);
    if names.is_empty() {
        faults.push(Fault::record("no-name", "expected a name or a label, found neither"));
        return None;
    }
    let id = person.id.rsplit('/').next().unwrap_or_default();
    if id.is_empty() {
        let message = format!("expected an @id that ends in an identifier, found '{}'", person.id);
        faults.push(Fault::record("no-id", message));
        return None;
    }
    let mut party = Party { kind: Some(PartyKind::Person), names, ..Party::default() };
    let offices: Vec<Office> =
        person.linked(HOLDS).map(|reference| office(context, reference, faults)).collect();
    for country in offices.iter().filter_map(|office| office.country) {
        party.tie(country, Tie::Office);
    }
    Some(Listing {
        list: context.source.name.clone(),
        id: id.to_owned(),
        party,
        topics: context.source.topics(),
        authority: context.source.authority.clone(),
        offices,
        functions,
        ..Listing::default()
    })
}

/// Names, and what stands in brackets behind them and is none.
fn names(stated: &str) -> (Vec<PartyName>, Vec<String>) {
    let mut functions = Vec::new();
    let mut aliases = Vec::new();
    let mut main = stated.trim();
    if let Some((head, inside)) = main.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        main = head.trim_end();
        match inside.trim().strip_prefix(AKA) {
            Some(alias) => aliases.push(alias.trim().to_owned()),
            None => functions.push(inside.trim().to_owned()),
        }
    }
    let parts: Vec<&str> = main.split('"').collect();
    if let [before, nickname, after] = parts.as_slice() {
        let without = [before.trim(), after.trim()].join(" ").trim().to_owned();
        if !nickname.trim().is_empty() && without.contains(' ') {
            aliases.push(without);
        }
    }
    let mut names = Vec::new();
    if !main.is_empty() {
        names.push(PartyName::new(main, NameQuality::Primary));
        let aliases = aliases.into_iter().filter(|alias| !alias.is_empty());
        names.extend(aliases.map(|alias| PartyName::new(alias, NameQuality::Alias)));
    }
    (names, functions)
}

/// `reference` is what the person's node says about the office: its identifier and label.
fn office(context: &Context<'_>, reference: &Node, faults: &mut Vec<Fault>) -> Office {
    let known = context.offices.and_then(|offices| offices.get(&reference.id));
    if known.is_none() && context.offices.is_some() {
        let message = format!("expected an office of the archive, found '{}'", reference.id);
        faults.push(Fault::field("appointedGovernmentOffice", "orphan", message));
    }
    let (title, place) = from_label(&reference.label);
    let node = known.and_then(|office| office.linked(HAS_COUNTRY).next());
    let code = node.and_then(|node| context.countries?.get(&node.id)?.data(ISO_CODE));
    let label = node.map(|node| node.label.as_str()).or(place);
    let country = code
        .and_then(|code| code.parse::<Country>().ok())
        .or_else(|| fault::country(label.unwrap_or_default(), "hasCountry", faults));
    Office {
        position: known.and_then(|office| office.data(TITLE)).unwrap_or(title).to_owned(),
        country,
        note: known.and_then(|office| office.data(REGION)).map(str::to_owned),
        ..Office::default()
    }
}

/// `The Office of TITLE (COUNTRY)` in its two parts; a country may have brackets itself.
fn from_label(label: &str) -> (&str, Option<&str>) {
    let bare = label.trim().strip_prefix(OFFICE_OF).unwrap_or(label.trim());
    match bare.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        Some((title, country)) => (title, Some(country)),
        None => (bare, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_quotation_marks_are_told_apart() {
        for (stated, expected, function) in [
            ("TARN Wei-lo (a.k.a. Davy TARN)", vec!["TARN Wei-lo", "Davy TARN"], None),
            ("Ilo BRESK (Acting)", vec!["Ilo BRESK"], Some("Acting")),
            ("Ora \"Oz\" LINDT", vec!["Ora \"Oz\" LINDT", "Ora LINDT"], None),
            ("Osk \"FARM\"", vec!["Osk \"FARM\""], None),
            ("Ben (Bo) TRASK", vec!["Ben (Bo) TRASK"], None),
            ("PEREGRIN", vec!["PEREGRIN"], None),
            ("  ", vec![], None),
            ("(Acting)", vec![], Some("Acting")),
        ] {
            let (names, functions) = names(stated);
            let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
            assert_eq!(texts, expected, "{stated}");
            assert_eq!(functions.first().map(String::as_str), function, "{stated}");
        }
    }

    #[test]
    fn an_office_alone_is_read_from_its_label() {
        assert_eq!(from_label("The Office of Envoy (Fiji)"), ("Envoy", Some("Fiji")));
        assert_eq!(from_label("Envoy"), ("Envoy", None));
    }
}
