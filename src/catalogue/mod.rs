//! The catalogue: the product's verbs over register and graph.
//!
//! It knows what a record is, who may say what of it, and in which order a write goes through
//! register and graph. It is the only layer that writes. It knows nothing of files, HTML or
//! HTTP. Start at [`Catalogue`].

mod address;
mod assessment;
mod changes;
mod citation;
mod country;
mod dataset;
mod dataset_changes;
mod decision_table;
mod desk;
mod document;
mod explained;
mod feed;
mod history;
mod hours;
mod listing;
mod mark;
mod members;
mod open;
mod organisation;
mod present;
mod provenance;
mod published;
mod release;
mod resource;
mod search;
mod second_list;
mod sitemap;
mod sought;
mod text_index;
mod verify;
mod writer;

pub use crate::register::{Draft, Revision, VersionEntry};
pub use address::{Base, BaseError, EDITORS, RecordName, code_of};
pub use assessment::{Assessment, Judgement};
pub use changes::{ChangeKind, ChangedEntry, EntryChange, ListChanges};
pub use citation::{Citation, CitationForm};
pub use dataset::{Dataset, DatasetOffers};
pub use dataset_changes::LastChanges;
pub use decision_table::{DecisionRule, Phase};
pub use desk::{Card, Contact, Delivery, Department, Offer};
pub use document::{Document, Incoming};
pub use explained::{Explained, Verdict};
pub use feed::{FeedChange, FeedEntry};
pub use history::{ChangedProperty, Comparison, Ends, History, Version};
pub use hours::{Hours, LocalTime, Opening};
pub use listing::{Group, Overview};
pub use members::{Members, MembersBack};
pub use open::{Catalogue, CatalogueError};
pub use present::Present;
pub use search::{Fit, Found};
pub use second_list::{Choices, Distribution, Filter, SecondListEntry};
pub use verify::{Verified, verify, verify_graph_made_anew, verify_kept_text_index};
pub use writer::{
    Author, Batch, Changes, Difference, Edit, EditError, Edited, EditedRecord, Gate, GateError, IllegalStep,
    ListedToken, MadeToken, NewToken, NotAllowed, NotKnown, Numbered, Operation, OthersRecord, Outcome, Ownership,
    Precondition, RecordChange, Rejection, RequestKey, Role, Said, Status, Submission, SubmitError, Target, TokenError,
    TokenState, TokenText, UnknownStatus, changed, only_of, record_after_update, split,
};
