//! The head of a sample: a stub for each thing outside towns and offers that the shapes want typed.
//!
//! A stub says the class alone, so that it agrees with whatever the code list itself says. The
//! events are the sample's own and therefore complete.

use super::make::{Detail, Sample};
use super::part::{CHANNEL_TYPES, WEEKLY};
use super::phrase::EVENTS;
use super::place::Country;
use super::terms::class::{CV_EVENT, CV_LIFE_EVENT, DCT_LINGUISTIC_SYSTEM, DCT_LOCATION, SKOS_CONCEPT};
use super::terms::property::{DCT_IDENTIFIER, DCT_TITLE};
use super::wording::{Language, ServiceWording};
use super::writer::Triples;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The [ADMS statuses](http://purl.org/adms/status/1.0) of offers. Most offers have the first one.
pub const STATUSES: [&str; 4] = [
    "http://purl.org/adms/status/Completed",
    "http://purl.org/adms/status/UnderDevelopment",
    "http://purl.org/adms/status/Deprecated",
    "http://purl.org/adms/status/Withdrawn",
];

/// The [main activity](http://publications.europa.eu/resource/authority/main-activity) of towns.
pub const MAIN_ACTIVITY: &str = "http://publications.europa.eu/resource/authority/main-activity/gen-pub";

/// Writes the stubs that a sample needs.
pub fn write<W: Write>(sample: &Sample, out: &mut Triples<W>) -> io::Result<()> {
    for country in Country::ALL {
        out.about(&country.location()).is_a(DCT_LOCATION)?;
    }
    match sample.detail {
        Detail::Link => Ok(()),
        Detail::Full => write_for_descriptions(sample, out),
    }
}

/// The IRI of a public service theme.
pub fn theme_iri(name: &str) -> String {
    format!("http://publications.europa.eu/resource/authority/publicservice-theme/{name}")
}

/// The IRI of a data theme.
pub fn sector_iri(code: &str) -> String {
    format!("http://publications.europa.eu/resource/authority/data-theme/{code}")
}

/// The IRI of a language.
pub fn language_iri(language: Language) -> String {
    let code = language.authority_code();
    format!("http://publications.europa.eu/resource/authority/language/{code}")
}

/// The IRI of a channel type of the list.
pub fn channel_type_iri(base: &str, code: &str) -> String {
    format!("{base}id/channel-type/{code}")
}

/// The IRI of a service type of the list.
pub fn service_type_iri(base: &str, number: u32) -> String {
    format!("{base}id/service-type/{number}")
}

/// The IRI of an event of the sample.
pub fn event_iri(base: &str, reference: &str) -> String {
    format!("{base}id/event/sample-{reference}")
}

fn write_for_descriptions<W: Write>(sample: &Sample, out: &mut Triples<W>) -> io::Result<()> {
    for language in Language::ALL {
        out.about(&language_iri(language)).is_a(DCT_LINGUISTIC_SYSTEM)?;
    }
    for concept in shared_concepts(&sample.base) {
        out.about(&concept).is_a(SKOS_CONCEPT)?;
    }
    for number in &sample.service_types {
        let service_type = service_type_iri(&sample.base, *number);
        out.about(&service_type).is_a(SKOS_CONCEPT)?;
    }
    write_events(&sample.base, out)
}

/// Concepts in use, each once and in a fixed order.
fn shared_concepts(base: &str) -> BTreeSet<String> {
    let mut concepts = BTreeSet::from([WEEKLY.to_owned(), MAIN_ACTIVITY.to_owned()]);
    concepts.extend(STATUSES.map(str::to_owned));
    concepts.extend(Country::ALL.map(Country::currency));
    concepts.extend(CHANNEL_TYPES.map(|code| channel_type_iri(base, code)));
    for (theme, sector) in ServiceWording::themes_and_sectors() {
        concepts.extend([theme_iri(theme), sector_iri(sector)]);
    }
    concepts
}

fn write_events<W: Write>(base: &str, out: &mut Triples<W>) -> io::Result<()> {
    for (reference, name) in EVENTS {
        let iri = event_iri(base, reference);
        let mut event = out.about(&iri);
        event.is_a(CV_EVENT)?.is_a(CV_LIFE_EVENT)?.plain(DCT_IDENTIFIER, &format!("sample-{reference}"))?;
        for language in Language::ALL {
            event.tagged(DCT_TITLE, name.in_language(language), language.tag())?;
        }
    }
    Ok(())
}
