//! Decides where one stated text holds several names, and whether a name is in Latin script.
//!
//! Safe places only: at `;` outside brackets when every piece has its brackets in balance, at
//! enumeration marks (` b) `), and `NATIVE (name; name (N))`: a bracket at the end that itself
//! holds several names. A text that fits none of these stays whole, so no name is ever made of
//! half of another one. Where a format asks for it, a name and the same in another script in
//! brackets are told apart, and notes after a name (birth, former listing) are cut.

use unicode_script::{Script, UnicodeScript};

/// What stands before, or behind, a name in its own script.
const ORIGINAL: &str = "original script";
/// Words of a bracket that says how a name was listed before.
const FORMER: [&str; 2] = ["previously listed as", "formerly listed as"];
/// Words that open a bracket which only explains the name before it.
const NOTES: [&str; 3] = ["birth name", "combat name", "false identity"];
/// An explanation without a bracket.
const UNIT: &str = " - sub-unit name";
/// Words after `born` in a note of birth.
const BIRTH_WORDS: [&str; 6] = ["in ", "on ", "at ", "circa ", "approximately ", "between "];

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

/// `outer (a; b (c))` becomes three names; everything else is one. Brackets with figures are no
/// names.
fn expand(piece: &str) -> Vec<String> {
    let whole = || vec![piece.to_owned()];
    let Some((outer, inner)) = last_bracket(piece) else { return whole() };
    let items = outside_brackets(inner);
    if items.len() == 1 || inner.chars().any(|c| c.is_ascii_digit()) {
        return whole();
    }
    let items = items.iter().map(|item| match last_bracket(item) {
        Some((name, mark)) if is_mark(mark) => name.trim().to_owned(),
        _ => item.trim().to_owned(),
    });
    std::iter::once(outer.trim().to_owned()).chain(items).collect()
}

/// `name (name)` in two scripts is two names, and so is `name (original script: name)`; anything
/// else is one.
pub(super) fn both_scripts(name: &str) -> Vec<String> {
    let Some((outer, inner)) = last_bracket(name) else { return vec![name.to_owned()] };
    let (outer, inner) = (outer.trim(), inner.trim());
    let has_letters = |text: &str| text.chars().any(char::is_alphabetic);
    if is_mark(inner) && has_letters(outer) {
        return vec![outer.to_owned()];
    }
    let head = inner.get(..ORIGINAL.len()).filter(|head| head.eq_ignore_ascii_case(ORIGINAL));
    let marked = head.and_then(|_| inner.get(ORIGINAL.len()..));
    let inner = marked.map_or(inner, |text| text.trim_start_matches([':', ' ']));
    let changes = is_latin(outer) != is_latin(inner) && has_letters(outer) && has_letters(inner);
    if marked.is_some() || changes && !inner.chars().any(|c| c.is_ascii_digit()) {
        return vec![outer.to_owned(), inner.to_owned()];
    }
    vec![name.to_owned()]
}

/// Whether a bracket only says that the name before it is in its own script.
fn is_mark(inner: &str) -> bool {
    inner.trim().trim_end_matches(':').eq_ignore_ascii_case(ORIGINAL)
}

/// The bracket a text ends with, brackets inside it included, and what stands before it.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let body = text.trim_end().strip_suffix(')')?;
    let mut open = 1_i32;
    let (at, _) = body.char_indices().rev().find(|(_, character)| {
        match character {
            ')' => open += 1,
            '(' => open -= 1,
            _ => {}
        }
        open == 0
    })?;
    let inner = body.get(at..)?.strip_prefix('(')?;
    Some((body.get(..at)?, inner))
}

/// A name without the notes an alias of the United Nations ends with: `X born in 1963`,
/// `X, born 1 Jan. 1953 (…)`, `X (previously listed as)`. The name a note of former listing
/// states (`X (formerly listed as Y)`) follows as one of its own.
pub(super) fn without_notes(name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    if let Some((outer, inner)) = last_bracket(name) {
        let lower = inner.trim().to_ascii_lowercase();
        let former = FORMER.iter().find_map(|words| lower.strip_prefix(words));
        if let Some(rest) = former {
            let at = inner.trim().len() - rest.len();
            let other = inner.trim().get(at..).unwrap_or_default();
            names = vec![outer.to_owned(), other.to_owned()];
        } else if NOTES.iter().any(|words| lower.starts_with(words)) {
            names = vec![outer.to_owned()];
        }
    }
    let names = names.iter().map(|name| {
        let name = birth_note(name).and_then(|at| name.get(..at)).unwrap_or(name).trim();
        let name = name.strip_suffix(UNIT).unwrap_or(name);
        name.trim_matches([' ', ',', ';', ':']).trim_end_matches(['(', ' ', ',']).to_owned()
    });
    names.filter(|name| !name.is_empty()).collect()
}

/// Where a note of birth begins: `born` after a first word, and then a figure or `in`, `on`.
fn birth_note(name: &str) -> Option<usize> {
    let lower = name.to_ascii_lowercase();
    let mut found = lower.match_indices("born ");
    found.find_map(|(at, word)| {
        let (before, after) = (lower.get(..at)?, lower.get(at + word.len()..)?);
        let opens = before.ends_with([' ', '(', ',']) && before.chars().any(char::is_alphabetic);
        let is_birth = after.starts_with(|c: char| c.is_ascii_digit())
            || BIRTH_WORDS.iter().any(|word| after.starts_with(word));
        (opens && is_birth).then_some(at)
    })
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
            (
                "Sun Front (SF) (شمس (original script); Shams Front; Front (F) of Shams)",
                vec!["Sun Front (SF)", "شمس", "Shams Front", "Front (F) of Shams"],
            ),
            ("Front (HTS) (a (b); c)", vec!["Front (HTS)", "a (b)", "c"]),
        ] {
            assert_eq!(split_names(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_less_regular_stays_whole() {
        for text in ["Zed (false identity, x)", "Marsh, Zoe", "A (b; c", "A (paper 1; b)", "A (B)"]
        {
            assert_eq!(split_names(text), vec![text], "{text}");
        }
        assert!(split_names("  ").is_empty());
    }

    #[test]
    fn a_name_in_two_scripts_is_two_names() {
        for (text, expected) in [
            ("شمس (Shams Front (SF))", vec!["شمس", "Shams Front (SF)"]),
            ("Shams (شمس )", vec!["Shams", "شمس"]),
            ("Marsh (original script: Марш)", vec!["Marsh", "Марш"]),
            ("شمس (original script)", vec!["شمس"]),
            ("Sun Front (SF)", vec!["Sun Front (SF)"]),
            ("شمس (paper 1)", vec!["شمس (paper 1)"]),
        ] {
            assert_eq!(both_scripts(text), expected, "{text}");
        }
    }

    #[test]
    fn notes_behind_a_name_are_no_part_of_it() {
        for (text, expected) in [
            ("Zoe Marsh born in 1963", vec!["Zoe Marsh"]),
            ("Zoe Marsh, born 1 Jan. 1953 (paper no.1, of 2 May 2014.)", vec!["Zoe Marsh"]),
            ("Zoe Marsh, born in Port on 01 Jan.1967", vec!["Zoe Marsh"]),
            ("Zoe Marsh (born 1963)", vec!["Zoe Marsh"]),
            ("Zoe Marsh (previously listed as)", vec!["Zoe Marsh"]),
            ("Zoe Marsh (formerly listed as Zoe Fenn)", vec!["Zoe Marsh", "Zoe Fenn"]),
            ("Zoe Marsh (birth name)", vec!["Zoe Marsh"]),
            ("Marsh Network - sub-unit name", vec!["Marsh Network"]),
            ("Zoe Born", vec!["Zoe Born"]),
            ("Zoe Born Marsh (ZBM)", vec!["Zoe Born Marsh (ZBM)"]),
        ] {
            assert_eq!(without_notes(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn notes_in_any_text_do_not_panic(text in "[a(); é]{0,9}(born in|listed as|ſ)?[1(); ]{0,9}") {
            for name in split_names(&text) {
                both_scripts(&name).iter().for_each(|name| drop(without_notes(name)));
            }
        }

        #[test]
        fn no_letter_is_lost_and_nothing_panics(text in "[a-z(); é]{0,40}") {
            let marks = |t: &str| t.chars().filter(|c| *c == 'é').count();
            let names = split_names(&text);
            prop_assert_eq!(marks(&names.concat()), marks(&text));
        }
    }
}
