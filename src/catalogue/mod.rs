//! The catalogue: the product's verbs over register and graph.
//!
//! It knows what a record is, who may say what of it, and in which order a write goes through
//! register and graph. It is the only layer that writes. It knows nothing of files, HTML or
//! HTTP. Start at [`Catalogue`].

mod address;
mod assessment;
mod author;
mod changes;
mod decision_table;
mod desk;
mod document;
mod draft;
mod edit;
mod editing;
mod effect;
mod explained;
mod gate;
mod group;
mod history;
mod hours;
mod lifecycle;
mod listing;
mod merge;
mod open;
mod organisation;
mod ownership;
mod present;
mod provenance;
mod release;
mod resource;
mod rules;
mod search;
mod second_list;
mod sought;
mod split;
mod submission;
mod submit;
#[cfg(test)]
mod tests;
mod token;
mod touched;
mod turn;
mod updated;
mod verdict;
mod verify;
mod writing;

pub use crate::register::Draft;
pub use address::{Base, BaseError, EDITORS, RecordName, code_of};
pub use assessment::{Assessment, Judgement};
pub use author::{Author, NotAllowed, Role};
pub use changes::{ChangeKind, ChangedEntry, EntryChange, ListChanges};
pub use decision_table::{DecisionRule, Phase};
pub use desk::{Card, Contact, Delivery, Department, Offer};
pub use document::{Document, Incoming};
pub use edit::{
    Changes, Edit, EditError, Edited, EditedRecord, Numbered, Operation, Precondition, RecordChange, RequestKey, Target,
};
pub use editing::only_of;
pub use explained::{Explained, Verdict};
pub use gate::{Gate, GateError};
pub use history::{ChangedProperty, Comparison, Ends, History, Version};
pub use hours::{Hours, LocalTime, Opening};
pub use lifecycle::{IllegalStep, Status, UnknownStatus};
pub use listing::{Group, Overview};
pub use open::{Catalogue, CatalogueError};
pub use ownership::OthersRecord;
pub use present::Present;
pub use search::{Fit, Found};
pub use second_list::{Choices, Distribution, Filter, SecondListEntry};
pub use split::split;
pub use submission::{Batch, Difference, Outcome, Ownership, Rejection, Said, Submission};
pub use submit::SubmitError;
pub use token::{ListedToken, MadeToken, NewToken, NotKnown, TokenError, TokenState, TokenText};
pub use updated::{changed, record_after_update};
pub use verify::{Verified, verify, verify_graph_made_anew};
