//! Decides what a list is: a declaration in `watchlists/NAME.toml`, validated when it is read.
//!
//! A declaration names the publisher and the terms, the files an edition consists of, what every
//! entry means, whether a hit blocks or informs, how old the list may get, and the guards an
//! edition must pass before it is published. An unknown key, a missing value or a contradiction
//! is an error that names file, key and what is allowed.

mod columns;
mod html;
mod limits;

pub use columns::{
    CodedKind, Columns, ConstantKind, DateOrder, KindColumn, LinkColumn, NumberColumn,
};
pub(super) use html::LIST;
pub use html::{HtmlField, HtmlPages, HtmlRecord, Pick};
pub use limits::OwnLimits;

use super::Topic;
use super::formats::{Format, check_selector};
use crate::party::PartyKind;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A declared list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSource {
    /// Name of the declaration: lower-case letters, digits and `_`; also the folder's name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The page on which the publisher explains the list, for people.
    #[serde(default)]
    pub homepage: Option<String>,
    /// Licence or terms, and the attribution they ask for.
    pub licence: String,
    /// Format of the files.
    pub format: Format,
    /// Where web pages name whom; for the format `html_pages`, which cannot do without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<HtmlPages>,
    /// Files one edition consists of.
    pub files: Vec<WantedFile>,
    /// Which column says what, for a table of the user's own; needed by that format and refused by
    /// every other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Columns>,
    /// Lists inside a combined list that are left out, because they are read from their own
    /// publisher; none by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skip_sublists: Vec<String>,
    /// Topics every entry carries; entries may add their own.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Authority that decides the listings, when entries do not say it themselves.
    #[serde(default)]
    pub authority: Option<String>,
    /// Programmes, as entries name them, under which parties are listed for corruption or bribery;
    /// `*` stands for any text. Their entries carry the topic `corruption` as well.
    #[serde(default)]
    pub corruption_programmes: Vec<String>,
    /// What a confirmed match means.
    pub effect: Effect,
    /// How old the list may get.
    pub staleness: Staleness,
    /// What an edition must pass to be published.
    pub guards: Guards,
    /// What fetching must know besides the addresses of the files.
    #[serde(default)]
    pub fetch: FetchTerms,
    /// Ceilings of its own, for a list larger than others.
    #[serde(default, skip_serializing_if = "OwnLimits::is_general")]
    pub limits: OwnLimits,
}

/// What fetching a list must know besides the addresses of its files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FetchTerms {
    /// Hosts its addresses may redirect to; `*.example.org` stands for every name below.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Fetched only when it is named: it needs a key or a contract, or repeats other lists.
    #[serde(default)]
    pub on_request: bool,
    /// Largest file, where the general limit is not right.
    #[serde(default)]
    pub max_megabytes: Option<u64>,
    /// Headers the publisher asks every reader of its public page to send, such as a public key.
    /// They go to the hosts of the declared addresses only.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
}

/// What a confirmed match on a list means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Dealings are forbidden or barred: the verdict is at least HOLD until decided.
    Blocks,
    /// The match is information: an office, a relation.
    Informs,
}

/// One file, or one sort of file, of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantedFile {
    /// What the format calls it: `main`, `aliases`, `addresses`, `comments`, `index`.
    pub role: String,
    /// File names, any of which fits; `*` stands for any text; case and a final `.gz` do not
    /// matter.
    pub patterns: Vec<String>,
    /// Several files of this sort make up the edition.
    #[serde(default)]
    pub many: bool,
    /// The list can be read without it; its absence is a warning in the manifest.
    #[serde(default)]
    pub optional: bool,
    /// Which file of a zip archive is meant, by its name in it, `*` as above; needed when the
    /// archive holds more than one.
    #[serde(default)]
    pub member: Option<String>,
    /// Where the file is published, first choice first; the others are mirrors of the same file.
    /// Empty when it is only ever imported by hand.
    #[serde(default)]
    pub urls: Vec<String>,
    /// The page and the link on it behind which the file is published, when its address changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<PageLink>,
}

/// A link on a page, whose target is the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageLink {
    /// Address of the page.
    pub page: String,
    /// CSS selector of the link; the first that fits.
    pub selector: String,
}

/// Ages in hours, counted from the time an edition was retrieved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staleness {
    /// The publisher has stopped: the list never gets stale, and says so.
    #[serde(default)]
    pub frozen: bool,
    /// How often a new edition should be looked for.
    #[serde(default)]
    pub refresh_hours: Option<u32>,
    /// Older than this is reported.
    #[serde(default)]
    pub warn_hours: Option<u32>,
    /// Older than this nothing may be called clear on it.
    #[serde(default)]
    pub hard_hours: Option<u32>,
}

/// What an edition must pass to be published.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guards {
    /// Fewest records by kind of party.
    #[serde(default)]
    pub min_records: BTreeMap<PartyKind, u64>,
    /// Most percent of the records the current snapshot has that a new edition may lose.
    pub max_shrink_percent: f64,
    /// Most percent of the rows read that may be refused, whole or in part.
    pub max_reject_percent: f64,
    /// Most percent of the publisher's records that may be refused whole, name and all.
    #[serde(default = "default_max_lost_percent")]
    pub max_lost_percent: f64,
    /// Least percent of the share of listings that had a key field in the current snapshot, which
    /// must still have it.
    #[serde(default = "default_min_fill_percent")]
    pub min_fill_percent: f64,
    /// Most percent of the entries of the current snapshot that may come under other identifiers.
    #[serde(default = "default_max_renumbered_percent")]
    pub max_renumbered_percent: f64,
}

/// One in a thousand, for declarations that do not say: a listed party nobody can find is the
/// error a list exists to prevent, so little is forgiven.
fn default_max_lost_percent() -> f64 {
    0.1
}

/// Requirement R7: a key field filled less than half as often as before is held.
fn default_min_fill_percent() -> f64 {
    50.0
}

/// Requirement R7: more than 10 percent of the identifiers changed is held.
fn default_max_renumbered_percent() -> f64 {
    10.0
}

/// Why a declaration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Not TOML, an unknown key, a missing key, a value of the wrong kind.
    #[error("{file}: not a list declaration")]
    Toml {
        /// File name.
        file: String,
        /// Line, key and what is allowed there.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A value that is of the right kind and still cannot be.
    #[error("{file}: {key}: expected {expected}, found '{found}'")]
    Value {
        /// File name.
        file: String,
        /// Key, dotted.
        key: String,
        /// What is allowed.
        expected: String,
        /// What stands there.
        found: String,
    },
}

impl ListSource {
    /// Reads and validates one declaration; `file` is its name, for messages.
    ///
    /// # Errors
    /// [`SourceError`] naming file, key and what is allowed.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, SourceError> {
        let source: Self = toml::from_str(text).map_err(|source| SourceError::Toml {
            file: file.to_owned(),
            source: Box::new(source),
        })?;
        source.check(file)?;
        Ok(source)
    }

    /// A declaration for any file of FollowTheMoney entities, with no floor and no age limit of
    /// its own beyond a year: the list is the user's, and so is the care for it.
    ///
    /// # Errors
    /// [`SourceError::Value`] when `name` cannot be the name of a list.
    pub fn ftm(name: &str) -> Result<Self, SourceError> {
        let source = Self {
            name: name.to_owned(),
            title: format!("{name} (FollowTheMoney entities)"),
            publisher: "imported by the user".to_owned(),
            homepage: None,
            licence: "as agreed with the list's provider".to_owned(),
            format: Format::FtmJson,
            html: None,
            files: vec![WantedFile {
                role: "main".to_owned(),
                patterns: vec!["*".to_owned()],
                ..WantedFile::default()
            }],
            columns: None,
            skip_sublists: Vec::new(),
            topics: Vec::new(),
            authority: None,
            corruption_programmes: Vec::new(),
            effect: Effect::Blocks,
            staleness: Staleness {
                warn_hours: Some(24 * 90),
                hard_hours: Some(24 * 365),
                ..Staleness::default()
            },
            guards: Guards {
                max_shrink_percent: 20.0,
                max_reject_percent: 20.0,
                max_lost_percent: default_max_lost_percent(),
                min_fill_percent: default_min_fill_percent(),
                max_renumbered_percent: default_max_renumbered_percent(),
                ..Guards::default()
            },
            fetch: FetchTerms::default(),
            // Collections of entities hold addresses and links beside the parties.
            limits: OwnLimits { records: Some(5_000_000) },
        };
        source.check("--as")?;
        Ok(source)
    }

    /// Topics as the set every entry starts with.
    #[must_use]
    pub fn topics(&self) -> BTreeSet<Topic> {
        self.topics.iter().cloned().collect()
    }

    /// Whether a programme is one of those that list parties for corruption.
    #[must_use]
    pub fn is_about_corruption(&self, programme: &str) -> bool {
        let programme = programme.to_lowercase();
        self.corruption_programmes.iter().any(|pattern| glob(&pattern.to_lowercase(), &programme))
    }

    fn check(&self, file: &str) -> Result<(), SourceError> {
        let wrong = |key: &str, expected: &str, found: String| SourceError::Value {
            file: file.to_owned(),
            key: key.to_owned(),
            expected: expected.to_owned(),
            found,
        };
        if !is_list_name(&self.name) {
            return Err(wrong("name", "lower-case letters, digits and '_'", self.name.clone()));
        }
        if file.ends_with(".toml") && !file.ends_with(&format!("{}.toml", self.name)) {
            return Err(wrong("name", "the name of the file without .toml", self.name.clone()));
        }
        let is_plain = |url: &&String| !url.starts_with("https://");
        if let Some(url) = self.homepage.iter().find(is_plain) {
            return Err(wrong("homepage", "an address that begins with https://", url.clone()));
        }
        // Plain http is for a mirror that fetch.toml names as internal; fetching refuses any other.
        let mut of_files = self.files.iter().flat_map(|wanted| {
            wanted.urls.iter().chain(wanted.link.as_ref().map(|link| &link.page))
        });
        let is_other = |url: &&String| is_plain(url) && !url.starts_with("http://");
        if let Some(url) = of_files.find(is_other) {
            let expected = "addresses that begin with https://";
            return Err(wrong("files.urls", expected, url.clone()));
        }
        let sublists = self.format.sublists();
        if let Some(name) = self.skip_sublists.iter().find(|n| !sublists.contains(&n.as_str())) {
            let expected = match sublists.as_slice() {
                [] => format!("none, since the format {} has no lists inside", self.format),
                some => format!("some of {}", some.join(", ")),
            };
            return Err(wrong("skip_sublists", &expected, name.clone()));
        }
        self.check_columns(&wrong)?;
        self.check_files(&wrong)?;
        self.check_pages(&wrong)?;
        self.check_numbers(&wrong)
    }

    fn check_columns(
        &self,
        wrong: &dyn Fn(&str, &str, String) -> SourceError,
    ) -> Result<(), SourceError> {
        let maps = self.format == Format::PlainCsv;
        match &self.columns {
            None if maps => {
                let expected = "a [columns] table, which the format plain_csv is read by";
                Err(wrong("columns", expected, "none".to_owned()))
            }
            Some(_) if !maps => {
                let expected = "no [columns] table, except with the format plain_csv";
                Err(wrong("columns", expected, self.format.to_string()))
            }
            Some(columns) => match columns.fault() {
                Some((key, expected, found)) => Err(wrong(key, expected, found)),
                None => Ok(()),
            },
            None => Ok(()),
        }
    }

    fn check_files(
        &self,
        wrong: &dyn Fn(&str, &str, String) -> SourceError,
    ) -> Result<(), SourceError> {
        let roles = self.format.roles();
        for wanted in &self.files {
            if !roles.iter().any(|(role, _)| *role == wanted.role) {
                let allowed = roles.iter().map(|(role, _)| *role).collect::<Vec<_>>().join(", ");
                let expected = format!("one of {allowed} for the format {}", self.format);
                return Err(wrong("files.role", &expected, wanted.role.clone()));
            }
            if wanted.patterns.is_empty() {
                return Err(wrong("files.patterns", "at least one file name", String::new()));
            }
        }
        for (role, needed) in roles {
            let declared = self.files.iter().filter(|wanted| wanted.role == *role);
            let found: Vec<bool> = declared.map(|wanted| wanted.optional).collect();
            if found.len() > 1 || (*needed && found != [false]) {
                let expected = format!("exactly one file of role '{role}', not optional if needed");
                return Err(wrong("files", &expected, format!("{} of them", found.len())));
            }
        }
        Ok(())
    }

    fn check_pages(
        &self,
        wrong: &dyn Fn(&str, &str, String) -> SourceError,
    ) -> Result<(), SourceError> {
        for link in self.files.iter().filter_map(|wanted| wanted.link.as_ref()) {
            check_selector(&link.selector).map_err(|reason| {
                let expected = format!("a CSS selector ({reason})");
                wrong("files.link.selector", &expected, link.selector.clone())
            })?;
        }
        match (self.format, &self.html) {
            (Format::HtmlPages, Some(html)) => html::check(html, &self.files)
                .map_err(|(key, expected, found)| wrong(&key, &expected, found)),
            (Format::HtmlPages, None) => {
                Err(wrong("html", "a table that says where pages name whom", "none".to_owned()))
            }
            (_, Some(_)) => Err(wrong(
                "html",
                "no such table unless the format is html_pages",
                self.format.to_string(),
            )),
            (_, None) => Ok(()),
        }
    }

    fn check_numbers(
        &self,
        wrong: &dyn Fn(&str, &str, String) -> SourceError,
    ) -> Result<(), SourceError> {
        for (key, value) in [
            ("guards.max_shrink_percent", self.guards.max_shrink_percent),
            ("guards.max_reject_percent", self.guards.max_reject_percent),
            ("guards.max_lost_percent", self.guards.max_lost_percent),
            ("guards.min_fill_percent", self.guards.min_fill_percent),
            ("guards.max_renumbered_percent", self.guards.max_renumbered_percent),
        ] {
            if !(0.0..=100.0).contains(&value) {
                return Err(wrong(key, "a percentage from 0 to 100", value.to_string()));
            }
        }
        let Staleness { frozen, warn_hours, hard_hours, .. } = self.staleness;
        match (frozen, warn_hours, hard_hours) {
            (true, None, None) => Ok(()),
            (false, Some(warn), Some(hard)) if warn <= hard => Ok(()),
            (false, Some(warn), Some(hard)) => Err(wrong(
                "staleness.warn_hours",
                &format!("at most hard_hours ({hard})"),
                warn.to_string(),
            )),
            _ => Err(wrong(
                "staleness",
                "either frozen = true alone, or warn_hours and hard_hours",
                "neither or both".to_owned(),
            )),
        }
    }
}

impl WantedFile {
    /// Whether a file name fits one of the patterns.
    #[must_use]
    pub fn fits(&self, file_name: &str) -> bool {
        let name = file_name.to_lowercase();
        let bare = name.strip_suffix(".gz").unwrap_or(&name);
        self.patterns.iter().any(|pattern| {
            let pattern = pattern.to_lowercase();
            glob(&pattern, bare) || glob(&pattern, &name)
        })
    }
}

impl WantedFile {
    /// Whether a file of an archive is the one that is meant.
    #[must_use]
    pub fn fits_member(&self, name: &str) -> bool {
        let pattern = self.member.as_deref().unwrap_or("*").to_lowercase();
        glob(&pattern, &name.to_lowercase())
    }
}

/// Lower-case letters, digits and `_`: what a list, and so its folder, may be called.
pub(super) fn is_list_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty() && name.chars().all(plain)
}

/// `*` stands for any text, everything else for itself.
fn glob(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let head = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(head) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(tail) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(tail)
}

#[cfg(test)]
mod tests;
