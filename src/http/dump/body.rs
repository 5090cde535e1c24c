//! Pieces of a file as the body of an answer, read while they are sent.
//!
//! Each chunk is read on one of the threads that wait for disks, when the client has taken the one before. So a client that
//! is slow, or gone, keeps no thread waiting, and no more of a file is in memory than a chunk for each client.

use axum::body::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::collections::VecDeque;
use std::fs::File;
use std::future::Future;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::task::JoinHandle;

/// How many bytes are read at once.
const CHUNK: u64 = 128 << 10;

/// A piece of a body.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Bytes that are here.
    Text(Bytes),
    /// Bytes of the file.
    File(Range<u64>),
}

impl Piece {
    fn length(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64,
            Self::File(range) => range.end.saturating_sub(range.start),
        }
    }
}

/// The body of an answer.
pub(super) struct Pieces {
    file: Arc<File>,
    /// What is still to be sent.
    queue: VecDeque<Piece>,
    reading: Option<JoinHandle<io::Result<Bytes>>>,
    left: u64,
}

impl Pieces {
    pub(super) fn new(file: File, pieces: impl IntoIterator<Item = Piece>) -> Self {
        let queue: VecDeque<Piece> = pieces.into_iter().collect();
        let left = queue.iter().map(Piece::length).sum();
        Self { file: Arc::new(file), queue, reading: None, left }
    }

    /// How many bytes are still to come.
    pub(super) const fn left(&self) -> u64 {
        self.left
    }

    /// The next bytes, if they are here; else they are being read from now on. Nothing where there are no more.
    fn next(&mut self) -> Option<Bytes> {
        while let Some(piece) = self.queue.front_mut() {
            match piece {
                Piece::File(range) if range.is_empty() => drop(self.queue.pop_front()),
                Piece::File(range) => {
                    let chunk = range.start..range.end.min(range.start.saturating_add(CHUNK));
                    range.start = chunk.end;
                    let file = Arc::clone(&self.file);
                    self.reading = Some(tokio::task::spawn_blocking(move || read(&file, &chunk)));
                    return None;
                }
                Piece::Text(_) => {
                    if let Some(Piece::Text(text)) = self.queue.pop_front() {
                        return Some(text);
                    }
                }
            }
        }
        None
    }
}

fn read(file: &File, range: &Range<u64>) -> io::Result<Bytes> {
    let length = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
    let mut chunk = vec![0; length];
    file.read_exact_at(&mut chunk, range.start)?;
    Ok(chunk.into())
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let here = if self.reading.is_none() { self.next() } else { None };
        let bytes = match (&mut self.reading, here) {
            (_, Some(text)) => text,
            (None, None) => return Poll::Ready(None),
            (Some(reading), None) => {
                let read = ready!(Pin::new(reading).poll(context));
                self.reading = None;
                match read.map_err(io::Error::other).flatten() {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        tracing::error!(cause = %error, "a dump could not be read to its end");
                        self.queue.clear();
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
        };
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;
    use proptest::prelude::*;
    use std::io::Write;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn read(body: Pieces) -> io::Result<Vec<u8>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(body.collect()).map(|body| body.to_bytes().to_vec())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn pieces_are_the_bytes_of_the_file_in_their_order(
            ranges in prop::collection::vec((0_usize..400_000, 0_usize..400_000), 0..4),
        ) {
            let bytes: Vec<u8> = (0..400_000_u32).map(|place| u8::try_from(place * 7 % 251).unwrap()).collect();
            let (mut pieces, mut expected) = (Vec::new(), Vec::new());
            for (one, other) in ranges {
                let (start, end) = (one.min(other), one.max(other));
                pieces.extend([Piece::Text("between".into()), Piece::File(start as u64..end as u64)]);
                expected.extend_from_slice(b"between");
                expected.extend_from_slice(&bytes[start..end]);
            }
            let body = Pieces::new(file(&bytes), pieces);
            prop_assert_eq!(body.left(), expected.len() as u64);
            prop_assert!(read(body).unwrap() == expected);
        }
    }

    #[test]
    fn a_file_that_is_shorter_than_it_was_breaks_the_answer() {
        let body = Pieces::new(file(b"short"), [Piece::File(0..10)]);
        assert_eq!(read(body).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
