//! Writes the run folder: beside its place, then in one rename. Whoever looks at the place sees
//! the old run or the new one, never half of either.
#![expect(clippy::disallowed_methods, reason = "the run folder is one of the house's edges")]

use super::RunReport;
use super::batch::DossierChoice;
use crate::dossier::{self, Dossier, IndexRow};
use crate::intake::Intake;
use crate::redflag::{Assessment, Outcome};
use anyhow::{Context, bail};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A dossier in both its forms.
pub(super) struct Dossiers {
    html: String,
    json: String,
}

impl Dossiers {
    /// Renders a dossier when the choice asks for one.
    pub(super) fn of(dossier: &Dossier, choice: DossierChoice) -> anyhow::Result<Option<Self>> {
        let open = matches!(dossier.assessment.outcome, Outcome::Flagged | Outcome::NotScreened);
        if !open && choice == DossierChoice::Open {
            return Ok(None);
        }
        let subject =
            || format!("while writing the dossier of {}", dossier.assessment.subject_id());
        let html = dossier::html(dossier).with_context(subject)?;
        let json = dossier::json(dossier).with_context(subject)?;
        Ok(Some(Self { html, json }))
    }
}

/// A run folder being written.
pub(super) struct RunFolder {
    place: PathBuf,
    staging: TempDir,
    results: BufWriter<File>,
    rows: Vec<IndexRow>,
    taken: BTreeSet<String>,
}

impl RunFolder {
    /// Starts a folder that will become `place`.
    pub(super) fn create(place: &Path) -> anyhow::Result<Self> {
        if place.exists() && !place.join("run.json").is_file() && !is_empty_folder(place) {
            bail!(
                "{}: expected a new folder, an empty one or an earlier run; found something else",
                place.display()
            );
        }
        let parent = match place.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent)
            .with_context(|| format!("while creating {}", parent.display()))?;
        let staging = tempfile::Builder::new().prefix(".run-").tempdir_in(parent)?;
        fs::create_dir(staging.path().join("dossiers"))?;
        let results = BufWriter::new(File::create(staging.path().join("results.jsonl"))?);
        Ok(Self {
            place: place.to_path_buf(),
            staging,
            results,
            rows: Vec::new(),
            taken: BTreeSet::new(),
        })
    }

    /// Adds one answer and its dossier.
    pub(super) fn add(
        &mut self,
        answer: &Assessment,
        rendered: Option<Dossiers>,
    ) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.results, answer)?;
        self.results.write_all(b"\n")?;
        let mut link = None;
        if let Some(rendered) = rendered {
            let stem = dossier::file_stem(answer.subject_id(), &mut self.taken);
            let folder = self.staging.path().join("dossiers");
            write(&folder.join(format!("{stem}.html")), rendered.html.as_bytes())?;
            write(&folder.join(format!("{stem}.json")), rendered.json.as_bytes())?;
            link = Some(format!("dossiers/{stem}.html"));
        }
        self.rows.push(IndexRow::new(answer, link));
        Ok(())
    }

    /// Writes what is about the whole run and puts the folder in its place.
    pub(super) fn publish(mut self, intake: &Intake, report: &RunReport) -> anyhow::Result<()> {
        self.results.flush()?;
        self.results.get_ref().sync_all()?;
        let folder = self.staging.path();
        let mut rejects = Vec::new();
        for reject in &intake.rejects {
            serde_json::to_writer(&mut rejects, reject)?;
            rejects.push(b'\n');
        }
        write(&folder.join("rejects.jsonl"), &rejects)?;
        write(&folder.join("summary.csv"), &dossier::summary_csv(&self.rows)?)?;
        let page = dossier::index_page(&self.rows, &report.summary())?;
        write(&folder.join("index.html"), page.as_bytes())?;
        let mut json = serde_json::to_vec_pretty(report)?;
        json.push(b'\n');
        write(&folder.join("run.json"), &json)?;
        swap(self.staging, &self.place)
    }
}

fn is_empty_folder(place: &Path) -> bool {
    fs::read_dir(place).is_ok_and(|mut entries| entries.next().is_none())
}

/// Writes a file through to the disk.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let while_writing = || format!("while writing {}", path.display());
    let mut file = File::create(path).with_context(while_writing)?;
    file.write_all(bytes).with_context(while_writing)?;
    file.sync_all().with_context(while_writing)
}

/// Puts the staged folder in its place; an earlier run there is moved aside first and removed last.
fn swap(staging: TempDir, place: &Path) -> anyhow::Result<()> {
    let while_moving = || format!("while putting the run in {}", place.display());
    let staged = staging.keep();
    let mut aside = staged.clone().into_os_string();
    aside.push("-old");
    let aside = PathBuf::from(aside);
    if place.exists() {
        fs::rename(place, &aside).with_context(while_moving)?;
    }
    fs::rename(&staged, place).with_context(while_moving)?;
    if aside.exists() {
        fs::remove_dir_all(&aside).with_context(while_moving)?;
    }
    Ok(())
}
