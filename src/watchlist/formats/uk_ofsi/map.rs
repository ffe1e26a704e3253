//! Decides what the rows of one group say about one listed party.
//!
//! Rows repeat everything but the name, and now and then say more: every different value is kept,
//! none twice. The first primary name is the caption. The earliest day of listing and the latest
//! day of change count. Texts that number their parts (`(1) … (2) …`) are taken apart; numbers and
//! their details, towns and countries of birth, are paired by place when there are as many of one
//! as of the other. `-` in a detail is the publisher's way to say "none".

use super::super::day_first::day_first;
use super::super::delimited::Row;
use super::super::enumerated::{all_items, items};
use super::super::fault::Fault;
use super::super::nationality;
use super::{names, other};
use crate::party::{
    Address, Country, Identifier, NameQuality, PartialDate, PartyKind, PartyName, Scheme, Tie,
};
use crate::watchlist::{Detail, ListSource, Listing};
use std::collections::BTreeSet;

/// Column that holds the rows of one party together.
pub(super) const GROUP_ID: &str = "Group ID";
const GROUP_TYPE: &str = "Group Type";
const TITLES: [&str; 2] = ["Title", "Position"];
const DOB: &str = "DOB";
const TOWN_OF_BIRTH: &str = "Town of Birth";
const COUNTRY_OF_BIRTH: &str = "Country of Birth";
const NATIONALITY: &str = "Nationality";
const NUMBERS: [(&str, &str, Scheme); 2] = [
    ("Passport Number", "Passport Details", Scheme::Passport),
    ("National Identification Number", "National Identification Details", Scheme::NationalId),
];
const ADDRESS: [&str; 7] =
    ["Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code"];
const POST_CODE: &str = "Post/Zip Code";
const COUNTRY: &str = "Country";
const OTHER: &str = "Other Information";
const REGIME: &str = "Regime";
const LISTED_ON: &str = "Listed On";
const DESIGNATED: &str = "UK Sanctions List Date Designated";
const AMENDED: &str = "Last Updated";
/// Words in the details of a national number that say it is a tax number.
const TAX_WORDS: [&str; 4] = ["tax", "fiscal", "inn", "tin"];

/// The rows of one `Group ID`, put together as they are read.
pub(super) struct Group {
    /// Row the group was first seen in.
    pub(super) row: u64,
    /// That row, for a person.
    pub(super) raw: String,
    listing: Listing,
    names: Vec<PartyName>,
    told: BTreeSet<(String, String)>,
}

impl Group {
    /// A group without rows.
    pub(super) fn new(id: String, row: u64, raw: String) -> Self {
        let listing = Listing { id, ..Listing::default() };
        Self { row, raw, listing, names: Vec::new(), told: BTreeSet::new() }
    }

    /// Takes in one row.
    pub(super) fn add(&mut self, row: &Row<'_>, faults: &mut Vec<Fault>) {
        for name in names::names(row, faults) {
            match self.names.iter_mut().find(|known| known.text == name.text) {
                None => self.names.push(name),
                Some(known) => {
                    known.quality = known.quality.min(name.quality);
                    known.language = known.language.take().or(name.language);
                }
            }
        }
        self.kind(row, faults);
        self.birth(row, faults);
        self.numbers(row);
        self.address(row, faults);
        let listing = &mut self.listing;
        for text in TITLES.iter().filter_map(|column| row.value(column)) {
            items(&text).into_iter().for_each(|item| add(&mut listing.functions, item));
        }
        if let Some(regime) = row.value(REGIME) {
            add(&mut listing.programmes, regime);
        }
        if let Some(text) = row.value(OTHER).filter(|text| !listing.remarks.contains(text)) {
            other::read(&text, listing);
            listing.remarks.push(text);
        }
        if let Some(date) = date(row, LISTED_ON, faults) {
            listing.listed_on = Some(listing.listed_on.map_or(date, |known| known.min(date)));
        }
        if let Some(date) = date(row, AMENDED, faults) {
            listing.amended_on = Some(listing.amended_on.map_or(date, |known| known.max(date)));
        }
        if let Some(date) = date(row, DESIGNATED, faults) {
            add(&mut listing.details, Detail::new(DESIGNATED, date.to_string()));
        }
        // Every row of a group repeats what the first one says, its faults too.
        faults.retain(|fault| self.told.insert((fault.field.clone(), fault.message.clone())));
    }

    /// The listing; `None` when no row had a name, which is then a fault.
    pub(super) fn listing(
        mut self,
        source: &ListSource,
        faults: &mut Vec<Fault>,
    ) -> Option<Listing> {
        if self.names.is_empty() {
            let message = "expected Name 1 to Name 6 in a row of the group, found none";
            faults.push(Fault::record("no-name", message));
            return None;
        }
        if !self.names.iter().any(|name| name.quality == NameQuality::Primary) {
            let message = "expected a row with the primary name; the first name stands for it";
            faults.push(Fault::field("Alias Type", "no-primary-name", message));
            if let Some(first) = self.names.first_mut() {
                first.quality = NameQuality::Primary;
            }
        }
        self.names.sort_by_key(|name| name.quality != NameQuality::Primary);
        self.listing.party.names = self.names;
        self.listing.list = source.name.clone();
        self.listing.topics = source.topics();
        self.listing.authority = source.authority.clone();
        Some(self.listing)
    }

    fn kind(&mut self, row: &Row<'_>, faults: &mut Vec<Fault>) {
        let stated = row.value(GROUP_TYPE).unwrap_or_default();
        let kind = match stated.to_lowercase().as_str() {
            "individual" => PartyKind::Person,
            "entity" => PartyKind::Organization,
            "ship" => PartyKind::Vessel,
            _ => {
                let message = format!("expected Individual, Entity or Ship, found '{stated}'");
                faults.push(Fault::field(GROUP_TYPE, "unknown-kind", message));
                return;
            }
        };
        self.listing.party.kind.get_or_insert(kind);
    }

    fn birth(&mut self, row: &Row<'_>, faults: &mut Vec<Fault>) {
        let party = &mut self.listing.party;
        if let Some(date) = date(row, DOB, faults) {
            add(&mut party.birth_dates, date.into());
        }
        let towns = row.value(TOWN_OF_BIRTH).map(|t| all_items(&t)).unwrap_or_default();
        let countries = row.value(COUNTRY_OF_BIRTH).map(|t| all_items(&t)).unwrap_or_default();
        for country in countries.iter().filter(|text| is_stated(text)) {
            let today = nationality::country_today(country);
            let today = today.or_else(|| nationality::stated(country, COUNTRY_OF_BIRTH, faults));
            if let Some(country) = today {
                party.tie(country, Tie::BirthPlace);
            }
        }
        let plain = |text: &String| text.trim_end_matches('.').trim().to_owned();
        let places: Vec<String> = if towns.len() == countries.len() {
            let pairs = towns.iter().zip(&countries);
            pairs.map(|(town, country)| joined([plain(town), plain(country)])).collect()
        } else if let ([_, _, ..], [country]) = (towns.as_slice(), countries.as_slice()) {
            towns.iter().map(|town| joined([plain(town), plain(country)])).collect()
        } else {
            towns.iter().chain(&countries).map(plain).collect()
        };
        places.into_iter().filter(|p| is_stated(p)).for_each(|p| add(&mut party.birth_places, p));
        let nationalities = row.value(NATIONALITY).map(|text| items(&text)).unwrap_or_default();
        for text in nationalities.iter().filter(|text| is_stated(text)) {
            if let Some(country) = nationality::stated(text, NATIONALITY, faults) {
                party.tie(country, Tie::Nationality);
            }
        }
    }

    fn numbers(&mut self, row: &Row<'_>) {
        for (number, details, scheme) in NUMBERS {
            let stated = row.value(details);
            let values = row.value(number).map(|text| all_items(&text)).unwrap_or_default();
            let apart = stated.as_deref().map(all_items).filter(|d| d.len() == values.len());
            for (place, value) in values.into_iter().enumerate().filter(|(_, v)| is_stated(v)) {
                let detail = match &apart {
                    Some(details) => details.get(place).cloned(),
                    None => stated.clone(),
                };
                let detail = detail.filter(|text| is_stated(text));
                let identifier = Identifier {
                    scheme: detail.as_deref().map_or(scheme, |d| scheme_of(scheme, d)),
                    value,
                    country: detail.as_deref().and_then(issuer),
                    label: Some(detail.unwrap_or_else(|| number.to_owned())),
                };
                add(&mut self.listing.party.identifiers, identifier);
            }
            if row.value(number).is_none()
                && let Some(detail) = stated
            {
                add(&mut self.listing.details, Detail::new(details.to_lowercase(), detail));
            }
        }
    }

    fn address(&mut self, row: &Row<'_>, faults: &mut Vec<Fault>) {
        let lines: Vec<String> = ADDRESS.iter().filter_map(|column| row.value(column)).collect();
        let stated = row.value(COUNTRY);
        let country = stated.as_deref().and_then(|text| {
            let known = text.split(['(', ',']).next().and_then(nationality::country);
            known.or_else(|| nationality::stated(text, COUNTRY, faults))
        });
        let party = &mut self.listing.party;
        if let Some(country) = country {
            party.tie(country, Tie::Address);
        }
        // What the country's column says beyond the country's name would be lost otherwise.
        let beyond = stated.filter(|text| nationality::country(text).is_none());
        let text = lines.into_iter().chain(beyond).collect::<Vec<_>>().join(", ");
        if !text.is_empty() {
            let postal_code = row.value(POST_CODE);
            add(&mut party.addresses, Address { text, city: None, postal_code, country });
        }
    }
}

fn add<T: PartialEq>(known: &mut Vec<T>, new: T) {
    if !known.contains(&new) {
        known.push(new);
    }
}

fn is_stated(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn joined(parts: [String; 2]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn date(row: &Row<'_>, column: &str, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    let text = row.value(column)?;
    let read = day_first(&text).or_else(|error| text.parse().map_err(|_| error));
    read.map_err(|error| faults.push(Fault::field(column, "bad-date", error.to_string()))).ok()
}

/// The scheme of a number, which its details may narrow to a tax number.
fn scheme_of(scheme: Scheme, details: &str) -> Scheme {
    let lower = details.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let is_tax = words.any(|word| TAX_WORDS.contains(&word) || word.starts_with("taxpayer"));
    if scheme == Scheme::NationalId && is_tax { Scheme::Tax } else { scheme }
}

/// The country the details open with ("Tunisian number, issued on …").
fn issuer(details: &str) -> Option<Country> {
    let mut opening = String::new();
    let mut found = None;
    for word in details.split_whitespace().take(5) {
        let is_end = word.ends_with(['.', ',', ';', ':', ')']);
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
        opening = joined_words(&opening, word);
        found = nationality::country(&opening).or(found);
        if is_end {
            break;
        }
    }
    found
}

fn joined_words(text: &str, word: &str) -> String {
    if text.is_empty() { word.to_owned() } else { format!("{text} {word}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_is_the_country_the_details_open_with() {
        for (text, code) in [
            ("Tunisian number, issued on 4 Jan. 2010", Some("TN")),
            ("South Sudan number", Some("SS")),
            ("(Pakistan). Expires 1 Jan 2015", Some("PK")),
            ("Iraq. Issued in Jordan", Some("IQ")),
            ("Issued in Karachi, Pakistan", None),
            ("Diplomatic", None),
        ] {
            assert_eq!(issuer(text).map(Country::code), code, "{text}");
        }
        assert_eq!(scheme_of(Scheme::NationalId, "Taxpayer ID"), Scheme::Tax);
        assert_eq!(scheme_of(Scheme::NationalId, "Inner city card"), Scheme::NationalId);
    }
}
