//! Tokens: made, listed and revoked beside a server and without one; the secret is told once and kept nowhere.

use crate::binary::{Server, eusl, register, run, stderr, stdout};
use std::fs::File;
use std::path::Path;
use std::process::Output;
use tempfile::tempdir;

/// Runs `eusl token`.
fn token(data: &Path, arguments: &[&str]) -> Output {
    run(eusl(data).arg("token").args(arguments))
}

/// The bytes of every file of a data directory, the log of SQLite included.
fn bytes(data: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(data).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap()).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Mark, prefix and secret.
fn parts(token: &str) -> (&str, &str, &str) {
    let mut parts = token.trim_end().splitn(3, '_');
    (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap())
}

/// Reserves the next number with a token; gives the status.
fn reserve(server: &Server, token: &str) -> String {
    let fields = format!("Host: localhost\r\nAuthorization: Bearer {token}\r\nContent-Length: 0\r\nConnection: close");
    let answer = server.ask(&format!("POST /doc/service-type?status=reserved HTTP/1.1\r\n{fields}\r\n\r\n"));
    answer.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn beside_a_server_a_token_is_made_used_listed_and_revoked_and_its_secret_is_kept_nowhere() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let log = folder.path().join("log");
    let mut command = eusl(&data);
    let server =
        Server::run_telling(command.args(["--listen", "127.0.0.1:0", "serve"]), File::create(&log).unwrap().into());
    let organisation = "http://lists.example.eu/id/organisation/voorbeeldstad";
    let made = token(
        &data,
        &[
            &["add", "Bins of Voorbeeldstad", "--role", "edit", "--organisation", organisation][..],
            &["--kind", "service-type", "--kind", "public-service", "--numbers", "10000-10999"],
            &["--expires", "2099-03-31"],
        ]
        .concat(),
    );
    let (out, told) = (stdout(&made), stderr(&made));
    let (mark, prefix, secret) = parts(&out);
    assert_eq!((out.lines().count(), mark, prefix.len(), secret.len()), (1, "eusl", 8, 43), "{out}{told}");
    assert!(told.contains(prefix) && told.contains("Authorization: Bearer") && !told.contains(secret), "{told}");

    assert_eq!(reserve(&server, out.trim_end()), "201");
    assert_eq!(reserve(&server, &format!("eusl_{prefix}_{}", "0".repeat(43))), "401");

    let list = token(&data, &["list"]);
    let (head, row) =
        (stdout(&list).lines().next().unwrap().to_owned(), stdout(&list).lines().nth(1).unwrap().to_owned());
    for column in ["prefix", "name", "role", "organisation", "kinds", "numbers", "made", "ends", "state"] {
        assert!(head.contains(column), "{head}");
    }
    for cell in [prefix, "Bins of Voorbeeldstad", "edit", organisation, "public-service,service-type", "10000-10999"] {
        assert!(row.contains(cell), "{row}");
    }
    assert!(row.ends_with("2099-03-31  valid"), "{row}");

    let revoked = token(&data, &["revoke", prefix]);
    assert!(
        stdout(&revoked).contains(&format!("{prefix} of Bins of Voorbeeldstad is revoked")),
        "{}",
        stderr(&revoked)
    );
    assert!(stdout(&token(&data, &["list"])).contains("revoked 20"));
    assert_eq!(reserve(&server, out.trim_end()), "401", "from the next request on");
    let again = token(&data, &["revoke", out.trim_end()]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("was revoked before") && !stderr(&again).contains(secret), "{}", stderr(&again));

    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("token add") && log.contains("token revoke") && log.contains("cannot be used"), "{log}");
    assert!(!log.contains(secret) && !log.contains("eusl_"), "{log}");
    let kept = bytes(&data);
    assert!(holds(&kept, prefix), "the prefix is kept, so the secret would be found too");
    assert!(!holds(&kept, secret));
    server.kill();
}

#[test]
fn without_a_server_a_token_is_there_when_one_starts_and_outlives_a_kill() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let made = token(&data, &["add", "Import of bins", "--role", "submit"]);
    let (out, server) = (stdout(&made), Server::start(&data, &[]));
    let (_, prefix, secret) = parts(&out);
    let beside = token(&data, &["add", "Another", "--role", "manage"]);
    assert!(beside.status.success(), "{}", stderr(&beside));
    server.kill();
    let list = stdout(&token(&data, &["list"]));
    for cell in [prefix, "Import of bins", "submit", "Another", "manage", "all", "valid"] {
        assert!(list.contains(cell), "{cell} is missing in\n{list}");
    }
    assert_eq!(list.lines().count(), 3, "{list}");
    assert!(!list.contains(secret) && !holds(&bytes(&data), secret));
}

#[test]
fn what_makes_no_sense_is_refused_with_the_remedy_and_prints_no_token() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    // What the server refuses is told as what a command refuses by itself.
    let _server = Server::start(&data, &[]);
    let cases: [(&[&str], &str); 8] = [
        (&["add", "A"], "--role"),
        (&["add", "A", "--role", "admin"], "submit, edit, manage"),
        (&["add", "A", "--role", "edit", "--numbers", "ten"], "10000-10999"),
        (&["add", "A", "--role", "edit", "--numbers", "9-1"], "from 9 to 1"),
        (&["add", "A", "--role", "edit", "--kind", "function", "--numbers", "1-9"], "service-type"),
        (&["add", "A", "--role", "edit", "--expires", "tomorrow"], "2027-03-31"),
        (&["add", "A", "--role", "edit", "--organisation", "Voorbeeldstad"], "absolute IRI"),
        (&["revoke", "nobody00"], "token list"),
    ];
    for (arguments, remedy) in cases {
        let refused = token(&data, arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&refused).contains(remedy) && stdout(&refused).is_empty(), "{}", stderr(&refused));
    }
    let none = token(&data, &["list"]);
    assert!(stdout(&none).is_empty() && stderr(&none).contains("token add"), "{}", stderr(&none));
    let nowhere = token(&folder.path().join("other"), &["list"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).contains("there is no register") && !folder.path().join("other").exists());
    let memory = run(eusl(&data).args(["token", "add", "A", "--role", "edit", "--data", ":memory:"]));
    assert!(stderr(&memory).contains("keeps nothing") && stdout(&memory).is_empty(), "{}", stderr(&memory));
}
