//! Decides what a word of a name is: the word itself, a number, an initial, a legal form, a title
//! or a particle. The kind decides how much it weighs and what it can be compared with.

use super::shape::Shape;

/// Kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A word that names.
    Word,
    /// A number, in digits or Roman; compared by value, never by likeness.
    Numeral,
    /// A single letter standing for a word of a person's name.
    Initial,
    /// A legal form; compared as a value.
    LegalForm,
    /// A form of address, a rank or a ship's prefix; without weight.
    Title,
    /// A link word; of little weight.
    Particle,
}

/// One token of an analysed name.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// As written (NFKC); several words for a legal form that has several.
    pub text: String,
    /// What is compared: folded, Latin where there is a table, and for a legal form its canonical
    /// code, for a numeral its value.
    pub folded: String,
    /// What the token is.
    pub kind: TokenKind,
    /// How rare the word is: 0 (everywhere) to 1 (nowhere else), in (0, 1].
    pub rarity: f64,
    /// Sound key (Latin words of four letters and more); empty otherwise.
    pub(super) key: String,
    /// Consonants of the key; empty when the key is.
    pub(super) skeleton: String,
    /// Letters in `folded`.
    pub(super) length: usize,
    /// Class of a legal form ("limited", "stock"); empty otherwise.
    pub(super) class: &'static str,
    /// Tied to the next token by a hyphen or an apostrophe.
    pub(super) tied: bool,
    /// Which letters `folded` has.
    pub(super) shape: Shape,
    /// Which letters `key` has.
    pub(super) key_shape: Shape,
    /// `folded` has a decimal digit.
    pub(super) has_digit: bool,
}

impl Token {
    /// Consonants of the word's sound, under which spellings with other vowels meet; empty for a
    /// word that is short or not Latin.
    #[must_use]
    pub fn skeleton(&self) -> &str {
        &self.skeleton
    }

    /// A word token from its folded text; keys are derived.
    pub(super) fn word(text: String, folded: String, latin: bool, tied: bool) -> Self {
        let length = folded.chars().count();
        let key = if latin && length > 3 { super::keys::sound_key(&folded) } else { String::new() };
        let skeleton = super::keys::skeleton(&key);
        let kind = TokenKind::Word;
        Self {
            text,
            folded,
            kind,
            rarity: 1.0,
            key,
            skeleton,
            length,
            class: "",
            tied,
            shape: Shape::default(),
            key_shape: Shape::default(),
            has_digit: false,
        }
    }

    /// Derives what comparing needs from the final `folded` and `key`; the last step of analysis.
    pub(super) fn settle(&mut self) {
        self.shape = Shape::of(&self.folded);
        self.key_shape = Shape::of(&self.key);
        self.has_digit = self.folded.bytes().any(|c| c.is_ascii_digit());
    }

    /// Whether two analysed tokens are identical after folding.
    pub(super) fn same_folded(&self, other: &Self) -> bool {
        self.shape == other.shape && self.folded == other.folded
    }

    /// The token as one of another kind, otherwise the same.
    pub(super) fn of_kind(mut self, kind: TokenKind) -> Self {
        self.kind = kind;
        self
    }
}
