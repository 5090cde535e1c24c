//! Frames over a socket: a length (four bytes, little-endian), a kind (one byte) and that many bytes, which are a message in JSON
//! or bytes as they are.
//!
//! The server waits for frames of many workers at once ([`ServerEnd`]), a worker for those of its one server ([`WorkerEnd`]).

mod server_end;
mod worker_end;

pub(super) use server_end::ServerEnd;
pub(super) use worker_end::WorkerEnd;

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;

/// The longest frame that is read, in bytes: the solutions of other endpoints may be large.
const LONGEST: u32 = 256 << 20;

/// The bytes of what stands before a frame's own.
const HEADER: usize = 5;

/// How many bytes are read at once.
const PIECE: usize = 64 << 10;

const MESSAGE: u8 = 0;
const BYTES: u8 = 1;

/// What comes out of a socket.
#[derive(Debug)]
pub(super) enum Frame<M> {
    Message(M),
    Bytes(Vec<u8>),
}

impl<M: DeserializeOwned> Frame<M> {
    /// Of the bytes behind a header.
    fn read(kind: u8, bytes: Vec<u8>) -> io::Result<Self> {
        match kind {
            MESSAGE => Ok(Self::Message(serde_json::from_slice(&bytes)?)),
            BYTES => Ok(Self::Bytes(bytes)),
            _ => Err(broken("a frame is of no kind that is known")),
        }
    }
}

/// The length and the kind that a header tells.
fn read_header([a, b, c, d, kind]: [u8; HEADER]) -> io::Result<(usize, u8)> {
    let length = u32::from_le_bytes([a, b, c, d]);
    if length > LONGEST {
        return Err(broken("a frame is longer than any that is sent"));
    }
    Ok((length as usize, kind))
}

/// Frames that go out together.
#[derive(Default)]
pub(super) struct Frames {
    bytes: Vec<u8>,
    /// Where the header of the frame stands that is not closed yet.
    open: Option<usize>,
}

impl Frames {
    /// Adds a message.
    pub(super) fn message(&mut self, message: &impl Serialize) -> io::Result<()> {
        self.close()?;
        let header = self.begin(MESSAGE);
        serde_json::to_writer(&mut self.bytes, message)?;
        self.end(header)
    }

    /// Adds a frame of bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.close()?;
        self.extend(bytes);
        self.close()
    }

    /// Adds to the frame of bytes that is open, or opens one.
    pub(super) fn extend(&mut self, bytes: &[u8]) {
        if self.open.is_none() {
            self.open = Some(self.begin(BYTES));
        }
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Keeps the memory alone.
    fn clear(&mut self) {
        self.bytes.clear();
        self.open = None;
    }

    fn begin(&mut self, kind: u8) -> usize {
        let header = self.bytes.len();
        self.bytes.extend_from_slice(&[0, 0, 0, 0, kind]);
        header
    }

    /// Closes the frame that is open; gives the bytes of all.
    fn whole(&mut self) -> io::Result<&[u8]> {
        self.close()?;
        Ok(&self.bytes)
    }

    fn close(&mut self) -> io::Result<()> {
        self.open.take().map_or(Ok(()), |header| self.end(header))
    }

    fn end(&mut self, header: usize) -> io::Result<()> {
        let length = u32::try_from(self.bytes.len() - header - HEADER).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| broken("a frame is too long to be sent"))?;
        if let Some(place) = self.bytes.get_mut(header..header + size_of::<u32>()) {
            place.copy_from_slice(&length.to_le_bytes());
        }
        Ok(())
    }
}

/// What is sent breaks the protocol.
pub(super) fn broken(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
