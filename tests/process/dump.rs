//! What is published, and all of the history, as files: written, read by others, loaded again.

use crate::binary::{Server, eusl, export, register, run, stderr, stdout};
use std::path::{Path, PathBuf};
use tempfile::tempdir;

const ROWS: &str = "372,Abandoned vehicles,A text.,2013-04-03,2013-04-03,Term name changed from 'Old cars' to 'Abandoned vehicles' in version 4.00.,Service,\r\n\
                    1750,A service that is new,Another text.,2015-01-01,2015-01-01,,Service,\r\n";

/// Runs a command that must succeed.
fn done(data: &Path, arguments: &[&str]) -> String {
    let output = run(eusl(data).args(arguments));
    assert!(output.status.success(), "{arguments:?}: {}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

/// A register with more than one revision and a release of its own.
fn grown(folder: &tempfile::TempDir) -> PathBuf {
    let data = register(folder);
    let file = export(folder, ROWS);
    done(&data, &["import", "esd", file.to_str().unwrap()]);
    done(&data, &["release", "5.00"]);
    data
}

#[test]
fn a_register_made_of_a_history_verifies_and_its_chain_ends_in_the_same_link() {
    let folder = tempdir().unwrap();
    let data = grown(&folder);
    let (file, again) = (folder.path().join("history.jsonl"), folder.path().join("again.jsonl"));
    let server = Server::start(&data, &[]);
    done(&data, &["dump", "--history", file.to_str().unwrap()]);
    drop(server);
    let other = folder.path().join("other");
    done(&other, &["load", file.to_str().unwrap()]);
    let verified = done(&data, &["verify"]);
    assert_eq!(done(&other, &["verify"]), verified);
    assert!(verified.contains("chain ends in"), "{verified}");
    done(&other, &["dump", "--history", again.to_str().unwrap()]);
    assert!(std::fs::read(&file).unwrap() == std::fs::read(&again).unwrap(), "the histories differ");
    let refused = run(eusl(&other).arg("load").arg(&file));
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("into a new register"), "{}", stderr(&refused));
    let server = Server::start(&other, &[]);
    assert!(server.get("/list/services/5.00.nt", "*/*").contains("A service that is new"));
}

#[test]
fn what_is_published_is_loaded_through_the_running_server_and_is_then_the_same() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let file = export(&folder, ROWS);
    done(&data, &["import", "esd", file.to_str().unwrap()]);
    let dump = folder.path().join("published.nt");
    done(&data, &["dump", dump.to_str().unwrap()]);
    let elsewhere = tempdir().unwrap();
    let other = register(&elsewhere);
    let server = Server::start(&other, &[]);
    let loaded = done(&other, &["load", dump.to_str().unwrap()]);
    assert!(loaded.contains(" 1 added, ") && loaded.ends_with(" 0 rejected\n"), "{loaded}");
    assert!(server.get("/doc/service-type/1750", "text/turtle").contains("A service that is new"));
    assert!(std::fs::read_to_string(&dump).unwrap() == done(&other, &["dump", "-"]), "what is published differs");
    let again = done(&other, &["load", dump.to_str().unwrap()]);
    assert!(again.contains(" 0 added, 0 changed, "), "{again}");
}

#[test]
fn a_file_that_breaks_a_rule_or_the_shapes_enters_not_at_all() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let good = "<id/organisation/a> a <http://a.example/Thing> ; <http://a.example/p> 'x' .\n";
    for (name, bad, told) in [
        ("foreign.ttl", "<http://other.example/1> <http://a.example/p> 'x' .", "not the IRI of a record"),
        ("rule.ttl", "<id/service-type/007> a <http://a.example/Thing> .", "leading zeros"),
        ("shape.ttl", "<id/service-type/19999> a <https://w3id.org/eu-service-list/def#ServiceType> .", "held back"),
        ("syntax.ttl", "<id/organisation/b> a", "syntax.ttl"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, format!("{good}{bad}")).unwrap();
        let output = run(eusl(&data).arg("load").arg(&file));
        assert!(!output.status.success(), "{name}");
        let said = format!("{}{}", stdout(&output), stderr(&output));
        assert!(said.contains(told), "{name}: {said}");
        assert!(!done(&data, &["dump", "-"]).contains("/id/organisation/a>"), "{name}");
    }
    let file = folder.path().join("good.ttl");
    std::fs::write(&file, good).unwrap();
    assert!(done(&data, &["load", file.to_str().unwrap()]).starts_with("1 read, 1 added"));
    assert!(done(&data, &["dump", "-"]).contains("/id/organisation/a>"));
}
