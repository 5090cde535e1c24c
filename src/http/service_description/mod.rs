//! What the endpoint says of itself: `GET /sparql` without a query, as RDF, and `GET /sparql/terms`.
//!
//! <https://www.w3.org/TR/sparql11-service-description/>, with the counts of VoID inside
//! (<https://www.w3.org/TR/void/>), since clients ask here first what there is to be asked for.

mod counted;
mod terms;

pub(super) use counted::{Counted, statistics};
pub(super) use terms::get_terms;

use super::answer::{Wanted, answer_with};
use super::asked::Asked;
use super::form::Form;
use super::problem::Problem;
use super::representation::{Made, Shows};
use super::state::{App, Served};
use crate::graph::{ClassPartition, PropertyPartition, Statistics};
use crate::profile::Profile;
use crate::rdf::{Literal, NamedNode, NamedNodeRef, Syntax, Term, Triple};
use crate::register::hex;
use crate::vocab::{self, dct, eusl, foaf, formats, pav, rdf, rdfs, sd, sh, void, xsd};
use axum::response::Response;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Formats of results, by their names at the W3C (<https://www.w3.org/ns/formats/>).
const RESULT_FORMATS: [NamedNodeRef<'static>; 9] = [
    formats::SPARQL_RESULTS_JSON,
    formats::SPARQL_RESULTS_XML,
    formats::SPARQL_RESULTS_CSV,
    formats::SPARQL_RESULTS_TSV,
    formats::TURTLE,
    formats::N_TRIPLES,
    formats::RDF_XML,
    formats::JSON_LD,
    formats::N3,
];

/// `GET /sparql` without a query, with an extension or without.
pub(super) async fn get_description(app: App, asked: Asked, extension: Option<Form>) -> Result<Response, Problem> {
    let wanted = Wanted::new("sparql", Form::WITHOUT_PAGE, extension);
    let counted = {
        let app = app.clone();
        async move { Ok(statistics(&app).await) }
    };
    answer_with(app, asked, wanted, counted, |app, _, variant, counted| {
        let description = Description::new(app, counted.as_deref());
        let syntax = variant.form.syntax().unwrap_or(Syntax::Turtle);
        let body = app.write(&description.endpoint.clone(), description.into_triples(), syntax, Profile::Full)?;
        made_of_counts(app, body, counted)
    })
    .await
}

/// What tells counts holds while they do.
pub(super) fn made_of_counts(app: &App, body: Vec<u8>, counted: Option<Arc<Statistics>>) -> Result<Made, Problem> {
    let revision = counted.map(|counted| counted.revision);
    let Served::Catalogue(catalogue) = &app.served else {
        return Ok(Made { shows: Shows::Moment, ..Made::of_program(body) });
    };
    let present = catalogue.present()?;
    let made = Made::of_catalogue(body, &present);
    let shows = if revision == Some(present.revision()) { Shows::Catalogue } else { Shows::Moment };
    Ok(Made { shows, ..made })
}

/// The triples of a description, as they come together.
struct Description {
    endpoint: NamedNode,
    triples: Vec<Triple>,
}

impl Description {
    fn new(app: &App, counted: Option<&Statistics>) -> Self {
        let mut description =
            Self { endpoint: NamedNode::new_unchecked(format!("{}sparql", app.settings.site)), triples: Vec::new() };
        description.tell_service(app);
        description.tell_data_set(app, counted);
        description
    }

    fn into_triples(self) -> Vec<Triple> {
        self.triples
    }

    fn say(&mut self, subject: &NamedNode, property: NamedNodeRef<'static>, object: impl Into<Term>) {
        self.triples.push(Triple::new(subject.clone(), property, object));
    }

    /// A resource of the description itself.
    fn part(&self, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}#{name}", self.endpoint.as_str()))
    }

    fn tell_service(&mut self, app: &App) {
        let endpoint = self.endpoint.clone();
        self.say(&endpoint, rdf::TYPE, sd::SERVICE);
        self.say(&endpoint, sd::ENDPOINT, endpoint.clone());
        self.say(&endpoint, sd::SUPPORTED_LANGUAGE, sd::SPARQL_11_QUERY);
        self.say(&endpoint, sd::DEFAULT_ENTAILMENT_REGIME, vocab::SIMPLE_ENTAILMENT);
        for format in RESULT_FORMATS {
            self.say(&endpoint, sd::RESULT_FORMAT, format);
        }
        if !app.settings.services.is_empty() {
            self.say(&endpoint, sd::FEATURE, sd::BASIC_FEDERATED_QUERY);
        }
        if matches!(app.served, Served::Catalogue(_)) {
            self.say(&endpoint, sd::FEATURE, eusl::TEXT_SEARCH);
            self.say(&endpoint, rdfs::SEE_ALSO, app.base().iri("query"));
        }
        for (prefix, namespace) in app.prefixes.iter() {
            let declaration = self.part(&format!("prefix-{prefix}"));
            self.say(&endpoint, sh::DECLARE, declaration.clone());
            self.say(&declaration, sh::PREFIX, Literal::new_simple_literal(prefix));
            self.say(&declaration, sh::NAMESPACE_PROPERTY, Literal::new_typed_literal(namespace, xsd::ANY_URI));
        }
    }

    fn tell_data_set(&mut self, app: &App, counted: Option<&Statistics>) {
        let (endpoint, data_set, graph) = (self.endpoint.clone(), self.part("data-set"), self.part("default-graph"));
        self.say(&endpoint, sd::DEFAULT_DATASET, data_set.clone());
        for class in [sd::DATASET, void::DATASET] {
            self.say(&data_set, rdf::TYPE, class);
        }
        self.say(&data_set, sd::DEFAULT_GRAPH, graph.clone());
        self.say(&data_set, void::SPARQL_ENDPOINT, endpoint);
        if let Served::Catalogue(_) = app.served {
            self.say(
                &data_set,
                dct::TITLE,
                Literal::new_language_tagged_literal_unchecked("European Service List", "en"),
            );
            self.say(&data_set, void::URI_SPACE, Literal::new_simple_literal(app.base().as_str()));
            self.say(&data_set, foaf::HOMEPAGE, NamedNode::new_unchecked(app.settings.site.as_str()));
            self.say(&data_set, dct::LICENSE, NamedNode::new_unchecked(&app.settings.licence));
        }
        for class in [sd::GRAPH, void::DATASET] {
            self.say(&graph, rdf::TYPE, class);
        }
        if let Some(counted) = counted {
            self.tell_counts(&graph, counted);
        }
    }

    fn tell_counts(&mut self, graph: &NamedNode, counted: &Statistics) {
        self.say(graph, pav::VERSION, Literal::new_simple_literal(counted.revision.to_string()));
        self.say(graph, void::TRIPLES, integer(counted.triples));
        self.say(graph, void::CLASSES, integer(counted.classes.len() as u64));
        self.say(graph, void::PROPERTIES, integer(counted.properties.len() as u64));
        self.tell_properties(graph, "", &counted.properties);
        for ClassPartition { class, entities, properties } in &counted.classes {
            let name = format!("class-{}", short(class));
            let partition = self.part(&name);
            self.say(graph, void::CLASS_PARTITION, partition.clone());
            self.say(&partition, void::CLASS, class.clone());
            self.say(&partition, void::ENTITIES, integer(*entities));
            self.tell_properties(&partition, &format!("{name}-"), properties);
        }
    }

    fn tell_properties(&mut self, of: &NamedNode, before: &str, properties: &[PropertyPartition]) {
        for PropertyPartition { property, triples } in properties {
            let partition = self.part(&format!("{before}property-{}", short(property)));
            self.say(of, void::PROPERTY_PARTITION, partition.clone());
            self.say(&partition, void::PROPERTY, property.clone());
            self.say(&partition, void::TRIPLES, integer(*triples));
        }
    }
}

/// What names the partition of a term within a description: long enough that no two terms meet.
fn short(term: &NamedNode) -> String {
    let mut digest = hex(&Sha256::digest(term.as_str()));
    digest.truncate(16);
    digest
}

fn integer(number: u64) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::INTEGER)
}
