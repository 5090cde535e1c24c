//! The page of one record: its names, definition, facts, and what points at it.

use super::PageError;
use super::document::{document, in_script};
use super::fact::{Fact, Facts, Value, day};
use super::history::PastVersion;
use super::href;
use super::language;
use super::opinion::Opinion;
use super::second_list::Count;
use super::site::{self, Alternate, Contact, Link, Section, Site, Text, fits_the_margin};
use super::wording::Wording;
use askama::Template;

/// The page of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPage {
    /// The record's IRI.
    pub iri: String,
    /// Address of the document about it, for search engines.
    pub canonical: Option<String>,
    /// What kind of thing it is, for example `Service type`.
    pub kind: Text,
    /// Its number or code.
    pub notation: Option<String>,
    /// Its name, in the reader's language where there is one.
    pub title: Text,
    /// Its names in other languages.
    pub other_titles: Vec<Text>,
    /// Its definitions, one in each language. The one in the title's language leads.
    pub definitions: Vec<Text>,
    /// The day since when the definition is proposed and not reviewed.
    pub definition_proposed: Option<String>,
    /// The day since when facts that are marked so are proposed and not reviewed.
    pub facts_proposed: Option<String>,
    /// What assessors say of it.
    pub opinions: Vec<Opinion>,
    /// How many more say something of it.
    pub more_opinions: Option<Count>,
    /// Names it bore in earlier releases of the list.
    pub former_names: Vec<FormerName>,
    /// The way to it from the front page, without the page itself.
    pub breadcrumb: Vec<Link>,
    /// Why it should no longer be used, where that is so.
    pub notice: Option<Notice>,
    /// The remaining facts.
    pub facts: Vec<Fact>,
    /// What points at it.
    pub incoming: Vec<Incoming>,
    /// The same record in other formats.
    pub alternates: Vec<Alternate>,
    /// The same record in other models, for example SKOS alone.
    pub profiles: Vec<Alternate>,
    /// The record as JSON-LD for search engines; valid JSON.
    pub structured_data: Option<String>,
    /// When it last changed (`xsd:dateTime` or `xsd:date`).
    pub modified: Option<String>,
    /// Which version of the record this is, from 1.
    pub version: u64,
    /// The page that lists its versions.
    pub history: Option<String>,
    /// What is told of the version, where the page shows one for its own sake.
    pub past: Option<PastVersion>,
}

/// A name an entry bore, and the releases between which it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerName {
    /// The name.
    pub name: Text,
    /// The release it came in with; none where it is not known.
    pub held_from: Option<String>,
    /// The release that replaced it; none where it is not known.
    pub held_until: Option<String>,
}

/// A banner that says a record should no longer be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What became of it.
    pub standing: Standing,
    /// What to use instead.
    pub successors: Vec<Link>,
}

/// What became of a record that should no longer be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Still right, but not to be used for new data.
    Deprecated,
    /// Another entry took its place.
    Superseded,
    /// It is gone.
    Withdrawn,
}

/// The records that point here by one property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What the property is called.
    pub property: Text,
    /// The first of the records.
    pub from: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}

/// What a record is called and how it is defined in one language.
struct Tongue<'a> {
    language: Option<&'a str>,
    titles: Vec<&'a Text>,
    definitions: Vec<&'a Text>,
}

#[derive(Template)]
#[template(path = "entry.html")]
struct EntryTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a EntryPage,
    facts: Facts<'a>,
    section: Option<Section>,
}

/// The page of one record, as a whole HTML document.
pub fn entry(site: &Site, page: &EntryPage) -> Result<String, PageError> {
    document(&EntryTemplate { site, words: site.words(), page, facts: Facts::of(&page.facts, site), section: None })
}

impl EntryPage {
    /// The record's IRI, where it may be followed.
    fn address(&self) -> Option<&str> {
        href::followable(&self.iri)
    }

    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    fn history_address(&self) -> Option<&str> {
        self.history.as_deref().and_then(href::followable)
    }

    fn data_in_script(&self) -> Option<String> {
        self.structured_data.as_deref().map(in_script)
    }

    /// The notation, where it is short enough for the margin.
    fn number(&self) -> Option<&str> {
        self.notation.as_deref().filter(|notation| fits_the_margin(notation))
    }

    /// The notation, where it is too long for the margin.
    fn code(&self) -> Option<&str> {
        self.notation.as_deref().filter(|notation| !fits_the_margin(notation))
    }

    /// The definitions that stand under the title: those in its language, or else the first.
    fn lead(&self) -> Vec<&Text> {
        let same: Vec<_> = self.definitions.iter().filter(|text| text.language == self.title.language).collect();
        if same.is_empty() { self.definitions.iter().take(1).collect() } else { same }
    }

    /// Names and definitions that the head of the page does not show, by language.
    fn tongues(&self) -> Vec<Tongue<'_>> {
        let mut tongues: Vec<Tongue<'_>> = Vec::new();
        for title in &self.other_titles {
            Tongue::among(&mut tongues, title.language.as_deref(), |tongue| {
                tongue.titles.push(title);
            });
        }
        let lead = self.lead();
        for definition in self.definitions.iter().filter(|definition| !lead.contains(definition)) {
            Tongue::among(&mut tongues, definition.language.as_deref(), |tongue| {
                tongue.definitions.push(definition);
            });
        }
        tongues
    }

    /// The day of the last change and the moment as it was given.
    fn changed(&self) -> Option<(&str, &str)> {
        let modified = self.modified.as_deref()?;
        Some((day(modified)?, modified))
    }
}

impl<'a> Tongue<'a> {
    /// Changes the entry of a language, which is added where it is missing.
    fn among(tongues: &mut Vec<Self>, language: Option<&'a str>, change: impl FnOnce(&mut Self)) {
        if let Some(tongue) = tongues.iter_mut().find(|tongue| tongue.language == language) {
            return change(tongue);
        }
        let mut tongue = Self { language, titles: Vec::new(), definitions: Vec::new() };
        change(&mut tongue);
        tongues.push(tongue);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;

    /// 372 of the list, with what these tests look at.
    fn abandoned_vehicles() -> EntryPage {
        EntryPage {
            iri: "https://services.example.eu/id/service-type/372".to_owned(),
            canonical: Some("https://services.example.eu/doc/service-type/372".to_owned()),
            kind: Text::tagged("Service type", "en"),
            notation: Some("372".to_owned()),
            title: Text::tagged("Abandoned vehicles", "en"),
            other_titles: vec![Text::tagged("Achtergelaten voertuigen", "nl")],
            definitions: vec![
                Text::tagged("Voertuigen die zijn achtergelaten.", "nl"),
                Text::tagged("Vehicles that were abandoned.", "en"),
            ],
            definition_proposed: None,
            facts_proposed: None,
            opinions: Vec::new(),
            more_opinions: None,
            former_names: vec![FormerName {
                name: Text::tagged("Vehicles - abandoned - reporting and procedures", "en"),
                held_from: Some("3.00".to_owned()),
                held_until: Some("4.00".to_owned()),
            }],
            breadcrumb: Vec::new(),
            notice: None,
            facts: Vec::new(),
            incoming: Vec::new(),
            alternates: vec![Alternate {
                href: "/doc/service-type/372.ttl".to_owned(),
                media_type: "text/turtle".to_owned(),
                label: "Turtle".to_owned(),
            }],
            profiles: Vec::new(),
            structured_data: None,
            modified: Some("2026-11-24T08:30:00Z".to_owned()),
            version: 3,
            history: None,
            past: None,
        }
    }

    fn shown(page: &EntryPage) -> String {
        shown_in(Language::English, page)
    }

    fn shown_in(language: Language, page: &EntryPage) -> String {
        let site = Site {
            title: "European Service List".to_owned(),
            publisher: Some("Association of municipalities".to_owned()),
            publisher_homepage: None,
            publisher_contact: None,
            licence: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
            licence_label: "CC BY 4.0".to_owned(),
            base: "https://services.example.eu/".to_owned(),
            language,
            translations: Vec::new(),
            neutral: None,
            root: "/".to_owned(),
            home: "/".to_owned(),
            navigation: Vec::new(),
        };
        entry(&site, page).unwrap()
    }

    #[test]
    fn the_definition_in_the_title_s_language_leads_whatever_its_place() {
        let page = abandoned_vehicles();
        assert_eq!(page.lead(), [&page.definitions[1]]);
    }

    #[test]
    fn another_definition_leads_where_the_title_s_language_has_none() {
        let mut page = abandoned_vehicles();
        page.title = Text::tagged("Övergivna fordon", "sv");
        assert_eq!(page.lead(), [&page.definitions[0]]);
        assert!(shown(&page).contains("<h1 lang=\"sv\">"));
        assert!(shown(&page).contains("There is no English name yet"));
    }

    #[test]
    fn an_english_name_is_marked_on_a_page_in_another_language_and_the_page_says_so() {
        let html = shown_in(Language::Dutch, &abandoned_vehicles());
        assert!(html.contains("<h1 lang=\"en\">"));
        let note = "Er is nog geen Nederlandse naam. Taal van de getoonde naam: <span lang=\"en\">English</span>.";
        assert!(html.contains(note));
        let mut page = abandoned_vehicles();
        page.title = Text::tagged("Achtergelaten voertuigen", "nl");
        assert!(!shown_in(Language::Dutch, &page).contains("Er is nog geen"));
    }

    #[test]
    fn other_models_are_offered_below_other_formats_where_there_are_any() {
        let mut page = abandoned_vehicles();
        assert!(!shown(&page).contains("Data in other models"));
        page.profiles = vec![Alternate {
            href: "/doc/service-type/372.ttl?profile=skos".to_owned(),
            media_type: "text/turtle".to_owned(),
            label: "SKOS".to_owned(),
        }];
        let html = shown(&page);
        let (formats, profiles) = html.split_once("Data in other models").unwrap();
        assert!(formats.contains("Data in other formats"));
        assert!(profiles.contains("<a href=\"/doc/service-type/372.ttl?profile=skos\" type=\"text/turtle\">SKOS</a>"));
    }

    #[test]
    fn structured_data_stand_in_the_head_and_cannot_leave_it() {
        let mut page = abandoned_vehicles();
        assert!(!shown(&page).contains("<script"));
        page.structured_data = Some("{\"name\":\"</script><b>&\"}".to_owned());
        let html = shown(&page);
        let head = html.split("</head>").next().unwrap();
        let data =
            "<script type=\"application/ld+json\">{\"name\":\"\\u003c/script\\u003e\\u003cb\\u003e\\u0026\"}</script>";
        assert!(head.contains(data), "{head}");
    }

    #[test]
    fn name_and_definition_in_one_language_stand_together() {
        let page = abandoned_vehicles();
        let tongues = page.tongues();
        assert_eq!(tongues.len(), 1);
        assert_eq!((tongues[0].titles.len(), tongues[0].definitions.len()), (1, 1));
    }

    #[test]
    fn other_formats_and_the_document_s_address_are_linked_in_the_head() {
        let html = shown(&abandoned_vehicles());
        let head = html.split("</head>").next().unwrap();
        assert!(head.contains(
            "<link rel=\"alternate\" type=\"text/turtle\" title=\"Turtle\" href=\"/doc/service-type/372.ttl\">"
        ));
        assert!(head.contains("<link rel=\"canonical\" href=\"https://services.example.eu/doc/service-type/372\">"));
    }

    #[test]
    fn a_former_name_is_shown_with_the_releases_it_held_in() {
        let html = shown(&abandoned_vehicles());
        let row = html.split("<tr>").find(|row| row.contains("Vehicles - abandoned")).unwrap();
        assert!(row.contains(">3.00<") && row.contains(">4.00<"), "{row}");
    }

    #[test]
    fn a_superseded_entry_says_so_and_names_its_successor() {
        let mut page = abandoned_vehicles();
        assert!(!shown(&page).contains("class=\"notice\""));
        page.notice = Some(Notice {
            standing: Standing::Superseded,
            successors: vec![Link {
                href: "/doc/service-type/1152".to_owned(),
                label: Text::tagged("Abandoned shopping trolleys", "en"),
                notation: Some("1152".to_owned()),
            }],
        });
        let html = shown(&page);
        assert!(html.contains("<strong>Superseded.</strong>"));
        assert!(html.contains("<a href=\"/doc/service-type/1152\">Abandoned shopping trolleys</a>"));
    }
}
