//! An answer that is written while it is sent.
//!
//! A query runs on a thread of its own, with a stack deep enough for parser and planner, and
//! hands its bytes through a bounded channel: a slow reader slows the query, one that hangs up
//! ends it. Up to the first chunk a failure is a problem with a status; after it, it breaks the
//! connection, so that a cut answer never looks whole.

use super::problem::{Problem, ProblemType};
use super::query_threads::QueryThreads;
use super::representation::REVISION;
use super::state::App;
use crate::graph::{Head, Question, QuestionError, Receiver, Stop};
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// The bytes of a chunk. The first is held back until it is full or the answer ends, so that most
/// failures still find the status unsent.
const CHUNK: usize = 32 << 10;

/// How long a request waits for its turn when as many queries run as may.
const TURN: Duration = Duration::from_secs(2);

/// How long after its time a query may still say so itself.
const GRACE: Duration = Duration::from_secs(2);

/// A query longer than this, in bytes, may use much of its stack: chains nest in the algebra.
const LARGE: usize = 8 << 10;

/// What a query's thread says first.
enum Begun {
    /// The whole answer.
    Whole(Head, Vec<u8>),
    /// The answer will come through the channel.
    Streaming(Head),
    /// There is none.
    Refused(QuestionError),
}

/// Answers a question, within the time and the number of queries that the settings allow.
pub(super) async fn respond(app: &App, question: Question) -> Result<Response, Problem> {
    let turn = tokio::time::timeout(TURN, std::sync::Arc::clone(&app.query_slots).acquire_owned()).await;
    let Ok(Ok(slot)) = turn else {
        let detail = format!("{} queries are running, as many as may", app.settings.queries.at_once);
        return Err(Problem::new(ProblemType::TooBusy, detail));
    };
    let stop = StopWhenDropped(Stop::new());
    let (begun, begins) = oneshot::channel();
    let (chunks, body) = mpsc::channel(4);
    let (running, ended) = oneshot::channel::<()>();
    let data = app.data.clone();
    let is_large = question.text.len() > LARGE;
    let stopped = stop.0.clone();
    let work = move || {
        let mut writer = ChunkWriter { buffer: Vec::new(), head: None, begun: Some(begun), chunks };
        let result = data.graph().answer(&question, &stopped, &mut writer);
        // Nobody listens any more if this fails; the answer is then of no use to anyone.
        drop(writer.end(result));
        drop((slot, running));
    };
    if is_large {
        QueryThreads::run_apart(Box::new(work))?;
    } else {
        app.query_threads.run(Box::new(work))?;
    }
    let limit = app.settings.queries.time;
    tokio::spawn(stop_after(limit, stop.0.clone(), ended));
    match tokio::time::timeout(limit + GRACE, begins).await {
        Ok(Ok(Begun::Whole(head, bytes))) => Ok(with_head(head, Body::from(bytes))),
        Ok(Ok(Begun::Streaming(head))) => Ok(with_head(head, Body::new(Streamed { chunks: body, _stop: stop }))),
        Ok(Ok(Begun::Refused(QuestionError::Stopped))) | Err(_) => {
            let detail =
                format!("the query ran longer than {} s; make it more selective or add a LIMIT", limit.as_secs_f32());
            Err(Problem::new(ProblemType::QueryTimeout, detail))
        }
        Ok(Ok(Begun::Refused(error))) => Err(error.into()),
        Ok(Err(gone)) => Err(io::Error::other(gone).into()),
    }
}

/// Stops the query when its time is over, unless it ended before.
async fn stop_after(limit: Duration, stop: Stop, ended: oneshot::Receiver<()>) {
    if tokio::time::timeout(limit, ended).await.is_err() {
        stop.now();
    }
}

/// Stops the query when nobody waits for it any more: the request was dropped, or its body.
struct StopWhenDropped(Stop);

impl Drop for StopWhenDropped {
    fn drop(&mut self) {
        self.0.now();
    }
}

fn with_head(head: Head, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(head.answer.media_type()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    headers.insert(REVISION, HeaderValue::from(head.revision));
    if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{}\"", head.revision)) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The writing end, on the query's thread.
struct ChunkWriter {
    buffer: Vec<u8>,
    head: Option<Head>,
    begun: Option<oneshot::Sender<Begun>>,
    chunks: mpsc::Sender<io::Result<Bytes>>,
}

impl ChunkWriter {
    fn send(&mut self) -> io::Result<()> {
        let gone = || io::Error::new(io::ErrorKind::BrokenPipe, "the reader has gone");
        if let (Some(head), Some(begun)) = (self.head, self.begun.take()) {
            begun.send(Begun::Streaming(head)).map_err(|_| gone())?;
        }
        let chunk = Bytes::from(std::mem::take(&mut self.buffer));
        self.chunks.blocking_send(Ok(chunk)).map_err(|_| gone())
    }

    /// Ends the answer: whole, in pieces, or broken.
    fn end(mut self, result: Result<(), QuestionError>) -> io::Result<()> {
        match (result, self.begun.take(), self.head) {
            (Ok(()), Some(begun), Some(head)) => {
                drop(begun.send(Begun::Whole(head, self.buffer)));
                Ok(())
            }
            (Ok(()), _, _) => self.send(),
            (Err(error), Some(begun), _) => {
                drop(begun.send(Begun::Refused(error)));
                Ok(())
            }
            (Err(error), None, _) => {
                tracing::info!(cause = %error, "an answer was cut");
                drop(self.chunks.blocking_send(Err(io::Error::other(error))));
                Ok(())
            }
        }
    }
}

impl Receiver for ChunkWriter {
    fn begin(&mut self, head: Head) -> io::Result<()> {
        self.head = Some(head);
        Ok(())
    }
}

impl Write for ChunkWriter {
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
    chunks: mpsc::Receiver<io::Result<Bytes>>,
    _stop: StopWhenDropped,
}

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, io::Error>>> {
        self.chunks.poll_recv(context).map(|chunk| chunk.map(|chunk| chunk.map(http_body::Frame::data)))
    }
}
