//! Decides where one stated text holds several names, and whether a name is in Latin script.
//!
//! Safe places only: at `;` outside brackets when every piece has its brackets in balance, at
//! enumeration marks (` b) `), and `NATIVE (name; name)`: one pair of brackets at the end that
//! itself holds several names. A text that fits none of these stays whole, so no name is ever
//! made of half of another one.

use unicode_script::{Script, UnicodeScript};

/// Whether no letter is in another script than Latin.
pub(super) fn is_latin(text: &str) -> bool {
    text.chars().all(|c| matches!(c.script(), Script::Latin | Script::Common | Script::Inherited))
}

/// The names in a text, trimmed, in order; empty when the text is.
pub(super) fn split_names(text: &str) -> Vec<String> {
    let pieces: Vec<String> =
        without_marks(text).iter().flat_map(|part| outside_brackets(part)).collect();
    let pieces =
        if pieces.iter().all(|piece| is_balanced(piece)) { pieces } else { vec![text.to_owned()] };
    let names = pieces.iter().flat_map(|piece| expand(piece.trim()));
    names.filter(|name| !name.is_empty()).collect()
}

/// The text cut at enumeration marks: a lone letter and a closing bracket nobody opened.
fn without_marks(text: &str) -> Vec<String> {
    if text.contains('(') {
        return vec![text.to_owned()];
    }
    let mut parts = vec![String::new()];
    for word in text.split(' ') {
        let mut letters = word.chars();
        let is_mark = letters.next().is_some_and(|c| c.is_ascii_lowercase())
            && letters.next() == Some(')')
            && letters.next().is_none();
        if is_mark {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push_str(word);
            part.push(' ');
        }
    }
    parts
}

/// The text cut at `;` where no bracket is open.
fn outside_brackets(text: &str) -> Vec<String> {
    let mut open = 0_i32;
    let mut pieces = vec![String::new()];
    for character in text.chars() {
        match character {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if character == ';' && open == 0 {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(character);
        }
    }
    pieces
}

fn is_balanced(text: &str) -> bool {
    let mut open = 0_i32;
    for character in text.chars() {
        match character {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open < 0 {
            return false;
        }
    }
    open == 0
}

/// `outer (a; b)` becomes three names; everything else is one.
fn expand(piece: &str) -> Vec<String> {
    let whole = || vec![piece.to_owned()];
    let Some((outer, rest)) = piece.split_once('(') else { return whole() };
    let Some(inner) = rest.strip_suffix(')') else { return whole() };
    if inner.contains(['(', ')']) || !inner.contains(';') {
        return whole();
    }
    let names = std::iter::once(outer).chain(inner.split(';'));
    names.map(|name| name.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn several_names_in_one_text_are_taken_apart_where_that_is_safe() {
        for (text, expected) in [
            ("Azim A; Azim B", vec!["Azim A", "Azim B"]),
            ("Mo S; Mo T b) M. J S; M. K S", vec!["Mo S", "Mo T", "M. J S", "M. K S"]),
            ("AIR LINE (AL) ; LAKES COMPANY (LC)", vec!["AIR LINE (AL)", "LAKES COMPANY (LC)"]),
            ("شمس (Shams; Shems)", vec!["شمس", "Shams", "Shems"]),
        ] {
            assert_eq!(split_names(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_less_regular_stays_whole() {
        for text in ["Front (HTS) (a (b); c)", "Zed (false identity, x)", "Al-Haq, Amin", "A (b; c"]
        {
            assert_eq!(split_names(text), vec![text], "{text}");
        }
        assert!(split_names("  ").is_empty());
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_nothing_panics(text in "[a-z(); é]{0,40}") {
            let marks = |t: &str| t.chars().filter(|c| *c == 'é').count();
            let names = split_names(&text);
            prop_assert_eq!(marks(&names.concat()), marks(&text));
        }
    }
}
