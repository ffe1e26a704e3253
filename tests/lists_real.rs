//! The parsers and the store on the publishers' real files, against the counts of the data's own
//! description. The files are not part of the repository; without them the tests say so.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests read files, say when they skip, and stop at the first surprise"
)]

use diligence::party::NameQuality;
use diligence::watchlist::{
    ImportOptions, ImportReport, Limits, ListSource, ListStore, Snapshot, import_list,
};
use std::path::{Path, PathBuf};

/// `../shared/data`, or where `DILIGENCE_SHARED_DATA` says; prints when it is not there.
pub(crate) fn real(path: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let root = std::env::var_os("DILIGENCE_SHARED_DATA").map_or(beside, PathBuf::from);
    let found = root.join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: {} is not there", found.display());
    None
}

pub(crate) fn declared(name: &str) -> ListSource {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("watchlists/{name}.toml"));
    let text = std::fs::read_to_string(&path).unwrap();
    ListSource::from_toml(&format!("watchlists/{name}.toml"), &text).unwrap()
}

pub(crate) fn options() -> ImportOptions<'static> {
    ImportOptions {
        limits: Limits::default(),
        retrieved: "2026-03-04T06:00:00Z".parse().unwrap(),
        published: None,
        progress: &|_, _| {},
        now: "2026-03-04T06:00:00Z".parse().unwrap(),
        by: "a test".to_owned(),
        ask: None,
    }
}

fn import(name: &str, paths: &[PathBuf]) -> (tempfile::TempDir, ImportReport, Snapshot) {
    let folder = tempfile::tempdir().unwrap();
    let store = ListStore::new(folder.path().to_owned());
    let report = import_list(&store, &declared(name), paths, &options(), &|_, _| Ok(())).unwrap();
    assert!(report.is_published(), "{:?}", report.trips);
    assert_eq!(report.manifest.lost_records, 0, "{:?}", report.manifest.rejects);
    let snapshot = store.current(name).unwrap().unwrap();
    let m = &snapshot.manifest;
    println!(
        "{name}: {} records, {} names, {} weak, {} rows; kinds {:?}; rejects {:?}; warnings {:?}",
        m.records, m.names, m.weak_names, m.rows_read, m.by_kind, m.rejects, m.warnings
    );
    (folder, report, snapshot)
}

#[test]
fn ofac_triples_of_2021_and_2022_are_read_whole() {
    for (day, records, rows) in [
        ("2021-07-07", 8_976, 8_976 + 11_910 + 13_837),
        ("2022-01-21", 9_044, 9_044 + 12_409 + 13_625),
    ] {
        let Some(folder) = real(&format!("lists/ofac_sdn_csv/{day}")) else { return };
        let (_keep, report, snapshot) = import("ofac_sdn", &[folder]);
        assert_eq!(report.manifest.records, records, "{day}");
        assert_eq!(report.manifest.rows_read, rows, "{day}");
        assert_eq!(snapshot.listings().unwrap().len() as u64, records);
    }
}

#[test]
fn sdn_alone_is_read_and_the_manifest_says_what_is_missing() {
    for (day, records) in [
        ("2024-04-26", 14_668),
        ("2024-05-01", 14_966),
        ("2024-05-02", 14_973),
        ("2024-05-03", 14_965),
    ] {
        let Some(folder) = real(&format!("lists/ofac_sdn_csv/{day}")) else { return };
        let (_keep, report, _) = import("ofac_sdn", &[folder]);
        assert_eq!(report.manifest.records, records, "{day}");
        let warnings = &report.manifest.warnings;
        assert!(warnings.iter().any(|w| w.contains("alt.csv")), "{warnings:?}");
        assert!(!warnings.iter().any(|w| w.contains("0x1A")), "{warnings:?}");
    }
}

#[test]
fn un_of_february_2026_has_its_persons_entities_and_native_names() {
    let Some(file) = real("lists/un_sc/un_2026-02-27.xml") else { return };
    let (_keep, report, snapshot) = import("un_sc", &[file]);
    let manifest = &report.manifest;
    assert_eq!(manifest.by_kind["person"], 730);
    assert_eq!(manifest.by_kind["organization"], 273);
    assert_eq!(manifest.published.as_deref(), Some("2026-02-27T00:00:09.554Z"));
    let listings = snapshot.listings().unwrap();
    let native = listings.iter().flat_map(|l| &l.party.names);
    let native = native.filter(|name| name.quality == NameQuality::Native).count();
    // 378 entries state one; for one of them it is the primary name itself. 19 more stand in the
    // brackets of an alias.
    assert_eq!(native, 377 + 19);
    let names = |id: &str| {
        let found = listings.iter().find(|l| l.party.identifiers.iter().any(|i| i.value == id));
        found.unwrap().party.names.iter().map(|name| name.text.clone()).collect::<Vec<_>>()
    };
    assert!(names("QDe.137").iter().all(|name| name.chars().count() < 80));
    let aliases = listings.iter().flat_map(|l| &l.party.names);
    let noted =
        |text: &str| [" born ", "listed as", "original script"].iter().any(|w| text.contains(w));
    assert_eq!(aliases.filter(|name| noted(&name.text)).count(), 0);
}

#[test]
fn every_legislature_of_everypolitician_is_read() {
    let Some(folder) = real("officials/everypolitician") else { return };
    let (_keep, report, snapshot) = import("everypolitician", &[folder]);
    let manifest = &report.manifest;
    assert_eq!(manifest.files.len(), 235 + 1);
    assert_eq!(manifest.records, 49_484);
    assert_eq!(manifest.rows_read, 49_484 + 72_283);
    // 86,440 other-name entries in 250 languages are 13,108 texts that a person does not have yet.
    assert_eq!(manifest.names, 49_484 + 13_108);
    let listings = snapshot.listings().unwrap();
    let offices: usize = listings.iter().map(|listing| listing.offices.len()).sum();
    assert_eq!(offices, 72_283);
    assert!(listings.iter().flat_map(|l| &l.offices).all(|office| office.country.is_some()));
}

/// Imports what must fail, and gives the error with its cause.
fn refused(name: &str, path: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let store = ListStore::new(folder.path().to_owned());
    let paths = [real(path)?];
    let error = import_list(&store, &declared(name), &paths, &options(), &|_, _| Ok(()))
        .expect_err("a failed download must not be read as a list");
    assert!(store.held(name).unwrap().is_some());
    assert_eq!(store.current(name).unwrap(), None);
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    Some(format!("{error}: {cause}"))
}

#[test]
fn real_failed_downloads_are_refused_in_words() {
    for (name, path, words) in [
        ("ofac_sdn", "lists/ofac_sdn_csv/2024-05-04", "empty file"),
        ("un_sc", "lists/un_sc/un_2025-06-20_empty.xml", "empty file"),
        ("un_sc", "lists/un_sc/un_2025-08-16_malformed_latin1.xml", "malformed UTF-8"),
    ] {
        let Some(message) = refused(name, path) else { return };
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn aliases_and_addresses_of_a_later_date_show_as_orphans() {
    let Some(main) = real("lists/ofac_sdn_csv/2024-05-03") else { return };
    let Some(later) = real("lists/ofac_sdn_csv/2025-02-alt-add-only") else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = ListStore::new(folder.path().to_owned());
    let report =
        import_list(&store, &declared("ofac_sdn"), &[main, later], &options(), &|_, _| Ok(()))
            .unwrap();
    let manifest = &report.manifest;
    assert!(report.is_published(), "{:?}", report.trips);
    println!("mixed: {} rows, rejects {:?}", manifest.rows_read, manifest.rejects);
    assert_eq!(manifest.records, 14_965);
    assert_eq!(manifest.rows_read, 14_965 + 19_486 + 22_641 + 21);
    let orphans: Vec<_> = report.rejects.iter().filter(|r| r.code == "orphan").collect();
    assert_eq!(orphans.len() as u64, manifest.rejects["orphan"]);
    assert_eq!((orphans.len(), manifest.lost_records), (3_944, 0));
    assert!(orphans.iter().all(|reject| !reject.raw.is_empty() && reject.row > 0));
}

#[test]
fn un_editions_follow_each_other_and_a_step_back_is_held() {
    let Some(folder) = real("lists/un_sc") else { return };
    let data = tempfile::tempdir().unwrap();
    let store = ListStore::new(data.path().to_owned());
    let import = |name: &str| {
        let paths = [folder.join(name)];
        import_list(&store, &declared("un_sc"), &paths, &options(), &|_, _| Ok(())).unwrap()
    };
    assert!(import("un_fetched_2025-06-19.xml").is_published());
    assert!(import("un_2026-02-27.xml").is_published());
    let back = import("un_fetched_2020-09-17.xml");
    assert!(!back.is_published());
    assert!(back.trips[0].to_string().contains("2020-09-14"), "{:?}", back.trips);
    assert_eq!(store.current("un_sc").unwrap().unwrap().manifest.records, 1_003);
}
