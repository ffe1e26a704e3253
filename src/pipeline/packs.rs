//! Takes editions from a machine with a network to one without: writes the pack beside its place
//! and renames it; reads it wholly before the first edition is published.
#![expect(clippy::disallowed_methods, reason = "a pack is a file that is carried about")]

use super::import::ask;
use super::update::{ListUpdate, line};
use crate::config::Settings;
use crate::screening::build_index;
use crate::watchlist::{
    Canary, ImportOptions, Limits, ListSource, ListStore, Listing, UpdateError, is_pack,
    publish_packed, read_pack, write_pack,
};
use anyhow::{Context, bail};
use jiff::Timestamp;
use std::io::{Read, Write};
use std::path::Path;

/// Largest pack that is read: several times all lists known today, compressed.
const MAX_BYTES: u64 = 2 << 30;

/// Writes the editions in use of the lists named, or of all, and gives the lists' names.
///
/// # Errors
/// When a list has no edition, one is damaged, or the pack cannot be written.
pub fn export(
    settings: &Settings,
    store: &ListStore,
    only: &[String],
    out: &Path,
) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for source in settings.sources_in(store, only)? {
        if !only.is_empty() || store.current(&source.name)?.is_some() {
            names.push(source.name);
        }
    }
    let pack = write_pack(store, &names)?;
    let while_writing = || format!("while writing {}", out.display());
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(while_writing)?;
    file.write_all(&pack).with_context(while_writing)?;
    file.as_file().sync_all().with_context(while_writing)?;
    file.persist(out).with_context(while_writing)?;
    Ok(names)
}

/// Imports every edition of a pack, as of `now`; `by` is told in each list's history. A list without a declaration here is one that was
/// imported from a FollowTheMoney file.
///
/// # Errors
/// When the pack is none or cannot be believed; then nothing of it is published.
pub fn import(
    settings: &Settings,
    store: &ListStore,
    file: &Path,
    (now, by): (Timestamp, &str),
) -> anyhow::Result<Vec<ListUpdate>> {
    let shown = file.display().to_string();
    let while_reading = || format!("while reading {shown}");
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).with_context(while_reading)?;
    opened.take(MAX_BYTES + 1).read_to_end(&mut bytes).with_context(while_reading)?;
    if bytes.len() as u64 > MAX_BYTES {
        bail!("{shown}: expected a pack of at most {MAX_BYTES} bytes");
    }
    if !is_pack(&bytes) {
        bail!(
            "{shown}: expected a pack made by 'lists export'; for a file of a list give its name first: lists import NAME {shown}"
        );
    }
    let editions = read_pack(&bytes, &Limits::default())
        .with_context(|| format!("{shown}: nothing of it was imported"))?;
    drop(bytes);
    let mut sources = Vec::new();
    for edition in &editions {
        let name = &edition.manifest.list;
        sources.push(settings.source(name).cloned().or_else(|_| ListSource::ftm(name))?);
    }
    let ask = |folder: &Path, listings: &[Listing], canaries: &[Canary<'_>]| {
        ask(&settings.matching, folder, listings, canaries)
    };
    let options = ImportOptions {
        limits: Limits::default(),
        retrieved: now,
        published: None,
        progress: &|_, _| {},
        now,
        by: by.to_owned(),
        ask: Some(&ask),
    };
    let mut lines = Vec::new();
    for (source, edition) in sources.iter().zip(editions) {
        let published =
            publish_packed(store, source, edition, &shown, &options, &|folder, listings| {
                build_index(folder, listings, &settings.matching)?;
                Ok(())
            });
        let published = published.map_err(UpdateError::from);
        lines.push(line(store, &source.name, "already in use:", &published));
    }
    Ok(lines)
}
