//! Results in words that can be compared.

use eu_service_list::shacl::{Limits, Shapes, ValidationResult, validate};
use eu_service_list::snapshot::Snapshot;
use std::collections::BTreeMap;

/// The results of data, in order of the report.
pub(crate) fn results(shapes: &Shapes, data: &Snapshot) -> Vec<ValidationResult> {
    validate(shapes, data, Limits::default()).unwrap().results
}

/// What two shapes graphs have in common where they say the same of the same data: focus node, path, value and
/// component, with the number of results that have them. Severities other than `sh:Violation` do not count.
pub(crate) fn violations(shapes: &Shapes, data: &Snapshot) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for result in results(shapes, data).iter().filter(|result| result.is_violation()) {
        *counts.entry(line(result)).or_default() += 1;
    }
    counts
}

/// Focus node, path, component and value of a result.
pub(crate) fn line(result: &ValidationResult) -> String {
    let path = result.path().map(ToString::to_string).unwrap_or_default();
    let value = result.value.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{} {path} {} {value}", result.focus, component(result))
}

/// The parameter that names the component of a result: `minCount` for `sh:MinCountConstraintComponent`.
pub(crate) fn component(result: &ValidationResult) -> String {
    let iri = result.source.component.as_str();
    let local = iri.rsplit(['#', '/']).next().unwrap();
    let name = local.strip_suffix("ConstraintComponent").unwrap_or(local);
    if name.chars().all(char::is_uppercase) {
        return name.to_lowercase();
    }
    let first = name.chars().next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(name.chars().skip(1)).collect()
}
