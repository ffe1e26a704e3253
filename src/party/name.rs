//! Decides what a stated name is: its text as written and how much the source trusts it.

use serde::{Deserialize, Serialize};

/// One name of a party, verbatim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyName {
    /// The name as the source wrote it, order and script included.
    pub text: String,
    /// How the source qualifies it.
    pub quality: NameQuality,
    /// BCP 47 language, when stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// How a source qualifies a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameQuality {
    /// The name the entry goes by.
    Primary,
    /// Another name of equal standing (a.k.a.).
    Alias,
    /// The name in its own script.
    Native,
    /// A name no longer in use (f.k.a., previous name).
    Former,
    /// A broad or generic alias (OFAC weak a.k.a., UN low quality): supports a match, never
    /// opens one.
    WeakAlias,
}

impl NameQuality {
    /// Whether a match on this name alone may open an alert.
    #[must_use]
    pub fn opens_alert(self) -> bool {
        self != Self::WeakAlias
    }
}

impl PartyName {
    /// A name of the given quality without a language.
    #[must_use]
    pub fn new(text: impl Into<String>, quality: NameQuality) -> Self {
        Self { text: text.into(), quality, language: None }
    }
}
