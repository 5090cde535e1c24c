//! The languages that pages are worded in, and what languages call themselves.

use super::site::Text;
use crate::harvest::atom::AtomWords;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, which every name of the list exists in.
    English,
    /// Dutch.
    Dutch,
    /// German.
    German,
    /// Swedish.
    Swedish,
    /// Norwegian Bokmål.
    Norwegian,
    /// French.
    French,
}

impl Language {
    /// Every language, in the order in which pages offer them.
    pub const ALL: [Self; 6] = [Self::English, Self::Dutch, Self::German, Self::Swedish, Self::Norwegian, Self::French];

    /// Its language tag ([BCP 47](https://www.rfc-editor.org/info/bcp47)), in lower case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
            Self::German => "de",
            Self::Swedish => "sv",
            Self::Norwegian => "nb",
            Self::French => "fr",
        }
    }

    /// The tags under which its readers find data that they read, the best first.
    pub const fn data_tags(self) -> &'static [&'static str] {
        match self {
            Self::English => &["en"],
            Self::Dutch => &["nl"],
            Self::German => &["de"],
            Self::Swedish => &["sv"],
            // Norwegian without a written form, and its other one, are read before English.
            Self::Norwegian => &["nb", "no", "nn"],
            Self::French => &["fr"],
        }
    }

    /// The language of exactly this tag.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// What the language calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Dutch => "Nederlands",
            Self::German => "Deutsch",
            Self::Swedish => "svenska",
            Self::Norwegian => "norsk bokmål",
            Self::French => "français",
        }
    }

    /// What the European Service List is called in it.
    pub const fn title_of_list(self) -> &'static str {
        self.words().title
    }

    /// What a feed of what changed says in it.
    pub const fn atom_words(self) -> &'static AtomWords {
        &self.words().atom
    }

    /// Whether a tag names this language, in whatever case and for whatever region. `no` is the
    /// tag under which much Norwegian text stands.
    pub(super) fn is_tagged(self, tag: &str) -> bool {
        let primary = tag.split('-').next().unwrap_or(tag);
        primary.eq_ignore_ascii_case(self.code()) || (self == Self::Norwegian && primary.eq_ignore_ascii_case("no"))
    }

    /// A text of the interface in this language.
    pub(super) fn text(self, wording: impl Into<String>) -> Text {
        Text::tagged(wording, self.code())
    }
}

/// Languages that data come in besides those of the interface, by their own names.
const OTHERS: [(&str, &str); 22] = [
    ("bg", "български"),
    ("cs", "čeština"),
    ("da", "dansk"),
    ("el", "ελληνικά"),
    ("es", "español"),
    ("et", "eesti"),
    ("fi", "suomi"),
    ("ga", "Gaeilge"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("is", "íslenska"),
    ("it", "italiano"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("mt", "Malti"),
    ("nn", "norsk nynorsk"),
    ("no", "norsk"),
    ("pl", "polski"),
    ("pt", "português"),
    ("ro", "română"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
];

/// What the language of a tag calls itself, since that is what a reader looks for; the tag where
/// no name is known.
pub(super) fn name_of_tag(tag: &str) -> Text {
    let of_interface = Language::of_code(tag).map(Language::own_name);
    let name = of_interface.or_else(|| OTHERS.iter().find(|(code, _)| *code == tag).map(|(_, name)| *name));
    name.map_or_else(|| Text::plain(tag), |name| Text::tagged(name, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_exact_tag_alone() {
        for language in Language::ALL {
            assert_eq!(Language::of_code(language.code()), Some(language));
        }
        for tag in ["", "EN", "en-GB", "no", "nn", " nl"] {
            assert_eq!(Language::of_code(tag), None, "{tag:?}");
        }
    }

    #[test]
    fn a_tag_names_a_language_in_any_case_and_for_any_region() {
        assert!(Language::German.is_tagged("DE-at"));
        assert!(Language::Norwegian.is_tagged("no"));
        assert!(!Language::Norwegian.is_tagged("nn"));
        assert!(!Language::English.is_tagged("enm"));
    }

    #[test]
    fn languages_are_called_what_they_call_themselves() {
        assert_eq!(name_of_tag("sv"), Text::tagged("svenska", "sv"));
        assert_eq!(name_of_tag("fi"), Text::tagged("suomi", "fi"));
        assert_eq!(name_of_tag("nl-BE"), Text::plain("nl-BE"));
    }
}
