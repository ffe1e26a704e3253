//! Decides whether an address may be asked at all, before anything is sent: the declared one, and
//! every one a redirect names (requirement S7).
//!
//! Allowed is https on its own port, without user name or password, to a host of the list: one of
//! its declared addresses, or of `[fetch] hosts` in its declaration, where `*.example.org` stands
//! for every name below. What is checked is what the URL standard makes of the text, so `0x7f.1`
//! and `2130706433` are 127.0.0.1 here as they are to the client. A host the configuration names
//! as internal may be private and plain, at the port named there and no other.

use super::address::not_public;
use super::config::Internal;
use crate::watchlist::ListSource;
use std::collections::BTreeSet;
use std::net::IpAddr;
use url::{Host, Url};

/// Why an address is not asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No address.
    #[error("expected an address that begins with https://, found '{found}'")]
    NoUrl {
        /// The text.
        found: String,
    },
    /// Plain http, or something else altogether.
    #[error("expected https, found {found}; fetch.toml can name {host} as internal")]
    NotHttps {
        /// The scheme.
        found: String,
        /// Host and port.
        host: String,
    },
    /// A user name or a password.
    #[error("expected an address without a user name or password")]
    UserInfo,
    /// Another door than that of https, or than the one an internal host has.
    #[error("expected {expected}, found {found}")]
    Port {
        /// The port that is open, in words.
        expected: String,
        /// The port.
        found: u16,
    },
    /// A host that is none of the list's.
    #[error("expected a host of this list ({allowed}), found {found}")]
    Host {
        /// Names the list allows.
        allowed: String,
        /// The host.
        found: String,
    },
    /// Not an address a publisher can have.
    #[error("expected a public address, found {}{what}", named(.host, *.address))]
    NotPublic {
        /// Host as asked for.
        host: String,
        /// Address it has.
        address: IpAddr,
        /// What the address is instead.
        what: &'static str,
    },
}

/// The hosts one list may be fetched from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hosts {
    /// Names, and suffixes with a leading `*.`.
    allowed: BTreeSet<String>,
    internal: BTreeSet<String>,
}

impl Hosts {
    /// Those of a declaration.
    pub(super) fn of(source: &ListSource, internal: &[Internal]) -> Self {
        let urls = source.files.iter().flat_map(|wanted| {
            wanted.urls.iter().chain(wanted.link.as_ref().map(|link| &link.page))
        });
        let hosts = urls.filter_map(|url| Some(Url::parse(url).ok()?.host_str()?.to_owned()));
        let declared = source.fetch.hosts.iter().map(|host| host.to_lowercase());
        let internal = internal.iter().map(|one| one.host.to_lowercase()).collect();
        Self { allowed: hosts.chain(declared).collect(), internal }
    }

    /// The address as it will be asked, or why it will not.
    pub(super) fn check(&self, text: &str) -> Result<Url, Refusal> {
        let url = Url::parse(text).map_err(|_| Refusal::NoUrl { found: text.to_owned() })?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let port = url.port_or_known_default();
        let (Some(parsed), Some(port)) = (url.host(), port) else {
            return Err(Refusal::NoUrl { found: text.to_owned() });
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::UserInfo);
        }
        if !self.is_internal(&host, port) {
            self.check_public(&url, &parsed, port)?;
            // Its name may lead to a private address, so no other port of it is open.
            if let Some(expected) = self.internal.iter().find(|one| is_at(one, &host)) {
                let expected = format!("{expected}, as fetch.toml has it");
                return Err(Refusal::Port { expected, found: port });
            }
        } else if !matches!(url.scheme(), "https" | "http") {
            return Err(Refusal::NoUrl { found: text.to_owned() });
        }
        if !self.allowed.iter().any(|allowed| is_allowed(allowed, &host)) {
            let allowed = self.allowed.iter().cloned().collect::<Vec<_>>().join(", ");
            return Err(Refusal::Host { allowed, found: host });
        }
        Ok(url)
    }

    fn check_public(&self, url: &Url, host: &Host<&str>, port: u16) -> Result<(), Refusal> {
        let address = match host {
            Host::Ipv4(v4) => Some(IpAddr::V4(*v4)),
            Host::Ipv6(v6) => Some(IpAddr::V6(*v6)),
            Host::Domain(_) => None,
        };
        if let Some(address) = address {
            public(&host.to_string(), [address])?;
        }
        if url.scheme() != "https" {
            let host = url.port().map_or(host.to_string(), |port| format!("{host}:{port}"));
            return Err(Refusal::NotHttps { found: url.scheme().to_owned(), host });
        }
        if port != 443 {
            let expected = "the port of https".to_owned();
            return Err(Refusal::Port { expected, found: port });
        }
        Ok(())
    }

    /// With the port, which may be left out where it is that of https.
    fn is_internal(&self, host: &str, port: u16) -> bool {
        self.internal.contains(&format!("{host}:{port}"))
            || (port == 443 && self.internal.contains(host))
    }
}

/// `NAME, which is ADDRESS, `, or the address alone where it was asked for as such.
fn named(host: &str, address: IpAddr) -> String {
    let is_itself = host.trim_matches(['[', ']']) == address.to_string();
    if is_itself { format!("{address}, ") } else { format!("{host}, which is {address}, ") }
}

/// Whether an internal host, with or without a port, has this name.
fn is_at(internal: &str, host: &str) -> bool {
    internal.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// A name is itself; `*.` stands for one label or more.
fn is_allowed(allowed: &str, host: &str) -> bool {
    match allowed.strip_prefix("*.") {
        Some(suffix) => host
            .strip_suffix(suffix)
            .and_then(|rest| rest.strip_suffix('.'))
            .is_some_and(|label| !label.is_empty()),
        None => allowed == host,
    }
}

/// Whether every address of a host is public: one that is not, among several, is an attack.
pub(super) fn public(
    host: &str,
    addresses: impl IntoIterator<Item = IpAddr>,
) -> Result<(), Refusal> {
    for address in addresses {
        if let Some(what) = not_public(address) {
            return Err(Refusal::NotPublic { host: host.to_owned(), address, what });
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "hosts_tests.rs"]
mod tests;
