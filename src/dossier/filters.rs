//! Decides how a value becomes a piece of a page: in which direction it runs, in which script it
//! is, and whether it may be a link. A name in Arabic between Latin words must not reorder them,
//! and a list's address is a link only when it is plainly an http(s) one.

use super::view::Label;
use super::visible::{escaped, visible};
use askama::Values;
use askama::filters::Safe;
use std::fmt::Display;
use unicode_script::{Script, UnicodeScript};

/// A value in its own direction and, when all its letters are of one script, with that script.
#[askama::filter_fn]
pub fn text(value: impl Display, _: &dyn Values) -> askama::Result<Safe<String>> {
    Ok(Safe(isolated(&value.to_string())?))
}

/// A value as [`text`], or a link when it is an http(s) address.
#[askama::filter_fn]
pub fn linked(value: impl Display, _: &dyn Values) -> askama::Result<Safe<String>> {
    let value = value.to_string();
    if !is_web_address(&value) {
        return Ok(Safe(isolated(&value)?));
    }
    let shown = escaped(&value)?;
    Ok(Safe(format!("<a href=\"{shown}\" rel=\"noopener noreferrer\">{shown}</a>")))
}

/// A party or list: its caption in its own direction, then its id, which never moves.
#[askama::filter_fn]
pub fn labelled(label: &Label, _: &dyn Values) -> askama::Result<Safe<String>> {
    let id = escaped(&label.id)?;
    Ok(Safe(if label.caption.is_empty() {
        id
    } else {
        format!("{} <bdi class=\"id\">({id})</bdi>", isolated(&label.caption)?)
    }))
}

/// A count with its thousands apart: `12,345`.
#[askama::filter_fn]
pub fn thousands(value: impl Display, _: &dyn Values) -> askama::Result<String> {
    let digits = value.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.chars().count() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    Ok(grouped)
}

fn isolated(value: &str) -> Result<String, std::fmt::Error> {
    let html = escaped(value)?;
    Ok(match scripts(value) {
        Scripts::Latin => html,
        Scripts::One(script) => {
            format!("<bdi dir=\"auto\" lang=\"und-{}\">{html}</bdi>", script.short_name())
        }
        Scripts::Several => format!("<bdi dir=\"auto\">{html}</bdi>"),
    })
}

enum Scripts {
    /// Latin, or nothing that has a script.
    Latin,
    One(Script),
    Several,
}

fn scripts(value: &str) -> Scripts {
    let mut found = None;
    for c in value.chars() {
        let script = c.script();
        if matches!(script, Script::Common | Script::Inherited | Script::Unknown) {
            continue;
        }
        match found {
            None => found = Some(script),
            Some(first) if first == script => {}
            Some(_) => return Scripts::Several,
        }
    }
    match found {
        None | Some(Script::Latin) => Scripts::Latin,
        Some(script) => Scripts::One(script),
    }
}

/// Whether a value is an address a reader may be offered as a link: http or https, printable
/// ASCII without quotes or brackets, and a host without user information, so that what is read is
/// where it leads.
fn is_web_address(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
        && !host.is_empty()
        && !host.contains(['@', '\\'])
        && value.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`'))
        && visible(value) == value
}

#[cfg(test)]
mod tests {
    use super::{is_web_address, isolated};

    #[test]
    fn only_plain_http_addresses_become_links() {
        for good in ["https://lists.example.org/entry/17?a=1&b=2", "http://example.org"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "data:text/html,x",
            "ftp://example.org/",
            "https://bank.example@evil.example/",
            "https:///nohost",
            "https://example.org/\" onclick=\"x",
            "https://exаmple.org/",
            " https://example.org/",
            "https://example.org/\u{202E}gpj",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_name_says_its_script_and_runs_its_own_way() {
        assert_eq!(isolated("Orlan Trade").unwrap(), "Orlan Trade");
        assert_eq!(isolated("Орлан").unwrap(), "<bdi dir=\"auto\" lang=\"und-Cyrl\">Орлан</bdi>");
        assert_eq!(isolated("Орлан Trade").unwrap(), "<bdi dir=\"auto\">Орлан Trade</bdi>");
    }
}
