//! The one writer: everything by which anything gets into the register and the graph.
//!
//! | what | where |
//! |---|---|
//! | whose turn it is, and what shares a sync | `turn`, `group` |
//! | an edit of records, from what is wanted to what becomes of them | `edit`, `editing`, `updated`, `effect`, `draft` |
//! | what may become of a record, and by whom | `lifecycle`, `ownership`, `author`, `token`, `rules` |
//! | a submission of a source, merged into what is published | `submission`, `submit`, `writing`, `merge`, `split`, `verdict` |
//! | the shapes that all of it is held to | `gate` |
//! | which documents show something else afterwards | `touched` |

mod author;
mod draft;
mod edit;
mod editing;
mod effect;
mod gate;
mod group;
mod lifecycle;
mod merge;
mod ownership;
mod rules;
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
mod writing;

pub use author::{Author, NotAllowed, Role};
pub use edit::{
    Changes, Edit, EditError, Edited, EditedRecord, Numbered, Operation, Precondition, RecordChange, RequestKey, Target,
};
pub use editing::only_of;
pub use gate::{Gate, GateError};
pub use lifecycle::{IllegalStep, Status, UnknownStatus};
pub use ownership::OthersRecord;
pub use split::split;
pub use submission::{Batch, Difference, Outcome, Ownership, Rejection, Said, Submission};
pub use submit::SubmitError;
pub use token::{ListedToken, MadeToken, NewToken, NotKnown, TokenError, TokenState, TokenText};
pub(super) use touched::TouchLog;
pub(super) use turn::Turn;
pub use updated::{changed, record_after_update};
