//! Which addresses from data may become links, and which names may become anchors.
//!
//! Escaping keeps a text from becoming markup; it does not keep `javascript:` from running when
//! a reader follows it. So an address is looked at before it is linked, and shown as plain text
//! where it fails.
//!
//! An address that is shown breaks where its parts end ([`pieces`]).

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

/// The address itself, if it leads to a web page wherever it stands: http or https with a host.
pub fn web(address: &str) -> Option<&str> {
    followable(address).filter(|address| scheme(address).is_some())
}

/// The `mailto:` link that writes to a mail address of the plain form `local@domain`.
///
/// Plain is narrower than what mail allows: letters, digits, `.`, `_`, `+`, `-` before the `@`,
/// and a domain of at least two labels after it. No such address holds a character that means
/// something in a link ([RFC 6068, 2](https://www.rfc-editor.org/rfc/rfc6068#section-2)), so
/// nobody can hang a second recipient, a subject or a header on it.
pub fn mail(address: &str) -> Option<String> {
    let (local, domain) = address.split_once('@')?;
    let plain = local.len() <= 64 && domain.len() <= 253 && local.split('.').all(is_atom) && is_domain(domain);
    plain.then(|| format!("mailto:{address}"))
}

/// The pieces of an address that a line may end between: each ends behind a run of `/`, `#`, `?`
/// or `&`. Together they are the address.
pub fn pieces(address: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = address;
    while let Some((piece, after)) = end_of_piece(rest).and_then(|end| rest.split_at_checked(end)) {
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
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

/// Whether a part of a mail address between dots is plain.
fn is_atom(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
}

/// Whether a name has the form of a domain below a top-level one
/// ([RFC 1034, 3.5](https://www.rfc-editor.org/rfc/rfc1034#section-3.5)); no number is one.
fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let top = name.rsplit_once('.').map(|(_, top)| top);
    name.split('.').all(is_label) && top.is_some_and(|top| top.contains(|letter: char| letter.is_ascii_alphabetic()))
}

/// Where the first piece of an address ends, if anything follows it.
fn end_of_piece(address: &str) -> Option<usize> {
    let ends_a_part = |character: char| "/#?&".contains(character);
    let first = address.find(ends_a_part)?;
    let run = address.get(first..)?.find(|character| !ends_a_part(character))?;
    Some(first + run)
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
    fn only_an_absolute_address_leads_to_a_page_wherever_it_stands() {
        assert_eq!(web("https://example.eu/contact"), Some("https://example.eu/contact"));
        for address in ["/contact", "contact", "//example.eu/", "mailto:a@example.eu", "javascript:alert(1)", ""] {
            assert_eq!(web(address), None, "{address:?}");
        }
    }

    #[test]
    fn a_plain_mail_address_may_be_written_to() {
        for address in ["services@example.eu", "a.b+list_1@x-y.example.eu", "1@2.nl", "a@xn--bcher-kva.example"] {
            assert_eq!(mail(address), Some(format!("mailto:{address}")));
        }
    }

    #[test]
    fn a_mail_address_that_carries_more_or_is_not_plain_is_not_written_to() {
        for address in [
            "a@example.eu?bcc=b@example.eu",
            "a@example.eu?subject=x&body=y",
            "a@example.eu,b@example.eu",
            "a@example.eu%0D%0ABcc:b@example.eu",
            "a@example.eu\r\nBcc: b@example.eu",
            "a%40b@example.eu",
            "a@b@example.eu",
            "mailto:a@example.eu",
            "javascript:alert(1)//a@example.eu",
            "A <a@example.eu>",
            "\"a b\"@example.eu",
            "a@example.eu\" onclick=\"alert(1)",
            "a@[192.0.2.1]",
            "a@192.0.2.1",
            "a@localhost",
            "a@-example.eu",
            "a@example..eu",
            "a@example.eu.",
            "a..b@example.eu",
            ".a@example.eu",
            "a.@example.eu",
            "é@example.eu",
            "a@exämple.eu",
            "a@\u{202e}example.eu",
            "@example.eu",
            "a@",
            "@",
            "",
        ] {
            assert_eq!(mail(address), None, "{address:?}");
        }
    }

    #[test]
    fn an_address_breaks_where_its_parts_end_and_not_within_two_slashes() {
        assert_eq!(
            pieces("https://example.eu/id/a?x=1&y=2#z"),
            ["https://", "example.eu/", "id/", "a?", "x=1&", "y=2#", "z"]
        );
        assert_eq!(pieces("https://example.eu/é/"), ["https://", "example.eu/", "é/"]);
        assert_eq!(pieces("/372"), ["/", "372"]);
        assert_eq!(pieces("urn:isbn:1"), ["urn:isbn:1"]);
        assert_eq!(pieces("#?"), ["#?"]);
        assert_eq!(pieces(""), [""]);
    }

    #[test]
    fn an_anchor_holds_no_character_that_ends_an_attribute_or_an_identifier() {
        assert_eq!(anchor("letter-A"), "letter-A");
        assert_eq!(anchor("Å"), "Å");
        assert_eq!(anchor("a b\"c"), "a-b-c");
        assert_eq!(anchor(""), "-");
    }
}
