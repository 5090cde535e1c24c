//! The rows of links: which can be kept, and what they name.

use super::super::batch::ImportError;
use super::super::row::{Row, Table};
use super::councils::{Council, Councils};
use super::{Missing, REFERENCE, cell, put, rejections};
use crate::catalogue::{Base, Rejection};
use crate::rdf::{NamedNode, NamedOrBlankNode, Term, read_turtle};
use crate::vocab::skos;
use std::collections::BTreeMap;

const INTERACTIONS: &str = include_str!("../../../vocab/codes/interaction.ttl");

/// Where esd's numbers of interactions stand.
const ESD_INTERACTION: &str = "http://id.esd.org.uk/interaction/";

/// The columns of the links. The header leaves the two numbers unnamed.
const COUNCIL: &str = "la";
const DEED: &str = "lgil";
const LINK: &str = "link";
const SERVICE: &str = "column5";
const INTERACTION: &str = "column6";

/// A link that cannot be kept.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum LinkError {
    #[error(transparent)]
    Missing(#[from] Missing),
    #[error(
        "there is no council {slug} among the authorities, so it may have gone; give the link to its successor, or add \
         the council to the authorities"
    )]
    Council { slug: String },
    #[error("the council {slug} is rejected itself; mend its row among the authorities")]
    CouncilRejected { slug: String },
    #[error("the list has no service type {number}; correct the number (column {SERVICE}), or take the row out")]
    ServiceType { number: String },
    #[error(
        "no code of the list interaction is matched to esd's interaction {number}; correct the number (column \
         {INTERACTION}), or match a code in vocab/codes/interaction.ttl"
    )]
    Interaction { number: String },
    #[error("the link {link} is no IRI: {reason}; percent-encode what may not stand there")]
    Link { link: String, reason: String },
    #[error("line {line} links the same council, service and interaction, and is kept; take one of the two out")]
    Double { line: u64 },
}

/// What links may name.
pub(super) struct Links {
    councils: Councils,
    service_types: BTreeMap<String, String>,
    interactions: BTreeMap<String, String>,
}

impl Links {
    pub(super) fn new(councils: Councils, service_types: &Table, base: &Base) -> Result<Self, ImportError> {
        let service_types = pairs(service_types, "number", "name@en");
        Ok(Self { councils, service_types, interactions: interactions(base)? })
    }

    /// The rows that can be kept, with the names of what they name, and what cannot.
    pub(super) fn check(&self, Table { file, rows }: Table) -> (Table, Vec<Rejection>) {
        let mut first: BTreeMap<[String; 3], u64> = BTreeMap::new();
        let mut kept = Vec::new();
        let mut refused = Vec::new();
        for row in rows {
            let line = row.line;
            match self.checked(row, &mut first) {
                Ok(row) => kept.push(row),
                Err(error) => refused.push((line, error)),
            }
        }
        // Councils that are gone have hundreds of links, among which what can be mended would be lost.
        refused
            .sort_by_key(|(_, error)| matches!(error, LinkError::Council { .. } | LinkError::CouncilRejected { .. }));
        let rejected = rejections(&file, refused);
        (Table { file, rows: kept }, rejected)
    }

    /// The row with four more columns: reference and name of the council, name of the service type, code of the
    /// interaction.
    fn checked(&self, mut row: Row, first: &mut BTreeMap<[String; 3], u64>) -> Result<Row, LinkError> {
        let slug = cell(&row, "council", COUNCIL)?;
        let number = cell(&row, "number of a service", SERVICE)?;
        let deed = cell(&row, "number of an interaction", INTERACTION)?;
        cell(&row, "name of an interaction", DEED)?;
        let link = cell(&row, "link", LINK)?;
        let council = self.council(&slug)?;
        let Some(service) = self.service_types.get(&number) else { return Err(LinkError::ServiceType { number }) };
        let Some(interaction) = self.interactions.get(&deed) else {
            return Err(LinkError::Interaction { number: deed });
        };
        if let Err(error) = NamedNode::new(&link) {
            return Err(LinkError::Link { link, reason: error.to_string() });
        }
        let line = *first.entry([slug, number, deed]).or_insert(row.line);
        if line != row.line {
            return Err(LinkError::Double { line });
        }
        put(&mut row, REFERENCE, &council.reference);
        put(&mut row, "council", &council.name);
        put(&mut row, "service", service);
        put(&mut row, "interaction", interaction);
        Ok(row)
    }

    fn council(&self, slug: &str) -> Result<&Council, LinkError> {
        self.councils.get(slug).ok_or_else(|| {
            let is_rejected = self.councils.has_rejected(slug);
            let slug = slug.to_owned();
            if is_rejected { LinkError::CouncilRejected { slug } } else { LinkError::Council { slug } }
        })
    }
}

/// The values of two columns of a table, one by the other.
fn pairs(table: &Table, key: &str, value: &str) -> BTreeMap<String, String> {
    let of_row = |row: &Row| Some((row.get(key)?.to_owned(), row.get(value)?.to_owned()));
    table.rows.iter().filter_map(of_row).collect()
}

/// Our codes by esd's numbers, as the code list matches them.
fn interactions(base: &Base) -> Result<BTreeMap<String, String>, ImportError> {
    let start = base.iri("id/interaction/");
    let matches = read_turtle(INTERACTIONS.as_bytes(), base.as_str())?.into_iter().filter_map(|triple| {
        let (NamedOrBlankNode::NamedNode(code), Term::NamedNode(esd)) = (&triple.subject, &triple.object) else {
            return None;
        };
        let number = esd.as_str().strip_prefix(ESD_INTERACTION)?;
        let code = code.as_str().strip_prefix(start.as_str())?;
        (triple.predicate == skos::CLOSE_MATCH).then(|| (number.to_owned(), code.to_owned()))
    });
    Ok(matches.collect())
}
