//! Decides how the columns of a table of one's own become entries: the `[columns]` part of a
//! declaration whose format is `plain_csv` (rejected or terminated partners, companies owned by a
//! state, own employees).
//!
//! A key names what is listed, its value the column of the file, or several. A column that is
//! named here and not in the file is an error of the file. A column of the file that is not named
//! here is kept with the entry as a particular under its own name, unless `ignored` names it: so
//! nothing vanishes that nobody decided to leave out.

use crate::party::{PartyKind, Scheme};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// Which column says what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    /// The character between two cells; a comma when it is not given.
    pub delimiter: Option<char>,
    /// The text between several values of one cell; a cell is one value when it is not given.
    pub separator: Option<String>,
    /// In which order days are written.
    pub dates: DateOrder,
    /// The entry's number, of several columns when one does not suffice. Without it a hash of
    /// names, birth dates, identifiers, countries and addresses stands in: a corrected spelling is
    /// then a new entry.
    #[serde(deserialize_with = "one_or_many")]
    pub id: Vec<String>,
    /// Names; the first value is the primary one, the others count as much.
    #[serde(deserialize_with = "one_or_many")]
    pub name: Vec<String>,
    /// Parts of the primary name, joined in this order: given name, patronymic, surname.
    #[serde(deserialize_with = "one_or_many")]
    pub name_parts: Vec<String>,
    /// Names in their own script.
    #[serde(deserialize_with = "one_or_many")]
    pub native_name: Vec<String>,
    /// Other names of equal standing.
    #[serde(deserialize_with = "one_or_many")]
    pub alias: Vec<String>,
    /// Broad names, which support a match and never open one.
    #[serde(deserialize_with = "one_or_many")]
    pub weak_alias: Vec<String>,
    /// Names no longer in use.
    #[serde(deserialize_with = "one_or_many")]
    pub former_name: Vec<String>,
    /// Kind of party.
    pub kind: Option<KindColumn>,
    /// Country, with nothing said about what ties the party to it.
    #[serde(deserialize_with = "one_or_many")]
    pub country: Vec<String>,
    /// Country of registration.
    #[serde(deserialize_with = "one_or_many")]
    pub jurisdiction: Vec<String>,
    /// Nationality or citizenship.
    #[serde(deserialize_with = "one_or_many")]
    pub nationality: Vec<String>,
    /// Date of birth.
    #[serde(deserialize_with = "one_or_many")]
    pub birth_date: Vec<String>,
    /// Place of birth.
    #[serde(deserialize_with = "one_or_many")]
    pub birth_place: Vec<String>,
    /// Gender.
    pub gender: Option<String>,
    /// Numbers issued by somebody.
    pub identifier: Vec<NumberColumn>,
    /// Parts of one address, joined in this order.
    #[serde(deserialize_with = "one_or_many")]
    pub address: Vec<String>,
    /// City of the address.
    pub city: Option<String>,
    /// Postal code of the address.
    pub postal_code: Option<String>,
    /// Country of the address.
    pub address_country: Option<String>,
    /// Topics beside those of the list, in FollowTheMoney's codes.
    #[serde(deserialize_with = "one_or_many")]
    pub topic: Vec<String>,
    /// Programme or category.
    #[serde(deserialize_with = "one_or_many")]
    pub programme: Vec<String>,
    /// Who decided.
    pub authority: Option<String>,
    /// Titles and functions.
    #[serde(deserialize_with = "one_or_many")]
    pub function: Vec<String>,
    /// What is forbidden.
    #[serde(deserialize_with = "one_or_many")]
    pub measure: Vec<String>,
    /// Acts or decisions the entry rests on.
    #[serde(deserialize_with = "one_or_many")]
    pub legal_basis: Vec<String>,
    /// Why.
    #[serde(deserialize_with = "one_or_many")]
    pub reason: Vec<String>,
    /// Remarks.
    #[serde(deserialize_with = "one_or_many")]
    pub remark: Vec<String>,
    /// Day of listing.
    pub listed_on: Option<String>,
    /// Day it ends.
    pub ends_on: Option<String>,
    /// Day of the last change.
    pub amended_on: Option<String>,
    /// Other parties the entry is linked to.
    pub linked_to: Vec<LinkColumn>,
    /// Where the entry is shown.
    pub source_url: Option<String>,
    /// Columns that are left out on purpose.
    #[serde(deserialize_with = "one_or_many")]
    pub ignored: Vec<String>,
}

/// In which order a day is written; ISO 8601 is read in any case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `1965-07-21`, and shorter.
    #[default]
    Iso,
    /// `21.07.1965`, `21/7/1965`.
    DayFirst,
    /// `07/21/1965`.
    MonthFirst,
}

/// Where the kind of party comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected { constant = KIND } or { column = NAME, values = {} }")]
pub enum KindColumn {
    /// All entries are of one kind.
    Constant(ConstantKind),
    /// A column says it.
    Column(CodedKind),
}

/// The kind of every entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConstantKind {
    /// The kind.
    pub constant: PartyKind,
}

/// A column that says the kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodedKind {
    /// The column.
    pub column: String,
    /// What its values mean, beside the names of kinds themselves.
    #[serde(default)]
    pub values: BTreeMap<String, PartyKind>,
}

/// A column of numbers of one scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberColumn {
    /// The column.
    pub column: String,
    /// Who issues the numbers.
    pub scheme: Scheme,
    /// What to call them; the column's name when it is not given.
    #[serde(default)]
    pub label: Option<String>,
    /// The column with the country of issue.
    #[serde(default)]
    pub country: Option<String>,
}

/// A column that names another party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkColumn {
    /// The column.
    pub column: String,
    /// How they are linked, read from the entry to the other ("owned by").
    #[serde(default)]
    pub relation: Option<String>,
}

impl Columns {
    /// Columns an entry cannot be read without: every one that is named, `ignored` apart.
    #[must_use]
    pub fn named(&self) -> Vec<&str> {
        let lists = [
            &self.id,
            &self.name,
            &self.name_parts,
            &self.native_name,
            &self.alias,
            &self.weak_alias,
            &self.former_name,
            &self.country,
            &self.jurisdiction,
            &self.nationality,
            &self.birth_date,
            &self.birth_place,
            &self.address,
            &self.topic,
            &self.programme,
            &self.function,
            &self.measure,
            &self.legal_basis,
            &self.reason,
            &self.remark,
        ];
        let single = [
            &self.gender,
            &self.city,
            &self.postal_code,
            &self.address_country,
            &self.authority,
            &self.listed_on,
            &self.ends_on,
            &self.amended_on,
            &self.source_url,
        ];
        let kind = match &self.kind {
            Some(KindColumn::Column(coded)) => Some(&coded.column),
            _ => None,
        };
        let numbers = self.identifier.iter().flat_map(|n| [Some(&n.column), n.country.as_ref()]);
        let all = lists.into_iter().flatten();
        let all = all.chain(single.into_iter().flatten()).chain(kind).chain(numbers.flatten());
        all.chain(self.linked_to.iter().map(|link| &link.column)).map(String::as_str).collect()
    }

    /// What of a mapping cannot be, as key, what is expected, and what stands there.
    pub(super) fn fault(&self) -> Option<(&'static str, &'static str, String)> {
        let delimiter = self.delimiter.unwrap_or(',');
        if !delimiter.is_ascii()
            || delimiter.is_ascii_alphanumeric()
            || "\"\r\n".contains(delimiter)
        {
            let expected = "one ASCII character that is no letter, digit, quote or line end";
            return Some(("columns.delimiter", expected, delimiter.to_string()));
        }
        if self.separator.as_deref().is_some_and(|text| text.trim().is_empty()) {
            return Some(("columns.separator", "a visible text, such as ';'", String::new()));
        }
        if self.name.is_empty() && self.name_parts.is_empty() {
            return Some(("columns.name", "at least one column", "none".to_owned()));
        }
        let blank = self.named().into_iter().find(|name| !name.contains(char::is_alphanumeric));
        blank.map(|name| ("columns", "names of columns", name.to_owned()))
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected the name of a column or a list of names")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(match OneOrMany::deserialize(from)? {
        OneOrMany::One(name) => vec![name],
        OneOrMany::Many(names) => names,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let columns: Columns = toml::from_str(text).unwrap();
        columns.fault().map(|(key, expected, _)| format!("{key}: {expected}")).unwrap_or_default()
    }

    #[test]
    fn a_name_is_one_column_or_several() {
        let text = "name = \"Name\"\nalias = [\"A\", \"B\"]\nkind = { column = \"T\" }\n\
                    identifier = [{ column = \"V\", scheme = \"vat\", country = \"C\" }]";
        let columns: Columns = toml::from_str(text).unwrap();
        assert_eq!(columns.named(), ["Name", "A", "B", "T", "V", "C"]);
        assert_eq!(columns.fault(), None);
    }

    #[test]
    fn what_a_mapping_may_not_say_is_told() {
        assert!(fault("alias = \"A\"").starts_with("columns.name"));
        assert!(fault("name = \"N\"\ndelimiter = \"a\"").starts_with("columns.delimiter"));
        assert!(fault("name = \"N\"\nseparator = \" \"").starts_with("columns.separator"));
        assert!(fault("name = [\"N\", \" \"]").starts_with("columns: names"));
        for (text, told) in [
            ("nome = \"N\"", "former_name"),
            ("name = 7", "name of a column"),
            ("kind = \"company\"", "constant = KIND"),
            ("identifier = [{ column = \"V\", scheme = \"x\" }]", "`vat`"),
        ] {
            let error = toml::from_str::<Columns>(text).unwrap_err().to_string();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
