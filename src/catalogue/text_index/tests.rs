//! The index follows the register, whatever happens in between.

use super::{TextFollower, folder, texts};
use crate::catalogue::mark::Mark;
use crate::catalogue::verify_kept_text_index;
use crate::rdf::Content;
use crate::register::{Change, Commit, Findings, Location, Register};
use crate::text_index::{Contents, Place, Shown, Text, TextIndex, Writer};
use proptest::prelude::*;
use std::path::Path;
use std::sync::Arc;

const BASE: &str = "http://example.eu/";
const NAME: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";

fn iri(record: usize) -> String {
    format!("{BASE}id/thing/{record}")
}

/// A commit that gives each of some records a name, or one without.
fn commit(names: &[(usize, &str)]) -> Commit {
    let change = |(record, name): &(usize, &str)| {
        let iri = iri(*record);
        let says = if name.is_empty() {
            format!("<{iri}> <a:p> <a:o> .\n")
        } else {
            format!("<{iri}> <{NAME}> \"{name}\"@en .\n")
        };
        Change { iri, kind: "thing".to_owned(), number: None, content: Content::parse(&says).unwrap() }
    };
    Commit { changes: names.iter().map(change).collect(), ..Commit::default() }
}

fn open(directory: &Path) -> Arc<Register> {
    Arc::new(Register::open(&Location::Directory(directory.to_owned()), BASE).unwrap())
}

/// What an index says when it has followed a register to its end.
fn followed(register: &Arc<Register>, place: Place) -> (Shown, Contents) {
    let index = Arc::new(TextIndex::new());
    let _follower = TextFollower::start(Arc::clone(register), place, Arc::clone(&index));
    let revision = register.snapshot().unwrap().revision().unwrap().number;
    // A machine with much to do may need longer than a search waits.
    (0..24).find_map(|_| index.contents(revision, || false).ok()).unwrap()
}

/// The literals that the index has of each of some records.
fn said(contents: &Contents, records: usize) -> Vec<Vec<Text>> {
    (0..records).map(|record| contents.texts(&iri(record)).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn following_in_any_steps_comes_to_the_index_that_is_made_anew(
        commits in prop::collection::vec((prop::collection::btree_map(0_usize..6, "[a-c]{0,2}", 1..4), any::<bool>()), 1..12)
    ) {
        let directory = tempfile::tempdir().unwrap();
        let register = open(directory.path());
        let place = Place::Folder(folder(directory.path()));
        for (names, follows) in &commits {
            let names: Vec<(usize, &str)> = names.iter().map(|(record, name)| (*record, name.as_str())).collect();
            register.commit(&commit(&names)).unwrap();
            if *follows {
                followed(&register, place.clone());
            }
        }
        let (shown, in_steps) = followed(&register, place);
        let (anew_shown, anew) = followed(&register, Place::Memory);
        prop_assert_eq!(said(&in_steps, 6), said(&anew, 6));
        prop_assert_eq!(in_steps.count().unwrap(), anew.count().unwrap());
        prop_assert_eq!(shown, anew_shown);
    }
}

#[test]
fn an_index_of_another_history_is_made_anew() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let place = Place::Folder(folder(one.path()));
    for (directory, name) in [(&one, "bins"), (&other, "bags")] {
        let register = open(directory.path());
        register.commit(&commit(&[(1, name), (2, name)])).unwrap();
        let (_, contents) = followed(&register, place.clone());
        assert_eq!(contents.texts(&iri(1)).unwrap()[0].value, name);
        assert_eq!(contents.count().unwrap(), 2);
    }
    let register = open(one.path());
    register.commit(&commit(&[(2, "boxes")])).unwrap();
    let (_, contents) = followed(&register, place);
    assert_eq!(
        said(&contents, 3).concat().iter().map(|text| text.value.as_str()).collect::<Vec<_>>(),
        ["bins", "boxes"]
    );
}

#[test]
fn what_the_index_is_searched_by_is_names_and_what_explains_them() {
    let content = Content::parse(&format!(
        "<a:1> <{NAME}> \"Bins\"@en .\n<a:1> <http://www.w3.org/2004/02/skos/core#altLabel> \"Ash bins\"@en .\n\
         <a:1> <http://www.w3.org/2004/02/skos/core#notation> \"1\" .\n<a:1#part> <{NAME}> \"Part\"@en .\n"
    ));
    let found = texts("a:1", &content.unwrap());
    let found: Vec<(&str, bool)> = found.iter().map(|(text, weight)| (text.value.as_str(), *weight < 1.0)).collect();
    assert_eq!(found, [("Bins", false), ("Ash bins", true)]);
}

/// A register with an index beside it that has what `harm` did to it, held to each other.
fn findings(harm: impl FnOnce(&mut Writer)) -> Findings {
    let directory = tempfile::tempdir().unwrap();
    let register = open(directory.path());
    register.commit(&commit(&[(1, "bins"), (2, "bags")])).unwrap();
    let place = Place::Folder(folder(directory.path()));
    followed(&register, place.clone());
    let mut writer = Writer::open(&place, Arc::default()).unwrap();
    let shown = writer.shown().unwrap().clone();
    harm(&mut writer);
    if writer.shown() == Some(&shown) {
        writer.commit(shown).unwrap();
    }
    drop(writer);
    // What the index has not followed is not held against it.
    register.commit(&commit(&[(2, "boxes"), (3, "baskets")])).unwrap();
    verify_kept_text_index(&register, &Location::Directory(directory.path().to_owned())).unwrap()
}

#[test]
fn verify_names_the_records_that_the_index_has_wrongly() {
    let bins = Text { property: NAME.to_owned(), language: "en".to_owned(), value: "bins".to_owned() };
    let stale = Text { value: "tins".to_owned(), ..bins.clone() };
    assert!(findings(|_| {}).is_empty());
    let told = |findings: Findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>();
    let [lacking] = told(findings(|writer| writer.replace(&iri(1), []).unwrap())).try_into().unwrap();
    assert!(lacking.starts_with(&format!("{}: the text index lacks it", iri(1))), "{lacking}");
    assert!(lacking.contains("delete the folder text-index"), "{lacking}");
    let [wrong] = told(findings(|writer| writer.replace(&iri(1), [(&stale, 1.0)]).unwrap())).try_into().unwrap();
    assert!(wrong.starts_with(&format!("{}: the text index has", iri(1))), "{wrong}");
    let [strange] = told(findings(|writer| writer.replace("a:9", [(&bins, 1.0)]).unwrap())).try_into().unwrap();
    assert!(strange.starts_with("a:9: "), "{strange}");
    let other = Shown { revision: 1, mark: "1 00".to_owned() };
    let [unknown] = told(findings(|writer| writer.commit(other).unwrap())).try_into().unwrap();
    assert!(unknown.contains("never had"), "{unknown}");
}

#[test]
fn a_mark_is_known_where_the_feed_has_its_link() {
    let directory = tempfile::tempdir().unwrap();
    let register = open(directory.path());
    let snapshot = register.snapshot().unwrap();
    assert_eq!(Mark::known("0 ", &snapshot).unwrap(), Some(Mark::end(&snapshot).unwrap()));
    for unknown in ["", "1 ", "x", "0 00", "18446744073709551615 00"] {
        assert_eq!(Mark::known(unknown, &snapshot).unwrap(), None, "{unknown}");
    }
}
