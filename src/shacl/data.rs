//! The data that are validated, behind the smallest interface that serves.

use crate::snapshot::{Snapshot, TermId};
use oxrdf::TermRef;

/// A term of the data, as a number that stands for it as long as the data are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(pub u32);

impl Node {
    /// Numbers from here on are the engine's own: they stand for terms that the data do not know,
    /// such as a target node that has no triples.
    pub const FIRST_FOREIGN: u32 = 1 << 31;

    pub(super) fn is_foreign(self) -> bool {
        self.0 >= Self::FIRST_FOREIGN
    }
}

/// A data graph: its terms as nodes, and its triples, each given once.
///
/// Two kinds stand behind it: a [`Snapshot`] of whole data, and what the published graph will say
/// once a change is made.
pub trait Data {
    /// The node of a term, below [`Node::FIRST_FOREIGN`]; nothing if no triple has it.
    fn node(&self, term: TermRef<'_>) -> Option<Node>;

    /// Lets `read` look at the term of a node. A node that is none of these data is an empty literal.
    fn read<T>(&self, node: Node, read: impl FnOnce(TermRef<'_>) -> T) -> T;

    /// The triples of a pattern, in any order.
    fn triples(
        &self,
        subject: Option<Node>,
        predicate: Option<Node>,
        object: Option<Node>,
    ) -> impl Iterator<Item = [Node; 3]>;
}

impl Data for Snapshot {
    fn node(&self, term: TermRef<'_>) -> Option<Node> {
        self.id(term).map(|id| Node(id.number()))
    }

    fn read<T>(&self, node: Node, read: impl FnOnce(TermRef<'_>) -> T) -> T {
        let nothing = TermRef::Literal(oxrdf::LiteralRef::new_simple_literal(""));
        read(self.term(TermId::of(node.0)).unwrap_or(nothing))
    }

    fn triples(
        &self,
        subject: Option<Node>,
        predicate: Option<Node>,
        object: Option<Node>,
    ) -> impl Iterator<Item = [Node; 3]> {
        let id = |node: Node| TermId::of(node.0);
        self.matching(subject.map(id), predicate.map(id), object.map(id))
            .map(|triple| triple.map(|id| Node(id.number())))
    }
}
