//! Decides what one OFAC entry, with its aliases and addresses, says.
//!
//! Names stay as written ("LAST, First"). A name quoted in the remarks is OFAC's weak alias; a
//! name in the alias file counts fully. The remark itself is kept word for word.

use super::super::fault::Fault;
use super::super::ofac_terms::{
    DETAILS_URL, Paper, add_identifier, add_name, country, kind, read_quality,
};
use super::{Row, remarks};
use crate::party::{Address, NameQuality, Party, Scheme, Tie};
use crate::watchlist::{Detail, Link, ListSource, Listing};

/// Columns of the main file, by the data specification, counted from 0.
mod column {
    pub(super) const NAME: usize = 1;
    pub(super) const TYPE: usize = 2;
    pub(super) const PROGRAM: usize = 3;
    pub(super) const TITLE: usize = 4;
    pub(super) const CALL_SIGN: usize = 5;
    pub(super) const VESSEL_TYPE: usize = 6;
    pub(super) const TONNAGE: usize = 7;
    pub(super) const GROSS_TONNAGE: usize = 8;
    pub(super) const FLAG: usize = 9;
    pub(super) const OWNER: usize = 10;
    pub(super) const REMARKS: usize = 11;
    /// Alias file.
    pub(super) const ALIAS_TYPE: usize = 2;
    pub(super) const ALIAS_NAME: usize = 3;
    pub(super) const ALIAS_REMARKS: usize = 4;
    /// Address file.
    pub(super) const STREET: usize = 2;
    pub(super) const CITY: usize = 3;
    pub(super) const COUNTRY: usize = 4;
    pub(super) const ADDRESS_REMARKS: usize = 5;
    /// Comments file.
    pub(super) const COMMENT: usize = 1;
}

const PROGRAMME_SEPARATOR: &str = "] [";

/// The rows of one `ent_num`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    number: u64,
    /// Which row of this number it is, from 1.
    ordinal: usize,
    pub(super) main: Row,
    aliases: Vec<Row>,
    addresses: Vec<Row>,
    comments: Vec<Row>,
}

impl Entry {
    pub(super) fn new(number: u64, ordinal: usize, main: Row) -> Self {
        Self { number, ordinal, main, ..Self::default() }
    }

    pub(super) fn attach(&mut self, role: &str, row: Row) {
        match role {
            "aliases" => self.aliases.push(row),
            "addresses" => self.addresses.push(row),
            _ => self.comments.push(row),
        }
    }
}

/// The listing of an entry; `None` when it has no name, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    entry: &Entry,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let main = &entry.main;
    if main.cell(column::NAME).is_empty() {
        faults.push(Fault::record("no-name", "expected SDN_Name, found null"));
        return None;
    }
    let id = id(entry, faults);
    let kind = kind(main.cell(column::TYPE), "SDN_Type", faults);
    let mut party = Party { kind, ..Party::default() };
    add_name(&mut party, main.cell(column::NAME), NameQuality::Primary);
    let mut listing = Listing {
        list: source.name.clone(),
        id,
        topics: source.topics(),
        programmes: programmes(main.cell(column::PROGRAM)),
        authority: source.authority.clone(),
        // A number that was used twice leads to another party.
        source_url: (entry.ordinal == 1).then(|| format!("{DETAILS_URL}{}", entry.number)),
        ..Listing::default()
    };
    for alias in &entry.aliases {
        add_alias(alias, &mut party, &mut listing.remarks, faults);
    }
    for address in &entry.addresses {
        add_address(address, &mut party, &mut listing.remarks, faults);
    }
    listing.functions.extend(text(main.cell(column::TITLE)));
    vessel(main, &mut party, &mut listing, faults);
    let continued = entry.comments.iter().map(|row| row.cell(column::COMMENT));
    let remark: String = std::iter::once(main.cell(column::REMARKS)).chain(continued).collect();
    if !remark.is_empty() {
        remarks::apply(&remark, &mut party, &mut listing, faults);
        listing.remarks.insert(0, remark);
    }
    listing.party = party;
    Some(listing)
}

/// The publisher's number. A second row of the same number is another listed party under a wrong
/// number and must not be lost: it stays under an identifier of its own, and is reported.
fn id(entry: &Entry, faults: &mut Vec<Fault>) -> String {
    if entry.ordinal == 1 {
        return entry.number.to_string();
    }
    let id = format!("{}-{}", entry.number, entry.ordinal);
    let message = format!(
        "ent_num {} was already used by an earlier row, which keeps the aliases and addresses; \
         this entry is kept as {id}",
        entry.number
    );
    faults.push(Fault::field("ent_num", "duplicate-id", message));
    id
}

fn text(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn programmes(cell: &str) -> Vec<String> {
    let names = cell.split(PROGRAMME_SEPARATOR).map(|name| name.trim_matches(['[', ']', ' ']));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn add_alias(row: &Row, party: &mut Party, notes: &mut Vec<String>, faults: &mut Vec<Fault>) {
    let name = row.cell(column::ALIAS_NAME);
    let quality = read_quality(row.cell(column::ALIAS_TYPE), false, "alt_type", faults);
    if name.is_empty() {
        faults.push(Fault::field("alt_name", "no-name", "expected a name, found null"));
    } else {
        add_name(party, name, quality);
    }
    let remark = row.cell(column::ALIAS_REMARKS);
    notes.extend((!remark.is_empty()).then(|| format!("{name}: {remark}")));
}

fn add_address(row: &Row, party: &mut Party, notes: &mut Vec<String>, faults: &mut Vec<Fault>) {
    let parts = [row.cell(column::STREET), row.cell(column::CITY)];
    let text = parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let country = country(row.cell(column::COUNTRY), "Country", faults);
    if let Some(country) = country {
        party.tie(country, Tie::Address);
    }
    if !text.is_empty() || country.is_some() {
        party.addresses.push(Address { text, country, ..Address::default() });
    }
    let remark = row.cell(column::ADDRESS_REMARKS);
    notes.extend((!remark.is_empty()).then(|| remark.to_owned()));
}

/// The columns that only ships and aircraft fill.
fn vessel(row: &Row, party: &mut Party, listing: &mut Listing, faults: &mut Vec<Fault>) {
    if let Some(flag) = country(row.cell(column::FLAG), "Vess_flag", faults) {
        party.tie(flag, Tie::Flag);
    }
    let owner = text(row.cell(column::OWNER));
    listing.linked_to.extend(owner.map(|owner| Link::named(Some("owned by"), owner)));
    let paper = Paper { label: "Vessel Call Sign", ..Paper::default() };
    add_identifier(party, Scheme::Other, row.cell(column::CALL_SIGN), &paper);
    for (label, cell) in [
        ("vessel type", column::VESSEL_TYPE),
        ("tonnage", column::TONNAGE),
        ("gross tonnage", column::GROSS_TONNAGE),
    ] {
        listing.details.extend(text(row.cell(cell)).map(|value| Detail::new(label, value)));
    }
}
