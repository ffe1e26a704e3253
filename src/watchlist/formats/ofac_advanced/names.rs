//! Decides how the parts of a documented name become one name.
//!
//! In Latin script as in OFAC's other formats, "Last, First Middle", in the case the parts are
//! written in; in another script the given names come first and no comma stands between, as OFAC
//! formats such names in its ENHANCED XML.

use super::super::fault::Fault;
use super::super::ofac_terms::{in_script, is_latin_script, read_quality};
use super::super::xml::Node;
use super::references::References;
use crate::party::{NameQuality, PartyName};
use std::collections::BTreeMap;

/// Types of parts that make up the family name, and the given names in their order.
const FAMILY: [&str; 3] = ["Last Name", "Maiden Name", "Matronymic"];
const GIVEN: [&str; 4] = ["First Name", "Middle Name", "Patronymic", "Nickname"];

/// A name as it was documented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Documented {
    /// The number documents refer to it by.
    pub(super) id: Option<String>,
    /// The name.
    pub(super) name: PartyName,
    /// What is said of it.
    pub(super) notes: Vec<String>,
}

/// The names of an identity.
pub(super) fn names(
    identity: &Node,
    references: &References,
    faults: &mut Vec<Fault>,
) -> Vec<Documented> {
    let groups = groups(identity, references, faults);
    let is = |node: &Node, attribute: &str| {
        node.attribute(attribute).is_some_and(|text| ["true", "1"].contains(&text.as_str()))
    };
    let is_false = is(identity, "False");
    let mut names = Vec::new();
    for alias in identity.all("Alias") {
        let is_weak = is(alias, "LowQuality");
        let kind = references.words("AliasType", alias, "AliasTypeID", faults);
        let quality = if is(alias, "Primary") && is(identity, "Primary") {
            NameQuality::Primary
        } else {
            read_quality(&kind.unwrap_or_default(), is_weak, "AliasTypeID", faults)
        };
        let notes: Vec<String> = alias
            .value("Comment")
            .into_iter()
            .chain(is_false.then(|| "a false identity".to_owned()))
            .collect();
        for documented in alias.all("DocumentedName") {
            let Some(name) = name(documented, &groups, quality, references, faults) else {
                let message = "expected NamePartValue, found none";
                faults.push(Fault::field("DocumentedName", "no-name", message));
                continue;
            };
            let mut notes = notes.clone();
            notes.extend(documented.value("Comment"));
            for used in documented.all("DocumentedNameCountry") {
                let country = references.words("Country", used, "CountryID", faults);
                notes.extend(country.map(|country| format!("used in {country}")));
            }
            names.push(Documented { id: documented.attribute("ID"), name, notes });
        }
    }
    names
}

/// The type of each group of name parts, by its number.
fn groups(
    identity: &Node,
    references: &References,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, String> {
    let masters = identity.all("NamePartGroups").flat_map(|all| all.all("MasterNamePartGroup"));
    let mut groups = BTreeMap::new();
    for group in masters.flat_map(|master| master.all("NamePartGroup")) {
        let kind = references.words("NamePartType", group, "NamePartTypeID", faults);
        if let (Some(id), Some(kind)) = (group.attribute("ID"), kind) {
            groups.insert(id, kind);
        }
    }
    groups
}

fn name(
    documented: &Node,
    groups: &BTreeMap<String, String>,
    quality: NameQuality,
    references: &References,
    faults: &mut Vec<Fault>,
) -> Option<PartyName> {
    let (mut family, mut given, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let mut script = String::new();
    for part in documented.all("DocumentedNamePart") {
        let Some(value) = part.child("NamePartValue") else { continue };
        let around = |name: &str| part.attribute(name).unwrap_or_default();
        let text = format!("{}{}{}", around("LeadingChars"), value.line(), around("TrailingChars"));
        if text.is_empty() {
            continue;
        }
        if let Some(found) = references.of("Script", value, "ScriptID", faults) {
            let stated = found.attribute("ScriptCode").unwrap_or(&found.text);
            if script.is_empty() || is_latin_script(&script) {
                stated.clone_into(&mut script);
            }
        }
        let kind = value.attribute("NamePartGroupID").and_then(|id| groups.get(&id));
        let kind = kind.map_or("", String::as_str);
        if let Some(order) = GIVEN.iter().position(|known| *known == kind) {
            given.push((order, text));
        } else if FAMILY.contains(&kind) {
            family.push(text);
        } else {
            whole.push(text);
        }
    }
    given.sort_by_key(|(order, _)| *order);
    let given: Vec<String> = given.into_iter().map(|(_, text)| text).collect();
    whole.extend(family);
    let (family, given) = (whole.join(" "), given.join(" "));
    let text = match (family.is_empty(), given.is_empty()) {
        (true, true) => return None,
        (true, false) => given,
        (false, true) => family,
        _ if script.is_empty() || is_latin_script(&script) => format!("{family}, {given}"),
        _ => format!("{given} {family}"),
    };
    Some(in_script(text, quality, &script))
}
