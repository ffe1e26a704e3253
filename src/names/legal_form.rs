//! Decides which words at the edges of a company's name are its legal form, and which form.
//!
//! Spellings come from `config/names/legal_forms.toml` and are folded like names. A form of one or
//! two letters counts only where legal forms stand, at the start or the end; a longer one counts
//! anywhere. A name that is nothing but legal forms keeps them as words.

use super::split::raw_tokens;
use super::token::{Token, TokenKind};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Canonical code and class of one spelling.
#[derive(Debug, Clone)]
struct Form {
    code: String,
    class: &'static str,
}

/// Spellings as folded words, with the length of the longest.
struct Forms {
    by_words: BTreeMap<Vec<String>, Form>,
    longest: usize,
}

/// Class, then code, then spellings.
type Table = BTreeMap<String, BTreeMap<String, Vec<String>>>;

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("../../config/names/legal_forms.toml"))
        .expect("config/names/legal_forms.toml is embedded and read by a test");
    let mut by_words = BTreeMap::new();
    for (class, forms) in table {
        let class: &'static str = class.leak();
        for (code, spellings) in forms {
            for spelling in spellings {
                let words = raw_tokens(&spelling, false).into_iter().map(|t| t.folded).collect();
                by_words.insert(words, Form { code: code.clone(), class });
            }
        }
    }
    let longest = by_words.keys().map(Vec::len).max().unwrap_or(0);
    Forms { by_words, longest }
});

/// Replaces the words of a legal form by one token with the form's code.
pub(super) fn type_legal_forms(tokens: Vec<Token>) -> Vec<Token> {
    let spans = find(&tokens);
    let covered: usize = spans.iter().map(|span| span.2).sum();
    if spans.is_empty() || covered == tokens.len() {
        return tokens;
    }
    let mut spans = spans.into_iter().peekable();
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut inside = 0;
    for (place, token) in tokens.into_iter().enumerate() {
        if inside > 0 {
            if let Some(form) = out.last_mut() {
                form.text.push(' ');
                form.text.push_str(&token.text);
            }
            inside -= 1;
            continue;
        }
        match spans.next_if(|span| span.0 == place) {
            Some((_, form, width)) => {
                inside = width - 1;
                out.push(typed(token, form));
            }
            None => out.push(token),
        }
    }
    out
}

fn typed(token: Token, form: Form) -> Token {
    Token {
        folded: form.code,
        class: form.class,
        key: String::new(),
        skeleton: String::new(),
        ..token.of_kind(TokenKind::LegalForm)
    }
}

/// Non-overlapping forms as (place, form, words), left to right, the longest spelling first.
fn find(tokens: &[Token]) -> Vec<(usize, Form, usize)> {
    let words: Vec<&str> = tokens.iter().map(|t| t.folded.as_str()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match longest_at(&words, at) {
            Some((form, width)) => {
                found.push((at, form, width));
                at += width;
            }
            None => at += 1,
        }
    }
    keep_short_ones_at_the_edges(found, &words)
}

fn longest_at(words: &[&str], at: usize) -> Option<(Form, usize)> {
    let forms = &*FORMS;
    let most = forms.longest.min(words.len() - at);
    let exact = (1..=most).rev().find_map(|width| {
        let key: Vec<String> =
            words.iter().skip(at).take(width).map(|word| (*word).to_owned()).collect();
        forms.by_words.get(&key).map(|form| (form.clone(), width))
    });
    exact.or_else(|| words.get(at).and_then(|word| misspelt(word)).map(|form| (form, 1)))
}

/// The form that a long word misspells, or writes in a neighbouring language ("corporacion").
fn misspelt(word: &str) -> Option<Form> {
    const LONG: usize = 10;
    // One letter in ten: below that it is a word of its own.
    const ALIKE: f64 = 0.9;
    if word.chars().count() < LONG {
        return None;
    }
    let single = |words: &[String]| match words {
        [one] if one.chars().count() >= LONG => {
            Some(strsim::normalized_damerau_levenshtein(one, word))
        }
        _ => None,
    };
    let near = FORMS.by_words.iter().filter_map(|(words, form)| Some((single(words)?, form)));
    near.filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, form)| form.clone())
}

fn keep_short_ones_at_the_edges(
    found: Vec<(usize, Form, usize)>,
    words: &[&str],
) -> Vec<(usize, Form, usize)> {
    let starts: Vec<(usize, usize)> = found.iter().map(|span| (span.0, span.2)).collect();
    // A form is at an edge when only forms stand between it and the start or the end.
    let only_forms = |range: std::ops::Range<usize>| {
        range.into_iter().all(|i| starts.iter().any(|(s, w)| (*s..s + w).contains(&i)))
    };
    let long = |at: usize, width: usize| {
        width > 1 || words.get(at).is_some_and(|word| word.chars().count() > 2)
    };
    found
        .into_iter()
        .filter(|(at, _, width)| {
            long(*at, *width) || only_forms(0..*at) || only_forms(at + width..words.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(name: &str) -> Vec<(String, String)> {
        type_legal_forms(raw_tokens(name, false))
            .into_iter()
            .filter(|t| t.kind == TokenKind::LegalForm)
            .map(|t| (t.text, t.folded))
            .collect()
    }

    #[test]
    fn spellings_of_one_form_have_one_code() {
        for name in ["SIS DOO", "SIS d.o.o.", "Sis, D.O.O"] {
            assert_eq!(forms(name).first().map(|f| f.1.as_str()), Some("doo"), "{name}");
        }
        assert_eq!(
            forms("ООО Ромашка"),
            forms("OOO Romashka").into_iter().map(|f| ("ООО".into(), f.1)).collect::<Vec<_>>()
        );
        assert_eq!(forms("Orbis Closed Joint Stock Company")[0].0, "Closed Joint Stock Company");
        assert_eq!(forms("Orbis GmbH & Co. KG")[0].1, "gmbh");
    }

    #[test]
    fn short_forms_count_only_at_the_edges_and_never_make_up_a_whole_name() {
        assert!(forms("Banca SE Nova Group").is_empty());
        assert_eq!(forms("Nova SE").len(), 1);
        assert!(forms("AB SA").is_empty());
    }
}
