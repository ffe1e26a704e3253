//! Decides where a labelled statement about a party belongs: a date or place of birth, a tie to a
//! country, a number, a link, a measure. A label nobody has taught us makes a particular of the
//! entry, so that no statement is lost.

use super::super::dates::english_span;
use super::super::fault::Fault;
use super::country;
use super::numbers::{Paper, identifier, named_scheme};
use super::period::covers;
use crate::party::{Country, DateSpan, Gender, Party, Scheme, Tie};
use crate::watchlist::{Detail, Link, Listing};

/// A labelled statement about a party, wherever it stood.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Stated {
    /// The publisher's label.
    pub(in super::super) label: String,
    /// The value as written.
    pub(in super::super) value: String,
    /// The country, when the format states it apart from the value.
    pub(in super::super) country: Option<Country>,
    /// A date, when the format states it apart from the value.
    pub(in super::super) span: Option<DateSpan>,
    /// A comment on the statement.
    pub(in super::super) note: Option<String>,
}

/// What a label says its value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    BirthDate,
    BirthPlace,
    Gender,
    Country(Tie),
    Title,
    Link(&'static str),
    Number(Scheme),
    Measure,
    Detail,
}

/// Moves one labelled statement to where it belongs.
pub(in super::super) fn apply(stated: &Stated, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let (label, value) = (stated.label.as_str(), stated.value.as_str());
    if value.is_empty() && stated.country.is_none() && stated.span.is_none() {
        return;
    }
    let meaning = meaning(label);
    let party = &mut listing.party;
    match meaning {
        Meaning::BirthDate => birth_date(stated, party, faults),
        Meaning::BirthPlace => birth_place(stated, party),
        Meaning::Gender => gender(value, label, party, faults),
        Meaning::Country(tie) => {
            if let Some(country) = stated.country.or_else(|| country(value, label, faults)) {
                party.tie(country, tie);
            }
        }
        Meaning::Title => listing.functions.push(value.to_owned()),
        Meaning::Link(relation) => listing.linked_to.push(Link::named(Some(relation), value)),
        Meaning::Number(scheme) => {
            let paper = Paper { label, country: stated.country, ..Paper::default() };
            add_identifier(party, scheme, value, &paper);
        }
        Meaning::Measure => listing.measures.push(format!("{}: {value}", trimmed(label))),
        Meaning::Detail => {
            let note =
                stated.note.as_ref().map(|note| format!(" ({})", note.trim_matches(['(', ')'])));
            let value = format!("{value}{}", note.unwrap_or_default());
            listing.details.push(Detail::new(plain_label(label), value));
            return;
        }
    }
    listing
        .remarks
        .extend(stated.note.as_ref().map(|n| format!("{} {value}: {n}", trimmed(label))));
}

/// Adds a number unless the same one is already there.
pub(in super::super) fn add_identifier(
    party: &mut Party,
    scheme: Scheme,
    value: &str,
    paper: &Paper<'_>,
) {
    let identifier = identifier(scheme, value, paper);
    if !value.is_empty() && !party.identifiers.contains(&identifier) {
        party.identifiers.push(identifier);
    }
}

fn meaning(label: &str) -> Meaning {
    let key = key(label);
    match key.as_str() {
        "birthdate" | "dob" => return Meaning::BirthDate,
        "place of birth" | "pob" => return Meaning::BirthPlace,
        "gender" => return Meaning::Gender,
        "nationality country" | "citizenship country" | "nationality" | "citizen" => {
            return Meaning::Country(Tie::Nationality);
        }
        "nationality of registration" | "registration country" => {
            return Meaning::Country(Tie::Jurisdiction);
        }
        "vessel flag" | "other vessel flag" => return Meaning::Country(Tie::Flag),
        "title" => return Meaning::Title,
        "vessel owner" => return Meaning::Link("owned by"),
        "aircraft operator" => return Meaning::Link("operated by"),
        _ => {}
    }
    if let Some(scheme) = named_scheme(label) {
        return Meaning::Number(scheme);
    }
    let is_measure = key.starts_with("executive order ")
        || key.starts_with("transactions prohibited ")
        || ["sanctions ", "determination"].iter().any(|word| key.contains(word))
        || key.ends_with("information");
    if is_measure { Meaning::Measure } else { Meaning::Detail }
}

/// A label without the punctuation that leads over to its value.
fn trimmed(label: &str) -> &str {
    label.trim().trim_end_matches([':', '-', ' '])
}

/// A label for looking up: one apostrophe, lower case.
fn key(label: &str) -> String {
    trimmed(label).replace('’', "'").to_lowercase()
}

/// A label as the particulars use it: words that are only capitalised lose the capital. Four have
/// the words the delimited files' columns have.
fn plain_label(label: &str) -> String {
    match key(label).as_str() {
        "vessel tonnage" => return "tonnage".to_owned(),
        "vessel gross registered tonnage" => return "gross tonnage".to_owned(),
        "vessel type" => return "vessel type".to_owned(),
        "vessel year of build" => return "year of build".to_owned(),
        _ => {}
    }
    let lower = |word: &str| {
        let is_plain = word.chars().skip(1).all(|c| !c.is_uppercase() && !c.is_ascii_digit());
        if is_plain { word.to_lowercase() } else { word.to_owned() }
    };
    trimmed(label).split(' ').map(lower).collect::<Vec<_>>().join(" ")
}

/// The text where it can be read, else the dates the format states apart. Both must cover the
/// same days; where they do not, the text stands and the difference is told.
fn birth_date(stated: &Stated, party: &mut Party, faults: &mut Vec<Fault>) {
    let read = if stated.value.is_empty() { None } else { Some(english_span(&stated.value)) };
    let span = match (read, stated.span) {
        (Some(Ok(text)), Some(dates)) if !covers(&text, &dates) => {
            let message = format!("expected '{text}' as the text says, found the dates {dates}");
            faults.push(Fault::field(&stated.label, "date-disagrees", message));
            Some(text)
        }
        (Some(Ok(text)), _) => Some(text),
        (_, Some(dates)) => Some(dates),
        (Some(Err(error)), None) => {
            faults.push(Fault::field(&stated.label, "bad-date", error.to_string()));
            None
        }
        (None, None) => None,
    };
    party.birth_dates.extend(span.filter(|span| !party.birth_dates.contains(span)));
}

/// The place as written; a country at its end is also a tie, when it is one.
fn birth_place(stated: &Stated, party: &mut Party) {
    let text = stated.value.as_str();
    if !text.is_empty() && !party.birth_places.iter().any(|place| place == text) {
        party.birth_places.push(text.to_owned());
    }
    let last = text.rsplit(',').next().unwrap_or_default();
    if let Some(country) = stated.country.or_else(|| last.trim().parse().ok()) {
        party.tie(country, Tie::BirthPlace);
    }
}

fn gender(value: &str, label: &str, party: &mut Party, faults: &mut Vec<Fault>) {
    party.gender = Gender::parse(value);
    if party.gender.is_none() {
        let message = format!("expected Male or Female, found '{value}'");
        faults.push(Fault::field(label, "unknown-gender", message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(label: &str, value: &str) -> (Listing, Vec<Fault>) {
        let (mut listing, mut faults) = (Listing::default(), Vec::new());
        let stated =
            Stated { label: label.to_owned(), value: value.to_owned(), ..Stated::default() };
        apply(&stated, &mut listing, &mut faults);
        (listing, faults)
    }

    #[test]
    fn every_labelled_statement_lands_where_it_belongs() {
        let (listing, _) = applied("Vessel Flag", "Panama");
        assert_eq!(listing.party.countries[0].tie, Tie::Flag);
        let (listing, _) =
            applied("Executive Order 13662 Directive Determination -", "Directive 1");
        assert_eq!(
            listing.measures,
            ["Executive Order 13662 Directive Determination: Directive 1"]
        );
        let (listing, _) = applied("Effective Date (CMIC)", "02 Aug 2021");
        assert_eq!(listing.details[0].to_string(), "effective date (CMIC): 02 Aug 2021");
        let (listing, _) = applied("Aircraft Manufacturer’s Serial Number (MSN)", "31415");
        assert_eq!(listing.party.identifiers[0].scheme, Scheme::Other);
        let (listing, _) = applied("Vessel Owner", "Pelagos Star");
        assert_eq!(listing.linked_to[0].to_string(), "owned by Pelagos Star");
    }

    #[test]
    fn a_label_nobody_knows_keeps_its_value_and_an_empty_value_says_nothing() {
        let (listing, faults) = applied("Shoe Size", "44");
        assert_eq!((listing.details[0].to_string().as_str(), faults.len()), ("shoe size: 44", 0));
        let (listing, faults) = applied("Gender", "");
        assert_eq!((listing, faults.len()), (Listing::default(), 0));
        let (_, faults) = applied("Gender", "neither");
        assert_eq!(faults[0].code, "unknown-gender");
    }

    #[test]
    fn a_text_and_dates_that_disagree_are_told_and_the_text_stands() {
        let (mut listing, mut faults) = (Listing::default(), Vec::new());
        let stated = Stated {
            label: "Birthdate".to_owned(),
            value: "1971".to_owned(),
            span: Some(english_span("1972").unwrap()),
            ..Stated::default()
        };
        apply(&stated, &mut listing, &mut faults);
        assert_eq!(listing.party.birth_dates[0].to_string(), "1971");
        assert_eq!(faults[0].code, "date-disagrees");
    }
}
