//! What a declaration may say, and how it is told what it may not.

use super::*;

const GOOD: &str = r#"
name = "demo"
title = "Demo"
publisher = "Nobody"
homepage = "https://example.org/list"
licence = "none"
format = "ftm_json"
topics = ["sanction"]
effect = "blocks"
[[files]]
role = "main"
patterns = ["demo*.json"]
[staleness]
warn_hours = 24
hard_hours = 72
[guards]
min_records = { person = 1 }
max_shrink_percent = 5.0
max_reject_percent = 1.0
"#;

/// The whole message, causes included.
fn message(text: &str) -> String {
    let error = ListSource::from_toml("demo.toml", text).unwrap_err();
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    format!("{error}: {cause}")
}

#[test]
fn a_good_declaration_is_read() {
    let source = ListSource::from_toml("watchlists/demo.toml", GOOD).unwrap();
    assert_eq!(source.topics(), BTreeSet::from([Topic::Sanction]));
    assert_eq!(source.guards.min_records[&PartyKind::Person], 1);
}

#[test]
fn an_unknown_key_is_named_with_its_file() {
    let text = message(&GOOD.replace("licence =", "license ="));
    assert!(text.contains("demo.toml") && text.contains("license"), "{text}");
}

#[test]
fn a_wrong_value_names_what_is_allowed() {
    for (from, to, expected) in [
        ("\"blocks\"", "\"warns\"", "`blocks` or `informs`"),
        ("\"ftm_json\"", "\"xls\"", "ofac_sdn_csv"),
        ("role = \"main\"", "role = \"extra\"", "one of main"),
        ("name = \"demo\"", "name = \"De mo\"", "lower-case"),
        ("name = \"demo\"", "name = \"other\"", "name of the file"),
        ("https://", "http://", "https://"),
        ("percent = 5.0", "percent = 105.0", "0 to 100"),
        ("max_shrink", "min_fill_percent = 101.0\nmax_shrink", "0 to 100"),
        ("max_shrink", "max_renumbered_percent = -1.0\nmax_shrink", "0 to 100"),
        ("warn_hours = 24", "warn_hours = 100", "at most hard_hours (72)"),
        ("warn_hours = 24", "frozen = true", "frozen = true alone"),
        ("person = 1", "robot = 1", "person"),
        ("patterns = [\"demo*.json\"]", "patterns = []", "at least one"),
        ("patterns = [\"demo*.json\"]", "patterns = [\"a\"]\noptional = true", "role 'main'"),
    ] {
        let text = message(&GOOD.replace(from, to));
        assert!(text.contains(expected), "{to}: {text}");
    }
}

#[test]
fn file_names_fit_in_any_case_and_compressed() {
    let wanted = |pattern: &str| WantedFile {
        role: "main".to_owned(),
        patterns: vec![pattern.to_owned()],
        ..WantedFile::default()
    };
    assert!(wanted("sdn.csv").fits("SDN.CSV"));
    assert!(wanted("sdn.csv").fits("sdn.csv.gz"));
    assert!(!wanted("sdn.csv").fits("old_sdn.csv"));
    assert!(wanted("*popolo*.json").fits("X__Y__ep-popolo-v1.0.json.gz"));
    assert!(!wanted("*popolo*.json").fits("_countries.json"));
    assert!(wanted("*").fits("anything.json"));
    assert!(!wanted("a*b").fits("a"));
}

#[test]
fn a_user_list_needs_a_plain_name() {
    assert_eq!(ListSource::ftm("our_list").unwrap().name, "our_list");
    assert!(ListSource::ftm("../up").is_err());
}
