//! Tests of who is screened for a subject: cycles, diamonds, deep chains, ended ties.

use super::*;
use crate::intake::model::{PartyRecord, Row};

/// A portfolio from ties written `from kind to`, with the last day after `until`.
fn portfolio(ties: &[&str]) -> Intake {
    let mut intake = Intake::default();
    for tie in ties {
        let words: Vec<&str> = tie.split(' ').collect();
        let (from, to) = (words[0].to_owned(), words[2].to_owned());
        let kind = serde_json::from_value(words[1].into()).unwrap();
        for id in [&from, &to] {
            let record = PartyRecord { id: id.clone(), ..PartyRecord::default() };
            intake.parties.insert(id.clone(), record);
        }
        let end = words.get(4).map(|date| date.parse().unwrap());
        intake.relations.push(Relation {
            from,
            to,
            kind,
            share_min: None,
            share_max: None,
            role: None,
            start: None,
            end,
            other: BTreeMap::new(),
            row: Row::default(),
        });
    }
    intake
}

/// One line a party: id, role, depth, path, and `former` when it is.
fn walk(ties: &[&str], subject: &str) -> Vec<String> {
    let intake = portfolio(ties);
    let involved = involved(&intake, subject, jiff::civil::date(2026, 11, 21));
    let line = |one: &Involved| {
        let Standing { role, former, depth } = one.standing;
        let former = if former { " former" } else { "" };
        format!("{} {} {depth} {:?}{former}", one.party, role.as_str(), involved.path(one))
    };
    involved.parties.iter().map(line).collect()
}

#[test]
fn owners_at_any_depth_and_their_key_persons_are_involved() {
    let ties =
        ["A owns S", "B controls A", "K directs B", "F family K", "E employed_by S", "X owns Y"];
    let expected = [
        "S subject 0 []",
        "A owner 1 [0]",
        "E counterparty 1 [4]",
        "B owner 2 [0, 1]",
        "K key_person 3 [0, 1, 2]",
        "F associate 4 [0, 1, 2, 3]",
    ];
    assert_eq!(walk(&ties, "S"), expected);
}

#[test]
fn a_cycle_of_owners_ends() {
    let ties = ["A owns S", "B owns A", "S owns B", "A owns B", "S owns S"];
    assert_eq!(walk(&ties, "S"), ["S subject 0 []", "A owner 1 [0]", "B owner 2 [0, 1]"]);
}

#[test]
fn the_shorter_side_of_a_diamond_is_the_path() {
    let ties = ["A owns S", "B owns S", "C owns A", "T owns C", "T owns B"];
    assert!(walk(&ties, "S").contains(&"T owner 2 [1, 4]".to_owned()));
}

#[test]
fn a_party_of_two_parts_appears_once_in_the_graver_one() {
    let intake = portfolio(&["P directs S", "P owns A", "A owns S", "S employed_by P"]);
    let involved = involved(&intake, "S", jiff::civil::date(2026, 11, 21));
    let party = involved.parties.iter().find(|one| one.party == "P").unwrap();
    assert_eq!(party.standing.role, InvolvedRole::Owner);
    let also: Vec<_> = party.also.iter().map(|standing| standing.role).collect();
    assert_eq!(also, [InvolvedRole::KeyPerson, InvolvedRole::Counterparty]);
}

#[test]
fn an_ended_tie_marks_the_party_former_and_keeps_it() {
    let ties = ["A owns S until 2020", "B owns A", "C owns S until 2026-11"];
    let expected =
        ["S subject 0 []", "A owner 1 [0] former", "C owner 1 [2]", "B owner 2 [0, 1] former"];
    assert_eq!(walk(&ties, "S"), expected);
}

#[test]
fn a_longer_way_that_holds_goes_before_a_shorter_one_that_ended() {
    let ties = ["A owns S until 2020", "B owns S", "A owns B"];
    assert!(walk(&ties, "S").contains(&"A owner 2 [1, 2]".to_owned()));
}

#[test]
fn a_chain_of_a_hundred_thousand_owners_is_walked_to_its_end() {
    let depth = 100_000;
    let ties: Vec<String> = (0..depth).map(|n| format!("N{} owns N{n}", n + 1)).collect();
    let ties: Vec<&str> = ties.iter().map(String::as_str).collect();
    let intake = portfolio(&ties);
    let involved = involved(&intake, "N0", jiff::civil::date(2026, 11, 21));
    let last = involved.parties.last().unwrap();
    assert_eq!((last.party.as_str(), last.standing.depth), ("N100000", depth));
    assert_eq!(involved.path(last).len(), depth);
}

#[test]
fn owners_of_a_key_person_are_involved_at_any_depth() {
    let expected =
        ["S subject 0 []", "D key_person 1 [0]", "L owner 2 [0, 1]", "M owner 3 [0, 1, 2]"];
    assert_eq!(walk(&["D directs S", "L owns D", "M controls L", "K directs L"], "S"), expected);
}

#[test]
fn owners_of_a_counterparty_and_of_an_associate_are_involved_two_levels_up() {
    let ties = ["S owns T", "A owns T", "L owns A", "F associate S", "G owns F"];
    let expected = [
        "S subject 0 []",
        "F associate 1 [3]",
        "T counterparty 1 [0]",
        "A owner 2 [0, 1]",
        "G owner 2 [3, 4]",
        "L owner 3 [0, 1, 2]",
    ];
    assert_eq!(walk(&ties, "S"), expected);
}

#[test]
fn a_key_person_who_owns_somebody_else_involved_is_an_owner_and_once() {
    let ties = ["K directs S", "F family S", "K owns F", "L owns K", "K owns L", "S owns K"];
    let intake = portfolio(&ties);
    let involved = involved(&intake, "S", jiff::civil::date(2026, 11, 21));
    let ids: Vec<&str> = involved.parties.iter().map(|one| one.party.as_str()).collect();
    assert_eq!(ids, ["S", "F", "K", "L"]);
    let party = involved.parties.iter().find(|one| one.party == "K").unwrap();
    assert_eq!((party.standing.role, party.standing.depth), (InvolvedRole::Owner, 2));
    let also: Vec<_> = party.also.iter().map(|standing| standing.role).collect();
    assert_eq!(also, [InvolvedRole::KeyPerson, InvolvedRole::Counterparty]);
    assert_eq!(involved.path(party), [1, 2]);
}

#[test]
fn owning_the_subject_goes_before_owning_somebody_else_involved() {
    let ties = ["A owns S", "B owns A", "D directs S", "B owns D"];
    assert!(walk(&ties, "S").contains(&"B owner 2 [0, 1]".to_owned()));
}

#[test]
fn a_chain_that_holds_leads_to_the_owner_of_another_before_one_that_ended() {
    let ties =
        ["D directs S", "L owns D until 2020", "E owns D", "M owns E", "L owns M", "N owns L"];
    let lines = walk(&ties, "S");
    assert!(lines.contains(&"L owner 4 [0, 2, 3, 4]".to_owned()), "{lines:?}");
    assert!(lines.contains(&"N owner 5 [0, 2, 3, 4, 5]".to_owned()), "{lines:?}");
}

#[test]
fn a_chain_of_a_hundred_thousand_owners_of_a_director_is_walked_to_its_end() {
    let depth = 100_000;
    let ties: Vec<String> = (0..depth).map(|n| format!("N{} owns N{n}", n + 1)).collect();
    let mut ties: Vec<&str> = ties.iter().map(String::as_str).collect();
    ties.push("N0 directs S");
    let involved = involved(&portfolio(&ties), "S", jiff::civil::date(2026, 11, 21));
    let last = involved.parties.last().unwrap();
    assert_eq!((last.party.as_str(), last.standing.depth), ("N100000", depth + 1));
    assert_eq!(involved.path(last).len(), depth + 1);
}

proptest::proptest! {
    /// Each party once, ties from the subject to it in order, and nobody who owns one of them out.
    #[test]
    fn the_involved_are_closed_under_ownership(
        ties in proptest::collection::vec((0..6_u8, 0..5_usize, 0..6_u8, proptest::bool::ANY), 0..14),
    ) {
        let kinds = ["owns", "controls", "directs", "family", "employed_by"];
        let tie = |(from, kind, to, ended): &(u8, usize, u8, bool)| {
            format!("{from} {} {to}{}", kinds[*kind], if *ended { " until 2020" } else { "" })
        };
        let ties: Vec<String> = ties.iter().map(tie).chain(["0 owns 0".to_owned()]).collect();
        let intake = portfolio(&ties.iter().map(String::as_str).collect::<Vec<_>>());
        let involved = involved(&intake, "0", jiff::civil::date(2026, 11, 21));
        let ids: BTreeSet<&str> = involved.parties.iter().map(|one| one.party.as_str()).collect();
        proptest::prop_assert_eq!(ids.len(), involved.parties.len());
        for relation in intake.relations.iter().filter(|r| owner(r, &r.to).is_some()) {
            let (from, to) = (relation.from.as_str(), relation.to.as_str());
            proptest::prop_assert!(!ids.contains(to) || ids.contains(from), "{from} owns {to}");
        }
        for one in &involved.parties {
            let path = involved.path(one);
            proptest::prop_assert_eq!(path.len(), one.standing.depth);
            let mut at = "0";
            for relation in path {
                at = other_end(&intake.relations[relation], at);
            }
            proptest::prop_assert_eq!(at, one.party.as_str());
            let mut all = one.also.clone();
            all.insert(0, one.standing);
            proptest::prop_assert!(all.windows(2).all(|pair| pair[0].role < pair[1].role));
        }
    }
}

#[test]
fn nobody_is_involved_for_a_party_that_is_not_there() {
    assert!(walk(&["A owns S"], "Z").is_empty());
}
