//! The page of dumps, for people who take everything: what there is, how large, and when it was made.

use super::PageError;
use super::catalogue::size;
use super::document::document;
use super::href;
use super::language::Language;
use super::record::Surroundings;
use super::site::{self, Alternate, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use crate::dump::{ALL, DumpFile, HISTORY, Manifest};
use askama::Template;

/// The page of dumps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DumpsPage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// The set that it shows; nothing where none has been made yet.
    pub set: Option<DumpsSet>,
    /// The catalogue, which names the files of organisations.
    pub catalogue: Link,
    /// The same in other formats.
    pub alternates: Vec<Alternate>,
}

/// A set of dumps as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DumpsSet {
    /// The revision that all its files show.
    pub revision: usize,
    /// The day on which it was made.
    pub date: String,
    /// What there is of each dataset, those of organisations left out.
    pub datasets: Vec<DumpsOfDataset>,
}

/// The dumps of one dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DumpsOfDataset {
    /// What it is called.
    pub title: Text,
    /// What is in it.
    pub description: Text,
    /// Its files.
    pub files: Vec<DumpRow>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DumpRow {
    /// Its name, and where it is.
    pub link: Link,
    /// Its size in the unit that suits it, such as `12 MB`.
    pub size: String,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

#[derive(Template)]
#[template(path = "dumps.html")]
struct DumpsTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a DumpsPage,
    section: Option<Section>,
}

/// The page of dumps, as a whole HTML document.
pub fn dumps(site: &Site, page: &DumpsPage) -> Result<String, PageError> {
    document(&DumpsTemplate { site, words: site.words(), page, section: None })
}

/// What the page of dumps is called.
pub fn dumps_title(language: Language) -> Text {
    language.text(language.words().dumps.title)
}

/// The values of the page: `told` gives the title of a dataset that is divided no further, and what is in it; nothing of
/// those that the page does not show.
pub fn dumps_page(
    manifest: Option<&Manifest>,
    told: impl Fn(&str) -> Option<(String, String)>,
    site: &str,
    view: &Surroundings<'_>,
    (catalogue, alternates): (Link, Vec<Alternate>),
) -> DumpsPage {
    let set = manifest.map(|manifest| DumpsSet {
        revision: usize::try_from(manifest.revision).unwrap_or(usize::MAX),
        date: manifest.date.clone(),
        datasets: manifest
            .files
            .chunk_by(|one, next| one.dataset == next.dataset)
            .filter_map(|files| of_dataset(files, &told, site, view.language))
            .collect(),
    });
    DumpsPage { canonical: Some(format!("{}dump", view.pages)), set, catalogue, alternates }
}

fn of_dataset(
    files: &[DumpFile],
    told: impl Fn(&str) -> Option<(String, String)>,
    site: &str,
    language: Language,
) -> Option<DumpsOfDataset> {
    let words = &language.words().dumps;
    let (title, description) = match files.first()?.dataset.as_str() {
        ALL => (words.everything.to_owned(), words.everything_is.to_owned()),
        HISTORY => (words.history.to_owned(), words.history_is.to_owned()),
        dataset => told(dataset)?,
    };
    let row = |file: &DumpFile| DumpRow {
        link: Link { href: format!("{site}dump/{}", file.name), label: Text::plain(&file.name), notation: None },
        size: size(file.bytes),
        sha256: file.sha256.clone(),
    };
    let (title, description) = (language.text(title), language.text(description));
    Some(DumpsOfDataset { title, description, files: files.iter().map(row).collect() })
}

impl DumpsPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }
}
