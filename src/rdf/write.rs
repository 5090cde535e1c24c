//! Writing triples as they come, in any syntax.

use super::Triple;
use oxrdfio::{RdfFormat, RdfSerializer};
use std::io;

/// Writes triples in a syntax, in their order and without prefixes. Documents are written with care by
/// [`write_turtle`](super::write_turtle) and its like.
///
/// # Errors
/// The syntax cannot hold a triple: RDF/XML has no name for some predicates.
pub fn write_rdf(triples: &[Triple], syntax: RdfFormat) -> io::Result<Vec<u8>> {
    let mut writer = RdfSerializer::from_format(syntax).for_writer(Vec::new());
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish()
}
