//! `eusl validate`: what it says, where it says it, and how it ends.

use crate::binary::{eusl, run, stderr, stdout};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::{TempDir, tempdir};

const SHAPES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix e: <http://e/> .
e:Shape sh:targetClass e:Thing ; sh:property e:Shape-name, e:Shape-size .
e:Shape-name sh:path e:name ; sh:minCount 1 ; sh:message \"No name.\"@en, \"Kein Name.\"@de .
e:Shape-size sh:path e:size ; sh:datatype <http://www.w3.org/2001/XMLSchema#integer> ; sh:severity sh:Warning .
";

const DATA: &str = "@prefix e: <http://e/> .

e:1 a e:Thing ; e:name \"one\" ;
  e:size 1 ,
    \"two\" .
[] a e:Thing ;
  e:size 3 .
";

/// A folder with files of these names and texts.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// `eusl validate` in a folder.
fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = eusl(&folder.path().join("d"));
    command.arg("validate").args(arguments);
    command
}

fn validate(folder: &TempDir, arguments: &[&str]) -> Output {
    run(&mut command(folder, arguments))
}

/// The same with a text on standard input.
fn validate_input(folder: &TempDir, arguments: &[&str], text: &str) -> Output {
    let mut command = command(folder, arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn the_text_names_file_and_line_and_the_exit_code_tells_the_verdict() {
    let folder = folder(&[("data.ttl", DATA), ("shapes.ttl", SHAPES)]);
    let output = validate(&folder, &["data.ttl", "--shapes", "shapes.ttl"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}{}", stderr(&output));
    assert!(text.starts_with("Violation, 1 result: e:name\n  No name.\n"), "{text}");
    assert!(text.contains("    data.ttl:6: []\n"), "{text}");
    assert!(text.contains("    data.ttl:5: <http://e/1>, value \"two\"\n"), "{text}");
    let last = "6 triples, 2 nodes with results: 1 violation, 1 warning, 0 infos; does not conform\n";
    assert!(text.ends_with(last), "{text}");
    assert!(!folder.path().join("d").exists(), "no register was made");
}

#[test]
fn the_severity_that_fails_can_be_chosen() {
    let named = DATA.replace("[] a e:Thing", "[] a e:Thing ; e:name \"x\"");
    let folder = folder(&[("data.ttl", &named), ("shapes.ttl", SHAPES), ("none.nt", "")]);
    let code = |arguments: &[&str]| validate(&folder, &[arguments, &["--shapes", "shapes.ttl"]].concat()).status.code();
    assert_eq!(code(&["data.ttl"]), Some(0));
    assert_eq!(code(&["data.ttl", "--fail-on", "warning"]), Some(1));
    assert_eq!(code(&["none.nt", "--fail-on", "info"]), Some(0));
    assert_eq!(code(&["data.ttl", "--max-results", "0"]), Some(1), "what is not known does not pass");
}

#[test]
fn messages_are_in_the_language_of_the_terminal_or_the_one_asked_for() {
    let folder = folder(&[("data.ttl", DATA), ("shapes.ttl", SHAPES)]);
    let arguments = ["data.ttl", "--shapes", "shapes.ttl"];
    let german = run(command(&folder, &arguments).env("LANG", "de_AT.UTF-8"));
    assert!(stdout(&german).contains("Kein Name."), "{}", stdout(&german));
    let english = run(command(&folder, &arguments).env("LANG", "de_AT.UTF-8").args(["--lang", "en"]));
    assert!(stdout(&english).contains("No name."), "{}", stdout(&english));
}

#[test]
fn standard_input_is_turtle_unless_told_and_has_no_lines() {
    let folder = folder(&[("shapes.ttl", SHAPES)]);
    let output = validate_input(&folder, &["-", "--shapes", "shapes.ttl"], DATA);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("    <http://e/1>, value \"two\"\n"), "{}", stdout(&output));
    let json = "{ \"@id\": \"http://e/1\", \"@type\": \"http://e/Thing\" }";
    let output = validate_input(&folder, &["-", "--syntax", "jsonld", "--shapes", "shapes.ttl"], json);
    assert!(stdout(&output).starts_with("Violation, 1 result"), "{}{}", stdout(&output), stderr(&output));
    let output = validate_input(&folder, &["-", "-"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("only once"), "{}", stderr(&output));
}

#[test]
fn several_files_are_one_graph_with_blank_nodes_apart() {
    let one = "_:x a <http://e/Thing> .\n<http://e/1> a <http://e/Thing> .\n";
    let other = "_:x <http://e/name> \"not the same\" .\n<http://e/1> <http://e/name> \"the same\" .\n";
    let folder = folder(&[("one.ttl", one), ("other.nt", other), ("shapes.ttl", SHAPES)]);
    let output = validate(&folder, &["other.nt", "one.ttl", "--shapes", "shapes.ttl"]);
    assert!(stdout(&output).contains("1 result: e:name\n"), "{}", stdout(&output));
    assert!(stdout(&output).contains("    one.ttl:1: _:x\n"), "{}", stdout(&output));
}

#[test]
fn a_report_is_rdf_on_request_and_ends_in_the_same_code() {
    let folder = folder(&[("data.ttl", DATA), ("shapes.ttl", SHAPES)]);
    let output = validate(&folder, &["data.ttl", "--shapes", "shapes.ttl", "--report", "turtle"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("1 violation, 1 warning"), "the line that counts: {}", stderr(&output));
    fs::write(folder.path().join("report.ttl"), &output.stdout).unwrap();
    let shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> .
        <http://e/Report> sh:targetClass sh:ValidationReport ;
            sh:property [ sh:path sh:conforms ; sh:hasValue false ] ;
            sh:property [ sh:path sh:result ; sh:minCount 2 ; sh:maxCount 2 ; sh:class sh:ValidationResult ] .
        <http://e/None> sh:targetNode <http://e/none> ; sh:property [ sh:path [ sh:inversePath sh:result ] ; sh:maxCount 0 ] .";
    fs::write(folder.path().join("of-reports.ttl"), shapes).unwrap();
    let output = validate(&folder, &["report.ttl", "--shapes", "of-reports.ttl"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn a_report_is_json_on_request_with_the_place_of_every_result() {
    let folder = folder(&[("data.ttl", DATA), ("shapes.ttl", SHAPES)]);
    let output = validate(&folder, &["data.ttl", "--shapes", "shapes.ttl", "--report", "json", "--examples", "0"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["conforms"], &report["passes"]), (&false.into(), &false.into()));
    let mut places: Vec<String> =
        report["results"].as_array().unwrap().iter().map(|it| format!("{}:{}", it["file"], it["line"])).collect();
    places.sort();
    assert_eq!(places, ["\"data.ttl\":5", "\"data.ttl\":6"]);
}

#[test]
fn shapes_that_are_refused_are_told_with_file_line_and_reason() {
    let bad = SHAPES.replace("sh:minCount 1", "\n  sh:minCount \"one\"");
    let folder = folder(&[("data.ttl", DATA), ("shapes.ttl", SHAPES), ("bad.ttl", &bad)]);
    let output = validate(&folder, &["data.ttl", "--shapes", "bad.ttl"]);
    assert_eq!(output.status.code(), Some(2));
    let expected =
        "bad.ttl:5: the shapes cannot be used: <http://e/Shape-name>, sh:minCount: \"one\" is not a whole number";
    assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    let output = validate(&folder, &["data.ttl", "--shapes", "data.ttl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no shape in it has a target"), "{}", stderr(&output));
}

#[test]
fn data_that_cannot_be_read_are_told_with_file_line_and_column() {
    let xml = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description>\n</rdf:RDF>\n";
    let folder = folder(&[
        ("bad.ttl", "<a:s> <a:p> <a:o> .\n<a:s> <a:p> .\n"),
        ("bad.rdf", xml),
        ("data.csv", "a,b\n"),
        ("bad.jsonld", "{\n\"@type\": 5\n}\n"),
    ]);
    for (file, expected) in [
        ("bad.ttl", "bad.ttl: Parser error at line 2 column 13"),
        ("bad.rdf", "bad.rdf:3: "),
        ("bad.jsonld", "in the node that ends on line 3"),
        ("absent.ttl", "cannot read absent.ttl"),
        ("data.csv", "data.csv: no RDF syntax has the extension"),
    ] {
        let output = validate(&folder, &[file]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

#[test]
fn the_shapes_that_ship_know_the_codes_and_other_shapes_only_on_request() {
    let data = "<http://e/1> a <http://purl.org/vocab/cpsv#PublicService> ;
        <http://purl.org/dc/terms/identifier> \"1\" ; <http://purl.org/dc/terms/title> \"x\"@en ;
        <http://purl.org/dc/terms/description> \"y\"@en ; <http://data.europa.eu/m8g/hasCompetentAuthority> <http://e/2> ;
        <http://purl.org/dc/terms/language> <http://publications.europa.eu/resource/authority/language/DEU> .
        <http://e/2> a <http://data.europa.eu/m8g/PublicOrganisation> ; <http://purl.org/dc/terms/spatial> <http://e/3> ;
          <http://www.w3.org/2004/02/skos/core#prefLabel> \"z\"@en . <http://e/3> a <http://purl.org/dc/terms/Location> .";
    let shapes = Path::new(env!("CARGO_MANIFEST_DIR")).join("shapes/cpsv-ap.ttl");
    let folder = folder(&[("data.ttl", data)]);
    let output = validate(&folder, &["data.ttl"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    let shapes = shapes.to_str().unwrap();
    let output = validate(&folder, &["data.ttl", "--shapes", shapes]);
    assert!(stdout(&output).contains("Violation, dangling reference, 1 result"), "{}", stdout(&output));
    assert_eq!(validate(&folder, &["data.ttl", "--shapes", shapes, "--codes"]).status.code(), Some(0));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let lines: Vec<String> = (0..20_000).map(|number| format!("<http://e/{number}> a <http://e/Thing> .")).collect();
    let things = lines.join("\n");
    let folder = folder(&[("data.ttl", &things), ("shapes.ttl", SHAPES)]);
    let mut command = command(&folder, &["data.ttl", "--shapes", "shapes.ttl", "--report", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
}

#[test]
fn generated_services_have_exactly_the_errors_that_were_seeded() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shapes = shared.join("data/cpsv-ap/official/cpsv-ap/releases/3.2.0/shacl/cpsv-ap-SHACL.ttl");
    let generator = shared.join("tools/gen_cpsv.py");
    if !shapes.exists() || !generator.exists() {
        std::io::stderr().write_all(b"SKIPPED: ../shared has no generator or no official shapes\n").unwrap();
        return;
    }
    let folder = folder(&[]);
    let mut python = Command::new("python3");
    python.arg(&generator).args(["1000", "data.nt"]).current_dir(folder.path()).stdout(Stdio::null());
    assert!(python.status().unwrap().success());
    let output = validate(&folder, &["data.nt", "--shapes", shapes.to_str().unwrap()]);
    assert!(stdout(&output).contains(": 10 violations, 0 warnings, 0 infos;"), "{}", stdout(&output));
    assert_eq!(stdout(&output).matches("    data.nt:").count(), 10, "{}", stdout(&output));
}
