//! What every handler works with.

use super::query_threads::QueryThreads;
use crate::catalogue::{Base, Catalogue};
use crate::graph::Graph;
use crate::pages::{Place, Section, Site};
use crate::rdf::Prefixes;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How the server presents itself and what it lets through.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// Where documents, endpoints and feeds answer; ends with `/`.
    pub site: Base,
    /// The publisher's name.
    pub publisher: String,
    /// The publisher's site.
    pub publisher_homepage: Option<String>,
    /// A mail address or a page where the publisher can be reached.
    pub publisher_contact: Option<String>,
    /// The IRI of the licence of the data.
    pub licence: String,
    /// What readers call that licence.
    pub licence_label: String,
    /// What a query may take.
    pub queries: QueryLimits,
}

/// What a query may take.
#[derive(Clone, Copy, Debug)]
pub struct QueryLimits {
    /// How long one may run.
    pub time: Duration,
    /// How many may run at once.
    pub at_once: usize,
}

/// The data that queries are answered from.
#[derive(Clone)]
pub enum Served {
    /// The register and its graph.
    Catalogue(Arc<Catalogue>),
    /// A graph of any files.
    Scratch(Arc<Graph>),
}

impl Served {
    /// The graph that queries are answered from.
    pub fn graph(&self) -> &Graph {
        match self {
            Self::Catalogue(catalogue) => catalogue.graph(),
            Self::Scratch(graph) => graph,
        }
    }
}

/// The state of the server, shared by all requests.
#[derive(Clone)]
pub struct App {
    pub(super) served: Served,
    pub(super) settings: Arc<HttpSettings>,
    pub(super) prefixes: Arc<Prefixes>,
    pub(super) query_slots: Arc<Semaphore>,
    pub(super) query_threads: QueryThreads,
}

impl App {
    /// A server of a catalogue.
    pub fn of_catalogue(catalogue: Arc<Catalogue>, settings: HttpSettings) -> Self {
        let base = catalogue.base().clone();
        let kinds = ["service-type", "function", "navigation", "channel-type", "public-service", "organisation"];
        let own =
            kinds.map(|kind| (kind.to_owned(), base.iri(&format!("id/{kind}/")).into_string())).into_iter().chain(
                [("list", "list/"), ("release", "list/services/")]
                    .map(|(name, path)| (name.to_owned(), base.iri(path).into_string())),
            );
        Self::new(Served::Catalogue(catalogue), Prefixes::new(own), settings)
    }

    /// A server of a graph of any files.
    pub fn of_scratch(graph: Graph, settings: HttpSettings) -> Self {
        Self::new(Served::Scratch(Arc::new(graph)), Prefixes::new([]), settings)
    }

    fn new(served: Served, prefixes: Prefixes, settings: HttpSettings) -> Self {
        let query_slots = Arc::new(Semaphore::new(settings.queries.at_once));
        Self {
            served,
            settings: Arc::new(settings),
            prefixes: Arc::new(prefixes),
            query_slots,
            query_threads: QueryThreads::default(),
        }
    }

    /// What every page says of the site, at a revision.
    pub(super) fn site(&self, revision: u64) -> Site {
        let settings = &self.settings;
        let at = |path: &str| format!("{}{path}", settings.site);
        let places = [
            (Section::Services, "list/services"),
            (Section::Functions, "list/functions"),
            (Section::CodeLists, "list"),
            (Section::Query, "sparql"),
        ];
        Site {
            title: "European Service List".to_owned(),
            publisher: settings.publisher.clone(),
            publisher_homepage: settings.publisher_homepage.clone(),
            publisher_contact: settings.publisher_contact.clone(),
            licence: settings.licence.clone(),
            licence_label: settings.licence_label.clone(),
            base: match &self.served {
                Served::Catalogue(catalogue) => catalogue.base().to_string(),
                Served::Scratch(_) => settings.site.to_string(),
            },
            revision,
            root: settings.site.to_string(),
            navigation: places.map(|(section, path)| Place { section, href: at(path) }).into(),
        }
    }
}
