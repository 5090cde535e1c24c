//! The outcomes as an EARL report: <https://www.w3.org/TR/EARL10-Schema/>.

use crate::outcome::{Outcome, Verdict};
use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use oxrdfio::{RdfFormat, RdfSerializer};
use std::io;

const EARL: &str = "http://www.w3.org/ns/earl#";
const DOAP: &str = "http://usefulinc.com/ns/doap#";

/// The product, as the subject and the assertor of every assertion.
const SUBJECT: &str = "https://w3id.org/eu-service-list";

/// Writes the outcomes as Turtle.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(outcomes: &[Outcome], writer: impl io::Write) -> io::Result<()> {
    let serializer =
        RdfSerializer::from_format(RdfFormat::Turtle).with_prefix("earl", EARL).map_err(io::Error::other)?;
    let serializer = serializer.with_prefix("doap", DOAP).map_err(io::Error::other)?;
    let mut serializer = serializer.for_writer(writer);
    for triple in subject().iter().chain(&outcomes.iter().flat_map(assertion).collect::<Vec<_>>()) {
        serializer.serialize_triple(triple)?;
    }
    serializer.finish()?;
    Ok(())
}

fn subject() -> Vec<Triple> {
    let subject = NamedNode::new_unchecked(SUBJECT);
    vec![
        a(&subject, DOAP, "Project"),
        a(&subject, EARL, "Software"),
        a(&subject, EARL, "TestSubject"),
        a(&subject, EARL, "Assertor"),
        Triple::new(subject.clone(), named(DOAP, "name"), Literal::from(env!("CARGO_PKG_NAME"))),
        Triple::new(subject.clone(), named(DOAP, "programming-language"), Literal::from("Rust")),
        Triple::new(subject, named(DOAP, "revision"), Literal::from(env!("CARGO_PKG_VERSION"))),
    ]
}

fn assertion(outcome: &Outcome) -> Vec<Triple> {
    let (assertion, result) = (BlankNode::default(), BlankNode::default());
    let about = |property: &str, value: Term| Triple::new(assertion.clone(), named(EARL, property), value);
    let verdict = match outcome.verdict {
        Verdict::Passed => "passed",
        Verdict::KnownFailure | Verdict::Failed => "failed",
    };
    vec![
        a(&assertion, EARL, "Assertion"),
        about("assertedBy", NamedNode::new_unchecked(SUBJECT).into()),
        about("subject", NamedNode::new_unchecked(SUBJECT).into()),
        about("test", outcome.test.clone().into()),
        about("mode", named(EARL, "automatic").into()),
        about("result", result.clone().into()),
        a(&result, EARL, "TestResult"),
        Triple::new(result, named(EARL, "outcome"), named(EARL, verdict)),
    ]
}

fn a(subject: &(impl Clone + Into<NamedOrBlankNode>), namespace: &str, class: &str) -> Triple {
    Triple::new(subject.clone(), rdf::TYPE, named(namespace, class))
}

fn named(namespace: &str, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{name}"))
}
