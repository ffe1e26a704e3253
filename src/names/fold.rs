//! Decides what a word looks like once script, case and accents no longer matter.
//!
//! Cyrillic and Greek become Latin by the tables of `config/names/transliteration.toml`; the
//! language of a Cyrillic word is read from the letters only that language has. Other scripts stay
//! as they are, without their optional marks: a wrong transliteration is worse than none.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

type Letters = BTreeMap<char, String>;

/// The tables of `config/names/transliteration.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    russian: Letters,
    ukrainian: Letters,
    serbian: Letters,
    bulgarian: Letters,
    greek: Letters,
    greek_pairs: BTreeMap<String, String>,
    latin: Letters,
    lookalikes: Letters,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    toml::from_str(include_str!("../../config/names/transliteration.toml"))
        .expect("config/names/transliteration.toml is embedded and read by a test")
});

/// Which script a folded word is compared in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folded {
    /// Latin letters and digits, written so or transliterated.
    Latin,
    /// Any other script.
    Native,
}

/// Folds one word: lower case, Latin where we have a table, without accents. The result may be
/// empty (a word of marks alone).
pub(super) fn fold(word: &str) -> (String, Folded) {
    // What the steps below come to for ASCII, which most words are.
    if word.is_ascii() {
        return (word.to_ascii_lowercase(), Folded::Latin);
    }
    let lower: String = word.nfkc().flat_map(char::to_lowercase).nfc().collect();
    let has = |script| lower.chars().any(|c| c.script() == script);
    let (latin, cyrillic, greek) = (has(Script::Latin), has(Script::Cyrillic), has(Script::Greek));
    let text = match (cyrillic, greek) {
        _ if latin && (cyrillic || greek) => mixed(&lower),
        (true, _) => cyrillic_to_latin(&lower),
        (_, true) => greek_to_latin(&lower),
        _ => lower.chars().flat_map(plain).collect(),
    };
    let native = text.chars().any(|c| c.is_alphabetic() && c.script() != Script::Latin);
    (text, if native { Folded::Native } else { Folded::Latin })
}

/// One lower-case letter that needs no transliteration: without its marks; Latin letters that do
/// not decompose by table; decimal digits of any script as ASCII.
fn plain(letter: char) -> Vec<char> {
    if letter.is_ascii() {
        return vec![letter];
    }
    if let Some(latin) = TABLES.latin.get(&letter) {
        return latin.chars().collect();
    }
    if let Some(digit) = decimal_value(letter) {
        return vec![digit];
    }
    match letter.script() {
        Script::Latin | Script::Greek | Script::Cyrillic | Script::Common => {
            unmarked(letter).flat_map(|c| spelled(c).chars().collect::<Vec<_>>()).collect()
        }
        Script::Arabic | Script::Hebrew | Script::Syriac | Script::Inherited => {
            unmarked(letter).filter(|c| *c != 'ـ').map(one_arabic_spelling).collect()
        }
        // Vowel signs of Indic and South-East Asian scripts are letters of the word.
        _ => vec![letter],
    }
}

fn spelled(letter: char) -> String {
    TABLES.latin.get(&letter).cloned().unwrap_or_else(|| letter.to_string())
}

fn unmarked(letter: char) -> impl Iterator<Item = char> {
    letter.to_string().nfkd().filter(|c| !is_combining_mark(*c)).collect::<Vec<_>>().into_iter()
}

/// Final ya and ta marbuta are written with and without dots; Persian and Arabic keyboards have
/// different letters for ya and kaf.
fn one_arabic_spelling(letter: char) -> char {
    match letter {
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        other => other,
    }
}

/// The ASCII digit for a decimal digit of the scripts our lists are written in.
fn decimal_value(letter: char) -> Option<char> {
    const ZEROES: [u32; 6] = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x17E0];
    let code = u32::from(letter);
    let offset = ZEROES.iter().find_map(|zero| code.checked_sub(*zero).filter(|d| *d < 10))?;
    char::from_digit(offset, 10)
}

/// A word that mixes scripts is in the script most of its letters are in; the others only look
/// like letters of it.
fn mixed(lower: &str) -> String {
    let count = |script| lower.chars().filter(|c| c.script() == script).count();
    if count(Script::Cyrillic) > count(Script::Latin) {
        let cyrillic: String = lower.chars().map(cyrillic_twin).collect();
        return cyrillic_to_latin(&cyrillic);
    }
    let letter = |c: char| match TABLES.lookalikes.get(&c) {
        Some(latin) => latin.clone(),
        None => other_script(c, &TABLES.russian),
    };
    lower.chars().map(letter).collect()
}

/// The Cyrillic letter drawn like a Latin one; any other letter as it is.
fn cyrillic_twin(letter: char) -> char {
    let twin = |(own, latin): &(&char, &String)| {
        own.script() == Script::Cyrillic && latin.chars().eq([letter])
    };
    TABLES.lookalikes.iter().find(twin).map_or(letter, |(own, _)| *own)
}

fn other_script(letter: char, own: &Letters) -> String {
    let known = own.get(&letter).or_else(|| TABLES.russian.get(&letter));
    match known.or_else(|| TABLES.greek.get(&letter)) {
        Some(latin) => latin.clone(),
        None => plain(letter).into_iter().collect(),
    }
}

fn cyrillic_to_latin(lower: &str) -> String {
    let own = own_letters(lower);
    lower
        .chars()
        .map(|c| match own.and_then(|letters| letters.get(&c)) {
            Some(latin) => latin.clone(),
            None => other_script(c, &TABLES.russian),
        })
        .collect()
}

/// The language whose own letters a Cyrillic word has; `None` is read as Russian.
fn own_letters(lower: &str) -> Option<&'static Letters> {
    if lower.contains(['і', 'ї', 'є', 'ґ']) {
        return Some(&TABLES.ukrainian);
    }
    if lower.contains(['ђ', 'ј', 'љ', 'њ', 'ћ', 'џ']) {
        return Some(&TABLES.serbian);
    }
    // In Russian the hard sign stands only before е, ё, ю, я; anywhere else the word is Bulgarian.
    let letters: Vec<char> = lower.chars().collect();
    let bulgarian = letters
        .windows(2)
        .any(|pair| matches!(pair, ['ъ', next] if !matches!(next, 'е' | 'ё' | 'ю' | 'я')));
    bulgarian.then_some(&TABLES.bulgarian)
}

fn greek_to_latin(lower: &str) -> String {
    let letters: Vec<char> = lower.chars().flat_map(unmarked).collect();
    let mut out = String::new();
    let mut rest = letters.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.first().map(|second| format!("{first}{second}"));
        match pair.and_then(|pair| TABLES.greek_pairs.get(&pair)) {
            Some(latin) => {
                out.push_str(latin);
                rest = after.get(1..).unwrap_or_default();
            }
            None => {
                out.push_str(&other_script(*first, &TABLES.greek));
                rest = after;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(word: &str) -> String {
        fold(word).0
    }

    #[test]
    fn accents_case_and_letters_that_do_not_decompose_are_folded() {
        let cases = [
            ("MÜLLER", "muller"),
            ("Łódź", "lodz"),
            ("Đorđević", "dordevic"),
            ("Ørsted", "orsted"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("ＡＢＣ", "abc"),
            ("Nguyễn", "nguyen"),
            ("e\u{301}e\u{301}\u{301}\u{301}", "ee"),
        ];
        for (word, folded) in cases {
            assert_eq!(latin(word), folded, "{word}");
        }
    }

    #[test]
    fn cyrillic_follows_the_language_its_letters_show() {
        let cases = [
            ("Юрий", "yuriy"), // Russian
            ("Щербаков", "shcherbakov"),
            ("Сергій", "serhii"),       // Ukrainian, shown by і
            ("Ђорђевић", "djordjevic"), // Serbian, shown by ђ
            ("Първанов", "parvanov"),   // Bulgarian, shown by ъ before a consonant
            ("Объект", "obekt"),        // Russian hard sign
        ];
        for (word, folded) in cases {
            assert_eq!(latin(word), folded, "{word}");
        }
    }

    #[test]
    fn greek_pairs_are_read_as_one_sound() {
        assert_eq!(latin("Παπαδοπούλου"), "papadopoulou");
        assert_eq!(latin("Ευάγγελος"), "evangelos");
    }

    #[test]
    fn a_cyrillic_letter_in_a_latin_word_is_read_as_the_letter_it_imitates() {
        assert_eq!(latin("Pеtrоv"), "petrov");
        assert_eq!(fold("Pеtrоv").1, Folded::Latin);
    }

    #[test]
    fn every_ascii_character_is_folded_as_it_is_beside_another_letter() {
        for code in 0..128_u8 {
            let letter = char::from(code);
            assert_eq!(latin(&format!("{letter}é")), latin(&letter.to_string()) + "e");
        }
    }

    #[test]
    fn other_scripts_keep_their_letters_without_optional_marks() {
        assert_eq!(fold("مُحَمَّد"), ("محمد".into(), Folded::Native));
        assert_eq!(fold("أحمد"), ("احمد".into(), Folded::Native));
        assert_eq!(fold("習近平"), ("習近平".into(), Folded::Native));
        assert_eq!(fold("한국"), ("한국".into(), Folded::Native));
        assert_eq!(fold("٢٠٠٠"), ("2000".into(), Folded::Latin));
    }
}
