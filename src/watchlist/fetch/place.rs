//! Keeps what was downloaded: the file under a name the declaration knows, beside it what the
//! server said about it, and, after a cut, the part that came.
//!
//! `NAME`, `.NAME.json` (address, `ETag`, `Last-Modified`, length, SHA-256, when), `.NAME.part` and
//! `.NAME.part.json`. A file that is not the one its note describes counts as not there: a server
//! that says "unchanged" must never vouch for bytes somebody else put here.

#![expect(clippy::disallowed_methods, reason = "fetching is an edge: downloads are files")]

use super::FetchError;
use crate::watchlist::WantedFile;
use base16ct::lower::encode_string;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is known about a downloaded file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) url: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) length: u64,
    pub(super) sha256: String,
    pub(super) retrieved: Timestamp,
}

/// What is known about a file of which a part came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartNote {
    pub(super) url: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// Length of the whole, when the server said.
    pub(super) total: Option<u64>,
    /// Whether what comes is gzip on the way only.
    pub(super) gzip: bool,
}

impl PartNote {
    /// What proves that a rest belongs to this part: a strong `ETag`, else the date of a server that
    /// gives no `ETag` (RFC 9110, 13.1.5).
    pub(super) fn validator(&self) -> Option<&str> {
        match &self.etag {
            Some(etag) => Some(etag.as_str()).filter(|etag| !etag.starts_with("W/")),
            None => self.last_modified.as_deref(),
        }
    }
}

/// Where one file of a list is kept.
#[derive(Debug, Clone)]
pub(super) struct Place {
    dir: PathBuf,
    name: String,
}

impl Place {
    /// The place of a declared file in a downloads folder, which need not be there.
    pub(super) fn new(dir: &Path, wanted: &WantedFile) -> Self {
        Self::named(dir, file_name_of(wanted, ""))
    }

    /// The place of a file under a name that leads nowhere else.
    pub(super) fn named(dir: &Path, name: String) -> Self {
        Self { dir: dir.to_owned(), name }
    }

    /// Name of the file.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn file(&self) -> PathBuf {
        self.dir.join(&self.name)
    }

    fn note(&self) -> PathBuf {
        self.dir.join(format!(".{}.json", self.name))
    }

    fn part(&self) -> PathBuf {
        self.dir.join(format!(".{}.part", self.name))
    }

    fn part_note(&self) -> PathBuf {
        self.dir.join(format!(".{}.part.json", self.name))
    }

    pub(super) fn make_folder(&self) -> Result<(), FetchError> {
        fs::create_dir_all(&self.dir).map_err(failed(&self.dir, "created"))
    }

    /// The downloaded file, when it is there and the one its note describes.
    pub(super) fn kept(&self) -> Result<Option<Kept>, FetchError> {
        let Some(kept) = read_note::<Kept>(&self.note())? else { return Ok(None) };
        let found = match File::open(self.file()) {
            Ok(file) => sha256_of(file).map_err(failed(&self.file(), "read"))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&self.file(), "read")(error)),
        };
        Ok((found == kept.sha256).then_some(kept))
    }

    /// The part that came, with its length; none without a note about it.
    pub(super) fn begun(&self) -> Result<Option<(PartNote, u64)>, FetchError> {
        let Some(note) = read_note::<PartNote>(&self.part_note())? else { return Ok(None) };
        let length = fs::metadata(self.part()).map_or(0, |meta| meta.len());
        Ok((length > 0).then_some((note, length)))
    }

    /// Starts a part over.
    pub(super) fn begin(&self, note: &PartNote) -> Result<File, FetchError> {
        remove(&self.part_note())?;
        let part = File::create(self.part()).map_err(failed(&self.part(), "created"))?;
        write_note(&self.part_note(), note)?;
        Ok(part)
    }

    /// Goes on with a part.
    pub(super) fn go_on(&self) -> Result<File, FetchError> {
        OpenOptions::new().append(true).open(self.part()).map_err(failed(&self.part(), "opened"))
    }

    /// Throws a part away.
    pub(super) fn discard(&self) -> Result<(), FetchError> {
        remove(&self.part_note())?;
        remove(&self.part())
    }

    /// The bytes of the part, to be unpacked.
    pub(super) fn part_bytes(&self) -> Result<Vec<u8>, FetchError> {
        fs::read(self.part()).map_err(failed(&self.part(), "read"))
    }

    /// Writes the part anew, unpacked.
    pub(super) fn replace_part(&self, bytes: &[u8]) -> Result<(), FetchError> {
        let mut file = File::create(self.part()).map_err(failed(&self.part(), "created"))?;
        file.write_all(bytes).map_err(failed(&self.part(), "written"))
    }

    /// Makes the part the file. A crash between leaves the file without a note, which is asked for
    /// whole again.
    pub(super) fn keep(&self, note: PartNote, now: Timestamp) -> Result<Kept, FetchError> {
        let part = File::open(self.part()).map_err(failed(&self.part(), "opened"))?;
        part.sync_all().map_err(failed(&self.part(), "synced"))?;
        let length = part.metadata().map_err(failed(&self.part(), "read"))?.len();
        let sha256 = sha256_of(part).map_err(failed(&self.part(), "read"))?;
        remove(&self.note())?;
        fs::rename(self.part(), self.file()).map_err(failed(&self.file(), "renamed into place"))?;
        let PartNote { url, etag, last_modified, .. } = note;
        let kept = Kept { url, etag, last_modified, length, sha256, retrieved: now };
        write_note(&self.note(), &kept)?;
        remove(&self.part_note())?;
        Ok(kept)
    }
}

/// Forgets what the servers said of the files in a folder, so that they are asked for whole next
/// time.
pub(super) fn forget_all(dir: &Path) -> Result<(), FetchError> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(failed(dir, "read"))?,
    };
    for entry in entries {
        let path = entry.map_err(failed(dir, "read"))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') && name.ends_with(".json") && !name.ends_with(".part.json") {
            remove(&path)?;
        }
    }
    Ok(())
}

/// The bytes of a fetched file.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, FetchError> {
    fs::read(path).map_err(failed(path, "read"))
}

/// A name that fits the declaration: the first pattern, its first `*` filled with the given text,
/// or with the role where the name would otherwise begin with nothing. Only characters that lead
/// nowhere else.
pub(super) fn file_name_of(wanted: &WantedFile, which: &str) -> String {
    let pattern = wanted.patterns.first().map_or("", String::as_str);
    let filled = match pattern.strip_prefix('*') {
        Some(rest) if which.is_empty() => format!("{}{}", wanted.role, rest.replace('*', "")),
        _ => pattern.replacen('*', which, 1).replace('*', ""),
    };
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let name: String = filled.trim_start_matches('.').chars().map(safe).collect();
    if name.is_empty() { wanted.role.clone() } else { name }
}

fn sha256_of(mut file: File) -> io::Result<String> {
    let mut hasher = HashWriter(Sha256::new());
    io::copy(&mut file, &mut hasher)?;
    Ok(encode_string(&hasher.0.finalize()))
}

struct HashWriter(Sha256);

impl Write for HashWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A note that is not there or does not read is none: the file is asked for anew.
fn read_note<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, FetchError> {
    match fs::read(path) {
        Ok(text) => Ok(serde_json::from_slice(&text).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, "read")(error)),
    }
}

fn write_note<T: Serialize>(path: &Path, note: &T) -> Result<(), FetchError> {
    let text = serde_json::to_vec_pretty(note).map_err(|e| failed(path, "written")(e.into()))?;
    fs::write(path, text).map_err(failed(path, "written"))
}

fn remove(path: &Path) -> Result<(), FetchError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(failed(path, "removed")(error))
        }
        _ => Ok(()),
    }
}

pub(super) fn failed(path: &Path, what: &'static str) -> impl FnOnce(io::Error) -> FetchError {
    let path = path.to_owned();
    move |cause| FetchError::Io { path, what, cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_gets_a_name_its_declaration_knows_and_that_leads_nowhere() {
        for (patterns, expected) in [
            (&["sdn.csv"][..], "sdn.csv"),
            (&["consolidated*.xml", "un*.xml"], "consolidated.xml"),
            (&["*.json"], "main.json"),
            (&["*"], "main"),
            (&["*popolo*.json"], "mainpopolo.json"),
        ] {
            let patterns = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
            let wanted = WantedFile { role: "main".to_owned(), patterns, ..WantedFile::default() };
            assert_eq!(file_name_of(&wanted, ""), expected);
            assert!(wanted.fits(expected), "{expected}");
        }
        let patterns = vec!["../../etc/x".to_owned()];
        let wanted = WantedFile { role: "main".to_owned(), patterns, ..WantedFile::default() };
        assert_eq!(file_name_of(&wanted, ""), "_.._etc_x");
    }

    #[test]
    fn a_weak_mark_proves_nothing_about_a_rest() {
        let note = |etag: Option<&str>, date: Option<&str>| PartNote {
            etag: etag.map(str::to_owned),
            last_modified: date.map(str::to_owned),
            ..PartNote::default()
        };
        assert_eq!(note(Some("\"a\""), Some("d")).validator(), Some("\"a\""));
        assert_eq!(note(Some("W/\"a\""), Some("d")).validator(), None);
        assert_eq!(note(None, Some("d")).validator(), Some("d"));
        assert_eq!(note(None, None).validator(), None);
    }
}
