//! Decides how alike two words can be at most, without looking at their letters one by one.
//!
//! An edit (insertion, deletion, substitution, swap of neighbours) takes at most one letter that
//! the other word lacks out of the word and brings at most one in. So two words are at least as
//! many edits apart as either has kinds of letter that the other lacks, and as their lengths
//! differ. Most pairs of words are ruled out by that alone.

/// Which letters a text has, and how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// One bit a kind of letter; rarer letters share a bit, which only loosens the bound.
    letters: u64,
    /// Letters, repeated ones counted.
    length: u32,
}

impl Shape {
    /// The shape of a folded word or of its key.
    pub(super) fn of(text: &str) -> Self {
        let mut shape = Self::default();
        for letter in text.chars() {
            shape.letters |= 1 << place(letter);
            shape.length += 1;
        }
        shape
    }

    /// Letters, repeated ones counted.
    pub(super) fn length(self) -> u32 {
        self.length
    }

    /// The shape of two texts run together.
    pub(super) fn with(self, next: Self) -> Self {
        Self { letters: self.letters | next.letters, length: self.length + next.length }
    }

    /// Whether two keys have the same kinds of consonants; always so where their skeletons are one.
    pub(super) fn same_consonants(self, other: Self) -> bool {
        (self.letters ^ other.letters) & !VOWELS == 0
    }

    /// Upper bound of 1 − edits ÷ longer length, in [0, 1].
    pub(super) fn most_alike(self, other: Self) -> f64 {
        let longer = self.length.max(other.length);
        if longer == 0 {
            return 1.0;
        }
        let own = (self.letters & !other.letters).count_ones();
        let theirs = (other.letters & !self.letters).count_ones();
        let edits = own.max(theirs).max(self.length.abs_diff(other.length));
        1.0 - f64::from(edits) / f64::from(longer)
    }
}

/// The bits of what a skeleton leaves out.
const VOWELS: u64 =
    1 << place('a') | 1 << place('e') | 1 << place('i') | 1 << place('o') | 1 << place('u');

/// The bit of a letter: a to z and the digits have their own.
const fn place(letter: char) -> u32 {
    match letter {
        'a'..='z' => letter as u32 - 'a' as u32,
        '0'..='9' => 26 + letter as u32 - '0' as u32,
        other => 36 + other as u32 % 28,
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys::skeleton;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_without_common_letters_or_of_other_lengths_are_ruled_out() {
        let most = |a, b| Shape::of(a).most_alike(Shape::of(b));
        assert!(most("varga", "quillon") < 0.2);
        assert!(most("varga", "vargapetrescu") < 0.4);
        assert!((most("varga", "agvar") - 1.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn keys_with_one_skeleton_have_the_same_consonants(
            consonants in proptest::collection::vec("[bcdfgklmnprstvzж]", 1..5),
            vowels in proptest::collection::vec(("[aeiou]{0,2}", "[aeiou]{0,2}"), 5),
        ) {
            let words = consonants.iter().zip(&vowels);
            let a: String = words.clone().map(|(c, v)| format!("{c}{}", v.0)).collect();
            let b: String = words.map(|(c, v)| format!("{c}{}", v.1)).collect();
            prop_assert_eq!(skeleton(&a), skeleton(&b));
            prop_assert!(Shape::of(&a).same_consonants(Shape::of(&b)));
        }

        #[test]
        fn two_texts_run_together_have_the_shape_of_both(a in "\\PC{0,9}", b in "\\PC{0,9}") {
            prop_assert_eq!(Shape::of(&format!("{a}{b}")), Shape::of(&a).with(Shape::of(&b)));
        }

        // strsim is an independent implementation of the distance that words are compared by.
        #[test]
        fn no_two_words_are_more_alike_than_their_shapes_allow(
            a in "[a-f0-2éж習]{0,9}",
            b in "[a-f0-2éж習]{0,9}",
        ) {
            let longest = a.chars().count().max(b.chars().count());
            let edits = strsim::osa_distance(&a, &b) as f64;
            let alike = if longest == 0 { 1.0 } else { 1.0 - edits / longest as f64 };
            prop_assert!(alike <= Shape::of(&a).most_alike(Shape::of(&b)), "{a} {b}");
        }

        #[test]
        fn the_same_holds_of_any_text(a in "\\PC{0,12}", b in "\\PC{0,12}") {
            let longest = a.chars().count().max(b.chars().count());
            let edits = strsim::osa_distance(&a, &b) as f64;
            let alike = if longest == 0 { 1.0 } else { 1.0 - edits / longest as f64 };
            prop_assert!(alike <= Shape::of(&a).most_alike(Shape::of(&b)), "{a} {b}");
        }
    }
}
