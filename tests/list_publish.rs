//! What is in use is always one edition, whole: whatever is held, approved, taken back, read at the
//! same time or killed. And what people decided is told wherever the list is relied on.

use crate::lists_real::{declared, options};
use crate::support::command::{Home, Said, fixture};
use diligence::watchlist::{
    Canary, CanaryAnswer, Decision, DecisionError, HistoryAction, ImportError, ImportOptions,
    ImportReport, KEPT_EDITIONS, ListSource, ListStore, Listing, Reliance, Step, StoreError, Trip,
    approve, import_list, roll_back,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// A list of entries whose names all tell of `mark`.
fn lines(mark: &str, count: usize) -> String {
    let line = |at: usize| {
        format!(
            "{{\"id\":\"e{at}\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"{mark} {at} Trading\"],\
             \"country\":[\"de\"],\"topics\":[\"sanction\"]}}}}\n"
        )
    };
    (0..count).map(line).collect()
}

/// A data folder, files to import into it, and an hour that goes on with every import.
struct Desk {
    folder: tempfile::TempDir,
    store: ListStore,
    source: ListSource,
    hour: AtomicUsize,
}

/// Answers that every name is found.
fn all_hit(
    _: &Path,
    _: &[Listing],
    asked: &[Canary<'_>],
) -> Result<Vec<CanaryAnswer>, Box<dyn std::error::Error + Send + Sync>> {
    Ok(vec![CanaryAnswer::Hit; asked.len()])
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = ListStore::new(folder.path().join("data"));
        let source = ListSource::ftm("own").unwrap();
        Self { folder, store, source, hour: AtomicUsize::new(0) }
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("data/lists/own")
    }

    fn import(&self, text: &str) -> Result<ImportReport, ImportError> {
        let path = self.folder.path().join("own.json");
        fs::write(&path, text).unwrap();
        let hour = self.hour.fetch_add(1, Ordering::SeqCst);
        let retrieved = format!("2026-03-{:02}T{:02}:00:00Z", 1 + hour / 24, hour % 24);
        let retrieved = retrieved.parse().unwrap();
        let at = ImportOptions { retrieved, now: retrieved, ask: Some(&all_hit), ..options() };
        import_list(&self.store, &self.source, &[path], &at, &|dir, listings| {
            fs::write(dir.join("count"), listings.len().to_string()).map_err(Into::into)
        })
    }

    fn published(&self, text: &str) -> String {
        let report = self.import(text).unwrap();
        assert_eq!((report.trips.as_slice(), report.reached), (&[][..], Step::Published));
        report.manifest.edition
    }

    fn current(&self) -> String {
        self.store.current("own").unwrap().unwrap().manifest.edition
    }

    fn approve(&self, reason: &str) -> Result<String, DecisionError> {
        let decision = decision(reason);
        approve(&self.store, "own", &decision, &all_hit).map(|manifest| manifest.edition)
    }

    fn roll_back(&self, edition: Option<&str>) -> Result<String, DecisionError> {
        let decision = decision("entries are missing");
        roll_back(&self.store, "own", edition, &decision, &all_hit).map(|(mark, _)| mark.to)
    }

    fn actions(&self) -> Vec<(HistoryAction, String)> {
        let history = self.store.history("own").unwrap();
        history.into_iter().map(|entry| (entry.action, entry.edition)).collect()
    }

    fn sentence(&self) -> String {
        self.store.state(&self.source, "2026-03-02T00:00:00Z".parse().unwrap()).sentence
    }
}

fn decision(reason: &str) -> Decision {
    let when = "2026-03-01T12:00:00Z".parse().unwrap();
    Decision { by: "ana".to_owned(), reason: reason.to_owned(), when }
}

#[test]
fn a_held_edition_is_kept_whole_and_approval_puts_it_in_use_and_says_so() {
    let desk = Desk::new();
    let old = desk.published(&lines("Volkhov", 100));
    let held = desk.import(&lines("Volkhov", 50)).unwrap();
    assert_eq!(held.reached.next(), Step::Guarded);
    assert_eq!(desk.current(), old);
    let mark = desk.store.held("own").unwrap().unwrap();
    assert_eq!(mark.stopped_at, Some(Step::Guarded));
    let kept = desk.store.held_edition("own").unwrap().unwrap();
    assert_eq!(kept.listings().unwrap().len(), 50);
    assert_eq!(fs::read_to_string(kept.index_dir().join("count")).unwrap(), "50");
    assert_eq!(desk.store.editions("own").unwrap().len(), 1, "it is no edition yet");

    let edition = desk.approve("the committee confirmed the removals").unwrap();
    assert_eq!(
        (edition.as_str(), desk.current()),
        (held.manifest.edition.as_str(), edition.clone())
    );
    let manifest = desk.store.current("own").unwrap().unwrap().manifest;
    let approved = manifest.approved.unwrap();
    assert_eq!(approved.by, "ana");
    assert!(approved.trips[0].contains("fewer records"), "{:?}", approved.trips);
    assert_eq!(desk.store.held("own").unwrap(), None);
    assert_eq!(desk.store.held_edition("own").unwrap(), None);
    let told = desk.sentence();
    assert!(told.contains("approved by ana") && told.contains("the committee confirmed"), "{told}");
    let actions = desk.actions();
    assert_eq!(
        actions,
        [
            (HistoryAction::Published, old),
            (HistoryAction::Held, edition.clone()),
            (HistoryAction::Approved, edition)
        ]
    );
    let last = desk.store.history("own").unwrap().pop().unwrap();
    assert_eq!((last.by.as_str(), last.reasons.len()), ("ana", 1 + approved.trips.len()));
}

#[test]
fn what_cannot_be_approved_says_why_and_changes_nothing() {
    let desk = Desk::new();
    let old = desk.published(&lines("Volkhov", 100));
    let refused = |words: &str| {
        let error = desk.approve("because").unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(desk.current(), old);
    };
    refused("the last import was not held");
    desk.import(&lines("Volkhov", 50)).unwrap();
    for reason in ["", " \t"] {
        assert!(matches!(desk.approve(reason), Err(DecisionError::NoReason { .. })));
    }
    desk.import("<!doctype html><html></html>").unwrap_err();
    assert_eq!(desk.store.held("own").unwrap().unwrap().stopped_at, Some(Step::Parsed));
    refused("cannot be approved");
    desk.import("").unwrap_err();
    assert_eq!(desk.store.held("own").unwrap().unwrap().stopped_at, Some(Step::Verified));
    refused("empty file");
    assert_eq!(desk.store.held_edition("own").unwrap(), None, "the older held one is gone");
    let failing = |_: &Path, _: &[Listing], _: &[Canary<'_>]| Err("no index".into());
    desk.import(&lines("Volkhov", 50)).unwrap();
    let error = approve(&desk.store, "own", &decision("because"), &failing).unwrap_err();
    assert!(matches!(error, DecisionError::Index { .. }), "{error}");
    assert_eq!(desk.current(), old);
    let listings = desk.dir().join("held/listings.jsonl");
    fs::write(&listings, lines("Other", 1)).unwrap();
    let error = desk.approve("because").unwrap_err();
    assert!(matches!(error, DecisionError::Store(StoreError::Integrity { .. })), "{error}");
}

#[test]
fn an_approval_that_was_killed_half_way_can_be_given_again() {
    let desk = Desk::new();
    desk.published(&lines("Volkhov", 100));
    let edition = desk.import(&lines("Volkhov", 50)).unwrap().manifest.edition;
    // The manifest was rewritten, the folder moved into place, and then the process was killed.
    let manifest = desk.dir().join("held/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value["held_for"] = serde_json::json!([]);
    fs::write(&manifest, value.to_string()).unwrap();
    fs::rename(desk.dir().join("held"), desk.dir().join(&edition)).unwrap();
    fs::write(desk.dir().join(".PUBLISHING"), &edition).unwrap();
    assert_eq!(desk.store.current("own").unwrap().unwrap().manifest.records, 100);
    assert_eq!(desk.approve("confirmed").unwrap(), edition);
    let approved = desk.store.current("own").unwrap().unwrap().manifest.approved.unwrap();
    assert!(approved.trips[0].contains("fewer records"), "{:?}", approved.trips);
    assert_eq!(desk.store.editions("own").unwrap().len(), 2);
}

#[test]
fn a_decision_about_a_list_that_was_never_imported_leaves_no_trace() {
    let desk = Desk::new();
    assert!(matches!(desk.approve("because"), Err(DecisionError::NothingHeld { .. })));
    assert!(matches!(desk.roll_back(None), Err(DecisionError::NothingOlder { .. })));
    assert_eq!(desk.store.names().unwrap(), [""; 0]);
}

#[test]
fn a_list_of_nobody_is_held_and_cannot_be_approved() {
    let desk = Desk::new();
    let nobody = r#"{"id":"p","schema":"Position","properties":{"name":["Minister"]}}"#;
    let report = desk.import(nobody).unwrap();
    assert!(report.trips.contains(&Trip::NoRecords), "{:?}", report.trips);
    assert!(matches!(desk.approve("because"), Err(DecisionError::NotApprovable { .. })));
}

#[test]
fn a_canary_that_is_missed_holds_the_edition_and_names_the_entry() {
    let desk = Desk::new();
    let path = desk.folder.path().join("own.json");
    fs::write(&path, lines("Volkhov", 300)).unwrap();
    let import = |ask: &dyn Fn(&[Canary<'_>]) -> Vec<CanaryAnswer>| {
        let ask = |_: &Path, _: &[Listing], asked: &[Canary<'_>]| Ok(ask(asked));
        let at = ImportOptions { ask: Some(&ask), ..options() };
        import_list(&desk.store, &desk.source, std::slice::from_ref(&path), &at, &|_, _| Ok(()))
            .unwrap()
    };
    let missed = |asked: &[Canary<'_>]| {
        let hit = |c: &Canary<'_>| c.listing.id != asked[7].listing.id;
        asked
            .iter()
            .map(|c| if hit(c) { CanaryAnswer::Hit } else { CanaryAnswer::Missed })
            .collect()
    };
    let report = import(&missed);
    let told = report.trips[0].to_string();
    assert!(told.contains("missed 1: own:e"), "{told}");
    assert_eq!(report.reached.next(), Step::CanaryQueried);
    assert_eq!(desk.store.current("own").unwrap(), None);
    let count = report.manifest.canaries;
    assert_eq!((count.asked, count.hit), (250, 249));
    let all = import(&|asked| vec![CanaryAnswer::Hit; asked.len()]);
    assert!(all.is_published());
    assert_eq!(all.manifest.canaries.hit, 250);
}

#[test]
fn a_field_that_is_gone_and_entries_under_new_numbers_are_held() {
    let desk = Desk::new();
    let before = lines("Volkhov", 100);
    desk.published(&before);
    let renamed = desk.import(&before.replace("\"country\"", "\"land\"")).unwrap();
    let emptied = Trip::FieldEmptied {
        field: "country",
        limit_percent: 50.0,
        had: 100,
        of_before: 100,
        has: 0,
        of: 100,
    };
    assert_eq!(renamed.trips, [emptied]);
    let renumber = |below: usize| -> String {
        let lines = before.lines().enumerate();
        let new = |(at, line): (usize, &str)| match at < below {
            true => line.replace("\"id\":\"e", "\"id\":\"n") + "\n",
            false => format!("{line}\n"),
        };
        lines.map(new).collect()
    };
    let held = desk.import(&renumber(11)).unwrap();
    assert_eq!(held.trips, [Trip::Renumbered { renumbered: 11, of: 100, limit_percent: 10.0 }]);
    desk.published(&renumber(10));
}

#[test]
fn a_rollback_goes_to_the_edition_before_and_is_told_until_the_next_publish() {
    let desk = Desk::new();
    let editions: Vec<String> =
        (0..3).map(|at| desk.published(&lines(&format!("Volkhov {at}"), 50))).collect();
    assert_eq!(desk.roll_back(None).unwrap(), editions[1]);
    assert_eq!(desk.current(), editions[1]);
    let told = desk.sentence();
    let words = format!("rolled back from {} by ana", editions[2]);
    assert!(told.contains(&words) && told.contains("because entries are missing"), "{told}");
    assert!(told.contains("retrieved 23 hours ago"), "as old as that edition: {told}");
    assert_eq!(desk.roll_back(None).unwrap(), editions[0], "and one more");
    assert!(matches!(desk.roll_back(None), Err(DecisionError::NothingOlder { .. })));
    assert_eq!(desk.roll_back(Some(&editions[2])).unwrap(), editions[2], "forward by name");
    let error = desk.roll_back(Some(&editions[2])).unwrap_err();
    assert!(matches!(error, DecisionError::InUse { .. }), "{error}");
    let error = desk.roll_back(Some("1999")).unwrap_err();
    assert!(matches!(error, DecisionError::Store(StoreError::UnknownEdition { .. })), "{error}");
    desk.published(&lines("Volkhov 3", 50));
    assert!(!desk.sentence().contains("rolled back"), "{}", desk.sentence());
    let backs = desk.actions().into_iter().filter(|(a, _)| *a == HistoryAction::RolledBack);
    assert_eq!(backs.count(), 3);
}

#[test]
fn nobody_goes_back_to_a_damaged_edition() {
    let desk = Desk::new();
    let old = desk.published(&lines("Volkhov 0", 50));
    let new = desk.published(&lines("Volkhov 1", 50));
    fs::write(desk.dir().join(&old).join("listings.jsonl"), "{}\n").unwrap();
    let error = desk.roll_back(None).unwrap_err();
    assert!(matches!(error, DecisionError::Store(StoreError::Integrity { .. })), "{error}");
    assert_eq!(desk.current(), new);
    let missed =
        |_: &Path, _: &[Listing], asked: &[Canary<'_>]| Ok(vec![CanaryAnswer::Missed; asked.len()]);
    let third = desk.published(&lines("Volkhov 2", 50));
    let back = roll_back(&desk.store, "own", Some(&new), &decision("x"), &missed);
    assert!(matches!(back, Err(DecisionError::CanariesMissed { .. })), "{back:?}");
    assert_eq!(desk.current(), third);
}

#[test]
fn an_edition_somebody_has_open_is_kept_until_it_is_closed() {
    let desk = Desk::new();
    desk.published(&lines("Volkhov", 20));
    let open = desk.store.current("own").unwrap().unwrap();
    for at in 0..7 {
        desk.published(&lines(&format!("Meridian {at}"), 20));
    }
    assert_eq!(open.listings().unwrap().len(), 20);
    assert_eq!(desk.store.editions("own").unwrap().len(), KEPT_EDITIONS + 1);
    drop(open);
    desk.published(&lines("Meridian 7", 20));
    assert_eq!(desk.store.editions("own").unwrap().len(), KEPT_EDITIONS);
}

#[test]
fn a_first_edition_on_its_way_is_not_published_yet_and_not_damage() {
    let desk = Desk::new();
    let edition = desk.published(&lines("Volkhov", 5));
    fs::remove_file(desk.dir().join("CURRENT")).unwrap();
    assert!(desk.store.current("own").unwrap_err().is_integrity(), "a lost pointer is damage");
    fs::write(desk.dir().join(".PUBLISHING"), format!("{edition}\n")).unwrap();
    assert_eq!(desk.store.current("own").unwrap(), None);
    desk.published(&lines("Meridian", 5));
    assert_eq!(desk.store.editions("own").unwrap().len(), 1, "the half-published one is gone");
    assert!(!desk.dir().join(".PUBLISHING").exists());
}

#[test]
fn a_publish_that_was_killed_before_its_line_is_told_by_the_next_command() {
    let desk = Desk::new();
    let first = desk.published(&lines("Volkhov", 20));
    let history = desk.dir().join("history.jsonl");
    fs::write(&history, "{\"time\":\"2026-03").unwrap();
    let second = desk.published(&lines("Meridian", 20));
    let told = desk.store.history("own").unwrap();
    let editions: Vec<&str> = told.iter().map(|entry| entry.edition.as_str()).collect();
    assert_eq!(editions, [first, second]);
    assert!(told[0].reasons[0].contains("recorded on"), "{:?}", told[0]);
}

/// Tells the readers to stop, also when the writer fails.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Readers see one edition each time, whole, whatever is published, held or taken back meanwhile.
#[test]
fn twelve_readers_see_one_whole_edition_each_while_thirty_publishes_run() {
    let desk = Desk::new();
    desk.published(&lines("Volkhov 0", 40));
    let (done, reads) = (AtomicBool::new(false), AtomicUsize::new(0));
    let seen: Vec<BTreeSet<String>> = std::thread::scope(|scope| {
        let reader = || {
            let mut seen = BTreeSet::new();
            while !done.load(Ordering::SeqCst) {
                let snapshot = desk.store.current("own").unwrap().unwrap();
                let listings = snapshot.listings().unwrap();
                let caption = |l: &Listing| {
                    let words = l.party.caption().split(' ').take(2);
                    words.collect::<Vec<_>>().join(" ")
                };
                let marks: BTreeSet<String> = listings.iter().map(caption).collect();
                assert_eq!(marks.len(), 1, "two editions in one: {marks:?}");
                assert_eq!(listings.len() as u64, snapshot.manifest.records);
                let count = fs::read_to_string(snapshot.index_dir().join("count")).unwrap();
                assert_eq!(count, listings.len().to_string());
                seen.extend(marks);
                reads.fetch_add(1, Ordering::SeqCst);
            }
            seen
        };
        let readers: Vec<_> = (0..12).map(|_| scope.spawn(reader)).collect();
        let stop = Stop(&done);
        for at in 1..=30 {
            let before = desk.current();
            desk.published(&lines(&format!("Volkhov {at}"), 40 + at % 3));
            if at % 3 == 0 {
                let held = desk.import(&lines("Held edition", 10)).unwrap();
                assert!(!held.is_published());
            }
            if at % 5 == 0 {
                desk.roll_back(Some(&before)).unwrap();
            }
        }
        drop(stop);
        readers.into_iter().map(|reader| reader.join().unwrap()).collect()
    });
    let all: BTreeSet<String> = seen.into_iter().flatten().collect();
    println!("{} reads of {} editions", reads.load(Ordering::SeqCst), all.len());
    assert!(!all.contains("Held edition"), "nobody saw what was held");
    assert!(reads.load(Ordering::SeqCst) >= 12);
}

#[test]
fn who_reads_during_the_very_first_publish_sees_nothing_or_all_of_it() {
    let mut early = 0;
    for round in 0..25 {
        let desk = Desk::new();
        let done = AtomicBool::new(false);
        let read = || {
            let mut nothing_yet = 0;
            loop {
                let last = done.load(Ordering::SeqCst);
                match desk.store.current("own").unwrap() {
                    None => nothing_yet += 1,
                    Some(snapshot) => assert_eq!(snapshot.listings().unwrap().len(), 3),
                }
                if last {
                    return nothing_yet;
                }
            }
        };
        early += std::thread::scope(|scope| {
            let readers: Vec<_> = (0..3).map(|_| scope.spawn(read)).collect();
            let stop = Stop(&done);
            desk.published(&lines(&format!("Volkhov {round}"), 3));
            drop(stop);
            readers.into_iter().map(|reader| reader.join().unwrap()).sum::<usize>()
        });
    }
    println!("{early} reads came before the first publish");
}

/// A user whose list has two editions and, on disk, files for more.
fn user() -> Home {
    let home = Home::new();
    home.write("a.json", &lines("Volkhov", 60));
    home.write("b.json", &lines("Meridian", 60));
    home.write("few.json", &lines("Altfeld", 20));
    home
}

fn import(file: &str) -> Vec<&str> {
    vec!["-q", "lists", "import", "--ftm", file, "--as", "own"]
}

/// Starts a command and kills it after so many microseconds; whether it was still running.
fn killed(home: &Home, args: &[&str], after: u64) -> bool {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("diligence"))
        .args(args)
        .current_dir(home.path(""))
        .env_clear()
        .env("DILIGENCE_DATA_DIR", home.path("data"))
        .env("USER", "ana")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_micros(after));
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    running
}

/// What is in use, whole: the first word of all its names, or nothing before the first publish.
fn whole(store: &ListStore) -> Option<String> {
    let snapshot = store.current("own").unwrap()?;
    let listings = snapshot.listings().unwrap();
    let first = |l: &Listing| l.party.caption().split(' ').next().unwrap_or_default().to_owned();
    let marks: BTreeSet<String> = listings.iter().map(first).collect();
    assert_eq!(marks.len(), 1, "{marks:?}");
    assert_eq!(listings.len() as u64, snapshot.manifest.records);
    assert!(snapshot.index_dir().join("meta.json").is_file(), "its index is there");
    marks.into_iter().next()
}

#[test]
fn fifty_killed_commands_leave_the_old_edition_or_the_new_one_whole() {
    let home = user();
    let store = ListStore::new(home.path("data"));
    let allowed = [None, Some("Volkhov"), Some("Meridian"), Some("Altfeld")];
    let mut hit = 0;
    // The first publish of all, again and again, until it comes through.
    let mut wait = 4_000;
    while whole(&store).is_none() {
        hit += usize::from(killed(&home, &import("a.json"), wait));
        wait += wait / 2;
    }
    let approve = ["lists", "approve", "own", "--reason", "a drill", "-q"];
    let back = ["lists", "rollback", "own", "--reason", "a drill", "-q"];
    for round in 0..50_u64 {
        let before = whole(&store);
        let args = match round % 5 {
            0 => import("b.json"),
            1 => import("a.json"),
            2 => import("few.json"),
            3 => approve.to_vec(),
            _ => back.to_vec(),
        };
        // A spread of instants over the time such a command takes, without chance.
        hit += usize::from(killed(&home, &args, 3_000 + (round * 37 % 50) * wait / 40));
        let after = whole(&store);
        assert!(allowed.contains(&after.as_deref()) && after.is_some(), "{before:?} {after:?}");
        let state = home.run(&["lists", "status"]);
        assert!(matches!(state.code, 0 | 4), "{}{}", state.out, state.err);
    }
    println!("{hit} of the commands were killed at work");
    let last = home.run(&import("a.json"));
    assert!(matches!(last.code, 0 | 4), "{}{}", last.out, last.err);
    let left = fs::read_dir(home.path("data/lists/own")).unwrap();
    let left = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let half: Vec<String> = left.filter(|name| name.starts_with(".staging")).collect();
    assert_eq!(half, [""; 0], "the next command clears what was left");
    assert!(hit > 10, "the drill killed something: {hit}");
}

fn check(home: &Home) -> (Said, serde_json::Value) {
    let name = "Nordlicht Messtechnik GmbH";
    let args = ["check", "--name", name, "--kind", "company", "--country", "de", "--lists", "own"];
    let text = home.run(&args);
    let said = home.run(&[&args[..], &["--format", "json"]].concat());
    let json = serde_json::from_str(&said.out).unwrap();
    (text, json)
}

#[test]
fn decisions_are_made_on_the_command_line_and_told_in_every_answer() {
    let home = user();
    assert_eq!(home.run(&import("a.json")).code, 0);
    assert_eq!(home.run(&import("few.json")).code, 4);
    let (text, json) = check(&home);
    assert_eq!((text.code, &json["outcome"]), (4, &"not_screened".into()), "held never clears");
    let without = home.run(&["lists", "approve", "own"]);
    assert_eq!(without.code, 2, "{}", without.err);
    let empty = home.run(&["lists", "approve", "own", "--reason", " ", "--by", "ana"]);
    assert!(empty.code == 2 && empty.err.contains("expected a reason"), "{}", empty.err);
    let approve = ["lists", "approve", "own", "--reason", "confirmed", "--by", "ana"];
    let said = home.run(&approve);
    assert!(said.code == 0 && said.out.contains("in spite of: "), "{}{}", said.out, said.err);
    let (text, json) = check(&home);
    let words = ["approved by ana", ", edition ", ", retrieved 20"];
    assert!(words.iter().all(|words| text.out.contains(words)), "{}", text.out);
    assert_eq!(json["outcome"], "clear");
    assert!(home.run(&["lists", "status"]).out.contains("approved by ana"));

    let back = ["lists", "rollback", "own", "--reason", "too few", "--by", "ben"];
    let said = home.run(&back);
    assert!(said.code == 0 && said.out.contains("rolled back from"), "{}{}", said.out, said.err);
    assert!(check(&home).0.out.contains("by ben"), "the check tells it");
    home.write("p/parties.csv", "id,kind,name,country\nA,company,Nordlicht Messtechnik GmbH,DE\n");
    let args = ["screen", "p", "--lists", "own", "--dossiers", "all", "--out", "run"];
    assert_eq!(home.run(&args).code, 0);
    for file in ["run/run.json", "run/dossiers/A.html", "run/dossiers/A.json", "run/index.html"] {
        let text = fs::read_to_string(home.path(file)).unwrap();
        assert!(text.contains("rolled back from"), "{file}");
    }
    let query = r#"{"id":"q","schema":"Company","properties":{"name":["Volkhov 7 Trading"]}}"#;
    let args = ["match", "--queries", "-", "--lists", "own"];
    let answer: serde_json::Value =
        serde_json::from_str(&home.run_with_input(&args, query).out).unwrap();
    let state = answer["list_states"]["own"]["state"].as_str().unwrap();
    assert!(state.contains("rolled back from"), "{state}");
    let run = fs::read_to_string(home.path("run/run.json")).unwrap();
    let run: serde_json::Value = serde_json::from_str(&run).unwrap();
    let edition = ListStore::new(home.path("data")).current("own").unwrap().unwrap();
    assert_eq!(run["lists"][0]["edition"], edition.manifest.edition);
    assert!(run["lists"][0]["retrieved"].as_str().unwrap().len() > 10);
}

#[test]
fn the_program_asks_its_index_for_names_before_it_publishes() {
    let home = Home::new();
    let said = home.run(&["lists", "import", "demo", &fixture("demo/lists")]);
    assert!(said.out.contains("of its names, found"), "{}", said.out);
    let manifest = ListStore::new(home.path("data")).current("demo").unwrap().unwrap().manifest;
    assert!(manifest.canaries.asked >= 59, "{:?}", manifest.canaries);
    assert_eq!(manifest.canaries.asked, manifest.canaries.hit);
}

#[test]
fn a_list_of_23_hours_clears_one_of_25_is_due_and_older_unknown_or_future_ones_never_clear() {
    for (retrieved, reliance, clears) in [
        ("2026-03-03T13:00:00Z", Reliance::Current, true),
        ("2026-03-03T11:00:00Z", Reliance::Stale, true),
        ("2026-03-01T11:00:00Z", Reliance::HardStale, false),
        ("2026-03-04T13:00:00Z", Reliance::HardStale, false),
    ] {
        let desk = Desk::new();
        let mut source = declared("un_sc");
        source.guards.min_records.clear();
        let at = ImportOptions { retrieved: retrieved.parse().unwrap(), ..options() };
        let path = PathBuf::from(fixture("lists/un_sc_xml/basic"));
        let paths = [path];
        import_list(&desk.store, &source, &paths, &at, &|_, _| Ok(())).unwrap();
        let now = "2026-03-04T12:00:00Z".parse().unwrap();
        let state = desk.store.state(&source, now);
        assert_eq!((state.reliance, state.reliance.may_clear()), (reliance, clears), "{retrieved}");
        source.staleness.hard_hours = None;
        let unknown = desk.store.state(&source, now);
        assert_eq!(unknown.reliance, Reliance::HardStale, "no limit, no clearance");
    }
}

/// The outcome and exit code of a check against a list retrieved at this time.
fn checked_on(retrieved: &str, name: &str) -> (String, i32, String) {
    let home = Home::new();
    home.write("own.json", &lines("Volkhov", 20));
    let args = [import("own.json"), vec!["--retrieved", retrieved]].concat();
    assert_eq!(home.run(&args).code, 0);
    let args = ["check", "--name", name, "--kind", "company", "--country", "de"];
    let more = ["--lists", "own", "--date", "2026-03-04", "--format", "json"];
    let said = home.run(&[&args[..], &more].concat());
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    (json["outcome"].as_str().unwrap().to_owned(), said.code, said.out)
}

#[test]
fn a_list_that_is_too_old_or_from_the_future_may_flag_and_never_clears() {
    let stranger = "Nordlicht Messtechnik GmbH";
    // A list of the user's own is stale after a year.
    for (retrieved, outcome, code) in [
        ("2026-03-03T23:00:00Z", "clear", 0),
        ("2025-11-01T00:00:00Z", "clear", 0),
        ("2025-03-04T00:00:00Z", "not_screened", 4),
        ("2026-03-06T00:00:00Z", "not_screened", 4),
    ] {
        let (found, exit, _) = checked_on(retrieved, stranger);
        assert_eq!((found.as_str(), exit), (outcome, code), "{retrieved}");
        let (listed, _, told) = checked_on(retrieved, "Volkhov 7 Trading");
        assert!(listed != "clear" && told.contains("own:e7"), "{retrieved}: {told}");
    }
}
