//! Importing and publishing: what is found, what is held, and that the snapshot in use is never
//! touched by an import that fails.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests set up files and stop at the first surprise"
)]

use crate::lists_real::{declared, options};
use diligence::watchlist::{
    FilesError, ImportError, ImportOptions, KEPT_EDITIONS, ListSource, ListStore, ParseError,
    Reliance, StoreError, Trip, import_list, status,
};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

/// A UN declaration whose guards fit the fixtures: two records, with ten names or with five.
fn un() -> ListSource {
    let mut source = declared("un_sc");
    source.guards.min_records.clear();
    source.guards.max_shrink_percent = 50.0;
    source.guards.max_reject_percent = 100.0;
    source
}

struct Shop {
    folder: tempfile::TempDir,
    store: ListStore,
}

impl Shop {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = ListStore::new(folder.path().join("data"));
        Self { folder, store }
    }

    fn import(&self, source: &ListSource, paths: &[PathBuf]) -> Result<Vec<Trip>, ImportError> {
        import_list(&self.store, source, paths, &options(), &|dir, listings| {
            fs::write(dir.join("count"), listings.len().to_string()).map_err(Into::into)
        })
        .map(|report| report.trips)
    }

    fn list_dir(&self, name: &str) -> PathBuf {
        self.folder.path().join("data/lists").join(name)
    }

    fn names_in(&self, name: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.list_dir(name))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

#[test]
fn the_demonstration_list_is_read_without_a_single_reject() {
    let shop = Shop::new();
    let trips = shop.import(&declared("demo"), &[fixture("demo/lists")]).unwrap();
    assert_eq!(trips, []);
    let snapshot = shop.store.current("demo").unwrap().unwrap();
    let listings = snapshot.listings().unwrap();
    assert_eq!(snapshot.manifest.records, 59);
    assert_eq!(listings.len(), 59);
    assert_eq!(snapshot.manifest.rejects.len(), 0);
    assert_eq!(fs::read_to_string(snapshot.index_dir().join("count")).unwrap(), "59");
    for topic in ["sanction", "debarment", "role.pep", "role.rca", "gov", "gov.soe"] {
        assert!(snapshot.manifest.by_topic[topic] > 0, "{topic}");
    }
    use diligence::party::Checksum;
    let numbers = listings.iter().flat_map(|listing| &listing.party.identifiers);
    for number in numbers {
        assert!(!matches!(number.checksum(), Checksum::Invalid(_)), "{}", number.value);
    }
}

#[test]
fn the_manifest_names_files_hashes_and_what_was_missing() {
    let shop = Shop::new();
    let mut source = declared("ofac_sdn");
    source.guards.min_records.clear();
    shop.import(&source, &[fixture("lists/ofac_sdn_csv/basic")]).unwrap();
    let manifest = shop.store.current("ofac_sdn").unwrap().unwrap().manifest;
    let roles: Vec<&str> = manifest.files.iter().map(|file| file.role.as_str()).collect();
    assert_eq!(roles, ["main", "aliases", "addresses"]);
    assert!(manifest.files.iter().all(|f| f.sha256.len() == 64 && f.bytes > 0));
    assert_eq!((manifest.records, manifest.names, manifest.weak_names), (4, 9, 1));
    assert!(manifest.warnings.iter().any(|w| w.contains("sdn_comments.csv")));
    assert!(manifest.edition.starts_with("2026-03-04-"), "{}", manifest.edition);
}

#[test]
fn every_failed_import_leaves_the_old_snapshot_and_a_mark() {
    let shop = Shop::new();
    let source = un();
    shop.import(&source, &[fixture("lists/un_sc_xml/basic")]).unwrap();
    let before = shop.store.current("un_sc").unwrap();
    for situation in [
        "truncated_boundary",
        "truncated_middle",
        "truncated_section",
        "html_error",
        "empty",
        "doctype",
        "latin1",
    ] {
        let path = fixture(&format!("lists/un_sc_xml/{situation}"));
        let error = shop.import(&source, &[path]).unwrap_err();
        assert!(matches!(error, ImportError::Parse { .. }), "{situation}: {error}");
        assert_eq!(shop.store.current("un_sc").unwrap(), before, "{situation}");
        let held = shop.store.held("un_sc").unwrap().unwrap();
        assert!(held.reasons[0].contains("un.xml"), "{situation}: {}", held.reasons[0]);
        assert_eq!(before.as_ref().unwrap().listings().unwrap().len(), 2);
    }
    shop.import(&source, &[fixture("lists/un_sc_xml/basic")]).unwrap();
    assert_eq!(shop.store.held("un_sc").unwrap(), None, "success takes the mark away");
}

#[test]
fn an_edition_a_guard_trips_on_is_held_and_says_why() {
    let shop = Shop::new();
    let source = un();
    shop.import(&source, &[fixture("lists/un_sc_xml/basic")]).unwrap();
    let before = shop.store.current("un_sc").unwrap();
    let trips = shop.import(&source, &[fixture("lists/un_sc_xml/entities")]).unwrap();
    assert!(trips.is_empty(), "one entity and one person again: {trips:?}");
    let text = fs::read_to_string(fixture("lists/un_sc_xml/basic/un.xml")).unwrap();
    let older = shop.write("un.xml", text.replace("2026-02-27T", "2026-02-26T").as_bytes());
    let current = shop.store.current("un_sc").unwrap();
    let trips = shop.import(&source, &[older]).unwrap();
    assert!(matches!(trips.as_slice(), [Trip::DateWentBack { .. }]));
    assert_eq!(shop.store.current("un_sc").unwrap(), current);
    assert_ne!(current, before);
    let held = shop.store.held("un_sc").unwrap().unwrap();
    assert!(held.reasons[0].contains("2026-02-26"));
    let states = status(&shop.store, &[source], "2026-03-04T07:00:00Z".parse().unwrap());
    assert_eq!(states[0].reliance, Reliance::Held);
}

#[test]
fn an_index_that_cannot_be_built_publishes_nothing() {
    let shop = Shop::new();
    let paths = [fixture("lists/un_sc_xml/basic")];
    let result =
        import_list(&shop.store, &un(), &paths, &options(), &|_, _| Err("disk full".into()));
    assert!(matches!(result, Err(ImportError::Index { .. })));
    assert_eq!(shop.store.current("un_sc").unwrap(), None);
    assert_eq!(
        shop.names_in("un_sc"),
        ["HELD.json", "LOCK", "history.jsonl"],
        "nothing half built is left"
    );
    assert!(shop.store.held("un_sc").unwrap().unwrap().reasons[0].contains("disk full"));
}

#[test]
fn what_a_killed_import_left_behind_is_never_seen_and_is_cleared() {
    let shop = Shop::new();
    let left = shop.list_dir("un_sc").join(".staging-killed/index");
    fs::create_dir_all(&left).unwrap();
    assert_eq!(shop.store.current("un_sc").unwrap(), None);
    assert!(shop.store.editions("un_sc").unwrap().is_empty());
    shop.import(&un(), &[fixture("lists/un_sc_xml/basic")]).unwrap();
    assert!(!left.exists());
}

#[test]
fn a_reader_keeps_its_snapshot_while_the_pointer_moves_on() {
    let shop = Shop::new();
    shop.import(&un(), &[fixture("lists/un_sc_xml/basic")]).unwrap();
    let pinned = shop.store.current("un_sc").unwrap().unwrap();
    shop.import(&un(), &[fixture("lists/un_sc_xml/entities")]).unwrap();
    assert_eq!(pinned.listings().unwrap()[0].id, "9900001");
    assert_ne!(shop.store.current("un_sc").unwrap().unwrap().dir, pinned.dir);
}

#[test]
fn the_last_five_editions_are_kept_and_the_current_one_is_the_newest() {
    let shop = Shop::new();
    for hour in 0..7 {
        let retrieved = format!("2026-03-04T{hour:02}:00:00Z").parse().unwrap();
        let at = ImportOptions { retrieved, ..options() };
        let paths = [fixture("lists/un_sc_xml/basic")];
        import_list(&shop.store, &un(), &paths, &at, &|_, _| Ok(())).unwrap();
    }
    let kept = shop.store.editions("un_sc").unwrap();
    assert_eq!(kept.len(), KEPT_EDITIONS);
    assert_eq!(kept.last(), shop.store.current("un_sc").unwrap().as_ref());
    assert_eq!(kept[0].manifest.retrieved.to_string(), "2026-03-04T02:00:00Z");
}

#[test]
fn two_imports_of_one_list_cannot_interleave() {
    let shop = Shop::new();
    let paths = [fixture("lists/un_sc_xml/basic")];
    let outer = import_list(&shop.store, &un(), &paths, &options(), &|_, _| match shop
        .import(&un(), &paths)
    {
        Err(ImportError::Store(StoreError::Locked { list })) => {
            assert_eq!(list, "un_sc");
            Ok(())
        }
        other => Err(format!("expected the lock to hold, found {other:?}").into()),
    });
    assert!(outer.unwrap().is_published());
    assert_eq!(shop.store.held("un_sc").unwrap(), None, "being locked out marks nothing");
}

#[test]
fn a_changed_listings_file_is_an_integrity_error() {
    let shop = Shop::new();
    shop.import(&un(), &[fixture("lists/un_sc_xml/basic")]).unwrap();
    let snapshot = shop.store.current("un_sc").unwrap().unwrap();
    let path = snapshot.dir.join("listings.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("TARHUNI", "TARHUNA")).unwrap();
    assert!(matches!(snapshot.listings(), Err(StoreError::Integrity { .. })));
}

#[test]
fn a_pointer_that_names_no_edition_is_an_error_and_not_an_absent_list() {
    let shop = Shop::new();
    fs::create_dir_all(shop.list_dir("un_sc")).unwrap();
    fs::write(shop.list_dir("un_sc").join("CURRENT"), "../../elsewhere").unwrap();
    assert!(matches!(shop.store.current("un_sc"), Err(StoreError::BadPointer { .. })));
    let state = shop.store.state(&un(), "2026-03-04T07:00:00Z".parse().unwrap());
    assert_eq!(state.reliance, Reliance::HardStale);
}

#[test]
fn files_are_found_or_the_message_says_which() {
    let shop = Shop::new();
    let empty = shop.folder.path().join("empty");
    fs::create_dir_all(&empty).unwrap();
    let ofac = declared("ofac_sdn");
    let message = |paths: &[PathBuf]| shop.import(&ofac, paths).unwrap_err().to_string();
    assert!(message(&[empty]).contains("'main' named sdn.csv, found no file"));
    let two = [fixture("lists/ofac_sdn_csv/basic"), fixture("lists/ofac_sdn_csv/orphans")];
    assert!(message(&two).contains("SDN.CSV, sdn.csv"));
    let other = [fixture("lists/un_sc_xml/basic/un.xml")];
    assert!(message(&other).contains("found un.xml, which fits none"));
    let text = fs::read(fixture("lists/un_sc_xml/basic/un.xml")).unwrap();
    let renamed = shop.write("download (3)", &text);
    assert_eq!(shop.import(&un(), &[renamed]).unwrap(), [], "a list of one file may have any name");
    let gone = shop.import(&ofac, &[PathBuf::from("/nowhere/at/all")]);
    assert!(matches!(gone, Err(ImportError::Files(FilesError::Io { .. }))));
}

#[test]
fn a_mistyped_path_does_not_hold_the_list() {
    let shop = Shop::new();
    assert!(shop.import(&un(), &[PathBuf::from("/nowhere/at/all")]).is_err());
    assert_eq!(shop.store.held("un_sc").unwrap(), None);
}

#[test]
fn a_gzip_bomb_is_held() {
    let shop = Shop::new();
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b' '; 20 << 20]).unwrap();
    let path = shop.write("un.xml.gz", &bomb.finish().unwrap());
    let error = shop.import(&un(), &[path]).unwrap_err();
    let ImportError::Parse { source: ParseError::TooLarge { limit: 100, .. }, .. } = error else {
        panic!("{error}")
    };
}

#[test]
fn a_nested_publisher_folder_with_its_index_is_one_edition() {
    let shop = Shop::new();
    let mut source = declared("everypolitician");
    source.guards.min_records.clear();
    source.guards.max_reject_percent = 100.0;
    source.guards.max_lost_percent = 100.0;
    shop.import(&source, &[fixture("lists/popolo_json/nested")]).unwrap();
    let snapshot = shop.store.current("everypolitician").unwrap().unwrap();
    assert_eq!(snapshot.manifest.files.len(), 2);
    let listings = snapshot.listings().unwrap();
    assert_eq!(listings[0].offices[0].country.unwrap().code(), "GW");
    assert_eq!(snapshot.rejects().unwrap().len(), 5);
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let bytes = || {
        let shop = Shop::new();
        shop.import(&declared("demo"), &[fixture("demo/lists")]).unwrap();
        let snapshot = shop.store.current("demo").unwrap().unwrap();
        let read = |name: &str| fs::read(snapshot.dir.join(name)).unwrap();
        (read("manifest.json"), read("listings.jsonl"), read("rejects.jsonl"))
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn every_shipped_declaration_is_valid_and_known_by_its_file_name() {
    for name in ["ofac_sdn", "un_sc", "everypolitician", "demo"] {
        assert_eq!(declared(name).name, name);
    }
}
