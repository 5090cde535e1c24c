//! The server's end of a worker's socket: one of many that are waited for at once.

use super::{Frame, Frames, HEADER, PIECE, read_header};
use rustix::buffer::spare_capacity;
use rustix::io::Errno;
use rustix::net::{RecvFlags, recv};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The end that is waited for.
pub(in crate::worker) struct ServerEnd {
    stream: tokio::net::UnixStream,
    /// What came and is no whole frame yet, or was not asked for yet.
    arrived: Vec<u8>,
    /// How much of that was given out.
    given: usize,
}

impl ServerEnd {
    /// Called inside the runtime that will wait.
    pub(in crate::worker) fn new(stream: UnixStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self { stream: tokio::net::UnixStream::from_std(stream)?, arrived: Vec::new(), given: 0 })
    }

    /// Sends frames at once and keeps their memory for the next.
    pub(in crate::worker) async fn send(&mut self, frames: &mut Frames) -> io::Result<()> {
        let sent = self.stream.write_all(frames.whole()?).await;
        frames.clear();
        sent
    }

    /// Sends one message.
    pub(in crate::worker) async fn tell(&mut self, message: &(impl Serialize + Sync)) -> io::Result<()> {
        let mut frames = Frames::default();
        frames.message(message)?;
        self.send(&mut frames).await
    }

    /// Looks again and again for something that arrives, for a moment, and lets others run between looks: going to sleep and being
    /// woken costs as much as a small answer does.
    pub(in crate::worker) fn look(&mut self, moment: Duration) {
        let start = Instant::now();
        while start.elapsed() < moment {
            self.arrived.reserve(PIECE);
            match recv(&self.stream, spare_capacity(&mut self.arrived), RecvFlags::DONTWAIT) {
                Err(Errno::AGAIN) => std::thread::yield_now(),
                // Whoever waits next learns of a fault.
                Ok(_) | Err(_) => return,
            }
        }
    }

    /// Waits for the next frame; nothing where the other end is closed, and [`io::ErrorKind::ConnectionReset`] where it left
    /// something unread.
    pub(in crate::worker) async fn receive<M: DeserializeOwned>(&mut self) -> io::Result<Option<Frame<M>>> {
        loop {
            if let Some(frame) = self.next()? {
                return Ok(Some(frame));
            }
            self.arrived.drain(..std::mem::take(&mut self.given));
            self.arrived.reserve(PIECE);
            if self.stream.read_buf(&mut self.arrived).await? == 0 {
                return Ok(None);
            }
        }
    }

    /// The next frame, if all of it has arrived.
    fn next<M: DeserializeOwned>(&mut self) -> io::Result<Option<Frame<M>>> {
        let arrived = self.arrived.get(self.given..).unwrap_or_default();
        let Some((header, rest)) = arrived.split_first_chunk::<HEADER>() else { return Ok(None) };
        let (length, kind) = read_header(*header)?;
        let Some(bytes) = rest.get(..length) else { return Ok(None) };
        let frame = Frame::read(kind, bytes.to_vec())?;
        self.given += HEADER + length;
        if self.given == self.arrived.len() {
            self.given = 0;
            self.arrived.clear();
            // What a large frame took is not kept for small ones.
            self.arrived.shrink_to(2 * PIECE);
        }
        Ok(Some(frame))
    }
}
