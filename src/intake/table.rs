//! Decides what the rows and columns of one untrusted CSV file are.
//!
//! UTF-8 with or without byte order mark; the delimiter (`,` `;` tab `|`) is the one under which
//! the header has most known columns; quotes by RFC 4180. Lines with nothing on them are skipped;
//! every other record is kept, in order, with the line it starts on. A record whose cells do not
//! fit the header is marked as such, never stretched to fit. Invariant: no bytes make this panic,
//! and no record is lost without an error.

use super::columns::{self, Column, Group, Table};
use super::error::IntakeError;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;

/// How large a table may be before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Data rows of one file.
    pub rows: u64,
    /// Columns of one file.
    pub columns: u64,
    /// Bytes of one cell.
    pub cell_bytes: u64,
}

impl Default for Limits {
    /// Room for some millions of parties; a cell of 64 KiB holds any name, address or remark.
    fn default() -> Self {
        Self { file_bytes: 512 << 20, rows: 5_000_000, columns: 2_000, cell_bytes: 64 * 1024 }
    }
}

/// One file as a table: columns known by name, rows with their place, nothing interpreted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawTable {
    /// File name without its folder.
    pub(super) file: String,
    /// Which table it is.
    pub(super) table: Table,
    /// SHA-256 of the file's bytes, hex.
    pub(super) sha256: String,
    /// The header.
    pub(super) columns: Vec<Column>,
    /// Data rows in file order.
    pub(super) records: Vec<Record>,
    /// Things worth telling about the header.
    pub(super) warnings: Vec<String>,
    text: String,
    /// Places of the columns of each group; columns without a name belong to none.
    places: BTreeMap<Group, Vec<usize>>,
}

/// One data row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// 1-based line the record starts on.
    pub(super) line: u64,
    /// Cells as written; as many as there are columns unless the record is ragged.
    pub(super) cells: csv::StringRecord,
    span: Range<usize>,
}

impl RawTable {
    /// Reads the bytes of a file as a table. `table` is what the file name says; `None` lets the
    /// header decide.
    ///
    /// # Errors
    /// Every [`IntakeError`] that is about one file's content: encoding, header, quotes, limits.
    pub fn read(
        file: &str,
        bytes: &[u8],
        table: Option<Table>,
        limits: &Limits,
    ) -> Result<Self, IntakeError> {
        let found = bytes.len() as u64;
        check(file, "bytes", limits.file_bytes, found, None)?;
        let text = decode(file, bytes)?;
        let delimiter = sniff(text);
        let mut records = split(file, text, delimiter, limits)?;
        if records.is_empty() {
            return Err(IntakeError::Empty { file: file.to_owned() });
        }
        let header = records.remove(0);
        let columns: Vec<Column> = header.cells.iter().map(Column::read).collect();
        check_header(file, text, &columns)?;
        let table = table.or_else(|| columns::recognise(&columns)).unwrap_or(Table::Parties);
        check_required(file, table, &columns)?;
        check_beside(file, table, &columns)?;
        let mut places: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        for (at, column) in columns.iter().enumerate().filter(|(_, c)| !c.field.is_empty()) {
            places.entry(column.group).or_default().push(at);
        }
        Ok(Self {
            file: file.to_owned(),
            table,
            places,
            sha256: base16ct::lower::encode_string(&Sha256::digest(bytes)),
            warnings: header_warnings(file, table, &columns),
            columns,
            records,
            text: text.to_owned(),
        })
    }

    /// The groups of columns of the table, its own first.
    pub(super) fn groups(&self) -> impl Iterator<Item = Group> {
        self.places.keys().copied()
    }

    /// The named cells of a record in one group: folded column name and text as written.
    pub(super) fn cells<'a>(
        &'a self,
        record: &'a Record,
        group: Group,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let places = self.places.get(&group).map(Vec::as_slice).unwrap_or_default();
        places
            .iter()
            .filter_map(|at| Some((self.columns.get(*at)?.field.as_str(), record.cells.get(*at)?)))
    }

    /// The record as it stands in the file, without its line end.
    pub(super) fn raw(&self, record: &Record) -> &str {
        self.text.get(record.span.clone()).unwrap_or_default()
    }
}

fn check(
    file: &str,
    unit: &'static str,
    limit: u64,
    found: u64,
    line: Option<u64>,
) -> Result<(), IntakeError> {
    if found <= limit {
        return Ok(());
    }
    Err(IntakeError::Limit { file: file.to_owned(), unit, limit, found, line })
}

/// The text of a file, without its byte order mark.
fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, IntakeError> {
    let fault =
        |byte: usize, found: String| IntakeError::Encoding { file: file.to_owned(), byte, found };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(fault(0, "a UTF-16 byte order mark".to_owned()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let byte = error.valid_up_to();
        let found = bytes.get(byte).map_or_else(String::new, |b| format!("the byte 0x{b:02X}"));
        fault(byte, found)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The delimiter under which the first record has most known columns, then most cells.
fn sniff(text: &str) -> u8 {
    let candidates = [b',', b';', b'\t', b'|'];
    let score = |delimiter: &u8| {
        let mut record = csv::StringRecord::new();
        let read = reader(text, *delimiter).read_record(&mut record);
        if read.is_err() { (0, 0) } else { (columns::recognised(record.iter()), record.len()) }
    };
    let best = candidates.iter().rev().max_by_key(|delimiter| score(delimiter));
    best.copied().unwrap_or(b',')
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// All records with the line each starts on, header first.
fn split(
    file: &str,
    text: &str,
    delimiter: u8,
    limits: &Limits,
) -> Result<Vec<Record>, IntakeError> {
    let mut reader = reader(text, delimiter);
    let mut record = csv::StringRecord::new();
    let mut lines = LineCounter { text: text.as_bytes(), at: 0, line: 1 };
    let mut records: Vec<Record> = Vec::new();
    loop {
        let before = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let more = reader
            .read_record(&mut record)
            .map_err(|source| IntakeError::Csv { file: file.to_owned(), source })?;
        if !more {
            break;
        }
        let after = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let span = lines.trim(before..after);
        let line = lines.line_of(span.start);
        if records.is_empty() {
            check(file, "columns", limits.columns, record.len() as u64, Some(line))?;
        }
        let longest = record.iter().map(str::len).max().unwrap_or(0) as u64;
        check(file, "bytes in a cell", limits.cell_bytes, longest, Some(line))?;
        if is_blank_line(&record) {
            continue;
        }
        check(file, "rows", limits.rows, records.len() as u64, Some(line))?;
        records.push(Record { line, cells: fitted(&record), span });
    }
    let last = records.last().filter(|last| ends_inside_quotes(text, &last.span, delimiter));
    match last {
        Some(last) => Err(IntakeError::UnclosedQuote { file: file.to_owned(), line: last.line }),
        None => Ok(records),
    }
}

/// A copy that holds no more than its cells. The reader's own buffer is as large as the largest
/// record so far, and a clone of it would be, too: one huge row would make every later one huge.
fn fitted(record: &csv::StringRecord) -> csv::StringRecord {
    let bytes = record.iter().map(str::len).sum();
    let mut cells = csv::StringRecord::with_capacity(bytes, record.len());
    cells.extend(record.iter());
    cells
}

/// A line of spaces only. A line of delimiters is a record: somebody's row lost its content.
fn is_blank_line(record: &csv::StringRecord) -> bool {
    record.len() == 1 && record.iter().all(|cell| cell.trim().is_empty())
}

/// Whether the text of a record ends while a quoted cell is still open. Follows the reader's own
/// rules: a quote opens a cell only at its start, and a doubled quote inside one is a quote.
fn ends_inside_quotes(text: &str, span: &Range<usize>, delimiter: u8) -> bool {
    #[derive(PartialEq)]
    enum At {
        CellStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }
    let bytes = text.as_bytes().get(span.clone()).unwrap_or_default();
    let end = bytes.iter().fold(At::CellStart, |at, byte| match (at, *byte) {
        (At::CellStart | At::QuoteInQuoted, b'"') => At::Quoted,
        (At::Quoted, b'"') => At::QuoteInQuoted,
        (At::Quoted, _) => At::Quoted,
        (_, byte) if byte == delimiter => At::CellStart,
        _ => At::Plain,
    });
    end == At::Quoted
}

/// Counts lines while offsets only grow: `\n`, `\r\n` and a lone `\r` end a line.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The range without line ends at either side.
    fn trim(&self, range: Range<usize>) -> Range<usize> {
        let is_end = |at: usize| matches!(self.text.get(at), Some(b'\r' | b'\n'));
        let (mut start, mut end) = (range.start, range.end.min(self.text.len()));
        while start < end && is_end(start) {
            start += 1;
        }
        while end > start && is_end(end - 1) {
            end -= 1;
        }
        start..end
    }

    fn line_of(&mut self, offset: usize) -> u64 {
        let passed = self.text.get(self.at..offset).unwrap_or_default();
        let feeds = passed.iter().filter(|byte| **byte == b'\n').count();
        let pairs = passed.iter().zip(self.text.iter().skip(self.at + 1));
        let returns = pairs.filter(|(byte, next)| **byte == b'\r' && **next != b'\n').count();
        self.line += (feeds + returns) as u64;
        self.at = offset.max(self.at);
        self.line
    }
}

/// Refuses a header in which two columns have one name, or that is no text.
fn check_header(file: &str, text: &str, columns: &[Column]) -> Result<(), IntakeError> {
    let mut seen: BTreeMap<String, &Column> = BTreeMap::new();
    for column in columns.iter().filter(|column| !column.field.is_empty()) {
        if column.written.contains('\0') {
            return Err(IntakeError::Encoding {
                file: file.to_owned(),
                byte: text.find('\0').unwrap_or_default(),
                found: "a NUL in the header, as in UTF-16 text,".to_owned(),
            });
        }
        if let Some(first) = seen.insert(column.to_string(), column) {
            return Err(IntakeError::DuplicateColumn {
                file: file.to_owned(),
                column: column.to_string(),
                first: first.written.clone(),
                second: column.written.clone(),
            });
        }
    }
    Ok(())
}

fn check_required(file: &str, table: Table, columns: &[Column]) -> Result<(), IntakeError> {
    let has = |name: &str| columns.iter().any(|c| c.group == Group::Main && c.field == name);
    let missing: Vec<_> = table.required().iter().copied().filter(|name| !has(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    const SHOWN: usize = 20;
    let mut found: Vec<&str> =
        columns.iter().take(SHOWN).map(|column| column.written.as_str()).collect();
    if columns.len() > SHOWN {
        found.push("…");
    }
    Err(IntakeError::MissingColumns { file: file.to_owned(), missing, found: found.join(", ") })
}

/// Refuses a column that names an owner or key person in a way that cannot be read: unread, they
/// would be missing, and a partner without its owners looks cleaner than it is.
fn check_beside(file: &str, table: Table, columns: &[Column]) -> Result<(), IntakeError> {
    let found = columns.iter().find_map(|column| Some((column, column.beside(table)?)));
    found.map_or(Ok(()), |(column, meant)| {
        Err(IntakeError::UnreadOwner {
            file: file.to_owned(),
            column: column.written.clone(),
            meant: meant.to_string(),
        })
    })
}

/// A warning for every column that this version does not know; its values are kept unread.
fn header_warnings(file: &str, table: Table, columns: &[Column]) -> Vec<String> {
    let places = columns.iter().enumerate();
    let unknown = places.filter(|(_, column)| !column.is_known(table));
    let warning = |(at, column): (usize, &Column)| {
        if column.field.is_empty() {
            return format!("{file}: column {} has no name; its values are not read", at + 1);
        }
        let hint = column.meant(table).map(|meant| format!("; did you mean '{meant}'?"));
        let hint = hint.unwrap_or_default();
        format!("{file}: column '{}' is not known in {}{hint}", column.written, table.name())
    };
    unknown.map(warning).collect()
}
