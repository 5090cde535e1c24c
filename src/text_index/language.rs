//! The languages whose words are brought to their stems.

use frostem::{Algorithm, Stemmer};

/// The primary subtags of each language (<https://www.iana.org/assignments/language-subtag-registry>) and its Snowball
/// algorithm. Bulgarian, Croatian, Latvian, Maltese, Slovak and Slovene have none there; their words are folded only.
pub(super) const STEMMED: [(&[&str], Algorithm); 19] = [
    (&["cs"], Algorithm::Czech),
    (&["da"], Algorithm::Danish),
    (&["de"], Algorithm::German),
    (&["el"], Algorithm::Greek),
    (&["en"], Algorithm::English),
    (&["es"], Algorithm::Spanish),
    (&["et"], Algorithm::Estonian),
    (&["fi"], Algorithm::Finnish),
    (&["fr"], Algorithm::French),
    (&["ga"], Algorithm::Irish),
    (&["hu"], Algorithm::Hungarian),
    (&["it"], Algorithm::Italian),
    (&["lt"], Algorithm::Lithuanian),
    (&["nb", "nn", "no"], Algorithm::Norwegian),
    (&["nl"], Algorithm::Dutch),
    (&["pl"], Algorithm::Polish),
    (&["pt"], Algorithm::Portuguese),
    (&["ro"], Algorithm::Romanian),
    (&["sv"], Algorithm::Swedish),
];

/// The place of a language in [`STEMMED`], if it is there.
pub(super) fn place(primary: &str) -> Option<usize> {
    STEMMED.iter().position(|(subtags, _)| subtags.contains(&primary))
}

/// The stemmer of the language at a place of [`STEMMED`].
pub(super) fn stemmer(place: usize) -> Option<Stemmer> {
    STEMMED.get(place).map(|(_, algorithm)| Stemmer::new(*algorithm))
}

/// The first subtag of a language tag, in lower case; empty where there is none.
pub(super) fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or("").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_or_script_makes_no_other_language() {
        assert_eq!(place(&primary("fr-BE")), place("fr"));
        assert_eq!(place(&primary("NB")), place("nn"));
        assert_eq!((place("bg"), place(&primary(""))), (None, None));
    }
}
