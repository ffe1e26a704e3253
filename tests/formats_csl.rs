//! The US Consolidated Screening List: each list inside with its meaning and authority, items in
//! both orders, what is left out, and the real editions when they are here.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read files and stop at the first surprise"
)]

use crate::formats_tables::{
    details, import_real, names, numbers, read_as, read_bytes, rejects, ties,
};
use crate::lists_real::{declared, real};
use diligence::party::{Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{ListSource, Listing, ParseError, Parsed, Topic};
use std::collections::{BTreeMap, BTreeSet};

fn csl(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("us_csl"), &format!("us_csl_csv/{situation}"))
}

fn topics(listing: &Listing) -> Vec<&str> {
    listing.topics.iter().map(Topic::code).collect()
}

#[test]
fn a_person_on_the_list_is_read_column_by_column() {
    let parsed = csl("basic").unwrap();
    assert_eq!((parsed.rejects.as_slice(), parsed.rows_read), (&[][..], 11));
    let person = &parsed.listings[0];
    assert_eq!((person.id.as_str(), person.party.kind), ("990001", Some(PartyKind::Person)));
    let expected = [
        ("VORNAK, Istvan", NameQuality::Primary),
        ("VORNAK, Steven", NameQuality::Alias),
        ("THE PILOT", NameQuality::WeakAlias),
    ];
    assert_eq!(names(person), expected);
    let births: Vec<String> = person.party.birth_dates.iter().map(ToString::to_string).collect();
    assert_eq!(births, ["1961-04-02", "circa 1962", "1963 to 1965", "1960"]);
    let expected = [
        ("XK", Tie::BirthPlace),
        ("XK", Tie::Nationality),
        ("RS", Tie::Nationality),
        ("XK", Tie::Address),
        ("RS", Tie::Address),
    ];
    assert_eq!(ties(person), expected);
    assert_eq!(person.party.gender, Some(Gender::Male));
    assert_eq!(numbers(person), ["Passport, issued 2009-09-09, expires 2019-09-09=008800"]);
    assert_eq!(person.functions, ["Minister of Ports", "Member of the Board"]);
    assert_eq!(person.programmes, ["GLOMAG", "DEMO-EO1"]);
    assert_eq!(topics(person), ["sanction", "corruption"]);
    assert_eq!(person.linked_to[0].to_string(), "SEVERIN SHIPPING (SSC)-GROUP");
    assert_eq!(person.source_url.as_deref(), Some("https://example.org/list"));
}

#[test]
fn every_list_inside_has_its_own_meaning_and_authority() {
    let parsed = csl("basic").unwrap();
    let told: Vec<String> = parsed.listings[2..]
        .iter()
        .map(|l| {
            let authority = l.authority.as_deref().unwrap_or_default();
            let last = authority.rsplit(", ").next().unwrap_or_default();
            format!("{} {} {last}", l.programmes.join("+"), topics(l).join("+"))
        })
        .collect();
    let expected = [
        "DEMO-EO1 sanction Office of Foreign Assets Control",
        "DEMO-EO2 sanction Office of Foreign Assets Control",
        "DEMO-EO3 sanction Office of Foreign Assets Control",
        "Entity List (EL) export.control Bureau of Industry and Security",
        "Denied Persons List (DPL) export.control Bureau of Industry and Security",
        "Unverified List (UVL) export.control Bureau of Industry and Security",
        "Military End User (MEU) List export.control Bureau of Industry and Security",
        "E.O. 13382 sanction Bureau of International Security and Nonproliferation",
        "ITAR Debarred (DTC) debarment Directorate of Defense Trade Controls",
    ];
    assert_eq!(told, expected);
}

#[test]
fn one_number_on_several_lists_is_several_entries_with_lasting_identifiers() {
    let parsed = csl("basic").unwrap();
    let ids: Vec<&str> = parsed.listings[2..5].iter().map(|l| l.id.as_str()).collect();
    assert_eq!(ids, ["990003", "990003-ssi", "990003-cap"]);
    let bank = &parsed.listings[2];
    let schemes: Vec<Scheme> = bank.party.identifiers.iter().map(|i| i.scheme).collect();
    assert_eq!(schemes, [Scheme::Inn, Scheme::Bic]);
    assert!(details(bank).contains(&"Website: http://bank.example".to_owned()));
}

#[test]
fn export_controls_keep_notice_requirement_policy_and_order() {
    let parsed = csl("basic").unwrap();
    let (works, denied) = (&parsed.listings[5], &parsed.listings[6]);
    assert_eq!(
        names(works)[1..],
        [("DOW", NameQuality::Alias), ("Delta Guangxue", NameQuality::Alias)]
    );
    assert_eq!(works.legal_basis, ["87 FR 11111; 88 FR 22222"]);
    let expected = [
        "license requirement: For all items subject to the EAR.",
        "license policy: Presumption of denial.",
    ];
    assert_eq!(
        (works.measures.as_slice(), works.party.kind),
        (&expected.map(str::to_owned)[..], None)
    );
    assert_eq!(works.party.addresses[0].text, "Block 7, Shenzhen, China");
    assert_eq!(denied.measures, ["denial of export privileges, standard order"]);
    assert_eq!(denied.ends_on.unwrap().to_string(), "2029-06-29");
    assert_eq!((names(denied)[0].0, ties(denied)), ("TALVIN ORRICK", vec![("US", Tie::Address)]));
}

#[test]
fn a_vessel_has_its_number_flag_owner_and_tonnage() {
    let parsed = csl("basic").unwrap();
    let ship = &parsed.listings[1];
    assert_eq!(ship.party.identifiers[0].scheme, Scheme::Imo);
    assert_eq!(numbers(ship)[1], "call sign=9XY9");
    assert_eq!(ties(ship), [("PA", Tie::Flag)]);
    assert_eq!(ship.linked_to[0].to_string(), "owned by Severin Shipping");
    let told = details(ship).join(" | ");
    for words in
        ["vessel type: Crude Oil Tanker", "gross tonnage: 160000", "Former Vessel Flag: Russia"]
    {
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn the_newer_order_of_items_gives_the_same_entry() {
    let (older, newer) = (csl("basic").unwrap(), csl("newer_ids").unwrap());
    assert_eq!(older.listings[0], newer.listings[0]);
}

#[test]
fn a_list_the_declaration_leaves_out_is_counted_and_told() {
    let mut source = declared("us_csl");
    source.skip_sublists = vec!["SDN".to_owned(), "CAP".to_owned()];
    let parsed = read_as(&source, "us_csl_csv/basic").unwrap();
    assert_eq!((parsed.listings.len(), parsed.rows_read, parsed.lost_records), (7, 11, 0));
    assert_eq!(parsed.listings[0].id, "990003-ssi");
    assert_eq!(parsed.warnings.len(), 2, "{:?}", parsed.warnings);
    assert!(parsed.warnings[1].contains("3 rows of Specially Designated Nationals (SDN)"));
}

#[test]
fn a_declaration_may_only_leave_out_lists_that_are_there() {
    let text = include_str!("../watchlists/us_csl.toml");
    let skipping = text.replace("skip_sublists = []", "skip_sublists = [\"SDM\"]");
    let error = ListSource::from_toml("us_csl.toml", &skipping).unwrap_err().to_string();
    assert!(error.contains("SDN, SSI") && error.contains("found 'SDM'"), "{error}");
    let other = include_str!("../watchlists/demo.toml");
    let error = ListSource::from_toml("demo.toml", &format!("skip_sublists = [\"SDN\"]\n{other}"));
    assert!(error.unwrap_err().to_string().contains("no lists inside"));
}

#[test]
fn what_a_row_of_the_screening_list_gets_wrong_is_told() {
    let parsed = csl("recoverable_errors").unwrap();
    let expected = [
        "2 type unknown-kind",
        "2 start_date bad-date",
        "2 source unknown-sublist",
        "2 dates_of_birth bad-date",
        "2 nationalities unknown-country",
        "2 vessel_flag unknown-country",
        "2 standard_order unknown-value",
        "3  no-name",
        "5  wrong-column-count",
    ];
    assert_eq!((rejects(&parsed), parsed.lost_records), (expected.map(str::to_owned).to_vec(), 2));
    assert_eq!(topics(&parsed.listings[0]), ["sanction"]);
    assert!(parsed.listings[1].id.starts_with("csl-"), "{}", parsed.listings[1].id);
    assert_eq!(parsed.listings[2].id, "77-ssi");
}

#[test]
fn what_is_not_the_whole_screening_list_is_refused() {
    assert!(matches!(csl("truncated_middle"), Err(ParseError::Truncated { records: 1, .. })));
    let error = csl("unknown_version").unwrap_err().to_string();
    assert!(error.contains("no column 'source'"), "{error}");
    let twice = csl("two_headers").unwrap();
    assert_eq!((twice.listings.len(), twice.rows_read, twice.warnings.len()), (1, 1, 1));
}

#[test]
fn the_screening_list_of_may_2022_is_read_whole() {
    let path = "lists/us_csl/consolidated_watchman.csv.gz";
    let Some(listings) = import_real("us_csl", path) else { return };
    assert_eq!(listings.len(), 14_160);
    let ids: BTreeSet<&str> = listings.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(ids.len(), 14_160);
    // Names in notes are names of their own.
    let noted = |mark| {
        let texts = listings.iter().flat_map(|l| &l.party.names).map(|n| n.text.to_lowercase());
        texts.filter(|text| text.contains(mark)).count()
    };
    assert_eq!(["(a.k.a.", "[aka", "(aka", "f.k.a.", "a/k/a", "d/b/a"].map(noted), [0; 6]);
    let mut by_topic: BTreeMap<&str, usize> = BTreeMap::new();
    for listing in &listings {
        for topic in topics(listing) {
            *by_topic.entry(topic).or_default() += 1;
        }
    }
    assert_eq!(by_topic["export.control"], 2_001 + 462 + 201 + 71);
    assert_eq!((by_topic["debarment"], by_topic["sanction"]), (727, 10_698));
    let schemes = listings.iter().flat_map(|l| &l.party.identifiers).map(|i| i.scheme);
    let imo = schemes.filter(|scheme| *scheme == Scheme::Imo).count();
    assert!(imo >= 433, "{imo}");
}

#[test]
fn the_screening_list_of_november_2023_is_cut_and_refused() {
    let Some(path) = real("lists/us_csl/csl_watchman_2023-11.csv.gz") else { return };
    let stored = std::fs::read(path).unwrap();
    let mut bytes = Vec::new();
    let mut gzip = flate2::read::MultiGzDecoder::new(stored.as_slice());
    std::io::Read::read_to_end(&mut gzip, &mut bytes).unwrap();
    let error = read_bytes(&declared("us_csl"), "csl.csv", bytes).unwrap_err();
    assert!(matches!(error, ParseError::Truncated { records: 4_227, .. }), "{error}");
}
