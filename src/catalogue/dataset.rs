//! Datasets: parts of what is published that can be taken alone.
//!
//! What the catalogue of harvesters lists as `dcat:Dataset`, a family of dump files, a set of OAI-PMH and what the Atom
//! feed can be narrowed to are the same datasets under the same names. Three of them are everything, each record being
//! in exactly one; the third is divided by country and by organisation.

use super::address::{Base, RecordName};
use super::country::country_of;
use super::feed::FeedEntry;
use super::open::CatalogueError;
use super::present::Present;
use super::writer::Status;
use crate::rdf::Content;
use crate::register::hex;
use crate::vocab::{cv, dct, eusl};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A part of what is published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dataset {
    /// The list: service types, functions, navigation, lists and code lists, pilots and co-design activities.
    Services,
    /// The second list: assessments, the rules that they rest on and the codes that they use.
    Suitability,
    /// What organisations offer, with the organisations and how they are reached.
    PublicServices,
    /// Of that, what the organisations of one country have: its code of ISO 3166-1 alpha-3, such as `NLD`.
    Country(String),
    /// Of that, what one organisation has: its IRI.
    Organisation(String),
}

/// A dataset and how many public services it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetOffers {
    /// The dataset.
    pub dataset: Dataset,
    /// How many public services are offered in it; none in those that have other things.
    pub offers: u64,
}

/// The kinds of the second dataset, which are also the names of the lists that its codes stand on.
const SUITABILITY: [&str; 10] = [
    "antwoord-phase",
    "assessment",
    "building-block",
    "confidence",
    "decision-table",
    "framework",
    "handling",
    "reason",
    "rule",
    "suitability",
];

/// The kinds of the third.
const PUBLIC_SERVICES: [&str; 6] =
    ["channel", "contact-point", "event", "organisation", "public-service", "responsibility"];

/// How many of those that point at a contact point are asked whose it is.
const MOST_OWNERS: usize = 50;

impl Dataset {
    /// The three that everything is in.
    pub const WHOLE: [Self; 3] = [Self::Services, Self::Suitability, Self::PublicServices];

    /// Which of the three has a record. A list of codes is with its codes.
    pub fn holding(name: &RecordName) -> Self {
        Self::of_kind(if name.is_list() { &name.reference } else { &name.kind })
    }

    /// Which of the three has the records of a kind, lists aside.
    pub fn of_kind(kind: &str) -> Self {
        match kind {
            _ if SUITABILITY.contains(&kind) => Self::Suitability,
            _ if PUBLIC_SERVICES.contains(&kind) => Self::PublicServices,
            _ => Self::Services,
        }
    }

    /// The one of the three that it is, or is a division of.
    #[must_use]
    pub fn whole(&self) -> Self {
        match self {
            Self::Country(_) | Self::Organisation(_) => Self::PublicServices,
            whole => whole.clone(),
        }
    }

    /// Its name, which ends the addresses that are made of it: `services`, `public-services-nld`, `organisation-gent`.
    /// An organisation that is no record of ours is named by a digest of its IRI.
    pub fn name(&self, base: &Base) -> String {
        match self {
            Self::Services => "services".to_owned(),
            Self::Suitability => "suitability".to_owned(),
            Self::PublicServices => "public-services".to_owned(),
            Self::Country(code) => format!("public-services-{}", code.to_ascii_lowercase()),
            Self::Organisation(iri) => match base.record_of(iri) {
                Some(name) if name.iri == *iri => format!("organisation-{}", name.reference),
                _ => format!("organisation-{}", hex(&Sha256::digest(iri)).get(..16).unwrap_or_default()),
            },
        }
    }
}

impl Present<'_> {
    /// The datasets there are: the three that everything is in, then countries and organisations, by name.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn datasets(&self) -> Result<Vec<DatasetOffers>, CatalogueError> {
        let (mut of_countries, mut of_organisations) = (BTreeMap::new(), BTreeMap::new());
        for organisation in self.organisations()? {
            let offers = self.snapshot.count_pointing_at(&organisation, cv::HAS_COMPETENT_AUTHORITY.as_str())?;
            for country in self.countries_of(&organisation)? {
                *of_countries.entry(Dataset::Country(country)).or_default() += offers;
            }
            of_organisations.insert(Dataset::Organisation(organisation), offers);
        }
        let whole = Dataset::WHOLE.map(|dataset| {
            let offers = if dataset == Dataset::PublicServices { of_organisations.values().sum() } else { 0 };
            (dataset, offers)
        });
        let all = whole.into_iter().chain(of_countries).chain(of_organisations);
        Ok(all.map(|(dataset, offers)| DatasetOffers { dataset, offers }).collect())
    }

    /// The dataset with a name, if there is one.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn dataset_named(&self, name: &str) -> Result<Option<Dataset>, CatalogueError> {
        let is_meant = |dataset: &Dataset| dataset.name(self.base) == name;
        if let Some(whole) = Dataset::WHOLE.into_iter().find(is_meant) {
            return Ok(Some(whole));
        }
        if let Some(reference) = name.strip_prefix("organisation-") {
            let iri = self.base.iri(&format!("id/organisation/{reference}")).into_string();
            if self.snapshot.has(&iri)? {
                return Ok(Some(Dataset::Organisation(iri)));
            }
        }
        if let Some(code) = name.strip_prefix("public-services-") {
            return self.country_named(&code.to_ascii_uppercase()).map(|there| there.filter(is_meant));
        }
        Ok(self.datasets()?.into_iter().map(|there| there.dataset).find(is_meant))
    }

    /// The dataset of a country, if an organisation of it has anything.
    fn country_named(&self, code: &str) -> Result<Option<Dataset>, CatalogueError> {
        for organisation in self.organisations()? {
            if self.countries_of(&organisation)?.contains(code) {
                return Ok(Some(Dataset::Country(code.to_owned())));
            }
        }
        Ok(None)
    }

    /// The datasets that the record of an entry is in, or was in before it was withdrawn: first the one of the three.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn datasets_of(&self, entry: &FeedEntry) -> Result<Vec<Dataset>, CatalogueError> {
        let whole = Dataset::holding(&entry.name);
        if whole != Dataset::PublicServices {
            return Ok(vec![whole]);
        }
        let before;
        let content = match self.before_it_went(entry)? {
            Some(content) => {
                before = content;
                &before
            }
            None => &entry.content,
        };
        let mut divisions = BTreeSet::new();
        for organisation in self.owners(entry, content)? {
            // What an organisation said of itself is known of one that is withdrawn, too.
            let countries = if organisation == entry.name.iri {
                content.iris(&organisation, dct::SPATIAL).filter_map(country_of).collect()
            } else {
                self.countries_of(&organisation)?
            };
            divisions.extend(countries.into_iter().map(Dataset::Country));
            divisions.insert(Dataset::Organisation(organisation));
        }
        Ok(std::iter::once(whole).chain(divisions).collect())
    }

    /// The IRIs of the public services of a dataset of one organisation.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn public_services_of(&self, organisation: &str) -> Result<Vec<String>, CatalogueError> {
        Ok(self.snapshot.subjects(organisation, cv::HAS_COMPETENT_AUTHORITY.as_str())?)
    }

    /// The countries, by their codes of ISO 3166-1 alpha-3, whose area an organisation says it has.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn countries_of(&self, organisation: &str) -> Result<BTreeSet<String>, CatalogueError> {
        let areas = self.snapshot.objects(organisation, dct::SPATIAL.as_str())?;
        Ok(areas.iter().filter_map(|area| country_of(area)).collect())
    }

    /// Every organisation that is a record or is named as a competent authority.
    fn organisations(&self) -> Result<BTreeSet<String>, CatalogueError> {
        let mut all: BTreeSet<String> = self.snapshot.authorities()?.into_iter().collect();
        all.extend(self.snapshot.under(self.base.iri("id/organisation/").as_str())?);
        Ok(all)
    }

    /// What a record that is withdrawn said last before it was; nothing of others.
    fn before_it_went(&self, entry: &FeedEntry) -> Result<Option<Content>, CatalogueError> {
        let (iri, mut number) = (&entry.name.iri, entry.version.number);
        let is_gone = |content: &Content| Status::of(iri, content) == Ok(Status::Withdrawn);
        if !is_gone(&entry.content) {
            return Ok(None);
        }
        while number > 1 {
            number -= 1;
            match self.snapshot.version(iri, number)? {
                Some((_, content)) if is_gone(&content) => {}
                found => return Ok(found.map(|(_, content)| content)),
            }
        }
        Ok(None)
    }

    /// The organisations that a record of the third dataset belongs to.
    fn owners(&self, entry: &FeedEntry, content: &Content) -> Result<BTreeSet<String>, CatalogueError> {
        let iri = entry.name.iri.as_str();
        let property = match entry.name.kind.as_str() {
            "organisation" => return Ok(BTreeSet::from([iri.to_owned()])),
            "public-service" => {
                return Ok(content.iris(iri, cv::HAS_COMPETENT_AUTHORITY).map(str::to_owned).collect());
            }
            "responsibility" => return Ok(content.iris(iri, eusl::RESPONSIBLE_UNIT).map(str::to_owned).collect()),
            "contact-point" => cv::CONTACT_POINT,
            "channel" => cv::HAS_CHANNEL,
            _ => return Ok(BTreeSet::new()),
        };
        let mut owners = BTreeSet::new();
        for subject in self.snapshot.subjects(iri, property.as_str())?.into_iter().take(MOST_OWNERS) {
            match self.base.record_of(&subject) {
                Some(name) if name.kind == "organisation" => {
                    owners.insert(subject);
                }
                _ => owners.extend(self.snapshot.objects(&subject, cv::HAS_COMPETENT_AUTHORITY.as_str())?),
            }
        }
        Ok(owners)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;
    use crate::register::{Change, Commit, Location, Register};

    const BASE: &str = "http://example.eu/";

    /// Writes records past the gate: what each says, by kind and reference.
    fn write(register: &Register, records: &[(&str, &str, &str)]) {
        let change = |(kind, reference, says): &(&str, &str, &str)| {
            let iri = format!("{BASE}id/{kind}/{reference}");
            let turtle = format!(
                "@prefix cv: <http://data.europa.eu/m8g/> . @prefix dct: <http://purl.org/dc/terms/> .
                 @prefix adms: <http://www.w3.org/ns/adms#> . <{iri}> {says} ."
            );
            let content = read_turtle(turtle.as_bytes(), BASE).unwrap().into_iter().collect();
            Change { iri, kind: (*kind).to_owned(), number: None, content }
        };
        register.commit(&Commit { changes: records.iter().map(change).collect(), ..Commit::default() }).unwrap();
    }

    fn names(datasets: &[Dataset], base: &Base) -> Vec<String> {
        datasets.iter().map(|dataset| dataset.name(base)).collect()
    }

    #[test]
    fn an_offer_is_in_the_datasets_of_its_organisation_and_country_also_when_it_is_gone() {
        let base = Base::parse(BASE).unwrap();
        let catalogue = crate::catalogue::Catalogue::open(&Location::Memory, &base).unwrap();
        let atu = "http://publications.europa.eu/resource/authority/atu/";
        write(
            &catalogue.register,
            &[
                (
                    "organisation",
                    "gent",
                    "dct:spatial <http://data.europa.eu/nuts/code/BE234> ; cv:contactPoint <id/contact-point/desk>",
                ),
                ("organisation", "idle", &format!("dct:spatial <{atu}NLD_GM0363>")),
                ("contact-point", "desk", "cv:telephone \"1\""),
                (
                    "responsibility",
                    "gent-1",
                    "<https://w3id.org/eu-service-list/def#responsibleUnit> <id/organisation/gent>",
                ),
                ("public-service", "one", "cv:hasCompetentAuthority <id/organisation/gent>"),
                (
                    "public-service",
                    "two",
                    "cv:hasCompetentAuthority <id/organisation/gent>, <http://elsewhere.example/o>",
                ),
                ("assessment", "1-editors", "dct:title \"x\"@en"),
                ("service-type", "1", "dct:title \"x\"@en"),
            ],
        );
        let gone = "adms:status <http://publications.europa.eu/resource/authority/concept-status/RETIRED>";
        write(&catalogue.register, &[("public-service", "one", gone)]);
        let present = catalogue.present().unwrap();
        let elsewhere = Dataset::Organisation("http://elsewhere.example/o".to_owned()).name(&base);
        let offers: Vec<(String, u64)> =
            present.datasets().unwrap().iter().map(|there| (there.dataset.name(&base), there.offers)).collect();
        assert_eq!(
            offers.iter().map(|(name, offers)| (name.as_str(), *offers)).collect::<Vec<_>>(),
            [
                ("services", 0),
                ("suitability", 0),
                ("public-services", 2),
                ("public-services-bel", 1),
                ("public-services-nld", 0),
                (elsewhere.as_str(), 1),
                ("organisation-gent", 1),
                ("organisation-idle", 0),
            ]
        );
        let of = |kind: &str, reference: &str| {
            let entry = present.present_entry(&format!("{BASE}id/{kind}/{reference}")).unwrap().unwrap();
            names(&present.datasets_of(&entry).unwrap(), &base)
        };
        let of_gent = ["public-services", "public-services-bel", "organisation-gent"];
        assert_eq!(of("public-service", "one"), of_gent);
        assert_eq!(of("contact-point", "desk"), of_gent);
        assert_eq!(of("organisation", "gent"), of_gent);
        assert_eq!(of("responsibility", "gent-1"), of_gent);
        assert_eq!(of("organisation", "idle"), ["public-services", "public-services-nld", "organisation-idle"]);
        assert_eq!(of("assessment", "1-editors"), ["suitability"]);
        assert_eq!(of("service-type", "1"), ["services"]);
        for (name, _) in &offers {
            assert_eq!(present.dataset_named(name).unwrap().map(|dataset| dataset.name(&base)).as_ref(), Some(name));
        }
        assert_eq!(present.dataset_named("organisation-none").unwrap(), None);
    }

    #[test]
    fn a_list_of_codes_is_with_its_codes() {
        let base = Base::parse(BASE).unwrap();
        for (path, dataset) in [
            ("list/suitability", Dataset::Suitability),
            ("id/suitability/suitable", Dataset::Suitability),
            ("list/services", Dataset::Services),
            ("list/services/4.00", Dataset::Services),
            ("id/channel-type/email", Dataset::Services),
        ] {
            let name = base.record_of(&format!("{BASE}{path}")).unwrap();
            assert_eq!(Dataset::holding(&name), dataset, "{path}");
        }
    }
}
