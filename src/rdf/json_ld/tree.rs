//! Where each node of a graph is described: the graph as a tree, or several.
//!
//! Breadth first, so that a node stands as near to the record as it can, cycles end in
//! references and no chain becomes deep.

use super::context::JsonLdContext;
use super::graph::{Graph, Marks, Name, NodeId, Object, Statement, StatementId};
use crate::rdf::order::is_part;
use oxrdf::vocab::rdf;
use std::collections::VecDeque;

/// How many nodes may stand in each other. What lies deeper becomes a tree of its own, so that
/// neither this writer nor a reader's parser runs out of stack.
const DEEPEST: usize = 12;

/// Where each node of a graph is described.
pub(super) struct Tree {
    /// The nodes described at the top, the record first if there is anything to say of it.
    pub(super) roots: Vec<NodeId>,
    /// The record.
    pub(super) about: NodeId,
    /// The statement whose value, or whose subject if it is read backwards, holds the description.
    home: Marks<Option<StatementId>>,
    /// Nodes that are described somewhere, and the cells of lists.
    placed: Marks<bool>,
    /// The first cells of lists that are written as lists.
    lists: Marks<bool>,
    /// Statements that stand at the record, read backwards.
    backwards: Marks<bool>,
}

impl Tree {
    /// Finds the place of each node of the document about `about`.
    pub(super) fn of(graph: &Graph<'_>, about: NodeId, context: &JsonLdContext) -> Self {
        let tree = Self {
            roots: Vec::new(),
            about,
            home: Marks::of_nodes(graph),
            placed: Marks::of_nodes(graph),
            lists: Marks::of_nodes(graph),
            backwards: Marks::of_statements(graph),
        };
        let mut growth = Growth { graph, context, tree, open: VecDeque::new(), deep: VecDeque::new() };
        growth.grow_record();
        growth.grow_the_rest();
        growth.tree
    }

    /// Whether the value of a statement is described there.
    pub(super) fn is_home(&self, node: NodeId, statement: StatementId) -> bool {
        self.home.get(node) == Some(statement)
    }

    /// Whether a node is the first cell of a list that is written as one.
    pub(super) fn is_list(&self, node: NodeId) -> bool {
        self.lists.get(node)
    }

    /// Whether a statement stands at the record, read backwards.
    pub(super) fn is_backwards(&self, statement: StatementId) -> bool {
        self.backwards.get(statement)
    }

    /// Whether the mentions of a node are no more than the one that describes it.
    pub(super) fn is_only_mentioned_at_home(&self, graph: &Graph<'_>, node: NodeId) -> bool {
        let home_is_mention = self.home.get(node).is_some_and(|home| !self.is_backwards(home));
        graph.mentions(node) == usize::from(home_is_mention)
    }
}

/// A tree while it grows.
struct Growth<'g, 'a> {
    graph: &'g Graph<'a>,
    context: &'g JsonLdContext,
    tree: Tree,
    /// Nodes that have a home and whose values have none yet, with the number of nodes around them.
    open: VecDeque<(NodeId, usize)>,
    /// Nodes that were too deep where they were met.
    deep: VecDeque<NodeId>,
}

impl<'a> Growth<'_, 'a> {
    /// The record with what can be reached from it, and what points at it.
    fn grow_record(&mut self) {
        let (graph, about) = (self.graph, self.tree.about);
        let Name::Iri(record) = graph.name(about) else { return };
        let incoming = graph.all().iter().filter(|statement| {
            statement.subject != about && matches!(statement.object, Object::Node(node) if node == about)
        });
        let (others, own): (Vec<&Statement<'a>>, Vec<_>) = incoming
            .partition(|statement| matches!(graph.name(statement.subject), Name::Iri(iri) if !is_part(record, iri)));
        self.tree.placed.set(about, true);
        if !graph.statements(about).is_empty() || !others.is_empty() || !own.is_empty() || graph.all().is_empty() {
            self.tree.roots.push(about);
        }
        self.expand(about, 0);
        for statement in others {
            self.read_backwards(statement);
        }
        self.grow();
        self.grow_own(own);
    }

    /// Parts of the record and blank nodes that point at it. They say so themselves where they
    /// stand; those that have no place yet are found under the term that reads the link backwards,
    /// and without such a term only if nothing else leads to them.
    fn grow_own(&mut self, links: Vec<&Statement<'a>>) {
        let (termed, others): (Vec<&Statement<'a>>, Vec<_>) =
            links.into_iter().partition(|statement| self.context.reverse.contains_key(statement.property));
        for statement in termed {
            if !self.tree.placed.get(statement.subject) {
                self.read_backwards(statement);
            }
        }
        self.grow();
        for statement in others {
            if !self.tree.placed.get(statement.subject) && self.graph.mentions(statement.subject) == 0 {
                self.read_backwards(statement);
                self.grow();
            }
        }
    }

    /// Lets a statement about the record stand at the record.
    fn read_backwards(&mut self, statement: &Statement<'a>) {
        self.tree.backwards.set(statement.id, true);
        self.attach(statement.subject, statement.id, 0);
    }

    /// Trees for everything else: those that nothing mentions first, since they hold others.
    fn grow_the_rest(&mut self) {
        self.grow_deep();
        let graph = self.graph;
        let is_iri = |node: NodeId| matches!(graph.name(node), Name::Iri(_));
        let mut left: Vec<NodeId> =
            graph.nodes().filter(|node| !self.tree.placed.get(*node) && !graph.statements(*node).is_empty()).collect();
        left.sort_by_key(|node| (graph.mentions(*node) > 0, !is_iri(*node)));
        for node in left {
            self.grow_root(node);
            self.grow_deep();
        }
    }

    fn grow_deep(&mut self) {
        while let Some(node) = self.deep.pop_front() {
            self.grow_root(node);
        }
    }

    fn grow_root(&mut self, node: NodeId) {
        if !self.tree.placed.get(node) {
            self.tree.placed.set(node, true);
            self.tree.roots.push(node);
            self.expand(node, 0);
            self.grow();
        }
    }

    fn grow(&mut self) {
        while let Some((node, depth)) = self.open.pop_front() {
            self.expand(node, depth);
        }
    }

    /// Gives a home to what a node mentions; `depth` is the number of nodes around it.
    fn expand(&mut self, node: NodeId, depth: usize) {
        for statement in self.graph.statements(node) {
            if !self.tree.is_backwards(statement.id)
                && !is_type(self.graph, statement)
                && let Object::Node(object) = statement.object
            {
                self.expand_value(object, statement.id, depth);
            }
        }
    }

    fn expand_value(&mut self, value: NodeId, statement: StatementId, depth: usize) {
        let Some(items) = (depth < DEEPEST).then(|| self.list_items(value)).flatten() else {
            self.attach(value, statement, depth);
            return;
        };
        self.tree.lists.set(value, true);
        for (cell, _) in &items {
            self.tree.placed.set(*cell, true);
        }
        for (_, item) in items {
            if let Object::Node(node) = item.object {
                self.expand_value(node, item.id, depth + 1);
            }
        }
    }

    fn attach(&mut self, node: NodeId, statement: StatementId, depth: usize) {
        if self.tree.placed.get(node) || self.graph.statements(node).is_empty() {
            return;
        }
        if depth >= DEEPEST {
            self.deep.push_back(node);
            return;
        }
        self.tree.placed.set(node, true);
        self.tree.home.set(node, Some(statement));
        self.open.push_back((node, depth + 1));
    }

    /// The cells and items of a well-formed list whose cells nothing else mentions, or nothing.
    fn list_items(&self, head: NodeId) -> Option<Vec<(NodeId, Statement<'a>)>> {
        let mut items = Vec::new();
        let mut cell = head;
        while let Name::Blank(_) = self.graph.name(cell) {
            if self.tree.placed.get(cell) || self.graph.mentions(cell) != 1 {
                return None;
            }
            let (item, next) = cell_parts(self.graph, cell)?;
            items.push((cell, item));
            cell = next;
        }
        (self.graph.name(cell) == Name::Iri(rdf::NIL.as_str()) && !items.is_empty()).then_some(items)
    }
}

/// The one item of a list's cell, and the next cell. `rdf:nil` is none, whatever is said of it.
pub(super) fn cell_parts<'a>(graph: &Graph<'a>, cell: NodeId) -> Option<(Statement<'a>, NodeId)> {
    match graph.statements(cell) {
        _ if matches!(graph.name(cell), Name::Iri(_)) => None,
        [first, rest] if first.property == rdf::FIRST.as_str() && rest.property == rdf::REST.as_str() => {
            match rest.object {
                Object::Node(next) => Some((*first, next)),
                Object::Literal(_) => None,
            }
        }
        _ => None,
    }
}

/// Whether a statement puts its subject into a class that has an IRI.
pub(super) fn is_type(graph: &Graph<'_>, statement: &Statement<'_>) -> bool {
    statement.property == rdf::TYPE.as_str()
        && matches!(statement.object, Object::Node(class) if matches!(graph.name(class), Name::Iri(_)))
}
