//! Questions that people ask of the list, each a SPARQL query that answers it.
//!
//! They stand in `vocab/queries/`, a file a question:
//!
//! ```sparql
//! #+ question: Which services are asked for when people move?
//! #+ about: What the answer counts, and what it leaves out.
//! PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
//! SELECT … WHERE { … }
//! ```
//!
//! Relative IRIs are resolved against the base of the data. Each is published as an `sh:SPARQLSelectExecutable`
//! (<https://www.w3.org/TR/shacl-af/#SPARQLExecutable>) at `{base}query/{name}`, and all of them at `{base}query`.

use crate::catalogue::Base;
use crate::rdf::{Literal, NamedNode, Triple};
use crate::vocab::{owl, rdf, rdfs, sh, xsd};
use std::collections::BTreeMap;

/// The files, by name.
macro_rules! queries {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../vocab/queries/", $name, ".rq")))),*]
    };
}

/// In the order in which people are shown them.
const QUERIES: [(&str, &str); 11] = queries![
    "answered-by-telephone",
    "visit-in-person",
    "not-suitable",
    "judged-otherwise",
    "exceptions",
    "rules-at-work",
    "when-people-move",
    "unreviewed-definitions",
    "who-handles",
    "who-offers-what",
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
    /// The query, without the lines about it.
    query: String,
}

impl StoredQuery {
    /// Reads the text of a file.
    fn read(name: &'static str, text: &'static str) -> Self {
        let (about, query): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("#+"));
        let value = |key: &str| {
            let values =
                about.iter().filter_map(|line| line.strip_prefix("#+")?.trim().strip_prefix(key)?.strip_prefix(':'));
            values.map(str::trim).next().unwrap_or_default()
        };
        Self { name, question: value("question"), about: value("about"), query: query.join("\n") + "\n" }
    }

    /// Where it is published, under the base of the data.
    pub fn iri(&self, base: &Base) -> NamedNode {
        base.iri(&format!("query/{}", self.name))
    }

    /// The query as any endpoint with the data understands it.
    pub fn text(&self, base: &Base) -> String {
        format!("BASE <{base}>\n{}", self.query)
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

/// What is published of queries: the document that defines them, with the prefixes they use, and each of them.
pub fn description_of(queries: &[StoredQuery], base: &Base) -> Vec<Triple> {
    let document = base.iri("query");
    let english = |text: &str| Literal::new_language_tagged_literal_unchecked(text, "en");
    let mut triples = vec![
        Triple::new(document.clone(), rdf::TYPE, owl::ONTOLOGY),
        Triple::new(document.clone(), rdfs::LABEL, english("Questions asked of the list")),
    ];
    let prefixes: BTreeMap<&str, &str> = queries.iter().flat_map(StoredQuery::prefixes).collect();
    for (prefix, namespace) in prefixes {
        let declaration = base.iri(&format!("query#{prefix}"));
        let namespace = Literal::new_typed_literal(namespace, xsd::ANY_URI);
        triples.extend([
            Triple::new(document.clone(), sh::DECLARE, declaration.clone()),
            Triple::new(declaration.clone(), sh::PREFIX, Literal::new_simple_literal(prefix)),
            Triple::new(declaration, sh::NAMESPACE_PROPERTY, namespace),
        ]);
    }
    for query in queries {
        let iri = query.iri(base);
        triples.extend([
            Triple::new(iri.clone(), rdfs::IS_DEFINED_BY, document.clone()),
            Triple::new(iri.clone(), rdf::TYPE, sh::SPARQL_EXECUTABLE),
            Triple::new(iri.clone(), rdf::TYPE, sh::SPARQL_SELECT_EXECUTABLE),
            Triple::new(iri.clone(), rdfs::LABEL, english(query.question)),
            Triple::new(iri.clone(), rdfs::COMMENT, english(query.about)),
            Triple::new(iri.clone(), sh::PREFIXES, document.clone()),
            Triple::new(iri, sh::SELECT, Literal::new_simple_literal(query.text(base))),
        ]);
    }
    triples
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
    fn what_is_published_of_a_query_is_a_select_that_can_be_run_as_it_stands() {
        let base = Base::parse("http://lists.example.eu/").unwrap();
        let text =
            "#+ question: Which?\n#+ about: All.\nPREFIX skos: <http://x.example/>\nSELECT * { ?s skos:a <b> }\n";
        let query = StoredQuery::read("which", text);
        assert_eq!((query.question, query.about), ("Which?", "All."));
        let expected =
            "BASE <http://lists.example.eu/>\nPREFIX skos: <http://x.example/>\nSELECT * { ?s skos:a <b> }\n";
        let said = description_of(&[query], &base);
        let has = |subject: &str, property: oxrdf::NamedNodeRef<'_>, object: oxrdf::Term| {
            said.contains(&Triple::new(base.iri(subject), property, object))
        };
        assert!(has("query/which", sh::SELECT, Literal::new_simple_literal(expected).into()));
        assert!(has("query/which", sh::PREFIXES, base.iri("query").into()));
        assert!(has("query/which", rdfs::IS_DEFINED_BY, base.iri("query").into()));
        let namespace = Literal::new_typed_literal("http://x.example/", xsd::ANY_URI);
        assert!(has("query#skos", sh::NAMESPACE_PROPERTY, namespace.into()));
    }
}
