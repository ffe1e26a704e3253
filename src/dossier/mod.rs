//! Decides how a case reads as a document: HTML, JSON, and the table and page over all of them.

mod model;

pub use model::{Certificate, Dossier, Field, InvolvedLine, ListLine};
