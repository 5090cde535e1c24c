//! The server as a worker sees it: it takes the answer, and asks others for it.

use super::frame::{Frame, Frames, WorkerEnd, broken};
use super::protocol::{FromWorker, Searched, ToWorker, read};
use crate::federation::{AllowList, CallError, Solutions};
use crate::graph::{Head, Outside, QuestionError, Receiver, Refusal, RefusalKind, TextSearchError};
use crate::text_index::{Hit, Search};
use oxrdf::Variable;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// How many bytes of an answer are sent at once.
const PIECE: usize = 32 << 10;

/// Passes on what a query asks of others.
pub(super) struct Server {
    connection: Arc<Mutex<WorkerEnd>>,
    allowed: AllowList,
}

impl Server {
    /// For a query that may ask these endpoints, which the server checked.
    pub(super) fn new(connection: Arc<Mutex<WorkerEnd>>, allowed: &[String]) -> Self {
        let allowed = AllowList::new(&[], allowed, "").unwrap_or_default();
        Self { connection, allowed }
    }

    fn ask(&self, message: &FromWorker) -> io::Result<ToWorker> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.tell(message)?;
        reply(&mut connection)
    }
}

/// Waits for what the server says to what it was asked.
fn reply(connection: &mut WorkerEnd) -> io::Result<ToWorker> {
    match connection.receive()? {
        Some(Frame::Message(message)) => Ok(message),
        Some(Frame::Bytes(_)) => Err(broken("a step came in place of a reply")),
        None => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server has gone")),
    }
}

impl Outside for Server {
    /// The server knows itself when to stop.
    fn search(&self, search: &Search<'_>, at_least: u64, _: &dyn Fn() -> bool) -> Result<Vec<Hit>, TextSearchError> {
        let searched = Searched {
            text: search.text.to_owned(),
            language: search.language.map(str::to_owned),
            property: search.property.map(str::to_owned),
            limit: search.limit,
            each: search.each,
            at_least,
        };
        match self.ask(&FromWorker::Search(searched)) {
            Ok(ToWorker::Found(found)) => found.map_err(TextSearchError::Told),
            Ok(_) => Err(TextSearchError::Told(unheard(&"another reply came"))),
            Err(error) => Err(TextSearchError::Told(unheard(&error))),
        }
    }

    fn allowed(&self) -> &AllowList {
        &self.allowed
    }

    fn ask(
        &self,
        endpoint: &str,
        query: &str,
        variables: &[Variable],
        _: &dyn Fn() -> bool,
    ) -> Result<Arc<Solutions>, CallError> {
        let call = FromWorker::Call {
            endpoint: endpoint.to_owned(),
            query: query.to_owned(),
            variables: variables.iter().map(|variable| variable.as_str().to_owned()).collect(),
        };
        let Ok(ToWorker::Solved(solved)) = self.ask(&call) else { return Err(CallError::Stopped) };
        let unreadable =
            |error: &dyn ToString| CallError::Unreadable { endpoint: endpoint.to_owned(), reason: error.to_string() };
        Ok(Arc::new(read(solved?).map_err(|error| unreadable(&error))?))
    }
}

fn unheard(cause: &impl ToString) -> Refusal {
    Refusal { kind: RefusalKind::Internal, detail: cause.to_string(), position: None }
}

/// Sends an answer to the server.
pub(super) struct Reply {
    connection: Arc<Mutex<WorkerEnd>>,
    frames: Frames,
    waits_after_head: bool,
}

impl Reply {
    pub(super) fn new(connection: Arc<Mutex<WorkerEnd>>, waits_after_head: bool) -> Self {
        Self { connection, frames: Frames::default(), waits_after_head }
    }

    fn send(&mut self) -> io::Result<()> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner).send(&mut self.frames)
    }

    /// Ends the answer, with what was not sent yet.
    ///
    /// # Errors
    /// The server has gone.
    pub(super) fn end(mut self, result: Result<(), QuestionError>) -> io::Result<()> {
        match result {
            Ok(()) => self.frames.message(&FromWorker::End)?,
            Err(error) => self.frames.message(&FromWorker::Refuse(Refusal::from(&error)))?,
        }
        self.send()
    }
}

impl Receiver for Reply {
    fn begin(&mut self, head: Head) -> io::Result<bool> {
        self.frames.message(&FromWorker::Begin(head.into()))?;
        if !self.waits_after_head {
            return Ok(true);
        }
        self.send()?;
        match reply(&mut self.connection.lock().unwrap_or_else(PoisonError::into_inner))? {
            ToWorker::GoOn(goes_on) => Ok(goes_on),
            _ => Err(broken("the head of an answer had no reply")),
        }
    }
}

impl Write for Reply {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frames.extend(bytes);
        if self.frames.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    /// Nothing: a piece is sent when it is full.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
