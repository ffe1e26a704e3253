#![no_main]

diligence_fuzz::list_target!("ofac_sdn");
