//! What is published of stored queries: each as an executable, with its parameters.

use super::{Parameter, ParameterKind, QueryForm, StoredQuery};
use crate::catalogue::Base;
use crate::rdf::{Literal, NamedNode, NamedNodeRef, Triple};
use crate::vocab::{owl, rdf, rdfs, sh, xsd};
use std::collections::BTreeMap;

/// What is published of queries: the document that defines them, with the prefixes they use, and each of them with its
/// parameters.
///
/// The text of a query binds its parameters to their defaults, so it runs wherever the data are, as it stands.
pub fn description_of(queries: &[StoredQuery], base: &Base) -> Vec<Triple> {
    let document = base.iri("query");
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
        triples.extend(executable(query, &document, base));
    }
    triples
}

fn english(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "en")
}

/// The class of executables of a form, and the property that has their text.
fn terms(form: QueryForm) -> (NamedNodeRef<'static>, NamedNodeRef<'static>) {
    match form {
        QueryForm::Select => (sh::SPARQL_SELECT_EXECUTABLE, sh::SELECT),
        QueryForm::Construct => (sh::SPARQL_CONSTRUCT_EXECUTABLE, sh::CONSTRUCT),
        QueryForm::Ask => (sh::SPARQL_ASK_EXECUTABLE, sh::ASK),
    }
}

fn executable(query: &StoredQuery, document: &NamedNode, base: &Base) -> Vec<Triple> {
    let (class, text) = terms(query.form);
    let iri = query.iri(base);
    let defaults = query.text(base, &query.defaults());
    let mut triples = vec![
        Triple::new(iri.clone(), rdfs::IS_DEFINED_BY, document.clone()),
        Triple::new(iri.clone(), rdf::TYPE, sh::SPARQL_EXECUTABLE),
        Triple::new(iri.clone(), rdf::TYPE, class),
        Triple::new(iri.clone(), rdfs::LABEL, english(query.question)),
        Triple::new(iri.clone(), rdfs::COMMENT, english(query.about)),
        Triple::new(iri.clone(), sh::PREFIXES, document.clone()),
        Triple::new(iri, text, Literal::new_simple_literal(defaults)),
    ];
    for (order, parameter) in (0_i64..).zip(&query.parameters) {
        triples.extend(parameter_of(query, order, parameter, base));
    }
    triples
}

/// A parameter (<https://www.w3.org/TR/shacl-af/#functions-parameters>): its path ends with its name.
fn parameter_of(query: &StoredQuery, order: i64, parameter: &Parameter, base: &Base) -> Vec<Triple> {
    let resource = base.iri(&format!("query/{}#parameter-{}", query.name, parameter.name));
    let path = base.iri(&format!("query/{}#{}", query.name, parameter.name));
    let mut triples = vec![
        Triple::new(query.iri(base), sh::PARAMETER, resource.clone()),
        Triple::new(resource.clone(), rdf::TYPE, sh::PARAMETER_CLASS),
        Triple::new(resource.clone(), sh::PATH, path),
        Triple::new(resource.clone(), sh::NAME, Literal::new_simple_literal(parameter.name)),
        Triple::new(resource.clone(), sh::DESCRIPTION, english(parameter.about)),
        Triple::new(resource.clone(), sh::ORDER, Literal::from(order)),
        // None must be given: what has no default is left open.
        Triple::new(resource.clone(), sh::OPTIONAL, Literal::from(true)),
    ];
    triples.push(match parameter.kind {
        ParameterKind::Integer => Triple::new(resource.clone(), sh::DATATYPE, xsd::INTEGER),
        ParameterKind::Language | ParameterKind::Text => Triple::new(resource.clone(), sh::DATATYPE, xsd::STRING),
        ParameterKind::Reference { .. } => Triple::new(resource.clone(), sh::NODE_KIND, sh::IRI),
    });
    triples.extend(parameter.default_term(base).map(|default| Triple::new(resource, sh::DEFAULT_VALUE, default)));
    triples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::Term;

    const TEXT: &str = "#+ question: Which?\n#+ about: All.\n#+ parameter: town <id/organisation/> Whose.\n\
        PREFIX skos: <http://x.example/>\nSELECT * {\n  VALUES ?town { <id/organisation/a> }\n  ?s skos:a ?town\n}\n";

    fn base() -> Base {
        Base::parse("http://lists.example.eu/").unwrap()
    }

    /// Whether this is published of a query with this text, by paths under the base.
    fn says(text: &'static str, subject: &str, property: NamedNodeRef<'_>, object: impl Into<Term>) -> bool {
        let said = description_of(&[StoredQuery::read("which", text)], &base());
        said.contains(&Triple::new(base().iri(subject), property, object))
    }

    #[test]
    fn what_is_published_of_a_query_is_a_select_that_can_be_run_as_it_stands() {
        let (_, query) = TEXT.split_once("PREFIX").unwrap();
        let expected = format!("BASE <http://lists.example.eu/>\nPREFIX{query}");
        assert!(says(TEXT, "query/which", sh::SELECT, Literal::new_simple_literal(expected)));
        assert!(says(TEXT, "query/which", sh::PREFIXES, base().iri("query")));
        assert!(says(TEXT, "query/which", rdfs::IS_DEFINED_BY, base().iri("query")));
        let namespace = Literal::new_typed_literal("http://x.example/", xsd::ANY_URI);
        assert!(says(TEXT, "query#skos", sh::NAMESPACE_PROPERTY, namespace));
    }

    #[test]
    fn a_parameter_is_published_with_its_kind_and_its_default_as_a_term() {
        let parameter = "query/which#parameter-town";
        assert!(says(TEXT, "query/which", sh::PARAMETER, base().iri(parameter)));
        assert!(says(TEXT, parameter, sh::PATH, base().iri("query/which#town")));
        assert!(says(TEXT, parameter, sh::NODE_KIND, sh::IRI.into_owned()));
        assert!(says(TEXT, parameter, sh::DEFAULT_VALUE, base().iri("id/organisation/a")));
    }

    #[test]
    fn the_other_forms_are_executables_of_their_own() {
        let ask = "#+ question: Is it?\nASK { ?s ?p ?o }\n";
        assert!(says(ask, "query/which", rdf::TYPE, sh::SPARQL_ASK_EXECUTABLE.into_owned()));
        let construct = "#+ question: What?\nCONSTRUCT { ?s ?p ?o }\nWHERE { ?s ?p ?o }\n";
        assert!(says(construct, "query/which", rdf::TYPE, sh::SPARQL_CONSTRUCT_EXECUTABLE.into_owned()));
    }
}
