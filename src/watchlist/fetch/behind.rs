//! Decides which files a declared file turns out to be, where its address stands on a page of the
//! publisher: the one file behind a link, or a page for every holder of an office the list page
//! names.
//!
//! A page is fetched like any file and the links are read off it by the declaration's selectors.
//! Where they lead is asked only if the list's hosts allow it. A page without the link is an error:
//! its layout has changed, and guessing would fetch something else.

use super::place::{self, Place};
use super::{Errand, FetchError, FetchedFile, Fetcher};
use crate::watchlist::formats::{self, Format};
use crate::watchlist::{ListSource, ParseError, WantedFile};
use sha2::{Digest, Sha256};

/// Role of the page that names the holders, and of their own pages.
const LIST: &str = "list";
const PAGE: &str = "page";
/// More pages than this no list of office holders has.
const MAX_PAGES: usize = 5_000;

/// One file that is to be fetched: where it is kept, and its addresses, first choice first.
pub(super) struct Target {
    pub(super) place: Place,
    pub(super) urls: Vec<String>,
}

/// Whether the files of this role are found on the pages of another.
pub(super) fn is_linked_from_list(source: &ListSource, wanted: &WantedFile) -> bool {
    let page = source.html.as_ref().and_then(|html| html.list.as_ref());
    source.format == Format::HtmlPages
        && wanted.role == PAGE
        && wanted.many
        && page.is_some_and(|list| list.link.is_some())
}

/// The files a declared file stands for; `fetched` are those that came before it.
///
/// # Errors
/// [`FetchError`] when a page cannot be had, or does not lead where the declaration says.
pub(super) fn targets(
    fetcher: &Fetcher,
    errand: &Errand<'_>,
    wanted: &WantedFile,
    fetched: &[FetchedFile],
) -> Result<Vec<Target>, FetchError> {
    let (source, dir) = (errand.source, errand.dir);
    if is_linked_from_list(source, wanted) {
        let lists = fetched.iter().filter(|file| file.role == LIST);
        return lists
            .map(|list| pages(errand, wanted, list))
            .collect::<Result<Vec<_>, _>>()
            .map(|pages| pages.into_iter().flatten().collect());
    }
    let mut urls = Vec::new();
    if let Some(link) = &wanted.link {
        let page = Target {
            place: Place::named(dir, format!("{}.page.html", wanted.role)),
            urls: vec![link.page.clone()],
        };
        let file = fetcher.one(errand, wanted, &page)?;
        let found = place::bytes(&file.path)
            .map(|bytes| formats::first_link(&link.page, &bytes, &link.selector))?;
        urls.push(found.map_err(|cause| no_link(wanted, &link.page, cause))?);
    }
    urls.extend(wanted.urls.iter().cloned());
    if urls.is_empty() {
        let (list, role) = (source.name.clone(), wanted.role.clone());
        return Err(FetchError::NoAddress { list, role });
    }
    Ok(vec![Target { place: Place::new(dir, wanted), urls }])
}

/// A page for each link of the list page, under a name the declaration knows.
fn pages(
    errand: &Errand<'_>,
    wanted: &WantedFile,
    list: &FetchedFile,
) -> Result<Vec<Target>, FetchError> {
    let bytes = place::bytes(&list.path)?;
    let links = formats::page_links(errand.source, &list.url, &bytes)
        .map_err(|cause| no_link(wanted, &list.url, cause))?;
    if links.len() > MAX_PAGES {
        let (page, limit) = (list.url.clone(), MAX_PAGES);
        return Err(FetchError::TooManyPages { page, limit, found: links.len() });
    }
    let target = |url: String| {
        let name = place::file_name_of(wanted, &name_of(&url));
        Target { place: Place::named(errand.dir, name), urls: vec![url] }
    };
    Ok(links.into_iter().map(target).collect())
}

/// A short name of an address that no other has: the head of its fingerprint.
fn name_of(url: &str) -> String {
    let digest = base16ct::lower::encode_string(&Sha256::digest(url));
    digest.chars().take(16).collect()
}

fn no_link(wanted: &WantedFile, page: &str, cause: ParseError) -> FetchError {
    FetchError::NoLink { role: wanted.role.clone(), page: page.to_owned(), cause }
}

/// Whether a declared file has an address, or a page that leads to one.
pub(in crate::watchlist) fn has_address(source: &ListSource, wanted: &WantedFile) -> bool {
    !wanted.urls.is_empty() || wanted.link.is_some() || is_linked_from_list(source, wanted)
}

/// Where a declared file is looked for first: its address, or the page that leads to it.
pub(super) fn first_address(wanted: &WantedFile) -> Option<&String> {
    wanted.link.as_ref().map(|link| &link.page).or_else(|| wanted.urls.first())
}
