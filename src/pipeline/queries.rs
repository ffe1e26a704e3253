//! Answers bare queries: who on the lists may this be? A query is a FollowTheMoney party; the
//! answer is a line of the same shape as the open matching services give.

use super::Engine;
use crate::party::PartyKind;
use crate::screening::{Agreement, Band, Feature, Match};
use crate::watchlist::read_ftm_party;
use serde::Serialize;
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
    /// Why the query was not answered: then "no results" says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
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

/// Answers one line; a line that is no query is answered with its error.
#[must_use]
pub fn answer(engine: &Engine, number: usize, line: &str, options: &Options) -> Answer {
    let lists = engine
        .lists
        .iter()
        .map(|list| {
            let published = Some(&list.published).filter(|text| !text.is_empty());
            (list.list.clone(), published.unwrap_or(&list.retrieved).clone())
        })
        .collect();
    let mut answer = Answer { id: number.to_string(), results: Vec::new(), lists, error: None };
    let query = match read_ftm_party(line) {
        Ok(query) => query,
        Err(error) => {
            answer.error = Some(format!("query {number}: {error}"));
            return answer;
        }
    };
    answer.id = query.id.unwrap_or(answer.id);
    match engine.screener.screen(&query.party) {
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
