//! Writes the UK Sanctions List, XML.
//!
//! `;` stands between several names in one element, so no name has one; `|` stands between two
//! measures, so no text has one. Names in other scripts follow all others. The regime is the
//! programme and the act alike. A ship's flag is a tie and, in the publisher's words, a particular.

use super::strategy::{AddressForm, Birth, Carries};
use super::{Writer, Written, around, comes_back, country, element, tied};
use crate::lists_real::declared;
use diligence::party::{
    Address, Gender, NameQuality, PartialDate, PartyKind, PartyName, Scheme, Tie,
};
use diligence::watchlist::{Detail, Listing};

const WRITER: Writer =
    Writer { source: || declared("uk_sl"), carries, fit, section: |_| 0, has_ids: true, write };

const FLAG: &str = "current believed flag";
/// Languages by tag, as the publisher names them.
const LANGUAGES: [(&str, &str); 3] = [("ru", "Russian"), ("ar", "Arabic"), ("uk", "Ukrainian")];

#[test]
fn the_uk_list_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: vec![
            Some(PartyKind::Person),
            Some(PartyKind::Organization),
            Some(PartyKind::Vessel),
        ],
        not_in_names: ";",
        not_in_texts: "|",
        qualities: vec![NameQuality::Alias, NameQuality::WeakAlias, NameQuality::Former],
        native: vec![None, Some("ru"), Some("ar"), Some("uk")],
        births: vec![Birth::Year, Birth::Month, Birth::Day],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: vec![Tie::Address, Tie::BirthPlace, Tie::Nationality, Tie::Flag],
        numbers: vec![
            (Scheme::Passport, Some("passport"), false),
            (Scheme::NationalId, Some("national identifier"), false),
            (Scheme::Registration, Some("business registration"), false),
            (Scheme::Other, Some("hull identification number"), false),
        ],
        addresses: 2,
        address: AddressForm::Code,
        functions: 3,
        programmes: 1,
        measures: 3,
        reasons: 1,
        remarks: 1,
        details: vec!["OFSI group ID", "UN reference number", "type of entity", "website"],
        days: [true, false, true],
        ..Carries::default()
    }
}

fn fit(mut listing: Listing) -> Listing {
    listing.party.names.sort_by_key(|name| name.quality == NameQuality::Native);
    listing.legal_basis.clone_from(&listing.programmes);
    let flags = tied(&listing.party, Tie::Flag).into_iter().map(|flag| Detail::new(FLAG, flag));
    listing.details.extend(flags);
    listing
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let designations: String = listings.iter().map(designation).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Designations><DateGenerated>07/05/2026</DateGenerated>{designations}</Designations>"
    );
    Written::only("UK-Sanctions-List.xml", text, listings.len())
}

fn designation(listing: &Listing) -> String {
    let party = &listing.party;
    let kind = match party.kind {
        Some(PartyKind::Person) => "Individual",
        Some(PartyKind::Vessel) => "Ship",
        _ => "Entity",
    };
    let one = |texts: &[String]| texts.first().cloned().unwrap_or_default();
    let detail = |label: &str| {
        let found = listing.details.iter().find(|detail| detail.label == label);
        found.map_or("", |detail| detail.value.as_str())
    };
    let mut xml = element("LastUpdated", &listing.amended_on.map(slashed).unwrap_or_default())
        + &element("DateDesignated", &listing.listed_on.map(slashed).unwrap_or_default())
        + &element("UniqueID", &listing.id)
        + &names(&party.names)
        + &element("RegimeName", &one(&listing.programmes))
        + &element("IndividualEntityShip", kind)
        + &element("DesignationSource", "UK");
    let (title, positions) = listing.functions.split_at(listing.functions.len().min(1));
    xml += &around("Titles", &element("Title", &one(title)));
    xml += &element("OFSIGroupID", detail("OFSI group ID"));
    xml += &element("UNReferenceNumber", detail("UN reference number"));
    xml += &element("SanctionsImposed", &listing.measures.join("|"));
    xml += &element("OtherInformation", &one(&listing.remarks));
    xml += &element("UKStatementofReasons", &one(&listing.reasons));
    xml += &around("Addresses", &party.addresses.iter().map(address).collect::<String>());
    let dates = party.birth_dates.iter().map(|span| element("DOB", &slashed(span.from)));
    let mut inner = around("DOBs", &dates.collect::<String>());
    for place in &party.birth_places {
        let (town, country) = place.rsplit_once(", ").unwrap();
        let place = element("TownOfBirth", town) + &element("CountryOfBirth", country);
        inner += &around("BirthDetails", &around("Location", &place));
    }
    let nationalities = tied(party, Tie::Nationality).into_iter();
    let nationalities: String = nationalities.map(|n| element("Nationality", n)).collect();
    inner += &around("Nationalities", &nationalities);
    for number in &party.identifiers {
        inner += &match number.scheme {
            Scheme::Passport => around("Passport", &element("PassportNumber", &number.value)),
            Scheme::NationalId => {
                let number = element("NationalIdentifierNumber", &number.value);
                around("NationalIdentifier", &number)
            }
            Scheme::Registration => element("BusinessRegistrationNumber", &number.value),
            _ => element("HullIdentificationNumber", &number.value),
        };
    }
    inner += &positions.iter().map(|p| element("Position", p)).collect::<String>();
    let gender = party.gender.map_or("", |g| if g == Gender::Male { "Male" } else { "Female" });
    inner += &element("Gender", gender);
    inner += &element("TypeOfEntity", detail("type of entity"));
    xml += &around(&format!("{kind}Details"), &around(kind, &inner));
    xml += &around("Websites", &element("Website", detail("website")));
    let flag = tied(party, Tie::Flag).concat();
    xml += &around("ShipDetails", &element("CurrentBelievedFlagOfShip", &flag));
    around("Designation", &xml)
}

/// `21/07/1965`, with letters for what is not known.
fn slashed(date: PartialDate) -> String {
    let part = |number: Option<i8>, unknown: &str| {
        number.map_or_else(|| unknown.to_owned(), |number| format!("{number:02}"))
    };
    format!("{}/{}/{}", part(date.day(), "dd"), part(date.month(), "mm"), date.year())
}

fn names(names: &[PartyName]) -> String {
    let (mut latin, mut others) = (String::new(), String::new());
    for name in names {
        if name.quality == NameQuality::Native {
            let language = LANGUAGES.iter().find(|(tag, _)| name.language.as_deref() == Some(tag));
            let stated = element("NameNonLatinScript", &name.text)
                + &element("NonLatinScriptLanguage", language.map_or("", |(_, name)| name));
            others += &around("NonLatinName", &stated);
            continue;
        }
        let (kind, strength) = match name.quality {
            NameQuality::Primary => ("Primary Name", ""),
            NameQuality::Former => ("Former name", ""),
            NameQuality::WeakAlias => ("Alias", "Low quality a.k.a"),
            _ => ("Alias", "Good quality a.k.a"),
        };
        let parts = match name.text.split_once(' ') {
            Some((given, family)) => element("Name1", given) + &element("Name6", family),
            None => element("Name6", &name.text),
        };
        let stated = parts + &element("NameType", kind) + &element("AliasStrength", strength);
        latin += &around("Name", &stated);
    }
    around("Names", &latin) + &around("NonLatinNames", &others)
}

fn address(address: &Address) -> String {
    let code = address.postal_code.as_deref().unwrap_or_default();
    let lines = address.text.strip_suffix(&format!(", {code}")).unwrap_or(&address.text);
    let lines = (1..).zip(lines.splitn(6, ", "));
    let lines: String =
        lines.map(|(number, line)| element(&format!("AddressLine{number}"), line)).collect();
    let rest =
        element("AddressPostalCode", code) + &element("AddressCountry", country(address.country));
    around("Address", &(lines + &rest))
}
