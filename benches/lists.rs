//! Question: how long does it take to read each list, from its files to listings and rejects?
//!
//! Corpus: one real edition a list, where `../shared/data` (or `DILIGENCE_SHARED_DATA`) has it;
//! without it nothing is measured and the bench says so.
//! Excluded: reading the disk (the files are in memory), taking the one file out of a zip archive
//! or off its gzip, hashing, index, canaries, publishing. A whole import with its memory is
//! measured from outside:
//! `/usr/bin/time -v diligence --data-dir DIR lists import NAME PATH`.
//! The answers are checked: each list has at least the records named beside it.
//!
//! Read the fastest of several runs: on shared cores the mean measures the neighbours.
//!
//! Run: `cargo bench --bench lists`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a bench reads its corpus, says when there is none, and stops when it is another"
)]

use diligence::watchlist::{InputFile, Limits, ListSource, parse, plain_bytes};
use divan::Bencher;
use std::path::{Path, PathBuf};

/// List, files below the data folder by role, and the fewest records they must give.
type Case = (&'static str, &'static [(&'static str, &'static str)], usize);

const CASES: &[Case] = &[
    (
        "ofac_sdn",
        &[
            ("main", "lists/ofac_sdn_csv/2022-01-21/sdn.csv"),
            ("aliases", "lists/ofac_sdn_csv/2022-01-21/alt.csv"),
            ("addresses", "lists/ofac_sdn_csv/2022-01-21/add.csv"),
        ],
        9_000,
    ),
    ("ofac_cons", &[("main", "lists/ofac_enhanced_xml/CONS_ENHANCED.ZIP")], 440),
    ("un_sc", &[("main", "lists/un_sc/un_2026-02-27.xml")], 1_000),
    ("eu_fsf", &[("main", "lists/eu_fsf/eu_fsf_full_1_1_2026-05-01.xml.gz")], 5_800),
    ("uk_sl", &[("main", "lists/uk_sanctions_list/UK_Sanctions_List_2026-08-22.xml.gz")], 6_300),
    ("uk_ofsi", &[("main", "lists/uk_ofsi/ConList_2025.xlsx")], 4_600),
    ("worldbank", &[("main", "lists/worldbank/wb_fetched_2026-02-21.json")], 1_300),
    ("us_csl", &[("main", "lists/us_csl/consolidated_watchman.csv.gz")], 14_000),
    ("bis_dpl", &[("main", "lists/bis_dpl/dpl_2023-11.txt")], 600),
    ("ca_sema", &[("main", "lists/ca_sema/sema-lmes_2025.xml")], 4_700),
    ("au_dfat", &[("main", "lists/au_dfat/regulation8_consolidated.xlsx")], 3_000),
    ("jp_mof", &[("main", "lists/jp_mof/shisantouketsu20260305.xlsx")], 2_800),
    ("us_congress", &[("main", "officials/us_congress/legislators-current.yaml")], 500),
];

fn data() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    std::env::var_os("DILIGENCE_SHARED_DATA").map_or(beside, PathBuf::from)
}

fn main() {
    if data().is_dir() {
        divan::main();
    } else {
        eprintln!("skipped: no lists in {}", data().display());
    }
}

#[divan::bench(args = CASES.iter().map(|case| case.0))]
fn read(bencher: Bencher<'_, '_>, name: &str) {
    let (_, wanted, fewest) = CASES.iter().find(|case| case.0 == name).unwrap();
    let declaration = format!("watchlists/{name}.toml");
    let text = Path::new(env!("CARGO_MANIFEST_DIR")).join(&declaration);
    let text = std::fs::read_to_string(text).unwrap();
    let source = ListSource::from_toml(&declaration, &text).unwrap();
    let limits = Limits::default();
    let mut files = Vec::new();
    let mut contents = Vec::new();
    for (role, path) in *wanted {
        let stored = std::fs::read(data().join(path)).unwrap();
        contents.push(plain_bytes(path, stored, None, &limits).unwrap());
        files.push(InputFile { role: (*role).to_owned(), name: (*path).to_owned() });
    }
    bencher.bench(|| {
        let mut load = |index: usize| Ok(contents[index].clone());
        let parsed = parse(&source, &files, &mut load, &limits).unwrap();
        assert!(parsed.listings.len() >= *fewest, "{name}: {}", parsed.listings.len());
        parsed
    });
}
