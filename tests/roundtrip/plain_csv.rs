//! Writes a table of one's own under a declaration that maps every column.
//!
//! The declaration separates values in one cell by `|`, so no text has one. A row has one address
//! and, with a column for each, one number of a scheme. Names go by column.

use super::strategy::{AddressForm, Birth, Carries};
use super::{
    Writer, Written, comes_back, country, detail, english, iso, named, row, street, table, tied,
};
use diligence::party::{Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{ListSource, Listing};

const WRITER: Writer = Writer { source, carries, fit, section: |_| 0, has_ids: true, write };

const DECLARATION: &str = r#"
name = "own"
title = "A table of one's own"
publisher = "Group Compliance"
licence = "internal"
format = "plain_csv"
topics = ["internal.rejected"]
effect = "blocks"

[[files]]
role = "main"
patterns = ["own*.csv"]

[columns]
delimiter = ";"
separator = "|"
id = "No"
name = "Name"
native_name = "Local name"
alias = "Also"
former_name = "Formerly"
weak_alias = "Perhaps"
kind = { column = "Type", values = { "Firma" = "company" } }
nationality = "Nationality"
country = "Country"
birth_date = "Born"
birth_place = "Born in"
gender = "Gender"
address = "Street"
city = "City"
postal_code = "ZIP"
address_country = "Address country"
programme = "Category"
function = "Position"
measure = "Measure"
legal_basis = "Rule"
reason = "Why"
remark = "Note"
listed_on = "Since"
ends_on = "Until"
amended_on = "Changed"

[[columns.identifier]]
column = "Passport"
scheme = "passport"
country = "Passport of"

[[columns.identifier]]
column = "Register"
scheme = "registration"
label = "trade register"

[guards]
max_shrink_percent = 20.0
max_reject_percent = 5.0

[staleness]
warn_hours = 2160
hard_hours = 8760
"#;

/// The columns, with one that nothing maps.
const HEADER: [&str; 29] = [
    "No",
    "Name",
    "Local name",
    "Also",
    "Formerly",
    "Perhaps",
    "Type",
    "Nationality",
    "Country",
    "Born",
    "Born in",
    "Gender",
    "Street",
    "City",
    "ZIP",
    "Address country",
    "Category",
    "Position",
    "Measure",
    "Rule",
    "Why",
    "Note",
    "Since",
    "Until",
    "Changed",
    "Passport",
    "Passport of",
    "Register",
    "Buyer",
];

#[test]
fn a_table_of_ones_own_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn source() -> ListSource {
    ListSource::from_toml("watchlists/own.toml", DECLARATION).unwrap()
}

fn carries() -> Carries {
    Carries {
        kinds: PartyKind::ALL.into_iter().map(Some).chain([None]).collect(),
        not_in_names: "|",
        not_in_texts: "|",
        qualities: vec![NameQuality::Alias, NameQuality::WeakAlias, NameQuality::Former],
        native: vec![None],
        births: vec![Birth::Year, Birth::Month, Birth::Day, Birth::Circa, Birth::Years],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: vec![Tie::Nationality, Tie::Stated, Tie::Address],
        numbers: vec![
            (Scheme::Registration, Some("trade register"), false),
            (Scheme::Passport, Some("Passport"), true),
        ],
        addresses: 1,
        address: AddressForm::CodeThenCity,
        functions: 3,
        programmes: 3,
        legal_basis: 2,
        measures: 2,
        reasons: 2,
        remarks: 2,
        details: vec!["Buyer"],
        days: [true, true, true],
        ..Carries::default()
    }
}

fn fit(mut listing: Listing) -> Listing {
    const ORDER: [NameQuality; 5] = [
        NameQuality::Primary,
        NameQuality::Native,
        NameQuality::Alias,
        NameQuality::Former,
        NameQuality::WeakAlias,
    ];
    let party = &mut listing.party;
    party.names.sort_by_key(|name| ORDER.iter().position(|quality| *quality == name.quality));
    party.identifiers.sort_by_key(|number| number.scheme != Scheme::Passport);
    party.identifiers.dedup_by_key(|number| number.scheme);
    listing
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend(listings.iter().map(|listing| row(&HEADER, &cells(listing))));
    Written::only("own.csv", table(b';', &rows), listings.len())
}

fn cells(listing: &Listing) -> Vec<(&'static str, String)> {
    let party = &listing.party;
    let kind = match party.kind {
        Some(PartyKind::Company) => "Firma",
        Some(kind) => kind.as_str(),
        None => "",
    };
    let gender = party.gender.map_or("", |g| if g == Gender::Male { "m" } else { "F" });
    let number = |scheme| party.identifiers.iter().find(|number| number.scheme == scheme);
    let value = |scheme| number(scheme).map(|number| number.value.clone()).unwrap_or_default();
    let issuer = number(Scheme::Passport).and_then(|number| number.country);
    let address = party.addresses.first().cloned().unwrap_or_default();
    let names = |quality| named(party, quality).join("|");
    vec![
        ("No", listing.id.clone()),
        ("Name", party.caption().to_owned()),
        ("Local name", names(NameQuality::Native)),
        ("Also", names(NameQuality::Alias)),
        ("Formerly", names(NameQuality::Former)),
        ("Perhaps", names(NameQuality::WeakAlias)),
        ("Type", kind.to_owned()),
        ("Nationality", tied(party, Tie::Nationality).join("|")),
        ("Country", tied(party, Tie::Stated).join("|")),
        ("Born", party.birth_dates.iter().map(english).collect::<Vec<_>>().join("|")),
        ("Born in", party.birth_places.join("|")),
        ("Gender", gender.to_owned()),
        ("Street", street(&address).to_owned()),
        ("City", address.city.clone().unwrap_or_default()),
        ("ZIP", address.postal_code.clone().unwrap_or_default()),
        ("Address country", country(address.country).to_owned()),
        ("Category", listing.programmes.join("|")),
        ("Position", listing.functions.join("|")),
        ("Measure", listing.measures.join("|")),
        ("Rule", listing.legal_basis.join("|")),
        ("Why", listing.reasons.join("|")),
        ("Note", listing.remarks.join("|")),
        ("Since", iso(listing.listed_on)),
        ("Until", iso(listing.ends_on)),
        ("Changed", iso(listing.amended_on)),
        ("Passport", value(Scheme::Passport)),
        ("Passport of", country(issuer).to_owned()),
        ("Register", value(Scheme::Registration)),
        ("Buyer", detail(listing, "Buyer")),
    ]
}
