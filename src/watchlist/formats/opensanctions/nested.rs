//! `targets.nested.json`: one target a line, with the entities around it inside its properties:
//! sanctions, addresses, papers, offices, ownership, family, links.
//!
//! The nested entities are taken out and read as those of a flat file are. Only the target itself
//! is an entry: a party that is nested in it is the other end of a link, shown by its name, and
//! what hangs on that party is not read.

use super::super::ceiling;
use super::super::fault::{self, Fault, reject_all};
use super::super::ftm::{Entity, POSITION, Parties, attach, is_party, listing as entity_listing};
use super::super::sniff::{self, Syntax};
use super::super::{json, text};
use super::{is_lost, no_party};
use crate::party::{Address, Tie};
use crate::watchlist::{Detail, Limits, ListSource, Listing, ParseError, Parsed};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const FORMAT: &str = "OpenSanctions targets.nested.json";
const ADDRESS: &str = "Address";
/// Ends of the entities between two parties or on one, for one that does not say whose it is.
const ENDS: [(&str, &[&str]); 14] = [
    ("Sanction", &["entity"]),
    ("Occupancy", &["holder"]),
    ("Passport", &["holder"]),
    ("Identification", &["holder"]),
    ("CryptoWallet", &["holder"]),
    ("Ownership", &["owner", "asset"]),
    ("Directorship", &["director", "organization"]),
    ("Family", &["person", "relative"]),
    ("Associate", &["person", "associate"]),
    ("UnknownLink", &["subject", "object"]),
    ("Employment", &["employer", "employee"]),
    ("Membership", &["organization", "member"]),
    ("Representation", &["agent", "client"]),
    ("Succession", &["predecessor", "successor"]),
];

/// What a line holds, taken apart.
#[derive(Default)]
struct Unfolded {
    /// Entities that are properties of the target.
    around: Vec<Entity>,
    /// Posts that offices refer to.
    posts: Vec<Entity>,
    /// Names of the parties inside, by identifier.
    captions: BTreeMap<String, String>,
}

/// Reads one export.
///
/// # Errors
/// [`ParseError`] when no line is a target, the last line is cut, or a ceiling is met.
pub(in crate::watchlist::formats) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Json, bytes)?;
    let text = text::utf8(file, bytes)?;
    let too_large = |limit, what| ParseError::TooLarge { file: file.to_owned(), limit, what };
    let mut parsed = Parsed::default();
    let mut last_error = None;
    for (row, raw) in (1..).zip(text.lines()).filter(|(_, raw)| !raw.trim().is_empty()) {
        parsed.rows_read += 1;
        if parsed.rows_read > limits.records {
            return Err(too_large(limits.records, "lines"));
        }
        if raw.len() > limits.text_bytes {
            return Err(too_large(limits.text_bytes as u64, "bytes of one line"));
        }
        let mut faults = Vec::new();
        last_error = None;
        match serde_json::from_str::<Value>(raw) {
            Ok(value) => {
                ceiling::check_json(file, &value, limits)?;
                match target(source, value, &mut faults) {
                    Some(listing) => parsed.listings.push(listing),
                    None => parsed.lost_records += u64::from(is_lost(&faults)),
                }
            }
            Err(error) => {
                let message = format!("expected an entity with id and schema, found: {error}");
                faults.push(Fault::record("bad-json", message));
                parsed.lost_records += 1;
                last_error = Some(error);
            }
        }
        reject_all(&mut parsed.rejects, faults, file, row, || raw.to_owned());
    }
    match last_error {
        Some(error) if error.is_eof() && !text.ends_with('\n') => Err(ParseError::Truncated {
            file: file.to_owned(),
            records: parsed.listings.len() as u64,
            found: "the last line ends inside an entity".to_owned(),
        }),
        Some(error) if parsed.listings.is_empty() => Err(json::file_error(file, error)),
        _ => Ok(parsed),
    }
}

/// The listing of a line; `None` when it is no party with a name, which is then a fault.
fn target(source: &ListSource, value: Value, faults: &mut Vec<Fault>) -> Option<Listing> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let (changed, seen) = (text("last_change"), text("first_seen"));
    let datasets = value.get("datasets").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut unfolded = Unfolded::default();
    let entity = match unfold(value, None, &mut unfolded) {
        Ok(entity) => entity,
        Err(error) => {
            let message = format!("expected an entity with id and schema, found: {error}");
            faults.push(Fault::record("bad-json", message));
            return None;
        }
    };
    if !is_party(&entity.schema) {
        faults.push(no_party(&entity.schema));
        return None;
    }
    let mut listing = entity_listing(source, &entity, faults)?;
    let datasets = datasets.iter().filter_map(Value::as_str);
    listing.details.extend(datasets.map(|name| Detail::new("dataset", name)));
    listing.details.extend(seen.map(|day| Detail::new("first seen", day)));
    listing.amended_on = changed.and_then(|day| fault::date(&day, "last_change", faults));
    Some(surround(listing, &unfolded, faults))
}

/// Adds what the entities around a target say.
fn surround(listing: Listing, unfolded: &Unfolded, faults: &mut Vec<Fault>) -> Listing {
    let by_id = BTreeMap::from([(listing.id.clone(), 0)]);
    let mut listings = vec![listing.clone()];
    let posts = unfolded.posts.iter().map(|post| (post.id.as_str(), post)).collect();
    for entity in &unfolded.around {
        if entity.schema == ADDRESS {
            if let Some(listing) = listings.first_mut() {
                add_address(entity, listing, faults);
            }
        } else if !is_party(&entity.schema) {
            let captions = &unfolded.captions;
            let mut parties = Parties { listings: &mut listings, by_id: &by_id, captions };
            faults.extend(attach(entity, &posts, &mut parties));
        }
    }
    listings.pop().unwrap_or(listing)
}

/// Takes the entities out of an entity's properties, leaving their identifiers.
fn unfold(
    mut value: Value,
    target: Option<&str>,
    unfolded: &mut Unfolded,
) -> Result<Entity, serde_json::Error> {
    let id = value.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_target = target.is_none();
    let mut inside = Vec::new();
    if let Some(properties) = value.get_mut("properties").and_then(Value::as_object_mut) {
        inside = take_entities(properties, is_target);
    }
    let entity: Entity = serde_json::from_value(value)?;
    // The target's own entities say something of it; below them only names and posts do.
    let whose = target.unwrap_or(&id);
    for nested in inside {
        let mut nested = unfold(nested, Some(whose), unfolded)?;
        if is_party(&nested.schema) {
            let caption = nested.shown().to_owned();
            unfolded.captions.insert(nested.id.clone(), caption);
        } else if nested.schema == POSITION {
            unfolded.posts.push(nested);
        } else if is_target {
            complete(&mut nested, whose);
            unfolded.around.push(nested);
        }
    }
    Ok(entity)
}

/// The nested entities of some properties. Those of a target lead back to it, so nothing of them
/// stays there; elsewhere their identifiers do.
fn take_entities(properties: &mut Map<String, Value>, is_target: bool) -> Vec<Value> {
    let mut taken = Vec::new();
    for values in properties.values_mut().filter_map(Value::as_array_mut) {
        let (nested, mut plain): (Vec<Value>, Vec<Value>) =
            std::mem::take(values).into_iter().partition(Value::is_object);
        if !is_target {
            plain.extend(nested.iter().filter_map(|entity| entity.get("id").cloned()));
        }
        taken.extend(nested);
        *values = plain;
    }
    taken
}

/// Names the target as the end of an entity that leaves one open.
fn complete(entity: &mut Entity, target: &str) {
    let ends = ENDS.iter().find(|(schema, _)| *schema == entity.schema);
    let ends = ends.map(|(_, ends)| *ends).unwrap_or_default();
    if !ends.iter().any(|end| entity.all(end).any(|id| id == target))
        && let Some(open) = ends.iter().find(|end| entity.first(end).is_none())
    {
        entity.set(open, vec![target.to_owned()]);
    }
}

/// An address with its parts, in place of the same one in words.
fn add_address(entity: &Entity, listing: &mut Listing, faults: &mut Vec<Fault>) {
    let parts = ["street", "city", "postalCode", "state", "region"];
    let joined: Vec<&str> = parts.iter().filter_map(|part| entity.first(part)).collect();
    let text = entity.first("full").map_or_else(|| joined.join(", "), str::to_owned);
    let country = entity.first("country").and_then(|t| fault::country(t, "country", faults));
    if let Some(country) = country {
        listing.party.tie(country, Tie::Address);
    }
    let own = |property: &str| entity.first(property).map(str::to_owned);
    let address = Address { text, city: own("city"), postal_code: own("postalCode"), country };
    listing.party.addresses.retain(|known| known.text != address.text);
    if !address.text.is_empty() || address.country.is_some() {
        listing.party.addresses.push(address);
    }
}
