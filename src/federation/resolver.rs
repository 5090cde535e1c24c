//! Names resolved to addresses, each of which is checked before anything connects to it.

use super::allow_list::Network;
use std::sync::Arc;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Gives the addresses of a name if all of them stand in a network. The client connects to what is returned and resolves
/// nothing again, so that a name cannot mean another address once it was looked at.
#[derive(Debug)]
pub(super) struct CheckedResolver {
    pub inner: Arc<dyn Resolver>,
    pub network: Network,
}

/// A name that has an address outside of its network.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the name has an address that is not asked")]
pub(super) struct RefusedAddress;

impl Resolver for CheckedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = self.inner.resolve(uri, config, timeout)?;
        // One that is refused spoils them all: an honest name has none.
        if addresses.iter().all(|address| self.network.covers(address.ip())) {
            Ok(addresses)
        } else {
            Err(ureq::Error::Other(Box::new(RefusedAddress)))
        }
    }
}
