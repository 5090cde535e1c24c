//! What server and worker say to each other: frames over a socket of their own.
//!
//! A frame is a length (four bytes, little-endian), a kind (one byte) and that many bytes: a message in JSON, or bytes as
//! they are. Bytes to a worker are a step of the graph, bytes from it a piece of an answer. A worker is never asked two
//! things at once, so frames carry no numbers.

use crate::federation::{CallError, Solutions};
use crate::graph::{Answer, ChosenGraphs, Head, QueryResultsFormat, Question, RdfFormat, Refusal};
use crate::text_index::{Each, Hit};
use oxrdf::{Term, TermParseError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::str::FromStr;

/// The longest frame that is read, in bytes: the solutions of other endpoints may be large.
const LONGEST: u32 = 256 << 20;

/// The bytes of what stands before a frame's own.
const HEADER: usize = 5;

const MESSAGE: u8 = 0;
const BYTES: u8 = 1;

/// What a server tells a worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum ToWorker {
    /// Get ready: the first that is told.
    Start(Start),
    /// Evaluate this.
    Ask(Asked),
    /// The answer is wanted; only after a head that asked for it.
    GoOn(bool),
    /// What a text search found.
    Found(Result<Vec<Hit>, Refusal>),
    /// What another endpoint gave: for each solution the terms in the syntax of N-Triples.
    Solved(Result<Vec<Vec<Option<String>>>, CallError>),
}

/// What a worker tells the server.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum FromWorker {
    /// It shut itself in and waits for questions. What it could not shut is named.
    Ready(Vec<String>),
    /// An answer begins.
    Begin(Begun),
    /// The answer is whole.
    End,
    /// There is no answer, or no more of it.
    Refuse(Refusal),
    /// Search for these literals.
    Search(Searched),
    /// Ask another endpoint.
    Call { endpoint: String, query: String, variables: Vec<String> },
}

/// What a worker needs to know before it gets ready.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Start {
    /// The process that it works for.
    pub server: u32,
    /// Whether the graph is that of a register.
    pub is_of_register: bool,
    /// The memory that a query may take, in bytes.
    pub memory: u64,
}

/// A question, and what it may ask of others.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Asked {
    text: String,
    base: String,
    default_graphs: Vec<String>,
    named_graphs: Vec<String>,
    /// Media types.
    solutions: Option<String>,
    triples: Option<String>,
    /// The endpoints that the query may ask.
    pub allowed: Vec<String>,
    /// Whether the head alone decides if the answer is wanted.
    pub waits_after_head: bool,
}

impl Asked {
    pub(super) fn new(question: &Question, allowed: Vec<String>, waits_after_head: bool) -> Self {
        Self {
            text: question.text.clone(),
            base: question.base.clone(),
            default_graphs: question.graphs.default.clone(),
            named_graphs: question.graphs.named.clone(),
            solutions: question.solutions.map(|format| format.media_type().to_owned()),
            triples: question.triples.map(|format| format.media_type().to_owned()),
            allowed,
            waits_after_head,
        }
    }

    /// The question as it was.
    pub(super) fn into_question(self) -> Question {
        Question {
            text: self.text,
            base: self.base,
            graphs: ChosenGraphs { default: self.default_graphs, named: self.named_graphs },
            solutions: self.solutions.and_then(|media_type| QueryResultsFormat::from_media_type(&media_type)),
            triples: self.triples.and_then(|media_type| RdfFormat::from_media_type(&media_type)),
        }
    }
}

/// The head of an answer. Its syntax is one of the two that the question names.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    is_triples: bool,
    revision: u64,
    is_settled: bool,
}

impl From<Head> for Begun {
    fn from(head: Head) -> Self {
        let is_triples = matches!(head.answer, Answer::Triples(_));
        Self { is_triples, revision: head.revision, is_settled: head.is_settled }
    }
}

impl Begun {
    /// The head, for who asked the question; nothing where it answers another.
    pub(super) fn head(self, question: &Question) -> Option<Head> {
        let answer = if self.is_triples {
            question.triples.map(Answer::Triples)
        } else {
            question.solutions.map(Answer::Solutions)
        };
        Some(Head { answer: answer?, revision: self.revision, is_settled: self.is_settled })
    }
}

/// A text search.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Searched {
    pub text: String,
    pub language: Option<String>,
    pub property: Option<String>,
    pub limit: Option<usize>,
    pub each: Each,
    pub at_least: u64,
}

/// Solutions as they are sent.
pub(super) fn written(solutions: &Solutions) -> Vec<Vec<Option<String>>> {
    let term = |term: &Option<Term>| term.as_ref().map(ToString::to_string);
    solutions.iter().map(|solution| solution.iter().map(term).collect()).collect()
}

/// Solutions as they were.
pub(super) fn read(written: Vec<Vec<Option<String>>>) -> Result<Solutions, TermParseError> {
    let term = |term: Option<String>| term.map(|term| Term::from_str(&term)).transpose();
    written.into_iter().map(|solution| solution.into_iter().map(term).collect()).collect()
}

/// What comes out of a socket.
#[derive(Debug)]
pub(super) enum Frame<M> {
    Message(M),
    Bytes(Vec<u8>),
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

    fn begin(&mut self, kind: u8) -> usize {
        let header = self.bytes.len();
        self.bytes.extend_from_slice(&[0, 0, 0, 0, kind]);
        header
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

/// One end of the socket between server and worker.
pub(super) struct Connection {
    reader: BufReader<UnixStream>,
}

impl Connection {
    pub(super) fn new(stream: UnixStream) -> Self {
        Self { reader: BufReader::with_capacity(64 << 10, stream) }
    }

    /// Sends frames at once and keeps their memory for the next.
    pub(super) fn send(&mut self, frames: &mut Frames) -> io::Result<()> {
        frames.close()?;
        let mut stream = self.reader.get_ref();
        let sent = stream.write_all(&frames.bytes);
        frames.bytes.clear();
        sent
    }

    /// Sends one message.
    pub(super) fn tell(&mut self, message: &impl Serialize) -> io::Result<()> {
        let mut frames = Frames::default();
        frames.message(message)?;
        self.send(&mut frames)
    }

    /// Waits for the next frame; nothing where the other end is closed, and [`io::ErrorKind::ConnectionReset`] where it left
    /// something unread.
    pub(super) fn receive<M: DeserializeOwned>(&mut self) -> io::Result<Option<Frame<M>>> {
        let mut header = [0; HEADER];
        match self.reader.read_exact(&mut header) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
        let [a, b, c, d, kind] = header;
        let length = u32::from_le_bytes([a, b, c, d]);
        if length > LONGEST {
            return Err(broken("a frame is longer than any that is sent"));
        }
        // What never comes takes no memory.
        let mut bytes = Vec::with_capacity(length.min(64 << 10) as usize);
        (&mut self.reader).take(length.into()).read_to_end(&mut bytes)?;
        if bytes.len() < length as usize {
            return Ok(None);
        }
        match kind {
            MESSAGE => Ok(Some(Frame::Message(serde_json::from_slice(&bytes)?))),
            BYTES => Ok(Some(Frame::Bytes(bytes))),
            _ => Err(broken("a frame is of no kind that is known")),
        }
    }
}

/// What is sent breaks the protocol.
pub(super) fn broken(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
