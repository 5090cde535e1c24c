//! Promises that hold for every page, checked on all of them.

pub(super) mod filled;

use super::{Language, QUERY_SCRIPT, QUERY_STYLESHEET, STYLESHEET, Site, Translation, query_script_name};
use filled::{CALM, With, pages, pages_of, site};
use std::collections::BTreeSet;

/// Strings that would end an attribute, a tag, a text area or a comment, or run when followed.
const HOSTILE: [&str; 17] = [
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" x=\"",
    "</textarea></title></main><script>alert(1)</script>",
    "<!-- --><svg/onload=alert(1)>",
    "{{ site.title }}{% raw %}",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "\u{1}java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    "//elsewhere.example/",
    // Short enough for the margin, and a day with something behind it.
    "<b>1",
    "2013-04-03<b>",
    // Mail addresses and pages that carry more than they seem to.
    "mailto:a@example.eu?bcc=b@example.eu",
    "a@example.eu\" onclick=\"alert(1)",
    "javascript://example.eu/%0Aalert(1)//@example.eu",
];

/// The start tags of a document: each name with its attributes. Attribute values in these
/// templates always stand in double quotes, so anything else counts as an attribute's name.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    for piece in html.split('<').skip(1).filter(|piece| !piece.starts_with(['/', '!'])) {
        let (tag, _) = piece.split_once('>').expect("every tag ends");
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while let Some((attribute, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"').expect("every attribute value ends");
            let names: Vec<_> = attribute.split_whitespace().collect();
            attributes.extend(names.iter().map(|name| ((*name).to_owned(), value.to_owned())));
            rest = after;
        }
        attributes.extend(rest.split_whitespace().map(|name| (name.to_owned(), String::new())));
        found.push((name.to_owned(), attributes));
    }
    found
}

fn shapes(html: &str) -> BTreeSet<(String, String)> {
    let names = |(tag, attributes): (String, Vec<(String, String)>)| {
        let of_tag = tag.clone();
        let bare = [(tag, String::new())];
        bare.into_iter().chain(attributes.into_iter().map(move |(name, _)| (of_tag.clone(), name)))
    };
    tags(html).into_iter().flat_map(names).collect()
}

/// The shapes of a harmless page, and those of addresses and codes shown as text, of days, and of
/// places where addresses break.
fn expected(calm: &str) -> BTreeSet<(String, String)> {
    let shown = [
        ("span", ""),
        ("span", "class"),
        ("code", ""),
        ("code", "class"),
        ("time", ""),
        ("time", "class"),
        ("time", "datetime"),
        ("wbr", ""),
    ];
    let shown = shown.map(|(tag, attribute)| (tag.to_owned(), attribute.to_owned()));
    shapes(calm).into_iter().chain(shown).collect()
}

#[test]
fn no_string_in_any_field_adds_an_element_or_an_attribute() {
    for hostile in HOSTILE {
        // An address that is refused takes what stands around it off the page, so hostile words
        // are tried beside good addresses as well.
        let everywhere = With { words: hostile, address: hostile, language: hostile };
        for with in [everywhere, With { words: hostile, ..CALM }, With { address: hostile, ..CALM }] {
            for ((page, calm), (_, attacked)) in pages(CALM).iter().zip(pages(with)) {
                let added: Vec<_> = shapes(&attacked).difference(&expected(calm)).cloned().collect();
                assert!(added.is_empty(), "{page} with {hostile:?} gained {added:?}");
            }
        }
    }
}

#[test]
fn no_hostile_address_in_any_field_is_linked_or_sent_to() {
    for hostile in HOSTILE {
        for (page, html) in pages(With { words: hostile, address: hostile, language: hostile }) {
            for (tag, attributes) in tags(&html) {
                let addresses = ["href", "action", "src", "formaction"];
                for (name, value) in attributes.iter().filter(|(name, _)| addresses.contains(&&**name)) {
                    let own = ["/", "/query", "/changes.atom?lang=en", "/assets/style.css", "/assets/query.css"]
                        .contains(&&**value)
                        || value.starts_with('#')
                        || *value == format!("/assets/{}", query_script_name());
                    assert!(own, "{page}: <{tag} {name}={value:?}> with {hostile:?}");
                }
            }
        }
    }
}

#[test]
fn hostile_text_is_shown_as_it_was_written() {
    for (page, html) in pages(With { words: "<b>&\"'", ..CALM }) {
        assert!(html.contains("&#60;b&#62;&#38;&#34;&#39;"), "{page}");
        assert!(!html.contains("<b>"), "{page}");
    }
}

#[test]
fn every_page_has_one_main_heading_its_landmarks_and_no_script_but_the_query_page_s() {
    for (page, html) in pages(CALM) {
        let count = |name: &str| tags(&html).iter().filter(|(tag, _)| tag == name).count();
        assert_eq!(["h1", "main", "footer"].map(count), [1, 1, 1], "{page}");
        assert_eq!(html.split("</head>").next().unwrap_or_default().matches("<title>").count(), 1, "{page}");
        assert_eq!(["style", "img", "iframe"].map(count), [0, 0, 0], "{page}");
        let is_data =
            |attributes: &Vec<(String, String)>| attributes == &[("type".to_owned(), "application/ld+json".to_owned())];
        let is_ours = |attributes: &Vec<(String, String)>| {
            let src = format!("{}assets/{}", CALM.address, query_script_name());
            *attributes == [("type".to_owned(), "module".to_owned()), ("src".to_owned(), src)]
        };
        let is_known = |attributes: &Vec<(String, String)>| is_data(attributes) || is_ours(attributes);
        assert!(tags(&html).iter().all(|(tag, attributes)| tag != "script" || is_known(attributes)), "{page}");
        let names = tags(&html).into_iter().flat_map(|(_, attributes)| attributes).map(|(name, _)| name);
        let inline: Vec<_> = names.filter(|name| name == "style" || name.starts_with("on")).collect();
        assert!(inline.is_empty(), "{page} has {inline:?}, which its policy does not let work");
        assert!(html.contains("<html lang=\"en\">"), "{page}");
        assert!(html.contains("<a class=\"skip\" href=\"#content\">"), "{page}");
        assert!(html.contains("<main id=\"content\""), "{page}");
        assert!(html.starts_with("<!DOCTYPE html>"), "{page}");
    }
}

#[test]
fn every_page_names_its_publisher_and_licence() {
    let mut site = site(CALM);
    site.publisher = Some("Association of municipalities".to_owned());
    site.licence = "https://creativecommons.org/licenses/by/4.0/".to_owned();
    site.root = "https://services.example.eu/list/".to_owned();
    for (page, html) in pages_of(&site, CALM) {
        let footer = html.split("<footer").nth(1).unwrap_or_default();
        assert!(footer.contains("Association of municipalities"), "{page}");
        assert!(footer.contains("\"https://creativecommons.org/licenses/by/4.0/\" rel=\"license\""), "{page}");
        assert!(html.contains("\"https://services.example.eu/list/assets/style.css\""), "{page}");
    }
}

#[test]
fn every_page_says_how_to_reach_its_publisher() {
    let mut site = site(CALM);
    for (contact, shown) in [
        ("services@example.eu", "Contact: <a href=\"mailto:services@example.eu\">services@example.eu</a></p>"),
        ("https://example.eu/to", "Contact: <a href=\"https://example.eu/to\">https://<wbr>example.eu/<wbr>to</a></p>"),
        ("tel:<1>", "Contact: tel:&#60;1&#62;</p>"),
        ("a@example.eu?bcc=b@example.eu", "Contact: a@example.eu?bcc=b@example.eu</p>"),
    ] {
        site.publisher_contact = Some(contact.to_owned());
        for (page, html) in pages_of(&site, CALM) {
            assert!(html.split("<footer").nth(1).unwrap_or_default().contains(shown), "{page}: {contact}");
        }
    }
    site.publisher_contact = None;
    assert!(pages_of(&site, CALM).iter().all(|(_, html)| !html.contains("Contact")));
}

#[test]
fn every_page_says_which_language_it_is_in_and_marks_what_is_in_another() {
    let mut site = site(CALM);
    for language in Language::ALL {
        site.language = language;
        let code = language.code();
        for (page, html) in pages_of(&site, CALM) {
            assert!(html.contains(&format!("<html lang=\"{code}\">")), "{page}");
            let body = html.split("<main").nth(1).unwrap_or_default();
            let marked = body.contains("lang=\"nl\"");
            assert_eq!(marked, code != "nl", "{page} in {code}");
        }
    }
}

#[test]
fn every_page_offers_itself_in_every_language_by_its_own_name() {
    let mut site = site(CALM);
    site.language = Language::Norwegian;
    let at = |code: &str| format!("https://services.example.eu/{code}/x");
    site.translations = Language::ALL.map(|language| Translation { language, href: at(language.code()) }).into();
    site.neutral = Some("https://services.example.eu/x".to_owned());
    let named = [("en", "English"), ("nl", "Nederlands"), ("de", "Deutsch"), ("sv", "svenska"), ("fr", "français")];
    for (page, html) in pages_of(&site, CALM) {
        let (head, body) = html.split_once("</head>").unwrap();
        for (code, name) in named {
            assert!(
                head.contains(&format!("<link rel=\"alternate\" hreflang=\"{code}\" href=\"{}\">", at(code))),
                "{page}"
            );
            let link = format!("<a href=\"{}\" hreflang=\"{code}\" lang=\"{code}\">{name}</a>", at(code));
            assert!(body.contains(&link), "{page}: {link}");
        }
        assert!(head.contains("hreflang=\"x-default\" href=\"https://services.example.eu/x\""), "{page}");
        assert!(body.contains("hreflang=\"nb\" lang=\"nb\" aria-current=\"true\">norsk bokmål</a>"), "{page}");
    }
    (site.translations, site.neutral) = (Vec::new(), None);
    assert!(pages_of(&site, CALM).iter().all(|(_, html)| !html.contains("hreflang")));
}

#[test]
fn no_page_in_another_language_is_worded_in_english() {
    let mut site = Site { publisher_contact: None, translations: Vec::new(), ..site(CALM) };
    let is_sentence = |text: &String| text.contains(' ') && text.contains(char::is_alphabetic);
    let texts = |html: &str| -> BTreeSet<String> {
        let of_element = |piece: &str| piece.split_once('>').map(|(_, text)| text.trim().to_owned());
        html.split('<').filter_map(of_element).filter(is_sentence).collect()
    };
    let english = pages_of(&site, CALM);
    for language in Language::ALL.into_iter().skip(1) {
        site.language = language;
        for ((page, before), (_, after)) in english.iter().zip(pages_of(&site, CALM)) {
            let shared: Vec<_> = texts(before).intersection(&texts(&after)).cloned().collect();
            assert!(shared.is_empty(), "{page} in {language:?} shares {shared:?}");
        }
    }
}

#[test]
fn control_characters_in_any_field_are_shown_as_replaced() {
    let controls = "\0a\u{1B}b\u{7F}c\u{85}d\u{FFFF}";
    for with in [With { words: controls, address: controls, language: controls }, With { words: controls, ..CALM }] {
        for (page, html) in pages(with) {
            assert!(html.contains("\u{FFFD}a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}"), "{page}");
            let left = html.chars().find(|found| controls.contains(*found) && !found.is_ascii_lowercase());
            assert_eq!(left, None, "{page}");
        }
    }
}

#[test]
fn addresses_may_break_where_their_parts_end_and_are_linked_whole() {
    let address = "https://services.example.eu/id/service-type/372?a=1&b=2#part";
    let shown = "https://<wbr>services.example.eu/<wbr>id/<wbr>service-type/<wbr>372?<wbr>a=1&#38;<wbr>b=2#<wbr>part<";
    for (page, html) in pages(With { words: "", address, ..CALM }) {
        assert!(page == "problem" || html.contains(shown), "{page}");
        assert!(html.contains("href=\"https://services.example.eu/id/service-type/372?a=1&#38;b=2#part\""), "{page}");
    }
}

#[test]
fn the_stylesheets_are_small_and_load_nothing_else() {
    assert!(STYLESHEET.len() < 11 * 1024, "{} bytes", STYLESHEET.len());
    assert!(QUERY_STYLESHEET.len() < 3 * 1024, "{} bytes", QUERY_STYLESHEET.len());
    for load in ["url(", "@import", "@font-face", "http:", "https:", "</"] {
        assert!(![STYLESHEET, QUERY_STYLESHEET].concat().contains(load), "{load}");
    }
}

#[test]
fn the_script_names_no_place_elsewhere_and_writes_no_markup() {
    // What the bundled packages name of the web: the namespace of SVG, which is no place.
    let addresses: BTreeSet<&str> = QUERY_SCRIPT
        .match_indices("://")
        .map(|(at, _)| {
            let start = QUERY_SCRIPT[..at].rfind(|character: char| !character.is_ascii_alphabetic()).unwrap_or(0) + 1;
            QUERY_SCRIPT[start..].split(['"', '\'', '`', ' ']).next().unwrap_or_default()
        })
        .collect();
    assert!(addresses.is_subset(&BTreeSet::from(["http://www.w3.org/2000/svg"])), "{addresses:?}");
    for way in [".innerHTML=", "eval(", "new Function", "document.write"] {
        assert!(!QUERY_SCRIPT.contains(way), "{way}");
    }
}
