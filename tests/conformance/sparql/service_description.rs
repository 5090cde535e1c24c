//! Tests of the type `mf:ServiceDescriptionTest`, which the manifest only names: what an endpoint says of itself.
//!
//! <https://www.w3.org/TR/sparql11-service-description/>

use super::server::{Address, Answer, Server, parse, told};
use crate::manifest::Entry;
use axum::body::Body;
use axum::http::{Request, header};
use oxrdf::vocab::rdf;
use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef, TripleRef};
use oxrdfio::RdfFormat;

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const ENDPOINT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/sparql-service-description#endpoint");

/// The properties of the vocabulary, with the class of what has each and, where it is one of the vocabulary's, of its
/// values (<https://www.w3.org/TR/sparql11-service-description/#properties>).
const PROPERTIES: [(&str, &str, Option<&str>); 19] = [
    ("endpoint", "Service", None),
    ("feature", "Service", Some("Feature")),
    ("defaultEntailmentRegime", "Service", Some("EntailmentRegime")),
    ("entailmentRegime", "NamedGraph", Some("EntailmentRegime")),
    ("defaultSupportedEntailmentProfile", "Service", Some("EntailmentProfile")),
    ("supportedEntailmentProfile", "NamedGraph", Some("EntailmentProfile")),
    ("extensionFunction", "Service", Some("Function")),
    ("extensionAggregate", "Service", Some("Aggregate")),
    ("languageExtension", "Service", Some("Feature")),
    ("supportedLanguage", "Service", Some("Language")),
    ("propertyFeature", "Service", Some("Feature")),
    ("defaultDataset", "Service", Some("Dataset")),
    ("availableGraphs", "Service", Some("GraphCollection")),
    ("resultFormat", "Service", None),
    ("inputFormat", "Service", None),
    ("defaultGraph", "Dataset", Some("Graph")),
    ("namedGraph", "GraphCollection", Some("NamedGraph")),
    ("name", "NamedGraph", None),
    ("graph", "NamedGraph", Some("Graph")),
];

/// The classes of the vocabulary.
const CLASSES: [&str; 11] = [
    "Service",
    "Feature",
    "Language",
    "Function",
    "Aggregate",
    "EntailmentRegime",
    "EntailmentProfile",
    "GraphCollection",
    "Dataset",
    "Graph",
    "NamedGraph",
];

/// Runs one test.
///
/// # Errors
/// What the description lacks or has wrong.
pub(crate) fn run(entry: &Entry) -> Result<(), String> {
    let server = Server::empty()?;
    let endpoint = format!("{}{}", server.site(), server.path(Address::Query).trim_start_matches('/'));
    let graph = read(&ask(&server)?, &endpoint)?;
    let name = entry.name();
    let (_, name) = name.rsplit_once('#').unwrap_or_default();
    match name {
        "returns-rdf" if graph.is_empty() => Err("the answer says nothing".to_owned()),
        "returns-rdf" => Ok(()),
        "has-endpoint-triple" => {
            let is_there = graph.triples_for_predicate(ENDPOINT).any(|triple| is_iri(triple.object, &endpoint));
            if is_there { Ok(()) } else { Err(format!("no sd:endpoint is <{endpoint}>:\n{graph}")) }
        }
        "conforms-to-schema" => conforms(&graph),
        other => Err(format!("nothing is known of a test {other}")),
    }
}

/// A request without a query, as a client of RDF sends it.
fn ask(server: &Server) -> Result<Answer, String> {
    let request =
        Request::get(server.path(Address::Query)).header(header::ACCEPT, "text/turtle, application/rdf+xml;q=0.5");
    let answer = server.send(request.body(Body::empty()).map_err(|error| error.to_string())?)?;
    if answer.status() == 200 { Ok(answer) } else { Err(told(&answer)) }
}

fn read(answer: &Answer, base: &str) -> Result<Graph, String> {
    let media_type = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let format = media_type.and_then(RdfFormat::from_media_type).ok_or_else(|| format!("{media_type:?} is no RDF"))?;
    parse(answer.body(), format, base)
}

/// Whether a graph uses the vocabulary as its schema has it.
fn conforms(graph: &Graph) -> Result<(), String> {
    if !graph.triples_for_predicate(rdf::TYPE).any(|triple| is_iri(triple.object, &format!("{SD}Service"))) {
        return Err("there is no sd:Service".to_owned());
    }
    for triple in graph {
        check_property(graph, triple)?;
        if let (rdf::TYPE, TermRef::NamedNode(class)) = (triple.predicate, triple.object)
            && let Some(class) = class.as_str().strip_prefix(SD)
            && !CLASSES.contains(&class)
        {
            return Err(format!("the vocabulary has no class sd:{class}"));
        }
    }
    Ok(())
}

/// A property of the vocabulary stands on its class, and leads to a resource which says nothing else than what it should
/// be.
fn check_property(graph: &Graph, triple: TripleRef<'_>) -> Result<(), String> {
    let Some(property) = triple.predicate.as_str().strip_prefix(SD) else { return Ok(()) };
    let (_, domain, range) = PROPERTIES
        .iter()
        .find(|(name, _, _)| *name == property)
        .ok_or_else(|| format!("the vocabulary has no property sd:{property}"))?;
    if !is_a(graph, triple.subject, domain) {
        return Err(format!("sd:{property} stands on {}, which is no sd:{domain}", triple.subject));
    }
    let Some(value) = crate::manifest::subject(triple.object) else {
        return Err(format!("sd:{property} has the literal {}", triple.object));
    };
    match range {
        Some(range) if says_its_class(graph, value) && !is_a(graph, value, range) => {
            Err(format!("sd:{property} leads to {value}, which is no sd:{range}"))
        }
        _ => Ok(()),
    }
}

/// Whether a resource is said to be of a class of the vocabulary, or of one below it.
fn is_a(graph: &Graph, node: NamedOrBlankNodeRef<'_>, class: &str) -> bool {
    let mut classes = vec![class];
    // A data set is a collection of graphs that has a default graph too.
    classes.extend((class == "GraphCollection").then_some("Dataset"));
    let mut types = graph.objects_for_subject_predicate(node, rdf::TYPE);
    types.any(|given| classes.iter().any(|class| is_iri(given, &format!("{SD}{class}"))))
}

fn says_its_class(graph: &Graph, node: NamedOrBlankNodeRef<'_>) -> bool {
    let mut types = graph.objects_for_subject_predicate(node, rdf::TYPE);
    types.any(|given| matches!(given, TermRef::NamedNode(class) if class.as_str().starts_with(SD)))
}

fn is_iri(term: TermRef<'_>, iri: &str) -> bool {
    matches!(term, TermRef::NamedNode(node) if node.as_str() == iri)
}
