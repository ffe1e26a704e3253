//! Decides which parser reads a list and hands it the files, one at a time.
//!
//! One module a format: it turns files into [`Parsed`] (listings, rejects, header) and nothing
//! else; files, hashes and clocks belong to the importer, which passes the bytes in through a
//! closure so that only one file need be in memory. After any format the same rules hold: an
//! identifier is used once, no listed party is lost to a repeated one, and no entry has more
//! values than [`Limits`] allow.

mod archive;
mod au_dfat;
mod bis_dpl;
mod bounded;
mod ca_sema_xml;
mod ceiling;
mod ch_seco_xml;
mod cia_leaders;
mod dates;
mod day_first;
mod delimited;
mod enumerated;
mod eu_fsf_xml;
mod fault;
mod ftm;
mod html_pages;
mod jp_mof;
mod json;
mod known;
mod languages;
mod name_notes;
mod names_text;
mod nationality;
mod numbers;
mod ofac_advanced;
mod ofac_csv;
mod ofac_enhanced;
mod ofac_terms;
mod ofac_xml;
mod opensanctions;
mod parlparse;
mod plain_csv;
mod popolo;
mod sheet;
mod sniff;
mod sparql;
mod text;
mod uk_ofsi;
mod uk_sl_xml;
mod un_xml;
mod unique;
mod us_congress;
mod us_csl;
mod worldbank;
mod xml;
mod yaml;

pub(super) use archive::{is_zip, member as archive_member, names as archive_names};
pub use bounded::plain_bytes;
pub(super) use bounded::unpacked;
pub use ftm::{FtmQuery, QueryError, read_ftm_party};
pub(super) use html_pages::check_selector;
pub use html_pages::{first_link, page_links};

use super::{Limits, ListSource, Listing, ParseError, Parsed, Topic};
use crate::party::Reject;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A format of list files we can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// OFAC SDN delimited files.
    OfacSdnCsv,
    /// OFAC classic XML (`sdnList`).
    OfacXml,
    /// OFAC ENHANCED XML (`sanctionsData`).
    OfacEnhancedXml,
    /// OFAC ADVANCED XML (`Sanctions`).
    OfacAdvancedXml,
    /// UN Security Council consolidated XML.
    UnScXml,
    /// EveryPolitician Popolo JSON.
    PopoloJson,
    /// FollowTheMoney entities, one JSON object a line.
    FtmJson,
    /// BIS Denied Persons List, tab-separated.
    BisDplTsv,
    /// OpenSanctions targets, nested entities, one JSON object a line.
    OpensanctionsNestedJson,
    /// OpenSanctions targets, simplified CSV.
    OpensanctionsSimpleCsv,
    /// A table of the user's own, read by the declaration's `[columns]`.
    PlainCsv,
    /// US Consolidated Screening List, CSV.
    UsCslCsv,
    /// World Bank ineligible firms and individuals, JSON.
    WorldbankJson,
    /// EU financial sanctions full list, XML 1.1.
    EuFsfXml,
    /// UK Sanctions List, XML.
    UkSlXml,
    /// OFSI consolidated list of 2022, CSV or XLSX.
    UkOfsi,
    /// congress-legislators YAML.
    UsCongressYaml,
    /// Web pages, read by the declaration's own selectors.
    HtmlPages,
    /// Canadian autonomous sanctions list, XML.
    CaSemaXml,
    /// DFAT consolidated list, XLSX.
    AuDfat,
    /// Swiss sanctions list of SECO, XML.
    ChSecoXml,
    /// Asset freezes of the Japanese Ministry of Finance, XLSX.
    JpMof,
    /// CIA world leaders, JSON-LD archive.
    CiaLeadersJson,
    /// Ministers of the United Kingdom, parlparse JSON.
    ParlparseJson,
    /// Office holders of Wikidata, SPARQL results as JSON.
    WikidataSparqlJson,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OfacSdnCsv => "ofac_sdn_csv",
            Self::OfacXml => "ofac_xml",
            Self::OfacEnhancedXml => "ofac_enhanced_xml",
            Self::OfacAdvancedXml => "ofac_advanced_xml",
            Self::UnScXml => "un_sc_xml",
            Self::PopoloJson => "popolo_json",
            Self::FtmJson => "ftm_json",
            Self::BisDplTsv => "bis_dpl_tsv",
            Self::OpensanctionsNestedJson => "opensanctions_nested_json",
            Self::OpensanctionsSimpleCsv => "opensanctions_simple_csv",
            Self::PlainCsv => "plain_csv",
            Self::UsCslCsv => "us_csl_csv",
            Self::WorldbankJson => "worldbank_json",
            Self::EuFsfXml => "eu_fsf_xml",
            Self::UkSlXml => "uk_sl_xml",
            Self::UkOfsi => "uk_ofsi",
            Self::UsCongressYaml => "us_congress_yaml",
            Self::HtmlPages => "html_pages",
            Self::CaSemaXml => "ca_sema_xml",
            Self::AuDfat => "au_dfat",
            Self::ChSecoXml => "ch_seco_xml",
            Self::JpMof => "jp_mof",
            Self::CiaLeadersJson => "cia_leaders_json",
            Self::ParlparseJson => "parlparse_json",
            Self::WikidataSparqlJson => "wikidata_sparql_json",
        })
    }
}

impl Format {
    /// Roles of files this format knows, and whether a list cannot be read without one.
    pub(super) fn roles(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::OfacSdnCsv => {
                &[("main", true), ("aliases", false), ("addresses", false), ("comments", false)]
            }
            Self::PopoloJson => &[("main", true), ("index", false)],
            Self::HtmlPages => &[("list", false), ("page", false)],
            Self::CiaLeadersJson => &[("main", true), ("offices", false), ("countries", false)],
            Self::ParlparseJson => &[("main", true), ("current", false), ("people", true)],
            _ => &[("main", true)],
        }
    }

    /// Lists inside a file of this format that a declaration may leave out; most have none.
    pub(super) fn sublists(self) -> Vec<&'static str> {
        match self {
            Self::UsCslCsv => us_csl::codes(),
            _ => Vec::new(),
        }
    }
}

/// One file of a list, found for a role of its declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Role in the declaration.
    pub role: String,
    /// Name with the folders below the one that was searched, `/` between them.
    pub name: String,
}

/// Gives the plain bytes of the file at an index of the list of files.
pub type LoadBytes<'a> = &'a mut dyn FnMut(usize) -> Result<Vec<u8>, ParseError>;

/// Reads the files of one edition of a list.
///
/// # Errors
/// [`ParseError`] when any file cannot be trusted to be whole and of this format.
pub fn parse(
    source: &ListSource,
    files: &[InputFile],
    load: LoadBytes<'_>,
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    let limits = &source.limits.over(limits);
    let mut each = |read: ReadFile| one_by_one(source, files, &mut *load, limits, read);
    let mut parsed = match source.format {
        Format::OfacSdnCsv => ofac_csv::parse(source, files, load, limits)?,
        Format::PopoloJson => popolo::parse(source, files, load, limits)?,
        Format::HtmlPages => html_pages::parse(source, files, load, limits)?,
        Format::CiaLeadersJson => cia_leaders::parse(source, files, load, limits)?,
        Format::ParlparseJson => parlparse::parse(source, files, load, limits)?,
        Format::WikidataSparqlJson => sparql::parse(source, files, load, limits)?,
        Format::UnScXml => each(un_xml::parse)?,
        Format::FtmJson => each(ftm::parse)?,
        Format::BisDplTsv => each(bis_dpl::parse)?,
        Format::PlainCsv => each(plain_csv::parse)?,
        Format::WorldbankJson => each(worldbank::parse)?,
        Format::EuFsfXml => each(eu_fsf_xml::parse)?,
        Format::UkSlXml => each(uk_sl_xml::parse)?,
        Format::UkOfsi => each(uk_ofsi::parse)?,
        Format::UsCongressYaml => each(us_congress::parse)?,
        Format::OfacEnhancedXml => each(ofac_enhanced::parse)?,
        Format::OfacXml => each(ofac_xml::parse)?,
        Format::CaSemaXml => each(ca_sema_xml::parse)?,
        Format::AuDfat => each(au_dfat::parse)?,
        Format::UsCslCsv => each(us_csl::parse)?,
        Format::OfacAdvancedXml => each(ofac_advanced::parse)?,
        Format::ChSecoXml => each(ch_seco_xml::parse)?,
        Format::OpensanctionsNestedJson => each(opensanctions::parse_nested)?,
        Format::OpensanctionsSimpleCsv => each(opensanctions::parse_simple)?,
        Format::JpMof => each(jp_mof::parse)?,
    };
    for listing in &parsed.listings {
        ceiling::check_listing(listing, limits)?;
    }
    refuse_repeated_ids(&mut parsed);
    mark_corruption(source, &mut parsed.listings);
    Ok(parsed)
}

/// Entries under a programme that the declaration names carry its topic too.
fn mark_corruption(source: &ListSource, listings: &mut [Listing]) {
    for listing in listings {
        if listing.programmes.iter().any(|programme| source.is_about_corruption(programme)) {
            listing.topics.insert(Topic::Corruption);
        }
    }
}

/// Reads one file of a list: the declaration, the file's name for messages, its bytes.
type ReadFile = fn(&ListSource, &str, &[u8], &Limits) -> Result<Parsed, ParseError>;

/// Reads each file on its own and puts the results together.
fn one_by_one(
    source: &ListSource,
    files: &[InputFile],
    load: LoadBytes<'_>,
    limits: &Limits,
    read: ReadFile,
) -> Result<Parsed, ParseError> {
    let mut whole = Parsed::default();
    for (index, file) in files.iter().enumerate() {
        let bytes = load(index)?;
        whole.absorb(read(source, &file.name, &bytes, limits)?);
    }
    Ok(whole)
}

/// An identifier means one listing. A second record that says the same is dropped, one that says
/// something else is another listed party and stays under an identifier of its own; both are
/// reported.
fn refuse_repeated_ids(parsed: &mut Parsed) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    // The number a repeated identifier is tried with next: a file may repeat one in every record.
    let mut next: BTreeMap<String, u64> = BTreeMap::new();
    let mut kept: Vec<Listing> = Vec::with_capacity(parsed.listings.len());
    for (row, mut listing) in (1..).zip(std::mem::take(&mut parsed.listings)) {
        let Some(first) = seen.get(&listing.id).and_then(|at| kept.get(*at)) else {
            seen.insert(listing.id.clone(), kept.len());
            kept.push(listing);
            continue;
        };
        let raw = serde_json::to_string(&listing).unwrap_or_default();
        let is_copy = *first == listing;
        let repeated = listing.id.clone();
        let number = next.entry(repeated.clone()).or_insert(2_u64);
        while !is_copy && seen.contains_key(&listing.id) {
            listing.id = format!("{repeated}-{number}");
            *number += 1;
        }
        let fate = if is_copy { "dropped".to_owned() } else { format!("kept as {}", listing.id) };
        parsed.rejects.push(Reject {
            file: listing.list.clone(),
            row,
            field: "id".to_owned(),
            code: "duplicate-id".to_owned(),
            message: format!(
                "'{repeated}' was already used by an earlier record; this one is {fate}"
            ),
            raw,
        });
        if !is_copy {
            seen.insert(listing.id.clone(), kept.len());
            kept.push(listing);
        }
    }
    parsed.listings = kept;
}
