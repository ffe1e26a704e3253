//! What one record may say at most: a small file whose one record has more values than any record
//! of a list is refused, whatever its format, before anything is made of it.

use crate::lists_real::declared;
use diligence::watchlist::{InputFile, Limits, ListSource, ParseError, Parsed, parse};
use std::fmt::Write as _;

/// What is allowed here, so that the files stay small.
const ALLOWED: usize = 20;

fn read(source: &ListSource, name: &str, text: &str) -> Result<Parsed, ParseError> {
    let files = [InputFile { role: "main".to_owned(), name: name.to_owned() }];
    let limits = Limits { values_per_record: ALLOWED, ..Limits::default() };
    parse(source, &files, &mut |_| Ok(text.as_bytes().to_vec()), &limits)
}

/// Asserts that a file is refused for the given thing, and that one value less is read.
fn assert_refused(source: &ListSource, name: &str, what: &str, file: impl Fn(usize) -> String) {
    let parsed = read(source, name, &file(ALLOWED - 10)).unwrap();
    assert_eq!(parsed.listings.len(), 1, "{what}: an ordinary record is read");
    assert!(parsed.listings[0].party.names.len() > ALLOWED - 11, "{what}");
    match read(source, name, &file(ALLOWED + 10)).unwrap_err() {
        ParseError::TooLarge { limit: 20, what: found, .. } => assert_eq!(found, what),
        other => panic!("{what}: {other}"),
    }
}

fn un(aliases: &str) -> String {
    format!(
        "<CONSOLIDATED_LIST dateGenerated=\"2026-01-05\"><INDIVIDUALS><INDIVIDUAL>\
         <DATAID>1</DATAID><FIRST_NAME>Alda Ost</FIRST_NAME>{aliases}</INDIVIDUAL></INDIVIDUALS>\
         <ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
    )
}

#[test]
fn an_xml_record_of_too_many_elements_or_pieces_is_refused() {
    let source = declared("un_sc");
    let elements = |count: usize| {
        let aliases = (0..count).fold(String::new(), |mut all, at| {
            let _ = write!(
                all,
                "<INDIVIDUAL_ALIAS><ALIAS_NAME>Bero {at}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
            );
            all
        });
        un(&aliases)
    };
    assert_refused(&source, "un.xml", "elements in one", elements);
    let pieces = |count: usize| {
        let names = (0..count).map(|at| format!("Bero {at}")).collect::<Vec<_>>().join("; ");
        un(&format!("<INDIVIDUAL_ALIAS><ALIAS_NAME>{names}</ALIAS_NAME></INDIVIDUAL_ALIAS>"))
    };
    assert_refused(&source, "un.xml", "values in one text", pieces);
}

#[test]
fn a_row_with_a_cell_of_too_many_names_is_refused() {
    let file = |count: usize| {
        let aliases = (0..count).map(|at| format!("Bero {at}")).collect::<Vec<_>>().join(";");
        format!(
            "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,first_seen,last_seen,last_change\no-1,Person,Alda Ost,{aliases},,,,,,,,,,,\n"
        )
    };
    assert_refused(
        &declared("opensanctions_simple"),
        "targets.simple.csv",
        "values in one text",
        file,
    );
}

#[test]
fn a_json_entity_of_too_many_values_is_refused() {
    let entity = |count: usize| {
        let aliases = (0..count).map(|at| format!("\"Bero {at}\"")).collect::<Vec<_>>().join(",");
        format!(
            "{{\"id\":\"o-1\",\"schema\":\"Person\",\"caption\":\"Alda Ost\",\
             \"properties\":{{\"name\":[\"Alda Ost\"],\"alias\":[{aliases}]}}}}\n"
        )
    };
    let ftm = ListSource::ftm("own").unwrap();
    assert_refused(&ftm, "own.json", "values of one property", entity);
    let nested = declared("opensanctions");
    assert_refused(&nested, "targets.nested.json", "values in one list", entity);
}

#[test]
fn a_declaration_may_ask_for_more_or_fewer_records() {
    let line = |id: u32| {
        format!(
            "{{\"id\":\"o-{id}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"Alda\"]}}}}\n"
        )
    };
    let text: String = (0..3).map(line).collect();
    let mut source = ListSource::ftm("own").unwrap();
    assert_eq!(read(&source, "own.json", &text).unwrap().listings.len(), 3);
    source.limits.records = Some(2);
    let error = read(&source, "own.json", &text).unwrap_err();
    assert!(matches!(error, ParseError::TooLarge { limit: 2, .. }), "{error}");
}
