//! Questions that people ask of the list, each a SPARQL query that answers it.
//!
//! They stand in `vocab/queries/`, a file a question:
//!
//! ```sparql
//! #+ question: Which services can a contact centre answer?
//! #+ about: What the answer counts, and what it leaves out.
//! #+ parameter: phase integer The phase that the contact centre has reached.
//! PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
//!
//! SELECT …
//! WHERE {
//!   VALUES ?phase { 2 }
//!   …
//! }
//! ```
//!
//! Relative IRIs are resolved against the base of the data. A [`Parameter`] is bound to its default where the query binds
//! its variable, so that every file is a query as it stands. Each is published as an executable
//! (<https://www.w3.org/TR/shacl-af/#SPARQLExecutable>) at `{base}query/{name}`, and all of them at `{base}query`.

mod description;
mod parameter;

pub use description::description_of;
pub use parameter::{ARGUMENT_LIMIT, ArgumentError, Arguments, Parameter, ParameterKind};

use crate::catalogue::Base;
use crate::rdf::NamedNode;

/// The files, by name.
macro_rules! queries {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../vocab/queries/", $name, ".rq")))),*]
    };
}

/// In the order in which people are shown them.
const QUERIES: [(&str, &str); 37] = queries![
    "answered-by-telephone",
    "phases",
    "without-online-channel",
    "visit-in-person",
    "not-suitable",
    "services-of-function",
    "judged-otherwise",
    "exceptions",
    "by-confidence",
    "rules-at-work",
    "phases-reached",
    "when-people-move",
    "business-event",
    "events",
    "search-words",
    "about-a-service",
    "is-a-number",
    "subset",
    "internal-services",
    "functions-by-size",
    "channels",
    "levels-of-government",
    "languages",
    "names-in-language",
    "unreviewed-definitions",
    "renamed",
    "renamed-in-release",
    "since-release",
    "replaced",
    "crosswalks",
    "matches",
    "who-handles",
    "who-offers-what",
    "offers-in-area",
    "offers-without-contact-point",
    "costs",
    "transfers",
];

/// A question and the query that answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredQuery {
    /// The last part of its IRI.
    pub name: &'static str,
    /// The question, in English.
    pub question: &'static str,
    /// What the answer counts, and what it leaves out, in English.
    pub about: &'static str,
    /// What the answer is.
    pub form: QueryForm,
    /// What may be asked differently.
    pub parameters: Vec<Parameter>,
    /// The query, without the lines about it.
    query: String,
}

/// The form of a stored query (<https://www.w3.org/TR/sparql11-query/#QueryForms>); nobody stores a DESCRIBE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryForm {
    /// Answered by solutions.
    Select,
    /// Answered by triples.
    Construct,
    /// Answered by yes or no.
    Ask,
}

impl QueryForm {
    /// By the keyword that a line of the query starts with.
    fn read(query: &str) -> Self {
        let form = |line: &str| match line.split_ascii_whitespace().next()? {
            "SELECT" => Some(Self::Select),
            "CONSTRUCT" => Some(Self::Construct),
            "ASK" => Some(Self::Ask),
            _ => None,
        };
        query.lines().find_map(form).unwrap_or(Self::Select)
    }
}

impl StoredQuery {
    /// Reads the text of a file.
    fn read(name: &'static str, text: &'static str) -> Self {
        let (about, query): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("#+"));
        let values = |key: &'static str| {
            about.iter().filter_map(move |line| line.strip_prefix("#+")?.trim().strip_prefix(key)?.strip_prefix(':'))
        };
        let value = |key| values(key).map(str::trim).next().unwrap_or_default();
        Self {
            name,
            question: value("question"),
            about: value("about"),
            form: QueryForm::read(text),
            parameters: values("parameter").filter_map(|declaration| Parameter::read(declaration, text)).collect(),
            query: query.join("\n") + "\n",
        }
    }

    /// Where it is published, under the base of the data.
    pub fn iri(&self, base: &Base) -> NamedNode {
        base.iri(&format!("query/{}", self.name))
    }

    /// The values of its parameters, by names and values as a request gives them.
    ///
    /// # Errors
    /// For a name that is no parameter, or comes twice, and a value that is none.
    pub fn arguments<'g>(&self, given: impl Iterator<Item = (&'g str, &'g str)>) -> Result<Arguments, ArgumentError> {
        Arguments::read(&self.parameters, given)
    }

    /// The values of its parameters where a request gives none.
    pub fn defaults(&self) -> Arguments {
        Arguments::of_defaults(&self.parameters)
    }

    /// The query with arguments, as any endpoint with the data understands it.
    pub fn text(&self, base: &Base, arguments: &Arguments) -> String {
        let lines = self.query.lines().map(|line| arguments.bind(line) + "\n");
        format!("BASE <{base}>\n{}", lines.collect::<String>())
    }

    /// The prefixes that it declares, with their namespaces.
    fn prefixes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.lines().filter_map(|line| {
            let (prefix, iri) = line.strip_prefix("PREFIX ")?.split_once(':')?;
            Some((prefix, iri.trim().strip_prefix('<')?.strip_suffix('>')?))
        })
    }
}

/// The queries that ship with the program.
pub fn stored_queries() -> Vec<StoredQuery> {
    QUERIES.iter().map(|(name, text)| StoredQuery::read(name, text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_query_with_a_question_and_stands_among_them() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vocab/queries");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), QUERIES.len());
        for query in stored_queries() {
            assert!(query.question.ends_with('?'), "{}: {}", query.name, query.question);
            assert!(query.about.ends_with('.') && !query.query.contains("#+"), "{}", query.name);
        }
    }

    #[test]
    fn every_parameter_that_is_declared_is_read_and_bound_alike_wherever_the_query_binds_it() {
        for ((name, text), query) in QUERIES.iter().zip(stored_queries()) {
            assert_eq!(query.parameters.len(), text.matches("#+ parameter:").count(), "{name}");
            for parameter in &query.parameters {
                assert!(parameter.about.ends_with('.'), "{name}: {parameter}");
                let binding = format!("VALUES ?{} {{", parameter.name);
                let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with(&binding)).collect();
                assert!(!lines.is_empty() && lines.iter().all(|line| *line == lines[0]), "{name}: {lines:?}");
            }
            let base = Base::parse("http://lists.example.eu/").unwrap();
            assert_eq!(query.text(&base, &query.defaults()), format!("BASE <{base}>\n{}", query.query), "{name}");
        }
    }
}
