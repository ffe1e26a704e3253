//! Decides which random listings a format is asked to carry.
//!
//! [`Carries`] says what a format has a place for; a listing has nothing else, so the whole value
//! must come back. What follows from other facts is filled in as every reader does: the country of
//! an address or of a place of birth is a tie as well, and each fact is said once.

use super::text::{native, pattern, text};
use diligence::party::{
    Address, Country, DateSpan, Gender, Identifier, NameQuality, PartialDate, Party, PartyKind,
    PartyName, Scheme, Tie,
};
use diligence::watchlist::{Detail, ListSource, Listing};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// What a format has a place for. What is left at its default is never generated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Carries {
    /// Kinds of parties; empty when the format says none.
    pub(crate) kinds: Vec<Option<PartyKind>>,
    /// Characters that are syntax of the format's names.
    pub(crate) not_in_names: &'static str,
    /// Whether the script of a name decides what it is, so that only native names have another.
    pub(crate) latin_names: bool,
    /// Characters that are syntax of its other texts.
    pub(crate) not_in_texts: &'static str,
    /// Qualities of names besides the primary one.
    pub(crate) qualities: Vec<NameQuality>,
    /// Languages of a native name; `Some(None)` for one whose language is not said.
    pub(crate) native: Vec<Option<&'static str>>,
    /// Forms of a date of birth.
    pub(crate) births: Vec<Birth>,
    /// Most dates of birth.
    pub(crate) birth_dates: usize,
    /// Most places of birth; each ends with its country.
    pub(crate) birth_places: usize,
    /// Whether the gender is said.
    pub(crate) gender: bool,
    /// Ties to countries in the order they are read.
    pub(crate) ties: Vec<Tie>,
    /// Numbers: scheme, label, whether the country is said.
    pub(crate) numbers: Vec<(Scheme, Option<&'static str>, bool)>,
    /// Most addresses.
    pub(crate) addresses: usize,
    /// How the parts of an address are read.
    pub(crate) address: AddressForm,
    /// Most titles and functions.
    pub(crate) functions: usize,
    /// Most programmes.
    pub(crate) programmes: usize,
    /// Most legal acts.
    pub(crate) legal_basis: usize,
    /// Most measures.
    pub(crate) measures: usize,
    /// Most statements of reasons.
    pub(crate) reasons: usize,
    /// Most remarks.
    pub(crate) remarks: usize,
    /// Particulars, each at most once, in the order they are read.
    pub(crate) details: Vec<&'static str>,
    /// Whether dates of listing, of the end, of the last change are said.
    pub(crate) days: [bool; 3],
}

/// A form of a date of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Birth {
    /// `1965`.
    Year,
    /// `1965-07`.
    Month,
    /// `1965-07-21`.
    Day,
    /// About a year.
    Circa,
    /// From year to year.
    Years,
}

/// How the parts of an address make its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AddressForm {
    /// One text.
    #[default]
    Whole,
    /// The text, its last part being the postal code, which is said apart as well.
    Code,
    /// Street, city, postal code, each apart as well.
    CityThenCode,
    /// Street, postal code, city, each apart as well.
    CodeThenCity,
}

/// Countries whose names try a reader: accents, an apostrophe, several words.
fn country() -> impl Strategy<Value = Country> {
    select(vec!["CI", "CY", "DE", "EG", "LB", "MX", "RS", "SA", "TR", "UA", "XK", "ZA"])
        .prop_map(|code| code.parse().unwrap())
}

/// Any day, month or year a list may state.
fn date(month: bool, day: bool) -> impl Strategy<Value = PartialDate> {
    (1920_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(move |(y, m, d)| {
        PartialDate::new(y, month.then_some(m), (month && day).then_some(d)).unwrap()
    })
}

fn birth(form: Birth) -> BoxedStrategy<DateSpan> {
    match form {
        Birth::Year => date(false, false).prop_map(DateSpan::from).boxed(),
        Birth::Month => date(true, false).prop_map(DateSpan::from).boxed(),
        Birth::Day => date(true, true).prop_map(DateSpan::from).boxed(),
        Birth::Circa => date(false, false)
            .prop_map(|date| DateSpan { approximate: true, ..DateSpan::from(date) })
            .boxed(),
        Birth::Years => (date(false, false), 1_i16..9)
            .prop_map(|(from, years)| {
                let to = PartialDate::new(from.year() + years, None, None).unwrap();
                DateSpan { from, to, approximate: false }
            })
            .boxed(),
    }
}

/// Numbers that are none of the schemes that are told by their check digits.
fn number(carries: &Carries) -> impl Strategy<Value = Identifier> + use<> {
    let value = pattern("D[A-Z]{1,3}[ -]?[0-9]{3,7}");
    (option::of(country()), value, select(carries.numbers.clone())).prop_map(
        |(country, value, (scheme, label, with_country))| Identifier {
            country: country.filter(|_| with_country),
            label: label.map(str::to_owned),
            ..Identifier::new(scheme, value)
        },
    )
}

fn address(carries: &Carries) -> impl Strategy<Value = Address> + use<> {
    let without = carries.not_in_texts;
    let form = carries.address;
    let parts = (
        text(without, false),
        option::of(text(without, false)),
        option::of(pattern("[0-9]{4,6}|[A-Z][0-9] [0-9]EX")),
    );
    (parts, option::of(country())).prop_map(move |((street, city, postal_code), country)| {
        let (city, postal_code) = match form {
            AddressForm::Whole => (None, None),
            AddressForm::Code => (None, postal_code),
            _ => (city, postal_code),
        };
        let rest = match form {
            AddressForm::CodeThenCity => [postal_code.clone(), city.clone()],
            _ => [city.clone(), postal_code.clone()],
        };
        let text = std::iter::once(street).chain(rest.into_iter().flatten()).collect::<Vec<_>>();
        Address { text: text.join(", "), city, postal_code, country }
    })
}

/// Each value once, in order.
fn once<T: PartialEq>(values: Vec<T>) -> Vec<T> {
    let mut kept = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

fn names(carries: &Carries) -> impl Strategy<Value = Vec<PartyName>> + use<> {
    let primary = text(carries.not_in_names, carries.latin_names);
    let is_native = !carries.native.is_empty();
    let languages = if is_native { carries.native.clone() } else { vec![None] };
    let native = (any::<bool>(), native(), select(languages));
    let most = if carries.qualities.is_empty() { 0 } else { 4 };
    let qualities = if most == 0 { vec![NameQuality::Alias] } else { carries.qualities.clone() };
    let others =
        vec((text(carries.not_in_names, carries.latin_names), select(qualities)), 0..=most);
    (primary, native, others).prop_map(move |(primary, (is_there, native, language), others)| {
        let mut names = vec![PartyName::new(primary, NameQuality::Primary)];
        if is_there && is_native {
            let language = language.map(str::to_owned);
            names.push(PartyName { language, ..PartyName::new(native, NameQuality::Native) });
        }
        names.extend(others.into_iter().map(|(text, quality)| PartyName::new(text, quality)));
        let mut seen: Vec<String> = Vec::new();
        names.retain(|name| {
            !seen.contains(&name.text) && {
                seen.push(name.text.clone());
                true
            }
        });
        names
    })
}

/// Places of birth with their countries, dates, gender, nationalities: what only persons have.
type Personal = (Vec<(String, Country)>, Vec<DateSpan>, Option<Gender>, Vec<Country>);

fn personal(carries: &Carries) -> impl Strategy<Value = Personal> + use<> {
    let forms: Vec<BoxedStrategy<DateSpan>> = carries.births.iter().copied().map(birth).collect();
    let dates = if forms.is_empty() {
        Just(Vec::new()).boxed()
    } else {
        vec(proptest::strategy::Union::new(forms), 0..=carries.birth_dates).boxed()
    };
    let gender = if carries.gender {
        option::of(select(vec![Gender::Female, Gender::Male])).boxed()
    } else {
        Just(None).boxed()
    };
    let most = if carries.ties.contains(&Tie::Nationality) { 3 } else { 0 };
    let places = vec((text(carries.not_in_texts, false), country()), 0..=carries.birth_places);
    (places, dates, gender, vec(country(), 0..=most))
}

fn party(carries: &Carries) -> impl Strategy<Value = Party> + use<> {
    let kinds = if carries.kinds.is_empty() { vec![None] } else { carries.kinds.clone() };
    let numbers = if carries.numbers.is_empty() {
        Just(Vec::new()).boxed()
    } else {
        vec(number(carries), 0..4).boxed()
    };
    let addresses = vec(address(carries), 0..=carries.addresses);
    let ties = carries.ties.clone();
    let who = (select(kinds), names(carries), personal(carries), option::of(country()));
    (who, numbers, addresses).prop_map(
        move |((kind, names, personal, flag), numbers, addresses)| {
            let mut party = Party { kind, names, addresses: once(addresses), ..Party::default() };
            let mut values: Vec<String> = Vec::new();
            party.identifiers = numbers;
            party.identifiers.retain(|n| {
                !values.contains(&n.value) && {
                    values.push(n.value.clone());
                    true
                }
            });
            let (places, dates, gender, nationalities) =
                if kind == Some(PartyKind::Person) { personal } else { Personal::default() };
            party.birth_dates = once(dates);
            party.gender = gender;
            party.birth_places = once(
                places
                    .iter()
                    .map(|(place, country)| format!("{place}, {}", country.name()))
                    .collect(),
            );
            for tie in &ties {
                let countries: Vec<Country> = match tie {
                    Tie::Nationality => nationalities.clone(),
                    Tie::Address => party.addresses.iter().filter_map(|a| a.country).collect(),
                    Tie::BirthPlace => places.iter().map(|(_, country)| *country).collect(),
                    Tie::Stated => flag.into_iter().collect(),
                    Tie::Flag if kind == Some(PartyKind::Vessel) => flag.into_iter().collect(),
                    _ => Vec::new(),
                };
                countries.into_iter().for_each(|country| party.tie(country, *tie));
            }
            party
        },
    )
}

/// One listing without its identifier.
fn listing(source: &ListSource, carries: &Carries) -> impl Strategy<Value = Listing> + use<> {
    let some = |most: usize| vec(text(carries.not_in_texts, false), 0..=most).prop_map(once);
    let texts = (
        some(carries.functions),
        some(carries.programmes),
        some(carries.legal_basis),
        some(carries.measures),
        some(carries.reasons),
        some(carries.remarks),
    );
    let labels = carries.details.clone();
    let details = vec(option::of(text(carries.not_in_texts, false)), labels.len());
    let details = details.prop_map(move |values| {
        let filled = labels.iter().zip(values).filter_map(|(label, value)| Some((*label, value?)));
        filled.map(|(label, value)| Detail::new(label, value)).collect::<Vec<_>>()
    });
    let days = carries.days.map(|is_said| {
        if is_said { option::of(date(true, true)).boxed() } else { Just(None).boxed() }
    });
    let base = Listing {
        list: source.name.clone(),
        topics: source.topics(),
        authority: source.authority.clone(),
        ..Listing::default()
    };
    (party(carries), texts, details, days).prop_map(move |(party, texts, details, days)| {
        let (functions, programmes, legal_basis, measures, reasons, remarks) = texts;
        let [listed_on, ends_on, amended_on] = days;
        Listing {
            party,
            functions,
            programmes,
            legal_basis,
            measures,
            reasons,
            remarks,
            details,
            listed_on,
            ends_on,
            amended_on,
            ..base.clone()
        }
    })
}

/// One to five listings; identifiers are 101, 102, …
pub(crate) fn listings(
    source: &ListSource,
    carries: &Carries,
) -> impl Strategy<Value = Vec<Listing>> + use<> {
    vec(listing(source, carries), 1..6).prop_map(|mut listings| {
        for (number, listing) in (101..).zip(&mut listings) {
            listing.id = i32::to_string(&number);
        }
        listings
    })
}
