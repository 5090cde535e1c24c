//! What must hold for every shapes graph and all data.

use super::Case;
use eu_service_list::rdf::{NamedNodeRef, Triple};
use eu_service_list::shacl::{Change, Limits, Report, Shapes, affected, validate, validate_nodes};
use eu_service_list::snapshot::Snapshot;
use eu_service_list::vocab::sh;
use oxrdf::Graph;
use std::time::{Duration, Instant};

/// How a case came out, none of which is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The shapes graph is ill-formed.
    Refused,
    /// There is no verdict.
    Failed,
    /// There is a report without results.
    Conforms,
    /// There is a report with results.
    DoesNotConform,
}

/// The time that a validation may take, and how much later it may end.
const ALLOWED: Duration = Duration::from_secs(1);
const LATE: Duration = Duration::from_secs(4);
/// How many results are kept.
const KEPT: usize = 2_000;

/// Parses, validates and reports.
///
/// # Errors
/// What does not hold.
pub(crate) fn judge(case: &Case) -> Result<Outcome, String> {
    let graph: Graph = case.shapes.iter().cloned().collect();
    let started = Instant::now();
    let parsed = Shapes::parse(&graph);
    in_time("reading the shapes", started)?;
    let shapes = match parsed {
        Ok(shapes) => shapes,
        Err(error) if error.to_string().len() > 2 => return Ok(Outcome::Refused),
        Err(error) => return Err(format!("the refusal says nothing: {error:?}")),
    };
    let Some(report) = report(&shapes, &case.data)? else { return Ok(Outcome::Failed) };
    in_itself(&report)?;
    if report.omitted == 0 && !asks_queries(&graph) {
        same_in_any_order(&shapes, &case.data, &report)?;
        same_after_a_change(&shapes, &case.data, &report)?;
    }
    Ok(if report.conforms() { Outcome::Conforms } else { Outcome::DoesNotConform })
}

fn limits() -> Limits {
    Limits { deadline: Some(Instant::now() + ALLOWED), results: KEPT }
}

fn in_time(what: &str, started: Instant) -> Result<(), String> {
    let taken = started.elapsed();
    if taken > ALLOWED + LATE { Err(format!("{what} took {taken:?}")) } else { Ok(()) }
}

/// The report; none where there is no verdict.
fn report(shapes: &Shapes, data: &[Triple]) -> Result<Option<Report>, String> {
    let started = Instant::now();
    let report = validate(shapes, &Snapshot::of(data.iter().cloned()), limits());
    in_time("validating", started)?;
    match report {
        Ok(report) => Ok(Some(report)),
        Err(eu_service_list::shacl::Failure::Interrupted) => Err("a thread panicked".to_owned()),
        Err(failure) if failure.to_string().len() > 20 => Ok(None),
        Err(failure) => Err(format!("the failure says nothing: {failure:?}")),
    }
}

/// Whether a report is of one mind with itself, as a value and as RDF.
fn in_itself(report: &Report) -> Result<(), String> {
    let graph = report.to_graph();
    let count = |property: NamedNodeRef<'_>| graph.triples_for_predicate(property).count();
    let grouped: usize = report.findings().iter().map(|finding| finding.results.len()).sum();
    let results = report.results.len();
    if results > KEPT || grouped != results || count(sh::RESULT) != results || count(sh::CONFORMS) != 1 {
        return Err(format!("{results} results, {grouped} in findings, {} in the graph", count(sh::RESULT)));
    }
    if report.conforms() != (results == 0 && report.omitted == 0) {
        return Err("the report does not know whether it conforms".to_owned());
    }
    Ok(())
}

/// Queries may ask for the time, or for one solution of many.
fn asks_queries(graph: &Graph) -> bool {
    [sh::SPARQL, sh::VALIDATOR, sh::NODE_VALIDATOR, sh::PROPERTY_VALIDATOR]
        .iter()
        .any(|property| graph.triples_for_predicate(*property).next().is_some())
}

/// Whether the order in which triples come makes no difference.
fn same_in_any_order(shapes: &Shapes, data: &[Triple], report: &Report) -> Result<(), String> {
    let turned: Vec<Triple> = data.iter().rev().cloned().collect();
    match self::report(shapes, &turned)? {
        Some(other) => same("in another order", report, &other),
        None => Ok(()),
    }
}

/// Whether a change of data that conform is checked as the whole is. The first half is the data before.
fn same_after_a_change(shapes: &Shapes, data: &[Triple], report: &Report) -> Result<(), String> {
    let (before, rest) = data.split_at(data.len() / 2);
    let added: Vec<Triple> = rest.iter().filter(|triple| !before.contains(triple)).cloned().collect();
    match self::report(shapes, before)? {
        Some(before) if before.conforms() => {}
        _ => return Ok(()),
    }
    let change = Change { removed: &[], added: &added };
    let data = Snapshot::of(data.iter().cloned());
    let nodes = affected(shapes, &data, change, limits());
    match nodes.and_then(|nodes| validate_nodes(shapes, &data, &nodes, limits())) {
        Ok(other) if other.omitted == 0 => same("after a change", report, &other),
        _ => Ok(()),
    }
}

fn same(when: &str, one: &Report, other: &Report) -> Result<(), String> {
    let (one, other) = (written(one), written(other));
    let missing = one.iter().find(|result| !other.contains(result));
    let surplus = other.iter().find(|result| !one.contains(result));
    if one == other {
        return Ok(());
    }
    Err(format!("{when} there are {} results instead of {}: {missing:?} {surplus:?}", other.len(), one.len()))
}

/// The results as sorted lines. Blank nodes keep their labels within a run.
fn written(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> = report
        .results
        .iter()
        .map(|result| {
            let value = result.value.as_ref().map(ToString::to_string);
            let source = &result.source;
            format!("{} {} {:?} {} {}", source.shape, source.component, value, result.focus, result.details.len())
        })
        .collect();
    lines.sort_unstable();
    lines
}
