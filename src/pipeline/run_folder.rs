//! Writes the run folder: beside its place, then in one step. Whoever looks at the place sees the
//! old run or the new one, never half of either; whoever kills a run loses nothing but that run.
//! Folders and files are their owner's alone: they hold personal data.
#![expect(clippy::disallowed_methods, reason = "the run folder is one of the house's edges")]

use super::RunReport;
use super::batch::DossierChoice;
use super::run_place::{ASIDE, DOSSIERS, RANDOM, RunPlace, owner_only};
use crate::dossier::{self, Dossier, IndexRow};
use crate::intake::Intake;
use crate::redflag::{Assessment, Outcome};
use anyhow::Context;
use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write};
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
    place: RunPlace,
    staging: TempDir,
    results: BufWriter<File>,
    rows: Vec<IndexRow>,
    taken: BTreeSet<String>,
}

impl RunFolder {
    /// Starts a folder that will stand at `place`.
    pub(super) fn create(place: RunPlace) -> anyhow::Result<Self> {
        let prefix = place.staging_prefix();
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).rand_bytes(RANDOM);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let staging = builder
            .tempdir_in(place.parent())
            .with_context(|| format!("while making a folder in {}", place.parent().display()))?;
        let mut folder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.create(staging.path().join(DOSSIERS))?;
        let results = BufWriter::new(create(&staging.path().join("results.jsonl"))?);
        Ok(Self { place, staging, results, rows: Vec::new(), taken: BTreeSet::new() })
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
            let folder = self.staging.path().join(DOSSIERS);
            write(&folder.join(format!("{stem}.html")), rendered.html.as_bytes())?;
            write(&folder.join(format!("{stem}.json")), rendered.json.as_bytes())?;
            link = Some(format!("{DOSSIERS}/{stem}.html"));
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

/// Makes a file that its owner alone can read.
fn create(path: &Path) -> io::Result<File> {
    owner_only(OpenOptions::new().write(true).create_new(true)).open(path)
}

/// Writes a file through to the disk.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let while_writing = || format!("while writing {}", path.display());
    let mut file = create(path).with_context(while_writing)?;
    file.write_all(bytes).with_context(while_writing)?;
    file.sync_all().with_context(while_writing)
}

/// Puts the staged folder in its place. The old run changes places with it and is removed last;
/// what cannot be removed then is swept by the next run.
fn swap(staging: TempDir, place: &RunPlace) -> anyhow::Result<()> {
    // The run took its time: somebody may have put something into the folder meanwhile.
    place.may_be_replaced()?;
    sync(staging.path());
    let path = place.path();
    let while_moving = || format!("while putting the run in {}", path.display());
    let mut old = None;
    if !path.exists() {
        fs::rename(staging.path(), &path).with_context(while_moving)?;
    } else if exchange(staging.path(), &path).is_ok() {
        old = Some(staging.path().to_path_buf());
    } else {
        old = Some(move_aside(staging.path(), &path).with_context(while_moving)?);
    }
    sync(place.parent());
    // From here on the run is published: the guard must not remove what stands in its name.
    let _ = staging.keep();
    if let Some(old) = old
        && let Err(error) = fs::remove_dir_all(&old)
    {
        tracing::warn!(kind = %error.kind(), "the earlier run could not be removed");
    }
    Ok(())
}

/// Lets two folders change places in one step, where the platform can.
fn exchange(staged: &Path, place: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, staged, CWD, place, RenameFlags::EXCHANGE)?)
    }
    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    {
        let _ = (staged, place);
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Moves the old run aside and the new one in; when that fails the old one is put back. Gives the
/// path of the old run.
fn move_aside(staged: &Path, place: &Path) -> io::Result<PathBuf> {
    let mut aside = staged.as_os_str().to_owned();
    aside.push(ASIDE);
    let aside = PathBuf::from(aside);
    fs::rename(place, &aside)?;
    if let Err(error) = fs::rename(staged, place) {
        fs::rename(&aside, place)?;
        return Err(error);
    }
    Ok(aside)
}

/// Sends a folder's entries to the disk; not every platform can, and a run does not fail for it.
fn sync(folder: &Path) {
    if let Err(error) = File::open(folder).and_then(|folder| folder.sync_all()) {
        tracing::debug!(kind = %error.kind(), "a folder could not be synced");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_exchange_the_old_run_steps_aside_or_comes_back() {
        let home = TempDir::new().unwrap();
        let (old, new) = (home.path().join("run"), home.path().join(".run-run-Ab3dE9"));
        for (folder, text) in [(&old, "old"), (&new, "new")] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("run.json"), text).unwrap();
        }
        let published = || fs::read_to_string(old.join("run.json")).unwrap();
        let aside = move_aside(&new, &old).unwrap();
        assert_eq!(published(), "new");
        assert_eq!(fs::read_to_string(aside.join("run.json")).unwrap(), "old");
        move_aside(&home.path().join("gone"), &old).unwrap_err();
        assert_eq!(published(), "new");
    }
}
