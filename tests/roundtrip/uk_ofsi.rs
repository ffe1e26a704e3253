//! Writes OFSI's consolidated list in its last format, as CSV and as workbook.
//!
//! A row is a name; dates of birth and addresses beyond the first stand in further rows of the
//! group, which repeat the primary name when there are no more names. `(1) … (2) …` enumerates
//! several values of a cell, and commas, semicolons and full stops around one are left out by the
//! publisher as often as not, so no text but a name has them. The workbook's shorthand of the tests
//! has signs of its own: `|` and, at the start of a cell, `#`, `@`, `=`.

use super::strategy::{AddressForm, Birth, Carries};
use super::{Writer, Written, comes_back, country, named, row, table, tied};
use crate::lists_real::declared;
use crate::support::workbook::Workbook;
use diligence::party::{Gender, NameQuality, PartialDate, PartyKind, Scheme, Tie};
use diligence::watchlist::Listing;

const TEXT: Writer = Writer {
    source: || declared("uk_ofsi"),
    carries,
    fit,
    section: |_| 0,
    has_ids: true,
    write: |listings| {
        let rows = rows(listings);
        let count = rows.len() - 2;
        Written::only("ConList.csv", table(b',', &rows), count)
    },
};

const BOOK: Writer = Writer {
    carries: || Carries { not_in_names: "|#@=", not_in_texts: ",;.|#@=", ..carries() },
    write: |listings| {
        let rows = rows(listings);
        let lines: Vec<String> = rows.iter().map(|cells| cells.join("|")).collect();
        let book = Workbook::new(&[("ConList", &lines.join("\n"))]);
        Written::only("ConList.xlsx", book.bytes(), rows.len() - 2)
    },
    ..TEXT
};

const PASSPORT: &str = "Passport Number";
const NATIONAL: &str = "National Identification Number";
/// Languages by tag, as the publisher names them.
const LANGUAGES: [(&str, &str); 3] = [("ru", "Russian"), ("ar", "Arabic"), ("uk", "Ukrainian")];
const HEADER: [&str; 28] = [
    "Name 6",
    "Name 1",
    "Title",
    "Name Non-Latin Script",
    "Non-Latin Script Type",
    "Non-Latin Script Language",
    "DOB",
    "Town of Birth",
    "Country of Birth",
    "Nationality",
    PASSPORT,
    "Passport Details",
    NATIONAL,
    "National Identification Details",
    "Position",
    "Address 1",
    "Address 2",
    "Post/Zip Code",
    "Country",
    "Other Information",
    "Group Type",
    "Alias Type",
    "Alias Quality",
    "Regime",
    "Listed On",
    "UK Sanctions List Date Designated",
    "Last Updated",
    "Group ID",
];

#[test]
fn the_ofsi_table_comes_back_as_it_was_written() {
    comes_back(&TEXT);
}

#[test]
fn the_ofsi_workbook_comes_back_as_it_was_written() {
    comes_back(&BOOK);
}

fn carries() -> Carries {
    Carries {
        kinds: vec![
            Some(PartyKind::Person),
            Some(PartyKind::Organization),
            Some(PartyKind::Vessel),
        ],
        not_in_texts: ",;.",
        qualities: vec![NameQuality::Alias, NameQuality::WeakAlias, NameQuality::Former],
        native: vec![None, Some("ru"), Some("ar"), Some("uk")],
        births: vec![Birth::Year, Birth::Month, Birth::Day],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: vec![Tie::BirthPlace, Tie::Nationality, Tie::Address],
        numbers: vec![
            (Scheme::NationalId, Some(NATIONAL), false),
            (Scheme::Passport, Some(PASSPORT), false),
        ],
        addresses: 3,
        address: AddressForm::Code,
        functions: 3,
        programmes: 1,
        remarks: 1,
        days: [true, false, true],
        ..Carries::default()
    }
}

/// Passports come first; the gender is said among the other information, which is kept.
fn fit(mut listing: Listing) -> Listing {
    listing.party.identifiers.sort_by_key(|number| number.scheme);
    if let Some(gender) = listing.party.gender {
        let stated = if gender == Gender::Male { "Male" } else { "Female" };
        listing.remarks = vec![format!("(Gender):{stated}")];
    }
    listing
}

/// The row above the header, the header and the rows.
fn rows(listings: &[Listing]) -> Vec<Vec<String>> {
    let published = ["Last Updated", "27/01/2026"].map(str::to_owned).to_vec();
    let mut rows = vec![published, HEADER.map(str::to_owned).to_vec()];
    for listing in listings {
        let party = &listing.party;
        let names = party.names.iter().filter(|name| name.quality != NameQuality::Native).count();
        let count = names.max(party.birth_dates.len()).max(party.addresses.len());
        rows.extend((0..count).map(|at| row(&HEADER, &cells(listing, at))));
    }
    rows
}

/// `(1) one (2) two`; a single value has no mark.
fn enumerated(values: &[String]) -> String {
    match values {
        [one] => one.clone(),
        _ => {
            let marked = (1..).zip(values).map(|(number, value)| format!("({number}) {value}"));
            marked.collect::<Vec<_>>().join(" ")
        }
    }
}

fn slashed(date: PartialDate) -> String {
    let (day, month) = (date.day().unwrap_or_default(), date.month().unwrap_or_default());
    format!("{day:02}/{month:02}/{}", date.year())
}

/// The cells of one of a party's rows; what has no row of its own stands in the first.
fn cells(listing: &Listing, at: usize) -> Vec<(&'static str, String)> {
    let party = &listing.party;
    let names: Vec<_> = party.names.iter().filter(|n| n.quality != NameQuality::Native).collect();
    let name = names.get(at).unwrap_or(&names[0]);
    let (given, family) = name.text.split_once(' ').unwrap_or(("", &name.text));
    let (alias, quality) = match name.quality {
        NameQuality::Primary => ("Primary name", ""),
        NameQuality::Former => ("FKA", ""),
        NameQuality::WeakAlias => ("AKA", "Low quality"),
        _ => ("AKA", "Good quality"),
    };
    let kind = match party.kind {
        Some(PartyKind::Person) => "Individual",
        Some(PartyKind::Vessel) => "Ship",
        _ => "Entity",
    };
    let address = party.addresses.get(at).cloned().unwrap_or_default();
    let code = address.postal_code.clone().unwrap_or_default();
    let line = address.text.strip_suffix(&format!(", {code}")).unwrap_or(&address.text);
    let mut cells = vec![
        ("Name 1", given.to_owned()),
        ("Name 6", family.to_owned()),
        ("DOB", party.birth_dates.get(at).map(|span| slashed(span.from)).unwrap_or_default()),
        ("Address 1", line.to_owned()),
        ("Post/Zip Code", code.clone()),
        ("Country", country(address.country).to_owned()),
        ("Group Type", kind.to_owned()),
        ("Alias Type", alias.to_owned()),
        ("Alias Quality", quality.to_owned()),
        ("Group ID", listing.id.clone()),
    ];
    if at == 0 {
        cells.extend(once(listing));
    }
    cells
}

fn once(listing: &Listing) -> Vec<(&'static str, String)> {
    let party = &listing.party;
    let places = party.birth_places.iter().map(|place| place.rsplit_once(", ").unwrap());
    let (towns, countries): (Vec<String>, Vec<String>) =
        places.map(|(town, country)| (town.to_owned(), country.to_owned())).unzip();
    let numbers = |scheme| -> Vec<String> {
        let numbers = party.identifiers.iter().filter(|number| number.scheme == scheme);
        numbers.map(|number| number.value.clone()).collect()
    };
    let nationalities = tied(party, Tie::Nationality).into_iter().map(str::to_owned);
    let tag = party.names.iter().find_map(|name| name.language.as_deref());
    let language = LANGUAGES.iter().find(|(known, _)| Some(*known) == tag);
    let (title, positions) = listing.functions.split_at(listing.functions.len().min(1));
    vec![
        ("Name Non-Latin Script", named(party, NameQuality::Native).concat()),
        ("Non-Latin Script Language", language.map_or("", |(_, name)| name).to_owned()),
        ("Town of Birth", enumerated(&towns)),
        ("Country of Birth", enumerated(&countries)),
        ("Nationality", enumerated(&nationalities.collect::<Vec<_>>())),
        (PASSPORT, enumerated(&numbers(Scheme::Passport))),
        (NATIONAL, enumerated(&numbers(Scheme::NationalId))),
        ("Title", enumerated(title)),
        ("Position", enumerated(positions)),
        ("Other Information", listing.remarks.concat()),
        ("Regime", listing.programmes.concat()),
        ("Listed On", listing.listed_on.map(slashed).unwrap_or_default()),
        ("Last Updated", listing.amended_on.map(slashed).unwrap_or_default()),
    ]
}
