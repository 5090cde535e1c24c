//! The worker's end of its socket: it has nothing to do but to wait.

use super::{Frame, Frames, HEADER, PIECE, read_header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, BufReader, Read, Write};
use std::os::unix::net::UnixStream;

/// The end that waits.
pub(in crate::worker) struct WorkerEnd {
    reader: BufReader<UnixStream>,
}

impl WorkerEnd {
    pub(in crate::worker) fn new(stream: UnixStream) -> Self {
        Self { reader: BufReader::with_capacity(PIECE, stream) }
    }

    /// Sends frames at once and keeps their memory for the next.
    pub(in crate::worker) fn send(&mut self, frames: &mut Frames) -> io::Result<()> {
        let mut stream = self.reader.get_ref();
        let sent = stream.write_all(frames.whole()?);
        frames.clear();
        sent
    }

    /// Sends one message.
    pub(in crate::worker) fn tell(&mut self, message: &impl Serialize) -> io::Result<()> {
        let mut frames = Frames::default();
        frames.message(message)?;
        self.send(&mut frames)
    }

    /// Waits for the next frame; nothing where the other end is closed.
    pub(in crate::worker) fn receive<M: DeserializeOwned>(&mut self) -> io::Result<Option<Frame<M>>> {
        let mut header = [0; HEADER];
        match self.reader.read_exact(&mut header) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
        let (length, kind) = read_header(header)?;
        // What never comes takes no memory.
        let mut bytes = Vec::with_capacity(length.min(PIECE));
        (&mut self.reader).take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() < length { Ok(None) } else { Frame::read(kind, bytes).map(Some) }
    }
}
