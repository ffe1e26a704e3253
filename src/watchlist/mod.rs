//! Decides what is listed, by whom and since when.
//!
//! A list is declared in `watchlists/` (`ListSource`), its files are parsed into `Listing`s by
//! one parser a format, guarded, and published as a `Snapshot`: a folder built beside the old
//! one and switched by one rename. Whoever screens opens a snapshot and keeps it to the end.

mod checked;
mod checkup;
mod fetch;
mod files;
mod formats;
mod guard;
mod import;
mod listing;
mod manifest;
mod pack;
mod parsed;
mod source;
mod state;
mod store;
mod trip;
mod update;

pub use checked::{Checked, Confirmed, FailedTry};
pub use checkup::{Checkup, check_up};
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
pub use manifest::{Held, ImportedFile, Manifest};
pub use pack::{PackError, PackedEdition, is_pack, publish_packed, read_pack, write_pack};
pub use parsed::{Header, Limits, ParseError, Parsed};
pub use source::{
    CodedKind, Columns, ConstantKind, DateOrder, Effect, FetchTerms, Guards, HtmlField, HtmlPages,
    HtmlRecord, KindColumn, LinkColumn, ListSource, NumberColumn, PageLink, Pick, SourceError,
    Staleness, WantedFile,
};
pub use state::{ListState, Reliance};
pub use store::{KEPT_EDITIONS, ListStore, Snapshot, StoreError};
pub use trip::Trip;
pub use update::{UpdateError, Updated, is_fetchable, update_error_text, update_list, what_stays};
