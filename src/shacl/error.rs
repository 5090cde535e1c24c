//! Shapes graphs that cannot be used, with the place and the remedy.

use oxrdf::{NamedNodeRef, Term};

/// A shapes graph that is refused: [ill-formed](https://www.w3.org/TR/shacl/#ill-formed-shape-graphs),
/// or beyond what is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}", self.place())]
pub struct ShapesError {
    /// The shape, constraint component, path or list that is wrong.
    pub subject: Term,
    /// The property of it whose value is wrong.
    pub property: Option<String>,
    /// What is wrong.
    pub problem: Box<Problem>,
}

impl ShapesError {
    pub(super) fn new(subject: &Term, property: NamedNodeRef<'_>, problem: Problem) -> Self {
        Self { subject: subject.clone(), property: Some(property.as_str().to_owned()), problem: Box::new(problem) }
    }

    fn place(&self) -> String {
        match &self.property {
            Some(property) => format!("{}, {}", self.subject, short(property)),
            None => self.subject.to_string(),
        }
    }
}

/// `sh:minCount` for the IRI of it; other IRIs as they are.
fn short(iri: &str) -> String {
    match iri.strip_prefix(crate::vocab::sh::NAMESPACE) {
        Some(local) => format!("sh:{local}"),
        None => format!("<{iri}>"),
    }
}

/// Something in a shapes graph that is passed over, and that its author may not have meant so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// A property shape that is named and nowhere described.
    #[error("{shape} names the property shape {property}, of which the shapes say nothing; it asks nothing")]
    Unknown {
        /// The shape that names it.
        shape: Term,
        /// Its name.
        property: Term,
    },
    /// A property of SHACL's namespace that SHACL does not have, such as `sh:propertye`.
    #[error("{subject} has {}, which is no term of SHACL; it asks nothing", short(.property))]
    NoTerm {
        /// The shape or whatever has it.
        subject: Term,
        /// The IRI of the property.
        property: String,
    },
}

/// What is wrong in a shapes graph.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A property that has one value at most has several.
    #[error("has {0} values; leave one")]
    Several(usize),
    /// A value that is missing.
    #[error("is missing; {0}")]
    Missing(&'static str),
    /// A value of the wrong kind.
    #[error("{value} is not {expected}")]
    Value {
        /// What stands there.
        value: Box<Term>,
        /// What may stand there.
        expected: &'static str,
    },
    /// A list that is broken: no end, a member missing or two.
    #[error("is no well-formed list: {0}; write it as ( … )")]
    List(&'static str),
    /// A path that is none of the forms of section 2.3.1.
    #[error("is no property path: {0}")]
    Path(&'static str),
    /// Shapes that need each other.
    #[error("is recursive ({}); the meaning of recursive shapes is undefined, break the circle", .0.join(" → "))]
    Recursive(Vec<String>),
    /// Shapes or paths within each other deeper than this many levels.
    #[error("nests deeper than {0} levels; flatten it")]
    TooDeep(usize),
    /// A regular expression that cannot be used.
    #[error("{pattern:?} cannot be used as a regular expression: {reason}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// Why not.
        reason: String,
    },
    /// More of something than is read.
    #[error("has more than {most} {what}; divide it")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// The most that there may be.
        most: usize,
    },
    /// Texts that are too long to be said again with each result.
    #[error("has texts of {length} bytes, and {most} is the most; shorten them")]
    TooLong {
        /// Their length together, in bytes.
        length: usize,
        /// The most that they may have.
        most: usize,
    },
    /// A prefix that is declared twice.
    #[error("declare the prefix {prefix}: as <{}> and as <{}>; leave one", .namespaces[0], .namespaces[1])]
    Prefix {
        /// The prefix, without its colon.
        prefix: String,
        /// What it is declared as.
        namespaces: [String; 2],
    },
    /// A property that only property shapes may have.
    #[error("stands at a node shape; it needs sh:path")]
    NeedsPath,
    /// An entailment regime.
    #[error("asks for the entailment {0}, and there is none here; write what follows into the data")]
    Entailment(Box<Term>),
    /// A SPARQL text that is refused.
    #[error("{0}")]
    Query(String),
}
