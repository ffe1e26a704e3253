//! Decides which configuration is in force: a folder of the user's, file by file over what is
//! built in. Each stage validates its own part; this module gathers them and takes their hash.
//!
//! `policy.toml`, `redflags.toml`, `matching.toml`, `fetch.toml`, and `watchlists/*.toml` inside the folder or
//! beside it. Without a folder named, `config/` in the working directory counts when it holds a
//! `policy.toml`.
#![expect(clippy::disallowed_methods, reason = "configuration is one of the house's edges")]

use crate::policy::{Policy, PolicyError};
use crate::redflag::{Catalogue, CatalogueError};
use crate::screening::{MatchConfig, MatchConfigError};
use crate::watchlist::{
    FetchConfig, FetchConfigError, ListSource, ListStore, SourceError, StoreError,
};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

static CONFIG: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config");
static NAME_TABLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/names");
static WATCHLISTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/watchlists");

/// What a configuration folder may hold.
const FOLDER_HOLDS: &str = "policy.toml, redflags.toml, matching.toml, fetch.toml or watchlists/";
const POLICY: &str = "policy.toml";
const CATALOGUE: &str = "redflags.toml";
const MATCHING: &str = "matching.toml";
const FETCH: &str = "fetch.toml";
const DECLARATIONS: &str = "watchlists";

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Parameters with their sources and dates.
    pub policy: Policy,
    /// What each red flag means.
    pub catalogue: Catalogue,
    /// Numbers of matching.
    pub matching: MatchConfig,
    /// How lists are fetched; no part of any answer, so not in the hash.
    pub fetch: FetchConfig,
    /// Declared lists, by name.
    sources: BTreeMap<String, ListSource>,
    /// SHA-256 over policy, catalogue, matching, name tables and list declarations, hex.
    pub sha256: String,
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file that is there cannot be read.
    #[error("{path}: expected a readable text file")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// The folder that was named is not there.
    #[error("{0}: expected a folder with {FOLDER_HOLDS}")]
    NoFolder(PathBuf),
    /// The folder that was named configures nothing.
    #[error("{0}: expected a folder with {FOLDER_HOLDS}; found none of them")]
    NothingInIt(PathBuf),
    /// Something else has the name of a file or folder of the configuration.
    #[error("{path}: expected a {expected}; found something else")]
    WrongKind {
        /// The path.
        path: PathBuf,
        /// What should be there: "file" or "folder".
        expected: &'static str,
    },
    /// The policy is wrong.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The catalogue is wrong.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The matching configuration is wrong.
    #[error("matching.toml")]
    Matching(#[from] MatchConfigError),
    /// The configuration of fetching is wrong.
    #[error("fetch.toml")]
    Fetch(#[from] FetchConfigError),
    /// A list declaration is wrong.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The lists that are here cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A list that is asked for is not declared.
    #[error("expected one of the declared lists ({declared}); found '{found}'")]
    UnknownList {
        /// Names declared.
        declared: String,
        /// Name asked for.
        found: String,
    },
}

impl Settings {
    /// Reads the configuration from `folder`, or from `config/` beside the working directory, and
    /// what neither has from what is built in.
    ///
    /// # Errors
    /// [`SettingsError`] with file, key and allowed values.
    pub fn load(folder: Option<&Path>) -> Result<Self, SettingsError> {
        let folder = match folder {
            Some(folder) if !folder.is_dir() => {
                return Err(SettingsError::NoFolder(folder.to_owned()));
            }
            Some(folder) => {
                let parts = [POLICY, CATALOGUE, MATCHING, FETCH, DECLARATIONS];
                if !parts.iter().any(|part| is_there(&folder.join(part))) {
                    return Err(SettingsError::NothingInIt(folder.to_owned()));
                }
                Some(folder.to_owned())
            }
            None => Some(PathBuf::from("config")).filter(|here| is_there(&here.join(POLICY))),
        };
        let mut hash = Sha256::new();
        for table in NAME_TABLES.files() {
            hash.update(table.contents());
        }
        let mut read = |name: &str| -> Result<String, SettingsError> {
            let text = text_of(folder.as_deref(), name)?;
            hash.update(text.as_bytes());
            Ok(text)
        };
        let policy = Policy::read(POLICY, &read(POLICY)?)?;
        let catalogue = Catalogue::read(CATALOGUE, &read(CATALOGUE)?)?;
        let matching = MatchConfig::from_toml(&read(MATCHING)?)?;
        let fetch = FetchConfig::from_toml(&text_of(folder.as_deref(), FETCH)?)?;
        let mut sources = BTreeMap::new();
        for (file, text) in declarations(folder.as_deref())? {
            hash.update(file.as_bytes());
            hash.update(text.as_bytes());
            let source = ListSource::from_toml(&file, &text)?;
            sources.insert(source.name.clone(), source);
        }
        let sha256 = base16ct::lower::encode_string(&hash.finalize());
        Ok(Self { policy, catalogue, matching, fetch, sources, sha256 })
    }

    /// The declaration of a list.
    ///
    /// # Errors
    /// [`SettingsError::UnknownList`] with the names that are declared.
    pub fn source(&self, name: &str) -> Result<&ListSource, SettingsError> {
        self.sources.get(name).ok_or_else(|| unknown(&self.sources, name))
    }

    /// The lists named, each once, or every declared one and every one in the store when none is. A list in
    /// the store without a declaration is one that was imported from a FollowTheMoney file.
    ///
    /// # Errors
    /// [`SettingsError::UnknownList`] for a name that is neither declared nor in the store,
    /// [`SettingsError::Store`] when the store cannot be read.
    pub fn sources_in(
        &self,
        store: &ListStore,
        only: &[String],
    ) -> Result<Vec<ListSource>, SettingsError> {
        let mut known = self.sources.clone();
        for name in store.names()? {
            if !known.contains_key(&name) {
                known.insert(name.clone(), ListSource::ftm(&name)?);
            }
        }
        if only.is_empty() {
            return Ok(known.into_values().collect());
        }
        let mut named: Vec<&String> = Vec::new();
        for name in only {
            if !named.contains(&name) {
                named.push(name);
            }
        }
        let find = |name: &String| known.get(name).cloned().ok_or_else(|| unknown(&known, name));
        named.into_iter().map(find).collect()
    }
}

fn unknown(known: &BTreeMap<String, ListSource>, found: &str) -> SettingsError {
    SettingsError::UnknownList {
        declared: known.keys().cloned().collect::<Vec<_>>().join(", "),
        found: found.to_owned(),
    }
}

/// Whether anything has this name, a link that leads nowhere included.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The user's file, or the built-in one when the user has none.
fn text_of(folder: Option<&Path>, name: &str) -> Result<String, SettingsError> {
    if let Some(path) = folder.map(|folder| folder.join(name)).filter(|path| is_there(path)) {
        return read_file(path);
    }
    let built_in = CONFIG.get_file(name).and_then(|file| file.contents_utf8());
    Ok(built_in.unwrap_or_default().to_owned())
}

/// Reads a file of the user's; a folder or a pipe of that name is none.
fn read_file(path: PathBuf) -> Result<String, SettingsError> {
    if !path.is_file() {
        return Err(SettingsError::WrongKind { path, expected: "file" });
    }
    std::fs::read_to_string(&path).map_err(|source| SettingsError::Io { path, source })
}

/// Built-in declarations by file name, replaced and joined by the user's of `watchlists/`.
fn declarations(folder: Option<&Path>) -> Result<BTreeMap<String, String>, SettingsError> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for file in WATCHLISTS.files() {
        let name = file.path().display().to_string();
        texts.insert(name, file.contents_utf8().unwrap_or_default().to_owned());
    }
    let inside = folder.map(|folder| folder.join(DECLARATIONS));
    let beside = folder.map(|folder| folder.join("..").join(DECLARATIONS));
    if let Some(place) = [inside, beside].into_iter().flatten().find(|place| is_there(place)) {
        if !place.is_dir() {
            return Err(SettingsError::WrongKind { path: place, expected: "folder" });
        }
        let io = |source| SettingsError::Io { path: place.clone(), source };
        for entry in std::fs::read_dir(&place).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                texts.insert(name, read_file(path)?);
            }
        }
    }
    Ok(texts)
}
