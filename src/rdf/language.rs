//! Which of several language-tagged literals to show.

use super::Literal;

/// Languages in the order a reader prefers them, as lower-case tags.
///
/// English follows whatever was asked, since every label of the list exists in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference(Vec<String>);

impl Preference {
    /// A reader of these languages, the most wanted first.
    pub fn new(tags: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut wanted: Vec<String> = tags.into_iter().map(|tag| tag.as_ref().to_ascii_lowercase()).collect();
        wanted.push("en".to_owned());
        Self(wanted)
    }

    /// How well a literal serves: lower is better.
    ///
    /// A tag serves a wanted range if it equals it or refines it
    /// (basic filtering, <https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1>).
    pub fn rank(&self, literal: &Literal) -> (usize, usize) {
        let Some(tag) = literal.language() else {
            return (self.0.len(), 0);
        };
        let tag = tag.to_ascii_lowercase();
        self.0
            .iter()
            .position(|range| {
                tag == *range || tag.strip_prefix(range.as_str()).is_some_and(|rest| rest.starts_with('-'))
            })
            .map_or((self.0.len() + 1, tag.len()), |place| (place, tag.len()))
    }
}

impl Default for Preference {
    fn default() -> Self {
        Self::new(std::iter::empty::<&str>())
    }
}

/// The literal that serves the reader best; the same for the same literals in any order.
pub fn best_literal<'a>(
    literals: impl IntoIterator<Item = &'a Literal>,
    preference: &Preference,
) -> Option<&'a Literal> {
    literals.into_iter().min_by_key(|literal| {
        (preference.rank(literal), literal.language().unwrap_or("").to_owned(), literal.value().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(value: &str, tag: &str) -> Literal {
        Literal::new_language_tagged_literal_unchecked(value, tag)
    }

    #[test]
    fn the_wanted_language_wins_then_english_then_untagged_then_any() {
        let names =
            [tagged("Afval", "nl"), tagged("Waste", "en"), Literal::new_simple_literal("W"), tagged("Abfall", "de")];
        let best =
            |tags: &[&str], names: &[Literal]| best_literal(names, &Preference::new(tags)).unwrap().value().to_owned();
        assert_eq!(best(&["de"], &names), "Abfall");
        assert_eq!(best(&["fr"], &names), "Waste");
        assert_eq!(best(&["fr"], &[names[0].clone(), names[2].clone()]), "W");
        assert_eq!(best(&["fr"], &[names[0].clone(), names[3].clone()]), "Abfall");
    }

    #[test]
    fn a_plain_tag_is_better_than_one_that_refines_it() {
        let names = [tagged("formeel", "nl-be-x-formal"), tagged("gewoon", "nl")];
        assert_eq!(best_literal(&names, &Preference::new(["NL"])).unwrap().value(), "gewoon");
    }
}
