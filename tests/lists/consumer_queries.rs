//! Queries that users of esd's endpoints ran, with our IRIs.

use crate::esd::{files, import};
use crate::register::{BASE, catalogue};
use crate::shared;
use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::graph::{Head, QueryResultsFormat, Question, Receiver, STACK_SIZE, Stop};
use eu_service_list::list::stored_queries;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Keeps an answer in memory.
#[derive(Default)]
struct Kept(Vec<u8>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Receiver for Kept {
    fn begin(&mut self, _: Head) -> io::Result<bool> {
        Ok(true)
    }
}

/// The solutions of a query, each a line of tab-separated terms.
pub(crate) fn solutions(catalogue: &Catalogue, query: &str) -> Vec<String> {
    let question = Question {
        text: query.to_owned(),
        base: BASE.to_owned(),
        solutions: Some(QueryResultsFormat::Tsv),
        ..Question::default()
    };
    let mut kept = Kept::default();
    std::thread::scope(|scope| {
        let asked = || catalogue.graph().answer(&question, &Stop::new(), &mut kept);
        let thread = std::thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, asked).unwrap();
        thread.join().unwrap().unwrap();
    });
    String::from_utf8(kept.0).unwrap().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_queries_of_real_consumers_work_with_our_iris() {
    let (Some(files), Some(queries)) = (files(), shared("data/lists/uk/esd-sparql-real-consumer-queries.rq")) else {
        return;
    };
    let catalogue = catalogue();
    import(&catalogue, &files);
    let text = std::fs::read_to_string(queries)
        .unwrap()
        .replace("http://id.esd.org.uk/LocalGovernmentServiceList/3.14", &format!("{BASE}list/services/4.00"))
        .replace("http://id.esd.org.uk/LocalGovernmentNavigationList/3.13", &format!("{BASE}list/navigation"))
        .replace("http://def.esd.org.uk/", "https://w3id.org/eu-service-list/def#")
        .replace("#Service>", "#ServiceType>");
    let query = |name: &str| {
        let block = text.split(&format!("# --- {name} ")).nth(1).unwrap().split("# ---").next().unwrap();
        let start = block.to_lowercase().find("prefix").unwrap();
        solutions(&catalogue, &block[start..])
    };
    let concepts = query("Q1");
    assert_eq!(concepts.len(), 1_519);
    let vehicles = concepts.iter().find(|row| row.contains("service-type/372>")).unwrap();
    assert!(vehicles.contains("\"Abandoned vehicles\"@en") && vehicles.split('\t').count() == 4, "{vehicles}");
    // The navigation has 118 nodes in two levels; the number below the top comes from the file.
    assert_eq!(query("Q2").len(), nodes_with_a_parent());
    assert_eq!(query("Q3").len(), 829);
    assert_eq!(query("Q4").len(), 1_519);
}

/// The nodes of the navigation file that name a parent, counted with nothing of ours.
fn nodes_with_a_parent() -> usize {
    let path = shared("data/lists/uk/lgnl-navigation_englishAndWelshServices.csv").unwrap();
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    let nodes: BTreeSet<(String, String)> = rows
        .records()
        .map(|row| row.unwrap())
        .filter(|row| !row[7].is_empty())
        .map(|row| (row[0].to_owned(), row[7].to_owned()))
        .collect();
    nodes.len()
}

/// The answer to a stored query with arguments.
fn answer_to(catalogue: &Catalogue, name: &str, arguments: &[(&str, &str)]) -> Vec<String> {
    let query = stored_queries().into_iter().find(|query| query.name == name).unwrap();
    let arguments = query.arguments(arguments.iter().copied()).unwrap();
    solutions(catalogue, &query.text(&Base::parse(BASE).unwrap(), &arguments))
}

#[test]
fn renamed_entries_are_told_as_the_notes_of_esd_tell_them() {
    let (Some(files), Some(renames)) = (files(), shared("data/lists/uk/derived-esl-renames.csv")) else { return };
    let catalogue = catalogue();
    import(&catalogue, &files);
    // Read from the notes by another program: identifier, version, former name, new name. A note that tells only the new name
    // means the one that an earlier note tells. Of 774 entries that have a note in 3.00, about 610 are not called again
    // today what they were called before it.
    let mut rows = csv::Reader::from_path(renames).unwrap();
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let notes: Vec<csv::StringRecord> = rows.records().map(|row| row.unwrap()).collect();
    let renamed: BTreeSet<&str> = notes.iter().filter(|row| &row[1] == "3.00").map(|row| &row[0]).collect();
    let names = |row: &csv::StringRecord| [&row[2], &row[3]].map(|name| [row[0].to_owned(), plain(name)]);
    let noted: BTreeSet<[String; 2]> = notes.iter().filter(|row| renamed.contains(&row[0])).flat_map(names).collect();
    let term = |text: &str| text.trim_end_matches("@en").trim_matches('"').replace("\\\"", "\"");
    let told: BTreeSet<[String; 2]> = answer_to(&catalogue, "renamed-in-release", &[("release", "3.00")])
        .iter()
        .map(|row| row.split('\t').collect::<Vec<_>>())
        .map(|row| [term(row[0]), plain(&term(row[2]))])
        .collect();
    assert!(told.is_subset(&noted), "{:?}", told.difference(&noted).collect::<Vec<_>>());
    assert!((600..=611).contains(&told.len()), "{} told", told.len());
    // 372 came back to the name that it had at first, so one of its two former names is left; 785 has two.
    let renamed = answer_to(&catalogue, "renamed", &[]);
    let names_of = |number: &str| renamed.iter().filter(|row| row.starts_with(&format!("\"{number}\"\t"))).count();
    assert_eq!((names_of("372"), names_of("785")), (0, 2));
}
