//! Writes the UN Security Council's consolidated list, XML.
//!
//! `;` stands between several names in one element, and a bracket at the end holds the name in
//! another script or a note, so no name has either. A colon, comma or blank ends no name. An individual's given
//! names and family name are up to four elements, which together are the name.

use super::strategy::{AddressForm, Birth, Carries};
use super::{Writer, Written, around, comes_back, country, element, english, street, tied};
use crate::lists_real::declared;
use diligence::party::{Address, DateSpan, Gender, NameQuality, PartyKind, PartyName, Scheme, Tie};
use diligence::watchlist::Listing;

const WRITER: Writer = Writer {
    source: || declared("un_sc"),
    carries,
    fit: |listing| listing,
    section: |listing| u8::from(listing.party.kind != Some(PartyKind::Person)),
    has_ids: true,
    write,
};

#[test]
fn the_un_list_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: vec![Some(PartyKind::Person), Some(PartyKind::Organization)],
        not_in_names: ";():,",
        qualities: vec![NameQuality::Alias, NameQuality::WeakAlias, NameQuality::Former],
        native: vec![None],
        births: vec![Birth::Year, Birth::Month, Birth::Day, Birth::Circa, Birth::Years],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: vec![Tie::BirthPlace, Tie::Nationality, Tie::Address],
        numbers: vec![
            (Scheme::Passport, Some("Passport"), true),
            (Scheme::NationalId, Some("National Identification Number"), true),
        ],
        addresses: 2,
        address: AddressForm::CityThenCode,
        functions: 3,
        programmes: 1,
        remarks: 2,
        days: [true, false, false],
        ..Carries::default()
    }
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let section = |kind| {
        let of_kind = listings.iter().filter(|listing| listing.party.kind == Some(kind));
        of_kind.map(record).collect::<String>()
    };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CONSOLIDATED_LIST dateGenerated=\"2026-02-27T00:00:09.554Z\"><INDIVIDUALS>{}</INDIVIDUALS><ENTITIES>{}</ENTITIES></CONSOLIDATED_LIST>",
        section(PartyKind::Person),
        section(PartyKind::Organization)
    );
    Written::only("consolidated.xml", text, listings.len())
}

fn record(listing: &Listing) -> String {
    let party = &listing.party;
    let (tag, part) = match party.kind {
        Some(PartyKind::Person) => ("INDIVIDUAL", "INDIVIDUAL"),
        _ => ("ENTITY", "ENTITY"),
    };
    let mut xml = element("DATAID", &listing.id);
    xml += &names(&party.names, part);
    xml += &listing.programmes.iter().map(|p| element("UN_LIST_TYPE", p)).collect::<String>();
    xml += &element("LISTED_ON", &listing.listed_on.map(|d| d.to_string()).unwrap_or_default());
    let gender = party.gender.map_or("", |g| if g == Gender::Male { "Male" } else { "Female" });
    xml += &element("GENDER", gender);
    xml += &listing.remarks.iter().map(|r| element("COMMENTS1", r)).collect::<String>();
    let values = |texts: &[String]| texts.iter().map(|t| element("VALUE", t)).collect::<String>();
    let (title, designations) = listing.functions.split_at(listing.functions.len().min(1));
    xml += &around("TITLE", &values(title));
    xml += &around("DESIGNATION", &values(designations));
    let nationalities = tied(party, Tie::Nationality);
    let nationalities: String = nationalities.iter().map(|n| element("VALUE", n)).collect();
    xml += &around("NATIONALITY", &nationalities);
    xml += &party.birth_dates.iter().map(birth_date).collect::<String>();
    for place in &party.birth_places {
        let (place, country) = place.rsplit_once(", ").unwrap();
        let place = element("CITY", place) + &element("COUNTRY", country);
        xml += &around("INDIVIDUAL_PLACE_OF_BIRTH", &place);
    }
    for number in &party.identifiers {
        let document = element("TYPE_OF_DOCUMENT", number.label.as_deref().unwrap())
            + &element("NUMBER", &number.value)
            + &element("ISSUING_COUNTRY", country(number.country));
        xml += &around("INDIVIDUAL_DOCUMENT", &document);
    }
    for stated in &party.addresses {
        xml += &around(&format!("{part}_ADDRESS"), &address(stated));
    }
    around(tag, &xml)
}

fn names(names: &[PartyName], part: &str) -> String {
    const PARTS: [&str; 4] = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
    let mut xml = String::new();
    for name in names {
        match name.quality {
            NameQuality::Primary => {
                for (part, words) in PARTS.iter().zip(name.text.splitn(PARTS.len(), ' ')) {
                    xml += &element(part, words);
                }
            }
            NameQuality::Native => xml += &element("NAME_ORIGINAL_SCRIPT", &name.text),
            quality => {
                let said = match quality {
                    NameQuality::WeakAlias => "Low",
                    NameQuality::Former => "f.k.a.",
                    _ => "Good",
                };
                let alias = element("QUALITY", said) + &element("ALIAS_NAME", &name.text);
                xml += &around(&format!("{part}_ALIAS"), &alias);
            }
        }
    }
    xml
}

fn birth_date(span: &DateSpan) -> String {
    let (from, to) = (span.from.to_string(), span.to.to_string());
    let said = if span.approximate { "APPROXIMATELY" } else { "EXACT" };
    let date = if span.from != span.to {
        return around(
            "INDIVIDUAL_DATE_OF_BIRTH",
            &(element("TYPE_OF_DATE", "BETWEEN")
                + &element("FROM_YEAR", &from)
                + &element("TO_YEAR", &to)),
        );
    } else if span.from.day().is_some() {
        element("DATE", &from)
    } else if span.from.month().is_some() {
        // The schema has no place for a month: the publisher notes it.
        element("NOTE", &english(span))
    } else {
        element("YEAR", &from)
    };
    around("INDIVIDUAL_DATE_OF_BIRTH", &(element("TYPE_OF_DATE", said) + &date))
}

fn address(address: &Address) -> String {
    element("STREET", street(address))
        + &element("CITY", address.city.as_deref().unwrap_or_default())
        + &element("ZIP_CODE", address.postal_code.as_deref().unwrap_or_default())
        + &element("COUNTRY", country(address.country))
}
