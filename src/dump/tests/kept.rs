//! Which sets there are: made, left over, kept for days, and not made.

use super::{BASE, catalogue, said, world, write};
use crate::catalogue::{Base, Catalogue};
use crate::dump::{ALL, DumpForm, Dumps, Limits, Missing};
use crate::register::{Location, Register};
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::sync::Arc;
use tempfile::TempDir;

/// What stands in the folder of dumps.
fn folders(folder: &TempDir) -> BTreeSet<String> {
    let entries = fs::read_dir(folder.path().join("dumps")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Changes a record, as another process would between two lives of a server.
fn change(folder: &TempDir, text: &str) {
    let register = Register::open(&Location::Directory(folder.path().to_owned()), BASE).unwrap();
    write(&register, &[("function/7", &format!("skos:prefLabel \"{text}\"@en ."))]);
}

#[test]
fn a_set_is_made_where_the_register_moved_on_and_takes_the_place_of_the_one_of_its_day() {
    let folder = world();
    let (first, name) = {
        let catalogue = catalogue(&folder);
        let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
        dumps.make(&catalogue).unwrap();
        let first = dumps.manifest().unwrap();
        dumps.make(&catalogue).unwrap();
        assert!(Arc::ptr_eq(&first, &dumps.manifest().unwrap()), "nothing changed, so nothing was made");
        (Arc::clone(&first), format!("{}-r2", first.date))
    };
    assert_eq!(folders(&folder), BTreeSet::from([name]));
    change(&folder, "Refuse");
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    assert_eq!(dumps.manifest().unwrap(), first, "the set of the life before is served until there is a new one");
    dumps.make(&catalogue).unwrap();
    let second = dumps.manifest().unwrap();
    assert_eq!(second.revision, 3);
    assert!(said(&dumps, "services", DumpForm::Turtle).iter().any(|line| line.contains("Refuse")));
    assert_eq!(folders(&folder), BTreeSet::from([format!("{}-r3", second.date)]));
}

#[test]
fn what_a_killed_process_left_over_is_removed_and_never_served() {
    let folder = world();
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    dumps.make(&catalogue).unwrap();
    let whole = folders(&folder);
    let place = folder.path().join("dumps");
    let set = place.join(whole.first().unwrap());
    drop(dumps);
    let copy = |name: &str| {
        fs::create_dir(place.join(name)).unwrap();
        for entry in fs::read_dir(&set).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), place.join(name).join(entry.file_name())).unwrap();
        }
    };
    copy("2999-01-01-r9.new");
    copy("2999-01-02-r9");
    fs::write(place.join("2999-01-02-r9/all.nt"), "cut").unwrap();
    copy("2999-01-03-r9");
    fs::remove_file(place.join("2999-01-03-r9/manifest.json")).unwrap();
    copy("2999-01-04-r9");
    let manifest = fs::read_to_string(set.join("manifest.json")).unwrap();
    fs::write(place.join("2999-01-04-r9/manifest.json"), manifest.replace("\"edition\": 1", "\"edition\": 0")).unwrap();
    fs::write(place.join("copy"), "left over").unwrap();
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    assert_eq!(folders(&folder), whole);
    assert_eq!(dumps.manifest().unwrap().revision, 2);
}

#[test]
fn the_newest_set_of_each_of_the_last_three_days_is_kept() {
    let folder = world();
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    dumps.make(&catalogue).unwrap();
    let place = folder.path().join("dumps");
    let today = dumps.manifest().unwrap().date.clone();
    let set = place.join(format!("{today}-r2"));
    let manifest = fs::read_to_string(set.join("manifest.json")).unwrap();
    for (day, made) in [("2026-01-03", 3), ("2026-01-03", 4), ("2026-01-02", 2), ("2026-01-01", 1)] {
        let name = place.join(format!("{day}-r{made}"));
        fs::create_dir(&name).unwrap();
        for entry in fs::read_dir(&set).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), name.join(entry.file_name())).unwrap();
        }
        let (from, to) = manifest.split_once("\"made\": ").unwrap();
        let (_, rest) = to.split_once(',').unwrap();
        let told = format!("{from}\"made\": {made},{rest}").replace(&today, day);
        fs::write(name.join("manifest.json"), told).unwrap();
    }
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    let kept = [format!("{today}-r2"), "2026-01-03-r4".to_owned(), "2026-01-02-r2".to_owned()];
    assert_eq!(folders(&folder), BTreeSet::from(kept));
    let of = |day: &str, name: &str| dumps.file(Some(day), name).unwrap().map(|open| open.manifest.date.clone());
    assert_eq!(of("2026-01-02", "all.nt").unwrap(), "2026-01-02");
    let there = vec![today.clone(), "2026-01-03".to_owned(), "2026-01-02".to_owned()];
    assert_eq!(of("2026-01-01", "all.nt").unwrap_err(), Missing::Gone(there));
    for (day, name) in
        [("2999-01-01", "all.nt"), ("yesterday", "all.nt"), (today.as_str(), "none.nt"), (today.as_str(), "../x")]
    {
        assert_eq!(of(day, name).unwrap_err(), Missing::Unknown, "{day} {name}");
    }
}

#[test]
fn a_register_in_memory_has_dumps_that_go_with_it() {
    let catalogue = Catalogue::open(&Location::Memory, &Base::parse(BASE).unwrap()).unwrap();
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    dumps.make(&catalogue).unwrap();
    assert_eq!(said(&dumps, ALL, DumpForm::JsonLd), BTreeSet::new());
    let mut open = dumps.file(None, "services.csv").unwrap().unwrap();
    drop(dumps);
    let mut text = String::new();
    open.file.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("number,iri,status"), "whoever had it open reads it to its end: {text}");
    let left = fs::read_dir(std::env::temp_dir()).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name().into_string().unwrap_or_default();
        name.starts_with(&format!("eusl-dumps-{}-", std::process::id()))
    });
    assert_eq!(left.count(), 0);
}

#[test]
fn what_fails_leaves_the_sets_as_they_were_and_nothing_half_made() {
    let folder = world();
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    // A file stands where the folder of the set is to be.
    fs::remove_dir_all(folder.path().join("dumps")).unwrap();
    fs::write(folder.path().join("dumps"), "").unwrap();
    let error = dumps.make(&catalogue).unwrap_err().to_string();
    assert!(error.contains("dumps") && error.contains("see that its disk has room"), "{error}");
    assert_eq!(dumps.manifest(), None);
    fs::remove_file(folder.path().join("dumps")).unwrap();
    dumps.make(&catalogue).unwrap();
    assert_eq!(dumps.manifest().unwrap().revision, 2);
}
