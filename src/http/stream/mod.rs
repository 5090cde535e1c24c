//! An answer that is written while it is sent.
//!
//! A query runs in a process of its own, or on a thread with a stack deep enough for parser and planner, and hands its
//! bytes through a bounded channel: a slow reader slows the query, one that hangs up ends it. Up to the first chunk a
//! failure is a problem with a status; after it, it breaks the connection, so that a cut answer never looks whole.

mod brief;
mod writer;

use super::problem::{Problem, ProblemType};
use super::queries::Slot;
use super::query_threads::QueryThreads;
use super::representation::REVISION;
use super::state::App;
use super::validators;
use crate::federation::{CallLimits, Calls};
use crate::graph::{Head, Outside, Question, QuestionError, Stop};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::SystemTime;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, Sleep, sleep_until, timeout_at};
use writer::{BlockingWriter, PartWriter};

/// The bytes of a chunk. The first is held back until it is full or the answer ends, so that most
/// failures still find the status unsent.
const CHUNK: usize = 32 << 10;

/// A query longer than this, in bytes, may use much of its stack: chains nest in the algebra.
const LARGE: usize = 8 << 10;

/// How an answer begins.
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
    let deadline = Instant::now() + app.settings.queries.time;
    let stop = StopWhenDropped::default();
    let tags = Tags::new(app);
    let known = Known { entity_tags: headers.get_all(header::IF_NONE_MATCH).iter().cloned().collect(), tags };
    let (parts, body) = mpsc::channel(4);
    let first = if let Some(begun) = brief::answer(app.served.graph(), &question, &known) {
        Ok(Ok(begun))
    } else {
        let (begun, begins) = oneshot::channel();
        let writer = PartWriter::new(known, begun, parts, deadline);
        Work { question, writer, stop: stop.stop(), slot }.begin(app)?;
        timeout_at(deadline, begins).await
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

/// A question with all that its answer needs.
struct Work {
    question: Question,
    writer: PartWriter,
    stop: Stop,
    slot: Slot,
}

impl Work {
    /// Begins the answer, in a worker or here.
    fn begin(self, app: &App) -> io::Result<()> {
        if app.workers.is_some() {
            tokio::spawn(self.in_worker(app.clone()));
            Ok(())
        } else {
            self.on_thread(app)
        }
    }

    fn outside(&self, app: &App) -> Arc<dyn Outside> {
        let deadline = self.writer.deadline.into_std();
        let calls = Calls::new(app.settings.services.clone(), CallLimits::default(), deadline);
        Arc::new(app.served.graph().outside(calls))
    }

    /// Has a worker answer.
    async fn in_worker(mut self, app: App) {
        let Some(workers) = &app.workers else { return };
        let (outside, deadline) = (self.outside(&app), self.writer.deadline.into_std());
        let result = workers.answer(&self.question, outside, &self.stop, deadline, &mut self.writer).await;
        // Nobody listens any more if this fails; the answer is then of no use to anyone.
        drop(self.writer.end(result, self.slot).await);
    }

    /// Answers here, on a thread.
    fn on_thread(self, app: &App) -> io::Result<()> {
        let (outside, server, runtime) = (self.outside(app), app.clone(), Handle::current());
        let is_large = is_large(self.question.text.len());
        let work = move || {
            let mut writer = BlockingWriter { writer: self.writer, runtime };
            let result = server.served.graph().answer_with(&self.question, outside, &self.stop, &mut writer);
            let BlockingWriter { writer, runtime } = writer;
            drop(runtime.block_on(writer.end(result, self.slot)));
        };
        if is_large { QueryThreads::run_apart(Box::new(work)) } else { app.query_threads.run(Box::new(work)) }
    }
}

/// Whether a text of `length` bytes may use much of its stack.
pub(super) fn is_large(length: usize) -> bool {
    length > LARGE
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

/// What a client has already.
struct Known {
    /// The values of its `If-None-Match`.
    entity_tags: Vec<HeaderValue>,
    tags: Tags,
}

impl Known {
    fn is_nothing(&self) -> bool {
        self.entity_tags.is_empty()
    }

    fn includes(&self, head: &Head) -> bool {
        !self.is_nothing()
            && self.tags.of(head).is_some_and(|tag| self.entity_tags.iter().any(|known| validators::names(known, &tag)))
    }

    #[cfg(test)]
    fn nothing() -> Self {
        Self { entity_tags: Vec::new(), tags: Tags { started: 0 } }
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
