//! Going back in time: nobody does so by accident, and whoever does so on purpose is not overruled
//! by the next update.

use crate::lists_real::{declared, options};
use crate::support::fault_server::{Answer, Asked, FaultServer};
use crate::support::fetching::{Subscriber, newer_un_file, un_file};
use diligence::watchlist::{
    Canary, CanaryAnswer, Decision, ImportOptions, ImportReport, ListSource, ListStore, Listing,
    Reliance, Trip, Updated, import_list, roll_back,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Imports one file of a list as retrieved at a time; the time is also now.
fn import(store: &ListStore, source: &ListSource, text: &str, retrieved: &str) -> ImportReport {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.json");
    std::fs::write(&path, text).unwrap();
    let retrieved = retrieved.parse().unwrap();
    let at = ImportOptions { retrieved, now: retrieved, ..options() };
    import_list(store, source, &[path], &at, &|_, _| Ok(())).unwrap()
}

fn company(name: &str) -> String {
    format!("{{\"id\":\"1\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"{name}\"]}}}}\n")
}

fn decision() -> Decision {
    let when = "2026-03-05T00:00:00.123456789Z".parse().unwrap();
    Decision { by: "kim".to_owned(), reason: "half of it is missing".to_owned(), when }
}

fn go_back(store: &ListStore, list: &str) {
    let all_hit = |_: &std::path::Path, _: &[Listing], asked: &[Canary<'_>]| {
        Ok(vec![CanaryAnswer::Hit; asked.len()])
    };
    roll_back(store, list, None, &decision(), &all_hit).unwrap();
}

#[test]
fn an_undated_edition_retrieved_earlier_is_held() {
    let folder = tempfile::tempdir().unwrap();
    let store = ListStore::new(folder.path().to_owned());
    let source = ListSource::ftm("own").unwrap();
    assert!(import(&store, &source, &company("A Trading"), "2026-03-02T00:00:00Z").is_published());
    let older = import(&store, &source, &company("B Trading"), "2026-03-01T00:00:00Z");
    assert!(matches!(older.trips.as_slice(), [Trip::RetrievedEarlier { .. }]), "{:?}", older.trips);
    assert!(import(&store, &source, &company("C Trading"), "2026-03-02T00:00:00Z").is_published());
}

#[test]
fn the_edition_somebody_went_back_from_is_held_when_it_is_imported_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = ListStore::new(folder.path().to_owned());
    let source = ListSource::ftm("own").unwrap();
    import(&store, &source, &company("A Trading"), "2026-03-01T00:00:00Z");
    import(&store, &source, &company("B Trading"), "2026-03-02T00:00:00Z");
    go_back(&store, "own");
    let again = import(&store, &source, &company("B Trading"), "2026-03-06T00:00:00Z");
    let told = again.trips.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    assert!(told.contains("kim went back because half of it is missing"), "{told}");
    assert!(import(&store, &source, &company("C Trading"), "2026-03-07T00:00:00Z").is_published());
}

#[test]
fn an_update_does_not_overrule_who_went_back() {
    let newer = Arc::new(AtomicBool::new(false));
    let is_newer = Arc::clone(&newer);
    let server = FaultServer::start(move |_: &Asked| {
        let file = if is_newer.load(Ordering::SeqCst) { newer_un_file() } else { un_file() };
        Answer::file(&file)
    });
    let subscriber = Subscriber::of(&[&server]);
    assert!(matches!(subscriber.update_at("2026-03-03T06:00:00Z"), Ok(Updated::Imported(_))));
    newer.store(true, Ordering::SeqCst);
    assert!(matches!(subscriber.update_at("2026-03-04T06:00:00Z"), Ok(Updated::Imported(_))));
    go_back(&subscriber.store, "un_sc");
    let in_use = subscriber.in_use();
    let update = subscriber.update_at("2026-03-06T05:00:00Z").unwrap();
    assert!(matches!(update, Updated::TakenBack { .. }), "{update:?}");
    assert_eq!(subscriber.in_use(), in_use);
    let (reliance, told) = subscriber.state_at("2026-03-06T05:00:00Z");
    assert_eq!(reliance, Reliance::Stale, "it ages from its own retrieval: {told}");
    assert!(told.contains("by kim on 2026-03-05 00:00Z because half of it is missing"), "{told}");
}

#[test]
fn an_old_edition_and_a_missing_file_are_told_wherever_the_list_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = ListStore::new(folder.path().to_owned());
    let mut source = declared("un_sc");
    source.guards.min_records.clear();
    source.guards.max_reject_percent = 100.0;
    let text = String::from_utf8(un_file()).unwrap();
    let report = import(&store, &source, &text, "2026-03-30T00:00:00Z");
    assert!(report.is_published(), "{:?}", report.trips);
    let state = store.state(&source, "2026-03-30T01:00:00Z".parse().unwrap());
    assert_eq!(state.remarks, ["published 31 days before it was retrieved: an old edition"]);
    let mut with_more = source.clone();
    let mut comments = with_more.files[0].clone();
    (comments.role, comments.patterns) = ("aliases".to_owned(), vec!["alt.csv".to_owned()]);
    with_more.files.push(comments);
    let state = store.state(&with_more, "2026-03-30T01:00:00Z".parse().unwrap());
    assert_eq!(state.remarks[0], "imported without a file for 'aliases' (alt.csv)");
}
