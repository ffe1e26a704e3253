//! OFAC's lists in the formats OFAC publishes besides the delimited files: what is read, what cannot be read is told, and what is not the whole list is refused. Real editions of the
//! non-SDN list, when they are here, agree with each other.

use diligence::party::{Gender, NameQuality, PartyKind, Scheme};
use diligence::watchlist::{InputFile, Limits, ListSource, Listing, ParseError, Parsed, parse};
use std::path::{Path, PathBuf};

const BASIC: &str = "fixtures/lists/ofac_xml/basic/consolidated.xml";
const ENHANCED: &str = "fixtures/lists/ofac_enhanced_xml/basic/cons_enhanced.xml";

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
fn what_is_not_the_whole_list_of_a_known_version_is_refused() {
    let told = |format: &str, text: &str| read_text(format, text).unwrap_err().to_string();
    for (format, path) in [("ofac_xml", BASIC), ("ofac_enhanced_xml", ENHANCED)] {
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
fn a_file_that_lacks_any_one_line_is_read_or_refused_and_no_party_vanishes_silently() {
    for (format, path) in [("ofac_xml", BASIC), ("ofac_enhanced_xml", ENHANCED)] {
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
