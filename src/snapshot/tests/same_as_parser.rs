//! N-Triples read in lanes are what the parser makes of them, errors included.

use super::super::Builder;
use super::super::blocks::Shares;
use super::super::lines::LONGEST_LINE;
use super::all;
use crate::rdf::{BlankNode, NamedOrBlankNode, Term, Triple};
use oxrdfio::{RdfFormat, RdfParser, RdfSerializer};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io::Write};

/// What the parser makes of a text.
fn parsed(text: &[u8]) -> Result<BTreeSet<String>, String> {
    let renamed = |node: BlankNode| BlankNode::new(format!("input1_{}", node.as_str())).unwrap();
    let quads = RdfParser::from_format(RdfFormat::NTriples).for_reader(text).collect::<Result<Vec<_>, _>>();
    let triple = |quad| {
        let mut triple = Triple::from(quad);
        if let NamedOrBlankNode::BlankNode(node) = triple.subject {
            triple.subject = renamed(node).into();
        }
        if let Term::BlankNode(node) = triple.object {
            triple.object = renamed(node).into();
        }
        triple.to_string()
    };
    Ok(quads.map_err(|error| format!("file: {error}"))?.into_iter().map(triple).collect())
}

/// What the lanes make of it.
fn in_lanes(text: &[u8], shares: Shares) -> Result<BTreeSet<String>, String> {
    let mut builder = Builder::sharing(shares);
    builder.read("file", RdfFormat::NTriples, "http://example.org/", text).map_err(|error| error.to_string())?;
    Ok(all(&builder.finish().unwrap()))
}

/// Both, with blocks that hold a line, a few, or all.
fn compare(text: &[u8]) -> Result<(), TestCaseError> {
    let expected = parsed(text);
    for shares in [Shares { block: 16, lanes: 3 }, Shares { block: 200, lanes: 2 }, Shares { block: 1 << 20, lanes: 1 }]
    {
        prop_assert_eq!(in_lanes(text, shares), expected.clone(), "{:?} {:?}", shares, String::from_utf8_lossy(text));
    }
    Ok(())
}

/// Lines that are accepted: some plain, some not.
const ACCEPTED: [&str; 28] = [
    "<a:s> <a:p> <a:o> .\n",
    "<http://example.org/é/1> <a:p> _:b .\n",
    "_:b <a:p> \"x\" .\n",
    "<a:s> <a:p> \"\" .\r\n",
    "<a:s> <a:p> \"é# <a> .\" .\n",
    "<a:s> <a:p> \"x\"@en .\n",
    "<a:s> <a:p> \"x\"@EN .\n",
    "<a:s> <a:p> \"x\"@de-AT-1996 .\n",
    "<a:s> <a:p> \"x\"@De-at-1996 .\n",
    "<a:s> <a:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#string> .\n",
    "<a:s> <a:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n",
    "<a:s> <a:p> \"01\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n",
    "<a:s>\t<a:p>  <a:o>.\n",
    "  <a:s> <a:p> <a:o> . # <a:s> comment\n",
    "<a:s><a:p>\"x\"@en.\n",
    "<a:s> <a:p> \"a\\\"b\\n\\u00E9\\U0001F600\" .\n",
    "<a:\\u0073> <a:p> <a:o> .\n",
    "_:b.c <a:p> _:B-1 .\n",
    "_:é <a:p> _:1a .\n",
    "_:a1 <a:p> _:0 .\n",
    "\n",
    "\r\n",
    " \t\n",
    "# comment \"<\n",
    "# comment\r<a:s> <a:p> <a:o2> .\n",
    "<a:s> <a:p> <a:o3> .\r<a:s> <a:p> <a:o4> .\r\n",
    "<a:s> <a:p> \"\u{0}\u{7f}\u{85}\u{2028}\" .\n",
    "<a:s> <a:p> <a:o?x#y%20> .\n",
];

/// Pieces of lines that make most of what is refused.
const PIECES: [&str; 36] = [
    "<a:s> ",
    "<a:p> ",
    "<a:o> ",
    ".",
    "\n",
    " ",
    "\"x\"",
    "\"",
    "@en",
    "@",
    "@en--ltr",
    "@e1",
    "@en-",
    "@verylonglanguage",
    "^^",
    "^^<a:t>",
    "^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>",
    "^^<t>",
    "<>",
    "<rel>",
    "<a:s",
    ">",
    "<a: b>",
    "<a:%zz>",
    "<<(",
    ")>>",
    "_:",
    "_:-",
    "_:b. ",
    "\\",
    "\\u00",
    "\r",
    "#",
    "\u{feff}",
    "é",
    "'x'",
];

fn accepted() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(&ACCEPTED[..]).prop_map(|line| line.as_bytes().to_vec())
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 1..8).prop_map(|pieces| pieces.concat().into_bytes())
}

/// An accepted line with one byte put in, taken out or changed.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(&b"<>\"\\ .@^#_:\r\n\t-"[..])];
    (accepted(), any::<prop::sample::Index>(), 0..3, byte).prop_map(|(mut line, at, how, byte)| {
        let at = at.index(line.len());
        match how {
            0 => line.insert(at, byte),
            1 => line[at] = byte,
            _ => drop(line.remove(at)),
        }
        line
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn accepted_lines_mean_what_the_parser_says(lines in prop::collection::vec(accepted(), 0..40)) {
        compare(&lines.concat())?;
    }

    #[test]
    fn refused_lines_are_refused_in_the_words_of_the_parser(
        before in prop::collection::vec(accepted(), 0..20),
        odd in prop_oneof![damaged(), pieces()],
        after in prop::collection::vec(prop_oneof![4 => accepted().boxed(), 1 => damaged().boxed()], 0..20),
    ) {
        compare(&[before.concat(), odd, after.concat()].concat())?;
    }
}

#[test]
fn every_accepted_line_is_accepted_alone_and_without_its_end() {
    for line in ACCEPTED {
        assert!(parsed(line.as_bytes()).is_ok(), "{line:?}");
        compare(line.as_bytes()).unwrap();
        compare(line.trim_end_matches(['\n', '\r']).as_bytes()).unwrap();
    }
}

#[test]
fn an_empty_iri_is_refused_as_the_first_subject_too() {
    compare(b"<> <a:p> <a:o> .\n").unwrap();
    assert!(parsed(b"<> <a:p> <a:o> .\n").is_err());
}

#[test]
fn a_language_or_datatype_is_checked_at_its_first_literal_and_known_then() {
    let text =
        "<a:s> <a:p> \"1\"^^<a:t> .\n<a:s> <a:p> \"2\"^^<a:t> .\n<a:s> <a:p> \"3\"@EN .\n<a:s> <a:p> \"4\"@en .\n";
    let expected =
        ["<a:s> <a:p> \"1\"^^<a:t>", "<a:s> <a:p> \"2\"^^<a:t>", "<a:s> <a:p> \"3\"@en", "<a:s> <a:p> \"4\"@en"];
    let shares = Shares { block: 1 << 20, lanes: 1 };
    assert_eq!(in_lanes(text.as_bytes(), shares), Ok(expected.map(str::to_owned).into()));
    compare(text.as_bytes()).unwrap();
}

#[test]
fn bytes_that_are_no_text_are_refused_outside_comments() {
    compare(b"<a:s> <a:p> <a:o> .\n# \xff\n<a:s> <a:q> \"x\" .\n").unwrap();
    compare(b"<a:s> <a:p> <a:o> .\n<a:s> <a:p> \"\xff\" .\n").unwrap();
    compare(b"<a:s> <a:p> <a:o> .\n<a:s> <a:p> \"\xc3").unwrap();
    compare(b"\xef\xbb\xbf<a:s> <a:p> <a:o> .\n").unwrap();
}

#[test]
fn an_error_whose_end_is_far_behind_is_told_to_its_end() {
    for between in 0..60 {
        let text = format!("<a:s> <a:p> <a:o\n{}> .\n", "<a:s> <a:p> \n".repeat(between));
        compare(text.as_bytes()).unwrap();
    }
}

#[test]
fn lines_longer_than_any_token_may_be_are_taken_or_refused_as_by_the_parser() {
    let long = "x".repeat((1 << 24) + 1);
    let shares = Shares { block: 1 << 20, lanes: 2 };
    for line in [format!("<a:s> <a:p> \"{long}\" .\n"), format!("# {long}\n")] {
        let text = format!("<a:s> <a:p> <a:o> .\n{line}");
        // What the parser says of its own buffer counts as an input that cannot be read.
        let expected = parsed(text.as_bytes()).map_err(|error| error.replace("Reached", "cannot be read: Reached"));
        // Not `assert_eq!`: what it would print is too long.
        assert!(in_lanes(text.as_bytes(), shares) == expected, "{}", &line[..20]);
    }
}

#[test]
fn what_is_deep_in_a_long_comment_is_no_triple() {
    let shares = Shares { block: 1 << 20, lanes: 2 };
    // A long line is waited for in half blocks, so here is where a block ends within it.
    let cut = LONGEST_LINE + shares.block / 2;
    let start = "<a:s> <a:p> <a:o> .\n# ";
    let text = format!("{start}{}<a:s> <a:p> <a:comment> .\n", "x".repeat(cut - start.len()));
    assert_eq!(in_lanes(text.as_bytes(), shares), Ok(["<a:s> <a:p> <a:o>".to_owned()].into()));
}

/// The files of the SPARQL and SHACL suites, those in Turtle written as N-Triples.
#[test]
fn the_suites_are_read_as_the_parser_reads_them() {
    let suites = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites");
    if !suites.is_dir() {
        // Straight to the stream: the harness swallows what the print macros of a passing test say.
        std::io::stderr().write_all(format!("SKIPPED: {} is absent\n", suites.display()).as_bytes()).unwrap();
        return;
    }
    let mut compared = 0;
    for file in files_below(&suites) {
        let Some(text) = as_lines(&file) else { continue };
        compare(&text).unwrap();
        compared += 1;
    }
    assert!(compared > 500, "{compared}");
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// The text of a file in N-Triples, or what a file in Turtle is in N-Triples.
fn as_lines(file: &Path) -> Option<Vec<u8>> {
    match file.extension()?.to_str()? {
        "nt" => Some(fs::read(file).unwrap()),
        "ttl" => {
            let text = fs::read(file).unwrap();
            let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri("http://example.org/").unwrap();
            let quads = parser.for_reader(text.as_slice()).collect::<Result<Vec<_>, _>>().ok()?;
            let mut lines = RdfSerializer::from_format(RdfFormat::NTriples).for_writer(Vec::new());
            for quad in &quads {
                lines.serialize_quad(quad).unwrap();
            }
            Some(lines.finish().unwrap())
        }
        _ => None,
    }
}
