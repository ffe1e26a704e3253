//! Decides which listings a party may be, how sure that is, and why.
//!
//! Retrieval (tantivy) proposes candidates and never decides; the score and its explanation come
//! from the same call.

mod matched;

pub use matched::{Agreement, Band, Feature, Match, NamePair, NotScreened, TokenPair};
