//! Fuzzes the reader of lists of the format `wikidata_sparql_json`.
#![no_main]

diligence_fuzz::fuzz!("wikidata_sparql_json");
