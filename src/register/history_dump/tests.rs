//! A history written and loaded: the same chain, and nothing of it changed unnoticed.

use super::{HistoryEnd, LoadError};
use crate::rdf::Content;
use crate::register::{Attribution, Change, Commit, FrozenRelease, Location, Register, Told};

const BASE: &str = "http://example.eu/";

fn new() -> Register {
    Register::open(&Location::Memory, BASE).unwrap()
}

/// A register with all that a history holds: versions, a release, a silent source, numbers that left no record.
fn filled() -> Register {
    let register = new();
    let change = |number: u64, says: &str| {
        let iri = format!("{BASE}id/service-type/{number}");
        let text = format!("<{iri}> <http://www.w3.org/2004/02/skos/core#prefLabel> {says} .\n");
        Change { iri, kind: "service-type".to_owned(), number: Some(number), content: Content::parse(&text).unwrap() }
    };
    let list = Change {
        iri: format!("{BASE}list/services/1.00"),
        kind: "list".to_owned(),
        number: None,
        content: Content::parse(&format!(
            "<{BASE}list/services/1.00> <a:p> \"line\\nfeed, \\\"quoted\\\", Ümläut\" .\n"
        ))
        .unwrap(),
    };
    let (one, two) = (change(1, "\"Bins\"@en"), change(2, "\"Bags\"@en"));
    let told = |content| Told { source: "http://source.example/".to_owned(), record: two.iri.clone(), content };
    let attribution = Attribution {
        agent: "Editors".to_owned(),
        organisation: Some(format!("{BASE}id/organisation/a")),
        token: Some("abcdefgh".to_owned()),
        activity: "test".to_owned(),
        reason: Some("because".to_owned()),
    };
    let release = FrozenRelease {
        name: "1.00".to_owned(),
        record: list.iri.clone(),
        members: vec![one.iri.clone(), two.iri.clone()],
    };
    let told_first = vec![told(Some(two.content.clone()))];
    let silent = vec![told(None)];
    let commits = [
        Commit {
            attribution: attribution.clone(),
            changes: vec![one, two, list],
            told: told_first,
            release: Some(release),
            ..Commit::default()
        },
        // A revision without a version.
        Commit { told: silent, ..Commit::default() },
        Commit { attribution, changes: vec![change(1, "\"Dustbins\"@en")], ..Commit::default() },
    ];
    for commit in &commits {
        register.commit(commit).unwrap();
    }
    register.transact(|transaction| transaction.count_up("service-type", 77_777)).unwrap();
    register.transact(|transaction| transaction.count_up("event", 5)).unwrap();
    register
}

fn dumped(register: &Register) -> (String, HistoryEnd) {
    let mut out = Vec::new();
    let end = register.snapshot().unwrap().dump_history(&mut out).unwrap();
    (String::from_utf8(out).unwrap(), end)
}

#[test]
fn a_register_made_of_a_history_has_the_same_history_to_the_byte() {
    let (history, end) = dumped(&filled());
    let loaded = new();
    assert_eq!(loaded.load_history(history.as_bytes()).unwrap(), end);
    assert_eq!(dumped(&loaded), (history, end));
    let snapshot = loaded.snapshot().unwrap();
    assert_eq!(snapshot.last_number("service-type").unwrap(), 77_777);
    assert_eq!(snapshot.last_number("event").unwrap(), 5);
    let found = snapshot.named(&format!("{BASE}id/service-type/1")).unwrap().unwrap();
    assert_eq!(found.names.unwrap().values[0].value(), "Dustbins", "what is derived is made too");
}

#[test]
fn a_history_says_what_the_register_does_as_json_that_others_read() {
    let (history, end) = dumped(&filled());
    let lines: Vec<serde_json::Value> = history.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<&str> = lines.iter().map(|line| line.as_object().unwrap().keys().next().unwrap().as_str()).collect();
    assert_eq!(
        kinds,
        [
            "head", "revision", "version", "version", "version", "release", "revision", "revision", "version", "told",
            "counter", "counter", "end"
        ]
    );
    assert_eq!((end.revision, end.versions), (3, 4));
    assert_eq!(lines[8]["version"]["link"].as_str(), end.link.as_deref());
    assert_eq!(lines[9]["told"]["missing_since"], 2);
    assert_eq!(lines[1]["revision"]["reason"], "because");
}

#[test]
fn what_was_changed_cut_off_or_is_no_history_is_refused_and_leaves_the_register_new() {
    let (history, _) = dumped(&filled());
    let lines: Vec<&str> = history.lines().collect();
    let without = |number: usize| -> String {
        let others = lines.iter().enumerate().filter(|(at, _)| *at != number).map(|(_, line)| *line);
        others.chain([""]).collect::<Vec<_>>().join("\n")
    };
    for (text, told) in [
        (history.replace("Bins", "Bons"), "line 3 of the history: version 1"),
        (history.replacen("Editors", "Somebody", 1), "line 3 of the history: version 1"),
        (without(2), "line 3 of the history: version 1"),
        (without(1), "line 2 of the history: no revision stands before"),
        (without(0), "the head stands first"),
        (without(12), "it was cut off after line 12"),
        (without(8), "it ends at"),
        (history.replace("\"edition\":1", "\"edition\":2"), "edition 2"),
        (history.replacen(BASE, "http://other.example/", 1), "--base http://other.example/"),
        (history.replacen("\"agent\"", "\"agnt\"", 1), "line 2 of the history"),
        ("<a:s> <a:p> <a:o> .\n".to_owned(), "line 1 of the history"),
        (String::new(), "cut off after line 0"),
    ] {
        let register = new();
        let error = register.load_history(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(told), "{told}: {error}");
        assert_eq!(register.snapshot().unwrap().revision().unwrap().number, 0, "{told}");
        register.load_history(history.as_bytes()).unwrap();
    }
}

#[test]
fn a_register_that_has_a_history_takes_no_other() {
    let register = filled();
    let (history, _) = dumped(&register);
    assert!(matches!(register.load_history(history.as_bytes()), Err(LoadError::NotNew(3))));
}
