//! Opens everything a run relies on, once: the lists' current snapshots, the rules in force on the
//! run date. A publish during the run does not affect it.

use super::canary::{self, Canaries};
use super::guarded::guarded;
use crate::config::Settings;
use crate::dossier::{Certificate, ListLine};
use crate::intake::Intake;
use crate::policy::Parameters;
use crate::redflag::Catalogue;
use crate::screening::Screener;
use crate::watchlist::{ListSource, ListState, ListStore, Listing, Manifest, Reliance, Snapshot};
use anyhow::Context;
use base16ct::lower::encode_string;
use jiff::{Timestamp, civil::Date};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// Lists, rules and date of a run.
pub struct Engine {
    /// The day the run is made for.
    pub date: Date,
    /// Parameters in force on that day.
    pub parameters: Parameters,
    /// What each flag means.
    pub catalogue: Catalogue,
    /// The lists' names, indexed.
    pub screener: Screener,
    /// Lists relied on, as the certificate shows them.
    pub lists: Vec<ListLine>,
    /// Lists that are declared and were never imported: nobody was compared with them.
    pub absent_lists: Vec<String>,
    /// Lists that cannot be relied on, with the reason.
    pub unreliable_lists: Vec<(String, String)>,
    /// Planted names that had to be found.
    pub canaries: Canaries,
    policy_sha256: String,
    _pinned: Vec<Snapshot>,
}

/// Name and version of this engine, as certificates show it.
pub const ENGINE: &str = concat!("diligence ", env!("CARGO_PKG_VERSION"));

impl Engine {
    /// Opens the current snapshots of the lists in `only`, or of every list there is when `only`
    /// is empty. `now` decides which of them are stale; `date` which rules are in force.
    ///
    /// # Errors
    /// When a named list is not declared, a snapshot is damaged or an index does not open.
    pub fn open(
        settings: &Settings,
        store: &ListStore,
        only: &[String],
        now: Timestamp,
        date: Date,
    ) -> anyhow::Result<Self> {
        let parameters = settings.policy.on(date).context("while reading the policy")?;
        let sources = settings.sources_in(store, only)?;
        let (asked, absent): (Vec<&ListSource>, Vec<&ListSource>) = {
            let tried = store.names().context("while looking for lists")?;
            sources.iter().partition(|list| !only.is_empty() || tried.contains(&list.name))
        };
        let absent = absent.into_iter().filter(|list| list.name != super::demo::LIST);
        let absent_lists = absent.map(|list| list.name.clone()).collect();
        let (lists, listings, pinned) = open_lists(store, &asked, now)?;
        let unreliable = lists.iter().filter(|line| !line.reliance.may_clear());
        let mut unreliable_lists: Vec<(String, String)> =
            unreliable.map(|line| (line.list.clone(), line.state.clone())).collect();
        if lists.is_empty() {
            let reason = "no list has been imported".to_owned();
            unreliable_lists.push(("lists".to_owned(), reason));
        }
        let sample: Vec<(String, Vec<Listing>)> = listings
            .iter()
            .map(|(list, _, listings)| (list.clone(), canary::sample(listings)))
            .collect();
        let opened = guarded("opening", || Screener::open(listings, settings.matching.clone()))?;
        let screener = opened.context("while opening the lists' indexes")?;
        let canaries = guarded("searching", || canary::check(&screener, &sample))?;
        let missed = canaries.missed.iter().map(|(list, id)| {
            (list.clone(), format!("its own entry {id} was not found by name (canary)"))
        });
        unreliable_lists.extend(missed);
        for (list, reason) in &unreliable_lists {
            tracing::info!(list, reason, "list cannot be relied on");
        }
        Ok(Self {
            date,
            parameters,
            catalogue: settings.catalogue.clone(),
            screener,
            lists,
            absent_lists,
            unreliable_lists,
            canaries,
            policy_sha256: settings.sha256.clone(),
            _pinned: pinned,
        })
    }

    /// What a dossier made from `intake` relies on.
    #[must_use]
    pub fn certificate(&self, intake: &Intake) -> Certificate {
        let mut inputs = Sha256::new();
        for file in &intake.files {
            inputs.update(format!("{}\t{}\n", file.file, file.sha256));
        }
        Certificate {
            run_date: self.date.to_string(),
            engine: ENGINE.to_owned(),
            input_sha256: encode_string(&inputs.finalize()),
            policy_sha256: self.policy_sha256.clone(),
            lists: self.lists.clone(),
        }
    }
}

type Opened = (String, std::path::PathBuf, Vec<Listing>);

/// The lists' lines for the certificate, what of them can be opened, and the snapshots, which stay
/// on disk as long as somebody has them.
fn open_lists(
    store: &ListStore,
    sources: &[&ListSource],
    now: Timestamp,
) -> anyhow::Result<(Vec<ListLine>, Vec<Opened>, Vec<Snapshot>)> {
    let mut lines = Vec::new();
    let mut snapshots = Vec::new();
    for source in sources {
        let name = source.name.as_str();
        let while_opening = || format!("while opening list {name}");
        let (snapshot, state) = store.relied_on(source, now).with_context(while_opening)?;
        let manifest = snapshot.as_ref().map(|snapshot| &snapshot.manifest);
        lines.push(line(source, manifest, &state));
        snapshots.extend(snapshot.map(|snapshot| (name, snapshot)));
    }
    let read: Vec<_> = snapshots.par_iter().map(|(_, snapshot)| snapshot.listings()).collect();
    let mut opened = Vec::with_capacity(snapshots.len());
    for ((name, snapshot), listings) in snapshots.iter().zip(read) {
        let listings = listings.with_context(|| format!("while opening list {name}"))?;
        tracing::info!(list = name, listings = listings.len(), "list opened");
        opened.push(((*name).to_owned(), snapshot.index_dir(), listings));
    }
    let pinned = snapshots.into_iter().map(|(_, snapshot)| snapshot).collect();
    Ok((lines, opened, pinned))
}

/// A list's line in the certificate. It gives dates, not ages: the same edition on the same day
/// reads the same at every hour.
fn line(source: &ListSource, manifest: Option<&Manifest>, state: &ListState) -> ListLine {
    let limit = source.staleness.hard_hours.unwrap_or_default();
    let words = match state.reliance {
        Reliance::Current if source.staleness.frozen => {
            "current, archived by its publisher".to_owned()
        }
        Reliance::Current => "current".to_owned(),
        Reliance::Stale => "current, a newer edition is due".to_owned(),
        Reliance::HardStale => match state.age_hours {
            Some(_) => format!("stale: retrieved {limit} hours or more before the run"),
            None => "stale: its age is not known".to_owned(),
        },
        Reliance::Held => {
            "held: the last import failed or was held, an older edition is in use".to_owned()
        }
        Reliance::Missing => format!("missing: {}", state.sentence),
    };
    let words = [words].into_iter().chain(state.remarks.iter().cloned()).collect::<Vec<_>>();
    let empty = Manifest::default();
    let edition = manifest.unwrap_or(&empty);
    ListLine {
        list: source.name.clone(),
        title: source.title.clone(),
        published: edition.published.clone().unwrap_or_default(),
        retrieved: manifest.map(|m| to_the_second(m.retrieved)).unwrap_or_default(),
        sha256: edition.sha256.clone(),
        records: edition.records,
        names: edition.names,
        reliance: state.reliance,
        edition: edition.edition.clone(),
        state: words.join("; "),
    }
}

fn to_the_second(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The name of a run: the same for the same day, inputs, lists, rules and engine.
pub(super) fn run_id(certificate: &Certificate) -> String {
    let mut hash = Sha256::new();
    for part in [
        &certificate.run_date,
        &certificate.engine,
        &certificate.input_sha256,
        &certificate.policy_sha256,
    ] {
        hash.update(part.as_bytes());
        hash.update(b"\n");
    }
    for list in &certificate.lists {
        hash.update(format!("{}\t{}\t{}\n", list.list, list.sha256, list.retrieved));
    }
    encode_string(&hash.finalize()).chars().take(16).collect()
}
