//! The text index of a server that dies at any moment.

use crate::binary::{BASE, Server, eusl, register, run, stderr};
use crate::clients::verify;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::{TempDir, tempdir};

/// A file that gives things names of a round, one to each.
fn things(folder: &TempDir, round: &str) -> PathBuf {
    let mut lines = String::new();
    for number in 1..400 {
        let thing = format!("<{BASE}id/thing/{number}>");
        let is_a = format!("{thing} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a.example/Thing> .");
        let name = format!("{thing} <http://www.w3.org/2004/02/skos/core#prefLabel> \"Kiosk {round}\"@en .");
        writeln!(lines, "{is_a}\n{name}").unwrap();
    }
    let path = folder.path().join("things.nt");
    std::fs::write(&path, lines).unwrap();
    path
}

/// Asks until the index has followed: a machine with much to do may need longer than a search waits.
fn count(server: &Server, words: &str) -> String {
    let query = format!("SELECT (COUNT(*) AS ?n) {{ SERVICE eusl:textSearch {{ ?s eusl:words \"{words}\" }} }}");
    let answers = (0..24).map(|_| server.query(&query));
    let answer = answers.into_iter().find(|answer| answer.starts_with("HTTP/1.1 200"));
    answer.map(|answer| answer.lines().last().unwrap_or_default().to_owned()).unwrap_or_default()
}

#[test]
fn an_index_whose_server_was_killed_while_it_followed_is_whole_or_made_anew() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    for round in 0..3_u64 {
        let file = things(&folder, &format!("round{round}"));
        let server = Server::start(&data, &[]);
        let mut import = eusl(&data).arg("load").arg(file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(round * 200));
        std::thread::scope(|scope| {
            // The search has the index follow while the server dies.
            scope.spawn(|| server.query("ASK { SERVICE eusl:textSearch { ?s eusl:words \"kiosk\" } }"));
            std::thread::sleep(Duration::from_millis(round * 100));
            run(Command::new("kill").args(["-9", &server.id().to_string()]));
        });
        drop(server);
        // It may have ended already.
        let _ = import.kill();
        import.wait().unwrap();
        verify(&data);
    }
    let output = run(eusl(&data).arg("load").arg(things(&folder, "thelast")));
    assert!(output.status.success(), "{}", stderr(&output));
    let server = Server::start(&data, &[]);
    assert_eq!(count(&server, "kiosk thelast"), "399");
    verify(&data);
    drop(server);
    std::fs::remove_dir_all(data.join("text-index")).unwrap();
    assert_eq!(count(&Server::start(&data, &[]), "kiosk thelast"), "399");
    verify(&data);
}
