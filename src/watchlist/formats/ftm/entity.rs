//! One FollowTheMoney entity as it stands in the file.

use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// An entity: a schema and, for each property, its values as text.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
pub(in crate::watchlist::formats) struct Entity {
    /// Identifier, unique in the file.
    pub(in crate::watchlist::formats) id: String,
    /// Schema name.
    pub(in crate::watchlist::formats) schema: String,
    /// Name to show.
    #[serde(default)]
    pub(in crate::watchlist::formats) caption: String,
    /// Values by property.
    #[serde(default)]
    properties: BTreeMap<String, Values>,
}

/// Values of a property: a text or a list of texts; a nested entity counts by its identifier.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Values(Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(Option<Value>),
    Many(Vec<Option<Value>>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Number(serde_json::Number),
    Nested { id: String },
}

impl Value {
    fn text(self) -> Option<String> {
        let text = match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
            Self::Nested { id } => id,
        };
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let values = match Written::deserialize(from)? {
            Written::One(value) => vec![value],
            Written::Many(values) => values,
        };
        Ok(Self(values.into_iter().flatten().filter_map(Value::text).collect()))
    }
}

impl Entity {
    /// An entity without properties.
    pub(in crate::watchlist::formats) fn new(id: &str, schema: &str, caption: &str) -> Self {
        let own = str::to_owned;
        Self { id: own(id), schema: own(schema), caption: own(caption), ..Self::default() }
    }

    /// Gives a property these values.
    pub(in crate::watchlist::formats) fn set(&mut self, property: &str, values: Vec<String>) {
        self.properties.insert(property.to_owned(), Values(values));
    }

    /// The name to show: the caption, the first name, or the identifier.
    pub(in crate::watchlist::formats) fn shown(&self) -> &str {
        let caption = Some(self.caption.as_str()).filter(|caption| !caption.is_empty());
        caption.or_else(|| self.first("name")).unwrap_or(&self.id)
    }

    /// Properties that have a value, by name.
    pub(in crate::watchlist::formats) fn properties(&self) -> impl Iterator<Item = &str> {
        self.properties
            .iter()
            .filter(|(_, values)| !values.0.is_empty())
            .map(|(name, _)| name.as_str())
    }

    /// Values of the property that has most.
    pub(in crate::watchlist::formats) fn most_values(&self) -> usize {
        self.properties.values().map(|values| values.0.len()).max().unwrap_or_default()
    }

    /// Values of a property, in the file's order.
    pub(in crate::watchlist::formats) fn all(&self, property: &str) -> impl Iterator<Item = &str> {
        self.properties
            .get(property)
            .into_iter()
            .flat_map(|values| values.0.iter().map(String::as_str))
    }

    /// First value of a property.
    pub(in crate::watchlist::formats) fn first(&self, property: &str) -> Option<&str> {
        self.all(property).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_text_list_number_or_nested_entity() {
        let entity: Entity = serde_json::from_str(
            r#"{"id":"a","schema":"Person","properties":{"name":"X","alias":["Y"," ",null],
               "share":[25.5],"owner":[{"id":"o","schema":"Person"}]}}"#,
        )
        .unwrap();
        assert_eq!(entity.first("name"), Some("X"));
        assert_eq!(entity.all("alias").collect::<Vec<_>>(), ["Y"]);
        assert_eq!(entity.first("share"), Some("25.5"));
        assert_eq!(entity.first("owner"), Some("o"));
        assert_eq!(entity.first("none"), None);
    }
}
