//! A question put to a worker, and what comes of it.

use super::process::Process;
use super::protocol::{Asked, Frame, Frames, FromWorker, Searched, ToWorker, written};
use crate::graph::{Outside, Question, Receiver, Refusal, Shared};
use crate::text_index::Search;
use oxrdf::Variable;
use std::io;

/// What came of a question.
pub(super) enum Outcome {
    /// The whole answer.
    Answered,
    /// A reason why there is none, or no more of it.
    Refused(Refusal),
    /// Nobody takes the answer: it goes on where it is.
    Untaken(io::Error),
    /// It is not wanted, as its head told.
    Unwanted,
    /// The process ended before it heard the question.
    Unheard,
    /// The process ended.
    Died,
    /// The process breaks the protocol.
    Broken(io::Error),
}

/// A question, with those whom it may ask and who takes the answer.
pub(super) struct Asking<'a, R> {
    pub question: &'a Question,
    pub outside: &'a dyn Outside,
    /// Whether nobody waits for the answer any more.
    pub is_over: &'a dyn Fn() -> bool,
    pub receiver: &'a mut R,
}

impl<R: Receiver> Asking<'_, R> {
    /// Has a process follow the graph, asks the question, and passes the answer on. What of the sandbox does not hold goes to
    /// `note_open`.
    pub(super) fn put_to(
        &mut self,
        process: &mut Process,
        shared: &Shared,
        note_open: &dyn Fn(&[String]),
    ) -> io::Result<Outcome> {
        let waits_after_head = self.receiver.decides_by_head();
        let allowed = self.outside.allowed().iris().map(str::to_owned).collect();
        let asked = Asked::new(self.question, allowed, waits_after_head);
        let mut frames = Frames::default();
        process.follow(shared, &mut frames)?;
        frames.message(&ToWorker::Ask(asked))?;
        if process.connection.send(&mut frames).is_err() {
            return Ok(Outcome::Unheard);
        }
        let mut has_begun = false;
        loop {
            let message = match process.connection.receive()? {
                None if process.is_ready => return Ok(Outcome::Died),
                None => return Ok(Outcome::Unheard),
                Some(Frame::Message(message)) => message,
                Some(Frame::Bytes(piece)) if has_begun => {
                    if let Err(error) = self.receiver.write_all(&piece) {
                        return Ok(Outcome::Untaken(error));
                    }
                    continue;
                }
                Some(Frame::Bytes(_)) => return Ok(Outcome::Broken(io::Error::other("bytes before their head"))),
            };
            match message {
                FromWorker::Ready(open) => {
                    process.set_ready();
                    note_open(&open);
                }
                FromWorker::Begin(begun) => {
                    let Some(head) = begun.head(self.question).filter(|_| !has_begun) else {
                        return Ok(Outcome::Broken(io::Error::other("a head that fits no question")));
                    };
                    has_begun = true;
                    match self.receiver.begin(head) {
                        Ok(goes_on) if waits_after_head => process.connection.tell(&ToWorker::GoOn(goes_on))?,
                        Ok(true) => {}
                        Ok(false) => return Ok(Outcome::Unwanted),
                        Err(error) => return Ok(Outcome::Untaken(error)),
                    }
                }
                FromWorker::End => return Ok(Outcome::Answered),
                FromWorker::Refuse(refusal) => return Ok(Outcome::Refused(refusal)),
                FromWorker::Search(searched) => process.connection.tell(&self.search(&searched))?,
                FromWorker::Call { endpoint, query, variables } => {
                    let solved = self.call(&endpoint, &query, &variables);
                    process.connection.tell(&solved)?;
                }
            }
        }
    }

    fn search(&self, searched: &Searched) -> ToWorker {
        let search = Search {
            text: &searched.text,
            language: searched.language.as_deref(),
            property: searched.property.as_deref(),
            limit: searched.limit,
            each: searched.each,
        };
        let found = self.outside.search(&search, searched.at_least, self.is_over);
        ToWorker::Found(found.map_err(|error| Refusal::from(&error)))
    }

    fn call(&self, endpoint: &str, query: &str, variables: &[String]) -> ToWorker {
        let variables: Vec<Variable> = variables.iter().map(Variable::new_unchecked).collect();
        let solved = self.outside.ask(endpoint, query, &variables, self.is_over);
        ToWorker::Solved(solved.map(|solutions| written(&solutions)))
    }
}
