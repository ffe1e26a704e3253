//! Decides what one row of the Consolidated Screening List says.
//!
//! Cells with several values are taken apart at semicolons. An alias wholly in quotes is OFAC's
//! weak alias; the "and" before the last alias of the Entity List is no part of it. The last part
//! of an address is its country's code; only in the Denied Persons List it may be missing, and
//! then a state of the union with a postal code is the United States.

use super::super::bis_dpl;
use super::super::dates::english_span;
use super::super::delimited::Row;
use super::super::fault::{self, Fault};
use super::super::name_notes;
use super::ids::{self, Item};
use super::sublist::{self, SubList};
use crate::party::{
    Address, Country, DateSpan, Identifier, NameQuality, PartialDate, Party, PartyKind, PartyName,
    Scheme, Tie,
};
use crate::watchlist::{Detail, Link, ListSource, Listing, Topic};
use sha2::{Digest, Sha256};

const ID: &str = "_id";
const SOURCE: &str = "source";
const ENTITY_NUMBER: &str = "entity_number";
const TYPE: &str = "type";
const PROGRAMS: &str = "programs";
const NAME: &str = "name";
const TITLE: &str = "title";
const ADDRESSES: &str = "addresses";
const NOTICE: &str = "federal_register_notice";
const START: &str = "start_date";
const END: &str = "end_date";
const STANDARD_ORDER: &str = "standard_order";
const REQUIREMENT: &str = "license_requirement";
const POLICY: &str = "license_policy";
const CALL_SIGN: &str = "call_sign";
const VESSEL_TYPE: &str = "vessel_type";
const TONNAGE: &str = "gross_tonnage";
const REGISTERED_TONNAGE: &str = "gross_registered_tonnage";
const FLAG: &str = "vessel_flag";
const OWNER: &str = "vessel_owner";
const REMARKS: &str = "remarks";
const LIST_URL: &str = "source_list_url";
const ALIASES: &str = "alt_names";
const CITIZENSHIPS: &str = "citizenships";
const BIRTH_DATES: &str = "dates_of_birth";
const NATIONALITIES: &str = "nationalities";
const BIRTH_PLACES: &str = "places_of_birth";
const INFORMATION_URL: &str = "source_information_url";
const IDS: &str = "ids";

/// Columns of the header, all of them needed.
pub(super) const COLUMNS: [&str; 29] = [
    ID,
    SOURCE,
    ENTITY_NUMBER,
    TYPE,
    PROGRAMS,
    NAME,
    TITLE,
    ADDRESSES,
    NOTICE,
    START,
    END,
    STANDARD_ORDER,
    REQUIREMENT,
    POLICY,
    CALL_SIGN,
    VESSEL_TYPE,
    TONNAGE,
    REGISTERED_TONNAGE,
    FLAG,
    OWNER,
    REMARKS,
    LIST_URL,
    ALIASES,
    CITIZENSHIPS,
    BIRTH_DATES,
    NATIONALITIES,
    BIRTH_PLACES,
    INFORMATION_URL,
    IDS,
];
/// What the file writes when it knows no flag.
const NO_FLAG: &str = "none identified";
/// Opening of a link in the remarks.
const LINKED_TO: &str = "(Linked To: ";

/// The list a row belongs to, when the declaration leaves that list out.
pub(super) fn left_out(source: &ListSource, row: &Row<'_>) -> Option<String> {
    let stated = row.value(SOURCE)?;
    let code = sublist::of_source(&stated)?.code;
    source.skip_sublists.iter().any(|skipped| skipped == code).then_some(stated)
}

/// The listing of a row; `None` when it has no name, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    row: &Row<'_>,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let Some(name) = row.value(NAME) else {
        faults.push(Fault::record("no-name", format!("expected {NAME}, found none")));
        return None;
    };
    let stated = row.value(SOURCE).unwrap_or_default();
    let sublist = sublist::of_source(&stated);
    let mut listing = Listing {
        list: source.name.clone(),
        id: id(row, &stated, sublist),
        party: Party { kind: kind(row, faults), ..Party::default() },
        topics: source.topics(),
        programmes: values(row, PROGRAMS),
        authority: source.authority.clone(),
        functions: values(row, TITLE),
        listed_on: day(row, START, faults),
        ends_on: day(row, END, faults),
        legal_basis: row.value(NOTICE).into_iter().collect(),
        source_url: row.value(LIST_URL).or_else(|| row.value(INFORMATION_URL)),
        ..Listing::default()
    };
    names(row, name, &mut listing);
    belong(sublist, &stated, &mut listing, faults);
    births(row, &mut listing.party, faults);
    addresses(row, sublist, &mut listing.party);
    for item in values(row, IDS).iter().filter_map(|item| ids::read(item)) {
        add_item(item, &mut listing);
    }
    vessel(row, &mut listing, faults);
    measures(row, &mut listing, faults);
    if let Some(remark) = row.value(REMARKS) {
        listing.linked_to.extend(links(&remark));
        listing.remarks.push(remark);
    }
    if let Some(url) = row.value(INFORMATION_URL) {
        listing.details.push(Detail::new("information", url));
    }
    Some(listing)
}

/// The values of a cell.
fn values(row: &Row<'_>, column: &str) -> Vec<String> {
    let cell = row.value(column).unwrap_or_default();
    let pieces = cell.split(';').map(str::trim).filter(|piece| !piece.is_empty());
    pieces.map(str::to_owned).collect()
}

fn id(row: &Row<'_>, stated: &str, sublist: Option<SubList>) -> String {
    let number = row.value(ID).or_else(|| row.value(ENTITY_NUMBER));
    let number = number.unwrap_or_else(|| {
        let mut hash = Sha256::new();
        for text in [stated.to_owned()].into_iter().chain(
            [NAME, ADDRESSES].map(|column| row.value(column).unwrap_or_default().to_lowercase()),
        ) {
            hash.update(text);
            hash.update([0]);
        }
        let digits = base16ct::lower::encode_string(&hash.finalize());
        format!("csl-{}", digits.chars().take(16).collect::<String>())
    });
    match sublist.filter(|list| list.shares_numbers) {
        Some(list) => format!("{number}-{}", list.code.to_lowercase()),
        None => number,
    }
}

/// What the list inside adds to the entry. A list nobody knows is a sanction until somebody has
/// looked: the entry must not pass for one that says nothing.
fn belong(sublist: Option<SubList>, stated: &str, listing: &mut Listing, faults: &mut Vec<Fault>) {
    listing.details.push(Detail::new("source list", stated));
    if listing.programmes.is_empty() && !stated.is_empty() {
        listing.programmes.push(sublist::title(stated).to_owned());
    }
    match sublist {
        Some(list) => {
            listing.authority = Some(list.authority.to_owned());
            listing.topics.insert(list.topic());
        }
        None => {
            let known = sublist::codes().join(", ");
            let message =
                format!("expected one of the lists {known}; found '{stated}', read as a sanction");
            faults.push(Fault::field(SOURCE, "unknown-sublist", message));
            listing.topics.insert(Topic::Sanction);
        }
    }
}

/// The lists of the Departments of Commerce and State give no kind.
fn kind(row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<PartyKind> {
    let text = row.value(TYPE)?;
    let read = text.parse().map_err(|error: crate::party::UnknownKind| {
        faults.push(Fault::field(TYPE, "unknown-kind", error.to_string()));
    });
    read.ok()
}

/// The name without the notes in it, the names in them, the aliases.
fn names(row: &Row<'_>, name: String, listing: &mut Listing) {
    let noted = name_notes::split(&name);
    if noted.len() > 1 {
        listing.details.push(Detail::new("name as published", name));
    }
    let party = &mut listing.party;
    for (text, quality) in noted {
        let quality = match quality {
            _ if party.names.is_empty() => NameQuality::Primary,
            quality => quality.unwrap_or(NameQuality::Alias),
        };
        party.names.push(PartyName::new(text, quality));
    }
    for alias in values(row, ALIASES) {
        let quoted = alias.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let plain = alias.strip_prefix("and ").unwrap_or(&alias).trim();
        let found = match quoted {
            Some(text) if !text.contains('"') => {
                vec![(text.trim().to_owned(), Some(NameQuality::WeakAlias))]
            }
            _ => name_notes::split(plain),
        };
        for (text, quality) in found {
            if !text.is_empty() && !party.names.iter().any(|known| known.text == text) {
                let quality = quality.unwrap_or(NameQuality::Alias);
                party.names.push(PartyName::new(text, quality));
            }
        }
    }
}

fn births(row: &Row<'_>, party: &mut Party, faults: &mut Vec<Fault>) {
    for text in values(row, BIRTH_DATES) {
        let exact: Option<DateSpan> = text.parse::<PartialDate>().ok().map(DateSpan::from);
        match exact.map_or_else(|| english_span(&text), Ok) {
            Ok(span) if party.birth_dates.contains(&span) => {}
            Ok(span) => party.birth_dates.push(span),
            Err(error) => {
                faults.push(Fault::field(BIRTH_DATES, "bad-date", error.to_string()));
            }
        }
    }
    party.birth_places = values(row, BIRTH_PLACES);
    for place in party.birth_places.clone() {
        let last = place.rsplit(',').next().unwrap_or_default();
        if let Ok(country) = last.trim().parse() {
            party.tie(country, Tie::BirthPlace);
        }
    }
    for column in [NATIONALITIES, CITIZENSHIPS] {
        for text in values(row, column) {
            if let Some(country) = fault::country(&text, column, faults) {
                party.tie(country, Tie::Nationality);
            }
        }
    }
}

fn addresses(row: &Row<'_>, sublist: Option<SubList>, party: &mut Party) {
    let is_denied = sublist.is_some_and(|list| list.code == "DPL");
    for stated in values(row, ADDRESSES) {
        let (before, last) = stated.rsplit_once(", ").unwrap_or(("", &stated));
        let code = country_code(last);
        let country = code.or_else(|| {
            let state = before.rsplit(", ").next().unwrap_or_default();
            let is_zip = last.starts_with(|c: char| c.is_ascii_digit());
            let is_american = is_denied && is_zip && bis_dpl::is_state(state);
            if is_american { "US".parse().ok() } else { None }
        });
        if let Some(country) = country {
            party.tie(country, Tie::Address);
        }
        let text = if code.is_some() { before.to_owned() } else { stated.clone() };
        let address = Address { text, country, ..Address::default() };
        if !party.addresses.contains(&address) {
            party.addresses.push(address);
        }
    }
}

/// Two capitals that are a country's code.
fn country_code(text: &str) -> Option<Country> {
    let is_code = text.chars().count() == 2 && text.chars().all(|c| c.is_ascii_uppercase());
    is_code.then(|| text.parse().ok()).flatten()
}

fn add_item(item: Item, listing: &mut Listing) {
    match item {
        Item::Number(number) => {
            if !listing.party.identifiers.contains(&number) {
                listing.party.identifiers.push(number);
            }
        }
        Item::Gender(gender) => listing.party.gender = Some(gender),
        Item::Nationality(country) => {
            let is_person = listing.party.kind == Some(PartyKind::Person);
            let tie = if is_person { Tie::Nationality } else { Tie::Jurisdiction };
            listing.party.tie(country, tie);
        }
        Item::Particular(detail) => listing.details.push(detail),
    }
}

fn vessel(row: &Row<'_>, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let flag = row.value(FLAG).filter(|text| text.to_lowercase() != NO_FLAG);
    if let Some(flag) = flag.and_then(|text| fault::country(&text, FLAG, faults)) {
        listing.party.tie(flag, Tie::Flag);
    }
    let owner = row.value(OWNER);
    listing.linked_to.extend(owner.map(|owner| Link::named(Some("owned by"), owner)));
    listing.party.identifiers.extend(row.value(CALL_SIGN).map(|sign| {
        let label = Some("call sign".to_owned());
        Identifier { label, ..Identifier::new(Scheme::Other, sign) }
    }));
    for (label, column) in [
        ("vessel type", VESSEL_TYPE),
        ("gross tonnage", TONNAGE),
        ("gross registered tonnage", REGISTERED_TONNAGE),
    ] {
        listing.details.extend(row.value(column).map(|value| Detail::new(label, value)));
    }
}

fn measures(row: &Row<'_>, listing: &mut Listing, faults: &mut Vec<Fault>) {
    if let Some(stated) = row.value(STANDARD_ORDER) {
        listing.measures.extend(bis_dpl::denial(&stated, STANDARD_ORDER, faults));
    }
    for (words, column) in [("license requirement", REQUIREMENT), ("license policy", POLICY)] {
        listing.measures.extend(row.value(column).map(|text| format!("{words}: {text}")));
    }
}

fn day(row: &Row<'_>, column: &str, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    row.value(column).and_then(|text| fault::date(&text, column, faults))
}

/// The parties that remarks name as `(Linked To: NAME)`; a name may have brackets of its own.
fn links(remark: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for behind in remark.split(LINKED_TO).skip(1) {
        let mut open = 1_i32;
        let name: String = behind
            .chars()
            .take_while(|character| {
                open += i32::from(*character == '(') - i32::from(*character == ')');
                open > 0
            })
            .collect();
        links.push(Link::named(None, name.trim()));
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_ends_with_the_bracket_that_opened_it() {
        let names = |remark: &str| links(remark).into_iter().map(|l| l.name).collect::<Vec<_>>();
        assert_eq!(
            names("(Linked To: ALTA CORPS (AC)-UNIT 4). (Linked To: BETA) x"),
            ["ALTA CORPS (AC)-UNIT 4", "BETA"]
        );
        assert_eq!(names("Linked To nobody"), Vec::<String>::new());
    }
}
