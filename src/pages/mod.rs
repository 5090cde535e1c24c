//! HTML pages: pure functions from values to text.
//!
//! A page is a plain struct of strings; its function fills a template and gives the whole
//! document back. Nothing here reads a store, knows a request or does any input or output, so a
//! page can be tested and looked at without a server. Interface wording stands in
//! `wording`, once for each [`Language`]; every string from data carries its own language.
//!
//! What a page promises:
//!
//! * every text is escaped, and only http, https and relative addresses become links, besides the
//!   publisher's mail address ([`href`]);
//! * it is HTML whatever characters its texts hold;
//! * no script that runs, but for the query page's, which is whole without; no style but [`STYLESHEET`] and there
//!   [`QUERY_STYLESHEET`]; nothing inline, and nothing from elsewhere;
//! * it depends on nothing but the values it is made from;
//! * it names its publisher and licence, and links other formats and languages where it has any.

mod activities;
mod catalogue;
mod decision_table;
mod described;
mod desk;
mod document;
mod dumps;
mod entry;
mod fact;
mod feed;
mod history;
mod home;
pub mod href;
mod language;
mod list_changes;
mod listing;
pub mod lists;
mod opinion;
mod problem;
mod property;
mod publication;
mod query;
mod query_answer;
mod query_script;
pub mod record;
pub mod second_list;
mod shapes;
mod site;
mod statements;
mod stored_query;
mod validation;
mod vocabulary;
mod wording;

pub use activities::{Activities, ActivitiesPage, Activity, activities, activities_page};
pub use askama::Error as PageError;
pub use catalogue::{
    CataloguePage, CataloguePlace, DatasetEntry, EndpointEntry, FileEntry, catalogue, catalogue_page, catalogue_title,
    dataset_page,
};
pub use decision_table::{
    DecisionTablePage, PhaseRow, PhasesPage, RuleRow, decision_table, decision_table_page, phases, phases_page,
};
pub use desk::{
    Basis, ChannelRow, Choice, Choosing, ChosenOrganisation, DeskAsked, DeskCard, DeskContact, DeskDepartment,
    DeskOffer, DeskPage, DeskResult, DeskVerdict, Ground, Handling, Organisations, SearchOutcome, UnitVerdict, desk,
    desk_address, desk_page,
};
pub use dumps::{DumpRow, DumpsOfDataset, DumpsPage, DumpsSet, dumps, dumps_page, dumps_title};
pub use entry::{EntryPage, FormerName, Incoming, Notice, Standing, entry};
pub use fact::{Fact, Value};
pub use feed::{FeedPage, FeedRow, feed, feed_pagination, feed_parts, feed_rows, feed_title};
pub use history::{
    ChangedFact, ComparisonPage, HistoryPage, PastVersion, VersionRow, comparison, comparison_page, history,
    history_page, past_version,
};
pub use home::{Counts, HomePage, home};
pub use language::Language;
pub use list_changes::{ChangeRow, ChangeSection, ListChangesPage, list_changes, list_changes_page, way_to_changes};
pub use listing::{Group, Heading, ListPage, PageNumber, Pagination, View, listing};
pub use opinion::{Opinion, opinion, shown_judgements};
pub use problem::{ProblemPage, ToldViolation, problem};
pub use publication::Publication;
pub use query::{FIRST_QUERY, Prefix, QueryAnswer, QueryPage, query};
pub use query_answer::{Cell, SHOWN_SOLUTIONS, ShownAnswer, Solutions};
pub use query_script::{QUERY_SCRIPT, SCRIPT_LICENCES, query_script_name};
pub use second_list::{CoveragePage, ListHead, SecondListPage, coverage, second_list};
pub use shapes::{Constraint, Path, Shape, ShapesPage, shapes, shapes_of};
pub use site::{Alternate, Link, Place, Section, Site, Text, Translation};
pub use stored_query::{
    ParameterField, ParameterInput, StoredQueriesPage, StoredQueryPage, all_stored_queries, stored_queries,
    stored_query, title_of_stored_queries,
};
pub use validation::{EXAMPLES, Example, Finding, Format, Outcome, Refusal, ValidationPage, Verdict, validation};
pub use vocabulary::{DefinedTerm, VocabularyPage, vocabulary, vocabulary_of};

/// The stylesheet of all pages, served at `{root}assets/style.css` as `text/css`.
pub const STYLESHEET: &str = include_str!("assets/style.css");

/// What the query page has beside it, served at `{root}assets/query.css`.
pub const QUERY_STYLESHEET: &str = include_str!("assets/query.css");

#[cfg(test)]
mod tests;
