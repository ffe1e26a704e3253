//! Decides what of a dossier is shown where: the values of the model put in reading order, with
//! the words and marks a page adds. Templates only lay these out.

mod certificate;
mod flags;
mod involved;
mod matches;

pub(crate) use certificate::{ListView, list_view};
pub(crate) use flags::{FlagView, Gap, Tally, flag_views, gaps, tallies};
pub(crate) use involved::{InvolvedView, involved_views};
pub(crate) use matches::{MatchGroup, match_groups};

use super::Dossier;
use crate::redflag::{Outcome, Verdict};

/// What a party or list is called, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// Caption; empty when there is none but the id.
    pub(crate) caption: String,
    /// Id.
    pub(crate) id: String,
}

/// The party's caption among the involved, or the subject's own; none when nobody says.
pub(crate) fn party_label(dossier: &Dossier, party: &str) -> Label {
    let own = dossier.assessment.party.as_deref() == Some(party);
    let caption = dossier
        .involved
        .iter()
        .find(|line| line.party == party)
        .map(|line| &line.caption)
        .or_else(|| own.then_some(&dossier.assessment.caption))
        .filter(|caption| *caption != party);
    Label { caption: caption.cloned().unwrap_or_default(), id: party.to_owned() }
}

/// A mark beside the verdict, so that its colour is never all there is.
pub(crate) fn verdict_mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "✓",
        Verdict::Hold => "‖",
        Verdict::Block => "✕",
    }
}

/// What the verdict means for the reader.
pub(crate) fn verdict_meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "Nothing stands against it.",
        Verdict::Hold => "Do not enter, continue or pay until a person has decided.",
        Verdict::Block => {
            "Prohibited: do not enter, continue or pay. Released only by correcting the fact."
        }
    }
}

/// Class of the verdict's colour.
pub(crate) fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "v-pass",
        Verdict::Hold => "v-hold",
        Verdict::Block => "v-block",
    }
}

/// The outcome in words.
pub(crate) fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Clear => "clear",
        Outcome::Flagged => "flagged",
        Outcome::NotScreened => "not screened",
        Outcome::Quarantined => "quarantined",
    }
}

/// A field's name in words: `birth_date` is "Birth date".
pub(crate) fn in_words(name: &str) -> String {
    let mut chars = name.chars().map(|c| if c == '_' { ' ' } else { c });
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `1 flag`, `2 flags`; the plural is the singular with an s unless given.
pub(crate) fn counted(count: usize, singular: &str, plural: &str) -> String {
    format!("{count} {}", if count == 1 { singular } else { plural })
}
