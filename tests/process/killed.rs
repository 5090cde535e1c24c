//! `kill -9` of a server at random moments while clients write: what was acknowledged is there, once and whole.

use crate::binary::{BASE, Server, register};
use crate::clients::{Clients, SHARED, Wanted, token, verify};
use eu_service_list::register::{Location, Register};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};
use tempfile::tempdir;

const CLIENTS: usize = 8;

/// Writes of each client: 504 of all.
const EACH: usize = 63;

/// How often the server is killed.
const KILLS: usize = 6;

/// A moment that nobody has chosen, within so many milliseconds.
fn some_time(within: u64) -> Duration {
    let nanoseconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().subsec_nanos();
    Duration::from_micros(u64::from(nanoseconds) % (within * 1_000))
}

/// Waits until so many writes are acknowledged, and a little longer.
fn wait_for(clients: &Clients, count: usize) {
    while clients.count() < count {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(some_time(30));
}

#[test]
fn killed_again_and_again_a_server_has_every_write_that_it_acknowledged_once_and_whole() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let token = token(&data, "manage");
    let clients = Clients::default();
    let server = std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (clients, token) = (&clients, token.as_str());
            scope.spawn(move || {
                for number in 0..EACH {
                    let wanted = Wanted::numbered(client, number);
                    clients.write(token, wanted.clone());
                    // Some ask again though they were answered.
                    if number % 9 == 0 {
                        clients.ask(token, &wanted);
                    }
                }
            });
        }
        let mut server = Server::start(&data, &[]);
        for kill in 1..=KILLS {
            clients.port.store(server.port, Ordering::SeqCst);
            wait_for(&clients, kill * CLIENTS * EACH / (KILLS + 1));
            clients.port.store(0, Ordering::SeqCst);
            server.kill();
            assert_eq!(clients.missing_from(&data), Vec::<String>::new(), "after kill {kill}");
            verify(&data);
            server = Server::start(&data, &[]);
        }
        clients.port.store(server.port, Ordering::SeqCst);
        server
    });
    assert!(clients.sent_again.load(Ordering::SeqCst) > 0, "no kill hit a request: the test would show nothing");
    server.kill();
    assert_eq!(clients.count(), CLIENTS * EACH);
    assert_eq!(clients.missing_from(&data), Vec::<String>::new());
    verify(&data);
    assert_nothing_is_there_twice(&clients, &data);
}

/// Holds each record to as many versions as writes of it were asked for, and the feed to as many entries.
fn assert_nothing_is_there_twice(clients: &Clients, data: &Path) {
    let mut asked: BTreeMap<String, u64> = BTreeMap::new();
    for write in clients.acknowledged.lock().unwrap().iter() {
        *asked.entry(write.record.clone()).or_default() += 1;
    }
    let register = Register::open_to_read(&Location::Directory(data.to_owned())).unwrap();
    let snapshot = register.snapshot().unwrap();
    for (record, count) in &asked {
        assert_eq!(snapshot.version_count(&format!("{BASE}id/{record}")).unwrap(), Some(*count), "{record}");
    }
    assert_eq!(snapshot.count("thing").unwrap(), asked.len() as u64, "records that nobody was told of");
    let numbers: Vec<&String> = asked.keys().filter(|record| !record.contains('-') && *record != SHARED).collect();
    assert!(numbers.len() > CLIENTS, "numbers were given out");
}
