//! The endpoints that the operator allows, checked when the program starts.

use super::address::Place;
use oxrdf::NamedNode;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::IpAddr;
use std::sync::Arc;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, Resolver};

/// The name by which this program asks others.
const AGENT: &str = concat!("eusl/", env!("CARGO_PKG_VERSION"));

/// The longest list that a message writes out.
const TOLD: usize = 20;

/// The endpoints that may be asked, and by whom; empty unless the operator fills it.
#[derive(Clone, Debug)]
pub struct AllowList {
    endpoints: BTreeMap<String, Network>,
    user_agent: String,
    resolver: Arc<dyn Resolver>,
}

/// In which network an endpoint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Network {
    /// In the public one: private addresses are refused.
    Public,
    /// In the operator's own: private addresses are reached too.
    Own,
}

impl Network {
    /// Whether an address may be asked.
    pub(super) fn covers(self, address: IpAddr) -> bool {
        match Place::of(address) {
            Place::Public => true,
            Place::Private => self == Self::Own,
            Place::Special => false,
        }
    }
}

/// An endpoint that cannot be allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{iri:?} {reason}")]
pub struct EndpointError {
    /// The endpoint as it was given.
    pub iri: String,
    /// What is wrong with it and what would do.
    pub reason: &'static str,
}

impl Default for AllowList {
    fn default() -> Self {
        let resolver = Arc::new(DefaultResolver::default());
        Self { endpoints: BTreeMap::new(), user_agent: AGENT.to_owned(), resolver }
    }
}

impl AllowList {
    /// Endpoints in the public network, and such that may have addresses of the operator's own. Those who are asked read
    /// `site` in `User-Agent`, so that they know whom to turn to.
    ///
    /// # Errors
    /// The first of them that is no address of an endpoint.
    pub fn new(public: &[String], own: &[String], site: &str) -> Result<Self, EndpointError> {
        let mut list = Self { user_agent: format!("{AGENT} (+{site})"), ..Self::default() };
        for (iris, network) in [(public, Network::Public), (own, Network::Own)] {
            for iri in iris {
                check(iri, network).map_err(|reason| EndpointError { iri: iri.clone(), reason })?;
                list.endpoints.insert(iri.clone(), network);
            }
        }
        Ok(list)
    }

    /// The same with names that something else resolves.
    #[cfg(test)]
    pub(super) fn resolved_by(self, resolver: impl Resolver) -> Self {
        Self { resolver: Arc::new(resolver), ..self }
    }

    /// The IRIs of the endpoints, sorted.
    pub fn iris(&self) -> impl Iterator<Item = &str> {
        self.endpoints.keys().map(String::as_str)
    }

    /// Whether an endpoint is on the list, spelt as it stands there.
    pub fn contains(&self, iri: &str) -> bool {
        self.endpoints.contains_key(iri)
    }

    /// Whether nobody may be asked.
    pub fn is_empty(&self) -> bool {
        self.endpoints.is_empty()
    }

    /// The endpoints, in words.
    pub fn told(&self) -> String {
        let mut told = self.iris().take(TOLD).collect::<Vec<_>>().join(", ");
        if let Some(left @ 1..) = self.endpoints.len().checked_sub(TOLD) {
            // Writing to a string cannot fail.
            _ = write!(told, " and {left} more");
        }
        told
    }

    pub(super) fn network_of(&self, iri: &str) -> Option<Network> {
        self.endpoints.get(iri).copied()
    }

    pub(super) fn user_agent(&self) -> &str {
        &self.user_agent
    }

    pub(super) fn resolver(&self) -> Arc<dyn Resolver> {
        Arc::clone(&self.resolver)
    }
}

/// Whether an IRI is the address of an endpoint in a network.
fn check(iri: &str, network: Network) -> Result<(), &'static str> {
    let uri = iri.parse::<Uri>().ok().filter(|_| NamedNode::new(iri).is_ok());
    let uri = uri.filter(|uri| matches!(uri.scheme_str(), Some("http" | "https")));
    let Some(authority) = uri.as_ref().and_then(Uri::authority).filter(|authority| !authority.host().is_empty()) else {
        return Err("is not the address of an endpoint; write an http or https IRI in ASCII");
    };
    if authority.as_str().contains('@') {
        return Err("has a user or a password in it; what is asked of others carries none");
    }
    if iri.contains('#') {
        return Err("has a fragment, which no server sees; leave it out");
    }
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    match host.parse() {
        Ok(address) if network.covers(address) => Ok(()),
        Ok(address) if Network::Own.covers(address) => {
            Err("is a private address; an endpoint in your own network goes into --service-allow-private")
        }
        Ok(_) => Err("is an address at which no endpoint can stand, such as a link-local one"),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(public: &[&str], own: &[&str]) -> Result<AllowList, EndpointError> {
        let owned = |iris: &[&str]| iris.iter().map(|iri| (*iri).to_owned()).collect::<Vec<_>>();
        AllowList::new(&owned(public), &owned(own), "https://lists.example/")
    }

    #[test]
    fn what_is_no_address_of_an_endpoint_is_refused_with_what_would_do() {
        let cases = [
            ("ftp://example.org/sparql", "http or https"),
            ("example.org/sparql", "http or https"),
            ("http:///sparql", "http or https"),
            ("http://exämple.org/sparql", "ASCII"),
            ("http://example.org/a b", "http or https"),
            ("http://me:secret@example.org/sparql", "password"),
            ("http://me@example.org/sparql", "user"),
            ("http://example.org/sparql#it", "fragment"),
            ("http://127.0.0.1/sparql", "--service-allow-private"),
            ("http://[::1]:3030/sparql", "--service-allow-private"),
            ("http://[::ffff:10.0.0.1]/sparql", "--service-allow-private"),
            ("http://169.254.169.254/latest", "no endpoint can stand"),
        ];
        for (iri, expected) in cases {
            let error = list(&[iri], &[]).unwrap_err().to_string();
            assert!(error.contains(expected) && error.contains(&format!("{iri:?}")), "{error}");
        }
        assert!(list(&[], &["http://169.254.169.254/latest"]).is_err(), "a link-local address is nobody's own");
        assert!(
            list(&["https://query.example.org:8443/sparql?x=y"], &["http://10.0.0.1/", "http://fuseki:3030/ds"])
                .is_ok()
        );
    }

    #[test]
    fn an_endpoint_is_allowed_as_it_is_spelt_and_no_other() {
        let list = list(&["https://b.example/sparql"], &["http://a.example/sparql"]).unwrap();
        assert!(list.contains("https://b.example/sparql") && !list.contains("https://b.example/sparql/"));
        assert_eq!(list.told(), "http://a.example/sparql, https://b.example/sparql");
        assert!(AllowList::default().is_empty());
    }
}
