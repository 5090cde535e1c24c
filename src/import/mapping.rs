//! Mappings from rows to RDF: a SPARQL CONSTRUCT with a few lines about itself.
//!
//! ```sparql
//! #+ source: http://example.org/the-list
//! #+ title: What people call the list
//! #+ owns: skos:inScheme skos:altLabel
//! #+ fills: skos:prefLabel
//! #+ extract: History notes as former names
//! #+ split: handling reason
//! PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
//! PREFIX xyz: <http://sparql.xyz/facade-x/data/>
//! CONSTRUCT { ... } WHERE { ?row xyz:Identifier ?number ... }
//! ```
//!
//! Each row is one node with a property for each column ([`Row`]). `owns` and `fills` are the
//! properties that the mapping may give (see [`Ownership`]); `extract` names a column and what to
//! read out of it; `split` names columns whose cells hold several words, each of which is a value, and
//! `phrases` those whose cells hold several phrases, parted by semicolons.
//! Relative IRIs are resolved against the base of the register.

use super::history;
use super::row::Row;
use crate::catalogue::Ownership;
use crate::rdf::Triple;
use crate::vocab;
use spareval::{QueryEvaluationError, QueryEvaluator, QueryResults};
use spargebra::term::{NamedNodePattern, TermPattern};
use spargebra::{Query, SparqlParser, SparqlSyntaxError};
use std::collections::{BTreeMap, BTreeSet};

/// A mapping, ready to be run over rows.
#[derive(Debug)]
pub struct Mapping {
    /// The source's IRI.
    pub source: String,
    /// What the source is called.
    pub title: String,
    /// The properties that it speaks of.
    pub ownership: Ownership,
    extracts: Vec<Extract>,
    /// Columns whose cells hold several values, by what parts them.
    several: [(char, Vec<String>); 2],
    construct: Query,
}

/// A text that is no mapping.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// A line about the mapping is missing or wrong.
    #[error("the mapping's line `#+ {key}: …` {reason}")]
    Header {
        /// Which line.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The query is no SPARQL.
    #[error("the mapping is no SPARQL: {0}")]
    Syntax(#[from] SparqlSyntaxError),
    /// The base is no IRI.
    #[error("the base {0:?} is not an absolute IRI")]
    Base(String),
    /// The query asks for something else than triples.
    #[error("the mapping must be a CONSTRUCT query")]
    NotConstruct,
    /// It would write what it does not say it writes.
    #[error("the mapping gives {property}, which neither `#+ owns:` nor `#+ fills:` lists")]
    NotListed {
        /// The property.
        property: String,
    },
}

/// Reads more out of a column than SPARQL can.
#[derive(Debug)]
enum Extract {
    /// esd's history notes, beside the label that holds today.
    FormerNames { column: String },
}

impl Mapping {
    /// Reads a mapping; its relative IRIs will stand under `base`.
    ///
    /// # Errors
    /// See [`MappingError`].
    pub fn parse(text: &str, base: &str) -> Result<Self, MappingError> {
        let header = Header::read(text);
        let parser = SparqlParser::new().with_base_iri(base).map_err(|_| MappingError::Base(base.to_owned()))?;
        let construct = parser.parse_query(text)?;
        let Query::Construct { template, .. } = &construct else {
            return Err(MappingError::NotConstruct);
        };
        let ownership = Ownership { owns: header.properties("owns")?, fills: header.properties("fills")? };
        for triple in template {
            // What hangs on a blank node goes with the property that leads to it.
            if matches!(triple.subject, TermPattern::BlankNode(_)) {
                continue;
            }
            let property = match &triple.predicate {
                NamedNodePattern::NamedNode(property) => property.as_str(),
                NamedNodePattern::Variable(variable) => variable.as_str(),
            };
            if !ownership.owns.contains(property) && !ownership.fills.contains(property) {
                return Err(MappingError::NotListed { property: triple.predicate.to_string() });
            }
        }
        Ok(Self {
            source: header.one("source")?.to_owned(),
            title: header.one("title")?.to_owned(),
            ownership,
            extracts: header.values("extract").map(Extract::parse).collect::<Result<_, _>>()?,
            several: [(' ', header.columns("split")), (';', header.columns("phrases"))],
            construct,
        })
    }

    /// The triples that the mapping makes of a row.
    ///
    /// # Errors
    /// The evaluator's; a cell that makes no IRI or literal is no error, its triple is left out.
    pub fn triples(&self, mut row: Row) -> Result<Vec<Triple>, QueryEvaluationError> {
        for extract in &self.extracts {
            extract.read(&mut row);
        }
        for (separator, columns) in &self.several {
            row.split(columns, *separator);
        }
        let dataset = row.dataset();
        // A row is a handful of triples: planning the query anew for each costs more than it saves.
        let evaluator = QueryEvaluator::new();
        match evaluator.prepare(&self.construct).execute(&dataset)? {
            QueryResults::Graph(triples) => triples.collect(),
            _ => Ok(Vec::new()),
        }
    }
}

impl Extract {
    fn parse(text: &str) -> Result<Self, MappingError> {
        match text.rsplit_once(" as ") {
            Some((column, "former names")) => Ok(Self::FormerNames { column: column.trim().to_owned() }),
            _ => Err(MappingError::Header {
                key: "extract".to_owned(),
                reason: format!("is {text:?}; it must be `<column> as former names`"),
            }),
        }
    }

    fn read(&self, row: &mut Row) {
        let Self::FormerNames { column } = self;
        let Some(note) = row.get(column) else { return };
        let label = row.get("Label").unwrap_or_default();
        let former = history::former_names(note, label).into_iter().map(|former| {
            let mut cells = vec![("name", former.name)];
            cells.extend(former.held_from.map(|release| ("heldFrom", release)));
            cells.push(("heldUntil", former.held_until));
            cells
        });
        let unended = history::unended_names(note, label).into_iter().map(|name| vec![("name", name)]);
        let parts: Vec<_> = former.chain(unended).map(|cells| ("formerName", cells)).collect();
        row.parts.extend(parts);
    }
}

/// The `#+ key: value` lines of a mapping, and the prefixes its query declares.
struct Header<'a> {
    lines: Vec<(&'a str, &'a str)>,
    prefixes: BTreeMap<&'a str, &'a str>,
}

impl<'a> Header<'a> {
    fn read(text: &'a str) -> Self {
        let mut header = Self { lines: Vec::new(), prefixes: vocab::PREFIXES.iter().copied().collect() };
        for line in text.lines() {
            if let Some((key, value)) = line.strip_prefix("#+").and_then(|line| line.split_once(':')) {
                header.lines.push((key.trim(), value.trim()));
            } else if let Some((prefix, iri)) =
                line.trim().strip_prefix("PREFIX ").and_then(|line| line.split_once(':'))
            {
                header.prefixes.insert(prefix.trim(), iri.trim().trim_matches(['<', '>']));
            }
        }
        header
    }

    fn values(&self, key: &str) -> impl Iterator<Item = &'a str> {
        self.lines.iter().filter(move |(name, _)| *name == key).map(|(_, value)| *value)
    }

    fn one(&self, key: &str) -> Result<&'a str, MappingError> {
        self.values(key)
            .find(|value| !value.is_empty())
            .ok_or_else(|| MappingError::Header { key: key.to_owned(), reason: "is missing".to_owned() })
    }

    /// The columns that a line lists.
    fn columns(&self, key: &str) -> Vec<String> {
        self.values(key).flat_map(str::split_whitespace).map(str::to_owned).collect()
    }

    /// The properties that a line lists, as IRIs.
    fn properties(&self, key: &str) -> Result<BTreeSet<String>, MappingError> {
        self.values(key)
            .flat_map(str::split_whitespace)
            .map(|name| {
                if let Some(iri) = name.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
                    return Ok(iri.to_owned());
                }
                let (prefix, local) = name.split_once(':').unwrap_or((name, ""));
                let namespace = self.prefixes.get(prefix).ok_or_else(|| MappingError::Header {
                    key: key.to_owned(),
                    reason: format!("has {name}, whose prefix the query does not declare"),
                })?;
                Ok(format!("{namespace}{local}"))
            })
            .collect()
    }
}
