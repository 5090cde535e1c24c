//! Listening, answering, and ending in order.

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;

/// How long the head of a request may take to arrive, on a new connection or a kept one.
const HEAD_TIME: Duration = Duration::from_secs(15);

/// How long a client may take nothing of an answer before it is let go.
const READER_TIME: Duration = Duration::from_secs(30);

/// How many connections may be open at once; further ones wait to be accepted. Most systems give a
/// process 1,024 file handles, and the register needs some.
const CONNECTIONS: usize = 900;

/// How long to wait when the system gives no connection.
const PAUSE: Duration = Duration::from_millis(50);

/// How long open answers may take to end after the server was told to.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

/// An address that cannot be listened on.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Another process listens there.
    #[error(
        "port {} of {} is taken: another server runs there, perhaps another eusl. Stop it, or choose another port \
         with --listen {}:{} and a --base or --site to fit",
        .0.port(), .0.ip(), .0.ip(), .0.port().wrapping_add(1)
    )]
    Taken(SocketAddr),
    /// The system refuses.
    #[error("cannot listen on {address}: {source}")]
    Io {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Takes an address to listen on.
///
/// # Errors
/// See [`BindError`].
pub async fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => BindError::Taken(address),
        _ => BindError::Io { address, source },
    })
}

/// Serves until the process is told to end by SIGTERM or SIGINT; then open answers have ten
/// seconds to finish.
///
/// # Errors
/// The system's.
pub async fn serve(listener: TcpListener, routes: Router) -> std::io::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    let open = GracefulShutdown::new();
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &connections) => accepted,
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
        };
        let (stream, peer, place) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file handles, or a connection that ended before it began.
                tracing::warn!(cause = %error, "a connection was not accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // Small answers go out at once.
        drop(stream.set_nodelay(true));
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(READER_TIME));
        let stream = TokioIo::new(Box::pin(stream));
        let routes = TowerToHyperService::new(routes.clone());
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            routes.call(request)
        });
        let connection = http.serve_connection(stream, answer);
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(cause = %error, "a connection broke");
            }
            drop(place);
        });
    }
    drop(listener);
    drop(tokio::time::timeout(LAST_ANSWERS, open.shutdown()).await);
    Ok(())
}

/// Waits for a place among the open connections, then for a connection.
async fn accept(
    listener: &TcpListener,
    connections: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(connections).acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, place))
}
