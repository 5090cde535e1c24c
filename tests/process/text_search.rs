//! The text index of a server that dies at any moment.

use crate::binary::{Server, eusl, export, register, run, stderr};
use crate::clients::verify;
use std::fmt::Write;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::tempdir;

/// Rows that give every entry from 1 on a name of its own.
fn rows(round: u64) -> String {
    let mut rows = String::new();
    for number in 1..400 {
        writeln!(rows, "{number},Kiosk round{round},About it.,,,,Service,\r").unwrap();
    }
    rows
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
    for round in 0..5_u64 {
        let file = export(&folder, &rows(round));
        let server = Server::start(&data, &[]);
        let mut import =
            eusl(&data).args(["import", "esd"]).arg(file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(round * 120));
        std::thread::scope(|scope| {
            // The search has the index follow while the server dies.
            scope.spawn(|| server.query("ASK { SERVICE eusl:textSearch { ?s eusl:words \"kiosk\" } }"));
            std::thread::sleep(Duration::from_millis(round * 60));
            run(Command::new("kill").args(["-9", &server.id().to_string()]));
        });
        drop(server);
        // It may have ended already.
        let _ = import.kill();
        import.wait().unwrap();
        verify(&data);
    }
    let file = export(&folder, "372,Kiosk thelast,About it.,,,,Service,\r\n");
    let output = run(eusl(&data).args(["import", "esd"]).arg(file));
    assert!(output.status.success(), "{}", stderr(&output));
    let server = Server::start(&data, &[]);
    assert_eq!(count(&server, "kiosk thelast"), "1");
    verify(&data);
    drop(server);
    std::fs::remove_dir_all(data.join("text-index")).unwrap();
    verify(&data);
    assert_eq!(count(&Server::start(&data, &[]), "kiosk thelast"), "1");
    verify(&data);
}
