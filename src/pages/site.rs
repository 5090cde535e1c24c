//! What every page shares: the site that shows it, texts with their language, links and formats.

use super::href;
use super::language::Language;
use super::wording::Wording;

/// The site that shows a page: who publishes it, under which terms, and in which languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Name of the catalogue, in the page's header and in the document's title.
    pub title: String,
    /// Name of the organisation that publishes the catalogue, where one was set.
    pub publisher: Option<String>,
    /// Address of the publisher's own site.
    pub publisher_homepage: Option<String>,
    /// How to reach the publisher: a mail address or a page. Anything else is shown as it is.
    pub publisher_contact: Option<String>,
    /// IRI of the licence of the data.
    pub licence: String,
    /// What readers call that licence, for example `CC BY 4.0`.
    pub licence_label: String,
    /// Base IRI of the data: what the IRIs of all records begin with.
    pub base: String,
    /// The language that the page is worded in.
    pub language: Language,
    /// The same page in each language, its own included; no choice is offered where there is none.
    pub translations: Vec<Translation>,
    /// Address of the same page without a language, which chooses one for its reader.
    pub neutral: Option<String>,
    /// Path or IRI that assets stand under; ends with `/`.
    pub root: String,
    /// Where the front page is.
    pub home: String,
    /// The places of the site that every page's header leads to, in their order.
    pub navigation: Vec<Place>,
}

/// A page in one of the languages it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The language.
    pub language: Language,
    /// Where the page is in it.
    pub href: String,
}

/// One entry of the header's navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which part of the site this is; its name is worded in the page's language.
    pub section: Section,
    /// Where it is.
    pub href: String,
}

/// A part of the site that the header can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The list of service types.
    Services,
    /// The second list: what suits a single point of contact.
    SecondList,
    /// The functions that service types stand under.
    Functions,
    /// The code lists.
    CodeLists,
    /// The desk.
    Desk,
    /// The SPARQL query page.
    Query,
    /// The page to validate data on.
    Validation,
}

/// A string from data and the language it is in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text {
    /// The string itself, plain text.
    pub value: String,
    /// Its language tag ([BCP 47](https://www.rfc-editor.org/info/bcp47)), where it has one.
    pub language: Option<String>,
}

/// A link to a record, a page or a place elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its address; shown as text where it is not safe to follow (see [`href::followable`]).
    pub href: String,
    /// What it is called.
    pub label: Text,
    /// The number or code of what it leads to.
    pub notation: Option<String>,
}

/// The same page in another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// Where that format is.
    pub href: String,
    /// Its media type, for example `text/turtle`.
    pub media_type: String,
    /// What readers call it, for example `Turtle`.
    pub label: String,
}

impl Text {
    /// A text in a language.
    pub fn tagged(value: impl Into<String>, language: impl Into<String>) -> Self {
        Self { value: value.into(), language: Some(language.into()) }
    }

    /// A text without a language.
    pub fn plain(value: impl Into<String>) -> Self {
        Self { value: value.into(), language: None }
    }

    /// The language to mark the text with on a page in `page`: a well-formed tag of another one.
    pub fn foreign(&self, page: Language) -> Option<&str> {
        let language = self.language.as_deref()?;
        (is_language_tag(language) && !page.is_tagged(language)).then_some(language)
    }
}

impl Link {
    /// The address, where it may be followed.
    pub fn address(&self) -> Option<&str> {
        href::followable(&self.href)
    }

    /// The IRI that stands for a name: the label where that is one, or the address where there
    /// is no label.
    pub(super) fn nameless(&self) -> Option<&str> {
        let label = self.label.value.trim();
        if label.is_empty() { Some(&self.href) } else { href::web(label) }
    }

    /// The notation, where it is short enough for the margin.
    pub(super) fn number(&self) -> Option<&str> {
        self.notation.as_deref().filter(|notation| fits_the_margin(notation))
    }

    /// The notation, where it is too long for the margin.
    pub(super) fn code(&self) -> Option<&str> {
        self.notation.as_deref().filter(|notation| !fits_the_margin(notation))
    }
}

impl Place {
    /// The address, where it may be followed.
    pub fn address(&self) -> Option<&str> {
        href::followable(&self.href)
    }
}

impl Alternate {
    /// The address, where it may be followed.
    pub fn address(&self) -> Option<&str> {
        href::followable(&self.href)
    }
}

impl Translation {
    /// The address, where it may be followed.
    pub fn address(&self) -> Option<&str> {
        href::followable(&self.href)
    }
}

impl Site {
    /// What the page says in its language.
    pub(super) fn words(&self) -> &'static Wording {
        self.language.words()
    }

    /// The front page, where it may be followed.
    pub(super) fn front(&self) -> &str {
        href::followable(&self.home).unwrap_or("/")
    }

    /// The page without a language, where it may be followed.
    pub(super) fn neutral_address(&self) -> Option<&str> {
        self.neutral.as_deref().and_then(href::followable)
    }

    /// Where a path of this site is, for example `assets/style.css`.
    pub(super) fn at(&self, path: &str) -> String {
        let root = href::followable(&self.root).unwrap_or("/");
        format!("{root}{path}")
    }

    /// Where the feed of changes is, worded in the page's language.
    pub(super) fn changes(&self) -> String {
        self.at(&format!("changes.atom?lang={}", self.language.code()))
    }

    /// The publisher's homepage, where it may be followed.
    pub(super) fn homepage(&self) -> Option<&str> {
        self.publisher_homepage.as_deref().and_then(href::followable)
    }

    /// How to reach the publisher, where that is known.
    pub(super) fn contact(&self) -> Option<Contact<'_>> {
        let contact = self.publisher_contact.as_deref().map(str::trim).filter(|contact| !contact.is_empty())?;
        Some(match (href::mail(contact), href::web(contact)) {
            (Some(href), _) => Contact::Mail { href, address: contact },
            (None, Some(page)) => Contact::Page(page),
            (None, None) => Contact::Words(contact),
        })
    }

    /// The licence's IRI, where it may be followed.
    pub(super) fn licence_address(&self) -> Option<&str> {
        href::followable(&self.licence)
    }
}

/// A way to reach the publisher.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Contact<'a> {
    /// A mail address, and the link that writes to it.
    Mail { href: String, address: &'a str },
    /// A page elsewhere.
    Page(&'a str),
    /// Words, which lead nowhere by themselves.
    Words(&'a str),
}

/// A count with its thousands set apart by narrow spaces, as readers of several languages know it.
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push('\u{202F}');
        }
        text.push(digit);
    }
    text
}

/// Whether a notation is a number that fits the margin, which is six figures wide; words such as
/// `mobile` are codes, however short.
pub(super) fn fits_the_margin(notation: &str) -> bool {
    notation.chars().count() <= 6
        && notation.contains(|character: char| character.is_ascii_digit())
        && !notation.contains(char::is_whitespace)
}

/// Whether a tag has the shape of a language tag, so that it may stand in a `lang` attribute.
fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    (2..=8).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags
            .all(|subtag| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nowhere() -> Site {
        Site {
            title: String::new(),
            publisher: None,
            publisher_homepage: None,
            publisher_contact: None,
            licence: String::new(),
            licence_label: String::new(),
            base: String::new(),
            language: Language::English,
            translations: Vec::new(),
            neutral: None,
            root: "/".to_owned(),
            home: "/".to_owned(),
            navigation: Vec::new(),
        }
    }

    fn reached_by(contact: &str) -> Site {
        Site { publisher_contact: Some(contact.to_owned()), ..nowhere() }
    }

    #[test]
    fn a_text_in_another_language_is_marked() {
        assert_eq!(Text::tagged("Achtergelaten fietsen", "nl").foreign(Language::English), Some("nl"));
        assert_eq!(Text::tagged("Kommunen", "nb-NO").foreign(Language::Swedish), Some("nb-NO"));
        assert_eq!(Text::tagged("Abandoned bicycles", "en").foreign(Language::Dutch), Some("en"));
    }

    #[test]
    fn a_text_in_the_page_s_language_or_in_none_is_not_marked() {
        assert_eq!(Text::tagged("Abandoned bicycles", "en").foreign(Language::English), None);
        assert_eq!(Text::tagged("Abandoned bicycles", "en-GB").foreign(Language::English), None);
        assert_eq!(Text::tagged("Achtergelaten fietsen", "nl-BE").foreign(Language::Dutch), None);
        assert_eq!(Text::plain("372").foreign(Language::French), None);
    }

    #[test]
    fn a_tag_that_is_no_language_tag_is_not_written() {
        for tag in ["", "-", "n", "nl-", "nl\" onclick=\"x", "nederlands taal", "1a"] {
            assert_eq!(Text::tagged("x", tag).foreign(Language::English), None, "{tag:?}");
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1519), "1\u{202F}519");
        assert_eq!(grouped(1_234_567), "1\u{202F}234\u{202F}567");
    }

    #[test]
    fn numbers_stand_in_the_margin_and_words_do_not() {
        for number in ["1", "10045", "A1", "3.00"] {
            assert!(fits_the_margin(number), "{number}");
        }
        for code in ["", "mobile", "face-to-face", "1234567", "1 2"] {
            assert!(!fits_the_margin(code), "{code}");
        }
    }

    #[test]
    fn a_root_that_cannot_be_followed_is_not_linked_to() {
        let mut site = Site { root: "javascript:".to_owned(), ..nowhere() };
        assert_eq!(site.at("sparql"), "/sparql");
        site.root = "/list/".to_owned();
        assert_eq!(site.at("sparql"), "/list/sparql");
    }

    #[test]
    fn a_publisher_is_reached_by_mail_or_by_a_page() {
        let mail = reached_by(" services@example.eu ");
        let href = "mailto:services@example.eu".to_owned();
        assert_eq!(mail.contact(), Some(Contact::Mail { href, address: "services@example.eu" }));
        let page = reached_by("https://example.eu/contact?to=a@example.eu");
        assert_eq!(page.contact(), Some(Contact::Page("https://example.eu/contact?to=a@example.eu")));
    }

    #[test]
    fn a_contact_that_is_neither_mail_nor_page_stays_words() {
        for contact in
            ["Room 3, City Hall", "/contact", "tel:+3212345678", "javascript:alert(1)", "mailto:a@example.eu"]
        {
            assert_eq!(reached_by(contact).contact(), Some(Contact::Words(contact)));
        }
        assert_eq!(reached_by(" ").contact(), None);
        assert_eq!(nowhere().contact(), None);
    }

    #[test]
    fn an_iri_stands_for_a_name_only_where_there_is_no_other() {
        let link = |label: &str| Link { href: "/doc/a".to_owned(), label: Text::plain(label), notation: None };
        assert_eq!(link(" ").nameless(), Some("/doc/a"));
        assert_eq!(link("http://id.esd.org.uk/service/372").nameless(), Some("http://id.esd.org.uk/service/372"));
        assert_eq!(link("Waste and/or recycling").nameless(), None);
    }
}
