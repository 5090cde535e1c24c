//! The proxies whose word is believed about whom they forward a request for.

use super::forwarded::{self, Hop};
use axum::http::HeaderMap;
use std::net::IpAddr;

/// Addresses of proxies, each alone or a whole network.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<Network>);

/// A text that names no proxy.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no address; write one as 127.0.0.1 or ::1, or a network as 172.16.0.0/12")]
pub struct ProxyError(String);

/// The addresses that begin with the same bits.
#[derive(Clone, Copy, Debug)]
struct Network {
    first: IpAddr,
    /// How many bits are the same.
    prefix: u32,
}

impl TrustedProxies {
    /// Reads addresses, and networks as `address/bits`.
    ///
    /// # Errors
    /// [`ProxyError`] for the first that is neither.
    pub fn parse(given: &[String]) -> Result<Self, ProxyError> {
        let network = |text: &String| Network::parse(text).ok_or_else(|| ProxyError(text.clone()));
        given.iter().map(network).collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address is one of theirs.
    pub(super) fn include(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.includes(address))
    }

    /// The address that a request comes from which one of these proxies, at `proxy`, forwards.
    ///
    /// `Forwarded` and `X-Forwarded-For` are both read. A proxy that writes one of them lets the other through as a client
    /// sent it; so where the two tell different addresses neither is believed, and the request counts as the proxy's own.
    pub(super) fn client_behind(&self, proxy: IpAddr, headers: &HeaderMap) -> IpAddr {
        let told = [forwarded::of_standard(headers), forwarded::of_older(headers)];
        match told.map(|hops| hops.map(|hops| self.nearest_stranger(proxy, &hops))) {
            [Some(one), Some(other)] if one != other => proxy,
            [Some(one), _] | [None, Some(one)] => one,
            [None, None] => proxy,
        }
    }

    /// The last of the hops that is not one of these proxies: whatever stands before it, anybody can have written.
    fn nearest_stranger(&self, proxy: IpAddr, hops: &[Hop]) -> IpAddr {
        let mut nearest = proxy;
        for hop in hops.iter().rev() {
            let Hop::At(address) = hop else { break };
            nearest = *address;
            if !self.include(nearest) {
                break;
            }
        }
        nearest
    }
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse().ok()?)),
            None => (text, None),
        };
        let first = address.parse::<IpAddr>().ok()?.to_canonical();
        let width = if first.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(width);
        (prefix <= width).then_some(Self { first, prefix })
    }

    fn includes(self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros() >= self.prefix,
            (IpAddr::V6(own), IpAddr::V6(other)) => (own.to_bits() ^ other.to_bits()).leading_zeros() >= self.prefix,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(given: &[&str]) -> TrustedProxies {
        TrustedProxies::parse(&given.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// The client of a request that 10.0.0.1 forwards, where that and 10.1.0.0/16 are trusted.
    fn client(fields: &[(&'static str, &str)]) -> String {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(*name, value.parse().unwrap());
        }
        proxies(&["10.0.0.1", "10.1.0.0/16"]).client_behind(address("10.0.0.1"), &headers).to_string()
    }

    #[test]
    fn the_client_is_the_last_address_that_is_no_proxy_of_ours() {
        for (value, expected) in [
            ("203.0.113.7", "203.0.113.7"),
            ("198.51.100.1, 203.0.113.7", "203.0.113.7"),
            ("198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"),
            ("10.1.2.3", "10.1.2.3"),
            ("garbage, 203.0.113.7", "203.0.113.7"),
            ("203.0.113.7, unknown", "10.0.0.1"),
            ("203.0.113.7, unknown, 10.1.2.3", "10.1.2.3"),
            ("", "10.0.0.1"),
        ] {
            assert_eq!(client(&[("x-forwarded-for", value)]), expected, "{value:?}");
        }
        assert_eq!(client(&[]), "10.0.0.1");
        let two_fields = [("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "203.0.113.7")];
        assert_eq!(client(&two_fields), "203.0.113.7");
        assert_eq!(client(&[("forwarded", "for=198.51.100.1, for=203.0.113.7;proto=https")]), "203.0.113.7");
    }

    #[test]
    fn a_client_cannot_take_another_address_by_the_field_that_the_proxy_does_not_write() {
        let agreeing = [("forwarded", "for=203.0.113.7"), ("x-forwarded-for", "198.51.100.1, 203.0.113.7")];
        assert_eq!(client(&agreeing), "203.0.113.7");
        let spoofed = [("forwarded", "for=198.51.100.1"), ("x-forwarded-for", "203.0.113.7")];
        assert_eq!(client(&spoofed), "10.0.0.1");
        let broken = [("forwarded", "for=\""), ("x-forwarded-for", "203.0.113.7")];
        assert_eq!(client(&broken), "10.0.0.1");
    }

    #[test]
    fn proxies_are_addresses_and_networks() {
        let some = proxies(&["127.0.0.1", "::1", "172.16.0.0/12", "fd00::/8", "0.0.0.0/0"]);
        assert!(some.include(address("8.8.8.8")), "a prefix of no bits is everything of its kind");
        let some = proxies(&["127.0.0.1", "::1", "172.16.0.0/12", "fd00::/8"]);
        for own in ["127.0.0.1", "::ffff:127.0.0.1", "::1", "172.31.255.255", "fdff::1"] {
            assert!(some.include(address(own)), "{own}");
        }
        for other in ["127.0.0.2", "172.32.0.0", "fe00::1", "::2"] {
            assert!(!some.include(address(other)), "{other}");
        }
        for wrong in ["", "localhost", "10.0.0.0/33", "::/129", "10.0.0.1/", "10.0.0.0/-1", "10.0.0.1:80"] {
            let error = TrustedProxies::parse(&[wrong.to_owned()]).unwrap_err().to_string();
            assert!(error.contains(&format!("{wrong:?}")) && error.contains("172.16.0.0/12"), "{error}");
        }
    }
}
