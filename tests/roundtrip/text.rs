//! Decides which texts a random listing is made of: words in Latin, Cyrillic and Arabic letters,
//! with accents, marks of every markup, and words that look like markup and are none.
//!
//! One blank stands between two words and none around a text, because every reader takes other
//! white space for layout. Characters that are syntax of a format are left out of its texts by
//! its own fixture writer, which says why; brackets come in pairs, for the same reason. No word is
//! a code of a country, which several readers look for at the end of a place.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::string::string_regex;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Words that a careless writer or reader of some format would take for something else.
const TRAPS: [&str; 20] = [
    "&amp;",
    "&#65;",
    "<b>",
    "]]>",
    "<!--",
    "--",
    "\\n",
    "\\u0041",
    "\"quoted\"",
    "'quoted'",
    "O’Mallon",
    "l'Étoile",
    "A&B",
    "and/or",
    "c/o",
    "50%",
    "#7",
    "+7",
    "=1+1",
    "No.",
];

/// Marks that stand on their own.
const MARKS: [&str; 9] = ["&", "<", ">", "\"", "'", "-", "/", "|", "–"];

/// One word, or one mark on its own; in Latin letters only where the script of a text decides what
/// it is.
fn word(latin: bool) -> impl Strategy<Value = String> {
    let others = if latin {
        "[A-Z][a-z]{3,9}"
    } else {
        "[А-Яа-яЁёІіЇїЄєҐґ]{2,9}|[ا-غف-ي]{2,8}"
    };
    prop_oneof![
        4 => pattern("[A-Z][a-z]{3,9}"),
        2 => pattern("[A-Z]{4,7}"),
        2 => pattern("[A-Za-zÀ-ÖØ-öø-žǍ-ǜḀ-ỹ]{4,9}"),
        2 => pattern(others),
        1 => pattern("[0-9]{1,4}"),
        1 => pattern("\\([A-Z][a-z]{1,6}\\)"),
        1 => pattern("[A-Z][a-z]{1,6}[,;:.]"),
        1 => select(MARKS.to_vec()).prop_map(str::to_owned),
        1 => select(TRAPS.to_vec()).prop_map(str::to_owned),
    ]
}

/// Texts of a pattern, which is read once and not for every text.
pub(crate) fn pattern(pattern: &str) -> impl Strategy<Value = String> + use<> {
    string_regex(pattern).unwrap()
}

/// A text of a few words, now and then of very many, without the given characters. It has a letter
/// at least; it may begin and end with any mark.
pub(crate) fn text(without: &'static str, latin: bool) -> impl Strategy<Value = String> {
    let words = prop_oneof![
        40 => vec(word(latin), 1..6),
        1 => vec(word(latin), 60..90),
    ];
    let letters = pattern("[A-Z][a-z]{3,6}");
    (words, letters, any::<bool>()).prop_map(move |(words, letters, in_front)| {
        let said: String = words.join(" ").chars().filter(|c| !without.contains(*c)).collect();
        let mut said: Vec<&str> = said.split_whitespace().collect();
        if !said.iter().any(|word| word.chars().all(char::is_alphabetic)) {
            said.insert(if in_front { 0 } else { said.len() }, &letters);
        }
        said.join(" ")
    })
}

/// A text in another script than Latin, letters only.
pub(crate) fn native() -> impl Strategy<Value = String> {
    prop_oneof![
        vec(pattern("[А-ЯЁІЇЄҐ][а-яёіїєґ]{1,9}"), 1..4),
        vec(pattern("[ا-غف-ي]{2,8}"), 1..4),
    ]
    .prop_map(|words| words.join(" "))
}

#[test]
fn random_texts_hold_every_trap_both_other_scripts_and_very_long_ones() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::XorShift);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let texts = text("", false);
    let made: Vec<String> =
        (0..3000).map(|_| texts.new_tree(&mut runner).unwrap().current()).collect();
    let holds = |mark: &str| made.iter().any(|text| text.contains(mark));
    let missing: Vec<&str> = TRAPS.into_iter().chain(MARKS).filter(|mark| !holds(mark)).collect();
    assert_eq!(missing, [""; 0]);
    assert!(made.iter().any(|text| text.contains(|c| ('А'..='я').contains(&c))));
    assert!(made.iter().any(|text| text.contains(|c| ('ا'..='ي').contains(&c))));
    assert!(made.iter().any(|text| text.chars().count() > 300));
    assert!(made.iter().all(|text| text.trim() == text && !text.contains("  ")));
}
