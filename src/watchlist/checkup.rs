//! Decides what is wrong with a list that is here, and what to do about it: for the monitoring of a
//! morning, before anybody is screened.
//!
//! Beyond the state, the listings are read and compared with the fingerprint of their manifest: a
//! snapshot that is not what it says it is cannot be relied on, whatever its age.

use super::import::with_causes;
use super::{ListSource, ListStore, Reliance, is_fetchable};
use jiff::Timestamp;
use serde::Serialize;

/// One list, looked at closely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checkup {
    /// Name of the list.
    pub list: String,
    /// Somebody imported it or tried to: it counts.
    pub known: bool,
    /// How far it may be relied on.
    pub reliance: Reliance,
    /// What is stored cannot be read or is not what its manifest describes.
    pub damaged: bool,
    /// The state in a sentence, for a person.
    pub sentence: String,
    /// What to do next; `None` when all is well.
    pub next: Option<String>,
}

impl Checkup {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_well(&self) -> bool {
        !self.damaged && (!self.known || self.reliance == Reliance::Current)
    }
}

/// Looks at a list closely.
#[must_use]
pub fn check_up(store: &ListStore, source: &ListSource, now: Timestamp) -> Checkup {
    let name = source.name.as_str();
    let state = store.state(source, now);
    let notes = store.held(name).and_then(|held| Ok((held, store.checked(name)?)));
    let listings = store.current(name).and_then(|snapshot| match snapshot {
        Some(snapshot) => snapshot.listings().map(|_| true),
        None => Ok(false),
    });
    let tried = notes.as_ref().is_ok_and(|(held, checked)| {
        held.is_some() || checked.failed.is_some() || checked.confirmed.is_some()
    });
    let is_there = listings.as_ref().is_ok_and(|is_there| *is_there);
    let fault = listings.err().or(notes.err());
    let damaged = fault.is_some();
    let known = damaged || tried || is_there;
    let reliance = if damaged { Reliance::HardStale } else { state.reliance };
    let sentence = fault.map_or(state.sentence, |fault| {
        format!("what is stored cannot be relied on: {}", with_causes(&fault))
    });
    let list = name.to_owned();
    let mut checkup = Checkup { list, known, reliance, damaged, sentence, next: None };
    checkup.next = (!checkup.is_well() || !known).then(|| next(source, &checkup));
    checkup
}

/// What to do about a list that is not as it should be.
fn next(source: &ListSource, checkup: &Checkup) -> String {
    let name = &source.name;
    let get = if is_fetchable(source) {
        format!("diligence lists update {name}")
    } else {
        format!("diligence lists import {name} FILES")
    };
    match checkup.reliance {
        _ if checkup.damaged => format!("find out who touched it, then replace it: {get}"),
        Reliance::Held => format!("look at the reasons; with a better edition: {get}"),
        _ => get,
    }
}
