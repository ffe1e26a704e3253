//! The demonstration tells the stories its README promises: exactly the flags in the table, about
//! exactly those parties.

use crate::support::command::{Home, fixture};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Subject id to the codes expected, each with the parties it names.
type Expected = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// The rows of the table under a heading of `fixtures/demo/README.md`.
fn promised(heading: &str) -> Expected {
    let text = std::fs::read_to_string(fixture("demo/README.md")).unwrap();
    let section = text.split(heading).nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| E-") || line.starts_with("| V-"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        (cells[0].to_owned(), codes(cells.last().unwrap()))
    })
    .collect()
}

/// "OWN-01 (P-045, P-046), OWN-02" by code.
fn codes(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut code = String::new();
    for word in text.split([' ', ',', '(', ')']).filter(|word| !word.is_empty()) {
        if word == "clear" {
            continue;
        }
        if word.starts_with("P-") || word.starts_with("V-") {
            codes.get_mut(&code).unwrap().insert(word.to_owned());
        } else {
            code = word.to_owned();
            codes.entry(code.clone()).or_default();
        }
    }
    codes
}

/// What a run raised, by subject; parties only for the codes that promise them.
fn raised(lines: &str, promised: &Expected) -> Expected {
    let mut raised = Expected::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let id = line["engagement"].as_str().or(line["party"].as_str()).unwrap().to_owned();
        let by_code = raised.entry(id.clone()).or_default();
        for flag in line["flags"].as_array().unwrap().iter().filter(|f| f["truth"] == "true") {
            let code = flag["code"].as_str().unwrap();
            let parties = by_code.entry(code.to_owned()).or_default();
            let named = promised.get(&id).and_then(|codes| codes.get(code));
            if named.is_some_and(|named| !named.is_empty()) {
                parties.extend(flag["party"].as_str().map(str::to_owned));
            }
        }
        let clear = line["outcome"] == "clear" && line["verdict"] == "PASS";
        assert_eq!(clear, by_code.is_empty(), "{id}: {} {}", line["outcome"], line["not_screened"]);
    }
    raised
}

#[test]
fn every_engagement_of_the_demonstration_raises_exactly_what_its_story_says() {
    let home = Home::new();
    let said = home.run(&["screen", "--demo", "--out", "run", "--date", "2026-11-21"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let promised = promised("## `portfolio/`");
    assert!(promised.len() >= 24);
    let lines = std::fs::read_to_string(home.path("run/results.jsonl")).unwrap();
    assert_eq!(raised(&lines, &promised), promised);
}

#[test]
fn every_partner_of_the_quick_start_raises_exactly_what_its_story_says() {
    let home = Home::new();
    let portfolio = fixture("demo/partners.csv");
    let args = ["screen", &portfolio, "--demo", "--out", "run", "--date", "2026-11-21"];
    let said = home.run(&args);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let promised = promised("## `partners.csv`");
    let lines = std::fs::read_to_string(home.path("run/results.jsonl")).unwrap();
    assert_eq!(raised(&lines, &promised), promised);
}
