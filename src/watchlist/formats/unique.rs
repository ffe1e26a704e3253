//! Decides which values of one record are new: the same text twice is one value.
//!
//! A record may say a name thousands of times, by mistake or on purpose. What was said is looked up
//! in a set beside the values, so that the work grows with their number and not with its square.

use crate::party::{NameQuality, PartyName};
use std::collections::HashSet;

/// Names in the order they were said first, each text once.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<PartyName>,
    said: HashSet<String>,
}

impl Names {
    /// Adds a name unless its text is known; the first quality stays.
    pub(super) fn add(&mut self, text: impl Into<String>, quality: NameQuality) {
        let text = text.into();
        if self.said.insert(text.clone()) {
            self.names.push(PartyName::new(text, quality));
        }
    }

    /// Whether nothing was added yet.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names in order.
    pub(super) fn into_vec(self) -> Vec<PartyName> {
        self.names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_said_twice_is_one_name_of_the_first_quality() {
        let mut names = Names::default();
        assert!(names.is_empty());
        for (text, quality) in [
            ("Alda Ost", NameQuality::Primary),
            ("Bero Ost", NameQuality::Alias),
            ("Alda Ost", NameQuality::WeakAlias),
        ] {
            names.add(text, quality);
        }
        let expected = [
            PartyName::new("Alda Ost", NameQuality::Primary),
            PartyName::new("Bero Ost", NameQuality::Alias),
        ];
        assert_eq!(names.into_vec(), expected);
    }
}
