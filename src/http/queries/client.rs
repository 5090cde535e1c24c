//! Who asks: what tells one client from another.

use super::proxies::TrustedProxies;
use crate::http::state::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Once;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::http) enum Client {
    /// Whoever asks from this address, or of IPv6 from this network.
    From(IpAddr),
    /// All that cannot be told apart: those on this machine, of which one may be a proxy, and those who write. What one
    /// client may do holds for none of them.
    Untold,
}

impl Client {
    /// The client of a request: the address of its connection, or the one that a trusted proxy tells.
    fn of(parts: &Parts, proxies: &TrustedProxies) -> Self {
        let Some(ConnectInfo(peer)) = parts.extensions.get::<ConnectInfo<SocketAddr>>() else { return Self::Untold };
        let peer = peer.ip().to_canonical();
        if proxies.include(peer) {
            Self::From(network(proxies.client_behind(peer, &parts.headers)))
        } else if peer.is_loopback() {
            note_proxy(peer, &parts.headers);
            Self::Untold
        } else {
            Self::From(network(peer))
        }
    }
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(parts, &app.settings.proxies))
    }
}

impl fmt::Display for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::From(address) => write!(formatter, "{address}"),
            Self::Untold => formatter.write_str("this machine"),
        }
    }
}

/// What of an address tells one client from another: of IPv6 the first half, since a network of 64 bits is the least
/// that anybody is given (<https://www.rfc-editor.org/rfc/rfc6177>).
pub(in crate::http) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (!0 << 64))),
        address @ IpAddr::V4(_) => address,
    }
}

/// Tells the operator once that a proxy on this machine could tell clients apart.
fn note_proxy(peer: IpAddr, headers: &HeaderMap) {
    static NOTED: Once = Once::new();
    if headers.contains_key("forwarded") || headers.contains_key("x-forwarded-for") {
        NOTED.call_once(|| {
            tracing::warn!(
                "a proxy at {peer} forwards requests and is not trusted, so no limit holds for one client alone; \
                 start with --trusted-proxy {peer}"
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn client(peer: &str, proxies: &[&str]) -> Client {
        let peer = SocketAddr::new(peer.parse().unwrap(), 4_711);
        let request = Request::get("/").extension(ConnectInfo(peer)).header("x-forwarded-for", "203.0.113.7");
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let proxies: Vec<String> = proxies.iter().map(|proxy| (*proxy).to_owned()).collect();
        Client::of(&parts, &TrustedProxies::parse(&proxies).unwrap())
    }

    fn from(address: &str) -> Client {
        Client::From(address.parse().unwrap())
    }

    #[test]
    fn what_a_connection_says_of_others_is_believed_of_trusted_proxies_only() {
        assert_eq!(client("192.0.2.1", &[]), from("192.0.2.1"));
        assert_eq!(client("192.0.2.1", &["192.0.2.1"]), from("203.0.113.7"));
        assert_eq!(client("192.0.2.2", &["192.0.2.1"]), from("192.0.2.2"));
        assert_eq!(client("127.0.0.1", &["127.0.0.1"]), from("203.0.113.7"));
        assert_eq!(client("127.0.0.1", &["192.0.2.1"]), Client::Untold);
        assert_eq!(client("::1", &[]), Client::Untold);
        assert_eq!(client("::ffff:127.0.0.1", &[]), Client::Untold);
    }

    #[test]
    fn of_ipv6_a_network_is_one_client() {
        assert_eq!(client("2001:db8:1:2:3::4", &[]), from("2001:db8:1:2::"));
        assert_eq!(client("::ffff:192.0.2.1", &[]), from("192.0.2.1"));
    }
}
