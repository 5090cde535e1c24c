//! Data in the syntax and through the profile asked for.

use super::state::App;
use crate::catalogue::Document;
use crate::profile::Profile;
use crate::rdf::{Content, NamedNode, NamedOrBlankNode, Syntax, Triple, write_json_ld, write_rdf_xml, write_turtle};
use crate::vocab::rdf;
use std::io;

impl App {
    /// The bytes of a document of data.
    ///
    /// # Errors
    /// A triple that the syntax cannot hold; none that the register takes in is one.
    pub(super) fn write(
        &self,
        about: &NamedNode,
        triples: Vec<Triple>,
        syntax: Syntax,
        profile: Profile,
    ) -> io::Result<Vec<u8>> {
        let triples = profile.view(about, triples);
        let mut body = Vec::new();
        match syntax {
            Syntax::Turtle => write_turtle(about, &triples, &self.prefixes, &mut body)?,
            Syntax::RdfXml => write_rdf_xml(about, &triples, &self.prefixes, &mut body)?,
            Syntax::JsonLd => write_json_ld(about, &triples, self.contexts.of(profile), &mut body)?,
            Syntax::NTriples => body = Content::from_iter(triples).to_string().into_bytes(),
        }
        Ok(body)
    }

    /// What search engines read on the page of a document: its record in terms of schema.org, as
    /// JSON-LD; nothing where schema.org has no class for it. What points at it is left out, since a list would repeat
    /// all its entries.
    ///
    /// # Errors
    /// None that the register's triples give.
    pub(super) fn structured_data(&self, document: &Document) -> io::Result<Option<String>> {
        let about = NamedNode::new_unchecked(&document.name.iri);
        let triples = Profile::SchemaOrg.view(&about, document.outgoing().collect());
        let subject = NamedOrBlankNode::from(about.clone());
        if !triples.iter().any(|triple| triple.predicate == rdf::TYPE && triple.subject == subject) {
            return Ok(None);
        }
        let mut body = Vec::new();
        write_json_ld(&about, &triples, self.contexts.of(Profile::SchemaOrg), &mut body)?;
        String::from_utf8(body).map(Some).map_err(io::Error::other)
    }
}
