//! Decides which names a record of the Canadian list has, where the publisher writes several into
//! one field.
//!
//! Taken apart: `(also known as …)`; a surname's variant in brackets; English and French on both
//! sides of `/`; aliases at `;`, at `Russian:` and the like, and at `/`, ` or ` and `,` where
//! every piece can stand alone. A person's piece needs two words for that, and around a single
//! comma three, or it may be half of a name; an organisation is never cut at a comma. What is
//! taken apart is also kept as published. A person's alias of one word is the variant of one part
//! of the name, so it is weak: it supports a match and opens none.

use super::super::languages::bcp47;
use super::super::names_text::{is_latin, split_names};
use super::super::xml::Node;
use crate::party::{NameQuality, PartyKind, PartyName};
use crate::watchlist::Detail;

/// The words in front of another name inside brackets.
const ALSO_KNOWN: &str = "(also known as ";

/// All names of a record, the one it goes by first.
pub(super) fn names(record: &Node, kind: PartyKind, details: &mut Vec<Detail>) -> Vec<PartyName> {
    let is_person = kind == PartyKind::Person;
    let whole = match record.value("EntityOrShip") {
        Some(name) => name,
        None => {
            let parts = ["GivenName", "LastName"].iter().filter_map(|part| record.value(part));
            parts.collect::<Vec<_>>().join(" ")
        }
    };
    let own = if is_person { bracketed(&whole) } else { own_names(&whole) };
    if own.len() > 1 {
        details.push(Detail::new("name as published", whole));
    }
    let mut names: Vec<PartyName> = Vec::new();
    for text in own {
        let quality = if names.is_empty() { NameQuality::Primary } else { NameQuality::Alias };
        add(&mut names, PartyName::new(text, quality));
    }
    if let Some(text) = record.value("Aliases") {
        let found = aliases(&text, is_person);
        if !matches!(found.as_slice(), [(only, None)] if *only == text) {
            details.push(Detail::new("aliases as published", text));
        }
        for (text, language) in found {
            let quality = alias_quality(&text, is_person);
            add(&mut names, PartyName { text, quality, language });
        }
    }
    names
}

fn add(names: &mut Vec<PartyName>, name: PartyName) {
    if !name.text.is_empty() && !names.iter().any(|known| known.text == name.text) {
        names.push(name);
    }
}

fn alias_quality(text: &str, is_person: bool) -> NameQuality {
    if is_person && !has_words(text, 2) {
        NameQuality::WeakAlias
    } else if is_latin(text) {
        NameQuality::Alias
    } else {
        NameQuality::Native
    }
}

fn has_words(text: &str, fewest: usize) -> bool {
    text.split_whitespace().count() >= fewest
}

/// `Aleksey DIKIY (DIKY)` is also `Aleksey DIKY`: the bracket stands for the word before it.
fn bracketed(whole: &str) -> Vec<String> {
    let one = || Some(whole.to_owned()).filter(|text| !text.is_empty()).into_iter().collect();
    let Some((before, rest)) = whole.split_once('(') else { return one() };
    let Some((inner, after)) = rest.split_once(')') else { return one() };
    let Some((kept, _)) = before.trim_end().rsplit_once(' ') else { return one() };
    if has_words(inner, 2) || inner.contains('(') || after.contains(['(', ')']) {
        return one();
    }
    [before, kept]
        .iter()
        .zip(["", inner])
        .map(|(head, variant)| joined(&[head, variant, after]))
        .collect()
}

fn joined(parts: &[&str]) -> String {
    parts.iter().flat_map(|part| part.split_whitespace()).collect::<Vec<_>>().join(" ")
}

/// The name of an organisation or ship, the one it is also known as, the one in French.
fn own_names(whole: &str) -> Vec<String> {
    let (name, other) = match whole.split_once(ALSO_KNOWN) {
        Some((name, other)) => (name, Some(without_lone_brackets(other))),
        None => (whole, None),
    };
    let languages: Vec<&str> = name.split('/').map(str::trim).collect();
    let halves = match languages.as_slice() {
        [one, two] if has_words(one, 2) && has_words(two, 2) => languages,
        _ => vec![name.trim()],
    };
    let names = halves.into_iter().map(str::to_owned).chain(other);
    names.filter(|name| !name.is_empty()).collect()
}

/// Aliases with the language the publisher puts in front of them.
fn aliases(text: &str, is_person: bool) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for (part, language) in by_language(text) {
        for piece in split_names(&without_lone_brackets(&part)) {
            let piece = piece.trim_matches([',', ' ']);
            for name in at_separators(piece, is_person) {
                found.push((without_lone_brackets(&name), language.clone()));
            }
        }
    }
    found.retain(|(name, _)| name.chars().any(char::is_alphanumeric));
    found
}

/// The text cut in front of `Belarusian:`, `Russian:` and other names of languages.
fn by_language(text: &str) -> Vec<(String, Option<String>)> {
    let mut parts: Vec<(String, Option<String>)> = vec![(String::new(), None)];
    for word in text.split_whitespace() {
        let bare = word.trim_start_matches('(');
        let named = bare.strip_suffix(':').filter(|name| name.chars().count() > 3);
        if let Some(language) = named.and_then(bcp47) {
            parts.push((String::new(), Some(language)));
        } else if let Some((part, _)) = parts.last_mut() {
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(word);
        }
    }
    parts
}

/// A piece cut at ` or `, `/` and `,` as far as every part of it can stand alone.
fn at_separators(piece: &str, is_person: bool) -> Vec<String> {
    let mut names = vec![piece.to_owned()];
    for separator in [" or ", "/", ","] {
        names = names.iter().flat_map(|name| cut(name, separator, is_person)).collect();
    }
    names
}

fn cut(name: &str, separator: &str, is_person: bool) -> Vec<String> {
    let parts: Vec<&str> = name.split(separator).map(|p| p.trim_matches([',', ' '])).collect();
    let stands = |fewest| parts.iter().all(|part| has_words(part, fewest) && is_balanced(part));
    let latin = parts.iter().filter(|part| is_latin(part)).count();
    let native = parts.iter().filter(|part| !part.chars().any(|c| c.is_ascii_alphabetic())).count();
    let is_mixed = latin > 0 && native > 0 && latin + native == parts.len();
    let may = match (separator, is_person) {
        (",", false) => false,
        (",", true) if parts.len() == 2 && !is_mixed => stands(3),
        (" or ", false) => stands(1),
        _ => stands(2),
    };
    if may { parts.into_iter().map(str::to_owned).collect() } else { vec![name.to_owned()] }
}

fn is_balanced(text: &str) -> bool {
    text.matches('(').count() == text.matches(')').count()
}

/// The text without a bracket at either end that has no partner.
fn without_lone_brackets(text: &str) -> String {
    let text = text.trim();
    if is_balanced(text) {
        return text.to_owned();
    }
    let open = text.matches('(').count() > text.matches(')').count();
    let bare = if open { text.strip_prefix('(') } else { text.strip_suffix(')') };
    bare.unwrap_or(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str, is_person: bool) -> Vec<String> {
        aliases(text, is_person).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn aliases_are_cut_where_every_piece_is_a_whole_name() {
        for (text, expected) in [
            ("Арсен Демо; Arsen Demo", vec!["Арсен Демо", "Arsen Demo"]),
            ("(Арсен ДЕМО / Арсэн ДЭМО", vec!["Арсен ДЕМО", "Арсэн ДЭМО"]),
            ("Arsen Demo or Arseni Demov", vec!["Arsen Demo", "Arseni Demov"]),
            ("A. B. Demo, A. C. Demo", vec!["A. B. Demo", "A. C. Demo"]),
            ("Arsen Demo, Арсен Демо", vec!["Arsen Demo", "Арсен Демо"]),
            ("A Demo, B Demo, C Demo", vec!["A Demo", "B Demo", "C Demo"]),
        ] {
            assert_eq!(texts(text, true), expected, "{text}");
        }
    }

    #[test]
    fn half_names_and_company_commas_stay_whole() {
        for text in [
            "Sergei, Serhii DEMO",
            "Al Demo, Arsen Bin",
            "Ilia Demovich or Demovitch",
            "ינון דמו DEMO, Yinon AKA",
        ] {
            assert_eq!(texts(text, true), [text]);
        }
        assert_eq!(
            texts("Demo Corporation, Fiction Plant", false),
            ["Demo Corporation, Fiction Plant"]
        );
        assert_eq!(texts("АО Демо or ДЕМОБАНК", false), ["АО Демо", "ДЕМОБАНК"]);
    }

    #[test]
    fn a_language_in_front_of_a_name_is_its_language() {
        let found = aliases("Kola Demo, Belarusian: Мікалай Дэма; Russian: Николай Демо", true);
        let tags: Vec<_> = found.iter().map(|(n, l)| (n.as_str(), l.as_deref())).collect();
        assert_eq!(
            tags,
            [("Kola Demo", None), ("Мікалай Дэма", Some("be")), ("Николай Демо", Some("ru"))]
        );
    }

    #[test]
    fn names_in_brackets_are_names_and_acronyms_stay() {
        assert_eq!(bracketed("Aleksey DEMIY (DEMY)"), ["Aleksey DEMIY", "Aleksey DEMY"]);
        assert_eq!(bracketed("Plain Demo"), ["Plain Demo"]);
        assert_eq!(
            own_names("Demo Plant (also known as Fiction Works)"),
            ["Demo Plant", "Fiction Works"]
        );
        assert_eq!(own_names("Demo Institute (DI)"), ["Demo Institute (DI)"]);
        assert_eq!(own_names("Bank of Demo/Banque de Demo"), ["Bank of Demo", "Banque de Demo"]);
        assert_eq!(own_names("Demo A/S"), ["Demo A/S"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic_or_lose_a_letter(text in "[a-cA-C(),;/ :é]{0,40}") {
            let marks = |t: &str| t.chars().filter(|c| *c == 'é').count();
            for is_person in [true, false] {
                prop_assert_eq!(marks(&texts(&text, is_person).concat()), marks(&text));
            }
            let _ = (bracketed(&text), own_names(&text));
        }
    }
}
