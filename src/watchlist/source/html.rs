//! Decides how a declaration says where a web page names office holders: the table `[html]`.
//!
//! `[html.list]` describes the page that lists them, one `item` an entry; `[html.page]` the page
//! of one of them. In `fields` stands where each thing is found: a CSS selector, with `@attribute`
//! behind it when an attribute is meant and not the text, or a table with `select` and what is cut
//! out of the text (`after`, `before`) or of an address (`segment`). What a page does not say is
//! said once for all: position, body, country. A selector that cannot be read, a layout of dates
//! that is none, a table without its file is an error that names the key.

use super::{WantedFile, check_selector};
use crate::party::Country;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Role of the page that lists.
pub(in crate::watchlist) const LIST: &str = "list";
/// Role of a page about one holder.
const PAGE: &str = "page";

/// Where web pages name office holders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HtmlPages {
    /// Address that relative links on the pages start from.
    #[serde(default)]
    pub base: Option<String>,
    /// Position of everybody on the pages, unless a field says it.
    #[serde(default)]
    pub position: Option<String>,
    /// Body in which it is held.
    #[serde(default)]
    pub organization: Option<String>,
    /// Country of the office.
    #[serde(default)]
    pub country: Option<Country>,
    /// Language of the pages' names (BCP 47).
    #[serde(default)]
    pub language: Option<String>,
    /// How the pages write dates (`strftime`), tried in order: `%d.%m.%Y`, `%Y`.
    #[serde(default)]
    pub dates: Vec<String>,
    /// The page that lists.
    #[serde(default)]
    pub list: Option<HtmlRecord>,
    /// A page about one holder.
    #[serde(default)]
    pub page: Option<HtmlRecord>,
}

/// Where one entry is and where its parts are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HtmlRecord {
    /// Selector of an entry; only on the list.
    #[serde(default)]
    pub item: Option<String>,
    /// Link from an entry to the holder's own page, or from the page to itself.
    #[serde(default)]
    pub link: Option<Pick>,
    /// Fields whose absence is a reject, besides `id` and `name`, without which there is no entry.
    #[serde(default)]
    pub needed: Vec<HtmlField>,
    /// Where each field is found.
    pub fields: BTreeMap<HtmlField, Pick>,
}

/// What a page can say about an office holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HtmlField {
    /// The site's own identifier of the person, the same on the list and the person's page.
    Id,
    /// Name.
    Name,
    /// Another name; all that are found.
    Alias,
    /// Position, where pages tell several.
    Position,
    /// Party or parliamentary group.
    Party,
    /// Constituency.
    Constituency,
    /// Committees and other functions; all that are found.
    Function,
    /// First day in office.
    Start,
    /// Last day in office.
    End,
    /// Date of birth.
    BirthDate,
    /// Place of birth.
    BirthPlace,
    /// E-mail address; `mailto:` and percent signs are undone.
    Email,
    /// Telephone.
    Telephone,
    /// Country of the office, where pages tell several.
    Country,
}

impl HtmlField {
    /// Fields that are dates.
    pub(in crate::watchlist) const DATES: [Self; 3] = [Self::Start, Self::End, Self::BirthDate];

    /// The name in the declaration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Alias => "alias",
            Self::Position => "position",
            Self::Party => "party",
            Self::Constituency => "constituency",
            Self::Function => "function",
            Self::Start => "start",
            Self::End => "end",
            Self::BirthDate => "birth_date",
            Self::BirthPlace => "birth_place",
            Self::Email => "email",
            Self::Telephone => "telephone",
            Self::Country => "country",
        }
    }
}

/// A text on a page: a selector alone, or a table with what is cut out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pick {
    /// CSS selector; `selector@attribute` for the text of an attribute, `@attribute` for one of the
    /// entry itself.
    pub select: String,
    /// Only what stands behind this; an element without it is passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Only what stands before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Only this part of an address between its slashes, counted from 1, or from the end as -1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<i32>,
}

/// [`Pick`] as a table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PickTable {
    select: String,
    after: Option<String>,
    before: Option<String>,
    segment: Option<i32>,
}

impl<'de> Deserialize<'de> for Pick {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(PickVisitor)
    }
}

struct PickVisitor;

impl<'de> Visitor<'de> for PickVisitor {
    type Value = Pick;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a selector or a table with 'select'")
    }

    fn visit_str<E: serde::de::Error>(self, select: &str) -> Result<Pick, E> {
        Ok(Pick { select: select.to_owned(), ..Pick::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Pick, A::Error> {
        let PickTable { select, after, before, segment } =
            PickTable::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Pick { select, after, before, segment })
    }
}

/// What is wrong with a declaration: key, what is allowed there, what stands there.
pub(super) type Wrong = (String, String, String);

/// Checks the table against itself and the files of the declaration.
pub(super) fn check(html: &HtmlPages, files: &[WantedFile]) -> Result<(), Wrong> {
    let wrong = |key: &str, expected: &str, found: &str| {
        (format!("html.{key}"), expected.to_owned(), found.to_owned())
    };
    for (role, record) in [(LIST, &html.list), (PAGE, &html.page)] {
        let declared = files.iter().any(|wanted| wanted.role == role);
        if declared != record.is_some() {
            let found = if declared { "the file alone" } else { "the table alone" };
            return Err(wrong(role, &format!("a file of role '{role}' and this table"), found));
        }
        if let Some(record) = record {
            check_record(role, record, html, &wrong)?;
        }
    }
    if files.iter().all(|wanted| wanted.optional) {
        return Err(wrong("list", "at least one file that is not optional", "none"));
    }
    if let Some(base) = html.base.as_ref().filter(|base| !base.starts_with("https://")) {
        return Err(wrong("base", "an address that begins with https://", base));
    }
    let some_day = jiff::civil::date(2000, 12, 31);
    let is_layout = |text: &&String| {
        text.contains("%Y") && jiff::fmt::strtime::format(text.as_str(), some_day).is_ok()
    };
    match html.dates.iter().find(|layout| !is_layout(layout)) {
        Some(layout) => Err(wrong("dates", "layouts like %d.%m.%Y, with the year", layout)),
        None => Ok(()),
    }
}

fn check_record(
    role: &str,
    record: &HtmlRecord,
    html: &HtmlPages,
    wrong: &dyn Fn(&str, &str, &str) -> Wrong,
) -> Result<(), Wrong> {
    let key = |part: &str| format!("{role}.{part}");
    match (&record.item, role) {
        (None, LIST) => return Err(wrong(&key("item"), "the selector of an entry", "none")),
        (Some(item), PAGE) => return Err(wrong(&key("item"), "no item on a page", item)),
        (Some(item), _) => selector(&key("item"), item, wrong)?,
        (None, _) => {}
    }
    let link = record.link.iter().map(|pick| ("link".to_owned(), pick));
    let fields = record.fields.iter();
    let fields = fields.map(|(field, pick)| (format!("fields.{}", field.as_str()), pick));
    for (name, pick) in link.chain(fields) {
        selector(&key(&name), &pick.select, wrong)?;
        if pick.segment == Some(0) {
            return Err(wrong(&key(&name), "a segment counted from 1 or from -1", "0"));
        }
    }
    let own_needs = [HtmlField::Id, HtmlField::Name];
    for needed in own_needs.iter().chain(&record.needed) {
        if !record.fields.contains_key(needed) {
            return Err(wrong(&key(&format!("fields.{}", needed.as_str())), "a selector", "none"));
        }
    }
    if html.position.is_none() && !record.fields.contains_key(&HtmlField::Position) {
        return Err(wrong("position", "a position, here or as a field", "neither"));
    }
    let has_dates = HtmlField::DATES.iter().any(|field| record.fields.contains_key(field));
    if has_dates && html.dates.is_empty() {
        return Err(wrong("dates", "how the pages write dates", "nothing"));
    }
    Ok(())
}

fn selector(key: &str, text: &str, wrong: &dyn Fn(&str, &str, &str) -> Wrong) -> Result<(), Wrong> {
    check_selector(text).map_err(|reason| wrong(key, &format!("a CSS selector ({reason})"), text))
}
