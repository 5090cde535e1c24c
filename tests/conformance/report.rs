//! Validation reports compared, as the W3C's suite has it for full compliance
//! (<https://w3c.github.io/data-shapes/data-shapes-test-suite/#Validate>): the report and each result
//! by the standard properties, up to the names of blank nodes, and paths by their structure.
//!
//! Messages and details, which no processor has to give, are compared where the expected report has
//! any of them. Other properties of results are not looked at.

use crate::finding::{Finding, Reading, Value, sh};
use crate::isomorphism::isomorphic;
use crate::manifest::subject;
use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, Graph, Literal, NamedOrBlankNodeRef, Term, TermRef, TripleRef};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Properties of results that are compared where the expected report has them.
const OPTIONAL: [&str; 2] = ["resultMessage", "detail"];

/// A report as a manifest has it.
pub(crate) struct Expected<'a> {
    /// Where it stands.
    pub(crate) graph: &'a Graph,
    /// The node that is the report.
    pub(crate) report: NamedOrBlankNodeRef<'a>,
    /// Blank nodes that stand in the data or the shapes too.
    pub(crate) shared: HashSet<BlankNode>,
}

/// Compares a report, and what its interface said of conformance, with the expected one.
///
/// # Errors
/// What differs, a line for each difference.
pub(crate) fn compare(expected: &Expected<'_>, actual: &Graph, conforms: bool) -> Result<(), String> {
    let report = only_report(actual)?;
    let said = conforms_of(actual, report);
    if said != [Literal::from(conforms).into()] {
        return Err(format!("the report says sh:conforms {}, its interface says {conforms}", words(&said)));
    }
    let (wanted, found) = read_both(expected, actual, report);
    let expected_conforms = conforms_of(expected.graph, expected.report);
    let mut differences = Vec::new();
    if said != expected_conforms {
        differences.push(format!("sh:conforms is {}, expected {}", words(&said), words(&expected_conforms)));
    }
    differences.extend(results_without_partner(&wanted, &found));
    if differences.is_empty() && !same_blank_nodes(&wanted, &found) {
        differences.push("the results differ in which of their blank nodes are one and the same".to_owned());
        differences.extend(found.iter().map(|finding| format!("  actual    {}", finding.line())));
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n")) }
}

/// The results of the expected and of the actual report.
fn read_both(expected: &Expected<'_>, actual: &Graph, report: NamedOrBlankNodeRef<'_>) -> (Vec<Finding>, Vec<Finding>) {
    let optional = mentioned(expected.graph, expected.report);
    let read = |shared: &HashSet<BlankNode>| {
        let wanted = Reading { graph: expected.graph, shared, optional: &optional };
        let found = Reading { graph: actual, shared, optional: &optional };
        (wanted.findings(expected.report), found.findings(report))
    };
    let (wanted, found) = read(&expected.shared);
    if found.iter().any(Finding::has_free_blank_nodes) {
        // The engine gave blank nodes new names, so that they can be compared by their place only.
        return read(&HashSet::new());
    }
    (wanted, found)
}

/// The one validation report of a graph.
fn only_report(graph: &Graph) -> Result<NamedOrBlankNodeRef<'_>, String> {
    let iri = sh("ValidationReport");
    let reports: Vec<_> = graph.subjects_for_predicate_object(rdf::TYPE, &iri).collect();
    match reports.as_slice() {
        [report] => Ok(*report),
        other => Err(format!("the report's graph has {} nodes of type sh:ValidationReport", other.len())),
    }
}

fn conforms_of(graph: &Graph, report: NamedOrBlankNodeRef<'_>) -> Vec<Term> {
    graph.objects_for_subject_predicate(report, &sh("conforms")).map(TermRef::into_owned).collect()
}

fn words(terms: &[Term]) -> String {
    terms.iter().map(Term::to_string).collect::<Vec<_>>().join(", ")
}

/// The optional properties that a result of the report or a detail of one has.
fn mentioned(graph: &Graph, report: NamedOrBlankNodeRef<'_>) -> BTreeSet<&'static str> {
    let (mut found, mut seen) = (BTreeSet::new(), HashSet::new());
    let mut open: Vec<TermRef<'_>> = graph.objects_for_subject_predicate(report, &sh("result")).collect();
    while let Some(node) = open.pop() {
        let Some(node) = subject(node) else { continue };
        if !seen.insert(node) {
            continue;
        }
        found.extend(
            OPTIONAL.iter().filter(|name| graph.object_for_subject_predicate(node, &sh(name)).is_some()).copied(),
        );
        open.extend(graph.objects_for_subject_predicate(node, &sh("detail")));
    }
    found
}

/// A line for each result that only one side has.
fn results_without_partner(expected: &[Finding], actual: &[Finding]) -> Vec<String> {
    let mut balance: BTreeMap<String, i64> = BTreeMap::new();
    for finding in expected {
        *balance.entry(finding.line()).or_default() += 1;
    }
    for finding in actual {
        *balance.entry(finding.line()).or_default() -= 1;
    }
    let mut lines = Vec::new();
    for (line, surplus) in balance {
        let side = if surplus > 0 { "expected" } else { "actual  " };
        lines.extend((0..surplus.abs()).map(|_| format!("  {side}  {line}")));
    }
    lines.sort_by_key(|line| line.starts_with("  actual"));
    lines
}

/// Whether the same free blank nodes stand at the same places, for results that are otherwise the same.
fn same_blank_nodes(expected: &[Finding], actual: &[Finding]) -> bool {
    !actual.iter().chain(expected).any(Finding::has_free_blank_nodes)
        || isomorphic(&as_graph(expected), &as_graph(actual))
}

/// The results as a graph in which paths are literals, and results that say the same are one node
/// with their number: the fewer nodes are alike, the quicker graphs are compared.
fn as_graph(findings: &[Finding]) -> Graph {
    let mut numbers: BTreeMap<&Finding, i64> = BTreeMap::new();
    for finding in findings {
        *numbers.entry(finding).or_default() += 1;
    }
    let mut graph = Graph::new();
    for (finding, number) in numbers {
        let node = describe(finding, &mut graph);
        graph.insert(TripleRef::new(&node, rdf::VALUE, &Literal::from(number)));
    }
    graph
}

/// Puts a result into a graph, as a new blank node.
fn describe(finding: &Finding, graph: &mut Graph) -> BlankNode {
    let node = BlankNode::default();
    for (property, value) in finding.values() {
        let term: Term = match value {
            Value::Text(text) => Literal::from(text.as_str()).into(),
            Value::Free(name) => BlankNode::new_unchecked(name).into(),
            Value::Detail(detail) => describe(detail, graph).into(),
        };
        graph.insert(TripleRef::new(&node, &sh(property), &term));
    }
    node
}
