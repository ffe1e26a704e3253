//! Decides which names a Swiss target has.
//!
//! A name is put together from its parts in their stated order, once as written and once for
//! each script its parts are spelt in; a part without a spelling in that script keeps its own.
//! The primary name is the main identity's `primary-name`. Names of low quality are weak. A
//! part of the type title is no name and is read as a function.

use super::super::languages;
use super::super::names_text::is_latin;
use super::super::xml::Node;
use crate::party::{NameQuality, PartyName};

/// Kinds of target, one of which a target has.
pub(super) const SUBJECTS: [&str; 3] = ["individual", "entity", "object"];
const TITLE: &str = "title";

/// Identities of a target, the main one first.
pub(super) fn identities(target: &Node) -> Vec<&Node> {
    let subjects = target.children.iter().filter(|child| SUBJECTS.contains(&child.name.as_str()));
    let mut identities: Vec<&Node> = subjects.flat_map(|subject| subject.all("identity")).collect();
    identities.sort_by_key(|identity| identity.attribute("main").as_deref() != Some("true"));
    identities
}

/// All names of a target, the one it goes by first, each text once.
pub(super) fn of_target(target: &Node) -> Vec<PartyName> {
    let stated = identities(target).into_iter().flat_map(|identity| identity.all("name"));
    let mut written: Vec<PartyName> = Vec::new();
    let mut spelt: Vec<PartyName> = Vec::new();
    for name in stated {
        let parts = parts(name);
        let quality = quality(name);
        let language = name.attribute("lang").as_deref().and_then(languages::bcp47);
        written.push(PartyName { text: joined(&parts, None), quality, language });
        for (lang, script) in spellings(&parts) {
            let text = joined(&parts, Some((lang.as_deref(), script.as_deref())));
            let language = lang.as_deref().and_then(languages::bcp47);
            let language = languages::with_script(language, script.as_deref());
            let quality = spelling_quality(quality, &text);
            spelt.push(PartyName { text, quality, language });
        }
    }
    written.sort_by_key(|name| name.quality != NameQuality::Primary);
    let mut names: Vec<PartyName> = Vec::new();
    for name in written.into_iter().chain(spelt).filter(|name| !name.text.is_empty()) {
        let is_second = name.quality == NameQuality::Primary && !names.is_empty();
        let quality = if is_second { NameQuality::Alias } else { name.quality };
        if !names.iter().any(|known| known.text == name.text) {
            names.push(PartyName { quality, ..name });
        }
    }
    names
}

/// Titles that stand among the parts of names.
pub(super) fn titles(target: &Node) -> Vec<String> {
    let names = identities(target).into_iter().flat_map(|identity| identity.all("name"));
    let parts = names.flat_map(|name| name.all("name-part")).filter(|part| is_title(part));
    let mut titles: Vec<String> = Vec::new();
    for title in parts.filter_map(|part| part.value("value")) {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

fn is_title(part: &Node) -> bool {
    part.attribute("name-part-type").as_deref() == Some(TITLE)
}

fn parts(name: &Node) -> Vec<&Node> {
    let mut parts: Vec<&Node> = name.all("name-part").filter(|part| !is_title(part)).collect();
    let order = |part: &&Node| part.attribute("order").and_then(|text| text.parse::<u32>().ok());
    parts.sort_by_key(|part| order(part).unwrap_or(u32::MAX));
    parts
}

type Spelling = (Option<String>, Option<String>);

/// Language and script of every spelling the parts have, in the file's order.
fn spellings(parts: &[&Node]) -> Vec<Spelling> {
    let mut found: Vec<Spelling> = Vec::new();
    for variant in parts.iter().flat_map(|part| part.all("spelling-variant")) {
        let spelling = (variant.attribute("lang"), variant.attribute("script"));
        if !found.contains(&spelling) {
            found.push(spelling);
        }
    }
    found
}

fn joined(parts: &[&Node], spelling: Option<(Option<&str>, Option<&str>)>) -> String {
    let text = |part: &&Node| -> Option<String> {
        let variant = spelling.and_then(|(lang, script)| {
            part.all("spelling-variant").find(|variant| {
                variant.attribute("lang").as_deref() == lang
                    && variant.attribute("script").as_deref() == script
            })
        });
        let variant = variant.map(Node::line);
        variant.filter(|text| !text.is_empty()).or_else(|| part.value("value"))
    };
    parts.iter().filter_map(text).collect::<Vec<_>>().join(" ")
}

/// What the publisher says of a name: its type, and whether it is good enough.
fn quality(name: &Node) -> NameQuality {
    let kind = name.attribute("name-type");
    if kind.as_deref() == Some("primary-name") {
        NameQuality::Primary
    } else if name.attribute("quality").as_deref() == Some("low") {
        NameQuality::WeakAlias
    } else if kind.as_deref() == Some("formerly-known-as") {
        NameQuality::Former
    } else {
        NameQuality::Alias
    }
}

/// Another spelling of a good name is an alias, or native in another script.
fn spelling_quality(of_name: NameQuality, text: &str) -> NameQuality {
    match of_name {
        NameQuality::WeakAlias | NameQuality::Former => of_name,
        _ if is_latin(text) => NameQuality::Alias,
        _ => NameQuality::Native,
    }
}
