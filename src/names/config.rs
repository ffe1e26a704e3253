//! Decides the numbers of name analysis and comparison: the `[names]` table of
//! `config/matching.toml`, where each one has its derivation.

use serde::Deserialize;

/// Limits, token weights and costs. All shares are in [0, 1].
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameConfig {
    /// Longest name that is analysed, in characters.
    pub max_characters: usize,
    /// Most words of a name that are analysed.
    pub max_tokens: usize,
    /// Weight of an initial, where a word weighs 1.
    pub initial_weight: f64,
    /// Weight of a legal form.
    pub legal_form_weight: f64,
    /// Weight of a particle.
    pub particle_weight: f64,
    /// Weight of the commonest possible word; rarity goes from here to 1.
    pub rarity_floor: f64,
    /// Rarity of a generic company word, at most.
    pub generic_rarity: f64,
    /// Names a corpus must have before its counts alone say what is rare.
    pub rarity_prior_names: u64,
    /// Words of fewer characters must agree exactly.
    pub fuzzy_from_characters: usize,
    /// Least similarity at which two words are the same word misspelt.
    pub similarity_cutoff: f64,
    /// Similarity of two spellings with one sound key.
    pub variant_similarity: f64,
    /// Most that two spellings with one consonant skeleton can have.
    pub skeleton_similarity: f64,
    /// Similarity of an initial to a word that starts with it.
    pub initial_similarity: f64,
    /// Similarity of two different legal forms of one class.
    pub legal_class_similarity: f64,
    /// How many times its share of difference a misspelt word costs (at least 1).
    pub typo_cost: f64,
    /// Cost of a word that only one side has, as a share of its weight.
    pub extra_cost: f64,
    /// Cost of two words that stand against each other, as a multiple of their weight.
    pub conflict_cost: f64,
    /// Cost of a numeral that only one side has, where a word weighs 1.
    pub numeral_cost: f64,
    /// What a different order of the same words takes off.
    pub order_cost: f64,
    /// Highest score of two names with different numerals.
    pub numeral_conflict_cap: f64,
    /// Rarity from which a shared word of an organisation's name is distinctive.
    pub distinctive_rarity: f64,
    /// Highest score of two organisations that share no distinctive word.
    pub generic_cap: f64,
}

impl NameConfig {
    /// The shares with their keys, for validation by whoever reads the file.
    #[must_use]
    pub fn shares(&self) -> Vec<(&'static str, f64)> {
        vec![
            ("initial_weight", self.initial_weight),
            ("legal_form_weight", self.legal_form_weight),
            ("particle_weight", self.particle_weight),
            ("rarity_floor", self.rarity_floor),
            ("generic_rarity", self.generic_rarity),
            ("similarity_cutoff", self.similarity_cutoff),
            ("variant_similarity", self.variant_similarity),
            ("skeleton_similarity", self.skeleton_similarity),
            ("initial_similarity", self.initial_similarity),
            ("legal_class_similarity", self.legal_class_similarity),
            ("extra_cost", self.extra_cost),
            ("numeral_cost", self.numeral_cost),
            ("order_cost", self.order_cost),
            ("numeral_conflict_cap", self.numeral_conflict_cap),
            ("distinctive_rarity", self.distinctive_rarity),
            ("generic_cap", self.generic_cap),
        ]
    }
}
