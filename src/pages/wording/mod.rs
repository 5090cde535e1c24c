//! What pages say in each language of the interface.
//!
//! One file a language. Every sentence is a field of [`Wording`], so a language that lacks one does
//! not compile; where a count decides between singular and plural the field is a function of it.
//! Words that stand around a figure or a code on the page come as its parts, in order.

mod catalogue;
mod constraints;
mod desk;
mod dumps;
mod dutch;
mod english;
mod feed;
mod french;
mod german;
mod history;
mod kinds;
mod list_changes;
mod norwegian;
mod properties;
mod query;
mod second_list;
mod stored_queries;
mod swedish;
mod validation;

pub(super) use catalogue::CatalogueWords;
pub(super) use constraints::ConstraintNames;
pub(super) use desk::{ClockWords, DeskWords};
pub(super) use dumps::DumpsWords;
pub(super) use feed::FeedWords;
pub(super) use history::HistoryWords;
pub(super) use kinds::Kinds;
pub(super) use list_changes::ListChangesWords;
pub(super) use properties::{Ends, PropertyNames};
pub(super) use query::QueryWords;
pub(super) use second_list::SecondListWords;
pub(super) use stored_queries::StoredQueryWords;
pub(super) use validation::ValidationWords;

use super::entry::Standing;
use super::language::Language;
use super::site::Section;
use crate::harvest::atom::AtomWords;

/// Everything that pages say in one language.
pub(super) struct Wording {
    // Every page
    /// What the list is called.
    pub(super) title: &'static str,
    pub(super) skip: &'static str,
    pub(super) site: &'static str,
    pub(super) languages: &'static str,
    pub(super) breadcrumb: &'static str,
    pub(super) published_by: &'static str,
    /// Who publishes where nobody was set: with `published_by`.
    pub(super) unnamed_publisher: &'static str,
    pub(super) contact: &'static str,
    pub(super) licence: &'static str,
    pub(super) sections: Sections,
    pub(super) other_formats: &'static str,
    pub(super) profiles: &'static str,
    // The front page
    pub(super) promise: &'static str,
    pub(super) service_types: &'static str,
    pub(super) functions: &'static str,
    pub(super) code_lists: &'static str,
    pub(super) some_entries: &'static str,
    pub(super) ask_the_data: &'static str,
    pub(super) for_data_users: &'static str,
    pub(super) every_iri_begins_with: &'static str,
    /// A release of the list, by its name.
    pub(super) release: fn(&str) -> String,
    // Lists
    pub(super) lists_and_code_lists: &'static str,
    pub(super) by_name: &'static str,
    pub(super) by_letter: &'static str,
    pub(super) by_function: &'static str,
    pub(super) without_function: &'static str,
    /// What stands behind the number of entries.
    pub(super) entries: fn(usize) -> &'static str,
    /// `page` within a line, and `of` between two numbers.
    pub(super) page_of: (&'static str, &'static str),
    /// `Page` before the number of a page to go to.
    pub(super) to_page: &'static str,
    pub(super) ways_to_look: &'static str,
    pub(super) parts_of_page: &'static str,
    pub(super) pages_of_list: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    pub(super) about_list: &'static str,
    pub(super) this_list: &'static str,
    // Entries
    /// What stands before the name of the language that the title is in instead.
    pub(super) no_name_yet: &'static str,
    pub(super) deprecated: &'static str,
    pub(super) deprecated_means: &'static str,
    pub(super) superseded: &'static str,
    pub(super) superseded_means: &'static str,
    pub(super) withdrawn: &'static str,
    pub(super) withdrawn_means: &'static str,
    pub(super) use_instead: &'static str,
    pub(super) facts: &'static str,
    pub(super) lies_deeper: &'static str,
    pub(super) in_other_languages: &'static str,
    pub(super) no_language: &'static str,
    pub(super) former_names: &'static str,
    pub(super) former_names_are: &'static str,
    pub(super) name: &'static str,
    pub(super) from_release: &'static str,
    pub(super) until_release: &'static str,
    pub(super) not_known: &'static str,
    pub(super) refers_to_it: &'static str,
    /// What stands before and behind the number of those that are not shown.
    pub(super) and_more: fn(usize) -> (&'static str, &'static str),
    pub(super) about_record: &'static str,
    pub(super) this_record: &'static str,
    pub(super) version: &'static str,
    pub(super) changed: &'static str,
    // Queries
    pub(super) ask_in_sparql: &'static str,
    pub(super) sparql_query: &'static str,
    pub(super) run_query: &'static str,
    pub(super) prefixes: &'static str,
    pub(super) prefixes_are: &'static str,
    pub(super) prefix: &'static str,
    pub(super) namespace: &'static str,
    pub(super) for_programs: &'static str,
    pub(super) endpoint: &'static str,
    /// What stands before, between and behind `query` and `Accept`.
    pub(super) send_query: [&'static str; 3],
    pub(super) stored_queries: StoredQueryWords,
    // Problems
    pub(super) what_there_is: &'static str,
    // Names
    pub(super) kinds: Kinds,
    pub(super) properties: PropertyNames,
    /// A property seen from its values, where it has no name for that.
    pub(super) inverse_of: fn(&str) -> String,
    // Vocabularies and shapes
    pub(super) vocabulary: VocabularyWords,
    pub(super) shapes: ShapesWords,
    pub(super) constraints: ConstraintNames,
    pub(super) second_list: SecondListWords,
    pub(super) validation: ValidationWords,
    pub(super) desk: DeskWords,
    pub(super) catalogue: CatalogueWords,
    pub(super) dumps: DumpsWords,
    pub(super) feed: FeedWords,
    pub(super) history: HistoryWords,
    pub(super) list_changes: ListChangesWords,
    /// What the feed of changes says, which harvesters read.
    pub(super) atom: AtomWords,
    pub(super) query: QueryWords,
}

/// What the page of a vocabulary says.
pub(super) struct VocabularyWords {
    pub(super) vocabulary: &'static str,
    pub(super) classes: &'static str,
    pub(super) features: &'static str,
    pub(super) properties: &'static str,
    pub(super) about_document: &'static str,
    pub(super) this_document: &'static str,
}

/// What the page of shapes says.
pub(super) struct ShapesWords {
    pub(super) shapes: &'static str,
    pub(super) applies_to: &'static str,
    pub(super) what_must_hold: &'static str,
    pub(super) property: &'static str,
    pub(super) at_least: &'static str,
    pub(super) at_most: &'static str,
    pub(super) values: &'static str,
    pub(super) severity: &'static str,
    pub(super) message: &'static str,
    pub(super) violation: &'static str,
    pub(super) warning: &'static str,
    pub(super) info: &'static str,
}

/// What the parts of the site are called in its header.
pub(super) struct Sections {
    pub(super) services: &'static str,
    pub(super) second_list: &'static str,
    pub(super) functions: &'static str,
    pub(super) code_lists: &'static str,
    pub(super) desk: &'static str,
    pub(super) query: &'static str,
    pub(super) validation: &'static str,
}

impl Wording {
    /// What an entry is whose status keeps it from being used, and what that means.
    pub(super) fn standing(&self, standing: Standing) -> (&'static str, &'static str) {
        match standing {
            Standing::Deprecated => (self.deprecated, self.deprecated_means),
            Standing::Superseded => (self.superseded, self.superseded_means),
            Standing::Withdrawn => (self.withdrawn, self.withdrawn_means),
        }
    }

    /// What a part of the site is called.
    pub(super) fn section(&self, section: Section) -> &'static str {
        match section {
            Section::Services => self.sections.services,
            Section::SecondList => self.sections.second_list,
            Section::Functions => self.sections.functions,
            Section::CodeLists => self.sections.code_lists,
            Section::Desk => self.sections.desk,
            Section::Query => self.sections.query,
            Section::Validation => self.sections.validation,
        }
    }

    /// What the licence of a document is called.
    pub(super) fn licence_of_document(&self) -> &'static str {
        self.properties.licence.0
    }

    /// What stands before other documents that belong to one.
    pub(super) fn see_also(&self) -> &'static str {
        self.properties.see_also.0
    }

    /// What stands behind a number of entries.
    pub(super) fn entries(&self, count: usize) -> &'static str {
        (self.entries)(count)
    }

    /// What stands before and behind a number of records that are not shown.
    pub(super) fn and_more(&self, count: usize) -> (&'static str, &'static str) {
        (self.and_more)(count)
    }
}

impl Language {
    /// What pages say in this language.
    pub(super) const fn words(self) -> &'static Wording {
        match self {
            Self::English => &english::WORDING,
            Self::Dutch => &dutch::WORDING,
            Self::German => &german::WORDING,
            Self::Swedish => &swedish::WORDING,
            Self::Norwegian => &norwegian::WORDING,
            Self::French => &french::WORDING,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entry_is_singular_and_none_is_singular_in_french_alone() {
        for (language, expected) in [
            (Language::English, ["entries", "entry", "entries"]),
            (Language::Dutch, ["vermeldingen", "vermelding", "vermeldingen"]),
            (Language::German, ["Einträge", "Eintrag", "Einträge"]),
            (Language::Swedish, ["poster", "post", "poster"]),
            (Language::Norwegian, ["oppføringer", "oppføring", "oppføringer"]),
            (Language::French, ["entrée", "entrée", "entrées"]),
        ] {
            assert_eq!([0, 1, 2].map(|count| language.words().entries(count)), expected);
        }
    }
}
