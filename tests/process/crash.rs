//! Death at any moment of a write: the register is as before it or as after it.

use crate::binary::{BASE, Server, eusl, export, run, stdout};
use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::register::{Location, fail_point};
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;
use tempfile::tempdir;

/// Rows that change every fifth entry of the list.
fn rows() -> String {
    let mut rows = String::new();
    for number in (5..1_500).step_by(5) {
        writeln!(rows, "{number},A name,What service {number} is about.,2013-04-03,2013-04-03,,Service,\r").unwrap();
    }
    rows
}

/// The revision of a register that was left behind; its graph must be like it.
fn revision_of(data: &Path) -> u64 {
    let base = Base::parse(BASE).unwrap();
    let catalogue = Catalogue::open(&Location::Directory(data.to_owned()), &base).unwrap();
    assert_eq!(catalogue.disagreement().unwrap(), 0);
    catalogue.graph().revision()
}

#[test]
fn a_process_killed_at_any_point_of_a_commit_leaves_all_or_nothing() {
    let folder = tempdir().unwrap();
    let file = export(&folder, &rows());
    for name in fail_point::ALL {
        let data = folder.path().join(name);
        drop(Server::start(&data, &[]));
        let mut import = eusl(&data);
        let output = run(import.env("EUSL_FAIL_POINT", name).args(["import", "esd"]).arg(&file));
        assert_eq!(output.status.code(), None, "{name}: the process was to die, it said {}", stdout(&output));
        let is_written = matches!(name, "register-synced" | "graph-applied");
        assert_eq!(revision_of(&data), if is_written { 2 } else { 1 }, "{name}");
        let again = run(eusl(&data).args(["import", "esd"]).arg(&file));
        let changed = if is_written { "0 added, 0 changed" } else { "changed" };
        assert!(again.status.success() && stdout(&again).contains(changed), "{name}: {}", stdout(&again));
        assert_eq!(revision_of(&data), 2, "{name}");
    }
}

#[test]
fn a_register_that_died_while_it_was_made_is_made_again() {
    let folder = tempdir().unwrap();
    for name in ["write-begun", "register-half-written", "register-written"] {
        let data = folder.path().join(name);
        let output = run(eusl(&data).env("EUSL_FAIL_POINT", name).args(["--listen", "127.0.0.1:0"]));
        assert_eq!(output.status.code(), None, "{name}");
        let server = Server::start(&data, &[]);
        let count = server.query("SELECT (COUNT(*) AS ?n) { ?s a eusl:ServiceType ; skos:inScheme <http://lists.example.eu/list/services/4.00> }");
        assert!(count.ends_with("n\r\n1519\r\n"), "{name}: {count}");
    }
}

#[test]
fn kill_9_of_an_import_at_any_moment_leaves_the_register_before_or_after_it() {
    let folder = tempdir().unwrap();
    let file = export(&folder, &rows());
    let data = folder.path().join("d");
    drop(Server::start(&data, &[]));
    for round in 0..8_u64 {
        let before = revision_of(&data);
        let mut import =
            eusl(&data).args(["import", "esd"]).arg(&file).stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(round * 250));
        // It may have ended already.
        let _ = import.kill();
        import.wait().unwrap();
        let after = revision_of(&data);
        assert!(after == before || (before == 1 && after == 2), "round {round}: from {before} to {after}");
    }
}

#[test]
fn kill_9_of_a_server_loses_no_acknowledged_write() {
    let folder = tempdir().unwrap();
    let file = export(&folder, &rows());
    let data = folder.path().join("d");
    let server = Server::start(&data, &[]);
    let output = run(eusl(&data).args(["import", "esd"]).arg(&file));
    assert!(stdout(&output).contains("changed"));
    server.kill();
    assert_eq!(revision_of(&data), 2);
}
