//! Writes OFAC's classic XML.
//!
//! A name is "LAST, First" in two elements; a person's further commas belong to the first name. An
//! element of the `id` list is a number or, under a label of its own, any other statement. The
//! words of a remark are kept; `Linked To:` in them would be a link, so none says that.

use super::strategy::{AddressForm, Birth, Carries};
use super::{Writer, Written, around, comes_back, country, element, english, street, tied};
use crate::lists_real::declared;
use diligence::party::{Gender, NameQuality, PartyKind, PartyName, Scheme, Tie};
use diligence::watchlist::{Format, ListSource, Listing};

const WRITER: Writer = Writer {
    source: || ListSource { format: Format::OfacXml, ..declared("ofac_cons") },
    carries,
    fit,
    section: |_| 0,
    has_ids: true,
    write,
};

#[test]
fn the_classic_ofac_xml_comes_back_as_it_was_written() {
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
        births: vec![Birth::Year, Birth::Month, Birth::Day, Birth::Circa, Birth::Years],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: vec![Tie::Address, Tie::BirthPlace, Tie::Nationality, Tie::Flag],
        numbers: vec![
            (Scheme::Passport, Some("Passport"), true),
            (Scheme::Tax, Some("Tax ID No."), true),
            (Scheme::Registration, Some("Registration Number"), true),
        ],
        addresses: 3,
        address: AddressForm::CityThenCode,
        functions: 1,
        programmes: 3,
        remarks: 1,
        details: vec!["nature of business", "vessel type"],
        ..Carries::default()
    }
}

/// The page of the entry follows from its number; only ships have a type.
fn fit(mut listing: Listing) -> Listing {
    listing.source_url =
        Some(format!("https://sanctionssearch.ofac.treas.gov/Details.aspx?id={}", listing.id));
    let is_ship = listing.party.kind == Some(PartyKind::Vessel);
    listing.details.retain(|detail| is_ship || detail.label != "vessel type");
    listing
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let entries: String = listings.iter().map(entry).collect();
    let text = format!(
        "<?xml version=\"1.0\" standalone=\"yes\"?>\n<sdnList xmlns=\"http://tempuri.org/sdnList.xsd\"><publshInformation><Publish_Date>05/06/2024</Publish_Date><Record_Count>{}</Record_Count></publshInformation>{entries}</sdnList>",
        listings.len()
    );
    Written::only("consolidated.xml", text, listings.len())
}

fn entry(listing: &Listing) -> String {
    let party = &listing.party;
    let kind = match party.kind {
        Some(PartyKind::Person) => "Individual",
        Some(PartyKind::Vessel) => "Vessel",
        Some(PartyKind::Aircraft) => "Aircraft",
        _ => "Entity",
    };
    let mut xml = element("uid", &listing.id) + &name(&party.names[0]);
    xml += &listing.functions.iter().map(|t| element("title", t)).collect::<String>();
    xml += &element("sdnType", kind);
    xml += &listing.remarks.iter().map(|t| element("remarks", t)).collect::<String>();
    let programmes = listing.programmes.iter().map(|t| element("program", t));
    xml += &around("programList", &programmes.collect::<String>());
    xml += &around("idList", &ids(listing));
    xml += &around("akaList", &party.names.iter().skip(1).map(alias).collect::<String>());
    let addresses = party.addresses.iter().map(|address| {
        let parts = element("address1", street(address))
            + &element("city", address.city.as_deref().unwrap_or_default())
            + &element("postalCode", address.postal_code.as_deref().unwrap_or_default())
            + &element("country", country(address.country));
        around("address", &parts)
    });
    xml += &around("addressList", &addresses.collect::<String>());
    let nationalities = tied(party, Tie::Nationality).into_iter();
    let nationalities = nationalities.map(|c| around("nationality", &element("country", c)));
    xml += &around("nationalityList", &nationalities.collect::<String>());
    let dates = party.birth_dates.iter().map(|span| element("dateOfBirth", &english(span)));
    let dates = dates.map(|date| around("dateOfBirthItem", &date));
    xml += &around("dateOfBirthList", &dates.collect::<String>());
    let places = party.birth_places.iter().map(|place| element("placeOfBirth", place));
    let places = places.map(|place| around("placeOfBirthItem", &place));
    xml += &around("placeOfBirthList", &places.collect::<String>());
    let ship = listing.details.iter().filter(|detail| detail.label == "vessel type");
    let ship = ship.map(|detail| element("vesselType", &detail.value)).collect::<String>();
    let flag = element("vesselFlag", &tied(party, Tie::Flag).concat());
    around("sdnEntry", &(xml + &around("vesselInfo", &(ship + &flag))))
}

fn name(name: &PartyName) -> String {
    match name.text.split_once(", ") {
        Some((last, first)) => element("firstName", first) + &element("lastName", last),
        None => element("lastName", &name.text),
    }
}

fn alias(alias: &PartyName) -> String {
    let kind = if alias.quality == NameQuality::Former { "f.k.a." } else { "a.k.a." };
    let category = if alias.quality == NameQuality::WeakAlias { "weak" } else { "strong" };
    around("aka", &(element("type", kind) + &element("category", category) + &name(alias)))
}

fn ids(listing: &Listing) -> String {
    let party = &listing.party;
    let mut xml = String::new();
    for number in &party.identifiers {
        let paper = element("idType", number.label.as_deref().unwrap())
            + &element("idNumber", &number.value)
            + &element("idCountry", country(number.country));
        xml += &around("id", &paper);
    }
    let gender = party.gender.map_or("", |g| if g == Gender::Male { "Male" } else { "Female" });
    let business = listing.details.iter().find(|detail| detail.label == "nature of business");
    let business = business.map_or("", |detail| detail.value.as_str());
    for (label, value) in [("Gender", gender), ("Nature of Business", business)] {
        if !value.is_empty() {
            xml += &around("id", &(element("idType", label) + &element("idNumber", value)));
        }
    }
    xml
}
