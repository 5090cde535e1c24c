//! The file of the graph is never the truth: whatever becomes of it, the graph shows what the register says.

use super::{folder, open};
use crate::graph::{Delta, Engine, Graph};
use crate::rdf::{Content, NamedNode, Triple};
use crate::register::{Attribution, Change, Commit, Location, Register};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::{TempDir, tempdir};

const BASE: &str = "http://example.eu/";

fn register(directory: &Path) -> Arc<Register> {
    Arc::new(Register::open(&Location::Directory(directory.to_owned()), BASE).unwrap())
}

/// Has each of some records say a word.
fn commit(register: &Register, records: &[&str], word: &str) {
    let change = |record: &&str| {
        let iri = format!("{BASE}id/thing/{record}");
        let content = Content::parse(&format!("<{iri}> <http://a.example/says> \"{word}\" .\n")).unwrap();
        Change { iri, kind: "thing".to_owned(), number: None, content }
    };
    let attribution = Attribution { agent: "a test".to_owned(), ..Attribution::default() };
    let changes = records.iter().map(change).collect();
    register.commit(&Commit { attribution, changes, ..Commit::default() }).unwrap();
}

fn lines(graph: &Graph) -> Vec<String> {
    let mut lines = graph.lines().unwrap();
    lines.sort();
    lines
}

fn said(words: &[(&str, &str)]) -> Vec<String> {
    let line =
        |(record, word): &(&str, &str)| format!("<{BASE}id/thing/{record}> <http://a.example/says> \"{word}\" .\n");
    words.iter().map(line).collect()
}

fn file(directory: &TempDir) -> PathBuf {
    folder(directory.path()).join("published.snapshot")
}

#[test]
fn a_file_that_is_kept_is_brought_up_to_what_was_committed_since() {
    let directory = tempdir().unwrap();
    let register = register(directory.path());
    commit(&register, &["a", "b"], "one");
    drop(open(&register, Engine::Mapped).unwrap());
    let kept = fs::read(file(&directory)).unwrap();
    commit(&register, &["b", "c"], "two");
    commit(&register, &["c"], "three");
    let graph = open(&register, Engine::Mapped).unwrap();
    assert_eq!(lines(&graph), said(&[("a", "one"), ("b", "two"), ("c", "three")]));
    assert_eq!(graph.revision(), register.snapshot().unwrap().revision().unwrap().number);
    assert_eq!(fs::read(file(&directory)).unwrap(), kept, "so few changes are no reason to write it anew");
}

#[test]
fn what_is_damaged_cut_or_half_written_is_made_anew() {
    let directory = tempdir().unwrap();
    let register = register(directory.path());
    commit(&register, &["a", "b"], "one");
    drop(open(&register, Engine::Mapped).unwrap());
    let whole = fs::read(file(&directory)).unwrap();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let cut = whole[..whole.len() - 1].to_vec();
    for harm in [flipped, cut, Vec::new(), b"something else".to_vec()] {
        fs::write(file(&directory), harm).unwrap();
        // What a process that was killed in a merge leaves beside it is in nobody's way.
        fs::write(folder(directory.path()).join("published.snapshot.new"), &whole[..whole.len() / 2]).unwrap();
        let graph = open(&register, Engine::Mapped).unwrap();
        assert_eq!(lines(&graph), said(&[("a", "one"), ("b", "one")]));
        assert!(Graph::kept(&folder(directory.path())).unwrap().is_some(), "a whole one took its place");
    }
}

#[test]
fn the_file_of_another_register_is_not_taken() {
    let (ours, theirs) = (tempdir().unwrap(), tempdir().unwrap());
    let other = register(theirs.path());
    commit(&other, &["a"], "one");
    drop(open(&other, Engine::Mapped).unwrap());
    let register = register(ours.path());
    commit(&register, &["a"], "another");
    fs::create_dir_all(folder(ours.path())).unwrap();
    fs::copy(file(&theirs), file(&ours)).unwrap();
    assert_eq!(lines(&open(&register, Engine::Mapped).unwrap()), said(&[("a", "another")]));
}

#[test]
fn where_no_file_can_be_written_the_graph_is_in_memory() {
    let directory = tempdir().unwrap();
    let register = register(directory.path());
    commit(&register, &["a"], "one");
    fs::write(folder(directory.path()), "a file where the folder should be").unwrap();
    let graph = open(&register, Engine::Mapped).unwrap();
    assert_eq!(lines(&graph), said(&[("a", "one")]));
    assert!(graph.shared(None).unwrap().is_none());
    let node = |name: &str| NamedNode::new_unchecked(format!("http://a.example/{name}"));
    let added = (0..60_000).map(|number| Triple::new(node(&number.to_string()), node("p"), node("o"))).collect();
    graph.apply(&Delta { revision: 9, added, ..Delta::default() }).unwrap();
    graph.renew_if_wasteful().unwrap();
    assert_eq!(graph.triple_count().unwrap(), 60_001, "a merge that fails loses nothing");
}
