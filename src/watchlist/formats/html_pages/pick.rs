//! Decides what text a selector of a declaration means on a page.
//!
//! Blanks of any kind and number are one blank, and a line break or a block begins a new word. An
//! empty text is none: the next element that fits is looked at.

use crate::watchlist::source::Pick;
use scraper::{ElementRef, Node, Selector};

/// Elements whose text does not run on from what stands before.
const BREAKS: [&str; 16] = [
    "br", "p", "div", "li", "ul", "ol", "td", "th", "tr", "table", "h1", "h2", "h3", "h4", "dd",
    "dt",
];

/// A selector ready for use.
#[derive(Debug)]
pub(super) struct Finder {
    /// `None` is the entry itself.
    selector: Option<Selector>,
    attribute: Option<String>,
    after: Option<String>,
    before: Option<String>,
    segment: Option<i32>,
}

/// `selector@attribute` in its two parts; an `@` in a selector proper is inside quotes.
fn parts(text: &str) -> (&str, Option<&str>) {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c))
    };
    match text.rsplit_once('@') {
        Some((selector, name)) if is_name(name) => (selector.trim(), Some(name)),
        _ => (text.trim(), None),
    }
}

/// The selector alone, or why it is none.
pub(super) fn selector(text: &str) -> Result<Selector, String> {
    Selector::parse(text).map_err(|error| error.to_string().to_lowercase())
}

impl Finder {
    pub(super) fn new(pick: &Pick) -> Result<Self, String> {
        let (select, attribute) = parts(&pick.select);
        if select.is_empty() && attribute.is_none() {
            return Err("it is empty".to_owned());
        }
        Ok(Self {
            selector: if select.is_empty() { None } else { Some(selector(select)?) },
            attribute: attribute.map(str::to_owned),
            after: pick.after.clone(),
            before: pick.before.clone(),
            segment: pick.segment,
        })
    }

    /// The first text that is not empty.
    pub(super) fn first(&self, entry: ElementRef<'_>) -> Option<String> {
        self.texts(entry).next()
    }

    /// All texts that are not empty, in the page's order.
    pub(super) fn texts<'a>(&'a self, entry: ElementRef<'a>) -> impl Iterator<Item = String> + 'a {
        let own = self.selector.is_none().then_some(entry);
        let found = self.selector.iter().flat_map(move |selector| entry.select(selector));
        own.into_iter().chain(found).filter_map(|element| self.text(element))
    }

    fn text(&self, element: ElementRef<'_>) -> Option<String> {
        let whole = match &self.attribute {
            Some(name) => clean(element.value().attr(name)?),
            None => text_of(element),
        };
        let mut text = whole.as_str();
        if let Some(after) = &self.after {
            text = text.split_once(after.as_str())?.1.trim_start();
        }
        if let Some(before) = &self.before {
            text = text.split_once(before.as_str()).map_or(text, |(head, _)| head);
        }
        if let Some(number) = self.segment {
            text = segment(text, number)?;
        }
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// One blank for any.
fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of an element and what is in it.
pub(super) fn text_of(element: ElementRef<'_>) -> String {
    let is_break =
        |node: &Node| node.as_element().is_some_and(|element| BREAKS.contains(&element.name()));
    let mut text = String::new();
    for node in element.descendants() {
        let follows_block = node.prev_sibling().is_some_and(|before| is_break(before.value()));
        if follows_block || is_break(node.value()) {
            text.push(' ');
        }
        if let Node::Text(piece) = node.value() {
            text.push_str(piece);
        }
    }
    clean(&text)
}

/// A part of an address between slashes, without query and fragment; counted from 1 or from -1.
fn segment(address: &str, number: i32) -> Option<&str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let steps = usize::try_from(number.unsigned_abs()).ok()?.checked_sub(1)?;
    if number > 0 { parts.nth(steps) } else { parts.nth_back(steps) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use scraper::Html;

    const PAGE: &str = "<div id=a><h3><a href='/m/77/ada?x=1'> Ada\u{a0}<b>L</b>ind </a></h3>\
        <p>Born:<br>1.2.1960 Port</p>tail<p class=e></p><p class=e>two</p></div>";

    fn found(pick: &Pick) -> Vec<String> {
        let html = Html::parse_document(PAGE);
        Finder::new(pick).unwrap().texts(html.root_element()).collect()
    }

    fn pick(select: &str) -> Pick {
        Pick { select: select.to_owned(), ..Pick::default() }
    }

    #[test]
    fn texts_and_attributes_are_clean_and_never_empty() {
        assert_eq!(found(&pick("h3 a")), ["Ada Lind"]);
        assert_eq!(found(&pick("h3 a@href")), ["/m/77/ada?x=1"]);
        assert_eq!(found(&pick("p.e")), ["two"]);
        assert_eq!(found(&pick("#a")), ["Ada Lind Born: 1.2.1960 Port tail two"]);
        assert_eq!(found(&pick("h3 a@title")), [""; 0]);
    }

    #[test]
    fn what_is_wanted_is_cut_out() {
        let birth =
            Pick { after: Some("Born:".to_owned()), before: Some(" ".to_owned()), ..pick("p") };
        assert_eq!(found(&birth), ["1.2.1960"]);
        let part = |number| Pick { segment: Some(number), ..pick("h3 a@href") };
        assert_eq!(found(&part(-2)), ["77"]);
        assert_eq!(found(&part(-1)), ["ada"]);
        assert_eq!(found(&part(1)), ["m"]);
        assert_eq!(found(&part(9)), [""; 0]);
        assert_eq!(found(&part(i32::MIN)), [""; 0]);
    }

    #[test]
    fn a_bad_selector_says_so() {
        for text in ["", "a[", "p >", "::x::", "@"] {
            assert!(Finder::new(&pick(text)).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_selector_and_no_cut_panics(
            select in "\\PC{0,20}", after in "\\PC{0,3}", segment in any::<i32>(),
        ) {
            let pick = Pick { select, after: Some(after), before: None, segment: Some(segment) };
            if let Ok(finder) = Finder::new(&pick) {
                let _ = finder.texts(Html::parse_document(PAGE).root_element()).count();
            }
        }
    }
}
