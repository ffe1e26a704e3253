//! Decides under which file name a case is stored: an id a partner file brought may be a path, a
//! device or a page long, so only a plain id names its file; any other is named by its hash.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Longest id that names its own file, in characters.
const LONGEST: usize = 64;

/// Names Windows keeps for devices, with any extension and in any case.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin", "conout"];

/// A safe file name, without extension, for an id; `taken` holds the names given so far, in lower
/// case, and gets this one.
///
/// An id of 1 to 64 characters `[A-Za-z0-9._-]` without a leading or trailing dot, `..`, or a
/// Windows device name is its own name. Any other becomes `x-` and the first 16 hexadecimal
/// digits of its SHA-256. A name already taken, in whatever case, gets `-2`, `-3`… in input
/// order, so the same input gives the same names.
///
/// ```
/// use std::collections::BTreeSet;
/// let mut taken = BTreeSet::new();
/// assert_eq!(diligence::dossier::file_stem("E-17", &mut taken), "E-17");
/// assert_eq!(diligence::dossier::file_stem("e-17", &mut taken), "e-17-2");
/// assert_eq!(diligence::dossier::file_stem("../../etc", &mut taken), "x-74ccf3c5b4c19a81");
/// ```
#[must_use]
pub fn file_stem(id: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = if is_plain(id) { id.to_owned() } else { hashed(id) };
    if taken.insert(stem.to_ascii_lowercase()) {
        return stem;
    }
    let mut copy: u64 = 2;
    loop {
        let candidate = format!("{stem}-{copy}");
        if taken.insert(candidate.to_ascii_lowercase()) {
            return candidate;
        }
        copy += 1;
    }
}

fn is_plain(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= LONGEST
        && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
        && !id.starts_with(['.', '-'])
        && !id.ends_with('.')
        && !id.contains("..")
        && !is_device(id)
}

fn is_device(id: &str) -> bool {
    let base = id.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|port| {
        base.strip_prefix(port)
            .is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()))
    });
    numbered || DEVICES.contains(&base.as_str())
}

fn hashed(id: &str) -> String {
    let digest = Sha256::digest(id.as_bytes());
    let head: String = base16ct::lower::encode_string(&digest).chars().take(16).collect();
    format!("x-{head}")
}
