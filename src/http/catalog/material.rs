//! What the catalogue is told from: settings, the register at one revision, and the last dump.

use crate::catalogue::{CatalogueError, Dataset, LastChanges, Present};
use crate::dump::Manifest;
use crate::harvest::dcat::{Catalogue, Country, Described, Files, Publisher};
use crate::http::problem::Problem;
use crate::http::state::App;
use crate::register::Revision;
use std::sync::Arc;

/// Everything that the catalogue is told from.
pub(in crate::http) struct Material {
    publisher: Publisher,
    first: Option<Revision>,
    present: Revision,
    changes: LastChanges,
    /// All datasets that have something, in their order.
    pub datasets: Vec<Dataset>,
    countries: Vec<Country>,
    dump: Option<Arc<Manifest>>,
}

impl Material {
    pub(in crate::http) fn new(app: &App, present: &Present<'_>) -> Result<Self, Problem> {
        let datasets: Vec<Dataset> = present
            .datasets()?
            .into_iter()
            .filter(|there| there.offers > 0 || Dataset::WHOLE.contains(&there.dataset))
            .map(|there| there.dataset)
            .collect();
        let country = |dataset: &Dataset| match dataset {
            Dataset::Country(code) => Some(Country::of_code(code)),
            _ => None,
        };
        Ok(Self {
            publisher: publisher(app),
            first: present.committed(1)?,
            present: present.last_commit().clone(),
            changes: present.last_changes()?,
            countries: datasets.iter().filter_map(country).collect(),
            datasets,
            dump: app.dumps.manifest(),
        })
    }

    /// What holds of the whole catalogue.
    pub(in crate::http) fn catalogue<'a>(&'a self, app: &'a App) -> Catalogue<'a> {
        Catalogue {
            base: app.base(),
            site: app.settings.site.as_str(),
            publisher: &self.publisher,
            first: self.first.as_ref(),
            present: &self.present,
            countries: &self.countries,
            files: self.dump.as_deref().map(Files::of),
        }
    }

    /// What is told of datasets.
    pub(in crate::http) fn described<'d>(
        &self,
        app: &App,
        present: &Present<'_>,
        datasets: impl IntoIterator<Item = &'d Dataset>,
    ) -> Result<Vec<Described>, CatalogueError> {
        datasets.into_iter().map(|dataset| self.describe(app, present, dataset)).collect()
    }

    fn describe(&self, app: &App, present: &Present<'_>, dataset: &Dataset) -> Result<Described, CatalogueError> {
        let described = Described {
            name: dataset.name(app.base()),
            dataset: dataset.clone(),
            organisation: Vec::new(),
            countries: Vec::new(),
            changed: self.changes.of(dataset).clone(),
            public_services: Vec::new(),
        };
        Ok(match dataset {
            Dataset::Services | Dataset::Suitability | Dataset::PublicServices => described,
            Dataset::Country(code) => Described { countries: vec![Country::of_code(code)], ..described },
            Dataset::Organisation(iri) => {
                let named = present.names([iri.as_str()])?.into_values().find_map(|listed| listed.names);
                let countries = present.countries_of(iri)?;
                Described {
                    organisation: named.map(|names| names.values).unwrap_or_default(),
                    countries: countries.iter().map(|code| Country::of_code(code)).collect(),
                    changed: present.last_change_of(iri)?.unwrap_or(described.changed),
                    public_services: present.public_services_of(iri)?,
                    ..described
                }
            }
        })
    }
}

fn publisher(app: &App) -> Publisher {
    let settings = &app.settings;
    Publisher {
        name: settings.publisher.clone(),
        kind: settings.publisher_type,
        homepage: settings.publisher_homepage.clone(),
        contact: settings.publisher_contact.clone(),
        licence: settings.licence.clone(),
        licence_label: settings.licence_label.clone(),
    }
}
