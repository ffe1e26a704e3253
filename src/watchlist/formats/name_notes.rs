//! Decides which other names stand as notes inside a stated name: `ALTA (a.k.a. BETA; GAMA)`,
//! `ALTA (A.K.A. AL) DEMO`, `Alta [aka Beta Works, Gama Works]`, `ALTA, f.k.a., BETA`.
//!
//! A bracket is a note when it opens with one of the words below; it is cut out and what stands
//! around it is the name. Outside brackets a note reaches to the next one or to the end. Inside a
//! note `;` parts names; a comma does so only in square brackets and between pieces of two words
//! or more, and the whole stays a name too. Words for a former name make it one.

use crate::party::NameQuality;

/// Words that open another name, longest first where one begins another.
const WORDS: [(&str, NameQuality); 26] = [
    ("formerly operating as", NameQuality::Former),
    ("formerly known as", NameQuality::Former),
    ("previously known as", NameQuality::Former),
    (FORMERLY, NameQuality::Former),
    ("f.k.a.", NameQuality::Former),
    ("f.k.a", NameQuality::Former),
    ("f/k/a", NameQuality::Former),
    ("fka", NameQuality::Former),
    ("operating as", NameQuality::Alias),
    ("also known as", NameQuality::Alias),
    ("currently known as", NameQuality::Alias),
    ("now known as", NameQuality::Alias),
    ("also doing business under", NameQuality::Alias),
    ("also doing business as", NameQuality::Alias),
    ("currently doing business as", NameQuality::Alias),
    ("doing business as", NameQuality::Alias),
    ("currently d/b/a", NameQuality::Alias),
    ("also d/b/a", NameQuality::Alias),
    ("d.b.a.", NameQuality::Alias),
    ("d/b/a", NameQuality::Alias),
    ("dba", NameQuality::Alias),
    ("a.k.a.", NameQuality::Alias),
    ("a.k.a", NameQuality::Alias),
    ("a/k/a", NameQuality::Alias),
    ("n.k.a.", NameQuality::Alias),
    ("aka", NameQuality::Alias),
];
/// Opens a note in a bracket; outside one it may be a word of a sentence.
const FORMERLY: &str = "formerly";
/// Signs around a name in a note.
const AROUND: [char; 6] = [' ', ',', ';', ':', '[', ']'];

/// A name, with what the words in front of it make of it; `None` when there are none.
pub(super) type Noted = (String, Option<NameQuality>);

/// The name itself first, then the names in its notes, each text once.
pub(super) fn split(text: &str) -> Vec<Noted> {
    let mut outside = String::new();
    let mut inside: Vec<(char, String)> = Vec::new();
    let mut rest = text;
    while let Some((before, bracket, behind)) = next_bracket(rest) {
        let (note, after) = closed(bracket, behind);
        outside.push_str(before);
        let is_first = outside.trim().is_empty();
        if opened(note).is_some() && !is_first {
            inside.push((bracket, note.to_owned()));
            rest = after;
        } else {
            outside.push(bracket);
            rest = behind;
        }
    }
    outside.push_str(rest);
    if !inside.is_empty() {
        outside = outside.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut found: Vec<Noted> = Vec::new();
    for (at, part) in at_words(&outside).into_iter().enumerate() {
        match opened(part) {
            Some((quality, name)) => add(&mut found, name, Some(quality)),
            None if at == 0 => add(&mut found, part.trim(), None),
            None => {}
        }
    }
    for (bracket, note) in inside {
        for part in at_words(&note) {
            let Some((quality, names)) = opened(part) else { continue };
            for name in listed(bracket, names) {
                add(&mut found, name, Some(quality));
            }
        }
    }
    found
}

/// What stands behind one of the words that open another name, with the quality they give it.
pub(super) fn opened(text: &str) -> Option<(NameQuality, &str)> {
    let (quality, rest) =
        WORDS.iter().find_map(|(words, quality)| Some((*quality, behind(text, words)?)))?;
    let name = rest.trim_matches(AROUND);
    (!name.is_empty()).then_some((quality, name))
}

/// What stands behind the words when the text opens with them, whatever their case.
pub(super) fn behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(words.len())?;
    let ends = !words.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic);
    (head.eq_ignore_ascii_case(words) && ends).then_some(rest)
}

fn add(found: &mut Vec<Noted>, name: &str, quality: Option<NameQuality>) {
    if !name.is_empty() && !found.iter().any(|(known, _)| known == name) {
        found.push((name.to_owned(), quality));
    }
}

fn next_bracket(text: &str) -> Option<(&str, char, &str)> {
    let (at, bracket) = text.char_indices().find(|(_, c)| matches!(c, '(' | '['))?;
    let (before, from) = text.split_at_checked(at)?;
    Some((before, bracket, from.strip_prefix(bracket)?))
}

/// The text up to the bracket that closes this one, and the rest; all of it when none does.
fn closed(bracket: char, behind: &str) -> (&str, &str) {
    let closing = if bracket == '(' { ')' } else { ']' };
    let mut open = 1_usize;
    for (at, character) in behind.char_indices() {
        if character == bracket {
            open += 1;
        } else if character == closing {
            open -= 1;
        }
        if open == 0
            && let Some((note, rest)) = behind.split_at_checked(at)
        {
            return (note, rest.strip_prefix(closing).unwrap_or(rest));
        }
    }
    (behind, "")
}

/// The text cut in front of every opening word that is in no bracket and has a name behind it.
fn at_words(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut name_from) = (0_usize, 0_usize);
    let mut open = 0_i32;
    let mut is_behind_space = false;
    for (at, character) in text.char_indices() {
        match character {
            '(' | '[' => open += 1,
            ')' | ']' => open -= 1,
            _ => {}
        }
        let rest = text.get(at..).unwrap_or_default();
        if is_behind_space
            && open == 0
            && at >= name_from
            && let Some(words) = words_of(rest)
            && words != FORMERLY
            && opened(rest).is_some()
        {
            parts.push(text.get(start..at).unwrap_or_default().trim_end_matches([' ', ',', ';']));
            start = at;
            name_from = at + words.len();
        }
        is_behind_space = character == ' ';
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Whether a text begins with a word that opens another name.
pub(super) fn is_word(text: &str) -> bool {
    words_of(text).is_some()
}

fn words_of(text: &str) -> Option<&'static str> {
    WORDS.iter().map(|(words, _)| *words).find(|words| behind(text, words).is_some())
}

/// The names a note lists.
fn listed(bracket: char, names: &str) -> Vec<&str> {
    let pieces: Vec<&str> = names.split(';').map(tidy).collect();
    let is_balanced = |piece: &&str| piece.matches('(').count() == piece.matches(')').count();
    if !pieces.iter().all(is_balanced) {
        return vec![names];
    }
    let commas: Vec<&str> = names.split(',').map(tidy).collect();
    let may = bracket == '[' && pieces.len() == 1 && commas.len() > 1;
    if may && commas.iter().all(|piece| piece.split_whitespace().nth(1).is_some()) {
        return commas.into_iter().chain([names]).collect();
    }
    pieces
}

fn tidy(piece: &str) -> &str {
    let piece = piece.trim_matches(AROUND);
    piece.strip_prefix("and ").unwrap_or(piece)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALIAS: Option<NameQuality> = Some(NameQuality::Alias);
    const FORMER: Option<NameQuality> = Some(NameQuality::Former);

    #[test]
    fn names_in_notes_are_names_of_their_own() {
        for (text, expected) in [
            (
                "Alta, Inc. (a.k.a. Beta, Inc.; Gama and Delta)",
                vec![("Alta, Inc.", None), ("Beta, Inc.", ALIAS), ("Gama and Delta", ALIAS)],
            ),
            ("ORLA (A.K.A. NEI DEMO) ZED", vec![("ORLA ZED", None), ("NEI DEMO", ALIAS)]),
            (
                "Alta [aka Beta Works, Gama Works]",
                vec![
                    ("Alta", None),
                    ("Beta Works", ALIAS),
                    ("Gama Works", ALIAS),
                    ("Beta Works, Gama Works", ALIAS),
                ],
            ),
            ("JSC Alta, f.k.a., Beta", vec![("JSC Alta", None), ("Beta", FORMER)]),
            ("Alta, OOO (f.k.a., Beta OOO)", vec![("Alta, OOO", None), ("Beta OOO", FORMER)]),
            ("ALTA D/B/A A7 (x)", vec![("ALTA", None), ("A7 (x)", ALIAS)]),
            ("ALTA, formerly operating as: BETA", vec![("ALTA", None), ("BETA", FORMER)]),
            ("A.K.A. ORLIN DEMO", vec![("ORLIN DEMO", ALIAS)]),
            (
                "Ri Demo (aka Li Demo) (individual)",
                vec![("Ri Demo (individual)", None), ("Li Demo", ALIAS)],
            ),
            ("ALTA (ALSO KNOWN AS BETA LTD.", vec![("ALTA", None), ("BETA LTD.", ALIAS)]),
        ] {
            let found = split(text);
            let found: Vec<_> = found.iter().map(|(name, q)| (name.as_str(), *q)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_name_without_notes_stays_as_it_is() {
        for text in
            ["YK-AKA", "Alta (AL) Co., Ltd.", "Akane Demo", "(f.k.a. X)", "Demo AKA", "A ( b"]
        {
            assert_eq!(split(text), [(text.to_owned(), None)], "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "[a-d(), fkA./é\\[\\]]{0,40}") {
            prop_assert_eq!(split(&text).is_empty(), text.trim().is_empty());
        }
    }
}
