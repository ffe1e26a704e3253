//! OFAC's lists in the four formats OFAC publishes: one fictional party means the same in each,
//! what cannot be read is told, and what is not the whole list is refused. Real editions of the
//! non-SDN list, when they are here, agree with each other.

use diligence::party::{DateSpan, Gender, NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::{InputFile, Limits, ListSource, Listing, ParseError, Parsed, parse};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const BASIC: &str = "fixtures/lists/ofac_xml/basic/consolidated.xml";
const ENHANCED: &str = "fixtures/lists/ofac_enhanced_xml/basic/cons_enhanced.xml";
const ADVANCED: &str = "fixtures/lists/ofac_advanced_xml/basic/cons_advanced.xml";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The declaration of the non-SDN list for another of its formats.
fn cons_in(format: &str) -> ListSource {
    let text = std::fs::read_to_string(here("watchlists/ofac_cons.toml")).unwrap();
    let shipped = "format = \"ofac_enhanced_xml\"";
    assert!(text.contains(shipped));
    let text = text.replacen(shipped, &format!("format = \"{format}\""), 1);
    let files = match format {
        "ofac_sdn_csv" => [
            ("main", "cons_prim.csv"),
            ("aliases", "cons_alt.csv"),
            ("addresses", "cons_add.csv"),
            ("comments", "cons_comments.csv"),
        ]
        .map(|(role, name)| format!("[[files]]\nrole = \"{role}\"\npatterns = [\"{name}\"]\n"))
        .concat(),
        _ => "[[files]]\nrole = \"main\"\npatterns = [\"*.xml\"]\n".to_owned(),
    };
    let (before, rest) = text.split_once("[[files]]").unwrap();
    let (_, after) = rest.split_once("[staleness]").unwrap();
    let text = format!("{before}{files}[staleness]{after}");
    ListSource::from_toml("ofac_cons.toml", &text).unwrap()
}

fn read_text(format: &str, text: &str) -> Result<Parsed, ParseError> {
    let files = [InputFile { role: "main".to_owned(), name: "list.xml".to_owned() }];
    let mut load = |_| Ok(text.as_bytes().to_vec());
    parse(&cons_in(format), &files, &mut load, &Limits::default())
}

fn fixture(path: &str) -> String {
    std::fs::read_to_string(here(path)).unwrap()
}

fn basic() -> Parsed {
    read_text("ofac_xml", &fixture(BASIC)).unwrap()
}

fn enhanced() -> Parsed {
    read_text("ofac_enhanced_xml", &fixture(ENHANCED)).unwrap()
}

fn advanced() -> Parsed {
    read_text("ofac_advanced_xml", &fixture(ADVANCED)).unwrap()
}

fn delimited() -> Parsed {
    let folder = here("fixtures/lists/ofac_sdn_csv/cons");
    let source = cons_in("ofac_sdn_csv");
    let files: Vec<InputFile> = ["CONS_PRIM", "CONS_ALT", "CONS_ADD", "CONS_COMMENTS"]
        .map(|stem| format!("{stem}.CSV"))
        .into_iter()
        .map(|name| {
            let wanted = source.files.iter().find(|wanted| wanted.fits(&name)).unwrap();
            InputFile { role: wanted.role.clone(), name }
        })
        .collect();
    let mut load = |at: usize| Ok(std::fs::read(folder.join(&files[at].name)).unwrap());
    parse(&source, &files, &mut load, &Limits::default()).unwrap()
}

/// `row field code`, in order.
fn rejects(parsed: &Parsed) -> Vec<String> {
    parsed.rejects.iter().map(|r| format!("{} {} {}", r.row, r.field, r.code)).collect()
}

fn names(listing: &Listing) -> Vec<(&str, NameQuality)> {
    listing.party.names.iter().map(|name| (name.text.as_str(), name.quality)).collect()
}

fn births(listing: &Listing) -> Vec<String> {
    listing.party.birth_dates.iter().map(ToString::to_string).collect()
}

fn links(listing: &Listing) -> Vec<String> {
    let id = |id: &Option<String>| id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    listing.linked_to.iter().map(|link| format!("{link}{}", id(&link.id))).collect()
}

fn details(listing: &Listing) -> Vec<String> {
    listing.details.iter().map(ToString::to_string).collect()
}

/// What every format says of a party. The parts of a name are mixed case in ADVANCED XML only, and
/// names in other scripts are in ENHANCED and ADVANCED XML only.
fn common(listing: &Listing) -> String {
    let party = &listing.party;
    let names: BTreeSet<(String, NameQuality)> = party
        .names
        .iter()
        .filter(|name| name.quality != NameQuality::Native)
        .map(|name| (name.text.to_uppercase(), name.quality))
        .collect();
    let births: BTreeSet<DateSpan> = party.birth_dates.iter().copied().collect();
    let numbers: BTreeSet<_> = party.identifiers.iter().cloned().collect();
    let ties: BTreeSet<_> = party
        .countries
        .iter()
        .filter(|tie| tie.tie != Tie::Address)
        .map(|tie| (tie.country.code(), tie.tie))
        .collect();
    let identity = (listing.reference(), party.kind, names, births, numbers);
    let origin = (ties, party.gender, &party.birth_places, &listing.source_url);
    let office = (&listing.programmes, &listing.functions, party.caption().to_uppercase());
    format!("{identity:#?}\n{origin:#?}\n{office:#?}")
}

#[test]
fn one_party_means_the_same_in_every_format() {
    let all = [("classic", basic()), ("enhanced", enhanced()), ("advanced", advanced())];
    let parsed = delimited();
    assert_eq!((rejects(&parsed), parsed.listings.len()), (Vec::new(), 3));
    for (format, other) in &all {
        assert_eq!(rejects(other), [""; 0], "{format}");
        assert_eq!(other.listings.len(), 3, "{format}");
        for (one, same) in parsed.listings.iter().zip(&other.listings) {
            assert_eq!(common(same), common(one), "{format}");
        }
    }
}

#[test]
fn the_classic_list_says_everything_about_its_parties() {
    let parsed = basic();
    assert_eq!(parsed.header.published.as_deref(), Some("2024-05-06"));
    assert_eq!((parsed.header.record_count, parsed.rows_read), (Some(3), 3));
    let [person, company, vessel] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(
        names(person),
        [
            ("ORSENIGO-VALE, Tancred Iliya", NameQuality::Primary),
            ("ORSENIGO, Tankred", NameQuality::Alias),
            ("VALE, Tancred", NameQuality::Former),
            ("TANK", NameQuality::WeakAlias),
        ]
    );
    assert_eq!(births(person), ["1964-02-17", "circa 1965", "1960 to 1962"], "the main one first");
    assert_eq!(person.party.gender, Some(Gender::Male));
    let passport = &person.party.identifiers[0];
    assert_eq!((passport.scheme, passport.value.as_str()), (Scheme::Passport, "DEMO719920"));
    let label = passport.label.as_deref();
    assert_eq!(label, Some("Passport, issued 2017-05-04, expires 2027-05-03"));
    assert_eq!(person.party.identifiers[1].scheme, Scheme::Inn);
    assert_eq!(person.functions, ["Director"]);
    assert_eq!(person.measures, ["Secondary sanctions risk: section 7 of the Demonstration Order"]);
    let address = &person.party.addresses[0];
    assert_eq!(address.text, "14 Naberezhnaya Street, Vologda, 160000");
    assert_eq!(address.postal_code.as_deref(), Some("160000"));
    assert_eq!(links(person), ["MERIDIAN PELAGIC TRADING LLC"]);
    assert_eq!(person.remarks, ["(Linked To: MERIDIAN PELAGIC TRADING LLC)"]);
    let schemes: Vec<Scheme> = company.party.identifiers.iter().map(|i| i.scheme).collect();
    assert_eq!(schemes, [Scheme::Bic, Scheme::Ogrn, Scheme::Other]);
    let particulars = [
        "website: www.meridian-pelagic.example",
        "organization established date: 11 Mar 2015",
        "target type: Private Company",
    ];
    assert_eq!(details(company), particulars);
    assert_eq!(vessel.party.kind, Some(PartyKind::Vessel));
    let particulars = ["vessel type: Crude Oil Tanker", "tonnage: 318000", "gross tonnage: 163660"];
    assert_eq!(details(vessel), particulars);
    assert_eq!(links(vessel), ["owned by Pelagos Star Navigation Inc."]);
    assert_eq!(vessel.party.identifiers[0].value, "2009313");
}

#[test]
fn a_classic_entry_with_faults_stays_and_one_without_number_or_name_is_lost() {
    let text = fixture("fixtures/lists/ofac_xml/recoverable_errors/consolidated.xml");
    let parsed = read_text("ofac_xml", &text).unwrap();
    assert_eq!(parsed.header.published, None);
    assert_eq!(
        rejects(&parsed),
        [
            "1 Publish_Date bad-date",
            "1 Record_Count bad-number",
            "1 publshInformation/Edition unknown-element",
            "1 sdnType unknown-kind",
            "1 type unknown-alias-type",
            "1 category unknown-category",
            "1 DOB bad-date",
            "1 idNumber no-number",
            "1 idCountry unknown-country",
            "1 sdnEntry/shoeSize unknown-element",
            "2  no-name",
            "3  no-id",
            "5 footnote unknown-element",
        ]
    );
    assert_eq!((parsed.rows_read, parsed.lost_records), (3, 2));
    let [kept] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(births(kept), ["1971-09"]);
    let numbers: Vec<_> = kept.party.identifiers.iter().map(|i| i.value.as_str()).collect();
    assert_eq!(numbers, ["DEMO55", "L-9"], "a paper of an unknown kind is a number");
    assert_eq!(details(kept), ["favourite colour: blue"]);
    assert_eq!(kept.party.names.len(), 3);
}

#[test]
fn the_enhanced_list_adds_scripts_lists_acts_and_links_with_numbers() {
    let parsed = enhanced();
    assert_eq!(parsed.header.published.as_deref(), Some("2025-01-10T00:00:00"));
    assert_eq!(parsed.rows_read, 3, "entities, not reference values");
    let [person, company, _] = parsed.listings.as_slice() else { panic!() };
    let native = &person.party.names[2];
    assert_eq!(native.text, "Танкред Илья Орсениго-Вале", "without marks of direction");
    assert_eq!(
        (native.quality, native.language.as_deref()),
        (NameQuality::Native, Some("und-Cyrl"))
    );
    assert_eq!(person.party.caption(), "ORSENIGO-VALE, Tancred Iliya");
    let day = |listing: &Listing| listing.listed_on.map(|day| day.to_string());
    assert_eq!(day(person).as_deref(), Some("2022-04-05"));
    let lists = [
        "sanctions list: SDN List, published 2022-04-05",
        "sanctions list: Consolidated List, published 2023-01-09",
    ];
    assert_eq!(details(person), lists);
    assert_eq!(person.legal_basis, ["Demonstration Order 7"]);
    assert_eq!(person.measures[0], "Block");
    assert_eq!(links(person), ["Leader or official of MERIDIAN PELAGIC TRADING LLC (7002)"]);
    assert_eq!(
        person.remarks,
        [
            "(Linked To: MERIDIAN PELAGIC TRADING LLC)",
            "Birthdate 1960 to 1962: reliability: Reported",
            "Leader or official of MERIDIAN PELAGIC TRADING LLC: quality High",
        ]
    );
    assert_eq!(person.party.addresses[0].text, "14 Naberezhnaya Street, Vologda, 160000");
    let towns: Vec<_> = company.party.addresses.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(towns, ["Limassol", "Лимасол"]);
    assert!(details(company).contains(&"website: www.meridian-pelagic.example (archived)".into()));
}

#[test]
fn an_enhanced_entity_with_faults_stays_and_one_without_a_name_is_lost() {
    let text = fixture("fixtures/lists/ofac_enhanced_xml/recoverable_errors/cons_enhanced.xml");
    let parsed = read_text("ofac_enhanced_xml", &text).unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "1 aliasType unknown-alias-type",
            "1 country unknown-country",
            "1 addressPart unknown-address-part",
            "1 datePublished bad-date",
            "1 Birthdate date-disagrees",
            "1 Birthdate bad-date",
            "1 documentNumber no-number",
            "1 relationship no-link",
            "1 entityType unknown-kind",
            "1 generalInfo/shoeSize unknown-element",
            "2  no-name",
        ]
    );
    assert_eq!((parsed.rows_read, parsed.lost_records), (2, 1));
    let kept = &parsed.listings[0];
    assert_eq!(births(kept), ["1971"], "the text stands");
    assert_eq!(kept.party.addresses[0].text, "7");
    assert_eq!(kept.party.identifiers[0].label.as_deref(), Some("Passport, in the name of GRAVEN"));
}

#[test]
fn the_advanced_list_is_put_together_from_its_sections() {
    let parsed = advanced();
    assert_eq!(parsed.header.published.as_deref(), Some("2025-01-10"));
    assert_eq!((parsed.rows_read, parsed.lost_records), (3, 0));
    let [person, company, vessel] = parsed.listings.as_slice() else { panic!() };
    assert_eq!(
        names(person),
        [
            ("Orsenigo-Vale, Tancred Iliya", NameQuality::Primary),
            ("Orsenigo, Tankred", NameQuality::Alias),
            ("Танкред Илья Орсениго-Вале", NameQuality::Native),
            ("Vale, Tancred", NameQuality::Former),
            ("Tank", NameQuality::WeakAlias),
        ]
    );
    assert_eq!(births(person), ["1964-02-17", "circa 1965", "1960 to 1962"]);
    assert_eq!(person.party.birth_places, ["Vologda, Russia"]);
    assert_eq!(person.party.addresses[0].text, "14 Naberezhnaya Street, Vologda, 160000");
    assert_eq!(details(person), ["sanctions list: SDN List, published 2022-04-05"]);
    assert_eq!(person.amended_on.map(|day| day.to_string()).as_deref(), Some("2023-01-09"));
    assert_eq!(person.legal_basis, ["Demonstration Order 7"]);
    assert_eq!(
        person.measures,
        ["Secondary sanctions risk: section 7 of the Demonstration Order", "Block"]
    );
    let towns: Vec<_> = company.party.addresses.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(towns, ["Limassol, Limassol District", "Лимасол"]);
    assert_eq!(company.party.addresses[0].country.map(|c| c.code()), Some("CY"), "of its area");
    assert_eq!(
        links(person),
        ["Associate Of (former) MERIDIAN PELAGIC TRADING LLC (7002)"],
        "the remark's link gives way"
    );
    assert_eq!(
        links(company),
        [
            "Owned or Controlled By Orsenigo-Vale, Tancred Iliya (7001)",
            "Associate Of (former) Orsenigo-Vale, Tancred Iliya (7001)",
        ],
        "a symmetrical relation holds both ways"
    );
    assert_eq!(
        links(vessel),
        [
            "owned by Pelagos Star Navigation Inc.",
            "Same decision as MERIDIAN PELAGIC TRADING LLC (7002)",
        ]
    );
    assert!(person.remarks.contains(&"Notice: Demonstration notice 12".to_owned()));
}

#[test]
fn an_advanced_record_that_refers_to_nothing_is_told() {
    let text = fixture("fixtures/lists/ofac_advanced_xml/recoverable_errors/cons_advanced.xml");
    let parsed = read_text("ofac_advanced_xml", &text).unwrap();
    let codes: Vec<String> =
        parsed.rejects.iter().map(|r| format!("{} {}", r.field, r.code)).collect();
    assert_eq!(
        codes,
        [
            "LocationCountry/@CountryID unknown-reference",
            "IDRegDocument/@IDRegDocTypeID unknown-reference",
            "Alias/@AliasTypeID unknown-reference",
            "AliasTypeID unknown-alias-type",
            "DatePeriod bad-date",
            "VersionLocation/@LocationID unknown-reference",
            "Feature/@FeatureTypeID unknown-reference",
            "Feature no-label",
            "Profile/ShoeSize unknown-element",
            " no-name",
            " orphan",
            " orphan",
            "IDRegDocument/@IdentityID orphan",
            "SanctionsEntry no-entry",
        ]
    );
    assert_eq!((parsed.rows_read, parsed.lost_records), (2, 1));
    let [kept] = parsed.listings.as_slice() else { panic!() };
    let paper = &kept.party.identifiers[0];
    assert_eq!((paper.value.as_str(), paper.scheme), ("DEMO56", Scheme::Other));
    assert!(parsed.rejects.iter().all(|reject| !reject.raw.is_empty() && reject.row > 0));
}

#[test]
fn what_is_not_the_whole_list_of_a_known_version_is_refused() {
    let told = |format: &str, text: &str| read_text(format, text).unwrap_err().to_string();
    for (format, path) in
        [("ofac_xml", BASIC), ("ofac_enhanced_xml", ENHANCED), ("ofac_advanced_xml", ADVANCED)]
    {
        let text = fixture(path);
        let newer = text.replacen("exports/", "exports/v9/", 1);
        assert!(told(format, &newer).contains("exports/v9/"), "{format}");
        let bare = text.replacen(" xmlns=\"", " wasns=\"", 1).replacen("exports/", "e/", 1);
        assert!(told(format, &bare).contains("no namespace"), "{format}");
        assert!(told(format, "").contains("an empty file"), "{format}");
        assert!(told(format, "<!DOCTYPE html><html>").contains("HTML page"), "{format}");
        let hostile = text.replacen("?>", "?><!DOCTYPE x [<!ENTITY a \"b\">]>", 1);
        assert!(told(format, &hostile).contains("a DOCTYPE"), "{format}");
        let characters = text.chars().count();
        for share in 1..20 {
            let cut: String = text.chars().take(characters * share / 20).collect();
            assert!(read_text(format, &cut).is_err(), "{format} cut at {share}/20");
        }
    }
}

#[test]
fn an_advanced_file_of_changes_or_in_another_order_is_refused() {
    let text = fixture(ADVANCED);
    let delta = text.replacen("Version=\"1\"", "Version=\"2\" DeltaBaseVersion=\"1\"", 1);
    let error = read_text("ofac_advanced_xml", &delta).unwrap_err().to_string();
    assert!(error.contains("only the changes since version 1"), "{error}");
    let (before, rest) = text.split_once("  <Locations>").unwrap();
    let (locations, rest) = rest.split_once("  <IDRegDocuments>").unwrap();
    let (parties, rest) = rest.split_once("  <ProfileRelationships>").unwrap();
    let moved = format!(
        "{before}  <IDRegDocuments>{parties}  <Locations>{locations}  <ProfileRelationships>{rest}"
    );
    let error = read_text("ofac_advanced_xml", &moved).unwrap_err().to_string();
    assert!(error.contains("the section Locations behind one"), "{error}");
}

#[test]
fn a_file_that_lacks_any_one_line_is_read_or_refused_and_no_party_vanishes_silently() {
    for (format, path) in
        [("ofac_xml", BASIC), ("ofac_enhanced_xml", ENHANCED), ("ofac_advanced_xml", ADVANCED)]
    {
        let text = fixture(path);
        let lines: Vec<&str> = text.lines().collect();
        let mut read = 0;
        for left_out in 0..lines.len() {
            let kept = lines.iter().enumerate().filter(|(at, _)| *at != left_out);
            let text: String = kept.map(|(_, line)| format!("{line}\n")).collect();
            let Ok(parsed) = read_text(format, &text) else { continue };
            read += 1;
            let accounted = parsed.listings.len() as u64 + parsed.lost_records;
            assert_eq!(accounted, 3, "{format} without line {}", left_out + 1);
            let told = parsed.rejects.iter().filter(|reject| {
                reject.field.is_empty() && ["no-id", "no-name"].contains(&reject.code.as_str())
            });
            assert_eq!(told.count() as u64, parsed.lost_records, "{format}");
        }
        assert!(read > 10, "{format}: {read}");
    }
}
