//! Decides how a generated portfolio is written: the single `partners` table, or `parties` and
//! `relations`, and the ground truth beside it.

use super::{Partner, Party, Planted};

/// Columns of a party; in the single table those of owners and key persons come after a prefix.
const PARTY: [&str; 9] = [
    "name",
    "kind",
    "country",
    "jurisdiction",
    "nationality",
    "birth_date",
    "gender",
    "registration_number",
    "incorporation_date",
];
/// Most owners, and most key persons, of one partner.
const BESIDE: usize = 3;

fn cells(party: &Party) -> [&str; 9] {
    [
        &party.name,
        &party.kind,
        &party.country,
        &party.jurisdiction,
        &party.nationality,
        &party.birth_date,
        &party.gender,
        &party.registration_number,
        &party.incorporation_date,
    ]
}

/// The single table: one row a partner.
///
/// # Errors
/// None in practice: the writer's target is memory.
pub(crate) fn partners(partners: &[Partner]) -> csv::Result<Vec<u8>> {
    let mut header = vec!["id".to_owned()];
    header.extend(PARTY.map(str::to_owned));
    for n in 1..=BESIDE {
        header.extend(PARTY.iter().map(|column| format!("owner.{n}.{column}")));
        header.push(format!("owner.{n}.share"));
    }
    for n in 1..=BESIDE {
        header.extend(PARTY.iter().map(|column| format!("person.{n}.{column}")));
        header.push(format!("person.{n}.role"));
    }
    let rows = partners.iter().map(|partner| {
        let mut row = vec![partner.party.id.clone()];
        row.extend(cells(&partner.party).map(str::to_owned));
        let owners = partner.owners.iter().map(|(owner, share)| (owner, share.to_string()));
        let persons = partner.persons.iter().map(|person| (person, "director".to_owned()));
        beside(&mut row, owners);
        beside(&mut row, persons);
        row
    });
    write(&header, rows)
}

/// Adds the cells of up to [`BESIDE`] parties and their last column.
fn beside<'a>(row: &mut Vec<String>, parties: impl Iterator<Item = (&'a Party, String)>) {
    let end = row.len() + BESIDE * (PARTY.len() + 1);
    for (party, last) in parties.take(BESIDE) {
        row.extend(cells(party).map(str::to_owned));
        row.push(last);
    }
    row.resize(end, String::new());
}

/// The table `parties`: partners, owners and key persons, one row each.
///
/// # Errors
/// None in practice: the writer's target is memory.
pub(crate) fn parties(partners: &[Partner]) -> csv::Result<Vec<u8>> {
    let mut header = vec!["id"];
    header.extend(PARTY);
    let all = partners.iter().flat_map(|partner| {
        let owners = partner.owners.iter().map(|(owner, _)| owner);
        std::iter::once(&partner.party).chain(owners).chain(&partner.persons)
    });
    write(&header, all.map(|party| std::iter::once(party.id.as_str()).chain(cells(party))))
}

/// The table `relations`: who owns and who directs.
///
/// # Errors
/// None in practice: the writer's target is memory.
pub(crate) fn relations(partners: &[Partner]) -> csv::Result<Vec<u8>> {
    let ties = partners.iter().flat_map(|partner| {
        let to = partner.party.id.as_str();
        let tie = move |from: &Party, kind: &str, share: String, role: &str| {
            [from.id.clone(), to.to_owned(), kind.to_owned(), share, role.to_owned()]
        };
        let owns =
            partner.owners.iter().map(move |(o, share)| tie(o, "owns", share.to_string(), ""));
        let directs =
            partner.persons.iter().map(move |p| tie(p, "directs", String::new(), "director"));
        owns.chain(directs)
    });
    write(&["from", "to", "type", "share", "role"], ties)
}

/// The ground truth: one row a planted listing.
///
/// # Errors
/// None in practice: the writer's target is memory.
pub(crate) fn planted(planted: &[Planted]) -> csv::Result<Vec<u8>> {
    let row = |one: &Planted| {
        let Planted { partner, party, part, copy } = one.clone();
        [partner, party, part.as_str().to_owned(), copy.list, copy.listing, copy.name]
    };
    write(&["partner", "party", "role", "list", "listing", "name"], planted.iter().map(row))
}

fn write<H, R>(header: &[H], rows: impl Iterator<Item = R>) -> csv::Result<Vec<u8>>
where
    H: AsRef<[u8]>,
    R: IntoIterator,
    R::Item: AsRef<[u8]>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
