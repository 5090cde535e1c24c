//! An answer that is counted while it is sent.

use super::kept::Keeping;
use super::watch::Watch;
use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::StatusCode;
use http_body::Frame;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// An answer that has more bytes than one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer has more than {0} bytes, the most that is sent; make the query more selective or add a LIMIT")]
pub(in crate::http) struct AnswerTooLarge(pub u64);

/// How many bytes have been sent, and how many may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    sent: u64,
    /// No limit where it is 0.
    most: u64,
}

impl Count {
    /// Nothing is sent yet.
    pub(super) fn new(most: u64) -> Self {
        Self { sent: 0, most }
    }

    /// Counts bytes that are to be sent.
    ///
    /// # Errors
    /// They are too many; they are not counted then.
    pub(super) fn add(&mut self, bytes: u64) -> Result<(), AnswerTooLarge> {
        let sent = self.sent.saturating_add(bytes);
        if self.most > 0 && sent > self.most {
            return Err(AnswerTooLarge(self.most));
        }
        self.sent = sent;
        Ok(())
    }

    /// How many have been sent.
    pub(super) fn sent(self) -> u64 {
        self.sent
    }
}

/// The body of an answer: breaks off where it becomes too large, tells the log how it ended, and is kept where it may be.
pub(super) struct Measured {
    /// Nothing once it has ended.
    inner: Option<Body>,
    count: Count,
    keeping: Option<Keeping>,
    watch: Option<Watch>,
}

impl Measured {
    /// Measures a body.
    pub(super) fn new(inner: Body, count: Count, keeping: Option<Keeping>, watch: Watch) -> Self {
        Self { inner: Some(inner), count, keeping, watch: Some(watch) }
    }

    /// Lets a chunk through.
    fn pass(&mut self, chunk: &Bytes) -> Result<(), AnswerTooLarge> {
        self.count.add(chunk.len() as u64)?;
        self.keeping = self.keeping.take().and_then(|keeping| keeping.with(chunk));
        Ok(())
    }

    /// Ends with an error. What is left of the answer is let go at once, which stops its query.
    fn cut(&mut self, error: BoxError) -> BoxError {
        self.inner = None;
        self.keeping = None;
        if let Some(watch) = self.watch.take() {
            watch.stopped(StatusCode::OK, self.count.sent(), &error);
        }
        error
    }

    fn end(&mut self) {
        self.inner = None;
        self.keeping.take().into_iter().for_each(Keeping::end);
        if let Some(watch) = self.watch.take() {
            watch.end(StatusCode::OK, self.count.sent());
        }
    }
}

impl HttpBody for Measured {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Some(inner) = &mut self.inner else { return Poll::Ready(None) };
        let next = ready!(Pin::new(inner).poll_frame(context));
        Poll::Ready(match next {
            None => {
                self.end();
                None
            }
            Some(Ok(frame)) => match frame.data_ref().map_or(Ok(()), |chunk| self.pass(chunk)) {
                Ok(()) => Some(Ok(frame)),
                Err(error) => Some(Err(self.cut(error.into()))),
            },
            Some(Err(error)) => Some(Err(self.cut(error.into_inner()))),
        })
    }
}
