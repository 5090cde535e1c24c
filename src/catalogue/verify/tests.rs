//! Each promise of a register broken by hand, in a copy of it: `verify` names what does not fit.

use super::{Verified, verify, verify_graph_made_anew};
use crate::catalogue::{Base, Catalogue};
use crate::graph::Delta;
use crate::rdf::{Content, Literal, NamedNode, Triple};
use crate::register::{Attribution, Change, Commit, Digest, Draft, FeedEntry, FrozenRelease, Location, Register, Told};
use rusqlite::{Connection, params};
use sha2::Digest as _;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

const BASE: &str = "http://example.eu/";
const PREFIXES: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .";

fn content(turtle: &str) -> Content {
    let triples = crate::rdf::read_turtle(format!("{PREFIXES}\n{turtle}").as_bytes(), BASE).unwrap();
    triples.into_iter().collect()
}

fn service_type(number: u64, says: &str) -> Change {
    let iri = format!("{BASE}id/service-type/{number}");
    let content = content(&format!("<{iri}> {says} ."));
    Change { iri, kind: "service-type".to_owned(), number: Some(number), content }
}

fn commit(changes: Vec<Change>) -> Commit {
    let attribution =
        Attribution { agent: "Editors".to_owned(), activity: "test".to_owned(), ..Attribution::default() };
    Commit { attribution, changes, ..Commit::default() }
}

/// A register with two service types, of which the first was changed after a release, a source and a draft.
fn make(directory: &Path) {
    let register = Register::open(&Location::Directory(directory.to_owned()), BASE).unwrap();
    let list = Change {
        iri: format!("{BASE}list/services/1.00"),
        kind: "list".to_owned(),
        number: None,
        content: content("<list/services/1.00> a skos:ConceptScheme ; skos:prefLabel \"List\"@en ."),
    };
    let first = service_type(1, "skos:prefLabel \"Bins\"@en ; skos:related <id/service-type/2>");
    let second = service_type(2, "skos:prefLabel \"Bags\"@en ; skos:hiddenLabel \"sacks\"@en ; skos:note \"007\"");
    let told = Told {
        source: "http://source.example/".to_owned(),
        record: second.iri.clone(),
        content: Some(second.content.clone()),
    };
    let release = FrozenRelease {
        name: "1.00".to_owned(),
        record: list.iri.clone(),
        members: vec![first.iri.clone(), second.iri.clone()],
    };
    let made = Commit { told: vec![told], release: Some(release), ..commit(vec![first, second, list]) };
    register.commit(&made).unwrap();
    let changed = service_type(1, "skos:prefLabel \"Dustbins\"@en ; skos:related <id/service-type/2>");
    register
        .transact(|transaction| {
            transaction.keep_draft(&Draft {
                iri: changed.iri.clone(),
                kind: changed.kind.clone(),
                content: Some(changed.content.clone()),
                edit: 1,
                changes: Some(1),
                organisation: None,
                token: String::new(),
            })?;
            transaction.commit(&commit(vec![changed]))
        })
        .unwrap();
}

/// A copy of that register, with SQL run on it while nothing keeps its promises.
fn broken_by(sql: &str) -> (TempDir, Location) {
    static MADE: LazyLock<TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path());
        folder
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("register.sqlite");
    std::fs::copy(MADE.path().join("register.sqlite"), &file).unwrap();
    unbound(&file, |connection| connection.execute_batch(sql).unwrap());
    let location = Location::Directory(folder.path().to_owned());
    (folder, location)
}

/// Takes the triggers away for as long as `harm` takes.
fn unbound(file: &Path, harm: impl FnOnce(&Connection)) {
    let connection = Connection::open(file).unwrap();
    let triggers: Vec<(String, String)> = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    connection.pragma_update(None, "foreign_keys", "OFF").unwrap();
    harm(&connection);
    for (_, sql) in &triggers {
        connection.execute_batch(sql).unwrap();
    }
}

fn found_in(location: &Location) -> Verified {
    verify(&Register::open_to_read(location).unwrap()).unwrap()
}

/// The findings as they are told, without what to do.
fn told(verified: &Verified) -> Vec<String> {
    verified.findings.iter().map(|finding| finding.to_string().replace(&format!("{BASE}id/"), "")).collect()
}

#[test]
fn a_register_that_nobody_broke_is_whole() {
    let (_folder, location) = broken_by("");
    let verified = found_in(&location);
    assert_eq!(told(&verified), Vec::<String>::new());
    let register = Register::open_to_read(&location).unwrap();
    assert!(verify_graph_made_anew(&register).unwrap().is_empty());
    assert_eq!((verified.versions, verified.records), (4, 3));
    assert!(verified.last_link.is_some());
}

/// Harm done to a register, and for each finding that it must make a part of what is told, all of them.
const HARM: &[(&str, &[&str])] = &[
    (
        "UPDATE version SET content = replace(content, 'Bins', 'Bons') WHERE record = 1 AND number = 1",
        &["service-type/1, version 1: its content is not the one that its digest was made of"],
    ),
    (
        "UPDATE version SET digest = zeroblob(32) WHERE record = 1 AND number = 1",
        &["version 1: its content is not", "version 1: the link of its entry 1"],
    ),
    ("UPDATE version SET digest = NULL WHERE record = 2", &["service-type/2, version 1: it has no digest"]),
    (
        "CREATE TEMP TABLE kept AS SELECT number, content, digest FROM version WHERE record = 1;
         UPDATE version SET (content, digest) =
             (SELECT content, digest FROM kept WHERE kept.number = 3 - version.number) WHERE record = 1",
        &[
            "service-type/1, version 1: the link of its entry 1 ",
            "service-type/1, version 2: the link of its entry 4 ",
            "service-type/1, version 2: among its names, the table of labels lacks",
            "service-type/1, version 2: among what it is found by, the index of searches lacks",
        ],
    ),
    (
        "DELETE FROM feed WHERE position = 2",
        &["service-type/2, version 1: it is not in the feed", "the feed has no entries 2 to 2"],
    ),
    (
        "DELETE FROM version WHERE record = 2",
        &[
            "service-type/2, version 1: its present version is not its last",
            "service-type/2, version 1: entry 2 of the feed names it, and it is not there",
            "the table release_member names something in version",
            "the feed has no entries 2 to 2",
            "service-type/2, version 1: its content cannot be read",
        ],
    ),
    (
        "DELETE FROM version WHERE record = 1 AND number = 1; DELETE FROM feed WHERE position = 1;
         DELETE FROM release_member WHERE record = 1; UPDATE release SET members = 1; UPDATE draft SET changes = NULL",
        &["service-type/1, version 2: version 1 before it is not there", "the feed has no entries 1 to 1"],
    ),
    (
        "DELETE FROM version WHERE record = 1 AND number = 2; DELETE FROM feed WHERE position = 4",
        &[
            "service-type/1, version 2: its present version is not its last, which is 1",
            "service-type/1, version 2: its content cannot be read",
        ],
    ),
    ("UPDATE feed SET link = zeroblob(32) WHERE position = 4", &["service-type/1, version 2: the link of its entry 4"]),
    (
        "UPDATE revision SET agent = 'Somebody else' WHERE number = 2",
        &["service-type/1, version 2: the link of its entry 4"],
    ),
    (
        "UPDATE revision SET number = 9 WHERE number = 2; UPDATE version SET revision = 9 WHERE revision = 2;
         UPDATE shown SET revision = 9 WHERE revision = 2",
        &["revision 9 follows none", "service-type/1, version 2: the link of its entry 4"],
    ),
    (
        "UPDATE link SET object = 'http://example.eu/id/service-type/1' WHERE object LIKE '%/2'",
        &["service-type/1, version 2: among what it points at, the table of links lacks"],
    ),
    (
        "INSERT INTO link VALUES (2, '', 'http://a.example/p', 'http://a.example/o')",
        &["service-type/2, version 1: among what it points at, the table of links has"],
    ),
    ("INSERT INTO link VALUES (9, '', 'a:p', 'a:o')", &["the table link names something in record that is not there"]),
    ("DELETE FROM label WHERE record = 2", &["service-type/2, version 1: among its names, the table of labels lacks"]),
    (
        "DELETE FROM search WHERE rowid = 2 * 4096 + 1",
        &["service-type/2, version 1: among what it is found by, the index of searches lacks"],
    ),
    (
        "INSERT INTO search (rowid, words, property, language, value) VALUES (9 * 4096, 'a', 'b', 'c', 'd')",
        &["row 36864 of the index of searches is of no record"],
    ),
    ("UPDATE search_form SET form = 1", &["the index of searches has another form"]),
    ("DELETE FROM number WHERE number = 2", &["service-type/2: its number is not kept from being given again"]),
    (
        "UPDATE number SET number = 3 WHERE number = 2",
        &["service-type/2: it bears the number 3, which its name does not say"],
    ),
    (
        "UPDATE counter SET last = 1",
        &["service-type/2: the counter of numbers has not come to 2 and would give it again"],
    ),
    (
        "DELETE FROM release_member WHERE record = 2",
        &["list/services/1.00: release 1.00 has more or fewer members than when it was made"],
    ),
    (
        "UPDATE release_member SET version = 2 WHERE record = 1",
        &["service-type/1, version 2: release 1.00 has it as a member, and it was not the present version"],
    ),
    ("DELETE FROM shown WHERE record = 2", &["service-type/2, version 1: it is not noted when its document"]),
    (
        "UPDATE told SET content = 'no triples'",
        &["service-type/2: what the source http://source.example/ said of it cannot be read"],
    ),
    ("UPDATE draft SET content = 'no triples'", &["service-type/1: its draft cannot be read"]),
    ("UPDATE draft SET changes = 7", &["service-type/1, version 7: a draft would change this version"]),
    ("UPDATE draft SET kind = 'function'", &["service-type/1: a draft of it has the kind function"]),
];

#[test]
fn every_harm_is_named_with_record_and_version_and_nothing_else_is() {
    for (sql, expected) in HARM {
        let (_folder, location) = broken_by(sql);
        let told = told(&found_in(&location));
        for part in *expected {
            assert!(told.iter().any(|finding| finding.contains(part)), "{sql}\n{part}\nis not among {told:#?}");
        }
        assert_eq!(told.len(), expected.len(), "{sql}\n{told:#?}");
    }
}

#[test]
fn a_promise_that_is_no_longer_kept_is_told() {
    let (folder, location) = broken_by("");
    let connection = Connection::open(folder.path().join("register.sqlite")).unwrap();
    connection.execute_batch("DROP TRIGGER feed_changed").unwrap();
    drop(connection);
    let told = told(&found_in(&location));
    assert!(matches!(told.as_slice(), [only] if only.contains("the trigger feed_changed")), "{told:?}");
}

/// Writes a text into the place of the last version, and makes digest and link fit: what a writer with a fault does.
fn rewritten(text: &str) -> (TempDir, Location) {
    let (folder, location) = broken_by("");
    let digest: Digest = sha2::Sha256::digest(text).into();
    unbound(&folder.path().join("register.sqlite"), |connection| {
        let one = |sql: &str| -> String { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
        let before: Digest =
            connection.query_row("SELECT link FROM feed WHERE position = 3", [], |row| row.get(0)).unwrap();
        let entry = FeedEntry {
            position: 4,
            record: format!("{BASE}id/service-type/1"),
            kind: "service-type".to_owned(),
            version: 2,
            digest,
            revision: 2,
            at: one("SELECT at FROM revision WHERE number = 2"),
            agent: "Editors".to_owned(),
            organisation: None,
            token: None,
            activity: "test".to_owned(),
            reason: None,
        };
        connection
            .execute(
                "UPDATE version SET content = ?1, digest = ?2 WHERE record = 1 AND number = 2",
                params![text, digest],
            )
            .unwrap();
        connection.execute("UPDATE feed SET link = ?1 WHERE position = 4", [entry.link(Some(&before))]).unwrap();
    });
    (folder, location)
}

#[test]
fn a_text_that_is_not_canonical_is_told_though_digest_and_chain_fit_it() {
    let related = "<http://example.eu/id/service-type/1> <http://www.w3.org/2004/02/skos/core#related> <http://example.eu/id/service-type/2> .\n";
    let label =
        "<http://example.eu/id/service-type/1> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Dustbins\"@en .\n";
    let (_folder, location) = rewritten(&format!("{label}{related}"));
    assert_eq!(told(&found_in(&location)), Vec::<String>::new(), "the digest and the link are made right");
    for text in [format!("{related}{label}"), format!("{label}{label}{related}"), format!("{label}{related} ")] {
        let (_folder, location) = rewritten(&text);
        let told = told(&found_in(&location));
        assert!(told.iter().any(|finding| finding.contains("its digest is not that of its RDFC-1.0 form")), "{told:?}");
    }
}

#[test]
fn a_version_that_speaks_of_another_record_is_told() {
    let label =
        "<http://example.eu/id/service-type/1> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Dustbins\"@en .\n";
    for other in ["service-type/2", "service-type/10"] {
        let line = format!("<http://example.eu/id/{other}> <http://a.example/p> <http://a.example/o> .\n");
        let mut lines = [label, line.as_str()];
        lines.sort_unstable();
        let (_folder, location) = rewritten(&lines.concat());
        let told = told(&found_in(&location));
        let is_told = |finding: &String| {
            finding.starts_with("service-type/1, version 2: it speaks of what is not its own")
                && finding.contains(other)
        };
        assert!(told.iter().any(is_told), "{told:?}");
    }
}

#[test]
fn a_file_that_is_damaged_is_a_finding_and_no_failure() {
    let (folder, location) = broken_by("");
    let file = folder.path().join("register.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let root: usize = Connection::open(&file)
        .unwrap()
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'version'", [], |row| row.get(0))
        .unwrap();
    bytes[(root - 1) * 4096..root * 4096].fill(0xff);
    std::fs::write(&file, bytes).unwrap();
    let told = told(&found_in(&location));
    assert!(told.iter().any(|finding| finding.contains("SQLite says of the file")), "{told:?}");
    assert!(told.iter().any(|finding| finding.contains("cannot be read to the end")), "{told:?}");
}

#[test]
fn a_graph_that_lacks_a_triple_or_has_one_too_many_is_told() {
    let (folder, location) = broken_by("");
    let catalogue = Catalogue::open(&location, &Base::parse(BASE).unwrap()).unwrap();
    assert!(catalogue.verify_graph().unwrap().is_empty());
    let node = |iri: &str| NamedNode::new_unchecked(iri);
    let said = Triple::new(
        node("http://example.eu/id/service-type/2"),
        node("http://www.w3.org/2004/02/skos/core#hiddenLabel"),
        Literal::new_language_tagged_literal_unchecked("sacks", "en"),
    );
    let unsaid = Triple::new(node("http://example.eu/id/service-type/1#x"), node("a:p"), node("a:o"));
    let revision = catalogue.revision();
    let harm = Delta { revision, removed: vec![said.clone()], added: vec![unsaid.clone()] };
    catalogue.graph().apply(&harm).unwrap();
    let findings = catalogue.verify_graph().unwrap();
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let [lacks, shows] = told.as_slice() else { panic!("{told:?}") };
    assert!(lacks.starts_with(&format!("{BASE}id/service-type/2: the graph lacks {said}")), "{lacks}");
    assert!(shows.starts_with(&format!("{BASE}id/service-type/1: the graph shows")), "{shows}");
    assert!(shows.contains(&unsaid.to_string()) && shows.contains("restart the server"), "{shows}");
    drop(folder);
}
