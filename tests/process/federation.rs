//! Two servers that ask each other, held against one that has the data of both.

use crate::binary::{Server, eusl};
use std::path::Path;
use tempfile::tempdir;

/// Places and who runs them, at one endpoint.
const HERE: &str = "
    <x:a> <x:name> 'Aarhus'@da . <x:a> <x:in> <x:dk> . <x:a> <x:size> 3 .
    <x:b> <x:name> 'Bruges' . <x:b> <x:in> <x:be> . <x:b> <x:size> 2 .
    <x:c> <x:name> 'Cork' . <x:c> <x:in> <x:ie> .
    <x:d> <x:name> 'Delft' .";

/// What another says of them.
const THERE: &str = "
    <x:a> <x:mayor> 'Ann' . <x:a> <x:office> _:o . _:o <x:open> 'Monday' . _:o <x:open> 'Friday' .
    <x:b> <x:mayor> 'Bob' . <x:b> <x:mayor> 'Bea' . <x:dk> <x:seat> 'Copenhagen' . <x:be> <x:seat> 'Brussels' .
    <x:c> <x:budget> 7 . <x:b> <x:budget> 3 . <x:a> <x:budget> 5 . <x:b> <x:near> <x:c> . <x:c> <x:near> <x:e> .";

fn serve(folder: &Path, name: &str, turtle: &str, arguments: &[&str]) -> Server {
    let file = folder.join(name);
    std::fs::write(&file, turtle).unwrap();
    let mut command = eusl(&folder.join("unused"));
    command.args(["--listen", "127.0.0.1:0"]).args(arguments).arg("serve").arg("--scratch").arg(&file);
    Server::run(&mut command)
}

/// The lines of an answer in CSV, sorted.
fn lines(answer: &str) -> Vec<String> {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    let mut lines: Vec<_> = body.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn a_query_over_two_servers_has_the_solutions_of_one_that_has_the_data_of_both() {
    let folder = tempdir().unwrap();
    let there = serve(folder.path(), "there.ttl", THERE, &[]);
    let endpoint = format!("http://127.0.0.1:{}/sparql", there.port);
    let here = serve(folder.path(), "here.ttl", HERE, &["--service-allow-private", &endpoint]);
    let both = serve(folder.path(), "both.ttl", &format!("{HERE}{THERE}"), &[]);
    let queries = [
        "SELECT ?name ?m { ?x <x:name> ?name THERE { ?x <x:mayor> ?m } }",
        "SELECT ?name ?m { THERE { ?x <x:mayor> ?m } ?x <x:name> ?name }",
        "SELECT ?name ?m { ?x <x:name> ?name OPTIONAL { THERE { ?x <x:mayor> ?m } } }",
        "SELECT ?name ?m { ?x <x:name> ?name OPTIONAL { THERE { ?x <x:mayor> ?m } FILTER(STRLEN(?name) > 5) } }",
        "SELECT ?name { ?x <x:name> ?name FILTER(!BOUND(?l)) OPTIONAL { ?x <x:in> ?l THERE { ?x <x:mayor> ?m . ?l <x:seat> ?s } } }",
        "SELECT ?name { ?x <x:name> ?name MINUS { THERE { ?x <x:mayor> ?m } } }",
        "SELECT ?x ?v { { ?x <x:size> ?v } UNION { THERE { ?x <x:budget> ?v } } }",
        "SELECT ?x ?m ?s { ?x <x:in> ?land THERE { ?x <x:mayor> ?m } THERE { ?land <x:seat> ?s } }",
        "SELECT ?x ?b { ?x <x:size> ?s THERE { ?x <x:budget> ?b FILTER(?b > 3) } }",
        "SELECT ?x ?b { ?x <x:size> ?s THERE { ?x <x:budget> ?b } FILTER(?b > ?s) }",
        "SELECT ?x ?t { ?x <x:size> ?s THERE { ?x <x:budget> ?b BIND(?b * 2 AS ?t) } }",
        "SELECT ?x ?n { ?x <x:in> ?land THERE { SELECT ?x (COUNT(?m) AS ?n) { ?x <x:mayor> ?m } GROUP BY ?x } }",
        "SELECT ?x ?b { ?x <x:name> ?n THERE { SELECT ?x ?b { ?x <x:budget> ?b } ORDER BY DESC(?b) LIMIT 2 } }",
        "SELECT ?name ?day { ?x <x:name> ?name THERE { ?x <x:office> [ <x:open> ?day ] } }",
        "SELECT ?x ?e { ?x <x:name> ?n THERE { ?x <x:near>+ ?e } }",
        "SELECT ?x ?e { ?x <x:name> ?n THERE { ?x <x:near>/(<x:near>|^<x:near>) ?e } }",
        "SELECT ?x ?m { VALUES ?x { <x:a> <x:c> } THERE { ?x <x:mayor> ?m } }",
        "SELECT ?x ?m { ?x <x:size> ?z THERE { VALUES ?m { 'Bob' 'Ann' } ?x <x:mayor> ?m } }",
        "SELECT ?x { ?x <x:size> ?z THERE { ?x ?p ?m FILTER(?m IN ('Bob', 'Bea')) FILTER EXISTS { ?x <x:near> ?y } } }",
        "SELECT ?x { ?x <x:size> ?z THERE { <x:a> <x:mayor> 'Ann' } }",
        "SELECT ?x { ?x <x:size> ?z THERE { <x:a> <x:mayor> 'Eve' } }",
        "SELECT (COUNT(*) AS ?n) (SUM(?b) AS ?s) { ?x <x:name> ?name THERE { ?x <x:budget> ?b } }",
        "SELECT DISTINCT ?z { THERE { ?x <x:mayor> ?m } ?x <x:size> ?z FILTER NOT EXISTS { ?x <x:in> <x:dk> } }",
        "SELECT ?x ?m { { SELECT ?x { ?x <x:size> ?z } ORDER BY ?z LIMIT 1 } THERE { ?x <x:mayor> ?m } }",
    ];
    for query in queries {
        let parted = here.query(&query.replace("THERE", &format!("SERVICE <{endpoint}>")));
        let whole = lines(&both.query(&query.replace("THERE", "")));
        assert_eq!(lines(&parted), whole, "{query}");
    }
    // A blank node of an answer is none of ours, nor of another answer.
    for query in [
        "SELECT ?x ?day { ?x <x:size> ?z THERE { ?x <x:office> ?o } ?o <x:open> ?day }",
        "SELECT ?x ?day { ?x <x:size> ?z THERE { ?x <x:office> ?o } THERE { ?o <x:open> ?day } }",
    ] {
        let parted = here.query(&query.replace("THERE", &format!("SERVICE <{endpoint}>")));
        assert_eq!(lines(&parted), ["x,day"], "{query}");
    }
}

#[test]
fn an_endpoint_that_is_gone_is_told_by_its_name_alone() {
    let folder = tempdir().unwrap();
    let there = serve(folder.path(), "there.ttl", THERE, &[]);
    let endpoint = format!("http://localhost:{}/sparql", there.port);
    let here = serve(folder.path(), "here.ttl", HERE, &["--service-allow-private", &endpoint]);
    there.kill();
    let answer = here.query(&format!("SELECT * {{ SERVICE <{endpoint}> {{ ?s ?p ?o }} }}"));
    assert!(answer.starts_with("HTTP/1.1 502") && answer.contains("takes no connections"), "{answer}");
    assert!(!answer.contains("127.0.0.1") && !answer.contains("::1"), "{answer}");
}

#[test]
fn a_name_of_this_machine_needs_the_setting_for_private_addresses() {
    let folder = tempdir().unwrap();
    let there = serve(folder.path(), "there.ttl", THERE, &[]);
    let endpoint = format!("http://localhost:{}/sparql", there.port);
    let here = serve(folder.path(), "here.ttl", HERE, &["--service-allow", &endpoint]);
    let answer = here.query(&format!("SELECT * {{ SERVICE SILENT <{endpoint}> {{ ?s ?p ?o }} }}"));
    assert!(answer.starts_with("HTTP/1.1 502") && answer.contains("private"), "{answer}");
    let environment = [("EUSL_SERVICE_ALLOW_PRIVATE", format!("http://a.example/sparql {endpoint}"))];
    let file = folder.path().join("here.ttl");
    let mut command = eusl(&folder.path().join("unused"));
    let here = Server::run(command.envs(environment).args(["--listen", "127.0.0.1:0", "serve", "--scratch"]).arg(file));
    let answer =
        here.query(&format!("SELECT ?m {{ <x:a> <x:size> ?z SERVICE <{endpoint}> {{ <x:a> <x:mayor> ?m }} }}"));
    assert_eq!(lines(&answer), ["Ann", "m"]);
}
