//! The catalogue of what is published, after DCAT-AP 3.0.1 (<https://semiceu.github.io/DCAT-AP/releases/3.0.1/>).
//!
//! Values in, triples out. IRIs are constant and under the base, and each resource has one, since harvesters know what
//! they took by its IRI; addresses are under the site. Whatever is not ours comes with its class and its name
//! (`reference`), so that the shapes can be held against the catalogue alone.

mod country;
mod data_service;
mod dataset;
mod distribution;
mod publisher;
mod reference;
mod telling;
mod words;

pub use country::Country;
pub use data_service::endpoints;
pub use dataset::Described;
pub use distribution::{Files, file_title};
pub use publisher::{Publisher, PublisherType};
pub use words::{CATALOGUE, CATALOGUE_HOLDS, LANGUAGES, UNNAMED_PUBLISHER, Words};

use crate::catalogue::Base;
use crate::dump::DumpFile;
use crate::harvest::description::{count, moment, node, plain};
use crate::rdf::{NamedNode, Triple};
use crate::register::Revision;
use crate::vocab::{dcat, dct, foaf, hydra, rdf};
use reference::{CONTINENT, DATA_THEME, LANGUAGE, Reference};
use telling::Telling;

/// The catalogue's path under base and site.
pub const PATH: &str = "catalog";

/// The languages that the catalogue is told in, by their codes in the EU's table.
const TOLD_IN: [(&str, &str); 6] = [
    ("ENG", "English"),
    ("NLD", "Dutch"),
    ("DEU", "German"),
    ("SWE", "Swedish"),
    ("NOB", "Norwegian Bokmål"),
    ("FRA", "French"),
];

/// What holds of the whole catalogue, whichever part of it is told.
#[derive(Clone, Debug)]
pub struct Catalogue<'a> {
    /// What IRIs begin with.
    pub base: &'a Base,
    /// What addresses begin with.
    pub site: &'a str,
    /// Who publishes it.
    pub publisher: &'a Publisher,
    /// The first commit; none where nothing is published.
    pub first: Option<&'a Revision>,
    /// The commit that it shows.
    pub present: &'a Revision,
    /// The countries that have a dataset.
    pub countries: &'a [Country],
    /// The files of the last dump, where one was made.
    pub files: Option<Files<'a>>,
}

/// A part of the catalogue that is told at once.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// One page of several, which leads to the others.
    Page {
        /// Its number, from 1.
        number: usize,
        /// How many pages there are.
        pages: usize,
        /// How many datasets there are on all of them.
        datasets: usize,
        /// The extension of its address and theirs: who reads one form goes on in it.
        extension: &'a str,
    },
    /// Datasets without a way to others: all of them, or one alone.
    Alone,
}

impl Catalogue<'_> {
    /// Its IRI.
    pub fn iri(&self) -> NamedNode {
        self.base.iri(PATH)
    }

    /// The IRI of a dataset, which leads to the description of that dataset.
    pub fn dataset_iri(&self, name: &str) -> NamedNode {
        self.base.iri(&format!("{PATH}/{name}"))
    }

    /// Where a file of the last dump is.
    pub fn file_address(&self, file: &DumpFile) -> String {
        self.address(&format!("dump/{}", file.name))
    }

    /// Everything that is to be said of the catalogue with these datasets.
    pub fn triples(&self, datasets: &[Described], part: Part<'_>) -> Vec<Triple> {
        let mut telling = Telling::of(self);
        telling.tell_catalogue();
        telling.tell_publisher();
        telling.tell_licence();
        for dataset in datasets {
            telling.tell_dataset(dataset);
        }
        telling.tell_data_services(datasets);
        if let Part::Page { number, pages, datasets, extension } = part {
            let view = |number: usize| node(self.address(&format!("{PATH}.{extension}?page={number}")));
            telling.tell_view(number, pages, datasets, view);
        }
        telling.finish()
    }

    /// A resource of the catalogue itself.
    fn part(&self, name: &str) -> NamedNode {
        node(format!("{}#{name}", self.iri().as_str()))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }
}

impl Telling<'_> {
    fn tell_catalogue(&mut self) {
        let (catalogue, iri) = (self.catalogue, self.catalogue.iri());
        self.say(&iri, rdf::TYPE, dcat::CATALOG);
        self.say(&iri, dct::IDENTIFIER, plain(iri.as_str()));
        self.say_each(&iri, dct::TITLE, CATALOGUE.literals());
        self.say_each(&iri, dct::DESCRIPTION, CATALOGUE_HOLDS.literals());
        self.refer(&iri, foaf::HOMEPAGE, Reference::document(catalogue.site));
        for (code, name) in TOLD_IN {
            self.refer(&iri, dct::LANGUAGE, Reference::code(&LANGUAGE, code, name));
        }
        self.refer(&iri, dcat::THEME_TAXONOMY, Reference::list(&DATA_THEME));
        self.refer(&iri, dct::SPATIAL, Reference::code(&CONTINENT, "EUROPE", "Europe"));
        for country in catalogue.countries {
            self.refer(&iri, dct::SPATIAL, country.reference());
        }
        self.say_each(&iri, dct::ISSUED, catalogue.first.map(|first| moment(&first.timestamp)));
        self.say(&iri, dct::MODIFIED, moment(&catalogue.present.timestamp));
        self.tell_terms(&iri);
    }

    /// Says how the pages of the catalogue lead on: `next` and `previous` only where there is such a page, so that
    /// nobody who follows them comes back to where they were.
    fn tell_view(&mut self, number: usize, pages: usize, datasets: usize, view: impl Fn(usize) -> NamedNode) {
        let (catalogue, iri) = (self.catalogue.iri(), view(number));
        self.say(&catalogue, hydra::VIEW, iri.clone());
        self.say(&iri, rdf::TYPE, hydra::PARTIAL_COLLECTION_VIEW);
        self.say(&iri, hydra::TOTAL_ITEMS, count(datasets as u64));
        self.say(&iri, hydra::FIRST, view(1));
        self.say(&iri, hydra::LAST, view(pages));
        if number > 1 {
            self.say(&iri, hydra::PREVIOUS, view(number - 1));
        }
        if number < pages {
            self.say(&iri, hydra::NEXT, view(number + 1));
        }
    }
}
