//! Decides how much a shared word says: agreement on a rare word says more than on a common one.
//!
//! Counts come from the names of the lists themselves. Rarity falls with the logarithm of the
//! share of names that have the word, from 1 (no other name has it) to `rarity_floor` (every name
//! has it); the inverse document frequency of retrieval, scaled to (0, 1].

use super::NameConfig;
use super::token::{Token, TokenKind};
use super::words::words;
use std::collections::HashMap;

/// How many names of a corpus have each folded word.
#[derive(Debug, Clone, Default)]
pub struct TokenWeights {
    names: u64,
    counts: HashMap<String, u64>,
}

impl TokenWeights {
    /// Counts one more list: its number of names and, for each word, the names that have it.
    pub fn add(&mut self, names: u64, counts: impl IntoIterator<Item = (String, u64)>) {
        self.names += names;
        for (word, count) in counts {
            *self.counts.entry(word).or_default() += count;
        }
    }

    /// Rarity of a token in (0, 1]; 1 for a word that no listed name has.
    #[must_use]
    pub fn rarity(&self, token: &Token, config: &NameConfig) -> f64 {
        let names = self.names.max(config.rarity_prior_names).max(2) as f64;
        let count = self.counts.get(&token.folded).copied().unwrap_or(0).max(1) as f64;
        let share = ((names / count).ln() / names.ln()).clamp(0.0, 1.0);
        let counted = config.rarity_floor + (1.0 - config.rarity_floor) * share;
        counted.min(rarity_by_length(token, config))
    }
}

/// What is known of a word's rarity without a corpus: generic words are common, and two letters
/// cannot say much.
pub(super) fn rarity_by_length(token: &Token, config: &NameConfig) -> f64 {
    match token.kind {
        TokenKind::Word if words().generic.contains(&token.folded) => config.generic_rarity,
        TokenKind::Word if token.length <= 2 && token.folded.is_ascii() => {
            config.generic_rarity.max(0.5)
        }
        _ => 1.0,
    }
}
