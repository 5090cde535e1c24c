//! Running `eusl` and speaking to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Duration;
use tempfile::TempDir;

pub const BASE: &str = "http://lists.example.eu/";

/// The binary with the settings of a test; nothing of the tester's environment reaches it. It makes no dumps, which take
/// seconds without optimization, unless a test asks for them.
pub fn eusl(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eusl"));
    command
        .env_clear()
        .env("EUSL_DUMPS", "off")
        .args(["--base", BASE, "--data"])
        .arg(data)
        .current_dir(data.parent().unwrap());
    command
}

/// A data directory with the shipped list. Making one takes seconds without optimization, so it is made once for all
/// tests and copied for each.
pub fn register(folder: &TempDir) -> PathBuf {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let made = tempfile::tempdir().unwrap();
        let output = run(eusl(&made.path().join("d")).args(["list", "load"]));
        assert!(output.status.success(), "{}", stderr(&output));
        made
    });
    let data = folder.path().join("d");
    std::fs::create_dir(&data).unwrap();
    for file in std::fs::read_dir(made.path().join("d")).unwrap() {
        let file = file.unwrap();
        // What is derived has a folder of its own, and is made anew.
        if file.file_type().unwrap().is_dir() {
            continue;
        }
        std::fs::copy(file.path(), data.join(file.file_name())).unwrap();
    }
    data
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap()
}

/// What a command wrote to standard output.
pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a command wrote to standard error.
pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A file that a test imports: entries of the list, as esd exports them.
pub fn export(folder: &TempDir, rows: &str) -> PathBuf {
    let path = folder.path().join("export.csv");
    std::fs::write(&path, format!("Identifier,Label,Description,Created,Modified,History notes,Type,\r\n{rows}"))
        .unwrap();
    path
}

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    /// Starts `eusl serve` on a free port and waits until it says that it listens.
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        Self::start_with(data, arguments, &[])
    }

    /// The same, with variables of the environment.
    pub fn start_with(data: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = eusl(data);
        command.envs(variables.iter().copied());
        Self::run(command.args(["--listen", "127.0.0.1:0", "serve"]).args(arguments))
    }

    /// Starts a server by a command of one's own.
    pub fn run(command: &mut Command) -> Self {
        Self::run_telling(command, Stdio::null())
    }

    /// The same, with its standard error going somewhere.
    pub fn run_telling(command: &mut Command, log: Stdio) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut first = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut first).unwrap();
        let port = first.split("127.0.0.1:").nth(1).and_then(|rest| rest.split(',').next());
        let port = port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("it does not listen: {first:?}"));
        Self { child, port }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the process is still there.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Kills it without a chance to tidy up.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Tells it to end and waits for it.
    pub fn terminate(mut self) -> std::process::ExitStatus {
        Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        self.child.wait().unwrap()
    }

    /// Sends a request and reads the whole answer as text, status line included.
    pub fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A connection that breaks is an answer too: what came before it is kept.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// GETs a path.
    pub fn get(&self, path: &str, accept: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"))
    }

    /// POSTs a query.
    pub fn query(&self, query: &str) -> String {
        self.ask(&format!(
            "POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{query}",
            query.len()
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
