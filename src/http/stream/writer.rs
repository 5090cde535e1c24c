//! The end of an answer's way where its bytes come from.

use super::{Begun, CHUNK, Known, Part};
use crate::graph::{Head, QuestionError, Receiver};
use crate::http::queries::Slot;
use crate::worker::AsyncReceiver;
use axum::body::Bytes;
use std::io::{self, Write};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

/// The writing end.
pub(super) struct PartWriter {
    buffer: Vec<u8>,
    head: Option<Head>,
    known: Known,
    begun: Option<oneshot::Sender<Begun>>,
    parts: mpsc::Sender<Part>,
    pub deadline: Instant,
}

impl PartWriter {
    /// Tells through `begun` how an answer begins, and puts what does not go with that into `parts`.
    pub(super) fn new(
        known: Known,
        begun: oneshot::Sender<Begun>,
        parts: mpsc::Sender<Part>,
        deadline: Instant,
    ) -> Self {
        Self { buffer: Vec::new(), head: None, known, begun: Some(begun), parts, deadline }
    }

    /// Adds to the buffer; says whether that is full.
    fn add(&mut self, bytes: &[u8]) -> bool {
        self.buffer.extend_from_slice(bytes);
        self.buffer.len() >= CHUNK
    }

    /// Sends the buffer, and before the first the head.
    async fn send(&mut self) -> io::Result<()> {
        if let (Some(head), Some(begun)) = (self.head, self.begun.take()) {
            begun.send(Begun::Streaming(head)).map_err(|_| gone())?;
        }
        let chunk = Bytes::from(std::mem::take(&mut self.buffer));
        self.put(Part::Chunk(chunk)).await
    }

    /// Puts a part into the channel, waiting for a slow reader until the time is over.
    async fn put(&self, part: Part) -> io::Result<()> {
        match timeout_at(self.deadline, self.parts.send(part)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(gone()),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the reader is too slow")),
        }
    }

    /// Ends the answer: whole, in parts, or cut. Of one that comes at once the slot is free when its client has it.
    pub(super) async fn end(mut self, result: Result<(), QuestionError>, slot: Slot) -> io::Result<()> {
        match (result, self.begun.take(), self.head) {
            (Ok(()), Some(begun), Some(head)) => {
                drop(slot);
                drop(begun.send(Begun::Whole(head, self.buffer)));
                Ok(())
            }
            (Ok(()), _, _) => {
                if !self.buffer.is_empty() {
                    self.send().await?;
                }
                self.put(Part::End).await
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

impl AsyncReceiver for PartWriter {
    fn decides_by_head(&self) -> bool {
        !self.known.is_nothing()
    }

    fn begin(&mut self, head: Head) -> io::Result<bool> {
        self.head = Some(head);
        let is_known = self.known.includes(&head);
        if is_known && let Some(begun) = self.begun.take() {
            begun.send(Begun::Known(head)).map_err(|_| gone())?;
        }
        Ok(!is_known)
    }

    async fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.add(bytes) { self.send().await } else { Ok(()) }
    }
}

/// The writing end on a thread.
pub(super) struct BlockingWriter {
    pub writer: PartWriter,
    pub runtime: Handle,
}

impl Receiver for BlockingWriter {
    fn begin(&mut self, head: Head) -> io::Result<bool> {
        self.writer.begin(head)
    }
}

impl Write for BlockingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.writer.add(bytes) {
            self.runtime.block_on(self.writer.send())?;
        }
        Ok(bytes.len())
    }

    /// Nothing: chunks are sent when they are full.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
