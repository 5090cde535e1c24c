//! Dumps that a server makes: killed while it writes them, on a disk that is full, and by the command.

use crate::binary::{BASE, Server, eusl, run, stderr, stdout};
use crate::clients::{send, token};
use crate::disk::{Disk, IS_FULL};
use eu_service_list::rdf::{Content, Literal, NamedNode, Triple};
use eu_service_list::register::{Change, Commit, Location, Register, fail_point};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

/// Waits until something is so; a minute is enough for a set on a busy machine.
fn wait(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_mins(2), "{what}: waited in vain");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The folders of sets.
fn sets(data: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(data.join("dumps")) else { return Vec::new() };
    entries.filter_map(|entry| entry.unwrap().file_name().into_string().ok()).collect()
}

fn is_unfinished(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "new")
}

/// The status and the revision of a dump.
fn dump(server: &Server, name: &str) -> (String, String) {
    let answer = server.ask(&format!("HEAD /dump/{name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    let revision = answer.lines().find_map(|line| line.strip_prefix("eusl-revision: ")).unwrap_or_default();
    (answer.split(' ').nth(1).unwrap_or_default().to_owned(), revision.to_owned())
}

/// A data directory with two records.
fn small(folder: &TempDir) -> PathBuf {
    let data = folder.path().join("d");
    let register = Register::open(&Location::Directory(data.clone()), BASE).unwrap();
    let change = |kind: &str, reference: &str, number: Option<u64>| {
        let iri = format!("{BASE}id/{kind}/{reference}");
        let name = NamedNode::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel");
        let text = Literal::new_language_tagged_literal_unchecked(reference, "en");
        let content = Content::from_iter([Triple::new(NamedNode::new_unchecked(&iri), name, text)]);
        Change { iri, kind: kind.to_owned(), number, content }
    };
    let changes = vec![change("service-type", "1", Some(1)), change("rule", "one", None)];
    register.commit(&Commit { changes, ..Commit::default() }).unwrap();
    data
}

#[test]
fn a_server_killed_at_any_point_of_a_set_leaves_nothing_half_served() {
    for name in fail_point::OF_DUMPS {
        let folder = tempdir().unwrap();
        let data = small(&folder);
        let mut server = Server::start_with(&data, &["--dumps", "on"], &[("EUSL_FAIL_POINT", name)]);
        wait("the server dies", || !server.lives());
        assert!(
            sets(&data).iter().all(|name| is_unfinished(name)) && sets(&data).len() == 1,
            "{name}: {:?}",
            sets(&data)
        );
        let server = Server::start(&data, &["--dumps", "on"]);
        assert_eq!(dump(&server, "all.nt").0, "503", "{name}: what was left over is not served");
        assert_eq!(sets(&data), Vec::<String>::new(), "{name}");
        wait("the set", || dump(&server, "all.nt") == ("200".to_owned(), "1".to_owned()));
        let body = server.get("/dump/all.nt", "*/*");
        let served: BTreeSet<&str> = body.lines().filter(|line| line.starts_with('<')).collect();
        let output = run(eusl(&data).args(["dump", "-"]));
        assert!(served.len() == 2 && served == stdout(&output).lines().collect(), "{name}: {body}");
        server.kill();
        let server = Server::start(&data, &["--dumps", "on"]);
        assert_eq!(dump(&server, "all.nt").0, "200", "{name}: the set of the life before is there at once");
    }
}

#[test]
fn a_full_disk_leaves_the_set_before_and_dumps_go_on_when_there_is_room() {
    let folder = tempdir().unwrap();
    let data = small(&folder);
    let Some(disk) = Disk::under(&data) else { return };
    let log = folder.path().join("log");
    let server = Server::run_telling(
        disk.command().args(["--dumps", "on", "--listen", "127.0.0.1:0", "serve"]),
        std::fs::File::create(&log).unwrap().into(),
    );
    wait("the first set", || dump(&server, "all.nt").0 == "200");
    let token = token(&data, "edit");
    let body = "<> a <http://a.example/Thing> ; <http://www.w3.org/2004/02/skos/core#note> 'x'@en .";
    let head = "PUT /doc/thing/1 HTTP/1.1\r\nContent-Type: text/turtle\r\nIf-None-Match: *";
    let answer = send(server.port, head, &token, body).unwrap();
    assert_eq!(answer.status, 201, "{} {}", answer.head, answer.body);
    disk.fail(IS_FULL, 0);
    let told = || std::fs::read_to_string(&log).unwrap();
    wait("the failure", || told().contains("no new dumps were made"));
    assert!(told().contains("No space left"), "{}", told());
    assert_eq!(dump(&server, "all.nt"), ("200".to_owned(), "1".to_owned()));
    assert!(!sets(&data).iter().any(|name| is_unfinished(name)), "{:?}", sets(&data));
    disk.mend();
    wait("the next set", || dump(&server, "all.nt").1 != "1");
    assert!(server.get("/dump/services.nt", "*/*").contains("/id/thing/1>"));
}

#[test]
fn the_extension_of_a_file_tells_what_the_command_writes() {
    let folder = tempdir().unwrap();
    let data = small(&folder);
    let write = |name: &str, more: &[&str]| {
        let file = folder.path().join(name);
        let output = run(eusl(&data).arg("dump").arg(&file).args(more));
        (output.status.code(), stderr(&output), std::fs::read(&file).unwrap_or_default())
    };
    for (name, more, begins, told) in [
        ("a.ttl", &[][..], "@prefix ", " records, revision 1"),
        ("a.rdf", &["--dataset", "suitability"], "<?xml ", " records"),
        ("a.jsonld", &["--dataset", "public-services"], "{\n  \"@context\": {", "records"),
        ("a.nq", &[], "<http://lists.example.eu/", " versions"),
        ("a.csv", &[], "number,iri,status,", "1 rows"),
        ("b.csv", &["--dataset", "suitability"], "number,name,channel_code,", " rows"),
        ("a.txt", &[], "<http://lists.example.eu/", "2 records"),
        ("a.nt.gz", &[], "", " records"),
    ] {
        let (code, said, bytes) = write(name, more);
        assert_eq!(code, Some(0), "{name}: {said}");
        assert!(said.contains(told), "{name}: {said}");
        assert!(bytes.starts_with(begins.as_bytes()) && !bytes.is_empty(), "{name}");
    }
    let (_, _, gzipped) = write("c.nt.gz", &[]);
    let (_, _, zipped) = write("c.nt.zst", &[]);
    let (_, _, plain) = write("c.nt", &[]);
    let mut unzipped = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&*gzipped), &mut unzipped).unwrap();
    assert!(unzipped == plain && zstd::decode_all(&*zipped).unwrap() == plain);
    for (name, more, told) in [
        ("d.ttl", &["--dataset", "none"], "there is services, suitability, public-services, all"),
        ("d.csv", &["--dataset", "all"], "there is no table of \"all\""),
        ("d.nq", &["--dataset", "services"], "leave out --dataset"),
    ] {
        let (code, said, bytes) = write(name, more);
        assert_eq!((code, bytes.len()), (Some(2), 0), "{name}");
        assert!(said.contains(told), "{name}: {said}");
    }
    let left = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(left.filter(|name| name.contains("partial") || name.contains("copy")).count(), 0);
}
