//! FollowTheMoney entities as JSON Lines (`{"id", "schema", "caption", "datasets",
//! "properties": {…}}`); format <https://followthemoney.tech/>, used by OpenSanctions and by
//! anybody who exports their own list. Terms are those of the list, not of the format.
//!
//! Read: parties (`Person`, `Company`, `Organization`, `LegalEntity`, `PublicBody`, `Vessel`,
//! `Airplane`) and what hangs on them: Sanction, Occupancy and Position, Ownership, Directorship, Family,
//! Associate, other links, Passport, Identification, wallets. A party's property without a place of
//! its own is a particular. Any other schema is a reject, `unsupported-schema`. The
//! order of lines does not matter. Property values may be a list or a single text.

mod attach;
mod entity;
mod map;
mod query;

pub(super) use attach::{POSITION, Parties, attach};
pub(super) use entity::Entity;
pub(super) use map::{is_party, listing};
pub use query::{FtmQuery, QueryError, read_ftm_party};

use super::ceiling;
use super::fault::{Fault, reject_all};
use super::json::file_error;
use super::sniff::{self, Syntax};
use crate::party::Reject;
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use std::collections::BTreeMap;

const FORMAT: &str = "FollowTheMoney entities (JSON Lines)";

/// An entity with the line it stands on.
struct Line<'a> {
    row: u64,
    raw: &'a str,
    entity: Entity,
}

/// Reads one file of entities.
///
/// # Errors
/// [`ParseError`] when no line is an entity, the last line is cut, or a ceiling is met.
pub(super) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Json, bytes)?;
    let text = String::from_utf8_lossy(bytes);
    let mut parsed = Parsed::default();
    if matches!(text, std::borrow::Cow::Owned(_)) {
        parsed.warnings.push(format!("{file}: bytes that are not UTF-8 were replaced by U+FFFD"));
    }
    let lines = lines(file, &text, limits, &mut parsed)?;
    let mut by_id = BTreeMap::new();
    let mut hanging = Vec::new();
    for line in &lines {
        let mut faults = Vec::new();
        if is_party(&line.entity.schema) {
            match listing(source, &line.entity, &mut faults) {
                Some(listing) => {
                    by_id.entry(listing.id.clone()).or_insert(parsed.listings.len());
                    parsed.listings.push(listing);
                }
                None => parsed.lost_records += 1,
            }
        } else {
            hanging.push(line);
        }
        push(&mut parsed.rejects, faults, file, line);
    }
    let positions = hanging.iter().filter(|line| line.entity.schema == POSITION);
    let positions = positions.map(|line| (line.entity.id.as_str(), &line.entity)).collect();
    for line in hanging {
        let listings = &mut parsed.listings;
        let mut parties = Parties { listings, by_id: &by_id, captions: &BTreeMap::new() };
        let faults = attach(&line.entity, &positions, &mut parties);
        push(&mut parsed.rejects, faults, file, line);
    }
    Ok(parsed)
}

fn push(rejects: &mut Vec<Reject>, faults: Vec<Fault>, file: &str, line: &Line<'_>) {
    reject_all(rejects, faults, file, line.row, || line.raw.to_owned());
}

/// The entities of a file; a line that is none is a reject.
fn lines<'a>(
    file: &str,
    text: &'a str,
    limits: &Limits,
    parsed: &mut Parsed,
) -> Result<Vec<Line<'a>>, ParseError> {
    let mut lines = Vec::new();
    let mut last_error = None;
    let text = text.trim_start_matches('\u{feff}');
    for (row, raw) in (1..).zip(text.lines()).filter(|(_, raw)| !raw.trim().is_empty()) {
        parsed.rows_read += 1;
        if parsed.rows_read > limits.records {
            let limit = limits.records;
            return Err(ParseError::TooLarge { file: file.to_owned(), limit, what: "lines" });
        }
        if raw.len() > limits.text_bytes {
            let limit = limits.text_bytes as u64;
            return Err(ParseError::TooLarge {
                file: file.to_owned(),
                limit,
                what: "bytes of one line",
            });
        }
        match serde_json::from_str(raw) {
            Ok(entity) => {
                let entity: Entity = entity;
                if entity.most_values() > limits.values_per_record {
                    return Err(ceiling::too_many(file, limits, "values of one property"));
                }
                last_error = None;
                lines.push(Line { row, raw, entity });
            }
            Err(error) => {
                let message = format!("expected an entity with id and schema, found: {error}");
                parsed.rejects.push(Fault::record("bad-json", message).at(file, row, raw));
                // It may have been a party.
                parsed.lost_records += 1;
                last_error = Some(error);
            }
        }
    }
    match last_error {
        Some(error) if error.is_eof() && !text.ends_with('\n') => Err(ParseError::Truncated {
            file: file.to_owned(),
            records: lines.len() as u64,
            found: "the last line ends inside an entity".to_owned(),
        }),
        Some(error) if lines.is_empty() => Err(file_error(file, error)),
        _ => Ok(lines),
    }
}
