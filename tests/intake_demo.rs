//! The demonstration portfolio is what its README says it is, before anything is screened.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as the test would")]

use diligence::intake::{Intake, read};
use diligence::party::{Checksum, Country, Identifier, Tie};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn demo(name: &str) -> Intake {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    read(&root.join(name)).unwrap()
}

fn is_valid(number: &Identifier) -> bool {
    !matches!(number.checksum(), Checksum::Invalid(_))
}

#[test]
fn the_demo_portfolios_read_without_a_fault_or_a_warning() {
    for (name, subjects, parties) in [("portfolio", 28, 70), ("partners.csv", 6, 21)] {
        let intake = demo(name);
        assert_eq!(intake.rejects, []);
        assert!(intake.warnings.is_empty() && intake.gaps.is_empty(), "{:?}", intake.warnings);
        assert_eq!((intake.subjects.len(), intake.parties.len()), (subjects, parties), "{name}");
    }
}

#[test]
fn only_the_lei_that_is_wrong_on_purpose_fails_its_check_digits() {
    let numbers = |p: &diligence::intake::PartyRecord| p.party.identifiers.iter().all(is_valid);
    assert!(demo("partners.csv").parties.values().all(numbers));
    let intake = demo("portfolio");
    let wrong = intake.parties.values().filter(|party| !numbers(party));
    assert_eq!(wrong.map(|party| party.id.as_str()).collect::<Vec<_>>(), ["P-066"]);
    for engagement in intake.engagements.values() {
        let accounts = [&engagement.account_iban, &engagement.account_bic];
        assert!(accounts.into_iter().flatten().all(is_valid), "{}", engagement.id);
    }
}

#[test]
fn shares_add_up_to_a_hundred_wherever_every_owner_is_known() {
    for name in ["portfolio", "partners.csv"] {
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        for relation in demo(name).relations {
            *sums.entry(relation.to).or_default() += relation.share_min.unwrap_or_default();
        }
        for (party, sum) in sums.into_iter().filter(|(_, sum)| *sum > 0.0) {
            assert!((sum - 100.0).abs() < 1e-9, "{party} {sum}");
        }
    }
}

#[test]
fn one_account_alone_lies_in_a_third_country() {
    let intake = demo("portfolio");
    let third = intake.engagements.values().filter(|engagement| {
        let numbers = [&engagement.account_iban, &engagement.account_bic];
        let countries = numbers.into_iter().flatten().filter_map(Identifier::embedded_country);
        let home: BTreeSet<Country> = intake.parties[&engagement.party]
            .party
            .countries
            .iter()
            .filter(|tie| matches!(tie.tie, Tie::Jurisdiction | Tie::Stated))
            .map(|tie| tie.country)
            .chain(engagement.country_of_performance)
            .collect();
        countries.chain(engagement.account_country).any(|country| !home.contains(&country))
    });
    assert_eq!(third.map(|engagement| engagement.id.as_str()).collect::<Vec<_>>(), ["E-21"]);
}

#[test]
fn the_readme_tells_every_row_and_no_other() {
    let text = include_str!("../fixtures/demo/README.md");
    let told: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .filter_map(|line| line.split(" | ").next())
        .filter(|id| id.starts_with("E-") || id.starts_with("V-"))
        .collect();
    let id = |s: &diligence::intake::Subject| s.engagement.clone().or(s.party.clone()).unwrap();
    let rows: Vec<String> = ["portfolio", "partners.csv"]
        .iter()
        .flat_map(|n| demo(n).subjects)
        .map(|s| id(&s))
        .collect();
    assert_eq!(told, rows);
}
