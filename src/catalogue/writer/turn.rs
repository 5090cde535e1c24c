//! The one writer: whoever has its turn writes for all who wait.
//!
//! Work stands in a queue. Who puts work in tries to take the turn; who has it takes what waits, writes it, and
//! answers, until nothing waits. So edits that arrive while the disk syncs share the next sync, and nobody waits on a
//! thread for a turn that another has.

use super::super::open::Catalogue;
use super::edit::{Changes, Edit, EditError, Edited};
use super::group::{Consequences, Group};
use super::submission::{Outcome, Submission};
use super::submit::SubmitError;
use crate::register::fail_point;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

/// How many edits share a sync at most, so that the first of them is not kept waiting by the last.
const MOST: usize = 64;

/// What is called with the answer.
type Answer<T, E> = Box<dyn FnOnce(Result<T, E>) + Send>;

/// What waits for the writer.
enum Work {
    Edit(Edit, Answer<Edited, EditError>),
    Submission(Submission, Answer<Outcome, SubmitError>),
}

/// The queue, and the turn.
#[derive(Default)]
pub(in crate::catalogue) struct Turn {
    waiting: Mutex<VecDeque<Work>>,
    held: Mutex<()>,
}

/// What is written at once.
enum Next {
    Edits(Vec<(Edit, Answer<Edited, EditError>)>),
    Submission(Submission, Answer<Outcome, SubmitError>),
}

impl Turn {
    fn waiting(&self) -> MutexGuard<'_, VecDeque<Work>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What comes next: the edits in front, or a submission. What is computed from the present state is written
    /// alone, since the graph does not show what others of its group wrote.
    fn next(&self) -> Option<Next> {
        let mut waiting = self.waiting();
        let mut edits = Vec::new();
        while edits.len() < MOST {
            let is_alone = match waiting.front() {
                Some(Work::Edit(edit, _)) => matches!(edit.changes, Changes::Computed(_)),
                _ => break,
            };
            if is_alone && !edits.is_empty() {
                break;
            }
            if let Some(Work::Edit(edit, answer)) = waiting.pop_front() {
                edits.push((edit, answer));
            }
            if is_alone {
                break;
            }
        }
        if !edits.is_empty() {
            return Some(Next::Edits(edits));
        }
        match waiting.pop_front()? {
            Work::Submission(submission, answer) => Some(Next::Submission(submission, answer)),
            Work::Edit(edit, answer) => Some(Next::Edits(vec![(edit, answer)])),
        }
    }
}

impl Catalogue {
    /// Puts an edit in the queue; `answer` is called with what became of it, once that is on disk and in the graph.
    /// Somebody has to [`Self::write_what_waits`] afterwards.
    pub fn enqueue(&self, edit: Edit, answer: impl FnOnce(Result<Edited, EditError>) + Send + 'static) {
        self.turn.waiting().push_back(Work::Edit(edit, Box::new(answer)));
    }

    /// Writes an edit.
    ///
    /// # Errors
    /// See [`EditError`]; nothing of it is written then.
    pub fn edit(&self, edit: Edit) -> Result<Edited, EditError> {
        let (sender, answer) = mpsc::sync_channel(1);
        // Nobody stops listening before the answer has come.
        self.enqueue(edit, move |result| drop(sender.send(result)));
        self.write_what_waits();
        answer.recv().map_err(|_| EditError::Lost)?
    }

    /// Writes what a submission says, whole or not at all. What is refused of it is in the
    /// outcome's `rejected` and leaves no trace; what changes nothing makes no version.
    ///
    /// # Errors
    /// See [`SubmitError`].
    pub fn submit(&self, submission: Submission) -> Result<Outcome, SubmitError> {
        let (sender, answer) = mpsc::sync_channel(1);
        let work = Work::Submission(submission, Box::new(move |result| drop(sender.send(result))));
        self.turn.waiting().push_back(work);
        self.write_what_waits();
        answer.recv().map_err(|_| SubmitError::Lost)?
    }

    /// Takes the writer's turn and writes until nothing waits; leaves it to another who has the turn.
    pub fn write_what_waits(&self) {
        loop {
            let turn = match self.turn.held.try_lock() {
                Ok(turn) => turn,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => return,
            };
            while let Some(next) = self.turn.next() {
                // Whoever waits for what went wrong hears that it was lost; the others go on.
                if catch_unwind(AssertUnwindSafe(|| self.write(next))).is_err() {
                    tracing::error!("a write went wrong, and was not taken");
                }
            }
            drop(turn);
            // Work that came in between the last look and now found the turn taken.
            if self.turn.waiting().is_empty() {
                return;
            }
        }
    }

    fn write(&self, next: Next) {
        match next {
            Next::Edits(edits) => self.write_edits(edits),
            Next::Submission(submission, answer) => answer(self.write_submission(submission)),
        }
    }

    /// Writes edits with one sync, lets the graph follow, and answers each.
    fn write_edits(&self, edits: Vec<(Edit, Answer<Edited, EditError>)>) {
        let (edits, answers): (Vec<Edit>, Vec<_>) = edits.into_iter().unzip();
        let results = match self.write_group(edits) {
            Ok(results) => results,
            Err(error) => answers.iter().map(|_| Err(EditError::Group(error.to_string()))).collect(),
        };
        for (answer, result) in answers.into_iter().zip(results) {
            answer(result);
        }
    }

    fn write_group(&self, edits: Vec<Edit>) -> Result<Vec<Result<Edited, EditError>>, EditError> {
        fail_point::reach("write-begun");
        let (mut results, consequences) = self.register.transact(|transaction| {
            let (shown, written) = (self.graph.revision(), transaction.snapshot().revision()?.number);
            if shown != written {
                return Err(EditError::GraphBehind { shown, written });
            }
            let mut group = Group::new(self, transaction);
            let results: Vec<_> = edits.into_iter().map(|edit| group.edit(edit)).collect();
            Ok((results, group.consequences()))
        })?;
        let Some(Consequences { delta, touched }) = consequences else { return Ok(results) };
        for (revision, touched) in touched {
            self.touches.note(revision, touched);
        }
        if let Err(error) = self.graph.apply(&delta) {
            for result in results.iter_mut().filter(|result| result.is_ok()) {
                *result = Err(EditError::graph_failed(delta.revision, &error));
            }
            return Ok(results);
        }
        fail_point::reach("graph-applied");
        self.renew_graph();
        Ok(results)
    }

    /// Gives back what the graph holds of what it no longer shows, where that is much.
    pub(super) fn renew_graph(&self) {
        if let Err(error) = self.graph.renew_if_wasteful() {
            tracing::warn!(cause = %error, "the graph keeps the memory of removed triples");
        }
    }
}
