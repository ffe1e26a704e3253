//! Decides what the rows of one number say about one listed party.
//!
//! Rows repeat everything but the name; every different value is kept, none twice. `NA` is the
//! publisher's way to say "none". A name marked as one the party was listed under before is a
//! former name. The committee names the programme: a resolution of the Security Council means the
//! Council listed the party, `1373` and `Autonomous` mean the Australian minister did. Cells in free
//! text stay as they are beside what is read out of them.

use super::super::dates::english_span;
use super::super::delimited::Row;
use super::super::enumerated::items;
use super::super::fault::{self, Fault};
use super::super::nationality;
use super::{births, extra};
use crate::party::{Address, Country, NameQuality, PartialDate, PartyKind, PartyName, Tie};
use crate::watchlist::{ListSource, Listing};
use std::collections::BTreeSet;

pub(super) const REFERENCE: &str = "Reference";
pub(super) const NAME: &str = "Name of Individual or Entity";
pub(super) const TYPE: &str = "Type";
pub(super) const NAME_TYPE: &str = "Name Type";
const DATE_OF_BIRTH: &str = "Date of Birth";
const PLACE_OF_BIRTH: &str = "Place of Birth";
const CITIZENSHIP: &str = "Citizenship";
const ADDRESS: &str = "Address";
const ADDITIONAL: &str = "Additional Information";
const LISTING: &str = "Listing Information";
const COMMITTEES: &str = "Committees";
const CONTROL_DATE: &str = "Control Date";
/// Every column of the format.
pub(super) const COLUMNS: [&str; 12] = [
    REFERENCE,
    NAME,
    TYPE,
    NAME_TYPE,
    DATE_OF_BIRTH,
    PLACE_OF_BIRTH,
    CITIZENSHIP,
    ADDRESS,
    ADDITIONAL,
    LISTING,
    COMMITTEES,
    CONTROL_DATE,
];
const SECURITY_COUNCIL: &str = "United Nations Security Council";
/// The resolution under which states decide for themselves.
const OWN_DECISION: &str = "1373";
/// What a bracket behind a name opens with when the party was listed under that name before.
const FORMER: [&str; 2] = ["previously listed as", "formerly listed as"];

/// The number of the listing a row belongs to: `1234b` is `1234`.
pub(super) fn reference(row: &Row<'_>) -> Result<String, Fault> {
    let stated = row.value(REFERENCE).unwrap_or_default();
    let digits: String = stated.chars().take_while(char::is_ascii_digit).collect();
    let letters = stated.chars().skip(digits.len());
    if digits.is_empty() || letters.clone().any(|c| !c.is_alphanumeric()) || letters.count() > 4 {
        let message = format!("expected a reference as '1234' or '1234a', found '{stated}'");
        return Err(Fault { field: REFERENCE.to_owned(), code: "no-id", message });
    }
    Ok(digits)
}

/// The rows of one number, put together as they are read.
pub(super) struct Group {
    /// Row the number was first seen in.
    pub(super) row: u64,
    /// That row, for a person.
    pub(super) raw: String,
    listing: Listing,
    told: BTreeSet<(String, String)>,
}

impl Group {
    /// A number without rows.
    pub(super) fn new(id: String, row: u64, raw: String) -> Self {
        Self { row, raw, listing: Listing { id, ..Listing::default() }, told: BTreeSet::new() }
    }

    /// Takes in one row.
    pub(super) fn add(&mut self, row: &Row<'_>, faults: &mut Vec<Fault>) {
        let listing = &mut self.listing;
        name(row, listing, faults);
        kind(row, listing, faults);
        birth(row, listing, faults);
        for text in stated(row, CITIZENSHIP).map(|text| items(&text)).unwrap_or_default() {
            for country in citizenships(&text, faults) {
                listing.party.tie(country, Tie::Nationality);
            }
        }
        addresses(row, listing);
        if let Some(text) = stated(row, ADDITIONAL).filter(|t| !listing.remarks.contains(t)) {
            extra::read(&text, listing);
            listing.remarks.push(text);
        }
        if let Some(text) = stated(row, LISTING) {
            let listed = listed_on(&text);
            listing.listed_on = listing.listed_on.into_iter().chain(listed).min();
            add(&mut listing.legal_basis, text);
        }
        if let Some(committee) = stated(row, COMMITTEES) {
            let is_council = committee.starts_with(|c: char| c.is_ascii_digit());
            if is_council && !committee.starts_with(OWN_DECISION) {
                listing.authority = Some(SECURITY_COUNCIL.to_owned());
            }
            add(&mut listing.programmes, committee);
        }
        let control = stated(row, CONTROL_DATE).and_then(|t| fault::date(&t, CONTROL_DATE, faults));
        listing.amended_on = listing.amended_on.max(control);
        // Every row of a number repeats what the first one says, its faults too.
        faults.retain(|fault| self.told.insert((fault.field.clone(), fault.message.clone())));
    }

    /// The listing; `None` when no row had a name, which is then a fault.
    pub(super) fn listing(
        mut self,
        source: &ListSource,
        faults: &mut Vec<Fault>,
    ) -> Option<Listing> {
        let names = &mut self.listing.party.names;
        if names.is_empty() {
            let message = format!("expected '{NAME}' in a row of the number, found none");
            faults.push(Fault::record("no-name", message));
            return None;
        }
        if !names.iter().any(|name| name.quality == NameQuality::Primary) {
            let message = "expected a row with the primary name; the first name stands for it";
            faults.push(Fault::field(NAME_TYPE, "no-primary-name", message));
        }
        names.sort_by_key(|name| name.quality != NameQuality::Primary);
        self.listing.list = source.name.clone();
        self.listing.topics = source.topics();
        self.listing.authority = self.listing.authority.or_else(|| source.authority.clone());
        Some(self.listing)
    }
}

fn add<T: PartialEq>(known: &mut Vec<T>, new: T) {
    if !known.contains(&new) {
        known.push(new);
    }
}

/// A cell that says something: not blank, not `NA`.
fn stated(row: &Row<'_>, column: &str) -> Option<String> {
    row.value(column).filter(|text| !matches!(text.to_lowercase().as_str(), "na" | "n/a" | "na."))
}

fn name(row: &Row<'_>, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let Some(text) = row.value(NAME) else {
        let message = "expected a name, found none; what else the row says is used";
        faults.push(Fault::field(NAME, "no-name", message));
        return;
    };
    let written = row.value(NAME_TYPE).unwrap_or_default();
    let quality = match written.to_lowercase().as_str() {
        "primary name" => NameQuality::Primary,
        "aka" => NameQuality::Alias,
        "original script" => NameQuality::Native,
        "formerly known as" | "previously listed as" => NameQuality::Former,
        _ => {
            let message = format!(
                "expected 'Primary Name', 'aka', 'Original Script' or 'Formerly known as', found '{written}'"
            );
            faults.push(Fault::field(NAME_TYPE, "unknown-value", message));
            NameQuality::Alias
        }
    };
    let note = text.split_once('(').filter(|(_, note)| {
        let note = note.to_lowercase();
        FORMER.iter().any(|words| note.starts_with(words))
    });
    let name = match note {
        Some((name, _)) => {
            let name = PartyName::new(name.trim(), quality.max(NameQuality::Former));
            add(&mut listing.remarks, text.clone());
            name
        }
        None => PartyName::new(text.as_str(), quality),
    };
    match listing.party.names.iter_mut().find(|known| known.text == name.text) {
        None => listing.party.names.push(name),
        Some(known) => known.quality = known.quality.min(name.quality),
    }
}

fn kind(row: &Row<'_>, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let written = row.value(TYPE).unwrap_or_default();
    let kind = match written.to_lowercase().as_str() {
        "individual" => PartyKind::Person,
        "entity" => PartyKind::Organization,
        "vessel" => PartyKind::Vessel,
        _ => {
            let message = format!("expected Individual, Entity or Vessel, found '{written}'");
            faults.push(Fault::field(TYPE, "unknown-kind", message));
            return;
        }
    };
    listing.party.kind.get_or_insert(kind);
}

fn birth(row: &Row<'_>, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let party = &mut listing.party;
    if let Some(text) = stated(row, DATE_OF_BIRTH) {
        let (dates, errors) = births::births(&text);
        dates.into_iter().for_each(|date| add(&mut party.birth_dates, date));
        let fault = |error: &crate::party::DateError| {
            Fault::field(DATE_OF_BIRTH, "bad-date", error.to_string())
        };
        faults.extend(errors.iter().map(fault));
        if !errors.is_empty() || text.contains('(') {
            add(&mut listing.remarks, format!("{DATE_OF_BIRTH}: {text}"));
        }
    }
    for place in stated(row, PLACE_OF_BIRTH).map(|text| items(&text)).unwrap_or_default() {
        if let Some(country) = place.rsplit(',').next().and_then(nationality::country_today) {
            party.tie(country, Tie::BirthPlace);
        }
        add(&mut party.birth_places, place);
    }
}

/// The countries of a text that may name several; one that is none of them is a fault.
fn citizenships(text: &str, faults: &mut Vec<Fault>) -> Vec<Country> {
    let whole =
        |text: &str| nationality::country(text).or_else(|| nationality::country_today(text));
    if let Some(country) = whole(text) {
        return vec![country];
    }
    let commas = text.split([';', ',', '/']).flat_map(|part| match whole(part) {
        Some(_) => vec![part],
        None => part.split(" and ").collect(),
    });
    let parts: Vec<&str> = commas.map(str::trim).filter(|part| !part.is_empty()).collect();
    let countries = parts
        .iter()
        .filter_map(|part| whole(part).or_else(|| nationality::stated(part, CITIZENSHIP, faults)));
    countries.collect()
}

fn addresses(row: &Row<'_>, listing: &mut Listing) {
    for item in stated(row, ADDRESS).map(|text| items(&text)).unwrap_or_default() {
        for text in item.split(';').map(str::trim).filter(|text| !text.is_empty()) {
            let last = text.rsplit(',').next().and_then(|last| last.split('(').next());
            let country = last.and_then(nationality::country);
            if let Some(country) = country {
                listing.party.tie(country, Tie::Address);
            }
            let address = Address { text: text.to_owned(), country, ..Address::default() };
            add(&mut listing.party.addresses, address);
        }
    }
}

/// The first day behind "listed … on"; other words name instruments and not days.
fn listed_on(text: &str) -> Option<PartialDate> {
    let lower = text.to_lowercase();
    if !lower.starts_with("listed") && !lower.starts_with("first listed") {
        return None;
    }
    let (_, behind) = lower.split_once(" on").filter(|(head, _)| !head.contains('('))?;
    let words = behind.trim_start_matches([':', ' ']).split([' ', ')']).filter(|w| !w.is_empty());
    let day: Vec<&str> = words.take(3).collect();
    let date = english_span(&day.join(" ")).ok()?.from;
    date.day().map(|_| date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_listing_is_the_first_one_stated() {
        for (text, day) in [
            (
                "Listed by UN 1267 Committee on 3 January 2002 (amended on 4 Dec. 2006)",
                Some("2002-01-03"),
            ),
            ("Listed on: 5 Jun. 2018", Some("2018-06-05")),
            ("Listed on 6 Jul. 2013 (re-listed on 7 Jul. 2016)", Some("2013-07-06")),
            ("Instrument of first designation: Instrument 2022 on 3 May 2022", None),
            ("Listed on the ground of 1373", None),
        ] {
            assert_eq!(listed_on(text).map(|d| d.to_string()).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn citizenships_are_taken_apart_where_they_are_several() {
        let mut faults = Vec::new();
        let mut codes = |text: &str| -> Vec<&'static str> {
            citizenships(text, &mut faults).into_iter().map(Country::code).collect()
        };
        assert_eq!(codes("Russian and Ukrainian"), ["RU", "UA"]);
        assert_eq!(codes("Bosnia and Herzegovina"), ["BA"]);
        assert_eq!(codes("Malian / Mauritanian, Trinidad and Tobago"), ["ML", "MR", "TT"]);
        assert_eq!(codes("Congolese"), [""; 0]);
        assert_eq!(faults.len(), 1);
    }
}
