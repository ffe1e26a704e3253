//! Decides what one designation of the UK Sanctions List says: who is designated, under which
//! regulations, by whom, what is forbidden and why.
//!
//! `Name6` is the family name or the whole name of an entity or ship, `Name1` to `Name5` stand
//! before it. The primary name is the one typed so; of several the first in the alphabet, so that
//! the file's order decides nothing. "Primary name variation" is an alias like another, a "low
//! quality a.k.a" a weak one. An empty `Name` element says nothing.

use super::super::dates::day_month_year;
use super::super::fault::{self, Fault};
use super::super::languages;
use super::super::names_text::split_names;
use super::super::xml::Node;
use super::details;
use crate::party::{Address, NameQuality, PartialDate, Party, PartyKind, PartyName, Tie};
use crate::watchlist::{Detail, ListSource, Listing};

const NAME_PARTS: [&str; 6] = ["Name1", "Name2", "Name3", "Name4", "Name5", "Name6"];
const ADDRESS_LINES: [&str; 7] = [
    "AddressLine1",
    "AddressLine2",
    "AddressLine3",
    "AddressLine4",
    "AddressLine5",
    "AddressLine6",
    "AddressPostalCode",
];
/// Who designates, by the publisher's letters; several are separated by `|`.
const DESIGNATORS: [(&str, &str); 2] =
    [("UK", "United Kingdom"), ("UN", "United Nations Security Council")];
/// Numbers of the entry with other publishers.
const REFERENCES: [(&str, &str); 2] =
    [("OFSIGroupID", "OFSI group ID"), ("UNReferenceNumber", "UN reference number")];
/// Children read here; all others are particulars.
const READ_HERE: [&str; 15] = [
    "UniqueID",
    "OFSIGroupID",
    "UNReferenceNumber",
    "Names",
    "NonLatinNames",
    "RegimeName",
    "IndividualEntityShip",
    "DesignationSource",
    "SanctionsImposed",
    "SanctionsImposedIndicators",
    "OtherInformation",
    "UKStatementofReasons",
    "Addresses",
    "LastUpdated",
    "DateDesignated",
];

/// The listing of a record; `None` when it has no identifier or no name, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    record: &Node,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let Some(id) = record.value("UniqueID") else {
        faults.push(Fault::record("no-id", "expected a UniqueID, found none"));
        return None;
    };
    let names = names(record, faults);
    if names.is_empty() {
        faults.push(Fault::record("no-name", "expected a Name with Name1 to Name6, found none"));
        return None;
    }
    let mut listing = Listing {
        list: source.name.clone(),
        id,
        party: Party { kind: kind(record, faults), names, ..Party::default() },
        topics: source.topics(),
        programmes: record.value("RegimeName").into_iter().collect(),
        authority: authority(record).or_else(|| source.authority.clone()),
        listed_on: day(record, "DateDesignated", faults),
        amended_on: day(record, "LastUpdated", faults),
        measures: measures(record),
        legal_basis: record.value("RegimeName").into_iter().collect(),
        reasons: record.value("UKStatementofReasons").into_iter().collect(),
        remarks: record.value("OtherInformation").into_iter().collect(),
        ..Listing::default()
    };
    for (element, label) in REFERENCES {
        listing.details.extend(record.value(element).map(|value| Detail::new(label, value)));
    }
    addresses(record, &mut listing, faults);
    for child in record.children.iter().filter(|c| !READ_HERE.contains(&c.name.as_str())) {
        details::read(child, &mut listing, faults);
    }
    Some(listing)
}

fn names(record: &Node, faults: &mut Vec<Fault>) -> Vec<PartyName> {
    let mut primaries: Vec<String> = Vec::new();
    let mut others: Vec<PartyName> = Vec::new();
    for stated in record.all("Names").flat_map(|names| names.all("Name")) {
        let parts: Vec<String> = NAME_PARTS.iter().filter_map(|part| stated.value(part)).collect();
        for text in split_names(&parts.join(" ")) {
            match quality(stated, faults) {
                NameQuality::Primary => primaries.push(text),
                quality => others.push(PartyName::new(text, quality)),
            }
        }
    }
    primaries.sort();
    others.extend(
        record.all("NonLatinNames").flat_map(|all| all.all("NonLatinName")).flat_map(native),
    );
    let mut names: Vec<PartyName> = Vec::new();
    let primaries = primaries.into_iter().map(|text| PartyName::new(text, NameQuality::Alias));
    for name in primaries.chain(others) {
        match names.iter_mut().find(|known| known.text == name.text) {
            Some(known) if known.quality == NameQuality::WeakAlias => known.quality = name.quality,
            Some(_) => {}
            None => names.push(name),
        }
    }
    if let Some(first) = names.first_mut() {
        first.quality = NameQuality::Primary;
    }
    names
}

fn quality(stated: &Node, faults: &mut Vec<Fault>) -> NameQuality {
    let kind = stated.value("NameType").unwrap_or_default();
    let strength = stated.value("AliasStrength").unwrap_or_default().to_lowercase();
    match kind.to_lowercase().as_str() {
        "primary name" => NameQuality::Primary,
        _ if strength.starts_with("low") => NameQuality::WeakAlias,
        "alias" | "primary name variation" => NameQuality::Alias,
        other if other.contains("former") || other.contains("previous") => NameQuality::Former,
        _ => {
            let message =
                format!("expected a known type of name, found '{kind}'; read as an alias");
            faults.push(Fault::field("NameType", "unknown-name-type", message));
            NameQuality::Alias
        }
    }
}

/// A name in another script, with its language when the publisher states it, else its script.
fn native(stated: &Node) -> Vec<PartyName> {
    let language = stated.value("NonLatinScriptLanguage").as_deref().and_then(languages::bcp47);
    let script = stated.value("NonLatinScriptType");
    let language = language.or_else(|| languages::of_script(script.as_deref()?));
    let texts = stated.value("NameNonLatinScript").map(|text| split_names(&text));
    let named = |text| PartyName { text, quality: NameQuality::Native, language: language.clone() };
    texts.unwrap_or_default().into_iter().map(named).collect()
}

fn kind(record: &Node, faults: &mut Vec<Fault>) -> Option<PartyKind> {
    let stated = record.value("IndividualEntityShip").unwrap_or_default();
    match stated.to_lowercase().as_str() {
        "individual" => Some(PartyKind::Person),
        "entity" => Some(PartyKind::Organization),
        "ship" => Some(PartyKind::Vessel),
        _ => {
            let message = format!("expected Individual, Entity or Ship, found '{stated}'");
            faults.push(Fault::field("IndividualEntityShip", "unknown-kind", message));
            None
        }
    }
}

fn authority(record: &Node) -> Option<String> {
    let stated = record.value("DesignationSource")?;
    let named = |code: &str| {
        let known = DESIGNATORS.iter().find(|(letters, _)| *letters == code);
        known.map_or(code, |(_, name)| *name).to_owned()
    };
    Some(stated.split('|').map(|code| named(code.trim())).collect::<Vec<_>>().join(", "))
}

fn day(record: &Node, element: &str, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    let text = record.value(element)?;
    day_month_year(&text)
        .map_err(|error| faults.push(Fault::field(element, "bad-date", error.to_string())))
        .ok()
}

/// What `SanctionsImposed` names, and any indicator that it does not.
fn measures(record: &Node) -> Vec<String> {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
    };
    let stated = record.value("SanctionsImposed").unwrap_or_default();
    let mut measures: Vec<String> = Vec::new();
    for measure in stated.split('|').map(str::trim).filter(|text| !text.is_empty()) {
        if !measures.iter().any(|known| known == measure) {
            measures.push(measure.to_owned());
        }
    }
    let named = letters(&stated);
    for indicator in record.all("SanctionsImposedIndicators").flat_map(|all| &all.children) {
        if indicator.line() == "true" && !named.contains(&letters(&indicator.name)) {
            measures.push(details::in_words(&indicator.name));
        }
    }
    measures
}

fn addresses(record: &Node, listing: &mut Listing, faults: &mut Vec<Fault>) {
    for stated in record.all("Addresses").flat_map(|all| all.all("Address")) {
        let name = stated.value("AddressCountry");
        let country =
            name.as_deref().and_then(|text| fault::country(text, "AddressCountry", faults));
        if let Some(country) = country {
            listing.party.tie(country, Tie::Address);
        }
        let lines = ADDRESS_LINES.iter().filter_map(|line| stated.value(line));
        let lines: Vec<String> = lines.chain(name.filter(|_| country.is_none())).collect();
        let address = Address {
            text: lines.join(", "),
            city: None,
            postal_code: stated.value("AddressPostalCode"),
            country,
        };
        let is_said = !address.text.is_empty() || country.is_some();
        if is_said && !listing.party.addresses.contains(&address) {
            listing.party.addresses.push(address);
        }
    }
}
