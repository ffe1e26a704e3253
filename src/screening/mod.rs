//! Decides which listings a party may be, how sure that is, and why.
//!
//! Retrieval (tantivy) proposes candidates and never decides; the score and its explanation come
//! from the same call.

mod binding;
mod birth;
mod confidence;
mod config;
mod evidence;
mod index;
mod matched;
mod retrieval_keys;
mod screener;

pub use config::{BandConfig, EvidenceConfig, MatchConfig, MatchConfigError, RetrievalConfig};
pub use index::{IndexError, IndexStats, build_index};
pub use matched::{Agreement, Band, Feature, Match, NamePair, NotScreened, TokenPair};
pub use screener::Screener;
