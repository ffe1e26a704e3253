//! Decides which addresses a page leads to: the pages of the holders it lists, or the file that a
//! publisher keeps behind a link.
//!
//! Addresses are made absolute against the page's own (or its `<base>`), once each, in the page's
//! order; whatever is not http or https is left out. Whether one may be asked is for the fetcher.

use super::page;
use super::pick::{Finder, selector};
use crate::watchlist::{Limits, ListSource, ParseError};
use scraper::{ElementRef, Html};
use std::collections::BTreeSet;
use url::Url;

const LIST: &str = "a page with the links of its declaration";

/// The addresses the list page of a declared list leads to, by `html.list.link`.
///
/// # Errors
/// [`ParseError::NotThisFormat`] when the declaration has no such link or the page none that fits:
/// its layout has changed; otherwise as for any page that cannot be read.
pub fn page_links(
    source: &ListSource,
    page_url: &str,
    bytes: &[u8],
) -> Result<Vec<String>, ParseError> {
    let wrong = |found: String| not_found(page_url, found);
    let list = source.html.as_ref().and_then(|html| html.list.as_ref());
    let (item, link) = list
        .and_then(|list| Some((list.item.as_ref()?, list.link.as_ref()?)))
        .ok_or_else(|| wrong("a declaration without html.list.link".to_owned()))?;
    let html = page::read(page_url, bytes, &Limits::default())?;
    let base = base(page_url, &html)?;
    let item_selector = selector(item).map_err(&wrong)?;
    let finder = Finder::new(link).map_err(&wrong)?;
    let texts = html.select(&item_selector).filter_map(|item| finder.first(item));
    let mut seen = BTreeSet::new();
    let links: Vec<String> = texts
        .filter_map(|text| absolute(&base, &text))
        .filter(|address| seen.insert(address.clone()))
        .collect();
    if links.is_empty() {
        return Err(wrong(format!("none for '{}' in '{item}'", link.select)));
    }
    Ok(links)
}

/// The address behind the first element of a page that fits and has one.
///
/// # Errors
/// [`ParseError::NotThisFormat`] when there is none; otherwise as for any page that cannot be read.
pub fn first_link(page_url: &str, bytes: &[u8], css: &str) -> Result<String, ParseError> {
    let html = page::read(page_url, bytes, &Limits::default())?;
    let base = base(page_url, &html)?;
    let fits = selector(css).map_err(|reason| not_found(page_url, reason))?;
    let links = html.select(&fits).filter_map(|element| element.value().attr("href"));
    let mut links = links.filter_map(|link| absolute(&base, link));
    links.next().ok_or_else(|| not_found(page_url, format!("no link for '{css}'")))
}

/// What links of a page are relative to.
fn base(page_url: &str, html: &Html) -> Result<Url, ParseError> {
    let own = Url::parse(page_url)
        .map_err(|error| not_found(page_url, format!("an address that is none: {error}")))?;
    let is_base = |node: ElementRef<'_>| node.value().name() == "base";
    let mut elements = html.tree.nodes().filter_map(ElementRef::wrap);
    let stated = elements.find(|node| is_base(*node));
    let stated = stated.and_then(|element| own.join(element.value().attr("href")?).ok());
    Ok(stated.unwrap_or(own))
}

/// A link as an absolute address of the web, without its fragment.
pub(super) fn absolute(base: &Url, link: &str) -> Option<String> {
    let mut address = base.join(link.trim()).ok()?;
    address.set_fragment(None);
    matches!(address.scheme(), "http" | "https").then(|| address.into())
}

fn not_found(page_url: &str, found: String) -> ParseError {
    ParseError::NotThisFormat { file: page_url.to_owned(), expected: LIST, found }
}
