//! Lists of office holders on small files of fictional people, one situation a file, and on the
//! publishers' real files when they are here.

use crate::lists_real::{declared, options, real};
use diligence::party::{NameQuality, Scheme, Tie};
use diligence::watchlist::{
    InputFile, Limits, ListSource, ListStore, Listing, ParseError, Parsed, Snapshot, WantedFile,
    import_list, parse,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Parses the files of `fixtures/lists/SITUATION` as the given list.
pub(crate) fn read_as(source: &ListSource, situation: &str) -> Result<Parsed, ParseError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists").join(situation);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let roles = |name: &String| {
        let fitting = source.files.iter().filter(|wanted: &&WantedFile| wanted.fits(name));
        fitting.map(|wanted| wanted.role.clone()).collect::<Vec<_>>()
    };
    let files: Vec<InputFile> = names
        .iter()
        .flat_map(|name| roles(name).into_iter().map(|role| (role, name.clone())))
        .map(|(role, name)| InputFile { role, name })
        .collect();
    let mut load = |index: usize| Ok(std::fs::read(folder.join(&files[index].name)).unwrap());
    parse(source, &files, &mut load, &Limits::default())
}

/// Parses the given texts, each in its role, as the given list.
pub(crate) fn read_texts(
    source: &ListSource,
    texts: &[(&str, &str, &[u8])],
) -> Result<Parsed, ParseError> {
    let files: Vec<InputFile> = texts
        .iter()
        .map(|(role, name, _)| InputFile { role: (*role).to_owned(), name: (*name).to_owned() })
        .collect();
    let mut load = |index: usize| Ok(texts[index].2.to_vec());
    parse(source, &files, &mut load, &Limits::default())
}

/// `file:row field code`, in order.
pub(crate) fn rejects(parsed: &Parsed) -> Vec<String> {
    let line =
        |r: &diligence::party::Reject| format!("{}:{} {} {}", r.file, r.row, r.field, r.code);
    parsed.rejects.iter().map(line).collect()
}

pub(crate) fn names(listing: &Listing) -> Vec<(&str, NameQuality)> {
    listing.party.names.iter().map(|name| (name.text.as_str(), name.quality)).collect()
}

pub(crate) fn ties(listing: &Listing) -> Vec<(&str, Tie)> {
    listing.party.countries.iter().map(|tie| (tie.country.code(), tie.tie)).collect()
}

/// `scheme label value`, in order.
pub(crate) fn numbers(listing: &Listing) -> Vec<String> {
    let line = |number: &diligence::party::Identifier| {
        format!("{} {}", number.label.as_deref().unwrap_or(number.scheme.label()), number.value)
    };
    listing.party.identifiers.iter().map(line).collect()
}

pub(crate) fn births(listing: &Listing) -> Vec<String> {
    listing.party.birth_dates.iter().map(ToString::to_string).collect()
}

/// `position | body | country | start..end | note`, in order.
pub(crate) fn offices(listing: &Listing) -> Vec<String> {
    let line = |office: &diligence::watchlist::Office| {
        let date = |date: Option<diligence::party::PartialDate>| {
            date.map(|date| date.to_string()).unwrap_or_default()
        };
        format!(
            "{} | {} | {} | {}..{} | {}",
            office.position,
            office.organization.as_deref().unwrap_or_default(),
            office.country.map_or("", diligence::party::Country::code),
            date(office.start),
            date(office.end),
            office.note.as_deref().unwrap_or_default()
        )
    };
    listing.offices.iter().map(line).collect()
}

/// Publishes real files and says what was found in them; nobody may be lost.
pub(crate) fn publish(name: &str, paths: &[PathBuf]) -> (tempfile::TempDir, Snapshot) {
    let folder = tempfile::tempdir().unwrap();
    let store = ListStore::new(folder.path().to_owned());
    let report = import_list(&store, &declared(name), paths, &options(), &|_, _| Ok(())).unwrap();
    assert!(report.is_published(), "{:?}", report.trips);
    let m = &report.manifest;
    assert_eq!(m.lost_records, 0, "{:?}", m.rejects);
    let snapshot = store.current(name).unwrap().unwrap();
    let listings = snapshot.listings().unwrap();
    let sum = |count: &dyn Fn(&Listing) -> usize| listings.iter().map(count).sum::<usize>();
    println!(
        "{name}: {} records, {} names, {} identifiers, {} birth dates, {} offices, {} rows; \
         rejects {:?}; warnings {:?}",
        m.records,
        m.names,
        sum(&|l| l.party.identifiers.len()),
        sum(&|l| l.party.birth_dates.len()),
        sum(&|l| l.offices.len()),
        m.rows_read,
        m.rejects,
        m.warnings
    );
    (folder, snapshot)
}

fn congress(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("us_congress"), &format!("us_congress_yaml/{situation}"))
}

// United States

#[test]
fn a_legislator_has_names_numbers_terms_roles_and_family() {
    let parsed = congress("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    let senator = &parsed.listings[0];
    assert_eq!(senator.id, "X000901");
    assert_eq!(
        names(senator),
        [
            ("Adelaide R. Brackwater, Jr.", NameQuality::Primary),
            ("Adelaide R. Brackwater Jr.", NameQuality::Alias),
            ("Adelaide Brackwater Jr.", NameQuality::Alias),
            ("Addie Brackwater Jr.", NameQuality::Alias),
            ("Adelaide Fennimore", NameQuality::Former),
            ("Adela Brackwater", NameQuality::Alias),
        ]
    );
    assert_eq!(births(senator), ["1961-04-09"]);
    assert_eq!(ties(senator), [("US", Tie::Office)]);
    assert_eq!(
        numbers(senator),
        [
            "bioguide X000901",
            "fec S9ZZ00001",
            "fec H9ZZ00002",
            "govtrack 990001",
            "lis S901",
            "thomas 00072",
            "Wikidata item Q990000001",
        ]
    );
    assert_eq!(
        offices(senator),
        [
            "Representative | United States House of Representatives | US | \
             2003-01-07..2005-01-03 | VT; at large; Independent",
            "Senator | United States Senate | US | 2019-01-03..2025-01-03 | VT; class 1; \
             Republican; by special-election; Democrat 2019-01-03 to 2021-05-01; \
             Republican 2021-05-02 to 2025-01-03",
            "Minority Whip | United States Senate | US | 2021-01-03..2023-01-03 | ",
        ]
    );
    let links: Vec<String> = senator.linked_to.iter().map(ToString::to_string).collect();
    assert_eq!(links, ["daughter of Orville Brackwater"]);
    // Of the newest term, not of the first.
    assert_eq!(senator.party.addresses[0].text, "2 Present Building Washington DC");
    let details: Vec<String> = senator.details.iter().map(ToString::to_string).collect();
    assert_eq!(details, ["telephone: 555-0101", "website: https://brackwater.example"]);
}

#[test]
fn a_president_without_a_bioguide_number_goes_by_the_next_one() {
    let parsed = congress("basic").unwrap();
    let president = &parsed.listings[1];
    assert_eq!(president.id, "govtrack-990002");
    assert_eq!(president.source_url, None);
    // A surname that YAML 1.1 takes for a truth value.
    assert_eq!(names(president), [("Thaddeus No", NameQuality::Primary)]);
    let held = offices(president);
    assert!(held[0].starts_with("Vice President of the United States |  | US | 1789-04-21"));
    assert!(held[1].starts_with("President of the United States |  | US | 1797-03-04"));
}

#[test]
fn a_bad_field_of_a_legislator_is_told_and_a_bad_entry_is_lost_loudly() {
    let parsed = congress("recoverable_errors").unwrap();
    let file = "legislators-current.yaml";
    assert_eq!(
        rejects(&parsed),
        [
            format!("{file}:1 bio.birthday bad-date"),
            format!("{file}:1 bio.gender unknown-gender"),
            format!("{file}:1 id.twitter bad-identifier"),
            format!("{file}:1 terms.type unknown-type"),
            format!("{file}:1 terms.end bad-date"),
            format!("{file}:2  no-name"),
            format!("{file}:3  no-id"),
            format!("{file}:4  bad-record"),
            format!("{file}:1 favourite_colour unknown-element"),
            format!("{file}:1 terms.mood unknown-element"),
        ]
    );
    assert_eq!((parsed.listings.len(), parsed.lost_records, parsed.rows_read), (1, 3, 4));
    assert_eq!(offices(&parsed.listings[0]), ["governor |  | US | 2003-01-07.. | VT"]);
}

#[test]
fn yaml_that_grows_is_cut_short_or_something_else_is_refused() {
    assert!(matches!(congress("aliases_bomb"), Err(ParseError::Refused { .. })));
    assert!(matches!(congress("other_document"), Err(ParseError::NotThisFormat { .. })));
    assert!(matches!(congress("empty"), Err(ParseError::Empty { .. })));
    assert!(matches!(congress("html_error"), Err(ParseError::NotThisFormat { .. })));
    let cut = congress("truncated_middle").unwrap_err();
    assert!(matches!(cut, ParseError::Truncated { .. } | ParseError::Malformed { .. }), "{cut}");
}

#[test]
fn real_editions_of_the_congress_and_the_executive_are_read_whole() {
    for (name, file, people, held, wikidata) in [
        ("us_congress", "legislators-current.yaml", 537, 2_792 + 127, 536),
        ("us_congress", "legislators-current_2024-12-18.yaml", 536, 2_718 + 102, 536),
        ("us_executive", "executive.yaml", 80, 131, 8),
    ] {
        let Some(path) = real(&format!("officials/us_congress/{file}")) else { return };
        let (_keep, snapshot) = publish(name, &[path]);
        let listings = snapshot.listings().unwrap();
        assert_eq!(listings.len(), people, "{file}");
        assert!(snapshot.manifest.rejects.is_empty(), "{:?}", snapshot.manifest.rejects);
        assert_eq!(listings.iter().map(|l| l.offices.len()).sum::<usize>(), held, "{file}");
        assert!(listings.iter().all(|l| l.party.birth_dates.len() == 1), "{file}");
        let is_wikidata = |n: &&diligence::party::Identifier| n.scheme == Scheme::Wikidata;
        let found = listings.iter().flat_map(|l| &l.party.identifiers).filter(is_wikidata).count();
        assert_eq!(found, wikidata, "{file}");
    }
}

fn leaders(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("cia_world_leaders"), &format!("cia_leaders_json/{situation}"))
}

fn ministers(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("uk_ministers"), &format!("parlparse_json/{situation}"))
}

// World leaders

#[test]
fn a_world_leader_has_names_and_offices_with_their_country() {
    let parsed = leaders("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    assert_eq!((parsed.listings.len(), parsed.rows_read), (2, 2));
    let minister = &parsed.listings[0];
    assert_eq!(minister.id, "p1");
    assert_eq!(
        names(minister),
        [("Ilo BRESK", NameQuality::Primary), ("Illy BRESK", NameQuality::Alias)]
    );
    assert_eq!(
        offices(minister),
        ["Minister of Tides |  | FJ | .. | ", "Harbour Secretary |  | FJ | .. | Outer Isles"]
    );
    assert_eq!(ties(minister), [("FJ", Tie::Office)]);
    assert_eq!(parsed.listings[1].functions, ["Acting"]);
}

#[test]
fn without_the_other_files_an_office_is_read_from_its_label() {
    let parsed = leaders("persons_alone").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    assert_eq!(
        offices(&parsed.listings[0]),
        ["Minister of Tides |  | FJ | .. | ", "Harbour Secretary |  | FJ | .. | "]
    );
}

#[test]
fn a_leader_with_something_unreadable_is_told() {
    let parsed = leaders("recoverable_errors").unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "persons.json:1 appointedGovernmentOffice orphan",
            "persons.json:1 hasCountry unknown-country",
            "persons.json:2  no-name",
            "persons.json:3 favouriteColour unknown-element",
            "persons.json:4  bad-record",
        ]
    );
    assert_eq!((parsed.listings.len(), parsed.lost_records), (2, 2));
}

#[test]
fn the_shape_the_publisher_has_now_is_refused_by_name() {
    let error = leaders("unknown_version").unwrap_err();
    assert!(matches!(error, ParseError::NotThisFormat { .. }));
    assert!(error.to_string().ends_with("under data"), "{error}");
}

#[test]
fn the_real_archive_of_world_leaders_is_read_whole_from_its_zip() {
    let Some(path) = real("officials/cia_world_leaders/json.zip") else { return };
    let (_keep, snapshot) = publish("cia_world_leaders", &[path]);
    let listings = snapshot.listings().unwrap();
    assert_eq!(listings.len(), 5_348);
    assert_eq!(listings.iter().map(|l| l.offices.len()).sum::<usize>(), 5_775);
    assert!(snapshot.manifest.rejects.is_empty(), "{:?}", snapshot.manifest.rejects);
    assert!(listings.iter().flat_map(|l| &l.offices).all(|o| o.country.is_some()));
    assert_eq!(snapshot.manifest.files.len(), 3);
}

// United Kingdom

#[test]
fn a_minister_is_joined_from_offices_and_people() {
    let parsed = ministers("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    assert_eq!((parsed.listings.len(), parsed.rows_read), (2, 4));
    let by_id = |id: &str| parsed.listings.iter().find(|l| l.id == id).unwrap();
    let lady = by_id("990001");
    assert_eq!(
        names(lady),
        [
            ("Baroness Ashwell of Tarn", NameQuality::Primary),
            ("Winifred Ashwell", NameQuality::Alias),
            ("Win Ashwell", NameQuality::Alias),
        ]
    );
    assert_eq!(numbers(lady), ["Wikidata item Q990000101", "datadotparl_id 990"]);
    // The second office stands under a number that was merged into hers.
    assert_eq!(
        offices(lady),
        [
            "Minister of State (Tides) | Department of Tides | GB | 2001-06-11..2005-05-05 | ",
            "Secretary of State | Department of Tides | GB | 2005-05-06..2007-06-28 | ",
        ]
    );
    let mut held = offices(by_id("990003"));
    held.sort();
    assert_eq!(
        held,
        [
            "Secretary of State | Department of Tides | GB | 2012-01-01.. | ",
            "member | Harbour Committee | GB | 2001-06-11..2005-05-05 | ",
        ]
    );
}

#[test]
fn an_office_whose_holder_nobody_can_name_is_a_lost_record() {
    let parsed = ministers("recoverable_errors").unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "ministers.json:1 organization_id orphan",
            "ministers.json:1 start_date bad-date",
            "ministers.json:2  orphan",
            "ministers.json:3  orphan",
            "ministers.json:4 mood unknown-element",
            "ministers.json:5  orphan",
            "ministers.json:6  bad-record",
        ]
    );
    // Two offices of one nobody are one lost record.
    assert_eq!((parsed.listings.len(), parsed.lost_records), (1, 2));
}

#[test]
fn real_offices_need_people_json_and_are_read_whole_with_it() {
    let Some(path) = real("officials/uk_ministers/ministers.json") else { return };
    let text = std::fs::read(&path).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let memberships = document["memberships"].as_array().unwrap();
    let numbers: BTreeSet<&str> =
        memberships.iter().filter_map(|m| m["person_id"].as_str()).collect();
    assert_eq!((memberships.len(), numbers.len()), (2_890, 617));
    let alone = tempfile::tempdir().unwrap();
    let store = ListStore::new(alone.path().to_owned());
    let source = declared("uk_ministers");
    let refused =
        import_list(&store, &source, std::slice::from_ref(&path), &options(), &|_, _| Ok(()));
    let message = refused.unwrap_err().to_string();
    assert!(message.contains("'people' named people.json"), "{message}");
    // The names are not at hand: fictional ones stand for them.
    let person = |number: &&str| {
        let name = serde_json::json!({"note": "Main", "given_name": "Fictional",
            "family_name": number.rsplit('/').next().unwrap_or_default()});
        serde_json::json!({"id": number, "other_names": [name]})
    };
    let people = serde_json::json!({"persons": numbers.iter().map(person).collect::<Vec<_>>()});
    let folder = tempfile::tempdir().unwrap();
    let beside = folder.path().join("people.json");
    std::fs::write(&beside, people.to_string()).unwrap();
    let (_keep, snapshot) = publish("uk_ministers", &[path, beside]);
    let listings = snapshot.listings().unwrap();
    assert_eq!(listings.len(), 617);
    assert_eq!(listings.iter().map(|l| l.offices.len()).sum::<usize>(), 2_890);
    assert!(snapshot.manifest.rejects.is_empty(), "{:?}", snapshot.manifest.rejects);
}
