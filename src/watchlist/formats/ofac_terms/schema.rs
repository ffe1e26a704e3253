//! Decides whether an OFAC XML file is of a version we know: its namespace, and the elements each
//! element may hold by the publisher's schema.

use super::super::fault::Fault;
use super::super::xml::{Node, Outline};
use crate::watchlist::ParseError;
use std::collections::BTreeSet;

/// Element names with the children the schema gives them. An element that is not there is a leaf.
pub(in super::super) type Known = [(&'static str, &'static [&'static str])];

/// Passes when the root declares one of the namespaces.
///
/// # Errors
/// [`ParseError::NotThisFormat`] with the namespace that was found.
pub(in super::super) fn check_namespace(
    file: &str,
    expected: &'static str,
    outline: &Outline,
    known: &[&str],
) -> Result<(), ParseError> {
    let mut declared = outline.root_attributes.values().map(|value| value.trim());
    if declared.any(|value| known.contains(&value)) {
        return Ok(());
    }
    let found = outline.root_attributes.get("xmlns").map_or_else(
        || "no namespace".to_owned(),
        |namespace| format!("the namespace '{namespace}', a version that is not known"),
    );
    Err(ParseError::NotThisFormat { file: file.to_owned(), expected, found })
}

/// Elements nobody has taught us to read, at any depth, each once a file as `parent/child`.
pub(in super::super) fn unknown_elements(
    record: &Node,
    known: &Known,
    seen: &mut BTreeSet<String>,
    faults: &mut Vec<Fault>,
) {
    let allowed = known.iter().find(|(name, _)| *name == record.name).map_or(&[][..], |(_, c)| *c);
    for child in &record.children {
        if allowed.contains(&child.name.as_str()) {
            unknown_elements(child, known, seen, faults);
            continue;
        }
        let path = format!("{}/{}", record.name, child.name);
        if seen.insert(path.clone()) {
            let message = format!(
                "expected an element of the known schema, found <{}>; its content is not used",
                child.name
            );
            faults.push(Fault::field(&path, "unknown-element", message));
        }
    }
}
