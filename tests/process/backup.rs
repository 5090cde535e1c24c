//! A restore drill: a backup taken while others write, brought back, served and compared.

use crate::binary::{BASE, Server, eusl, export, register, run, stderr, stdout};
use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::register::Location;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::tempdir;

/// Every triple that a register publishes, in order, and its revision.
fn published(data: &Path) -> (u64, Vec<String>) {
    let base = Base::parse(BASE).unwrap();
    let catalogue = Catalogue::open(&Location::Directory(data.to_owned()), &base).unwrap();
    let mut lines = catalogue.graph().lines().unwrap();
    lines.sort_unstable();
    (catalogue.revision(), lines)
}

/// An export of twenty entries whose date tells the round.
fn rows(round: usize) -> String {
    let mut rows = String::new();
    for number in 250_001..250_021 {
        writeln!(rows, "{number},Entry {number},,1990-01-01,{}-01-01,,Service,\r", 1990 + round).unwrap();
    }
    rows
}

/// The revision that a line of `backup` or `restore` tells, and the link that its chain ends in.
fn told(line: &str) -> (u64, String) {
    let revision = line.strip_prefix("revision ").and_then(|rest| rest.split(' ').next()).unwrap().parse().unwrap();
    let link = line.split("chain ends in ").nth(1).unwrap().split(',').next().unwrap().trim().to_owned();
    (revision, link)
}

fn backup(data: &Path, name: &str) -> (PathBuf, String) {
    let directory = data.with_file_name(name);
    let output = run(eusl(data).arg("backup").arg(&directory));
    assert!(output.status.success(), "{}", stderr(&output));
    (directory, stdout(&output))
}

/// What `restore` says of what it restored, and of the rest.
fn restore(backup: &Path, data: &Path, arguments: &[&str]) -> (String, String) {
    let output = run(eusl(data).arg("restore").arg(backup).args(arguments));
    assert!(output.status.success(), "{}", stderr(&output));
    (stdout(&output), stderr(&output))
}

#[test]
fn a_backup_taken_while_others_write_is_restored_verified_served_and_the_same() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let server = Server::start(&data, &[]);
    let (is_over, rounds) = (AtomicBool::new(false), folder.path().join("rounds"));
    std::fs::create_dir(&rounds).unwrap();
    let backups = std::thread::scope(|scope| {
        // Somebody who imports again and again, through the server, and says which revision it came to.
        let writer = scope.spawn(|| {
            let mut written = 0;
            while !is_over.load(Ordering::SeqCst) || written < 3 {
                written += 1;
                let file = rounds.join(format!("{written}.csv"));
                std::fs::write(
                    &file,
                    format!("Identifier,Label,Description,Created,Modified,History notes,Type,\r\n{}", rows(written)),
                )
                .unwrap();
                let output = run(eusl(&data).args(["import", "esd"]).arg(&file));
                assert!(output.status.success(), "{}", stderr(&output));
            }
            written
        });
        let backups: Vec<(PathBuf, String)> = (0..2).map(|number| backup(&data, &format!("backup-{number}"))).collect();
        is_over.store(true, Ordering::SeqCst);
        assert!(writer.join().unwrap() >= 3);
        backups
    });
    server.kill();
    let (last, _) = published(&data);
    for (directory, line) in backups {
        let restored = directory.with_extension("restored");
        let (result, _) = restore(&directory, &restored, &[]);
        assert_eq!(told(&result), told(&line));
        assert!(told(&line).0 <= last, "{line}");
        let (revision, lines) = published(&restored);
        assert_eq!(revision, told(&line).0);
        // Whole imports only: either no entry of the export is there, or all are, of one round.
        let dates: Vec<&str> = lines
            .iter()
            .filter(|line| line.contains("/id/service-type/2500") && line.contains("/dc/terms/modified>"))
            .map(|line| line.split('"').nth(1).unwrap())
            .collect();
        assert!(dates.is_empty() || dates.len() == 20 && dates.iter().all(|date| *date == dates[0]), "{dates:?}");
        assert!(run(eusl(&restored).arg("verify")).status.success());
        let server = Server::start(&restored, &[]);
        let count = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
        assert!(count.ends_with(&format!("n\r\n{}\r\n", lines.len())), "{count}");
        // The graph of this server, not one that the command makes.
        let verified = run(eusl(&restored).arg("verify"));
        assert!(stdout(&verified).contains(&told(&line).1), "{}{}", stdout(&verified), stderr(&verified));
    }
}

#[test]
fn a_number_given_after_the_backup_is_not_given_again_after_the_restore() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let (directory, _) = backup(&data, "backup");
    let row = "15123,Given after the backup,,2026-01-01,2026-01-01,,Service,\r\n";
    assert!(run(eusl(&data).args(["import", "esd"]).arg(export(&folder, row))).status.success());
    let refused = run(eusl(&data).arg("restore").arg(&directory));
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("--replace"), "{}", stderr(&refused));
    let (_, said) = restore(&directory, &data, &["--replace"]);
    assert!(said.contains("the next number is 15124") && said.contains("is kept in"), "{said}");
    let (_, said) = restore(&directory, &data.with_file_name("elsewhere"), &[]);
    let number = |after: &str| -> u64 {
        said.split(after).nth(1).unwrap().split(|other: char| !other.is_ascii_digit()).next().unwrap().parse().unwrap()
    };
    assert_eq!(number("the next number is "), number("knows of none after ") + 1_001, "{said}");
}

#[test]
fn a_restore_beside_a_server_is_refused_and_a_backup_of_nothing_too() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let (directory, _) = backup(&data, "backup");
    let _server = Server::start(&data, &[]);
    let refused = run(eusl(&data).arg("restore").arg(&directory).arg("--replace"));
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("stop it first"), "{}", stderr(&refused));
    let again = run(eusl(&data).arg("backup").arg(&directory));
    assert!(stderr(&again).contains("--replace"), "{}", stderr(&again));
    let nothing = run(eusl(&folder.path().join("none")).arg("backup").arg(folder.path().join("b2")));
    assert_eq!(nothing.status.code(), Some(2));
    assert!(stderr(&nothing).contains("there is no register"), "{}", stderr(&nothing));
    assert!(!folder.path().join("b2").exists() && !folder.path().join("none").exists());
}
