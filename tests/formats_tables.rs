//! Formats made of records in a row: World Bank JSON, BIS and trade.gov tables, OpenSanctions
//! exports, tables of one's own. Small files of fictional parties, one situation a file, and the
//! real files when they are here.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests read files, say what they found, and stop at the first surprise"
)]

use crate::lists_real::{declared, options, real};
use diligence::party::{NameQuality, PartyKind, Tie};
use diligence::watchlist::{
    InputFile, Limits, ListSource, ListStore, Listing, ParseError, Parsed, Topic, import_list,
    parse,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Parses the one file of `fixtures/lists/SITUATION` as the given list.
pub(crate) fn read_as(source: &ListSource, situation: &str) -> Result<Parsed, ParseError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists").join(situation);
    let entry = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    read_bytes(
        source,
        &entry.file_name().into_string().unwrap(),
        std::fs::read(entry.path()).unwrap(),
    )
}

pub(crate) fn read_bytes(
    source: &ListSource,
    name: &str,
    bytes: Vec<u8>,
) -> Result<Parsed, ParseError> {
    let files = [InputFile { role: "main".to_owned(), name: name.to_owned() }];
    parse(source, &files, &mut |_| Ok(bytes.clone()), &Limits::default())
}

/// `row field code`, in order.
pub(crate) fn rejects(parsed: &Parsed) -> Vec<String> {
    parsed.rejects.iter().map(|r| format!("{} {} {}", r.row, r.field, r.code)).collect()
}

pub(crate) fn names(listing: &Listing) -> Vec<(&str, NameQuality)> {
    listing.party.names.iter().map(|name| (name.text.as_str(), name.quality)).collect()
}

pub(crate) fn ties(listing: &Listing) -> Vec<(&str, Tie)> {
    listing.party.countries.iter().map(|tie| (tie.country.code(), tie.tie)).collect()
}

pub(crate) fn details(listing: &Listing) -> Vec<String> {
    listing.details.iter().map(ToString::to_string).collect()
}

/// `label=value`, in order.
pub(crate) fn numbers(listing: &Listing) -> Vec<String> {
    let label = |label: &Option<String>| label.clone().unwrap_or_default();
    listing.party.identifiers.iter().map(|i| format!("{}={}", label(&i.label), i.value)).collect()
}

/// Imports a real file, which must be published, and prints what was seen.
pub(crate) fn import_real(name: &str, path: &str) -> Option<Vec<Listing>> {
    let paths = [real(path)?];
    let folder = tempfile::tempdir().unwrap();
    let store = ListStore::new(folder.path().to_owned());
    let report = import_list(&store, &declared(name), &paths, &options(), &|_, _| Ok(())).unwrap();
    let m = &report.manifest;
    println!(
        "{name} {path}: {} records, {} names, {} weak, {} rows, {} lost; kinds {:?}; rejects {:?}; warnings {:?}; published {:?}",
        m.records,
        m.names,
        m.weak_names,
        m.rows_read,
        m.lost_records,
        m.by_kind,
        m.rejects,
        m.warnings,
        m.published
    );
    for (code, reject) in
        report.rejects.iter().map(|r| (r.code.as_str(), r)).collect::<BTreeMap<_, _>>()
    {
        println!("  {code}: {} {}", reject.field, reject.message);
    }
    assert!(report.is_published(), "{:?}", report.trips);
    let listings = store.current(name).unwrap().unwrap().listings().unwrap();
    let count = |of: fn(&Listing) -> usize| listings.iter().map(of).sum::<usize>();
    println!(
        "  {} identifiers, {} birth dates, {} addresses, {} countries",
        count(|l| l.party.identifiers.len()),
        count(|l| l.party.birth_dates.len()),
        count(|l| l.party.addresses.len()),
        count(|l| l.party.countries.len()),
    );
    Some(listings)
}

// World Bank

fn worldbank(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("worldbank"), &format!("worldbank_json/{situation}"))
}

#[test]
fn a_debarred_firm_has_its_notes_taken_apart_and_kept() {
    let parsed = worldbank("basic").unwrap();
    assert_eq!((parsed.rejects.len(), parsed.rows_read), (0, 3));
    assert_eq!(parsed.header.published.as_deref(), Some("2026-02-20T19:00:03.219Z"));
    let firm = &parsed.listings[0];
    assert_eq!((firm.id.as_str(), firm.party.kind), ("900001", Some(PartyKind::Company)));
    let expected = [
        ("PONTE ALTA ENGENHARIA LTDA", NameQuality::Primary),
        ("PONTE BAIXA LTDA", NameQuality::Former),
        ("PA Engenharia", NameQuality::Alias),
    ];
    assert_eq!(names(firm), expected);
    assert_eq!(numbers(firm), ["Reg. No=77.001/X", "register number=R-4411"]);
    assert_eq!(details(firm), ["footnote: 901"]);
    assert_eq!(firm.remarks.len(), 2, "{:?}", firm.remarks);
    assert_eq!(firm.party.addresses[0].text, "RUA DAS PEDRAS 12, NOVA LAGOA, 99001");
    assert_eq!(firm.legal_basis, ["Procurement Guidelines, 1.14(a)(ii)"]);
    assert_eq!(firm.listed_on.unwrap().to_string(), "2024-03-01");
    assert_eq!(firm.ends_on.unwrap().to_string(), "2027-02-28");
    assert_eq!(firm.topics, BTreeSet::from([Topic::Debarment]));
}

#[test]
fn a_debarment_without_an_end_says_so_and_one_of_another_bank_names_it() {
    let parsed = worldbank("basic").unwrap();
    let [_, person, other] = &parsed.listings[..] else { panic!("expected three") };
    assert_eq!((person.party.kind, person.ends_on), (Some(PartyKind::Person), None));
    assert_eq!(
        details(person),
        ["end of ineligibility: none stated", "ineligibility status: Permanent"]
    );
    assert_eq!(ties(person), [("CD", Tie::Address)]);
    assert_eq!(names(person)[1], ("Орлин Вештев", NameQuality::Native));
    assert!(person.topics.contains(&Topic::Corruption));
    assert_eq!(person.authority.as_deref(), Some("World Bank"));
    assert_eq!(other.authority.as_deref(), Some("Asian Development Bank"));
    assert_eq!((other.party.kind, other.measures[0].as_str()), (None, "X-DEBARRED"));
    assert_eq!(names(other), [("DELTA OF NOWHERE ROADS (DNR)", NameQuality::Primary)]);
}

#[test]
fn what_a_world_bank_record_gets_wrong_is_told_field_by_field() {
    let parsed = worldbank("recoverable_errors").unwrap();
    let expected = [
        "1 SUPP_COLOUR unknown-column",
        "1 SUPP_TYPE_CODE unknown-kind",
        "1 COUNTRY_NAME unknown-country",
        "1 DEBAR_FROM_DATE bad-date",
        "2  no-name",
        "3  no-id",
        "7  no-id",
        "4 id duplicate-id",
        "5 id duplicate-id",
    ];
    let ids: Vec<&str> = parsed.listings.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(rejects(&parsed)[..7], expected[..7]);
    assert_eq!(parsed.rejects.iter().filter(|r| r.code == "duplicate-id").count(), 2);
    assert_eq!(ids, ["900010", "900012", "900012-2"]);
    assert_eq!((parsed.rows_read, parsed.lost_records), (7, 3));
}

#[test]
fn what_is_no_world_bank_list_is_refused() {
    let error = worldbank("other_document").unwrap_err().to_string();
    assert!(error.contains("ZPROCSUPP"), "{error}");
    assert!(matches!(worldbank("truncated_middle"), Err(ParseError::Truncated { .. })));
    let page = read_bytes(&declared("worldbank"), "wb_x.json", b"<html>Access denied".to_vec());
    assert!(page.unwrap_err().to_string().contains("HTML page"));
}

#[test]
fn the_world_banks_editions_differ_by_what_was_added_and_ended() {
    let ids = |path| {
        let listings = import_real("worldbank", path)?;
        Some(listings.into_iter().map(|l| l.id).collect::<BTreeSet<_>>())
    };
    let Some(old) = ids("lists/worldbank/wb_fetched_2025-09-13.json") else { return };
    let Some(new) = ids("lists/worldbank/wb_fetched_2026-02-21.json") else { return };
    assert_eq!((old.len(), new.len()), (1_320, 1_370));
    assert_eq!((new.difference(&old).count(), old.difference(&new).count()), (79, 29));
}

// BIS Denied Persons

fn dpl(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("bis_dpl"), &format!("bis_dpl_tsv/{situation}"))
}

#[test]
fn a_denied_person_has_its_order_and_its_address() {
    let parsed = dpl("basic").unwrap();
    assert_eq!((parsed.rejects.len(), parsed.rows_read), (0, 3));
    let [person, firm, house] = &parsed.listings[..] else { panic!("expected three") };
    let expected = [("TALVIN ORRICK", NameQuality::Primary), ("TAL ORRICK", NameQuality::Alias)];
    assert_eq!(names(person), expected);
    assert_eq!((person.party.kind, ties(person)), (None, vec![("US", Tie::Address)]));
    assert_eq!(person.party.addresses[0].text, "12 MARSH LANE, UNIT 4, EASTMERE, TX, 75000");
    assert_eq!(person.listed_on.unwrap().to_string(), "2019-06-19");
    assert_eq!(person.ends_on.unwrap().to_string(), "2029-06-29");
    assert_eq!(person.amended_on.unwrap().to_string(), "2020-01-31");
    assert_eq!(person.legal_basis, ["84 F.R. 1111 7/1/2019"]);
    assert_eq!(person.measures, ["denial of export privileges, standard order"]);
    assert_eq!(person.topics, BTreeSet::from([Topic::Other("export.control".to_owned())]));
    assert_eq!(names(firm), [("VELDSPAR AERO GMBH (VAG)", NameQuality::Primary)]);
    assert_eq!(firm.measures, ["denial of export privileges, terms of the order's own"]);
    assert_eq!(details(firm), ["last action: TDO RENEWAL"]);
    assert_eq!((ties(house), house.ends_on), (vec![("CN", Tie::Address)], None));
}

#[test]
fn denied_persons_keep_their_identifiers_whatever_the_order_of_rows() {
    let ids = |situation: &str| {
        let listings = dpl(situation).unwrap().listings;
        listings.into_iter().map(|l| (l.id, l.legal_basis)).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(ids("basic"), ids("shuffled"));
    let twice = dpl("repeated").unwrap();
    assert_eq!(rejects(&twice), ["3 id duplicate-id"]);
    let ids: Vec<&str> = twice.listings.iter().map(|l| l.id.as_str()).collect();
    let renewed = dpl("basic").unwrap().listings[1].id.clone();
    // The order of May stands before the one of October by its text, wherever it stands.
    assert_eq!(ids[1..], [renewed.clone(), format!("{renewed}-2")]);
}

#[test]
fn what_a_denied_persons_file_gets_wrong_is_told() {
    let parsed = dpl("recoverable_errors").unwrap();
    let expected = [
        "2  wrong-column-count",
        "3  no-name",
        "4 Country unknown-country",
        "4 Effective_Date bad-date",
        "4 Last_Update bad-date",
        "4 Standard_Order unknown-value",
    ];
    assert_eq!(rejects(&parsed), expected);
    assert_eq!((parsed.listings.len(), parsed.lost_records), (1, 2));
    assert_eq!(parsed.listings[0].ends_on.unwrap().to_string(), "2020-01-01");
    assert_eq!(rejects(&dpl("extra_column").unwrap()), ["1 Colour unknown-column"]);
    let other = dpl("unknown_version").unwrap_err().to_string();
    assert!(other.contains("no column 'Name'"), "{other}");
    assert!(matches!(dpl("truncated_middle"), Err(ParseError::Truncated { records: 2, .. })));
}

#[test]
fn the_denied_persons_of_november_2023_are_read() {
    let Some(listings) = import_real("bis_dpl", "lists/bis_dpl/dpl_2023-11.txt") else { return };
    // 665 rows, two of which say the same twice.
    assert_eq!(listings.len(), 663);
    // 123 say so, 288 of the 289 blank countries stand beside a state, one of these rows is twice.
    let american = listings.iter().filter(|l| ties(l).contains(&("US", Tie::Address)));
    assert_eq!(american.count(), 410);
    let texts = listings.iter().flat_map(|l| &l.party.names).map(|n| n.text.to_lowercase());
    assert_eq!(texts.filter(|text| text.contains("a.k.a.")).count(), 0);
}

// All of them

#[test]
fn damaged_tables_make_no_parser_panic_and_no_listing_nameless() {
    let own = include_str!("../fixtures/lists/plain_csv/rejected_partners.toml");
    let own = ListSource::from_toml("rejected_partners.toml", own).unwrap();
    for (source, path) in [
        (declared("worldbank"), "worldbank_json/basic/worldbank.json"),
        (declared("bis_dpl"), "bis_dpl_tsv/basic/dpl.txt"),
        (declared("us_csl"), "us_csl_csv/basic/consolidated.csv"),
        (declared("opensanctions"), "opensanctions_nested_json/basic/targets.nested.json"),
        (declared("opensanctions_simple"), "opensanctions_simple_csv/basic/targets.simple.csv"),
        (own, "plain_csv/basic/partners.csv"),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists");
        let whole = std::fs::read(folder.join(path)).unwrap();
        for at in (0..whole.len()).step_by(37) {
            let cut: Vec<u8> = whole.iter().copied().take(at).collect();
            let mut damaged = vec![cut];
            for byte in *b"\"\x00\xff;\n{" {
                let mut bytes = whole.clone();
                bytes[at] = byte;
                damaged.push(bytes);
            }
            for bytes in damaged {
                let Ok(parsed) = read_bytes(&source, path, bytes) else { continue };
                let nameless = parsed.listings.iter().find(|l| l.party.caption().is_empty());
                assert_eq!(nameless, None, "{path} at {at}");
                assert!(parsed.listings.iter().all(|l| !l.id.is_empty()), "{path} at {at}");
            }
        }
    }
}

#[test]
fn the_bank_that_debars_is_one_the_policy_names() {
    let policy = include_str!("../config/policy.toml");
    let bank = declared("worldbank").authority.unwrap();
    assert!(policy.contains(&format!("\"{bank}\"")), "{bank}");
}
