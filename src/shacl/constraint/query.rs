//! What SPARQL constraints and validators have in common: prefixes, reading, running, results.
//! [5.2 and 5.3](https://www.w3.org/TR/shacl/#sparql-constraints)

use super::super::checker::{At, Checker};
use super::super::data::{Data, Node};
use super::super::dependency::{End, Reach};
use super::super::error::{Problem, ShapesError};
use super::super::limits::Failure;
use super::super::path::{Path, Step};
use super::super::reader::{Reader, boolean};
use super::super::report::ResultPath;
use super::super::shapes::Shapes;
use super::super::sparql::dependency::{self, Dependency, Direction};
use super::super::sparql::evaluate::{EvaluationError, Scope, Solution};
use super::super::sparql::message::{fill, readable};
use super::super::sparql::query::{Form, Query};
use super::super::sparql::{self, ShapesGraph, Value};
use super::super::terms::Constant;
use crate::sparql::Bounds;
use crate::vocab::{owl, sh};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term};
use std::collections::BTreeSet;

/// Variables that a query is given beside `$this`, and beside the parameters of its component.
pub(super) const GIVEN: [&str; 3] = ["this", "shapesGraph", "currentShape"];

/// How many prefixes a query may have. They are read again for each query.
const MOST_PREFIXES: usize = 1000;

/// Triples that an answer depends on: their predicate, if it matters, and the way from the focus node to an end.
type Depends = (Option<Constant>, Vec<Step>, End);

/// A query of a shape, ready to run.
#[derive(Debug)]
pub(super) struct ShapeQuery {
    /// The constraint, or the validator, that has it.
    term: Term,
    query: Query,
    /// The values of parameters, and `$currentShape`.
    given: Vec<(String, Term)>,
    /// `sh:message` of the constraint or validator.
    pub(super) messages: Vec<Literal>,
    /// Which triples its answer depends on; nothing if on any.
    depends: Option<Vec<Depends>>,
}

/// A text of a query and where it stands.
pub(super) struct QueryText<'t> {
    pub(super) shape: &'t Term,
    /// The constraint or validator.
    pub(super) term: &'t Term,
    pub(super) form: Form,
    /// Names of the parameters that may be given, those that are not given too.
    pub(super) parameters: &'t [String],
    /// Values of those that are.
    pub(super) given: Vec<(String, Term)>,
}

impl ShapeQuery {
    /// Reads a query; `$PATH` in it stands for the path of the shape.
    pub(super) fn read(reader: &mut Reader<'_>, asked: QueryText<'_>) -> Result<Self, ShapesError> {
        let property = match asked.form {
            Form::Select => sh::SELECT,
            Form::Ask => sh::ASK,
        };
        let wrong = |problem: String| ShapesError::new(asked.term, property, Problem::Query(problem));
        let text = reader.text(asked.term, property)?;
        let text = text.ok_or_else(|| ShapesError::new(asked.term, property, Problem::Missing("write the query")))?;
        let prefixes = prefixes(reader, asked.term)?;
        let value = matches!(asked.form, Form::Ask).then_some("value");
        let prebound: Vec<&str> =
            GIVEN.into_iter().chain(value).chain(asked.parameters.iter().map(String::as_str)).collect();
        let bounds = bounds();
        bounds.check_text(&text).map_err(|error| wrong(error.to_string()))?;
        let path = path(reader, asked.shape)?.map(|path| path.to_string());
        let query = match path {
            Some(path) => Query::parse_along(&text, &path, &prefixes, &prebound, asked.form),
            None => Query::parse(&text, &prefixes, &prebound, asked.form),
        };
        let query = query.map_err(|refusal| wrong(refusal.to_string()))?;
        bounds.check_algebra(query.algebra()).map_err(|error| wrong(error.to_string()))?;
        let depends = dependencies(reader, &asked, &query)?;
        let mut given = asked.given;
        given.push(("currentShape".to_owned(), asked.shape.clone()));
        let messages = reader.said_texts(asked.term, sh::MESSAGE)?;
        Ok(Self { term: asked.term.clone(), query, given, messages, depends })
    }

    /// Says which triples the answer depends on.
    pub(super) fn depends(&self, reach: &mut Reach<'_>) {
        let Some(depends) = &self.depends else { return reach.on_anything() };
        for (predicate, way, end) in depends {
            match predicate {
                Some(predicate) => reach.on_triple_of_focus(way, *predicate, *end),
                None => reach.on_any(way, *end),
            }
        }
    }

    /// Reports every solution that a SELECT has for focus nodes.
    pub(super) fn select<D: Data>(
        &self,
        checker: &mut Checker<'_, D>,
        at: &At<'_>,
        focus_nodes: &[Node],
    ) -> Result<(), Failure> {
        if checker.clock.look() {
            return Ok(());
        }
        let focus: Vec<Value> = focus_nodes.iter().map(|node| checker.value_of(*node)).collect();
        let failed = |checker: &Checker<'_, D>, error| self.failure(checker, focus_nodes, &error);
        let solutions = self.scope(checker).select(&self.query, &self.shared(checker.shapes), &focus);
        for solution in solutions.map_err(|error| failed(checker, error))? {
            let solution = solution.map_err(|error| failed(checker, error))?;
            let Some(focus) = focus_nodes.get(solution.row) else { continue };
            self.report(checker, &At { focus: *focus, ..*at }, &solution);
        }
        Ok(())
    }

    /// Whether an ASK holds for pairs of focus and value nodes.
    pub(super) fn ask<D: Data>(
        &self,
        checker: &mut Checker<'_, D>,
        focus_nodes: &[Node],
        values: &[Node],
    ) -> Result<Vec<bool>, Failure> {
        let given = |nodes: &[Node]| nodes.iter().map(|node| checker.value_of(*node)).collect::<Vec<Value>>();
        let answers =
            self.scope(checker).ask(&self.query, &self.shared(checker.shapes), &given(focus_nodes), &given(values));
        answers.map_err(|error| self.failure(checker, focus_nodes, &error))
    }

    /// Adds what a solution says to a result. <https://www.w3.org/TR/shacl/#sparql-constraints-validation>
    fn report<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>, solution: &Solution) {
        if !checker.has_room() {
            return checker.found(at, None);
        }
        let is_node_shape = at.shape.path.is_none();
        let value = match solution.get("value") {
            Some(value) => Some(checker.nodes.of_term(value.as_ref())),
            None => is_node_shape.then_some(at.focus),
        };
        let path = match solution.get("path") {
            Some(Term::NamedNode(path)) => Some(ResultPath::Predicate(path.clone())),
            _ => None,
        };
        let focus = checker.nodes.term(at.focus);
        let value_of = |name: &str| match name {
            "this" => Some(readable(focus.as_ref())),
            name => solution.get(name).map(|term| readable(term.as_ref())).or_else(|| self.given_text(name)),
        };
        let messages = filled(at, solution.get("message"), value_of);
        checker.report(at, value, |result| {
            result.own_path = path;
            result.own_messages = messages;
        });
    }

    /// The value of a parameter, as a message has it.
    pub(super) fn given_text(&self, name: &str) -> Option<String> {
        let (_, value) = self.given.iter().find(|(given, _)| given == name)?;
        Some(readable(value.as_ref()))
    }

    fn shared(&self, shapes: &Shapes) -> Vec<(&str, Value)> {
        let given = self.given.iter().map(|(name, term)| (name.as_str(), Value::from(term.clone())));
        let graph = ("shapesGraph", Value::from(Term::from(shapes.name.clone())));
        given.chain([graph]).collect()
    }

    fn scope<'a, D: Data>(&self, checker: &Checker<'a, D>) -> Scope<'a, D> {
        let is_read = self.query.mentions("shapesGraph");
        let shapes = ShapesGraph { graph: &checker.shapes.graph, name: &checker.shapes.name };
        let limits = sparql::Limits { deadline: checker.limits.deadline, ..sparql::Limits::default() };
        Scope { data: checker.data, shapes: is_read.then_some(shapes), limits }
    }

    fn failure<D: Data>(&self, checker: &Checker<'_, D>, focus_nodes: &[Node], error: &EvaluationError) -> Failure {
        if let EvaluationError::Interrupted(sparql::Interrupted::Deadline) = error {
            return Failure::TooLong { place: self.term.to_string() };
        }
        let row = match error {
            EvaluationError::Failure { row } => Some(*row),
            EvaluationError::Interrupted(interrupted) => interrupted.row(),
            EvaluationError::Engine(_) => None,
        };
        let focus = row.and_then(|row| focus_nodes.get(row)).map(|node| checker.nodes.term(*node).to_string());
        Failure::Query { place: self.term.to_string(), focus, reason: error.to_string() }
    }
}

/// The messages of a result: what the query says, or else the constraint's with its placeholders filled.
pub(super) fn filled(at: &At<'_>, own: Option<&Term>, value_of: impl Fn(&str) -> Option<String>) -> Vec<Literal> {
    if let Some(Term::Literal(own)) = own {
        return vec![own.clone()];
    }
    let fill = |message: &Literal| {
        let text = fill(message.value(), &value_of);
        match message.language() {
            Some(language) => Literal::new_language_tagged_literal_unchecked(text, language),
            None => Literal::new_simple_literal(text),
        }
    };
    at.source.messages.iter().map(fill).collect()
}

/// Which triples the answer of a query depends on; nothing if on any.
fn dependencies(
    reader: &mut Reader<'_>,
    asked: &QueryText<'_>,
    query: &Query,
) -> Result<Option<Vec<Depends>>, ShapesError> {
    let mut roots = vec![("this", vec![Vec::new()])];
    if asked.form == Form::Ask
        && let Some(way) = way_to_values(reader, asked.shape)?
    {
        roots.push(("value", vec![way]));
    }
    let found = dependency::dependencies(query, &roots);
    Ok(found.map(|all| all.iter().map(|dependency| interned(reader, dependency)).collect()))
}

/// The way from focus nodes to value nodes, if it is one of single steps.
fn way_to_values(reader: &mut Reader<'_>, shape: &Term) -> Result<Option<Vec<dependency::Step>>, ShapesError> {
    let Some(path) = path(reader, shape)? else { return Ok(Some(Vec::new())) };
    let step = |step: &Path<NamedNode>| {
        let (predicate, direction) = match step {
            Path::Predicate(predicate) => (predicate, Direction::Forward),
            Path::Inverse(inner) => match &**inner {
                Path::Predicate(predicate) => (predicate, Direction::Backward),
                _ => return None,
            },
            _ => return None,
        };
        Some(dependency::Step { predicate: predicate.clone(), direction, repeated: false })
    };
    Ok(match &path {
        Path::Sequence(steps) => steps.iter().map(step).collect(),
        single => step(single).map(|step| vec![step]),
    })
}

/// What a query of a shape may be. It is planned and evaluated on the threads that validate, not on one with a stack
/// of its own, and planned again and again where its shape stands within others.
fn bounds() -> Bounds {
    Bounds {
        length: 2 << 20,
        depth: 40,
        reparsing: 100_000,
        operators: 100,
        terms: 100_000,
        variables: 1_000,
        patterns: 50,
        planning: 100_000,
        growth: 200,
    }
}

/// A dependency over the constants of the shapes.
fn interned(reader: &mut Reader<'_>, dependency: &Dependency) -> Depends {
    let predicate = dependency.predicate.as_ref().map(|predicate| reader.constant(predicate.as_ref()));
    let way = dependency.way.iter().map(|step| {
        let predicate = Step::Predicate(reader.constant(step.predicate.as_ref()));
        let step_once = match step.direction {
            Direction::Forward => predicate,
            Direction::Backward => Step::Inverse(Box::new(predicate)),
        };
        if step.repeated { Step::ZeroOrMore(Box::new(step_once)) } else { step_once }
    });
    let end = match dependency.end {
        dependency::End::Subject => End::Subject,
        dependency::End::Object => End::Object,
    };
    (predicate, way.collect(), end)
}

/// The path of a property shape, as `$PATH` stands for it.
fn path(reader: &mut Reader<'_>, shape: &Term) -> Result<Option<Path<NamedNode>>, ShapesError> {
    let Some(path) = reader.value(shape, sh::PATH)? else { return Ok(None) };
    let path = Step::read(reader, shape, &path)?;
    Ok(Some(path.map(&|predicate| reader.draft.constants.iri(*predicate))))
}

/// The prefixes of a query, those of imported declarations too.
/// <https://www.w3.org/TR/shacl/#sparql-prefixes>
fn prefixes(reader: &Reader<'_>, term: &Term) -> Result<Vec<(String, String)>, ShapesError> {
    let mut owners = reader.values(term, sh::PREFIXES);
    let mut seen: BTreeSet<String> = owners.iter().map(ToString::to_string).collect();
    let mut prefixes = Vec::new();
    while let Some(owner) = owners.pop() {
        for declaration in reader.values(&owner, sh::DECLARE) {
            let part = |property: NamedNodeRef<'_>, remedy| {
                let text = reader.text(&declaration, property)?;
                text.ok_or_else(|| ShapesError::new(&declaration, property, Problem::Missing(remedy)))
            };
            if prefixes.len() >= MOST_PREFIXES {
                let problem = Problem::TooMany { what: "prefixes", most: MOST_PREFIXES };
                return Err(ShapesError::new(term, sh::PREFIXES, problem));
            }
            prefixes.push((part(sh::PREFIX, "name the prefix")?, part(sh::NAMESPACE_PROPERTY, "name the namespace")?));
        }
        owners.extend(reader.values(&owner, owl::IMPORTS).into_iter().filter(|import| seen.insert(import.to_string())));
    }
    prefixes.sort();
    prefixes.dedup();
    match prefixes.array_windows().find(|[(one, _), (other, _)]| one == other) {
        Some([(prefix, namespace), (_, other)]) => {
            let problem = Problem::Prefix { prefix: prefix.clone(), namespaces: [namespace.clone(), other.clone()] };
            Err(ShapesError::new(term, sh::PREFIXES, problem))
        }
        None => Ok(prefixes),
    }
}

/// Whether a constraint or validator is switched off.
pub(super) fn is_deactivated(reader: &Reader<'_>, term: &Term) -> bool {
    reader.values(term, sh::DEACTIVATED).iter().any(|value| boolean(value) == Some(true))
}

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{refusal, results};

    /// The results of a query that uses a prefix, with its declarations.
    fn text(declarations: &str) -> String {
        format!(
            r#":S sh:targetNode :s ; sh:sparql [
                sh:prefixes :o ; sh:select "SELECT $this ?value {{ $this e:p ?value }}"
            ] . :s :p 1 . {declarations}"#
        )
    }

    #[test]
    fn prefixes_are_those_of_the_ontology_and_of_what_it_imports() {
        let declared = r#":o sh:declare [ sh:prefix "e" ; sh:namespace "a:"^^xsd:anyURI ] ."#;
        assert_eq!(results(&text(declared)), [":s SPARQL 1"]);
        let imported = r#":o <http://www.w3.org/2002/07/owl#imports> :i . :i <http://www.w3.org/2002/07/owl#imports> :o ;
            sh:declare [ sh:prefix "e" ; sh:namespace "a:"^^xsd:anyURI ] ."#;
        assert_eq!(results(&text(imported)), [":s SPARQL 1"]);
    }

    #[test]
    fn a_prefix_is_declared_once_and_wholly() {
        let twice = r#":o sh:declare [ sh:prefix "e" ; sh:namespace "a:" ] , [ sh:prefix "e" ; sh:namespace "b:" ] ."#;
        let said = refusal(&text(twice));
        assert!(said.contains("declare the prefix e"), "{said}");
        let half = r#":o sh:declare [ sh:prefix "e" ] ."#;
        let said = refusal(&text(half));
        assert!(said.contains("sh:namespace: is missing; name the namespace"), "{said}");
        let said = refusal(&text(""));
        assert!(said.contains("sh:select: "), "{said}");
    }
}
