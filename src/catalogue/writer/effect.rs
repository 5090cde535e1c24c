//! An update of published data: its effect, made into changes of records.
//!
//! An update is evaluated before the writer's turn, so that one that runs away keeps nobody else from writing. In the
//! turn its effect holds if the graph still shows the revision that it is an effect on; if not, it is evaluated again.

use super::super::address::{Base, RecordName};
use super::super::open::Catalogue;
use super::edit::{Changes, EditError, Operation, Precondition, RecordChange, Target};
use super::split::add_reached;
use super::submission::Rejection;
use super::updated::{changed, in_time, with_parts_named};
use crate::graph::{Effect, Graph, UpdateRequest};
use crate::rdf::{Content, NamedOrBlankNode, Triple};
use oxrdf::{GraphName, Quad};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// What an update takes from one record and adds to it.
#[derive(Default)]
struct OfRecord {
    removed: Vec<Triple>,
    added: Vec<Triple>,
}

impl Catalogue {
    /// The changes that an update comes to, for an [`Edit`](super::Edit). `effect` is what it did when it was
    /// evaluated; if it must be evaluated again, it may take `time`.
    pub fn changes_of(self: &Arc<Self>, request: UpdateRequest, effect: Effect, time: Duration) -> Changes {
        let catalogue = Arc::clone(self);
        Changes::Computed(Box::new(move || {
            let effect = if effect.revision == catalogue.graph().revision() {
                effect
            } else {
                let catalogue = Arc::clone(&catalogue);
                in_time(time, move |stop| catalogue.graph().effect(&request, stop))?
            };
            changes(catalogue.base(), catalogue.graph(), effect)
        }))
    }
}

/// The changes of records that an effect comes to.
///
/// # Errors
/// Something of it belongs to no record.
fn changes(base: &Base, graph: &Graph, effect: Effect) -> Result<Vec<RecordChange>, EditError> {
    let records = by_record(base, effect)?;
    records.into_iter().map(|(name, parts)| change(graph, name, parts)).collect()
}

/// What an effect says of each record: a triple belongs to the record of its subject, a blank node to every record that
/// leads to it.
fn by_record(base: &Base, effect: Effect) -> Result<BTreeMap<RecordName, OfRecord>, EditError> {
    let mut records: BTreeMap<RecordName, OfRecord> = BTreeMap::new();
    let mut of_blank_nodes: BTreeMap<String, Vec<Triple>> = BTreeMap::new();
    for quad in effect.removed {
        let (name, triple) = (record_of(base, &quad)?, Triple::from(quad));
        records.entry(name).or_default().removed.push(triple);
    }
    for quad in effect.added {
        if let (NamedOrBlankNode::BlankNode(node), GraphName::DefaultGraph) = (&quad.subject, &quad.graph_name) {
            of_blank_nodes.entry(node.as_str().to_owned()).or_default().push(Triple::from(quad));
        } else {
            let (name, triple) = (record_of(base, &quad)?, Triple::from(quad));
            records.entry(name).or_default().added.push(triple);
        }
    }
    let mut reached = BTreeSet::new();
    for parts in records.values_mut() {
        reached.extend(add_reached(&mut parts.added, &of_blank_nodes));
    }
    match of_blank_nodes
        .into_iter()
        .find(|(node, _)| !reached.contains(node))
        .and_then(|(_, triples)| triples.into_iter().next())
    {
        Some(triple) => Err(rejected(&triple.to_string(), "no record leads to its blank node: name its subject")),
        None => Ok(records),
    }
}

/// The record that a quad belongs to.
fn record_of(base: &Base, quad: &Quad) -> Result<RecordName, EditError> {
    if quad.graph_name != GraphName::DefaultGraph {
        let reason = "published data have no named graphs: leave GRAPH out, or write a record at /graph-store";
        return Err(rejected(&quad.graph_name.to_string(), reason));
    }
    let subject = match &quad.subject {
        NamedOrBlankNode::NamedNode(subject) => subject.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    };
    base.record_of(subject).ok_or_else(|| {
        rejected(subject, &format!("it is not the IRI of a record: {base}id/<kind>/<ref> or {base}list/<name>"))
    })
}

fn change(graph: &Graph, name: RecordName, parts: OfRecord) -> Result<RecordChange, EditError> {
    // The effect is one on what is published: what only waits under the IRI is not what the update saw.
    let is_published = graph.has_subject(&name.iri).map_err(|error| EditError::Group(error.to_string()))?;
    let precondition = if is_published { Precondition::Present } else { Precondition::Absent };
    let (iri, is_same) = (name.iri.clone(), graph.sameness());
    let operation = Operation::Revise(Box::new(move |present| revised(&iri, present, parts, is_same)));
    Ok(RecordChange { target: Target::Record(name), precondition, operation })
}

/// What a record says after an update, its blank nodes named.
fn revised(
    record: &str,
    present: &Content,
    OfRecord { removed, added }: OfRecord,
    is_same: fn(&Triple, &Triple) -> bool,
) -> Result<Content, EditError> {
    let revised = changed(present, &removed, added, is_same);
    if revised.is_empty() {
        let reason =
            "the update would leave nothing of it; a record that is over is withdrawn, by DELETE of its document";
        return Err(rejected(record, reason));
    }
    with_parts_named(record, revised)
}

fn rejected(place: &str, reason: &str) -> EditError {
    EditError::Rules(Rejection { place: place.to_owned(), reason: reason.to_owned() })
}
