//! What the graph holds, counted: how many things of each class, how many triples with each property.
//!
//! As VoID has it: <https://www.w3.org/TR/void/#class-property-partitions>.

use super::published::Graph;
use super::question::{QuestionError, Stop};
use crate::rdf::{NamedNode, Term};
use oxigraph::sparql::{QueryResults, QuerySolution, SparqlEvaluator};
use std::collections::BTreeMap;

/// How many classes, and properties of each, are told; the others are the rarest.
const TOLD: usize = 500;

/// What the default graph holds at a revision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// The revision.
    pub revision: u64,
    /// How many triples there are.
    pub triples: u64,
    /// The classes that have the most members, the largest first.
    pub classes: Vec<ClassPartition>,
    /// The properties that are used most, the most used first.
    pub properties: Vec<PropertyPartition>,
}

/// The members of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassPartition {
    /// The class.
    pub class: NamedNode,
    /// How many things are of the class.
    pub entities: u64,
    /// What is said of them, the most frequent property first.
    pub properties: Vec<PropertyPartition>,
}

/// The triples with a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyPartition {
    /// The property.
    pub property: NamedNode,
    /// How many triples have it.
    pub triples: u64,
}

const CLASSES: &str = "SELECT ?class (COUNT(*) AS ?count) { ?thing a ?class } GROUP BY ?class";
const PROPERTIES: &str = "SELECT ?property (COUNT(*) AS ?count) { ?thing ?property ?value } GROUP BY ?property";
const PROPERTIES_OF_CLASSES: &str = "SELECT ?class ?property (COUNT(*) AS ?count)
  { ?thing a ?class ; ?property ?value } GROUP BY ?class ?property";

impl Graph {
    /// Counts what the default graph holds. It looks at every triple several times: seconds where there are millions.
    ///
    /// # Errors
    /// [`QuestionError::Stopped`], or the evaluator's own.
    pub fn statistics(&self, stop: &Stop) -> Result<Statistics, QuestionError> {
        let evaluator = || SparqlEvaluator::new().with_cancellation_token(stop.token());
        // All three are of one revision.
        let shown = self.shown();
        let solutions = |query: &str| shown.evaluate(evaluator().parse_query(query)?, counted);
        let (classes, properties) = (solutions(CLASSES)?, solutions(PROPERTIES)?);
        let properties_of_classes = solutions(PROPERTIES_OF_CLASSES)?;
        let properties = partitions(properties.iter());
        let mut of_classes: BTreeMap<NamedNode, Vec<QuerySolution>> = BTreeMap::new();
        for solution in properties_of_classes {
            if let Some(class) = named(&solution, "class") {
                of_classes.entry(class).or_default().push(solution);
            }
        }
        let class = |solution: &QuerySolution| {
            let class = named(solution, "class")?;
            let properties =
                of_classes.get(&class).map(|solutions| told(partitions(solutions.iter()))).unwrap_or_default();
            Some(ClassPartition { class, entities: count(solution)?, properties })
        };
        let mut classes: Vec<ClassPartition> = classes.iter().filter_map(class).collect();
        classes.sort_by(|one, other| (other.entities, &one.class).cmp(&(one.entities, &other.class)));
        classes.truncate(TOLD);
        let triples = properties.iter().map(|partition| partition.triples).sum();
        Ok(Statistics { revision: shown.revision, triples, classes, properties: told(properties) })
    }
}

fn counted(results: QueryResults<'_>, _: u64) -> Result<Vec<QuerySolution>, QuestionError> {
    let QueryResults::Solutions(solutions) = results else { return Ok(Vec::new()) };
    Ok(solutions.collect::<Result<_, _>>()?)
}

fn partitions<'s>(solutions: impl Iterator<Item = &'s QuerySolution>) -> Vec<PropertyPartition> {
    let partition = |solution: &QuerySolution| {
        Some(PropertyPartition { property: named(solution, "property")?, triples: count(solution)? })
    };
    let mut partitions: Vec<PropertyPartition> = solutions.filter_map(partition).collect();
    partitions.sort_by(|one, other| (other.triples, &one.property).cmp(&(one.triples, &other.property)));
    partitions
}

fn told(mut partitions: Vec<PropertyPartition>) -> Vec<PropertyPartition> {
    partitions.truncate(TOLD);
    partitions
}

/// The IRI of a variable; a class may be a blank node, which nobody could ask for.
fn named(solution: &QuerySolution, variable: &str) -> Option<NamedNode> {
    match solution.get(variable)? {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    }
}

fn count(solution: &QuerySolution) -> Option<u64> {
    match solution.get("count")? {
        Term::Literal(count) => count.value().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Engine, GraphError};
    use crate::rdf::{Triple, read_turtle};

    fn statistics(turtle: &str) -> Statistics {
        let triples = read_turtle(turtle.as_bytes(), "http://a.example/").unwrap();
        let graph = Graph::build::<GraphError>(Engine::default(), 7, triples.into_iter().map(Ok::<Triple, GraphError>))
            .unwrap();
        graph.statistics(&Stop::new()).unwrap()
    }

    fn told(partitions: &[PropertyPartition]) -> Vec<(&str, u64)> {
        partitions.iter().map(|partition| (partition.property.as_str(), partition.triples)).collect()
    }

    #[test]
    fn things_are_counted_by_class_and_triples_by_property_the_most_frequent_first() {
        let statistics = statistics("@prefix : <x:> . :a a :C, :D ; :p 1, 2 ; :q 3 . :b a :C . :c :q 4 . [] a [] .");
        assert_eq!((statistics.revision, statistics.triples), (7, 8));
        let a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
        assert_eq!(told(&statistics.properties), [(a, 4), ("x:p", 2), ("x:q", 2)]);
        let [c, d] = statistics.classes.as_slice() else { panic!("{:?}", statistics.classes) };
        assert_eq!((c.class.as_str(), c.entities), ("x:C", 2));
        assert_eq!(told(&c.properties), [(a, 3), ("x:p", 2), ("x:q", 1)]);
        assert_eq!((d.class.as_str(), d.entities), ("x:D", 1));
    }

    #[test]
    fn counting_ends_when_it_is_stopped() {
        let stop = Stop::new();
        stop.now();
        let triple = read_turtle(&b"<x:a> a <x:C> ."[..], "http://a.example/").unwrap();
        let graph =
            Graph::build::<GraphError>(Engine::default(), 1, triple.into_iter().map(Ok::<Triple, GraphError>)).unwrap();
        assert!(matches!(graph.statistics(&stop), Err(QuestionError::Stopped)));
    }
}
