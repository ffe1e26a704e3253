//! Web pages of a parliament or government that publishes no data, read by declaration: the table
//! `[html]` of the list says where on the pages everything stands. HTML as browsers read it
//! (<https://html.spec.whatwg.org/>), in UTF-8.
//!
//! Read: what the declaration names, nothing else: a page is mostly menus. An edition is a list
//! page, pages of the holders, or both; a holder on both is one entry, by the site's identifier.
//! A needed selector that finds nothing is a reject (`selector-miss`), so that a site that has
//! changed its layout cannot pass for one that says little: the guards hold it.

mod links;
mod map;
mod page;
mod pick;

pub use links::{first_link, page_links};

use super::fault::{Fault, reject_all};
use super::{InputFile, LoadBytes};
use crate::watchlist::source::{HtmlField, HtmlPages, HtmlRecord, LIST, Pick};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use pick::Finder;
use scraper::{ElementRef, Selector};
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = "a page of the layout its declaration describes";

/// Checks one selector of a declaration, `@attribute` included.
///
/// # Errors
/// Why it is none, in the reader's words.
pub(in crate::watchlist) fn check_selector(text: &str) -> Result<(), String> {
    Finder::new(&Pick { select: text.to_owned(), ..Pick::default() }).map(|_| ())
}

/// What stands where, ready for use.
struct Layout<'a> {
    item: Option<Selector>,
    link: Option<Finder>,
    fields: BTreeMap<HtmlField, Finder>,
    needed: &'a [HtmlField],
}

/// The texts of one entry.
#[derive(Debug, Default)]
struct Found {
    texts: BTreeMap<HtmlField, Vec<String>>,
    link: Option<String>,
}

/// Reads every page, one at a time: the lists first, whose order the entries keep.
///
/// # Errors
/// [`ParseError`] when a file is no page, or a list page has no entry.
pub(super) fn parse(
    source: &ListSource,
    files: &[InputFile],
    load: LoadBytes<'_>,
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    let Some(html) = &source.html else { return Ok(Parsed::default()) };
    let mut reader =
        Reader { source, html, limits, parsed: Parsed::default(), at: BTreeMap::new() };
    let (lists, pages): (Vec<_>, Vec<_>) =
        files.iter().enumerate().partition(|(_, file)| file.role == LIST);
    for (at, file) in &lists {
        let layout = layout(&file.name, html.list.as_ref())?;
        reader.entries(&file.name, &layout, &load(*at)?)?;
    }
    let mut without_page: BTreeSet<String> = reader.at.keys().cloned().collect();
    let listed = without_page.len();
    for (at, file) in &pages {
        let layout = layout(&file.name, html.page.as_ref())?;
        for id in reader.entries(&file.name, &layout, &load(*at)?)? {
            without_page.remove(&id);
        }
    }
    if !pages.is_empty() && !without_page.is_empty() {
        let count = without_page.len();
        reader.parsed.warnings.push(format!("{count} of {listed} on the list have no page"));
    }
    Ok(reader.parsed)
}

/// What is read of an edition so far.
struct Reader<'a> {
    source: &'a ListSource,
    html: &'a HtmlPages,
    limits: &'a Limits,
    parsed: Parsed,
    /// Place of each entry, by the site's identifier.
    at: BTreeMap<String, usize>,
}

impl Reader<'_> {
    /// Reads the entries of one page and gives their identifiers.
    fn entries(
        &mut self,
        file: &str,
        layout: &Layout<'_>,
        bytes: &[u8],
    ) -> Result<Vec<String>, ParseError> {
        let tree = page::read(file, bytes, self.limits)?;
        let elements: Vec<ElementRef<'_>> = match &layout.item {
            Some(item) => tree.select(item).collect(),
            None => tree.tree.root().children().filter_map(ElementRef::wrap).take(1).collect(),
        };
        if elements.is_empty() {
            let found = "no entry for html.list.item".to_owned();
            return Err(ParseError::NotThisFormat { file: file.to_owned(), expected: PAGE, found });
        }
        let mut ids = Vec::new();
        for (row, element) in (1..).zip(elements) {
            self.parsed.rows_read += 1;
            let found = layout.find(element);
            let mut faults: Vec<Fault> = Vec::new();
            let listing = map::listing(self.source, self.html, &found, &mut faults);
            if listing.is_some() {
                faults.extend(layout.missed(&found));
            }
            reject_all(&mut self.parsed.rejects, faults, file, row, || found.to_text());
            let Some(listing) = listing else {
                self.parsed.lost_records += 1;
                continue;
            };
            ids.push(listing.id.clone());
            match self.at.get(&listing.id).and_then(|at| self.parsed.listings.get_mut(*at)) {
                Some(known) => map::merge(known, listing),
                None => {
                    self.at.insert(listing.id.clone(), self.parsed.listings.len());
                    self.parsed.listings.push(listing);
                }
            }
        }
        Ok(ids)
    }
}

impl Layout<'_> {
    fn find(&self, entry: ElementRef<'_>) -> Found {
        let texts = self.fields.iter().map(|(field, finder)| {
            let is_many = matches!(field, HtmlField::Alias | HtmlField::Function);
            let many = if is_many { usize::MAX } else { 1 };
            (*field, finder.texts(entry).take(many).collect())
        });
        Found {
            texts: texts.collect(),
            link: self.link.as_ref().and_then(|link| link.first(entry)),
        }
    }

    /// A fault for each needed field that was not found.
    fn missed(&self, found: &Found) -> Vec<Fault> {
        let missed = self.needed.iter().filter(|field| found.first(**field).is_none());
        missed.map(|field| map::miss(*field)).collect()
    }
}

impl Found {
    fn all(&self, field: HtmlField) -> &[String] {
        self.texts.get(&field).map_or(&[], Vec::as_slice)
    }

    fn first(&self, field: HtmlField) -> Option<&str> {
        self.all(field).first().map(String::as_str)
    }

    /// What was found, for a reject: the page itself is too long to be read there.
    fn to_text(&self) -> String {
        let found = self.texts.iter().filter(|(_, texts)| !texts.is_empty());
        let lines = found.map(|(field, texts)| format!("{}={}", field.as_str(), texts.join(", ")));
        lines.collect::<Vec<_>>().join("; ")
    }
}

fn layout<'a>(file: &str, record: Option<&'a HtmlRecord>) -> Result<Layout<'a>, ParseError> {
    let wrong = |found: String| ParseError::NotThisFormat {
        file: file.to_owned(),
        expected: "a declaration with selectors for this page",
        found,
    };
    let record = record.ok_or_else(|| wrong("none".to_owned()))?;
    let item = record.item.as_deref().map(pick::selector).transpose().map_err(&wrong)?;
    let link = record.link.as_ref().map(Finder::new).transpose().map_err(&wrong)?;
    let fields = record.fields.iter().map(|(field, pick)| Ok((*field, Finder::new(pick)?)));
    let fields = fields.collect::<Result<_, String>>().map_err(&wrong)?;
    Ok(Layout { item, link, fields, needed: &record.needed })
}
