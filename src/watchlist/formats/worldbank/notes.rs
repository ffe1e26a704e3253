//! Decides which names and numbers stand in the notes that the World Bank writes into a name or
//! behind it: `NAME (FORMERLY OTHER LTD.)`, `(also known as …) (Reg. No. 7) *12`, a name in its
//! own script, `*12` for a footnote of the page.
//!
//! Only a note that opens with one of the words below is taken out of a name; any other bracket
//! may be part of it, as may one inside a name that such a word opened. In the additional
//! information a text in another script than Latin is the native name, and a short text without
//! digits that no word opens is a weak alias: it may support a match and never opens one. All of
//! it stays verbatim in the remarks.

use super::super::name_notes::{self, behind};
use super::super::names_text::is_latin;
use crate::party::{NameQuality, Scheme};

/// Something a note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Noted {
    /// Another name.
    Name(String, NameQuality),
    /// A number, with what the Bank calls it.
    Number(Scheme, String, String),
    /// Number of a footnote.
    Footnote(String),
}

/// Words that open a number, longest first where one begins another.
const NUMBER_WORDS: [(&str, Scheme); 13] = [
    ("tax registration no", Scheme::Tax),
    ("registration number", Scheme::Registration),
    ("registration #", Scheme::Registration),
    ("registration no", Scheme::Registration),
    ("reg. no", Scheme::Registration),
    ("reg no", Scheme::Registration),
    ("unified number", Scheme::Registration),
    ("national id", Scheme::NationalId),
    ("id no", Scheme::NationalId),
    ("tax id", Scheme::Tax),
    ("tin", Scheme::Tax),
    ("cnpj", Scheme::Tax),
    ("uscc", Scheme::Registration),
];
/// Opens a name where the Bank leaves out "known as".
const ALSO: &str = "also";
/// Titles; nothing but them is no name.
const TITLES: [&str; 8] = ["mr", "mrs", "ms", "miss", "dr", "eng", "ir", "prof"];
/// Signs around a name in a note.
const AROUND: [char; 6] = [' ', ',', ';', '[', ']', ':'];
/// Words of a text without digits that is more than a name.
const MOST_WORDS: usize = 10;
/// Openings of a text that is a sentence.
const NO_NAMES: [&str; 4] = ["but", "as", "only", "physical"];

/// The name without its notes, and the names in them.
pub(super) fn in_name(text: &str) -> (String, Vec<Noted>) {
    let mut names = name_notes::split(text).into_iter();
    let Some((own, _)) = names.next() else { return (text.trim().to_owned(), Vec::new()) };
    let noted =
        names.map(|(name, quality)| Noted::Name(name, quality.unwrap_or(NameQuality::Alias)));
    (own, noted.collect())
}

/// What the additional information says.
pub(super) fn in_information(text: &str) -> Vec<Noted> {
    pieces(text).iter().filter_map(|piece| read(piece)).collect()
}

/// The text outside brackets, the brackets and the footnotes, in order. Where the brackets do not
/// pair up each of them ends a piece, so that none swallows the rest.
fn pieces(text: &str) -> Vec<String> {
    let pairs_up = text.matches('(').count() == text.matches(')').count();
    let mut pieces = vec![String::new()];
    let mut open = 0_usize;
    let mut is_of_name = false;
    for (at, character) in text.char_indices() {
        let is_border = match character {
            '(' => {
                open += 1;
                if open == 1 {
                    let last = pieces.last().map(String::as_str).unwrap_or_default();
                    is_of_name = pairs_up && belongs(last, text.get(at..).unwrap_or_default());
                }
                (open == 1 && !is_of_name) || !pairs_up
            }
            ')' => {
                open = open.saturating_sub(1);
                (open == 0 && !is_of_name) || !pairs_up
            }
            '*' => open == 0 || !pairs_up,
            _ => false,
        };
        if is_border {
            pieces.push(String::new());
        }
        if (!is_border || character == '*')
            && let Some(piece) = pieces.last_mut()
        {
            piece.push(character);
        }
    }
    pieces.iter().flat_map(|piece| footnote_and_rest(piece)).collect()
}

/// Whether a bracket is part of the name in front of it, which a word has opened: `AKA ALTA (PVT)
/// LTD`. A note of its own is not.
fn belongs(piece: &str, from: &str) -> bool {
    let texts = footnote_and_rest(piece);
    let is_open = texts.last().is_some_and(|text| name_notes::is_word(text));
    let inside = from.trim_start_matches('(').split([')', '(']).next().unwrap_or_default().trim();
    is_open && is_latin(inside) && named(inside).is_none() && numbered(inside).is_none()
}

/// `*12 AKA SOMEBODY` is a footnote and a text; `* 43 and 45` and `*566, 576` are footnotes.
fn footnote_and_rest(piece: &str) -> Vec<String> {
    let Some(behind) = piece.strip_prefix('*') else { return vec![piece.trim().to_owned()] };
    let of_number =
        |word: &&str| *word == "and" || word.chars().all(|c| c.is_ascii_digit() || c == ',');
    let words: Vec<&str> = behind.split_whitespace().collect();
    let numbers = words.iter().take_while(|word| of_number(word)).count();
    let (notes, rest) = words.split_at(numbers);
    let numbers = notes.iter().map(|word| word.trim_matches(',')).filter(|word| *word != "and");
    let mut all: Vec<String> = numbers.map(|number| format!("*{number}")).collect();
    all.push(rest.join(" "));
    all
}

fn read(piece: &str) -> Option<Noted> {
    let piece = piece.trim_matches([',', ' ', ';', '[', ']']);
    if let Some(number) = piece.strip_prefix('*') {
        return Some(Noted::Footnote(number.to_owned()));
    }
    named(piece).or_else(|| numbered(piece)).or_else(|| bare(piece))
}

/// A name behind one of the words.
fn named(text: &str) -> Option<Noted> {
    let also = || Some((NameQuality::Alias, behind(text, ALSO)?.trim_matches(AROUND)));
    let (quality, name) = name_notes::opened(text).or_else(also)?;
    (!name.is_empty()).then(|| Noted::Name(name.to_owned(), quality))
}

/// A number behind one of the words, or one that is alone and long.
fn numbered(text: &str) -> Option<Noted> {
    let is_number = |value: &str| value.chars().any(|c| c.is_ascii_digit());
    for (words, scheme) in NUMBER_WORDS {
        if let Some(rest) = behind(text, words) {
            let value = rest.trim_start_matches(['o', 's', '.', ':', ';', ' ', '#']).trim();
            let label = text.strip_suffix(value).unwrap_or(words).trim_matches([':', ';', ' ']);
            return is_number(value)
                .then(|| Noted::Number(scheme, value.to_owned(), label.to_owned()));
        }
    }
    let alone = text.len() >= 8 && text.chars().all(|c| c.is_ascii_alphanumeric());
    let label = "number in the additional information".to_owned();
    (alone && is_number(text)).then(|| Noted::Number(Scheme::Other, text.to_owned(), label))
}

/// A native name, or a short text that may be a name.
fn bare(text: &str) -> Option<Noted> {
    if !is_latin(text) {
        return Some(Noted::Name(text.to_owned(), NameQuality::Native));
    }
    if name_notes::is_word(text) || behind(text, ALSO).is_some() {
        return None;
    }
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let is_name = (1..=MOST_WORDS).contains(&words.len())
        && words.first().is_some_and(|first| !NO_NAMES.contains(&first.as_str()))
        && text.chars().any(char::is_alphabetic)
        && !words.iter().all(|word| TITLES.contains(&word.trim_matches('.')))
        && !text.contains(|c: char| c.is_ascii_digit());
    is_name.then(|| Noted::Name(text.to_owned(), NameQuality::WeakAlias))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(text: &str, quality: NameQuality) -> Noted {
        Noted::Name(text.to_owned(), quality)
    }

    fn number(scheme: Scheme, value: &str, label: &str) -> Noted {
        Noted::Number(scheme, value.to_owned(), label.to_owned())
    }

    #[test]
    fn a_note_that_opens_with_a_word_leaves_the_name() {
        for (text, expected, quality, other) in [
            ("ALTA LTD (FORMERLY BETA LTD.)", "ALTA LTD", NameQuality::Former, "BETA LTD."),
            ("ALTA LTD, FORMERLY KNOWN AS BETA", "ALTA LTD", NameQuality::Former, "BETA"),
            ("ALTA (CURRENTLY D/B/A GAMA)", "ALTA", NameQuality::Alias, "GAMA"),
        ] {
            assert_eq!(in_name(text), (expected.to_owned(), vec![name(other, quality)]), "{text}");
        }
        for text in ["ALTA TRADING (ALTRA)", "ALTA (PORT SEVERIN) CO., LTD.", "(FORMERLY X)"] {
            assert_eq!(in_name(text), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn the_additional_information_is_taken_apart() {
        let read = in_information("(f.k.a. Old Works Co., Ltd.) (东方工程) (Reg. No: AB 12-3) *64");
        let expected = [
            name("Old Works Co., Ltd.", NameQuality::Former),
            name("东方工程", NameQuality::Native),
            number(Scheme::Registration, "AB 12-3", "Reg. No"),
            Noted::Footnote("64".to_owned()),
        ];
        assert_eq!(read, expected);
        let read = in_information("* 43 and 45 AKA ALTERA");
        let notes = ["43", "45"].map(|n| Noted::Footnote(n.to_owned()));
        assert_eq!(read[..2], notes);
        assert_eq!(read[2..], [name("ALTERA", NameQuality::Alias)]);
    }

    #[test]
    fn a_bracket_inside_a_name_that_a_word_opened_is_part_of_it() {
        let read = in_information("*12 AKA ALTA SUPPLIES (PVT) LTD (Reg. No: 7)");
        let expected = [
            Noted::Footnote("12".to_owned()),
            name("ALTA SUPPLIES (PVT) LTD", NameQuality::Alias),
            number(Scheme::Registration, "7", "Reg. No"),
        ];
        assert_eq!(read, expected);
        assert!(in_information("(Ms.)").is_empty());
        let read = in_information("(formerly operating as: Alta)*5");
        assert_eq!(read[0], name("Alta", NameQuality::Former));
        assert_eq!(in_information("(operating as: Alta)"), [name("Alta", NameQuality::Alias)]);
        assert_eq!(in_name("A.K.A. ORLIN DEMO"), ("ORLIN DEMO".to_owned(), vec![]));
    }

    #[test]
    fn a_sentence_is_no_name() {
        assert!(in_information("(BUT ONLY FOR ITS WORK IN THE WATER SECTOR)").is_empty());
        assert!(in_information("as a successor to Alta. Lic. #0003127").is_empty());
        let weak = in_information("(ALT Group)");
        assert_eq!(weak, [name("ALT Group", NameQuality::WeakAlias)]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "[a-zA-Z(), *0-9é東f/k.]{0,40}") {
            let _ = in_information(&text);
            let (rest, _) = in_name(&text);
            prop_assert!(rest.len() <= text.len());
        }
    }
}
