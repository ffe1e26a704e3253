//! Lists that are not what they should be: entries written carelessly, editions that lost names,
//! stores that lost their pointer. None of it may pass for a list on which a party is clear.

use crate::lists_real::options;
use diligence::watchlist::{
    ImportError, ImportReport, ListSource, ListStore, Reliance, StoreError, Topic, Trip,
    import_list,
};
use std::fs;
use std::path::{Path, PathBuf};

/// A data folder and files to import into it.
struct Desk {
    folder: tempfile::TempDir,
    store: ListStore,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = ListStore::new(folder.path().join("data"));
        Self { folder, store }
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn list_dir(&self, name: &str) -> PathBuf {
        self.folder.path().join("data/lists").join(name)
    }

    fn import(&self, source: &ListSource, path: &Path) -> Result<ImportReport, ImportError> {
        import_list(&self.store, source, &[path.to_owned()], &options(), &|_, _| Ok(()))
    }

    fn published(&self, source: &ListSource, path: &Path) -> ImportReport {
        let report = self.import(source, path).unwrap();
        assert_eq!(report.trips, []);
        report
    }
}

/// A FollowTheMoney list of these lines, imported into a new store.
fn ftm(lines: &str) -> (Desk, ListSource, PathBuf) {
    let desk = Desk::new();
    let path = desk.write("own.json", lines);
    (desk, ListSource::ftm("own").unwrap(), path)
}

#[test]
fn a_topic_in_capitals_and_the_authority_of_an_entry_reach_the_listing() {
    let (desk, source, path) = ftm(concat!(
        r#"{"id":"a","schema":"Company","properties":{"name":"Altfeld AG","topics":["Sanction"]}}"#,
        "\n",
        r#"{"id":"b","schema":"Company","properties":{"name":"Neufeld AG","topics":"DEBARMENT","authority":["Bank of Nowhere"]}}"#,
        "\n",
        r#"{"id":"s","schema":"Sanction","properties":{"entity":["b"],"authority":["Bank of Nowhere","Court of Elsewhere"]}}"#,
        "\n",
        r#"{"id":"t","schema":"Sanction","properties":{"entity":["a"],"authority":["Ministry of Nowhere"]}}"#,
        "\n",
    ));
    desk.published(&source, &path);
    let listings = desk.store.current("own").unwrap().unwrap().listings().unwrap();
    assert!(listings[0].topics.contains(&Topic::Sanction));
    assert!(listings[1].topics.contains(&Topic::Debarment));
    assert_eq!(listings[0].authority.as_deref(), Some("Ministry of Nowhere"));
    assert_eq!(listings[1].authority.as_deref(), Some("Bank of Nowhere; Court of Elsewhere"));
}

// The store

const ONE: &str = r#"{"id":"a","schema":"Company","properties":{"name":"Altfeld AG"}}"#;

/// A store with one published edition of one entry.
fn one() -> (Desk, ListSource, PathBuf) {
    let (desk, source, path) = ftm(&format!("{ONE}\n"));
    desk.published(&source, &path);
    (desk, source, path)
}

/// The list is damaged: no snapshot, no clearance, and not "never imported" either.
fn assert_damaged(desk: &Desk, source: &ListSource) -> String {
    let error = desk.store.current("own").unwrap_err();
    assert!(error.is_integrity(), "{error}");
    let state = desk.store.state(source, options().retrieved);
    assert_eq!(state.reliance, Reliance::HardStale, "{}", state.sentence);
    error.to_string()
}

#[test]
fn a_list_that_lost_its_pointer_is_damaged_until_the_next_import() {
    let (desk, source, path) = one();
    let edition = desk.store.current("own").unwrap().unwrap().manifest.edition;
    fs::remove_file(desk.list_dir("own").join("CURRENT")).unwrap();
    assert!(assert_damaged(&desk, &source).contains(&edition));
    let report = desk.published(&source, &path);
    let warnings = &report.manifest.warnings;
    assert!(warnings.iter().any(|w| w.contains(&edition)), "{warnings:?}");
    assert_eq!(desk.store.current("own").unwrap().unwrap().manifest, report.manifest);
    let again = desk.published(&source, &path);
    assert_eq!(again.manifest.warnings, [""; 0]);
}

#[test]
fn a_lost_pointer_loosens_no_guard() {
    let lines: String =
        (0..10).map(|n| format!("{}\n", ONE.replace("\"a\"", &format!("\"a{n}\"")))).collect();
    let (desk, source, path) = ftm(&lines);
    desk.published(&source, &path);
    fs::remove_file(desk.list_dir("own").join("CURRENT")).unwrap();
    let fewer = desk.write("fewer.json", format!("{ONE}\n"));
    let report = desk.import(&source, &fewer).unwrap();
    assert!(report.trips.iter().any(|t| matches!(t, Trip::Shrunk { before: 10, .. })));
    assert_damaged(&desk, &source);
}

#[test]
fn an_edition_or_manifest_that_is_gone_is_damage_and_the_next_import_mends_it() {
    for gone in ["", "manifest.json"] {
        let (desk, source, path) = one();
        let edition = desk.store.current("own").unwrap().unwrap().dir;
        match gone {
            "" => fs::remove_dir_all(&edition).unwrap(),
            name => fs::remove_file(edition.join(name)).unwrap(),
        }
        assert!(assert_damaged(&desk, &source).contains("CURRENT"));
        desk.published(&source, &path);
        assert!(desk.store.current("own").unwrap().is_some());
    }
}

#[test]
fn a_listings_file_that_is_gone_is_damage() {
    let (desk, ..) = one();
    let snapshot = desk.store.current("own").unwrap().unwrap();
    fs::remove_file(snapshot.dir.join("listings.jsonl")).unwrap();
    let error = snapshot.listings().unwrap_err();
    assert!(matches!(error, StoreError::Integrity { .. }) && error.is_integrity(), "{error}");
    assert!(error.to_string().ends_with("found no file"), "{error}");
}

#[test]
fn stored_files_that_are_not_text_are_damage() {
    let (desk, source, _) = one();
    let manifest = desk.store.current("own").unwrap().unwrap().dir.join("manifest.json");
    fs::write(manifest, [0xff, 0xfe]).unwrap();
    assert_damaged(&desk, &source);
    fs::write(desk.list_dir("own").join("CURRENT"), [0xff, 0xfe]).unwrap();
    assert_damaged(&desk, &source);
}

#[test]
fn a_list_that_was_tried_and_never_published_is_missing_and_not_damaged() {
    let desk = Desk::new();
    let source = ListSource::ftm("own").unwrap();
    fs::create_dir_all(desk.list_dir("own")).unwrap();
    fs::write(desk.list_dir("own").join("LOCK"), "").unwrap();
    assert_eq!(desk.store.current("own").unwrap(), None);
    assert_eq!(desk.store.state(&source, options().retrieved).reliance, Reliance::Missing);
}

#[test]
fn a_first_import_killed_before_the_pointer_is_mended_by_the_next_one() {
    let (desk, source, path) = one();
    fs::remove_file(desk.list_dir("own").join("CURRENT")).unwrap();
    let half = desk.list_dir("own").join("2020-01-01-half");
    fs::create_dir_all(half.join("index")).unwrap();
    fs::write(desk.list_dir("own").join(".CURRENT.new"), "2020").unwrap();
    desk.published(&source, &path);
    assert_eq!(desk.store.current("own").unwrap().unwrap().listings().unwrap().len(), 1);
}

#[test]
fn only_the_names_of_lists_are_names_of_lists() {
    let (desk, ..) = one();
    for other in [".Trash-1000", "Own", "own copy", "un-sc", "lost+found"] {
        fs::create_dir_all(desk.list_dir(other)).unwrap();
    }
    assert_eq!(desk.store.names().unwrap(), ["own"]);
}
