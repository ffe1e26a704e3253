//! Decides which listings are worth comparing with a name. The only file that knows tantivy.
//!
//! One document a listed name, one segment a list. Names that agree on an exact key, on a rare
//! word or on an identifier are candidates without a limit; beside them a broad query over padded
//! trigrams and consonant skeletons (BM25) proposes the best few. Retrieval never decides: it may
//! propose too much, and `evaluate` measures what it loses against comparing everything.
#![expect(clippy::disallowed_methods, reason = "an index is a folder on disk")]

use super::binding::Binding;
use super::config::{MatchConfig, RetrievalConfig};
use super::retrieval_keys::{RetrievalKeys, identifier_key};
use crate::names::{AnalysedName, NameProblem, TokenWeights, analyse};
use crate::party::Identifier;
use crate::watchlist::Listing;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tantivy::collector::TopDocs;
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{
    DocSet, Index, IndexWriter, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, Term,
};

/// Memory for one writer; a list under about a million names fits, and so makes one segment.
const WRITER_BYTES: usize = 256 << 20;

/// What an index was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexStats {
    /// Listings given.
    pub listings: u64,
    /// Names indexed.
    pub names: u64,
    /// Names that could not be indexed: the listing's reference and why. Such a listing can still
    /// be found by its other names and its identifiers.
    pub not_indexed: Vec<(String, NameProblem)>,
}

/// Why an index could not be built, opened or searched.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The folder could not be made or written.
    #[error("{path}: the folder of an index cannot be made or written")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// The index engine failed.
    #[error("{path}: the index cannot be {what}")]
    Engine {
        /// The index's folder.
        path: PathBuf,
        /// What was tried: "built", "opened", "searched".
        what: &'static str,
        /// The engine's reason.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The index was made from other listings, by other name tables or limits, or by another
    /// version: import the list again.
    #[error(
        "{path}: expected the index of this edition, of these name tables and of this version; found another: import the list again"
    )]
    Mismatch {
        /// The index's folder.
        path: PathBuf,
    },
    /// Files of the index are not what was written.
    #[error("{path}: expected the index as it was written; damaged: {files}")]
    Damaged {
        /// The index's folder.
        path: PathBuf,
        /// Names of the damaged files.
        files: String,
    },
}

/// The fields of a listed name.
#[derive(Clone, Copy)]
struct Fields {
    exact: Field,
    word: Field,
    pair: Field,
    gram: Field,
    skeleton: Field,
    identifier: Field,
    listing: Field,
}

/// Name of the fast field that says which listing a document is of.
const LISTING: &str = "listing";

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    // Every value is one term; frequencies for BM25, no positions.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::WithFreqs);
    let text = TextOptions::default().set_indexing_options(indexing);
    let mut field = |name: &str| schema.add_text_field(name, text.clone());
    let (exact, word, pair) = (field("exact"), field("word"), field("pair"));
    let (gram, skeleton, identifier) = (field("gram"), field("skeleton"), field("identifier"));
    let listing = schema.add_u64_field(LISTING, FAST);
    let fields = Fields { exact, word, pair, gram, skeleton, identifier, listing };
    (schema.build(), fields)
}

/// Builds the index of one list in an empty or missing folder. The same listings give the same
/// documents in the same order.
///
/// # Errors
/// [`IndexError`] when the folder cannot be written or holds an index already.
pub fn build_index(
    dir: &Path,
    listings: &[Listing],
    config: &MatchConfig,
) -> Result<IndexStats, IndexError> {
    std::fs::create_dir_all(dir)
        .map_err(|source| IndexError::Folder { path: dir.to_owned(), source })?;
    let stats = write(dir, listings, config).map_err(|source| engine(dir, "built", source))?;
    Binding::write(dir, listings, config)
        .map_err(|source| IndexError::Folder { path: dir.to_owned(), source })?;
    Ok(stats)
}

fn engine(dir: &Path, what: &'static str, source: tantivy::TantivyError) -> IndexError {
    IndexError::Engine { path: dir.to_owned(), what, source: Box::new(source) }
}

fn write(dir: &Path, listings: &[Listing], config: &MatchConfig) -> tantivy::Result<IndexStats> {
    let (schema, fields) = schema();
    let index = Index::create_in_dir(dir, schema)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    let rules = config.listed_names();
    let mut stats = IndexStats { listings: listings.len() as u64, ..IndexStats::default() };
    for (ordinal, listing) in listings.iter().enumerate() {
        for (place, name) in listing.party.names.iter().enumerate() {
            let keys = match analyse(&name.text, listing.party.kind, &rules) {
                Ok(name) => RetrievalKeys::of(&name),
                Err(problem) => {
                    stats.not_indexed.push((listing.reference(), problem));
                    RetrievalKeys::default()
                }
            };
            stats.names += u64::from(!keys.exact.is_empty());
            // Identifiers once a listing, on its first name.
            let numbers = if place == 0 { listing.party.identifiers.as_slice() } else { &[] };
            writer.add_document(document(ordinal as u64, &keys, numbers, fields))?;
        }
    }
    writer.commit()?;
    merge(&index, &mut writer)?;
    writer.wait_merging_threads()?;
    Ok(stats)
}

/// One segment, documents in the order of the listings.
fn merge(index: &Index, writer: &mut IndexWriter) -> tantivy::Result<()> {
    let searcher = index.reader()?.searcher();
    if searcher.segment_readers().len() < 2 {
        return Ok(());
    }
    let mut segments = Vec::new();
    for segment in searcher.segment_readers() {
        let first = segment.fast_fields().u64(LISTING)?.first(0);
        segments.push((first, segment.segment_id()));
    }
    segments.sort_unstable();
    let ids: Vec<_> = segments.into_iter().map(|(_, id)| id).collect();
    writer.merge(&ids).wait()?;
    Ok(())
}

fn document(
    listing: u64,
    keys: &RetrievalKeys,
    identifiers: &[Identifier],
    fields: Fields,
) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let texts = [
        (fields.exact, &keys.exact),
        (fields.word, &keys.words),
        (fields.pair, &keys.pairs),
        (fields.gram, &keys.grams),
        (fields.skeleton, &keys.skeletons),
    ];
    for (field, values) in texts {
        values.iter().for_each(|value| document.add_text(field, value));
    }
    for key in identifiers.iter().filter_map(identifier_key) {
        document.add_text(fields.identifier, key);
    }
    document.add_u64(fields.listing, listing);
    document
}

/// An open index of one list.
pub(super) struct ListIndex {
    dir: PathBuf,
    searcher: Searcher,
    fields: Fields,
    /// For each segment, which listing a document is of.
    listings: Vec<Column<u64>>,
}

impl ListIndex {
    /// Opens the index in `dir`, which must be undamaged and made from these listings.
    pub(super) fn open(
        dir: &Path,
        listings: &[Listing],
        config: &MatchConfig,
    ) -> Result<Self, IndexError> {
        let failed = |source| engine(dir, "opened", source);
        let damaged = |files| IndexError::Damaged { path: dir.to_owned(), files };
        let binding =
            Binding::read(dir).map_err(|error| damaged(format!("binding.json: {error}")))?;
        let strange = binding.damaged(dir);
        if !strange.is_empty() {
            return Err(damaged(strange.join(", ")));
        }
        let index = Index::open_in_dir(dir).map_err(failed)?;
        let (expected, fields) = schema();
        if !binding.is_of(listings, config) || index.schema() != expected {
            return Err(IndexError::Mismatch { path: dir.to_owned() });
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader = reader.try_into().map_err(failed)?;
        let reader: tantivy::IndexReader = reader;
        let searcher = reader.searcher();
        let columns = searcher.segment_readers().iter().map(|s| s.fast_fields().u64(LISTING));
        let listings = columns.collect::<tantivy::Result<_>>().map_err(failed)?;
        Ok(Self { dir: dir.to_owned(), searcher, fields, listings })
    }

    /// Adds the list's words and how many of its names have each.
    pub(super) fn count_words(&self, weights: &mut TokenWeights) -> Result<(), IndexError> {
        let failed = |source: tantivy::TantivyError| engine(&self.dir, "searched", source);
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.word).map_err(failed)?;
            let mut terms = inverted.terms().stream().map_err(|e| failed(e.into()))?;
            let mut counts = Vec::new();
            while terms.advance() {
                let word = String::from_utf8_lossy(terms.key()).into_owned();
                counts.push((word, u64::from(terms.value().doc_freq)));
            }
            weights.add(u64::from(segment.num_docs()), counts);
        }
        Ok(())
    }

    /// Ordinals of the listings to compare with a name, in rising order.
    pub(super) fn candidates(
        &self,
        name: &AnalysedName,
        config: &RetrievalConfig,
    ) -> Result<BTreeSet<usize>, IndexError> {
        let keys = RetrievalKeys::of(name);
        let mut found = BTreeSet::new();
        self.sure(&keys, config, &mut found)
            .and_then(|()| self.broad(&keys, config, &mut found))
            .map_err(|source| engine(&self.dir, "searched", source))?;
        Ok(found)
    }

    /// Ordinals of the listings that have one of these strong identifiers.
    pub(super) fn holders(&self, numbers: &[Identifier]) -> Result<BTreeSet<usize>, IndexError> {
        let mut found = BTreeSet::new();
        for key in numbers.iter().filter_map(identifier_key) {
            let term = Term::from_field_text(self.fields.identifier, &key);
            self.all_with(&term, u64::MAX, &mut found)
                .map_err(|source| engine(&self.dir, "searched", source))?;
        }
        Ok(found)
    }

    /// Names with an exact key or a rare word, all of them.
    fn sure(
        &self,
        keys: &RetrievalKeys,
        config: &RetrievalConfig,
        found: &mut BTreeSet<usize>,
    ) -> tantivy::Result<()> {
        let fields = self.fields;
        for key in &keys.exact {
            self.all_with(&Term::from_field_text(fields.exact, key), u64::MAX, found)?;
        }
        for word in keys.words.iter().chain(&keys.pairs) {
            for field in [fields.word, fields.pair] {
                let term = Term::from_field_text(field, word);
                self.all_with(&term, config.rare_names, found)?;
            }
        }
        Ok(())
    }

    /// Adds all listings that have a term, unless more than `most` names have it.
    fn all_with(&self, term: &Term, most: u64, found: &mut BTreeSet<usize>) -> tantivy::Result<()> {
        if self.searcher.doc_freq(term)? > most {
            return Ok(());
        }
        for (segment, listings) in self.searcher.segment_readers().iter().zip(&self.listings) {
            let inverted = segment.inverted_index(term.field())?;
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                found.extend(listing_of(listings, doc));
                doc = postings.advance();
            }
        }
        Ok(())
    }

    /// The best names by shared trigrams and skeletons.
    fn broad(
        &self,
        keys: &RetrievalKeys,
        config: &RetrievalConfig,
        found: &mut BTreeSet<usize>,
    ) -> tantivy::Result<()> {
        let term = |field, text: &String| {
            let term = Term::from_field_text(field, text);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
        };
        let grams = keys.grams.iter().map(|gram| term(self.fields.gram, gram));
        let skeletons = keys.skeletons.iter().map(|text| {
            let query = term(self.fields.skeleton, text);
            Box::new(BoostQuery::new(query, config.skeleton_boost)) as Box<dyn Query>
        });
        let clauses: Vec<_> = grams.chain(skeletons).map(|query| (Occur::Should, query)).collect();
        let top = TopDocs::with_limit(config.broad_candidates).order_by_score();
        for (_, address) in self.searcher.search(&BooleanQuery::new(clauses), &top)? {
            let listings = self.listings.get(address.segment_ord as usize);
            found.extend(listings.and_then(|listings| listing_of(listings, address.doc_id)));
        }
        Ok(())
    }
}

/// The listing a document is of.
fn listing_of(listings: &Column<u64>, doc: u32) -> Option<usize> {
    listings.first(doc).and_then(|ordinal| usize::try_from(ordinal).ok())
}
