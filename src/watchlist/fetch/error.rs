//! Decides what a person is told when a file could not be fetched: what was asked, what came, and
//! that nothing was changed by it.
//!
//! Addresses are shown without query, name and password, which may be secrets.

use super::hosts::Refusal;
use crate::watchlist::ParseError;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a file was not fetched. What was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The declaration names no address for a file the list needs.
    #[error("{list}: no address is declared for '{role}'; fetch it by hand and import it")]
    NoAddress {
        /// Name of the list.
        list: String,
        /// Role in the declaration.
        role: String,
    },
    /// A page does not lead to the file that is wanted.
    #[error("{page}: no link to the file for '{role}'; the page may have a new layout")]
    NoLink {
        /// Role in the declaration.
        role: String,
        /// The page.
        page: String,
        /// What was looked for.
        #[source]
        cause: ParseError,
    },
    /// A list page leads to more pages than any list has.
    #[error("{page}: expected links to at most {limit} pages, found {found}")]
    TooManyPages {
        /// The page.
        page: String,
        /// The ceiling.
        limit: usize,
        /// Links.
        found: usize,
    },
    /// The address may not be asked.
    #[error("{url}: not asked: {reason}")]
    Refused {
        /// Address that was to be asked.
        url: String,
        /// Why not.
        reason: Refusal,
    },
    /// The server sent us on too often.
    #[error("{url}: expected the file after at most {limit} redirects, found another to {to}")]
    Redirects {
        /// Address that was asked first.
        url: String,
        /// Redirects allowed.
        limit: u32,
        /// Where the last one leads.
        to: String,
    },
    /// A redirect that says nothing about where to.
    #[error("{url}: expected the file, found a redirect ({status}) that leads nowhere")]
    RedirectNowhere {
        /// Address that was asked.
        url: String,
        /// Status.
        status: u16,
    },
    /// No connection, or one that broke before the answer began.
    #[error("{url}: no answer: {reason}")]
    Unreachable {
        /// Address that was asked.
        url: String,
        /// The innermost reason.
        reason: String,
    },
    /// An answer that is not the file.
    #[error("{url}: expected the file, the server answered {status}{}", asked_to_wait(*.retry_after))]
    Status {
        /// Address that was asked.
        url: String,
        /// Status code and its usual words.
        status: StatusLine,
        /// Seconds the server asks to wait.
        retry_after: Option<u64>,
    },
    /// The server said "unchanged" to a question that was not "has it changed".
    #[error("{url}: expected the file, the server answered that it is unchanged, unasked")]
    UnchangedUnasked {
        /// Address that was asked.
        url: String,
    },
    /// Nothing came for too long.
    #[error("{url}: nothing came for {seconds} seconds, after {got} bytes")]
    Idle {
        /// Address that was asked.
        url: String,
        /// Longest wait.
        seconds: f64,
        /// Bytes that came.
        got: u64,
    },
    /// It came too slowly.
    #[error("{url}: expected the whole file within {seconds} seconds, found {got} bytes")]
    TooSlow {
        /// Address that was asked.
        url: String,
        /// Longest time.
        seconds: f64,
        /// Bytes that came.
        got: u64,
    },
    /// The connection ended before the file did.
    #[error("{url}: cut short: expected {}, found {got} bytes", or_the_end(*.expected))]
    Cut {
        /// Address that was asked.
        url: String,
        /// Length the server promised.
        expected: Option<u64>,
        /// Bytes that came.
        got: u64,
    },
    /// The rest that was asked for is not the rest of what is here.
    #[error("{url}: expected the rest from byte {from}, found {found}; starting over")]
    OtherRest {
        /// Address that was asked.
        url: String,
        /// First byte asked for.
        from: u64,
        /// What came.
        found: String,
    },
    /// An answer whose end cannot be told from a cut.
    #[error("{url}: the server does not say how long the file is, so a cut could not be noticed")]
    NoEnd {
        /// Address that was asked.
        url: String,
    },
    /// Status 200 and not one byte.
    #[error("{url}: expected the file, found an empty answer")]
    Empty {
        /// Address that was asked.
        url: String,
    },
    /// More than the list may have.
    #[error("{url}: expected at most {limit} bytes, found {found}")]
    TooLarge {
        /// Address that was asked.
        url: String,
        /// Ceiling.
        limit: u64,
        /// Length the server promised, or `more`.
        found: String,
    },
    /// A transfer encoding nobody asked for.
    #[error("{url}: expected the file as it is or gzip, found the encoding '{found}'")]
    Encoding {
        /// Address that was asked.
        url: String,
        /// What the server calls it.
        found: String,
    },
    /// Said to be gzip and not readable as such, or a bomb.
    #[error("{url}: the compressed answer cannot be unpacked: {cause}")]
    Unpack {
        /// Address that was asked.
        url: String,
        /// Why not; in the text, which is stored as one sentence.
        cause: ParseError,
    },
    /// The downloads folder refused.
    #[error("{path}: cannot be {what}: {cause}")]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What was tried.
        what: &'static str,
        /// The system's reason; in the text, which is stored as one sentence.
        cause: io::Error,
    },
    /// The client could not be made.
    #[error("the network client cannot be made: {reason}")]
    Client {
        /// The client's own words.
        reason: String,
    },
    /// Every address of a file failed.
    #[error("{role}: {}", told(.failures))]
    Exhausted {
        /// Role in the declaration.
        role: String,
        /// One for each address, in the order asked.
        failures: Vec<Failure>,
    },
}

/// How the tries at one address ended.
#[derive(Debug)]
pub struct Failure {
    /// Tries.
    pub tries: u32,
    /// The last try's fault.
    pub error: Box<FetchError>,
}

/// A status code as people know it: `503 Service Unavailable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusLine {
    /// The number.
    pub code: u16,
    /// Its usual words.
    pub words: &'static str,
}

impl fmt::Display for StatusLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.words)
    }
}

impl FetchError {
    /// Whether the same question may be answered better in a while.
    pub(super) fn passes(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Idle { .. }
            | Self::TooSlow { .. }
            | Self::Cut { .. }
            | Self::OtherRest { .. }
            | Self::Empty { .. } => true,
            Self::Status { status, .. } => matches!(status.code, 408 | 429 | 500..=599),
            _ => false,
        }
    }

    /// Whether the publisher says that there is no such file.
    pub(super) fn is_absent(&self) -> bool {
        match self {
            Self::Status { status, .. } => matches!(status.code, 404 | 410),
            Self::Exhausted { failures, .. } => failures.iter().all(|one| one.error.is_absent()),
            _ => false,
        }
    }
}

/// An address without its query, and without the name and password it should not have.
pub(super) fn shown(url: &str) -> String {
    let text = url.split(['?', '#']).next().unwrap_or_default();
    match text.split_once("://").map(|(scheme, rest)| (scheme, rest.split_once('/'))) {
        Some((scheme, Some((authority, path)))) => match authority.rsplit_once('@') {
            Some((_, host)) => format!("{scheme}://{host}/{path}"),
            None => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

fn asked_to_wait(seconds: Option<u64>) -> String {
    seconds.map(|seconds| format!(" and asks to wait {seconds} seconds")).unwrap_or_default()
}

fn or_the_end(expected: Option<u64>) -> String {
    expected.map_or("the end of the answer".to_owned(), |bytes| format!("{bytes} bytes"))
}

fn told(failures: &[Failure]) -> String {
    let one = |failure: &Failure| match failure.tries {
        0 | 1 => failure.error.to_string(),
        tries => format!("{} ({tries} tries)", failure.error),
    };
    failures.iter().map(one).collect::<Vec<_>>().join("; then ")
}
