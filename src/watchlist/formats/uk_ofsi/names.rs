//! Decides which names a row states, how much they count, and in which language they are written.
//!
//! `Name 1` to `Name 5` are given names, `Name 6` is the surname or the whole name of an entity.
//! A variation of the primary name is a spelling of equal standing; low quality makes an alias
//! weak. A name in another script has its language as BCP 47, or, where only the script is stated,
//! that of an undetermined language in it (`und-Cyrl`).

use super::super::delimited::Row;
use super::super::enumerated::items;
use super::super::fault::Fault;
use crate::party::{NameQuality, PartyName};

const PARTS: [&str; 6] = ["Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"];
const ALIAS_TYPE: &str = "Alias Type";
const ALIAS_QUALITY: &str = "Alias Quality";
const NATIVE: &str = "Name Non-Latin Script";
const SCRIPT: &str = "Non-Latin Script Type";
const LANGUAGE: &str = "Non-Latin Script Language";

/// Languages as the list writes them, with their BCP 47 subtags.
const LANGUAGES: [(&str, &str); 27] = [
    ("arabic", "ar"),
    ("belarusian", "be"),
    ("bosnian", "bs"),
    ("bulgarian", "bg"),
    ("burmese", "my"),
    ("chinese", "zh"),
    ("dari", "prs"),
    ("farsi", "fa"),
    ("french", "fr"),
    ("georgian", "ka"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("japanese", "ja"),
    ("kazakh", "kk"),
    ("korean", "ko"),
    ("pashto", "ps"),
    ("persian", "fa"),
    ("persian/farsi", "fa"),
    ("romanian", "ro"),
    ("russia", "ru"),
    ("russian", "ru"),
    ("serbian", "sr"),
    ("spanish", "es"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukraine", "uk"),
    ("ukrainian", "uk"),
];
/// Scripts as the list writes them, slips of the pen too, with their ISO 15924 codes.
const SCRIPTS: [(&str, &str); 11] = [
    ("arabic", "Arab"),
    ("burmese", "Mymr"),
    ("chinese", "Hani"),
    ("cryillic", "Cyrl"),
    ("cyrilic", "Cyrl"),
    ("cyrillic", "Cyrl"),
    ("georgian", "Geor"),
    ("greek", "Grek"),
    ("hangul", "Hang"),
    ("hebrew", "Hebr"),
    ("thai", "Thai"),
];

/// The names of one row.
pub(super) fn names(row: &Row<'_>, faults: &mut Vec<Fault>) -> Vec<PartyName> {
    let parts: Vec<String> = PARTS.iter().filter_map(|part| row.value(part)).collect();
    let mut names = Vec::new();
    if !parts.is_empty() {
        names.push(PartyName::new(parts.join(" "), quality(row, faults)));
    }
    if let Some(native) = row.value(NATIVE) {
        let language = language(row, faults);
        names.extend(items(&native).into_iter().map(|text| PartyName {
            text,
            quality: NameQuality::Native,
            language: language.clone(),
        }));
    }
    names
}

fn quality(row: &Row<'_>, faults: &mut Vec<Fault>) -> NameQuality {
    let stated = row.value(ALIAS_TYPE).unwrap_or_default();
    let is_low = match row.value(ALIAS_QUALITY).unwrap_or_default().to_lowercase().as_str() {
        "low quality" => true,
        "" | "good quality" => false,
        other => {
            let message = format!("expected 'Good quality' or 'Low quality', found '{other}'");
            faults.push(Fault::field(ALIAS_QUALITY, "unknown-value", message));
            false
        }
    };
    match stated.to_lowercase().as_str() {
        "primary name" => NameQuality::Primary,
        "primary name variation" | "aka" | "fka" if is_low => NameQuality::WeakAlias,
        "primary name variation" | "aka" => NameQuality::Alias,
        "fka" => NameQuality::Former,
        _ => {
            let message = format!(
                "expected 'Primary name', 'Primary name variation', 'AKA' or 'FKA', found '{stated}'"
            );
            faults.push(Fault::field(ALIAS_TYPE, "unknown-value", message));
            if is_low { NameQuality::WeakAlias } else { NameQuality::Alias }
        }
    }
}

/// The language of the native name; the list now and then puts a language in the column of the
/// script and the other way round.
fn language(row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<String> {
    let stated: Vec<String> = [LANGUAGE, SCRIPT].iter().filter_map(|c| row.value(c)).collect();
    let find = |table: &[(&str, &str)], text: &String| {
        let text = text.to_lowercase();
        table.iter().find(|(word, _)| *word == text).map(|(_, code)| (*code).to_owned())
    };
    let language = row.value(LANGUAGE).and_then(|text| find(&LANGUAGES, &text));
    let script = || stated.iter().find_map(|text| find(&SCRIPTS, text));
    let misplaced = || row.value(SCRIPT).and_then(|text| find(&LANGUAGES, &text));
    let found = language.or_else(|| script().map(|code| format!("und-{code}"))).or_else(misplaced);
    if found.is_none() && !stated.is_empty() {
        let message = format!("expected a language or a script, found '{}'", stated.join(", "));
        faults.push(Fault::field(LANGUAGE, "unknown-language", message));
    }
    found
}
