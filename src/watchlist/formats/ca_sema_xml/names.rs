//! Decides which names a record of the Canadian list has, where the publisher writes several into
//! one field.
//!
//! Taken apart: `(also known as …)`; a surname's variant in brackets; English and French on both
//! sides of `/`; aliases at `;`, at `Russian:` and the like, and at `/`, ` or `, ` and ` and `,`
//! where every piece can stand alone. A person's piece needs two words for that, unless there are
//! three pieces or more; an organisation's piece is no legal form and does not begin in lower
//! case. A comma may part one name, so the text around it stays an alias too. What is taken apart
//! is also kept as published. A person's alias of one word is the variant of one part of the
//! name, so it is weak: it supports a match and opens none.

use super::super::languages::bcp47;
use super::super::names_text::{is_latin, split_names};
use super::super::xml::Node;
use crate::party::{NameQuality, PartyKind, PartyName};
use crate::watchlist::Detail;

/// The words in front of another name inside brackets.
const ALSO_KNOWN: &str = "(also known as ";

/// Words of legal forms, in lower case without dots.
const LEGAL_FORMS: &str = "ltd limited inc incorporated corp corporation llc llp lp plc co company \
    gmbh ag kg ug sa sas sarl srl spa bv nv ab as oy aps de cv rl sro doo dd pte pty pvt private \
    jsc ojsc cjsc pjsc ao oao zao pao ooo fsue fgup sae fze fzco fzc fzllc jlt wll est sdn bhd \
    ооо оао зао пао ао сао мк фгуп фгбу ип тоо одо чуп уп руп \
    некоммерческое партнерство партнёрство";

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

/// A piece cut at ` or `, ` and `, `/` and `,` as far as its parts can be names. A cut that may be
/// wrong leaves the whole piece among the names as well.
fn at_separators(piece: &str, is_person: bool) -> Vec<String> {
    let mut names = vec![piece.to_owned()];
    let mut is_sure = true;
    for separator in [" or ", "/", ",", " and "] {
        names = names
            .iter()
            .flat_map(|name| match cut(name, separator, is_person) {
                Some((parts, sure)) => {
                    is_sure &= sure;
                    parts
                }
                None => vec![name.clone()],
            })
            .collect();
    }
    if !is_sure {
        names.push(piece.to_owned());
    }
    names
}

/// The parts of a name and whether the cut is sure; `None` when it stays whole.
fn cut(name: &str, separator: &str, is_person: bool) -> Option<(Vec<String>, bool)> {
    let parts = match (separator, is_person) {
        (",", false) => with_legal_forms(name),
        _ => name.split(separator).map(|part| tidy(part).to_owned()).collect(),
    };
    if parts.len() < 2 || !parts.iter().all(|part| is_balanced(part)) {
        return None;
    }
    let stands = |fewest| parts.iter().all(|part| has_words(part, fewest));
    let may = match (separator, is_person) {
        (",", false) => parts.iter().all(|part| is_organisation(part)),
        (" and ", false) => false,
        (" or ", false) => stands(1),
        ("," | " or ", true) => stands(2) || (parts.len() > 2 && stands(1)),
        _ => stands(2),
    };
    let is_sure = separator == "/" || (separator == " or " && (!is_person || stands(2)));
    may.then_some((parts, is_sure))
}

fn tidy(part: &str) -> &str {
    let part = part.trim_matches([',', ' ']);
    part.strip_prefix("and ").or_else(|| part.strip_prefix("or ")).unwrap_or(part)
}

/// The parts between commas; a legal form belongs to the name in front of it.
fn with_legal_forms(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in name.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match parts.last_mut() {
            Some(last) if is_legal_form(part) => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => parts.push(tidy(part).to_owned()),
        }
    }
    parts
}

/// Whether all words are those of a legal form, as `Ltd.` and `Co. LLC` are.
fn is_legal_form(part: &str) -> bool {
    part.split_whitespace().all(|word| {
        let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let bare = bare.to_lowercase();
        LEGAL_FORMS.split_whitespace().any(|form| form == bare)
    })
}

/// Whether a part can be the name of an organisation: neither a legal form alone nor the rest of
/// a phrase, which begins in lower case, and with both ends of every quotation.
fn is_organisation(part: &str) -> bool {
    let count = |sign: char| part.matches(sign).count();
    let is_quoted = count('"') % 2 == 0 && count('«') == count('»') && count('“') == count('”');
    let begins = ["the ", "l'", "l’"].iter().find_map(|word| part.strip_prefix(word));
    let first = begins.unwrap_or(part).chars().find(|c| c.is_alphabetic());
    is_quoted && !is_legal_form(part) && first.is_some_and(|letter| !letter.is_lowercase())
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
        ] {
            assert_eq!(texts(text, true), expected, "{text}");
        }
    }

    #[test]
    fn a_list_of_persons_is_taken_apart_and_kept_whole() {
        for (text, expected) in [
            ("A. B. Demo, A. C. Demo", vec!["A. B. Demo", "A. C. Demo"]),
            ("Arsen Demo, Арсен Демо", vec!["Arsen Demo", "Арсен Демо"]),
            ("Demi, B Demo, and C Demo", vec!["Demi", "B Demo", "C Demo"]),
            ("A Demo, B Demo and C Demo", vec!["A Demo", "B Demo", "C Demo"]),
            ("Ila or Ilia or Ilya Demo", vec!["Ila", "Ilia", "Ilya Demo"]),
        ] {
            assert_eq!(texts(text, true), [expected, vec![text]].concat(), "{text}");
        }
        for text in ["Sergei, Serhii DEMO", "Демо, Арсен", "Ilia Demovich or Demovitch"] {
            assert_eq!(texts(text, true), [text]);
        }
    }

    #[test]
    fn a_list_of_organisations_is_taken_apart_and_kept_whole() {
        for (text, expected) in [
            ("DMO, Atlantic DMO, the Demo", vec!["DMO", "Atlantic DMO", "the Demo"]),
            ("Demo Works, Ltd., Alta, Co. LLC", vec!["Demo Works, Ltd.", "Alta, Co. LLC"]),
            ("НИИ Демо, АО «Институт, Демо»", vec![]),
            ("Демо-Восход, АП Демо, АО", vec!["Демо-Восход", "АП Демо, АО"]),
        ] {
            assert_eq!(texts(text, false), [expected, vec![text]].concat(), "{text}");
        }
        for text in [
            "Demo Works, Inc.",
            "Демо, ООО",
            "ОАО, ДЕМО",
            "Министерство демо, науки и проб",
            "Centre (Demo, Proof)",
            "Demo and Fiction Works",
        ] {
            assert_eq!(texts(text, false), [text]);
        }
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
                prop_assert!(marks(&texts(&text, is_person).concat()) >= marks(&text));
            }
            let _ = (bracketed(&text), own_names(&text));
        }
    }
}
