//! Verifies a pack wholly before anything of it is used.

use super::{FORMAT, INDEX, LISTINGS, MANIFEST, PackError, PackIndex, PackedEdition, REJECTS};
use crate::watchlist::formats::{archive_member, archive_names, is_zip};
use crate::watchlist::source::is_list_name;
use crate::watchlist::{Limits, Manifest};
use base16ct::lower::encode_string;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

const FILE: &str = "the pack";

/// Whether these bytes are meant to be a pack: an archive with its table of contents, or one that
/// is too damaged to tell.
#[must_use]
pub fn is_pack(bytes: &[u8]) -> bool {
    let has_index = |names: Vec<String>| names.iter().any(|name| name == INDEX);
    is_zip(bytes) && archive_names(FILE, bytes).map_or(true, has_index)
}

/// The editions of a pack, by name of the list, all verified.
///
/// # Errors
/// [`PackError`] for the first thing that is not as it was packed.
pub fn read_pack(bytes: &[u8], limits: &Limits) -> Result<Vec<PackedEdition>, PackError> {
    let index = read_index(bytes, limits)?;
    check_names(bytes, &index)?;
    let mut editions = Vec::new();
    for (list, line) in &index.lists {
        let take = |name: &str| take(bytes, &index, &format!("{list}/{name}"), limits);
        let name = |name: &str| format!("{list}/{name}");
        let manifest: Manifest = json(&name(MANIFEST), "a manifest", &take(MANIFEST)?)?;
        let text = take(LISTINGS)?;
        let edition = PackedEdition {
            last_seen: line.last_seen,
            listings: lines(&name(LISTINGS), "listings", &text)?,
            rejects: lines(&name(REJECTS), "rejects", &take(REJECTS)?)?,
            manifest,
        };
        check_edition(list, &line.edition, &edition, &encode_string(&Sha256::digest(&text)))?;
        editions.push(edition);
    }
    Ok(editions)
}

/// The version is looked at before anything else is understood.
fn read_index(bytes: &[u8], limits: &Limits) -> Result<PackIndex, PackError> {
    #[derive(Deserialize)]
    struct Version {
        format: u32,
    }
    let text = member(bytes, INDEX, limits)?;
    let Version { format } = json(INDEX, "the contents of a pack", &text)?;
    if format != FORMAT {
        return Err(PackError::Version { found: format });
    }
    json(INDEX, "the contents of a pack", &text)
}

/// Exactly the files a pack of these lists has: none more, none less, none with another name.
fn check_names(bytes: &[u8], index: &PackIndex) -> Result<(), PackError> {
    let found = archive_names(FILE, bytes).map_err(PackError::Archive)?;
    let mut expected: BTreeSet<String> = BTreeSet::from([INDEX.to_owned()]);
    for list in index.lists.keys().filter(|list| is_list_name(list)) {
        expected.extend([MANIFEST, LISTINGS, REJECTS].map(|name| format!("{list}/{name}")));
    }
    let names: BTreeSet<String> = found.iter().cloned().collect();
    let mut announced: BTreeSet<String> = index.members.keys().cloned().collect();
    announced.insert(INDEX.to_owned());
    let lists_named = expected.len() == 1 + 3 * index.lists.len();
    if lists_named && names == expected && announced == expected && found.len() == names.len() {
        return Ok(());
    }
    let join = |names: &mut dyn Iterator<Item = String>| names.collect::<Vec<_>>().join(", ");
    Err(PackError::Members {
        expected: join(&mut expected.into_iter()),
        found: join(&mut found.into_iter().chain(announced.difference(&names).cloned())),
    })
}

fn member(bytes: &[u8], name: &str, limits: &Limits) -> Result<Vec<u8>, PackError> {
    archive_member(FILE, bytes, Some(&|found: &str| found == name), limits)
        .map_err(PackError::Archive)
}

/// A member that is the one that was packed.
fn take(
    bytes: &[u8],
    index: &PackIndex,
    name: &str,
    limits: &Limits,
) -> Result<Vec<u8>, PackError> {
    let content = member(bytes, name, limits)?;
    let announced = index.members.get(name).cloned().unwrap_or_default();
    let found = encode_string(&Sha256::digest(&content));
    if found == announced.sha256 && content.len() as u64 == announced.bytes {
        return Ok(content);
    }
    Err(PackError::Integrity { member: name.to_owned(), expected: announced.sha256, found })
}

/// Whether an edition is what it and the pack say it is.
fn check_edition(
    list: &str,
    edition: &str,
    packed: &PackedEdition,
    sha256: &str,
) -> Result<(), PackError> {
    let manifest = &packed.manifest;
    let mut counted = Manifest::default();
    counted.count(&packed.listings, &packed.rejects);
    let counts = |manifest: &Manifest| {
        let Manifest { records, names, weak_names, by_kind, by_topic, rejects, .. } = manifest;
        format!("{records} {names} {weak_names} {by_kind:?} {by_topic:?} {rejects:?}")
    };
    let other_list = packed.listings.iter().find(|listing| listing.list != list);
    let found_list = other_list.map_or(manifest.list.as_str(), |listing| listing.list.as_str());
    for (what, expected, found) in [
        ("list", list, found_list),
        ("edition", edition, manifest.edition.as_str()),
        ("fingerprint of the listings", manifest.listings_sha256.as_str(), sha256),
        ("counts", counts(manifest).as_str(), counts(&counted).as_str()),
    ] {
        if expected != found {
            return Err(PackError::Contradiction {
                list: list.to_owned(),
                what,
                expected: expected.to_owned(),
                found: found.to_owned(),
            });
        }
    }
    if packed.last_seen < manifest.retrieved {
        return Err(PackError::Contradiction {
            list: list.to_owned(),
            what: "last seen",
            expected: format!("{} or later", manifest.retrieved),
            found: packed.last_seen.to_string(),
        });
    }
    Ok(())
}

fn json<T: DeserializeOwned>(
    member: &str,
    expected: &'static str,
    text: &[u8],
) -> Result<T, PackError> {
    serde_json::from_slice(text).map_err(|source| PackError::Unreadable {
        member: member.to_owned(),
        expected,
        source,
    })
}

fn lines<T: DeserializeOwned>(
    member: &str,
    expected: &'static str,
    text: &[u8],
) -> Result<Vec<T>, PackError> {
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| json(member, expected, line)).collect()
}
