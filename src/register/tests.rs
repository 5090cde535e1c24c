//! The promises of the register, each broken on purpose: SQLite itself must refuse.

use super::{Change, Commit, FrozenRelease, Location, Register};
use crate::rdf::Content;
use rusqlite::Connection;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A register with two service types and a release, and a connection that knows nothing of us.
fn register() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(&Location::Directory(folder.path().to_owned()), "http://example.eu/").unwrap();
    let change = |iri: &str, number| Change {
        iri: iri.to_owned(),
        kind: "service-type".to_owned(),
        number,
        content: Content::parse(&format!("<{iri}> <a:p> <a:o> .\n")).unwrap(),
    };
    let changes = vec![change("a:1", Some(1)), change("a:2", Some(2)), change("a:release", None)];
    let release =
        FrozenRelease { name: "1.00".to_owned(), record: "a:release".to_owned(), members: vec!["a:1".to_owned()] };
    register.commit(&Commit { changes, release: Some(release), ..Commit::default() }).unwrap();
    register.commit(&Commit { changes: vec![change("a:1", Some(1))], ..Commit::default() }).unwrap();
    let connection = Connection::open(folder.path().join("register.sqlite")).unwrap();
    connection.pragma_update(None, "foreign_keys", "ON").unwrap();
    let token = "INSERT INTO token (prefix, digest, name, role, kinds) VALUES ('a', zeroblob(32), 'A', 'edit', '')";
    connection.execute(token, []).unwrap();
    (folder, connection)
}

/// Statements that break a promise, and the promise.
const BROKEN: [(&str, &str); 33] = [
    ("UPDATE version SET content = ''", "a version never changes"),
    ("DELETE FROM version", "a version never goes"),
    ("INSERT OR REPLACE INTO version SELECT record, number, revision, '', zeroblob(32) FROM version", "no gaps"),
    ("INSERT INTO version VALUES (1, 9, 2, '', zeroblob(32))", "no gaps"),
    ("DELETE FROM record", "a record never goes"),
    ("UPDATE record SET iri = 'a:9' WHERE id = 2", "next version"),
    ("UPDATE record SET version = 1 WHERE id = 1", "next version"),
    ("UPDATE record SET version = version + 1 WHERE id = 2", "FOREIGN KEY"),
    ("INSERT OR REPLACE INTO record VALUES (1, 'a:1', 'function', 1)", "made once"),
    ("DELETE FROM number", "never freed"),
    ("UPDATE number SET record = 2 WHERE number = 1", "never reused"),
    ("INSERT OR REPLACE INTO number VALUES (1, 2)", "never reused"),
    ("DELETE FROM feed WHERE position = 1", "forgets nothing"),
    ("UPDATE feed SET record = 1", "never changes"),
    ("INSERT INTO feed VALUES (99, 2, 2, zeroblob(32))", "no gaps"),
    ("INSERT OR REPLACE INTO feed VALUES ((SELECT max(position) + 1 FROM feed), 1, 1, zeroblob(32))", "once"),
    ("INSERT INTO version VALUES (2, 2, 2, '', zeroblob(32))", "FOREIGN KEY"),
    ("DELETE FROM revision", "never goes"),
    ("UPDATE revision SET agent = 'somebody'", "never changes"),
    ("INSERT INTO revision (number, agent, activity) VALUES (9, '', '')", "no gaps"),
    ("UPDATE release SET revision = 2", "never changes"),
    ("INSERT OR REPLACE INTO release VALUES ('1.00', 3, 2, 1)", "made once"),
    ("INSERT INTO release_member VALUES ('1.00', 2, 1)", "no member after"),
    ("DELETE FROM release_member", "never changes"),
    ("INSERT INTO version VALUES (1, 3, 2, '', NULL)", "has a digest"),
    ("INSERT INTO feed VALUES (5, 2, 2, NULL)", "is a chain"),
    ("UPDATE counter SET last = 9", "never reused"),
    ("DELETE FROM counter", "never reused"),
    ("INSERT OR REPLACE INTO counter VALUES ('service-type', 9)", "never reused"),
    ("UPDATE token SET role = 'manage'", "only revoked"),
    ("UPDATE token SET revoked = NULL", "only revoked"),
    ("DELETE FROM token", "never forgotten"),
    ("INSERT OR REPLACE INTO setting VALUES ('base', 'http://other.example/')", "never changes"),
];

#[test]
fn a_promise_cannot_be_broken_even_by_hand() {
    let (_folder, connection) = register();
    for (sql, promise) in BROKEN {
        let error = connection.execute(sql, []).expect_err(sql).to_string();
        assert!(error.contains(promise), "{sql}: {error}");
    }
}

#[test]
fn the_feed_names_every_version_once_in_the_order_of_commit() {
    let (_folder, connection) = register();
    let mut statement = connection.prepare("SELECT position, record, version FROM feed ORDER BY position").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let feed: Vec<(i64, i64, i64)> = rows.map(Result::unwrap).collect();
    assert_eq!(feed, [(1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 1, 2)]);
}

#[test]
fn readers_that_stay_in_their_transaction_do_not_let_the_log_grow_or_show_what_was() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(&Location::Directory(folder.path().to_owned()), "http://example.eu/").unwrap();
    let content =
        |number: usize| Content::parse(&format!("<a:1> <a:p> \"{number} {}\" .\n", "x".repeat(20_000))).unwrap();
    let write = |number| {
        let change =
            Change { iri: "a:1".to_owned(), kind: "function".to_owned(), number: None, content: content(number) };
        register.commit(&Commit { changes: vec![change], ..Commit::default() }).unwrap();
    };
    let written = AtomicUsize::new(0);
    write(0);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            // Readers begin while commits are under way, and are idle when the next one comes.
            scope.spawn(|| {
                while written.load(Ordering::SeqCst) < 600 {
                    let acknowledged = written.load(Ordering::SeqCst);
                    let found = register.snapshot().unwrap().record("a:1").unwrap().unwrap().content.to_string();
                    let number = found.split(['"', ' ']).nth(3).unwrap();
                    assert!(number.parse::<usize>().unwrap() >= acknowledged, "{number} after {acknowledged}");
                }
            });
        }
        for number in 1..=600 {
            write(number);
            written.store(number, Ordering::SeqCst);
        }
    });
    let size = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().len();
    let (log, whole) = (size("register.sqlite-wal"), size("register.sqlite"));
    // Of twelve million bytes the last commits may still stand in the log alone.
    assert!(whole > 10_000_000, "the log was not long enough to tell: {whole} bytes");
    assert!(log < 6_000_000, "the log has {log} bytes");
}

#[test]
fn commits_do_not_wait_for_another_process_that_reads_for_long() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(&Location::Directory(folder.path().to_owned()), "http://example.eu/").unwrap();
    let other = Connection::open(folder.path().join("register.sqlite")).unwrap();
    other.execute_batch("BEGIN; SELECT count(*) FROM record").unwrap();
    let begun = std::time::Instant::now();
    for number in 0..600 {
        let text = format!("<a:1> <a:p> \"{number} {}\" .\n", "x".repeat(20_000));
        let content = Content::parse(&text).unwrap();
        let change = Change { iri: "a:1".to_owned(), kind: "function".to_owned(), number: None, content };
        register.commit(&Commit { changes: vec![change], ..Commit::default() }).unwrap();
    }
    let log = std::fs::metadata(folder.path().join("register.sqlite-wal")).unwrap().len();
    assert!(log > 8_000_000, "the log was not long enough to be waited for: {log} bytes");
    // SQLite would wait ten seconds for the reader, each time that the log is found to be long.
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}

#[test]
fn a_register_of_the_first_form_is_brought_to_the_present_one() {
    let (folder, connection) = register();
    connection.execute_batch(super::migrate::WITHOUT_WRITING).unwrap();
    connection
        .execute_batch("DROP TABLE shown; DROP TABLE search; DROP TABLE search_form; PRAGMA user_version = 1")
        .unwrap();
    drop(connection);
    let register = Register::open(&Location::Directory(folder.path().to_owned()), "http://example.eu/").unwrap();
    let snapshot = register.snapshot().unwrap();
    // Nothing is known of before: a document counts as changed when the last commit was made.
    assert_eq!(snapshot.record("a:2").unwrap().unwrap().touched, snapshot.revision().unwrap().at);
}

#[test]
fn what_sources_said_of_a_record_is_found_without_reading_what_they_said_of_others() {
    let (_folder, connection) = register();
    let plan: Vec<String> = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {}", super::snapshot::TOLD))
        .and_then(|mut plan| plan.query_map(["a:1"], |row| row.get(3))?.collect())
        .unwrap();
    assert!(plan.iter().all(|step| step.starts_with("SEARCH")), "{plan:?}");
}
