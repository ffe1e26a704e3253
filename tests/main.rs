//! The one integration-test binary: one link instead of twenty.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests read and write files, fail where a helper fails, and say what they skip"
)]

/// What counts as a change between two editions of a list.
mod delta;
/// What changed between real editions, when they are here.
mod delta_real;
/// The demonstration tells the stories its README promises.
mod demo;
/// Pages, tables and file names of a case, as text.
mod dossier;
/// The pages in a browser, and under attack.
mod dossier_browser;
/// The case the dossier tests are about.
mod dossier_fixture;
/// Fetching: what is asked, resumed, believed.
mod fetch;
/// Every way a server can fail, and the sentence for it.
mod fetch_faults;
/// Files behind links, and a page for every member.
mod fetch_links;
/// Whose certificates are believed.
mod fetch_tls;
/// Lists that come as workbooks.
mod formats_books;
/// The Canadian list, whole and broken.
mod formats_canada;
/// The lists inside the US Consolidated Screening List.
mod formats_csl;
/// The EU list, whole and broken, and what tests of lists share.
mod formats_europe;
/// Web pages read by declaration, and where they lead.
mod formats_html;
/// Office holders: Congress, ministers, world leaders.
mod formats_officials;
/// Exports of OpenSanctions, simple and nested.
mod formats_opensanctions;
/// Tables of one's own, by the mapping of their declaration.
mod formats_own;
/// The Swiss list, whole and broken.
mod formats_switzerland;
/// Lists that come as rows of a table or records of an array, one's own included.
mod formats_tables;
/// The UK list, whole and broken.
mod formats_uk;
/// The UN list, names in brackets and notes behind them.
mod formats_un;
/// OFAC's lists in every format OFAC publishes: one party, one meaning.
mod formats_us_xml;
/// OFAC's real editions in two formats, when they are here.
mod formats_us_xml_real;
/// Office holders of Wikidata, joined from the rows of a query.
mod formats_wikidata;
/// What fuzzing found worth keeping is read again, and every format is fuzzed.
mod fuzz_corpus;
/// The help texts, as people read them.
mod help;
/// Tables in, however they are broken.
mod intake;
/// The demonstration portfolio, as tables.
mod intake_demo;
/// The generator of measuring portfolios.
mod intake_generator;
/// What is missing or in doubt in a portfolio never makes somebody look clean.
mod intake_incomplete;
/// The house keeps its own rules: import ladder, file sizes, opening docs.
mod layout;
/// Nobody goes back in time by accident, nor is overruled who did so on purpose.
mod list_back;
/// Small files with one record of more values than any record has.
mod list_ceilings;
/// Careless entries, editions that lost names, stores that lost their pointer.
mod list_guards;
/// Held, approved, taken back, killed: what is in use is always one edition, whole.
mod list_publish;
/// List files of every format, whole and broken.
mod lists;
/// Real list files, when they are here: counts, bad downloads, what is refused and why.
mod lists_real;
/// Editions in and out of the store: published, held, damaged.
mod lists_store;
/// Lists kept up to date through the command line.
mod lists_update;
/// Pairs of names and parties, each with a reason.
mod matching;
/// Labelled pairs and real lists, when they are here.
mod matching_real;
/// Editions carried to another machine.
mod packs;
/// Every red flag is raised, not raised, unknown, and right at its border.
mod redflags;
/// Random listings, written as their publishers write them and read back.
mod roundtrip;
/// Where a run folder may stand, and what is left of a killed run.
mod run_folder;
/// Whole runs through the command line.
mod runs;
/// Builders shared by the tests.
mod support;
