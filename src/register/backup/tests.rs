//! Backups taken and brought back, and what must not happen on the way.

use super::super::location::register_file;
use super::{BackupError, Manifest, RestoreError, Restoring};
use crate::rdf::Content;
use crate::register::{Change, Commit, Location, LockError, Register};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

const BASE: &str = "http://example.eu/";

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn open(&self, name: &str) -> Register {
        Register::open(&Location::Directory(self.path(name)), BASE).unwrap()
    }

    /// What lies in a directory, in order.
    fn names(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(name)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn write(register: &Register, number: u64) {
    let iri = format!("a:{number}");
    let content = Content::parse(&format!("<{iri}> <a:p> \"{}\" .\n", "x".repeat(2_000))).unwrap();
    let change = Change { iri, kind: "service-type".to_owned(), number: Some(number), content };
    register.commit(&Commit { changes: vec![change], ..Commit::default() }).unwrap();
}

fn restore(backup: &Path, data: &Path, replace: bool) -> Result<super::Restored, RestoreError> {
    Restoring::begin(backup, data, replace)?.finish()
}

fn last_number(register: &Register) -> u64 {
    register.snapshot().unwrap().last_number("service-type").unwrap()
}

#[test]
fn a_backup_is_one_file_with_a_manifest_that_another_program_agrees_with() {
    let place = Place::new();
    let register = place.open("d");
    write(&register, 1);
    write(&register, 2);
    let manifest = register.back_up(&place.path("b"), false).unwrap();
    assert_eq!(place.names("b"), ["manifest.json", "register.sqlite"]);
    assert_eq!(Manifest::read(&place.path("b")).unwrap(), manifest);
    let sum = std::process::Command::new("sha256sum").arg(register_file(&place.path("b"))).output().unwrap();
    assert_eq!(String::from_utf8(sum.stdout).unwrap().split(' ').next().unwrap(), manifest.sha256);
    let owner = Connection::open(register_file(&place.path("d"))).unwrap();
    let link: String =
        owner.query_row("SELECT lower(hex(link)) FROM feed WHERE position = 2", [], |row| row.get(0)).unwrap();
    assert_eq!((manifest.revision, manifest.versions, manifest.last_link), (2, 2, Some(link)));
}

#[test]
fn a_backup_taken_while_the_register_is_written_holds_one_revision_whole() {
    let place = Place::new();
    let register = place.open("d");
    let written = AtomicU64::new(0);
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 1.. {
                write(&register, number);
                written.store(number, Ordering::SeqCst);
                if is_over.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        let reader = Register::open_to_read(&Location::Directory(place.path("d"))).unwrap();
        for round in 0..8 {
            let before = written.load(Ordering::SeqCst);
            let backup = place.path(&format!("b{round}"));
            let manifest = reader.back_up(&backup, false).unwrap();
            assert!(manifest.revision >= before && manifest.versions == manifest.revision, "{manifest:?}");
            let copy = Connection::open(register_file(&backup)).unwrap();
            let sound: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            assert_eq!(sound, "ok");
        }
        is_over.store(true, Ordering::SeqCst);
    });
}

#[test]
fn a_backup_takes_the_place_of_another_only_when_it_is_asked_to_and_of_nothing_else_ever() {
    let place = Place::new();
    let register = place.open("d");
    write(&register, 1);
    register.back_up(&place.path("b"), false).unwrap();
    write(&register, 2);
    assert!(matches!(register.back_up(&place.path("b"), false), Err(BackupError::Occupied { .. })));
    assert_eq!(Manifest::read(&place.path("b")).unwrap().revision, 1);
    assert_eq!(register.back_up(&place.path("b"), true).unwrap().revision, 2);
    fs::create_dir(place.path("photos")).unwrap();
    fs::write(place.path("photos/1.jpg"), "x").unwrap();
    assert!(matches!(register.back_up(&place.path("photos"), true), Err(BackupError::NotReplaced(_))));
    let mut left: Vec<String> = place.names(".");
    left.retain(|name| !["b", "d", "photos"].contains(&name.as_str()));
    assert_eq!(left, Vec::<String>::new(), "nothing is left half done");
}

#[test]
fn a_restored_register_says_what_the_backup_says_and_gives_no_number_again() {
    let place = Place::new();
    let register = place.open("d");
    write(&register, 12_000);
    let manifest = register.back_up(&place.path("b"), false).unwrap();
    drop(register);
    let restored = restore(&place.path("b"), &place.path("new/deeper"), false).unwrap();
    assert_eq!(restored.aside, None);
    let [counter] = restored.counters.as_slice() else { panic!("{restored:?}") };
    assert_eq!((counter.kind.as_str(), counter.from, counter.to), ("service-type", 12_000, 13_000));
    assert_eq!(place.names("new/deeper"), ["lock", "register.sqlite"]);
    let register = place.open("new/deeper");
    assert_eq!(last_number(&register), 13_000);
    assert_eq!(register.back_up(&place.path("again"), false).unwrap().last_link, manifest.last_link);
}

#[test]
fn a_register_that_is_replaced_is_kept_and_the_numbers_it_gave_out_are_known() {
    let place = Place::new();
    let register = place.open("d");
    write(&register, 10_000);
    register.back_up(&place.path("b"), false).unwrap();
    write(&register, 25_000);
    assert!(matches!(
        restore(&place.path("b"), &place.path("d"), true),
        Err(RestoreError::Lock(LockError::Taken { .. }))
    ));
    drop(register);
    let refused = restore(&place.path("b"), &place.path("d"), false).unwrap_err().to_string();
    assert!(refused.contains("register.sqlite") && refused.contains("--replace"), "{refused}");
    let restored = restore(&place.path("b"), &place.path("d"), true).unwrap();
    let register = place.open("d");
    assert_eq!(last_number(&register), 25_000);
    assert!(!register.snapshot().unwrap().has("a:25000").unwrap());
    let aside = restored.aside.unwrap();
    let former = Register::open(&Location::Directory(aside), BASE).unwrap();
    assert!(former.snapshot().unwrap().has("a:25000").unwrap());
}

#[test]
fn a_register_that_is_broken_is_replaced_too_and_the_gap_is_told_to_be_all_there_is() {
    let place = Place::new();
    let register = place.open("d");
    write(&register, 10_000);
    register.back_up(&place.path("b"), false).unwrap();
    drop(register);
    fs::write(register_file(&place.path("d")), "no database").unwrap();
    fs::write(place.path("d/register.sqlite-wal"), "no log").unwrap();
    let restored = restore(&place.path("b"), &place.path("d"), true).unwrap();
    assert!(restored.is_blind);
    assert_eq!(fs::read(restored.aside.unwrap().join("register.sqlite-wal")).unwrap(), b"no log");
    assert_eq!(last_number(&place.open("d")), 11_000);
}

#[test]
fn a_damaged_backup_is_refused_and_what_serves_stays() {
    let place = Place::new();
    let register = place.open("d");
    write(&register, 1);
    register.back_up(&place.path("b"), false).unwrap();
    write(&register, 2);
    drop(register);
    let file = register_file(&place.path("b"));
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    assert!(matches!(restore(&place.path("b"), &place.path("d"), true), Err(RestoreError::Damaged { .. })));
    assert!(place.open("d").snapshot().unwrap().has("a:2").unwrap());
    assert!(!place.path("d/restoring").exists());
    let nothing = restore(&place.path("nowhere"), &place.path("e"), false).unwrap_err().to_string();
    assert!(nothing.contains("nowhere is no backup"), "{nothing}");
}

#[test]
fn what_a_restore_that_died_left_behind_is_in_nobodys_way() {
    let place = Place::new();
    let register = place.open("d");
    write(&register, 1);
    register.back_up(&place.path("b"), false).unwrap();
    // As it is left by a process that dies before the end.
    std::mem::forget(Restoring::begin(&place.path("b"), &place.path("e"), false).unwrap().copied());
    assert_eq!(place.names("e"), ["lock", "restoring"]);
    restore(&place.path("b"), &place.path("e"), false).unwrap();
    assert_eq!(place.names("e"), ["lock", "register.sqlite"]);
}

#[test]
fn a_backup_of_an_earlier_form_is_brought_to_the_present_one() {
    let place = Place::new();
    let register = place.open("d");
    write(&register, 1);
    let manifest = register.back_up(&place.path("b"), false).unwrap();
    let file = register_file(&place.path("b"));
    Connection::open(&file).unwrap().execute_batch(super::super::migrate::WITHOUT_WRITING).unwrap();
    let (bytes, sha256) = super::durable::digest(&file, std::io::sink()).unwrap();
    let manifest = Manifest { form: 3, bytes, sha256, ..manifest };
    fs::remove_file(place.path("b/manifest.json")).unwrap();
    manifest.write(&place.path("b")).unwrap();
    restore(&place.path("b"), &place.path("e"), false).unwrap();
    assert_eq!(place.open("e").back_up(&place.path("c"), false).unwrap().last_link, manifest.last_link);
}

#[test]
fn a_register_for_other_iris_is_not_replaced() {
    let place = Place::new();
    place.open("d").back_up(&place.path("b"), false).unwrap();
    drop(Register::open(&Location::Directory(place.path("e")), "http://other.example/").unwrap());
    assert!(matches!(restore(&place.path("b"), &place.path("e"), true), Err(RestoreError::OtherBase { .. })));
}
