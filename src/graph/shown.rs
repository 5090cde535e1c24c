//! The graph as it stands at one moment, to be compared with the register.

use super::published::{Graph, GraphError};
use crate::rdf::Triple;
use oxigraph::store::QuadIter;

/// Every triple of the graph at one revision, twice: whatever is written meanwhile is not in it.
pub struct Shown {
    /// The revision.
    pub revision: u64,
    /// The triples, in no order.
    pub triples: Triples,
    /// The same once more.
    pub again: Triples,
}

/// Triples of the graph, one after the other.
pub struct Triples(QuadIter<'static>);

impl Iterator for Triples {
    type Item = Result<Triple, GraphError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.0.next()?.map(Triple::from).map_err(GraphError::from))
    }
}

impl Graph {
    /// Every triple of this moment.
    pub fn shown(&self) -> Shown {
        let ((triples, again), revision) = self.at_one_revision(|store| (store.iter(), store.iter()));
        Shown { revision, triples: Triples(triples), again: Triples(again) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Delta;
    use crate::rdf::{Literal, NamedNode};

    fn triple(value: &str) -> Triple {
        let node = |iri: &str| NamedNode::new_unchecked(iri);
        let integer = node("http://www.w3.org/2001/XMLSchema#integer");
        Triple::new(node("a:s"), node("a:p"), Literal::new_typed_literal(value, integer))
    }

    #[test]
    fn what_is_shown_stays_as_it_was_while_the_graph_goes_on() {
        let graph = Graph::build::<GraphError>(3, [Ok(triple("1"))]).unwrap();
        let shown = graph.shown();
        graph.apply(&Delta { revision: 4, removed: vec![triple("1")], added: vec![triple("2")] }).unwrap();
        let all = |triples: Triples| triples.collect::<Result<Vec<_>, _>>().unwrap();
        assert_eq!((shown.revision, all(shown.triples), all(shown.again)), (3, vec![triple("1")], vec![triple("1")]));
    }
}
