//! Columns that a table has once for each language.

use crate::catalogue::code_of;
use crate::rdf::{Content, Literal, NamedNodeRef};
use std::collections::BTreeSet;

/// A column that a table has once for each language, and the property that fills it.
pub(super) type TextColumn = (&'static str, NamedNodeRef<'static>);

/// The languages that a table has columns for, by their tags in lower case; the empty one stands for texts without a tag.
#[derive(Default)]
pub(super) struct Languages(BTreeSet<String>);

impl Languages {
    /// Adds those in which a record speaks of itself by the properties of some columns.
    pub(super) fn add(&mut self, content: &Content, iri: &str, columns: &[TextColumn]) {
        for (_, property) in columns {
            self.0.extend(content.literals(iri, *property).map(tag));
        }
    }

    /// The names of the columns: `name_en`, or `name` for texts without a tag.
    pub(super) fn headings(&self, columns: &[TextColumn]) -> Vec<String> {
        let heading = |name: &str, tag: &String| if tag.is_empty() { name.to_owned() } else { format!("{name}_{tag}") };
        columns.iter().flat_map(|(name, _)| self.0.iter().map(move |tag| heading(name, tag))).collect()
    }

    /// The cells of a record in these columns; several texts of one language are parted by semicolons.
    pub(super) fn cells(&self, content: &Content, iri: &str, columns: &[TextColumn]) -> Vec<String> {
        let cell = |property, language: &String| {
            let texts = content.literals(iri, property).filter(|literal| tag(literal) == *language);
            texts.map(Literal::value).collect::<Vec<_>>().join("; ")
        };
        columns.iter().flat_map(|(_, property)| self.0.iter().map(move |tag| cell(*property, tag))).collect()
    }
}

fn tag(literal: &Literal) -> String {
    literal.language().unwrap_or_default().to_ascii_lowercase()
}

/// The values of one property in one cell: literals as they are, parted by semicolons.
pub(super) fn values(content: &Content, iri: &str, property: NamedNodeRef<'_>) -> String {
    content.literals(iri, property).map(Literal::value).collect::<Vec<_>>().join("; ")
}

/// The IRIs of one property in one cell, parted by spaces, which no IRI has.
pub(super) fn iris(content: &Content, iri: &str, property: NamedNodeRef<'_>) -> String {
    content.iris(iri, property).collect::<Vec<_>>().join(" ")
}

/// The last parts of the IRIs of one property in one cell, parted by spaces.
pub(super) fn codes(content: &Content, iri: &str, property: NamedNodeRef<'_>) -> String {
    content.iris(iri, property).map(code_of).collect::<Vec<_>>().join(" ")
}
