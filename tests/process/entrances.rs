//! The gate cannot be passed: what breaks the shapes is refused at each entrance, and nothing of it is seen anywhere.

use crate::binary::{BASE, Server, eusl, register, run, stderr, stdout};
use crate::clients::{Answer, send, token, verify};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use tempfile::tempdir;

/// What every invalid record says, so that it is found wherever it went.
const MARK: &str = "contraband";

const PREFIXES: &str = "PREFIX adms: <http://www.w3.org/ns/adms#>\nPREFIX dct: <http://purl.org/dc/terms/>\n\
     PREFIX eusl: <https://w3id.org/eu-service-list/def#>\n\
     PREFIX s: <http://publications.europa.eu/resource/authority/concept-status/>\n";

/// A co-design activity without a title, which the shapes ask for; `<>` is the record.
const INVALID: &str = "<> a eusl:CoDesignActivity ; dct:description \"contraband\"@en .";

/// One that conforms.
const VALID: &str = "<> a eusl:CoDesignActivity ; dct:title \"Workshop\"@en .";

/// The number of the entry that `list load` is to bring.
const LOADED: u64 = 250_001;

const TURTLE: &str = "Content-Type: text/turtle";

const UPDATE: &str = "Content-Type: application/sparql-update";

/// Somebody who may write everything.
struct Writer {
    server: Server,
    token: String,
}

impl Writer {
    fn send(&self, line: &str, fields: &str, body: &str) -> Answer {
        send(self.server.port, &format!("{line} HTTP/1.1\r\n{fields}"), &self.token, body).unwrap()
    }

    fn turtle(&self, line: &str, fields: &str, body: &str) -> Answer {
        self.send(line, &format!("{TURTLE}{fields}"), &format!("{PREFIXES}{body}"))
    }

    fn update(&self, line: &str, fields: &str, body: &str) -> Answer {
        self.send(line, &format!("{UPDATE}{fields}"), &format!("{PREFIXES}{body}"))
    }
}

/// What each entrance of the protocols is sent; a name for each.
fn over_http(writer: &Writer) -> Vec<(&'static str, Answer)> {
    let graph = format!("/graph-store?graph={BASE}id/co-design");
    let relative = |path: &str| format!("<{BASE}id/{path}>");
    let (new, thing, draft) = (relative("co-design/new"), relative("thing/new"), relative("co-design/draft"));
    let any = "\r\nIf-Match: *";
    let insert = format!("INSERT DATA {{ {} }}", INVALID.replace("<>", &new));
    // What is published may not lean on what only waits.
    let leaning = format!(
        "INSERT DATA {{ {} {draft} adms:status s:CANDIDATE . \
         {thing} a <http://a.example/Thing> ; dct:description \"contraband\"@en ; eusl:coDesignedIn {draft} }}",
        VALID.replace("<>", &draft)
    );
    let untitled = "DELETE { ?activity dct:title ?title } INSERT { ?activity dct:description \"contraband\"@en } \
        WHERE { ?activity dct:title ?title FILTER(CONTAINS(STR(?activity), 'co-design/valid')) }";
    let second = "<> a eusl:CoDesignActivity ; dct:title \"contraband\"@en .";
    let json = r#"{ "title": null, "description": { "en": "contraband" } }"#;
    let json_fields = format!("Content-Type: application/merge-patch+json{any}");
    vec![
        ("PUT", writer.turtle("PUT /doc/co-design/put", "", INVALID)),
        ("PUT over another", writer.turtle("PUT /doc/co-design/valid", any, INVALID)),
        ("POST", writer.turtle("POST /doc/co-design", "", INVALID)),
        ("draft", writer.turtle("PUT /doc/co-design/draft", "", &format!("{INVALID} <> adms:status s:CANDIDATE ."))),
        (
            "draft with a number",
            writer.turtle("POST /doc/co-design", "", &format!("{INVALID} <> adms:status s:CANDIDATE .")),
        ),
        ("PATCH by an update", writer.update("PATCH /doc/co-design/valid", any, untitled)),
        ("PATCH by JSON", writer.send("PATCH /doc/co-design/valid", &json_fields, json)),
        ("update", writer.update("POST /update", "", &insert)),
        ("update of another", writer.update("POST /update", "", untitled)),
        ("update that leans on a draft", writer.update("POST /update", "", &leaning)),
        ("graph store PUT", writer.turtle(&format!("PUT {graph}/graph"), "", INVALID)),
        ("graph store POST", writer.turtle(&format!("POST {graph}/graph"), "", INVALID)),
        ("graph store POST to another", writer.turtle(&format!("POST {graph}/valid"), "", second)),
        ("graph store PATCH", writer.update(&format!("PATCH {graph}/valid"), any, untitled)),
    ]
}

/// A mapping that makes an invalid record of every row, and a table with one.
fn mapped(folder: &Path) -> [PathBuf; 2] {
    let paths = [folder.join("own.rq"), folder.join("own.csv")];
    let head = "#+ source: http://own.example/list\n#+ title: Own\n#+ owns: rdf:type dct:description\n";
    let construct = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\nPREFIX xyz: <http://sparql.xyz/facade-x/data/>\n\
        CONSTRUCT { <id/co-design/imported> a eusl:CoDesignActivity ; dct:description ?text }\n\
        WHERE { ?row xyz:Text ?said . BIND(STRLANG(?said, \"en\") AS ?text) }";
    std::fs::write(&paths[0], format!("{head}{PREFIXES}{construct}")).unwrap();
    std::fs::write(&paths[1], format!("Text\n{MARK}\n")).unwrap();
    paths
}

/// The tables of the list, with an entry that stands under a function that there is not.
fn tables(folder: &Path) -> PathBuf {
    let copy = folder.join("tables");
    std::fs::create_dir(&copy).unwrap();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("vocab/list")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
    }
    let table = copy.join("service-types.csv");
    let text = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, format!("{text}{LOADED},{MARK},999999,,,,\n")).unwrap();
    copy
}

/// The tables of a register that hold the mark in any column.
fn tables_with_the_mark(data: &Path) -> Vec<String> {
    let file = data.join("register.sqlite");
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let holds = |table: &String| {
        let mut columns = connection.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).unwrap();
        let columns: Vec<String> = columns.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        columns.iter().any(|column| {
            let question = format!("SELECT 1 FROM \"{table}\" WHERE instr(CAST(\"{column}\" AS TEXT), '{MARK}')");
            connection.prepare(&question).is_ok_and(|mut found| found.exists([]).unwrap())
        })
    };
    names.into_iter().filter(holds).collect()
}

#[test]
fn what_breaks_the_shapes_is_refused_at_each_entrance_and_seen_nowhere() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let token = token(&data, "manage");
    let writer = Writer { server: Server::start(&data, &[]), token };
    assert_eq!(writer.turtle("PUT /doc/co-design/valid", "", VALID).status, 201);
    let before = writer.server.get("/doc/co-design/valid", "text/turtle");
    for (name, answer) in over_http(&writer) {
        assert_eq!(answer.status, 422, "{name}: {} {}", answer.head, answer.body);
    }
    let mapped = mapped(folder.path());
    let import = run(eusl(&data).arg("import").args(&mapped));
    assert_eq!(import.status.code(), Some(1), "{}{}", stdout(&import), stderr(&import));
    assert!(stderr(&import).contains("title"), "{}", stderr(&import));
    let load = run(eusl(&data).args(["list", "load"]).arg(tables(folder.path())));
    assert_eq!(load.status.code(), Some(1), "{}{}", stdout(&load), stderr(&load));

    let asked = format!("ASK {{ ?subject ?property ?value FILTER(CONTAINS(STR(?value), '{MARK}')) }}");
    let found = writer.server.ask(&format!(
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv, application/sparql-results+json\r\n\
         Content-Type: application/sparql-query\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{asked}",
        asked.len()
    ));
    assert!(found.contains("false"), "{found}");
    for record in ["put", "draft", "new", "graph", "imported", "1", "2"] {
        let document = writer.server.get(&format!("/doc/co-design/{record}"), "text/turtle");
        assert!(document.starts_with("HTTP/1.1 404"), "{record}: {document}");
    }
    for address in ["/doc/thing/new".to_owned(), format!("/doc/service-type/{LOADED}")] {
        assert!(writer.server.get(&address, "text/turtle").starts_with("HTTP/1.1 404"), "{address}");
    }
    let body = |answer: &str| answer.split_once("\r\n\r\n").unwrap_or_default().1.to_owned();
    assert_eq!(body(&writer.server.get("/doc/co-design/valid", "text/turtle")), body(&before));
    let drafts = writer.send("GET /draft", "Accept: text/turtle", "");
    assert!(drafts.status == 200 && !drafts.body.contains("co-design"), "{}", drafts.body);
    assert_eq!(tables_with_the_mark(&data), Vec::<String>::new());

    // The look at the register would see the mark if it were there.
    let marked = format!("{VALID} <> dct:description \"{MARK}\"@en .");
    assert_eq!(writer.turtle("PUT /doc/co-design/marked", "", &marked).status, 201);
    assert!(tables_with_the_mark(&data).contains(&"version".to_owned()));
    verify(&data);
}
