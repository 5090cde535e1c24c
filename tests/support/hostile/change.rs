//! Changes of shapes and of data, each of one kind.

use super::graph::{fresh, leads_on, list, place, places, say, subject, term};
use super::random::Random;
use super::seeds::Seeds;
use super::{text, words};
use eu_service_list::rdf::{Literal, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use eu_service_list::vocab::{rdf, rdfs, sh};

/// Changes a shapes graph somewhere.
pub(crate) fn shapes(random: &mut Random, seeds: &Seeds, graph: &mut Vec<Triple>) {
    match random.below(16) {
        0 => swap_predicate(random, graph),
        1 | 2 => swap_object(random, graph),
        3 => drop_statement(random, graph),
        4 => add_statement(random, graph),
        5 | 6 => add_constraint(random, graph),
        7 => add_target(random, graph),
        8 => connect_shapes(random, graph),
        9 => nest_shapes(random, graph),
        10 => shapes_that_double(random, graph),
        11 => wrap_path(random, graph),
        12 => long_list(random, graph),
        13 => break_literal(random, graph),
        14 => break_list(random, graph),
        _ => change_query(random, seeds, graph),
    }
}

/// Changes data somewhere; half of the time so that the shapes have more to say.
pub(crate) fn data(random: &mut Random, shapes: &[Triple], graph: &mut Vec<Triple>) {
    match random.below(8) {
        0 => swap_object(random, graph),
        1 => drop_statement(random, graph),
        2 => break_literal(random, graph),
        3 => {
            let (one, other) = (subject(random, graph), term(random, graph));
            let property = *random.pick(&[rdf::TYPE, rdfs::SUB_CLASS_OF, rdf::REST, rdf::FIRST]);
            say(graph, &one, property, other);
        }
        4 => chain(random, shapes, graph),
        _ => speak_of_shapes(random, shapes, graph),
    }
}

fn swap_predicate(random: &mut Random, graph: &mut [Triple]) {
    let place = place(random, graph);
    if let Some(triple) = graph.get_mut(place) {
        triple.predicate = words::property(random).into_owned();
    }
}

fn swap_object(random: &mut Random, graph: &mut [Triple]) {
    let (place, object) = (place(random, graph), term(random, graph));
    if let Some(triple) = graph.get_mut(place) {
        triple.object = object;
    }
}

fn drop_statement(random: &mut Random, graph: &mut Vec<Triple>) {
    if !graph.is_empty() {
        graph.swap_remove(place(random, graph));
    }
}

fn add_statement(random: &mut Random, graph: &mut Vec<Triple>) {
    let (subject, object) = (subject(random, graph), term(random, graph));
    say(graph, &subject, words::property(random), object);
}

/// Adds a constraint whose value is of the right kind most of the time.
fn add_constraint(random: &mut Random, graph: &mut Vec<Triple>) {
    const COUNTS: [NamedNodeRef<'static>; 6] = [
        sh::MIN_COUNT,
        sh::MAX_COUNT,
        sh::MIN_LENGTH,
        sh::MAX_LENGTH,
        sh::QUALIFIED_MIN_COUNT,
        sh::QUALIFIED_MAX_COUNT,
    ];
    const FLAGS: [NamedNodeRef<'static>; 4] =
        [sh::UNIQUE_LANG, sh::CLOSED, sh::DEACTIVATED, sh::QUALIFIED_VALUE_SHAPES_DISJOINT];
    const PAIRS: [NamedNodeRef<'static>; 6] =
        [sh::EQUALS, sh::DISJOINT, sh::LESS_THAN, sh::LESS_THAN_OR_EQUALS, sh::CLASS, sh::DATATYPE];
    const ANY: [NamedNodeRef<'static>; 6] =
        [sh::HAS_VALUE, sh::MIN_INCLUSIVE, sh::MAX_EXCLUSIVE, sh::PATTERN, sh::FLAGS, sh::MESSAGE];
    let shape = shape(random, graph);
    let property = shape_of_property(random, graph, &shape);
    match random.below(5) {
        0 => say(graph, &property, *random.pick(&COUNTS), words::count(random).into()),
        1 => say(graph, &property, *random.pick(&FLAGS), Literal::from(!random.one_in(4)).into()),
        2 => {
            let other = predicate(random, graph);
            say(graph, &property, *random.pick(&PAIRS), other);
        }
        3 => {
            let value = words::literal(random).into();
            say(graph, &property, *random.pick(&ANY), value);
        }
        _ => {
            let members: Vec<Term> = (0..random.few(6)).map(|_| term(random, graph)).collect();
            let head = list(random, graph, &members);
            say(graph, &property, *random.pick(&[sh::IN, sh::LANGUAGE_IN, sh::IGNORED_PROPERTIES]), head);
        }
    }
}

/// A shape that has a target, or else any subject.
fn shape(random: &mut Random, graph: &[Triple]) -> NamedOrBlankNode {
    let shapes = places(graph, |triple| triple.predicate == sh::TARGET_CLASS || triple.predicate == sh::TARGET_NODE);
    if shapes.is_empty() || random.one_in(4) {
        subject(random, graph)
    } else {
        graph[*random.pick(&shapes)].subject.clone()
    }
}

/// The shape itself, or a new property shape of it.
fn shape_of_property(random: &mut Random, graph: &mut Vec<Triple>, shape: &NamedOrBlankNode) -> NamedOrBlankNode {
    if random.one_in(2) {
        return shape.clone();
    }
    let property: NamedOrBlankNode = fresh(graph).into();
    let path = predicate(random, graph);
    say(graph, shape, sh::PROPERTY, property.clone().into());
    say(graph, &property, sh::PATH, path);
    property
}

fn predicate(random: &mut Random, graph: &[Triple]) -> Term {
    match graph.get(place(random, graph)) {
        Some(triple) if !random.one_in(10) => triple.predicate.clone().into(),
        _ => words::term(random),
    }
}

fn add_target(random: &mut Random, graph: &mut Vec<Triple>) {
    let (shape, target) = (subject(random, graph), term(random, graph));
    let kinds = [sh::TARGET_NODE, sh::TARGET_CLASS, sh::TARGET_SUBJECTS_OF, sh::TARGET_OBJECTS_OF];
    say(graph, &shape, *random.pick(&kinds), target);
}

/// Properties that hold a value to another shape.
const HOLD: [NamedNodeRef<'static>; 4] = [sh::NODE, sh::PROPERTY, sh::NOT, sh::QUALIFIED_VALUE_SHAPE];
/// Those that hold it to a list of shapes.
const HOLD_LISTS: [NamedNodeRef<'static>; 3] = [sh::AND, sh::OR, sh::XONE];

fn connect_shapes(random: &mut Random, graph: &mut Vec<Triple>) {
    let (one, other) = (shape(random, graph), Term::from(subject(random, graph)));
    hold(random, graph, &one, &[other]);
}

/// Holds the values of a shape to others.
fn hold(random: &mut Random, graph: &mut Vec<Triple>, shape: &NamedOrBlankNode, others: &[Term]) {
    if random.one_in(2) {
        let head = list(random, graph, others);
        say(graph, shape, *random.pick(&HOLD_LISTS), head);
    } else {
        let property = *random.pick(&HOLD);
        for other in others {
            say(graph, shape, property, other.clone());
        }
    }
}

/// A chain of shapes within each other.
fn nest_shapes(random: &mut Random, graph: &mut Vec<Triple>) {
    let mut outer = shape(random, graph);
    for _ in 0..random.few(80) {
        let inner: NamedOrBlankNode = fresh(graph).into();
        if random.one_in(2) {
            let path = predicate(random, graph);
            say(graph, &inner, sh::PATH, path);
        }
        hold(random, graph, &outer, &[inner.clone().into()]);
        outer = inner;
    }
}

/// Shapes each of which needs the next twice.
fn shapes_that_double(random: &mut Random, graph: &mut Vec<Triple>) {
    let mut outer = vec![shape(random, graph)];
    let path = predicate(random, graph);
    for _ in 0..random.few(30) {
        let inner: Vec<NamedOrBlankNode> = (0..2)
            .map(|_| {
                let node: NamedOrBlankNode = fresh(graph).into();
                say(graph, &node, sh::PATH, path.clone());
                node
            })
            .collect();
        let terms: Vec<Term> = inner.iter().cloned().map(Term::from).collect();
        for shape in &outer {
            hold(random, graph, shape, &terms);
        }
        outer = inner;
    }
}

/// Puts a path into others.
fn wrap_path(random: &mut Random, graph: &mut Vec<Triple>) {
    const FORMS: [NamedNodeRef<'static>; 5] =
        [sh::INVERSE_PATH, sh::ZERO_OR_MORE_PATH, sh::ONE_OR_MORE_PATH, sh::ZERO_OR_ONE_PATH, sh::ALTERNATIVE_PATH];
    let paths = places(graph, |triple| triple.predicate == sh::PATH);
    if paths.is_empty() {
        return;
    }
    let place = *random.pick(&paths);
    let mut path = graph[place].object.clone();
    let levels = if random.one_in(6) { random.below(70) } else { 1 + random.few(4) };
    let doubles = random.one_in(3);
    for _ in 0..levels {
        let other = if doubles || random.one_in(4) { path.clone() } else { predicate(random, graph) };
        let node: NamedOrBlankNode = fresh(graph).into();
        let form = if doubles { sh::ALTERNATIVE_PATH } else { *random.pick(&FORMS) };
        path = match (form == sh::ALTERNATIVE_PATH, random.below(3)) {
            (_, 0) => list(random, graph, &[path, other]),
            (true, _) => {
                let head = list(random, graph, &[path, other]);
                say(graph, &node, form, head);
                node.into()
            }
            (false, _) => {
                say(graph, &node, form, path);
                node.into()
            }
        };
    }
    graph[place].object = path;
}

fn long_list(random: &mut Random, graph: &mut Vec<Triple>) {
    let members: Vec<Term> = match random.below(3) {
        0 => vec![term(random, graph); random.below(2_000)],
        1 => (0..random.below(2_000)).map(|number| Literal::from(i64::try_from(number).unwrap_or(0)).into()).collect(),
        _ => (0..random.below(100)).map(|_| subject(random, graph).into()).collect(),
    };
    let head = list(random, graph, &members);
    let shape = shape(random, graph);
    let uses = [sh::IN, sh::IGNORED_PROPERTIES, sh::AND, sh::XONE, sh::LANGUAGE_IN, sh::PATH];
    say(graph, &shape, *random.pick(&uses), head);
}

fn break_literal(random: &mut Random, graph: &mut [Triple]) {
    let literals = places(graph, |triple| !leads_on(&triple.object));
    if literals.is_empty() {
        return;
    }
    let triple = &mut graph[*random.pick(&literals)];
    let Term::Literal(literal) = &triple.object else { return };
    triple.object = match random.below(3) {
        0 => words::literal(random),
        1 => Literal::new_typed_literal(literal.value(), words::literal(random).datatype()),
        _ => Literal::new_simple_literal(text::cut(random, literal.value())),
    }
    .into();
}

/// Turns the rest of a list to somewhere else.
fn break_list(random: &mut Random, graph: &mut [Triple]) {
    let rests = places(graph, |triple| triple.predicate == rdf::REST);
    if !rests.is_empty() {
        let (place, other) = (*random.pick(&rests), *random.pick(&rests));
        graph[place].object = graph[other].subject.clone().into();
    }
}

/// Cuts and joins the text of a query, or adds one.
fn change_query(random: &mut Random, seeds: &Seeds, graph: &mut Vec<Triple>) {
    let queries = places(graph, |triple| triple.predicate == sh::SELECT || triple.predicate == sh::ASK);
    if queries.is_empty() || random.one_in(6) {
        let (shape, query) = (shape(random, graph), NamedOrBlankNode::from(fresh(graph)));
        let before = random.pick(&seeds.queries);
        let text = text::query(random, before, &seeds.queries);
        say(graph, &shape, sh::SPARQL, query.clone().into());
        say(graph, &query, sh::SELECT, Literal::new_simple_literal(text).into());
        return;
    }
    let triple = &mut graph[*random.pick(&queries)];
    if let Term::Literal(before) = &triple.object {
        triple.object = Literal::new_simple_literal(text::query(random, before.value(), &seeds.queries)).into();
    }
}

/// Says something that the shapes ask for: of their targets, with their properties.
fn speak_of_shapes(random: &mut Random, shapes: &[Triple], graph: &mut Vec<Triple>) {
    let paths = places(shapes, |triple| triple.predicate == sh::PATH);
    let classes = places(shapes, |triple| triple.predicate == sh::TARGET_CLASS || triple.predicate == sh::CLASS);
    let (one, other) = (subject(random, graph), term(random, graph));
    if let (false, false, Some(place)) = (paths.is_empty(), random.one_in(3), paths.get(random.below(paths.len())))
        && let Term::NamedNode(property) = &shapes[*place].object
    {
        say(graph, &one, property.as_ref(), other);
    } else if let Some(place) = classes.get(random.below(classes.len())) {
        say(graph, &one, rdf::TYPE, shapes[*place].object.clone());
    }
}

/// A long chain of one property, now and then a circle.
fn chain(random: &mut Random, shapes: &[Triple], graph: &mut Vec<Triple>) {
    let Term::NamedNode(property) = predicate(random, shapes) else { return };
    let start = subject(random, graph);
    let mut from = start.clone();
    for _ in 0..random.few(300) {
        let to: NamedOrBlankNode = fresh(graph).into();
        say(graph, &from, property.as_ref(), to.clone().into());
        from = to;
    }
    if random.one_in(2) {
        say(graph, &from, property.as_ref(), start.into());
    }
}
