//! Reading texts of all syntaxes.

use super::super::blocks::Shares;
use super::super::{Builder, Snapshot, SnapshotError};
use super::all;
use crate::rdf::{BlankNode, NamedNode, Triple};
use oxrdfio::{JsonLdProfileSet, RdfFormat};
use std::io::{self, Read};

const BASE: &str = "http://example.org/";

fn read(inputs: &[(RdfFormat, &str)]) -> Result<Snapshot, SnapshotError> {
    let mut builder = Builder::new();
    for (syntax, text) in inputs {
        builder.read("file", *syntax, BASE, text.as_bytes())?;
    }
    builder.finish()
}

#[test]
fn every_syntax_is_read() {
    for (syntax, text) in [
        (RdfFormat::Turtle, "<s> <p> 1, 'a'@EN ."),
        (RdfFormat::TriG, "<s> <p> 1 . <g> { <s> <p> 'a'@EN }"),
        (
            RdfFormat::NTriples,
            "<http://example.org/s> <http://example.org/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n\
             <http://example.org/s> <http://example.org/p> \"a\"@EN .\n",
        ),
        (
            RdfFormat::NQuads,
            "<http://example.org/s> <http://example.org/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n\
             <http://example.org/s> <http://example.org/p> \"a\"@EN <http://example.org/g> .\n",
        ),
        (
            RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
            r#"{"@id": "s", "http://example.org/p": [1, {"@value": "a", "@language": "EN"}]}"#,
        ),
        (
            RdfFormat::RdfXml,
            r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://example.org/">
            <rdf:Description rdf:about="s">
            <p rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</p><p xml:lang="EN">a</p>
            </rdf:Description></rdf:RDF>"#,
        ),
    ] {
        let triples: Vec<_> = all(&read(&[(syntax, text)]).unwrap()).into_iter().collect();
        assert_eq!(
            triples,
            [
                "<http://example.org/s> <http://example.org/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>",
                "<http://example.org/s> <http://example.org/p> \"a\"@en",
            ],
            "{syntax}"
        );
    }
}

#[test]
fn inputs_share_terms_but_no_blank_nodes() {
    let snapshot = read(&[
        (RdfFormat::NTriples, "_:a <a:p> <a:o> .\n_:a <a:q> \"x\" .\n"),
        (RdfFormat::Turtle, "_:a <a:p> <a:o> ."),
        (RdfFormat::NTriples, "_:a <a:p> <a:o> .\n<a:s> <a:p> <a:o> .\n"),
    ])
    .unwrap();
    let triples: Vec<_> = all(&snapshot).into_iter().collect();
    assert_eq!(
        triples,
        [
            "<a:s> <a:p> <a:o>",
            "_:input1_a <a:p> <a:o>",
            "_:input1_a <a:q> \"x\"",
            "_:input2_a <a:p> <a:o>",
            "_:input3_a <a:p> <a:o>",
        ]
    );
    assert_eq!(snapshot.term_count(), 8);
}

#[test]
fn added_triples_keep_the_labels_of_their_blank_nodes() {
    let node = BlankNode::new("a").unwrap();
    let predicate = NamedNode::new("a:p").unwrap();
    let mut builder = Builder::new();
    builder.add(&Triple::new(node.clone(), predicate.clone(), node.clone())).unwrap();
    builder.read("file", RdfFormat::Turtle, BASE, b"_:a <a:p> _:a .".as_slice()).unwrap();
    let snapshot = builder.finish().unwrap();
    let found = snapshot.id(node.as_ref().into());
    assert!(found.is_some());
    assert_eq!(snapshot.matching(found, snapshot.id(predicate.as_ref().into()), found).count(), 1);
    assert_eq!(snapshot.len(), 2);
}

#[test]
fn an_error_names_the_file_the_line_and_the_column() {
    for syntax in [RdfFormat::NTriples, RdfFormat::Turtle] {
        let error = read(&[(syntax, "<a:s> <a:p> <a:o> .\n# comment\n<a:s> \"é\" <a:o> .\n")]).unwrap_err();
        assert!(
            matches!(&error, SnapshotError::Syntax { name, line: Some(3), column: Some(7), .. } if name == "file"),
            "{error:?}"
        );
        let said = error.to_string();
        assert!(said.starts_with("file: ") && said.contains("line 3") && said.contains('7'), "{said}");
    }
}

#[test]
fn an_error_far_behind_in_a_big_input_names_its_line() {
    let mut text = "<a:s> <a:p> <a:o> .\n".repeat(1_000);
    text += "<a:s> <a:p> <a:o> .\r\n\n# comment\n<a:s> <a:p> \"\\n\" .\n";
    text += "<a:s> <a:p> <not> .\n";
    text += &"<a:s> <a:p> <also not> .\n".repeat(1_000);
    let mut builder = Builder::sharing(Shares { block: 256, lanes: 3 });
    let error = builder.read("file", RdfFormat::NTriples, BASE, text.as_bytes()).unwrap_err();
    assert!(matches!(error, SnapshotError::Syntax { line: Some(1_005), column: Some(13), .. }), "{error:?}");
}

#[test]
fn a_base_that_is_no_iri_is_refused() {
    let error = Builder::new().read("file", RdfFormat::Turtle, "no iri", b"".as_slice()).unwrap_err();
    assert!(matches!(error, SnapshotError::Base { .. }), "{error:?}");
}

/// An input that fails as soon as it is read.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("gone"))
    }
}

#[test]
fn an_input_that_breaks_off_is_refused() {
    for count in [0, 1, 1_000] {
        let text = "<a:s> <a:p> <a:o> .\n".repeat(count);
        for syntax in [RdfFormat::NTriples, RdfFormat::Turtle] {
            let mut builder = Builder::sharing(Shares { block: 256, lanes: 2 });
            let error = builder.read("file", syntax, BASE, text.as_bytes().chain(Broken)).unwrap_err();
            assert_eq!(error.to_string(), "file: cannot be read: gone");
        }
    }
}

#[test]
fn an_error_before_the_place_where_an_input_breaks_off_is_told_first() {
    let mut builder = Builder::sharing(Shares { block: 256, lanes: 3 });
    let text = format!("<a:s> <a:p> <not> .\n{}", "<a:s> <a:p> <a:o> .\n".repeat(50));
    let error = builder.read("file", RdfFormat::NTriples, BASE, text.as_bytes().chain(Broken)).unwrap_err();
    assert!(matches!(error, SnapshotError::Syntax { line: Some(1), .. }), "{error:?}");
}

#[test]
fn the_same_input_gives_the_same_numbers() {
    let lines: Vec<_> = (0..2_000).map(|n| format!("<a:{}> <a:p{}> \"{n}\" .\n", n % 700, n % 3)).collect();
    let text = lines.concat();
    let once = || {
        let mut builder = Builder::sharing(Shares { block: 512, lanes: 3 });
        builder.read("file", RdfFormat::NTriples, BASE, text.as_bytes()).unwrap();
        let snapshot = builder.finish().unwrap();
        snapshot.matching(None, None, None).map(|triple| super::written(&snapshot, triple)).collect::<Vec<_>>()
    };
    let first = once();
    assert_eq!(first.len(), 2_000);
    for _ in 0..10 {
        assert_eq!(once(), first);
    }
}
