//! Writes the Swiss sanctions list of SECO, XML, as one full data set.
//!
//! A target refers to its sanctions set, whose programme stands before the targets, and to its
//! places of birth, which stand behind them. A name in another script is a spelling of the primary
//! name's part and follows all names as written. The last change is the latest date of all.

use super::strategy::{AddressForm, Birth, Carries};
use super::{Writer, Written, around, comes_back, element, escaped, street};
use crate::lists_real::declared;
use diligence::party::{
    Address, Country, DateSpan, Gender, Identifier, NameQuality, PartialDate, PartyKind, PartyName,
    Scheme, Tie,
};
use diligence::watchlist::Listing;

const WRITER: Writer =
    Writer { source: || declared("ch_seco"), carries, fit, section: |_| 0, has_ids: true, write };

/// Spellings by tag: the publisher's language and script.
const SPELLINGS: [(&str, &str, &str); 2] = [("ru-Cyrl", "rus", "Cyrl"), ("ar-Arab", "ara", "Arab")];
const FOREIGN: &str = "UN reference";

#[test]
fn the_swiss_list_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: vec![
            Some(PartyKind::Person),
            Some(PartyKind::Organization),
            Some(PartyKind::Vessel),
            Some(PartyKind::Aircraft),
        ],
        qualities: vec![NameQuality::Alias, NameQuality::WeakAlias, NameQuality::Former],
        native: vec![None, Some("ru-Cyrl"), Some("ar-Arab")],
        births: vec![Birth::Year, Birth::Month, Birth::Day, Birth::Circa, Birth::Years],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: vec![Tie::Nationality, Tie::BirthPlace, Tie::Address],
        numbers: vec![
            (Scheme::Passport, Some("passport"), true),
            (Scheme::NationalId, Some("id-card"), true),
            (Scheme::Other, Some("residency-permit"), true),
        ],
        addresses: 2,
        address: AddressForm::CodeThenCity,
        functions: 2,
        programmes: 1,
        legal_basis: 1,
        measures: 1,
        reasons: 2,
        remarks: 2,
        details: vec![FOREIGN, "Tonnage"],
        days: [true, false, true],
        ..Carries::default()
    }
}

/// Without a programme there is neither act nor measure; nothing changed before it was listed.
fn fit(mut listing: Listing) -> Listing {
    listing.party.names.sort_by_key(|name| name.quality == NameQuality::Native);
    if listing.programmes.is_empty() {
        listing.legal_basis.clear();
        listing.measures.clear();
    }
    listing.amended_on = listing.amended_on.max(listing.listed_on);
    listing
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let all = |part: fn(&Listing) -> String| listings.iter().map(part).collect::<String>();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<swiss-sanctions-list list-type=\"full-data-set\" date=\"2024-01-17\">{}{}{}</swiss-sanctions-list>",
        all(programme),
        all(target),
        all(places)
    );
    Written::only("consolidated-list.xml", text, listings.len())
}

fn programme(listing: &Listing) -> String {
    let Some(name) = listing.programmes.first() else { return String::new() };
    let measure = escaped(&listing.measures.concat());
    let set =
        format!("<sanctions-set ssid=\"7{}\" lang=\"eng\">{measure}</sanctions-set>", listing.id);
    let key = element("program-key", &listing.legal_basis.concat());
    around("sanctions-program", &(key + &element("program-name", name) + &set))
}

fn in_country(country: Option<Country>) -> String {
    country.map_or_else(String::new, |country| {
        format!("<country iso-code=\"{}\">{}</country>", country.code(), escaped(country.name()))
    })
}

/// The places of birth of one target.
fn places(listing: &Listing) -> String {
    let numbered = (1..).zip(&listing.party.birth_places);
    let place = |(number, place): (i32, &String)| {
        let (location, country) = place.rsplit_once(", ").unwrap();
        let words = element("location", location) + &in_country(country.parse().ok());
        format!("<place ssid=\"8{}{number}\">{words}</place>", listing.id)
    };
    numbered.map(place).collect()
}

fn target(listing: &Listing) -> String {
    let party = &listing.party;
    let (subject, attribute) = match (party.kind, party.gender) {
        (Some(PartyKind::Person), Some(Gender::Male)) => ("individual", " sex=\"male\""),
        (Some(PartyKind::Person), Some(_)) => ("individual", " sex=\"female\""),
        (Some(PartyKind::Person), None) => ("individual", ""),
        (Some(PartyKind::Vessel), _) => ("object", " object-type=\"vessel\""),
        (Some(PartyKind::Aircraft), _) => ("object", " object-type=\"aircraft\""),
        _ => ("entity", ""),
    };
    let mut xml = String::new();
    if !listing.programmes.is_empty() {
        xml += &element("sanctions-set-id", &format!("7{}", listing.id));
    }
    let (foreign, generic): (Vec<_>, Vec<_>) =
        listing.details.iter().partition(|detail| detail.label == FOREIGN);
    for detail in foreign {
        let value = escaped(&detail.value);
        xml += &format!("<foreign-identifier type=\"{FOREIGN}\">{value}</foreign-identifier>");
    }
    let reasons = listing.reasons.iter().map(|text| element("justification", text));
    let remarks = listing.remarks.iter().map(|text| element("other-information", text));
    let words: String = reasons.chain(remarks).collect();
    xml += &format!("<{subject}{attribute}>{}{words}</{subject}>", identity(listing));
    for detail in generic {
        let value = escaped(&detail.value);
        xml += &format!("<generic-attribute name=\"{}\">{value}</generic-attribute>", detail.label);
    }
    xml += &change("amended", listing.amended_on.filter(|day| Some(*day) != listing.listed_on));
    xml += &change("listed", listing.listed_on);
    format!("<target ssid=\"{}\">{xml}</target>", listing.id)
}

fn change(kind: &str, day: Option<PartialDate>) -> String {
    let Some(day) = day else { return String::new() };
    format!("<modification modification-type=\"{kind}\" effective-date=\"{day}\"/>")
}

fn identity(listing: &Listing) -> String {
    let party = &listing.party;
    let native = party.names.iter().find(|name| name.quality == NameQuality::Native);
    let written = party.names.iter().filter(|name| name.quality != NameQuality::Native);
    let mut xml: String = written.map(|stated| name(stated, native, &listing.functions)).collect();
    for tie in party.countries.iter().filter(|tie| tie.tie == Tie::Nationality) {
        xml += &around("nationality", &in_country(Some(tie.country)));
    }
    xml += &party.birth_dates.iter().map(birth_date).collect::<String>();
    for number in 1..=party.birth_places.len() {
        xml += &format!("<place-of-birth place-id=\"8{}{number}\"/>", listing.id);
    }
    xml += &party.identifiers.iter().map(document).collect::<String>();
    xml += &party.addresses.iter().map(address).collect::<String>();
    format!("<identity main=\"true\">{xml}</identity>")
}

/// A name in parts, the last part first in the file; titles and the spelling stand with the primary
/// one.
fn name(name: &PartyName, native: Option<&PartyName>, titles: &[String]) -> String {
    let is_primary = name.quality == NameQuality::Primary;
    let (kind, quality) = match name.quality {
        NameQuality::Primary => ("primary-name", "good"),
        NameQuality::Former => ("formerly-known-as", "good"),
        NameQuality::WeakAlias => ("alias", "low"),
        _ => ("alias", "good"),
    };
    let part = |order: usize, kind: &str, words: &str, spelling: &str| {
        let value = element("value", words);
        format!(
            "<name-part order=\"{order}\" name-part-type=\"{kind}\">{value}{spelling}</name-part>"
        )
    };
    let mut parts = match (name.text.split_once(' '), native.filter(|_| is_primary)) {
        (_, Some(native)) => part(1, "whole-name", &name.text, &spelling(native)),
        (Some((given, family)), None) => {
            part(2, "family-name", family, "") + &part(1, "given-name", given, "")
        }
        (None, None) => part(1, "whole-name", &name.text, ""),
    };
    for title in titles.iter().filter(|_| is_primary) {
        parts += &part(0, "title", title, "");
    }
    format!("<name name-type=\"{kind}\" quality=\"{quality}\">{parts}</name>")
}

fn spelling(native: &PartyName) -> String {
    let tag = native.language.as_deref();
    let stated = SPELLINGS.iter().find(|(known, _, _)| Some(*known) == tag);
    let stated = stated.map(|(_, lang, script)| format!(" lang=\"{lang}\" script=\"{script}\""));
    let text = escaped(&native.text);
    format!("<spelling-variant{}>{text}</spelling-variant>", stated.unwrap_or_default())
}

fn birth_date(span: &DateSpan) -> String {
    let parts = |date: PartialDate| {
        let part = |name: &str, number: Option<i8>| {
            number.map(|number| format!(" {name}=\"{number}\"")).unwrap_or_default()
        };
        let year = date.year();
        format!("{}{} year=\"{year}\"", part("day", date.day()), part("month", date.month()))
    };
    let quality = if span.approximate { "low" } else { "good" };
    let said = format!("calendar=\"Gregorian\" quality=\"{quality}\"");
    if span.from == span.to {
        return format!("<day-month-year{} {said}/>", parts(span.from));
    }
    let (from, to) = (parts(span.from), parts(span.to));
    format!("<day-month-year {said}><from{from}/><to{to}/></day-month-year>")
}

fn document(number: &Identifier) -> String {
    let issuer = number.country.map_or_else(String::new, |country| {
        format!("<issuer code=\"{}\">{}</issuer>", country.code(), escaped(country.name()))
    });
    let kind = number.label.as_deref().unwrap();
    let value = element("number", &number.value);
    format!(
        "<identification-document document-type=\"{kind}\">{value}{issuer}</identification-document>"
    )
}

fn address(address: &Address) -> String {
    let words = element("address-details", street(address))
        + &element("zip-code", address.postal_code.as_deref().unwrap_or_default())
        + &element("location", address.city.as_deref().unwrap_or_default())
        + &in_country(address.country);
    around("address", &words)
}
