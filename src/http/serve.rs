//! Listening, answering, and ending in order.

use axum::Router;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

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
    let (told, mut ending) = tokio::sync::watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        // Fails only if the server has ended already.
        let _ = told.send(true);
    });
    let mut late = ending.clone();
    let serving = axum::serve(listener, routes).with_graceful_shutdown(async move {
        drop(ending.wait_for(|told| *told).await);
    });
    tokio::select! {
        served = serving => served,
        () = async {
            drop(late.wait_for(|told| *told).await);
            tokio::time::sleep(LAST_ANSWERS).await;
        } => Ok(()),
    }
}
