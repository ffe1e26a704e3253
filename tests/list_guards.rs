//! Lists that are not what they should be: entries written carelessly, editions that lost names,
//! stores that lost their pointer. None of it may pass for a list on which a party is clear.

use crate::lists_real::options;
use diligence::watchlist::{ImportError, ImportReport, ListSource, ListStore, Topic, import_list};
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
