//! Decides whether an XML record holds anything that nobody has taught its reader to read.
//!
//! A format names, for each element, the children and attributes it reads or ignores on purpose.
//! Whatever else stands in a record is reported once a file as `unknown-element` or
//! `unknown-attribute`, with its path, so that a publisher's new element cannot go unnoticed.

use super::fault::Fault;
use super::xml::Node;
use std::collections::BTreeSet;

/// What may stand in which element: children by name, attributes with `@` before theirs. An
/// element without a line may hold text alone.
pub(super) type Schema = &'static [(&'static str, &'static [&'static str])];

/// The elements and attributes of one file that its schema does not have.
pub(super) struct Unknown {
    schema: Schema,
    seen: BTreeSet<String>,
}

impl Unknown {
    /// Nothing unknown yet.
    pub(super) fn new(schema: Schema) -> Self {
        Self { schema, seen: BTreeSet::new() }
    }

    /// Faults for what this record holds and no record before it did.
    pub(super) fn in_record(&mut self, record: &Node) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.walk(record, &mut faults);
        faults
    }

    /// Notes that a whole element is unknown, once for each name.
    pub(super) fn element(&mut self, path: String, faults: &mut Vec<Fault>) {
        if self.seen.insert(path.clone()) {
            let message = "expected an element of the known schema; its content is not used";
            faults.push(Fault::field(&path, "unknown-element", message));
        }
    }

    fn walk(&mut self, node: &Node, faults: &mut Vec<Fault>) {
        let found = self.schema.iter().find(|(name, _)| *name == node.name);
        let allowed: &'static [&'static str] = found.map_or(&[], |(_, allowed)| *allowed);
        for (key, value) in &node.attributes {
            let is_known = allowed.iter().any(|known| known.strip_prefix('@') == Some(key));
            let path = format!("{}@{key}", node.name);
            if !is_known && !value.trim().is_empty() && self.seen.insert(path.clone()) {
                let message = "expected an attribute of the known schema; its value is not used";
                faults.push(Fault::field(&path, "unknown-attribute", message));
            }
        }
        for child in &node.children {
            if allowed.contains(&child.name.as_str()) {
                self.walk(child, faults);
            } else {
                self.element(format!("{}/{}", node.name, child.name), faults);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: Schema = &[("target", &["name", "@ssid"])];

    fn node(name: &str, attributes: &[(&str, &str)], children: Vec<Node>) -> Node {
        let attributes =
            attributes.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Node { name: name.to_owned(), attributes, children, ..Node::default() }
    }

    #[test]
    fn what_the_schema_does_not_have_is_told_once_a_file_with_its_path() {
        let mut unknown = Unknown::new(SCHEMA);
        let record = node(
            "target",
            &[("ssid", "1"), ("colour", "red"), ("empty", "")],
            vec![node("name", &[], vec![node("part", &[], vec![])]), node("mood", &[], vec![])],
        );
        let faults = unknown.in_record(&record);
        let told: Vec<_> = faults.iter().map(|f| (f.field.as_str(), f.code)).collect();
        assert_eq!(
            told,
            [
                ("target@colour", "unknown-attribute"),
                ("name/part", "unknown-element"),
                ("target/mood", "unknown-element"),
            ]
        );
        assert!(unknown.in_record(&record).is_empty(), "told once");
    }
}
