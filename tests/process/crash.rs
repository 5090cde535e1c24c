//! Death at any moment of a write: the register is as before it or as after it.

use crate::binary::{BASE, Server, eusl, export, register, run, stderr, stdout};
use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::register::{Location, fail_point};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tempfile::{TempDir, tempdir};

/// Rows that change every fifth entry of the list.
fn rows() -> String {
    let mut rows = String::new();
    for number in (5..1_500).step_by(5) {
        writeln!(rows, "{number},A name,What service {number} is about.,2013-04-03,2013-04-03,,Service,\r").unwrap();
    }
    rows
}

/// Every triple that a register publishes, in order.
fn content(data: &Path) -> Vec<String> {
    let base = Base::parse(BASE).unwrap();
    let catalogue = Catalogue::open(&Location::Directory(data.to_owned()), &base).unwrap();
    let mut lines = catalogue.graph().lines().unwrap();
    lines.sort_unstable();
    lines
}

/// A register as it is before an import, and what it publishes before and after one that was let live.
struct Sample {
    folder: TempDir,
    file: PathBuf,
    before: Vec<String>,
    after: Vec<String>,
}

impl Sample {
    fn new() -> Self {
        let folder = tempdir().unwrap();
        let file = export(&folder, &rows());
        let fresh = register(&folder);
        let before = content(&fresh);
        let sample = Self { folder, file, before, after: Vec::new() };
        let data = sample.copy("whole");
        assert!(run(eusl(&data).args(["import", "esd"]).arg(&sample.file)).status.success());
        let after = content(&data);
        assert_ne!(sample.before, after);
        Self { after, ..sample }
    }

    /// A copy of the register as it was before the import.
    fn copy(&self, name: &str) -> PathBuf {
        let data = self.folder.path().join(name);
        std::fs::create_dir(&data).unwrap();
        std::fs::copy(self.folder.path().join("d/register.sqlite"), data.join("register.sqlite")).unwrap();
        data
    }

    /// Says whether a register is as before or as after; panics if it is neither.
    fn is_after(&self, data: &Path, moment: &str) -> bool {
        let content = content(data);
        assert!(content == self.before || content == self.after, "{moment}: neither as before nor as after");
        content == self.after
    }
}

#[test]
fn a_process_killed_at_any_point_of_a_commit_leaves_all_or_nothing() {
    let sample = Sample::new();
    for name in fail_point::ALL {
        let data = sample.copy(name);
        let mut import = eusl(&data);
        let output = run(import.env("EUSL_FAIL_POINT", name).args(["import", "esd"]).arg(&sample.file));
        assert_eq!(output.status.code(), None, "{name}: the process was to die, it said {}", stdout(&output));
        let is_written = matches!(name, "register-synced" | "graph-applied");
        assert_eq!(sample.is_after(&data, name), is_written, "{name}");
        let again = run(eusl(&data).args(["import", "esd"]).arg(&sample.file));
        assert!(again.status.success(), "{name}: {}", stderr(&again));
        assert!(sample.is_after(&data, name), "{name}");
    }
}

#[test]
fn a_server_killed_while_it_writes_for_a_command_leaves_all_or_nothing() {
    let sample = Sample::new();
    for name in ["register-half-written", "register-synced"] {
        let data = sample.copy(&format!("served-{name}"));
        let server = Server::start_with(&data, &[], &[("EUSL_FAIL_POINT", name)]);
        let output = run(eusl(&data).args(["import", "esd"]).arg(&sample.file));
        assert_eq!(output.status.code(), Some(2), "{name}: {}", stdout(&output));
        assert!(stderr(&output).contains("run the command again"), "{name}: {}", stderr(&output));
        drop(server);
        assert_eq!(sample.is_after(&data, name), name == "register-synced", "{name}");
        let server = Server::start(&data, &[]);
        let again = run(eusl(&data).args(["import", "esd"]).arg(&sample.file));
        assert!(again.status.success(), "{name}: {}", stderr(&again));
        drop(server);
        assert!(sample.is_after(&data, name), "{name}");
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
        let count = server.query(
            "SELECT (COUNT(*) AS ?n) { ?s a eusl:ServiceType ; skos:inScheme <http://lists.example.eu/list/services/4.00> }",
        );
        assert!(count.ends_with("n\r\n1519\r\n"), "{name}: {count}");
    }
}

#[test]
fn kill_9_of_an_import_at_any_moment_leaves_the_register_before_or_after_it() {
    let sample = Sample::new();
    for round in 0..8_u64 {
        let data = sample.copy(&format!("round-{round}"));
        let mut import = eusl(&data)
            .args(["import", "esd"])
            .arg(&sample.file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(round * 150));
        // It may have ended already.
        let _ = import.kill();
        import.wait().unwrap();
        sample.is_after(&data, &format!("round {round}"));
    }
}

#[test]
fn kill_9_of_a_server_loses_no_acknowledged_write() {
    let sample = Sample::new();
    let data = sample.copy("served");
    let server = Server::start(&data, &[]);
    let output = run(eusl(&data).args(["import", "esd"]).arg(&sample.file));
    assert!(output.status.success(), "{}", stderr(&output));
    server.kill();
    assert!(sample.is_after(&data, "after the kill"));
}
