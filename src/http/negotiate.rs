//! Content negotiation: which of what there is a client wants most.
//!
//! <https://www.rfc-editor.org/rfc/rfc9110#name-proactive-negotiation>

use crate::rdf::Preference;
use axum::http::{HeaderMap, HeaderName, header};

/// One media range of an `Accept` header.
#[derive(Debug, PartialEq)]
struct Range<'a> {
    main: &'a str,
    sub: &'a str,
    /// In thousandths.
    quality: u16,
}

impl Range<'_> {
    /// How precisely the range names a media type; nothing if it does not cover it.
    fn precision(&self, media_type: &str) -> Option<u8> {
        let (main, sub) = media_type.split_once('/')?;
        match (self.main, self.sub) {
            ("*", "*") => Some(0),
            (range, "*") if range.eq_ignore_ascii_case(main) => Some(1),
            (range, part) if range.eq_ignore_ascii_case(main) && part.eq_ignore_ascii_case(sub) => Some(2),
            _ => None,
        }
    }
}

/// The offer that the `Accept` headers want most; of equals the one offered first. Nothing if
/// none is acceptable.
///
/// Offers are media types without parameters. A missing header accepts everything.
pub(super) fn choose<'o, T>(headers: &HeaderMap, offers: &'o [(&str, T)]) -> Option<&'o T> {
    let accept = joined(headers, &header::ACCEPT);
    let ranges = accept.as_deref().map(ranges);
    let mut best: Option<(u16, &T)> = None;
    for (media_type, offer) in offers {
        let quality = ranges.as_ref().map_or(1000, |ranges| quality(ranges, media_type));
        if quality > best.map_or(0, |(quality, _)| quality) {
            best = Some((quality, offer));
        }
    }
    best.map(|(_, offer)| offer)
}

/// The languages a reader asks for, the most wanted first.
pub(super) fn reader(headers: &HeaderMap) -> Preference {
    let accept = joined(headers, &header::ACCEPT_LANGUAGE).unwrap_or_default();
    let mut wanted: Vec<(&str, u16)> = parts(&accept)
        .map(|part| (part.split(';').next().unwrap_or_default().trim(), quality_of(part)))
        .filter(|(tag, quality)| *quality > 0 && *tag != "*" && !tag.is_empty())
        .collect();
    wanted.sort_by_key(|(_, quality)| std::cmp::Reverse(*quality));
    Preference::new(wanted.into_iter().map(|(tag, _)| tag))
}

/// The quality of a media type: that of the range that names it most precisely, the highest of
/// several that do.
fn quality(ranges: &[Range<'_>], media_type: &str) -> u16 {
    let matching = ranges.iter().filter_map(|range| Some((range.precision(media_type)?, range.quality)));
    matching.max().map_or(0, |(_, quality)| quality)
}

fn ranges(accept: &str) -> Vec<Range<'_>> {
    parts(accept)
        .filter_map(|part| {
            let (main, sub) = part.split(';').next()?.trim().split_once('/')?;
            Some(Range { main: main.trim(), sub: sub.trim(), quality: quality_of(part) })
        })
        .collect()
}

/// The elements of a list header. A comma in a quoted parameter splits too: such ranges name no
/// type that is offered here, so nothing is lost.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// The `q` of an element in thousandths: 1000 where there is none, 0 where it is malformed.
fn quality_of(part: &str) -> u16 {
    let weight = part.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    let Some(weight) = weight else { return 1000 };
    match weight.parse::<f64>() {
        // Between 0 and 1, so the product fits and is positive.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0).round() as u16,
        _ => 0,
    }
}

/// The values of a header that may come several times, as one list.
fn joined(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    if values.is_empty() { None } else { Some(values.join(",")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: [(&str, &str); 3] = [("text/html", "html"), ("text/turtle", "ttl"), ("application/n-triples", "nt")];

    fn chosen(accept: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        choose(&headers, &OFFERS).copied()
    }

    #[test]
    fn real_clients_get_what_they_can_read() {
        let rdflib = "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, \
                      application/n-quads, application/trix, application/trig";
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        let rdfjs = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,\
                     text/turtle;q=0.6,text/html;q=0.2";
        let rapper = "application/rdf+xml, text/rdf;q=0.6, text/turtle, text/html;q=0.2, text/html;q=0.6, */*;q=0.1";
        assert_eq!(chosen(rdflib), Some("ttl"));
        assert_eq!(chosen(browser), Some("html"));
        assert_eq!(chosen(rdfjs), Some("nt"));
        assert_eq!(chosen(rapper), Some("ttl"));
        assert_eq!(chosen("*/*"), Some("html"));
        assert_eq!(choose(&HeaderMap::new(), &OFFERS), Some(&"html"));
    }

    #[test]
    fn a_quality_of_zero_forbids_and_the_more_precise_range_decides() {
        assert_eq!(chosen("text/html;q=0, */*"), Some("ttl"));
        assert_eq!(chosen("text/*;q=0.2, text/turtle;q=0.1, application/n-triples;q=0.15"), Some("html"));
        assert_eq!(chosen("image/png"), None);
        assert_eq!(chosen("text/html;q=2, text/turtle;q=x"), None, "malformed weights accept nothing");
    }

    #[test]
    fn languages_come_in_the_order_of_their_weights() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, "de;q=0.5, nl-BE, *;q=0.1, fr;q=0".parse().unwrap());
        assert_eq!(reader(&headers), Preference::new(["nl-BE", "de"]));
    }

    proptest::proptest! {
        #[test]
        fn no_header_makes_it_fail_or_choose_what_is_forbidden(accept in "[ -~]{0,60}") {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, format!("{accept}, text/html;q=0").parse().unwrap());
            let html_allowed = accept.to_ascii_lowercase().contains("text/html");
            proptest::prop_assert!(html_allowed || choose(&headers, &OFFERS) != Some(&"html"));
        }
    }
}
