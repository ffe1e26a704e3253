//! The generator of measuring portfolios: what it plants is where it says, and nothing is left to
//! the machine it runs on.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as the test would")]

#[path = "../examples/generate_portfolio/generator/mod.rs"]
mod generator;

use diligence::intake::{Intake, read_bytes};
use diligence::party::{Country, CountryTie, Party, PartyKind, PartyName, Tie};
use diligence::watchlist::Listing;
use generator::people::Stock;
use generator::plant::Part;
use generator::{Ingredients, Partner, Planted, generate, tables};
use std::collections::BTreeMap;

/// Listings of every kind, all fictional; every fourth is a natural person.
fn listings() -> Vec<Listing> {
    let kinds = [PartyKind::Person, PartyKind::Company, PartyKind::Organization, PartyKind::Vessel];
    let listing = |n: usize| {
        let mut party = Party { kind: kinds.get(n % 4).copied(), ..Party::default() };
        let name = format!("Listed \"No. {n}\", Ltd");
        party.names.push(PartyName::new(name, diligence::party::NameQuality::Primary));
        let country: Country = "CY".parse().unwrap();
        if n.is_multiple_of(4) {
            let date: diligence::party::PartialDate = "1961-07".parse().unwrap();
            party.birth_dates.push(date.into());
            party.tie(country, Tie::Nationality);
        } else {
            party.tie(country, Tie::Jurisdiction);
        }
        Listing { list: "demo".to_owned(), id: n.to_string(), party, ..Listing::default() }
    };
    (0..200).map(listing).collect()
}

fn ingredients(seed: u64) -> Ingredients {
    let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let lists = BTreeMap::from([
        ("first_names".to_owned(), names("Ann Bea Cy")),
        ("last_names".to_owned(), names("Dee Eff")),
    ]);
    Ingredients {
        companies: (0..60).map(|n| (format!("Company {n}"), None)).collect(),
        stocks: vec![Stock::invented(), Stock::of(&lists, Some("PT".to_owned())).unwrap()],
        listings: listings(),
        planted: 40,
        seed,
    }
}

fn made(seed: u64) -> (Vec<Partner>, Vec<Planted>) {
    generate(&ingredients(seed))
}

fn in_one_table(partners: &[Partner]) -> Intake {
    let table = tables::partners(partners).unwrap();
    read_bytes(vec![("partners.csv".to_owned(), table)]).unwrap()
}

#[test]
fn half_of_the_planted_are_hidden_behind_a_partner() {
    let (_, planted) = made(1);
    let count = |part: Part| planted.iter().filter(|one| one.part == part).count();
    let counts = [Part::Subject, Part::Owner, Part::KeyPerson].map(count);
    assert_eq!(counts, [20, 10, 10]);
    let mut partners: Vec<&str> = planted.iter().map(|one| one.partner.as_str()).collect();
    partners.dedup();
    assert_eq!(partners.len(), 40, "one planted listing a partner");
}

#[test]
fn every_planted_party_is_read_back_as_the_list_has_it() {
    let (partners, planted) = made(2);
    let intake = in_one_table(&partners);
    assert_eq!((intake.rejects.len(), intake.warnings.len()), (0, 0));
    assert_eq!(intake.subjects.len(), 60);
    for one in &planted {
        let listing = listings().into_iter().find(|l| l.id == one.copy.listing).unwrap();
        let party = &intake.parties[&one.party].party;
        assert_eq!(party.caption(), listing.party.caption());
        assert_eq!(party.kind, listing.party.kind);
        assert_eq!(party.birth_dates, listing.party.birth_dates);
        let has = |tie: &CountryTie| party.countries.contains(tie);
        assert!(listing.party.countries.iter().all(has), "{}", one.party);
    }
}

#[test]
fn invented_parties_are_complete_and_owners_hold_the_whole() {
    let intake = in_one_table(&made(3).0);
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for relation in intake.relations.iter().filter(|relation| relation.share_min.is_some()) {
        *sums.entry(&relation.to).or_default() += relation.share_min.unwrap();
    }
    assert!(sums.len() >= 40 && sums.values().all(|sum| (sum - 100.0).abs() < 1e-9), "{sums:?}");
    let invented = intake.parties.values().filter(|p| !p.party.caption().starts_with("Listed"));
    for record in invented {
        let party = &record.party;
        let dated = !party.birth_dates.is_empty() || record.incorporation_date.is_some();
        assert!(dated && party.kind.is_some() && party.countries.len() >= 2, "{}", record.id);
    }
}

#[test]
fn the_two_layouts_are_the_same_portfolio() {
    let (partners, _) = made(4);
    let wide = in_one_table(&partners);
    let tall = read_bytes(vec![
        ("parties.csv".to_owned(), tables::parties(&partners).unwrap()),
        ("relations.csv".to_owned(), tables::relations(&partners).unwrap()),
    ])
    .unwrap();
    let parties = |intake: &Intake| -> Vec<_> {
        intake.parties.values().map(|record| (record.id.clone(), record.party.clone())).collect()
    };
    assert_eq!(parties(&wide), parties(&tall));
    let ties = |intake: &Intake| {
        let tie =
            |r: &diligence::intake::Relation| (r.to.clone(), r.from.clone(), r.kind, r.share_max);
        let mut ties: Vec<_> = intake.relations.iter().map(tie).collect();
        ties.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        ties
    };
    assert_eq!(ties(&wide), ties(&tall));
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let bytes = |seed| {
        let (partners, planted) = made(seed);
        (tables::partners(&partners).unwrap(), tables::planted(&planted).unwrap())
    };
    assert_eq!(bytes(5), bytes(5));
    assert_ne!(bytes(5), bytes(6));
}
