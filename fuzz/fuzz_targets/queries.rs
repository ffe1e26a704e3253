//! Fuzzes the reader of parties somebody asks about.
#![no_main]

diligence_fuzz::fuzz!("queries");
