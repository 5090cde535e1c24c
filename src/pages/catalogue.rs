//! The catalogue of what is published, for people who want to take it: all of it, and one dataset alone.

use super::PageError;
use super::document::document;
use super::href;
use super::language::Language;
use super::listing::Pagination;
use super::lists::pagination;
use super::record::Surroundings;
use super::site::{self, Alternate, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use crate::dump::DumpFile;
use crate::harvest::dcat::{self, Catalogue, Described, endpoints, file_title};
use askama::Template;

/// A page of the catalogue, or the page of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CataloguePage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// The way to it from the front page, without the page itself.
    pub breadcrumb: Vec<Link>,
    /// What it is called.
    pub title: Text,
    /// The datasets on it; on the page of a dataset that alone.
    pub datasets: Vec<DatasetEntry>,
    /// Whether it is the page of a dataset.
    pub is_of_a_dataset: bool,
    /// How many datasets the catalogue has, on all its pages.
    pub total: usize,
    /// Where everything can be asked for.
    pub endpoints: Vec<EndpointEntry>,
    /// Where the page is one of several.
    pub pagination: Option<Pagination>,
    /// The whole catalogue in one file, where the page is one of several.
    pub whole: Option<String>,
    /// The same in other formats.
    pub alternates: Vec<Alternate>,
}

/// A dataset as its entry shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetEntry {
    /// Its title, and its own page.
    pub link: Link,
    /// Its IRI.
    pub iri: String,
    /// What is in it.
    pub description: Text,
    /// The day of the last change in it.
    pub changed: String,
    /// Where people read what is in it.
    pub landing_page: Option<String>,
    /// How many public services are told to be in it.
    pub public_services: usize,
    /// What can be fetched of it.
    pub files: Vec<FileEntry>,
}

/// A file of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Its format, and where it is.
    pub link: Link,
    /// Its size in the unit that suits it, such as `12 MB`.
    pub size: String,
}

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointEntry {
    /// What it is called, and where it answers.
    pub link: Link,
    /// What it does.
    pub description: Text,
}

/// Where a page of the catalogue stands among all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CataloguePlace {
    /// Its number, from 1; nothing where all datasets are on it.
    pub page: Option<usize>,
    /// How many pages there are.
    pub pages: usize,
    /// How many datasets there are on all of them.
    pub datasets: usize,
}

#[derive(Template)]
#[template(path = "catalogue.html")]
struct CatalogueTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a CataloguePage,
    section: Option<Section>,
}

/// A page of the catalogue or of a dataset, as a whole HTML document.
pub fn catalogue(site: &Site, page: &CataloguePage) -> Result<String, PageError> {
    document(&CatalogueTemplate { site, words: site.words(), page, section: None })
}

/// What the catalogue is called.
pub fn catalogue_title(language: Language) -> Text {
    language.text(language.words().catalogue.catalogue)
}

/// The values of a page of the catalogue.
pub fn catalogue_page(
    told: &Catalogue<'_>,
    datasets: &[Described],
    place: CataloguePlace,
    view: &Surroundings<'_>,
    alternates: Vec<Alternate>,
) -> CataloguePage {
    let address = address(view);
    let href = |page: usize| if page == 1 { address.clone() } else { format!("{address}?page={page}") };
    let is_one_of_several = place.pages > 1;
    CataloguePage {
        canonical: Some(place.page.map_or_else(|| format!("{address}?page=all"), href)),
        breadcrumb: Vec::new(),
        title: catalogue_title(view.language),
        datasets: datasets.iter().map(|described| entry(told, described, view)).collect(),
        is_of_a_dataset: false,
        total: place.datasets,
        endpoints: told_endpoints(told, view),
        pagination: place.page.filter(|_| is_one_of_several).map(|page| {
            pagination(
                |page| if page == 1 { address.clone() } else { format!("{address}?page={page}") },
                page,
                place.pages,
            )
        }),
        whole: is_one_of_several.then(|| format!("{}{}.ttl?page=all", told.site, dcat::PATH)),
        alternates,
    }
}

/// The values of the page of a dataset.
pub fn dataset_page(
    told: &Catalogue<'_>,
    described: &Described,
    view: &Surroundings<'_>,
    alternates: Vec<Alternate>,
) -> CataloguePage {
    let entry = entry(told, described, view);
    CataloguePage {
        canonical: Some(entry.link.href.clone()),
        breadcrumb: vec![Link { href: address(view), label: catalogue_title(view.language), notation: None }],
        title: entry.link.label.clone(),
        datasets: vec![entry],
        is_of_a_dataset: true,
        total: 1,
        endpoints: told_endpoints(told, view),
        pagination: None,
        whole: None,
        alternates,
    }
}

/// The address of the catalogue in the language of a page.
fn address(view: &Surroundings<'_>) -> String {
    format!("{}{}", view.pages, dcat::PATH)
}

fn entry(told: &Catalogue<'_>, described: &Described, view: &Surroundings<'_>) -> DatasetEntry {
    let tag = view.language.code();
    let changed = &described.changed.timestamp;
    let landing_page = described.landing_page(told.base, told.site);
    let page = format!("{}/{}", address(view), described.name);
    DatasetEntry {
        link: Link { href: page, label: view.language.text(described.title(tag)), notation: None },
        iri: told.dataset_iri(&described.name).into_string(),
        description: view.language.text(described.description(tag)),
        changed: changed.split('T').next().unwrap_or_default().to_owned(),
        // The page of the dataset itself says what there is to say.
        landing_page: Some(landing_page).filter(|address| !address.contains(&format!("/{}/", dcat::PATH))),
        public_services: described.public_services.len(),
        files: files(told, described),
    }
}

fn files(told: &Catalogue<'_>, described: &Described) -> Vec<FileEntry> {
    let Some(files) = &told.files else { return Vec::new() };
    let file_entry = |file: &&DumpFile| FileEntry {
        link: Link { href: told.file_address(file), label: Text::plain(file_title(file, files)), notation: None },
        size: size(file.bytes),
    };
    files.of_dataset(&described.name).iter().map(file_entry).collect()
}

fn told_endpoints(told: &Catalogue<'_>, view: &Surroundings<'_>) -> Vec<EndpointEntry> {
    let tag = view.language.code();
    let endpoint = |(title, does, path): (dcat::Words, dcat::Words, &str)| EndpointEntry {
        link: Link { href: format!("{}{path}", told.site), label: view.language.text(title.of(tag)), notation: None },
        description: view.language.text(does.of(tag)),
    };
    endpoints().map(endpoint).collect()
}

/// A number of bytes in the largest unit of which there is one.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    let found = UNITS.into_iter().find(|(_, unit)| bytes >= *unit);
    let (name, unit) = found.unwrap_or(("B", 1));
    format!("{}\u{a0}{name}", bytes.div_ceil(unit))
}

impl CataloguePage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    fn whole_address(&self) -> Option<&str> {
        self.whole.as_deref().and_then(href::followable)
    }
}

impl DatasetEntry {
    fn landing_address(&self) -> Option<&str> {
        self.landing_page.as_deref().and_then(href::followable)
    }

    fn address(&self) -> Option<&str> {
        href::followable(&self.iri)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_its_own_unit_and_never_as_less_than_it_is() {
        let sizes = [0, 999, 1_000, 1_001, 49_999_999, 2_000_000_001].map(size);
        assert_eq!(sizes.map(|size| size.replace('\u{a0}', " ")), ["0 B", "999 B", "1 kB", "2 kB", "50 MB", "3 GB"]);
    }
}
