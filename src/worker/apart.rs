//! Work that waits for a disk, for others or for the end of a process, apart from the threads that serve connections.

use std::io;
use std::thread;
use tokio::sync::oneshot;

/// Does work on a thread of its own and waits for what it gives.
///
/// # Errors
/// The system makes no thread, or the work panicked.
pub(super) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
    let (told, heard) = oneshot::channel();
    // Who waited may have gone.
    thread::Builder::new().name("query outside".to_owned()).spawn(move || drop(told.send(work())))?;
    heard.await.map_err(io::Error::other)
}
