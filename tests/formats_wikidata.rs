//! Office holders from Wikidata: rows joined to persons, what is told of bad rows, and the shipped
//! query against the columns that are read.

use crate::formats_officials::{
    births, names, numbers, offices, read_as, read_texts, rejects, ties,
};
use crate::lists_real::declared;
use diligence::party::{NameQuality, Tie};
use diligence::watchlist::{ParseError, Parsed};
use std::collections::BTreeSet;

fn wikidata(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("wikidata_officials"), &format!("wikidata_sparql_json/{situation}"))
}

#[test]
fn the_rows_of_a_person_are_one_office_holder() {
    let parsed = wikidata("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    assert_eq!((parsed.listings.len(), parsed.rows_read), (2, 5));
    let minister = &parsed.listings[1];
    assert_eq!(minister.id, "Q9900000021");
    assert_eq!(
        names(minister),
        [
            ("Leida Saarmets", NameQuality::Primary),
            ("Leida Kask", NameQuality::Former),
            ("Leida Saar", NameQuality::Alias),
            ("Лейда Саарметс", NameQuality::Native),
        ]
    );
    assert_eq!(minister.party.names[3].language.as_deref(), Some("ru"));
    assert_eq!(births(minister), ["1961"]);
    assert_eq!(ties(minister), [("EE", Tie::Nationality), ("EE", Tie::Office)]);
    assert_eq!(minister.party.birth_places, ["Kuressaar"]);
    assert_eq!(numbers(minister), ["Wikidata item Q9900000021"]);
    assert_eq!(
        offices(minister),
        [
            "Minister of Lakes | Government of Estonia | EE | 2011-04-06..2014 | Lake Party",
            "member of parliament |  | EE | 2015-03.. | 14th term; Lake Party; Lakes",
        ]
    );
}

#[test]
fn a_person_in_two_answers_takes_the_label_of_the_one_that_has_it() {
    let parsed = wikidata("basic").unwrap();
    let other = &parsed.listings[0];
    assert_eq!(other.id, "Q9900000003");
    assert_eq!(names(other), [("Ott Vesi", NameQuality::Primary)]);
    // Without a precision the first of January is a year; a value nobody knows is none.
    assert_eq!(births(other), ["1950"]);
    assert_eq!(other.party.death_date, None);
    assert_eq!(other.party.gender, Some(diligence::party::Gender::Other));
    assert_eq!(offices(other), ["Q9900000903 |  | FI | .. | ", "mayor |  | FI | .. | "]);
}

#[test]
fn rows_about_nobody_and_columns_nobody_reads_are_told() {
    let parsed = wikidata("recoverable_errors").unwrap();
    let file = "wikidata.json";
    assert_eq!(
        rejects(&parsed),
        [
            format!("{file}:0 shoeSize unknown-column"),
            format!("{file}:1 birth bad-date"),
            format!("{file}:1 countryCode unknown-country"),
            format!("{file}:1 start imprecise-date"),
            format!("{file}:1 end bad-date"),
            format!("{file}:2  bad-item"),
            format!("{file}:4  bad-record"),
            format!("{file}:3  no-name"),
        ]
    );
    assert_eq!((parsed.listings.len(), parsed.lost_records), (1, 3));
}

#[test]
fn an_answer_about_something_else_or_cut_short_is_refused() {
    let error = wikidata("other_document").unwrap_err();
    assert!(error.to_string().contains("found the variables item, itemLabel"), "{error}");
    assert!(matches!(wikidata("truncated_middle"), Err(ParseError::Truncated { .. })));
}

#[test]
fn the_shipped_query_asks_for_exactly_what_is_read() {
    let query = include_str!("../watchlists/queries/wikidata_office_holders.rq");
    let (head, _) = query.split_once("WHERE").unwrap();
    let (_, head) = head.split_once("SELECT").unwrap();
    let asked: Vec<&str> = head.split_whitespace().map(|name| name.trim_matches('?')).collect();
    let binding = serde_json::json!({"person":
        {"type": "uri", "value": "http://www.wikidata.org/entity/Q9900000041"},
        "personLabel": {"type": "literal", "value": "Mari Tamm"}});
    let document = |vars: &[&str]| {
        serde_json::json!({"head": {"vars": vars}, "results": {"bindings": [binding]}}).to_string()
    };
    let read = |vars: &[&str]| {
        let text = document(vars);
        read_texts(&declared("wikidata_officials"), &[("main", "w.json", text.as_bytes())]).unwrap()
    };
    assert_eq!(rejects(&read(&asked)), [""; 0]);
    // The message of an unknown variable lists those that are read.
    let unknown = read(&["person", "hatSize"]);
    let known = unknown.rejects[0].message.split(", found").next().unwrap();
    let known = known.trim_start_matches("expected the variables ");
    let known: BTreeSet<&str> = known.split(", ").collect();
    assert_eq!(asked.into_iter().collect::<BTreeSet<_>>(), known);
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let text = include_str!("../fixtures/lists/wikidata_sparql_json/basic/wikidata_ee.json");
    let mut document: serde_json::Value = serde_json::from_str(text).unwrap();
    let read = |document: &serde_json::Value| {
        let text = document.to_string();
        let files: [(&str, &str, &[u8]); 1] = [("main", "w.json", text.as_bytes())];
        let parsed = read_texts(&declared("wikidata_officials"), &files).unwrap();
        parsed.listings
    };
    let forward = read(&document);
    document["results"]["bindings"].as_array_mut().unwrap().reverse();
    assert_eq!(read(&document), forward);
}
