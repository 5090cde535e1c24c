//! The shipped list with a town that offers something, for suites of the desk.

use crate::register::{BASE, catalogue};
use eu_service_list::catalogue::{Base, Batch, Catalogue, Submission};
use eu_service_list::import::batch_of_turtle;
use std::sync::{Arc, LazyLock};

/// The town in Turtle.
const TOWN: &str = include_str!("../fixtures/desk/town.ttl");

/// Names that the shipped list does not have: former ones, search words, other languages.
const NAMES: &str = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix eusl: <https://w3id.org/eu-service-list/def#> .
<id/service-type/1512> skos:prefLabel "Övergivna cyklar"@sv ; skos:altLabel "Cycle wrecks"@en ; skos:hiddenLabel "fietswrak"@nl .
"#;

/// A register that all tests of a suite read and none writes.
pub(crate) fn with_town() -> Arc<Catalogue> {
    static SHARED: LazyLock<Arc<Catalogue>> = LazyLock::new(|| {
        let catalogue = catalogue();
        for (source, turtle) in [("town", TOWN), ("names", NAMES)] {
            add(&catalogue, source, turtle);
        }
        catalogue
    });
    Arc::clone(&SHARED)
}

/// Writes what a source says, which must conform.
pub(crate) fn add(catalogue: &Catalogue, source: &str, turtle: &str) {
    let base = Base::parse(BASE).unwrap();
    let source = format!("http://source.example/{source}");
    let batch: Batch = batch_of_turtle(&source, "a test", &base, &[turtle]).unwrap();
    let submission = Submission {
        base: BASE.to_owned(),
        agent: source,
        activity: "test".to_owned(),
        batches: vec![batch],
        release: None,
    };
    assert_eq!(catalogue.submit(submission).unwrap().rejected, []);
}
