//! Decides where a run folder may stand, before anything is screened: at its real path, apart
//! from the input, and only in place of nothing, an empty folder or an earlier run that holds
//! what a run writes and nothing else. A lock file beside the place keeps two runs apart; under
//! it, what a killed run left behind is put right.
#![expect(clippy::disallowed_methods, reason = "the run folder is one of the house's edges")]

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// What a run writes into its folder, beside the dossiers.
pub(super) const FILES: [&str; 5] =
    ["run.json", "results.jsonl", "rejects.jsonl", "summary.csv", "index.html"];
/// The folder of the dossiers: a page and its data each.
pub(super) const DOSSIERS: &str = "dossiers";
/// Random characters at the end of a staging folder's name.
pub(super) const RANDOM: usize = 6;
/// What is added to a staging folder's name for the run that it replaces.
pub(super) const ASIDE: &str = "-old";

/// Why a run cannot be written where it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Another run holds the lock.
    #[error("{0}: another run into this folder is already running")]
    Running(PathBuf),
    /// Something that no run wrote stands there.
    #[error(
        "{place}: expected a new folder, an empty one or an earlier run and nothing else; \
         found '{found}'"
    )]
    Foreign {
        /// The folder asked for.
        place: PathBuf,
        /// The first entry, by name, that no run wrote.
        found: String,
    },
    /// The run would be written over its input, into it or around it.
    #[error("{place}: expected a folder apart from the input {input}")]
    Overlap {
        /// The folder asked for.
        place: PathBuf,
        /// The input.
        input: PathBuf,
    },
    /// A symbolic link without a target.
    #[error("{0}: expected a folder; found a symbolic link that leads nowhere")]
    Dangling(PathBuf),
    /// A path without a last name, such as the root.
    #[error("{0}: expected the path of a folder with a name")]
    Nameless(PathBuf),
    /// The file system refused.
    #[error("{path}: cannot be {what}")]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What was tried: "made", "read", "locked", "removed".
        what: &'static str,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

fn failed(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> PlaceError {
    let path = path.to_owned();
    move |source| PlaceError::Io { path, what, source }
}

/// The place of a run folder, held for one run until it is dropped.
#[derive(Debug)]
pub struct RunPlace {
    parent: PathBuf,
    name: OsString,
    _lock: File,
}

impl RunPlace {
    /// Claims `out` for a run over `input`. Folders above `out` are made when they are missing.
    ///
    /// # Errors
    /// [`PlaceError`] when a run may not or cannot be written there.
    pub fn claim(out: &Path, input: Option<&Path>) -> Result<Self, PlaceError> {
        let place = resolve(out)?;
        if let Some(input) = input {
            apart(&place, input)?;
        }
        let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else {
            return Err(PlaceError::Nameless(place));
        };
        fs::create_dir_all(parent).map_err(failed(parent, "made"))?;
        let lock = lock(&place, parent, name)?;
        let claimed = Self { parent: parent.to_owned(), name: name.to_owned(), _lock: lock };
        claimed.put_right()?;
        claimed.may_be_replaced()?;
        Ok(claimed)
    }

    /// The place's real path.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    /// The folder the place stands in.
    pub(super) fn parent(&self) -> &Path {
        &self.parent
    }

    /// How the names of this place's staging folders begin.
    pub(super) fn staging_prefix(&self) -> OsString {
        let mut prefix = OsString::from(".run-");
        prefix.push(&self.name);
        prefix.push("-");
        prefix
    }

    /// Whether nothing stands there but what a run wrote.
    pub(super) fn may_be_replaced(&self) -> Result<(), PlaceError> {
        let place = self.path();
        let foreign = |found: String| PlaceError::Foreign { place: place.clone(), found };
        if !place.exists() {
            return Ok(());
        }
        if !place.is_dir() {
            return Err(foreign("a file".to_owned()));
        }
        let mut entries = entries(&place)?;
        if entries.is_empty() {
            return Ok(());
        }
        entries.retain(|(name, kind)| match kind {
            Kind::File => !is_ours(name),
            Kind::Folder => name != DOSSIERS,
            Kind::Other => true,
        });
        if let Some((name, _)) = entries.first() {
            return Err(foreign(shown(name)));
        }
        if let Some(name) = strange_dossier(&place.join(DOSSIERS))? {
            return Err(foreign(format!("{DOSSIERS}/{}", shown(&name))));
        }
        if !is_our_certificate(&place.join("run.json")) {
            return Err(foreign("no run.json of an earlier run".to_owned()));
        }
        Ok(())
    }

    /// Removes what killed runs into this place left behind. Where the old run had to be moved
    /// aside first and the new one never arrived, the old one is put back.
    fn put_right(&self) -> Result<(), PlaceError> {
        let prefix = self.staging_prefix();
        for (name, kind) in entries(&self.parent)? {
            let Some(rest) = rest_of(&name, &prefix).filter(|_| kind == Kind::Folder) else {
                continue;
            };
            let aside = rest.strip_suffix(ASIDE);
            let random = aside.unwrap_or(rest);
            if random.len() != RANDOM || !random.chars().all(|c| c.is_ascii_alphanumeric()) {
                continue;
            }
            let left = self.parent.join(&name);
            if aside.is_some() && !self.path().exists() {
                fs::rename(&left, self.path()).map_err(failed(&left, "put back"))?;
            } else {
                fs::remove_dir_all(&left).map_err(failed(&left, "removed"))?;
            }
        }
        Ok(())
    }
}

/// The real path of a folder that need not be there yet.
fn resolve(out: &Path) -> Result<PathBuf, PlaceError> {
    match fs::canonicalize(out) {
        Ok(path) => return Ok(path),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(failed(out, "read")(error));
        }
        Err(_) => {}
    }
    if fs::symlink_metadata(out).is_ok() {
        return Err(PlaceError::Dangling(out.to_owned()));
    }
    let Some(name) = out.file_name() else { return Err(PlaceError::Nameless(out.to_owned())) };
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    Ok(resolve(parent)?.join(name))
}

/// Refuses a place that is the input, lies inside it or contains it.
fn apart(place: &Path, input: &Path) -> Result<(), PlaceError> {
    let real = fs::canonicalize(input).map_err(failed(input, "read"))?;
    if place.starts_with(&real) || real.starts_with(place) {
        return Err(PlaceError::Overlap { place: place.to_owned(), input: input.to_owned() });
    }
    Ok(())
}

/// Takes the lock beside the place. The file stays when the run ends: to remove it would let a
/// third run lock a new one while a second still waits on the old.
fn lock(place: &Path, parent: &Path, name: &OsStr) -> Result<File, PlaceError> {
    let mut file_name = OsString::from(".");
    file_name.push(name);
    file_name.push(".lock");
    let path = parent.join(file_name);
    let file = owner_only(OpenOptions::new().write(true).create(true).truncate(false))
        .open(&path)
        .map_err(failed(&path, "made"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(PlaceError::Running(place.to_owned())),
        Err(TryLockError::Error(source)) => Err(failed(&path, "locked")(source)),
    }
}

/// Makes new files readable by their owner alone, where the platform knows owners.
pub(super) fn owner_only(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Other,
}

/// What stands in a folder, by name; links are not followed.
fn entries(folder: &Path) -> Result<Vec<(OsString, Kind)>, PlaceError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed(folder, "read"))? {
        let entry = entry.map_err(failed(folder, "read"))?;
        let kind = match entry.file_type().map_err(failed(folder, "read"))? {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        found.push((entry.file_name(), kind));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

fn is_ours(name: &OsStr) -> bool {
    FILES.iter().any(|file| name == *file)
}

fn shown(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}

/// Whether a file is the certificate of one of our runs.
fn is_our_certificate(path: &Path) -> bool {
    #[derive(serde::Deserialize)]
    struct Certificate {
        run_id: String,
        engine: String,
        #[serde(rename = "outcomes")]
        _outcomes: std::collections::BTreeMap<String, u64>,
    }
    let read = File::open(path).ok().filter(|_| path.is_file());
    let certificate = read
        .and_then(|file| serde_json::from_reader::<_, Certificate>(io::BufReader::new(file)).ok());
    certificate.is_some_and(|certificate| {
        certificate.engine.starts_with("diligence ") && !certificate.run_id.is_empty()
    })
}

/// The first entry of the dossiers' folder that is not half of a page and its data.
fn strange_dossier(folder: &Path) -> Result<Option<OsString>, PlaceError> {
    if !folder.exists() {
        return Ok(None);
    }
    let entries = entries(folder)?;
    let names: BTreeSet<&OsStr> = entries.iter().map(|(name, _)| name.as_os_str()).collect();
    let paired = |name: &OsStr| {
        let path = Path::new(name);
        let other = match path.extension().and_then(OsStr::to_str) {
            Some("html") => "json",
            Some("json") => "html",
            _ => return false,
        };
        names.contains(path.with_extension(other).as_os_str())
    };
    let mut strange = entries.iter().filter(|(name, kind)| *kind != Kind::File || !paired(name));
    Ok(strange.next().map(|(name, _)| name.clone()))
}

/// The rest of a name after a prefix.
fn rest_of<'a>(name: &'a OsStr, prefix: &OsStr) -> Option<&'a str> {
    let rest = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes())?;
    std::str::from_utf8(rest).ok()
}
