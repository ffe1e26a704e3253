//! Decides where one word of a name ends and the next begins, and folds each.
//!
//! White space, punctuation and control characters separate; apostrophes and invisible format
//! characters (zero-width, bidirectional) vanish; a run of single letters with dots is one
//! abbreviation ("d.o.o.") or, in a person's name, initials ("J.P.").

use super::fold::{Folded, fold};
use super::token::Token;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word as found: its text and the separators that followed it.
struct Raw {
    text: String,
    dotted: bool,
    tied: bool,
}

/// The words of a name, folded, none of them empty. `initials` keeps the letters of "J.P." apart.
pub(super) fn raw_tokens(text: &str, initials: bool) -> Vec<Token> {
    let words = words(text);
    let words = if initials { words } else { join_dotted(words) };
    words
        .into_iter()
        .filter_map(|raw| {
            let (folded, script) = fold(&raw.text);
            let named = folded.chars().any(char::is_alphanumeric);
            named.then(|| Token::word(raw.text, folded, script == Folded::Latin, raw.tied))
        })
        .collect()
}

fn words(text: &str) -> Vec<Raw> {
    let mut words: Vec<Raw> = Vec::new();
    let mut word = String::new();
    // Before NFKC, which would make a space and a mark of the acute accent.
    let visible = text.chars().filter(|c| !is_apostrophe(*c) && !is_invisible(*c));
    for letter in visible.nfkc() {
        if letter == '&' {
            finish(&mut words, &mut word, ' ');
            finish(&mut words, &mut "and".to_owned(), ' ');
        } else if letter.is_alphanumeric() || is_combining_mark(letter) {
            word.push(letter);
        } else {
            finish(&mut words, &mut word, letter);
        }
    }
    finish(&mut words, &mut word, ' ');
    words
}

fn finish(words: &mut Vec<Raw>, word: &mut String, separator: char) {
    if word.is_empty() {
        return;
    }
    let single = word.chars().filter(|c| !is_combining_mark(*c)).count() == 1;
    let dotted = separator == '.' && single;
    let tied = matches!(separator, '-' | '‐' | '‑' | '–');
    words.push(Raw { text: std::mem::take(word), dotted, tied });
}

/// "d", "o", "o" with dots become "doo"; a last letter may lack its dot ("D.O.O").
fn join_dotted(words: Vec<Raw>) -> Vec<Raw> {
    let mut out: Vec<Raw> = Vec::with_capacity(words.len());
    let mut open = false;
    for raw in words {
        let single = raw.text.chars().count() == 1;
        match out.last_mut() {
            Some(last) if open && single => {
                last.text.push_str(&raw.text);
                open = raw.dotted;
            }
            _ => {
                open = raw.dotted;
                out.push(raw);
            }
        }
    }
    out
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʾ' | 'ʿ' | '`' | '´' | '′' | '＇')
}

/// Format characters a reader does not see.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str, initials: bool) -> Vec<String> {
        raw_tokens(text, initials).into_iter().map(|t| t.folded).collect()
    }

    #[test]
    fn apostrophes_vanish_hyphens_part_and_dots_do_what_the_kind_says() {
        assert_eq!(folded("O'Neil, J.P.", true), ["oneil", "j", "p"]);
        assert_eq!(folded("J.P. Orbis & Co.", false), ["jp", "orbis", "and", "co"]);
        assert_eq!(folded("AL-RAYS", true), ["al", "rays"]);
        assert_eq!(folded("SIS d.o.o.", false), ["sis", "doo"]);
        assert_eq!(folded("S. A. Orbis", false), ["sa", "orbis"]);
    }

    #[test]
    fn invisible_characters_do_not_part_a_word_and_marks_alone_are_no_word() {
        assert_eq!(folded("Iva\u{200b}nov\u{202e}", true), ["ivanov"]);
        assert!(folded("\u{301}\u{301} — ••• \u{0}", true).is_empty());
    }
}
