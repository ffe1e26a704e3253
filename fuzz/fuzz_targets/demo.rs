#![no_main]

diligence_fuzz::list_target!("demo");
