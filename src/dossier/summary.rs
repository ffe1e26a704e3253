//! Decides what `summary.csv` holds: a row a subject for people in a spreadsheet.
//!
//! A cell that a spreadsheet would take for a formula gets a leading apostrophe (OWASP ASVS
//! 1.2.10, and the full-width signs Excel folds). UTF-8 with a byte order mark, without which
//! Excel reads it in the local code page, and CRLF line ends (RFC 4180). Machines read
//! `results.jsonl` instead, which holds the values untouched.

use super::visible::is_invisible;
use super::{IndexRow, RenderError};

/// The columns, in order.
const HEADER: [&str; 15] = [
    "engagement",
    "party",
    "caption",
    "manager",
    "outcome",
    "verdict",
    "rating",
    "flags",
    "unanswered",
    "top_reason",
    "matches",
    "best_score",
    "not_screened",
    "dossier",
    "row",
];

/// The table over all subjects, in input order; `row` counts from 1. Several codes in a cell are
/// joined with `; `, the score has four decimals.
///
/// # Errors
/// [`RenderError::Csv`] when a record cannot be written.
pub fn summary_csv(rows: &[IndexRow]) -> Result<Vec<u8>, RenderError> {
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    table.write_record(HEADER)?;
    for (i, row) in rows.iter().enumerate() {
        table.write_record(record(i + 1, row))?;
    }
    table.into_inner().map_err(|error| RenderError::Csv(error.into_error().into()))
}

fn record(number: usize, row: &IndexRow) -> [String; 15] {
    let text = |value: &Option<String>| inert(value.as_deref().unwrap_or_default());
    [
        text(&row.engagement),
        text(&row.party),
        inert(&row.caption),
        text(&row.manager),
        row.outcome.as_str().to_owned(),
        row.verdict.as_str().to_owned(),
        inert(&row.rating),
        inert(&row.flags.join("; ")),
        inert(&row.unanswered.join("; ")),
        inert(&row.reason),
        row.matches.to_string(),
        row.best_score.map(|score| format!("{score:.4}")).unwrap_or_default(),
        inert(&row.not_screened),
        text(&row.dossier),
        number.to_string(),
    ]
}

/// The value with an apostrophe before it when a spreadsheet might run it, otherwise unchanged.
fn inert(value: &str) -> String {
    if is_formula(value) { format!("'{value}") } else { value.to_owned() }
}

/// Whether the first sign, or the first after blanks, quotes and what nobody sees, starts a
/// formula; a control character among these does too.
fn is_formula(value: &str) -> bool {
    const SIGNS: [char; 13] =
        ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−'];
    const QUOTES: [char; 9] = ['"', '\'', '“', '”', '‘', '’', '`', '«', '»'];
    let before =
        |c: char| !c.is_control() && (c.is_whitespace() || is_invisible(c) || QUOTES.contains(&c));
    value.chars().find(|&c| !before(c)).is_some_and(|c| c.is_control() || SIGNS.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn a_formula_in_any_disguise_is_inert() {
        for hostile in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\0=1",
            "＝1",
            "＋1",
            "－1",
            "＠1",
            " =1",
            "  \t=1",
            "\"=1",
            "'=1",
            "\" =1",
            "\u{FEFF}=1",
            "\u{200B}=1",
            "\u{00A0}=1",
            "“=1",
            "\u{3000}＝1",
            "\tplain",
            " \tplain",
        ] {
            assert_eq!(inert(hostile), format!("'{hostile}"));
        }
    }

    #[test]
    fn an_ordinary_value_is_unchanged() {
        for plain in ["", "Orlan Trade", "A=B", "Ümit-Ltd", "3 - 4", "'t Hof BV", "(+44) 20"] {
            assert_eq!(inert(plain), plain);
        }
    }
}
