//! Decides what is listed, by whom and since when.
//!
//! A list is declared in `watchlists/` (`ListSource`), its files are parsed into `Listing`s by
//! one parser a format, guarded, and published as a `Snapshot`: a folder built beside the old
//! one and switched by one rename. Whoever screens opens a snapshot and keeps it to the end. What a
//! guard holds a person may approve, and what was published a person may take back; what changed
//! between two editions is told entry by entry (`delta`).

mod canary;
mod checked;
mod checkup;
mod decision;
mod delta;
mod fetch;
mod files;
mod fill;
mod formats;
mod guard;
mod import;
mod listing;
mod manifest;
mod pack;
mod parsed;
mod renumbered;
mod source;
mod state;
mod step;
mod store;
mod trip;
mod update;

pub use canary::{AskCanaries, Canary, CanaryAnswer, CanaryError};
pub use checked::{Checked, Confirmed, FailedTry};
pub use checkup::{Checkup, check_up};
pub use decision::{Decision, DecisionError, approve, roll_back};
pub use delta::{
    Change, Delta, DiffError, EditionLine, Field, FieldChange, ListDiff, Meaning, Renumbered,
    delta, diff_editions, fingerprint, meaning,
};
pub use fetch::{
    Failure, FetchConfig, FetchConfigError, FetchError, FetchProgress, FetchedFile, Fetcher,
    Internal, Pace, Planned, Refusal, StatusLine, SystemPace,
};
pub use files::FilesError;
pub use formats::{
    Format, FtmQuery, InputFile, LoadBytes, QueryError, first_link, page_links, parse, plain_bytes,
    read_ftm_party,
};
pub use guard::{Edition, trips};
pub use import::{BuildIndex, ImportError, ImportOptions, ImportReport, import_list, status};
pub use listing::{Detail, Link, Listing, Office, Topic};
pub use manifest::{Approved, CanaryCount, Held, ImportedFile, Manifest, RolledBack};
pub use pack::{PackError, PackedEdition, is_pack, publish_packed, read_pack, write_pack};
pub use parsed::{Header, Limits, ParseError, Parsed};
pub use source::{
    CodedKind, Columns, ConstantKind, DateOrder, Effect, FetchTerms, Guards, HtmlField, HtmlPages,
    HtmlRecord, KindColumn, LinkColumn, ListSource, NumberColumn, OwnLimits, PageLink, Pick,
    SourceError, Staleness, WantedFile,
};
pub use state::{ListState, Reliance};
pub use step::Step;
pub use store::{HistoryAction, HistoryEntry, KEPT_EDITIONS, ListStore, Snapshot, StoreError};
pub use trip::Trip;
pub use update::{UpdateError, Updated, is_fetchable, update_error_text, update_list, what_stays};
