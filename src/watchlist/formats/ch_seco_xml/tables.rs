//! Decides what the references of a target mean: sanctions sets to their programme, places to
//! their words and country, other targets to their names. The publisher puts these tables before
//! and behind the targets, so targets are read when the file is.

use super::super::xml::Node;
use super::names;
use std::collections::BTreeMap;

/// The publisher's code for English, the language preferred.
const ENGLISH: &str = "eng";

/// One sanctions set of a programme.
#[derive(Debug, Clone, Default)]
pub(super) struct SanctionsSet {
    /// Number of the ordinance in the classified compilation, or its short name.
    pub(super) key: Option<String>,
    /// Title of the ordinance.
    pub(super) name: Option<String>,
    /// What the set forbids, and its annex.
    pub(super) measure: Option<String>,
    /// On whose decision it rests: `ONU, UE`.
    pub(super) origin: Option<String>,
}

/// A place that birth and addresses refer to.
#[derive(Debug, Clone, Default)]
pub(super) struct PlaceWords {
    /// Place without the country.
    pub(super) location: Option<String>,
    /// Region or other area.
    pub(super) area: Option<String>,
    /// Country as code, else as written.
    pub(super) country: Option<String>,
    /// Country as written.
    pub(super) country_name: Option<String>,
}

/// All tables of one file.
#[derive(Debug, Default)]
pub(super) struct Tables {
    sets: BTreeMap<String, SanctionsSet>,
    places: BTreeMap<String, PlaceWords>,
    targets: BTreeMap<String, String>,
}

impl Tables {
    /// Takes in a programme with its sanctions sets.
    pub(super) fn add_programme(&mut self, programme: &Node) {
        let key = in_english(programme, "program-key");
        let name = in_english(programme, "program-name");
        let origin = programme.value("origin");
        for stated in programme.all("sanctions-set") {
            let Some(id) = stated.attribute("ssid") else { continue };
            let is_english = stated.attribute("lang").is_none_or(|lang| lang == ENGLISH);
            let set = self.sets.entry(id).or_default();
            *set = SanctionsSet {
                key: key.clone(),
                name: name.clone(),
                origin: origin.clone(),
                measure: if is_english || set.measure.is_none() {
                    Some(stated.line()).filter(|text| !text.is_empty())
                } else {
                    set.measure.take()
                },
            };
        }
    }

    /// Takes in a place.
    pub(super) fn add_place(&mut self, place: &Node) {
        if let Some(id) = place.attribute("ssid") {
            self.places.insert(id, place_words(place));
        }
    }

    /// Remembers what other targets may refer to.
    pub(super) fn name_targets<'a>(&mut self, targets: impl Iterator<Item = &'a Node>) {
        for target in targets {
            let name = names::of_target(target).into_iter().next();
            if let (Some(id), Some(name)) = (target.attribute("ssid"), name) {
                self.targets.insert(id, name.text);
            }
        }
    }

    /// A sanctions set by its id.
    pub(super) fn set(&self, id: &str) -> Option<&SanctionsSet> {
        self.sets.get(id)
    }

    /// The name of another target.
    pub(super) fn name_of(&self, target: &str) -> Option<&str> {
        self.targets.get(target).map(String::as_str)
    }

    /// The place an element states itself or refers to.
    pub(super) fn place(&self, stated: &Node) -> PlaceWords {
        let own = place_words(stated);
        let id = stated.attribute("place-id");
        let referred = id.and_then(|id| self.places.get(&id)).cloned().unwrap_or_default();
        PlaceWords {
            location: own.location.or(referred.location),
            area: own.area.or(referred.area),
            country: own.country.or(referred.country),
            country_name: own.country_name.or(referred.country_name),
        }
    }
}

fn place_words(node: &Node) -> PlaceWords {
    let country = node.child("country");
    let written = country.map(Node::line).filter(|text| !text.is_empty());
    PlaceWords {
        location: node.value("location"),
        area: node.value("area"),
        country: country.and_then(|c| c.attribute("iso-code")).or_else(|| written.clone()),
        country_name: written,
    }
}

/// The English text of an element given in several languages, else the first one.
fn in_english(node: &Node, element: &str) -> Option<String> {
    let english = node.all(element).find(|text| text.attribute("lang").as_deref() == Some(ENGLISH));
    let chosen = english.or_else(|| node.child(element))?;
    Some(chosen.line()).filter(|text| !text.is_empty())
}
