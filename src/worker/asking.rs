//! A question put to a worker, and what comes of it.

use super::apart::apart;
use super::frame::{Frame, Frames, broken};
use super::process::Process;
use super::protocol::{Asked, Begun, FromWorker, Searched, ToWorker, written};
use crate::federation::CallError;
use crate::graph::{Head, Outside, Question, Refusal, RefusalKind, Shared};
use crate::text_index::Search;
use oxrdf::Variable;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Takes an answer that comes from a process: its head, then its bytes. What [`graph::Receiver`](crate::graph::Receiver) is
/// to an answer that is made here.
pub trait AsyncReceiver: Send {
    /// Whether [`begin`](Self::begin) may say that no byte is wanted: the process then waits for what it says.
    fn decides_by_head(&self) -> bool;

    /// Comes once, before the first byte; says whether any byte is wanted.
    ///
    /// # Errors
    /// Nobody listens any more.
    fn begin(&mut self, head: Head) -> io::Result<bool>;

    /// Takes the next bytes, when there is room for them.
    ///
    /// # Errors
    /// Nobody listens any more, or not soon enough.
    fn take(&mut self, bytes: &[u8]) -> impl Future<Output = io::Result<()>> + Send;
}

/// How long the only query that runs looks for its answer before it waits: most small ones are there by then.
const LOOK: Duration = Duration::from_millis(1);

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
    outside: &'a Arc<dyn Outside>,
    /// Whether nobody waits for the answer any more.
    is_over: &'a Arc<AtomicBool>,
    receiver: &'a mut R,
    /// Whether no other query runs.
    is_alone: bool,
    /// Whether anything came from the process because of the question.
    is_heard: bool,
    /// Whether the head of the answer came.
    has_begun: bool,
}

impl<'a, R: AsyncReceiver> Asking<'a, R> {
    pub(super) fn new(
        question: &'a Question,
        outside: &'a Arc<dyn Outside>,
        is_over: &'a Arc<AtomicBool>,
        receiver: &'a mut R,
        is_alone: bool,
    ) -> Self {
        Self { question, outside, is_over, receiver, is_alone, is_heard: false, has_begun: false }
    }

    /// Has a process follow the graph, asks the question, and passes the answer on. What of the sandbox does not hold goes to
    /// `note_open`.
    pub(super) async fn put_to(
        &mut self,
        process: &mut Process,
        shared: &Shared,
        note_open: &(dyn Fn(&[String]) + Sync),
    ) -> io::Result<Outcome> {
        if let Err(error) = self.send(process, shared).await {
            tracing::warn!(cause = %error, "a worker could not be told a question");
            return Ok(Outcome::Unheard);
        }
        if self.is_alone {
            process.connection.look(LOOK);
        }
        loop {
            let outcome = match process.connection.receive().await {
                Ok(Some(Frame::Message(FromWorker::Ready(open)))) => {
                    process.set_ready();
                    note_open(&open);
                    None
                }
                Ok(Some(Frame::Message(message))) => self.take(message, process).await?,
                Ok(Some(Frame::Bytes(piece))) => self.pass_on(&piece).await,
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

    async fn send(&self, process: &mut Process, shared: &Shared) -> io::Result<()> {
        let allowed = self.outside.allowed().iris().map(str::to_owned).collect();
        let mut frames = Frames::default();
        process.follow(shared, &mut frames)?;
        frames.message(&ToWorker::Ask(Asked::new(self.question, allowed, self.receiver.decides_by_head())))?;
        process.connection.send(&mut frames).await
    }

    /// Does what a message says; gives what came of the question where that is the last.
    async fn take(&mut self, message: FromWorker, process: &mut Process) -> io::Result<Option<Outcome>> {
        self.is_heard = true;
        let reply = match message {
            FromWorker::Ready(_) => return Err(broken("it is ready twice")),
            FromWorker::Begin(begun) => return self.begin(begun, process).await,
            FromWorker::End => return Ok(Some(Outcome::Answered)),
            FromWorker::Refuse(refusal) => return Ok(Some(Outcome::Refused(refusal))),
            FromWorker::Search(searched) => self.search(searched).await,
            FromWorker::Call { endpoint, query, variables } => self.call(endpoint, query, &variables).await,
        };
        process.connection.tell(&reply).await?;
        Ok(None)
    }

    async fn begin(&mut self, begun: Begun, process: &mut Process) -> io::Result<Option<Outcome>> {
        if self.has_begun {
            return Err(broken("an answer began twice"));
        }
        self.has_begun = true;
        let head = begun.head(self.question).ok_or_else(|| broken("an answer is in no syntax that was asked for"))?;
        match self.receiver.begin(head) {
            Ok(goes_on) if self.receiver.decides_by_head() => {
                process.connection.tell(&ToWorker::GoOn(goes_on)).await?;
                Ok(None)
            }
            Ok(true) => Ok(None),
            Ok(false) => Ok(Some(Outcome::Unwanted)),
            Err(error) => Ok(Some(Outcome::Untaken(error))),
        }
    }

    async fn pass_on(&mut self, piece: &[u8]) -> Option<Outcome> {
        if !self.has_begun {
            return Some(Outcome::Broken(broken("an answer came without its head")));
        }
        self.receiver.take(piece).await.err().map(Outcome::Untaken)
    }

    async fn search(&self, searched: Searched) -> ToWorker {
        let search = move |outside: &dyn Outside, is_over: &dyn Fn() -> bool| {
            let search = Search {
                text: &searched.text,
                language: searched.language.as_deref(),
                property: searched.property.as_deref(),
                limit: searched.limit,
                each: searched.each,
            };
            outside.search(&search, searched.at_least, is_over)
        };
        match self.apart(search).await {
            Ok(found) => ToWorker::Found(found.map_err(|error| Refusal::from(&error))),
            Err(detail) => ToWorker::Found(Err(Refusal { kind: RefusalKind::Internal, detail, position: None })),
        }
    }

    async fn call(&self, endpoint: String, query: String, variables: &[String]) -> ToWorker {
        let variables: Vec<Variable> = variables.iter().map(Variable::new_unchecked).collect();
        let asked = endpoint.clone();
        let call = move |outside: &dyn Outside, is_over: &dyn Fn() -> bool| {
            let solved = outside.ask(&asked, &query, &variables, is_over);
            solved.map(|solutions| written(&solutions))
        };
        match self.apart(call).await {
            Ok(solved) => ToWorker::Solved(solved),
            Err(reason) => ToWorker::Solved(Err(CallError::Unreadable { endpoint, reason })),
        }
    }

    /// Has others than the graph do something.
    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Outside, &dyn Fn() -> bool) -> T + Send + 'static,
    ) -> Result<T, String> {
        let (outside, is_over) = (Arc::clone(self.outside), Arc::clone(self.is_over));
        let work = move || work(outside.as_ref(), &|| is_over.load(Ordering::Relaxed));
        apart(work).await.map_err(|error| error.to_string())
    }
}
