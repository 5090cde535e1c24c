//! The shapes that ship with the product, and those that others publish, against data that keep and break them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/register.rs"]
mod register;

mod accepted;
mod catalogue;
mod constraint;
mod fixture;
mod generated;
mod message;
mod official;
mod outcome;
mod shipped;
mod variant;

use eu_service_list::graph::RdfFormat;
use eu_service_list::rdf::{Triple, read_turtle};
use eu_service_list::shacl::Shapes;
use eu_service_list::snapshot::Builder;
use eu_service_list::vocab;
use oxrdf::Graph;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What relative IRIs are resolved against.
const BASE: &str = "http://lists.example.eu/";

/// CPSV-AP, its neighbours and real instances, beside the project.
const CPSV_AP: &str = "data/cpsv-ap";

/// SEMIC's own shapes of CPSV-AP 3.2.0.
const OFFICIAL: &str = "data/cpsv-ap/official/cpsv-ap/releases/3.2.0/shacl/cpsv-ap-SHACL.ttl";

/// A file or folder of the outside data, where it is present: a folder beside the project.
fn shared(path: &str) -> Option<PathBuf> {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    say(&format!("SKIPPED: ../shared/{path} is absent"));
    None
}

/// Straight to the stream: the harness swallows what the print macros of a passing test say.
fn say(line: &str) {
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// The triples of a Turtle text.
fn triples(text: &str) -> Vec<Triple> {
    read_turtle(text.as_bytes(), BASE).unwrap_or_else(|error| panic!("{error} in\n{text}"))
}

/// The shapes of a Turtle text.
fn shapes(text: &str) -> Shapes {
    Shapes::parse(&graph(text)).unwrap()
}

fn graph(text: &str) -> Graph {
    triples(text).into_iter().collect()
}

/// The code-list closure.
fn closure() -> Vec<Triple> {
    vocab::CLOSURE.into_iter().flat_map(triples).collect()
}

/// Every file under a folder that is RDF by its name, in order.
fn rdf_files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(
            |path| if path.is_dir() { rdf_files(&path) } else { syntax(&path).map(|_| path).into_iter().collect() },
        )
        .collect()
}

/// The syntax of a file, by its name.
fn syntax(path: &Path) -> Option<RdfFormat> {
    path.extension().and_then(|extension| RdfFormat::from_extension(extension.to_str()?))
}

/// A builder that has read a file, if the file can be read.
fn read(path: &Path) -> Option<Builder> {
    let mut builder = Builder::new();
    let file = File::open(path).unwrap();
    builder.read(&path.display().to_string(), syntax(path)?, BASE, file).ok().map(|()| builder)
}
