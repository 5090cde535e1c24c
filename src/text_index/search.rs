//! A search: words in, literals out, ranked by BM25.
//!
//! A literal is found if it has every word. A word serves as it is, or by its stem in the language of the literal; as
//! it is it counts twice, since it then has both. Nothing in the words is syntax: no parser of queries is asked.

use super::analysis::{folded_word, stems, words};
use super::contents::Contents;
use super::fields::WEIGHT;
use super::language::{STEMMED, place, primary, stemmer};
use super::{Text, TextIndexError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader, TantivyDocument, TantivyError, Term};

/// The longest text of a search, in characters.
pub const MOST_CHARACTERS: usize = 1_000;

/// The most hits that a search gives.
pub const MOST_HITS: usize = 10_000;

/// The most words of a search: more tell nothing, and each is looked up in every language.
const MOST_WORDS: usize = 64;

/// What is searched.
#[derive(Clone, Debug)]
pub struct Search<'a> {
    /// The words, all of which a literal must have.
    pub text: &'a str,
    /// The language tag of the literals, by its primary subtag; all languages where there is none.
    pub language: Option<&'a str>,
    /// The IRI of the property that gives them; any where there is none.
    pub property: Option<&'a str>,
    /// How many hits are wanted at most; all where nothing is said.
    pub limit: Option<usize>,
    /// What a hit stands for.
    pub each: Each,
}

/// What a hit stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Each {
    /// A literal.
    Literal,
    /// A record, with the best of its literals.
    Record,
}

/// A literal that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The IRI of its record.
    pub record: String,
    /// The literal, and the property that gives it.
    pub text: Text,
    /// How well it serves, beside the other hits of the same search.
    pub score: f32,
}

/// A search without an answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is nothing to look for.
    #[error("the text to search has no letter and no digit; give the words that a name or definition shall have")]
    NoWords,
    /// The text is longer than what is searched.
    #[error("the text to search has more than {MOST_CHARACTERS} characters or {MOST_WORDS} words; search fewer words")]
    TooLong,
    /// More is found than is given, and the search does not say how much of it is wanted.
    #[error(
        "more than {MOST_HITS} literals have these words; add words, a language or a property, or limit the search \
         to the best"
    )]
    TooMany,
    /// The limit is none that can be kept.
    #[error("the limit of a search must be an integer from 1 to {MOST_HITS}")]
    Limit,
    /// The index does not show the revision yet.
    #[error(
        "the text index shows revision {shown}, revision {asked} is published: {cause}; ask again in a few seconds"
    )]
    Behind {
        /// The revision that it shows; 0 for none.
        shown: u64,
        /// The one that was asked for.
        asked: u64,
        /// Why.
        cause: String,
    },
    /// Nobody waits for the answer any more.
    #[error("the search was stopped")]
    Stopped,
    /// The index failed.
    #[error(transparent)]
    Index(#[from] TextIndexError),
}

impl Search<'_> {
    /// Holds the search to its limits, before anything is looked up.
    ///
    /// # Errors
    /// See [`SearchError`].
    pub fn check(&self) -> Result<(), SearchError> {
        if self.limit.is_some_and(|limit| !(1..=MOST_HITS).contains(&limit)) {
            return Err(SearchError::Limit);
        }
        if self.text.chars().nth(MOST_CHARACTERS).is_some() {
            return Err(SearchError::TooLong);
        }
        match words(self.text).len() {
            0 => Err(SearchError::NoWords),
            1..=MOST_WORDS => Ok(()),
            _ => Err(SearchError::TooLong),
        }
    }
}

impl Contents {
    pub(super) fn search(&self, search: &Search<'_>, is_stopped: &impl Fn() -> bool) -> Result<Vec<Hit>, SearchError> {
        let ranked = self.ranked(search).map_err(TextIndexError::from)?;
        if search.limit.is_none() && ranked.len() > MOST_HITS {
            return Err(SearchError::TooMany);
        }
        let most = search.limit.unwrap_or(MOST_HITS);
        let mut records = BTreeSet::new();
        let mut hits = Vec::new();
        for (score, address) in ranked {
            if hits.len() == most {
                break;
            }
            if is_stopped() {
                return Err(SearchError::Stopped);
            }
            let document: TantivyDocument = self.searcher.doc(address).map_err(TextIndexError::from)?;
            let (record, text) = self.fields.read(&document);
            if search.each == Each::Literal || records.insert(record.clone()) {
                hits.push(Hit { record, text, score });
            }
        }
        Ok(hits)
    }

    /// The documents that the search finds, the best first: one more than is given, so that more are noticed.
    fn ranked(&self, search: &Search<'_>) -> Result<Vec<(Score, tantivy::DocAddress)>, TantivyError> {
        let wanted = match (search.limit, search.each) {
            (Some(limit), Each::Literal) => limit,
            _ => MOST_HITS + 1,
        };
        let weighed = TopDocs::with_limit(wanted).tweak_score(|segment: &SegmentReader| {
            let weights = segment.fast_fields().f64(WEIGHT).map(|column| column.first_or_default_col(1.0));
            move |document: DocId, score: Score| {
                let weight = weights.as_ref().map_or(1.0, |weights| weights.get_val(document));
                #[expect(clippy::cast_possible_truncation, reason = "weights are small and round")]
                let weight = weight as Score;
                score * weight
            }
        });
        self.searcher.search(&self.query(search), &weighed)
    }

    fn query(&self, search: &Search<'_>) -> BooleanQuery {
        let language = search.language.map(primary);
        let places: Vec<usize> = match &language {
            Some(primary) => place(primary).into_iter().collect(),
            None => (0..STEMMED.len()).collect(),
        };
        let words = words(search.text).into_iter().map(|word| (Occur::Must, self.word(&word, &places)));
        let only = [(self.fields.primary, language.as_deref()), (self.fields.property, search.property)];
        let only = only.into_iter().filter_map(|(field, value)| Some((Occur::Must, unscored(term(field, value?)))));
        BooleanQuery::new(words.chain(only).collect())
    }

    /// What has a word, as it is or by its stem in one of the languages.
    fn word(&self, word: &str, places: &[usize]) -> Box<dyn Query> {
        let mut forms = vec![(Occur::Should, term(self.fields.words, &folded_word(word)))];
        for place in places {
            if let (Some(field), Some(stemmer)) = (self.fields.stems.get(*place), stemmer(*place)) {
                let stems = stems(word, &stemmer);
                forms.extend(stems.into_iter().map(|stem| (Occur::Should, term(*field, &stem))));
            }
        }
        Box::new(BooleanQuery::new(forms))
    }
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

/// A condition that makes nothing better or worse.
fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
