//! Decides how a value nobody vouches for is shown on a page: markup is neutralised, and what a
//! reader could not see (controls, direction overrides, zero widths, tags) is spelled out as
//! `⟨U+202E⟩`, so that two values that look alike on paper are alike.
//!
//! Every `{{ … }}` of every template passes here (askama.toml names [`VisibleHtml`]); no template
//! can forget it. A line feed stays a line feed. The joiners U+200C and U+200D stay between
//! letters of scripts that need them (Arabic, Devanagari, …) and are spelled out elsewhere.
//! Invisible characters: Unicode Standard, chapter 23; Unicode Technical Report 36, section 2.

use askama::filters::Escaper;
use std::fmt::{self, Write};
use unicode_script::{Script, UnicodeScript};

/// The escaper of the HTML templates.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct VisibleHtml;

impl Escaper for VisibleHtml {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        if string.bytes().all(|b| matches!(b, b' '..=b'~') && !is_markup(char::from(b))) {
            return dest.write_str(string);
        }
        for_each_visible(string, |shown| match shown {
            Shown::Hidden(c) => write!(dest, "⟨U+{:04X}⟩", u32::from(c)),
            Shown::Plain('<') => dest.write_str("&lt;"),
            Shown::Plain('>') => dest.write_str("&gt;"),
            Shown::Plain('&') => dest.write_str("&amp;"),
            Shown::Plain('"') => dest.write_str("&#34;"),
            Shown::Plain('\'') => dest.write_str("&#39;"),
            Shown::Plain(c) => dest.write_char(c),
        })
    }
}

/// The value with everything invisible spelled out; no markup escaped.
pub(crate) fn visible(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let written = for_each_visible(value, |shown| match shown {
        Shown::Hidden(c) => write!(text, "⟨U+{:04X}⟩", u32::from(c)),
        Shown::Plain(c) => text.write_char(c),
    });
    debug_assert!(written.is_ok(), "writing to a string does not fail");
    text
}

/// The value ready to stand in a page's text or in a quoted attribute.
pub(crate) fn escaped(value: &str) -> Result<String, fmt::Error> {
    let mut html = String::with_capacity(value.len() + 16);
    VisibleHtml.write_escaped_str(&mut html, value)?;
    Ok(html)
}

enum Shown {
    Plain(char),
    Hidden(char),
}

fn for_each_visible(value: &str, mut show: impl FnMut(Shown) -> fmt::Result) -> fmt::Result {
    let mut previous = None;
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let line_end = c == '\r' && next == Some('\n');
        let joins = is_joiner(c) && needs_joiners(previous) && needs_joiners(next);
        if !line_end {
            show(if is_invisible(c) && !joins { Shown::Hidden(c) } else { Shown::Plain(c) })?;
        }
        previous = Some(c);
    }
    Ok(())
}

fn is_markup(c: char) -> bool {
    matches!(c, '<' | '>' | '&' | '"' | '\'')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Scripts in which a joiner changes the shape of a word and is written by honest people.
fn needs_joiners(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        matches!(
            c.script(),
            Script::Arabic
                | Script::Syriac
                | Script::Mongolian
                | Script::Devanagari
                | Script::Bengali
                | Script::Gurmukhi
                | Script::Gujarati
                | Script::Oriya
                | Script::Tamil
                | Script::Telugu
                | Script::Kannada
                | Script::Malayalam
                | Script::Sinhala
                | Script::Khmer
                | Script::Myanmar
        ) || c.script() == Script::Inherited && !is_joiner(c)
    })
}

/// Characters that take no room, change the direction, or are not characters at all.
pub(crate) fn is_invisible(c: char) -> bool {
    let code = u32::from(c);
    c.is_control() && c != '\n'
        || matches!(code,
            0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0
            | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
        || code & 0xFFFE == 0xFFFE
        || (0xFDD0..=0xFDEF).contains(&code)
}

#[cfg(test)]
mod tests {
    use super::{escaped, visible};

    #[test]
    fn markup_is_neutralised_in_text_and_attributes() {
        assert_eq!(
            escaped(r#"<b a="1" c='2'>&"#).unwrap(),
            "&lt;b a=&#34;1&#34; c=&#39;2&#39;&gt;&amp;"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_spelled_out() {
        assert_eq!(visible("a\u{202E}b"), "a⟨U+202E⟩b");
        assert_eq!(visible("a\0\tb\u{E0041}"), "a⟨U+0000⟩⟨U+0009⟩b⟨U+E0041⟩");
        assert_eq!(visible("pay\u{200D}pal"), "pay⟨U+200D⟩pal");
    }

    #[test]
    fn line_ends_stay_and_a_lone_carriage_return_shows() {
        assert_eq!(visible("a\r\nb\nc\rd"), "a\nb\nc⟨U+000D⟩d");
    }

    #[test]
    fn a_persian_joiner_between_letters_is_part_of_the_name() {
        assert_eq!(visible("می\u{200C}خواهم"), "می\u{200C}خواهم");
        assert_eq!(visible("می\u{200C}"), "می⟨U+200C⟩");
    }
}
