//! A validation report as RDF.

use super::super::problem::{Problem, ProblemType};
use super::super::state::App;
use crate::profile::Profile;
use crate::rdf::{Literal, NamedNode, Syntax, Triple};
use crate::shacl::Report;
use crate::vocab::{rdf, rdfs, sh};
use std::io;

/// Writes a report as <https://www.w3.org/TR/shacl/#validation-report> has it. Where results were left out, a
/// comment on the report says how many.
///
/// # Errors
/// A text of the data that the syntax cannot hold.
pub(in super::super) fn write(app: &App, report: &Report, syntax: Syntax) -> Result<Vec<u8>, Problem> {
    // A report has no IRI, so nothing stands in front as what the document is about.
    let about = NamedNode::new_unchecked(format!("{}validate", app.settings.site));
    app.write(&about, triples_of(report), syntax, Profile::Full).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => {
            let detail = format!("the report cannot be written as {}: {error}; ask for Turtle", syntax.name());
            Problem::new(ProblemType::NotAcceptable, detail)
        }
        _ => error.into(),
    })
}

fn triples_of(report: &Report) -> Vec<Triple> {
    let mut triples: Vec<Triple> = report.to_graph().iter().map(Into::into).collect();
    if report.omitted > 0 {
        let comment = format!("{} more results were found than are listed here.", report.omitted);
        let is_report = |triple: &&Triple| {
            triple.predicate == rdf::TYPE && triple.object == sh::VALIDATION_REPORT.into_owned().into()
        };
        let node = triples.iter().find(is_report).map(|triple| triple.subject.clone());
        let literal = Literal::new_language_tagged_literal_unchecked(comment, "en");
        triples.extend(node.map(|node| Triple::new(node, rdfs::COMMENT, literal)));
    }
    triples
}
