//! Writing commands, alone and beside a server.

use crate::binary::{Server, eusl, export, register, run, stderr, stdout};
use std::path::PathBuf;
use tempfile::{TempDir, tempdir};

const ROWS: &str = "372,Abandoned vehicles,A text about vehicles.,2013-04-03,2013-04-03,Term name changed from 'Old cars' to 'Abandoned vehicles' in version 4.00.,Service,\r\n\
                    1750,A service that is new,Another text.,2015-01-01,2015-01-01,,Service,\r\n\
                    abc,No number,,,,,Service,\r\n";

/// A mapping of an operator's own and the table that it is for, as files.
fn mapped(folder: &TempDir, mapping: &str, table: &str) -> (PathBuf, PathBuf) {
    let paths = (folder.path().join("own.rq"), folder.path().join("own.csv"));
    std::fs::write(&paths.0, mapping).unwrap();
    std::fs::write(&paths.1, table).unwrap();
    paths
}

#[test]
fn an_import_beside_a_server_shows_when_the_command_ends() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let server = Server::start(&data, &[]);
    let file = export(&folder, ROWS);
    let output = run(eusl(&data).args(["import", "esd"]).arg(&file));
    assert_eq!(stdout(&output), "3 read, 1 added, 1 changed, 0 unchanged, 1 rejected\n", "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(1), "something was rejected");
    assert!(stderr(&output).contains("service-type/abc"), "{}", stderr(&output));
    let document = server.get("/doc/service-type/372", "text/turtle");
    for part in ["\"Old cars\"@en", "eusl:heldUntil \"4.00\"", "EUSL-Revision: 2"] {
        assert!(document.to_lowercase().contains(&part.to_lowercase()), "{part} is missing in {document}");
    }
    // A definition of ours stays, and where we have none the source's comes in.
    assert!(!document.contains("A text about vehicles."), "{document}");
    let query = server.query("SELECT ?d { <http://lists.example.eu/id/service-type/1750> skos:definition ?d }");
    assert!(query.contains("Another text."), "{query}");
    let again = run(eusl(&data).args(["import", "esd"]).arg(&file));
    assert_eq!(stdout(&again), "3 read, 0 added, 0 changed, 2 unchanged, 1 rejected\n");
}

#[test]
fn an_import_without_a_server_is_there_when_one_starts() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let output = run(eusl(&data).args(["import", "esd"]).arg(export(&folder, ROWS)));
    assert!(stdout(&output).starts_with("3 read, 1 added, 1 changed"), "{}", stderr(&output));
    let server = Server::start(&data, &[]);
    assert!(server.get("/doc/service-type/1750", "text/turtle").contains("A service that is new"));
}

#[test]
fn what_a_file_no_longer_has_is_reported_and_kept() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    run(eusl(&data).args(["import", "esd"]).arg(export(&folder, ROWS)));
    let shorter = "372,Abandoned vehicles,A text about vehicles.,2013-04-03,2013-04-03,,Service,\r\n";
    let output = run(eusl(&data).args(["import", "esd"]).arg(export(&folder, shorter)));
    assert_eq!(stdout(&output), "1 read, 0 added, 1 changed, 0 unchanged, 0 rejected\n");
    assert!(
        stderr(&output).contains("no longer in the file") && stderr(&output).contains("service-type/1750"),
        "{}",
        stderr(&output)
    );
    let server = Server::start(&data, &[]);
    assert!(server.get("/doc/service-type/1750", "text/turtle").starts_with("HTTP/1.1 200"));
    assert!(!server.get("/doc/service-type/372", "text/turtle").contains("Old cars"), "the source took it back");
}

/// A mapping to a list of bins; of the list itself it says this too.
fn bins(more: &str) -> String {
    format!(
        "#+ source: http://bins.example/list\n#+ title: Kinds of bin\n#+ owns: rdf:type skos:inScheme skos:broader dct:identifier\n#+ fills: skos:prefLabel\n\
         PREFIX dct: <http://purl.org/dc/terms/>\nPREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n\
         PREFIX xyz: <http://sparql.xyz/facade-x/data/>\n\
         CONSTRUCT {{ <list/bins> a skos:ConceptScheme ; skos:prefLabel \"Bins\"@en {more} .\n\
           ?bin a skos:Concept ; skos:inScheme <list/bins> ; skos:broader <id/service-type/524> ; skos:prefLabel ?name }}\n\
         WHERE {{ ?row xyz:Code ?code ; xyz:Naam%20%28nl%29 ?text . BIND(IRI(CONCAT(\"id/bin/\", ?code)) AS ?bin) BIND(STRLANG(?text, \"nl\") AS ?name) }}"
    )
}

const BINS: &str = "Code,Naam (nl)\ngft,Groente\npmd,Plastic\n,zonder code\n";

#[test]
fn an_import_that_breaks_the_shapes_is_refused_whole_and_says_which_line_broke_which_rule() {
    let folder = tempdir().unwrap();
    let (mapping, table) = mapped(&folder, &bins(""), BINS);
    let data = register(&folder);
    let output = run(eusl(&data).arg("import").arg(&mapping).arg(&table));
    assert_eq!(stdout(&output), "4 read, 0 added, 0 changed, 0 unchanged, 4 rejected\n", "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    assert!(told.contains("nothing was written: 2 records are held back"), "{told}");
    assert!(
        told.contains("line 2, http://lists.example.eu/list/bins: A list has exactly one dct:identifier"),
        "{told}"
    );
    assert!(told.contains("shape <https://w3id.org/eu-service-list/shapes#List-identifier>"), "{told}");
    let server = Server::start(&data, &[]);
    assert!(server.get("/doc/bin/gft", "text/turtle").starts_with("HTTP/1.1 404"), "nothing of it is published");
}

#[test]
fn a_list_of_ones_own_comes_in_with_nothing_but_a_mapping_file() {
    let folder = tempdir().unwrap();
    let (mapping, table) = mapped(&folder, &bins("; dct:identifier \"bins\""), BINS);
    let data = register(&folder);
    let output = run(eusl(&data).arg("import").arg(&mapping).arg(&table));
    assert_eq!(stdout(&output), "4 read, 3 added, 0 changed, 0 unchanged, 1 rejected\n", "{}", stderr(&output));
    assert!(stderr(&output).contains("line 4"), "{}", stderr(&output));
    let server = Server::start(&data, &[]);
    assert!(server.get("/doc/bin/gft", "text/turtle").contains("\"Groente\"@nl"));
    assert!(server.get("/list/bins", "text/html").contains("Plastic"));
}

#[test]
fn a_mapping_that_is_wrong_says_what_and_writes_nothing() {
    let folder = tempdir().unwrap();
    let mapping = folder.path().join("wrong.rq");
    std::fs::write(
        &mapping,
        "#+ source: http://a/\n#+ title: A\n#+ owns: rdf:type\nCONSTRUCT { <id/x/1> <http://a/p> 1 } WHERE {}",
    )
    .unwrap();
    let data = folder.path().join("d");
    let output = run(eusl(&data).arg("import").arg(&mapping).arg(export(&folder, ROWS)));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("<http://a/p>") && stderr(&output).contains("owns"), "{}", stderr(&output));
    let missing = run(eusl(&data).args(["import", "esd", "nowhere.csv"]));
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("nowhere.csv"), "{}", stderr(&missing));
    let unknown = run(eusl(&data).args(["import", "dsd", "nowhere.csv"]));
    assert!(stderr(&unknown).contains("esd"), "{}", stderr(&unknown));
    assert!(!data.exists(), "a command that could not run made no register");
}

#[test]
fn a_release_is_frozen_once() {
    let folder = tempdir().unwrap();
    let data = folder.path().join("d");
    let none = run(eusl(&data).args(["release", "5.00"]));
    assert_eq!(none.status.code(), Some(2));
    assert!(stderr(&none).contains("there is no register") && !data.exists(), "{}", stderr(&none));
    drop(Server::start(&data, &[]));
    let output = run(eusl(&data).args(["release", "5.00"]));
    assert_eq!(
        stdout(&output),
        "release 5.00 has 1519 entries, at http://lists.example.eu/list/services/5.00\n",
        "{}",
        stderr(&output)
    );
    run(eusl(&data).args(["import", "esd"]).arg(export(&folder, ROWS)));
    let again = run(eusl(&data).args(["release", "5.00"]));
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("never changes"), "{}", stderr(&again));
    let server = Server::start(&data, &[]);
    let count = |release: &str| {
        server.query(&format!(
            "SELECT (COUNT(*) AS ?n) {{ ?s skos:inScheme <http://lists.example.eu/list/services{release}> }}"
        ))
    };
    assert!(count("/5.00").ends_with("n\r\n1519\r\n"), "{}", count("/5.00"));
    assert!(count("").ends_with("n\r\n1520\r\n"), "{}", count(""));
}

#[test]
fn a_release_stays_as_it_was_frozen_when_the_list_goes_on() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let (mapping, table) = mapped(
        &folder,
        "#+ source: http://names.example/\n#+ title: Names\n#+ owns: skos:prefLabel\n\
         PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX xyz: <http://sparql.xyz/facade-x/data/>\n\
         CONSTRUCT { <id/service-type/372> skos:prefLabel ?name } WHERE { ?row xyz:name ?text . BIND(STRLANG(?text, \"nl\") AS ?name) }",
        "name\nAchtergelaten auto's\n",
    );
    let output = run(eusl(&data).arg("import").arg(&mapping).arg(&table));
    assert!(stdout(&output).starts_with("1 read, 0 added, 1 changed"), "{}", stderr(&output));
    let server = Server::start(&data, &[]);
    let list = server.get("/list/services.nt", "*/*");
    let release = server.get("/list/services/4.00.nt", "*/*");
    assert!(list.contains("Achtergelaten auto's"));
    assert!(!release.contains("Achtergelaten auto's") && release.contains("Abandoned vehicles"));
}

#[test]
fn nobody_becomes_a_member_of_a_release_but_by_freezing_it() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let (mapping, table) = mapped(
        &folder,
        "#+ source: http://early.example/\n#+ title: Early\n#+ owns: skos:inScheme\n\
         PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX xyz: <http://sparql.xyz/facade-x/data/>\n\
         CONSTRUCT { <id/service-type/372> skos:inScheme <list/services/5.00> } WHERE { ?row xyz:a ?a }",
        "a\n1\n",
    );
    let output = run(eusl(&data).arg("import").arg(&mapping).arg(&table));
    assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
    assert!(stderr(&output).contains("only freezing a release"), "{}", stderr(&output));
    let release = run(eusl(&data).args(["release", "5.00"]));
    assert!(stdout(&release).contains("1519 entries"), "{}", stderr(&release));
}

#[test]
fn a_published_name_stays_when_the_source_changes_its_own() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let row = |name: &str| format!("372,{name},A text.,2013-04-03,2013-04-03,,Service,\r\n");
    run(eusl(&data).args(["import", "esd"]).arg(export(&folder, &row("Abandoned vehicles"))));
    let output = run(eusl(&data).args(["import", "esd"]).arg(export(&folder, &row("Dumped vehicles"))));
    assert!(
        stderr(&output).contains("left as published") && stderr(&output).contains("Dumped vehicles"),
        "{}",
        stderr(&output)
    );
    let server = Server::start(&data, &[]);
    let document = server.get("/doc/service-type/372", "text/turtle");
    assert!(document.contains("\"Abandoned vehicles\"@en") && !document.contains("Dumped vehicles"), "{document}");
}

#[test]
fn a_file_that_is_another_or_only_half_understood_marks_nothing_missing() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    run(eusl(&data).args(["import", "esd"]).arg(export(&folder, ROWS)));
    let navigation = folder.path().join("navigation.csv");
    std::fs::write(&navigation, "Identifier,Label,Type\n1,About the council,Website navigation\n").unwrap();
    let other = run(eusl(&data).args(["import", "esd"]).arg(&navigation));
    assert_eq!(other.status.code(), Some(2));
    assert!(
        stderr(&other).contains("navigation.csv") && stderr(&other).contains("Identifier, Label, Type"),
        "{}",
        stderr(&other)
    );
    let half = run(eusl(&data)
        .args(["import", "esd"])
        .arg(export(&folder, "1,Home schooling,,,,,Service,\r\n372,,,,,,Service,\r\n")));
    assert!(stderr(&half).contains("export.csv, line 3"), "{}", stderr(&half));
    assert!(!stderr(&half).contains("no longer in the file"), "{}", stderr(&half));
}

#[test]
fn what_breaks_a_rule_is_rejected_and_says_why() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let long = "x".repeat(200_000);
    let rows = format!(
        "1,Home schooling,,99-99-99,,,Service,\r\n2,One,,,,,Service,\r\n2,Two,,,,,Service,\r\n\
         9999999999999999999,Too large,,,,,Service,\r\n11003,Transport,{long},,,,Service,\r\n4,Free school meals,,,,,Service,\r\n\
         11005,School meals,a \u{7} bell,,,,Service,\r\n"
    );
    let output = run(eusl(&data).args(["import", "esd"]).arg(export(&folder, &rows)));
    assert_eq!(stdout(&output), "6 read, 0 added, 0 changed, 1 unchanged, 5 rejected\n", "{}", stderr(&output));
    for reason in ["99-99-99", "two values", "from 1 to", "longer than", "U+0007"] {
        assert!(stderr(&output).contains(reason), "{reason} is missing in\n{}", stderr(&output));
    }
}

#[test]
fn a_command_for_another_base_is_refused_beside_a_server_too() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let _server = Server::start(&data, &[]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_eusl"));
    let output = run(command
        .env_clear()
        .args(["--base", "http://other.example/", "--data"])
        .arg(&data)
        .args(["import", "esd"])
        .arg(export(&folder, ROWS)));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--base http://lists.example.eu/"), "{}", stderr(&output));
}

#[test]
fn a_data_directory_with_a_long_name_has_its_socket_too() {
    let folder = tempdir().unwrap();
    let data = folder.path().join("d".repeat(200));
    let _server = Server::start(&data, &[]);
    let output = run(eusl(&data).args(["import", "esd"]).arg(export(&folder, ROWS)));
    assert!(stdout(&output).starts_with("3 read"), "{}", stderr(&output));
}
