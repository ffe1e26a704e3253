//! The EU's financial sanctions, on small files of fictional parties, one situation a file, and on
//! the publisher's real files where they are; and what the tests of other lists share with them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests read fixtures, say when they skip, and stop at the first surprise"
)]

use crate::lists_real::{declared, options, real};
use diligence::party::{Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{
    InputFile, Limits, ListStore, Listing, ParseError, Parsed, import_list, parse,
};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Parses one file as the named list, decompressed if need be.
pub(crate) fn read_file(list: &str, path: &Path) -> Result<Parsed, ParseError> {
    let bytes = std::fs::read(path).unwrap();
    let mut plain = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut plain).unwrap();
    } else {
        plain = bytes;
    }
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let files = [InputFile { role: "main".to_owned(), name }];
    parse(&declared(list), &files, &mut |_| Ok(plain.clone()), &Limits::default())
}

/// Parses the one file of `fixtures/lists/SITUATION` as the named list.
pub(crate) fn read_situation(list: &str, situation: &str) -> Result<Parsed, ParseError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists").join(situation);
    let path = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(declared(list).files[0].fits(name), "{name} must fit the declared patterns");
    read_file(list, &path)
}

/// `row field code`, in order.
pub(crate) fn rejects(parsed: &Parsed) -> Vec<String> {
    parsed.rejects.iter().map(|r| format!("{} {} {}", r.row, r.field, r.code)).collect()
}

pub(crate) fn names(listing: &Listing) -> Vec<(&str, NameQuality, &str)> {
    let names = listing.party.names.iter();
    names.map(|n| (n.text.as_str(), n.quality, n.language.as_deref().unwrap_or(""))).collect()
}

pub(crate) fn ties(listing: &Listing) -> Vec<(&str, Tie)> {
    listing.party.countries.iter().map(|tie| (tie.country.code(), tie.tie)).collect()
}

pub(crate) fn births(listing: &Listing) -> Vec<String> {
    listing.party.birth_dates.iter().map(ToString::to_string).collect()
}

pub(crate) fn details(listing: &Listing) -> Vec<String> {
    listing.details.iter().map(ToString::to_string).collect()
}

/// `scheme value label`, in order.
pub(crate) fn numbers(listing: &Listing) -> Vec<(Scheme, &str, &str)> {
    let identifiers = listing.party.identifiers.iter();
    identifiers.map(|i| (i.scheme, i.value.as_str(), i.label.as_deref().unwrap_or(""))).collect()
}

/// Counts of a whole list, for comparing with what is known of a real file.
pub(crate) fn tally(parsed: &Parsed) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let mut add = |key: &str, more: usize| *counts.entry(key.to_owned()).or_default() += more;
    for listing in &parsed.listings {
        add(listing.party.kind.map_or("no kind", PartyKind::as_str), 1);
        add("names", listing.party.names.len());
        add("identifiers", listing.party.identifiers.len());
        add("birth dates", listing.party.birth_dates.len());
        add("addresses", listing.party.addresses.len());
    }
    for reject in &parsed.rejects {
        add(&format!("reject {}", reject.code), 1);
    }
    counts
}

// European Union

fn eu(situation: &str) -> Result<Parsed, ParseError> {
    read_situation("eu_fsf", &format!("eu_fsf_xml/{situation}"))
}

#[test]
fn an_eu_entity_keeps_every_name_and_says_which_it_goes_by() {
    let parsed = eu("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    assert_eq!(parsed.header.published.as_deref(), Some("2026-03-02T21:24:35.826+01:00"));
    let [person, company] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(person.id, "9001");
    assert_eq!(
        names(person),
        [
            ("Arsen Talimovich DEMOVSKY", NameQuality::Primary, "en"),
            ("Арсен Талимович ДЕМОВСКИЙ", NameQuality::Native, "ru"),
            ("Арсен ДЕМОВСКИ", NameQuality::Alias, "bg"),
            ("rsen Demovski", NameQuality::Alias, "sv"),
            ("Arsen Demovski", NameQuality::Alias, "sv"),
            ("The Clerk", NameQuality::WeakAlias, ""),
        ],
        "strong names by logical id, the Latin one first; a cut whole name is completed"
    );
    let fth: Vec<_> = company.party.names.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(fth, ["Fiction Trading House", "FTH"]);
    assert_eq!(company.party.kind, Some(PartyKind::Organization));
    assert_eq!(company.ends_on.unwrap().to_string(), "2027-01-31");
    assert_eq!(details(company), ["BENEFICIARY: one of many"]);
}

#[test]
fn an_eu_entity_keeps_who_it_is_and_what_its_papers_say() {
    let parsed = eu("basic").unwrap();
    let person = &parsed.listings[0];
    assert_eq!(person.party.gender, Some(Gender::Male));
    assert_eq!(births(person), ["1964-02-17"]);
    assert_eq!(person.party.birth_places, ["Demograd, RUSSIAN FEDERATION"]);
    assert_eq!(
        ties(person),
        [
            ("RU", Tie::Nationality),
            ("CY", Tie::Nationality),
            ("RU", Tie::BirthPlace),
            ("RU", Tie::Address)
        ]
    );
    assert_eq!(
        numbers(person),
        [
            (
                Scheme::Passport,
                "DM 0000001",
                "National passport (known false; issued by Demo Office; issued 2001-02-03; valid \
                 to 2011-02-03)"
            ),
            (Scheme::Inn, "0004170010", "Fiscal code"),
        ]
    );
    assert_eq!(
        person.party.addresses[0].text,
        "1 Naberezhnaya Street, P.O. Box 77, 100200, Demograd, Demo region"
    );
    assert_eq!(person.functions, ["Colonel", "Deputy Minister of Fictions; former Chairman"]);
    let place = "1 Naberezhnaya Street, P.O. Box 77, 100200, Demograd, Demo region";
    assert_eq!(
        details(person),
        [
            "EU reference number: EU.9001.1".to_owned(),
            "UN reference number: DMi.001".to_owned(),
            "citizenship: CYPRUS (region Old Region; acquired 2001-02-03; lost 2010-04-05)"
                .to_owned(),
            format!("address at the time of listing: {place}"),
            "phone: +7 000 0000000".to_owned(),
            "document without a number: Other identification number (issued by Demo Bureau)"
                .to_owned(),
        ]
    );
}

#[test]
fn an_eu_entity_names_its_programme_its_acts_and_their_days() {
    let parsed = eu("basic").unwrap();
    let [person, company] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(person.programmes, ["DEMO"]);
    assert_eq!(person.authority.as_deref(), Some("Council of the European Union"));
    assert_eq!(company.authority.as_deref(), Some("European Commission"));
    assert_eq!(person.listed_on.unwrap().to_string(), "2019-03-01");
    assert_eq!(person.amended_on.unwrap().to_string(), "2025-06-02");
    assert_eq!(
        person.legal_basis,
        [
            "amendment 2025/9001 (OJ L202509001), published 2025-06-02, in force 2025-06-03",
            "regulation 2019/9000 (OJ L900), published 2019-03-01",
        ]
    );
    assert!(company.legal_basis[1].starts_with("corrigendum: corrigendum 2025/9001R"));
    assert!(person.source_url.as_deref().unwrap().starts_with("https://eur-lex.europa.eu/"));
    assert_eq!(
        person.remarks,
        [
            "Owns part of Fiction Trading.",
            "Date of UN designation: 1.3.2019",
            "The Clerk: used on the telephone",
            "1 Naberezhnaya Street: seat since 2020",
        ]
    );
}

#[test]
fn the_order_of_an_eu_file_decides_neither_caption_nor_names() {
    let by_id = |parsed: Parsed| -> BTreeMap<String, Listing> {
        parsed.listings.into_iter().map(|listing| (listing.id.clone(), listing)).collect()
    };
    let (basic, shuffled) = (by_id(eu("basic").unwrap()), by_id(eu("shuffled").unwrap()));
    assert_eq!(basic.keys().collect::<Vec<_>>(), shuffled.keys().collect::<Vec<_>>());
    for (id, one) in &basic {
        let other = &shuffled[id];
        assert_eq!(one.party.names, other.party.names, "{id}");
        assert_eq!(one.legal_basis, other.legal_basis, "{id}");
        assert_eq!(one.functions, other.functions, "{id}");
        let sorted = |listing: &Listing| {
            let mut numbers = listing.party.identifiers.clone();
            numbers.sort();
            numbers
        };
        assert_eq!(sorted(one), sorted(other), "{id}");
    }
}

#[test]
fn eu_birth_dates_keep_their_precision_and_other_calendars_are_text() {
    let parsed = eu("partial_dates").unwrap();
    let listing = &parsed.listings[0];
    assert_eq!(births(listing), ["circa 1961", "1961-08", "1960 to 1962", "1982-04-19"]);
    assert_eq!(
        details(listing),
        ["date of birth, islamic calendar: 1402-6-24", "date of birth, islamic calendar: 1339"]
    );
    assert_eq!(listing.party.birth_places, ["Demograd"]);
    assert_eq!(
        rejects(&parsed),
        [
            "1 birthdate other-calendar",
            "1 birthdate bad-date",
            "1 birthdate bad-date",
            "1 birthdate bad-date"
        ]
    );
    assert!(parsed.rejects[3].message.ends_with("found '1970-2-31'"), "{:?}", parsed.rejects[3]);
}

#[test]
fn what_an_eu_record_cannot_say_is_rejected_and_the_rest_stays() {
    let parsed = eu("recoverable_errors").unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "1 sanctionEntity/mood unknown-element",
            "1 gender contradiction",
            "1 citizenship@countryIso2Code unknown-country",
            "2  no-name",
            "3 subjectType unknown-kind",
            "4 gender unknown-gender",
            "5  no-id",
            "6 export/footer unknown-element",
            "3 id duplicate-id",
        ]
    );
    assert_eq!(details(&parsed.listings[0]), ["citizenship: ATLANTIS"]);
    let ids: Vec<_> = parsed.listings.iter().map(|listing| listing.id.as_str()).collect();
    assert_eq!(ids, ["9201", "9203", "9201-2"], "no listed party is lost to a repeated id");
    assert_eq!((parsed.rows_read, parsed.lost_records), (6, 2));
}

#[test]
fn eu_files_that_are_no_full_list_are_refused_in_words() {
    for (situation, words) in [
        ("unknown_version", "namespace http://eu.europa.ec/fpi/fsd/export/2_0"),
        ("html_error", "an HTML page, probably the publisher's error page"),
        ("json_error", "found JSON"),
        ("truncated_boundary", "the root element <export> is not closed"),
    ] {
        let message = eu(situation).unwrap_err().to_string();
        assert!(message.contains(words), "{situation}: {message}");
    }
}

#[test]
fn real_eu_editions_list_the_same_entities_under_the_same_names() {
    let mut editions = Vec::new();
    for day in ["2026-03-02", "2026-05-01"] {
        let path = format!("lists/eu_fsf/eu_fsf_full_1_1_{day}.xml.gz");
        let Some(path) = real(&path) else { return };
        let parsed = read_file("eu_fsf", &path).unwrap();
        println!("eu_fsf {day}: {:?}", tally(&parsed));
        assert_eq!((parsed.listings.len(), parsed.lost_records), (5_860, 0));
        let counts = tally(&parsed);
        assert_eq!((counts["person"], counts["organization"]), (4_341, 1_519));
        // Years of the Islamic calendar; Yugoslavia and the Netherlands Antilles.
        assert_eq!((counts["reject other-calendar"], parsed.rejects.len()), (4, 6));
        editions.push(parsed);
    }
    let [march, may] = editions.as_slice() else { panic!() };
    let by_id: BTreeMap<&str, &Listing> = may.listings.iter().map(|l| (l.id.as_str(), l)).collect();
    let names_differ =
        |listing: &&Listing| by_id[listing.id.as_str()].party.names != listing.party.names;
    let captions_differ =
        |listing: &&Listing| by_id[listing.id.as_str()].party.caption() != listing.party.caption();
    // 12 entities were given or lost a name in the two months; the order of 4,088 is another.
    assert_eq!(march.listings.iter().filter(names_differ).count(), 12);
    assert_eq!(march.listings.iter().filter(captions_differ).count(), 0);
}

#[test]
fn real_eu_error_pages_and_the_verbatim_entry_are_told_apart() {
    for (name, words) in [
        ("bad_downloads/eu-data_fetched_2021-02-09.xml", "HTML page"),
        ("bad_downloads/eu-data_fetched_2021-11-04.xml", "found JSON"),
        ("bad_downloads/eu-data_fetched_2026-02-08.xml", "found JSON"),
    ] {
        let Some(path) = real(&format!("lists/eu_fsf/{name}")) else { return };
        let message = read_file("eu_fsf", &path).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
    }
    let Some(path) = real("lists/eu_fsf/eu_fsf_excerpt_2024-12-11.xml") else { return };
    let parsed = read_file("eu_fsf", &path).unwrap();
    assert_eq!((parsed.listings.len(), parsed.rejects.len()), (1, 0));
    assert_eq!(parsed.listings[0].party.names.len(), 3);
}

#[test]
fn real_editions_pass_the_guards_of_their_declarations_and_an_amendment_does_not() {
    for (name, path, kinds) in [
        ("eu_fsf", "eu_fsf/eu_fsf_full_1_1_2026-03-02.xml.gz", 2),
        ("uk_sl", "uk_sanctions_list/UK_Sanctions_List_2026-08-22.xml.gz", 3),
        ("ca_sema", "ca_sema/sema-lmes_2025.xml", 3),
        ("ch_seco", "ch_seco/seco_official_example_amendment_2024-01-17.xml", 1),
    ] {
        let Some(path) = real(&format!("lists/{path}")) else { return };
        let folder = tempfile::tempdir().unwrap();
        let store = ListStore::new(folder.path().to_owned());
        let source = declared(name);
        let report = import_list(&store, &source, &[path], &options(), &|_, _| Ok(())).unwrap();
        assert_eq!(report.is_published(), name != "ch_seco", "{name}: {:?}", report.trips);
        assert_eq!(report.manifest.by_kind.len(), kinds, "{name}");
    }
}
