//! Decides which listings a party may be, how sure that is, and why.
//!
//! Retrieval (tantivy) proposes candidates and never decides; the score and its explanation come
//! from the same call.

mod config;
mod matched;

pub use config::{BandConfig, EvidenceConfig, MatchConfig, MatchConfigError, RetrievalConfig};
pub use matched::{Agreement, Band, Feature, Match, NamePair, NotScreened, TokenPair};
