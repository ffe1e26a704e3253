//! Decides where one text enumerates several: `(1) Mali. (2) Chad`, `a) 1955 b) 1957`,
//! `(a)…、（b）…`.
//!
//! The text must open with the first mark, and every further mark must be the next one in turn, so
//! that a bracket that is part of a name is never taken for one. A text that does not open with a
//! mark is one item. Marks are left out; blanks, commas and semicolons between items too.

/// How the marks of an enumeration look.
#[derive(Clone, Copy)]
enum Marks {
    /// `(1)`, `(2)`.
    Numbers,
    /// `(a)`, `(b)`.
    Letters,
    /// `a)`, `b)`.
    OpenLetters,
}

/// The items of a text, without their marks and without empty ones.
pub(super) fn items(text: &str) -> Vec<String> {
    all_items(text).into_iter().filter(|item| !item.is_empty()).collect()
}

/// The items of a text with empty ones in their places, so that two enumerations can be paired.
pub(super) fn all_items(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.trim().chars().collect();
    let styles = [Marks::Numbers, Marks::Letters, Marks::OpenLetters];
    let split = styles.iter().find_map(|style| split(&letters, *style));
    split.unwrap_or_else(|| vec![tidy(&letters)])
}

fn split(letters: &[char], style: Marks) -> Option<Vec<String>> {
    let mut at = mark(letters, 0, 1, style)?;
    let (mut items, mut item, mut next) = (Vec::new(), Vec::new(), 2_u32);
    while let Some(letter) = letters.get(at) {
        let begins_word = at.checked_sub(1).and_then(|before| letters.get(before));
        let begins_word = begins_word.is_none_or(|c| !c.is_alphanumeric() && *c != '(');
        let may_be_mark = begins_word || !matches!(style, Marks::OpenLetters);
        match mark(letters, at, next, style).filter(|_| may_be_mark) {
            Some(behind) => {
                items.push(tidy(&item));
                item.clear();
                next += 1;
                at = behind;
            }
            None => {
                item.push(*letter);
                at += 1;
            }
        }
    }
    items.push(tidy(&item));
    Some(items)
}

/// The place behind the mark of a number, when it stands here.
fn mark(letters: &[char], at: usize, number: u32, style: Marks) -> Option<usize> {
    let label = match style {
        Marks::Numbers => number.to_string(),
        _ => char::from_u32(u32::from('a') + number - 1).filter(char::is_ascii_lowercase)?.into(),
    };
    let mut place = at;
    let mut take = |allowed: [char; 2]| {
        let found = letters.get(place).is_some_and(|letter| allowed.contains(letter));
        place += usize::from(found);
        found.then_some(())
    };
    if !matches!(style, Marks::OpenLetters) {
        take(['(', '（'])?;
    }
    for letter in label.chars() {
        take([letter, full_width(letter)])?;
    }
    take([')', '）'])?;
    Some(place)
}

/// The form of an ASCII letter or digit in East Asian type.
fn full_width(letter: char) -> char {
    char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter)
}

fn tidy(letters: &[char]) -> String {
    let text: String = letters.iter().collect();
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '、' | '；' | '，');
    text.trim_matches(is_between).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn enumerations_are_taken_apart_at_marks_in_turn() {
        for (text, expected) in [
            ("(1) Mali. (2) Chad", vec!["Mali.", "Chad"]),
            ("a) 1955; b) 1957", vec!["1955", "1957"]),
            ("(a)ムラー、\n（b）ハッジ", vec!["ムラー", "ハッジ"]),
            ("（ａ）1966年頃(b)1960年", vec!["1966年頃", "1960年"]),
            ("(1) 1 (3) 3", vec!["1 (3) 3"]),
            ("Bank (b) of (a)", vec!["Bank (b) of (a)"]),
            ("a) Plan b (b) c) d", vec!["Plan b (b) c) d"]),
            ("  ", vec![]),
        ] {
            assert_eq!(items(text), expected, "{text}");
        }
        assert_eq!(all_items("(1) (2) x"), ["", "x"]);
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_nothing_panics(text in "[()12abé ]{0,40}") {
            let count = |t: &str| t.chars().filter(|c| *c == 'é').count();
            prop_assert_eq!(count(&all_items(&text).concat()), count(&text));
        }
    }
}
