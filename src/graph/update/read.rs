//! Reading an update within bounds, and holding it to what the data set has.

use super::{UpdateError, UpdateRequest};
use crate::graph::published::{Graph, Origin};
use crate::graph::service::asks_elsewhere;
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
        if let Some(using) = request.using.dataset()? {
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
