//! Decides what is taken out of an untrusted zip archive.
//!
//! An archive is held in memory, its members are read one at a time and never written to disk, so
//! a name in it is only ever compared, not followed. Refused: more members than a list can have,
//! links, encrypted members, an archive inside the archive, more bytes than the ceilings of
//! [`Limits`] allow or than the members' compressed size explains once 10 MiB have come out.
//! Sizes an archive declares are not believed: the bytes that come out are counted.

use crate::watchlist::{Limits, ParseError};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// First bytes of an archive with members, and of an empty one.
const ZIP_MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// A member every workbook of Office Open XML has.
const WORKBOOK_MEMBER: &str = "[Content_Types].xml";
/// No list comes in more files than this.
const MAX_MEMBERS: usize = 1000;
/// Output below which the ratio is not looked at.
const RATIO_FREE_BYTES: u64 = 10 << 20;

/// Whether a file starts as an archive does.
pub(in crate::watchlist) fn is_zip(bytes: &[u8]) -> bool {
    ZIP_MAGIC.iter().any(|magic| bytes.starts_with(magic))
}

/// Whether an archive is a workbook, which is read as it is.
///
/// # Errors
/// [`ParseError`] when it is not a sound archive.
pub(super) fn is_workbook(file: &str, bytes: &[u8]) -> Result<bool, ParseError> {
    Ok(names(file, bytes)?.iter().any(|name| name == WORKBOOK_MEMBER))
}

/// The plain bytes of one member: the only one, or the one whose name fits.
///
/// # Errors
/// [`ParseError::NotThisFormat`] when no member or more than one fits; otherwise as the module
/// says.
pub(in crate::watchlist) fn member(
    file: &str,
    bytes: &[u8],
    fits: Option<&dyn Fn(&str) -> bool>,
    limits: &Limits,
) -> Result<Vec<u8>, ParseError> {
    let names = names(file, bytes)?;
    let files = names.iter().enumerate().filter(|(_, name)| !name.ends_with('/'));
    let fitting: Vec<usize> =
        files.filter(|(_, name)| fits.is_none_or(|fits| fits(name))).map(|(at, _)| at).collect();
    let [index] = fitting.as_slice() else {
        let shown = names.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        return Err(ParseError::NotThisFormat {
            file: file.to_owned(),
            expected: "an archive with the one file that is wanted",
            found: format!("{} of {} files that fit: {shown}", fitting.len(), names.len()),
        });
    };
    let mut content = Vec::new();
    inflate(file, &mut open(file, bytes)?, *index, limits, &mut |piece| {
        content.extend_from_slice(piece);
    })?;
    if is_zip(&content) {
        return Err(refused(file, "an archive inside the archive".to_owned()));
    }
    Ok(content)
}

/// Reads every member to its end within the ceilings and throws the bytes away: what a reader
/// without ceilings of its own can then be given.
///
/// # Errors
/// As the module says.
pub(super) fn check(file: &str, bytes: &[u8], limits: &Limits) -> Result<(), ParseError> {
    each_member(file, bytes, limits, &mut |_, _| Ok(()))
}

/// Takes name and content of one member.
type OnMember<'a> = &'a mut dyn FnMut(&str, &[u8]) -> Result<(), ParseError>;

/// Hands over name and content of every member, one at a time, within the ceilings.
///
/// # Errors
/// As the module says, and whatever `on_member` refuses.
pub(super) fn each_member(
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    on_member: OnMember<'_>,
) -> Result<(), ParseError> {
    let names = names(file, bytes)?;
    let mut archive = open(file, bytes)?;
    let mut total = 0_u64;
    for (index, name) in names.iter().enumerate() {
        let mut content = Vec::new();
        inflate(file, &mut archive, index, limits, &mut |piece| {
            content.extend_from_slice(piece);
        })?;
        total = total.saturating_add(content.len() as u64);
        if total > limits.file_bytes {
            return Err(too_large(file, limits.file_bytes, "bytes after decompression"));
        }
        on_member(name, &content)?;
    }
    Ok(())
}

fn open<'a>(file: &str, bytes: &'a [u8]) -> Result<ZipArchive<Cursor<&'a [u8]>>, ParseError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(file, error))?;
    if archive.len() > MAX_MEMBERS {
        return Err(too_large(file, MAX_MEMBERS as u64, "files in the archive"));
    }
    Ok(archive)
}

/// Names of all files and folders of an archive.
///
/// # Errors
/// [`ParseError`] when it is not a sound archive.
pub(in crate::watchlist) fn names(file: &str, bytes: &[u8]) -> Result<Vec<String>, ParseError> {
    let archive = open(file, bytes)?;
    let names = archive.file_names().map(|name| name.map(std::borrow::Cow::into_owned));
    names.collect::<Result<_, _>>().map_err(|error| broken(file, error))
}

/// Hands over the content of one member in pieces, counting.
fn inflate(
    file: &str,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    limits: &Limits,
    sink: &mut dyn FnMut(&[u8]),
) -> Result<(), ParseError> {
    let mut member = archive.by_index(index).map_err(|error| broken(file, error))?;
    if member.is_symlink() {
        return Err(refused(file, "a link inside the archive".to_owned()));
    }
    let ratio_ceiling = limits.ratio.saturating_mul(member.compressed_size()).max(RATIO_FREE_BYTES);
    let mut chunk = vec![0_u8; 64 << 10];
    let mut total = 0_u64;
    loop {
        let count = match member.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) => return Err(broken(file, error.into())),
        };
        total += count as u64;
        if total > limits.file_bytes {
            return Err(too_large(file, limits.file_bytes, "bytes after decompression"));
        }
        if total > ratio_ceiling {
            return Err(too_large(file, limits.ratio, "times its compressed size"));
        }
        sink(chunk.get(..count).unwrap_or_default());
    }
}

/// A missing directory is what a cut download looks like; anything else is a broken archive.
fn broken(file: &str, error: ZipError) -> ParseError {
    match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(_) => {
            refused(file, format!("an archive that cannot be opened: {error}"))
        }
        other => ParseError::Malformed {
            file: file.to_owned(),
            format: "zip archive (cut short or damaged)",
            position: 0,
            source: other.into(),
        },
    }
}

fn refused(file: &str, what: String) -> ParseError {
    ParseError::Refused { file: file.to_owned(), position: 0, what }
}

fn too_large(file: &str, limit: u64, what: &'static str) -> ParseError {
    ParseError::TooLarge { file: file.to_owned(), limit, what }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn told(result: Result<impl std::fmt::Debug, ParseError>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn the_only_file_or_the_one_that_fits_is_taken() {
        let limits = Limits::default();
        let one = archive(&[("LIST.XML", b"<a/>")]);
        assert_eq!(member("l.zip", &one, None, &limits).unwrap(), b"<a/>");
        let two = archive(&[("dist/a.json", b"1"), ("../b.json", b"2")]);
        let fits = |name: &str| name.ends_with("b.json");
        assert_eq!(member("l.zip", &two, Some(&fits), &limits).unwrap(), b"2");
        assert!(told(member("l.zip", &two, None, &limits)).contains("2 of 2 files that fit"));
    }

    #[test]
    fn bombs_archives_in_archives_and_cut_archives_are_refused() {
        let limits = Limits::default();
        let bomb = archive(&[("x", &vec![b'0'; 24 << 20])]);
        assert!(told(member("b.zip", &bomb, None, &limits)).contains("100 times"));
        assert!(told(check("b.zip", &bomb, &limits)).contains("100 times"));
        let small = Limits { file_bytes: 1000, ..limits };
        let many = archive(&[("a", &[b'1'; 600]), ("b", &[b'2'; 600])]);
        assert!(told(check("b.zip", &many, &small)).contains("1000 bytes after"));
        let nested = archive(&[("inner.zip", &archive(&[("x", b"y")]))]);
        assert!(told(member("n.zip", &nested, None, &limits)).contains("inside the archive"));
        let whole = archive(&[("LIST.XML", &[b'a'; 5000])]);
        for cut in [1, 4, 40, whole.len() / 2, whole.len() - 1] {
            assert!(member("c.zip", &whole[..cut], None, &limits).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_workbook_is_recognised_by_what_every_workbook_has() {
        let book = archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"")]);
        assert!(is_workbook("b.xlsx", &book).unwrap());
        assert!(!is_workbook("l.zip", &archive(&[("LIST.XML", b"")])).unwrap());
    }
}
