//! Decides what a query is: one FollowTheMoney party on a line, as the open matching services take
//! it. Unlike an entry of a list it is refused whole when anything in it does not read: an answer
//! to half a question would look like an answer.

use super::entity::Entity;
use super::map;
use crate::party::Party;
use crate::watchlist::ListSource;

/// A party somebody asks about.
#[derive(Debug, Clone, PartialEq)]
pub struct FtmQuery {
    /// The asker's id, when there is one.
    pub id: Option<String>,
    /// Who is asked about.
    pub party: Party,
}

/// Why a line is no query.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// Not a JSON object with schema and properties.
    #[error("expected a FollowTheMoney object with schema and properties, found: {0}")]
    Json(#[from] serde_json::Error),
    /// A schema that is not a party's.
    #[error(
        "expected the schema of a party (Person, Company, Organization, LegalEntity, PublicBody, Vessel, Airplane), found '{0}'"
    )]
    Schema(String),
    /// Properties that do not read.
    #[error("{0}")]
    Values(String),
}

/// Reads one line.
///
/// # Errors
/// [`QueryError`] saying what was expected and found.
pub fn read_ftm_party(line: &str) -> Result<FtmQuery, QueryError> {
    let mut value: serde_json::Value = serde_json::from_str(line)?;
    if let Some(object) = value.as_object_mut() {
        object.entry("id").or_insert_with(|| String::new().into());
    }
    let entity: Entity = serde_json::from_value(value)?;
    if !map::is_party(&entity.schema) {
        return Err(QueryError::Schema(entity.schema));
    }
    let mut faults = Vec::new();
    let source = ListSource::ftm("query").map_err(|error| QueryError::Values(error.to_string()))?;
    let listing = map::listing(&source, &entity, &mut faults);
    let told = faults.iter().map(|fault| {
        let field = if fault.field.is_empty() { "query" } else { &fault.field };
        format!("{field}: {}", fault.message)
    });
    match listing {
        Some(listing) if faults.is_empty() => {
            let id = Some(entity.id).filter(|id| !id.is_empty());
            Ok(FtmQuery { id, party: listing.party })
        }
        _ => Err(QueryError::Values(told.collect::<Vec<_>>().join("; "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_with_and_without_an_id() {
        let with = r#"{"id":"q1","schema":"Person","properties":{"name":["A B"],"birthDate":["1975-04-21"]}}"#;
        let query = read_ftm_party(with).unwrap();
        assert_eq!(query.id.as_deref(), Some("q1"));
        assert_eq!(query.party.birth_dates.len(), 1);
        let without = r#"{"schema":"Company","properties":{"name":"A B"}}"#;
        assert_eq!(read_ftm_party(without).unwrap().id, None);
    }

    #[test]
    fn half_a_question_is_refused_with_what_is_wrong() {
        for (line, word) in [
            ("[]", "schema"),
            (r#"{"schema":"Payment","properties":{}}"#, "Payment"),
            (r#"{"schema":"Person","properties":{}}"#, "name"),
            (
                r#"{"schema":"Person","properties":{"name":["A"],"birthDate":["31.12.1970"]}}"#,
                "birthDate",
            ),
        ] {
            let error = read_ftm_party(line).unwrap_err().to_string();
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
