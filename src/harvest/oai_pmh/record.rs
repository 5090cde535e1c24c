//! Records: a header, and what the record says in one of the formats
//! (<http://www.openarchives.org/OAI/openarchivesprotocol.html#Record>).

use super::datestamp;
use super::dublin_core;
use super::error::Refusal;
use super::format::Format;
use super::repository::Repository;
use crate::catalogue::{Base, FeedChange, FeedEntry, Present};
use crate::harvest::xml::Xml;
use crate::rdf::{Literal, NamedNode, Term, Triple, has_qualified_name, rdf_xml_element, unwritable_in_xml};
use std::io;

/// Writes a record; of one that is withdrawn the header alone.
pub(super) fn write(
    xml: &mut Xml,
    repository: &Repository<'_>,
    present: &Present<'_>,
    entry: &FeedEntry,
    format: Format,
) -> Result<(), Refusal> {
    xml.within("record", &[], |xml| {
        write_header(xml, repository.base, present, entry)?;
        if entry.change == FeedChange::Delete {
            return Ok(());
        }
        xml.within("metadata", &[], |xml| match format {
            Format::Rdf => Ok(xml.element(&rdf(repository, entry)?)?),
            Format::DublinCore => dublin_core::write(xml, repository, present, entry),
        })
    })
}

/// Writes the header of a record: its IRI, when it came to be what it is, and the sets that it is in.
pub(super) fn write_header(
    xml: &mut Xml,
    base: &Base,
    present: &Present<'_>,
    entry: &FeedEntry,
) -> Result<(), Refusal> {
    let is_gone = entry.change == FeedChange::Delete;
    let status: &[(&str, &str)] = if is_gone { &[("status", "deleted")] } else { &[] };
    let datasets = present.datasets_of(entry)?;
    xml.within("header", status, |xml| {
        xml.text("identifier", &entry.name.iri)?;
        xml.text("datestamp", &datestamp::second(entry.version.revision.at))?;
        for dataset in datasets {
            xml.text("setSpec", &dataset.name(base))?;
        }
        Ok(())
    })
}

/// What a record says, as RDF/XML.
fn rdf(repository: &Repository<'_>, entry: &FeedEntry) -> io::Result<String> {
    let about = NamedNode::new_unchecked(&entry.name.iri);
    let location = Format::Rdf.schema_location(repository.site);
    let root = [("xmlns:xsi", super::XSI), ("xsi:schemaLocation", location.as_str())];
    let written = rdf_xml_element(&about, entry.content.iter(), repository.prefixes, &root);
    if written.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::InvalidData) {
        let writable: Vec<Triple> = entry.content.iter().filter_map(writable).collect();
        return rdf_xml_element(&about, &writable, repository.prefixes, &root);
    }
    written
}

/// The triple as XML can hold it, with U+FFFD for characters that it cannot; nothing where it cannot hold an IRI of it.
///
/// The rules of records let no such triple in; a register that was written otherwise shall not keep every other record
/// from its harvesters.
fn writable(triple: &Triple) -> Option<Triple> {
    let is_writable = |iri: &NamedNode| unwritable_in_xml(iri.as_str()).is_none();
    if !has_qualified_name(triple.predicate.as_str()) || !is_writable(&triple.predicate) {
        return None;
    }
    let object = match &triple.object {
        Term::NamedNode(object) if !is_writable(object) => return None,
        Term::Literal(literal) if unwritable_in_xml(literal.value()).is_some() => with_replacements(literal).into(),
        object => object.clone(),
    };
    Some(Triple { object, ..triple.clone() })
}

fn with_replacements(literal: &Literal) -> Literal {
    let is_unwritable = |char: char| unwritable_in_xml(char.encode_utf8(&mut [0; 4])).is_some();
    let value = literal.value().replace(is_unwritable, "\u{FFFD}");
    match literal.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(value, language),
        None => Literal::new_typed_literal(value, literal.datatype()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Revision, VersionEntry};
    use crate::rdf::{Content, Prefixes};
    use oxrdfio::{RdfFormat, RdfParser};
    use std::time::UNIX_EPOCH;

    const BASE: &str = "http://lists.example.eu/";

    fn entry(content: Content) -> FeedEntry {
        let version = VersionEntry {
            number: 1,
            revision: Revision { number: 1, at: UNIX_EPOCH, timestamp: "1970-01-01T00:00:00.000Z".to_owned() },
            agent: String::new(),
            activity: String::new(),
            organisation: None,
            reason: None,
            digest: [0; 32],
        };
        let name = Base::parse(BASE).unwrap().record_of(&format!("{BASE}id/thing/1")).unwrap();
        FeedEntry { position: 1, name, version, change: FeedChange::Create, content }
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_keeps_nothing_else_out() {
        let subject = NamedNode::new_unchecked(format!("{BASE}id/thing/1"));
        let triple =
            |property: &str, object: Literal| Triple::new(subject.clone(), NamedNode::new_unchecked(property), object);
        let content = Content::from_iter([
            triple("http://a.example/p", Literal::new_language_tagged_literal_unchecked("a\u{1}b", "en")),
            triple("http://a.example/p", Literal::new_simple_literal("kept")),
            triple("http://a.example/7", Literal::new_simple_literal("its property has no name in XML")),
        ]);
        let (base, prefixes) = (Base::parse(BASE).unwrap(), Prefixes::new([]));
        let repository = Repository {
            base: &base,
            site: BASE,
            name: "",
            publisher: None,
            contact: None,
            licence: "",
            prefixes: &prefixes,
        };
        let text = rdf(&repository, &entry(content)).unwrap();
        let read: Content = RdfParser::from_format(RdfFormat::RdfXml)
            .for_slice(&text)
            .map(|quad| Triple::from(quad.unwrap_or_else(|error| panic!("{error} in\n{text}"))))
            .collect();
        assert_eq!(
            read.to_string(),
            format!("{subject} <http://a.example/p> \"a\u{FFFD}b\"@en .\n{subject} <http://a.example/p> \"kept\" .\n")
        );
    }
}
