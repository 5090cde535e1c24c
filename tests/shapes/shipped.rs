//! The list that ships with the product, against all that must hold for what is published.

use crate::outcome::results;
use crate::register::catalogue;
use eu_service_list::catalogue::Gate;
use eu_service_list::graph::RdfFormat;
use eu_service_list::snapshot::Builder;

#[test]
fn the_shipped_list_conforms_to_the_shapes_of_the_gate() {
    let gate = Gate::new().unwrap();
    let lines = catalogue().graph().lines().unwrap().concat();
    let mut builder = Builder::new();
    builder.read("the shipped list", RdfFormat::NTriples, crate::BASE, lines.as_bytes()).unwrap();
    for triple in gate.closure() {
        builder.add(triple).unwrap();
    }
    let results = results(gate.shapes(), &builder.finish().unwrap());
    let violations: Vec<String> =
        results.iter().filter(|result| result.is_violation()).map(crate::outcome::line).collect();
    assert!(violations.is_empty(), "{violations:#?}");
}
