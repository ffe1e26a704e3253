//! Decides what the texts found on a page say about a holder of office.
//!
//! What the page does not say is the declaration's constant. A date is read by the first layout
//! that fits, with the precision of that layout. What is found twice, on the list and on the
//! holder's own page, is kept once; a second spelling of the name is an alias.

use super::super::fault::{self, Fault};
use super::Found;
use super::links::absolute;
use crate::party::{NameQuality, PartialDate, Party, PartyKind, PartyName, Tie};
use crate::watchlist::source::{HtmlField, HtmlPages};
use crate::watchlist::{Detail, ListSource, Listing, Office};
use url::Url;

const EMAIL: &str = "email";
const TELEPHONE: &str = "telephone";
const MAILTO: &str = "mailto:";

/// A needed selector that found nothing.
pub(super) fn miss(field: HtmlField) -> Fault {
    let message = format!("expected '{}' on the page, its selector found nothing", field.as_str());
    Fault::field(field.as_str(), "selector-miss", message)
}

/// The listing of an entry; `None` when it has no name or no identifier, which is a fault.
pub(super) fn listing(
    source: &ListSource,
    html: &HtmlPages,
    found: &Found,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let needed = |field: HtmlField, faults: &mut Vec<Fault>| {
        let text = found.first(field);
        if text.is_none() {
            faults.push(Fault { field: String::new(), ..miss(field) });
        }
        text
    };
    let (name, id) = (needed(HtmlField::Name, faults), needed(HtmlField::Id, faults));
    let (name, id) = (name?, id?);
    let mut party = Party {
        kind: Some(PartyKind::Person),
        names: names(name, found.all(HtmlField::Alias), html),
        birth_dates: date(HtmlField::BirthDate, html, found, faults)
            .into_iter()
            .map(Into::into)
            .collect(),
        birth_places: found.first(HtmlField::BirthPlace).map(str::to_owned).into_iter().collect(),
        ..Party::default()
    };
    let office = office(html, found, faults);
    if let Some(country) = office.country {
        party.tie(country, Tie::Office);
    }
    let base = html.base.as_deref().and_then(|base| Url::parse(base).ok());
    let link = found.link.as_deref();
    let source_url = link.and_then(|link| match &base {
        Some(base) => absolute(base, link),
        None => absolute(&Url::parse(link).ok()?, ""),
    });
    Some(Listing {
        list: source.name.clone(),
        id: id.to_owned(),
        party,
        topics: source.topics(),
        authority: source.authority.clone(),
        offices: vec![office],
        functions: found.all(HtmlField::Function).to_vec(),
        details: details(found, faults),
        source_url,
        ..Listing::default()
    })
}

fn names(name: &str, aliases: &[String], html: &HtmlPages) -> Vec<PartyName> {
    let named = |text: &str, quality| PartyName {
        text: text.to_owned(),
        quality,
        language: html.language.clone(),
    };
    let mut names = vec![named(name, NameQuality::Primary)];
    for alias in aliases {
        if !names.iter().any(|known| known.text == *alias) {
            names.push(named(alias, NameQuality::Alias));
        }
    }
    names
}

fn office(html: &HtmlPages, found: &Found, faults: &mut Vec<Fault>) -> Office {
    let stated = found.first(HtmlField::Country);
    let stated = stated.and_then(|text| fault::country(text, "country", faults));
    let position = found.first(HtmlField::Position).map(str::to_owned);
    let notes = [found.first(HtmlField::Party), found.first(HtmlField::Constituency)];
    let notes: Vec<&str> = notes.into_iter().flatten().collect();
    Office {
        position: position.or_else(|| html.position.clone()).unwrap_or_default(),
        organization: html.organization.clone(),
        country: stated.or(html.country),
        start: date(HtmlField::Start, html, found, faults),
        end: date(HtmlField::End, html, found, faults),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    }
}

fn date(
    field: HtmlField,
    html: &HtmlPages,
    found: &Found,
    faults: &mut Vec<Fault>,
) -> Option<PartialDate> {
    let text = found.first(field)?;
    let date = html.dates.iter().find_map(|layout| by_layout(layout, text));
    if date.is_none() {
        let layouts = html.dates.join(" or ");
        let message = format!("expected a date as {layouts}, found '{text}'");
        faults.push(Fault::field(field.as_str(), "bad-date", message));
    }
    date
}

fn by_layout(layout: &str, text: &str) -> Option<PartialDate> {
    let read = jiff::fmt::strtime::parse(layout, text).ok()?;
    PartialDate::new(read.year()?, read.month(), read.day()).ok()
}

fn details(found: &Found, faults: &mut Vec<Fault>) -> Vec<Detail> {
    let mut details = Vec::new();
    if let Some(text) = found.first(HtmlField::Email) {
        match email(text) {
            Some(address) => details.push(Detail::new(EMAIL, address)),
            None => {
                let message = format!("expected an e-mail address, found '{text}'");
                faults.push(Fault::field(EMAIL, "bad-email", message));
            }
        }
    }
    details.extend(found.first(HtmlField::Telephone).map(|text| Detail::new(TELEPHONE, text)));
    details
}

/// `mailto: a%40b?subject=…` is `a@b`: pages hide addresses from collectors.
fn email(text: &str) -> Option<String> {
    let is_mailto = text.get(..MAILTO.len()).is_some_and(|s| s.eq_ignore_ascii_case(MAILTO));
    let bare = if is_mailto { text.get(MAILTO.len()..)?.split('?').next()? } else { text };
    let address = undo_percent(bare.trim())?;
    let address = address.trim();
    let (user, host) = address.split_once('@')?;
    let is_one =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace());
    (is_one(user) && is_one(host)).then(|| address.to_owned())
}

/// `%40` is `@`; `None` when what comes out is no text.
fn undo_percent(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let ahead: Vec<u8> = rest.clone().take(2).collect();
        let digits: Option<Vec<u32>> = ahead.iter().map(|b| char::from(*b).to_digit(16)).collect();
        match (byte, digits.as_deref()) {
            (b'%', Some([high, low])) => {
                bytes.push(u8::try_from(high * 16 + low).ok()?);
                rest.nth(1);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

/// Adds what a second page says about somebody who is known.
pub(super) fn merge(known: &mut Listing, other: Listing) {
    for mut name in other.party.names {
        if !known.party.names.iter().any(|own| own.text == name.text) {
            name.quality = NameQuality::Alias;
            known.party.names.push(name);
        }
    }
    add_new(&mut known.party.birth_dates, other.party.birth_dates);
    add_new(&mut known.party.birth_places, other.party.birth_places);
    for tie in other.party.countries {
        known.party.tie(tie.country, tie.tie);
    }
    add_new(&mut known.functions, other.functions);
    add_new(&mut known.details, other.details);
    known.source_url = known.source_url.take().or(other.source_url);
    for office in other.offices {
        match known.offices.iter_mut().find(|own| is_same(own, &office)) {
            Some(own) => complete(own, office),
            None => known.offices.push(office),
        }
    }
}

fn add_new<T: PartialEq>(known: &mut Vec<T>, others: Vec<T>) {
    for other in others {
        if !known.contains(&other) {
            known.push(other);
        }
    }
}

/// The same office, as far as both say: a date that only one knows is no difference.
fn is_same(own: &Office, other: &Office) -> bool {
    let agree =
        |a: Option<PartialDate>, b: Option<PartialDate>| a.is_none() || b.is_none() || a == b;
    own.position == other.position
        && own.country == other.country
        && agree(own.start, other.start)
        && agree(own.end, other.end)
}

fn complete(own: &mut Office, other: Office) {
    own.start = own.start.or(other.start);
    own.end = own.end.or(other.end);
    let parts = other
        .note
        .into_iter()
        .flat_map(|note| note.split("; ").map(str::to_owned).collect::<Vec<_>>());
    let mut notes: Vec<String> =
        own.note.iter().flat_map(|note| note.split("; ").map(str::to_owned)).collect();
    add_new(&mut notes, parts.collect());
    own.note = (!notes.is_empty()).then(|| notes.join("; "));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hidden_addresses_are_read_and_others_refused() {
        for (text, expected) in [
            ("mailto: %41da%40port.example ", Some("Ada@port.example")),
            ("MAILTO:a@b.example?subject=x%20y", Some("a@b.example")),
            ("a@b.example", Some("a@b.example")),
            ("a%zz@b.example", Some("a%zz@b.example")),
            ("mailto:", None),
            ("ada at port", None),
            ("a@b@c", None),
            ("%ff@b", None),
        ] {
            assert_eq!(email(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_date_has_the_precision_of_its_layout() {
        for (layout, text, expected) in [
            ("%d.%m.%Y", "03.04.1961", Some("1961-04-03")),
            ("%d.%m.%Y", "3.04.1961", Some("1961-04-03")),
            ("%m/%Y", "04/1961", Some("1961-04")),
            ("%Y", "1961", Some("1961")),
            ("%d %B %Y", "3 April 1961", Some("1961-04-03")),
            ("%d.%m.%Y", "31.02.1961", None),
            ("%d.%m.%Y", "soon", None),
        ] {
            let read = by_layout(layout, text).map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_readers_panic(text in "\\PC{0,30}") {
            let _ = (email(&text), undo_percent(&text), by_layout("%d.%m.%Y", &text));
        }
    }
}
