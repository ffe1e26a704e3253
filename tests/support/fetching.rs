//! A list that is fetched from a server on this machine, with time that passes at once.

use super::fault_server::{Answer, Asked, FaultServer};
use crate::lists_real::declared;
use diligence::watchlist::{
    FetchConfig, Fetcher, ImportOptions, Internal, Limits, ListSource, ListStore, Pace, Reliance,
    UpdateError, Updated, update_error_text, update_list,
};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Time that passes only by waiting, and a chance that is always one half.
#[derive(Default)]
pub(crate) struct VirtualPace {
    slept: Mutex<Vec<Duration>>,
}

impl Pace for VirtualPace {
    fn now(&self) -> Timestamp {
        "2026-03-04T06:00:00Z".parse().unwrap()
    }

    fn elapsed(&self) -> Duration {
        self.slept.lock().unwrap().iter().sum()
    }

    fn sleep(&self, pause: Duration) {
        self.slept.lock().unwrap().push(pause);
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

/// The file of the UN fixture: two records.
pub(crate) fn un_file() -> Vec<u8> {
    let path = "fixtures/lists/un_sc_xml/basic/un.xml";
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The same published a day later.
pub(crate) fn newer_un_file() -> Vec<u8> {
    let text = String::from_utf8(un_file()).unwrap();
    text.replace("2026-02-27T", "2026-02-28T").into_bytes()
}

/// A store, a UN declaration that points at servers, and the configuration to reach them.
pub(crate) struct Subscriber {
    folder: tempfile::TempDir,
    pub(crate) store: ListStore,
    pub(crate) source: ListSource,
    pub(crate) config: FetchConfig,
    pub(crate) pace: Arc<VirtualPace>,
}

impl Subscriber {
    /// Of `/un.xml` of each server, the first one first choice.
    pub(crate) fn of(servers: &[&FaultServer]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = ListStore::new(folder.path().join("data"));
        let mut source = declared("un_sc");
        source.guards.min_records.clear();
        source.guards.max_shrink_percent = 50.0;
        source.guards.max_reject_percent = 100.0;
        source.files[0].urls = servers.iter().map(|server| server.url("/un.xml")).collect();
        let shipped = include_str!("../../config/fetch.toml");
        let mut config = FetchConfig::from_toml(shipped).unwrap();
        let reason = "the server of the tests".to_owned();
        let internal =
            |server: &&FaultServer| Internal { host: server.host(), reason: reason.clone() };
        config.internal = servers.iter().map(internal).collect();
        Self { folder, store, source, config, pace: Arc::default() }
    }

    /// The same, with the edition of the fixture already in use.
    pub(crate) fn with_edition(servers: &[&FaultServer]) -> Self {
        let subscriber = Self::of(servers);
        let path = subscriber.folder.path().join("un.xml");
        std::fs::write(&path, un_file()).unwrap();
        let options = options("2026-03-04T00:00:00Z");
        let report = diligence::watchlist::import_list(
            &subscriber.store,
            &subscriber.source,
            &[path],
            &options,
            &|_, _| Ok(()),
        );
        assert!(report.unwrap().is_published());
        subscriber
    }

    pub(crate) fn update_at(&self, now: &str) -> Result<Updated, UpdateError> {
        let pace = Arc::clone(&self.pace) as Arc<dyn Pace>;
        let fetcher = Fetcher::with_pace(self.config.clone(), pace).unwrap();
        update_list(&self.store, &self.source, &fetcher, &options(now), &|_, _, _| {}, &|_, _| {
            Ok(())
        })
    }

    pub(crate) fn update(&self) -> Result<Updated, UpdateError> {
        self.update_at("2026-03-04T06:00:00Z")
    }

    /// Updates, expects it to fail, and gives the sentence the user sees.
    pub(crate) fn failure(&self) -> String {
        let in_use = self.in_use();
        let said = match self.update() {
            Err(error) => update_error_text(&error),
            Ok(updated) => panic!("expected a failure: {updated:?}"),
        };
        assert_eq!(self.in_use(), in_use, "the edition in use must stay");
        self.no_port(&said)
    }

    /// Updates and expects a new edition in use.
    pub(crate) fn updated(&self) {
        match self.update() {
            Ok(Updated::Imported(report)) => assert!(report.is_published(), "{:?}", report.trips),
            other => panic!("expected an edition: {:?}", other.map_err(|e| update_error_text(&e))),
        }
    }

    /// A text with `SERVER` for the first server's host, `MIRROR` for the second's.
    pub(crate) fn no_port(&self, text: &str) -> String {
        let names = ["SERVER", "MIRROR"];
        self.config.internal.iter().zip(names).fold(text.to_owned(), |text, (internal, name)| {
            text.replace(&format!("http://{}", internal.host), name)
        })
    }

    /// Name and listings of the edition in use, as bytes.
    pub(crate) fn in_use(&self) -> Option<(String, Vec<u8>)> {
        let snapshot = self.store.current("un_sc").unwrap()?;
        let listings = std::fs::read(snapshot.dir.join("listings.jsonl")).unwrap();
        Some((snapshot.manifest.edition, listings))
    }

    /// The state of the list at a time, as its sentence.
    pub(crate) fn state_at(&self, now: &str) -> (Reliance, String) {
        let state = self.store.state(&self.source, now.parse().unwrap());
        (state.reliance, self.no_port(&state.sentence))
    }

    /// The downloaded file.
    pub(crate) fn downloaded(&self) -> PathBuf {
        self.store.downloads_dir("un_sc").join("consolidated.xml")
    }

    /// Whole seconds waited between tries.
    pub(crate) fn waited(&self) -> Vec<u64> {
        self.pace.slept.lock().unwrap().iter().map(Duration::as_secs).collect()
    }
}

/// A server that always answers the same way.
pub(crate) fn always(answer: Answer) -> FaultServer {
    FaultServer::start(move |_| answer.clone())
}

/// A server that answers the first request one way and all others another.
pub(crate) fn first_then(
    first: Answer,
    then: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
) -> FaultServer {
    FaultServer::start(move |asked| if asked.before == 0 { first.clone() } else { then(asked) })
}

fn options(now: &str) -> ImportOptions<'static> {
    ImportOptions {
        limits: Limits::default(),
        retrieved: now.parse().unwrap(),
        published: None,
        progress: &|_, _| {},
        now: now.parse().unwrap(),
        by: "tester".to_owned(),
        ask: None,
    }
}
