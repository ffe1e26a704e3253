//! Decides what one record of the World Bank's list says.
//!
//! A ground that cites a rule by its number is a legal basis, one in words is a reason; "corrupt
//! practice" in words is the topic `corruption` as well. A debarment without an end carries the
//! year 2999 in the file: that is no date, so there is none, and the standing ("Ongoing",
//! "Permanent") is a particular. A cross-debarment was decided by another bank: that bank is
//! the authority.

use super::super::fault::{self, Fault};
use super::notes::{self, Noted};
use crate::party::{
    Address, Country, Identifier, NameQuality, Party, PartyKind, PartyName, Scheme, Tie,
};
use crate::watchlist::{Detail, ListSource, Listing, Topic};
use serde_json::{Map, Value};

const ID: &str = "SUPP_ID";
const NAME: &str = "SUPP_NAME";
const TYPE: &str = "SUPP_TYPE_CODE";
const BEFORE_NAME: &str = "SUPP_PRE_ACRN";
const BEHIND_NAME: &str = "SUPP_POST_ACRN";
const COUNTRY_CODE: &str = "LAND1";
const COUNTRY_NAME: &str = "COUNTRY_NAME";
const STREET: &str = "SUPP_ADDR";
const CITY: &str = "SUPP_CITY";
const PROVINCE: &str = "SUPP_PROV_NAME";
const STATE: &str = "SUPP_STATE_CODE";
const ZIP: &str = "SUPP_ZIP_CODE";
const POST_CODE: &str = "SUPP_POST_CODE";
const FROM: &str = "DEBAR_FROM_DATE";
const TO: &str = "DEBAR_TO_DATE";
const GROUND: &str = "DEBAR_REASON";
const INFORMATION: &str = "ADD_SUPP_INFO";
const STATUS: &str = "ELIG_STAT";
const STANDING: &str = "INELIGIBLY_STATUS";
const REGISTER_ID: &str = "REGISTER_ID";
const DUNS: &str = "DNB_ID";

/// Keys that are read.
pub(super) const READ: [&str; 21] = [
    ID,
    NAME,
    TYPE,
    BEFORE_NAME,
    BEHIND_NAME,
    COUNTRY_CODE,
    COUNTRY_NAME,
    STREET,
    CITY,
    PROVINCE,
    STATE,
    ZIP,
    POST_CODE,
    FROM,
    TO,
    GROUND,
    INFORMATION,
    STATUS,
    STANDING,
    REGISTER_ID,
    DUNS,
];

/// Year the file writes where a debarment has no end.
const NO_END: &str = "2999";
/// Code of Zaire, withdrawn by ISO 3166-3, which the file still writes for the Democratic Republic
/// of the Congo.
const FORMER_CODE: (&str, &str) = ("ZR", "CD");
/// Banks of the agreement for mutual enforcement of debarment decisions (2010), as they are
/// abbreviated in the grounds.
const BANKS: [(&str, &str); 4] = [
    ("adb", "Asian Development Bank"),
    ("afdb", "African Development Bank"),
    ("ebrd", "European Bank for Reconstruction and Development"),
    ("idb", "Inter-American Development Bank"),
];

/// A record as it stands in the file.
pub(super) struct Record<'a>(Option<&'a Map<String, Value>>);

impl<'a> Record<'a> {
    /// The record, which should be an object.
    pub(super) fn new(value: &'a Value) -> Self {
        Self(value.as_object())
    }

    /// Text or number under a key with white space collapsed; `None` when there is none.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let text = match self.0?.get(key)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// Keys that have a value.
    pub(super) fn filled(&self) -> impl Iterator<Item = &'a str> {
        let pairs = self.0.into_iter().flatten();
        pairs.filter(|(_, value)| !value.is_null()).map(|(key, _)| key.as_str())
    }

    /// Bytes of the longest text.
    pub(super) fn longest(&self) -> usize {
        let values = self.0.into_iter().flat_map(Map::values);
        values.filter_map(Value::as_str).map(str::len).max().unwrap_or_default()
    }
}

/// The listing of a record; `None` when it has no identifier or no name, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    record: &Record<'_>,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let Some(id) = record.text(ID) else {
        faults.push(Fault::record("no-id", format!("expected {ID}, found none")));
        return None;
    };
    let Some(name) = record.text(NAME) else {
        faults.push(Fault::record("no-name", format!("expected {NAME}, found none")));
        return None;
    };
    let kind = kind(record, faults);
    let mut listing = Listing {
        list: source.name.clone(),
        id,
        party: Party { kind, ..Party::default() },
        topics: source.topics(),
        authority: source.authority.clone(),
        measures: record.text(STATUS).into_iter().collect(),
        ..Listing::default()
    };
    names(record, &name, &mut listing);
    address(record, &mut listing.party, faults);
    for (key, label) in [(REGISTER_ID, "register number"), (DUNS, "D-U-N-S Number")] {
        let scheme = if key == DUNS { Scheme::Other } else { Scheme::Registration };
        if let Some(value) = record.text(key) {
            add_number(&mut listing.party, scheme, value, label);
        }
    }
    dates(record, &mut listing, faults);
    if let Some(ground) = record.text(GROUND) {
        grounds(&ground, &mut listing);
    }
    Some(listing)
}

/// Firms and corporations are companies; for `U` the Bank does not say.
fn kind(record: &Record<'_>, faults: &mut Vec<Fault>) -> Option<PartyKind> {
    match record.text(TYPE)?.as_str() {
        "F" | "C" => Some(PartyKind::Company),
        "I" => Some(PartyKind::Person),
        "U" => None,
        other => {
            let message = format!("expected F, C, I or U, found '{other}'");
            faults.push(Fault::field(TYPE, "unknown-kind", message));
            None
        }
    }
}

/// The name without the notes in it, then what notes and additional information call the party.
fn names(record: &Record<'_>, name: &str, listing: &mut Listing) {
    let (primary, inside) = notes::in_name(name);
    if primary != name {
        listing.remarks.push(name.to_owned());
    }
    listing.party.names.push(PartyName::new(primary, NameQuality::Primary));
    let behind = record.text(INFORMATION);
    let about = behind.as_deref().map(notes::in_information).unwrap_or_default();
    for noted in inside.into_iter().chain(about) {
        match noted {
            Noted::Name(text, quality) => add_name(&mut listing.party, &text, quality),
            Noted::Number(scheme, value, label) => {
                add_number(&mut listing.party, scheme, value, &label);
            }
            Noted::Footnote(number) => {
                listing.details.push(Detail::new("footnote", number));
            }
        }
    }
    listing.remarks.extend(behind);
    for (key, label) in
        [(BEFORE_NAME, "acronym before the name"), (BEHIND_NAME, "acronym behind the name")]
    {
        listing.details.extend(record.text(key).map(|value| Detail::new(label, value)));
    }
}

fn add_name(party: &mut Party, text: &str, quality: NameQuality) {
    if !party.names.iter().any(|name| name.text == text) {
        party.names.push(PartyName::new(text, quality));
    }
}

fn add_number(party: &mut Party, scheme: Scheme, value: String, label: &str) {
    if !party.identifiers.iter().any(|known| known.value == value) {
        let label = Some(label.to_owned());
        party.identifiers.push(Identifier { label, ..Identifier::new(scheme, value) });
    }
}

/// The code, or the name where there is no code of ISO 3166.
fn country(record: &Record<'_>, faults: &mut Vec<Fault>) -> Option<Country> {
    let stated = record.text(COUNTRY_CODE);
    let code =
        stated.as_deref().map(|code| if code == FORMER_CODE.0 { FORMER_CODE.1 } else { code });
    code.and_then(|code| code.parse().ok()).or_else(|| {
        let name = record.text(COUNTRY_NAME).or(stated)?;
        fault::country(&name, COUNTRY_NAME, faults)
    })
}

fn address(record: &Record<'_>, party: &mut Party, faults: &mut Vec<Fault>) {
    let country = country(record, faults);
    if let Some(country) = country {
        party.tie(country, Tie::Address);
    }
    let city = record.text(CITY);
    let postal_code = record.text(ZIP).or_else(|| record.text(POST_CODE));
    let region = [record.text(PROVINCE), record.text(STATE)];
    let parts = std::iter::once(record.text(STREET)).chain([city.clone()]).chain(region);
    let text = parts.flatten().chain(postal_code.clone()).collect::<Vec<_>>().join(", ");
    if !text.is_empty() || country.is_some() {
        party.addresses.push(Address { text, city, postal_code, country });
    }
}

fn dates(record: &Record<'_>, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let read = |key: &str, faults: &mut Vec<Fault>| {
        record.text(key).and_then(|text| fault::date(&text, key, faults))
    };
    listing.listed_on = read(FROM, faults);
    let has_end = !record.text(TO).is_some_and(|text| text.starts_with(NO_END));
    if has_end {
        listing.ends_on = read(TO, faults);
    } else {
        listing.details.push(Detail::new("end of ineligibility", "none stated"));
    }
    let standing = record.text(STANDING).map(|text| Detail::new("ineligibility status", text));
    listing.details.extend(standing);
}

fn grounds(ground: &str, listing: &mut Listing) {
    let lower = ground.to_lowercase();
    if let Some(bank) = deciding_bank(&lower) {
        listing.authority = Some(bank.to_owned());
    }
    if lower.contains("corrupt") {
        listing.topics.insert(Topic::Corruption);
    }
    let cites = ground.contains(|c: char| c.is_ascii_digit());
    if cites { &mut listing.legal_basis } else { &mut listing.reasons }.push(ground.to_owned());
}

/// `cross debarment: ADB` and the ways it is written.
fn deciding_bank(ground: &str) -> Option<&'static str> {
    let rest = ground.strip_prefix("cross")?.trim_start_matches(['-', ' ']);
    let bank = rest.strip_prefix("debarment")?.trim_matches([':', ' ', '.']);
    BANKS.iter().find(|(short, _)| *short == bank).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cross_debarment_names_the_bank_however_it_is_written() {
        assert_eq!(deciding_bank("cross debarment: adb"), Some("Asian Development Bank"));
        assert_eq!(deciding_bank("cross-debarment:  idb"), Some("Inter-American Development Bank"));
        assert_eq!(deciding_bank("fraudulent practice"), None);
        assert_eq!(deciding_bank("cross debarment: xyz"), None);
    }
}
