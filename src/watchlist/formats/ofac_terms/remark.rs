//! Decides where one statement of an OFAC remark ends and the next begins, and which of them link
//! the party to another one.

use crate::watchlist::{Link, Listing};

const LINKED_TO: &str = "Linked To:";

/// The statements of a remark: cut at semicolons, except inside brackets. Where the brackets do
/// not pair up (a remark cut at its 1,000 characters) every semicolon counts, so that no name is
/// swallowed by a bracket nobody closed.
pub(in super::super) fn statements(remark: &str) -> Vec<&str> {
    let pairs_up = remark.matches('(').count() == remark.matches(')').count();
    let mut open = 0_i32;
    remark
        .split(|character| {
            match character {
                '(' => open += 1,
                ')' => open = (open - 1).max(0),
                _ => {}
            }
            character == ';' && (open == 0 || !pairs_up)
        })
        .map(|statement| statement.trim().trim_end_matches('.').trim())
        .filter(|statement| !statement.is_empty())
        .collect()
}

/// Keeps a remark word for word, and the parties it links to that no relationship has named.
pub(in super::super) fn linked(remark: String, listing: &mut Listing) {
    for statement in statements(&remark) {
        let inner = statement.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let name = inner.unwrap_or(statement).strip_prefix(LINKED_TO).map(str::trim);
        let is_new = |name: &&str| !listing.linked_to.iter().any(|link| link.name == *name);
        if let Some(name) = name.filter(|name| !name.is_empty()).filter(is_new) {
            listing.linked_to.push(Link::named(None, name));
        }
    }
    listing.remarks.insert(0, remark);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_bracket_swallows_nothing_and_a_closed_one_keeps_its_semicolon() {
        assert_eq!(statements("DOB 1970 (a; b); POB Rome."), ["DOB 1970 (a; b)", "POB Rome"]);
        assert_eq!(statements("Tax ID No. 77 (Russia; a.k.a. 'X'").len(), 2);
    }

    #[test]
    fn a_remark_names_the_parties_it_links_to_once() {
        let mut listing = Listing::default();
        listing.linked_to.push(Link { id: Some("7".to_owned()), ..Link::named(None, "DEMO ONE") });
        linked("(Linked To: DEMO TWO); Linked To: DEMO ONE".to_owned(), &mut listing);
        let names: Vec<&str> = listing.linked_to.iter().map(|link| link.name.as_str()).collect();
        assert_eq!(names, ["DEMO ONE", "DEMO TWO"]);
        assert_eq!(listing.remarks.len(), 1);
    }
}
