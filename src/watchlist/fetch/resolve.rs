//! Decides to which addresses a name leads: asked once, checked, and the connection is made to
//! exactly those, so that a name cannot turn private between the check and the connection.

use super::hosts::public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;

/// The system's resolver with every answer checked.
#[derive(Debug, Clone)]
pub(super) struct CheckedNames {
    /// Names that may be private: internal hosts and the proxy.
    pub(super) may_be_private: Arc<BTreeSet<String>>,
}

impl Resolve for CheckedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let may_be_private = self.may_be_private.contains(name.as_str());
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let addresses: Vec<SocketAddr> = found.collect();
            if !may_be_private {
                public(&host, addresses.iter().map(SocketAddr::ip))?;
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
