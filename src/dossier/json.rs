//! Decides how a case reads as data: the dossier's value, every field under its name, in the
//! order the types declare it. What the page shows escaped stands here exactly.

use super::{Dossier, RenderError};

/// The dossier as indented JSON with a line end; the same value the page is made from.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be written, which no value of these types causes.
pub fn json(dossier: &Dossier) -> Result<String, RenderError> {
    let mut text = serde_json::to_string_pretty(dossier)?;
    text.push('\n');
    Ok(text)
}
