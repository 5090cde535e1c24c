//! A text as the words that the index keeps of it, and a search as the words that it asks for.
//!
//! Case and diacritics make no difference. A word stands in the index as it is, folded, and by its stem: by that of
//! the word as it is written and by that of the folded word, since the algorithms know endings by their diacritics
//! and people leave these out.

use crate::rdf::folded;
use frostem::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word that is kept, in characters; what is longer is kept by its beginning.
const LONGEST: usize = 64;

/// The words of a text, in lower case with their diacritics.
///
/// What stands before or after an apostrophe is a word (`l'école`), unless it is a single letter.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower: String = text.chars().flat_map(char::to_lowercase).nfc().collect();
    let mut words = Vec::new();
    for chunk in lower.split(|letter: char| !is_letter(letter) && !is_apostrophe(letter)) {
        let pieces: Vec<&str> = chunk.split(is_apostrophe).filter(|piece| !piece.is_empty()).collect();
        let is_single = pieces.len() == 1;
        words.extend(pieces.into_iter().filter(|piece| is_single || piece.chars().nth(1).is_some()).map(shortened));
    }
    words
}

/// The words of a text that are written with an apostrophe, without it: `childrens`.
pub(super) fn joined(text: &str) -> impl Iterator<Item = String> {
    let chunks = text.split(|letter: char| !is_letter(letter) && !is_apostrophe(letter));
    let joined = chunks.map(|chunk| chunk.trim_matches(is_apostrophe)).filter(|chunk| chunk.contains(is_apostrophe));
    joined.map(|chunk| folded_word(&shortened(chunk)))
}

/// A word without its diacritics.
pub(super) fn folded_word(word: &str) -> String {
    folded(word).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The stems that a word is found by in a language, folded.
///
/// A stem is brought to its own, since algorithms take one ending from `fietsen` and another from `fiets`. In French a
/// plural is stemmed as its singular too, since `permissions` is taken for a verb.
pub(super) fn stems(word: &str, stemmer: &Stemmer) -> BTreeSet<String> {
    let folded = folded_word(word);
    let singular = word.strip_suffix('s').filter(|_| stemmer.algorithm() == Algorithm::French);
    let mut stems = BTreeSet::new();
    for form in [Some(word), Some(folded.as_str()), singular].into_iter().flatten() {
        let stem = stemmer.stem(form);
        stems.insert(folded_word(&stemmer.stem(&stem)));
        stems.insert(folded_word(&stem));
    }
    stems
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2bc}')
}

fn shortened(word: &str) -> String {
    word.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::super::language::{place, stemmer};
    use super::*;

    fn stems_in(language: &str, word: &str) -> BTreeSet<String> {
        stems(word, &stemmer(place(language).unwrap()).unwrap())
    }

    #[test]
    fn an_apostrophe_parts_words_and_leaves_single_letters_out() {
        assert_eq!(words("L'école d’été, qu'une"), ["école", "été", "qu", "une"]);
        assert_eq!(words("Children's play 'n' day"), ["children", "play", "n", "day"]);
        assert_eq!(joined("Children's 'day' l’École").collect::<Vec<_>>(), ["childrens", "lecole"]);
    }

    #[test]
    fn nothing_but_letters_and_digits_makes_a_word() {
        assert!(words("+-&|!(){}[]^\"~*?:\\/ ' ''").is_empty());
        assert_eq!(words("title:\"bins\" OR *"), ["title", "bins", "or"]);
        assert_eq!(words("e\u{301}tat"), words("ÉTAT"));
        assert_eq!(words(&"a".repeat(1_000)), ["a".repeat(LONGEST)]);
    }

    #[test]
    fn a_word_without_its_diacritics_shares_a_stem_with_the_whole_one() {
        for (language, written, plain) in [
            ("fr", "abandonnées", "abandonnees"),
            ("sv", "övergivna", "overgivna"),
            ("de", "Wägen", "Wagen"),
            ("es", "autorización", "autorizacion"),
            ("cs", "žádosti", "zadosti"),
        ] {
            let shared = stems_in(language, &words(written)[0]).intersection(&stems_in(language, plain)).count();
            assert!(shared > 0, "{written} and {plain}");
        }
    }

    #[test]
    fn inflected_words_share_their_stem() {
        for (language, one, other) in [
            ("en", "bicycle", "bicycles"),
            ("nl", "fiets", "fietsen"),
            ("de", "genehmigung", "genehmigungen"),
            ("fr", "abandonnée", "abandonnées"),
            ("fr", "permission", "permissions"),
            ("sv", "avgift", "avgifter"),
            ("nb", "tillatelse", "tillatelser"),
            ("it", "permesso", "permessi"),
            ("pl", "zezwolenie", "zezwolenia"),
            ("el", "άδεια", "άδειες"),
        ] {
            let shared = stems_in(language, one).intersection(&stems_in(language, other)).count();
            assert!(shared > 0, "{one} and {other}: {:?} {:?}", stems_in(language, one), stems_in(language, other));
        }
    }
}
