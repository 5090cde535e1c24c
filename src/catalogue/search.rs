//! Service types by the words that people have for them.

use super::open::CatalogueError;
use super::present::Present;
use crate::rdf::{Literal, Preference, words};
use crate::register::{Asked, Hit, Listed, SoughtWord};
use crate::vocab::skos;
use std::collections::BTreeMap;

/// The most words of a search that are read; a sentence of a caller has fewer.
const MOST_WORDS: usize = 16;

/// The fewest letters of a word that may find entries by itself, so that `of` and `an` do not.
const TELLING: usize = 3;

/// An entry that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The entry.
    pub listed: Listed,
    /// The name by which it was found; none where it was by its number.
    pub name: Option<Literal>,
    /// How well that fits.
    pub fit: Fit,
}

/// How what was searched fits an entry, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the entry's number.
    Number,
    /// It is a name of the entry.
    WholeName,
    /// A name begins with it.
    BeginningOfName,
    /// A name has every word of it.
    WordsOfName,
    /// A former name or a search word has every word of it.
    OtherName,
    /// A name has some words of it.
    SomeWords,
}

impl Found {
    /// Whether exactly this entry was meant.
    pub fn is_exact(&self) -> bool {
        self.fit <= Fit::WholeName
    }

    /// Whether a name of it has every word that was searched.
    pub fn has_all_words(&self) -> bool {
        self.fit < Fit::SomeWords
    }
}

impl Present<'_> {
    /// The service types that people call by these words, the best first, at most `limit` of them.
    ///
    /// English plurals and singulars stand for each other, and the last word may be unfinished. Where no
    /// entry has all of the words, those with the most of them are found. Words are not stemmed any
    /// further: to a stemmer `parks` and `parking` are one.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn search(&self, asked: &str, reader: &Preference, limit: usize) -> Result<Vec<Found>, CatalogueError> {
        let sought = sought(asked);
        let mut best = self.best(&sought, Asked::Every, reader)?;
        if best.is_empty() {
            let telling: Vec<SoughtWord> = sought.into_iter().filter(is_telling).collect();
            best = self.best(&telling, Asked::Any, reader)?;
        }
        let mut ranked: Vec<(Rank, String, Literal)> =
            best.into_iter().map(|(record, (rank, name))| (rank, record, name)).collect();
        ranked.sort_by(|(one, first, _), (other, second, _)| (one, first).cmp(&(other, second)));
        let mut found: Vec<Found> = self.numbered(asked)?.into_iter().collect();
        for (rank, record, name) in ranked.into_iter().take(limit) {
            if let Some(listed) = self.snapshot.named(&record)?
                && found.iter().all(|found| found.listed.record != record)
            {
                found.push(Found { listed, name: Some(name), fit: rank.fit });
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// For each entry that has the words: its name that fits best.
    fn best(
        &self,
        sought: &[SoughtWord],
        asked: Asked,
        reader: &Preference,
    ) -> Result<BTreeMap<String, (Rank, Literal)>, CatalogueError> {
        let mut best: BTreeMap<String, (Rank, Literal)> = BTreeMap::new();
        for Hit { record, property, name } in self.snapshot.search(sought, asked)? {
            let rank = Rank::of(&name, property == skos::PREF_LABEL.as_str(), sought, reader);
            match best.get(&record) {
                Some((known, _)) if *known <= rank => {}
                _ => drop(best.insert(record, (rank, name))),
            }
        }
        Ok(best)
    }

    /// The entry whose number was typed.
    fn numbered(&self, asked: &str) -> Result<Option<Found>, CatalogueError> {
        let asked = asked.trim();
        if asked.is_empty() || !asked.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        let listed = self.snapshot.named(self.base.iri(&format!("id/service-type/{asked}")).as_str())?;
        Ok(listed.map(|listed| Found { listed, name: None, fit: Fit::Number }))
    }
}

/// What of a search decides the order of what it finds, the first field first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    fit: Fit,
    /// The letters of the words that the name does not have.
    missing: usize,
    /// Whether the name is more than what was searched.
    is_longer: bool,
    /// How far the name's language is from the reader's.
    language: usize,
    words: usize,
    name: String,
}

impl Rank {
    fn of(name: &Literal, is_preferred: bool, sought: &[SoughtWord], reader: &Preference) -> Self {
        let words = words(name.value());
        let missed = sought.iter().filter(|sought| !words.iter().any(|word| serves(sought, word)));
        let missing = missed.map(|sought| sought.forms.first().map_or(0, String::len)).sum();
        let in_order =
            sought.len() <= words.len() && sought.iter().zip(&words).all(|(sought, word)| serves(sought, word));
        let is_whole =
            sought.len() == words.len() && sought.iter().zip(&words).all(|(sought, word)| sought.forms.contains(word));
        let fit = match (missing, is_preferred) {
            (1.., _) => Fit::SomeWords,
            (_, false) => Fit::OtherName,
            _ if is_whole => Fit::WholeName,
            _ if in_order => Fit::BeginningOfName,
            _ => Fit::WordsOfName,
        };
        let (language, _) = reader.rank(name);
        Self { fit, missing, is_longer: !is_whole, language, words: words.len(), name: words.join(" ") }
    }
}

/// Whether a word of a name serves a word of a search.
fn serves(sought: &SoughtWord, word: &str) -> bool {
    sought.forms.iter().any(|form| form == word)
        || (sought.begins && sought.forms.first().is_some_and(|typed| word.starts_with(typed.as_str())))
}

fn is_telling(word: &SoughtWord) -> bool {
    word.forms.first().is_some_and(|typed| typed.chars().count() >= TELLING)
}

/// The words of a search, of which the last may be unfinished.
fn sought(asked: &str) -> Vec<SoughtWord> {
    let typed: Vec<String> = words(asked).into_iter().take(MOST_WORDS).collect();
    let last = typed.len();
    typed
        .into_iter()
        .enumerate()
        .map(|(place, word)| SoughtWord { forms: forms(word), begins: place + 1 == last })
        .collect()
}

/// A word, and what English would make its plural or singular.
fn forms(word: String) -> Vec<String> {
    let mut forms = Vec::new();
    let hisses = |stem: &str| ["s", "x", "z", "ch", "sh"].iter().any(|end| stem.ends_with(end));
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        forms.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("es").filter(|stem| hisses(stem)) {
        forms.push(stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with('s')) {
        forms.push(stem.to_owned());
    }
    let is_y_after_consonant = word.ends_with('y') && !["ay", "ey", "oy", "uy"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('y').filter(|_| is_y_after_consonant) {
        Some(stem) => forms.push(format!("{stem}ies")),
        None if hisses(&word) => forms.push(format!("{word}es")),
        None => forms.push(format!("{word}s")),
    }
    forms.insert(0, word);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_singulars_of_english_stand_for_each_other() {
        for (one, many) in [("bicycle", "bicycles"), ("library", "libraries"), ("box", "boxes"), ("day", "days")] {
            assert!(forms(one.to_owned()).contains(&many.to_owned()), "{one}");
            assert!(forms(many.to_owned()).contains(&one.to_owned()), "{many}");
        }
        assert!(!forms("parking".to_owned()).contains(&"park".to_owned()));
    }

    fn rank(name: &str, is_preferred: bool, asked: &str) -> Rank {
        let name = Literal::new_language_tagged_literal_unchecked(name, "en");
        Rank::of(&name, is_preferred, &sought(asked), &Preference::default())
    }

    #[test]
    fn a_whole_name_comes_before_its_beginning_before_its_words_before_other_names_before_some_words() {
        let ranks = [
            rank("Abandoned bicycles", true, "abandoned bicycle"),
            rank("Abandoned bicycles in parks", true, "abandoned bicycle"),
            rank("Bicycles, abandoned", true, "abandoned bicycle"),
            rank("Abandoned bicycle", false, "abandoned bicycle"),
            rank("Abandoned bicycle wrecks", false, "abandoned bicycle"),
            rank("Abandoned vehicles", true, "abandoned bicycle"),
            rank("Bus", true, "abandoned bicycle"),
        ];
        assert!(ranks.windows(2).all(|pair| pair[0] < pair[1]), "{ranks:#?}");
        assert_eq!(ranks[0].fit, Fit::WholeName);
        assert_eq!(ranks[3].fit, Fit::OtherName);
        assert_eq!(ranks[5].fit, Fit::SomeWords);
    }

    #[test]
    fn among_equals_the_reader_s_language_comes_first() {
        let of = |tag: &str| {
            let name = Literal::new_language_tagged_literal_unchecked("Taxi", tag);
            Rank::of(&name, true, &sought("taxi"), &Preference::new(["nl"]))
        };
        assert!(of("nl") < of("en") && of("en") < of("de"));
    }
}
