//! What was ever done to a list, a line each, never rewritten: published, held, approved, rolled
//! back; when, which edition, by whom and why (`history.jsonl`).
//!
//! The line is written after the pointer moved, so that it never tells of what did not happen. A
//! command killed between the two is told by the next one, which finds an edition in use that no
//! line brought there.

use super::disk::{Result, io, read_bytes, sync_dir};
use super::{HISTORY, ListLock, ListStore, Snapshot};
use crate::watchlist::Manifest;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// One thing that was done to a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When.
    pub time: Timestamp,
    /// What was done.
    pub action: HistoryAction,
    /// The edition it was done to; empty when the files could not be read as one.
    pub edition: String,
    /// SHA-256 over the edition's files; empty as above.
    pub sha256: String,
    /// Why: the reasons it was held, or what the person who decided gave as theirs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Who did it.
    pub by: String,
    /// The edition that was in use before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// What can be done to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryAction {
    /// An edition passed every guard and came into use.
    Published,
    /// An import failed or was held; what was in use stayed.
    Held,
    /// A held edition came into use because somebody decided so.
    Approved,
    /// An edition that was in use before came back.
    RolledBack,
}

impl ListStore {
    /// What was ever done to a list, oldest first. A line that was not written whole, because the
    /// power went, is left out.
    ///
    /// # Errors
    /// [`super::StoreError`] when the file is there and cannot be read.
    pub fn history(&self, list: &str) -> Result<Vec<HistoryEntry>> {
        read(&self.list_dir(list).join(HISTORY))
    }
}

fn read(path: &Path) -> Result<Vec<HistoryEntry>> {
    let bytes = read_bytes(path)?.unwrap_or_default();
    let lines = bytes.split(|byte| *byte == b'\n');
    Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
}

impl ListLock {
    /// Adds a line.
    pub(super) fn record(&self, entry: &HistoryEntry) -> Result<()> {
        let path = self.dir.join(HISTORY);
        let mut line = serde_json::to_vec(entry).map_err(|e| io(&path, "written")(e.into()))?;
        line.push(b'\n');
        let torn = read_bytes(&path)?.is_some_and(|all| !all.is_empty() && !all.ends_with(b"\n"));
        if torn {
            line.insert(0, b'\n');
        }
        let opened = OpenOptions::new().create(true).append(true).open(&path);
        let mut file = opened.map_err(io(&path, "opened"))?;
        // One write: a process killed here leaves the whole line or none.
        file.write_all(&line).and_then(|()| file.sync_all()).map_err(io(&path, "written"))?;
        sync_dir(&self.dir)
    }

    /// Tells of the edition in use if no line does yet.
    pub(super) fn catch_up(&self, now: Timestamp) -> Result<()> {
        let Some(edition) = self.pointed()? else { return Ok(()) };
        let told = read(&self.dir.join(HISTORY))?;
        let mut in_use = told.iter().rev().filter(|entry| entry.action != HistoryAction::Held);
        if in_use.next().is_some_and(|last| last.edition == edition) {
            return Ok(());
        }
        let Ok(Some(snapshot)) = Snapshot::open(self.dir.join(&edition)) else { return Ok(()) };
        self.record(&belated(&snapshot.manifest, self.rolled_back_to(&edition)?, now))
    }
}

/// The line of something that was done by a command that was killed before it could write it.
fn belated(
    manifest: &Manifest,
    rolled_back: Option<super::RolledBack>,
    now: Timestamp,
) -> HistoryEntry {
    let late = format!("recorded on {now}: whoever did it was interrupted before");
    let (action, time, by, reason, before) = match (rolled_back, &manifest.approved) {
        (Some(back), _) => {
            (HistoryAction::RolledBack, back.when, back.by, Some(back.reason), Some(back.from))
        }
        (None, Some(approved)) => {
            let reason = Some(approved.reason.clone());
            (HistoryAction::Approved, approved.when, approved.by.clone(), reason, None)
        }
        (None, None) => {
            (HistoryAction::Published, manifest.retrieved, "import".to_owned(), None, None)
        }
    };
    HistoryEntry {
        time,
        action,
        edition: manifest.edition.clone(),
        sha256: manifest.sha256.clone(),
        reasons: reason.into_iter().chain([late]).collect(),
        by,
        before,
    }
}
