//! Reading data and checking them against shapes that ship, or that were sent along.

use super::super::problem::{Problem, ProblemType};
use super::super::rdf_text::{RdfText, entities_are_bounded};
use crate::catalogue::{Gate, GateError};
use crate::graph::RdfFormat;
use crate::rdf::read_rdf;
use crate::shacl::{Limits, Report, Shapes, validate};
use crate::snapshot::{Builder, Snapshot};
use crate::vocab::{self, sh};
use oxrdf::{Graph, NamedNodeRef};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// How many violations are kept, and as many other results; more are counted only.
const RESULTS: usize = 5_000;

/// A part of the shapes that ship, by which one may be validated alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuleSet {
    CpsvAp,
    ServiceList,
}

impl RuleSet {
    pub(super) const ALL: [Self; 2] = [Self::CpsvAp, Self::ServiceList];

    /// Its name as a validation type of the Interoperability Test Bed, whose types are called by versions.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::CpsvAp => "v3.2.0",
            Self::ServiceList => "service-list",
        }
    }

    pub(super) const fn description(self) -> &'static str {
        match self {
            Self::CpsvAp => "CPSV-AP version 3.2.0",
            Self::ServiceList => "The shapes of the European Service List",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::CpsvAp => vocab::CPSV_AP_SHAPES,
            Self::ServiceList => vocab::SHAPES,
        }
    }
}

/// What data are validated against.
#[derive(Clone, Debug, Default)]
pub(super) struct Against {
    /// The part of the shapes that ship; all of them where none is named.
    pub rule_set: Option<RuleSet>,
    /// Shapes that were sent along.
    pub own: Vec<RdfText>,
}

/// What came of a validation.
#[derive(Debug)]
pub(super) struct Checked {
    pub report: Report,
    /// The data with the code-list closure.
    pub data: Snapshot,
    /// How many triples were sent.
    pub triples: usize,
}

/// The shapes that ship, compiled.
#[derive(Debug)]
pub(in super::super) struct Validator {
    gate: Arc<Gate>,
    parts: [OnceLock<Shapes>; 2],
}

impl Validator {
    /// Validates as the gate does.
    pub(in super::super) fn of(gate: Arc<Gate>) -> Self {
        Self { gate, parts: [const { OnceLock::new() }; 2] }
    }

    /// Validates data, within the bounds of this server.
    ///
    /// # Errors
    /// Data or shapes that cannot be read, shapes that cannot be used, a deadline that passed.
    pub(super) fn check(
        &self,
        data: &RdfText,
        against: &Against,
        base: &str,
        deadline: Instant,
    ) -> Result<Checked, Problem> {
        if Instant::now() > deadline {
            return Err(Problem::new(
                ProblemType::ValidationTimeout,
                "the time of this request is over; send less at once",
            ));
        }
        let (data, triples) = self.read(data, base)?;
        let limits = Limits { deadline: Some(deadline), results: RESULTS };
        let report = match (against.rule_set, against.own.as_slice()) {
            (None, []) => validate(self.gate.shapes(), &data, limits)?,
            (Some(rule_set), []) => validate(self.part(rule_set)?, &data, limits)?,
            (rule_set, own) => validate(&with_own(rule_set, own, base)?, &data, limits)?,
        };
        Ok(Checked { report, data, triples })
    }

    /// The data with the code-list closure, and how many triples they have without it.
    fn read(&self, data: &RdfText, base: &str) -> Result<(Snapshot, usize), Problem> {
        entities_are_bounded(data)?;
        let mut builder = Builder::new();
        builder.read(&data.name, data.format, base, &*data.text)?;
        let triples = builder.triple_count();
        for triple in self.gate.closure() {
            builder.add(triple)?;
        }
        Ok((builder.finish()?, triples))
    }

    /// The shapes of a part, compiled when they are first asked for.
    fn part(&self, rule_set: RuleSet) -> Result<&Shapes, Problem> {
        let [cpsv_ap, service_list] = &self.parts;
        let part = match rule_set {
            RuleSet::CpsvAp => cpsv_ap,
            RuleSet::ServiceList => service_list,
        };
        if let Some(shapes) = part.get() {
            return Ok(shapes);
        }
        let shapes = Shapes::parse(&graph_of([rule_set])?)?;
        Ok(part.get_or_init(|| shapes))
    }
}

/// What shapes have that run queries. A query of a stranger may take memory without a bound that holds.
const QUERIES: [NamedNodeRef<'static>; 3] = [sh::SPARQL, sh::SELECT, sh::ASK];

/// Shapes that were sent along, as one shapes graph with those that ship: they may use and deactivate those.
fn with_own(rule_set: Option<RuleSet>, own: &[RdfText], base: &str) -> Result<Shapes, Problem> {
    let mut graph = match rule_set {
        Some(rule_set) => graph_of([rule_set])?,
        None => graph_of(RuleSet::ALL)?,
    };
    for rules in own {
        entities_are_bounded(rules)?;
        let triples = read_rdf(&*rules.text, rules.format, base)
            .map_err(|error| Problem::new(ProblemType::RdfSyntax, format!("{}: {error}", rules.name)))?;
        if let Some(query) = triples.iter().find(|triple| QUERIES.contains(&triple.predicate.as_ref())) {
            let detail = format!(
                "{}: {} has a query; shapes that are sent along are SHACL Core here, `eusl validate --shapes` runs queries too",
                rules.name, query.subject
            );
            return Err(Problem::new(ProblemType::ShapesRefused, detail));
        }
        graph.extend(triples);
    }
    Ok(Shapes::parse(&graph)?)
}

fn graph_of(rule_sets: impl IntoIterator<Item = RuleSet>) -> Result<Graph, Problem> {
    let mut graph = Graph::new();
    for rule_set in rule_sets {
        graph.extend(read_rdf(rule_set.text().as_bytes(), RdfFormat::Turtle, vocab::HOME).map_err(GateError::from)?);
    }
    Ok(graph)
}
