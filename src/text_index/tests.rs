//! The index, tried with literals in many languages, with hostile words, and with harm done to its folder.

use super::*;
use crate::vocab::skos;
use std::fs;
use std::path::Path;
use std::sync::Arc;

const NAME: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
const DEFINITION: &str = "http://www.w3.org/2004/02/skos/core#definition";

fn text(property: &str, value: &str, language: &str) -> Text {
    Text { property: property.to_owned(), language: language.to_owned(), value: value.to_owned() }
}

fn shown(revision: u64) -> Shown {
    Shown { revision, mark: format!("mark {revision}") }
}

/// An index in memory of records `a:0`, `a:1` and so on, with these literals.
fn index(texts: &[Text]) -> Arc<TextIndex> {
    let index = Arc::new(TextIndex::new());
    let mut writer = Writer::open(&Place::Memory, Arc::clone(&index)).unwrap();
    for (number, text) in texts.iter().enumerate() {
        let weight = if text.property == NAME { 1.0 } else { 0.4 };
        writer.replace(&format!("a:{number}"), [(text, weight)]).unwrap();
    }
    writer.commit(shown(1)).unwrap();
    index
}

fn search(text: &str) -> Search<'_> {
    Search { text, language: None, property: None, limit: None, each: Each::Literal }
}

/// The values that a search finds, the best first.
fn found(index: &TextIndex, search: &Search<'_>) -> Vec<String> {
    index.search(search, 1, || false).unwrap().into_iter().map(|hit| hit.text.value).collect()
}

#[test]
fn diacritics_case_and_endings_make_no_difference_in_any_language() {
    for (language, name, asked) in [
        ("fr", "Bicyclettes abandonnées", "bicyclette abandonnee"),
        ("sv", "Övergivna cyklar", "overgivna CYKLARNA"),
        ("nl", "Achtergelaten fietsen", "FIETS achtergelaten"),
        ("de", "Aufgegebene Fahrräder", "fahrrader"),
        ("nb", "Forlatte sykler", "forlatte syklene"),
        ("da", "Efterladte cykler", "efterladt"),
        ("fi", "Hylätyt polkupyörät", "polkupyorat"),
        ("it", "Biciclette abbandonate", "bicicletta abbandonata"),
        ("es", "Bicicletas abandonadas", "bicicleta"),
        ("pt", "Licença de construção", "licencas"),
        ("pl", "Porzucone rowery", "rowerami"),
        ("cs", "Opuštěná jízdní kola", "opustena"),
        ("el", "Εγκαταλελειμμένα ποδήλατα", "ποδηλατα"),
        ("bg", "Изоставени велосипеди", "изоставени"),
        ("lv", "Pamesti velosipēdi", "velosipedi"),
        ("mt", "Roti abbandunati", "ROTI"),
        ("", "Kiosk 24/7", "24 kiosk"),
    ] {
        let index = index(&[text(NAME, name, language), text(NAME, "Something else 7", language)]);
        assert_eq!(found(&index, &search(asked)), [name], "{language}");
    }
}

#[test]
fn every_word_must_be_there_and_the_better_literal_comes_first() {
    let index = index(&[
        text(DEFINITION, "Taking away bicycles that were left behind", "en"),
        text(NAME, "Abandoned bicycles", "en"),
        text(NAME, "Parking of bicycles and mopeds in the town centre, with permits", "en"),
        text(NAME, "Bicycles", "en"),
        text(NAME, "Abandoned vehicles", "en"),
    ]);
    let bicycles = found(&index, &search("bicycle"));
    assert_eq!(bicycles.len(), 4);
    assert_eq!((bicycles[0].as_str(), bicycles[1].as_str()), ("Bicycles", "Abandoned bicycles"));
    assert_eq!(bicycles[3], "Taking away bicycles that were left behind");
    assert_eq!(found(&index, &search("abandoned bicycles")), ["Abandoned bicycles"]);
    assert_eq!(found(&index, &search("abandoned trams")), Vec::<String>::new());
}

#[test]
fn a_search_is_held_to_a_language_and_a_property() {
    let index = index(&[
        text(NAME, "Permission", "en"),
        text(NAME, "Permission de voirie", "fr-BE"),
        text(DEFINITION, "Une permission", "fr"),
    ]);
    assert_eq!(found(&index, &search("permission")).len(), 3);
    let in_french = Search { language: Some("fr"), ..search("permissions") };
    assert_eq!(found(&index, &in_french).len(), 2);
    let name = Search { property: Some(skos::PREF_LABEL.as_str()), ..in_french };
    assert_eq!(found(&index, &name), ["Permission de voirie"]);
    assert!(found(&index, &Search { language: Some("nl"), ..search("permission") }).is_empty());
}

#[test]
fn a_record_is_found_once_or_by_each_of_its_literals() {
    let index = Arc::new(TextIndex::new());
    let mut writer = Writer::open(&Place::Memory, Arc::clone(&index)).unwrap();
    let texts = [text(NAME, "Bins", "en"), text(DEFINITION, "Emptying of bins", "en")];
    writer.replace("a:1", texts.iter().zip([1.0, 0.4])).unwrap();
    writer.commit(shown(1)).unwrap();
    assert_eq!(found(&index, &search("bins")), ["Bins", "Emptying of bins"]);
    assert_eq!(found(&index, &Search { each: Each::Record, ..search("bins") }), ["Bins"]);
    assert_eq!(found(&index, &Search { limit: Some(1), ..search("bins") }), ["Bins"]);
}

#[test]
fn nothing_in_the_words_is_syntax() {
    let index = index(&[text(NAME, "Bins or bags", "en"), text(NAME, "Title", "en")]);
    for hostile in [
        "bins\" OR \"title",
        "+bins -bags",
        "value:bins",
        "bins*",
        "bins~2^9",
        "[bins TO bags]",
        "/bins/",
        "bins\\",
        "(bins",
        "bins\0",
        "{!func}bins",
        "bins && title",
    ] {
        let found = found(&index, &search(hostile));
        let asks_for_all = !hostile.contains("title")
            && !hostile.contains("value")
            && !hostile.contains("func")
            && !hostile.contains("TO")
            && !hostile.contains('2');
        assert_eq!(found.len(), usize::from(asks_for_all), "{hostile}: {found:?}");
    }
}

#[test]
fn what_cannot_be_searched_is_refused_before_anything_is_looked_up() {
    let index = TextIndex::new();
    let refused = |search: &Search<'_>| index.search(search, 0, || false).unwrap_err();
    assert!(matches!(refused(&search("?! *")), SearchError::NoWords));
    assert!(matches!(refused(&search(&"a".repeat(1_001))), SearchError::TooLong));
    assert!(matches!(refused(&search(&"a ".repeat(65))), SearchError::TooLong));
    for limit in [0, MOST_HITS + 1] {
        assert!(matches!(refused(&Search { limit: Some(limit), ..search("a") }), SearchError::Limit));
    }
    assert!(matches!(index.search(&search("a"), 1, || true), Err(SearchError::Stopped)));
}

#[test]
fn more_hits_than_are_given_are_never_cut_unasked() {
    let index = Arc::new(TextIndex::new());
    let mut writer = Writer::open(&Place::Memory, Arc::clone(&index)).unwrap();
    let name = text(NAME, "Bins", "en");
    for number in 0..=MOST_HITS {
        writer.replace(&format!("a:{number}"), [(&name, 1.0)]).unwrap();
    }
    writer.commit(shown(1)).unwrap();
    assert!(matches!(index.search(&search("bins"), 1, || false), Err(SearchError::TooMany)));
    assert_eq!(found(&index, &Search { limit: Some(3), ..search("bins") }).len(), 3);
    writer.replace("a:0", []).unwrap();
    writer.commit(shown(2)).unwrap();
    assert_eq!(found(&index, &search("bins")).len(), MOST_HITS);
}

#[test]
fn a_record_says_what_it_was_last_given() {
    let index = Arc::new(TextIndex::new());
    let mut writer = Writer::open(&Place::Memory, Arc::clone(&index)).unwrap();
    let (bins, bags) = (text(NAME, "Bins", "en"), text(NAME, "Bags", "en"));
    writer.replace("a:1", [(&bins, 1.0)]).unwrap();
    writer.replace("a:1", [(&bags, 1.0)]).unwrap();
    writer.commit(shown(1)).unwrap();
    assert!(found(&index, &search("bins")).is_empty());
    writer.replace("a:1", [(&bins, 1.0)]).unwrap();
    assert_eq!(found(&index, &search("bags")), ["Bags"], "nothing shows before it is committed");
    writer.commit(shown(2)).unwrap();
    let (_, contents) = index.contents(2, || false).unwrap();
    assert_eq!((contents.texts("a:1").unwrap(), contents.count().unwrap()), (vec![bins], 1));
}

/// Makes an index in a folder with one record.
fn make(folder: &Path) {
    let mut writer = Writer::open(&Place::Folder(folder.to_owned()), Arc::default()).unwrap();
    writer.replace("a:1", [(&text(NAME, "Bins", "en"), 1.0)]).unwrap();
    writer.commit(shown(7)).unwrap();
    // What was not committed is as if it never was.
    writer.replace("a:2", [(&text(NAME, "Bags", "en"), 1.0)]).unwrap();
}

#[test]
fn an_index_in_a_folder_shows_its_last_commit_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let index = Arc::new(TextIndex::new());
    let writer = Writer::open(&Place::Folder(folder.path().to_owned()), Arc::clone(&index)).unwrap();
    assert_eq!(writer.shown(), Some(&shown(7)));
    assert_eq!(index.shown(), None);
    writer.publish().unwrap();
    assert_eq!(index.shown(), Some(shown(7)));
    assert_eq!(index.search(&search("bins"), 7, || false).unwrap().len(), 1);
    assert!(index.search(&search("bags"), 7, || false).unwrap().is_empty());
    let (kept, contents) = kept_contents(folder.path()).unwrap().unwrap();
    assert_eq!((kept, contents.count().unwrap()), (shown(7), 1));
}

#[test]
fn an_index_that_is_broken_or_of_another_form_is_made_anew() {
    let harms: [fn(&Path); 4] = [
        |folder| fs::write(folder.join("meta.json"), "{").unwrap(),
        |folder| fs::remove_file(folder.join("meta.json")).unwrap(),
        |folder| {
            let meta = fs::read_to_string(folder.join("meta.json")).unwrap();
            assert!(meta.contains("\\\"form\\\":1"), "{meta}");
            fs::write(folder.join("meta.json"), meta.replace("\\\"form\\\":1", "\\\"form\\\":0")).unwrap();
        },
        |folder| {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "store") {
                    let mut bytes = fs::read(&path).unwrap();
                    if let Some(first) = bytes.first_mut() {
                        *first ^= 1;
                    }
                    fs::write(&path, bytes).unwrap();
                }
            }
        },
    ];
    for (number, harm) in harms.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path());
        harm(folder.path());
        let mut writer = Writer::open(&Place::Folder(folder.path().to_owned()), Arc::default()).unwrap();
        assert_eq!(writer.shown(), None, "harm {number}");
        writer.commit(shown(8)).unwrap();
        let (_, contents) = kept_contents(folder.path()).unwrap().unwrap();
        assert_eq!(contents.count().unwrap(), 0, "harm {number}");
    }
}

#[test]
fn a_search_waits_for_the_revision_that_it_asks_for() {
    let index = Arc::new(TextIndex::new());
    let mut writer = Writer::open(&Place::Memory, Arc::clone(&index)).unwrap();
    writer.commit(shown(1)).unwrap();
    let searched = Arc::clone(&index);
    let hits = std::thread::spawn(move || searched.search(&search("bins"), 2, || false).map(|hits| hits.len()));
    // The search ends the rest: whoever keeps the index follows at once.
    index.rest(std::time::Duration::from_mins(10), || false);
    writer.replace("a:1", [(&text(NAME, "Bins", "en"), 1.0)]).unwrap();
    writer.commit(shown(2)).unwrap();
    assert_eq!(hits.join().unwrap().unwrap(), 1);
}
