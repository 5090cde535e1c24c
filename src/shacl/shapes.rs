//! Shapes as they are compiled: what a shapes graph says, read once.

use super::constraint::Constraint;
use super::dependency::Footprint;
use super::error::{Problem, Remark, ShapesError};
use super::nesting;
use super::path::Step;
use super::reader::Reader;
use super::report::Source;
use super::target::Target;
use super::terms::Constants;
use super::validate::Group;
use crate::vocab::{rdf, sh};
use oxrdf::{Graph, Literal, NamedNodeRef, NamedOrBlankNode, Term};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The place of a shape among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ShapeId(u32);

impl ShapeId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where SEMIC's files have the texts that belong into `sh:message`.
const SEMIC_MESSAGE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://purl.eu/ns/shacl#message");

/// A node shape or a property shape.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) term: Term,
    pub(super) path: Option<Step>,
    pub(super) targets: Vec<Target>,
    pub(super) constraints: Vec<Constraint>,
    /// For each constraint, what its results have in common.
    pub(super) sources: Vec<Arc<Source>>,
    pub(super) is_deactivated: bool,
}

/// A shapes graph that was read, and compiled for checking.
#[derive(Debug)]
pub struct Shapes {
    all: Vec<Shape>,
    pub(super) constants: Constants,
    /// Shapes with the same targets: they share the walk over their focus nodes.
    pub(super) groups: Vec<Group>,
    pub(super) footprint: Footprint,
    /// The shapes graph itself and its name, for queries that read it as `$shapesGraph`.
    pub(super) graph: Graph,
    pub(super) name: NamedOrBlankNode,
    remarks: Vec<Remark>,
}

/// The name of the shapes graph among the graphs that a query sees.
const NAME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:eusl:shapes-graph");

impl Shapes {
    /// Reads a shapes graph.
    ///
    /// # Errors
    /// The first thing in it that cannot be used, see [`ShapesError`].
    pub fn parse(graph: &Graph) -> Result<Self, ShapesError> {
        if let Some(triple) = graph.triples_for_predicate(sh::ENTAILMENT).next() {
            let regime = Problem::Entailment(Box::new(triple.object.into_owned()));
            return Err(ShapesError::new(&triple.subject.into_owned().into(), sh::ENTAILMENT, regime));
        }
        let mut reader = Reader::new(graph);
        reader.remarks = no_terms(graph);
        for term in targeted(&reader) {
            reader.shape(&term);
        }
        while let Some(id) = reader.draft.pending.pop() {
            let term = reader.draft.term(id);
            let shape = read(&mut reader, term)?;
            reader.draft.set(id, shape);
        }
        let (typed, sub_class_of) = (reader.constant(rdf::TYPE), reader.constant(crate::vocab::rdfs::SUB_CLASS_OF));
        let Reader { draft, remarks, .. } = reader;
        nesting::check(&draft)?;
        let groups = Group::of(draft.ids().zip(&draft.shapes));
        let footprint = Footprint::of(&draft, typed, sub_class_of);
        Ok(Self {
            all: draft.shapes,
            constants: draft.constants,
            groups,
            footprint,
            graph: graph.clone(),
            remarks,
            name: NAME.into_owned().into(),
        })
    }

    pub(super) fn get(&self, id: ShapeId) -> Option<&Shape> {
        self.all.get(id.index())
    }

    /// What was passed over while the shapes graph was read.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// How many shapes have targets.
    pub fn targeted(&self) -> usize {
        self.all.iter().filter(|shape| !shape.targets.is_empty()).count()
    }
}

/// Shapes while they are read; a shape that is named but not read yet is empty.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) shapes: Vec<Shape>,
    pub(super) constants: Constants,
    numbers: FxHashMap<Term, ShapeId>,
    pending: Vec<ShapeId>,
}

impl Draft {
    pub(super) fn shape(&mut self, term: &Term) -> ShapeId {
        if let Some(known) = self.numbers.get(term) {
            return *known;
        }
        let id = ShapeId(u32::try_from(self.shapes.len()).unwrap_or(u32::MAX));
        self.shapes.push(Shape {
            term: term.clone(),
            path: None,
            targets: Vec::new(),
            constraints: Vec::new(),
            sources: Vec::new(),
            is_deactivated: false,
        });
        self.numbers.insert(term.clone(), id);
        self.pending.push(id);
        id
    }

    pub(super) fn get(&self, id: ShapeId) -> Option<&Shape> {
        self.shapes.get(id.index())
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = ShapeId> {
        (0..).take(self.shapes.len()).map(ShapeId)
    }

    /// The term of a shape.
    pub(super) fn term(&self, id: ShapeId) -> Term {
        self.get(id).map_or_else(|| Literal::from("").into(), |shape| shape.term.clone())
    }

    fn set(&mut self, id: ShapeId, shape: Shape) {
        if let Some(place) = self.shapes.get_mut(id.index()) {
            *place = shape;
        }
    }
}

/// The shapes to begin with: those that have a target, or are classes as well. All others matter only where
/// one of these needs them, so what no shape uses is never read, and never refused.
fn targeted(reader: &Reader<'_>) -> Vec<Term> {
    let about_shapes = reader.graph.iter().filter(|triple| triple.predicate.as_str().starts_with(sh::NAMESPACE));
    let mut subjects: Vec<Term> = about_shapes.map(|triple| Term::from(triple.subject.into_owned())).collect();
    subjects.sort_by_cached_key(ToString::to_string);
    subjects.dedup();
    subjects.retain(|subject| Target::is_declared(reader, subject));
    subjects
}

/// Terms of SHACL that say nothing about data, and those of its Advanced Features, which are not read.
const PASSED_OVER: [&str; 18] = [
    "condition",
    "defaultValue",
    "description",
    "expression",
    "group",
    "js",
    "labelTemplate",
    "order",
    "rule",
    "shapesGraph",
    "shapesGraphWellFormed",
    "sourceConstraint",
    "suggestedShapesGraph",
    "target",
    "update",
    "construct",
    "returnType",
    "values",
];

/// Properties that stand in SHACL's namespace and are none of its terms.
fn no_terms(graph: &Graph) -> Vec<Remark> {
    let is_term = |property: NamedNodeRef<'_>, local: &str| sh::ALL.contains(&property) || PASSED_OVER.contains(&local);
    let strange = graph.iter().filter(|triple| {
        triple.predicate.as_str().strip_prefix(sh::NAMESPACE).is_some_and(|local| !is_term(triple.predicate, local))
    });
    strange
        .map(|triple| Remark::NoTerm {
            subject: triple.subject.into_owned().into(),
            property: triple.predicate.as_str().to_owned(),
        })
        .collect()
}

/// Reads everything that one shape says.
fn read(reader: &mut Reader<'_>, term: Term) -> Result<Shape, ShapesError> {
    let path = match reader.value(&term, sh::PATH)? {
        Some(path) => Some(Step::read(reader, &term, &path)?),
        None => None,
    };
    if path.is_none() {
        refuse_what_needs_a_path(reader, &term)?;
    }
    let constraints = Constraint::read_all(reader, &term)?;
    let targets = Target::read(reader, &term)?;
    let is_deactivated = reader.flag(&term, sh::DEACTIVATED)?;
    let severity = reader.iri(&term, sh::SEVERITY)?.unwrap_or_else(|| sh::VIOLATION.into_owned());
    let messages = messages(reader, &term)?;
    let names = reader.said_texts(&term, sh::NAME)?;
    let constants = &reader.draft.constants;
    let named = path.as_ref().map(|path| path.map(&|predicate| constants.iri(*predicate)));
    let length = named.as_ref().map_or(0, |path| path.to_string().len());
    let source = |constraint: &Constraint| {
        let told = constraint.messages();
        let messages = if told.is_empty() { &messages } else { told };
        Arc::new(Source {
            shape: term.clone(),
            length: length + term.to_string().len(),
            path: named.clone(),
            component: constraint.component().into_owned(),
            constraint: constraint.term().cloned(),
            severity: severity.clone(),
            names: names.clone(),
            messages: if messages.is_empty() { vec![constraint.describe(constants)] } else { messages.to_vec() },
        })
    };
    let sources = constraints.iter().map(source).collect();
    let path = path.map(|path| path.straight());
    Ok(Shape { term, path, targets, constraints, sources, is_deactivated })
}

/// Parameters that only property shapes have. Those of qualified counts mean nothing elsewhere, but the W3C suite
/// lets them stand (`qualified-001`).
const NEED_A_PATH: [NamedNodeRef<'static>; 5] =
    [sh::MIN_COUNT, sh::MAX_COUNT, sh::UNIQUE_LANG, sh::LESS_THAN, sh::LESS_THAN_OR_EQUALS];

fn refuse_what_needs_a_path(reader: &Reader<'_>, shape: &Term) -> Result<(), ShapesError> {
    match NEED_A_PATH.into_iter().find(|parameter| !reader.values(shape, *parameter).is_empty()) {
        Some(parameter) => Err(ShapesError::new(shape, parameter, Problem::NeedsPath)),
        None => Ok(()),
    }
}

/// What a shape says of its results, in SHACL's property or else in SEMIC's.
fn messages(reader: &Reader<'_>, shape: &Term) -> Result<Vec<Literal>, ShapesError> {
    let messages = reader.said_texts(shape, sh::MESSAGE)?;
    if messages.is_empty() { reader.said_texts(shape, SEMIC_MESSAGE) } else { Ok(messages) }
}
