//! The Swiss sanctions list of SECO, on small files of fictional parties, one situation a file,
//! and on the publisher's own example where it is.

#![allow(clippy::unwrap_used, reason = "tests say when they skip, and stop at the first surprise")]

use crate::formats_europe::{
    births, details, names, numbers, read_file, read_situation, rejects, ties,
};
use crate::lists_real::real;
use diligence::party::{Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{ParseError, Parsed};

fn seco(situation: &str) -> Result<Parsed, ParseError> {
    read_situation("ch_seco", &format!("ch_seco_xml/{situation}"))
}

#[test]
fn a_swiss_person_is_read_with_what_the_tables_of_the_file_say() {
    let parsed = seco("basic").unwrap();
    assert_eq!(rejects(&parsed), ["2 day-month-year other-calendar"]);
    assert_eq!(parsed.warnings, [""; 0]);
    assert_eq!(parsed.header.published.as_deref(), Some("2024-01-17"));
    assert_eq!(parsed.rows_read, 3, "programmes and places are no records");
    let person = &parsed.listings[0];
    assert_eq!(
        names(person),
        [
            ("Arsen Demovsky", NameQuality::Primary, "en"),
            ("Arseni Demov", NameQuality::Alias, "en"),
            ("The Clerk", NameQuality::WeakAlias, "en"),
            ("Арсен Демовский", NameQuality::Native, "ru-Cyrl"),
        ]
    );
    assert_eq!(person.functions, ["Colonel"]);
    assert_eq!(person.party.gender, Some(Gender::Male));
    assert_eq!(births(person), ["1964-02-17", "circa 1965", "1960 to 1962"]);
    assert_eq!(person.party.birth_places, ["Demograd, Demo Oblast, Russian Federation"]);
    assert_eq!(
        ties(person),
        [("RU", Tie::Nationality), ("RU", Tie::BirthPlace), ("CY", Tie::Address)]
    );
    let label = "passport (issued 2001-02-03; valid to 2011-02-03; stolen)";
    assert_eq!(numbers(person), [(Scheme::Passport, "DM 0000001", label)]);
    let address = &person.party.addresses[0];
    assert_eq!(address.text, "c/o Fiction Trading, 1 Sea Road, P.O. Box 77, 3000, Limassol");
    assert_eq!(address.city.as_deref(), Some("Limassol"));
    assert_eq!(
        details(person),
        [
            "origin: ONU, UE",
            "foreign identifier: EU.9001.1",
            "date of birth, islamic calendar: 1342",
            "document without a number: id-card (number not known)",
        ]
    );
}

#[test]
fn a_swiss_target_says_its_programme_reasons_relations_and_days() {
    let parsed = seco("basic").unwrap();
    let [person, entity, ship] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(person.programmes, ["Ordinance on Demo"]);
    assert_eq!(person.legal_basis, ["SR 946.900"]);
    assert_eq!(person.measures, ["Financial measures, annex 2", "Travel ban, annex 1"]);
    assert_eq!(person.reasons, ["Finances fiction."]);
    assert_eq!(person.remarks, ["Travels often.", "address: summer"]);
    assert_eq!(person.listed_on.unwrap().to_string(), "2020-01-02");
    assert_eq!(person.amended_on.unwrap().to_string(), "2023-05-01");
    let linked: Vec<_> = person.linked_to.iter().map(|l| (l.to_string(), l.id.clone())).collect();
    assert_eq!(
        linked,
        [
            ("controls: since 2019 Fiction Trading".to_owned(), Some("3001".to_owned())),
            ("related-to 7777".to_owned(), Some("7777".to_owned())),
        ]
    );
    assert_eq!(
        names(entity),
        [
            ("Fiction Trading", NameQuality::Primary, "en"),
            ("Old Fiction", NameQuality::Former, "en"),
        ]
    );
    assert_eq!(ship.party.kind, Some(PartyKind::Vessel));
    assert_eq!(numbers(ship), [(Scheme::Imo, "9074729", "IMO number")]);
}

#[test]
fn swiss_names_keep_their_spelling_in_every_script() {
    let parsed = seco("names").unwrap();
    assert_eq!(
        names(&parsed.listings[0]),
        [
            ("Main Demo", NameQuality::Primary, "en"),
            ("Also Demo", NameQuality::Alias, "en"),
            ("Vague Demo", NameQuality::WeakAlias, "en"),
            ("Former Demo", NameQuality::Former, "en"),
            ("Демо", NameQuality::Native, "ru-Cyrl"),
            ("ديمو", NameQuality::Native, "ar-Arab"),
            ("Maindemo", NameQuality::Alias, "en-Latn"),
        ]
    );
}

#[test]
fn a_de_listed_swiss_target_is_no_listing_and_is_counted() {
    let parsed = seco("delisted").unwrap();
    let ids: Vec<_> = parsed.listings.iter().map(|listing| listing.id.as_str()).collect();
    assert_eq!(ids, ["602", "603"], "listed again, and to be taken off after the day of the file");
    assert_eq!(parsed.listings[0].ends_on, None);
    assert_eq!(parsed.listings[1].ends_on.unwrap().to_string(), "2024-02-01");
    assert_eq!(parsed.warnings, ["consolidated-list.xml: 2 de-listed targets are left out"]);
    assert_eq!((parsed.rows_read, parsed.lost_records), (4, 0));
}

#[test]
fn what_a_swiss_target_cannot_say_is_rejected_and_an_amendment_is_told() {
    let parsed = seco("recoverable_errors").unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "6 swiss-sanctions-list/footer unknown-element",
            "2 identity/mood unknown-element",
            "2 target unknown-kind",
            "2 sanctions-set-id orphan",
            "2 nationality unknown-country",
            "2 day-month-year bad-date",
            "3  no-name",
            "4  no-id",
            "5 modification bad-date",
            "5 individual@sex unknown-gender",
        ]
    );
    assert_eq!(details(&parsed.listings[0]), ["nationality: Atlantis"]);
    assert!(parsed.warnings[0].ends_with("found amendment: this is not the whole list"));
    assert_eq!((parsed.listings.len(), parsed.lost_records), (2, 2));
}

#[test]
fn swiss_files_that_are_cut_or_another_document_are_refused() {
    let message = seco("truncated_boundary").unwrap_err().to_string();
    assert!(message.contains("<swiss-sanctions-list> is not closed"), "{message}");
    let message = seco("unknown_version").unwrap_err().to_string();
    assert!(message.contains("root element <swiss-sanctions-register>"), "{message}");
}

#[test]
fn the_publishers_own_example_is_read_without_a_reject() {
    let path = "lists/ch_seco/seco_official_example_amendment_2024-01-17.xml";
    let Some(path) = real(path) else { return };
    let parsed = read_file("ch_seco", &path).unwrap();
    assert_eq!((parsed.listings.len(), parsed.rejects.len()), (3, 0));
    assert!(parsed.listings.iter().all(|listing| listing.programmes == ["EXAMPLE"]));
    assert_eq!(births(&parsed.listings[0]), ["2025-12-31"]);
    assert_eq!(ties(&parsed.listings[2]), [("CH", Tie::Nationality)]);
    assert_eq!(parsed.listings[2].measures.len(), 2);
    assert!(parsed.warnings[0].contains("amendment"));
}
