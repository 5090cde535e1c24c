//! RDF/XML that old clients read: the same blocks in the same order as the Turtle.
//!
//! Written here and not by a general serializer, because that one loses carriage returns, writes
//! control characters that no XML parser accepts, and declares a namespace anew on each element.
//! <https://www.w3.org/TR/rdf-syntax-grammar/>

use super::order::in_reading_order;
use super::xml_name::{is_name, split, unwritable_in_xml, writable_in_xml};
use super::{BlankNode, NamedNode, NamedOrBlankNode, Prefixes, Term, Triple};
use crate::vocab::{rdf, xsd};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

/// Writes RDF/XML in the order of [`super::write_turtle`]; a block whose first type has a known
/// prefix is an element of that name.
///
/// The same triples give the same bytes, in whatever order they come.
///
/// # Errors
/// The writer's; [`io::ErrorKind::InvalidData`] for what no RDF/XML can carry, which
/// [`super::has_qualified_name`] and [`super::unwritable_in_xml`] tell beforehand.
pub fn write_rdf_xml<'a>(
    about: &NamedNode,
    triples: impl IntoIterator<Item = &'a Triple>,
    prefixes: &Prefixes,
    mut out: impl io::Write,
) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut text = write_element(writer, about, triples, prefixes, &[])?;
    text.push(b'\n');
    out.write_all(&text)?;
    out.flush()
}

/// The same as an element that stands in another XML document, with more attributes at its root.
///
/// # Errors
/// As those of [`write_rdf_xml`], and for an attribute that XML cannot hold.
pub fn rdf_xml_element<'a>(
    about: &NamedNode,
    triples: impl IntoIterator<Item = &'a Triple>,
    prefixes: &Prefixes,
    attributes: &[(&str, &str)],
) -> io::Result<String> {
    let text = write_element(Writer::new_with_indent(Vec::new(), b' ', 2), about, triples, prefixes, attributes)?;
    String::from_utf8(text).map_err(io::Error::other)
}

fn write_element<'a>(
    writer: Writer<Vec<u8>>,
    about: &NamedNode,
    triples: impl IntoIterator<Item = &'a Triple>,
    prefixes: &Prefixes,
    attributes: &[(&str, &str)],
) -> io::Result<Vec<u8>> {
    let triples = in_reading_order(about, triples);
    let names = Names::of(&triples, prefixes)?;
    let mut document = Document { writer, ..Document::new(names, Declared::AtRoot) };
    document.open(attributes)?;
    for block in triples.chunk_by(|one, next| one.subject == next.subject) {
        document.block(block)?;
    }
    document.writer.write_event(Event::End(BytesEnd::new("rdf:RDF")))?;
    Ok(document.writer.into_inner())
}

/// What a document of many records begins with; it declares all prefixes, since nobody knows yet which are needed.
pub(super) fn head_of_many(prefixes: &Prefixes) -> io::Result<Vec<u8>> {
    let known = Names::known(prefixes).into_iter().map(|(namespace, name)| (namespace, name.to_owned()));
    let mut document = Document::new(Names(known.collect()), Declared::AtRoot);
    document.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    document.open(&[])?;
    Ok(document.writer.into_inner())
}

/// What such a document ends with.
pub(super) const TAIL_OF_MANY: &str = "\n</rdf:RDF>\n";

/// The blocks of one record, to stand behind [`head_of_many`]. Namespaces without a prefix are declared where they are
/// used. What RDF/XML cannot carry is left out, and a comment counts it.
pub(super) fn blocks_of_record<'a>(
    about: &NamedNode,
    triples: impl IntoIterator<Item = &'a Triple>,
    prefixes: &Prefixes,
) -> io::Result<Vec<u8>> {
    let triples = in_reading_order(about, triples);
    let (writable, others): (Vec<&Triple>, Vec<_>) = triples.into_iter().partition(|triple| is_writable(triple));
    let known = Names::known(prefixes);
    let mut document = Document::new(Names::of(&writable, prefixes)?, Declared::Where(&known));
    if !others.is_empty() {
        let told = format!(" {} triples that RDF/XML has no way to write are left out here ", others.len());
        document.writer.write_event(Event::Comment(BytesText::from_escaped(told)))?;
    }
    for block in writable.chunk_by(|one, next| one.subject == next.subject) {
        document.block(block)?;
    }
    // The element that all of it stands in was not written here, and neither was the indent that it asks for.
    let text = String::from_utf8(document.writer.into_inner()).map_err(io::Error::other)?;
    Ok(format!("\n{}", text.trim_start_matches('\n')).into_bytes())
}

/// Whether RDF/XML can carry a triple.
fn is_writable(triple: &Triple) -> bool {
    let text = if let Term::Literal(literal) = &triple.object { literal.value() } else { "" };
    split(triple.predicate.as_str()).is_some() && unwritable_in_xml(text).is_none()
}

/// The prefixes of one document, by namespace.
struct Names<'a>(BTreeMap<&'a str, String>);

impl<'a> Names<'a> {
    /// The known prefixes that the triples need, and `ns1`, `ns2` … for namespaces without one.
    fn of(triples: &[&'a Triple], prefixes: &'a Prefixes) -> io::Result<Self> {
        let known = Self::known(prefixes);
        let mut used = BTreeSet::from([rdf::NAMESPACE]);
        for triple in triples {
            let (namespace, _) = split(triple.predicate.as_str()).ok_or_else(|| no_name(&triple.predicate))?;
            used.insert(namespace);
            if let Some((namespace, _)) = class(triple).and_then(split)
                && known.contains_key(namespace)
            {
                used.insert(namespace);
            }
        }
        let taken: BTreeSet<&str> = known.values().copied().collect();
        let mut free = (1_u32..).map(|number| format!("ns{number}")).filter(|name| !taken.contains(name.as_str()));
        let named = used.into_iter().filter_map(|namespace| {
            let name = known.get(namespace).map(|name| (*name).to_owned()).or_else(|| free.next())?;
            Some((namespace, name))
        });
        Ok(Self(named.collect()))
    }

    /// The prefixes that XML can declare, by namespace.
    fn known(prefixes: &Prefixes) -> BTreeMap<&str, &str> {
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, namespace) in prefixes.iter() {
            if is_name(name) && !name.to_ascii_lowercase().starts_with("xml") && name != "rdf" {
                known.insert(namespace, name);
            }
        }
        known.insert(rdf::NAMESPACE, "rdf");
        known
    }

    /// The qualified name of an IRI whose namespace is declared.
    fn qualified(&self, iri: &str) -> Option<String> {
        let (namespace, local) = split(iri)?;
        Some(format!("{}:{local}", self.0.get(namespace)?))
    }
}

/// Where namespaces are declared.
enum Declared<'a> {
    /// All at the root.
    AtRoot,
    /// These at a root written before, others at each block.
    Where(&'a BTreeMap<&'a str, &'a str>),
}

/// A document while it is written.
struct Document<'a> {
    writer: Writer<Vec<u8>>,
    names: Names<'a>,
    declared: Declared<'a>,
    /// Numbers of the blank nodes met, since their own labels need not be XML names.
    labels: HashMap<&'a str, usize>,
}

impl<'a> Document<'a> {
    fn new(names: Names<'a>, declared: Declared<'a>) -> Self {
        Self { writer: Writer::new_with_indent(Vec::new(), b' ', 2), names, declared, labels: HashMap::new() }
    }

    fn open(&mut self, attributes: &[(&str, &str)]) -> io::Result<()> {
        let mut root = BytesStart::new("rdf:RDF");
        let mut declared: Vec<(&str, &str)> =
            self.names.0.iter().map(|(namespace, name)| (name.as_str(), *namespace)).collect();
        declared.sort_unstable();
        for (name, namespace) in declared {
            attribute(&mut root, &format!("xmlns:{name}"), namespace)?;
        }
        for (name, value) in attributes {
            attribute(&mut root, name, value)?;
        }
        self.writer.write_event(Event::Start(root))
    }

    /// One subject with all it says.
    fn block(&mut self, block: &[&'a Triple]) -> io::Result<()> {
        let Some(first) = block.first() else { return Ok(()) };
        let class = class(first).and_then(|class| self.names.qualified(class));
        let statements = if class.is_some() { block.get(1..).unwrap_or_default() } else { block };
        let element = class.unwrap_or_else(|| "rdf:Description".to_owned());
        let mut start = BytesStart::new(element.as_str());
        match &first.subject {
            NamedOrBlankNode::NamedNode(subject) => attribute(&mut start, "rdf:about", subject.as_str())?,
            NamedOrBlankNode::BlankNode(subject) => attribute(&mut start, "rdf:nodeID", &self.label(subject))?,
        }
        if let Declared::Where(at_root) = self.declared {
            for (namespace, name) in self.names.0.iter().filter(|(namespace, _)| !at_root.contains_key(**namespace)) {
                attribute(&mut start, &format!("xmlns:{name}"), namespace)?;
            }
        }
        if statements.is_empty() {
            return self.writer.write_event(Event::Empty(start));
        }
        self.writer.write_event(Event::Start(start))?;
        for statement in statements {
            self.statement(statement)?;
        }
        self.writer.write_event(Event::End(BytesEnd::new(element)))
    }

    fn statement(&mut self, triple: &'a Triple) -> io::Result<()> {
        let element = self.names.qualified(triple.predicate.as_str()).ok_or_else(|| no_name(&triple.predicate))?;
        let mut start = BytesStart::new(element.as_str());
        let literal = match &triple.object {
            Term::NamedNode(object) => {
                attribute(&mut start, "rdf:resource", object.as_str())?;
                return self.writer.write_event(Event::Empty(start));
            }
            Term::BlankNode(object) => {
                attribute(&mut start, "rdf:nodeID", &self.label(object))?;
                return self.writer.write_event(Event::Empty(start));
            }
            Term::Literal(literal) => literal,
        };
        if let Some(language) = literal.language() {
            attribute(&mut start, "xml:lang", language)?;
        } else if literal.datatype() != xsd::STRING {
            attribute(&mut start, "rdf:datatype", literal.datatype().as_str())?;
        }
        self.writer.write_event(Event::Start(start))?;
        self.writer.write_event(Event::Text(BytesText::from_escaped(escaped(literal.value())?)))?;
        self.writer.write_event(Event::End(BytesEnd::new(element)))
    }

    fn label(&mut self, node: &'a BlankNode) -> String {
        let next = self.labels.len();
        format!("b{}", self.labels.entry(node.as_str()).or_insert(next))
    }
}

/// The class that a triple puts its subject into.
fn class(triple: &Triple) -> Option<&str> {
    match &triple.object {
        Term::NamedNode(class) if triple.predicate == rdf::TYPE => Some(class.as_str()),
        _ => None,
    }
}

fn attribute(element: &mut BytesStart<'_>, name: &str, value: &str) -> io::Result<()> {
    element.push_attribute((name.as_bytes(), escaped(value)?.as_bytes()));
    Ok(())
}

/// A text for an element, or an IRI or language for an attribute.
fn escaped(text: &str) -> io::Result<String> {
    if let Some(char) = unwritable_in_xml(text) {
        let reason = format!("XML cannot hold the character U+{:04X} of {text:?}; take it out", u32::from(char));
        return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
    }
    Ok(writable_in_xml(text))
}

fn no_name(predicate: &NamedNode) -> io::Error {
    let reason = format!("RDF/XML has no name for the property {predicate}; its IRI must end in an XML name");
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::Literal;
    use crate::rdf::tests::{isomorphic, triples};
    use oxrdfio::{RdfFormat, RdfParser};
    use proptest::prelude::*;

    fn written(triples: &[Triple]) -> String {
        let mut text = Vec::new();
        let about = NamedNode::new_unchecked("http://e/r");
        write_rdf_xml(&about, triples, &Prefixes::new([]), &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn read(text: &str) -> Vec<Triple> {
        RdfParser::from_format(RdfFormat::RdfXml)
            .for_slice(text)
            .map(|quad| Triple::from(quad.unwrap_or_else(|error| panic!("{error} in\n{text}"))))
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_written_is_read_the_same(triples in triples()) {
            let text = written(&triples);
            prop_assert!(isomorphic(&triples, &read(&text)), "{}", text);
        }

        #[test]
        fn the_order_of_triples_changes_nothing(triples in triples()) {
            let back: Vec<Triple> = triples.iter().rev().cloned().collect();
            prop_assert_eq!(written(&triples), written(&back));
        }
    }

    fn triple(property: &str, object: impl Into<Term>) -> Triple {
        Triple::new(NamedNode::new_unchecked("http://e/r"), NamedNode::new_unchecked(property), object)
    }

    #[test]
    fn a_known_namespace_keeps_its_prefix_and_another_gets_a_number() {
        let title = triple("http://purl.org/dc/terms/title", Literal::new_simple_literal("x"));
        let text = written(&[title, triple("http://e/p", NamedNode::new_unchecked("http://e/ø"))]);
        assert!(text.contains("<dct:title>x</dct:title>"), "{text}");
        assert!(text.contains("<ns1:p rdf:resource=\"http://e/ø\"/>"), "{text}");
        assert!(text.contains("xmlns:ns1=\"http://e/\""), "{text}");
        assert!(!text.contains("xmlns:skos"), "only prefixes in use are declared");
    }

    #[test]
    fn an_element_is_the_document_without_its_head_and_with_what_its_root_is_given() {
        let triples = [triple("http://purl.org/dc/terms/title", Literal::new_simple_literal("x"))];
        let about = NamedNode::new_unchecked("http://e/r");
        let element = rdf_xml_element(&about, &triples, &Prefixes::new([]), &[("x:y", "<\"")]).unwrap();
        assert!(element.starts_with("<rdf:RDF ") && element.contains(" x:y=\"&lt;&quot;\""), "{element}");
        let document = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{element}\n");
        assert_eq!(document.replace(" x:y=\"&lt;&quot;\"", ""), written(&triples));
    }

    #[test]
    fn what_xml_cannot_carry_is_an_error_that_names_it() {
        let about = NamedNode::new_unchecked("http://e/r");
        let error =
            |triple: Triple| write_rdf_xml(&about, [&triple], &Prefixes::new([]), Vec::new()).unwrap_err().to_string();
        assert!(error(triple("http://e/p", Literal::new_simple_literal("bell \u{7}"))).contains("U+0007"));
        assert!(error(triple("http://e/p/", NamedNode::new_unchecked("http://e/o"))).contains("<http://e/p/>"));
    }
}
