//! Decides how the parties behind a subject are listed: in the order given, each under the depth
//! at which it stands.

use super::in_words;
use crate::dossier::{Dossier, InvolvedLine};

/// Depth beyond which the indentation no longer grows.
const DEEPEST: usize = 6;

/// A party screened for the subject.
#[derive(Debug)]
pub(crate) struct InvolvedView<'a> {
    /// The line.
    pub(crate) line: &'a InvolvedLine,
    /// Its role in words.
    pub(crate) role: String,
    /// Its kind in words.
    pub(crate) kind: String,
    /// Levels to indent, at most six.
    pub(crate) indent: usize,
}

/// Everybody screened, in the order given.
pub(crate) fn involved_views(dossier: &Dossier) -> Vec<InvolvedView<'_>> {
    dossier
        .involved
        .iter()
        .map(|line| InvolvedView {
            line,
            role: in_words(&line.role),
            kind: in_words(&line.kind),
            indent: line.depth.min(DEEPEST),
        })
        .collect()
}
