//! The entries of the feed whose records are in a dataset, found without reading what all the others say.

use super::dataset::Dataset;
use super::feed::FeedEntry;
use super::open::CatalogueError;
use super::present::Present;
use crate::register::Followed;
use crate::vocab::{RETIRED, cv};
use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

/// Entries of the feed, a page of them.
#[derive(Clone, Debug, Default)]
pub struct Members {
    /// The entries, in the order of the feed.
    pub entries: Vec<FeedEntry>,
    /// Where the next one stands; nothing where these are the last.
    pub next: Option<u64>,
}

/// Entries of the feed, found from the newest back.
#[derive(Clone, Debug)]
pub struct MembersBack {
    /// The entries, the newest first.
    pub entries: Vec<FeedEntry>,
    /// The position from which on all were looked at.
    pub looked_from: u64,
}

/// How many entries are looked at for one page: beyond them it ends with what it has, as soon as it has anything.
const MOST_LOOKED_AT: usize = 20_000;

/// How many entries are read at once where few of them are wanted.
const LARGEST_BATCH: usize = 2_000;

impl Present<'_> {
    /// The present versions at some positions of the feed whose records are in some datasets, in all that are named: each
    /// record once, withdrawn ones too, at most `limit` of them. A page of a dataset that few records are in
    /// may have fewer, and has one if there is one.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn present_members(
        &self,
        datasets: &[Dataset],
        positions: RangeInclusive<u64>,
        limit: usize,
    ) -> Result<Members, CatalogueError> {
        self.members_within(datasets, positions, limit, MOST_LOOKED_AT)
    }

    fn members_within(
        &self,
        datasets: &[Dataset],
        positions: RangeInclusive<u64>,
        limit: usize,
        most_looked_at: usize,
    ) -> Result<Members, CatalogueError> {
        let mut sieve = Sieve::new(self, datasets);
        let mut entries: Vec<FeedEntry> = Vec::new();
        let (mut looked_at, mut batch) = (0_usize, limit.saturating_add(1));
        let mut after = positions.start().saturating_sub(1);
        loop {
            let read = self.snapshot.present_after(after, batch)?;
            let Some(last) = read.last() else { return Ok(Members { entries, next: None }) };
            after = last.position;
            for followed in read {
                if followed.position > *positions.end() {
                    return Ok(Members { entries, next: None });
                }
                looked_at += 1;
                let Some(entry) = sieve.let_through(followed)? else { continue };
                let is_enough = looked_at > most_looked_at && !entries.is_empty();
                if is_enough || entries.len() == limit {
                    return Ok(Members { entries, next: Some(entry.position) });
                }
                entries.push(entry);
            }
            batch = batch.saturating_mul(2).min(LARGEST_BATCH.max(limit));
        }
    }

    /// The entries at some positions of the feed whose records are in all datasets that are named, in their order.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn members_at(
        &self,
        datasets: &[Dataset],
        positions: RangeInclusive<u64>,
    ) -> Result<Vec<FeedEntry>, CatalogueError> {
        let mut sieve = Sieve::new(self, datasets);
        let found = self.snapshot.feed(positions)?.into_iter().map(|followed| sieve.let_through(followed));
        found.filter_map(Result::transpose).collect()
    }

    /// The entries up to a position of the feed whose records are in all datasets that are named, the newest first, at
    /// most `limit`. Where few are, it is not looked back for them without end.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn members_back_from(
        &self,
        datasets: &[Dataset],
        position: u64,
        limit: usize,
    ) -> Result<MembersBack, CatalogueError> {
        self.members_back_within(datasets, position, limit, MOST_LOOKED_AT)
    }

    fn members_back_within(
        &self,
        datasets: &[Dataset],
        position: u64,
        limit: usize,
        most_looked_at: usize,
    ) -> Result<MembersBack, CatalogueError> {
        let mut sieve = Sieve::new(self, datasets);
        let mut back = MembersBack { entries: Vec::new(), looked_from: position.saturating_add(1) };
        let end = position.saturating_sub(most_looked_at as u64);
        let mut batch = (limit as u64).max(1);
        while back.looked_from > end + 1 {
            let last = back.looked_from - 1;
            let first = last.saturating_sub(batch - 1).max(end + 1);
            for followed in self.snapshot.feed(first..=last)?.into_iter().rev() {
                back.looked_from = followed.position;
                back.entries.extend(sieve.let_through(followed)?);
                if back.entries.len() == limit {
                    return Ok(back);
                }
            }
            back.looked_from = first;
            batch = batch.saturating_mul(2).min(LARGEST_BATCH as u64);
        }
        Ok(back)
    }
}

/// What lets the entries of some datasets through. Most others are told by their names, or by a look at their text.
struct Sieve<'p> {
    present: &'p Present<'p>,
    datasets: &'p [Dataset],
    /// The countries of organisations met before.
    countries: HashMap<String, BTreeSet<String>>,
}

impl<'p> Sieve<'p> {
    /// One that lets entries through that are in all of these datasets.
    fn new(present: &'p Present<'p>, datasets: &'p [Dataset]) -> Self {
        Self { present, datasets, countries: HashMap::new() }
    }

    /// The entry that a version of a record is, if its record is in the datasets.
    fn let_through(&mut self, followed: Followed) -> Result<Option<FeedEntry>, CatalogueError> {
        for dataset in self.datasets {
            if !self.may_let_through(&followed, dataset)? {
                return Ok(None);
            }
        }
        let entry = self.present.fed(followed)?;
        if self.datasets.is_empty() {
            return Ok(Some(entry));
        }
        let is_in = self.present.datasets_of(&entry)?;
        Ok(self.datasets.iter().all(|dataset| is_in.contains(dataset)).then_some(entry))
    }

    /// Whether a version may be of a record that is in a dataset, told by its name and the text of what it says.
    fn may_let_through(&mut self, followed: &Followed, dataset: &Dataset) -> Result<bool, CatalogueError> {
        let Some(name) = self.present.base.record_of(&followed.record) else { return Ok(true) };
        let whole = dataset.whole();
        if Dataset::holding(&name) != whole {
            return Ok(false);
        }
        // What is withdrawn no longer says whose it was.
        if *dataset == whole || followed.content.contains(RETIRED) {
            return Ok(true);
        }
        match name.kind.as_str() {
            "organisation" => self.has_what_is_of(dataset, &followed.record),
            "public-service" => {
                for organisation in authorities(&followed.content) {
                    if self.has_what_is_of(dataset, organisation)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Ok(true),
        }
    }

    /// Whether what an organisation has is in a dataset.
    fn has_what_is_of(&mut self, dataset: &Dataset, organisation: &str) -> Result<bool, CatalogueError> {
        match dataset {
            Dataset::Organisation(wanted) => Ok(organisation == wanted),
            Dataset::Country(code) => {
                if !self.countries.contains_key(organisation) {
                    let countries = self.present.countries_of(organisation)?;
                    self.countries.insert(organisation.to_owned(), countries);
                }
                Ok(self.countries.get(organisation).is_some_and(|countries| countries.contains(code)))
            }
            _ => Ok(true),
        }
    }
}

/// What the text of a record names as competent authorities; perhaps also what one of its literals has between
/// brackets.
fn authorities(text: &str) -> impl Iterator<Item = &str> {
    let named = text.split(cv::HAS_COMPETENT_AUTHORITY.as_str()).skip(1);
    named.filter_map(|rest| rest.strip_prefix("> <")?.split_once('>').map(|(iri, _)| iri))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Base, Batch, Catalogue, Said, Submission};
    use crate::rdf::read_turtle;
    use crate::register::Location;

    const BASE: &str = "http://lists.example.eu/";

    /// A register in which events stand at some positions among other things.
    fn register(things: usize, events: &[usize]) -> Catalogue {
        let catalogue = Catalogue::open(&Location::Memory, &Base::parse(BASE).unwrap()).unwrap();
        for number in 1..=things {
            let kind = if events.contains(&number) { "event" } else { "thing" };
            let record = format!("{BASE}id/{kind}/{number}");
            let triples = read_turtle("<> a <http://a.example/Thing> .".as_bytes(), &record).unwrap();
            let said = vec![Said { record, content: triples.into_iter().collect(), place: String::new() }];
            let batch = Batch { source: "http://a.example/".to_owned(), said, ..Batch::default() };
            let submission = Submission {
                base: BASE.to_owned(),
                agent: "a test".to_owned(),
                activity: "test".to_owned(),
                batches: vec![batch],
                release: None,
            };
            assert_eq!(catalogue.submit(submission).unwrap().rejected, []);
        }
        catalogue
    }

    /// The references on each page, one after the other.
    fn pages(catalogue: &Catalogue, limit: usize, most_looked_at: usize) -> Vec<Vec<String>> {
        let present = catalogue.present().unwrap();
        let (mut pages, mut next) = (Vec::new(), Some(1));
        while let Some(first) = next {
            let members = present
                .members_within(&[Dataset::PublicServices], first..=u64::MAX >> 1, limit, most_looked_at)
                .unwrap();
            pages.push(members.entries.into_iter().map(|entry| entry.name.reference).collect());
            next = members.next;
        }
        pages
    }

    #[test]
    fn a_page_of_few_among_many_ends_early_and_never_empty() {
        let events = [12, 13, 31, 32, 33, 60];
        let catalogue = register(60, &events);
        for (limit, most_looked_at) in [(1, 1), (2, 5), (4, 10), (100, 3), (100, 30), (100, 100)] {
            let pages = pages(&catalogue, limit, most_looked_at);
            assert!(pages.iter().all(|page| (1..=limit).contains(&page.len())), "{pages:?}");
            assert_eq!(pages.concat(), events.map(|event| event.to_string()));
        }
        // After twenty that were looked at a page ends with what it has.
        assert_eq!(pages(&catalogue, 100, 20).iter().map(Vec::len).collect::<Vec<_>>(), [2, 3, 1]);
        assert_eq!(pages(&register(3, &[]), 100, 1), [Vec::<String>::new()]);
    }

    #[test]
    fn the_newest_are_found_from_the_end_and_not_looked_for_without_end() {
        let catalogue = register(60, &[12, 13, 31, 32, 33, 60]);
        let present = catalogue.present().unwrap();
        let back = |position, limit, most_looked_at| {
            let datasets = [Dataset::PublicServices];
            let back = present.members_back_within(&datasets, position, limit, most_looked_at).unwrap();
            let positions: Vec<u64> = back.entries.iter().map(|entry| entry.position).collect();
            (positions, back.looked_from)
        };
        assert_eq!(back(60, 3, 100), (vec![60, 33, 32], 32));
        assert_eq!(back(59, 1, 100), (vec![33], 33));
        assert_eq!(back(60, 9, 100), (vec![60, 33, 32, 31, 13, 12], 1));
        assert_eq!(back(59, 1, 10), (vec![], 50));
        assert_eq!(back(0, 1, 10), (vec![], 1));
    }

    #[test]
    fn authorities_are_found_in_the_text_of_a_record() {
        let text = format!(
            "<a:1> <{0}> <a:2> .\n<a:1> <{0}> <a:3> .\n<a:1> <a:p> \"{0}\" .\n",
            cv::HAS_COMPETENT_AUTHORITY.as_str()
        );
        assert_eq!(authorities(&text).collect::<Vec<_>>(), ["a:2", "a:3"]);
    }

    #[test]
    fn what_is_shown_is_complete_up_to_now_unless_something_is_being_written() {
        // A register in memory cannot be read while its writer is at work.
        let folder = tempfile::tempdir().unwrap();
        let base = Base::parse(BASE).unwrap();
        let catalogue = Catalogue::open(&Location::Directory(folder.path().to_owned()), &base).unwrap();
        let before = std::time::SystemTime::now();
        let (present, until) = catalogue.present_until().unwrap();
        assert!(until >= before && until >= present.moment());
        let written = catalogue.register.transact::<_, crate::register::CommitError>(|_| {
            let (present, until) = catalogue.present_until().unwrap();
            Ok(until == present.moment())
        });
        assert!(written.unwrap());
    }
}
