//! The tables of the list, checked and loaded as an editor does.

use crate::binary::{Server, eusl, register, run, stderr, stdout};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

/// A copy of the tables that ship with the source.
fn tables(folder: &Path) -> PathBuf {
    let copy = folder.join("tables");
    fs::create_dir(&copy).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("vocab/list");
    for entry in fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
    }
    copy
}

/// Replaces a text of a table, which must be there.
fn edit(table: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(table).unwrap();
    assert!(text.contains(from), "{from:?} is not in {}", table.display());
    fs::write(table, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn the_list_that_ships_has_no_finding() {
    let folder = tempdir().unwrap();
    let output = run(eusl(&folder.path().join("d")).args(["list", "check"]));
    assert_eq!(stdout(&output), "1519 entries checked, 0 findings\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn an_edited_table_is_checked_and_its_change_shows_beside_a_running_server() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let tables = tables(folder.path());
    let server = Server::start(&data, &[]);
    assert!(server.get("/doc/service-type/1512", "text/turtle").contains("part:definition-proposal"));
    // Somebody has reviewed the definition of 1512.
    let definitions = tables.join("definitions.csv");
    let text = fs::read_to_string(&definitions).unwrap();
    let row = text.lines().find(|line| line.starts_with("1512,")).unwrap().to_owned();
    edit(&definitions, &row, &format!("{row}2026-12-01"));
    let output = run(eusl(&data).args(["list", "load"]).arg(&tables));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("0 added, 1 changed"), "{}", stdout(&output));
    let document = server.get("/doc/service-type/1512", "text/turtle");
    assert!(
        !document.contains("part:definition-proposal") && document.contains("part:structure-proposal"),
        "{document}"
    );
}

#[test]
fn a_table_with_a_finding_is_not_loaded() {
    let folder = tempdir().unwrap();
    let data = folder.path().join("d");
    let tables = tables(folder.path());
    edit(&tables.join("structure.csv"), "1512,Abandoned bicycles,", "1512,Abandoned bikes,");
    let output = run(eusl(&data).args(["list", "load"]).arg(&tables));
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("1512: the entry is called \"Abandoned bicycles\""), "{}", stdout(&output));
    assert!(stderr(&output).contains("nothing was loaded"), "{}", stderr(&output));
    assert!(!data.join("register.sqlite").exists());
}

#[test]
fn a_folder_without_tables_is_told_apart_from_a_finding() {
    let folder = tempdir().unwrap();
    let output = run(eusl(&folder.path().join("d")).args(["list", "check"]).arg(folder.path()));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("functions.csv"), "{}", stderr(&output));
}

#[test]
fn a_demonstration_shows_two_invented_towns_and_keeps_nothing() {
    let folder = tempdir().unwrap();
    let data = folder.path().join("d");
    let refused = run(eusl(&data).args(["serve", "--demo"]));
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("--demo keeps nothing"), "{}", stderr(&refused));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_eusl"));
    command.env_clear().current_dir(folder.path()).args(["--listen", "127.0.0.1:0", "serve", "--demo"]);
    let server = Server::run(&mut command);
    let town = server.get("/doc/organisation/voorbeeldstad", "text/turtle");
    assert!(town.contains("Voorbeeldstad (fictitious)"), "{town}");
    assert!(!folder.path().join("eusl-data").exists());
}
