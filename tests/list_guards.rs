//! Lists that are not what they should be: entries written carelessly, editions that lost names,
//! stores that lost their pointer. None of it may pass for a list on which a party is clear.

use crate::lists_real::{declared, options, real};
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

/// Ten entries, a line each.
fn ten() -> String {
    (0..10).map(|n| format!("{}\n", ONE.replace("\"a\"", &format!("\"a{n}\"")))).collect()
}

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
    let (desk, source, path) = ftm(&ten());
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

// The guards

/// An OFAC main file of `rows` entries with names, as the publisher writes it.
fn sdn(rows: std::ops::Range<u32>) -> String {
    let tail = ",\"-0- \"".repeat(8);
    rows.map(|n| format!("{n},\"VOLKHOV {n} TRADING\",\"-0- \",\"DEMO\"{tail}\r\n")).collect()
}

/// An alias file of one alias an entry.
fn alt(rows: std::ops::Range<u32>) -> String {
    rows.map(|n| format!("{n},{n},\"aka\",\"MERIDIAN {n}\",\"-0- \"\r\n")).collect()
}

/// The OFAC declaration without floors, which the small files would not reach.
fn small_ofac() -> ListSource {
    let mut source = declared("ofac_sdn");
    source.guards.min_records.clear();
    source
}

#[test]
fn an_ofac_edition_that_lost_aliases_a_file_or_its_end_is_held() {
    let desk = Desk::new();
    let source = small_ofac();
    let full = desk.write("full/sdn.csv", sdn(0..40) + "\u{1a}");
    let folder = full.parent().unwrap().to_owned();
    desk.write("full/alt.csv", alt(0..40) + "\u{1a}");
    let manifest = desk.published(&source, &folder).manifest;
    assert_eq!((manifest.records, manifest.names, manifest.lost_records), (40, 80, 0));
    assert!(manifest.files.iter().all(|file| file.end_mark));

    desk.write("full/alt.csv", alt(0..10) + "\u{1a}");
    let trips = desk.import(&source, &folder).unwrap().trips;
    assert!(
        matches!(
            trips.as_slice(),
            [
                Trip::NamesShrunk { before: 80, found: 50, .. },
                Trip::FieldEmptied { field: "alias", had: 40, has: 10, .. }
            ]
        ),
        "{trips:?}"
    );
    let trips = desk.import(&source, &full).unwrap().trips;
    assert!(trips.contains(&Trip::RoleGone { role: "aliases".to_owned() }), "{trips:?}");
    desk.write("full/alt.csv", alt(0..40));
    let trips = desk.import(&source, &folder).unwrap().trips;
    assert_eq!(trips, [Trip::EndMarkGone { role: "aliases".to_owned() }]);

    desk.write("full/alt.csv", alt(0..40) + "\u{1a}");
    desk.published(&source, &folder);
}

#[test]
fn ofac_rows_of_the_wrong_width_hold_a_first_import() {
    let desk = Desk::new();
    let damaged = sdn(0..99) + "99,\"NOBODY FINDS ME\"\r\n";
    let path = desk.write("sdn.csv", damaged);
    let report = desk.import(&small_ofac(), &path).unwrap();
    let expected = Trip::RecordsLost { lost: 1, of: 100, limit_percent: 0.1 };
    assert_eq!(report.trips, [expected]);
    assert_eq!(report.manifest.lost_records, 1);
    assert_eq!(desk.store.current("ofac_sdn").unwrap(), None);
}

#[test]
fn rows_that_hang_on_no_entry_are_not_lost_records() {
    let desk = Desk::new();
    let main = desk.write("day/sdn.csv", sdn(0..100));
    desk.write("day/alt.csv", alt(95..105));
    let report = desk.published(&small_ofac(), main.parent().unwrap());
    assert_eq!((report.manifest.rejects["orphan"], report.manifest.lost_records), (5, 0));
}

#[test]
fn a_sanctioned_entry_without_a_name_holds_the_list() {
    let nameless = r#"{"id":"x","schema":"Person","properties":{"topics":["sanction"]}}"#;
    let (desk, source, path) = ftm(&format!("{}{nameless}\n", ten()));
    let report = desk.import(&source, &path).unwrap();
    assert!(matches!(report.trips.as_slice(), [Trip::RecordsLost { lost: 1, of: 11, .. }]));
    let state = desk.store.state(&source, options().retrieved);
    assert!(!state.reliance.may_clear(), "{}", state.sentence);
}

#[test]
fn an_edition_published_with_a_lost_record_says_so() {
    let nameless = r#"{"id":"x","schema":"Person","properties":{}}"#;
    let (desk, mut source, path) = ftm(&format!("{ONE}\n{nameless}\n"));
    source.guards.max_lost_percent = 50.0;
    source.guards.max_reject_percent = 50.0;
    desk.published(&source, &path);
    let manifest = desk.store.current("own").unwrap().unwrap().manifest;
    assert_eq!(manifest.lost_records, 1);
    let told = |warning: &String| warning.starts_with("1 of the publisher's records");
    assert!(manifest.warnings.iter().any(told), "{:?}", manifest.warnings);
}

#[test]
fn a_un_edition_without_its_date_is_held() {
    let desk = Desk::new();
    let mut source = declared("un_sc");
    source.guards.min_records.clear();
    let good = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/lists/un_sc_xml/basic/un.xml");
    desk.published(&source, Path::new(good));
    let text = fs::read_to_string(good).unwrap();
    let undated = desk.write("un.xml", text.replace("dateGenerated", "dateMade"));
    let trips = desk.import(&source, &undated).unwrap().trips;
    assert!(matches!(trips.as_slice(), [Trip::DateUnknown { .. }]), "{trips:?}");
}

/// A real file with each line kept, changed or left out.
fn edited(path: &Path, edit: impl Fn(usize, &str) -> Option<String>) -> String {
    let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    text.split_inclusive('\n').enumerate().filter_map(|(n, line)| edit(n, line)).collect()
}

#[test]
fn a_real_ofac_edition_with_a_hundred_aliases_and_no_addresses_is_held_over_a_full_one() {
    let Some(folder) = real("lists/ofac_sdn_csv/2022-01-21") else { return };
    let desk = Desk::new();
    let source = declared("ofac_sdn");
    let full = desk.published(&source, &folder).manifest;
    assert_eq!(full.lost_records, 0);
    desk.write("cut/sdn.csv", fs::read(folder.join("sdn.csv")).unwrap());
    let head = edited(&folder.join("alt.csv"), |n, line| (n < 100).then(|| line.to_owned()));
    let alt = desk.write("cut/alt.csv", head);
    let report = desk.import(&source, alt.parent().unwrap()).unwrap();
    println!("{} names, then {}: {:?}", full.names, report.manifest.names, report.trips);
    assert!(report.trips.contains(&Trip::RoleGone { role: "addresses".to_owned() }));
    assert!(report.trips.iter().any(|trip| matches!(trip, Trip::NamesShrunk { .. })));
    assert_eq!(desk.store.current("ofac_sdn").unwrap().unwrap().manifest, full);
}

#[test]
fn a_real_ofac_file_with_640_rows_of_the_wrong_width_is_held_on_a_first_import() {
    let Some(folder) = real("lists/ofac_sdn_csv/2021-07-07") else { return };
    let desk = Desk::new();
    let damaged = edited(&folder.join("sdn.csv"), |n, line| {
        let narrow = line.split_once(',').map(|(number, _)| format!("{number},x\r\n"));
        if n < 640 { narrow } else { Some(line.to_owned()) }
    });
    let report = desk.import(&declared("ofac_sdn"), &desk.write("sdn.csv", damaged)).unwrap();
    println!("{:?}", report.trips);
    assert_eq!(report.trips, [Trip::RecordsLost { lost: 640, of: 8_976, limit_percent: 0.1 }]);
}

// The mark of a held import

/// Everything in a list's folder, by name.
fn files_of(desk: &Desk, list: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(desk.list_dir(list)) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn files_that_are_not_found_leave_no_mark_and_no_trace() {
    let desk = Desk::new();
    let source = small_ofac();
    let other = desk.write("other/list.xml", "<x/>");
    desk.write("two/sdn.csv", sdn(0..2));
    desk.write("two/more/sdn.csv", sdn(0..2));
    let root = desk.folder.path();
    for path in [root.join("gone"), other.clone(), root.join("other"), root.join("two")] {
        let error = desk.import(&source, &path).unwrap_err();
        assert!(matches!(error, ImportError::Files(_)), "{error}");
        assert!(!error.is_held(), "{error}");
        assert_eq!(files_of(&desk, "ofac_sdn"), [""; 0], "{error}");
    }
    let good = desk.write("good/sdn.csv", sdn(0..2));
    desk.published(&source, &good);
    desk.import(&source, &other).unwrap_err();
    let state = desk.store.state(&source, options().retrieved);
    assert_eq!(state.reliance, Reliance::Current, "{}", state.sentence);
}

#[test]
fn a_file_that_is_found_and_is_no_list_marks_it() {
    let (desk, source, _) = one();
    let page = desk.write("page.json", "<!doctype html><html></html>");
    let error = desk.import(&source, &page).unwrap_err();
    assert!(error.is_held(), "{error}");
    assert!(desk.store.held("own").unwrap().is_some());
    assert_eq!(desk.store.held_rejects("own").unwrap(), []);
}

#[test]
fn an_index_that_fails_marks_and_a_locked_list_does_not() {
    let (desk, source, path) = one();
    let paths = [path.clone()];
    let locked = std::cell::RefCell::new(None);
    let failed = import_list(&desk.store, &source, &paths, &options(), &|_, _| {
        locked.replace(desk.import(&source, &path).err());
        Err("no room".into())
    });
    let locked = locked.into_inner().unwrap();
    assert!(matches!(locked, ImportError::Store(StoreError::Locked { .. })), "{locked}");
    assert!(!locked.is_held());
    assert!(failed.unwrap_err().is_held());
    assert!(desk.store.held("own").unwrap().unwrap().reasons[0].contains("no room"));
}

#[test]
fn the_rejects_of_a_held_import_stand_beside_its_mark_and_go_with_it() {
    let (desk, source, path) = one();
    let bad = desk.write("bad.json", format!("{ONE}\n{{\"id\":\"x\"}}\n"));
    let report = desk.import(&source, &bad).unwrap();
    assert!(!report.is_published());
    assert_eq!(report.rejects.len(), 1);
    assert_eq!(desk.store.held_rejects("own").unwrap(), report.rejects);
    assert!(files_of(&desk, "own").contains(&"HELD-rejects.jsonl".to_owned()));

    let page = desk.write("page.json", "<!doctype html><html></html>");
    desk.import(&source, &page).unwrap_err();
    assert_eq!(desk.store.held_rejects("own").unwrap(), [], "the newer mark has none");
    desk.import(&source, &bad).unwrap();
    desk.published(&source, &path);
    assert!(!files_of(&desk, "own").iter().any(|name| name.contains("HELD")));
}
