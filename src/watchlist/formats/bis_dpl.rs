//! Denied Persons List of the U.S. Bureau of Industry and Security, tab-separated text with a
//! header of twelve columns, as offered at
//! <https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl>. U.S. public domain.
//!
//! A row is a name at an address under an order. Read: every column. The file says neither what
//! kind of party it is nor gives it a number: the kind stays open, and the identifier is made of
//! name and address (`dpl-` and 16 hexadecimal digits of their SHA-256, blanks and case apart), so
//! that the order of rows means nothing. The dates of the order are left out of it on purpose: a
//! temporary denial is renewed every half year, which changes an entry and makes no new one. Rows
//! that agree in name and address and differ elsewhere are numbered in the order of their texts;
//! rows that agree in everything are one entry. The country is blank in most United States addresses, and a state is only given
//! there: a blank country beside a state of the union is the United States.

use super::delimited::{self, Dialect, Row};
use super::fault::{self, Fault, reject_all};
use super::name_notes;
use super::sniff::{self, Syntax};
use super::text;
use crate::party::{Address, Country, NameQuality, PartialDate, Party, PartyName, Tie};
use crate::watchlist::{Detail, Limits, ListSource, Listing, ParseError, Parsed};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const FORMAT: &str = "the BIS Denied Persons List (tab-separated)";
const NAME: &str = "Name";
const STREET: &str = "Street_Address";
const CITY: &str = "City";
const STATE: &str = "State";
const COUNTRY: &str = "Country";
const POSTAL_CODE: &str = "Postal_Code";
const EFFECTIVE: &str = "Effective_Date";
const EXPIRATION: &str = "Expiration_Date";
const STANDARD_ORDER: &str = "Standard_Order";
const LAST_UPDATE: &str = "Last_Update";
const ACTION: &str = "Action";
const CITATION: &str = "FR_Citation";
const COLUMNS: [&str; 12] = [
    NAME,
    STREET,
    CITY,
    STATE,
    COUNTRY,
    POSTAL_CODE,
    EFFECTIVE,
    EXPIRATION,
    STANDARD_ORDER,
    LAST_UPDATE,
    ACTION,
    CITATION,
];
/// What tells one entry from another.
const KEY: [&str; 6] = [NAME, STREET, CITY, STATE, COUNTRY, POSTAL_CODE];
/// Words between two names of one party.
const OTHER_NAME: [&str; 2] = [" A/K/A ", " D/B/A "];
/// How the file writes China besides its code.
const CHINA: &str = "PRC";
/// Postal codes of the states, the district and the territories (USPS Publication 28).
const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO \
    MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP";

/// Reads one edition.
///
/// # Errors
/// [`ParseError`] when the file as a whole cannot be trusted to be the complete list.
pub(super) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Csv, bytes)?;
    let text = text::utf8(file, bytes)?;
    let dialect = Dialect { format: FORMAT, delimiter: b'\t', needed: &COLUMNS, preamble: 0 };
    let mut parsed = Parsed::default();
    // By identifier, the texts of the rows that share it: where each stands among the listings.
    let mut by_id: BTreeMap<String, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
    let (columns, rows) = delimited::read_rows(file, text, &dialect, limits, |row| {
        let mut faults = Vec::new();
        match listing(source, &row, &mut faults) {
            Some(listing) => {
                let texts = by_id.entry(listing.id.clone()).or_default();
                texts.entry(row.to_text()).or_default().push(parsed.listings.len());
                parsed.listings.push(listing);
            }
            None => parsed.lost_records += 1,
        }
        reject_all(&mut parsed.rejects, faults, file, row.number, || row.to_text());
    })?;
    parsed.rows_read = rows;
    number_apart(&by_id, &mut parsed.listings);
    reject_all(&mut parsed.rejects, columns.unknown(&COLUMNS), file, 1, || {
        columns.names().join("\t")
    });
    Ok(parsed)
}

/// Rows with one identifier and different texts: the second text and on get a number.
fn number_apart(by_id: &BTreeMap<String, BTreeMap<String, Vec<usize>>>, listings: &mut [Listing]) {
    for (id, texts) in by_id {
        for (number, places) in (2..).zip(texts.values().skip(1)) {
            for place in places {
                if let Some(listing) = listings.get_mut(*place) {
                    listing.id = format!("{id}-{number}");
                }
            }
        }
    }
}

/// The listing of a row; `None` when it has no name or the wrong width, which is then a fault.
fn listing(source: &ListSource, row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<Listing> {
    if let Some(fault) = row.wrong_width() {
        faults.push(fault);
        return None;
    }
    let Some(name) = row.value(NAME) else {
        faults.push(Fault::record("no-name", format!("expected {NAME}, found none")));
        return None;
    };
    let mut party = Party { names: names(&name), ..Party::default() };
    address(row, &mut party, faults);
    let stated_order = row.value(STANDARD_ORDER);
    let mut details = Vec::new();
    details.extend(row.value(ACTION).map(|action| Detail::new("last action", action)));
    Some(Listing {
        list: source.name.clone(),
        id: id(row),
        party,
        topics: source.topics(),
        authority: source.authority.clone(),
        listed_on: date(row, EFFECTIVE, faults),
        ends_on: date(row, EXPIRATION, faults),
        amended_on: row.value(LAST_UPDATE).and_then(|t| fault::date(&t, LAST_UPDATE, faults)),
        measures: stated_order
            .and_then(|stated| denial(&stated, STANDARD_ORDER, faults))
            .into_iter()
            .collect(),
        legal_basis: row.value(CITATION).into_iter().collect(),
        details,
        ..Listing::default()
    })
}

fn id(row: &Row<'_>) -> String {
    let mut hash = Sha256::new();
    for column in KEY {
        hash.update(row.value(column).unwrap_or_default().to_lowercase());
        hash.update([0]);
    }
    let digits = base16ct::lower::encode_string(&hash.finalize());
    format!("dpl-{}", digits.chars().take(16).collect::<String>())
}

/// `ONE A/K/A OTHER` is two names, and so is `ONE (A.K.A. OTHER) REST`; other brackets stay.
fn names(text: &str) -> Vec<PartyName> {
    let mut pieces = vec![text.to_owned()];
    for words in OTHER_NAME {
        pieces = pieces.iter().flat_map(|p| p.split(words).map(str::to_owned)).collect();
    }
    let filled = pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty());
    let mut names: Vec<PartyName> = Vec::new();
    for (name, noted) in filled.flat_map(name_notes::split) {
        let quality = match noted {
            _ if names.is_empty() => NameQuality::Primary,
            Some(quality) => quality,
            None => NameQuality::Alias,
        };
        names.push(PartyName::new(name, quality));
    }
    names
}

fn address(row: &Row<'_>, party: &mut Party, faults: &mut Vec<Fault>) {
    let (city, state) = (row.value(CITY), row.value(STATE));
    let postal_code = row.value(POSTAL_CODE);
    let country = country(row.value(COUNTRY), state.as_deref(), faults);
    if let Some(country) = country {
        party.tie(country, Tie::Address);
    }
    let parts = [row.value(STREET), city.clone(), state, postal_code.clone()];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if !text.is_empty() || country.is_some() {
        party.addresses.push(Address { text, city, postal_code, country });
    }
}

fn country(
    stated: Option<String>,
    state: Option<&str>,
    faults: &mut Vec<Fault>,
) -> Option<Country> {
    match stated.as_deref() {
        Some(CHINA) => fault::country("CN", COUNTRY, faults),
        Some(text) => fault::country(text, COUNTRY, faults),
        None => {
            if is_state(state?) {
                fault::country("US", COUNTRY, faults)
            } else {
                None
            }
        }
    }
}

/// `08/24/2022`: month, day, year.
fn date(row: &Row<'_>, column: &str, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    let text = row.value(column)?;
    let parts: Vec<&str> = text.split('/').collect();
    let iso = match parts.as_slice() {
        [month, day, year] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text.clone(),
    };
    let read = iso.parse().map_err(|_| {
        let message = format!("expected a date as MM/DD/YYYY, found '{text}'");
        faults.push(Fault::field(column, "bad-date", message));
    });
    read.ok()
}

/// What a denial order forbids: the standard one all export privileges (15 CFR part 764,
/// supplement 1), another one what it says itself.
pub(super) fn denial(stated: &str, column: &str, faults: &mut Vec<Fault>) -> Option<String> {
    match stated.to_uppercase().as_str() {
        "Y" => Some("denial of export privileges, standard order".to_owned()),
        "N" => Some("denial of export privileges, terms of the order's own".to_owned()),
        _ => {
            let message = format!("expected Y or N, found '{stated}'");
            faults.push(Fault::field(column, "unknown-value", message));
            None
        }
    }
}

/// Whether a text is the postal code of a state of the union.
pub(super) fn is_state(text: &str) -> bool {
    let text = text.to_uppercase();
    STATES.split_whitespace().any(|known| known == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_the_middle_of_another_is_an_alias() {
        let found = names("ORLA (A.K.A. NEI DEMO) ZED A/K/A ORLA Z");
        let found: Vec<_> = found.iter().map(|n| (n.text.as_str(), n.quality)).collect();
        let alias = NameQuality::Alias;
        assert_eq!(
            found,
            [("ORLA ZED", NameQuality::Primary), ("NEI DEMO", alias), ("ORLA Z", alias)]
        );
    }
}
