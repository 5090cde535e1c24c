//! The project's own shapes on valid data, and on a variant for each of their constraints.

use crate::constraint::{Constraint, constraints, local_name};
use crate::outcome::{component, results};
use crate::variant::{Valid, Variant, variants};
use crate::{closure, graph, shapes};
use eu_service_list::rdf::Triple;
use eu_service_list::shacl::Shapes;
use eu_service_list::snapshot::Snapshot;
use eu_service_list::vocab;
use std::collections::BTreeSet;

/// A file of shapes with data that keep and break it.
struct Fixture {
    shapes: &'static str,
    valid: &'static str,
    broken: &'static str,
    /// What the data are checked with.
    closure: Vec<Triple>,
}

fn service_list() -> Fixture {
    Fixture {
        shapes: vocab::SHAPES,
        valid: include_str!("../fixtures/shapes/valid.ttl"),
        broken: include_str!("../fixtures/shapes/broken.txt"),
        closure: Vec::new(),
    }
}

fn cpsv_ap() -> Fixture {
    Fixture {
        shapes: vocab::CPSV_AP_SHAPES,
        valid: include_str!("../fixtures/shapes/cpsv-ap-valid.ttl"),
        broken: include_str!("../fixtures/shapes/cpsv-ap-broken.txt"),
        closure: closure(),
    }
}

impl Fixture {
    /// Shapes and parameters of all the results that data have.
    fn results(&self, shapes: &Shapes, data: Vec<Triple>) -> BTreeSet<Constraint> {
        let data = Snapshot::of(data.into_iter().chain(self.closure.iter().cloned()));
        let results = results(shapes, &data);
        results.iter().map(|result| (local_name(&result.source.shape.to_string()), component(result))).collect()
    }

    fn valid_data_have_no_result(&self) {
        let found = self.results(&shapes(self.shapes), Valid::parse(self.valid).triples);
        assert!(found.is_empty(), "{found:?}");
    }

    fn each_variant_has_its_results_and_no_other(&self) {
        let (shapes, valid) = (shapes(self.shapes), Valid::parse(self.valid));
        let differences: Vec<String> = variants(self.broken)
            .iter()
            .filter_map(|variant| difference(variant, &self.results(&shapes, valid.with(variant))))
            .collect();
        assert!(differences.is_empty(), "{}", differences.join("\n"));
    }

    /// By the results that the engine gives, not by those that the file names.
    fn every_constraint_is_broken_by_a_variant(&self) {
        let (shapes, valid) = (shapes(self.shapes), Valid::parse(self.valid));
        let broken: BTreeSet<Constraint> =
            variants(self.broken).iter().flat_map(|variant| self.results(&shapes, valid.with(variant))).collect();
        let all = constraints(&graph(self.shapes));
        let never: Vec<_> = all.difference(&broken).collect();
        let unknown: Vec<_> = broken.difference(&all).collect();
        assert!(never.is_empty() && unknown.is_empty(), "broken by none: {never:?}; in no shape: {unknown:?}");
    }
}

/// What a variant lacks and has too much, if anything.
fn difference(variant: &Variant, found: &BTreeSet<Constraint>) -> Option<String> {
    let words = |constraints: Vec<&Constraint>| {
        constraints.iter().map(|(shape, parameter)| format!("{shape} {parameter}")).collect::<Vec<_>>().join(", ")
    };
    let missing = words(variant.results.difference(found).collect());
    let surplus = words(found.difference(&variant.results).collect());
    let differs = !missing.is_empty() || !surplus.is_empty();
    differs.then(|| format!("line {}: missing: {missing}; too much: {surplus}", variant.line))
}

#[test]
fn the_valid_list_has_no_result() {
    service_list().valid_data_have_no_result();
}

#[test]
fn each_variant_of_the_list_has_its_results_and_no_other() {
    service_list().each_variant_has_its_results_and_no_other();
}

#[test]
fn every_constraint_of_the_service_list_is_broken_by_a_variant() {
    service_list().every_constraint_is_broken_by_a_variant();
}

#[test]
fn the_valid_public_service_has_no_result() {
    cpsv_ap().valid_data_have_no_result();
}

#[test]
fn each_variant_of_the_public_service_has_its_results_and_no_other() {
    cpsv_ap().each_variant_has_its_results_and_no_other();
}

#[test]
fn every_constraint_of_cpsv_ap_is_broken_by_a_variant() {
    cpsv_ap().every_constraint_is_broken_by_a_variant();
}
