//! What a caller's words are looked for by: without those that tell nothing, in the forms that mean the same.

use crate::rdf::words;
use crate::register::SoughtWord;

/// The most words of a search that are read; a sentence of a caller has fewer.
const MOST_WORDS: usize = 16;

/// The fewest letters of an unfinished word that finds others; `a` begins too many.
const UNFINISHED: usize = 3;

/// Words that callers say and that tell nothing, unless nothing else is said.
pub(super) const EMPTY: [&str; 60] = [
    "a", "about", "am", "an", "and", "any", "are", "at", "be", "been", "by", "can", "could", "do", "does", "for",
    "from", "get", "give", "got", "has", "have", "how", "i", "im", "in", "is", "it", "me", "my", "near", "need", "no",
    "not", "of", "on", "or", "our", "out", "please", "some", "tell", "that", "the", "their", "there", "they", "this",
    "to", "want", "was", "we", "what", "when", "where", "who", "will", "with", "you", "your",
];

/// The words of a search that tell something, of which the last may be unfinished.
pub(super) fn sought(asked: &str) -> Vec<SoughtWord> {
    let typed: Vec<String> = words(asked).into_iter().take(MOST_WORDS).collect();
    let full: Vec<String> = typed.iter().filter(|word| !EMPTY.contains(&word.as_str())).cloned().collect();
    let kept = if full.is_empty() { typed } else { full };
    let last = kept.len();
    let unfinished = |place: usize, word: &str| place + 1 == last && word.chars().count() >= UNFINISHED;
    kept.into_iter()
        .enumerate()
        .map(|(place, word)| SoughtWord { begins: unfinished(place, &word), forms: forms(word) })
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

    #[test]
    fn the_words_are_those_that_tell_something_unless_there_are_no_others() {
        let typed = |asked: &str| sought(asked).into_iter().map(|word| word.forms[0].clone()).collect::<Vec<_>>();
        assert_eq!(typed("How do I get a passport?"), ["passport"]);
        assert_eq!(typed("who are you"), ["who", "are", "you"]);
        assert!(EMPTY.is_sorted());
    }

    #[test]
    fn only_the_last_word_may_be_unfinished_and_not_a_short_one() {
        let begins = |asked: &str| sought(asked).into_iter().map(|word| word.begins).collect::<Vec<_>>();
        assert_eq!(begins("abandoned bicyc"), [false, true]);
        assert_eq!(begins("tv"), [false]);
    }
}
