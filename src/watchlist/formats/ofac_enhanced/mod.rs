//! OFAC sanctions lists, ENHANCED XML (`SDN_ENHANCED.ZIP`, `CONS_ENHANCED.ZIP`, and extracts by
//! programme), U.S. Department of the Treasury, Sanctions List Service;
//! <https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML.xsd>.
//! Public domain.
//!
//! Read: names in every script, aliases with type and quality, lists with their dates,
//! programmes, types of sanction, legal authorities, addresses, features, identity documents,
//! relationships, remarks, title, living status. Ignored on purpose: the parts of a name (the full
//! name has them), the publisher's own keys and versions, which of several features comes first,
//! the reliability "Confirmed", the feature types and the filters the extract was made with. An
//! element the schema does not have is reported, once a path. The file carries no count.

mod map;
mod parts;

use super::fault::{Fault, reject_all};
use super::ofac_terms::{Known, check_namespace, unknown_elements};
use super::sniff::{self, Syntax};
use super::xml::{Node, Place, Shape, read_records};
use crate::watchlist::{Limits, ListSource, ParseError, Parsed};
use std::collections::{BTreeMap, BTreeSet};

const FORMAT: &str = "an OFAC list (ENHANCED XML, sanctionsData)";
const NAMESPACES: [&str; 1] =
    ["https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML"];
const ROOT: &str = "sanctionsData";
const SECTIONS: [&str; 4] = ["publicationInfo", "referenceValues", "featureTypes", "entities"];
const DATA_AS_OF: &str = "dataAsOf";
const REFERENCE_VALUE: &str = "referenceValue";
const ENTITY: &str = "entity";

const PERIOD: &[&str] =
    &["fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd", "isApproximate", "isDateRange"];
const KNOWN: &Known = &[
    (
        ENTITY,
        &[
            "generalInfo",
            "sanctionsLists",
            "sanctionsPrograms",
            "sanctionsTypes",
            "legalAuthorities",
            "names",
            "addresses",
            "features",
            "identityDocuments",
            "relationships",
        ],
    ),
    (
        "generalInfo",
        &[
            "identityId",
            "entityType",
            "livingStatus",
            "remarks",
            "title",
            "isUsCitizen",
            "isUsPerson",
        ],
    ),
    ("sanctionsLists", &["sanctionsList"]),
    ("sanctionsPrograms", &["sanctionsProgram"]),
    ("sanctionsTypes", &["sanctionsType"]),
    ("legalAuthorities", &["legalAuthority"]),
    ("names", &["name"]),
    ("name", &["isPrimary", "aliasType", "isLowQuality", "translations"]),
    ("translations", &["country", "translation"]),
    (
        "translation",
        &[
            "isPrimary",
            "script",
            "formattedFirstName",
            "formattedLastName",
            "formattedFullName",
            "nameParts",
            "addressParts",
        ],
    ),
    ("nameParts", &["namePart"]),
    ("namePart", &["type", "value"]),
    ("addresses", &["address"]),
    ("address", &["country", "translations"]),
    ("addressParts", &["addressPart"]),
    ("addressPart", &["type", "value"]),
    ("features", &["feature"]),
    (
        "feature",
        &[
            "type",
            "versionId",
            "value",
            "valueRefId",
            "valueDate",
            "isPrimary",
            "reliability",
            "comments",
        ],
    ),
    ("valueDate", PERIOD),
    ("identityDocuments", &["identityDocument"]),
    (
        "identityDocument",
        &[
            "type",
            "name",
            "documentNumber",
            "isValid",
            "issuingAuthority",
            "issuingLocation",
            "issuingCountry",
            "issueDate",
            "expirationDate",
            "comments",
            "idFeatures",
        ],
    ),
    ("issueDate", PERIOD),
    ("expirationDate", PERIOD),
    ("idFeatures", &["idFeature"]),
    ("relationships", &["relationship"]),
    ("relationship", &["type", "relatedEntity", "quality", "dateRange", "comments"]),
    ("dateRange", PERIOD),
];

/// A reference value: its words and its code (ISO 3166 of a country, ISO 15924 of a script).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Reference {
    value: String,
    code: Option<String>,
}

/// Reference values by `refId`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct References(BTreeMap<String, Reference>);

impl References {
    fn add(&mut self, node: &Node) {
        if let (Some(id), Some(value)) = (node.attribute("refId"), node.value("value")) {
            let code = node.value("code").or_else(|| node.value("isoCode"));
            self.0.insert(id, Reference { value, code });
        }
    }

    fn of(&self, node: &Node) -> Option<&Reference> {
        self.0.get(&node.attribute("refId")?)
    }

    /// The words of a referring element: its own, or those of what it refers to.
    fn words(&self, node: &Node) -> Option<String> {
        let own = Some(node.line()).filter(|text| !text.is_empty());
        own.or_else(|| self.of(node).map(|reference| reference.value.clone()))
    }
}

/// Reads one list.
///
/// # Errors
/// [`ParseError`] when the file as a whole cannot be trusted to be the complete list.
pub(super) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Xml, bytes)?;
    let shape = Shape { format: FORMAT, root: ROOT, sections: &SECTIONS, record_depth: 3 };
    let mut parsed = Parsed::default();
    let mut references = References::default();
    let mut unknown = BTreeSet::new();
    let outline = read_records(file, bytes, &shape, limits, |Place { section, row }, record| {
        match record.name.as_str() {
            DATA_AS_OF => parsed.header.published = Some(record.line()),
            REFERENCE_VALUE => references.add(&record),
            ENTITY => {
                parsed.rows_read += 1;
                let mut faults = Vec::new();
                match map::listing(source, &references, &record, &mut faults) {
                    Some(listing) => parsed.listings.push(listing),
                    None => parsed.lost_records += 1,
                }
                unknown_elements(&record, KNOWN, &mut unknown, &mut faults);
                reject_all(&mut parsed.rejects, faults, file, parsed.rows_read, || {
                    record.to_text()
                });
            }
            "filters" | "featureType" => {}
            other => {
                if unknown.insert(format!("{section}/{other}")) {
                    let message = format!("expected an element of the schema, found <{other}>");
                    let fault = Fault::field(other, "unknown-element", message);
                    parsed.rejects.push(fault.at(file, row, &record.to_text()));
                }
            }
        }
    })?;
    check_namespace(file, FORMAT, &outline, &NAMESPACES)?;
    Ok(parsed)
}
