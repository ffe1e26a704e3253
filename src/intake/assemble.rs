//! Decides what a portfolio is, from tables whose rows are not trusted: which parties, ties and
//! relationships there are, whose picture is incomplete, and what the run owes an outcome for.
//!
//! Pure. Four rules hold whatever the rows say. Every engagement, and every party row that none
//! reaches, is one subject: screened or quarantined, so that outcomes add up. A refused row about
//! somebody leaves a *gap* on everybody who is tied to them: they cannot be clear. A refused tie
//! that may concern anybody is *unattributed*: nobody in the run can be clear. Of two rows with
//! one id the first stays, and since nobody can say which is right, it has a gap too.

use super::columns::{Group, Table};
use super::error::IntakeError;
use super::fields::{Fields, fit};
use super::model::{InputFile, Intake, PartyRecord, Relation, RelationKind, Row, Subject};
use super::subjects::{Engaged, unreached};
use super::table::{RawTable, Record};
use super::values::Word;
use super::{engagement_row, party_row, relation_row};
use crate::party::{PartyKind, Reject};
use std::collections::BTreeMap;

/// Puts the tables of one portfolio together.
///
/// # Errors
/// [`IntakeError::TableTwice`] when two files hold one table, [`IntakeError::NoParties`] when none
/// holds parties. Faults of single rows are in [`Intake::rejects`].
pub fn from_tables(tables: Vec<RawTable>) -> Result<Intake, IntakeError> {
    let mut by_kind: BTreeMap<Table, RawTable> = BTreeMap::new();
    for table in tables {
        let second = table.file.clone();
        if let Some(first) = by_kind.insert(table.table, table) {
            let (table, first) = (first.table.name(), first.file);
            return Err(IntakeError::TableTwice { table, first, second });
        }
    }
    if !by_kind.contains_key(&Table::Partners) && !by_kind.contains_key(&Table::Parties) {
        let names: Vec<&str> = by_kind.values().map(|table| table.file.as_str()).collect();
        let found = if names.is_empty() { "no table".to_owned() } else { names.join(", ") };
        return Err(IntakeError::NoParties { found });
    }
    let mut assembly = Assembly::default();
    for (kind, table) in &by_kind {
        match kind {
            Table::Partners | Table::Parties => assembly.parties(table),
            Table::Relations => assembly.relations(table),
            Table::Engagements => assembly.engagements(table),
        }
        assembly.intake.warnings.extend(table.warnings.iter().cloned());
        if table.records.is_empty() {
            let warning = format!("{}: the table {} has no rows", table.file, table.table.name());
            assembly.intake.warnings.push(warning);
        }
        assembly.intake.files.push(InputFile {
            file: table.file.clone(),
            table: table.table.name().to_owned(),
            rows: table.records.len() as u64,
            sha256: table.sha256.clone(),
        });
    }
    let Assembly { mut intake, engaged, party_rows, dropped, .. } = assembly;
    intake.subjects.extend(unreached(&intake, &engaged, party_rows));
    intake.warnings.extend(dropped.iter().map(|((file, field), dropped)| {
        let Dropped { rows, row, text } = dropped;
        format!(
            "{file}: {field} is '{text}' or the like, which is no name and is left out \
             (rows: {rows}, the first is {row})"
        )
    }));
    intake.rejects.sort();
    Ok(intake)
}

/// The portfolio so far.
#[derive(Default)]
struct Assembly {
    intake: Intake,
    /// Where each party id was met first, refused or not.
    seen: BTreeMap<String, Row>,
    /// Party ids whose row was refused, and why.
    refused: BTreeMap<String, String>,
    /// Where each engagement id was met first, refused or not, and its party.
    first_engagements: BTreeMap<String, (Row, String)>,
    /// Who engagements answer for.
    engaged: Engaged,
    /// The rows of the party tables, in input order.
    party_rows: Vec<Subject>,
    /// Placeholders where another name was expected, by file and column.
    dropped: BTreeMap<(String, String), Dropped>,
}

/// Placeholders of one column that were dropped.
struct Dropped {
    /// Number of rows.
    rows: u64,
    /// The first of them.
    row: u64,
    /// What stands there.
    text: String,
}

/// Columns that only a natural person has: who has one needs no kind.
const PERSON_ONLY: [&str; 5] =
    ["birth_date", "gender", "nationality", "passport_number", "id_number"];

impl Assembly {
    /// Reads a `partners` or `parties` table.
    fn parties(&mut self, table: &RawTable) {
        let mut kept: Vec<(&Record, String)> = Vec::new();
        for record in &table.records {
            let id = named(table, record, "id");
            let refusal = match self.party(table, record) {
                Ok(party) => {
                    kept.push((record, party.id.clone()));
                    self.intake.parties.insert(party.id.clone(), party);
                    None
                }
                Err(faults) => Some(self.refuse_party(id.as_deref(), faults)),
            };
            if let (Some(reason), None) = (&refusal, &id) {
                self.nobodys(table, record, reason);
            }
            self.party_rows.push(subject(table, record, None, id, refusal));
        }
        // Owners and key persons come after all rows, so that a row's own id goes before theirs.
        for (record, id) in kept {
            for group in table.groups() {
                self.beside(table, record, group, &id);
            }
        }
    }

    /// Owners or key persons in a refused row without an id: of whom, nobody can say.
    fn nobodys(&mut self, table: &RawTable, record: &Record, reason: &str) {
        let mut beside = table.groups().filter(|group| *group != Group::Main);
        if beside.any(|group| !Fields::of(table, record, group).is_empty()) {
            let told = format!("{reason}: nobody can say whose owners or key persons these are");
            self.intake.unattributed.push(told);
        }
    }

    fn party(&mut self, table: &RawTable, record: &Record) -> Result<PartyRecord, Vec<Reject>> {
        if let Some(fault) = fit(table, record) {
            return Err(vec![fault]);
        }
        let mut fields = Fields::of(table, record, Group::Main);
        let id = fields.required("id").unwrap_or_default();
        let party = party_row::read(&mut fields, id);
        self.note_dropped(&mut fields);
        self.first_of_its_id(&mut fields, id);
        if fields.faults.is_empty() { Ok(party) } else { Err(fields.faults) }
    }

    /// Counts the placeholders of a row that were dropped, by column.
    fn note_dropped(&mut self, fields: &mut Fields<'_>) {
        let Row { file, row } = fields.row();
        for (field, text) in std::mem::take(&mut fields.dropped) {
            let first = Dropped { rows: 0, row, text };
            self.dropped.entry((file.clone(), field)).or_insert(first).rows += 1;
        }
    }

    /// Notes where an id stands first; a second one is a fault of its row and a gap of the first.
    fn first_of_its_id(&mut self, fields: &mut Fields<'_>, id: &str) {
        let here = fields.row();
        let Some(first) = self.seen.get(id) else {
            if !id.is_empty() {
                self.seen.insert(id.to_owned(), here);
            }
            return;
        };
        let message = format!(
            "expected every id once; found '{id}', which stands in {} row {} already",
            first.file, first.row
        );
        let gap = format!(
            "the id {id} stands twice, in {} row {} and {} row {}: nobody can say which is right",
            first.file, first.row, here.file, here.row
        );
        fields.fault("id", "duplicate-id", message);
        self.gap(id, gap);
    }

    fn refuse_party(&mut self, id: Option<&str>, faults: Vec<Reject>) -> String {
        let reason = reason(&faults);
        if let (Some(id), Some(fault)) = (id, faults.first()) {
            let row = Row { file: fault.file.clone(), row: fault.row };
            self.seen.entry(id.to_owned()).or_insert(row);
        }
        if let Some(id) = id.filter(|id| !self.intake.parties.contains_key(*id)) {
            self.refused.entry(id.to_owned()).or_insert_with(|| reason.clone());
        }
        self.intake.rejects.extend(faults);
        reason
    }

    /// Reads one owner or key person beside a party. A fault refuses only them, and leaves a gap.
    fn beside(&mut self, table: &RawTable, record: &Record, group: Group, of: &str) {
        let (word, number, default) = match group {
            Group::Main => return,
            Group::Owner(n) => ("owner", n, RelationKind::Owns),
            Group::Person(n) => ("person", n, RelationKind::Directs),
        };
        let mut fields = Fields::of(table, record, group);
        if fields.is_empty() {
            return;
        }
        let id = format!("{of}.{word}.{number}");
        // A director may be a company: without a sign of a natural person the kind stays unknown.
        let natural =
            matches!(group, Group::Person(_)) && PERSON_ONLY.iter().any(|f| fields.has(f));
        let relation = relation_row::read(&mut fields, &id, of, Some(default));
        let other = relation_row::other(&mut fields);
        let mut party = party_row::read(&mut fields, &id);
        party.party.kind = party.party.kind.or(natural.then_some(PartyKind::Person));
        self.note_dropped(&mut fields);
        self.first_of_its_id(&mut fields, &id);
        match relation {
            Some(relation) if fields.faults.is_empty() => {
                self.intake.parties.insert(id, party);
                self.intake.relations.push(Relation { other, ..relation });
            }
            _ => {
                let faults = std::mem::take(&mut fields.faults);
                let reason = self.refuse_party(Some(&id), faults);
                self.gap(of, format!("{word} {number} of {of} was refused: {reason}"));
            }
        }
    }

    /// Reads the `relations` table.
    fn relations(&mut self, table: &RawTable) {
        for record in &table.records {
            if let Err(faults) = self.relation(table, record) {
                self.refuse_tie(table, record, &faults);
                self.intake.rejects.extend(faults);
            }
        }
    }

    /// Leaves a gap on the ends of a tie that was refused, or on the whole run when nobody can say
    /// whom it concerns.
    fn refuse_tie(&mut self, table: &RawTable, record: &Record, faults: &[Reject]) {
        let reason = reason(faults);
        let ends = ["from", "to"].map(|end| named(table, record, end));
        let told = |end: &Option<String>| end.clone().unwrap_or_else(|| "?".to_owned());
        for (end, other) in ends.iter().zip(ends.iter().rev()) {
            let Some(end) = end else { continue };
            let why = other.as_ref().and_then(|other| self.refused.get(other));
            let gap = match why {
                Some(why) => format!("{} was refused: {why}", told(other)),
                None => format!("a tie with {} was refused: {reason}", told(other)),
            };
            self.gap(end, gap);
        }
        if !self.is_attributed(table, record, faults, &ends) {
            let about_to =
                faults.iter().find(|fault| fault.field == "to").map(std::slice::from_ref);
            let reason = about_to.map_or(reason, self::reason);
            let told = format!("{reason}: nobody can say whom this tie concerns");
            self.intake.unattributed.push(told);
        } else if let [Some(from), Some(to)] = ends {
            self.engaged.refused_ties.push((from, to));
        }
    }

    /// Whether a refused tie says whom it concerns: its `to` end, and of relatives and associates,
    /// where either end concerns the other, both. The cells of a ragged row say nothing.
    fn is_attributed(
        &self,
        table: &RawTable,
        record: &Record,
        faults: &[Reject],
        [from, to]: &[Option<String>; 2],
    ) -> bool {
        let is_somebody = |end: &Option<String>| {
            end.as_ref().is_some_and(|id| {
                self.intake.parties.contains_key(id) || self.refused.contains_key(id)
            })
        };
        let kind = named(table, record, "type").and_then(|kind| RelationKind::read(&kind).ok());
        let mutual = matches!(kind, Some(RelationKind::Family | RelationKind::Associate));
        let is_ragged = faults.iter().any(|fault| fault.code == "ragged-row");
        !is_ragged && is_somebody(to) && (!mutual || is_somebody(from))
    }

    fn relation(&mut self, table: &RawTable, record: &Record) -> Result<(), Vec<Reject>> {
        if let Some(fault) = fit(table, record) {
            return Err(vec![fault]);
        }
        let mut fields = Fields::of(table, record, Group::Main);
        let mut end = |field| {
            let id = fields.required(field).unwrap_or_default();
            self.known(&mut fields, field, id);
            id
        };
        let (from, to) = (end("from"), end("to"));
        let relation = relation_row::read(&mut fields, from, to, None);
        let other = fields.rest();
        match relation {
            Some(relation) if fields.faults.is_empty() => {
                self.intake.relations.push(Relation { other, ..relation });
                Ok(())
            }
            _ => Err(fields.faults),
        }
    }

    /// A party that is named must be one of the portfolio.
    fn known(&self, fields: &mut Fields<'_>, field: &'static str, id: &str) {
        if id.is_empty() || self.intake.parties.contains_key(id) {
            return;
        }
        let refused = self.refused.get(id).map(|why| format!(", which was refused: {why}"));
        let message =
            format!("expected the id of a party; found '{id}'{}", refused.unwrap_or_default());
        fields.fault(field, "unknown-party", message);
    }

    /// Reads the `engagements` table: one subject a row.
    fn engagements(&mut self, table: &RawTable) {
        for record in &table.records {
            let (id, party) = (named(table, record, "id"), named(table, record, "party"));
            let refusal = self.engagement(table, record).err().map(|faults| {
                let reason = reason(&faults);
                self.intake.rejects.extend(faults);
                reason
            });
            self.intake.subjects.push(subject(table, record, id, party, refusal));
        }
    }

    fn engagement(&mut self, table: &RawTable, record: &Record) -> Result<(), Vec<Reject>> {
        if let Some(fault) = fit(table, record) {
            return Err(vec![fault]);
        }
        let mut fields = Fields::of(table, record, Group::Main);
        let id = fields.required("id").unwrap_or_default();
        let party = fields.required("party").unwrap_or_default();
        self.known(&mut fields, "party", party);
        self.engaged.named.insert(party.to_owned());
        if let Some((first, owner)) = self.first_engagements.get(id).cloned() {
            let place = format!("{} row {}", first.file, first.row);
            let message = format!("expected every id once; found '{id}', which stands in {place}");
            fields.fault("id", "duplicate-id", message);
            let gap = format!("the engagement {id} stands twice, first in {place}");
            self.gap(&owner, gap.clone());
            self.gap(party, gap);
        } else if !id.is_empty() {
            self.first_engagements.insert(id.to_owned(), (fields.row(), party.to_owned()));
        }
        let engagement = engagement_row::read(&mut fields, id, party);
        if !fields.faults.is_empty() {
            return Err(fields.faults);
        }
        self.intake.engagements.insert(id.to_owned(), engagement);
        Ok(())
    }

    /// Notes that a party's picture is incomplete; nothing when there is no such party.
    fn gap(&mut self, id: &str, gap: String) {
        if self.intake.parties.contains_key(id) {
            let gaps = self.intake.gaps.entry(id.to_owned()).or_default();
            if !gaps.contains(&gap) {
                gaps.push(gap);
            }
        }
    }
}

/// The text of a column, from a record that may be refused: only good for naming it.
fn named(table: &RawTable, record: &Record, field: &str) -> Option<String> {
    let (_, cell) = table.cells(record, Group::Main).find(|(name, _)| *name == field)?;
    let cell = cell.trim();
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn subject(
    table: &RawTable,
    record: &Record,
    engagement: Option<String>,
    party: Option<String>,
    quarantined: Option<String>,
) -> Subject {
    let row = Row { file: table.file.clone(), row: record.line };
    Subject { engagement, party, row, quarantined }
}

/// Why a row was refused, on one line: its place, its first fault, and how many more there are.
fn reason(faults: &[Reject]) -> String {
    let Some(first) = faults.first() else { return "no fault".to_owned() };
    let more = match faults.len() {
        1 => String::new(),
        n => format!(" (and {} more)", n - 1),
    };
    format!("{} row {}, {}: {}{more}", first.file, first.row, first.field, first.message)
}
