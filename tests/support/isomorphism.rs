//! Whether two graphs say the same, whatever their blank nodes are called.

use oxrdf::Graph;
use oxrdf::graph::CanonicalizationAlgorithm;

/// Whether a renaming of blank nodes makes one graph the other
/// (<https://www.w3.org/TR/rdf11-concepts/#graph-isomorphism>).
///
/// The work grows with the factorial of the number of blank nodes that nothing tells apart.
pub(crate) fn isomorphic(one: &Graph, other: &Graph) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let [one, other] = [one, other].map(|graph| {
        let mut graph = graph.clone();
        graph.canonicalize(CanonicalizationAlgorithm::Unstable);
        graph
    });
    one == other
}
