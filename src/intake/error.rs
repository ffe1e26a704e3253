//! Decides what makes a whole portfolio unreadable. A fault in one row is never here: it is a
//! reject of that row. A fault here means that nobody can say which rows there are, or what their
//! columns mean, so nothing may be screened from the file.

use std::path::PathBuf;

/// Why a portfolio could not be read.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The file system failed.
    #[error("{} could not be read", path.display())]
    Io {
        /// File or folder that was to be read.
        path: PathBuf,
        /// The system's own words.
        source: std::io::Error,
    },
    /// The path is neither a regular file nor a folder.
    #[error("expected a CSV file or a folder of tables; found neither at {}", path.display())]
    NotAFileOrFolder {
        /// The path given.
        path: PathBuf,
    },
    /// A table we need comes in a format that this version does not read.
    #[error("{file}: expected a CSV table (.csv, .tsv or .txt); found the extension '{extension}'")]
    Format {
        /// File name without its folder.
        file: String,
        /// Its extension.
        extension: String,
    },
    /// A file or folder has the name of a table we need, in a form that is not read.
    #[error(
        "{file}: expected the table {table} as {table}.csv, {table}.tsv or {table}.txt; found a {found} of another name: rename it, or move it out of the folder if it is not to be read"
    )]
    NotRead {
        /// Its name without the folder.
        file: String,
        /// Table it probably holds.
        table: &'static str,
        /// What it is: "file", "folder".
        found: &'static str,
    },
    /// Something in the folder is neither a file nor a folder, or a link that leads nowhere.
    #[error(
        "{file}: expected a regular file; found {found}: replace it, or move it out of the folder"
    )]
    NotRegular {
        /// Its name without the folder.
        file: String,
        /// What it is: "a device, pipe or socket", "a broken link or something unreadable".
        found: &'static str,
        /// The system's own words, when it could not be looked at.
        source: Option<std::io::Error>,
    },
    /// Two files hold the same table.
    #[error("expected one file for the table {table}; found {first} and {second}")]
    TableTwice {
        /// Table name.
        table: &'static str,
        /// First file, by name.
        first: String,
        /// Second file, by name.
        second: String,
    },
    /// There is no table of parties at all.
    #[error("expected a table named partners or parties; found {found}")]
    NoParties {
        /// Names of the files that were there, or "no table".
        found: String,
    },
    /// The file is text in another encoding, or no text.
    #[error("{file}: expected UTF-8 text; found {found} at byte {byte}")]
    Encoding {
        /// File name without its folder.
        file: String,
        /// 0-based offset of the first byte at fault.
        byte: usize,
        /// What stands there: "a UTF-16 byte order mark", "the byte 0xE9".
        found: String,
    },
    /// The file has not even a header.
    #[error("{file}: expected a header; found an empty file")]
    Empty {
        /// File name without its folder.
        file: String,
    },
    /// The header lacks columns without which the rows mean nothing.
    #[error("{file}: expected the column{} {}; found {found}", plural(missing), missing.join(", "))]
    MissingColumns {
        /// File name without its folder.
        file: String,
        /// Required columns that are not there.
        missing: Vec<&'static str>,
        /// The columns found, as written.
        found: String,
    },
    /// A column names an owner or key person in a way that is not read.
    #[error(
        "{file}: expected the columns of owners and key persons as owner.1.name, owner.1.share, person.1.name and so on; found '{column}': write {meant}, or rename it if it is about something else"
    )]
    UnreadOwner {
        /// File name without its folder.
        file: String,
        /// The column as written.
        column: String,
        /// The column that was probably meant.
        meant: String,
    },
    /// Two columns have the same name once case and separators are folded.
    #[error("{file}: expected every column once; found '{first}' and '{second}' for {column}")]
    DuplicateColumn {
        /// File name without its folder.
        file: String,
        /// The folded name.
        column: String,
        /// First spelling.
        first: String,
        /// Second spelling.
        second: String,
    },
    /// A quoted cell never ends: every row after it is inside that cell.
    #[error(
        "{file}: expected a closing quote in the record that starts on line {line}; found the end of the file"
    )]
    UnclosedQuote {
        /// File name without its folder.
        file: String,
        /// 1-based line on which the record starts.
        line: u64,
    },
    /// A file is larger than the limits allow.
    #[error("{file}: expected at most {limit} {unit}; found {found}{}", at_line(*line))]
    Limit {
        /// File name without its folder.
        file: String,
        /// What was counted: "bytes", "rows", "columns", "bytes in a cell".
        unit: &'static str,
        /// The limit.
        limit: u64,
        /// What was found; for bytes of a file and rows at least this many.
        found: u64,
        /// 1-based line, where one is at fault.
        line: Option<u64>,
    },
    /// The CSV reader gave up for a reason of its own.
    #[error("{file}: expected a CSV table; the reader stopped")]
    Csv {
        /// File name without its folder.
        file: String,
        /// The reader's own words.
        source: csv::Error,
    },
}

fn plural(missing: &[&str]) -> &'static str {
    if missing.len() == 1 { "" } else { "s" }
}

fn at_line(line: Option<u64>) -> String {
    line.map(|line| format!(" on line {line}")).unwrap_or_default()
}
