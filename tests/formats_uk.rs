//! The UK Sanctions List, on small files of fictional parties, one situation a file, and on the
//! publisher's real files where they are.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests say when they skip, and stop at the first surprise"
)]

use crate::formats_europe::{
    births, details, names, numbers, read_file, read_situation, rejects, tally, ties,
};
use crate::lists_real::real;
use diligence::party::{Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{Listing, ParseError, Parsed, Topic};

fn uk(situation: &str) -> Result<Parsed, ParseError> {
    read_situation("uk_sl", &format!("uk_sl_xml/{situation}"))
}

#[test]
fn a_uk_individual_keeps_names_birth_papers_and_reasons() {
    let parsed = uk("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    assert_eq!(parsed.header.published.as_deref(), Some("2026-05-07"));
    assert_eq!(parsed.rows_read, 3, "the date of the file is no record");
    let person = &parsed.listings[0];
    assert_eq!((person.id.as_str(), person.party.kind), ("DEM0001", Some(PartyKind::Person)));
    assert_eq!(
        names(person),
        [
            ("Arsen Talimovich DEMOVSKY", NameQuality::Primary, ""),
            ("The Clerk", NameQuality::WeakAlias, ""),
            ("Arsene DEMOVSKI", NameQuality::Alias, ""),
            ("Арсен Талимович ДЕМОВСКИЙ", NameQuality::Native, "ru"),
        ]
    );
    assert_eq!(births(person), ["1964-02-17", "1965"]);
    assert_eq!(person.party.birth_places, ["Demograd, Russia"]);
    assert_eq!(
        ties(person),
        [
            ("RU", Tie::Address),
            ("RU", Tie::BirthPlace),
            ("RU", Tie::Nationality),
            ("CY", Tie::Nationality)
        ]
    );
    assert_eq!(
        numbers(person),
        [
            (Scheme::Passport, "DM 0000001", "passport (issued in Demograd)"),
            (Scheme::NationalId, "4170010", "national identifier"),
        ]
    );
    assert_eq!(person.party.gender, Some(Gender::Male));
    assert_eq!(person.functions, ["Dr", "Deputy Minister of Fictions"]);
    assert_eq!(person.party.addresses[0].text, "1 Naberezhnaya Street, Demograd, 100200");
    assert_eq!(person.reasons, ["Involved in fiction."]);
    assert_eq!(person.remarks, ["Owner of Fiction Trading. Travels often."]);
}

#[test]
fn a_uk_designation_says_who_made_it_under_what_and_what_is_forbidden() {
    let parsed = uk("basic").unwrap();
    let [person, entity, ship] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(
        person.authority.as_deref(),
        Some("United Kingdom, United Nations Security Council")
    );
    assert_eq!(person.measures, ["Asset freeze", "Travel Ban", "trust services sanctions"]);
    assert_eq!(person.programmes, ["The Demo (Sanctions) (EU Exit) Regulations 2020"]);
    assert_eq!(person.listed_on.unwrap().to_string(), "2012-06-29");
    assert_eq!(person.amended_on.unwrap().to_string(), "2026-04-16");
    let corrupt = |listing: &Listing| listing.topics.contains(&Topic::Corruption);
    assert_eq!([person, entity, ship].map(corrupt), [false, true, false]);
    let linked: Vec<String> = entity.linked_to.iter().map(ToString::to_string).collect();
    assert_eq!(
        linked,
        [
            "parent company Fiction Holding",
            "subsidiary Fiction Retail",
            "subsidiary Fiction Wholesale"
        ]
    );
    assert_eq!(numbers(entity), [(Scheme::Registration, "1990000417010", "business registration")]);
    assert_eq!(details(entity), ["type of entity: Bank", "website: www.example.org"]);
}

#[test]
fn a_uk_ship_keeps_its_number_flag_owner_and_measures() {
    let parsed = uk("basic").unwrap();
    let ship = &parsed.listings[2];
    assert_eq!(ship.party.kind, Some(PartyKind::Vessel));
    assert_eq!(numbers(ship), [(Scheme::Imo, "9074729", "IMO number")]);
    assert_eq!(ties(ship), [("PA", Tie::Flag)]);
    assert_eq!(ship.linked_to[0].to_string(), "current owner or operator Fiction Shipping");
    assert_eq!(
        details(ship),
        [
            "current believed flag: Panama",
            "previous flag: Malta",
            "type of ship: Crude oil tanker",
            "tonnage: 81345",
            "length: 244",
            "year built: 2004",
        ]
    );
}

#[test]
fn uk_names_take_type_and_strength_whatever_their_case() {
    let parsed = uk("aliases").unwrap();
    assert_eq!(
        names(&parsed.listings[0]),
        [
            ("Alpha DEMO", NameQuality::Primary, ""),
            ("Zeta DEMO", NameQuality::Alias, ""),
            ("Former DEMO", NameQuality::Former, ""),
            ("Weak DEMO", NameQuality::Alias, ""),
            ("Good DEMO", NameQuality::Alias, ""),
            ("One DEMO", NameQuality::Alias, ""),
            ("Two DEMO", NameQuality::Alias, ""),
            ("Odd DEMO", NameQuality::Alias, ""),
            ("демо", NameQuality::Native, "und-Cyrl"),
            ("데모", NameQuality::Native, ""),
        ],
        "of two primary names the first in the alphabet; said weak once and full once is full"
    );
    assert_eq!(rejects(&parsed), ["2 NameType unknown-name-type"]);
}

#[test]
fn uk_birth_dates_may_miss_day_and_month() {
    let parsed = uk("partial_dates").unwrap();
    assert_eq!(
        births(&parsed.listings[0]),
        ["1965", "1966-07", "1967-07-21", "circa 1968", "1960 to 1962"]
    );
    assert_eq!(rejects(&parsed), ["2 DOB bad-date", "2 DOB bad-date"]);
}

#[test]
fn what_a_uk_record_cannot_say_is_rejected_and_kept_as_text() {
    let parsed = uk("recoverable_errors").unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "1 DateGenerated bad-date",
            "2 Address/AddressLine7 unknown-element",
            "2 IndividualEntityShip unknown-kind",
            "2 AddressCountry unknown-country",
            "2 MoodOfEntity unknown-element",
            "2 Gender unknown-gender",
            "2 Nationality unknown-country",
            "3  no-id",
            "4  no-name",
            "5 DateDesignated bad-date",
            "6 Designations/Footer unknown-element",
        ]
    );
    let [robot, again] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(
        details(robot),
        [
            "mood of entity: calm",
            "nationality: Lemuria",
            "passport without a number: number not known",
        ]
    );
    assert_eq!(robot.party.addresses[0].text, "1 Street, Atlantis");
    assert_eq!(details(again), ["mood of entity: wild"], "told once, kept every time");
    assert_eq!((parsed.rows_read, parsed.lost_records), (4, 2));
}

#[test]
fn uk_files_that_are_hostile_or_cut_are_refused() {
    assert!(uk("hostile").unwrap_err().to_string().contains("a DOCTYPE"));
    assert!(uk("truncated_boundary").unwrap_err().to_string().contains("is not closed"));
}

#[test]
fn real_uk_editions_are_read_whole() {
    for (day, records) in [("2026-05-07", 5_738), ("2026-08-22", 6_349)] {
        let path = format!("lists/uk_sanctions_list/UK_Sanctions_List_{day}.xml.gz");
        let Some(path) = real(&path) else { return };
        let parsed = read_file("uk_sl", &path).unwrap();
        println!("uk_sl {day}: {:?}", tally(&parsed));
        assert_eq!(parsed.rejects, [], "{day}");
        assert_eq!((parsed.listings.len(), parsed.lost_records), (records, 0));
        assert_eq!(parsed.header.published.as_deref(), Some(day));
    }
}
