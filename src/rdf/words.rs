//! A text as the words that it is searched by.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text in lower case and without diacritics, so that who cannot type a letter finds it.
///
/// An apostrophe belongs to its word: `children's` is one.
pub fn words(text: &str) -> Vec<String> {
    let folded = folded(text);
    let pieces = folded.split(|character: char| !character.is_alphanumeric());
    pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

/// A text in lower case and without diacritics and apostrophes.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase).nfkd().filter(|found| !is_combining_mark(*found)) {
        match character {
            'ø' => folded.push('o'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            '\'' | '\u{2019}' => {}
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_diacritics_and_punctuation_make_no_difference() {
        assert_eq!(words("Övergivna CYKLAR"), ["overgivna", "cyklar"]);
        assert_eq!(words("Straßen- und Wege-Übergänge"), ["strassen", "und", "wege", "ubergange"]);
        assert_eq!(words("Søknad, (ærlig)"), ["soknad", "aerlig"]);
        assert_eq!(words("children's / childrens"), ["childrens", "childrens"]);
        // Composed and decomposed, in capitals that have no single small letter.
        assert_eq!(words("e\u{301}tat"), words("état"));
        assert_eq!(words("İ"), ["i"]);
    }

    #[test]
    fn what_is_no_letter_and_no_digit_is_no_word() {
        assert!(words(" \0\u{7}\"*^:(){}-–—'…").is_empty());
        assert_eq!(words("24/7"), ["24", "7"]);
    }
}
