//! The text index of a server that dies at any moment.

use crate::binary::{Server, eusl, export, register, run, stderr};
use crate::clients::verify;
use std::process::Stdio;
use std::time::Duration;
use tempfile::tempdir;

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
        let rows: String =
            (1..400).map(|number| format!("{number},Kiosk round{round},About it.,,,,Service,\r\n")).collect();
        let file = export(&folder, &rows);
        let server = Server::start(&data, &[]);
        // A search has the index follow while the import is written.
        let mut import =
            eusl(&data).args(["import", "esd"]).arg(file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(round * 120));
        drop(std::thread::scope(|scope| {
            scope.spawn(|| server.query("ASK { SERVICE eusl:textSearch { ?s eusl:words \"kiosk\" } }"));
            std::thread::sleep(Duration::from_millis(round * 60));
        }));
        server.kill();
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
