//! The catalogue of what is published, beside SEMIC's shapes of DCAT-AP 3.0.1 and of CPSV-AP 3.2.0.
//!
//! It is held against them alone: what it refers to in lists of others comes with it.

use crate::outcome::{line, results};
use crate::{BASE, OFFICIAL, shapes, shared};
use eu_service_list::catalogue::{Base, Dataset};
use eu_service_list::dump::Manifest;
use eu_service_list::harvest::dcat::{Catalogue, Country, Described, Files, Part, Publisher, PublisherType};
use eu_service_list::rdf::{Literal, Triple};
use eu_service_list::register::Revision;
use eu_service_list::snapshot::{Builder, Snapshot};
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

/// DCAT-AP's shapes of 3.0.1: what must be, what should be, what is of which class, and from which code lists.
const DCAT_AP: [&str; 4] = ["shapes", "shapes_recommended", "range", "mdr-vocabularies.shape"];

/// The only results there are, each of all resources that it is of, and why it stays.
const EXPLAINED: [(&str, &str); 4] = [
    // A place is a code of the EU's table, where its geometry is kept.
    ("/resource/authority/", "dcat#bbox> minCount"),
    ("/resource/authority/", "dcat#centroid> minCount"),
    // The publisher is no institution of the EU.
    ("", "/publisher> node <http://lists.example.eu/catalog#publisher>"),
    // The shape wants https, which the IRIs of SPDX do not have (`http://spdx.org/rdf/terms#`).
    ("", "algorithm> node <http://spdx.org/rdf/terms#checksumAlgorithm_sha256>"),
];

fn revision(number: u64, timestamp: &str) -> Revision {
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(number);
    Revision { number, at, timestamp: timestamp.to_owned() }
}

/// A publisher of whom everything is set.
fn publisher() -> Publisher {
    Publisher {
        name: Some("Town of Test".to_owned()),
        kind: PublisherType::named("local-authority"),
        homepage: Some("https://test.example/".to_owned()),
        contact: Some("data@test.example".to_owned()),
        licence: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        licence_label: "CC BY 4.0".to_owned(),
    }
}

fn described(dataset: Dataset, country: Option<&str>, public_services: &[&str]) -> Described {
    let is_of_an_organisation = matches!(dataset, Dataset::Organisation(_));
    Described {
        name: dataset.name(&Base::parse(BASE).unwrap()),
        dataset,
        organisation: is_of_an_organisation
            .then(|| Literal::new_language_tagged_literal_unchecked("Gemeente \"Test\"", "nl"))
            .into_iter()
            .collect(),
        countries: country.map(Country::of_code).into_iter().collect(),
        changed: revision(7, "2026-11-27T12:00:00.000Z"),
        public_services: public_services.iter().map(|name| format!("{BASE}id/public-service/{name}")).collect(),
    }
}

/// One dataset of each kind.
fn datasets() -> Vec<Described> {
    vec![
        described(Dataset::Services, None, &[]),
        described(Dataset::Suitability, None, &[]),
        described(Dataset::PublicServices, None, &[]),
        described(Dataset::Country("NLD".to_owned()), Some("NLD"), &[]),
        described(Dataset::Organisation(format!("{BASE}id/organisation/test")), Some("NLD"), &["a", "b"]),
    ]
}

/// A file of each form in each coding, N-Triples in two parts.
fn manifest() -> Manifest {
    let forms =
        [("n-triples", 1), ("n-triples", 2), ("turtle", 1), ("rdf-xml", 1), ("json-ld", 1), ("n-quads", 1), ("csv", 1)];
    let file = |(form, part): (&str, u32), coding: Option<&str>| {
        let name = format!("services.{part}.{form}.{}", coding.unwrap_or("plain"));
        serde_json::json!({
            "dataset": "services", "name": name, "form": form, "coding": coding, "part": part,
            "bytes": 12, "sha256": "ab".repeat(32),
        })
    };
    let files: Vec<_> = forms
        .iter()
        .flat_map(|form| [None, Some("gzip"), Some("zstandard")].map(|coding| file(*form, coding)))
        .collect();
    let manifest = serde_json::json!({
        "edition": 1, "revision": 7, "moment": "2026-11-27T12:00:00.000Z", "feed": "", "made": "2026-11-27T12:00:01.000Z",
        "date": "2026-11-27", "files": files,
    });
    serde_json::from_value(manifest).unwrap()
}

fn triples_of(publisher: &Publisher, part: Part<'_>) -> Vec<Triple> {
    let (first, present) = (revision(1, "2026-11-01T08:00:00.000Z"), revision(7, "2026-11-27T12:00:00.000Z"));
    let (base, manifest) = (Base::parse(BASE).unwrap(), manifest());
    let catalogue = Catalogue {
        base: &base,
        site: BASE,
        publisher,
        first: Some(&first),
        present: &present,
        countries: &[Country::of_code("NLD")],
        files: Some(Files::of(&manifest)),
    };
    catalogue.triples(&datasets(), part)
}

fn snapshot(triples: &[Triple]) -> Snapshot {
    let mut builder = Builder::new();
    for triple in triples {
        builder.add(triple).unwrap();
    }
    builder.finish().unwrap()
}

/// What DCAT-AP finds in triples; nothing where its shapes are absent.
fn found_by_dcat_ap(triples: &[Triple]) -> Option<BTreeSet<String>> {
    let data = snapshot(triples);
    let mut found = BTreeSet::new();
    for name in DCAT_AP {
        let path = shared(&format!("data/cpsv-ap/official/dcat-ap/releases/3.0.1/html/shacl/{name}.ttl"))?;
        let shapes = shapes(&std::fs::read_to_string(path).unwrap());
        assert!(shapes.targeted() > 5, "{name} has shapes");
        found.extend(results(&shapes, &data).iter().map(line));
    }
    Some(found)
}

fn unexplained(found: &BTreeSet<String>) -> Vec<&String> {
    let is_explained =
        |result: &&String| EXPLAINED.iter().any(|(focus, rest)| result.contains(focus) && result.contains(rest));
    found.iter().filter(|result| !is_explained(result)).collect()
}

#[test]
fn dcat_ap_finds_nothing_in_the_catalogue_that_is_not_explained() {
    let page = Part::Page { number: 1, pages: 2, datasets: 30, extension: "ttl" };
    for part in [page, Part::Alone] {
        let Some(found) = found_by_dcat_ap(&triples_of(&publisher(), part)) else { return };
        assert_eq!(unexplained(&found), Vec::<&String>::new());
        for (focus, rest) in EXPLAINED {
            let is_found = |result: &String| result.contains(focus) && result.contains(rest);
            assert!(found.iter().any(is_found), "nothing to explain any more: {focus} {rest}");
        }
    }
}

#[test]
fn a_catalogue_whose_publisher_nobody_set_lacks_its_kind_and_a_contact_point_and_nothing_else() {
    let unnamed = Publisher { name: None, kind: None, homepage: None, contact: None, ..publisher() };
    let Some(found) = found_by_dcat_ap(&triples_of(&unnamed, Part::Alone)) else { return };
    let rest: BTreeSet<&str> =
        unexplained(&found).into_iter().map(|result| result.split_once(' ').unwrap().1.trim()).collect();
    assert_eq!(
        rest.into_iter().collect::<Vec<_>>(),
        ["<http://purl.org/dc/terms/type> minCount", "<http://www.w3.org/ns/dcat#contactPoint> minCount"]
    );
}

#[test]
fn cpsv_ap_finds_only_that_the_public_services_are_described_elsewhere() {
    let Some(official) = shared(OFFICIAL) else { return };
    let shapes = shapes(&std::fs::read_to_string(official).unwrap());
    let data = snapshot(&triples_of(&publisher(), Part::Alone));
    let found: Vec<String> = results(&shapes, &data).iter().map(line).collect();
    let dataset = format!("<{BASE}catalog/organisation-test> <http://purl.org/dc/terms/hasPart> class");
    let expected = ["a", "b"].map(|name| format!("{dataset} <{BASE}id/public-service/{name}>"));
    assert_eq!(found, expected);
}
