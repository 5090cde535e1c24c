//! Content negotiation: which of what there is a client wants most.
//!
//! <https://www.rfc-editor.org/rfc/rfc9110#name-proactive-negotiation>

use crate::pages::Language;
use crate::profile::Profile;
use crate::rdf::Preference;
use axum::http::{HeaderMap, HeaderName, header};
use std::borrow::Cow;

/// `Accept-Profile`, <https://www.w3.org/TR/dx-prof-conneg/>.
pub(super) const ACCEPT_PROFILE: HeaderName = HeaderName::from_static("accept-profile");

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
/// Offers are media types without parameters. A missing or empty header accepts everything.
pub(super) fn choose<'o, T>(headers: &HeaderMap, offers: impl IntoIterator<Item = (&'o str, T)>) -> Option<T> {
    let accept = joined(headers, &header::ACCEPT);
    let ranges = accept.as_deref().map(ranges);
    let mut best: Option<(u16, T)> = None;
    for (media_type, offer) in offers {
        let quality = ranges.as_ref().map_or(1000, |ranges| quality(ranges, media_type));
        if quality > best.as_ref().map_or(0, |(quality, _)| *quality) {
            best = Some((quality, offer));
        }
    }
    best.map(|(_, offer)| offer)
}

/// The interface language that a reader wants most; English where none is wanted.
///
/// A wanted range is served by the language it refines: `nl-BE` by `nl` (lookup,
/// <https://www.rfc-editor.org/rfc/rfc4647#section-3.4>).
pub(super) fn language(headers: &HeaderMap) -> Language {
    let accept = joined(headers, &header::ACCEPT_LANGUAGE).unwrap_or_default();
    most_wanted(&accept, language_of).unwrap_or(Language::English)
}

/// The languages of messages that a reader wants: those of the interface language.
pub(super) fn preference(headers: &HeaderMap) -> Preference {
    Preference::new(language(headers).data_tags())
}

fn language_of(range: &str) -> Option<Language> {
    let primary = range.split('-').next().unwrap_or_default().to_ascii_lowercase();
    Language::ALL.into_iter().find(|language| language.data_tags().contains(&primary.as_str()))
}

/// The one of some profiles that `Accept-Profile` wants most; nothing where it names none of them.
pub(super) fn profile(headers: &HeaderMap, profiles: &[Profile]) -> Option<Profile> {
    let accept = joined(headers, &ACCEPT_PROFILE)?;
    most_wanted(&accept, |name| {
        let meant = match name.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
            Some(iri) => Profile::of_iri(iri),
            None => Profile::of_token(name),
        };
        meant.filter(|meant| profiles.contains(meant))
    })
}

/// Of the elements of a weighted list that mean something here, the one with the highest weight;
/// of equals the first.
fn most_wanted<T>(list: &str, meaning: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut best: Option<(u16, T)> = None;
    for element in elements(list) {
        let quality = quality_of(element);
        if quality > best.as_ref().map_or(0, |(quality, _)| *quality)
            && let Some(meant) = meaning(name_of(element))
        {
            best = Some((quality, meant));
        }
    }
    best.map(|(_, meant)| meant)
}

/// The weight of a name in a weighted list such as `Accept-Encoding`; nothing if it is not there.
pub(super) fn weight(list: &str, name: &str) -> Option<u16> {
    elements(list).find(|element| name_of(element).eq_ignore_ascii_case(name)).map(quality_of)
}

/// The quality of a media type: that of the range that names it most precisely, the highest of
/// several that do.
fn quality(ranges: &[Range<'_>], media_type: &str) -> u16 {
    let matching = ranges.iter().filter_map(|range| Some((range.precision(media_type)?, range.quality)));
    matching.max().map_or(0, |(_, quality)| quality)
}

/// The media ranges of an `Accept`. Parameters narrow a range, and what is offered has none: a
/// client that names some still gets the type that it names, but does not forbid it by them.
fn ranges(accept: &str) -> Vec<Range<'_>> {
    elements(accept)
        .filter_map(|element| {
            let (main, sub) = name_of(element).split_once('/')?;
            let quality = quality_of(element);
            let is_narrow = parameters(element).any(|(name, _)| !name.eq_ignore_ascii_case("q"));
            (quality > 0 || !is_narrow).then_some(Range { main: main.trim(), sub: sub.trim(), quality })
        })
        .collect()
}

/// The elements of a list header; a comma in a quoted string or an IRI in `<>` ends none.
fn elements(list: &str) -> impl Iterator<Item = &str> {
    split(list, ',').map(str::trim).filter(|element| !element.is_empty())
}

/// What an element names, without its parameters.
fn name_of(element: &str) -> &str {
    split(element, ';').next().unwrap_or_default().trim()
}

fn parameters(element: &str) -> impl Iterator<Item = (&str, &str)> {
    split(element, ';').skip(1).filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        Some((name.trim(), value.trim()))
    })
}

/// The `q` of an element in thousandths: 1000 where there is none, 0 where it is malformed.
fn quality_of(element: &str) -> u16 {
    let Some((_, weight)) = parameters(element).find(|(name, _)| name.eq_ignore_ascii_case("q")) else {
        return 1000;
    };
    match weight.parse::<f64>() {
        // Between 0 and 1, so the product fits and is positive.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0).round() as u16,
        _ => 0,
    }
}

/// Splits at a separator outside of quoted strings and of `<>`.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut within: Option<char> = None;
    let mut is_escaped = false;
    text.split(move |character| {
        if is_escaped {
            is_escaped = false;
            return false;
        }
        match within {
            Some('"') if character == '\\' => is_escaped = true,
            Some(end) if character == end => within = None,
            Some(_) => {}
            None if character == '"' => within = Some('"'),
            None if character == '<' => within = Some('>'),
            None => return character == separator,
        }
        false
    })
}

/// The values of a header that may come several times, as one list; nothing if there is none or
/// all are empty.
pub(super) fn joined<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<Cow<'h, str>> {
    // Bytes that are no ASCII stand in a parameter or in nothing we know; the rest of the list holds.
    let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let mut values = values.filter(|value| elements(value).next().is_some());
    let first = values.next()?;
    Some(values.fold(first, |list, value| Cow::Owned(format!("{list},{value}"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OFFERS: [(&str, &str); 6] = [
        ("text/html", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("application/n-triples", "nt"),
        ("application/json", "json"),
    ];

    fn chosen(accept: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        choose(&headers, OFFERS)
    }

    /// The headers that clients were seen to send.
    #[test]
    fn real_clients_get_what_they_can_read() {
        let rdflib = "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, \
                      application/n-quads, application/trix, application/trig";
        let rapper = "application/rdf+xml, text/rdf;q=0.6, */*;q=0.1";
        let rapper_guessing = "application/rdf+xml, text/rdf;q=0.6, text/turtle, application/x-turtle, text/html;q=0.2, \
                               application/json, text/html;q=0.6, */*;q=0.1";
        let rdf_dereference = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,\
                               application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,\
                               application/xml;q=0.3,image/svg+xml;q=0.3,text/xml;q=0.3,text/html;q=0.2,\
                               application/xhtml+xml;q=0.18,application/json;q=0.135";
        let rdfjs = "application/ld+json, application/trig, application/n-quads, application/n-triples, text/n3, \
                     text/turtle, application/rdf+xml";
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        for (client, accept, form) in [
            ("rdflib", rdflib, "ttl"),
            ("rapper", rapper, "rdf"),
            ("rapper -g", rapper_guessing, "ttl"),
            ("rdf-dereference", rdf_dereference, "jsonld"),
            ("@rdfjs/fetch", rdfjs, "ttl"),
            ("a browser", browser, "html"),
            ("curl", "*/*", "html"),
            ("a harvester", "text/turtle", "ttl"),
            ("a script", "application/json", "json"),
        ] {
            assert_eq!(chosen(accept), Some(form), "{client}");
        }
        assert_eq!(choose(&HeaderMap::new(), OFFERS), Some("html"));
        for empty in [" ", ",", ", ,"] {
            assert_eq!(chosen(empty), Some("html"), "an empty header is none: {empty:?}");
        }
    }

    #[test]
    fn a_quality_of_zero_forbids_and_the_more_precise_range_decides() {
        assert_eq!(chosen("text/html;q=0, */*"), Some("ttl"));
        assert_eq!(chosen("text/*;q=0.2, text/turtle;q=0.1, application/n-triples;q=0.15"), Some("html"));
        assert_eq!(chosen("image/png"), None);
        assert_eq!(chosen("text/html;q=2, text/turtle;q=x"), None, "malformed weights accept nothing");
    }

    #[test]
    fn parameters_neither_split_a_range_nor_forbid_what_has_none() {
        assert_eq!(chosen("text/turtle;charset=UTF-8, text/html;q=0.5"), Some("ttl"));
        assert_eq!(
            chosen(r#"application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, x;q=0";q=0.9"#),
            Some("jsonld")
        );
        assert_eq!(chosen("text/html;level=1;q=0, text/html"), Some("html"));
    }

    #[test]
    fn bytes_that_are_no_ascii_spoil_no_more_than_their_own_element() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCEPT,
            header::HeaderValue::from_bytes(b"text/turtle;x=\"\xe9\", text/html;q=0.5").unwrap(),
        );
        assert_eq!(choose(&headers, OFFERS), Some("ttl"));
    }

    #[test]
    fn the_language_wanted_most_is_the_one_that_serves_its_region() {
        let language = |accept: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
            language(&headers).code()
        };
        assert_eq!(language("de;q=0.5, nl-BE, *;q=0.1, fr;q=0"), "nl");
        assert_eq!(language("it, sv;q=0.3"), "sv");
        assert_eq!(language("NB-no"), "nb");
        assert_eq!(language("no"), "nb");
        for none in ["*", "it", "", "fr;q=0"] {
            assert_eq!(language(none), "en", "{none:?}");
        }
    }

    #[test]
    fn a_profile_is_wanted_by_its_iri() {
        let wanted = |accept: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_PROFILE, accept.parse().unwrap());
            profile(&headers, &Profile::ALL)
        };
        assert_eq!(wanted("<http://www.w3.org/2004/02/skos/core>"), Some(Profile::Skos));
        assert_eq!(
            wanted("<https://schema.org/>;q=0.3, <http://www.w3.org/2004/02/skos/core#>;q=0.9"),
            Some(Profile::Skos)
        );
        assert_eq!(wanted("<http://nobody.example/profile,with;odd=parts>"), None);
        assert_eq!(profile(&HeaderMap::new(), &Profile::ALL), None);
    }

    /// A range with its weight in thousandths, out of those that clients send.
    fn range() -> impl Strategy<Value = (&'static str, u16)> {
        const NAMES: [&str; 13] = [
            "*/*",
            "text/*",
            "application/*",
            "text/html",
            "TEXT/HTML",
            "text/turtle",
            "application/ld+json",
            "application/rdf+xml",
            "application/n-triples",
            "application/json",
            "text/n3",
            "application/xml",
            "image/png",
        ];
        (prop::sample::select(NAMES.to_vec()), prop::sample::select(vec![0, 1, 100, 135, 200, 500, 900, 950, 1000]))
    }

    /// What the specification says, in its own order: for each type the most precise range that
    /// covers it gives its quality; the highest quality wins, the first offered of equals.
    fn by_the_book(ranges: &[(&str, u16)]) -> Option<&'static str> {
        let quality = |media_type: &str| {
            let (main, _) = media_type.split_once('/').unwrap();
            for covering in [media_type.to_owned(), format!("{main}/*"), "*/*".to_owned()] {
                let found =
                    ranges.iter().filter(|(range, _)| range.to_lowercase() == covering).map(|(_, quality)| *quality);
                if let Some(quality) = found.max() {
                    return quality;
                }
            }
            0
        };
        let best = OFFERS.iter().map(|(media_type, _)| quality(media_type)).max().filter(|best| *best > 0)?;
        OFFERS.iter().find(|(media_type, _)| quality(media_type) == best).map(|(_, offer)| *offer)
    }

    proptest! {
        #[test]
        fn the_choice_is_that_of_the_specification(
            ranges in prop::collection::vec(range(), 1..8),
            spaces in prop::collection::vec("[ \t]{0,2}", 8),
        ) {
            let parts: Vec<String> = ranges.iter().zip(&spaces).map(|((name, quality), space)| {
                format!("{space}{name}{space};{space}q={}", f64::from(*quality) / 1000.0)
            }).collect();
            prop_assert_eq!(chosen(&parts.join(",")), by_the_book(&ranges));
        }

        #[test]
        fn no_header_makes_it_fail_or_choose_what_is_forbidden(accept in "[ -~]{0,60}") {
            let html_allowed = accept.to_ascii_lowercase().contains("text/html") || accept.contains(['"', '<']);
            let choice = chosen(&format!("{accept}, text/html;q=0"));
            prop_assert!(html_allowed || choice != Some("html"));
        }
    }
}
