//! A disk that runs full, turns read-only or breaks while a server writes: the write is refused, the register stays as
//! it was, and writing goes on when the disk is mended.

use crate::binary::{Server, eusl, export, register, run, stderr};
use crate::clients::{Answer, Clients, Wanted, send, token, verify};
use crate::disk::{Disk, IS_BROKEN, IS_FULL, IS_READ_ONLY};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::Ordering;
use tempfile::tempdir;

fn put(server: &Server, token: &str, record: &str, text: &str) -> Answer {
    let head = format!("PUT /doc/thing/{record} HTTP/1.1\r\nContent-Type: text/turtle\r\nIf-None-Match: *");
    let body = format!("<> a <http://a.example/Thing> ; <http://www.w3.org/2004/02/skos/core#note> \"{text}\"@en .");
    send(server.port, &head, token, &body).unwrap()
}

fn assert_not_stored(answer: &Answer, context: &str) {
    assert_eq!(answer.status, 507, "{context}: {} {}", answer.head, answer.body);
    assert!(answer.body.contains("/problem/not-stored"), "{context}: {}", answer.body);
}

/// What the public sees of a record.
fn status(server: &Server, record: &str) -> String {
    server.get(&format!("/doc/thing/{record}"), "text/turtle").split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn what_a_failing_disk_does_not_take_is_refused_and_writing_goes_on_when_it_is_mended() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let token = token(&data, "edit");
    let Some(disk) = Disk::under(&data) else { return };
    let server = disk.serve();
    for (name, writes, syncs) in
        [("full", IS_FULL, 0), ("read-only", IS_READ_ONLY, 0), ("broken", IS_BROKEN, 0), ("unsynced", 0, IS_BROKEN)]
    {
        let (before, during) = (format!("{name}-before"), format!("{name}-during"));
        assert_eq!(put(&server, &token, &before, "before").status, 201, "{name}");
        disk.fail(writes, syncs);
        assert_not_stored(&put(&server, &token, &during, "during"), name);
        assert_not_stored(&put(&server, &token, &during, "during"), name);
        assert_eq!(
            (status(&server, &before), status(&server, &during)),
            ("200".to_owned(), "404".to_owned()),
            "{name}"
        );
        disk.mend();
        let again = put(&server, &token, &during, "again");
        assert_eq!(again.status, 201, "{name}: {} {}", again.head, again.body);
        assert_eq!(status(&server, &during), "200", "{name}");
    }
    server.kill();
    verify(&data);
}

#[test]
fn a_disk_that_fails_again_and_again_under_many_clients_loses_nothing_that_was_acknowledged() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let token = token(&data, "manage");
    let Some(disk) = Disk::under(&data) else { return };
    let server = disk.serve();
    let clients = Clients::default();
    clients.port.store(server.port, Ordering::SeqCst);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|client| {
                let (clients, token) = (&clients, &token);
                scope.spawn(move || (0..20).for_each(|number| clients.write(token, Wanted::numbered(client, number))))
            })
            .collect();
        while !writers.iter().all(std::thread::ScopedJoinHandle::is_finished) {
            for (writes, syncs) in [(IS_FULL, 0), (0, IS_BROKEN)] {
                disk.fail(writes, syncs);
                std::thread::sleep(std::time::Duration::from_millis(40));
                disk.mend();
                std::thread::sleep(std::time::Duration::from_millis(120));
            }
        }
    });
    assert!(clients.not_stored.load(Ordering::SeqCst) > 0, "no failure hit a write: the test would show nothing");
    assert_eq!(clients.missing_from(&data), Vec::<String>::new());
    verify(&data);
    server.kill();
    verify(&data);
}

#[test]
fn a_command_tells_a_disk_that_fails_and_leaves_the_register_as_it_was() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let Some(disk) = Disk::under(&data) else { return };
    let file = export(&folder, "1750,A service that is new,Another text.,2015-01-01,2015-01-01,,Service,\r\n");
    for (error, word) in [(IS_FULL, "No space left"), (IS_READ_ONLY, "Read-only")] {
        disk.fail(error, 0);
        let output = run(disk.command().args(["import", "esd"]).arg(&file));
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("register") && stderr(&output).contains(word), "{}", stderr(&output));
        disk.mend();
        verify(&data);
    }
    let output = run(eusl(&data).args(["import", "esd"]).arg(&file));
    assert!(output.status.success(), "{}", stderr(&output));
}

/// The size of the register's file, in blocks of 512 bytes.
fn blocks(data: &Path) -> u64 {
    data.join("register.sqlite").metadata().unwrap().len() / 512
}

/// Files that cannot grow act like a full disk, without anything loaded into the process.
#[test]
fn where_files_cannot_grow_writes_are_refused_until_they_can() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let token = token(&data, "edit");
    let mut command = Command::new("sh");
    // Blocks of 512 bytes, as POSIX has them; a shell that counts in others leaves more room, or less.
    let script = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$@\"", blocks(&data) + 200);
    let program = eusl(&data);
    command.args(["-c", &script, "sh"]).arg(program.get_program()).args(program.get_args()).env_clear();
    command.current_dir(folder.path()).args(["--listen", "127.0.0.1:0", "serve"]);
    let server = Server::run(&mut command);
    let long = (0..10).map(|number| format!("{number}{}", "x".repeat(90_000))).collect::<Vec<_>>().join("\"@en , \"");
    let mut written = 0;
    let refused = loop {
        let answer = put(&server, &token, &written.to_string(), &long);
        if answer.status != 201 {
            break answer;
        }
        written += 1;
        assert!(written < 1_000, "the limit was never reached");
    };
    assert_not_stored(&refused, "after the limit");
    for record in 0..written {
        assert_eq!(status(&server, &record.to_string()), "200");
    }
    let limit = Command::new("prlimit").arg("--pid").arg(server.id().to_string()).arg("--fsize=unlimited:").output();
    if limit.is_ok_and(|output| output.status.success()) {
        assert_eq!(put(&server, &token, &written.to_string(), &long).status, 201, "there is room again");
    } else {
        println!("SKIPPED: no prlimit to make room while the server runs");
    }
    server.kill();
    verify(&data);
    let server = Server::start(&data, &[]);
    assert_eq!(put(&server, &token, "after", &long).status, 201);
}
