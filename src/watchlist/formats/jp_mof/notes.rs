//! Decides what in a cell of names is no name: notes of birth, of a former listing or a passport,
//! and the words before a name in its own script.
//!
//! A note ends the name it stands behind (`ゾー・マーシュ、1971年1月2日にて出生`, `Zoe Marsh, born 2 Jan.
//! 1971`, `Zoe Marsh (formerly listed as)`). Behind `original script` or `In Arabic` stands the name in
//! the party's own writing. A cell with a note is kept whole as a remark by the caller.

use super::dates::plain;

/// Words that say a name stood on the list before.
const FORMER: [&str; 6] = [
    "formerly listed as",
    "previously listed as",
    "listed as",
    "以前掲載",
    "以前のリスト",
    "以前の記載",
];
/// Words of a birth, behind a date or before it.
const BIRTH: [&str; 8] = ["dob:", "dob ", "d.o.b", "born ", "生年月日", "生まれ", "出生", "pob:"];
/// Words that open other notes.
const OTHER: [&str; 4] = ["旅券番号", "偽造", "アラビア語表記", "passport no"];
/// Words before a name in its own script.
const ORIGINAL: [&str; 2] = ["original script", "in arabic"];
const OPENS: [char; 2] = ['(', '（'];
const CLOSES: [char; 2] = [')', '）'];

/// What one stated name holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Noted {
    /// The name without its notes; the one behind the note too, when there is one.
    pub(super) names: Vec<String>,
    /// The name in the party's own script.
    pub(super) native: Option<String>,
    /// Whether a note says that the name was listed before.
    pub(super) is_former: bool,
}

/// Whether a text holds any note.
pub(super) fn has_note(text: &str) -> bool {
    let words = FORMER.iter().chain(&BIRTH).chain(&OTHER);
    words.into_iter().any(|word| find(text, word).is_some())
}

/// Reads one stated name.
pub(super) fn read(text: &str) -> Noted {
    let (name, native, rest) = original(text);
    let mut noted = Noted { native, ..Noted::default() };
    for part in [name, rest] {
        let former = FORMER.iter().find_map(|word| Some((find(&part, word)?, word.len())));
        let (mut before, mut after) = (part.as_str(), "");
        if let Some((at, length)) = former {
            noted.is_former = true;
            before = part.get(..at).unwrap_or_default();
            after = part.get(at + length..).unwrap_or_default();
        }
        // Japanese words of former listing end with the note; a name behind them is in Latin.
        let is_latin = after.chars().any(|c| c.is_ascii_alphabetic());
        for name in [before, if is_latin { after } else { "" }] {
            let name = tidy(name.get(..note(name)).unwrap_or(name));
            if name.chars().any(char::is_alphanumeric) {
                noted.names.push(name);
            }
        }
    }
    noted
}

/// Where a note of birth or of a passport begins: at a date with its comma or bracket, or at the
/// word itself.
fn note(text: &str) -> usize {
    let words = BIRTH.iter().chain(&OTHER);
    let Some(end) = words.filter_map(|word| find(text, word)).min() else { return text.len() };
    let narrow = plain(text);
    let letters: Vec<((usize, char), char)> = text.char_indices().zip(narrow.chars()).collect();
    let is_break = |c: char| c.is_whitespace() || "、，,(".contains(c);
    let date = letters.windows(2).find_map(|pair| match pair {
        [((at, _), mark), (_, next)] if is_break(*mark) && next.is_ascii_digit() => Some(*at),
        _ => None,
    });
    date.map_or(end, |at| at.min(end))
}

/// The text before the words of a name in its own script, that name, and what follows its bracket.
fn original(text: &str) -> (String, Option<String>, String) {
    let found = ORIGINAL.iter().find_map(|word| Some((find(text, word)?, word.len())));
    let Some((at, length)) = found else { return (text.to_owned(), None, String::new()) };
    let after = text.get(at + length..).unwrap_or_default();
    let mut open = 0_i32;
    let closing = after.char_indices().find(|(_, c)| {
        open += i32::from(OPENS.contains(c)) - i32::from(CLOSES.contains(c));
        open < 0
    });
    let end = closing.map_or(after.len(), |(end, _)| end);
    let native = tidy(after.get(..end).unwrap_or(after));
    let rest = after.get(end..).unwrap_or_default();
    let rest = tidy(rest.strip_prefix(CLOSES).unwrap_or(rest));
    // What follows in Japanese only names the language.
    let rest = if rest.chars().any(|c| c.is_ascii_alphabetic()) { rest } else { String::new() };
    let has_native = native.chars().any(char::is_alphabetic);
    (tidy(text.get(..at).unwrap_or_default()), has_native.then_some(native), rest)
}

/// Where words stand that no letter precedes (`newborn` is none).
fn find(text: &str, word: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let is_latin = word.is_ascii();
    let mut places = lower.match_indices(word).map(|(at, _)| at);
    places.find(|at| {
        let before = lower.get(..*at).and_then(|before| before.chars().next_back());
        let opens = !is_latin || before.is_none_or(|c| !c.is_ascii_alphanumeric());
        // A surname `Born` is followed by no date and no place.
        let after = lower.get(at + word.len()..).unwrap_or_default();
        let is_birth = after.starts_with(|c: char| c.is_ascii_digit())
            || ["in ", "on ", "at ", "circa ", "approximately "]
                .iter()
                .any(|w| after.starts_with(w));
        opens && (word != "born " || is_birth)
    })
}

/// A name without blanks and commas around it, and without brackets that have no other half.
pub(super) fn tidy(name: &str) -> String {
    let between = |c: char| c.is_whitespace() || ":：,、，;；".contains(c);
    let count = |text: &str, marks: [char; 2]| text.chars().filter(|c| marks.contains(c)).count();
    let mut name = name.trim_matches(between);
    while let Some(inner) = name.strip_suffix(OPENS).or_else(|| {
        let (opens, closes) = (count(name, OPENS), count(name, CLOSES));
        let wraps = opens == 1 && closes == 1 && name.ends_with(CLOSES);
        match () {
            () if opens > closes || wraps => name.strip_prefix(OPENS),
            () if closes > opens => name.strip_suffix(CLOSES).or_else(|| name.strip_prefix(CLOSES)),
            () => None,
        }
    }) {
        name = inner.trim_matches(between);
    }
    // What opened in the middle and never closed ends with the name.
    let closes = name.chars().rfind(|c| OPENS.contains(c) || CLOSES.contains(c));
    match closes {
        Some('(') if !is_balanced(name) => format!("{name})"),
        Some('（') if !is_balanced(name) => format!("{name}）"),
        _ => name.to_owned(),
    }
}

/// Whether as many brackets close as open.
pub(super) fn is_balanced(name: &str) -> bool {
    let count = |marks: [char; 2]| name.chars().filter(|c| marks.contains(c)).count();
    count(OPENS) == count(CLOSES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn notes_behind_a_name_are_cut_off() {
        for (text, expected) in [
            ("ゾー・マーシュ、１９７１年1月2日に港にて出生", "ゾー・マーシュ"),
            ("ゾー・マーシュ（1971年1月2日出生）", "ゾー・マーシュ"),
            ("ゾー・マーシュ、1971年1月2日生まれ。出生地：Port", "ゾー・マーシュ"),
            ("ゾー・マーシュ（旅券番号：X1、生年月日：1971年）", "ゾー・マーシュ"),
            ("Zoe Marsh, born 2 Jan. 1971 in Port", "Zoe Marsh"),
            ("Zoe Marsh, DOB: 02 Jan.1971. POB: Port.", "Zoe Marsh"),
            ("Zoe Born Marsh", "Zoe Born Marsh"),
            ("(Zoe Marsh)", "Zoe Marsh"),
            ("(Zoe) Marsh", "(Zoe) Marsh"),
            ("(Zoe Marsh", "Zoe Marsh"),
            ("ゾー（マーシュの娘", "ゾー（マーシュの娘）"),
        ] {
            let noted = read(text);
            assert_eq!(noted.names, [expected], "{text}");
            assert_eq!((noted.native, noted.is_former), (None, false), "{text}");
        }
        for text in ["Zoe Marsh (formerly listed as)", "Zoe Marsh（以前掲載の氏名）"] {
            let noted = read(text);
            assert_eq!(
                (noted.names.as_slice(), noted.is_former),
                (&["Zoe Marsh".to_owned()][..], true)
            );
            assert!(has_note(text));
        }
        assert_eq!(read("Zoe (formerly listed as Fenn)").names, ["Zoe", "Fenn"]);
        assert!(!has_note("Zoe Marsh"));
    }

    #[test]
    fn a_name_in_its_own_script_is_told_from_the_latin_one() {
        for text in [
            "ZOE MARSH （original script：زوي (مارش)）（アラビア語）",
            "ZOE MARSH (Original Script: زوي (مارش))",
            "ZOE MARSH (In Arabic: زوي (مارش))",
        ] {
            let noted = read(text);
            assert_eq!(noted.names, ["ZOE MARSH"], "{text}");
            assert_eq!(noted.native.as_deref(), Some("زوي (مارش)"), "{text}");
        }
        assert_eq!(read("ZOE (original script: Зоя) (FENN)").names, ["ZOE", "FENN"]);
        assert_eq!(read("ZOE (MARSH)").names, ["ZOE (MARSH)"]);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[(（）)a1、; éゾ]{0,12}(born 1|出生|listed as|in arabic)?[(（）)a1、; é]{0,12}") {
            read(&text);
        }
    }
}
