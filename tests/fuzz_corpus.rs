//! The kept inputs of the fuzz targets: each goes through the same code as when it was found, no
//! format is without a target and a corpus, and the inputs a target starts from are read.

use crate::lists_real::declared;
use crate::support::workbook;
use diligence::watchlist::{Format, InputFile, Limits, parse};
use std::collections::BTreeSet;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

#[allow(unreachable_pub, reason = "a library of its own where it is fuzzed")]
#[path = "../fuzz/src/seeds.rs"]
mod seeds;
#[allow(unreachable_pub, reason = "a library of its own where it is fuzzed")]
#[path = "../fuzz/src/target.rs"]
mod target;

use target::Target;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn corpus_of(target: &str) -> PathBuf {
    root().join(format!("fuzz/corpus/{target}.tar.gz"))
}

/// Names and bytes of the kept inputs.
fn members(target: &str) -> Vec<(String, Vec<u8>)> {
    let path = corpus_of(target);
    let packed = std::fs::read(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let mut archive = tar::Archive::new(flate2::read::MultiGzDecoder::new(packed.as_slice()));
    let mut found = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        if entry.header().entry_type().is_file() {
            let name = entry.path().unwrap().display().to_string();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            found.push((name, bytes));
        }
    }
    found
}

/// Every format, as the error for one that does not exist lists them.
fn formats() -> BTreeSet<String> {
    let error = serde_json::from_str::<Format>("\"none\"").unwrap_err().to_string();
    let (_, listed) = error.split_once("expected one of").unwrap();
    listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_format_has_a_fuzz_target_with_a_corpus() {
    let targets: BTreeSet<String> = target::names().map(str::to_owned).collect();
    let formats = formats();
    assert!(formats.len() >= 25, "{formats:?}");
    assert_eq!(formats.difference(&targets).collect::<Vec<_>>(), Vec::<&String>::new());
    for name in &targets {
        assert!(!members(name).is_empty(), "the corpus of {name} is empty");
        let size = std::fs::metadata(corpus_of(name)).unwrap().len();
        assert!(size <= 60_000, "the corpus of {name} has {size} bytes");
        let binary = root().join(format!("fuzz/fuzz_targets/{name}.rs"));
        let text = std::fs::read_to_string(&binary).unwrap();
        assert!(text.contains(&format!("fuzz!(\"{name}\")")), "{name}: {text}");
    }
    for entry in std::fs::read_dir(root().join("fuzz/corpus")).unwrap() {
        let file = entry.unwrap().file_name().to_string_lossy().into_owned();
        let Some(name) = file.strip_suffix(".tar.gz") else { continue };
        assert!(targets.contains(name), "{name} has a corpus and no target");
    }
}

#[test]
fn what_a_target_starts_from_is_read() {
    for name in target::names() {
        let target = Target::named(name);
        let read = |(_, bytes): &(String, Vec<u8>)| target.run(bytes);
        let counts: Vec<usize> = seeds::of(&target, root()).iter().map(read).collect();
        assert!(counts.iter().any(|count| *count > 0), "{name}: {counts:?}");
    }
}

#[test]
fn every_kept_input_is_read_or_refused_and_never_more() {
    for name in target::names() {
        let target = Target::named(name);
        let (mut read, mut refused) = (0, 0);
        for (member, bytes) in members(name) {
            match catch_unwind(AssertUnwindSafe(|| target.run(&bytes))) {
                Ok(0) => refused += 1,
                Ok(_) => read += 1,
                Err(_) => panic!("{name}: panic on {member}"),
            }
        }
        assert!(read > 0 && refused > 0, "{name}: {read} read, {refused} refused");
    }
}

/// Inputs of 16 kB do not show what takes the square of the time; before identifiers were numbered
/// in one pass, this took minutes.
#[test]
fn one_identifier_in_every_record_is_read_in_one_pass() {
    let record = |number: usize| {
        format!(
            "{{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"Oro {number}\"]}}}}\n"
        )
    };
    let text: String = (0..40_000).map(record).collect();
    let source = declared("demo");
    let files = [InputFile { role: "main".to_owned(), name: "demo.ftm.json".to_owned() }];
    let mut load = |_| Ok(text.as_bytes().to_vec());
    let parsed = parse(&source, &files, &mut load, &Limits::default()).unwrap();
    assert_eq!(parsed.listings.last().unwrap().id, "a-40000");
    assert_eq!(parsed.rejects.len(), 39_999);
}
