//! Decides what a number of OFAC's ADVANCED XML refers to: the reference values, each in a set of
//! its own, with the words and the attributes (code, country, type) they carry.

use super::super::fault::Fault;
use super::super::ofac_terms::country;
use super::super::xml::Node;
use crate::party::Country;
use std::collections::BTreeMap;

/// One reference value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reference {
    /// Its words.
    pub(super) text: String,
    attributes: BTreeMap<String, String>,
}

impl Reference {
    /// An attribute that is not empty.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }
}

/// All reference values, by the name of their element and their number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct References(BTreeMap<String, BTreeMap<String, Reference>>);

impl References {
    /// Adds one set.
    pub(super) fn add(&mut self, set: &Node) {
        for value in &set.children {
            let Some(id) = value.attribute("ID") else { continue };
            let attributes = value.attributes.iter().cloned().collect();
            let reference = Reference { text: value.line(), attributes };
            self.0.entry(value.name.clone()).or_default().insert(id, reference);
        }
    }

    /// The value an attribute refers to: `CountryID` to a `Country`. A number that is in no set
    /// is a fault.
    pub(super) fn of(
        &self,
        kind: &str,
        node: &Node,
        attribute: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<&Reference> {
        let id = node.attribute(attribute)?;
        let found = self.get(kind, &id);
        if found.is_none() {
            let message = format!("expected the number of a {kind}, found '{id}', which none has");
            faults.push(Fault::field(
                &format!("{}/@{attribute}", node.name),
                "unknown-reference",
                message,
            ));
        }
        found
    }

    /// The words of the value an attribute refers to.
    pub(super) fn words(
        &self,
        kind: &str,
        node: &Node,
        attribute: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<String> {
        let reference = self.of(kind, node, attribute, faults)?;
        Some(reference.text.clone()).filter(|text| !text.is_empty())
    }

    /// A value by its number.
    pub(super) fn get(&self, kind: &str, id: &str) -> Option<&Reference> {
        self.0.get(kind)?.get(id)
    }

    /// The country an attribute refers to: by its ISO code, else by its words.
    pub(super) fn country(
        &self,
        node: &Node,
        attribute: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<Country> {
        let reference = self.of("Country", node, attribute, faults)?;
        let by_code = reference.attribute("ISO2").and_then(|code| code.parse().ok());
        by_code.or_else(|| country(&reference.text, attribute, faults))
    }
}
