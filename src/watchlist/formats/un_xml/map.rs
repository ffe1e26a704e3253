//! Decides what one record of the UN list says, field by field.
//!
//! Names are kept as written, apart from line breaks, which are the file's layout. One text may
//! hold several names: they are taken apart at `;` outside brackets, and where a name is followed
//! by others, or by itself in another script, in one pair of brackets. A note behind an alias
//! (birth, former listing) is a remark. Anything less regular stays whole. An empty alias element is the publisher's way to say "none".

use super::super::dates::english_span;
use super::super::fault::{self, Fault};
use super::super::names_text::{both_scripts, is_latin, split_names, without_notes};
use super::super::xml::Node;
use crate::party::{
    Address, Country, DateSpan, Gender, Identifier, NameQuality, PartialDate, Party, PartyKind,
    PartyName, Scheme, Tie,
};
use crate::watchlist::{Detail, ListSource, Listing};

const NAME_PARTS: [&str; 4] = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
const INDIVIDUAL: &str = "INDIVIDUAL";
/// Words of an alias note that say the name is no longer the listed one.
const FORMER_NOTES: [&str; 2] = ["formerly listed", "previously listed"];
/// What ends an alias that is no longer the listed name.
const FORMER_MARK: &str = "listed as)";

/// The listing of a record; `None` when it has no identifier or no name, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    record: &Node,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let reference = record.value("REFERENCE_NUMBER");
    let Some(id) = record.value("DATAID").or_else(|| reference.clone()) else {
        faults.push(Fault::record("no-id", "expected DATAID or REFERENCE_NUMBER, found neither"));
        return None;
    };
    let names = names(record);
    if names.is_empty() {
        faults.push(Fault::record("no-name", "expected FIRST_NAME to FOURTH_NAME, found none"));
        return None;
    }
    let is_person = record.name == INDIVIDUAL;
    let kind = if is_person { PartyKind::Person } else { PartyKind::Organization };
    let mut party = Party { kind: Some(kind), names, ..Party::default() };
    let mut remarks: Vec<String> =
        record.all("COMMENTS1").map(Node::line).filter(|t| !t.is_empty()).collect();
    births(record, &mut party, faults);
    party.gender = gender(record);
    for value in record.all("NATIONALITY").flat_map(|n| n.all("VALUE")).map(Node::line) {
        if let Some(country) = fault::country(&value, "NATIONALITY", faults) {
            party.tie(country, Tie::Nationality);
        }
    }
    let label = Some("UN reference number".to_owned());
    let number = |value| Identifier { label, ..Identifier::new(Scheme::Other, value) };
    party.identifiers.extend(reference.map(number));
    documents(record, &mut party, &mut remarks, faults);
    addresses(record, &mut party, faults);
    remarks.extend(alias_notes(record));
    Some(Listing {
        list: source.name.clone(),
        id,
        party,
        topics: source.topics(),
        programmes: record.value("UN_LIST_TYPE").into_iter().collect(),
        authority: source.authority.clone(),
        functions: functions(record),
        listed_on: record.value("LISTED_ON").and_then(|t| fault::date(&t, "LISTED_ON", faults)),
        amended_on: amended_on(record, faults),
        details: record
            .value("SUBMITTED_BY")
            .map(|by| Detail::new("submitted by", by))
            .into_iter()
            .collect(),
        remarks,
        ..Listing::default()
    })
}

/// The last of the days on which the entry was changed.
fn amended_on(record: &Node, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    let days = record.all("LAST_DAY_UPDATED").flat_map(|node| node.all("VALUE")).map(Node::line);
    days.filter_map(|day| fault::date(&day, "LAST_DAY_UPDATED", faults)).max()
}

fn names(record: &Node) -> Vec<PartyName> {
    let parts: Vec<String> = NAME_PARTS.iter().filter_map(|part| record.value(part)).collect();
    let mut names: Vec<PartyName> = Vec::new();
    // The same text stated twice counts as much as where it counts most, in whatever order.
    let mut add = |text: String, quality| match names.iter_mut().find(|name| name.text == text) {
        Some(known) => known.quality = known.quality.min(quality),
        None => names.push(PartyName::new(text, quality)),
    };
    for (index, text) in split_names(&parts.join(" ")).into_iter().enumerate() {
        add(text, if index == 0 { NameQuality::Primary } else { NameQuality::Alias });
    }
    if let Some(native) = record.value("NAME_ORIGINAL_SCRIPT") {
        add(native, NameQuality::Native);
    }
    for alias in aliases(record) {
        let quality = alias_quality(alias);
        let stated = alias.value("ALIAS_NAME").map(|text| alias_names(&text)).unwrap_or_default();
        let is_one = stated.len() == 1;
        for text in stated {
            let is_plain = is_one || is_latin(&text);
            add(text, if is_plain { quality } else { quality.max(NameQuality::Native) });
        }
    }
    names
}

/// The names an alias states, without the notes behind them.
fn alias_names(text: &str) -> Vec<String> {
    let names = split_names(text);
    let names = names.iter().flat_map(|name| both_scripts(name));
    names.flat_map(|name| without_notes(&name)).collect()
}

/// Whether an alias says more than its names.
fn has_note(text: &str) -> bool {
    let names = split_names(text);
    names.iter().flat_map(|name| both_scripts(name)).any(|name| without_notes(&name) != [name])
}

fn aliases(record: &Node) -> impl Iterator<Item = &Node> {
    record.all("INDIVIDUAL_ALIAS").chain(record.all("ENTITY_ALIAS"))
}

/// "Low" marks a weak alias; without a statement an alias counts fully.
fn alias_quality(alias: &Node) -> NameQuality {
    let quality = alias.value("QUALITY").unwrap_or_default().to_lowercase();
    let note = alias.value("NOTE").unwrap_or_default().to_lowercase();
    let text = alias.value("ALIAS_NAME").unwrap_or_default().to_lowercase();
    if quality == "low" {
        NameQuality::WeakAlias
    } else if quality == "f.k.a."
        || FORMER_NOTES.iter().any(|words| note.contains(words))
        || text.ends_with(FORMER_MARK)
    {
        NameQuality::Former
    } else {
        NameQuality::Alias
    }
}

/// What the list says about an alias; one with a note inside it is kept as written.
fn alias_notes(record: &Node) -> Vec<String> {
    let said = |alias: &Node| {
        let name = alias.value("ALIAS_NAME")?;
        match alias.value("NOTE") {
            Some(note) => Some(format!("{name}: {note}")),
            None => has_note(&name).then_some(name),
        }
    };
    aliases(record).filter_map(said).collect()
}

/// Dates and places of birth, also those the list ties to an alias.
fn births(record: &Node, party: &mut Party, faults: &mut Vec<Fault>) {
    for stated in record.all("INDIVIDUAL_DATE_OF_BIRTH") {
        if let Some(span) = birth_date(stated, faults) {
            add_birth_date(party, span);
        }
    }
    for place in record.all("INDIVIDUAL_PLACE_OF_BIRTH") {
        add_birth_place(party, place, ["STREET", "CITY", "STATE_PROVINCE"], "COUNTRY", faults);
    }
    for alias in aliases(record) {
        let date = alias.value("DATE_OF_BIRTH");
        if let Some(date) = date.and_then(|t| alias_birth_date(&t, faults)) {
            add_birth_date(party, date);
        }
        add_birth_place(party, alias, ["", "CITY_OF_BIRTH", ""], "COUNTRY_OF_BIRTH", faults);
    }
}

fn add_birth_date(party: &mut Party, span: DateSpan) {
    if !party.birth_dates.contains(&span) {
        party.birth_dates.push(span);
    }
}

fn alias_birth_date(text: &str, faults: &mut Vec<Fault>) -> Option<DateSpan> {
    english_span(text).ok().or_else(|| fault::date(text, "DATE_OF_BIRTH", faults).map(Into::into))
}

fn birth_date(stated: &Node, faults: &mut Vec<Fault>) -> Option<DateSpan> {
    const FIELD: &str = "INDIVIDUAL_DATE_OF_BIRTH";
    let approximate = stated.value("TYPE_OF_DATE").is_some_and(|t| t == "APPROXIMATELY");
    let mut read = |name: &str| stated.value(name).and_then(|t| fault::date(&t, FIELD, faults));
    if let (Some(from), Some(to)) = (read("FROM_YEAR"), read("TO_YEAR")) {
        if from > to {
            let message = format!("expected a range of years, found {from} to {to}");
            faults.push(Fault::field(FIELD, "bad-date", message));
            return None;
        }
        return Some(DateSpan { from, to, approximate });
    }
    if let Some(date) = read("DATE").or_else(|| read("YEAR")) {
        return Some(DateSpan { from: date, to: date, approximate });
    }
    let note = stated
        .value("NOTE")
        .filter(|_| ["DATE", "YEAR"].iter().all(|n| stated.value(n).is_none()))?;
    match english_span(&note) {
        Ok(span) => Some(DateSpan { approximate: approximate || span.approximate, ..span }),
        Err(error) => {
            faults.push(Fault::field(FIELD, "bad-date", error.to_string()));
            None
        }
    }
}

fn add_birth_place(
    party: &mut Party,
    place: &Node,
    parts: [&str; 3],
    country: &str,
    faults: &mut Vec<Fault>,
) {
    let stated = place.value(country);
    let words = parts.iter().filter_map(|part| place.value(part)).chain(stated.clone());
    let text = words.collect::<Vec<_>>().join(", ");
    if !text.is_empty() && !party.birth_places.contains(&text) {
        party.birth_places.push(text);
    }
    if let Some(country) = stated.and_then(|text| fault::country(&text, "COUNTRY_OF_BIRTH", faults))
    {
        party.tie(country, Tie::BirthPlace);
    }
}

/// `GENDER`, or what the comment opens with ("Gender: male").
fn gender(record: &Node) -> Option<Gender> {
    let stated = record.value("GENDER").and_then(|text| Gender::parse(&text));
    stated.or_else(|| {
        let comment = record.value("COMMENTS1")?.to_lowercase();
        let (_, after) = comment.split_once("gender:")?;
        Gender::parse(after.split_whitespace().next()?.trim_end_matches(['.', ',', ';', ']']))
    })
}

fn documents(record: &Node, party: &mut Party, remarks: &mut Vec<String>, faults: &mut Vec<Fault>) {
    for document in record.all("INDIVIDUAL_DOCUMENT") {
        let kind =
            document.value("TYPE_OF_DOCUMENT").or_else(|| document.value("TYPE_OF_DOCUMENT2"));
        if let (Some(kind), Some(note)) = (&kind, document.value("NOTE")) {
            remarks.push(format!("{kind}: {note}"));
        }
        let Some(value) = document.value("NUMBER") else { continue };
        let issuer =
            document.value("ISSUING_COUNTRY").or_else(|| document.value("COUNTRY_OF_ISSUE"));
        let country: Option<Country> =
            issuer.and_then(|t| fault::country(&t, "INDIVIDUAL_DOCUMENT", faults));
        let identifier =
            Identifier { scheme: document_scheme(kind.as_deref()), value, country, label: kind };
        if !party.identifiers.contains(&identifier) {
            party.identifiers.push(identifier);
        }
    }
}

/// The publisher writes the kind in English, French or Spanish.
fn document_scheme(kind: Option<&str>) -> Scheme {
    let kind = kind.unwrap_or_default().to_lowercase();
    if kind.contains("pass") || kind.contains("pasaporte") {
        Scheme::Passport
    } else if kind.contains("identi") {
        Scheme::NationalId
    } else {
        Scheme::Other
    }
}

fn addresses(record: &Node, party: &mut Party, faults: &mut Vec<Fault>) {
    for stated in record.all("INDIVIDUAL_ADDRESS").chain(record.all("ENTITY_ADDRESS")) {
        let parts = ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "NOTE"];
        let text =
            parts.iter().filter_map(|part| stated.value(part)).collect::<Vec<_>>().join(", ");
        let country = stated.value("COUNTRY").and_then(|t| fault::country(&t, "COUNTRY", faults));
        if let Some(country) = country {
            party.tie(country, Tie::Address);
        }
        if !text.is_empty() || country.is_some() {
            party.addresses.push(Address {
                text,
                city: stated.value("CITY"),
                postal_code: stated.value("ZIP_CODE"),
                country,
            });
        }
    }
}

fn functions(record: &Node) -> Vec<String> {
    let stated = record.all("TITLE").chain(record.all("DESIGNATION"));
    stated.flat_map(|node| node.all("VALUE")).map(Node::line).filter(|t| !t.is_empty()).collect()
}
