//! Many who write the same record, each against the version that it knows.

use crate::binary::{Server, register};
use crate::clients::{send, token};
use tempfile::tempdir;

const WRITERS: usize = 8;

const ROUNDS: usize = 20;

fn put(server: &Server, token: &str, condition: &str, text: &str) -> u16 {
    let head = format!("PUT /doc/thing/1 HTTP/1.1\r\nContent-Type: text/turtle\r\n{condition}");
    let body = format!("<> a <http://a.example/Thing> ; <http://www.w3.org/2004/02/skos/core#note> \"{text}\"@en .");
    send(server.port, &head, token, &body).map_or(0, |answer| answer.status)
}

#[test]
fn of_eight_who_change_the_same_version_one_wins_each_round_and_the_others_are_told() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let token = token(&data, "edit");
    let server = Server::start(&data, &[]);
    assert_eq!(put(&server, &token, "If-None-Match: *", "first"), 201);
    for round in 1..=ROUNDS {
        let document = server.get("/doc/thing/1", "text/turtle");
        let tag = document.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned();
        assert!(tag.starts_with(&format!("\"v{round}-")), "{tag}");
        let condition = format!("If-Match: {tag}");
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let writers = (0..WRITERS).map(|writer| {
                let (server, token, condition) = (&server, &token, &condition);
                scope.spawn(move || put(server, token, condition, &format!("round {round}, writer {writer}.")))
            });
            let writers: Vec<_> = writers.collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).collect()
        });
        let winners: Vec<usize> = (0..WRITERS).filter(|writer| statuses[*writer] == 204).collect();
        let [winner] = winners[..] else { panic!("round {round}: {statuses:?}") };
        assert_eq!(statuses.iter().filter(|status| **status == 412).count(), WRITERS - 1, "{statuses:?}");
        let document = server.get("/doc/thing/1", "text/turtle");
        assert!(document.contains(&format!("round {round}, writer {winner}.")), "{document}");
    }
}
