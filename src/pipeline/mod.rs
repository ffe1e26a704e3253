//! The story, readable in one sitting: open lists and rules once (`engine`), read a portfolio,
//! screen everybody in it (`batch`), answer each subject, write the run folder. One vendor
//! (`check`) and plain queries (`queries`) take the same path.
//!
//! No domain logic stands here: each step is one call into a stage.

mod answer;
pub mod batch;
mod canary;
pub mod check;
pub mod demo;
pub mod engine;
mod everybody;
pub mod guarded;
pub mod import;
pub mod packs;
pub mod queries;
pub mod query_lines;
mod report;
mod run_folder;
mod run_place;
pub mod update;

pub use engine::Engine;
pub use report::{Canaries, RunReport};
pub use run_place::{PlaceError, RunPlace};
