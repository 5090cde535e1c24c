//! The page of a shapes graph: what must hold, of what, and what is said where it does not.
//!
//! [`read`] fills it from triples, [`path`] writes paths.

pub(super) mod path;
mod read;

use super::PageError;
use super::document::document;
use super::fact::{Fact, Facts};
use super::href;
use super::publication::Publication;
use super::record::Surroundings;
use super::site::{Alternate, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use crate::rdf::Triple;
use askama::Template;

/// The page of a shapes graph ([SHACL, 1.4](https://www.w3.org/TR/shacl/#shapes-graph)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapesPage {
    /// What the document says of itself.
    pub about: Publication,
    /// Its shapes.
    pub shapes: Vec<Shape>,
}

/// A shape: what it is held against and what must hold there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Its anchor on the page, unique there.
    pub anchor: String,
    /// Its IRI with where that leads, where it has one.
    pub iri: Option<Link>,
    /// What it is called.
    pub name: Text,
    /// What it is for.
    pub descriptions: Vec<Text>,
    /// What it is held against; a shape that only others use has no target.
    pub targets: Vec<Fact>,
    /// What must hold of the focus node itself.
    pub facts: Vec<Fact>,
    /// How grave a violation of that is, where something must hold.
    pub severity: Option<Text>,
    /// What is said where it does not hold.
    pub messages: Vec<Text>,
    /// What must hold of the values of its properties.
    pub constraints: Vec<Constraint>,
}

/// What a shape asks of the values of one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Its anchor on the page, where it is the first place that shows the property shape.
    pub anchor: Option<String>,
    /// The path from the focus node to the values.
    pub path: Path,
    /// What the property shape is called.
    pub name: Option<Text>,
    /// What it is for.
    pub descriptions: Vec<Text>,
    /// The least number of values.
    pub least: Option<String>,
    /// The greatest number of values.
    pub most: Option<String>,
    /// What else must hold of the values.
    pub facts: Vec<Fact>,
    /// How grave a violation is.
    pub severity: Text,
    /// What is said where it does not hold.
    pub messages: Vec<Text>,
}

/// A path ([SHACL, 2.3.1](https://www.w3.org/TR/shacl/#property-paths)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Path {
    /// One property.
    Property(Link),
    /// Any other, as text.
    Text(String),
}

#[derive(Template)]
#[template(path = "shapes.html")]
struct ShapesTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    about: &'a Publication,
    page: &'a ShapesPage,
    section: Option<Section>,
}

/// The page of a shapes graph, as a whole HTML document.
pub fn shapes(site: &Site, page: &ShapesPage) -> Result<String, PageError> {
    document(&ShapesTemplate { site, words: site.words(), about: &page.about, page, section: None })
}

/// The page of the shapes that triples describe, with its other formats.
pub fn shapes_of(
    site: &Site,
    triples: &[Triple],
    view: &Surroundings<'_>,
    alternates: Vec<Alternate>,
) -> Result<String, PageError> {
    let page = view.shapes(triples);
    let about = Publication { canonical: site.address_in_its_language(), alternates, ..page.about };
    shapes(site, &ShapesPage { about, ..page })
}

impl ShapesTemplate<'_> {
    fn facts<'a>(&'a self, facts: &'a [Fact]) -> Facts<'a> {
        Facts::of(facts, self.site)
    }
}
