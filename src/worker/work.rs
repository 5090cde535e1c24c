//! The worker's side: get ready, shut oneself in, answer one question after another.

use super::frame::{Frame, WorkerEnd, broken};
use super::protocol::{Asked, FromWorker, Start, ToWorker};
use super::remote::{Reply, Server};
use super::sandbox;
use super::turns::take_short_turns;
use crate::graph::{Graph, GraphError, STACK_SIZE, Stop};
use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::parent_id;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Why a worker ended before it was told to.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// It was not started by a server.
    #[error("a worker is started by `eusl serve`, which gives it the graph and a socket: {0}")]
    NoServer(io::Error),
    /// The graph cannot be shown.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The socket to the server broke.
    #[error("the connection to the server broke: {0}")]
    Connection(#[from] io::Error),
    /// A fault of ours; its message was told before.
    #[error("the query ended in a panic")]
    Panicked,
}

/// Works for the server that started this process, until that hangs up. Standard input must be the file of a graph, standard
/// output a socket.
///
/// # Errors
/// See [`WorkError`].
pub fn work() -> Result<(), WorkError> {
    let file = File::from(io::stdin().as_fd().try_clone_to_owned().map_err(WorkError::NoServer)?);
    let stream = io::stdout().as_fd().try_clone_to_owned().map_err(WorkError::NoServer)?;
    let mut connection = WorkerEnd::new(UnixStream::from(stream));
    let Some(Frame::Message(ToWorker::Start(start))) = connection.receive().map_err(WorkError::NoServer)? else {
        return Err(WorkError::NoServer(broken("nothing was told")));
    };
    sandbox::end_with_parent();
    if parent_id() != start.server {
        // The server died before this process could be told so.
        return Ok(());
    }
    // The thread that answers has what this one has.
    take_short_turns();
    let graph = Graph::of_shared(&file, start.is_of_register)?;
    let thread = thread::Builder::new().name("query".to_owned()).stack_size(STACK_SIZE);
    let work = thread.spawn(move || answer_all(&graph, start, connection))?;
    work.join().map_err(|_| WorkError::Panicked)?
}

/// Shuts the process in and answers until the server hangs up.
fn answer_all(graph: &Graph, start: Start, connection: WorkerEnd) -> Result<(), WorkError> {
    let open = sandbox::enter(start.memory);
    let connection = Arc::new(Mutex::new(connection));
    let receive = || connection.lock().unwrap_or_else(PoisonError::into_inner).receive();
    connection.lock().unwrap_or_else(PoisonError::into_inner).tell(&FromWorker::Ready(open))?;
    while let Some(frame) = receive()? {
        match frame {
            Frame::Bytes(step) => graph.follow(&step)?,
            Frame::Message(ToWorker::Ask(asked)) => answer(graph, asked, &connection)?,
            Frame::Message(other) => {
                tracing::error!(?other, "nothing asked for this");
                return Err(broken("a reply came to no question").into());
            }
        }
    }
    Ok(())
}

/// Answers one question.
fn answer(graph: &Graph, asked: Asked, connection: &Arc<Mutex<WorkerEnd>>) -> io::Result<()> {
    let server = Server::new(Arc::clone(connection), &asked.allowed);
    let mut reply = Reply::new(Arc::clone(connection), asked.waits_after_head);
    let question = asked.into_question();
    // Nobody stops a worker but by killing it.
    let result = graph.answer_with(&question, Arc::new(server), &Stop::new(), &mut reply);
    reply.end(result)
}
