//! Fetches the files of a list from their publisher into the list's downloads folder, whole or not
//! at all (requirements R9 and S7). What the files mean is decided by the import.
//!
//! Each file: conditional request, resumption after a cut, tries with pauses, mirrors in order, and
//! only https to public addresses of the list's own hosts. One request at a time on a runtime of
//! its own; no type of the network client leaves this folder. Nothing here is random or reads a
//! clock but through [`Pace`].

mod address;
mod answer;
mod behind;
mod client;
mod config;
mod error;
mod file;
mod hosts;
mod pace;
mod place;
mod resolve;
mod retry;

pub(super) use behind::has_address;
pub use config::{FetchConfig, FetchConfigError, Internal};
pub use error::{Failure, FetchError, StatusLine};
pub use hosts::Refusal;
pub use pace::{Pace, SystemPace};

use super::{ListSource, WantedFile};
use behind::Target;
use client::Client;
use file::{Desk, Wish};
use hosts::Hosts;
use place::Place;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One file as it lies in the downloads folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedFile {
    /// Role in the declaration.
    pub role: String,
    /// The declared address, or the one a page led to.
    pub url: String,
    /// Where it is.
    pub path: PathBuf,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// The server said that it is unchanged; nothing was sent.
    pub unchanged: bool,
}

/// One file as it would be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Role in the declaration.
    pub role: String,
    /// First choice; `None` when the declaration names no address.
    pub url: Option<String>,
    /// Number of mirrors.
    pub mirrors: usize,
    /// The question is only whether it has changed.
    pub conditional: bool,
    /// Why the first choice will not be asked.
    pub refused: Option<Refusal>,
}

/// Told while a file comes: its name, bytes so far, bytes in all when known.
pub type FetchProgress<'a> = &'a dyn Fn(&str, u64, Option<u64>);

/// Fetches lists.
pub struct Fetcher {
    desk: Desk,
}

impl Fetcher {
    /// A fetcher with the machine's own clock.
    ///
    /// # Errors
    /// [`FetchError::Client`] when the network client cannot be made, for example for a proxy that
    /// is no address.
    pub fn new(config: FetchConfig) -> Result<Self, FetchError> {
        Self::with_pace(config, Arc::new(SystemPace::default()))
    }

    /// A fetcher with another sense of time and chance.
    ///
    /// # Errors
    /// As [`Fetcher::new`].
    pub fn with_pace(config: FetchConfig, pace: Arc<dyn Pace>) -> Result<Self, FetchError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| FetchError::Client { reason: error.to_string() })?;
        let client = Client::new(&config, Arc::clone(&pace))?;
        Ok(Self { desk: Desk { config, client, runtime, pace } })
    }

    /// The time as the fetcher sees it.
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.desk.pace.now()
    }

    /// Fetches the files of a list into a folder. A file the list can be read without is left out
    /// when the publisher says that there is none.
    ///
    /// # Errors
    /// [`FetchError`] for the first file that could not be had; files that were fetched stay in the
    /// folder and are not asked for whole again.
    pub fn fetch(
        &self,
        source: &ListSource,
        dir: &Path,
        progress: FetchProgress<'_>,
    ) -> Result<Vec<FetchedFile>, FetchError> {
        let hosts = Hosts::of(source, &self.desk.config.internal);
        let errand = Errand { source, hosts: &hosts, dir, progress };
        let mut fetched = Vec::new();
        for wanted in source.files.iter().filter(|wanted| is_asked_for(source, wanted)) {
            for target in behind::targets(self, &errand, wanted, &fetched)? {
                match self.one(&errand, wanted, &target) {
                    Ok(file) => fetched.push(file),
                    Err(error) if wanted.optional && !wanted.many && error.is_absent() => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(fetched)
    }

    /// Fetches one file of a list.
    fn one(
        &self,
        errand: &Errand<'_>,
        wanted: &WantedFile,
        target: &Target,
    ) -> Result<FetchedFile, FetchError> {
        let place = &target.place;
        place.make_folder()?;
        let terms = &errand.source.fetch;
        let declared = terms.max_megabytes.map(|megabytes| megabytes << 20);
        let wish = Wish {
            role: &wanted.role,
            urls: &target.urls,
            hosts: errand.hosts,
            headers: &terms.headers,
            place,
            limit: declared.unwrap_or(self.desk.config.max_bytes),
        };
        let name = place.name();
        let (kept, unchanged) =
            self.desk.fetch(&wish, &|got, of| (errand.progress)(name, got, of))?;
        Ok(FetchedFile {
            role: wanted.role.clone(),
            url: kept.url,
            path: place.file(),
            bytes: kept.length,
            sha256: kept.sha256,
            unchanged,
        })
    }

    /// What [`Fetcher::fetch`] would ask, without asking.
    ///
    /// # Errors
    /// [`FetchError::Io`] when the downloads folder cannot be read.
    pub fn plan(&self, source: &ListSource, dir: &Path) -> Result<Vec<Planned>, FetchError> {
        let hosts = Hosts::of(source, &self.desk.config.internal);
        let mut planned = Vec::new();
        for wanted in source.files.iter().filter(|wanted| is_asked_for(source, wanted)) {
            let kept = Place::new(dir, wanted).kept()?;
            let url = behind::first_address(wanted).cloned();
            planned.push(Planned {
                role: wanted.role.clone(),
                mirrors: wanted.urls.len().saturating_sub(1),
                conditional: kept.is_some_and(|kept| Some(&kept.url) == url.as_ref()),
                refused: url.as_ref().and_then(|url| hosts.check(url).err()),
                url,
            });
        }
        Ok(planned)
    }
}

/// What fetching one list needs.
struct Errand<'a> {
    source: &'a ListSource,
    hosts: &'a Hosts,
    dir: &'a Path,
    progress: FetchProgress<'a>,
}

/// Makes the next fetch ask for every file whole: what came was no good.
///
/// # Errors
/// [`FetchError::Io`] when a note cannot be removed.
pub(super) fn forget(dir: &Path) -> Result<(), FetchError> {
    place::forget_all(dir)
}

/// A file without an address is asked for only to say that it cannot be.
fn is_asked_for(source: &ListSource, wanted: &WantedFile) -> bool {
    !wanted.optional || has_address(source, wanted)
}
