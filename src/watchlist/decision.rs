//! What a person decides about the editions of a list, against what the guards or the publisher
//! say: to publish a held edition in spite of its trips, or to go back to a kept one.
//!
//! Both need a reason and a name, and both are told wherever the list is relied on. An edition is
//! looked at before it comes into use: its listings must be the ones its manifest describes, and
//! its index must open and be asked for its own names. Files that could not be read as the list,
//! and an edition that lists nobody, cannot be approved: there is nothing to put in use. Whether
//! that person may decide is not asked here: roles come with the cases.

use super::canary::{self, AskCanaries, CanaryError};
use super::manifest::{Approved, CanaryCount, RolledBack};
use super::store::{HistoryAction, HistoryEntry, Snapshot};
use super::{ListStore, Manifest, StoreError};
use jiff::Timestamp;

/// A decision: who, why, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decides.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub when: Timestamp,
}

/// Why a decision could not be carried out. What is in use stays.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// No reason was given.
    #[error("{list}: expected a reason, found none")]
    NoReason {
        /// Name of the list.
        list: String,
    },
    /// It is not said who decides.
    #[error("{list}: expected the name of who decides, found none")]
    NoName {
        /// Name of the list.
        list: String,
    },
    /// The last import was not held.
    #[error("{list}: expected a held edition, found none: the last import was not held")]
    NothingHeld {
        /// Name of the list.
        list: String,
    },
    /// The last import gave no edition that could be put in use.
    #[error(
        "{list}: cannot be approved: its files gave no edition that can be put in use ({because}); import files that do"
    )]
    NotApprovable {
        /// Name of the list.
        list: String,
        /// Why the import was held.
        because: String,
    },
    /// There is no edition to go back to.
    #[error("{list}: expected an older kept edition to go back to, found none")]
    NothingOlder {
        /// Name of the list.
        list: String,
    },
    /// The edition is the one in use.
    #[error("{list}: expected another edition than the one in use, found {edition}")]
    InUse {
        /// Name of the list.
        list: String,
        /// The edition.
        edition: String,
    },
    /// The index of the edition could not be asked.
    #[error("{list}: the index of {edition} cannot be asked for its own names")]
    Index {
        /// Name of the list.
        list: String,
        /// The edition.
        edition: String,
        /// The index's own words.
        #[source]
        source: CanaryError,
    },
    /// The index does not find what is on the list.
    #[error("{list}: the index of {edition} is not sound: {found}")]
    CanariesMissed {
        /// Name of the list.
        list: String,
        /// The edition.
        edition: String,
        /// The names it should have found.
        found: String,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Publishes the held edition of a list in spite of its trips. What the canaries had missed when
/// it was held is among these; what they miss now besides is damage.
///
/// # Errors
/// [`DecisionError`]; nothing has changed then.
pub fn approve(
    store: &ListStore,
    list: &str,
    decision: &Decision,
    ask: AskCanaries<'_>,
) -> Result<Manifest, DecisionError> {
    check(list, decision)?;
    // Before the lock, which makes the list's folder: a slip of the hand leaves no trace.
    if !store.is_known(list) {
        return Err(DecisionError::NothingHeld { list: list.to_owned() });
    }
    let lock = store.lock(list)?;
    let Some(mark) = store.held(list)? else {
        return Err(DecisionError::NothingHeld { list: list.to_owned() });
    };
    let Some(held) = store.held_edition(list)? else {
        let because = mark.reasons.join("; ");
        return Err(DecisionError::NotApprovable { list: list.to_owned(), because });
    };
    let count = sound(list, &held, ask)?;
    let Decision { by, reason, when } = decision.clone();
    let mut manifest = held.manifest.clone();
    // From the mark: an approval that was killed half way has already rewritten the manifest.
    let trips = mark.reasons.clone();
    manifest.held_for.clear();
    manifest.canaries = count;
    manifest.approved =
        Some(Approved { by: by.clone(), reason: reason.clone(), when, trips: trips.clone() });
    lock.publish_held(
        &manifest,
        &HistoryEntry {
            time: when,
            action: HistoryAction::Approved,
            edition: manifest.edition.clone(),
            sha256: manifest.sha256.clone(),
            reasons: [reason].into_iter().chain(trips).collect(),
            by,
            before: None,
        },
    )?;
    Ok(manifest)
}

/// Goes back to a kept edition: the one named, or the one before the edition in use. The list is
/// as old as that edition from then on, and the next import publishes as always.
///
/// # Errors
/// [`DecisionError`]; nothing has changed then.
pub fn roll_back(
    store: &ListStore,
    list: &str,
    edition: Option<&str>,
    decision: &Decision,
    ask: AskCanaries<'_>,
) -> Result<(RolledBack, Manifest), DecisionError> {
    check(list, decision)?;
    if !store.is_known(list) {
        return Err(DecisionError::NothingOlder { list: list.to_owned() });
    }
    let lock = store.lock(list)?;
    // A damaged edition in use is a good reason to go back.
    let from = lock.in_use()?;
    let to = match edition {
        Some(wanted) => store.edition(list, wanted)?,
        None => before(store, list, from.as_deref())?,
    };
    let edition = to.manifest.edition.clone();
    if from.as_deref() == Some(edition.as_str()) {
        return Err(DecisionError::InUse { list: list.to_owned(), edition });
    }
    sound(list, &to, ask)?;
    let Decision { by, reason, when } = decision.clone();
    let from = from.unwrap_or_else(|| "no edition".to_owned());
    let mark = RolledBack { from, to: edition, by, reason, when };
    lock.roll_back(&mark, &to.manifest.sha256)?;
    Ok((mark, to.manifest.clone()))
}

fn check(list: &str, decision: &Decision) -> Result<(), DecisionError> {
    let list = list.to_owned();
    match decision {
        Decision { reason, .. } if reason.trim().is_empty() => {
            Err(DecisionError::NoReason { list })
        }
        Decision { by, .. } if by.trim().is_empty() => Err(DecisionError::NoName { list }),
        _ => Ok(()),
    }
}

/// The newest kept edition that is older than the one in use.
fn before(store: &ListStore, list: &str, from: Option<&str>) -> Result<Snapshot, DecisionError> {
    let kept = store.editions(list)?;
    let in_use = kept.iter().position(|snapshot| Some(snapshot.manifest.edition.as_str()) == from);
    let older = kept.into_iter().take(in_use.unwrap_or(usize::MAX));
    older.last().ok_or_else(|| DecisionError::NothingOlder { list: list.to_owned() })
}

/// Looks at an edition before it comes into use.
fn sound(
    list: &str,
    snapshot: &Snapshot,
    ask: AskCanaries<'_>,
) -> Result<CanaryCount, DecisionError> {
    let listings = snapshot.listings()?;
    let canaries = canary::draw(&listings);
    let edition = || snapshot.manifest.edition.clone();
    let answers = ask(&snapshot.index_dir(), &listings, &canaries).map_err(|source| {
        DecisionError::Index { list: list.to_owned(), edition: edition(), source }
    })?;
    let (count, trip) = canary::counted(&canaries, &answers);
    let found = trip.map(|trip| trip.to_string()).unwrap_or_default();
    // What a person was told and decided on is not damage.
    if found.is_empty() || snapshot.manifest.was_told(&found) {
        return Ok(count);
    }
    Err(DecisionError::CanariesMissed { list: list.to_owned(), edition: edition(), found })
}
