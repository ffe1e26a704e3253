//! Decides what one row says about a party: names by quality, ties to countries, numbers by the
//! scheme that issued them. The same columns serve the `parties` and `partners` tables and every
//! owner and key person beside a partner.
//!
//! A number whose own check digits fail is kept as written: it is a finding for a red flag, not a
//! fault of the row. `country` is kept as *stated*: only `jurisdiction` says where somebody is
//! registered.

use super::fields::Fields;
use super::model::PartyRecord;
use super::values::{BadValue, is_no_name};
use crate::party::{
    Address, Country, Gender, Identifier, NameQuality, Party, PartyKind, PartyName, Scheme, Tie,
};

/// Columns that hold names, in the order in which they are kept.
const NAMES: [(&str, NameQuality); 4] = [
    ("native_name", NameQuality::Native),
    ("alias", NameQuality::Alias),
    ("previous_name", NameQuality::Former),
    ("weak_alias", NameQuality::WeakAlias),
];

/// Columns that hold issued numbers.
const NUMBERS: [(&str, Scheme); 10] = [
    ("registration_number", Scheme::Registration),
    ("lei", Scheme::Lei),
    ("tax_number", Scheme::Tax),
    ("inn", Scheme::Inn),
    ("ogrn", Scheme::Ogrn),
    ("vat", Scheme::Vat),
    ("swift_bic", Scheme::Bic),
    ("imo_number", Scheme::Imo),
    ("id_number", Scheme::NationalId),
    ("passport_number", Scheme::Passport),
];

/// Reads a party. Faults are left in `fields`; a party with faults must not be used.
pub(super) fn read(fields: &mut Fields<'_>, id: &str) -> PartyRecord {
    let mut party = Party {
        kind: fields.parse("kind", "bad-kind", str::parse::<PartyKind>),
        names: names(fields),
        ..Party::default()
    };
    let country = ties(fields, &mut party);
    party.birth_dates = dates(fields);
    party.birth_places = owned(fields, "birth_place");
    party.gender = fields.parse("gender", "bad-gender", gender);
    party.identifiers = numbers(fields, &party);
    party.addresses = addresses(fields, country);
    PartyRecord {
        id: id.to_owned(),
        party,
        incorporation_date: fields.date("incorporation_date"),
        status: fields.string("status"),
        position: fields.string("position"),
        declared_official: fields.flag("declared_official"),
        bearer_shares: fields.flag("bearer_shares"),
        other: fields.rest(),
        row: fields.row(),
    }
}

fn gender(text: &str) -> Result<Gender, BadValue> {
    Gender::parse(text).ok_or_else(|| BadValue::new("female, male or other", text))
}

/// The party's names: the first of `name` is its primary one, further ones are aliases. A
/// placeholder is no name: a fault when `name` holds nothing else, dropped where it stands for one
/// of several.
fn names(fields: &mut Fields<'_>) -> Vec<PartyName> {
    let mut names: Vec<PartyName> = Vec::new();
    let (none, own): (Vec<&str>, Vec<&str>) =
        fields.texts("name").into_iter().partition(|text| is_no_name(text));
    for text in &own {
        let quality = if names.is_empty() { NameQuality::Primary } else { NameQuality::Alias };
        names.push(PartyName::new(*text, quality));
    }
    for (column, quality) in NAMES {
        for text in fields.texts(column) {
            if is_no_name(text) {
                fields.drop_placeholder(column, text);
            } else {
                names.push(PartyName::new(text, quality));
            }
        }
    }
    match none.as_slice() {
        [text, ..] if own.is_empty() => {
            let message = format!("expected a name; found '{text}', which stands for none");
            fields.fault("name", "no-name", message);
        }
        several => several.iter().for_each(|text| fields.drop_placeholder("name", text)),
    }
    if names.is_empty() && none.is_empty() {
        fields.fault("name", "missing-value", "expected a name; found nothing".to_owned());
    }
    names
}

/// Ties the party to its countries; returns the one `country`, when there is exactly one.
fn ties(fields: &mut Fields<'_>, party: &mut Party) -> Option<Country> {
    let mut read = |column: &str, tie: Tie, party: &mut Party| {
        let countries = fields.parse_all(column, "bad-country", str::parse::<Country>);
        countries.iter().for_each(|country| party.tie(*country, tie));
        countries
    };
    read("jurisdiction", Tie::Jurisdiction, party);
    read("nationality", Tie::Nationality, party);
    match read("country", Tie::Stated, party).as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

fn dates(fields: &mut Fields<'_>) -> Vec<crate::party::DateSpan> {
    let dates = fields.parse_all("birth_date", "bad-date", str::parse::<crate::party::PartialDate>);
    dates.into_iter().map(Into::into).collect()
}

fn owned(fields: &mut Fields<'_>, column: &str) -> Vec<String> {
    fields.texts(column).into_iter().map(str::to_owned).collect()
}

/// Numbers as written. A register's number belongs to the jurisdiction, when one is given.
fn numbers(fields: &mut Fields<'_>, party: &Party) -> Vec<Identifier> {
    let mut seats = party.countries.iter().filter(|tie| tie.tie == Tie::Jurisdiction);
    let seat = seats.next().filter(|_| seats.next().is_none()).map(|tie| tie.country);
    let mut numbers = Vec::new();
    for (column, scheme) in NUMBERS {
        for value in fields.texts(column) {
            let country = seat.filter(|_| scheme == Scheme::Registration);
            numbers.push(Identifier { country, ..Identifier::new(scheme, value) });
        }
    }
    numbers
}

/// Addresses as written. City and postal code belong to a single address; the stated country too.
fn addresses(fields: &mut Fields<'_>, country: Option<Country>) -> Vec<Address> {
    let texts = fields.texts("address");
    let (city, postal_code) = (fields.string("city"), fields.string("postal_code"));
    match texts.as_slice() {
        [] if city.is_none() && postal_code.is_none() => Vec::new(),
        [] => vec![Address { text: String::new(), city, postal_code, country }],
        [one] => vec![Address { text: (*one).to_owned(), city, postal_code, country }],
        several => several
            .iter()
            .map(|text| Address { text: (*text).to_owned(), ..Address::default() })
            .collect(),
    }
}
