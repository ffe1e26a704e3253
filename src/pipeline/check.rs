//! Answers for one vendor given on the command line: it becomes a one-row `partners` table and
//! takes the same path as a portfolio.

use super::Engine;
use super::answer::Picture;
use super::everybody::screen_everybody;
use crate::dossier::Dossier;
use crate::intake::{self, Intake, Ties};
use anyhow::{Context, bail};
use std::collections::BTreeMap;

/// The table's name in messages.
const TABLE: &str = "partners.csv";
/// The vendor's id when none is given.
const ID: &str = "vendor";

/// One vendor as asked about: values by column of the `partners` table.
#[derive(Debug, Clone, Default)]
pub struct Vendor {
    /// The vendor's own columns: `name`, `kind`, `country`…
    pub own: BTreeMap<String, String>,
    /// Owners, each `NAME;column=value;…`.
    pub owners: Vec<String>,
    /// Key persons, each `NAME;column=value;…`.
    pub persons: Vec<String>,
}

/// The portfolio of one that this vendor is.
///
/// # Errors
/// When an owner or person is not `NAME;column=value;…`, or a value is not what its column wants.
pub fn intake(vendor: &Vendor) -> anyhow::Result<Intake> {
    let mut row = vendor.own.clone();
    row.entry("id".to_owned()).or_insert_with(|| ID.to_owned());
    for (prefix, parts) in [("owner", &vendor.owners), ("person", &vendor.persons)] {
        for (index, text) in parts.iter().enumerate() {
            for (column, value) in columns(text)? {
                row.insert(format!("{prefix}.{}.{column}", index + 1), value);
            }
        }
    }
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(row.keys())?;
    table.write_record(row.values())?;
    let bytes = table.into_inner().context("while writing the one-row table")?;
    let intake = intake::read_bytes(vec![(TABLE.to_owned(), bytes)])?;
    if !intake.rejects.is_empty() {
        let faults = intake.rejects.iter().map(|r| format!("{}: {}", r.field, r.message));
        bail!("{}", faults.collect::<Vec<_>>().join("\n"));
    }
    if !intake.warnings.is_empty() {
        bail!("{}", intake.warnings.join("\n"));
    }
    Ok(intake)
}

/// `NAME;share=60;country=cy` as column and value.
fn columns(text: &str) -> anyhow::Result<Vec<(String, String)>> {
    let mut parts = text.split(';');
    let name = parts.next().map(str::trim).unwrap_or_default();
    if name.is_empty() || name.contains('=') {
        bail!("expected NAME;column=value;…, the name first; found '{text}'");
    }
    let mut columns = vec![("name".to_owned(), name.to_owned())];
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let (column, value) = part
            .split_once('=')
            .with_context(|| format!("expected column=value after the name; found '{part}'"))?;
        let column = column.trim();
        if columns.iter().any(|(known, _)| known == column) {
            bail!(
                "expected each column once, the name before the first ';'; found '{column}' again in '{text}'"
            );
        }
        columns.push((column.to_owned(), value.trim().to_owned()));
    }
    Ok(columns)
}

/// The dossier of the vendor.
///
/// # Errors
/// When the portfolio has no subject, which [`fn@intake`] excludes.
pub fn check(engine: &Engine, intake: &Intake) -> anyhow::Result<Dossier> {
    let subject = intake.subjects.first().context("there is no vendor to check")?;
    let ties = Ties::new(intake);
    let screened = screen_everybody(engine, intake, &ties, &|_, _, _| {});
    Ok(Picture::new(engine, intake, &ties, screened).dossier(engine, subject))
}
