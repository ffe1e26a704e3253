//! Decides whether the values of one row can be used, field by field.
//!
//! A [`Fields`] is what one row says about one party, relation or engagement. Each known field is
//! taken once, as text or as a typed value; a value that is not what its field needs becomes a
//! reject with what was expected and what was found, and every fault of a row is told, not only
//! the first. What nobody took is left over verbatim. A blank cell says nothing: unknown, not "no".

use super::columns::{Column, Group};
use super::model::Row;
use super::table::{RawTable, Record};
use super::values::{Word, yes_no};
use crate::party::{Country, PartialDate, Reject};
use std::collections::BTreeMap;

/// The values of one group of columns in one row.
pub(super) struct Fields<'a> {
    table: &'a RawTable,
    record: &'a Record,
    group: Group,
    /// Field → text as written, blank cells left out.
    values: BTreeMap<&'a str, &'a str>,
    /// Faults so far.
    pub(super) faults: Vec<Reject>,
    /// Placeholders that were dropped: column and text.
    pub(super) dropped: Vec<(String, String)>,
}

impl<'a> Fields<'a> {
    /// The non-blank cells of a group. A record that does not fit the header has none that can be
    /// trusted: ask [`fit`] first.
    pub(super) fn of(table: &'a RawTable, record: &'a Record, group: Group) -> Self {
        let cells = table.cells(record, group);
        let values = cells.filter(|(_, cell)| !cell.trim().is_empty()).collect();
        Self { table, record, group, values, faults: Vec::new(), dropped: Vec::new() }
    }

    /// Whether the row says nothing at all here.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether the row says something in the field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.values.contains_key(field)
    }

    /// Where the row stands.
    pub(super) fn row(&self) -> Row {
        Row { file: self.table.file.clone(), row: self.record.line }
    }

    /// The field's text without spaces around it.
    pub(super) fn text(&mut self, field: &str) -> Option<&'a str> {
        self.values.remove(field).map(str::trim)
    }

    /// The same, owned.
    pub(super) fn string(&mut self, field: &str) -> Option<String> {
        self.text(field).map(str::to_owned)
    }

    /// The field's values, separated by `;`.
    pub(super) fn texts(&mut self, field: &str) -> Vec<&'a str> {
        let cell = self.text(field).unwrap_or_default();
        cell.split(';').map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    /// A field that must be there.
    pub(super) fn required(&mut self, field: &'static str) -> Option<&'a str> {
        let text = self.text(field);
        if text.is_none() {
            self.fault(
                field,
                "missing-value",
                format!("expected a value in {field}; found nothing"),
            );
        }
        text
    }

    /// A typed field. `code` names the fault of a text that `read` refuses.
    pub(super) fn parse<T, E: ToString>(
        &mut self,
        field: &str,
        code: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(field)?;
        self.read_one(field, code, text, read)
    }

    /// A typed field of several values.
    pub(super) fn parse_all<T, E: ToString>(
        &mut self,
        field: &str,
        code: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Vec<T> {
        let texts = self.texts(field);
        texts.into_iter().filter_map(|text| self.read_one(field, code, text, &read)).collect()
    }

    fn read_one<T, E: ToString>(
        &mut self,
        field: &str,
        code: &str,
        text: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        read(text).map_err(|error| self.fault(field, code, error.to_string())).ok()
    }

    /// A yes/no field.
    pub(super) fn flag(&mut self, field: &str) -> Option<bool> {
        self.parse(field, "bad-flag", yes_no)
    }

    /// A date with reduced precision.
    pub(super) fn date(&mut self, field: &str) -> Option<PartialDate> {
        self.parse(field, "bad-date", str::parse)
    }

    /// A country, by code or name.
    pub(super) fn country(&mut self, field: &str) -> Option<Country> {
        self.parse(field, "bad-country", str::parse)
    }

    /// A word of a fixed vocabulary.
    pub(super) fn word<T: Word>(&mut self, field: &str) -> Option<T> {
        self.parse(field, "bad-word", T::read)
    }

    /// Notes a fault of this row.
    pub(super) fn fault(&mut self, field: &str, code: &str, message: String) {
        let field = self.column(field);
        self.faults.push(reject(self.table, self.record, &field, code, message));
    }

    /// Notes a placeholder that is dropped and refuses nothing.
    pub(super) fn drop_placeholder(&mut self, field: &str, text: &str) {
        self.dropped.push((self.column(field), text.to_owned()));
    }

    /// A field of this group as its column: `owner.1.alias`.
    fn column(&self, field: &str) -> String {
        Column { written: String::new(), group: self.group, field: field.to_owned() }.to_string()
    }

    /// What nobody took, by column, as written.
    pub(super) fn rest(&mut self) -> BTreeMap<String, String> {
        let rest = std::mem::take(&mut self.values);
        rest.into_iter().map(|(field, cell)| (field.to_owned(), cell.to_owned())).collect()
    }
}

/// A fault of one record: where it stands, what was expected and found, and the raw row.
pub(super) fn reject(
    table: &RawTable,
    record: &Record,
    field: &str,
    code: &str,
    message: String,
) -> Reject {
    Reject {
        file: table.file.clone(),
        row: record.line,
        field: field.to_owned(),
        code: code.to_owned(),
        message,
        raw: table.raw(record).to_owned(),
    }
}

/// Whether a record can be read at all: as many cells as columns, and text in every cell.
pub(super) fn fit(table: &RawTable, record: &Record) -> Option<Reject> {
    let (expected, found) = (table.columns.len(), record.cells.len());
    if expected != found {
        let at = table.columns.get(found).map(|column| column.written.clone());
        let field = at.unwrap_or_else(|| format!("cell {}", expected + 1));
        let message = format!("expected {expected} cells as in the header; found {found}");
        return Some(reject(table, record, &field, "ragged-row", message));
    }
    let mut cells = table.columns.iter().zip(record.cells.iter());
    let (column, _) = cells.find(|(_, cell)| cell.contains('\0'))?;
    let message = "expected text; found a NUL character".to_owned();
    Some(reject(table, record, &column.written, "control-character", message))
}
