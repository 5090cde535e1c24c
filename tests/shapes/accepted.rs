//! Shapes that others publish: read, or refused for what the recommendation forbids.

use crate::{BASE, CPSV_AP, rdf_files, shared, syntax};
use eu_service_list::shacl::Shapes;
use eu_service_list::vocab::sh;
use oxrdf::{Graph, Triple};
use oxrdfio::RdfParser;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

/// A property shape has exactly one `sh:path`. <https://www.w3.org/TR/shacl/#property-shapes>
const NO_PATH: &str = "sh:path: is missing";

/// `sh:nodeKind` has one of six values. <https://www.w3.org/TR/shacl/#NodeKindConstraintComponent>
const NO_NODE_KIND: &str = "is not one of the six node kinds";

/// Files that are refused, and the rule that they break.
const REFUSED: [(&str, &str); 4] = [
    ("belgium/iceg-public-service/models/public_services/shacl/iceg-public-service_en-SHACL.ttl", NO_PATH),
    ("itb/validator-resources-dcat-ap/resources/v2.0/dcat-ap_2.0.0_shacl_shapes.ttl", NO_NODE_KIND),
    ("itb/validator-resources-dcat-ap/resources/vTest/dcat-ap_2.0.0_shacl_shapes.ttl", NO_NODE_KIND),
    ("official/bregdcat-ap/releases/2.1.0/BRegDCAT-AP_shacl_shapes_2.1.0.ttl", NO_NODE_KIND),
];

/// The graph of a file, if it can be read.
fn graph(path: &Path) -> Option<Graph> {
    let parser = RdfParser::from_format(syntax(path)?).with_base_iri(BASE).unwrap();
    let quads = parser.for_reader(File::open(path).unwrap());
    quads.map(|quad| quad.ok().map(Triple::from)).collect()
}

/// Whether there is a shape in it that is checked by itself.
fn has_targets(graph: &Graph) -> bool {
    let targets = [sh::TARGET_CLASS, sh::TARGET_NODE, sh::TARGET_SUBJECTS_OF, sh::TARGET_OBJECTS_OF];
    targets.iter().any(|target| graph.triples_for_predicate(*target).next().is_some())
}

#[test]
fn shapes_of_others_are_read_or_break_a_rule_of_the_recommendation() {
    let Some(folder) = shared(CPSV_AP) else { return };
    let mut refused: BTreeMap<String, String> = BTreeMap::new();
    let mut accepted = 0;
    for path in rdf_files(&folder) {
        let Some(graph) = graph(&path).filter(has_targets) else { continue };
        match Shapes::parse(&graph) {
            Ok(shapes) => {
                assert!(shapes.targeted() > 0, "{}", path.display());
                accepted += 1;
            }
            Err(error) => {
                let name = path.strip_prefix(&folder).unwrap().display().to_string();
                refused.insert(name, error.to_string());
            }
        }
    }
    for (path, rule) in REFUSED {
        let error = refused.remove(path).unwrap_or_else(|| panic!("{path} is read, although there {rule}"));
        assert!(error.contains(rule), "{path}: {error}");
    }
    assert!(refused.is_empty(), "{refused:#?}");
    assert!(accepted >= 50, "{accepted} shapes graphs");
}
