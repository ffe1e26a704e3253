//! Decides how alike two tokens are, and by what: the letters, the sound, or the value.

use super::NameConfig;
use super::align::PairKind;
use super::token::{Token, TokenKind};
use rapidfuzz::distance::osa;

/// Similarity of two tokens in (0, 1] and what it rests on; `None` when they have nothing to do
/// with each other. 1.0 means identical after folding. Symmetric.
///
/// Words are compared by optimal string alignment (insertion, deletion, substitution and swap of
/// neighbours cost 1 letter, as a share of the longer word) of their letters and of their sound
/// keys. Numerals, legal forms, titles and particles agree or they do not.
pub(super) fn similarity(a: &Token, b: &Token, config: &NameConfig) -> Option<(f64, PairKind)> {
    use TokenKind::{Initial, LegalForm, Numeral, Title, Word};
    match (a.kind, b.kind) {
        (LegalForm, LegalForm) => legal_forms(a, b, config),
        (Title, Title) => same(a, b, PairKind::Title),
        (LegalForm | Title, _) | (_, LegalForm | Title) => None,
        (Initial, Word) => initial(a, b, config),
        (Word, Initial) => initial(b, a, config),
        (Word, Word) => words(a, b, config),
        (Numeral, Numeral) => same(a, b, PairKind::Exact),
        _ => same(a, b, PairKind::Exact),
    }
}

/// Whether [`similarity`] can be `Some`, words judged by their shapes alone: never false where it is.
pub(super) fn may_be_similar(a: &Token, b: &Token, config: &NameConfig) -> bool {
    if (a.kind, b.kind) != (TokenKind::Word, TokenKind::Word) {
        return similarity(a, b, config).is_some();
    }
    if a.shape == b.shape {
        return true;
    }
    if a.length.min(b.length) < config.fuzzy_from_characters || a.has_digit || b.has_digit {
        return false;
    }
    a.shape.most_alike(b.shape) >= config.similarity_cutoff || may_sound_alike(a, b, config)
}

fn may_sound_alike(a: &Token, b: &Token, config: &NameConfig) -> bool {
    if a.key.is_empty() || b.key.is_empty() {
        return false;
    }
    let most = a.key_shape.most_alike(b.key_shape) * config.variant_similarity;
    most >= config.similarity_cutoff || a.key_shape == b.key_shape || one_skeleton(a, b)
}

fn one_skeleton(a: &Token, b: &Token) -> bool {
    a.key_shape.same_consonants(b.key_shape) && a.skeleton == b.skeleton
}

fn same(a: &Token, b: &Token, kind: PairKind) -> Option<(f64, PairKind)> {
    a.same_folded(b).then_some((1.0, kind))
}

fn legal_forms(a: &Token, b: &Token, config: &NameConfig) -> Option<(f64, PairKind)> {
    if a.same_folded(b) {
        return Some((1.0, PairKind::LegalForm));
    }
    (a.class == b.class).then_some((config.legal_class_similarity, PairKind::LegalForm))
}

fn initial(letter: &Token, word: &Token, config: &NameConfig) -> Option<(f64, PairKind)> {
    let agrees = letter.folded.chars().next() == word.folded.chars().next();
    agrees.then_some((config.initial_similarity, PairKind::Initial))
}

fn words(a: &Token, b: &Token, config: &NameConfig) -> Option<(f64, PairKind)> {
    if a.same_folded(b) {
        return Some((1.0, PairKind::Exact));
    }
    if a.length.min(b.length) < config.fuzzy_from_characters || a.has_digit || b.has_digit {
        return None;
    }
    // Most pairs of words cannot reach the cut-off, and their shapes show it.
    let cutoff = config.similarity_cutoff;
    let may = a.shape.most_alike(b.shape) >= cutoff;
    let letters = if may { alike(&a.folded, &b.folded, cutoff) } else { 0.0 };
    let (sound, kind) = by_sound(a, b, config);
    let best = if sound > letters { (sound, kind) } else { (letters, PairKind::Typo) };
    (best.0 >= cutoff).then_some(best)
}

/// Similarity of the sound keys; 0 when it is below the cut-off. One key is a spelling variant; one
/// skeleton is likely one.
fn by_sound(a: &Token, b: &Token, config: &NameConfig) -> (f64, PairKind) {
    if a.key.is_empty() || b.key.is_empty() {
        return (0.0, PairKind::Typo);
    }
    if a.key_shape == b.key_shape && a.key == b.key {
        return (config.variant_similarity, PairKind::Variant);
    }
    if one_skeleton(a, b) && a.skeleton.len() > 2 {
        // Halfway between what the key says and certainty: only vowels differ.
        let keys = alike(&a.key, &b.key, 0.0) * config.variant_similarity;
        return (f64::midpoint(keys, 1.0).min(config.skeleton_similarity), PairKind::Variant);
    }
    // A short key that differs is another word: "chol" and "chun" share three sounds of four.
    let shorter = a.key_shape.length().min(b.key_shape.length()) as usize;
    let most = a.key_shape.most_alike(b.key_shape) * config.variant_similarity;
    if shorter <= config.fuzzy_from_characters || most < config.similarity_cutoff {
        return (0.0, PairKind::Typo);
    }
    (alike(&a.key, &b.key, 0.0) * config.variant_similarity, PairKind::Typo)
}

/// 1 − edits ÷ longer length; 0 below the cut-off.
fn alike(a: &str, b: &str, cutoff: f64) -> f64 {
    let args = osa::Args::default().score_cutoff(cutoff);
    let found = if a.is_ascii() && b.is_ascii() {
        osa::normalized_similarity_with_args(a.bytes(), b.bytes(), &args)
    } else {
        osa::normalized_similarity_with_args(a.chars(), b.chars(), &args)
    };
    found.unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A word from sounds that have two spellings.
    fn spelled(sounds: &[usize], spellings: &[bool]) -> Token {
        const SOUNDS: [(&str, &str); 10] = [
            ("shch", "schtsch"),
            ("yu", "iu"),
            ("kh", "h"),
            ("ou", "u"),
            ("ya", "ia"),
            ("ey", "ay"),
            ("c", "k"),
            ("w", "v"),
            ("oo", "o"),
            ("r", "r"),
        ];
        let chosen = sounds.iter().zip(spellings).map(|(sound, first)| {
            let (one, other) = SOUNDS[*sound];
            if *first { one } else { other }
        });
        let text: String = chosen.collect();
        let mut token = Token::word(text.clone(), text, true, false);
        token.settle();
        token
    }

    proptest! {
        #[test]
        fn no_two_words_are_similar_that_their_shapes_rule_out(
            sounds in proptest::collection::vec(0_usize..10, 2..6),
            other in proptest::collection::vec(0_usize..10, 2..6),
            one in proptest::collection::vec(any::<bool>(), 6),
            two in proptest::collection::vec(any::<bool>(), 6),
        ) {
            let config = super::super::tests::config();
            let word = spelled(&sounds, &one);
            for other in [spelled(&sounds, &two), spelled(&other, &two)] {
                let similar = similarity(&word, &other, &config).is_some();
                prop_assert!(!similar || may_be_similar(&word, &other, &config), "{word:?} {other:?}");
            }
        }

        // strsim is an independent implementation of the same distance.
        #[test]
        fn letters_agree_with_an_independent_implementation(a in "[a-zé習]{0,12}", b in "[a-zé習]{0,12}") {
            let longest = a.chars().count().max(b.chars().count());
            let edits = strsim::osa_distance(&a, &b) as f64;
            let expected = if longest == 0 { 1.0 } else { 1.0 - edits / longest as f64 };
            prop_assert!((alike(&a, &b, 0.0) - expected).abs() < 1e-9, "{a} {b}");
        }
    }
}
