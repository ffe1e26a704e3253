//! Question: how long does one comparison of two names take, how long does it take to see that two
//! names cannot be alike (most candidates), and how long to screen one party against a list?
//!
//! Corpus: 20,000 synthetic listed persons, two to four words of two or three syllables, drawn
//! with a fixed seed from a skewed distribution, so that some words are common. Queries: listed
//! names with one letter changed (hits) and fresh names (misses).
//! Excluded: building and opening the index; analysing a listed name the first time it is a
//! candidate (a warm-up screens every query once).
//! The answers are checked: at least 95 of 100 damaged names must find their entry.
//!
//! Read the fastest of several runs: on shared cores the mean measures the neighbours. Figures:
//! `docs/scoring.md`, section 7.
//!
//! Run: `cargo bench --bench screening`.

use diligence::names::{Comparer, analyse, compare};
use diligence::party::{NameQuality, Party, PartyKind, PartyName};
use diligence::screening::{MatchConfig, Screener, build_index};
use diligence::watchlist::Listing;
use std::sync::LazyLock;

const LISTED: usize = 20_000;
const QUERIES: usize = 100;

/// A linear congruential generator (Knuth's MMIX constants): the same corpus everywhere.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn word(&mut self) -> String {
        const ONSETS: [&str; 16] =
            ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "sh", "z"];
        const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
        // A third of all words come from a small set, as given names do.
        let mut own = Seeded(if self.below(3) == 0 { self.below(300) as u64 } else { self.0 });
        let mut word = String::new();
        for _ in 0..2 + own.below(2) {
            word.push_str(ONSETS[own.below(16)]);
            word.push_str(VOWELS[own.below(5)]);
        }
        word + ONSETS[own.below(14)]
    }

    fn name(&mut self) -> String {
        (0..2 + self.below(3)).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn person(name: String) -> Party {
    let names = vec![PartyName::new(name, NameQuality::Primary)];
    Party { kind: Some(PartyKind::Person), names, ..Party::default() }
}

struct Corpus {
    screener: Screener,
    hits: Vec<Party>,
    misses: Vec<Party>,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let mut seeded = Seeded(42);
    let names: Vec<String> = (0..LISTED).map(|_| seeded.name()).collect();
    let listings: Vec<Listing> = names
        .iter()
        .enumerate()
        .map(|(id, name)| Listing {
            list: "bench".into(),
            id: id.to_string(),
            party: person(name.clone()),
            ..Listing::default()
        })
        .collect();
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config = MatchConfig::embedded();
    build_index(dir.path(), &listings, &config).expect("an index");
    let lists = vec![("bench".to_owned(), dir.path().to_owned(), listings)];
    let screener = Screener::open(lists, config).expect("an open index");
    let chosen: Vec<usize> = (0..QUERIES).map(|_| seeded.below(LISTED)).collect();
    let hits: Vec<Party> = chosen.iter().map(|id| person(damaged(&names[*id]))).collect();
    let misses = (0..QUERIES).map(|_| person(seeded.name())).collect();
    let corpus = Corpus { screener, hits, misses };
    let found = chosen.iter().zip(&corpus.hits).filter(|(id, query)| {
        let matches = corpus.screener.screen(query).expect("a screened party");
        matches.iter().any(|m| m.listing.id == id.to_string())
    });
    let found = found.count();
    assert!(found * 100 >= QUERIES * 95, "{found} of {QUERIES} damaged names found");
    corpus.misses.iter().for_each(|query| drop(corpus.screener.screen(query)));
    corpus
});

/// The name with the last letter of its longest word doubled.
fn damaged(name: &str) -> String {
    let longest = name.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
    let last = longest.chars().last().unwrap_or('x');
    name.replacen(longest, &format!("{longest}{last}"), 1)
}

fn main() {
    divan::main();
}

#[divan::bench]
fn one_pair_of_names(bencher: divan::Bencher<'_, '_>) {
    let config = MatchConfig::embedded().names;
    let name = |text| analyse(text, Some(PartyKind::Person), &config).expect("a name");
    let (a, b) = (name("VARGA, Mohamed Ivanovich"), name("Muhammad Vargha"));
    bencher.bench(|| compare(divan::black_box(&a), divan::black_box(&b), &config));
}

#[divan::bench]
fn one_pair_ruled_out(bencher: divan::Bencher<'_, '_>) {
    let config = MatchConfig::embedded().names;
    let name = |text| analyse(text, Some(PartyKind::Person), &config).expect("a name");
    let (a, b) = (name("VARGA, Mohamed Ivanovich"), name("Mohamed Petrescu"));
    let mut comparer = Comparer::new(&config);
    assert!(comparer.compare_from(0.6, &a, &b).is_none(), "one shared word of three");
    bencher.bench_local(|| comparer.compare_from(0.6, divan::black_box(&a), &b).is_some());
}

#[divan::bench]
fn analysing_a_name(bencher: divan::Bencher<'_, '_>) {
    let config = MatchConfig::embedded().names;
    bencher.bench(|| {
        analyse(divan::black_box("VARGA, Илья Ivanovich"), Some(PartyKind::Person), &config)
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn screening_100_listed_persons(bencher: divan::Bencher<'_, '_>) {
    let corpus = &*CORPUS;
    bencher.bench(|| corpus.hits.iter().map(|q| corpus.screener.screen(q)).collect::<Vec<_>>());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn screening_100_unlisted_persons(bencher: divan::Bencher<'_, '_>) {
    let corpus = &*CORPUS;
    bencher.bench(|| corpus.misses.iter().map(|q| corpus.screener.screen(q)).collect::<Vec<_>>());
}
