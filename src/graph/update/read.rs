//! Reading an update within bounds, and holding it to what the data set has.

use super::{UpdateError, UpdateRequest};
use crate::graph::published::{Graph, Origin};
use crate::graph::question::asks_elsewhere;
use crate::rdf::NamedNode;
use crate::sparql::Bounds;
use spargebra::algebra::QueryDataset;
use spargebra::{GraphUpdateOperation, Update};

impl Graph {
    /// Reads an update.
    pub(super) fn read_update(&self, request: &UpdateRequest) -> Result<Update, UpdateError> {
        let bounds = Bounds::default();
        bounds.check_text(&request.text)?;
        let mut update = self.parser(&request.base).parse_update(&request.text)?;
        bounds.check_update(&update)?;
        if let Some(using) = using(request)? {
            choose_graphs(&mut update, &using)?;
        }
        for operation in &update.operations {
            if let GraphUpdateOperation::DeleteInsert { using, pattern, .. } = operation {
                if asks_elsewhere(pattern) {
                    return Err(UpdateError::NoFederation);
                }
                if using.is_some() && self.origin() == Origin::Register {
                    return Err(UpdateError::NoNamedGraphs);
                }
            }
        }
        Ok(update)
    }
}

/// The graphs that a request chooses, if it does.
fn using(request: &UpdateRequest) -> Result<Option<QueryDataset>, UpdateError> {
    if request.using.is_empty() && request.using_named.is_empty() {
        return Ok(None);
    }
    let names = |given: &[String]| given.iter().map(|given| graph_name(given)).collect::<Result<Vec<_>, _>>();
    Ok(Some(QueryDataset { default: names(&request.using)?, named: Some(names(&request.using_named)?) }))
}

fn graph_name(given: &str) -> Result<NamedNode, UpdateError> {
    NamedNode::new(given).map_err(|error| UpdateError::GraphName { given: given.to_owned(), reason: error.to_string() })
}

/// Has every operation with a WHERE find these graphs. ADD, COPY and MOVE are such operations by their definition
/// (<https://www.w3.org/TR/sparql11-update/#add>), so that they find what the request chooses, too.
fn choose_graphs(update: &mut Update, chosen: &QueryDataset) -> Result<(), UpdateError> {
    for operation in &mut update.operations {
        if let GraphUpdateOperation::DeleteInsert { using, .. } = operation {
            if using.is_some() {
                return Err(UpdateError::GraphsChosenTwice);
            }
            *using = Some(chosen.clone());
        }
    }
    Ok(())
}
