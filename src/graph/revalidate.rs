//! What a change to records would break, before it is made.

use super::overlay::{Overlay, Rewritten, subjects};
use super::published::{Delta, Graph, GraphError};
use crate::rdf::Term;
use crate::shacl::{
    Change, Failure, Limits, Report, ResultPath, Shapes, Source, ValidationResult, affected, validate_nodes,
};
use crate::snapshot::Snapshot;
use std::collections::HashSet;
use std::sync::Arc;

/// A change that there is no verdict on.
#[derive(Debug, thiserror::Error)]
pub enum VerdictError {
    /// The graph could not be read.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The validation failed.
    #[error(transparent)]
    Shacl(#[from] Failure),
}

impl Graph {
    /// Checks records that are to be rewritten, and whatever else their difference, `delta`, touches, against
    /// shapes. Nothing is put into the graph. Beside it, `closure` counts as data, and so does what `settled`, other
    /// records that the graph does not show as they are yet, say after they were rewritten.
    ///
    /// The report has the results of the records themselves, and of other nodes those that they have not had
    /// before: a change answers for what it breaks, not for what it finds broken.
    ///
    /// # Errors
    /// [`VerdictError`], where there is no verdict.
    pub fn revalidate(
        &self,
        shapes: &Shapes,
        closure: &Snapshot,
        settled: &[Rewritten<'_>],
        records: &[Rewritten<'_>],
        delta: &Delta,
        limits: Limits,
    ) -> Result<Report, VerdictError> {
        let shown = self.shown();
        let settled = || settled.iter().copied();
        let overlay = Overlay::new(&shown, closure, settled().chain(records.iter().copied()));
        let own = subjects(records);
        let touched = affected(shapes, &overlay, Change { removed: &delta.removed, added: &delta.added }, limits)?;
        let (own, others): (Vec<Term>, Vec<Term>) = touched.into_iter().partition(|node| own.contains(node));
        let mut report = validate_nodes(shapes, &overlay, &own, limits)?;
        // All of them: what was there before may stand in front of what is new.
        let all = Limits { results: usize::MAX, ..limits };
        let mut broken = validate_nodes(shapes, &overlay, &others, all)?;
        overlay.into_failure().map_or(Ok(()), Err)?;
        if !broken.conforms() {
            let as_they_were = records.iter().map(|record| Rewritten { after: record.before, ..*record });
            let present = Overlay::new(&shown, closure, settled().chain(as_they_were));
            let before = validate_nodes(shapes, &present, &others, all)?;
            present.into_failure().map_or(Ok(()), Err)?;
            let were_there: HashSet<Key<'_>> = before.results.iter().map(key).collect();
            broken.results.retain(|result| !were_there.contains(&key(result)));
            report.results.append(&mut broken.results);
        }
        Ok(report)
    }
}

/// What makes two results of the same shapes the same.
type Key<'r> = (*const Source, &'r Term, Option<&'r Term>, Option<&'r ResultPath>);

fn key(result: &ValidationResult) -> Key<'_> {
    (Arc::as_ptr(&result.source), &result.focus, result.value.as_ref(), result.path())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Engine;
    use crate::rdf::{Content, Triple, read_turtle};

    const PREFIXES: &str = "@prefix : <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

    /// A service has a code, and its size is an `xsd:int`.
    const SHAPES: &str = ":S sh:targetClass :Service ; sh:property [ sh:path :code ; sh:class :Code ] ,
        [ sh:path :size ; sh:datatype xsd:int ] .";

    fn read(turtle: &str) -> Vec<Triple> {
        read_turtle(format!("{PREFIXES}{turtle}").as_bytes(), "http://e/").unwrap()
    }

    /// Focus nodes and values of the results, when a record in a graph is rewritten.
    fn broken(graph: &str, closure: &str, before: &str, after: &str) -> Vec<String> {
        let shapes = Shapes::parse(&read(SHAPES).into_iter().collect()).unwrap();
        let [before, after] = [before, after].map(|text| read(text).into_iter().collect::<Content>());
        let published = read(graph).into_iter().chain(before.iter().cloned()).map(Ok::<_, GraphError>);
        let graph = Graph::build(Engine::default(), 1, published).unwrap();
        let shown = graph.lines().unwrap();
        let delta = Delta {
            removed: before.minus(&after).cloned().collect(),
            added: after.minus(&before).cloned().collect(),
            ..Delta::default()
        };
        let records = [Rewritten::of(&before, &after)];
        let closure = Snapshot::of(read(closure));
        let report = graph.revalidate(&shapes, &closure, &[], &records, &delta, Limits::default()).unwrap();
        assert_eq!(graph.lines().unwrap(), shown, "nothing is put into the graph");
        let told = |result: &ValidationResult| {
            format!("{} {}", result.focus, result.value.as_ref().map(ToString::to_string).unwrap_or_default())
        };
        report.results.iter().map(told).collect()
    }

    #[test]
    fn a_record_is_checked_with_what_it_points_at_in_the_graph_and_the_closure() {
        let service = ":s a :Service ; :code :c .";
        assert_eq!(broken("", "", "", service), ["<http://e/s> <http://e/c>"]);
        assert!(broken(":c a :Code .", "", "", service).is_empty());
        assert!(broken("", ":c a :Code .", "", service).is_empty());
    }

    #[test]
    fn a_write_answers_for_the_record_of_others_that_it_breaks() {
        let others = ":s a :Service ; :code :c .";
        assert_eq!(broken(others, "", ":c a :Code .", ":c a :Other ."), ["<http://e/s> <http://e/c>"]);
        assert!(broken(others, "", ":c a :Code .", ":c a :Code ; :label 'c' .").is_empty());
    }

    #[test]
    fn a_write_does_not_answer_for_what_others_had_broken_before() {
        let others = ":s a :Service ; :code :c , :missing .";
        assert_eq!(broken(others, "", ":c a :Code .", ":c a :Other ."), ["<http://e/s> <http://e/c>"]);
        // The store gives xsd:int as xsd:integer, which is no mistake of this write, nor of that record.
        let stored = ":s a :Service ; :code :c ; :size '5'^^xsd:int .";
        assert!(broken(stored, "", ":c a :Other .", ":c a :Code .").is_empty());
    }

    #[test]
    fn what_is_written_is_checked_as_it_is_written() {
        assert!(broken("", "", "", ":s a :Service ; :size '5'^^xsd:int .").is_empty());
        let integer = "\"5\"^^<http://www.w3.org/2001/XMLSchema#integer>";
        assert_eq!(broken("", "", "", ":s a :Service ; :size 5 ."), [format!("<http://e/s> {integer}")]);
        let before = ":s a :Service ; :size '5'^^xsd:int .";
        assert!(broken("", "", before, ":s a :Service ; :size '5'^^xsd:int ; :label 's' .").is_empty());
    }

    #[test]
    fn a_record_that_goes_away_breaks_what_points_at_it() {
        assert_eq!(broken(":s a :Service ; :code :c .", "", ":c a :Code .", ""), ["<http://e/s> <http://e/c>"]);
        assert!(broken("", "", ":s a :Service ; :code :missing .", "").is_empty());
    }
}
