//! How a command reaches the server that owns the data directory.
//!
//! The server listens on a socket in the directory, which only its owner may use. A command sends
//! one task as JSON and reads one answer. Nothing of this is open to the network.

use super::task::{Answer, Task};
use crate::catalogue::Catalogue;
use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, Permissions};
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a command may be silent or deaf while it hands its work over.
const SILENCE: Duration = Duration::from_secs(10);

/// How long to wait when the system gives no connection.
const PAUSE: Duration = Duration::from_millis(50);

/// What the server answers.
#[derive(Debug, Serialize, Deserialize)]
enum Reply {
    Answer(Box<Answer>),
    Failure(String),
}

/// Takes tasks for as long as the process lives; the catalogue writes one at a time.
pub(super) fn listen(directory: &Path, catalogue: Arc<Catalogue>) -> Result<()> {
    let handle = File::open(directory)?;
    let path = socket(&handle, directory);
    // The lock is ours, so a socket that is still there was left by a process that died.
    if let Err(error) = fs::remove_file(&path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        return Err(error).context("cannot remove an old socket from the data directory");
    }
    let listener = UnixListener::bind(&path).context("cannot make the socket in the data directory")?;
    fs::set_permissions(&path, Permissions::from_mode(0o600))?;
    std::thread::Builder::new().name("hand-over".to_owned()).spawn(move || {
        let _directory = handle;
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                // Out of file handles: there will be some again.
                std::thread::sleep(PAUSE);
                continue;
            };
            let catalogue = Arc::clone(&catalogue);
            // Each on its own thread: a command that is slow to speak or to listen keeps no other waiting.
            let taking = move || {
                if let Err(error) = take(stream, &catalogue) {
                    tracing::warn!(cause = %format!("{error:#}"), "a command could not hand its work over");
                }
            };
            if let Err(error) = std::thread::Builder::new().name("taking".to_owned()).spawn(taking) {
                tracing::warn!(cause = %error, "no thread for a command's work");
            }
        }
    })?;
    Ok(())
}

fn take(mut stream: UnixStream, catalogue: &Catalogue) -> Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text)?;
    let reply = match serde_json::from_slice::<Task>(&text) {
        Ok(task) => {
            tracing::info!(activity = task.activity(), "taking over a command's work");
            match task.perform(catalogue) {
                Ok(answer) => Reply::Answer(Box::new(answer)),
                Err(error) => Reply::Failure(format!("{error:#}")),
            }
        }
        // The cause would tell what was sent.
        Err(_) => Reply::Failure("it does not know this task; is it of the same release?".to_owned()),
    };
    let gone = "its work is done, but the command has gone before it heard so";
    stream.write_all(&serde_json::to_vec(&reply)?).context(gone)?;
    Ok(())
}

/// Hands a task to the server that owns a directory.
///
/// `taken` says whose the directory is, for the case that its owner takes no work.
pub(super) fn send(directory: &Path, task: &Task, taken: &anyhow::Error) -> Result<Answer> {
    let handle = File::open(directory)?;
    let mut stream = UnixStream::connect(socket(&handle, directory))
        .with_context(|| format!("{taken:#}; it takes no work: it is not a server, or is only starting"))?;
    stream.write_all(&serde_json::to_vec(task)?)?;
    stream.shutdown(Shutdown::Write)?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text)?;
    if text.is_empty() {
        return Err(anyhow!("the server ended before it answered; run the command again to see what it wrote"));
    }
    match serde_json::from_slice(&text)? {
        Reply::Answer(answer) => Ok(*answer),
        Reply::Failure(reason) => Err(anyhow!("the server did not do it: {reason}")),
    }
}

/// The socket's path. The name of a socket holds about a hundred bytes, that of a directory may be
/// longer: Linux leads there by way of the open directory.
fn socket(open: &File, directory: &Path) -> PathBuf {
    if cfg!(target_os = "linux") {
        PathBuf::from(format!("/proc/self/fd/{}/socket", open.as_raw_fd()))
    } else {
        directory.join("socket")
    }
}
