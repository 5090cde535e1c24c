//! The data, the shapes graph and a table of given values, as the dataset of a query.

use super::limits::{Clock, Interrupted};
use super::prebind::{COLUMN, ITSELF, ROW, TABLE};
use crate::shacl::data::{Data, Node};
use oxrdf::{Graph, Literal, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef, TripleRef};
use spareval::{InternalQuad, QueryableDataset};
use std::iter::{empty, once};
use std::rc::Rc;

/// A value that a query is given: a node of the data, or a term that they may not have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A node of the data.
    Node(Node),
    /// Any term; if the data know it, it means their node.
    Term(Term),
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        Self::Node(node)
    }
}

impl From<Term> for Value {
    fn from(term: Term) -> Self {
        Self::Term(term)
    }
}

/// The shapes graph, for queries that read it as the named graph `$shapesGraph`.
///
/// A blank node of the shapes graph is the node of the data that has the same label: label them
/// apart if they are not the same.
#[derive(Clone, Copy, Debug)]
pub struct ShapesGraph<'a> {
    /// Its triples.
    pub graph: &'a Graph,
    /// Its name, the value of `$shapesGraph`.
    pub name: &'a NamedOrBlankNode,
}

/// A term during the evaluation. Two are equal exactly if the terms are: a term that the data know
/// is always a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum InternalTerm {
    Node(Node),
    Term(Rc<Term>),
    /// A row of the table.
    Row(usize),
    /// The table, as the subject of its rows and of its shared values.
    Table,
    /// The predicate from the table to its rows.
    ToRow,
    /// The predicate from a row to its value in a column.
    ToColumn(usize),
    /// The predicate from the table to a value that all rows share.
    ToShared(usize),
    /// The predicate from the table to itself: its one triple is read to be counted.
    ToItself,
}

/// The values that a query is given.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// How many rows there are; each column has as many values.
    pub rows: usize,
    /// The columns with their names.
    pub columns: Vec<(String, Vec<InternalTerm>)>,
    /// Values that all rows share, with their names.
    pub shared: Vec<(String, InternalTerm)>,
}

/// The dataset of a query: the data as its default graph, the shapes graph as its one named graph,
/// and the table in both.
pub(super) struct Dataset<'a, D> {
    pub data: &'a D,
    pub shapes: Option<ShapesGraph<'a>>,
    pub table: Rc<Table>,
    pub clock: Rc<Clock>,
}

type Quads<'a> = Box<dyn Iterator<Item = Result<InternalQuad<InternalTerm>, Interrupted>> + 'a>;

/// The internal form of a value.
pub(super) fn internal_value(data: &impl Data, value: &Value) -> InternalTerm {
    match value {
        Value::Node(node) => InternalTerm::Node(*node),
        Value::Term(term) => internal_term(data, term.as_ref()),
    }
}

fn internal_term(data: &impl Data, term: TermRef<'_>) -> InternalTerm {
    data.node(term).map_or_else(|| InternalTerm::Term(Rc::new(term.into_owned())), InternalTerm::Node)
}

impl<'a, D: Data> Dataset<'a, D> {
    /// The triples of the data, each counted.
    fn data_triples(&self, pattern: [Option<&InternalTerm>; 3]) -> Quads<'a> {
        let [Ok(subject), Ok(predicate), Ok(object)] = pattern.map(node) else { return Box::new(empty()) };
        let quads = self.data.triples(subject, predicate, object).map(|[subject, predicate, object]| InternalQuad {
            subject: InternalTerm::Node(subject),
            predicate: InternalTerm::Node(predicate),
            object: InternalTerm::Node(object),
            graph_name: None,
        });
        counted(quads, Rc::clone(&self.clock))
    }

    /// The triples of the shapes graph, each counted.
    fn shapes_triples(&self, pattern: [Option<&InternalTerm>; 3]) -> Quads<'a> {
        let Some(shapes) = self.shapes else { return Box::new(empty()) };
        let data = self.data;
        let name = internal_term(data, name_of(shapes));
        let [subject, predicate, object] = pattern.map(|term| term.map(|term| self.external(term)));
        let subject = match subject {
            Some(Some(Term::NamedNode(subject))) => Some(NamedOrBlankNode::from(subject)),
            Some(Some(Term::BlankNode(subject))) => Some(subject.into()),
            Some(_) => return Box::new(empty()),
            None => None,
        };
        let triples: Box<dyn Iterator<Item = TripleRef<'a>>> = match &subject {
            Some(subject) => Box::new(triples_of(shapes.graph, subject.as_ref())),
            None => Box::new(shapes.graph.iter()),
        };
        let fits = move |term: TermRef<'_>, asked: &Option<Option<Term>>| {
            asked.as_ref().is_none_or(|asked| asked.as_ref().is_some_and(|asked| asked.as_ref() == term))
        };
        let quads = triples
            .filter(move |triple| fits(triple.predicate.into(), &predicate) && fits(triple.object, &object))
            .map(move |triple| InternalQuad {
                subject: internal_term(data, triple.subject.into()),
                predicate: internal_term(data, triple.predicate.into()),
                object: internal_term(data, triple.object),
                graph_name: Some(name.clone()),
            });
        counted(quads, Rc::clone(&self.clock))
    }

    /// The quads that give the table's values. The subject is always bound, by the pattern itself
    /// or by the step before.
    fn table_quads(
        &self,
        subject: Option<&InternalTerm>,
        predicate: &InternalTerm,
        object: Option<&InternalTerm>,
    ) -> Quads<'a> {
        let quad = |object: InternalTerm| InternalQuad {
            subject: subject.cloned().unwrap_or(InternalTerm::Table),
            predicate: predicate.clone(),
            object,
            graph_name: None,
        };
        let itself = InternalTerm::Table;
        let value = match (subject, predicate) {
            (Some(InternalTerm::Table), InternalTerm::ToItself) => Some(&itself),
            (Some(InternalTerm::Table), InternalTerm::ToRow) => return self.rows(),
            (Some(InternalTerm::Table), InternalTerm::ToShared(at)) => {
                self.table.shared.get(*at).map(|(_, value)| value)
            }
            (Some(InternalTerm::Row(row)), InternalTerm::ToColumn(at)) => {
                self.table.columns.get(*at).and_then(|(_, values)| values.get(*row))
            }
            _ => None,
        };
        match value {
            Some(value) if object.is_none_or(|object| object == value) => Box::new(once(Ok(quad(value.clone())))),
            _ => Box::new(empty()),
        }
    }

    fn rows(&self) -> Quads<'a> {
        let clock = Rc::clone(&self.clock);
        let started = (0..self.table.rows).take_while(move |row| clock.start_row(*row).is_ok());
        Box::new(started.map(|row| {
            Ok(InternalQuad {
                subject: InternalTerm::Table,
                predicate: InternalTerm::ToRow,
                object: InternalTerm::Row(row),
                graph_name: None,
            })
        }))
    }

    /// The term, unless it is a part of the table.
    fn external(&self, term: &InternalTerm) -> Option<Term> {
        match term {
            InternalTerm::Node(node) => Some(self.data.read(*node, |term| Term::from(term))),
            InternalTerm::Term(term) => Some(Term::clone(term)),
            InternalTerm::Row(_)
            | InternalTerm::Table
            | InternalTerm::ToRow
            | InternalTerm::ToColumn(_)
            | InternalTerm::ToShared(_)
            | InternalTerm::ToItself => None,
        }
    }

    /// Counts the text of a term.
    fn weigh(&self, term: &InternalTerm) -> Result<(), Interrupted> {
        let weigh = |term: TermRef<'_>| match term {
            TermRef::Literal(literal) => self.clock.weigh(literal.value()),
            _ => self.clock.weigh(""),
        };
        match term {
            InternalTerm::Node(node) => self.data.read(*node, weigh),
            InternalTerm::Term(term) => weigh(Term::as_ref(term)),
            _ => Ok(()),
        }
    }

    /// A part of the table that is written as an IRI in the query.
    fn table_term(&self, iri: &str) -> Option<InternalTerm> {
        if iri == TABLE {
            return Some(InternalTerm::Table);
        }
        if iri == ROW {
            return Some(InternalTerm::ToRow);
        }
        if iri == ITSELF {
            return Some(InternalTerm::ToItself);
        }
        let name = iri.strip_prefix(COLUMN)?;
        let column = self.table.columns.iter().position(|(column, _)| column == name).map(InternalTerm::ToColumn);
        column.or_else(|| self.table.shared.iter().position(|(shared, _)| shared == name).map(InternalTerm::ToShared))
    }
}

impl<'a, D: Data> QueryableDataset<'a> for Dataset<'a, D> {
    type InternalTerm = InternalTerm;
    type Error = Interrupted;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&InternalTerm>,
        predicate: Option<&InternalTerm>,
        object: Option<&InternalTerm>,
        graph_name: Option<Option<&InternalTerm>>,
    ) -> impl Iterator<Item = Result<InternalQuad<InternalTerm>, Interrupted>> + use<'a, D> {
        // The engine gathers errors and goes on, but where there is nothing more to read it ends.
        if self.clock.count().is_err() {
            return Box::new(empty()) as Quads<'a>;
        }
        if let Some(
            predicate @ (InternalTerm::ToRow
            | InternalTerm::ToColumn(_)
            | InternalTerm::ToShared(_)
            | InternalTerm::ToItself),
        ) = predicate
        {
            return self.table_quads(subject, predicate, object);
        }
        let pattern = [subject, predicate, object];
        match graph_name {
            Some(None) => self.data_triples(pattern),
            Some(Some(name)) if self.contains_internal_graph_name(name) != Ok(true) => Box::new(empty()),
            Some(Some(_)) | None => self.shapes_triples(pattern),
        }
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<InternalTerm, Interrupted>> + use<'a, D> {
        let data = self.data;
        self.shapes.map(|shapes| Ok(internal_term(data, name_of(shapes)))).into_iter()
    }

    fn contains_internal_graph_name(&self, graph_name: &InternalTerm) -> Result<bool, Interrupted> {
        Ok(self.shapes.is_some_and(|shapes| internal_term(self.data, name_of(shapes)) == *graph_name))
    }

    fn internalize_term(&self, term: Term) -> Result<InternalTerm, Interrupted> {
        if let Term::NamedNode(iri) = &term
            && let Some(part) = self.table_term(iri.as_str())
        {
            return Ok(part);
        }
        if let Term::Literal(literal) = &term {
            self.clock.weigh(literal.value())?;
        }
        Ok(match self.data.node(term.as_ref()) {
            Some(node) => InternalTerm::Node(node),
            None => InternalTerm::Term(Rc::new(term)),
        })
    }

    fn externalize_term(&self, term: InternalTerm) -> Result<Term, Interrupted> {
        Ok(match term {
            // The row is the one part of the table that reaches the solutions.
            InternalTerm::Row(row) => Literal::new_simple_literal(row.to_string()).into(),
            term => {
                self.weigh(&term)?;
                self.external(&term).unwrap_or_else(|| Literal::new_simple_literal("").into())
            }
        })
    }
}

/// The node of a term of a pattern; an error if the data cannot have it.
fn node(term: Option<&InternalTerm>) -> Result<Option<Node>, ()> {
    match term {
        None => Ok(None),
        Some(InternalTerm::Node(node)) => Ok(Some(*node)),
        Some(_) => Err(()),
    }
}

/// Counts what is read, and ends when the clock says so.
fn counted<'a>(quads: impl Iterator<Item = InternalQuad<InternalTerm>> + 'a, clock: Rc<Clock>) -> Quads<'a> {
    Box::new(quads.take_while(move |_| clock.count().is_ok()).map(Ok))
}

fn name_of(shapes: ShapesGraph<'_>) -> TermRef<'_> {
    match shapes.name {
        NamedOrBlankNode::NamedNode(name) => name.as_ref().into(),
        NamedOrBlankNode::BlankNode(name) => name.as_ref().into(),
    }
}

/// The triples of a subject. The graph's iterator would hold the subject as long as itself, so the
/// subject is looked up in the graph.
fn triples_of<'a>(graph: &'a Graph, subject: NamedOrBlankNodeRef<'_>) -> impl Iterator<Item = TripleRef<'a>> + use<'a> {
    graph.triples_for_subject(subject).collect::<Vec<_>>().into_iter()
}
