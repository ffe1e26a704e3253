//! Reads delimited text with a header row (CSV, TSV) and finds its columns by name.
//!
//! Column names are compared without case, blanks and punctuation, so that `Entity_Number`,
//! `entity number` and `ENTITY-NUMBER` are one. A needed column that is not there, or a header that
//! names one twice, is an error of the file: a guess would put names where numbers are. A row with
//! more or fewer cells than the header is handed over as it is and is for the mapper to refuse.
//! A file that ends inside a quoted cell, or inside a row, was cut and is refused. Text is UTF-8, with or without a byte order mark; anything else is refused, except where a
//! publisher is known to write Windows-1252.

use super::ceiling;
use super::fault::Fault;
use crate::watchlist::{Limits, ParseError};
use std::collections::BTreeMap;

/// Shape of a delimited file.
pub(super) struct Dialect<'a> {
    /// Format in words, for errors.
    pub(super) format: &'static str,
    /// Byte between two cells.
    pub(super) delimiter: u8,
    /// Columns without which the list cannot be read.
    pub(super) needed: &'a [&'a str],
    /// Rows above the header that are something else: a title, a date.
    pub(super) preamble: usize,
}

/// Where each column stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Columns {
    places: BTreeMap<String, usize>,
    exact: BTreeMap<String, usize>,
    written: Vec<String>,
}

/// One row with its cells trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// Line or row of the file, counted from 1.
    pub(super) number: u64,
    columns: &'a Columns,
    cells: Vec<String>,
}

impl Columns {
    /// The columns of a header row.
    ///
    /// # Errors
    /// [`ParseError::NotThisFormat`] when a needed column is missing or a name stands there twice.
    pub(super) fn new<'h>(
        file: &str,
        format: &'static str,
        needed: &[&str],
        header: impl Iterator<Item = &'h str>,
    ) -> Result<Self, ParseError> {
        let wrong =
            |found| ParseError::NotThisFormat { file: file.to_owned(), expected: format, found };
        let mut columns = Self::default();
        for (place, name) in header.enumerate() {
            columns.written.push(name.trim().to_owned());
            columns.exact.insert(name.trim().to_owned(), place);
            let key = key(name);
            if !key.is_empty() && columns.places.insert(key, place).is_some() {
                return Err(wrong(format!("the column '{}' twice", name.trim())));
            }
        }
        let missing = needed.iter().find(|name| !columns.places.contains_key(&key(name)));
        match missing {
            None => Ok(columns),
            Some(name) => {
                let shown: Vec<&str> = columns.written.iter().take(6).map(String::as_str).collect();
                Err(wrong(format!(
                    "no column '{name}' in a header of {}: {} …",
                    columns.written.len(),
                    shown.join(", ")
                )))
            }
        }
    }

    /// Whether a column of this name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&key(name))
    }

    /// Where a column stands, by its name as written or as compared.
    fn place(&self, name: &str) -> Option<usize> {
        self.exact.get(name).or_else(|| self.places.get(&key(name))).copied()
    }

    /// Names as written, in the file's order.
    pub(super) fn names(&self) -> &[String] {
        &self.written
    }

    /// Columns that are not among the known ones, in the file's order.
    pub(super) fn unread(&self, known: &[&str]) -> impl Iterator<Item = &str> {
        let known: Vec<String> = known.iter().map(|name| key(name)).collect();
        self.written.iter().map(String::as_str).filter(move |name| !known.contains(&key(name)))
    }

    /// A fault for each column nobody has taught us to read, to be told once a file.
    pub(super) fn unknown(&self, known: &[&str]) -> Vec<Fault> {
        let message = "expected a column of the known header; its content is not used";
        self.unread(known).map(|name| Fault::field(name, "unknown-column", message)).collect()
    }
}

impl<'a> Row<'a> {
    /// A row of cells under these columns.
    pub(super) fn new(number: u64, columns: &'a Columns, cells: Vec<String>) -> Self {
        Self { number, columns, cells }
    }

    /// The columns the cells stand under.
    pub(super) fn columns(&self) -> &'a Columns {
        self.columns
    }

    /// Text of a column with white space collapsed; `None` when it is empty or not there.
    pub(super) fn value(&self, column: &str) -> Option<String> {
        let place = self.columns.place(column)?;
        let text = self.cells.get(place)?;
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// Text of a column as it stands in the cell, line breaks and all; `None` when it is blank or
    /// not there.
    pub(super) fn verbatim(&self, column: &str) -> Option<&str> {
        let place = self.columns.place(column)?;
        self.cells.get(place).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// Number of cells, which should be the number of columns.
    pub(super) fn width(&self) -> usize {
        self.cells.len()
    }

    /// The fault of a row that has more or fewer cells than the header: which cell belongs to
    /// which column is then a guess.
    pub(super) fn wrong_width(&self) -> Option<Fault> {
        let expected = self.columns.written.len();
        (self.width() != expected).then(|| {
            let message = format!("expected {expected} cells, found {}", self.width());
            Fault::record("wrong-column-count", message)
        })
    }

    /// Whether the row says the header once more, as files that were put together do.
    pub(super) fn repeats_header(&self) -> bool {
        self.cells.iter().map(|cell| cell.trim()).eq(self
            .columns
            .written
            .iter()
            .map(String::as_str))
    }

    /// The row for a person to read: `column: value` for each cell that is not empty.
    pub(super) fn to_text(&self) -> String {
        let named = self.columns.written.iter().zip(&self.cells);
        let filled = named.filter(|(_, cell)| !cell.trim().is_empty());
        filled
            .map(|(name, cell)| format!("{name}: {}", cell.trim()))
            .collect::<Vec<_>>()
            .join(" | ")
    }
}

/// Reads every row below the header; gives the columns and the number of rows.
///
/// # Errors
/// [`ParseError`] of a bad file; see the module.
pub(super) fn read_rows(
    file: &str,
    text: &str,
    dialect: &Dialect<'_>,
    limits: &Limits,
    mut on_row: impl FnMut(Row<'_>),
) -> Result<(Columns, u64), ParseError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(dialect.delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut columns: Option<Columns> = None;
    let mut rows = 0;
    let mut last_width = 0;
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| ParseError::Malformed {
            file: file.to_owned(),
            format: dialect.format,
            position: error.position().map_or(0, csv::Position::byte),
            source: error.into(),
        })?;
        if index < dialect.preamble {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(Columns::new(file, dialect.format, dialect.needed, record.iter())?);
            continue;
        };
        if rows >= limits.records {
            return Err(too_large(file, limits.records, "rows"));
        }
        if record.iter().any(|cell| cell.len() > limits.text_bytes) {
            return Err(too_large(file, limits.text_bytes as u64, "bytes of one text"));
        }
        for cell in &record {
            ceiling::check_text(file, cell, limits)?;
        }
        rows += 1;
        last_width = record.len();
        let number = record.position().map_or(rows, |position| line(position, text));
        on_row(Row::new(number, columns, record.iter().map(str::to_owned).collect()));
    }
    match columns {
        Some(columns) => {
            let is_short = rows > 0 && last_width < columns.written.len();
            match cut(text, dialect.delimiter, is_short) {
                None => Ok((columns, rows)),
                Some(found) => Err(ParseError::Truncated {
                    file: file.to_owned(),
                    records: rows.saturating_sub(1),
                    found: found.to_owned(),
                }),
            }
        }
        None => Err(ParseError::NotThisFormat {
            file: file.to_owned(),
            expected: dialect.format,
            found: "no header row".to_owned(),
        }),
    }
}

/// The line a row starts on. After a CR LF the reader stands before the LF, one line early.
fn line(position: &csv::Position, text: &str) -> u64 {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    position.line() + u64::from(text.as_bytes().get(at) == Some(&b'\n'))
}

/// What says that a file was cut: a quote nobody closed, or a last row without its line end and
/// without all its cells.
fn cut(text: &str, delimiter: u8, last_is_short: bool) -> Option<&'static str> {
    if ends_in_quotes(text, delimiter) {
        return Some("the last cell opens a quote and does not close it");
    }
    let is_open = !text.ends_with(['\n', '\r']);
    (is_open && last_is_short).then_some("the last row has no line end and lacks cells")
}

/// A quote counts as one at the start of a cell and, doubled, inside a quoted one.
fn ends_in_quotes(text: &str, delimiter: u8) -> bool {
    let (mut is_quoted, mut may_open) = (false, true);
    for byte in text.bytes() {
        if byte == b'"' && (is_quoted || may_open) {
            is_quoted = !is_quoted;
            // The second one of a pair opens the cell again.
            may_open = true;
        } else if !is_quoted {
            may_open = byte == delimiter || byte == b'\n' || byte == b'\r';
        }
    }
    is_quoted
}

fn too_large(file: &str, limit: u64, what: &'static str) -> ParseError {
    ParseError::TooLarge { file: file.to_owned(), limit, what }
}

/// A column's name as it is compared.
pub(super) fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIALECT: Dialect<'static> = Dialect {
        format: "a test file (CSV)",
        delimiter: b',',
        needed: &["id", "name"],
        preamble: 0,
    };

    /// Line, `ID` and `na_me` of a row.
    type Read = (u64, Option<String>, Option<String>);

    fn read(text: &str) -> Result<Vec<Read>, ParseError> {
        let mut rows = Vec::new();
        read_rows("t.csv", text, &DIALECT, &Limits::default(), |row| {
            rows.push((row.number, row.value("ID"), row.value("na_me")));
        })?;
        Ok(rows)
    }

    #[test]
    fn columns_are_found_by_name_wherever_they_stand() {
        let rows = read("\u{feff}Name,other,\"I D\"\n\"Smith,\n A\",x,7\nonly\n").unwrap();
        let text = |t: &str| Some(t.to_owned());
        assert_eq!(rows, [(2, text("7"), text("Smith, A")), (4, None, text("only"))]);
    }

    #[test]
    fn a_file_that_was_cut_is_refused_and_a_lone_quote_inside_a_cell_is_none() {
        for text in ["id,name\n1,\"Smith", "id,name\n1,a\n2", "id,name\n1,\"a \"\"b"] {
            assert!(matches!(read(text), Err(ParseError::Truncated { .. })), "{text}");
        }
        for text in ["id,name\n1,a 5\" pipe\n", "id,name\n1,\"a \"\"b\"\"\"\r\n", "id,name\n1,a"] {
            assert_eq!(read(text).unwrap().len(), 1, "{text}");
        }
    }

    #[test]
    fn rows_are_numbered_by_their_line_whatever_ends_it() {
        let lines = |text| read(text).unwrap().iter().map(|row| row.0).collect::<Vec<_>>();
        assert_eq!(lines("id,name\r\n1,a\r\n2,b\r\n"), [2, 3]);
        assert_eq!(lines("id,name\n1,\"a\nb\"\n2,b\n"), [2, 4]);
    }

    #[test]
    fn a_header_without_a_needed_column_or_with_one_twice_is_refused() {
        for (text, told) in [
            ("id,title\n1,a\n", "no column 'name'"),
            ("id,name,Name\n1,a,b\n", "the column 'Name' twice"),
            ("", "no header row"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
