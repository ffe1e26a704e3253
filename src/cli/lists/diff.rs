//! `lists diff`: what changed between two kept editions of a list.

use super::Format;
use crate::cli::common::Opened;
use crate::cli::{Exit, show};
use crate::dossier::visible::visible;
use crate::watchlist::{Change, EditionLine, FieldChange, ListDiff, diff_editions};
use anyhow::bail;

/// Values of a field shown in a table; `--format json` has all.
const SHOWN_VALUES: usize = 3;
/// Characters of a value shown in a table.
const SHOWN_CHARACTERS: usize = 120;
/// Characters shown of what two long texts begin with, before they differ.
const KEPT_CHARACTERS: usize = 20;

/// Compare two kept editions of a list: who was added, removed or changed, and how
///
/// Order, spacing and the publisher's own date of amendment are no changes.
#[derive(Debug, clap::Args)]
pub(super) struct Diff {
    /// Name of the list
    list: String,
    /// Older edition, or the beginning of its name [default: the last two editions]
    #[arg(requires = "new")]
    old: Option<String>,
    /// Newer edition
    new: Option<String>,
    /// table for people, json for machines
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(args: &Diff, opened: &Opened) -> anyhow::Result<Exit> {
    let source = super::named(opened, &args.list)?;
    let named = match (&args.old, &args.new) {
        (Some(old), Some(new)) => Some((old.as_str(), new.as_str())),
        (None, None) => None,
        _ => bail!("expected two editions or none"),
    };
    let diff = diff_editions(&opened.store, &source.name, named)?;
    match args.format {
        Format::Json => show::result(&serde_json::to_string_pretty(&diff)?)?,
        Format::Table => show::result(&told(&diff))?,
    }
    Ok(Exit::Ok)
}

/// The comparison, for a person.
fn told(diff: &ListDiff) -> String {
    let delta = &diff.delta;
    let mut head = format!(
        "{}: from {}\n{} to {}\n{} added, {} removed, {} changed",
        diff.list,
        edition(&diff.from),
        " ".repeat(diff.list.chars().count() + 1),
        edition(&diff.to),
        delta.added.len(),
        delta.removed.len(),
        delta.changed.len(),
    );
    for (count, what) in [
        (delta.renumbered.len(), "of those added stood there under another number"),
        (delta.cosmetic.len(), "differ in their date of amendment or their links alone"),
    ] {
        if count > 0 {
            head.push_str(&format!("\n{count} {what}"));
        }
    }
    if delta.is_empty() {
        return visible(&head);
    }
    let bare = |what: &str, id: &String| {
        vec![what.to_owned(), id.clone(), caption(diff, id), String::new()]
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    let new_number = |id: &String| delta.renumbered.iter().find(|one| one.to == *id);
    rows.extend(delta.added.iter().map(|id| {
        let note = new_number(id).map(|one| format!("stood there as {}", one.from));
        vec!["added".to_owned(), id.clone(), caption(diff, id), note.unwrap_or_default()]
    }));
    rows.extend(delta.removed.iter().map(|id| bare("removed", id)));
    rows.extend(delta.changed.iter().map(|change| changed(diff, change)));
    let table = show::long_table(&["what", "id", "caption", "fields"], rows);
    format!("{}\n\n{table}", visible(&head))
}

fn edition(line: &EditionLine) -> String {
    let published = line.published.as_deref().unwrap_or("no date");
    format!("{} (published {published}, {} records)", line.edition, line.records)
}

fn caption(diff: &ListDiff, id: &String) -> String {
    diff.captions.get(id).cloned().unwrap_or_default()
}

fn changed(diff: &ListDiff, change: &Change) -> Vec<String> {
    let fields: Vec<String> = change.fields.iter().map(field).collect();
    vec!["changed".to_owned(), change.id.clone(), caption(diff, &change.id), fields.join("\n")]
}

/// A field with what went (−) and what came (+). Of one long text that became another, what both
/// begin with is left out.
fn field(change: &FieldChange) -> String {
    let alike = match (change.before.as_slice(), change.after.as_slice()) {
        ([before], [after]) => {
            before.chars().zip(after.chars()).take_while(|(b, a)| b == a).count()
        }
        _ => 0,
    };
    let skip = if alike > SHOWN_CHARACTERS { alike - KEPT_CHARACTERS } else { 0 };
    let mut lines = vec![change.field.as_str().replace('_', " ")];
    lines.extend(values("−", &change.before, skip));
    lines.extend(values("+", &change.after, skip));
    lines.join("\n")
}

fn values(sign: &str, values: &[String], skip: usize) -> Vec<String> {
    let shown = values.iter().take(SHOWN_VALUES);
    let mut lines: Vec<String> =
        shown.map(|value| format!("{sign} {}", short(value, skip))).collect();
    if let Some(more) = values.len().checked_sub(SHOWN_VALUES).filter(|more| *more > 0) {
        lines.push(format!("{sign} … {more} more"));
    }
    lines
}

fn short(value: &str, skip: usize) -> String {
    let mut rest = value.chars().skip(skip);
    let mut text: String = rest.by_ref().take(SHOWN_CHARACTERS).collect();
    if skip > 0 {
        text.insert(0, '…');
    }
    if rest.next().is_some() {
        text.push('…');
    }
    text
}
