//! Decides how a case reads as a document: HTML, JSON, and the table and page over all of them.

mod file_name;
mod model;

pub use file_name::file_stem;
pub use model::{Certificate, Dossier, Field, InvolvedLine, ListLine};
