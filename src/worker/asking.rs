//! A question put to a worker, and what comes of it.

use super::process::Process;
use super::protocol::{Asked, Begun, Frame, Frames, FromWorker, Searched, ToWorker, broken, written};
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
    question: &'a Question,
    outside: &'a dyn Outside,
    /// Whether nobody waits for the answer any more.
    is_over: &'a dyn Fn() -> bool,
    receiver: &'a mut R,
    /// Whether anything came from the process because of the question.
    is_heard: bool,
    /// Whether the head of the answer came.
    has_begun: bool,
}

impl<'a, R: Receiver> Asking<'a, R> {
    pub(super) fn new(
        question: &'a Question,
        outside: &'a dyn Outside,
        is_over: &'a dyn Fn() -> bool,
        receiver: &'a mut R,
    ) -> Self {
        Self { question, outside, is_over, receiver, is_heard: false, has_begun: false }
    }

    /// Has a process follow the graph, asks the question, and passes the answer on. What of the sandbox does not hold goes to
    /// `note_open`.
    pub(super) fn put_to(
        &mut self,
        process: &mut Process,
        shared: &Shared,
        note_open: &dyn Fn(&[String]),
    ) -> io::Result<Outcome> {
        if self.send(process, shared).is_err() {
            return Ok(Outcome::Unheard);
        }
        loop {
            let outcome = match process.connection.receive() {
                Ok(Some(Frame::Message(FromWorker::Ready(open)))) => {
                    process.set_ready();
                    note_open(&open);
                    None
                }
                Ok(Some(Frame::Message(message))) => self.take(message, process)?,
                Ok(Some(Frame::Bytes(piece))) => self.pass_on(&piece),
                Ok(None) if process.is_ready => Some(Outcome::Died),
                Ok(None) => Some(Outcome::Unheard),
                // It ended and left something unread: the question, if nothing came for it.
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset && !self.is_heard => {
                    Some(Outcome::Unheard)
                }
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => Some(Outcome::Died),
                Err(error) => return Err(error),
            };
            if let Some(outcome) = outcome {
                return Ok(outcome);
            }
        }
    }

    fn send(&self, process: &mut Process, shared: &Shared) -> io::Result<()> {
        let allowed = self.outside.allowed().iris().map(str::to_owned).collect();
        let mut frames = Frames::default();
        process.follow(shared, &mut frames)?;
        frames.message(&ToWorker::Ask(Asked::new(self.question, allowed, self.receiver.decides_by_head())))?;
        process.connection.send(&mut frames)
    }

    /// Does what a message says; gives what came of the question where that is the last.
    fn take(&mut self, message: FromWorker, process: &mut Process) -> io::Result<Option<Outcome>> {
        self.is_heard = true;
        let reply = match message {
            FromWorker::Ready(_) => return Err(broken("it is ready twice")),
            FromWorker::Begin(begun) => return self.begin(begun, process),
            FromWorker::End => return Ok(Some(Outcome::Answered)),
            FromWorker::Refuse(refusal) => return Ok(Some(Outcome::Refused(refusal))),
            FromWorker::Search(searched) => self.search(&searched),
            FromWorker::Call { endpoint, query, variables } => self.call(&endpoint, &query, &variables),
        };
        process.connection.tell(&reply)?;
        Ok(None)
    }

    fn begin(&mut self, begun: Begun, process: &mut Process) -> io::Result<Option<Outcome>> {
        if self.has_begun {
            return Err(broken("an answer began twice"));
        }
        self.has_begun = true;
        let head = begun.head(self.question).ok_or_else(|| broken("an answer is in no syntax that was asked for"))?;
        match self.receiver.begin(head) {
            Ok(goes_on) if self.receiver.decides_by_head() => {
                process.connection.tell(&ToWorker::GoOn(goes_on))?;
                Ok(None)
            }
            Ok(true) => Ok(None),
            Ok(false) => Ok(Some(Outcome::Unwanted)),
            Err(error) => Ok(Some(Outcome::Untaken(error))),
        }
    }

    fn pass_on(&mut self, piece: &[u8]) -> Option<Outcome> {
        if !self.has_begun {
            return Some(Outcome::Broken(broken("an answer came without its head")));
        }
        self.receiver.write_all(piece).err().map(Outcome::Untaken)
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
