//! Which addresses from data may become links, and which names may become anchors.
//!
//! Escaping keeps a text from becoming markup; it does not keep `javascript:` from running when
//! a reader follows it. So an address is looked at before it is linked, and shown as plain text
//! where it fails.

use std::borrow::Cow;

/// The address itself, if a reader may follow it: http, https, or relative to this site.
///
/// Refused are other schemes, addresses that name another host without a scheme (`//host`), and
/// any character that no IRI holds ([RFC 3987, 2.2](https://www.rfc-editor.org/rfc/rfc3987#section-2.2)),
/// since browsers drop or rewrite some of them (tabs, line breaks, backslashes) before they look
/// for the scheme.
pub fn followable(address: &str) -> Option<&str> {
    if address.is_empty() || !address.chars().all(stands_in_an_iri) {
        return None;
    }
    match scheme(address) {
        Some((name, rest)) if is_web(name) && names_a_host(rest) => Some(address),
        Some(_) => None,
        None if address.starts_with("//") => None,
        None => Some(address),
    }
}

/// A name made fit to be the anchor of a part of a page: letters, digits, `.`, `_`, `-`.
///
/// What is already fit stays as it is; every other character becomes `-`.
pub fn anchor(name: &str) -> Cow<'_, str> {
    let fits = |character: char| character.is_alphanumeric() || ".-_".contains(character);
    if name.is_empty() {
        return Cow::Borrowed("-");
    }
    if name.chars().all(fits) {
        return Cow::Borrowed(name);
    }
    name.chars().map(|character| if fits(character) { character } else { '-' }).collect()
}

/// Splits an address at the colon that ends its scheme, if it has one.
fn scheme(address: &str) -> Option<(&str, &str)> {
    let end = address.find([':', '/', '?', '#'])?;
    address.split_at_checked(end).and_then(|(name, rest)| Some((name, rest.strip_prefix(':')?)))
}

/// Whether a scheme is one that pages link to.
fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Whether what follows the scheme names a host; browsers guess one where it does not.
fn names_a_host(rest: &str) -> bool {
    rest.strip_prefix("//").is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#']))
}

/// Whether an IRI may hold a character, without regard to where.
fn stands_in_an_iri(character: char) -> bool {
    !character.is_control() && !character.is_whitespace() && !"<>\"{}|\\^`".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_and_relative_addresses_are_followed() {
        for address in [
            "http://id.esd.org.uk/service/372",
            "HTTPS://example.org/é?a=b:c#d",
            "/doc/service-type/372",
            "372",
            "../functions#a:b",
            "#part",
            "?page=2",
        ] {
            assert_eq!(followable(address), Some(address), "{address}");
        }
    }

    #[test]
    fn other_schemes_are_not_followed_however_they_are_written() {
        for address in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "mailto:someone@example.org",
            ":x",
        ] {
            assert_eq!(followable(address), None, "{address:?}");
        }
    }

    #[test]
    fn an_address_that_hides_its_host_is_not_followed() {
        for address in ["//example.org/", "/\\example.org", "http:example.org", "https:///x", "http://", ""] {
            assert_eq!(followable(address), None, "{address:?}");
        }
    }

    #[test]
    fn an_anchor_holds_no_character_that_ends_an_attribute_or_an_identifier() {
        assert_eq!(anchor("letter-A"), "letter-A");
        assert_eq!(anchor("Å"), "Å");
        assert_eq!(anchor("a b\"c"), "a-b-c");
        assert_eq!(anchor(""), "-");
    }
}
