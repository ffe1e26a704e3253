//! Every list format on small files of fictional parties, one situation a file: what is read,
//! what is rejected and why, and which files are refused as a whole.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read fixtures and stop at the first surprise"
)]

use crate::lists_real::declared;
use diligence::party::{Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{
    Detail, InputFile, Limits, ListSource, Listing, ParseError, Parsed, Topic, WantedFile, parse,
};
use std::path::Path;

/// Parses the files of `fixtures/lists/SITUATION` as the given list.
fn read_as(source: &ListSource, situation: &str) -> Result<Parsed, ParseError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists").join(situation);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let role = |name: &str| {
        let fits = |wanted: &&WantedFile| wanted.fits(name);
        source.files.iter().find(fits).map(|wanted| wanted.role.clone())
    };
    let files: Vec<InputFile> = names
        .iter()
        .filter_map(|name| Some(InputFile { role: role(name)?, name: name.clone() }))
        .collect();
    let mut load = |index: usize| {
        let file: &InputFile = &files[index];
        Ok(std::fs::read(folder.join(&file.name)).unwrap())
    };
    parse(source, &files, &mut load, &Limits::default())
}

fn ofac(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("ofac_sdn"), &format!("ofac_sdn_csv/{situation}"))
}

fn un(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("un_sc"), &format!("un_sc_xml/{situation}"))
}

fn popolo(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("everypolitician"), &format!("popolo_json/{situation}"))
}

fn ftm(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("demo"), &format!("ftm_json/{situation}"))
}

/// `file:row field code`, in order.
fn rejects(parsed: &Parsed) -> Vec<String> {
    let line =
        |r: &diligence::party::Reject| format!("{}:{} {} {}", r.file, r.row, r.field, r.code);
    parsed.rejects.iter().map(line).collect()
}

fn names(listing: &Listing) -> Vec<(&str, NameQuality)> {
    listing.party.names.iter().map(|name| (name.text.as_str(), name.quality)).collect()
}

fn ties(listing: &Listing) -> Vec<(&str, Tie)> {
    listing.party.countries.iter().map(|tie| (tie.country.code(), tie.tie)).collect()
}

fn links(listing: &Listing) -> Vec<String> {
    listing.linked_to.iter().map(ToString::to_string).collect()
}

fn births(listing: &Listing) -> Vec<String> {
    listing.party.birth_dates.iter().map(ToString::to_string).collect()
}

// OFAC

#[test]
fn an_ofac_triple_is_joined_by_its_number() {
    let parsed = ofac("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    assert_eq!(parsed.warnings, [""; 0]);
    assert_eq!(parsed.rows_read, 11);
    let [company, person, vessel, aircraft] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(
        names(company),
        [
            ("VOLKHOV MERIDIAN TRADING", NameQuality::Primary),
            ("VOLKHOV MERIDIAN OOO", NameQuality::Alias),
            ("VOLKHOV EXPORT HOUSE", NameQuality::Former),
            ("MERIDIAN", NameQuality::WeakAlias),
        ]
    );
    assert_eq!(company.programmes, ["DEMO-RUS", "DEMO-EVASION"]);
    assert_eq!(
        company.party.addresses[0].text,
        "14 Naberezhnaya Street, \"Block B\", Saint Petersburg 190000"
    );
    let schemes: Vec<Scheme> = company.party.identifiers.iter().map(|i| i.scheme).collect();
    assert_eq!(schemes, [Scheme::Inn, Scheme::Ogrn]);
    assert_eq!(links(company), ["BELOZOROV, Arkady Valentinovich"]);
    assert!(
        company.remarks[0].ends_with("Arkady Valentinovich."),
        "the remark stays word for word"
    );
    assert_eq!(person.party.kind, Some(PartyKind::Person));
    assert_eq!(births(person), ["1964-02-17", "circa 1965"]);
    assert_eq!(person.party.gender, Some(Gender::Male));
    assert_eq!(person.functions, ["Chairman"]);
    assert_eq!(
        ties(person),
        [
            ("CY", Tie::Address),
            ("RU", Tie::BirthPlace),
            ("RU", Tie::Nationality),
            ("CY", Tie::Nationality)
        ]
    );
    assert_eq!(
        (vessel.party.kind, ties(vessel)),
        (Some(PartyKind::Vessel), vec![("PA", Tie::Flag)])
    );
    let details = [
        Detail::new("vessel type", "Crude Oil Tanker"),
        Detail::new("tonnage", "318,000"),
        Detail::new("gross tonnage", "163,660"),
    ];
    assert_eq!(vessel.details, details);
    assert_eq!(links(vessel), ["owned by Pelagos Star Navigation Inc."]);
    assert!(
        vessel.party.identifiers.iter().any(|i| i.scheme == Scheme::Imo && i.value == "2009313")
    );
    assert_eq!((aircraft.party.kind, ties(aircraft)), (Some(PartyKind::Aircraft), vec![]));
    assert!(parsed.listings.iter().all(|l| l.topics.contains(&Topic::Sanction)));
}

#[test]
fn ofac_rows_that_hang_on_nothing_or_are_no_rows_are_rejects() {
    let parsed = ofac("orphans").unwrap();
    assert_eq!(parsed.listings.len(), 4);
    assert_eq!(
        rejects(&parsed),
        [
            "alt.csv:5  orphan",
            "alt.csv:6  wrong-column-count",
            "alt.csv:7 ent_num bad-number",
            "add.csv:4  orphan",
            "sdn.csv:1 Country unknown-country",
        ]
    );
    assert!(parsed.rejects[0].message.contains("999"));
    assert!(parsed.rejects[0].raw.contains("NOBODY LISTED"));
}

#[test]
fn a_repeated_ofac_number_never_loses_a_listed_party() {
    let parsed = ofac("repeated_number").unwrap();
    assert_eq!(parsed.listings.len(), 5);
    assert_eq!(parsed.listings[4].id, "101-2");
    assert_eq!(names(&parsed.listings[4])[0].0, "ANOTHER PARTY ENTIRELY");
    assert_eq!(rejects(&parsed), ["sdn.csv:5 ent_num duplicate-id"]);
}

#[test]
fn ofac_dates_of_every_precision_are_read_and_a_bad_one_is_a_reject() {
    let parsed = ofac("partial_dates").unwrap();
    let read: Vec<String> = parsed.listings.iter().flat_map(births).collect();
    assert_eq!(read, ["1965", "1965-07", "circa 1965", "1960 to 1962", "1960-01-01 to 1962-12-31"]);
    assert_eq!(parsed.listings.len(), 6, "the person with the bad date stays");
    assert_eq!(rejects(&parsed), ["sdn.csv:6 Remarks: DOB bad-date"]);
}

#[test]
fn an_ofac_remark_goes_on_in_the_comments_file() {
    let parsed = ofac("long_remark").unwrap();
    assert_eq!(names(&parsed.listings[0])[1], ("MERIDIAN STAR", NameQuality::WeakAlias));
    assert_eq!(parsed.listings[0].party.identifiers[0].scheme, Scheme::Inn);
}

#[test]
fn a_resaved_latin1_file_without_quotes_is_read_and_said_to_be_one() {
    let parsed = ofac("resaved_latin1").unwrap();
    assert_eq!(names(&parsed.listings[0])[0].0, "GARCÍA DEMÓSTENES S.A.");
    assert_eq!(names(&parsed.listings[0])[1].0, "DEMÓ");
    assert!(parsed.warnings[0].contains("Latin-1"));
    assert!(parsed.warnings[1].contains("0x1A"));
}

#[test]
fn bad_ofac_files_are_refused_in_words() {
    assert!(matches!(ofac("truncated_middle"), Err(ParseError::Truncated { .. })));
    assert!(matches!(ofac("empty"), Err(ParseError::Empty { .. })));
    let error = ofac("html_error").unwrap_err().to_string();
    assert!(error.contains("HTML page"), "{error}");
}

// United Nations

#[test]
fn a_un_person_and_entity_are_read_whole() {
    let parsed = un("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    assert_eq!(parsed.header.published.as_deref(), Some("2026-02-27T00:00:09.554Z"));
    let [person, entity] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(person.id, "9900001");
    assert_eq!(
        names(person),
        [
            ("YUSUF ABD AL-KARIM AL-TARHUNI", NameQuality::Primary),
            ("يوسف عبد الكريم الترهوني", NameQuality::Native),
            ("Youssef Tarhouni", NameQuality::Alias),
            ("Yousef Al-Tarhuni", NameQuality::Alias),
            ("Abu Karim", NameQuality::WeakAlias),
            ("Yusuf Tarhun", NameQuality::Former),
        ]
    );
    assert_eq!(births(person), ["1958-03-04", "1959-06-30"]);
    assert_eq!(person.party.birth_places, ["Tarhuna, Libya", "Misrata, Libya"]);
    assert_eq!(person.party.gender, Some(Gender::Male));
    assert_eq!(person.listed_on.unwrap().to_string(), "2019-11-05");
    assert_eq!(person.functions, ["Haji", "Director", "Engineer"]);
    let [reference, passport] = person.party.identifiers.as_slice() else { panic!() };
    assert_eq!(
        (reference.label.as_deref(), reference.value.as_str()),
        (Some("UN reference number"), "DMi.001")
    );
    assert_eq!(person.amended_on.unwrap().to_string(), "2020-01-01");
    assert_eq!((passport.scheme, passport.country.unwrap().code()), (Scheme::Passport, "LY"));
    assert_eq!(
        names(entity),
        [
            ("SAHEL AIR (SA)", NameQuality::Primary),
            ("LAKES COMPANY (LC)", NameQuality::Alias),
            ("Northern Sands", NameQuality::Alias),
            ("Old Sands", NameQuality::Former),
        ]
    );
    assert_eq!(ties(entity), [("ML", Tie::Address)]);
}

#[test]
fn un_dates_keep_their_precision_and_an_empty_one_is_no_reject() {
    let parsed = un("partial_dates").unwrap();
    let expected = ["1971", "circa 1972", "1960 to 1962", "1973-11"];
    assert_eq!(births(&parsed.listings[0]), expected);
    let field = "un.xml:1 INDIVIDUAL_DATE_OF_BIRTH bad-date";
    assert_eq!(rejects(&parsed), [field, field]);
}

#[test]
fn text_is_joined_across_references_and_cdata() {
    let parsed = un("entities").unwrap();
    assert_eq!(names(&parsed.listings[0])[0].0, "HARROW & O'DELL <FREIGHT> & SONS");
}

#[test]
fn un_records_without_name_or_number_and_new_elements_are_reported() {
    let parsed = un("drift").unwrap();
    assert_eq!(parsed.listings.len(), 3);
    assert_eq!(
        rejects(&parsed),
        [
            "un.xml:1 SHOE_SIZE unknown-element",
            "un.xml:2 NATIONALITY unknown-country",
            "un.xml:3  no-name",
            "un.xml:4  no-id",
        ]
    );
}

#[test]
fn a_cut_un_file_is_truncated_wherever_it_was_cut() {
    for situation in
        ["truncated_boundary", "truncated_section", "truncated_middle", "truncated_tag"]
    {
        let error = un(situation).unwrap_err();
        assert!(matches!(error, ParseError::Truncated { .. }), "{situation}: {error}");
    }
    let error = un("truncated_boundary").unwrap_err().to_string();
    assert!(error.contains("after record 1") && error.contains("<CONSOLIDATED_LIST>"), "{error}");
}

#[test]
fn a_un_file_cut_after_any_byte_is_never_read_as_complete() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists/un_sc_xml/basic/un.xml");
    let whole = std::fs::read(path).unwrap();
    let source = declared("un_sc");
    let files = [InputFile { role: "main".to_owned(), name: "un.xml".to_owned() }];
    let end = whole.trim_ascii_end().len();
    for cut in (0..end).step_by(7).chain([end - 1]) {
        let read = parse(&source, &files, &mut |_| Ok(whole[..cut].to_vec()), &Limits::default());
        assert!(read.is_err(), "cut after byte {cut}");
    }
}

#[test]
fn what_a_un_list_never_needs_is_refused() {
    for situation in ["doctype", "unknown_entity"] {
        let error = un(situation).unwrap_err();
        assert!(matches!(error, ParseError::Refused { .. }), "{situation}: {error}");
    }
    let error = un("other_root").unwrap_err().to_string();
    assert!(error.contains("<sdnList>"), "{error}");
    assert!(un("html_error").unwrap_err().to_string().contains("HTML page"));
    assert!(matches!(un("empty"), Err(ParseError::Empty { .. })));
    assert!(matches!(un("latin1"), Err(ParseError::Malformed { format: "UTF-8 text", .. })));
}

#[test]
fn absurd_depth_and_size_are_refused_before_they_cost_anything() {
    let mut source = declared("un_sc");
    source.limits.records = None;
    let files = [InputFile { role: "main".to_owned(), name: "un.xml".to_owned() }];
    let read = |text: String, limits: &Limits| {
        parse(&source, &files, &mut |_| Ok(text.clone().into_bytes()), limits).unwrap_err()
    };
    let deep = format!("<CONSOLIDATED_LIST>{}", "<a>".repeat(100_000));
    assert!(matches!(read(deep, &Limits::default()), ParseError::Refused { .. }));
    let small = Limits { text_bytes: 1000, records: 1, ..Limits::default() };
    let long = format!("<CONSOLIDATED_LIST><A><B>{}", "x".repeat(2000));
    assert!(matches!(read(long, &small), ParseError::TooLarge { limit: 1000, .. }));
    let wide = format!("<CONSOLIDATED_LIST a='{}'>", "x".repeat(2000));
    assert!(matches!(read(wide, &small), ParseError::TooLarge { limit: 1000, .. }));
    let many = "<CONSOLIDATED_LIST><A><B/><B/>".to_owned();
    assert!(matches!(read(many, &small), ParseError::TooLarge { limit: 1, .. }));
}

// EveryPolitician

#[test]
fn a_legislature_gives_persons_with_their_offices() {
    let parsed = popolo("basic").unwrap();
    let [first, second] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(
        names(first),
        [
            ("Domingos Cabral", NameQuality::Primary),
            ("Domingo Cabral", NameQuality::Alias),
            ("Домингуш Кабрал", NameQuality::Native),
        ]
    );
    assert_eq!(ties(first), [("GW", Tie::Office)]);
    assert_eq!(first.party.identifiers.len(), 1);
    let office = &first.offices[0];
    assert_eq!(
        (office.position.as_str(), office.organization.as_deref()),
        ("member", Some("Harbour Assembly"))
    );
    assert_eq!(office.note.as_deref(), Some("First term; Tide Party; North Quay"));
    assert_eq!(office.start.unwrap().to_string(), "2010-01-01");
    assert_eq!(office.end.unwrap().to_string(), "2014", "dates of the term stand in");
    assert_eq!(second.party.gender, Some(Gender::Female));
    assert_eq!(second.offices[0].start.unwrap().to_string(), "2012-03-01");
    assert_eq!(births(second), [""; 0]);
    let file = "Port_Severin__Assembly__ep-popolo-v1.0.json";
    assert_eq!(
        rejects(&parsed),
        [
            format!("{file}:2 birth_date bad-date"),
            format!("{file}:3  no-name"),
            format!("{file}:4  bad-record"),
            format!("{file}:6 end_date bad-date"),
            format!("{file}:7  orphan"),
        ]
    );
}

#[test]
fn without_the_index_the_file_name_gives_the_country() {
    let parsed = popolo("without_index").unwrap();
    assert_eq!(ties(&parsed.listings[0]), [("GW", Tie::Office)]);
}

#[test]
fn bad_legislature_files_are_refused() {
    assert!(matches!(popolo("truncated_middle"), Err(ParseError::Truncated { .. })));
    assert!(matches!(popolo("other_document"), Err(ParseError::Malformed { .. })));
    assert!(popolo("html_error").unwrap_err().to_string().contains("HTML page"));
    assert!(matches!(popolo("empty"), Err(ParseError::Empty { .. })));
    let source = declared("everypolitician");
    let files = [InputFile { role: "main".to_owned(), name: "ep-popolo.json".to_owned() }];
    let deep = format!("{{\"persons\":{}", "[".repeat(100_000));
    let error = parse(&source, &files, &mut |_| Ok(deep.clone().into_bytes()), &Limits::default());
    assert!(matches!(error, Err(ParseError::Refused { .. })));
}

// FollowTheMoney

#[test]
fn entities_become_listings_and_what_hangs_on_them() {
    let parsed = ftm("basic").unwrap();
    let [company, person] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(
        names(company),
        [
            ("Quellwasser GmbH", NameQuality::Primary),
            ("Квельвассер", NameQuality::Native),
            ("Quellwasser", NameQuality::Alias),
            ("Altwasser GmbH", NameQuality::Former),
            ("QW", NameQuality::WeakAlias),
        ]
    );
    assert_eq!(company.authority.as_deref(), Some("World Bank"));
    assert_eq!(company.listed_on.unwrap().to_string(), "2023-06-15");
    assert_eq!(company.ends_on.unwrap().to_string(), "2028-06-14");
    assert!(company.topics.contains(&Topic::Debarment));
    assert_eq!(links(company), ["owned 60 % by Aldenhoven"]);
    assert_eq!(company.party.addresses[0].country.unwrap().code(), "DE");
    assert_eq!(links(person), ["owns 60 % Quellwasser GmbH", "daughter gone"]);
    let office = &person.offices[0];
    assert_eq!((office.position.as_str(), office.country.unwrap().code()), ("Mayor", "IT"));
    assert_eq!(
        rejects(&parsed),
        [
            "demo.ftm.json:11  bad-json",
            "demo.ftm.json:3 birthDate bad-date",
            "demo.ftm.json:3 nationality unknown-country",
            "demo.ftm.json:10  no-name",
            "demo.ftm.json:8  orphan",
            "demo.ftm.json:9  unsupported-schema",
            "demo.ftm.json:12  orphan",
        ]
    );
}

#[test]
fn a_repeated_id_drops_a_copy_and_keeps_another_party() {
    let parsed = ftm("repeated_id").unwrap();
    let ids: Vec<&str> = parsed.listings.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(ids, ["a", "a-2"]);
    assert_eq!(parsed.rejects.len(), 2);
    assert!(parsed.rejects[0].message.ends_with("dropped"));
    assert!(parsed.rejects[1].message.ends_with("kept as a-2"));
}

#[test]
fn bad_entity_files_are_refused() {
    assert!(matches!(ftm("truncated_middle"), Err(ParseError::Truncated { records: 1, .. })));
    assert!(matches!(ftm("not_entities"), Err(ParseError::Malformed { .. })));
    assert!(ftm("html_error").unwrap_err().to_string().contains("HTML page"));
    assert!(matches!(ftm("empty"), Err(ParseError::Empty { .. })));
}

// All formats

/// The fixtures' files with their declaration: a starting point for damage.
fn samples() -> [(ListSource, &'static str, &'static str); 4] {
    [
        (declared("ofac_sdn"), "main", "lists/ofac_sdn_csv/basic/SDN.CSV"),
        (declared("un_sc"), "main", "lists/un_sc_xml/basic/un.xml"),
        (
            declared("everypolitician"),
            "main",
            "lists/popolo_json/basic/Port_Severin__Assembly__ep-popolo-v1.0.json",
        ),
        (declared("demo"), "main", "demo/lists/demo.ftm.json"),
    ]
}

fn parse_bytes(source: &ListSource, role: &str, bytes: &[u8]) -> Result<Parsed, ParseError> {
    let files = [InputFile { role: role.to_owned(), name: "damaged".to_owned() }];
    parse(source, &files, &mut |_| Ok(bytes.to_vec()), &Limits::default())
}

#[test]
fn an_ofac_file_cut_inside_a_row_is_never_read_as_complete() {
    let (source, role, path) = &samples()[0];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let whole = std::fs::read(folder.join(path)).unwrap();
    for cut in 0..whole.len() {
        let at_row_end = cut > 0 && matches!(whole[cut - 1], b'\n' | b'\r');
        let read = parse_bytes(source, role, &whole[..cut]);
        assert_eq!(read.is_ok(), at_row_end, "cut after byte {cut}");
        if let Ok(parsed) = read {
            assert!(parsed.warnings[0].contains("0x1A"), "a cut at a row end is at least said");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        failure_persistence: None,
        ..proptest::test_runner::Config::with_cases(64)
    })]

    #[test]
    fn damaged_bytes_make_no_parser_panic_and_no_listing_nameless(
        damage in proptest::collection::vec((0.0_f64..1.0, proptest::prelude::any::<u8>()), 1..8),
    ) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        for (source, role, path) in samples() {
            let mut bytes = std::fs::read(folder.join(path)).unwrap();
            for (at, value) in &damage {
                let index = (at * bytes.len() as f64) as usize;
                bytes[index] = *value;
            }
            if let Ok(parsed) = parse_bytes(&source, role, &bytes) {
                let said = parsed.listings.len() + parsed.rejects.len();
                proptest::prop_assert!(parsed.listings.iter().all(|l| !l.party.names.is_empty()));
                proptest::prop_assert!(said > 0);
            }
        }
    }
}
