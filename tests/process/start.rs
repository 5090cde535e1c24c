//! Starting, and refusing to start.

use crate::binary::{BASE, Server, eusl, register, run, stderr, stdout};
use std::net::TcpListener;
use tempfile::tempdir;

#[test]
fn nothing_but_the_binary_ends_in_a_served_list() {
    let folder = tempdir().unwrap();
    let server = Server::start(&folder.path().join("new"), &[]);
    let answer = server.get("/doc/service-type/372", "text/turtle");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Abandoned vehicles"), "{answer}");
    assert!(server.terminate().success());
}

#[test]
fn a_taken_port_gets_advice() {
    let folder = tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(eusl(&folder.path().join("d")).args(["--listen", &address]));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--listen 127.0.0.1:"), "{}", stderr(&output));
    assert!(!folder.path().join("d").exists(), "no register was made for a server that cannot listen");
}

#[test]
fn a_second_server_is_told_whose_the_directory_is() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let server = Server::start(&data, &[]);
    let output = run(eusl(&data).args(["--listen", "127.0.0.1:0"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(&format!("process {}", server.id())), "{}", stderr(&output));
}

#[test]
fn another_base_is_refused_with_the_way_out() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    Server::start(&data, &[]).kill();
    let output = run(eusl(&data)
        .args(["--listen", "127.0.0.1:0"])
        .env("EUSL_SITE", BASE)
        .args(["--base", "http://other.example/"]));
    assert_eq!(output.status.code(), Some(2), "the flag comes twice: {}", stderr(&output));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_eusl"));
    let output = run(command
        .env_clear()
        .args(["--base", "http://other.example/", "--listen", "127.0.0.1:0", "--data"])
        .arg(&data));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(&format!("--base {BASE}")), "{}", stderr(&output));
}

#[test]
fn settings_come_from_flags_then_environment_then_file() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("eusl.toml");
    std::fs::write(&file, "listen = \"not an address\"\n").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_eusl"));
    let output =
        run(command.env_clear().current_dir(folder.path()).args(["--data", ":memory:", "--config"]).arg(&file));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--listen is \"not an address\""), "{}", stderr(&output));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_eusl"));
    let output = run(command
        .env_clear()
        .current_dir(folder.path())
        .env("EUSL_LISTEN", "neither")
        .args(["--data", ":memory:", "--config"])
        .arg(&file));
    assert!(stderr(&output).contains("--listen is \"neither\""), "{}", stderr(&output));
}

#[test]
fn help_reads_like_a_page_and_a_wrong_word_is_named() {
    let folder = tempdir().unwrap();
    let help = run(eusl(&folder.path().join("d")).arg("--help"));
    assert!(help.status.success());
    for word in ["serve", "import", "validate", "release", "sample", "--base", "EUSL_DATA"] {
        assert!(stdout(&help).contains(word), "{word} is missing in\n{}", stdout(&help));
    }
    let wrong = run(eusl(&folder.path().join("d")).arg("sevre"));
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("serve"), "{}", stderr(&wrong));
}

#[test]
fn scratch_files_are_served_for_queries_and_kept_nowhere() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("data.trig");
    std::fs::write(&file, "<http://a/g> { <http://a/s> <http://a/p> \"007\" } <http://a/s> <http://a/p> 1 .").unwrap();
    let data = folder.path().join("d");
    let server = Server::start(&data, &["--scratch", file.to_str().unwrap()]);
    let answer = server.query("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }");
    assert!(answer.ends_with("n\r\n2\r\n"), "{answer}");
    assert!(server.get("/doc/service-type/372", "*/*").starts_with("HTTP/1.1 404"));
    drop(server);
    assert!(!data.exists());
    let broken = folder.path().join("broken.ttl");
    std::fs::write(&broken, "<http://a/s> <http://a/p> .\n").unwrap();
    let output = run(eusl(&data).args(["--listen", "127.0.0.1:0", "serve", "--scratch"]).arg(&broken));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("broken.ttl"), "{}", stderr(&output));
}

#[test]
fn a_sample_is_the_same_each_time() {
    let folder = tempdir().unwrap();
    let sample = || run(eusl(&folder.path().join("d")).args(["sample", "--municipalities", "2", "--full"]));
    let (one, other) = (sample(), sample());
    assert!(one.status.success() && one.stdout == other.stdout && one.stdout.len() > 10_000);
    assert!(stderr(&one).contains("500 offers") && stderr(&one).contains("seeded errors"), "{}", stderr(&one));
}
