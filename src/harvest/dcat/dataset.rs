//! Datasets: the parts of what is published that can be taken alone.

use super::country::Country;
use super::reference::{ACCESS_RIGHT, CONTINENT, DATA_THEME, FREQUENCY, Reference};
use super::telling::Telling;
use super::words::{
    PUBLIC_SERVICES, PUBLIC_SERVICES_HOLD, PUBLIC_SERVICES_KEYWORDS, PUBLIC_SERVICES_OF, SERVICES, SERVICES_HOLD,
    SERVICES_KEYWORDS, SUITABILITY, SUITABILITY_HOLDS, SUITABILITY_KEYWORDS, Words,
};
use crate::catalogue::{Base, Dataset};
use crate::harvest::description::{moment, node, plain, text};
use crate::rdf::{Literal, NamedNode, Preference, best_literal};
use crate::register::Revision;
use crate::vocab::{self, dcat, dcatno, dct, rdf, xsd};

/// A dataset with what is told of it.
#[derive(Clone, Debug)]
pub struct Described {
    /// Which it is.
    pub dataset: Dataset,
    /// Its name, the same on every wire.
    pub name: String,
    /// What the organisation is called whose public services these are, in every language; nothing of other datasets.
    pub organisation: Vec<Literal>,
    /// The country whose public services these are, or those whose area the organisation has.
    pub countries: Vec<Country>,
    /// The last change in it.
    pub changed: Revision,
    /// The IRIs of its public services; of an organisation's alone, so that each is told once.
    pub public_services: Vec<String>,
}

impl Described {
    /// What it is called in a language.
    pub fn title(&self, tag: &str) -> String {
        let (title, _, _) = self.words();
        match self.whose(tag) {
            Some(whose) => format!("{} – {whose}", title.of(tag)),
            None => title.of(tag).to_owned(),
        }
    }

    /// What is in it, in a language.
    pub fn description(&self, tag: &str) -> String {
        let (_, holds, _) = self.words();
        match self.whose(tag) {
            Some(whose) => format!("{} {whose}.", holds.of(tag)),
            None => holds.of(tag).to_owned(),
        }
    }

    /// What the country or the organisation is called whose public services these are.
    fn whose(&self, tag: &str) -> Option<String> {
        match &self.dataset {
            Dataset::Services | Dataset::Suitability | Dataset::PublicServices => None,
            Dataset::Country(code) => Some(Country::of_code(code).name(tag).to_owned()),
            Dataset::Organisation(iri) => {
                let best = best_literal(&self.organisation, &Preference::new([tag]));
                Some(best.map_or_else(|| iri.clone(), |name| name.value().to_owned()))
            }
        }
    }

    /// Its title, what it holds, and what it is found by.
    fn words(&self) -> (Words, Words, &'static [Words]) {
        match self.dataset {
            Dataset::Services => (SERVICES, SERVICES_HOLD, &SERVICES_KEYWORDS),
            Dataset::Suitability => (SUITABILITY, SUITABILITY_HOLDS, &SUITABILITY_KEYWORDS),
            Dataset::PublicServices => (PUBLIC_SERVICES, PUBLIC_SERVICES_HOLD, &PUBLIC_SERVICES_KEYWORDS),
            Dataset::Country(_) | Dataset::Organisation(_) => {
                (PUBLIC_SERVICES, PUBLIC_SERVICES_OF, &PUBLIC_SERVICES_KEYWORDS)
            }
        }
    }

    /// The next larger dataset that it is a part of.
    fn whole(&self) -> Option<Dataset> {
        match (&self.dataset, self.countries.as_slice()) {
            (Dataset::Services | Dataset::Suitability | Dataset::PublicServices, _) => None,
            (Dataset::Organisation(_), [country]) => Some(Dataset::Country(country.code().to_owned())),
            (Dataset::Country(_) | Dataset::Organisation(_), _) => Some(Dataset::PublicServices),
        }
    }

    /// Whether it is of public services, and not of the list itself.
    fn is_of_public_services(&self) -> bool {
        !matches!(self.dataset, Dataset::Services | Dataset::Suitability)
    }

    /// Where people read about it: under the site, or at the organisation's own IRI.
    pub fn landing_page(&self, base: &Base, site: &str) -> String {
        match &self.dataset {
            Dataset::Services => format!("{site}list/services"),
            Dataset::Suitability => format!("{site}list/suitability"),
            Dataset::PublicServices | Dataset::Country(_) => format!("{site}catalog/{}.html", self.name),
            Dataset::Organisation(iri) => match base.record_of(iri) {
                Some(record) => format!("{site}{}", record.document_path()),
                None => iri.clone(),
            },
        }
    }
}

impl Telling<'_> {
    /// Says what there is to say of a dataset.
    pub(super) fn tell_dataset(&mut self, described: &Described) {
        let (catalogue, iri) = (self.catalogue.iri(), self.catalogue.dataset_iri(&described.name));
        self.say(&catalogue, dcat::DATASET, iri.clone());
        self.say(&iri, rdf::TYPE, dcat::DATASET_CLASS);
        self.say(&iri, dct::IDENTIFIER, plain(iri.as_str()));
        for tag in super::words::LANGUAGES {
            self.say(&iri, dct::TITLE, text(described.title(tag), tag));
            self.say(&iri, dct::DESCRIPTION, text(described.description(tag), tag));
            self.say_each(&iri, dcat::KEYWORD, described.whose(tag).map(|whose| text(whose, tag)));
        }
        for keyword in described.words().2 {
            self.say_each(&iri, dcat::KEYWORD, keyword.literals());
        }
        let landing_page = described.landing_page(self.catalogue.base, self.catalogue.site);
        self.refer(&iri, dcat::LANDING_PAGE, Reference::document(&landing_page));
        self.refer(&iri, dct::ACCRUAL_PERIODICITY, Reference::code(&FREQUENCY, "UPDATE_CONT", "continuously updated"));
        self.say(&iri, dcat::VERSION, plain(described.changed.number.to_string()));
        self.say(&iri, dct::MODIFIED, moment(&described.changed.timestamp));
        self.tell_subject(&iri, described);
        self.tell_period(&iri, described);
        self.tell_public_services(&iri, described);
        self.tell_terms(&iri);
        self.tell_distributions(&iri, described);
    }

    /// Says what a dataset is about: themes, area, and the models that it keeps.
    fn tell_subject(&mut self, iri: &NamedNode, described: &Described) {
        self.refer(iri, dcat::THEME, Reference::code(&DATA_THEME, "GOVE", "Government and public sector"));
        let model = if described.is_of_public_services() {
            self.refer(iri, dcat::THEME, Reference::code(&DATA_THEME, "REGI", "Regions and cities"));
            Reference::standard("http://data.europa.eu/m8g/cpsvap/3.2.0", "CPSV-AP 3.2.0")
        } else {
            Reference::standard(vocab::skos::NAMESPACE.trim_end_matches('#'), "SKOS")
        };
        self.refer(iri, dct::CONFORMS_TO, model);
        let own = format!("{}def", vocab::HOME);
        self.refer(iri, dct::CONFORMS_TO, Reference::standard(&own, "European Service List vocabulary"));
        if described.countries.is_empty() {
            self.refer(iri, dct::SPATIAL, Reference::code(&CONTINENT, "EUROPE", "Europe"));
        }
        for country in &described.countries {
            self.refer(iri, dct::SPATIAL, country.reference());
        }
    }

    /// Says from when until when a dataset tells how things are.
    fn tell_period(&mut self, iri: &NamedNode, described: &Described) {
        let Some(first) = self.catalogue.first else { return };
        let period = node(format!("{}#period", iri.as_str()));
        self.say(iri, dct::ISSUED, moment(&first.timestamp));
        self.say(iri, dct::TEMPORAL, period.clone());
        self.say(&period, rdf::TYPE, dct::PERIOD_OF_TIME);
        self.say(&period, dcat::START_DATE, day(first));
        self.say(&period, dcat::END_DATE, day(&described.changed));
    }

    /// Says which larger dataset a dataset is a part of, and which public services are in it.
    fn tell_public_services(&mut self, iri: &NamedNode, described: &Described) {
        if let Some(whole) = described.whole() {
            let whole = self.catalogue.dataset_iri(&whole.name(self.catalogue.base));
            self.say(iri, dct::IS_PART_OF, whole);
        }
        let catalogue = self.catalogue.iri();
        for public_service in &described.public_services {
            self.say(iri, dct::HAS_PART, node(public_service));
            self.say(&catalogue, dcatno::CONTAINS_SERVICE, node(public_service));
        }
    }

    /// Says who publishes a resource, where questions go, and on which terms it is had.
    pub(super) fn tell_terms(&mut self, iri: &NamedNode) {
        let publisher = self.publisher();
        self.say(iri, dct::PUBLISHER, publisher);
        self.name_contact_point(iri);
        self.name_licence(iri);
        self.refer(iri, dct::ACCESS_RIGHTS, Reference::code(&ACCESS_RIGHT, "PUBLIC", "public"));
    }
}

/// The day of a commit, in UTC.
fn day(revision: &Revision) -> Literal {
    let day = revision.timestamp.split('T').next().unwrap_or_default();
    Literal::new_typed_literal(day, xsd::DATE)
}
