//! Exports of OpenSanctions: the simple table with both headers, and nested targets. No export is
//! at hand, so these are the official forms with fictional parties.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::formats_tables::{details, names, numbers, read_as, rejects, ties};
use crate::lists_real::declared;
use diligence::party::{NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{Listing, ParseError, Parsed, Topic};

fn simple(situation: &str) -> Result<Parsed, ParseError> {
    let situation = format!("opensanctions_simple_csv/{situation}");
    read_as(&declared("opensanctions_simple"), &situation)
}

fn nested(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("opensanctions"), &format!("opensanctions_nested_json/{situation}"))
}

fn births(listing: &Listing) -> Vec<String> {
    listing.party.birth_dates.iter().map(ToString::to_string).collect()
}

#[test]
fn a_simple_target_is_read_with_quoted_values_in_its_cells() {
    let parsed = simple("basic").unwrap();
    assert_eq!((parsed.rejects.as_slice(), parsed.rows_read), (&[][..], 2));
    let person = &parsed.listings[0];
    assert_eq!((person.id.as_str(), person.party.kind), ("Q99999999", Some(PartyKind::Person)));
    let expected = [
        ("Mirko Talvik", NameQuality::Primary),
        ("Talvik M.", NameQuality::Alias),
        ("Mirko; the Elder", NameQuality::Alias),
        ("Мирко Тальвик", NameQuality::Alias),
    ];
    assert_eq!(names(person), expected);
    assert_eq!(births(person), ["1959-02", "1960"]);
    assert_eq!(ties(person), [("XK", Tie::Stated), ("GB", Tie::Stated)]);
    let schemes: Vec<Scheme> = person.party.identifiers.iter().map(|i| i.scheme).collect();
    assert_eq!(schemes, [Scheme::Other, Scheme::Lei, Scheme::Wikidata]);
    assert_eq!(person.programmes, ["Demo Office - DEMO1 - 2021-04-01"]);
    assert_eq!(person.amended_on.unwrap().to_string(), "2025-11-03");
    assert!(details(person).contains(&"email: m@example.org".to_owned()));
    assert!(!details(person).join(" ").contains("2026-02-20"), "last seen is new every day");
    assert!(person.topics.contains(&Topic::Sanction));
    assert_eq!(parsed.listings[1].party.identifiers[0].scheme, Scheme::Imo);
}

#[test]
fn the_newer_header_adds_programmes_and_changes_nothing_else() {
    let (older, newer) = (simple("basic").unwrap(), simple("with_programmes").unwrap());
    assert_eq!(newer.rejects, []);
    let mut person = newer.listings[0].clone();
    assert_eq!(person.programmes[..2], ["DEMO-PROG", "DEMO-TWO"]);
    person.programmes.drain(..2);
    assert_eq!([person, newer.listings[1].clone()], older.listings[..]);
}

#[test]
fn what_a_simple_row_gets_wrong_is_told() {
    let parsed = simple("recoverable_errors").unwrap();
    let expected = [
        "2  no-id",
        "3  unsupported-schema",
        "4  no-name",
        "5 birthDate bad-date",
        "5 country unknown-country",
        "5 last_change bad-date",
        "6  wrong-column-count",
        "1 colour unknown-column",
    ];
    assert_eq!(rejects(&parsed), expected);
    // A wallet is no party, so none was lost with it.
    assert_eq!((parsed.listings.len(), parsed.lost_records), (1, 3));
    let error = simple("unknown_version").unwrap_err().to_string();
    assert!(error.contains("no column 'schema'"), "{error}");
    assert!(matches!(simple("truncated_middle"), Err(ParseError::Truncated { .. })));
}

#[test]
fn a_nested_target_is_read_with_everything_around_it() {
    let parsed = nested("basic").unwrap();
    assert_eq!((parsed.rejects.as_slice(), parsed.listings.len()), (&[][..], 2));
    let person = &parsed.listings[0];
    let expected = [
        ("Mirko Talvik", NameQuality::Primary),
        ("Мирко Тальвик", NameQuality::Native),
        ("The Elder", NameQuality::WeakAlias),
    ];
    assert_eq!(names(person), expected);
    assert_eq!(person.topics, [Topic::Sanction, Topic::Pep].into());
    assert_eq!(person.programmes, ["DEMO-PROG", "DEMO1"]);
    assert_eq!(
        (person.authority.as_deref(), person.measures.as_slice()),
        (Some("Demo Office"), &["asset freeze".to_owned()][..])
    );
    assert_eq!(person.listed_on.unwrap().to_string(), "2021-04-01");
    let address = &person.party.addresses[..];
    assert_eq!((address.len(), address[0].city.as_deref()), (1, Some("Port Severin")));
    assert_eq!(
        (address[0].postal_code.as_deref(), address[0].country),
        (Some("10000"), "XK".parse().ok())
    );
    assert_eq!(numbers(person), ["=Q99999999", "XBT=demo0key1", "diplomatic passport=K-0077"]);
    assert_eq!(details(person)[0], "website: https://talvik.example");
    assert_eq!(person.amended_on.unwrap().to_string(), "2025-11-03");
}

#[test]
fn nested_parties_are_links_and_no_entries() {
    let parsed = nested("basic").unwrap();
    let person = &parsed.listings[0];
    let links: Vec<String> = person.linked_to.iter().map(ToString::to_string).collect();
    assert_eq!(links, ["sister Lea Talvik", "owns 55 % Severin Lines", "linked to Harbour Club"]);
    assert_eq!(person.linked_to[1].id.as_deref(), Some("NK-a"));
    let office = &person.offices[0];
    assert_eq!(
        (office.position.as_str(), office.country),
        ("Minister of Ports", "XK".parse().ok())
    );
    let firm = &parsed.listings[1];
    assert_eq!((firm.id.as_str(), firm.linked_to.len()), ("NK-a", 0));
    assert_eq!(firm.topics, [Topic::Other("export.control".to_owned())].into());
}

#[test]
fn what_a_nested_line_gets_wrong_is_told() {
    let parsed = nested("recoverable_errors").unwrap();
    let expected = [
        "1  unsupported-schema",
        "2  bad-json",
        "3  no-name",
        "4 birthDate bad-date",
        "4  unsupported-schema",
        "5  bad-json",
    ];
    assert_eq!(rejects(&parsed), expected);
    assert_eq!((parsed.listings.len(), parsed.lost_records), (2, 3));
    assert!(matches!(nested("truncated_middle"), Err(ParseError::Truncated { records: 1, .. })));
    assert!(nested("html_error").unwrap_err().to_string().contains("HTML page"));
}
