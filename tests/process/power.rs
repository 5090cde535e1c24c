//! A power failure while clients write: whatever had not been synced is lost, or half of it, and nothing that was
//! acknowledged.

use crate::binary::{Server, register};
use crate::clients::{Clients, Wanted, token, verify};
use crate::disk::Disk;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use tempfile::{TempDir, tempdir};

const CLIENTS: usize = 8;

/// Writes of each client between two failures.
const EACH: usize = 10;

/// Lets clients write, and the power fail while they do; gives what the disk has then.
fn fail_while_clients_write(disk: &Disk, clients: &Clients, token: &str, round: usize, left: &Path) -> Option<Server> {
    let server = disk.serve();
    let enough = clients.count() + CLIENTS * EACH / 2;
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            scope.spawn(move || {
                for number in round * EACH..(round + 1) * EACH {
                    clients.write(token, Wanted::numbered(client, number));
                }
            });
        }
        clients.port.store(server.port, Ordering::SeqCst);
        while clients.count() < enough {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        clients.port.store(0, Ordering::SeqCst);
        server.kill();
        let seed = RandomState::new();
        let mut asked = 0_u64;
        disk.lose_power(left, || {
            asked += 1;
            let mut hasher = seed.build_hasher();
            hasher.write_u64(asked);
            // The first round loses all that was not synced, the others about half of it.
            round > 0 && hasher.finish().is_multiple_of(2)
        });
        let survivor = clients.missing_from(left).is_empty().then(|| Server::start(left, &[]));
        // With nobody to ask, clients would ask for ever.
        if let Some(server) = &survivor {
            clients.port.store(server.port, Ordering::SeqCst);
        } else {
            clients.is_over.store(true, Ordering::SeqCst);
        }
        survivor
    })
}

fn folder() -> (TempDir, PathBuf, String) {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let token = token(&data, "manage");
    (folder, data, token)
}

#[test]
fn a_power_failure_loses_no_acknowledged_write() {
    let (folder, mut data, token) = folder();
    let clients = Clients::default();
    for round in 0..4 {
        let Some(disk) = Disk::under(&data) else { return };
        let left = folder.path().join(format!("left-{round}"));
        let server = fail_while_clients_write(&disk, &clients, &token, round, &left);
        let Some(server) = server else { panic!("lost: {:?}", clients.missing_from(&left)) };
        server.kill();
        assert_eq!(clients.missing_from(&left), Vec::<String>::new(), "round {round}");
        assert_eq!(clients.count(), (round + 1) * CLIENTS * EACH);
        verify(&left);
        data = left;
    }
}

#[test]
fn a_disk_that_lies_about_syncs_loses_some_and_the_test_sees_it() {
    let (folder, data, token) = folder();
    let Some(disk) = Disk::under(&data) else { return };
    let (clients, left) = (Clients::default(), folder.path().join("left"));
    let server = fail_while_clients_write(&disk.that_lies(), &clients, &token, 0, &left);
    assert!(server.is_none(), "nothing was lost though nothing was synced");
    assert!(!clients.missing_from(&left).is_empty());
}
