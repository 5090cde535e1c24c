//! What is published, as linked data sets describe themselves in VoID (<https://www.w3.org/TR/void/>).
//!
//! The parts are the datasets of the catalogue under the same IRIs. Those of organisations, of which there may be
//! thousands, are told there alone.

use super::dcat::{CATALOGUE, CATALOGUE_HOLDS, Catalogue, Described, LANGUAGES};
use super::description::{Description, moment, node, plain, text};
use crate::catalogue::Dataset;
use crate::dump::{ALL, DumpForm};
use crate::graph::Statistics;
use crate::rdf::{Literal, NamedNode, NamedNodeRef, Triple};
use crate::vocab::{
    self, adms, cpsv, cv, dct, eusl, foaf, formats, org, pav, prov, rdf, rdfs, skos, skosxl, void, xsd,
};

/// The path of the description under base and site.
pub const PATH: &str = "void";

/// Vocabularies that what is published is told in.
const VOCABULARIES: [&str; 12] = [
    adms::NAMESPACE,
    cpsv::NAMESPACE,
    cv::NAMESPACE,
    dct::NAMESPACE,
    eusl::NAMESPACE,
    foaf::NAMESPACE,
    org::NAMESPACE,
    prov::NAMESPACE,
    rdfs::NAMESPACE,
    vocab::schema::NAMESPACE,
    skos::NAMESPACE,
    skosxl::NAMESPACE,
];

/// The syntaxes in which documents answer.
const FEATURES: [NamedNodeRef<'static>; 4] = [formats::TURTLE, formats::JSON_LD, formats::RDF_XML, formats::N_TRIPLES];

/// A list elsewhere that entries of ours match.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// What its IRI ends with here.
    name: &'static str,
    /// What it is called.
    title: &'static str,
    /// What the IRIs of its entries begin with.
    pub space: &'static str,
    /// Where people find it.
    homepage: &'static str,
}

/// Lists elsewhere that entries may match.
pub const TARGETS: [Target; 4] = [
    Target {
        name: "esd",
        title: "esd: standard lists of the Local Government Association",
        space: "http://id.esd.org.uk/",
        homepage: "https://standards.esd.org.uk/",
    },
    Target {
        name: "upl",
        title: "Uniforme Productnamenlijst",
        space: "http://standaarden.overheid.nl/owms/terms/",
        homepage: "https://standaarden.overheid.nl/upl",
    },
    Target { name: "los", title: "LOS", space: "https://psi.norge.no/los/", homepage: "https://psi.norge.no/los/" },
    Target {
        name: "ipdc",
        title: "Interbestuurlijke producten- en dienstencatalogus",
        space: "https://ipdc.vlaanderen.be/",
        homepage: "https://ipdc.vlaanderen.be/",
    },
];

/// Everything that the description is told from.
#[derive(Clone, Copy, Debug)]
pub struct DataSet<'a> {
    /// The catalogue of the same.
    pub catalogue: &'a Catalogue<'a>,
    /// Its datasets, but for those of organisations.
    pub datasets: &'a [Described],
    /// What was counted in the graph last.
    pub counted: Option<&'a Statistics>,
    /// Lists elsewhere with the number of `skos:exactMatch` to their entries; those without any are left out.
    pub matches: &'a [(&'static Target, u64)],
    /// IRIs of records worth looking at.
    pub examples: &'a [NamedNode],
}

impl DataSet<'_> {
    /// The IRI of the description.
    pub fn document(&self) -> NamedNode {
        self.catalogue.base.iri(PATH)
    }

    /// The IRI of everything that is published, as one data set.
    fn whole(&self) -> NamedNode {
        self.part("data-set")
    }

    fn part(&self, name: &str) -> NamedNode {
        node(format!("{}#{name}", self.document().as_str()))
    }

    fn address(&self, path: &str) -> NamedNode {
        node(format!("{}{path}", self.catalogue.site))
    }

    /// Everything that is to be said.
    pub fn triples(&self) -> Vec<Triple> {
        let mut said = Description::default();
        self.tell_document(&mut said);
        self.tell_whole(&mut said);
        if let Some(counted) = self.counted {
            self.tell_counts(&mut said, counted);
        }
        for described in self.datasets {
            self.tell_dataset(&mut said, described);
        }
        for (target, links) in self.matches.iter().filter(|(_, links)| *links > 0) {
            self.tell_links(&mut said, target, *links);
        }
        said.0
    }

    fn tell_document(&self, said: &mut Description) {
        let document = self.document();
        said.say(&document, rdf::TYPE, void::DATASET_DESCRIPTION);
        said.say_each(&document, dct::TITLE, CATALOGUE.each().map(|(tag, title)| text(format!("{title} (VoID)"), tag)));
        said.say(&document, dct::MODIFIED, moment(&self.catalogue.present.timestamp));
        said.say(&document, foaf::PRIMARY_TOPIC, self.whole());
        said.say(&document, rdfs::SEE_ALSO, self.catalogue.iri());
    }

    fn tell_whole(&self, said: &mut Description) {
        let (whole, catalogue) = (self.whole(), self.catalogue);
        said.say(&whole, rdf::TYPE, void::DATASET);
        for ((tag, title), (_, holds)) in CATALOGUE.each().zip(CATALOGUE_HOLDS.each()) {
            said.say(&whole, dct::TITLE, text(title, tag));
            said.say(&whole, dct::DESCRIPTION, text(holds, tag));
        }
        said.say(&whole, foaf::HOMEPAGE, self.address(""));
        said.say(&whole, dct::LICENSE, node(&catalogue.publisher.licence));
        said.say(&whole, dct::PUBLISHER, node(format!("{}#publisher", catalogue.iri().as_str())));
        said.say_each(&whole, dct::ISSUED, catalogue.first.map(|first| moment(&first.timestamp)));
        said.say(&whole, dct::MODIFIED, moment(&catalogue.present.timestamp));
        said.say(&whole, void::SPARQL_ENDPOINT, self.address("sparql"));
        said.say(&whole, void::URI_SPACE, plain(catalogue.base.as_str()));
        said.say(&whole, void::ROOT_RESOURCE, catalogue.base.iri("list/services"));
        said.say_each(&whole, void::EXAMPLE_RESOURCE, self.examples.iter().cloned());
        said.say_each(&whole, void::VOCABULARY, VOCABULARIES.map(NamedNodeRef::new_unchecked));
        said.say_each(&whole, void::FEATURE, FEATURES);
        self.tell_dumps(said, &whole, ALL);
    }

    fn tell_counts(&self, said: &mut Description, counted: &Statistics) {
        let whole = self.whole();
        said.say(&whole, pav::VERSION, plain(counted.revision.to_string()));
        said.say(&whole, void::TRIPLES, integer(counted.triples));
        said.say(&whole, void::CLASSES, integer(counted.classes.len() as u64));
        said.say(&whole, void::PROPERTIES, integer(counted.properties.len() as u64));
    }

    fn tell_dataset(&self, said: &mut Description, described: &Described) {
        if matches!(described.dataset, Dataset::Organisation(_)) {
            return;
        }
        let iri = self.catalogue.dataset_iri(&described.name);
        said.say(&self.whole(), void::SUBSET, iri.clone());
        said.say(&iri, rdf::TYPE, void::DATASET);
        said.say_each(&iri, dct::TITLE, LANGUAGES.map(|tag| text(described.title(tag), tag)));
        said.say(&iri, dct::MODIFIED, moment(&described.changed.timestamp));
        self.tell_dumps(said, &iri, &described.name);
    }

    /// Says where the files of a dataset are that hold RDF, but not those that hold its history.
    fn tell_dumps(&self, said: &mut Description, of: &NamedNode, name: &str) {
        let Some(files) = &self.catalogue.files else { return };
        let holds_rdf = |form: DumpForm| !matches!(form, DumpForm::Csv | DumpForm::NQuads);
        let files = files.of_dataset(name).iter().filter(|file| holds_rdf(file.form));
        said.say_each(of, void::DATA_DUMP, files.map(|file| node(self.catalogue.file_address(file))));
    }

    fn tell_links(&self, said: &mut Description, target: &Target, links: u64) {
        let (iri, elsewhere) = (self.part(&format!("links-{}", target.name)), self.part(target.name));
        said.say(&self.whole(), void::SUBSET, iri.clone());
        said.say(&iri, rdf::TYPE, void::LINKSET);
        said.say(&iri, void::LINK_PREDICATE, skos::EXACT_MATCH);
        said.say(&iri, void::SUBJECTS_TARGET, self.whole());
        said.say(&iri, void::OBJECTS_TARGET, elsewhere.clone());
        said.say(&iri, void::TRIPLES, integer(links));
        said.say(&elsewhere, rdf::TYPE, void::DATASET);
        said.say(&elsewhere, dct::TITLE, plain(target.title));
        said.say(&elsewhere, void::URI_SPACE, plain(target.space));
        said.say(&elsewhere, foaf::HOMEPAGE, node(target.homepage));
    }
}

/// A count as VoID has it.
fn integer(number: u64) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::INTEGER)
}
