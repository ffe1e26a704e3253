#![no_main]

diligence_fuzz::list_target!("un_sc");
