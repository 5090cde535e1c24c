//! An answer that is written while it is sent.
//!
//! A query runs on a thread with a stack deep enough for parser and planner, and hands its bytes
//! through a bounded channel: a slow reader slows the query, one that hangs up ends it. Up to the
//! first chunk a failure is a problem with a status; after it, it breaks the connection, so that a
//! cut answer never looks whole.

use super::problem::{Problem, ProblemType};
use super::queries::Slot;
use super::query_threads::QueryThreads;
use super::representation::REVISION;
use super::state::App;
use super::validators;
use crate::federation::{CallLimits, Calls};
use crate::graph::{Head, Question, QuestionError, Receiver, Stop};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::future::Future;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};
use tokio::runtime::Handle;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, Sleep, sleep_until, timeout_at};

/// The bytes of a chunk. The first is held back until it is full or the answer ends, so that most
/// failures still find the status unsent.
const CHUNK: usize = 32 << 10;

/// A query longer than this, in bytes, may use much of its stack: chains nest in the algebra.
const LARGE: usize = 8 << 10;

/// How long the request of the only query that runs looks for its answer before it goes to sleep:
/// most small queries are done by then, and waking a sleeper costs a third of what they do.
const LOOK: Duration = Duration::from_micros(500);

/// What a query's thread says first.
enum Begun {
    /// The whole answer.
    Whole(Head, Vec<u8>),
    /// The answer will come through the channel.
    Streaming(Head),
    /// The client has the answer already.
    Known(Head),
    /// There is none.
    Refused(QuestionError),
}

/// What goes through the channel.
enum Part {
    Chunk(Bytes),
    /// The answer is whole. A channel that closes without it was cut.
    End,
}

/// Answers a question within the time that the settings allow, keeping its slot until its evaluation has ended; with 304
/// where `headers` name the answer's entity tag.
pub(super) async fn respond(
    app: &App,
    question: Question,
    headers: &HeaderMap,
    slot: Slot,
) -> Result<Response, Problem> {
    let is_alone = slot.is_alone();
    let deadline = Instant::now() + app.settings.queries.time;
    let stop = StopWhenDropped::default();
    let (begun, mut begins) = oneshot::channel();
    let (parts, body) = mpsc::channel(4);
    let calls = Calls::new(app.settings.services.clone(), CallLimits::default(), deadline.into_std());
    // A process has a stack of its own.
    let is_large = app.workers.is_none() && is_large(question.text.len());
    let stopped = stop.stop();
    let server = app.clone();
    let tags = Tags::new(app);
    let mut writer = PartWriter {
        buffer: Vec::new(),
        head: None,
        known: headers.get_all(header::IF_NONE_MATCH).iter().cloned().collect(),
        tags,
        begun: Some(begun),
        parts,
        deadline,
        runtime: Handle::current(),
    };
    let work = move || {
        let outside = server.served.graph().outside(calls);
        let result = match &server.workers {
            Some(workers) => workers.answer(&question, &outside, &stopped, deadline.into_std(), &mut writer),
            None => server.served.graph().answer_with(&question, Arc::new(outside), &stopped, &mut writer),
        };
        // Nobody listens any more if this fails; the answer is then of no use to anyone.
        drop(writer.end(result, slot));
    };
    if is_large {
        QueryThreads::run_apart(Box::new(work))?;
    } else {
        app.query_threads.run(Box::new(work))?;
    }
    let seen = if is_alone { look(&mut begins) } else { None };
    let first = match seen {
        Some(begun) => Ok(Ok(begun)),
        None => timeout_at(deadline, begins).await,
    };
    match first {
        Ok(Ok(Begun::Whole(head, bytes))) => Ok(with_head(head, tags, Body::from(bytes))),
        Ok(Ok(Begun::Streaming(head))) => {
            let body = Streamed { parts: body, deadline: Box::pin(sleep_until(deadline)), _stop: stop };
            Ok(with_head(head, tags, Body::new(body)))
        }
        Ok(Ok(Begun::Known(head))) => {
            let mut response = with_head(head, tags, Body::empty());
            response.headers_mut().remove(header::CONTENT_TYPE);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            Ok(response)
        }
        Ok(Ok(Begun::Refused(QuestionError::Stopped))) | Err(_) => {
            let seconds = app.settings.queries.time.as_secs_f32();
            let detail = format!("the query ran longer than {seconds} s; make it more selective or add a LIMIT");
            Err(Problem::new(ProblemType::QueryTimeout, detail))
        }
        Ok(Ok(Begun::Refused(error))) => Err(error.into()),
        Ok(Err(gone)) => Err(io::Error::other(gone).into()),
    }
}

/// Whether a text of `length` bytes may use much of its stack.
pub(super) fn is_large(length: usize) -> bool {
    length > LARGE
}

/// Looks for an answer for a moment, letting other threads run between looks.
fn look(begins: &mut oneshot::Receiver<Begun>) -> Option<Begun> {
    let start = Instant::now();
    while start.elapsed() < LOOK {
        match begins.try_recv() {
            Ok(begun) => return Some(begun),
            Err(TryRecvError::Closed) => return None,
            Err(TryRecvError::Empty) => std::thread::yield_now(),
        }
    }
    None
}

/// Stops the work when nobody waits for it any more: the request was dropped, or its body.
#[derive(Default)]
pub(super) struct StopWhenDropped(Stop);

impl StopWhenDropped {
    /// What the work looks at.
    pub(super) fn stop(&self) -> Stop {
        self.0.clone()
    }
}

impl Drop for StopWhenDropped {
    fn drop(&mut self) {
        self.0.now();
    }
}

/// Entity tags of answers. They are weak: the same answer may come in another order. One names the revision, the start of the
/// process, since other data may have had that revision before it, and the syntax, since every syntax has the same address.
#[derive(Clone, Copy)]
struct Tags {
    started: u64,
}

impl Tags {
    fn new(app: &App) -> Self {
        let since = app.started.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self { started: since.as_secs() << 20 | u64::from(since.subsec_micros()) }
    }

    /// The tag of an answer, without `W/`; none where the answer is another each time.
    fn of(self, head: &Head) -> Option<HeaderValue> {
        let tag = format!("\"{}-{:x}-{}\"", head.revision, self.started, head.answer.extension());
        HeaderValue::from_str(&tag).ok().filter(|_| head.is_settled)
    }
}

fn with_head(head: Head, tags: Tags, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(head.answer.media_type()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    headers.insert(REVISION, HeaderValue::from(head.revision));
    let tag = tags.of(&head).and_then(|tag| HeaderValue::from_str(&format!("W/{}", tag.to_str().ok()?)).ok());
    // Whoever keeps an answer asks each time whether it still holds.
    let keeping = if tag.is_some() { "no-cache" } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping));
    if let Some(tag) = tag {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The writing end, on the query's thread.
struct PartWriter {
    buffer: Vec<u8>,
    head: Option<Head>,
    /// What the client's `If-None-Match` says.
    known: Vec<HeaderValue>,
    tags: Tags,
    begun: Option<oneshot::Sender<Begun>>,
    parts: mpsc::Sender<Part>,
    deadline: Instant,
    runtime: Handle,
}

impl PartWriter {
    /// Sends the buffer, and before the first the head.
    fn send(&mut self) -> io::Result<()> {
        if let (Some(head), Some(begun)) = (self.head, self.begun.take()) {
            begun.send(Begun::Streaming(head)).map_err(|_| gone())?;
        }
        let chunk = Bytes::from(std::mem::take(&mut self.buffer));
        self.put(Part::Chunk(chunk))
    }

    /// Puts a part into the channel, waiting for a slow reader until the time is over.
    fn put(&self, part: Part) -> io::Result<()> {
        // The timer must be made inside the runtime, so the whole wait is a block of its own.
        match self.runtime.block_on(async { timeout_at(self.deadline, self.parts.send(part)).await }) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(gone()),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the reader is too slow")),
        }
    }

    /// Ends the answer: whole, in parts, or cut. Of one that comes at once the slot is free when its client has it.
    fn end(mut self, result: Result<(), QuestionError>, slot: Slot) -> io::Result<()> {
        match (result, self.begun.take(), self.head) {
            (Ok(()), Some(begun), Some(head)) => {
                drop(slot);
                drop(begun.send(Begun::Whole(head, self.buffer)));
                Ok(())
            }
            (Ok(()), _, _) => {
                if !self.buffer.is_empty() {
                    self.send()?;
                }
                self.put(Part::End)
            }
            (Err(error), Some(begun), _) => {
                drop(slot);
                drop(begun.send(Begun::Refused(error)));
                Ok(())
            }
            (Err(error), None, _) => {
                tracing::info!(cause = %error, "an answer was cut");
                Ok(())
            }
        }
    }
}

fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the reader has gone")
}

impl Receiver for PartWriter {
    fn decides_by_head(&self) -> bool {
        !self.known.is_empty()
    }

    fn begin(&mut self, head: Head) -> io::Result<bool> {
        self.head = Some(head);
        let is_known =
            self.tags.of(&head).is_some_and(|tag| self.known.iter().any(|known| validators::names(known, &tag)));
        if is_known && let Some(begun) = self.begun.take() {
            begun.send(Begun::Known(head)).map_err(|_| gone())?;
        }
        Ok(!is_known)
    }
}

impl Write for PartWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.send()?;
        }
        Ok(bytes.len())
    }

    /// Nothing: chunks are sent when they are full.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The reading end, as the body of the answer.
struct Streamed {
    parts: mpsc::Receiver<Part>,
    deadline: Pin<Box<Sleep>>,
    _stop: StopWhenDropped,
}

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, io::Error>>> {
        match self.parts.poll_recv(context) {
            Poll::Ready(Some(Part::Chunk(chunk))) => Poll::Ready(Some(Ok(http_body::Frame::data(chunk)))),
            Poll::Ready(Some(Part::End)) => Poll::Ready(None),
            Poll::Ready(None) => Poll::Ready(Some(Err(io::Error::other("the answer was cut")))),
            Poll::Pending => self.deadline.as_mut().poll(context).map(|()| {
                let over = io::Error::new(io::ErrorKind::TimedOut, "the query ran out of time");
                Some(Err(over))
            }),
        }
    }
}
