//! Decides how sure OFAC is of a name, and in which script and language it is written.

use super::super::fault::Fault;
use crate::party::{NameQuality, Party, PartyName};

/// Marks that only say in which direction a text is written.
const DIRECTION_MARKS: [char; 11] = [
    '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}',
];

/// Adds a name unless the same text is already there.
pub(in super::super) fn add_name(party: &mut Party, text: &str, quality: NameQuality) {
    add_full_name(party, PartyName::new(text, quality));
}

/// The same for a name with a language.
pub(in super::super) fn add_full_name(party: &mut Party, name: PartyName) {
    if !name.text.is_empty() && !party.names.iter().any(|known| known.text == name.text) {
        party.names.push(name);
    }
}

/// Quality of a name by the type OFAC gives its alias; a weak one is weak whatever its type.
/// `None` for a type that is not known, which then counts as an alias.
fn alias_quality(kind: &str, is_weak: bool) -> Option<NameQuality> {
    let letters: String = kind.chars().filter(|c| c.is_alphabetic()).collect();
    let quality = match letters.to_lowercase().as_str() {
        "aka" | "nka" | "name" => NameQuality::Alias,
        "fka" => NameQuality::Former,
        _ => return None,
    };
    Some(if is_weak { NameQuality::WeakAlias } else { quality })
}

/// The same, with a fault for an unknown type.
pub(in super::super) fn read_quality(
    kind: &str,
    is_weak: bool,
    field: &str,
    faults: &mut Vec<Fault>,
) -> NameQuality {
    alias_quality(kind, is_weak).unwrap_or_else(|| {
        let message = format!("expected a.k.a., f.k.a. or n.k.a., found '{kind}'; read as a.k.a.");
        faults.push(Fault::field(field, "unknown-alias-type", message));
        if is_weak { NameQuality::WeakAlias } else { NameQuality::Alias }
    })
}

/// The language tag (BCP 47) of a name in a script other than Latin: the publisher states the
/// script and not the language. Scripts are found by their code or by the publisher's word.
pub(in super::super) fn script_language(script: &str) -> Option<String> {
    const SCRIPTS: [(&str, &str); 11] = [
        ("arabic", "Arab"),
        ("armenian", "Armn"),
        ("chinese simplified", "Hans"),
        ("chinese traditional", "Hant"),
        ("cyrillic", "Cyrl"),
        ("georgian", "Geor"),
        ("greek", "Grek"),
        ("hebrew", "Hebr"),
        ("japanese", "Jpan"),
        ("korean", "Kore"),
        ("thai", "Thai"),
    ];
    let script = script.trim().to_lowercase();
    let known =
        SCRIPTS.iter().find(|(word, code)| *word == script || code.to_lowercase() == script);
    known.map(|(_, code)| format!("und-{code}"))
}

/// Whether a script, by its code or the publisher's word, is Latin.
pub(in super::super) fn is_latin_script(script: &str) -> bool {
    ["latin", "latn"].contains(&script.trim().to_lowercase().as_str())
}

/// A name in the script it is written in: another script than Latin makes a strong alias or the
/// primary name a native one.
/// Marks of writing direction around it are layout and are left out.
pub(in super::super) fn in_script(text: String, quality: NameQuality, script: &str) -> PartyName {
    let text: String = text.chars().filter(|c| !DIRECTION_MARKS.contains(c)).collect();
    if script.is_empty() || is_latin_script(script) {
        return PartyName { text, quality, language: None };
    }
    let quality = match quality {
        NameQuality::Primary | NameQuality::Alias => NameQuality::Native,
        other => other,
    };
    PartyName { text, quality, language: script_language(script) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_another_script_is_native_unless_weak_or_former() {
        let of = |quality, script: &str| {
            let name = in_script("Имя".to_owned(), quality, script);
            (name.quality, name.language.unwrap_or_default())
        };
        assert_eq!(of(NameQuality::Alias, "Cyrillic"), (NameQuality::Native, "und-Cyrl".into()));
        assert_eq!(of(NameQuality::WeakAlias, "Arab"), (NameQuality::WeakAlias, "und-Arab".into()));
        assert_eq!(of(NameQuality::Alias, "Latn"), (NameQuality::Alias, String::new()));
        assert_eq!(of(NameQuality::Primary, ""), (NameQuality::Primary, String::new()));
    }
}
