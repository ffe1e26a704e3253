//! The Canadian autonomous sanctions list, on small files of fictional parties, one situation a
//! file, and on the publisher's real file where it is.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests say when they skip, and stop at the first surprise"
)]

use crate::formats_europe::{
    births, details, names, numbers, read_file, read_situation, rejects, tally, ties,
};
use crate::lists_real::real;
use diligence::party::{NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{ParseError, Parsed, Topic};
use std::collections::BTreeSet;

fn canada(situation: &str) -> Result<Parsed, ParseError> {
    read_situation("ca_sema", &format!("ca_sema_xml/{situation}"))
}

#[test]
fn a_canadian_person_has_a_place_in_the_law_for_an_identifier() {
    let parsed = canada("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    let [person, _, _, victim] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(person.id, "belarus-1-part-1-12");
    assert_eq!(
        names(person),
        [
            ("Arsen Talimovich DEMIY", NameQuality::Primary, ""),
            ("Arsen Talimovich DEMY", NameQuality::Alias, ""),
            ("Арсен Талимович ДЕМИЙ", NameQuality::Native, ""),
            ("Andrei", NameQuality::WeakAlias, ""),
        ]
    );
    assert_eq!(
        details(person),
        [
            "name as published: Arsen Talimovich DEMIY (DEMY)",
            "aliases as published: Арсен Талимович ДЕМИЙ; Andrei",
        ]
    );
    assert_eq!(births(person), ["1964-02-17", "1965"]);
    assert_eq!(ties(person), [("BY", Tie::Stated)]);
    assert_eq!(person.functions, ["Major General/major-général"]);
    assert_eq!(person.programmes, ["Belarus / Bélarus"]);
    assert_eq!(person.legal_basis, ["schedule 1, Part 1, item 12"]);
    assert_eq!(person.listed_on.unwrap().to_string(), "2020-09-28");
    assert!(!person.topics.contains(&Topic::Corruption));
    assert!(victim.topics.contains(&Topic::Corruption));
    assert_eq!(births(victim), ["1963 to 1964"]);
    assert_eq!(victim.id, "justice-for-victims-of-corrupt-foreign-officials-regulations-jvcfor-4");
}

#[test]
fn canadian_entities_and_ships_keep_their_other_names_and_numbers() {
    let parsed = canada("basic").unwrap();
    let [_, entity, ship, _] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(entity.id, "russia-1-part-2-7");
    assert_eq!(
        names(entity),
        [
            ("Demo Plant", NameQuality::Primary, ""),
            ("Fiction Works", NameQuality::Alias, ""),
            ("Акционерное общество «Демо»", NameQuality::Native, ""),
        ]
    );
    assert_eq!(ship.party.kind, Some(PartyKind::Vessel));
    assert_eq!(numbers(ship), [(Scheme::Imo, "9074729", "IMO number")]);
    assert_eq!(details(ship), ["build date: 2005", "type of ship: Oil Tanker"]);
}

#[test]
fn what_a_canadian_record_cannot_say_is_rejected_and_kept_as_text() {
    let parsed = canada("recoverable_errors").unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "1 record/Mood unknown-element",
            "1 Item no-item",
            "1 DateOfListing bad-date",
            "1 DateOfBirthOrShipBuildDate bad-date",
            "2  no-name",
            "5 data-set/footer unknown-element",
            "3 id duplicate-id",
        ]
    );
    let ids: Vec<_> = parsed.listings.iter().map(|listing| listing.id.as_str()).collect();
    assert_eq!(ids, ["atlantis-2-anton-demo", "iran-1-2", "iran-1-2-2"]);
    assert_eq!(details(&parsed.listings[0]), ["date of birth: born in the early 1970s"]);
    assert_eq!(parsed.lost_records, 1);
}

#[test]
fn canadian_files_that_are_no_list_are_refused() {
    assert!(canada("html_error").unwrap_err().to_string().contains("an HTML page"));
    assert!(canada("truncated_boundary").unwrap_err().to_string().contains("is not closed"));
}

#[test]
fn the_real_canadian_list_is_read_whole_and_every_identifier_is_used_once() {
    let Some(path) = real("lists/ca_sema/sema-lmes_2025.xml") else { return };
    let parsed = read_file("ca_sema", &path).unwrap();
    let counts = tally(&parsed);
    println!(
        "ca_sema: {counts:?} {:?}",
        parsed.rejects.iter().map(|r| &r.message).collect::<Vec<_>>()
    );
    assert_eq!((parsed.listings.len(), parsed.lost_records), (4_759, 0));
    // With the pieces of the lists of names that are aliases.
    assert_eq!(counts["names"], 8_611);
    assert_eq!((counts["person"], counts["organization"], counts["vessel"]), (3_334, 1_316, 109));
    let ids: BTreeSet<&str> = parsed.listings.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(ids.len(), 4_759);
    // A month with two digits of the year, and "born in the early …".
    assert_eq!(rejects(&parsed).len(), 2);
}
