//! Records in Dublin Core, <http://www.openarchives.org/OAI/openarchivesprotocol.html#dublincore>.

use super::datestamp;
use super::error::Refusal;
use super::format::Format;
use super::repository::Repository;
use crate::catalogue::{FeedEntry, Present, code_of};
use crate::harvest::xml::Xml;
use crate::rdf::{Literal, NamedNodeRef, Term};
use crate::vocab::{cv, dct, eusl, rdf, skos};
use std::collections::BTreeSet;

/// What says what a record is about: the function of a service type, the service type of a public service.
const SUBJECTS: [NamedNodeRef<'static>; 4] =
    [skos::BROADER, eusl::SERVICE_TYPE, cv::IS_CLASSIFIED_BY, cv::THEMATIC_AREA];

const DESCRIPTIONS: [NamedNodeRef<'static>; 2] = [skos::DEFINITION, dct::DESCRIPTION];

/// Writes what an entry says with the elements of Dublin Core.
pub(super) fn write(
    xml: &mut Xml,
    repository: &Repository<'_>,
    present: &Present<'_>,
    entry: &FeedEntry,
) -> Result<(), Refusal> {
    let (iri, content) = (entry.name.iri.as_str(), &entry.content);
    let subject = NamedNodeRef::new_unchecked(iri);
    let titles = entry.names();
    let descriptions: Vec<&Literal> = DESCRIPTIONS
        .iter()
        .flat_map(|property| content.values(subject, *property))
        .filter_map(|value| match value {
            Term::Literal(text) => Some(text),
            _ => None,
        })
        .collect();
    let about: BTreeSet<&str> = SUBJECTS.iter().flat_map(|property| content.iris(iri, *property)).collect();
    let publishers: Vec<&str> = content.iris(iri, cv::HAS_COMPETENT_AUTHORITY).collect();
    let root = [
        ("xmlns:oai_dc", Format::DublinCore.namespace()),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:xsi", super::XSI),
        ("xsi:schemaLocation", &Format::DublinCore.schema_location(repository.site)),
    ];
    xml.within("oai_dc:dc", &root, |xml| {
        texts(xml, "dc:title", &titles)?;
        xml.text("dc:identifier", iri)?;
        names(xml, "dc:subject", present, about)?;
        texts(xml, "dc:description", descriptions.iter().copied())?;
        for class in content.iris(iri, rdf::TYPE) {
            xml.text("dc:type", class)?;
        }
        for language in languages(iri, entry, titles.iter().chain(descriptions.iter().copied())) {
            xml.text("dc:language", &language)?;
        }
        match (publishers.is_empty(), repository.publisher) {
            (false, _) => names(xml, "dc:publisher", present, publishers)?,
            (true, Some(publisher)) => xml.text("dc:publisher", publisher)?,
            (true, None) => {}
        }
        xml.text("dc:date", &datestamp::second(entry.version.revision.at))?;
        for successor in content.iris(iri, dct::IS_REPLACED_BY) {
            xml.text("dc:relation", successor)?;
        }
        Ok(xml.text("dc:rights", repository.licence)?)
    })
}

fn texts<'l>(xml: &mut Xml, element: &str, texts: impl IntoIterator<Item = &'l Literal>) -> std::io::Result<()> {
    for text in texts {
        match text.language() {
            Some(language) => xml.text_with(element, &[("xml:lang", language)], text.value())?,
            None => xml.text(element, text.value())?,
        }
    }
    Ok(())
}

/// Records by their names; what is no record of ours by its IRI.
fn names<'i>(
    xml: &mut Xml,
    element: &str,
    present: &Present<'_>,
    iris: impl IntoIterator<Item = &'i str>,
) -> Result<(), Refusal> {
    let named = present.names(iris)?;
    for (iri, listed) in named {
        match listed.names {
            Some(names) => texts(xml, element, &names.values)?,
            None => xml.text(element, &iri)?,
        }
    }
    Ok(())
}

/// The languages that a record says it is in, by the codes of the EU's list, or else those that its texts are in.
fn languages<'l>(iri: &str, entry: &FeedEntry, texts: impl Iterator<Item = &'l Literal>) -> BTreeSet<String> {
    let told: BTreeSet<String> =
        entry.content.iris(iri, dct::LANGUAGE).map(|language| code_of(language).to_ascii_lowercase()).collect();
    if told.is_empty() { texts.filter_map(|text| text.language().map(str::to_owned)).collect() } else { told }
}
