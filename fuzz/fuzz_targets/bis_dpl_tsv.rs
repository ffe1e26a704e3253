//! Fuzzes the reader of lists of the format `bis_dpl_tsv`.
#![no_main]

diligence_fuzz::fuzz!("bis_dpl_tsv");
