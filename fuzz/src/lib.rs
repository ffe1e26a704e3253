//! What the fuzz targets share: one macro that makes a target of a name.
//!
//! A target that is started with `DILIGENCE_FUZZ_SEEDS=FOLDER` writes what it starts from there and
//! ends, so that the inputs are laid out by the code that reads them.

pub mod seeds;
pub mod target;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../../tests/support/workbook.rs"]
mod workbook;

use std::path::Path;

/// The target of this name.
#[macro_export]
macro_rules! fuzz {
    ($name:literal) => {
        static TARGET: std::sync::LazyLock<$crate::target::Target> =
            std::sync::LazyLock::new(|| $crate::target::Target::named($name));
        libfuzzer_sys::fuzz_target!(
            init: $crate::write_seeds(&TARGET),
            |data: &[u8]| {
                TARGET.run(data);
            }
        );
    };
}

/// Writes the inputs to start from and ends, when that is asked for.
///
/// # Panics
/// When the folder cannot be written.
pub fn write_seeds(target: &target::Target) {
    let Some(folder) = std::env::var_os("DILIGENCE_FUZZ_SEEDS") else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (name, bytes) in seeds::of(target, &root) {
        let path = Path::new(&folder).join(format!("seed-{name}"));
        std::fs::write(&path, bytes).expect("the folder of the seeds can be written");
    }
    std::process::exit(0);
}
