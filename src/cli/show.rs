//! Decides what goes to the terminal: results to stdout, everything else to stderr, control and
//! bidirectional characters of foreign text never raw.
#![expect(clippy::print_stderr, reason = "this is where the command line talks")]

use crate::dossier::visible::visible;
use comfy_table::{ContentArrangement, Table, presets};
use std::io::Write;

/// Width of tables when the terminal's is not known.
const COLUMNS: u16 = 100;

/// Writes a result to stdout.
pub(super) fn result(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Tells something that is no result.
pub(super) fn note(text: &str) {
    eprintln!("{}", visible(text));
}

/// Tells an error and its causes.
pub(super) fn error(causes: &[String]) {
    let mut causes = causes.iter().map(|cause| visible(cause));
    eprintln!("error: {}", causes.next().unwrap_or_default());
    for cause in causes {
        eprintln!("  because: {cause}");
    }
}

/// A table that fits the terminal.
pub(super) fn table(header: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    filled(table, header, rows)
}

/// The same for many rows: without a line between them.
pub(super) fn long_table(header: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    filled(table, header, rows)
}

fn filled(mut table: Table, header: &[&str], rows: Vec<Vec<String>>) -> String {
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(COLUMNS);
    }
    table.set_header(header.to_vec());
    for row in rows {
        table.add_row(row.iter().map(|cell| visible(cell)).collect::<Vec<_>>());
    }
    table.to_string()
}
