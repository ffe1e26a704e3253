//! Decides what a page of ours may do in a browser: nothing but show itself. The content security
//! policy forbids every source and allows the one embedded style, and on the portfolio page the
//! one embedded script, by their SHA-256; a value that slipped through the escaping could still
//! neither load nor run anything.

use super::visible::visible;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The style both pages share.
const BASE: &str = include_str!("../../templates/base.css");

/// What only paper needs; after a page's own style, which it overrides.
const PRINT: &str = include_str!("../../templates/print.css");

/// A page's style: the shared one, the page's own, and the lines in the margins of the paper.
/// `left` and `right` stand at the head of every printed sheet, `foot` below beside the page
/// number; a browser that knows no margin boxes prints without them.
pub(crate) fn style(own: &str, left: &str, right: &str, foot: &str) -> String {
    let (left, right, foot) = (css_string(left), css_string(right), css_string(foot));
    format!(
        "{BASE}{own}{PRINT}@page{{@top-left{{content:{left}}}@top-right{{content:{right}}}\
         @bottom-left{{content:{foot}}}\
         @bottom-right{{content:\"Page \" counter(page) \" of \" counter(pages)}}}}\n"
    )
}

/// The policy for a page with this style and, perhaps, this script.
pub(crate) fn content_security_policy(style: &str, script: Option<&str>) -> String {
    let mut policy = format!("default-src 'none'; style-src '{}'", source_hash(style));
    if let Some(script) = script {
        policy.push_str("; script-src '");
        policy.push_str(&source_hash(script));
        policy.push('\'');
    }
    policy.push_str("; base-uri 'none'; form-action 'none'");
    policy
}

/// `sha256-` and the base64 hash of an inline source (Content Security Policy Level 3, 2.3.1).
fn source_hash(source: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source.as_bytes())))
}

/// A quoted CSS string that can say anything and end nothing: all but plain letters, digits and a
/// few marks is written as a hexadecimal escape (CSS Syntax Level 3, 4.3.7). At most 90 characters.
fn css_string(text: &str) -> String {
    const LIMIT_CHARS: usize = 90;
    let text = visible(text);
    let mut quoted = String::from("\"");
    let shown = text.chars().take(LIMIT_CHARS);
    let cut = (text.chars().count() > LIMIT_CHARS).then_some('…');
    for c in shown.chain(cut) {
        if c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_') {
            quoted.push(c);
        } else {
            let written = write!(quoted, "\\{:06X} ", u32::from(c));
            debug_assert!(written.is_ok(), "writing to a string does not fail");
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{css_string, source_hash, style};

    #[test]
    fn a_source_hash_is_what_a_browser_computes() {
        // Content Security Policy Level 3, example of section 8.3: echo -n "alert('Hello, world.');"
        assert_eq!(
            source_hash("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }

    #[test]
    fn a_margin_line_cannot_leave_its_string_or_the_style() {
        assert_eq!(
            css_string("a\";}</style>\n"),
            "\"a\\000022 \\00003B \\00007D \\00003C \\00002F style\\00003E \\00000A \""
        );
        assert!(!style("", "</style><script>", "\\", "\"").contains("</style>"));
    }
}
