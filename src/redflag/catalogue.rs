//! Decides what each red flag means to a person: title, severity, clause, source, questions, what
//! settles it. Read from `config/redflags.toml`; conditions are code and stand beside it.

use super::{Severity, conditions};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The catalogue by code.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Catalogue(BTreeMap<String, Entry>);

/// One red flag as the catalogue describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What is wrong, in a few words.
    pub title: String,
    /// Family, code first.
    pub category: String,
    /// How bad it is.
    pub severity: Severity,
    /// How bad it is for an Agent, when that differs.
    #[serde(default)]
    pub severity_for_agents: Option<Severity>,
    /// What it is asked about.
    pub about: About,
    /// Clause of the policy.
    pub clause: String,
    /// Law, guidance or practice it comes from.
    pub source: String,
    /// The condition in words.
    pub condition: String,
    /// Data the condition needs.
    pub data: String,
    /// Questions to put to the requester or the partner.
    pub questions: Vec<String>,
    /// What would settle it.
    pub settles: String,
    /// What an unanswered condition does.
    pub when_unknown: WhenUnknown,
}

/// What a flag is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Anybody screened for the subject.
    Party,
    /// The engagement; not asked when there is none.
    Engagement,
    /// The run itself: such a flag means "not screened", it says nothing about the subject.
    Run,
}

/// What an unanswered condition does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenUnknown {
    /// Keeps the gate shut.
    Hold,
    /// Is told, no more.
    Note,
}

/// Why a catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Syntax, an unknown key or a value that is not allowed.
    #[error("{file}: expected the keys and values explained at the top of redflags.toml")]
    Read {
        /// File name.
        file: String,
        /// Position and words of the TOML reader.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A code without a condition, or a condition without an entry.
    #[error("{file}: expected one entry for each of {expected}; found {found}")]
    Codes {
        /// File name.
        file: String,
        /// Codes that have a condition.
        expected: String,
        /// Codes in the file.
        found: String,
    },
}

impl Catalogue {
    /// Reads a catalogue; `file` is its name for messages.
    ///
    /// # Errors
    /// [`CatalogueError::Read`] for anything that is not the documented file,
    /// [`CatalogueError::Codes`] when entries and conditions do not go together.
    pub fn read(file: &str, text: &str) -> Result<Self, CatalogueError> {
        let catalogue: Self = toml::from_str(text).map_err(|source| CatalogueError::Read {
            file: file.to_owned(),
            source: Box::new(source),
        })?;
        let mut expected: Vec<&str> = conditions::ALL.iter().map(|(code, _)| *code).collect();
        expected.sort_unstable();
        if !catalogue.0.keys().eq(&expected) {
            return Err(CatalogueError::Codes {
                file: file.to_owned(),
                expected: expected.join(", "),
                found: catalogue.0.keys().cloned().collect::<Vec<_>>().join(", "),
            });
        }
        Ok(catalogue)
    }

    /// The entry of a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Entry> {
        self.0.get(code)
    }

    /// All entries by code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(code, entry)| (code.as_str(), entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../config/redflags.toml");

    #[test]
    fn every_condition_has_an_entry_and_every_entry_a_condition() {
        assert!(Catalogue::read("redflags.toml", SHIPPED).is_ok());
        let without = SHIPPED.replacen("[OWN-01]", "[OWN-99]", 1);
        assert!(matches!(Catalogue::read("r", &without), Err(CatalogueError::Codes { .. })));
    }

    #[test]
    fn a_severity_that_does_not_exist_is_refused() {
        let wrong = SHIPPED.replacen("severity = \"P\"", "severity = \"Q\"", 1);
        assert!(matches!(Catalogue::read("r", &wrong), Err(CatalogueError::Read { .. })));
    }
}
