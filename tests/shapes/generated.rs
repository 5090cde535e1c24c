//! Generated services, of which one in a hundred breaks one constraint of CPSV-AP, in ten ways in turn.

use crate::outcome::{line, results};
use crate::{OFFICIAL, read, shapes, shared};
use std::collections::BTreeSet;
use std::process::Command;

/// What the generator breaks: the node of the service that is wrong, the path, the parameter, the value.
/// From the generator's own text: the service with the number 37 has the first, that with 137 the second.
const BROKEN: [[&str; 4]; 10] = [
    ["", "http://purl.org/dc/terms/identifier", "minCount", ""],
    ["", "http://purl.org/dc/terms/identifier", "maxCount", ""],
    ["", "http://purl.org/dc/terms/title", "datatype", "\"untagged 237\""],
    ["", "http://data.europa.eu/m8g/hasCompetentAuthority", "minCount", ""],
    ["", "http://data.europa.eu/m8g/hasChannel", "class", "<https://data.example.eu/service/437/ch>"],
    ["/cost", "http://data.europa.eu/m8g/hasValue", "datatype", "^^<http://www.w3.org/2001/XMLSchema#decimal>"],
    [
        "",
        "http://data.europa.eu/m8g/processingTime",
        "datatype",
        "\"five days\"^^<http://www.w3.org/2001/XMLSchema#duration>",
    ],
    ["/out", "http://purl.org/dc/terms/title", "minCount", ""],
    ["/req", "http://purl.org/dc/terms/identifier", "maxCount", ""],
    ["", "http://purl.org/dc/terms/language", "class", "<https://data.example.eu/lang/none>"],
];

#[test]
fn all_ten_kinds_of_seeded_violation_are_found_and_nothing_else() {
    let (Some(generator), Some(official)) = (shared("tools/gen_cpsv.py"), shared(OFFICIAL)) else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("services.nt");
    let Ok(run) = Command::new("python3").arg(generator).arg("1000").arg(&path).output() else {
        crate::say("SKIPPED: python3 is absent");
        return;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let shapes = shapes(&std::fs::read_to_string(official).unwrap());
    let results = results(&shapes, &read(&path).unwrap().finish().unwrap());
    let lines: BTreeSet<String> = results.iter().map(line).collect();
    assert_eq!((results.len(), lines.len()), (10, 10), "{lines:#?}");
    for (place, [node, path, parameter, value]) in BROKEN.into_iter().enumerate() {
        let start = format!("<https://data.example.eu/service/{}37{node}> <{path}> {parameter} ", digit(place));
        let is_found = lines.iter().any(|line| line.starts_with(&start) && line.ends_with(value));
        assert!(is_found, "no {start}{value} in {lines:#?}");
    }
}

/// The hundreds of a service's number, which is not filled up with noughts.
fn digit(place: usize) -> String {
    if place == 0 { String::new() } else { place.to_string() }
}
