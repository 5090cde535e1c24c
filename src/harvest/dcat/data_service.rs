//! Data services: the endpoints that can be asked for what is in the datasets.

use super::dataset::Described;
use super::reference::{DATA_THEME, Reference};
use super::telling::Telling;
use super::words::{EVENT_STREAM, OAI_PMH, SERVICES_KEYWORDS, SPARQL, Words};
use crate::harvest::description::{node, plain};
use crate::vocab::{dcat, dct, rdf};

/// What the IRI of the OAI-PMH repository ends with.
pub(super) const OAI_PMH_SERVICE: &str = "oai-pmh";

/// An endpoint.
struct DataService {
    /// What its IRI ends with.
    name: &'static str,
    /// What it is called, and what it does.
    words: [Words; 2],
    /// Where it answers, under the site.
    endpoint: &'static str,
    /// Where it describes itself, under the site.
    description: &'static str,
    /// The standard that it keeps: IRI and name.
    standard: (&'static str, &'static str),
}

const DATA_SERVICES: [DataService; 3] = [
    DataService {
        name: "sparql",
        words: SPARQL,
        endpoint: "sparql",
        description: "sparql.ttl",
        standard: ("https://www.w3.org/TR/sparql11-protocol/", "SPARQL 1.1 Protocol"),
    },
    DataService {
        name: "event-stream",
        words: EVENT_STREAM,
        endpoint: "feed",
        description: "feed",
        standard: ("https://w3id.org/ldes/specification", "Linked Data Event Streams"),
    },
    DataService {
        name: OAI_PMH_SERVICE,
        words: OAI_PMH,
        endpoint: "oai",
        description: "oai?verb=Identify",
        standard: (
            "http://www.openarchives.org/OAI/openarchivesprotocol.html",
            "Open Archives Initiative Protocol for Metadata Harvesting 2.0",
        ),
    },
];

/// Every endpoint: what it is called, what it does, and where it answers under the site.
pub fn endpoints() -> impl Iterator<Item = (Words, Words, &'static str)> {
    DATA_SERVICES.iter().map(|service| {
        let [title, does] = service.words;
        (title, does, service.endpoint)
    })
}

impl Telling<'_> {
    /// Says which endpoints serve datasets.
    pub(super) fn tell_data_services(&mut self, datasets: &[Described]) {
        for service in &DATA_SERVICES {
            self.tell_data_service(service, datasets);
        }
    }

    fn tell_data_service(&mut self, service: &DataService, datasets: &[Described]) {
        let (catalogue, iri) = (self.catalogue.iri(), self.catalogue.part(service.name));
        let at = |path: &str| node(self.catalogue.address(path));
        let (endpoint, description) = (at(service.endpoint), at(service.description));
        let served: Vec<_> = datasets.iter().map(|dataset| self.catalogue.dataset_iri(&dataset.name)).collect();
        let [title, does] = service.words;
        self.say(&catalogue, dcat::SERVICE, iri.clone());
        self.say(&iri, rdf::TYPE, dcat::DATA_SERVICE);
        self.say(&iri, dct::IDENTIFIER, plain(iri.as_str()));
        self.say_each(&iri, dct::TITLE, title.literals());
        self.say_each(&iri, dct::DESCRIPTION, does.literals());
        self.say(&iri, dcat::ENDPOINT_URL, endpoint);
        self.say(&iri, dcat::ENDPOINT_DESCRIPTION, description);
        self.say_each(&iri, dcat::SERVES_DATASET, served);
        for keyword in SERVICES_KEYWORDS {
            self.say_each(&iri, dcat::KEYWORD, keyword.literals());
        }
        let (standard, name) = service.standard;
        self.refer(&iri, dct::CONFORMS_TO, Reference::standard(standard, name));
        self.refer(&iri, dcat::THEME, Reference::code(&DATA_THEME, "GOVE", "Government and public sector"));
        self.tell_terms(&iri);
    }
}
