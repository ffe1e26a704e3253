//! Decides how a case reads as a document: HTML, JSON, and the table and page over all of them.

mod fields;
mod file_name;
#[expect(unreachable_pub, reason = "the filter macro writes public items into this module")]
mod filters;
mod html;
mod index;
mod json;
mod model;
mod page;
mod row;
mod summary;
mod view;
pub(crate) mod visible;

pub use fields::{engagement_fields, subject_fields};
pub use file_name::file_stem;
pub use html::html;
pub use index::{RunSummary, index_page};
pub use json::json;
pub use model::{Certificate, Dossier, Field, InvolvedLine, ListLine};
pub use row::IndexRow;
pub use summary::summary_csv;

/// A document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The page's template failed.
    #[error("the page could not be written")]
    Page(#[from] askama::Error),
    /// The value could not be written as JSON.
    #[error("the dossier could not be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The table could not be written.
    #[error("the summary could not be written as CSV")]
    Csv(#[from] csv::Error),
}
