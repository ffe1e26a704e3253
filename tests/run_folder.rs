//! Where a run folder may stand, what it replaces, who can read it, and what is left of a run that
//! was killed.

use crate::support::command::{Home, Said, contents};
use assert_cmd::Command;
use std::path::Path;

/// A run of the demonstration from a folder of the user's.
fn run_in(home: &Home, folder: &str, out: &str) -> Said {
    let output = Command::cargo_bin("diligence")
        .unwrap()
        .current_dir(home.path(folder))
        .env_clear()
        .env("DILIGENCE_DATA_DIR", home.path("data"))
        .args(["screen", "--demo", "--date", "2026-11-21", "--out", out])
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn demo(home: &Home, out: &str) -> Said {
    run_in(home, ".", out)
}

/// Asserts that a run into `out` is refused for `reason` and changes no file of the user's.
fn refused(home: &Home, args: &[&str], reason: &str) {
    let before = contents(&home.path("."));
    let said = home.run(args);
    assert_eq!(said.code, 2, "{}{}", said.out, said.err);
    assert!(said.err.contains(reason), "{reason} in {}", said.err);
    let mut after = contents(&home.path("."));
    after.retain(|name, _| !name.ends_with(".lock"));
    let mut before = before;
    before.retain(|name, _| !name.ends_with(".lock"));
    assert!(before == after, "{:?} became {:?}", before.keys(), after.keys());
}

/// Names in the user's folder that staging leaves.
fn staging(home: &Home) -> Vec<String> {
    let names = std::fs::read_dir(home.path(".")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".run-")).collect()
}

#[test]
fn an_earlier_run_is_replaced_also_from_inside_it() {
    let home = Home::new();
    assert_eq!(demo(&home, "run").code, 0);
    for (folder, out) in [(".", "run"), ("run", "../run"), ("run", ".")] {
        let said = run_in(&home, folder, out);
        assert_eq!(said.code, 0, "{folder} {out}: {}", said.err);
        assert!(home.path("run/run.json").is_file(), "{folder} {out}");
        assert!(home.path("run/dossiers").is_dir(), "{folder} {out}");
        assert_eq!(staging(&home), [""; 0]);
    }
}

#[test]
fn a_folder_with_anything_of_the_users_is_refused_by_name_and_stays() {
    let home = Home::new();
    assert_eq!(demo(&home, "run").code, 0);
    let args = ["screen", "--demo", "--out", "run"];
    home.write("run/decision.txt", "hold until March");
    refused(&home, &args, "found 'decision.txt'");
    std::fs::remove_file(home.path("run/decision.txt")).unwrap();
    home.write("run/dossiers/notes.html", "mine");
    refused(&home, &args, "found 'dossiers/notes.html'");
    std::fs::remove_file(home.path("run/dossiers/notes.html")).unwrap();
    std::fs::create_dir(home.path("run/lists")).unwrap();
    refused(&home, &args, "found 'lists'");
    std::fs::remove_dir(home.path("run/lists")).unwrap();
    home.write("run/run.json", "{\"scripts\": {}}");
    refused(&home, &args, "no run.json of an earlier run");
    home.write("web/run.json", "{\"scripts\": {}}");
    refused(&home, &["screen", "--demo", "--out", "web"], "no run.json of an earlier run");
    home.write("file", "text");
    refused(&home, &["screen", "--demo", "--out", "file"], "found 'a file'");
}

#[test]
fn the_input_is_never_written_over_into_or_around() {
    let home = Home::new();
    home.write("all/p/parties.csv", "id,kind,name,country\nA,company,Nordlicht GmbH,DE\n");
    for out in ["all/p", "all/p/run", "all", "all/p/../p", "all/p/parties.csv"] {
        refused(&home, &["screen", "all/p", "--out", out], "apart from the input");
    }
    refused(&home, &["screen", "all/p/parties.csv", "--out", "all/p"], "apart from the input");
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_its_target_and_one_that_leads_nowhere_is_refused() {
    let home = Home::new();
    std::fs::create_dir(home.path("disk")).unwrap();
    std::os::unix::fs::symlink(home.path("disk"), home.path("link")).unwrap();
    assert_eq!(demo(&home, "link").code, 0);
    assert!(home.path("link").is_symlink());
    assert!(home.path("disk/run.json").is_file());
    std::os::unix::fs::symlink(home.path("gone"), home.path("nowhere")).unwrap();
    let said = demo(&home, "nowhere");
    assert_eq!(said.code, 2);
    assert!(said.err.contains("leads nowhere"), "{}", said.err);
    assert!(home.path("nowhere").is_symlink());
}

#[test]
fn two_runs_into_one_folder_do_not_meet() {
    let home = Home::new();
    let lock = std::fs::File::create(home.path(".run.lock")).unwrap();
    lock.try_lock().unwrap();
    let said = demo(&home, "run");
    assert_eq!(said.code, 6, "{}", said.err);
    assert!(said.err.contains("already running"), "{}", said.err);
    assert!(!home.path("run").exists());
    assert_eq!(demo(&home, "other").code, 0);
    drop(lock);
    assert_eq!(demo(&home, "run").code, 0);
}

#[test]
fn what_killed_runs_left_is_swept_and_other_folders_stay() {
    let home = Home::new();
    assert_eq!(demo(&home, "run").code, 0);
    for left in [".run-run-Ab3dE9", ".run-run-Zz9yX1-old"] {
        home.write(&format!("{left}/results.jsonl"), "{\"caption\":\"Ilse Brandhofer\"}\n");
    }
    // Of a run into `run-a`, and no staging folder at all.
    let others = [".run-notes", ".run-run-a-Ab3dE9"];
    for other in others {
        home.write(&format!("{other}/results.jsonl"), "");
    }
    assert_eq!(demo(&home, "run").code, 0);
    let mut left = staging(&home);
    left.sort();
    assert_eq!(left, others);
}

#[test]
fn a_run_that_was_moved_aside_when_the_new_one_was_killed_is_put_back() {
    let home = Home::new();
    assert_eq!(demo(&home, "run").code, 0);
    let before = contents(&home.path("run"));
    std::fs::rename(home.path("run"), home.path(".run-run-Ab3dE9-old")).unwrap();
    home.write("p.csv", "no,such,columns\n1,2,3\n");
    let said = home.run(&["screen", "p.csv", "--out", "run"]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(before == contents(&home.path("run")));
    assert_eq!(staging(&home), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_run_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    assert_eq!(demo(&home, "run").code, 0);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.path("run")), 0o700);
    assert_eq!(mode(&home.path("run/dossiers")), 0o700);
    let files = contents(&home.path("run"));
    assert!(files.len() > 10);
    for name in files.keys() {
        assert_eq!(mode(&home.path("run").join(name)), 0o600, "{name}");
    }
}
