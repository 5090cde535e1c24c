//! Documents of any number of records, written one record after the other.
//!
//! What a record says is written on its own, so that whoever writes knows how long it is before it stands in a document,
//! and no more than one record is ever in memory. A document is a head, records with what stands between them, and a tail.

use super::order::in_reading_order;
use super::{Content, JsonLdContext, NamedNode, Prefixes, Syntax, json_ld, rdf_xml};
use oxrdfio::{RdfFormat, RdfSerializer};
use std::io;

/// Writes records as the parts of a long document.
#[derive(Clone, Debug)]
pub struct RecordWriter {
    kind: Kind,
    head: Vec<u8>,
}

/// What each syntax needs.
#[derive(Clone, Debug)]
enum Kind {
    NTriples,
    Turtle(Prefixes),
    RdfXml(Prefixes),
    JsonLd(Box<JsonLdContext>),
}

impl RecordWriter {
    /// A writer in a syntax. Turtle and RDF/XML declare all prefixes at the head, JSON-LD gives the context there, which is
    /// to be [inlined](super::ContextAddress::Inlined) where documents must stand alone.
    ///
    /// # Errors
    /// A prefix whose namespace is no IRI.
    pub fn new(syntax: Syntax, prefixes: &Prefixes, context: &JsonLdContext) -> io::Result<Self> {
        Ok(match syntax {
            Syntax::NTriples => Self { kind: Kind::NTriples, head: Vec::new() },
            Syntax::Turtle => {
                let declared = prefixes.iter().map(|(name, namespace)| format!("@prefix {name}: <{namespace}> .\n"));
                let head = declared.collect::<String>().into_bytes();
                Self { kind: Kind::Turtle(prefixes.clone()), head }
            }
            Syntax::RdfXml => Self { head: rdf_xml::head_of_many(prefixes)?, kind: Kind::RdfXml(prefixes.clone()) },
            Syntax::JsonLd => {
                Self { head: json_ld::head_of_many(context)?, kind: Kind::JsonLd(Box::new(context.clone())) }
            }
        })
    }

    /// What a document begins with.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// What stands between one record and the next.
    pub const fn between(&self) -> &'static str {
        if matches!(self.kind, Kind::JsonLd(_)) { "," } else { "" }
    }

    /// What a document ends with.
    pub const fn tail(&self) -> &'static str {
        match self.kind {
            Kind::NTriples | Kind::Turtle(_) => "",
            Kind::RdfXml(_) => rdf_xml::TAIL_OF_MANY,
            Kind::JsonLd(_) => json_ld::TAIL_OF_MANY,
        }
    }

    /// What the record `about` says. RDF/XML leaves out what it cannot carry, and a comment counts it.
    ///
    /// # Errors
    /// None that the triples of a register give.
    pub fn record(&self, about: &NamedNode, content: &Content) -> io::Result<Vec<u8>> {
        match &self.kind {
            Kind::NTriples => Ok(content.to_string().into_bytes()),
            Kind::Turtle(prefixes) => turtle(about, content, prefixes),
            Kind::RdfXml(prefixes) => rdf_xml::blocks_of_record(about, content.iter(), prefixes),
            Kind::JsonLd(context) => json_ld::items_of_record(about, content.iter(), context),
        }
    }
}

/// The blocks of a record, with prefixes that were declared before.
fn turtle(about: &NamedNode, content: &Content, prefixes: &Prefixes) -> io::Result<Vec<u8>> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (name, namespace) in prefixes.iter() {
        serializer = serializer.with_prefix(name, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in in_reading_order(about, content.iter()) {
        writer.serialize_triple(triple.as_ref())?;
    }
    let mut text = writer.finish()?;
    // The serializer declares the prefixes again, each on a line at the beginning.
    let is_declaration = |line: &&[u8]| line.starts_with(b"@prefix ");
    let declared: usize = text.split_inclusive(|byte| *byte == b'\n').take_while(is_declaration).map(<[u8]>::len).sum();
    text.drain(..declared);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{ContextAddress, Literal, NamedOrBlankNode, Term, Triple};
    use crate::vocab;
    use oxrdfio::{JsonLdProfileSet, RdfParser};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn writer(syntax: Syntax) -> RecordWriter {
        let context = JsonLdContext::new(vocab::CONTEXT, ContextAddress::Inlined).unwrap();
        RecordWriter::new(syntax, &Prefixes::new([("e".to_owned(), "http://e/".to_owned())]), &context).unwrap()
    }

    fn document(writer: &RecordWriter, records: &[(NamedNode, Content)]) -> String {
        let mut text = writer.head().to_vec();
        for (place, (about, content)) in records.iter().enumerate() {
            text.extend(if place > 0 { writer.between().as_bytes() } else { b"" });
            text.extend(writer.record(about, content).unwrap());
        }
        text.extend(writer.tail().as_bytes());
        String::from_utf8(text).unwrap()
    }

    fn read(syntax: Syntax, text: &str) -> BTreeSet<String> {
        let format = match syntax {
            Syntax::Turtle => RdfFormat::Turtle,
            Syntax::NTriples => RdfFormat::NTriples,
            Syntax::RdfXml => RdfFormat::RdfXml,
            Syntax::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        };
        let quads = RdfParser::from_format(format).for_slice(text);
        quads.map(|quad| Triple::from(quad.unwrap_or_else(|error| panic!("{error} in\n{text}"))).to_string()).collect()
    }

    /// What the records say, by their own N-Triples.
    fn said(records: &[(NamedNode, Content)]) -> BTreeSet<String> {
        records.iter().flat_map(|(_, content)| content.iter().map(ToString::to_string)).collect()
    }

    /// Each list of triples as what a record of its own says, without blank nodes, which no record has.
    fn records(triples: Vec<Vec<Triple>>) -> Vec<(NamedNode, Content)> {
        let has_blank = |triple: &Triple| {
            matches!(triple.subject, NamedOrBlankNode::BlankNode(_)) || matches!(triple.object, Term::BlankNode(_))
        };
        let content = |triples: Vec<Triple>| triples.into_iter().filter(|triple| !has_blank(triple)).collect();
        triples.into_iter().map(|triples| (NamedNode::new_unchecked("http://e/r"), content(triples))).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

        #[test]
        fn whatever_records_say_is_read_the_same_in_every_syntax(
            triples in prop::collection::vec(crate::rdf::tests::triples(), 0..4),
        ) {
            let records = records(triples);
            for syntax in Syntax::ALL {
                let text = document(&writer(syntax), &records);
                prop_assert_eq!(read(syntax, &text), said(&records), "{:?}\n{}", syntax, text);
            }
        }
    }

    #[test]
    fn hostile_texts_are_read_the_same_in_every_syntax() {
        let about = NamedNode::new_unchecked("http://e/r");
        let texts =
            ["\"\\\r\n\t' ''' \"\"\"", "]]> <!-- & <a/> --> \u{85}\u{2028}\u{FEFF}", "\u{1F600}é@en", "", " x ", "1"];
        let content: Content = texts
            .iter()
            .flat_map(|text| {
                let literals = [
                    Literal::new_simple_literal(*text),
                    Literal::new_language_tagged_literal_unchecked(*text, "nl"),
                    Literal::new_typed_literal(*text, NamedNode::new_unchecked("http://e/type")),
                    Literal::new_typed_literal(*text, vocab::xsd::INTEGER),
                ];
                literals.map(|literal| {
                    Triple::new(about.clone(), NamedNode::new_unchecked("http://other.example/p"), literal)
                })
            })
            .collect();
        let records = [(about.clone(), content.clone()), (about, content)];
        for syntax in Syntax::ALL {
            assert_eq!(read(syntax, &document(&writer(syntax), &records)), said(&records), "{syntax:?}");
        }
    }

    #[test]
    fn what_rdf_xml_cannot_carry_is_left_out_and_counted_and_the_rest_stays() {
        let triple = |property: &str, text: &str| {
            let (about, property) = (NamedNode::new_unchecked("http://e/r"), NamedNode::new_unchecked(property));
            Triple::new(about, property, Literal::new_simple_literal(text))
        };
        let content =
            Content::from_iter([triple("http://e/p/", "x"), triple("http://e/p", "\u{7}"), triple("http://e/p", "y")]);
        let records = [(NamedNode::new_unchecked("http://e/r"), content)];
        let text = document(&writer(Syntax::RdfXml), &records);
        assert_eq!(read(Syntax::RdfXml, &text), BTreeSet::from(["<http://e/r> <http://e/p> \"y\"".to_owned()]));
        assert!(text.contains("<!-- 2 triples"), "{text}");
        assert_eq!(read(Syntax::JsonLd, &document(&writer(Syntax::JsonLd), &records)), said(&records));
    }

    #[test]
    fn a_document_of_no_records_is_one_of_its_syntax() {
        for syntax in Syntax::ALL {
            assert_eq!(read(syntax, &document(&writer(syntax), &[])), BTreeSet::new(), "{syntax:?}");
        }
    }
}
