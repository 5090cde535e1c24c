//! Messages of shapes that SEMIC publishes: in a property of its own.

use crate::outcome::results;
use crate::{BASE, graph, read, shapes, shared, triples};
use eu_service_list::shacl::{Limits, validate};
use eu_service_list::snapshot::Snapshot;
use eu_service_list::vocab::{rdf, sh};
use oxrdf::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use std::collections::BTreeSet;

const SEMIC: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://purl.eu/ns/shacl#message");

/// Shapes with a text of SEMIC's alone, with one of both properties, and with none.
const SHAPES: &str = r#"
    @prefix : <http://lists.example.eu/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix semic: <https://purl.eu/ns/shacl#> .
    :alone sh:targetNode :a ; sh:class :C ; semic:message "from SEMIC"@en , "van SEMIC"@nl .
    :both sh:targetNode :b ; sh:class :C ; semic:message "from SEMIC"@en ; sh:message "from SHACL"@en .
"#;

fn messages(shapes_text: &str, focus: &str) -> BTreeSet<String> {
    let data = Snapshot::of(triples("<a:s> <a:p> <a:o> ."));
    let results = results(&shapes(shapes_text), &data);
    let focus = Term::from(NamedNode::new_unchecked(format!("{BASE}{focus}")));
    let of_focus = results.iter().filter(|result| result.focus == focus);
    of_focus.flat_map(|result| result.messages().iter().map(ToString::to_string)).collect()
}

#[test]
fn texts_of_semic_are_messages_where_there_is_no_other() {
    assert_eq!(messages(SHAPES, "a"), BTreeSet::from(["\"from SEMIC\"@en".to_owned(), "\"van SEMIC\"@nl".to_owned()]));
    assert_eq!(messages(SHAPES, "b"), BTreeSet::from(["\"from SHACL\"@en".to_owned()]));
}

#[test]
fn a_report_on_a_service_has_the_texts_of_semics_shapes() {
    let folder = "data/cpsv-ap/official/cpsv-ap/releases";
    let (Some(file), Some(data)) = (
        shared(&format!("{folder}/3.1.1/shacl/cpsv-ap-SHACL.ttl")),
        shared("data/cpsv-ap/norway/fdk-testdata/testdata/fdk-public-service-publisher.ttl"),
    ) else {
        return;
    };
    let text = std::fs::read_to_string(file).unwrap();
    let shapes_graph = graph(&text);
    let report = validate(&shapes(&text), &read(&data).unwrap().finish().unwrap(), Limits::default()).unwrap();
    let report = report.to_graph();
    let mut told = 0;
    for result in report.subjects_for_predicate_object(rdf::TYPE, sh::VALIDATION_RESULT) {
        let Some(TermRef::NamedNode(shape)) = report.object_for_subject_predicate(result, sh::SOURCE_SHAPE) else {
            continue;
        };
        let expected = values(&shapes_graph, shape.into(), SEMIC);
        if !expected.is_empty() {
            assert_eq!(values(&report, result, sh::RESULT_MESSAGE), expected);
            told += 1;
        }
    }
    assert!(told > 100, "{told} results with texts of SEMIC's");
}

fn values(graph: &Graph, subject: NamedOrBlankNodeRef<'_>, property: NamedNodeRef<'_>) -> BTreeSet<String> {
    graph.objects_for_subject_predicate(subject, property).map(|value| value.to_string()).collect()
}
