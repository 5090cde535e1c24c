//! Which documents show something else after a commit, so that no more than those are made anew.
//!
//! A document shows what its record says, the names of the records that it points at, and the
//! records that point at it with their names (see [`Document`](crate::catalogue::Document)). So a commit
//! touches the documents of the records that it changes, of those that it links or no longer
//! links, and, where a record is renamed, of all that show its name.

use super::super::address::Base;
use crate::rdf::{Content, Term, Triple};
use crate::register::{Names, Snapshot, Touched, Unreadable};
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Records changed, or documents touched, beyond which a commit is taken to touch everything: telling
/// them apart would take longer than making the documents anew, and remembering them too much memory.
const MANY: usize = 5_000;

/// A record that is written, as it was and as it shall be.
#[derive(Clone, Copy)]
pub(super) struct Rewriting<'r> {
    /// Its IRI.
    pub record: &'r str,
    /// What it said.
    pub before: &'r Content,
    /// What it shall say.
    pub after: &'r Content,
}

/// The documents that changes of records touch, seen before they are committed.
pub(super) fn touched(
    base: &Base,
    snapshot: &Snapshot<'_>,
    rewritings: &[Rewriting<'_>],
) -> Result<Touched, Unreadable> {
    if rewritings.len() > MANY {
        return Ok(Touched::Everything);
    }
    let mut iris = BTreeSet::new();
    for Rewriting { record, before, after } in rewritings {
        iris.insert((*record).to_owned());
        let relinked = before.minus(after).chain(after.minus(before));
        iris.extend(relinked.filter_map(|triple| pointed_at(base, triple)));
        if Names::of(record, before) != Names::of(record, after) {
            let shown_by = |content: &Content| content.iter().filter_map(|triple| pointed_at(base, triple)).collect();
            let (before, after): (Vec<String>, Vec<String>) = (shown_by(before), shown_by(after));
            iris.extend(before.into_iter().chain(after));
            iris.extend(snapshot.pointing_into(record)?);
        }
        if iris.len() > MANY {
            return Ok(Touched::Everything);
        }
    }
    Ok(Touched::Documents(iris))
}

/// The record of ours that a triple points at.
fn pointed_at(base: &Base, triple: &Triple) -> Option<String> {
    match &triple.object {
        Term::NamedNode(object) => base.record_of(object.as_str()).map(|name| name.iri),
        _ => None,
    }
}

/// What the latest commits touched.
#[derive(Debug, Default)]
pub(in crate::catalogue) struct TouchLog {
    commits: Mutex<VecDeque<(u64, Touched)>>,
    latest: AtomicU64,
}

/// Commits that are remembered; whoever saw none of them makes everything anew.
const REMEMBERED: usize = 64;

impl TouchLog {
    /// A log whose first commit comes after this revision.
    pub(in crate::catalogue) fn after(revision: u64) -> Self {
        Self { commits: Mutex::default(), latest: AtomicU64::new(revision) }
    }

    /// Notes what a commit touched. Readers that see its revision find it noted.
    pub(in crate::catalogue) fn note(&self, revision: u64, touched: Touched) {
        let mut commits = self.commits.lock().unwrap_or_else(PoisonError::into_inner);
        commits.push_back((revision, touched));
        if commits.len() > REMEMBERED {
            commits.pop_front();
        }
        self.latest.store(revision, Ordering::Release);
    }

    /// The latest revision noted.
    pub(in crate::catalogue) fn latest(&self) -> u64 {
        self.latest.load(Ordering::Acquire)
    }

    /// Hands what each commit after a revision touched to `each`; says whether all are remembered.
    fn each_since(&self, revision: u64, each: impl FnMut(&Touched)) -> bool {
        let commits = self.commits.lock().unwrap_or_else(PoisonError::into_inner);
        let mut later = commits.iter().filter(|(number, _)| *number > revision).peekable();
        let is_whole = match later.peek() {
            Some((first, _)) => *first == revision + 1,
            None => self.latest() <= revision,
        };
        later.map(|(_, touched)| touched).for_each(each);
        is_whole
    }

    /// What was touched after a revision.
    pub(in crate::catalogue) fn since(&self, revision: u64) -> Touched {
        let mut all = Some(BTreeSet::new());
        let is_whole = self.each_since(revision, |touched| match touched {
            Touched::Documents(iris) => all.iter_mut().for_each(|all| all.extend(iris.iter().cloned())),
            Touched::Everything => all = None,
        });
        all.filter(|_| is_whole).map_or(Touched::Everything, Touched::Documents)
    }

    /// Whether the document of the record with this IRI was touched after a revision.
    pub(in crate::catalogue) fn has_since(&self, revision: u64, iri: &str) -> bool {
        let mut has = false;
        let is_whole = self.each_since(revision, |touched| has |= touched.has(iri));
        has || !is_whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Batch, Catalogue, Ownership, Submission};
    use crate::rdf::read_turtle;
    use crate::register::Location;

    const BASE: &str = "http://lists.example.eu/";
    const PREFIXES: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n";
    const START: &str = r#"<id/function/1> a <http://a.example/Thing> ; skos:prefLabel "Waste"@en ; skos:definition "All of it"@en .
        <id/service-type/1> a <http://a.example/Thing> ; skos:prefLabel "Bins"@en ; skos:broader <id/function/1> .
        <id/service-type/2> a <http://a.example/Thing> ; skos:prefLabel "Bags"@en ; skos:broader <id/function/1> .
        <id/service-type/3> a <http://a.example/Thing> ; skos:prefLabel "Roads"@en ; skos:related <id/service-type/2#part> ."#;

    fn submit(catalogue: &Catalogue, turtle: &str) {
        let triples = read_turtle(format!("{PREFIXES}{turtle}").as_bytes(), BASE).unwrap();
        let (said, _) = crate::catalogue::split(catalogue.base(), "here", triples);
        let properties = ["prefLabel", "definition", "broader", "related"]
            .map(|local| format!("http://www.w3.org/2004/02/skos/core#{local}"));
        let types = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type".to_owned();
        let ownership = Ownership { owns: properties.into_iter().chain([types]).collect(), ..Ownership::default() };
        let batch = Batch {
            source: "http://source.example/".to_owned(),
            title: "a source".to_owned(),
            ownership,
            said,
            rejected: Vec::new(),
            ..Batch::default()
        };
        let submission = Submission {
            base: BASE.to_owned(),
            agent: "http://agent.example/".to_owned(),
            activity: "test".to_owned(),
            batches: vec![batch],
            release: None,
        };
        assert_eq!(catalogue.submit(submission).unwrap().rejected, []);
    }

    fn touched_by(changed: &str) -> Vec<String> {
        let catalogue = Catalogue::open(&Location::Memory, &Base::parse(BASE).unwrap()).unwrap();
        submit(&catalogue, START);
        let before = catalogue.revision();
        submit(&catalogue, changed);
        match catalogue.touched_since(before) {
            Touched::Documents(iris) => {
                iris.into_iter().map(|iri| iri.strip_prefix(&format!("{BASE}id/")).unwrap().to_owned()).collect()
            }
            Touched::Everything => panic!("one commit is told apart"),
        }
    }

    #[test]
    fn a_new_name_touches_what_shows_it_and_nothing_else() {
        let renamed = START.replace("\"Waste\"", "\"Refuse\"");
        assert_eq!(touched_by(&renamed), ["function/1", "service-type/1", "service-type/2"]);
    }

    #[test]
    fn what_only_the_document_itself_shows_touches_no_other() {
        assert_eq!(touched_by(&START.replace("All of it", "All that is thrown away")), ["function/1"]);
    }

    #[test]
    fn a_link_that_moves_touches_both_its_ends() {
        let moved = START.replacen("skos:broader <id/function/1>", "skos:broader <id/service-type/3>", 1);
        assert_eq!(touched_by(&moved), ["function/1", "service-type/1", "service-type/3"]);
    }

    #[test]
    fn a_name_shown_by_a_link_to_a_part_is_one_shown() {
        let renamed = START.replace("\"Bags\"", "\"Sacks\"");
        assert_eq!(touched_by(&renamed), ["function/1", "service-type/2", "service-type/3"]);
    }

    #[test]
    fn what_is_no_longer_remembered_may_have_touched_everything() {
        let log = TouchLog::after(3);
        assert_eq!(log.since(3), Touched::Documents(BTreeSet::new()));
        for revision in 4..=(4 + REMEMBERED as u64) {
            log.note(revision, Touched::Documents(BTreeSet::from([revision.to_string()])));
        }
        assert_eq!(log.since(3), Touched::Everything);
        assert!(log.since(4).has("5") && !log.since(5).has("5"));
    }
}
