//! Decides what one row of a sheet says about one listed party.
//!
//! The kind of party is what the sheet's name says (個人 individuals, 団体 bodies, 銀行 banks); in a
//! sheet of both it is what the reference of the United Nations says, or whether the row states
//! anything only a person has. The first day of the column of notices is the day of listing, the
//! last one the day of amendment. Places, addresses, titles and remarks stay as they are written.

use super::super::delimited::Row;
use super::super::enumerated::items;
use super::super::fault::Fault;
use super::columns::{self, line, stated};
use super::{countries, dates, names, notes};
use crate::party::{Address, DateError, Identifier, PartialDate, Party, PartyKind, Scheme, Tie};
use crate::watchlist::{Detail, ListSource, Listing};

/// Mark of an entry the publisher has taken off.
const DELETED: [&str; 2] = ["削除", "解除"];
/// Mark of an entry of which only a part was taken off.
const PARTLY: &str = "一部";
/// Mark of a day on which an entry was changed.
const REVISED: &str = "改訂";
/// What the name of a sheet says of the parties on it.
const INDIVIDUALS: &str = "個人";
const BODIES: [&str; 2] = ["団体", "特定銀行"];

/// What a row turned out to be.
pub(super) enum Found {
    /// A listed party.
    Listing(Box<Listing>),
    /// An entry the publisher has deleted.
    Deleted,
    /// More text on the party of the row above.
    More(String),
    /// Nothing usable; said in a fault.
    Nothing,
}

/// Reads one row.
pub(super) fn listing(
    source: &ListSource,
    sheet: &str,
    row: &Row<'_>,
    faults: &mut Vec<Fault>,
) -> Found {
    let notices = row.verbatim(columns::DATE).unwrap_or_default();
    let names = names::names(row);
    let number = row.value(columns::NUMBER);
    // What was deleted of an entry that stays is an amendment, on a line of its own.
    let last = notices.lines().next_back().unwrap_or_default().trim();
    let marked = |text: &str| DELETED.iter().any(|mark| text.contains(mark));
    if marked(last) && !last.contains(PARTLY) || names.is_empty() && marked(notices) {
        return Found::Deleted;
    }
    if names.is_empty() && number.is_none() && notices.is_empty() {
        return Found::More(row.to_text());
    }
    if names.is_empty() {
        let message = "expected a name in Japanese or Latin letters, found neither";
        faults.push(Fault::record("no-name", message));
        return Found::Nothing;
    }
    let Some(id) = number.as_deref().and_then(|number| identifier(sheet, number)) else {
        let message = format!("expected a number, found '{}'", number.unwrap_or_default());
        faults.push(Fault { field: columns::NUMBER.to_owned(), code: "no-id", message });
        return Found::Nothing;
    };
    let mut listing = Listing {
        list: source.name.clone(),
        id,
        party: Party { kind: kind(sheet, row), names, ..Party::default() },
        topics: source.topics(),
        authority: source.authority.clone(),
        programmes: vec![line(sheet)],
        ..Listing::default()
    };
    (listing.listed_on, listing.amended_on) = notice_days(notices, faults);
    if let Some(number) = number.filter(|n| n.contains(['*', '＊', '(', '（'])) {
        listing.details.push(Detail::new(columns::NUMBER, number));
    }
    birth(row, &mut listing, faults);
    nationalities(row, &mut listing.party, faults);
    numbers(row, &mut listing);
    addresses(row, &mut listing.party);
    texts(row, &mut listing);
    Found::Listing(Box::new(listing))
}

/// Number of the sheet and first number of the notice; the sheet's name when it has no number.
fn identifier(sheet: &str, number: &str) -> Option<String> {
    let figures = |text: &str| -> String {
        let text = dates::plain(text);
        let behind = text.chars().skip_while(|c| !c.is_ascii_digit());
        behind.take_while(char::is_ascii_digit).collect()
    };
    let number = figures(number);
    let is_numbered = dates::plain(sheet).starts_with(|c: char| c.is_ascii_digit());
    let sheet = if is_numbered { figures(sheet) } else { line(sheet) };
    (!number.is_empty()).then(|| format!("{sheet}-{number}"))
}

fn kind(sheet: &str, row: &Row<'_>) -> Option<PartyKind> {
    // `団体及び個人（個人）`: what stands last holds.
    let last = |word: &str| sheet.rfind(word);
    let individuals = last(INDIVIDUALS);
    let bodies = BODIES.iter().filter_map(|word| last(word)).max();
    if individuals != bodies {
        let is_person = individuals > bodies;
        return Some(if is_person { PartyKind::Person } else { PartyKind::Organization });
    }
    let reference = row.value(columns::UN_REFERENCE).unwrap_or_default();
    if reference.contains("i.") {
        return Some(PartyKind::Person);
    }
    if reference.contains("e.") {
        return Some(PartyKind::Organization);
    }
    let personal = [columns::BIRTH_DATE, columns::BIRTH, columns::NATIONALITY];
    let mut personal = personal
        .into_iter()
        .chain(columns::BIRTH_PLACES)
        .chain(columns::FUNCTIONS)
        .chain(columns::NUMBERS.iter().map(|(name, _)| *name));
    let has_columns = personal.clone().any(|column| row.columns().has(column));
    if personal.clone().any(|column| stated(row, column).is_some()) {
        Some(PartyKind::Person)
    } else if !has_columns || personal.all(|column| row.verbatim(column).is_none()) {
        Some(PartyKind::Organization)
    } else {
        None
    }
}

/// The first and the last day of the notices, one a line (`2001.9.22`, `2008.6.25改訂`).
fn notice_days(text: &str, faults: &mut Vec<Fault>) -> (Option<PartialDate>, Option<PartialDate>) {
    let mut listed = None;
    let mut amended = None;
    for stated in text.lines().map(str::trim).filter(|text| !text.is_empty()) {
        let day = stated.trim_end_matches(REVISED).trim();
        match notice_day(day) {
            Ok(date) if stated.ends_with(REVISED) => amended = amended.max(Some(date)),
            Ok(date) => listed = listed.or(Some(date)),
            Err(error) => {
                faults.push(Fault::field(columns::DATE, "bad-date", error.to_string()));
            }
        }
    }
    (listed, amended)
}

/// `2001.9.22`, a cell that is a date, or an era (`平成13年9月22日`).
fn notice_day(text: &str) -> Result<PartialDate, DateError> {
    let shape = || DateError::Shape(text.to_owned());
    let parts: Vec<&str> = text.split('.').collect();
    if let [year, month, day] = parts.as_slice() {
        let year = year.parse().map_err(|_| shape())?;
        let small = |part: &str| part.parse().map_err(|_| shape());
        return PartialDate::new(year, Some(small(month)?), Some(small(day)?));
    }
    text.parse().or_else(|_| dates::opening(text).ok_or_else(shape))
}

fn add<T: PartialEq>(known: &mut Vec<T>, new: T) {
    if !known.contains(&new) {
        known.push(new);
    }
}

fn birth(row: &Row<'_>, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let party = &mut listing.party;
    if let Some(text) = stated(row, columns::BIRTH_DATE) {
        let (dates, errors) = dates::dates(text);
        dates.into_iter().for_each(|date| add(&mut party.birth_dates, date));
        if !errors.is_empty() || text.contains(['（', '(']) {
            listing.remarks.push(format!("{}: {}", columns::BIRTH_DATE, line(text)));
        }
        let fault = |e: DateError| Fault::field(columns::BIRTH_DATE, "bad-date", e.to_string());
        faults.extend(errors.into_iter().map(fault));
    }
    if let Some(text) = stated(row, columns::BIRTH) {
        if let Some(date) = dates::opening(text) {
            add(&mut party.birth_dates, date.into());
        }
        listing.remarks.push(format!("{}: {}", columns::BIRTH, line(text)));
    }
    for text in columns::BIRTH_PLACES.iter().filter_map(|column| stated(row, column)) {
        for place in items(text).into_iter().filter(|place| place != "不明") {
            if let Some(country) = countries::country_of_place(&place) {
                party.tie(country, Tie::BirthPlace);
            }
            add(&mut party.birth_places, line(&place));
        }
    }
}

fn nationalities(row: &Row<'_>, party: &mut Party, faults: &mut Vec<Fault>) {
    let Some(text) = stated(row, columns::NATIONALITY) else { return };
    for item in items(text).iter().map(|item| line(item)) {
        let parts: Vec<&str> = match countries::country(&item) {
            Some(_) => vec![&item],
            None => item.split(['、', '，']).map(str::trim).collect(),
        };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            match countries::country(part) {
                Some(country) => party.tie(country, Tie::Nationality),
                None => {
                    let message = format!("expected the name of a country, found '{part}'");
                    faults.push(Fault::field(columns::NATIONALITY, "unknown-country", message));
                }
            }
        }
    }
}

/// Every item keeps its whole text as the label; one without anything like a number is a detail.
fn numbers(row: &Row<'_>, listing: &mut Listing) {
    for (column, scheme) in columns::NUMBERS {
        for item in stated(row, column).map(items).unwrap_or_default() {
            let text = line(&item);
            match number(&text).filter(|_| text != "不明") {
                Some(value) => {
                    let country = countries::opening(&text);
                    let label = Some(format!("{column}: {text}"));
                    let identifier = Identifier { scheme, value, country, label };
                    add(&mut listing.party.identifiers, identifier);
                }
                None if text == "不明" => {}
                None => add(&mut listing.details, Detail::new(column, text)),
            }
        }
    }
    if let Some(value) = row.value(columns::UN_REFERENCE).filter(|text| text != "不明") {
        let label = Some(columns::UN_REFERENCE.to_owned());
        let identifier = Identifier { label, ..Identifier::new(Scheme::Other, value) };
        add(&mut listing.party.identifiers, identifier);
    }
}

/// The first run of Latin letters and figures that looks like a number somebody issued.
fn number(text: &str) -> Option<String> {
    let text = dates::plain(text);
    let mut runs = text.split(|c: char| !c.is_ascii_alphanumeric() && !"-/.".contains(c));
    let looks_like_one = |run: &&str| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        let letters = run.chars().filter(char::is_ascii_alphanumeric).count();
        letters >= 5 && digits >= 3
    };
    let trim = |run: &str| run.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
    runs.find(looks_like_one).map(trim)
}

fn addresses(row: &Row<'_>, party: &mut Party) {
    for text in columns::ADDRESSES.iter().filter_map(|column| stated(row, column)) {
        for item in items(text).iter().map(|item| line(item)).filter(|item| item != "不明") {
            let country = countries::country_of_place(&item);
            if let Some(country) = country {
                party.tie(country, Tie::Address);
            }
            add(&mut party.addresses, Address { text: item, country, ..Address::default() });
        }
    }
}

fn texts(row: &Row<'_>, listing: &mut Listing) {
    for column in columns::FUNCTIONS {
        let stated = stated(row, column).map(items).unwrap_or_default();
        for item in stated.iter().map(|item| line(item)).filter(|item| item != "不明") {
            add(&mut listing.functions, item);
        }
    }
    let of = |columns: &[&str]| -> Vec<String> {
        columns.iter().filter_map(|column| stated(row, column)).map(line).collect()
    };
    listing.reasons = of(&columns::REASONS);
    listing.remarks.extend(of(&columns::REMARKS));
    // A note cut off a name is not lost: its cell stays, as written.
    let cells = [columns::ENGLISH].into_iter().chain(columns::ALIASES.map(|(column, _)| column));
    for column in cells {
        if let Some(text) = stated(row, column).filter(|text| notes::has_note(text)) {
            listing.remarks.push(format!("{column}: {}", line(text)));
        }
    }
    for column in columns::DETAILS {
        if let Some(text) = stated(row, column) {
            listing.details.push(Detail::new(column, line(text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_the_number_of_its_sheet_and_that_of_its_notice() {
        assert_eq!(identifier("2.関係者等", "186").as_deref(), Some("2-186"));
        assert_eq!(identifier("３.関係者等 (1)", "１(*186)").as_deref(), Some("3-1"));
        assert_eq!(identifier("別紙", "*7").as_deref(), Some("別紙-7"));
        assert_eq!(identifier("2.関係者等", "欠番"), None);
    }

    #[test]
    fn numbers_are_found_among_the_words_around_them() {
        for (text, found) in [
            ("インドネシア旅券番号 ZX1234567", Some("ZX1234567")),
            ("チュニジア旅券 ＺＸ９０００１（2010年1月4日発行）", Some("ZX90001")),
            ("990000-01-0001", Some("990000-01-0001")),
            ("2010年1月4日発行", None),
        ] {
            assert_eq!(number(text).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn days_of_notices_are_the_first_and_the_last_revision() {
        let mut faults = Vec::new();
        let days = notice_days("2003.1.2\n2004.5.6改訂\n20047.8改訂\n2005.9.10改訂\n", &mut faults);
        let text = |date: Option<PartialDate>| date.map(|d| d.to_string());
        assert_eq!(text(days.0).as_deref(), Some("2003-01-02"));
        assert_eq!(text(days.1).as_deref(), Some("2005-09-10"));
        assert_eq!(faults.len(), 1);
    }
}
