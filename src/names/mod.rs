//! Decides how alike two names are, and why. Text becomes comparable text once (`analyse`); the
//! comparison (`compare`) gives the score and the alignment that explains it in the same call.
//!
//! Invariant a caller may rely on: every token of both names appears in exactly one pair of the
//! alignment, and comparing the other way round gives the same score. The order of work and every
//! number: `docs/scoring.md`; tables of letters, words and legal forms: `config/names/`.

mod align;
mod analyse;
mod assignment;
mod bound;
mod compare;
mod config;
mod fold;
mod keys;
mod legal_form;
mod rarity;
mod shape;
mod similarity;
mod split;
mod token;
mod words;

pub use align::{AlignedTokens, PairKind};
pub use analyse::{AnalysedName, NameProblem, analyse};
pub use compare::{Compared, Comparer, NameComparison, compare};
pub use config::NameConfig;
pub use rarity::TokenWeights;
pub use token::{Token, TokenKind};

/// The tables names are read by, as text: an index made with others is another index.
pub const TABLES: [&str; 3] = [
    include_str!("../../config/names/transliteration.toml"),
    include_str!("../../config/names/words.toml"),
    include_str!("../../config/names/legal_forms.toml"),
];

#[cfg(test)]
mod tests;
