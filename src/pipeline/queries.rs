//! Answers bare queries: who on the lists may this be? A query is a FollowTheMoney party; the
//! answer is a line of the same shape as the open matching services give.

use super::Engine;
use super::query_lines::{LineFault, QueryLine};
use crate::party::PartyKind;
use crate::screening::{Agreement, Band, Feature, Match};
use crate::watchlist::{FtmQuery, QueryError, read_ftm_party};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What to leave out of an answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// At most so many results.
    pub limit: Option<usize>,
    /// Only results with at least this score, in [0, 1].
    pub threshold: Option<f64>,
}

/// The answer to one query.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// The query's id; its line number when it has none.
    pub id: String,
    /// Results, best first.
    pub results: Vec<QueryResult>,
    /// Edition of each list asked: publisher's date, or retrieval time.
    pub lists: BTreeMap<String, String>,
    /// The same editions by name, with the time of retrieval and the state of the list.
    pub list_states: BTreeMap<String, AskedList>,
    /// Lists that cannot be relied on: "no results" says nothing about what stands on them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreliable: Vec<Unreliable>,
    /// Why the query was not answered: then "no results" says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A list that was asked.
#[derive(Debug, Clone, Serialize)]
pub struct AskedList {
    /// Name of the edition; empty without one.
    pub edition: String,
    /// When it was retrieved: what its age counts from.
    pub retrieved: String,
    /// How far it may be relied on, and what people decided about it.
    pub state: String,
}

/// A list that cannot be relied on.
#[derive(Debug, Clone, Serialize)]
pub struct Unreliable {
    /// Name of the list.
    pub list: String,
    /// Why.
    pub reason: String,
}

/// A listing that may be the one asked for.
#[derive(Debug, Clone, Serialize)]
pub struct QueryResult {
    /// `list:id`.
    pub id: String,
    /// The entry's caption.
    pub caption: String,
    /// FollowTheMoney schema.
    pub schema: &'static str,
    /// Lists it stands on.
    pub datasets: Vec<String>,
    /// What it means.
    pub topics: Vec<String>,
    /// Identity confidence in [0, 1], four decimals.
    pub score: f64,
    /// Whether it reaches the alert threshold.
    #[serde(rename = "match")]
    pub is_match: bool,
    /// Band of the score.
    pub band: Band,
    /// Evidence by name.
    pub features: BTreeMap<String, QueryFeature>,
}

/// One piece of evidence.
#[derive(Debug, Clone, Serialize)]
pub struct QueryFeature {
    /// agree, conflict, missing.
    pub verdict: Agreement,
    /// What it added.
    pub weight: f64,
    /// Why.
    pub note: String,
}

/// Answers one line; a line that is no query is answered with its error, under its own id when it
/// has one.
#[must_use]
pub fn answer(engine: &Engine, line: &QueryLine, options: &Options) -> Answer {
    let number = line.number;
    let id = match &line.text {
        Ok(text) | Err(LineFault::NotUtf8 { lossy: text }) => own_id(text),
        Err(LineFault::TooLong) => None,
    };
    let mut answer = bare(engine, id.unwrap_or_else(|| number.to_string()));
    let query = match &line.text {
        Ok(text) => read(text),
        Err(fault) => Err(fault.to_string()),
    };
    match query.and_then(|query| engine.screen(&query.party).map_err(|e| e.to_string())) {
        Ok(matches) => {
            let floor = options.threshold.unwrap_or(0.0);
            answer.results = matches
                .iter()
                .filter(|found| found.score >= floor)
                .take(options.limit.unwrap_or(usize::MAX))
                .map(result)
                .collect();
        }
        Err(reason) => answer.error = Some(format!("query {number}: {reason}")),
    }
    answer
}

/// An answer without results yet.
fn bare(engine: &Engine, id: String) -> Answer {
    let edition = |list: &crate::dossier::ListLine| {
        let published = Some(&list.published).filter(|text| !text.is_empty());
        (list.list.clone(), published.unwrap_or(&list.retrieved).clone())
    };
    let asked = |list: &crate::dossier::ListLine| {
        let (edition, retrieved) = (list.edition.clone(), list.retrieved.clone());
        (list.list.clone(), AskedList { edition, retrieved, state: list.state.clone() })
    };
    let unreliable = engine
        .unreliable_lists
        .iter()
        .map(|(list, reason)| Unreliable { list: list.clone(), reason: reason.clone() });
    Answer {
        id,
        results: Vec::new(),
        lists: engine.lists.iter().map(edition).collect(),
        list_states: engine.lists.iter().map(asked).collect(),
        unreliable: unreliable.collect(),
        error: None,
    }
}

/// The id a line carries, also one that is no query.
fn own_id(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line).ok()?;
    value.get("id")?.as_str().filter(|id| !id.is_empty()).map(str::to_owned)
}

/// Reads a query. The JSON reader's own words are for whoever writes syntax errors; about JSON of
/// another shape it talks of this program's types, which says nothing to the asker.
fn read(line: &str) -> Result<FtmQuery, String> {
    read_ftm_party(line).map_err(|error| match error {
        QueryError::Json(syntax) if syntax.is_syntax() || syntax.is_eof() => {
            format!("expected a JSON object with schema and properties; found: {syntax}")
        }
        QueryError::Json(_) => {
            "expected a JSON object with schema and properties, each property a text or a list \
             of texts"
                .to_owned()
        }
        other => other.to_string(),
    })
}

fn result(found: &Match) -> QueryResult {
    let listing = &found.listing;
    QueryResult {
        id: listing.reference(),
        caption: listing.party.caption().to_owned(),
        schema: listing.party.kind.map_or("LegalEntity", PartyKind::schema),
        datasets: vec![listing.list.clone()],
        topics: listing.topics.iter().map(|topic| topic.code().to_owned()).collect(),
        score: found.score,
        is_match: true,
        band: found.band,
        features: found.features.iter().map(feature).collect(),
    }
}

fn feature(feature: &Feature) -> (String, QueryFeature) {
    let Feature { verdict, weight, note, .. } = feature;
    let seen = QueryFeature { verdict: *verdict, weight: *weight, note: note.clone() };
    (feature.feature.clone(), seen)
}
