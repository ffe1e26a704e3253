//! Keeps the rules of the house: a module imports only from modules above it, files stay small and
//! open with what they decide, and heavy crates stay in their place.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const MAX_LINES: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder, sorted, with their text.
fn rust_files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// Modules in the order `lib.rs` declares them.
fn ladder() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned))
        .collect()
}

/// Modules of the crate that a source text names: in `use crate::…`, also nested, and in paths.
fn imported(text: &str) -> BTreeSet<String> {
    let word = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut modules = BTreeSet::new();
    for piece in code.split("crate::").skip(1) {
        match piece.strip_prefix('{') {
            Some(group) => {
                let group = group.split("};").next().unwrap_or_default();
                modules.extend(group.split(',').map(|item| word(item.trim_start())));
            }
            None => {
                modules.insert(word(piece));
            }
        }
    }
    modules
}

#[test]
fn a_module_imports_only_modules_declared_above_it() {
    let ladder = ladder();
    assert!(ladder.len() >= 12, "lib.rs declares the stages: {ladder:?}");
    let rank = |name: &str| ladder.iter().position(|module| module == name);
    let mut backward = Vec::new();
    for (place, module) in ladder.iter().enumerate() {
        let folder = root().join("src").join(module);
        let file = root().join("src").join(format!("{module}.rs"));
        let mut files = rust_files(&folder);
        if let Ok(text) = fs::read_to_string(&file) {
            files.push((file, text));
        }
        assert!(!files.is_empty(), "{module} has no file");
        for (path, text) in files {
            for name in imported(&text) {
                if rank(&name).is_some_and(|other| other > place) {
                    backward.push(format!("{} imports crate::{name}", path.display()));
                }
            }
        }
    }
    assert!(backward.is_empty(), "backward imports:\n{}", backward.join("\n"));
}

#[test]
fn the_import_test_sees_nested_and_inline_paths() {
    let text =
        "use crate::party::Party;\nuse crate::{names::fold, cli};\nlet x = crate::serve::y();";
    let seen: Vec<String> = imported(text).into_iter().collect();
    assert_eq!(seen, ["cli", "names", "party", "serve"]);
}

#[test]
fn every_file_opens_with_what_it_decides_and_stays_under_the_limit() {
    let mut faults = Vec::new();
    for folder in ["src", "tests", "examples", "benches"] {
        for (path, text) in rust_files(&root().join(folder)) {
            let lines = text.lines().count();
            if !text.starts_with("//!") {
                faults.push(format!("{} does not open with //!", path.display()));
            }
            if folder == "src" && lines > MAX_LINES {
                faults.push(format!("{} has {lines} lines", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn heavy_crates_stay_in_their_place() {
    let places = [
        ("tantivy::", "src/screening/index"),
        ("quick_xml::", "src/watchlist/formats/"),
        ("scraper::", "src/watchlist/formats/"),
        ("calamine::", "src/watchlist/formats/"),
        ("zip::", "src/watchlist/"),
        ("reqwest::", "src/watchlist/fetch/"),
        ("governor::", "src/watchlist/fetch/"),
        ("tokio::", "src/watchlist/fetch/"),
        ("askama::", "src/dossier/"),
        ("clap::", "src/cli/"),
        ("indicatif::", "src/cli/"),
    ];
    for (path, text) in rust_files(&root().join("src")) {
        let here = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        for (krate, place) in places {
            let used = text.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(krate));
            assert!(!used || here.starts_with(place), "{here} uses {krate} outside {place}");
        }
    }
}

#[test]
fn architecture_names_only_paths_that_exist() {
    let text = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    assert!(text.lines().count() < 300);
    let paths = text.split('`').skip(1).step_by(2).filter(|quoted| {
        quoted.contains('/')
            && !quoted.contains([' ', '<', '*', '{', ':'])
            && !quoted.starts_with('/')
    });
    for path in paths.filter(|path| !path.starts_with("DIR")) {
        let here = root().join(path);
        let in_source = root().join("src").join(path);
        assert!(here.exists() || in_source.exists(), "docs/ARCHITECTURE.md names {path}");
    }
}

#[test]
fn no_list_data_of_other_publishers_is_committed() {
    let tracked =
        std::process::Command::new("git").args(["ls-files"]).current_dir(root()).output().unwrap();
    let names = String::from_utf8(tracked.stdout).unwrap();
    for name in names.lines().filter(|name| name.starts_with("fixtures/")) {
        let bytes = fs::metadata(root().join(name)).map_or(0, |meta| meta.len());
        assert!(bytes < 200_000, "{name} has {bytes} bytes: fixtures are small and fictional");
    }
}
