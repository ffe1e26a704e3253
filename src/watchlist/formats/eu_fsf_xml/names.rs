//! Decides which names an entry has and which of them it goes by.
//!
//! The publisher writes the names of an entry in no fixed order and marks none as the main one:
//! `strong` stands on all of them today. So the primary name is the strong one in Latin script
//! with the lowest logical id, the oldest wording; without one in Latin script the lowest strong
//! id, without a strong one the lowest id. The others follow, strong before weak, by logical id:
//! the file's order decides nothing. A strong name in another script is native, unless it is in
//! Bulgarian or Greek, official languages in which the EU words everybody's name.

use super::super::languages::bcp47;
use super::super::names_text::{is_latin, split_names};
use super::super::xml::Node;
use crate::party::{NameQuality, PartyName};

const NAME_PARTS: [&str; 3] = ["firstName", "middleName", "lastName"];
const OFFICIAL_NON_LATIN: [&str; 2] = ["bg", "el"];

/// Name elements in the order that does not depend on the file: the primary one first.
pub(super) fn ordered(record: &Node) -> Vec<&Node> {
    let mut aliases: Vec<&Node> = record.all("nameAlias").collect();
    aliases.sort_by_cached_key(|alias| (!is_strong(alias), logical_id(alias), alias.to_text()));
    let first = aliases
        .iter()
        .position(|alias| is_strong(alias) && texts(alias).first().is_some_and(|t| is_latin(t)));
    if let Some(first) = first {
        let primary = aliases.remove(first);
        aliases.insert(0, primary);
    }
    aliases
}

/// Ids are numbers of growing length; the text behind breaks ties of what is no number.
fn logical_id(alias: &Node) -> (u64, String) {
    let text = alias.attribute("logicalId").unwrap_or_default();
    (text.parse().unwrap_or(u64::MAX), text)
}

/// The publisher's flag; a name without one counts fully.
fn is_strong(alias: &Node) -> bool {
    !alias.attribute("strong").is_some_and(|flag| flag == "false" || flag == "0")
}

/// All names of an entry, primary first, each text once.
pub(super) fn names(ordered: &[&Node]) -> Vec<PartyName> {
    let mut names: Vec<PartyName> = Vec::new();
    for alias in ordered {
        let language = alias.attribute("nameLanguage").as_deref().and_then(bcp47);
        for text in texts(alias) {
            match names.iter_mut().find(|name| name.text == text) {
                Some(known) => known.language = known.language.take().or_else(|| language.clone()),
                None => {
                    let quality = quality(names.is_empty(), alias, &text, language.as_deref());
                    names.push(PartyName { text, quality, language: language.clone() });
                }
            }
        }
    }
    names
}

fn quality(is_first: bool, alias: &Node, text: &str, language: Option<&str>) -> NameQuality {
    let is_official = language.is_some_and(|tag| OFFICIAL_NON_LATIN.contains(&tag));
    if is_first {
        NameQuality::Primary
    } else if !is_strong(alias) {
        NameQuality::WeakAlias
    } else if is_latin(text) || is_official {
        NameQuality::Alias
    } else {
        NameQuality::Native
    }
}

/// The whole name, and the name in parts where that says something else: the whole name is
/// sometimes cut, or the parts repeat a word.
fn texts(alias: &Node) -> Vec<String> {
    let whole = alias.attribute("wholeName").unwrap_or_default();
    let parts: Vec<String> = NAME_PARTS.iter().filter_map(|part| alias.attribute(part)).collect();
    let parts = parts.join(" ");
    let mut texts = split_names(&whole);
    if !parts.is_empty() && words(&parts) != words(&whole) {
        texts.push(parts);
    }
    texts
}

fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}
