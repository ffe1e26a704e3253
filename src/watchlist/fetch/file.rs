//! Fetches one file: its addresses in order, each with its tries, going on from what came before a
//! cut, until the whole file is here or every address has failed.

use super::answer::{Got, Told, take};
use super::client::{Client, Question};
use super::config::FetchConfig;
use super::error::{Failure, shown};
use super::hosts::Hosts;
use super::pace::Pace;
use super::place::{Kept, Place};
use super::{FetchError, retry};
use crate::watchlist::{Limits, formats};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that fetching a file needs besides the file.
pub(super) struct Desk {
    pub(super) config: FetchConfig,
    pub(super) client: Client,
    pub(super) runtime: tokio::runtime::Runtime,
    pub(super) pace: Arc<dyn Pace>,
}

/// One file of a list, as it is to be fetched.
pub(super) struct Wish<'a> {
    /// Role in the declaration, for messages.
    pub(super) role: &'a str,
    /// Addresses, first choice first. Where a declaration names a page with a link to the file,
    /// these are what the page was found to link to.
    pub(super) urls: &'a [String],
    pub(super) hosts: &'a Hosts,
    pub(super) headers: &'a BTreeMap<String, String>,
    pub(super) place: &'a Place,
    /// Ceiling in bytes, as they come and once they are unpacked.
    pub(super) limit: u64,
}

impl Desk {
    /// The file, and whether the server said that it is unchanged.
    pub(super) fn fetch(
        &self,
        wish: &Wish<'_>,
        told: Told<'_>,
    ) -> Result<(Kept, bool), FetchError> {
        let mut failures = Vec::new();
        for url in wish.urls {
            match self.fetch_from(wish, url, told) {
                Ok(fetched) => return Ok(fetched),
                Err(failure) => {
                    let tries = failure.tries;
                    let url = shown(url);
                    tracing::info!(url, tries, error = %failure.error, "not fetched");
                    failures.push(failure);
                }
            }
        }
        Err(FetchError::Exhausted { role: wish.role.to_owned(), failures })
    }

    fn fetch_from(
        &self,
        wish: &Wish<'_>,
        url: &str,
        told: Told<'_>,
    ) -> Result<(Kept, bool), Failure> {
        let start = self.pace.elapsed();
        let mut tries = 0;
        loop {
            tries += 1;
            let error = match self.try_once(wish, url, told) {
                Ok(fetched) => return Ok(fetched),
                Err(error) => error,
            };
            let spent = self.pace.elapsed().saturating_sub(start);
            let chance = self.pace.chance();
            match retry::pause(&self.config, &error, tries, spent, chance) {
                None => return Err(Failure { tries, error: Box::new(error) }),
                Some(pause) => {
                    tracing::info!(tries, error = %error, "asking again");
                    self.pace.sleep(pause);
                }
            }
        }
    }

    fn try_once(
        &self,
        wish: &Wish<'_>,
        url: &str,
        told: Told<'_>,
    ) -> Result<(Kept, bool), FetchError> {
        let place = wish.place;
        let kept = place.kept()?.filter(|kept| kept.url == url);
        let mut question = Question { url, headers: Some(wish.headers), ..Question::default() };
        if let Some((note, length)) = place.begun()?
            && note.url == url
            && let Some(proof) = note.validator()
        {
            question.rest = Some((length, proof.to_owned()));
        } else if let Some(kept) = &kept
            && (kept.etag.is_some() || kept.last_modified.is_some())
        {
            question.unless = Some((kept.etag.clone(), kept.last_modified.clone()));
        }
        let taking =
            take(&self.client, &self.config, wish.hosts, &question, place, wish.limit, told);
        let total = self.config.total;
        let got = self.runtime.block_on(async { tokio::time::timeout(total, taking).await });
        let got = got.unwrap_or_else(|_| {
            let got = place.begun()?.map_or(0, |(_, length)| length);
            Err(FetchError::TooSlow { url: shown(url), seconds: total.as_secs_f64(), got })
        })?;
        match (got, kept) {
            (Got::Unchanged, Some(kept)) => Ok((kept, true)),
            (Got::Unchanged, None) => Err(FetchError::UnchangedUnasked { url: shown(url) }),
            (Got::Whole(note), _) => {
                if note.gzip {
                    unpack(wish, url)?;
                }
                Ok((place.keep(note, self.pace.now())?, false))
            }
        }
    }
}

/// Takes off the compression that was on the way only, within the ceilings for list files.
fn unpack(wish: &Wish<'_>, url: &str) -> Result<(), FetchError> {
    let stored = wish.place.part_bytes()?;
    let limits = Limits { file_bytes: wish.limit, ..Limits::default() };
    let name = wish.place.file().file_name().unwrap_or_default().to_string_lossy().into_owned();
    match formats::unpacked(&name, stored, &limits) {
        Ok(plain) => wish.place.replace_part(&plain),
        Err(cause) => {
            wish.place.discard()?;
            Err(FetchError::Unpack { url: shown(url), cause })
        }
    }
}
