//! What proxies write of those they forward a request for.
//!
//! `Forwarded` is the standard's field, <https://www.rfc-editor.org/rfc/rfc7239>; `X-Forwarded-For` is older and more common.
//! Both are lists to which each proxy adds at the end.

use axum::http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Whom one proxy got a request from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hop {
    /// An address.
    At(IpAddr),
    /// It does not tell, or not so that it can be read.
    Untold,
}

/// The hops that `Forwarded` tells, the nearest last; nothing where the field is missing.
pub(super) fn of_standard(headers: &HeaderMap) -> Option<Vec<Hop>> {
    hops_of(headers, "forwarded", of_standard_line)
}

/// The hops that `X-Forwarded-For` tells, the nearest last; nothing where the field is missing.
pub(super) fn of_older(headers: &HeaderMap) -> Option<Vec<Hop>> {
    hops_of(headers, "x-forwarded-for", |line| line.split(',').map(str::trim).filter_map(of_older_element).collect())
}

/// Each line is read alone, so that one which a client left open swallows nothing of the next.
fn hops_of(headers: &HeaderMap, name: &str, of_line: impl Fn(&str) -> Vec<Hop>) -> Option<Vec<Hop>> {
    let mut lines = headers.get_all(name).iter().peekable();
    lines.peek()?;
    Some(lines.flat_map(|line| line.to_str().map_or_else(|_| vec![Hop::Untold], &of_line)).collect())
}

fn of_standard_line(line: &str) -> Vec<Hop> {
    match split_unquoted(line, ',') {
        Some(elements) => elements.into_iter().filter(|element| !element.trim().is_empty()).map(of_element).collect(),
        None => vec![Hop::Untold],
    }
}

/// Lists may have empty elements, which mean nothing: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2>.
fn of_older_element(element: &str) -> Option<Hop> {
    (!element.is_empty()).then(|| address(element).map_or(Hop::Untold, Hop::At))
}

/// The hop of an element such as `for=192.0.2.1;proto=https`.
fn of_element(element: &str) -> Hop {
    let pairs = split_unquoted(element, ';').unwrap_or_default().into_iter().filter_map(|pair| pair.split_once('='));
    let mut nodes = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for")).map(|(_, node)| node.trim());
    match (nodes.next(), nodes.next()) {
        (Some(node), None) => address(&unquoted(node)).map_or(Hop::Untold, Hop::At),
        _ => Hop::Untold,
    }
}

/// The parts between separators that stand outside quoted strings; nothing where a quote is left open.
fn split_unquoted(text: &str, separator: char) -> Option<Vec<&str>> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = text.split(|character: char| {
        let is_taken = std::mem::take(&mut is_escaped);
        match character {
            '\\' if is_quoted => is_escaped = !is_taken,
            '"' if !is_taken => is_quoted = !is_quoted,
            _ => {}
        }
        character == separator && !is_quoted
    });
    let parts = parts.collect();
    (!is_quoted).then_some(parts)
}

/// What a value says that may be a quoted string: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4>.
fn unquoted(value: &str) -> String {
    let Some(quoted) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return value.to_owned() };
    let mut characters = quoted.chars();
    std::iter::from_fn(|| characters.next().and_then(|next| if next == '\\' { characters.next() } else { Some(next) }))
        .collect()
}

/// An address with a port or without, of IPv6 in brackets or without.
fn address(node: &str) -> Option<IpAddr> {
    let in_brackets = || node.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    let with_port = || node.parse::<SocketAddr>().ok().map(|address| address.ip());
    let address = node.parse::<IpAddr>().ok().or_else(with_port).or_else(in_brackets);
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, lines: &[&[u8]]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(name, axum::http::HeaderValue::from_bytes(line).unwrap());
        }
        headers
    }

    fn standard(line: &str) -> Vec<Hop> {
        of_standard(&headers("forwarded", &[line.as_bytes()])).unwrap()
    }

    fn at(address: &str) -> Hop {
        Hop::At(address.parse().unwrap())
    }

    #[test]
    fn the_examples_of_the_standard_are_read() {
        // RFC 7239, sections 4, 6 and 7.1.
        assert_eq!(standard("for=\"_gazonk\""), [Hop::Untold]);
        assert_eq!(standard("For=\"[2001:db8:cafe::17]:4711\""), [at("2001:db8:cafe::17")]);
        assert_eq!(standard("for=192.0.2.60;proto=http;by=203.0.113.43"), [at("192.0.2.60")]);
        assert_eq!(standard("for=192.0.2.43, for=198.51.100.17"), [at("192.0.2.43"), at("198.51.100.17")]);
        assert_eq!(standard("for=192.0.2.43,for=\"[2001:db8:cafe::17]\",for=unknown").last(), Some(&Hop::Untold));
        assert_eq!(standard("for=_hidden, for=_SEVKISEK"), [Hop::Untold; 2]);
    }

    #[test]
    fn what_is_hostile_tells_nothing_and_hides_nothing_behind_it() {
        for line in ["for=\"", "for=192.0.2.1;for=192.0.2.2", "by=192.0.2.1", "for=", "=", ";", "for", "for=\"\\", "\\"]
        {
            assert_eq!(standard(line), [Hop::Untold], "{line:?}");
        }
        let real = at("203.0.113.7");
        for line in [
            "for=\"x, for=192.0.2.1;y=\", for=203.0.113.7",
            "for=\"a\\\", for=192.0.2.1\", for=203.0.113.7",
            "for=\"\\\\\", for=203.0.113.7",
            ",,;,for=203.0.113.7,,",
        ] {
            assert_eq!(standard(line).last(), Some(&real), "{line:?}");
        }
        assert_eq!(standard("for=\"2\\03.0.113.7\""), [real]);
        // A proxy that adds to a line with an open quote adds to what cannot be read.
        assert_eq!(standard("for=192.0.2.1, for=\", for=203.0.113.7"), [Hop::Untold]);
        let lines = headers("forwarded", &[b"for=\"", b"for=203.0.113.7"]);
        assert_eq!(of_standard(&lines).unwrap(), [Hop::Untold, real]);
        assert_eq!(of_standard(&headers("forwarded", &[b"for=\xff"])).unwrap(), [Hop::Untold]);
    }

    #[test]
    fn the_older_field_has_addresses_in_every_spelling() {
        let line: &[u8] =
            b" 192.0.2.1,,2001:db8::1 , [2001:db8::2],[2001:db8::3]:80, 192.0.2.2:443, ::ffff:192.0.2.3, x";
        let hops = of_older(&headers("x-forwarded-for", &[line])).unwrap();
        let addresses = ["192.0.2.1", "2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.2", "192.0.2.3"];
        assert_eq!(hops, addresses.map(at).into_iter().chain([Hop::Untold]).collect::<Vec<_>>());
        assert_eq!(of_older(&HeaderMap::new()), None);
        assert_eq!(of_standard(&headers("forwarded", &[b""])), Some(Vec::new()));
    }
}
