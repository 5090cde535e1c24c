//! The graphs that cases are made from: the fixtures, the shapes that ship, and the W3C's suite where it is here.

use super::part;
use super::random::Random;
use eu_service_list::rdf::{Term, Triple, read_turtle};
use eu_service_list::vocab::sh;
use std::fs;
use std::path::{Path, PathBuf};

/// Above so many triples a graph is not used whole, but one shape of it at a time.
const LARGE: usize = 400;

/// Graphs that somebody wrote.
pub(crate) struct Seeds {
    small: Vec<Vec<Triple>>,
    large: Vec<Vec<Triple>>,
    /// The texts of queries in them.
    pub(crate) queries: Vec<String>,
}

/// Where seeds are, seen from the product's folder.
const FOLDERS: [&str; 4] = ["tests/fixtures/shacl", "tests/fixtures/shapes", "shapes", "../shared/suites/shacl/tests"];

impl Seeds {
    /// Reads all there are below the product's folder.
    pub(crate) fn read(product: &Path) -> Self {
        let mut files: Vec<PathBuf> = FOLDERS.iter().flat_map(|folder| turtle_in(&product.join(folder))).collect();
        files.sort();
        let graphs = files.iter().filter_map(|file| graph(file));
        let (large, small): (Vec<_>, Vec<_>) = graphs.partition(|graph| graph.len() > LARGE);
        assert!(small.len() > 50 && !large.is_empty(), "there are no seeds in {}", product.display());
        let queries = small.iter().chain(&large).flatten().filter_map(query).collect();
        Self { small, large, queries }
    }

    /// A graph.
    pub(crate) fn pick(&self, random: &mut Random) -> Vec<Triple> {
        if random.one_in(5) {
            let large = random.pick(&self.large);
            return part::of_one_shape(random, large);
        }
        random.pick(&self.small).clone()
    }
}

fn query(triple: &Triple) -> Option<String> {
    match &triple.object {
        Term::Literal(text) if triple.predicate == sh::SELECT || triple.predicate == sh::ASK => {
            Some(text.value().to_owned())
        }
        _ => None,
    }
}

/// The triples of a file; none of one that is broken on purpose.
fn graph(file: &Path) -> Option<Vec<Triple>> {
    let text = fs::read(file).ok()?;
    read_turtle(text.as_slice(), "http://example.org/").ok()
}

/// The files of Turtle below a folder; none where it is not here.
fn turtle_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let files = paths.flat_map(|path| if path.is_dir() { turtle_in(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "ttl")).collect()
}
