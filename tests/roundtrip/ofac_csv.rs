//! Writes OFAC's delimited files: entries, aliases and addresses, joined by number.
//!
//! The remark is a run of statements: `;` ends one, brackets hold the country behind a number, and
//! `'` is around a weak alias, so names have neither `;` nor `'`. Programmes are separated by
//! `] [`, so other texts have no bracket and no `;`. Weak aliases stand in the remark, behind the
//! names of the alias file; a title is one text.

use super::strategy::{Birth, Carries};
use super::{Writer, Written, comes_back, country, english, tied};
use crate::lists_real::declared;
use diligence::party::{Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::Listing;

const WRITER: Writer =
    Writer { source: || declared("ofac_sdn"), carries, fit, section: |_| 0, has_ids: true, write };

#[test]
fn the_ofac_triple_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: vec![
            Some(PartyKind::Person),
            Some(PartyKind::Organization),
            Some(PartyKind::Vessel),
            Some(PartyKind::Aircraft),
        ],
        not_in_names: ";'",
        not_in_texts: ";()[]",
        qualities: vec![NameQuality::Alias, NameQuality::WeakAlias, NameQuality::Former],
        births: vec![Birth::Year, Birth::Month, Birth::Day, Birth::Circa, Birth::Years],
        birth_dates: 3,
        birth_places: 2,
        gender: true,
        ties: vec![Tie::Address, Tie::Flag, Tie::BirthPlace, Tie::Nationality],
        numbers: vec![
            (Scheme::Passport, Some("Passport"), true),
            (Scheme::NationalId, Some("National ID No."), true),
            (Scheme::Registration, Some("Registration Number"), true),
            (Scheme::Other, Some("D-U-N-S Number"), true),
        ],
        addresses: 3,
        functions: 1,
        programmes: 3,
        remarks: 1,
        ..Carries::default()
    }
}

/// Weak aliases come last, the page of the entry follows from its number, and everything without
/// a column is said in the one remark, whose words are kept.
fn fit(mut listing: Listing) -> Listing {
    listing.party.names.sort_by_key(|name| name.quality == NameQuality::WeakAlias);
    listing.source_url =
        Some(format!("https://sanctionssearch.ofac.treas.gov/Details.aspx?id={}", listing.id));
    listing.remarks = vec![remark(&listing)];
    listing.remarks.retain(|remark| !remark.is_empty());
    listing
}

fn remark(listing: &Listing) -> String {
    let party = &listing.party;
    let mut said: Vec<String> = Vec::new();
    let mut add = |label: &str, values: Vec<String>| {
        let alt = |at: usize| if at == 0 { "" } else { "alt. " };
        said.extend(values.iter().enumerate().map(|(at, v)| format!("{}{label} {v}", alt(at))));
    };
    add("DOB", party.birth_dates.iter().map(english).collect());
    add("POB", party.birth_places.clone());
    let nationalities = tied(party, Tie::Nationality);
    add("nationality", nationalities.into_iter().map(str::to_owned).collect());
    let gender = party.gender.map(|g| if g == Gender::Male { "Male" } else { "Female" });
    add("Gender", gender.into_iter().map(str::to_owned).collect());
    for number in &party.identifiers {
        let issuer = number.country.map(|country| format!(" ({})", country.name()));
        said.push(format!(
            "{} {}{}",
            number.label.as_deref().unwrap(),
            number.value,
            issuer.unwrap_or_default()
        ));
    }
    let weak = party.names.iter().filter(|name| name.quality == NameQuality::WeakAlias);
    said.extend(weak.map(|name| format!("a.k.a. '{}'", name.text)));
    said.extend(listing.remarks.iter().map(|words| format!("Remark: {words}")));
    if said.is_empty() { String::new() } else { format!("{}.", said.join("; ")) }
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let (mut main, mut aliases, mut addresses) = (Table::new(), Table::new(), Table::new());
    for listing in listings {
        let party = &listing.party;
        let kind = match party.kind {
            Some(PartyKind::Person) => "individual",
            Some(PartyKind::Vessel) => "vessel",
            Some(PartyKind::Aircraft) => "aircraft",
            _ => "",
        };
        let flag = tied(party, Tie::Flag).concat();
        let title = listing.functions.first().map_or("", String::as_str);
        let remark = listing.remarks.first().map_or("", String::as_str);
        let programmes = listing.programmes.join("] [");
        let name = party.caption();
        main.row(&listing.id, &[name, kind, &programmes, title, "", "", "", "", &flag, "", remark]);
        for (number, name) in (1..).zip(&party.names) {
            let said = match name.quality {
                NameQuality::Former => "fka",
                NameQuality::Alias => "aka",
                _ => continue,
            };
            aliases.row(&listing.id, &[&format!("9{number}"), said, &name.text, ""]);
        }
        for (number, address) in (1..).zip(&party.addresses) {
            let (street, city) = address.text.rsplit_once(", ").unwrap_or((&address.text, ""));
            addresses.row(
                &listing.id,
                &[&format!("8{number}"), street, city, country(address.country), ""],
            );
        }
    }
    [
        ("main", "sdn.csv", main),
        ("aliases", "alt.csv", aliases),
        ("addresses", "add.csv", addresses),
    ]
    .into_iter()
    .filter(|(_, _, table)| table.rows > 0)
    .map(|(role, name, table)| Written { role, name, rows: table.rows, bytes: table.ended() })
    .collect()
}

/// Rows without a header: the number of the entry, then texts in quotes, `-0-` for none.
struct Table {
    text: String,
    rows: usize,
}

impl Table {
    fn new() -> Self {
        Self { text: String::new(), rows: 0 }
    }

    fn row(&mut self, id: &str, cells: &[&str]) {
        let quoted = cells.iter().map(|cell| match *cell {
            "" => "-0- ".to_owned(),
            text => format!("\"{}\"", text.replace('"', "\"\"")),
        });
        let cells: Vec<String> = std::iter::once(id.to_owned()).chain(quoted).collect();
        self.text += &format!("{}\r\n", cells.join(","));
        self.rows += 1;
    }

    fn ended(self) -> Vec<u8> {
        let mut bytes = self.text.into_bytes();
        bytes.push(0x1a);
        bytes
    }
}
