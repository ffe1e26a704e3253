//! Decides which names the cells of a row state, and in which script each one is.
//!
//! The name in Latin letters is the primary one; the Japanese one is the publisher's rendering and
//! has the language `ja`; what follows `original script` is the party's own writing. A cell of other
//! names holds them first in Japanese, then in Latin letters, enumerated (`(a)…(b)…`), parted by
//! semicolons or one a line, or as pairs `ジョー（Joe）`. Commas part names only where the Japanese
//! line has as many parts as the Latin one, since `MARSH, Zoe` is one name. What is less regular
//! stays whole, so no name is ever half of another one.

use super::super::delimited::Row;
use super::super::names_text::split_names;
use super::columns;
use super::dates::plain;
use super::notes::{self, Noted};
use crate::party::{NameQuality, PartyName};
use unicode_script::{Script, UnicodeScript};

/// Words that open or join other names in Latin letters or Japanese.
const AKA: [&str; 8] =
    ["a.k.a.", "a.k.a", "f.k.a.", "f.k.a", "別称、", "別名、", "旧称、", "別称："];
/// Words that say a name is no longer used.
const FORMER: [&str; 2] = ["f.k.a", "旧称、"];
const UNKNOWN: &str = "不明";

/// The names of a row, the primary one first.
pub(super) fn names(row: &Row<'_>) -> Vec<PartyName> {
    let mut names: Vec<PartyName> = Vec::new();
    let japanese = columns::stated(row, columns::JAPANESE).map(columns::line);
    if let Some(english) = columns::stated(row, columns::ENGLISH) {
        let Noted { names: latin, native, .. } = notes::read(&columns::line(english));
        for (index, text) in latin.into_iter().enumerate() {
            let quality = if index == 0 { NameQuality::Primary } else { NameQuality::Alias };
            add(&mut names, PartyName::new(text, quality));
        }
        native
            .into_iter()
            .for_each(|text| add(&mut names, PartyName::new(text, NameQuality::Native)));
    }
    if let Some(text) = japanese {
        let is_first = names.is_empty();
        let quality = if is_first { NameQuality::Primary } else { NameQuality::Alias };
        add(&mut names, of_script(text, quality));
    }
    for (column, quality) in columns::ALIASES {
        for text in columns::stated(row, column).map(aliases).unwrap_or_default() {
            let (text, is_former) = text;
            let quality = if is_former { quality.max(NameQuality::Former) } else { quality };
            add(&mut names, of_script(text, quality));
        }
    }
    names
}

fn add(names: &mut Vec<PartyName>, name: PartyName) {
    let is_name = name.text.chars().any(char::is_alphanumeric) && name.text != UNKNOWN;
    match names.iter_mut().find(|known| known.text == name.text) {
        None if is_name => names.push(name),
        Some(known) => known.quality = known.quality.min(name.quality),
        None => {}
    }
}

/// Japanese is marked as such; a name in a script that is neither Japanese nor Latin is native.
fn of_script(text: String, quality: NameQuality) -> PartyName {
    let is_japanese = text.chars().any(is_japanese);
    let is_other = text.chars().any(|c| c.is_alphabetic() && !is_japanese_or_latin(c));
    let quality = if is_other && !is_japanese { NameQuality::Native } else { quality };
    PartyName { language: is_japanese.then(|| "ja".to_owned()), ..PartyName::new(text, quality) }
}

fn is_japanese(c: char) -> bool {
    matches!(c.script(), Script::Katakana | Script::Hiragana | Script::Han) || c == 'ー'
}

fn is_japanese_or_latin(c: char) -> bool {
    let is_shared = matches!(c.script(), Script::Latin | Script::Common | Script::Inherited);
    is_japanese(c) || is_shared
}

fn is_latin(text: &str) -> bool {
    !text.chars().any(is_japanese) && text.chars().any(char::is_alphabetic)
}

/// The names of a cell, and whether each is marked as former.
fn aliases(cell: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for (segment, is_former) in segments(cell) {
        for name in pieces(&segment) {
            let noted = notes::read(&columns::line(&name));
            let is_former = is_former || noted.is_former;
            let names = noted.names.iter().flat_map(|name| split_names(name));
            let names = names.flat_map(|name| pair(&name)).chain(noted.native);
            found.extend(names.map(|name| (name, is_former)));
        }
    }
    found
}

/// The cell cut before each word that opens other names, without those words and their brackets.
fn segments(cell: &str) -> Vec<(String, bool)> {
    let mut marks: Vec<(usize, usize, bool)> = Vec::new();
    let lower = cell.to_ascii_lowercase();
    for word in AKA {
        for (at, _) in lower.match_indices(word) {
            if !marks.iter().any(|(from, to, _)| *from <= at && at < *to) {
                marks.push((at, at + word.len(), FORMER.iter().any(|f| word.starts_with(f))));
            }
        }
    }
    marks.sort_unstable();
    let mut segments = Vec::new();
    let first = marks.first().map_or(cell.len(), |(at, ..)| *at);
    let head = cell.get(..first).unwrap_or_default();
    segments.push((unwrapped(head), false));
    let ends = marks.iter().skip(1).map(|(at, ..)| *at).chain([cell.len()]);
    for ((_, from, is_former), to) in marks.iter().zip(ends) {
        segments.push((unwrapped(cell.get(*from..to).unwrap_or_default()), *is_former));
    }
    segments
}

/// A segment without the bracket that opened before its mark and the one that closes behind it.
fn unwrapped(segment: &str) -> String {
    let between = |c: char| c.is_whitespace() || ":：,、;；".contains(c);
    let mut text = segment.trim_matches(between);
    text = text.strip_suffix(['(', '（']).unwrap_or(text).trim_matches(between);
    let count = |marks: [char; 2]| text.chars().filter(|c| marks.contains(c)).count();
    // Marks of an enumeration written `a)` are not meant: they never end a segment.
    if count([')', '）']) > count(['(', '（']) {
        text = text.strip_suffix([')', '）']).unwrap_or(text);
    }
    text.trim_matches(between).to_owned()
}

/// The names of a segment.
fn pieces(segment: &str) -> Vec<String> {
    let marked = at_marks(segment);
    if marked.len() > 1 {
        return marked.iter().flat_map(|item| by_script(item)).collect();
    }
    let lines: Vec<&str> = segment.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let parts = |line: &str, marks: &[char]| -> Vec<String> {
        let parts = line.split(marks).map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    };
    if let [japanese, latin] = lines.as_slice() {
        let (left, right) = (parts(japanese, &['、', '，']), parts(latin, &[',', '、', '，']));
        let is_pair = japanese.chars().any(is_japanese) && is_latin(latin);
        if is_pair && left.len() == right.len() && !segment.contains([';', '；']) {
            return left.into_iter().chain(right).collect();
        }
    }
    lines.iter().flat_map(|line| parts(line, &[';', '；'])).collect()
}

/// A segment cut at `(a)`, `（b）` …, wherever the letters begin anew; blanks and commas around the
/// items are left out.
fn at_marks(segment: &str) -> Vec<String> {
    let letters: Vec<char> = segment.chars().collect();
    let mut items = vec![String::new()];
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let mark: String = letters.iter().skip(at).take(3).collect();
        let mark: Vec<char> = plain(&mark).chars().collect();
        if matches!(mark.as_slice(), ['(', 'a'..='z', ')']) {
            items.push(String::new());
            at += 3;
            continue;
        }
        if let Some(item) = items.last_mut() {
            item.push(*letter);
        }
        at += 1;
    }
    let between = |c: char| c.is_whitespace() || ",、;；".contains(c);
    let items = items.iter().map(|item| item.trim_matches(between).to_owned());
    items.filter(|item| !item.is_empty()).collect()
}

/// An item whose lines change from Japanese to Latin letters is two names; a line that only goes
/// on is the same one.
fn by_script(item: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in item.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match names.last_mut() {
            Some(name) if is_latin(name) == is_latin(line) => {
                name.push(' ');
                name.push_str(line);
            }
            _ => names.push(line.to_owned()),
        }
    }
    names
}

/// `ジョー（Joe）` and `ジョー Joe` are two names; anything else is one.
fn pair(name: &str) -> Vec<String> {
    let name = columns::line(name);
    let whole = || vec![name.clone()];
    if let Some((outer, rest)) = name.split_once(['（', '('])
        && let Some(inner) = rest.strip_suffix(['）', ')'])
    {
        let changes = is_latin(outer) != is_latin(inner);
        let is_plain =
            !inner.contains(['（', '(', '）', ')']) && !inner.chars().any(|c| c.is_ascii_digit());
        return if changes && is_plain && !outer.trim().is_empty() {
            vec![outer.trim().to_owned(), inner.trim().to_owned()]
        } else {
            whole()
        };
    }
    let is_latin_word = |word: &&str| is_latin(word);
    let words: Vec<&str> = name.split(' ').collect();
    let japanese = words.iter().take_while(|word| !is_latin_word(word)).count();
    let (left, right) = words.split_at(japanese);
    if !left.is_empty()
        && !right.is_empty()
        && notes::is_balanced(&left.join(" "))
        && right.iter().all(|word| !word.chars().any(is_japanese))
    {
        return vec![left.join(" "), right.join(" ")];
    }
    whole()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_of_other_names_are_taken_apart_where_that_is_safe() {
        for (cell, expected) in [
            ("ゾー・マーシュ\n (a.k.a.: Z. Marsh)", vec!["ゾー・マーシュ", "Z. Marsh"]),
            (
                "(a)ゾー(b)ベー\n(a.k.a.: (a)Zoe Marsh (b)Bea)",
                vec!["ゾー", "ベー", "Zoe Marsh", "Bea"],
            ),
            (
                "（a）ゾー（b）ベー\n（a）MARSH, Zoe（b）BEA",
                vec!["ゾー", "ベー", "MARSH, Zoe", "BEA"],
            ),
            ("(a)ゾー（Zoe）、\n(b)ベー（Bea）", vec!["ゾー", "Zoe", "ベー", "Bea"]),
            ("オロ；ミル\nOro; Mills, Ltd", vec!["オロ", "ミル", "Oro", "Mills, Ltd"]),
            ("オロ、ミル\nOro, Mills", vec!["オロ", "ミル", "Oro", "Mills"]),
            ("オロ\nMARSH, Zoe", vec!["オロ", "MARSH, Zoe"]),
            ("（別称、オロ）\n(a.k.a. Oro, a.k.a. Mills)", vec!["オロ", "Oro", "Mills"]),
            ("オコンジョ Okonjo", vec!["オコンジョ", "Okonjo"]),
            ("Oro (Mills) Ltd", vec!["Oro (Mills) Ltd"]),
            ("ゾー（Zoe Marsh）の港", vec!["ゾー（Zoe Marsh）の港"]),
            ("(a)ゾー(b)Oro; Mills", vec!["ゾー", "Oro", "Mills"]),
            ("(Oro; Mills)", vec!["Oro", "Mills"]),
            (
                "(a)ゾー、1971年1月2日出生(b)ベー\n(a.k.a.: (a)Zoe, born 2 Jan. 1971 (b)Bea)",
                vec!["ゾー", "ベー", "Zoe", "Bea"],
            ),
        ] {
            let names: Vec<String> = aliases(cell).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, expected, "{cell}");
        }
        assert_eq!(aliases("オロ\n(f.k.a.: Oro)")[1], ("Oro".to_owned(), true));
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_nothing_panics(cell in "[(（）)ab、;\\n éゾ]{0,40}") {
            let count = |t: &str| t.chars().filter(|c| *c == 'é').count();
            let names: String = aliases(&cell).into_iter().map(|(name, _)| name).collect();
            prop_assert_eq!(count(&names), count(&cell));
        }
    }
}
