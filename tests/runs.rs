//! Whole runs through the command line: the demonstration, determinism, and what a run says when
//! its input or its lists are not what they should be.

use crate::support::command::{Home, Said, contents, fixture};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The lines of a results file.
fn results(run: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(run.join("results.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn certificate(run: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(run.join("run.json")).unwrap()).unwrap()
}

/// A home whose data folder holds the demonstration list, imported like any other.
fn home_with_demo_list() -> Home {
    let home = Home::new();
    let said = home.run(&["lists", "import", "demo", &fixture("demo/lists")]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    home
}

#[test]
fn the_demonstration_runs_on_nothing_and_leaves_a_whole_run_folder() {
    let home = Home::new();
    let said = home.run(&["screen", "--demo", "--out", "run"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let run = home.path("run");
    for file in ["run.json", "results.jsonl", "rejects.jsonl", "summary.csv", "index.html"] {
        assert!(run.join(file).is_file(), "{file}");
    }
    let report = certificate(&run);
    let outcomes = report["outcomes"].as_object().unwrap();
    let sum: u64 = outcomes.values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(sum, report["subjects"].as_u64().unwrap());
    assert_eq!(results(&run).len() as u64, sum);
    assert_eq!(report["canaries"]["asked"], report["canaries"]["found"]);
    assert!(!home.path("data").exists(), "the demonstration touches no list of the user's");
}

#[test]
fn the_same_run_twice_and_on_other_threads_gives_the_same_bytes() {
    let home = Home::new();
    let mut runs = Vec::new();
    for (out, threads) in [("a", "1"), ("b", "2"), ("c", "2")] {
        let args = ["screen", "--demo", "--date", "2026-11-21", "--dossiers", "all"];
        let args = [&args[..], &["--out", out, "--threads", threads]].concat();
        assert_eq!(home.run(&args).code, 0);
        let mut files = contents(&home.path(out));
        files.remove("run.json");
        runs.push(files);
    }
    assert!(runs[0].len() > 20);
    assert!(runs[0] == runs[1] && runs[1] == runs[2]);
}

#[test]
fn without_any_list_nothing_is_clear_and_the_exit_code_says_lists() {
    let home = Home::new();
    let said = home.run(&["screen", &fixture("demo/portfolio"), "--out", "run"]);
    assert_eq!(said.code, 4, "{}", said.err);
    assert!(said.err.contains("no list has been imported"), "{}", said.err);
    assert!(results(&home.path("run")).iter().all(|line| line["outcome"] != "clear"));
}

#[test]
fn a_held_list_keeps_its_old_edition_and_clears_nobody() {
    let home = home_with_demo_list();
    let page =
        home.write("page.json", "<!doctype html><html><body>Service unavailable</body></html>");
    let said = home.run(&["lists", "import", "demo", page.to_str().unwrap()]);
    assert_eq!(said.code, 4, "{}", said.err);
    assert!(said.err.contains("HTML"), "{}", said.err);
    let status = home.run(&["lists", "status"]);
    assert!(status.out.contains("held"), "{}", status.out);
    let said = home.run(&["screen", &fixture("demo/portfolio"), "--out", "run"]);
    assert_eq!(said.code, 4);
    let lines = results(&home.path("run"));
    assert!(lines.iter().all(|line| line["outcome"] != "clear"));
    assert!(lines.iter().any(|line| line["verdict"] == "BLOCK"), "a held list can still flag");
    let again = home.run(&["lists", "import", "demo", &fixture("demo/lists")]);
    assert_eq!(again.code, 0, "{}", again.err);
    let said = home.run(&["screen", &fixture("demo/portfolio"), "--out", "run"]);
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
fn rows_that_cannot_be_used_are_quarantined_counted_and_make_the_run_incomplete() {
    let home = home_with_demo_list();
    home.write(
        "p/parties.csv",
        "id,kind,name,country,birth_date\n\
         A,company,Nordlicht Messtechnik GmbH,DE,\n\
         B,company,Fjordkran Maritim AS,NO,\n\
         B,company,Fjordkran Maritim II AS,NO,\n\
         C,person,Ilse Brandhofer,DE,1971-02-30\n\
         D,company,Sonnenhof Verpackung AG,CH,\n",
    );
    home.write("p/relations.csv", "from,to,type,share\nC,A,owns,100\nNOBODY,B,owns,10\n");
    home.write(
        "p/engagements.csv",
        "id,party,role\nE1,A,donee\nE2,B,donee\nE3,D,donee\nE4,X,donee\n",
    );
    let said = home.run(&["screen", "p", "--out", "run"]);
    assert_eq!(said.code, 3, "{}{}", said.out, said.err);
    let lines = results(&home.path("run"));
    let outcomes: Vec<&str> = lines.iter().map(|l| l["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["not_screened", "not_screened", "clear", "quarantined"]);
    let rejects = std::fs::read_to_string(home.path("run/rejects.jsonl")).unwrap();
    for code in ["bad-date", "duplicate-id", "unknown-party"] {
        assert!(rejects.contains(code), "{code} in {rejects}");
    }
    assert!(lines[0]["not_screened"][0]["reason"].as_str().unwrap().contains("parties.csv row 5"));
}

#[test]
fn a_wrong_header_is_an_error_that_names_file_expected_and_found() {
    let home = home_with_demo_list();
    home.write("p.csv", "company,land\nNordlicht,DE\n");
    let said = home.run(&["screen", "p.csv", "--out", "run"]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("p.csv"), "{}", said.err);
    assert!(!home.path("run").exists());
}

#[test]
fn a_folder_that_is_no_run_is_never_replaced() {
    let home = Home::new();
    home.write("papers/contract.txt", "keep me");
    let said = home.run(&["screen", "--demo", "--out", "papers"]);
    assert_eq!(said.code, 2);
    assert!(home.path("papers/contract.txt").is_file());
    assert_eq!(home.run(&["screen", "--demo", "--out", "run", "-q"]).err, "");
    let replaced = home.run(&["screen", "--demo", "--out", "run"]);
    assert_eq!(replaced.code, 0, "an earlier run is replaced: {}", replaced.err);
}

#[test]
fn logs_carry_no_names_at_any_level() {
    let home = Home::new();
    let said = home.run(&["screen", "--demo", "--out", "run", "--log", "trace"]);
    assert!(said.err.contains("everybody screened"), "{}", said.err);
    for line in results(&home.path("run")) {
        let caption = line["caption"].as_str().unwrap();
        assert!(!said.err.contains(caption), "{caption} is in the log");
        for found in line["matches"].as_array().unwrap() {
            let name = found["name"]["matched"].as_str().unwrap();
            assert!(!said.err.contains(name), "{name} is in the log");
        }
    }
}

#[test]
fn the_log_names_a_party_that_was_not_screened_by_its_row_and_not_by_its_id() {
    let home = home_with_demo_list();
    home.write("p/parties.csv", "id,kind,name,country\nIlse Brandhofer,person,???,DE\n");
    for level in ["warn", "trace"] {
        let said = home.run(&["screen", "p", "--out", "run", "--log", level]);
        assert_eq!(said.code, 3, "{}", said.err);
        assert!(said.err.contains("parties.csv"), "{}", said.err);
        assert!(said.err.contains("row=2"), "{}", said.err);
        assert!(!said.err.contains("Brandhofer"), "{}", said.err);
    }
}

#[test]
fn a_run_without_any_subject_is_incomplete_and_says_so() {
    let home = home_with_demo_list();
    home.write("p/parties.csv", "id,kind,name,country\n");
    let said = home.run(&["screen", "p", "--out", "run"]);
    assert_eq!(said.code, 3, "{}{}", said.out, said.err);
    assert!(said.err.contains("nobody was screened"), "{}", said.err);
}

#[test]
fn a_run_names_the_declared_lists_that_nobody_was_compared_with() {
    let home = home_with_demo_list();
    let said = home.run(&["screen", &fixture("demo/portfolio"), "--out", "run"]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("watchlists");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let declared = files.filter(|path| path.extension().is_some_and(|e| e == "toml"));
    let mut others: Vec<String> =
        declared.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    others.retain(|name| name != "demo");
    others.sort();
    assert!(others.len() >= 3, "{others:?}");
    let words = format!("nobody was compared with: {}", others.join(", "));
    assert!(said.err.contains(&words), "{}", said.err);
    let absent = &certificate(&home.path("run"))["absent_lists"];
    assert_eq!(*absent, serde_json::json!(others));
}

#[test]
fn a_list_named_twice_is_opened_once() {
    let home = home_with_demo_list();
    let args = ["screen", &fixture("demo/portfolio"), "--lists", "demo,demo", "--out", "run"];
    assert_eq!(home.run(&args).code, 0);
    let certificate = certificate(&home.path("run"));
    assert_eq!(certificate["lists"].as_array().unwrap().len(), 1);
    assert!(certificate["canaries"]["asked"].as_u64().unwrap() <= 25);
}

#[test]
fn a_chain_of_owners_shows_the_ends_of_long_paths_and_counts_the_rest() {
    let home = Home::new();
    let chain = |length: usize| {
        let parties = (0..length).map(|at| format!("P{at},company,Nordlicht {at} GmbH,DE\n"));
        let ties = (1..length).map(|at| format!("P{at},P{},owns,100\n", at - 1));
        (
            format!("id,kind,name,country\n{}", parties.collect::<String>()),
            format!("from,to,type,share\n{}", ties.collect::<String>()),
        )
    };
    let (parties, relations) = chain(2_000);
    home.write("one/parties.csv", &parties);
    home.write("one/relations.csv", &relations);
    home.write("one/engagements.csv", "id,party,role\nE1,P0,donee\n");
    let said = home.run(&["screen", "one", "--demo", "--dossiers", "all", "--out", "run"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let dossier = std::fs::read(home.path("run/dossiers/E1.json")).unwrap();
    let dossier: Value = serde_json::from_slice(&dossier).unwrap();
    let involved = dossier["involved"].as_array().unwrap();
    assert_eq!(involved.len(), 2_000);
    assert!(involved.iter().all(|line| line["path"].as_array().unwrap().len() <= 7));
    let last = involved[1_999]["path"].as_array().unwrap();
    assert!(last[0].as_str().unwrap().starts_with("P1 owns 100 % of P0 "));
    assert_eq!(last[3], "… 1993 more ties …");
    assert!(last[6].as_str().unwrap().starts_with("P1999 owns 100 % of P1998 "));

    let (parties, relations) = chain(300);
    home.write("all/parties.csv", &parties);
    home.write("all/relations.csv", &relations);
    let said = home.run(&["screen", "all", "--demo", "--dossiers", "all", "--out", "run"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let longest = contents(&home.path("run/dossiers")).values().map(Vec::len).max().unwrap();
    assert!(longest < 1 << 20, "a dossier of {longest} bytes");
}

/// A vendor of the demonstration's, with more arguments.
fn check(home: &Home, vendor: &str, more: &[&str]) -> Said {
    home.run(&[&["check", "--demo", "--name", vendor, "--country", "de"], more].concat())
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_incomplete_answer_and_not_wrong_usage() {
    let args = ["check", "--demo", "--name", "Nordlicht", "--dossier", "/dev/full"];
    let said = Home::new().run(&args);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.err.contains("/dev/full"), "{}", said.err);
}

#[test]
fn fail_on_turns_findings_into_exit_code_one() {
    let home = Home::new();
    let company = ["--kind", "company", "--fail-on", "medium"];
    let said = check(&home, "Nordlicht Messtechnik GmbH", &company);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.starts_with("PASS"), "{}", said.out);
    let person = ["--kind", "person", "--birth-date", "1964"];
    for (floor, code) in [(&[][..], 0), (&["--fail-on", "prohibited"], 1)] {
        let said = check(&home, "Arkadiy Belozerov", &[&person[..], floor].concat());
        assert_eq!(said.code, code, "{}{}", said.out, said.err);
        assert!(said.out.starts_with("BLOCK"), "{}", said.out);
    }
    let said = home.run(&["screen", "--demo", "--out", "run", "--fail-on", "medium"]);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
}

#[test]
fn a_value_that_would_replace_another_is_refused() {
    let home = Home::new();
    for (more, told) in [
        (&["--owner", "Clean Nominee;name=Arkadiy Belozerov"][..], "'name' again"),
        (&["--person", "Ilse;country=de;country=ru"], "'country' again"),
        (&["--id", "name=Clean Nominee"], "--name"),
        (&["--id", "id=other"], "'id'"),
        (&["--id", "country=de"], "'country' again"),
        (&["--id", "HRB 1", "--id", "HRB 2"], "'registration_number' again"),
    ] {
        let said = check(&home, "Nordlicht Messtechnik GmbH", more);
        assert_eq!(said.code, 2, "{more:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(told), "{told} in {}", said.err);
    }
    let said = check(&home, "Nordlicht; Arkadiy Belozerov", &[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--id alias="), "{}", said.err);
    let person = ["--kind", "person", "--birth-date", "1964"];
    let alias = ["--id", "alias=Arkadiy Belozerov; A. Belozerov"];
    let said = check(&home, "Nobody Known", &[&person[..], &alias].concat());
    assert!(said.out.starts_with("BLOCK"), "{}{}", said.out, said.err);
}

#[test]
fn an_owner_that_does_not_read_is_wrong_usage_and_says_what_was_expected() {
    let home = Home::new();
    let args = ["check", "--demo", "--name", "Nordlicht", "--owner", "share=60"];
    let said = home.run(&args);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("NAME;column=value"), "{}", said.err);
    let args = ["check", "--demo", "--name", "Nordlicht", "--owner", "Ilse;birth_date=31.12.1970"];
    let said = home.run(&args);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("birth_date") && said.err.contains("31.12.1970"), "{}", said.err);
}

/// Answers to queries against the demonstration list, with the exit code.
fn answers(home: &Home, more: &[&str], input: impl Into<Vec<u8>>) -> (i32, Vec<Value>) {
    let args = [&["match", "--demo", "--queries", "-"], more].concat();
    let said = home.run_with_input(&args, input);
    let lines = said.out.lines().map(|line| serde_json::from_str(line).unwrap());
    (said.code, lines.collect())
}

const QUERY: &str = r#"{"id":"q1","schema":"Person","properties":{"name":["Arkadiy Belozerov"]}}"#;

#[test]
fn queries_are_answered_line_by_line_and_a_bad_one_says_so() {
    let home = Home::new();
    let long = "x".repeat((1 << 20) + 1);
    let mut input = format!("{QUERY}\nnot json\n[]\n{long}\n").into_bytes();
    input.extend(b"{\"id\":\"q5\",\"schema\":\"Person\",\"properties\":{\"name\":[\"\xff\"]}}\n");
    input.extend(b"{\"id\":\"q6\",\"schema\":\"Passport\",\"properties\":{}}\n");
    input.extend(b"{\"id\":\"q7\",\"schema\":\"Person\",\"properties\":{\"name\":{}}}\n");
    input.extend(QUERY.replace("q1", "q8").bytes());
    let (code, lines) = answers(&home, &[], input);
    assert_eq!(code, 3);
    let ids: Vec<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["q1", "2", "3", "4", "q5", "q6", "q7", "q8"]);
    for at in [0, 7] {
        assert!(lines[at]["error"].is_null() && lines[at]["unreliable"].is_null());
        assert!(!lines[at]["results"].as_array().unwrap().is_empty());
    }
    let shape = "expected a JSON object with schema and properties";
    let told = [(1, shape), (2, shape), (3, "1048576"), (4, "UTF-8"), (5, "Passport"), (6, shape)];
    for (at, expected) in told {
        let error = lines[at]["error"].as_str().unwrap();
        assert!(error.starts_with(&format!("query {}: ", at + 1)), "{error}");
        assert!(error.contains(expected), "{expected} in {error}");
        assert!(!error.contains("struct") && !error.contains("enum"), "{error}");
    }
}

#[test]
fn limits_that_mean_nothing_are_refused_and_others_hold() {
    let home = Home::new();
    for (flag, value) in
        [("--threshold", "NaN"), ("--threshold", "1.5"), ("--threshold=-1", ""), ("--limit", "0")]
    {
        let more = [flag, value].into_iter().filter(|text| !text.is_empty());
        let args = [&["match", "--demo", "--queries", "-"], &more.collect::<Vec<_>>()[..]].concat();
        let said = home.run_with_input(&args, QUERY);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{flag} {value}: {}", said.err);
    }
    let (code, lines) = answers(&home, &["--threshold", "1"], QUERY);
    assert_eq!((code, lines[0]["results"].as_array().unwrap().len()), (0, 0));
}

#[test]
fn an_answer_names_the_lists_that_cannot_be_relied_on() {
    let home = Home::new();
    let said = home.run_with_input(&["match", "--queries", "-"], QUERY);
    assert_eq!(said.code, 4, "{}", said.err);
    let line: Value = serde_json::from_str(said.out.trim()).unwrap();
    assert_eq!(line["unreliable"][0]["list"], "lists");
    assert_eq!(line["unreliable"][0]["reason"], "no list has been imported");
}

#[test]
fn the_configuration_is_what_its_hash_says_and_not_what_is_not_there() {
    let home = Home::new();
    let hash = |more: &[&str]| {
        let said = home.run(&[&["screen", "--demo", "--out", "run"], more].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        certificate(&home.path("run"))["policy_sha256"].as_str().unwrap().to_owned()
    };
    let declared = include_str!("../watchlists/demo.toml");
    let built_in = hash(&[]);
    home.write("same/watchlists/demo.toml", declared);
    assert_eq!(hash(&["--config", "same"]), built_in);
    home.write("other/watchlists/demo.toml", &format!("{declared}\n# reviewed\n"));
    assert_ne!(hash(&["--config", "other"]), built_in);

    home.write("empty/notes.txt", "");
    home.write("folder/policy.toml/notes.txt", "");
    home.write("file/watchlists", "");
    for (config, told) in
        [("empty", "found none"), ("folder", "expected a file"), ("file", "expected a folder")]
    {
        let said = home.run(&["screen", "--demo", "--out", "run", "--config", config]);
        assert_eq!(said.code, 2, "{config}: {}", said.err);
        assert!(said.err.contains(told), "{}", said.err);
    }
}

/// The index folder of the demonstration list in a user's data.
fn index_of(home: &Home) -> PathBuf {
    let list = home.path("data/lists/demo");
    let edition = std::fs::read_to_string(list.join("CURRENT")).unwrap();
    list.join(edition.trim()).join("index")
}

#[test]
fn an_index_or_edition_that_is_gone_is_damaged_data() {
    let home = home_with_demo_list();
    let index = index_of(&home);
    std::fs::rename(&index, index.with_extension("away")).unwrap();
    let vendor = ["check", "--name", "Nordlicht Messtechnik GmbH"];
    let said = home.run(&vendor);
    assert_eq!((said.code, said.out.as_str()), (5, ""), "{}", said.err);
    let edition = index.parent().unwrap();
    std::fs::rename(edition, edition.with_extension("away")).unwrap();
    let said = home.run(&vendor);
    assert_eq!((said.code, said.out.as_str()), (5, ""), "{}", said.err);
}

#[test]
fn a_garbled_index_never_clears_a_listed_party_and_never_ends_in_a_panic() {
    let home = home_with_demo_list();
    let args = ["check", "--name", "Arkadiy Belozerov", "--kind", "person", "--format", "json"];
    let sound = home.run(&args);
    assert_eq!(sound.code, 0, "{}", sound.err);
    let mut damaged = 0;
    for (name, bytes) in contents(&index_of(&home)) {
        let path = index_of(&home).join(name);
        let middle = bytes.len() / 2;
        let mut turned = bytes.clone();
        turned.iter_mut().skip(middle).take(64).for_each(|byte| *byte = !*byte);
        let mut end = bytes.clone();
        end.iter_mut().rev().take(16).for_each(|byte| *byte = 0xff);
        let cut = bytes.get(..middle).unwrap().to_vec();
        for garbled in [turned, end, cut, Vec::new()] {
            std::fs::write(&path, garbled).unwrap();
            let said = home.run(&args);
            assert!(!said.err.contains("panicked at"), "{}: {}", path.display(), said.err);
            match said.code {
                5 => assert_eq!(said.out, ""),
                4 => assert!(!said.out.contains("\"clear\""), "{}", said.out),
                code => assert_eq!((code, &said.out), (0, &sound.out), "{}", path.display()),
            }
            damaged += usize::from(said.code == 5);
        }
        std::fs::write(&path, bytes).unwrap();
    }
    assert!(damaged > 10, "{damaged}");
}
