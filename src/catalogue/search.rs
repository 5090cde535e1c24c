//! Service types and organisations by the words that people have for them.
//!
//! Each word of a search counts for as much as it tells: a word that few entries have tells more than one that
//! many have, one in the name more than one in the definition, a whole word more than the beginning of another.

use super::open::CatalogueError;
use super::present::Present;
use super::sought::{EMPTY, sought};
use crate::rdf::{Literal, Preference, words};
use crate::register::{Hit, Listed, SoughtWord};
use crate::vocab::{DEPRECATED, RETIRED, adms, dct, eusl, skos};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The kind of the entries.
const SERVICE_TYPE: &str = "service-type";

/// What an entry is worth beside others where callers hardly mean it: it is internal, or deprecated.
const HARDLY_MEANT: f64 = 0.5;

/// What the beginning of a word tells beside the whole of it.
const BEGINNING: f64 = 0.4;

/// What it tells that all words are one phrase that callers say of the entry.
const PHRASE: f64 = 1.3;

/// An entry that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The entry.
    pub listed: Listed,
    /// The name by which it was found; none where it was by its number or its definition.
    pub name: Option<Literal>,
    /// How well that fits.
    pub fit: Fit,
    /// Whether it should not be used any more.
    pub is_deprecated: bool,
}

/// How what was searched fits an entry, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the entry's number.
    Number,
    /// It is a name of the entry, or a former one.
    WholeName,
    /// What is said of the entry has every word of it.
    AllWords,
    /// What is said of the entry has some words of it.
    SomeWords,
}

impl Found {
    /// Whether exactly this entry was meant.
    pub fn is_exact(&self) -> bool {
        self.fit <= Fit::WholeName
    }
}

impl Present<'_> {
    /// The service types that people call by these words, the best first, at most `limit` of them.
    ///
    /// English plurals and singulars stand for each other, and the last word may be unfinished. Words are not
    /// stemmed any further: to a stemmer `parks` and `parking` are one. What is internal to an organisation, and
    /// what is deprecated, comes after what callers may mean.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn search(&self, asked: &str, reader: &Preference, limit: usize) -> Result<Vec<Found>, CatalogueError> {
        let internal = self.snapshot.subjects(self.base.iri("id/scope/internal").as_str(), eusl::SCOPE.as_str())?;
        let internal: BTreeSet<String> = internal.into_iter().collect();
        let mut ranked = self.ranked(SERVICE_TYPE, asked, reader)?;
        for entry in &mut ranked {
            if internal.contains(&entry.record) || entry.is_deprecated {
                entry.score *= HARDLY_MEANT;
            }
        }
        ranked.sort_by(better);
        let mut found: Vec<Found> = self.numbered(asked)?.into_iter().collect();
        for entry in ranked.into_iter().take(limit) {
            if found.iter().all(|found| found.listed.record != entry.record) {
                found.push(self.found(entry)?);
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// The organisations that have every one of these words in a name and are no unit of another, the best first,
    /// at most `limit` of them.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn search_organisations(
        &self,
        asked: &str,
        reader: &Preference,
        limit: usize,
    ) -> Result<Vec<Found>, CatalogueError> {
        let mut ranked = self.ranked("organisation", asked, reader)?;
        ranked.retain(|entry| entry.fit() < Fit::SomeWords);
        ranked.sort_by(better);
        let mut found = Vec::new();
        for entry in ranked {
            if found.len() < limit && self.is_head(&entry.record)? {
                found.push(self.found(entry)?);
            }
        }
        Ok(found)
    }

    /// The records of a kind that have any of the words, each with how well it serves them.
    fn ranked(&self, kind: &str, asked: &str, reader: &Preference) -> Result<Vec<Entry>, CatalogueError> {
        let sought = sought(asked);
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        for hit in self.snapshot.search(kind, &sought)? {
            let unserved = || Entry::unserved(&hit.record, &sought);
            entries.entry(hit.record.clone()).or_insert_with(unserved).take(&hit, &sought, reader);
        }
        let mut entries: Vec<Entry> = entries.into_values().collect();
        weigh(&mut entries, sought.len(), self.snapshot.count(kind)?);
        let mut there = Vec::new();
        for mut entry in entries {
            if !self.is_withdrawn(&entry.record)? {
                entry.is_deprecated = self.is_deprecated(&entry.record)?;
                there.push(entry);
            }
        }
        Ok(there)
    }

    fn found(&self, entry: Entry) -> Result<Found, CatalogueError> {
        let (fit, is_deprecated) = (entry.fit(), entry.is_deprecated);
        let listed = self.named_or_bare(&entry.record)?;
        Ok(Found { listed, name: entry.name.map(|named| named.name), fit, is_deprecated })
    }

    /// Whether an entry should not be used any more: its status says so, or another has taken its place.
    pub(super) fn is_deprecated(&self, record: &str) -> Result<bool, CatalogueError> {
        let has = |property: &str| self.snapshot.object(record, property);
        Ok(has(adms::STATUS.as_str())?.is_some_and(|status| status == DEPRECATED || status == RETIRED)
            || has(dct::IS_REPLACED_BY.as_str())?.is_some())
    }

    /// Whether an entry is gone.
    pub(super) fn is_withdrawn(&self, record: &str) -> Result<bool, CatalogueError> {
        Ok(self.snapshot.object(record, adms::STATUS.as_str())?.as_deref() == Some(RETIRED))
    }

    /// The entry whose number was typed.
    fn numbered(&self, asked: &str) -> Result<Option<Found>, CatalogueError> {
        let asked = asked.trim();
        if asked.is_empty() || !asked.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        let iri = self.base.iri(&format!("id/service-type/{asked}")).into_string();
        let Some(listed) = self.snapshot.named(&iri)? else { return Ok(None) };
        Ok(Some(Found { listed, name: None, fit: Fit::Number, is_deprecated: self.is_deprecated(&iri)? }))
    }
}

/// What was found of one entry.
struct Entry {
    record: String,
    /// For each word of the search, how well the entry serves it: 0 not at all, 1 by a whole word of its name.
    weights: Vec<f64>,
    /// The name that serves best.
    name: Option<Named>,
    /// Whether one of its names is what was searched.
    is_whole: bool,
    /// Whether one of its search words is, and has several words: a single one may be said of many entries.
    is_phrase: bool,
    is_deprecated: bool,
    /// How much of what was searched it serves, by what each word tells.
    score: f64,
}

/// A name, and how well it serves.
struct Named {
    name: Literal,
    weight: f64,
    /// How far its language is from the reader's.
    language: usize,
    /// How many words it has.
    length: usize,
}

impl Entry {
    fn unserved(record: &str, sought: &[SoughtWord]) -> Self {
        Self {
            record: record.to_owned(),
            weights: vec![0.0; sought.len()],
            name: None,
            is_whole: false,
            is_phrase: false,
            is_deprecated: false,
            score: 0.0,
        }
    }

    /// Takes a text of the entry into account.
    fn take(&mut self, Hit { property, name, .. }: &Hit, sought: &[SoughtWord], reader: &Preference) {
        let field = field(property);
        let words = words(name.value());
        let weights: Vec<f64> = sought.iter().map(|sought| field * serves(sought, &words)).collect();
        for (best, weight) in self.weights.iter_mut().zip(&weights) {
            *best = best.max(*weight);
        }
        if property == skos::DEFINITION.as_str() {
            return;
        }
        let (language, _) = reader.rank(name);
        let named = Named { weight: weights.iter().sum(), language, length: words.len(), name: name.clone() };
        let is_search_word = property == skos::HIDDEN_LABEL.as_str();
        let is_whole = is_whole(&words, sought);
        self.is_whole |= is_whole && !is_search_word;
        self.is_phrase |= is_whole && is_search_word && sought.len() > 1;
        if self.name.as_ref().is_none_or(|best| named.is_better_than(best)) {
            self.name = Some(named);
        }
    }

    fn fit(&self) -> Fit {
        if self.is_whole {
            Fit::WholeName
        } else if self.weights.iter().all(|weight| *weight > 0.0) {
            Fit::AllWords
        } else {
            Fit::SomeWords
        }
    }
}

impl Named {
    fn is_better_than(&self, other: &Self) -> bool {
        let tie = (self.language, self.length).cmp(&(other.language, other.length));
        other.weight.total_cmp(&self.weight).then(tie).is_lt()
    }
}

/// What a word tells by where it stands.
fn field(property: &str) -> f64 {
    if property == skos::DEFINITION.as_str() {
        0.35
    } else if property == skos::ALT_LABEL.as_str() || property == skos::HIDDEN_LABEL.as_str() {
        0.9
    } else {
        1.0
    }
}

/// How well the words of a text serve a word of a search.
fn serves(sought: &SoughtWord, words: &[String]) -> f64 {
    if words.iter().any(|word| sought.forms.contains(word)) {
        return 1.0;
    }
    let typed = sought.forms.first().filter(|_| sought.begins);
    if typed.is_some_and(|typed| words.iter().any(|word| word.starts_with(typed.as_str()))) { BEGINNING } else { 0.0 }
}

/// Whether a name is what was searched, but for words that tell nothing.
fn is_whole(words: &[String], sought: &[SoughtWord]) -> bool {
    let mut words = words.iter().filter(|word| !EMPTY.contains(&word.as_str()));
    sought.iter().all(|sought| words.next().is_some_and(|word| sought.forms.contains(word))) && words.next().is_none()
}

/// Gives each entry its score. A word tells the more, the fewer entries serve it.
fn weigh(entries: &mut [Entry], words: usize, total: u64) {
    let telling = |place: usize| {
        let serving = entries.iter().filter(|entry| entry.weights.get(place).is_some_and(|weight| *weight > 0.0));
        #[expect(clippy::cast_precision_loss, reason = "counts of entries are far below 2^52")]
        let (serving, total) = (serving.count().max(1) as f64, total.max(1) as f64);
        (1.0 + total / serving).ln()
    };
    let telling: Vec<f64> = (0..words).map(telling).collect();
    for entry in entries {
        let sum: f64 = entry.weights.iter().zip(&telling).map(|(weight, telling)| weight * telling).sum();
        entry.score = if entry.is_phrase { sum * PHRASE } else { sum };
    }
}

/// Whole names first, then by score; equals with the shorter name first, then by IRI, so that the order holds.
fn better(one: &Entry, other: &Entry) -> Ordering {
    let length = |entry: &Entry| entry.name.as_ref().map_or(usize::MAX, |named| named.length);
    let whole = |entry: &Entry| entry.is_whole && !entry.is_deprecated;
    whole(other)
        .cmp(&whole(one))
        .then(other.score.total_cmp(&one.score))
        .then(length(one).cmp(&length(other)))
        .then_with(|| (one.record.len(), &one.record).cmp(&(other.record.len(), &other.record)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order in which entries, each with its texts, are found, and how well each fits.
    fn order(entries: &[(&str, &[(&str, &str)])], asked: &str) -> Vec<(String, Fit)> {
        let sought = sought(asked);
        let mut found = Vec::new();
        for (record, texts) in entries {
            let mut entry = Entry::unserved(record, &sought);
            for (property, text) in *texts {
                let property = format!("{}{property}", skos::NAMESPACE);
                let name = Literal::new_language_tagged_literal_unchecked(*text, "en");
                let hit = Hit { record: (*record).to_owned(), property, name };
                entry.take(&hit, &sought, &Preference::default());
            }
            found.push(entry);
        }
        weigh(&mut found, sought.len(), 1_000);
        found.sort_by(better);
        found.into_iter().map(|entry| (entry.record.clone(), entry.fit())).collect()
    }

    fn at(record: &str, fit: Fit) -> (String, Fit) {
        (record.to_owned(), fit)
    }

    #[test]
    fn a_whole_name_comes_before_all_words_before_some_words() {
        let entries: [(&str, &[(&str, &str)]); 4] = [
            ("1", &[("prefLabel", "Abandoned vehicles")]),
            ("2", &[("prefLabel", "Bicycles abandoned in parks")]),
            ("3", &[("prefLabel", "Wrecks"), ("hiddenLabel", "abandoned bicycle")]),
            ("4", &[("prefLabel", "Abandoned bicycles")]),
        ];
        let expected =
            [at("4", Fit::WholeName), at("3", Fit::AllWords), at("2", Fit::AllWords), at("1", Fit::SomeWords)];
        assert_eq!(order(&entries, "an abandoned bicycle"), expected);
    }

    #[test]
    fn a_whole_word_tells_more_than_a_beginning_and_a_name_more_than_a_definition() {
        let entries: [(&str, &[(&str, &str)]); 3] = [
            ("1", &[("prefLabel", "Taxi ranks")]),
            ("2", &[("prefLabel", "Rates"), ("definition", "A tax on houses.")]),
            ("3", &[("prefLabel", "Council tax bands")]),
        ];
        let found: Vec<String> = order(&entries, "tax").into_iter().map(|(record, _)| record).collect();
        assert_eq!(found, ["3", "1", "2"]);
    }

    #[test]
    fn a_rare_word_tells_more_than_one_that_many_have() {
        let mut entries: Vec<(&str, &[(&str, &str)])> = vec![("9", &[("prefLabel", "Passports")])];
        let permits: [&str; 5] = ["1", "2", "3", "4", "5"];
        entries.extend(permits.map(|record| (record, [("prefLabel", "Parking permits")].as_slice())));
        assert_eq!(order(&entries, "permit passport").first(), Some(&at("9", Fit::SomeWords)));
    }
}
