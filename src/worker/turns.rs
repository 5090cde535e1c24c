//! How a worker shares a processor with who has something short to do.
//!
//! Who wakes up while a process works waits for the end of its turn, some milliseconds, and a document takes less than one to make.
//! A worker's turns are short, so that it makes room at once; how much of the processor it gets is the same.

/// Has the calling thread, and those that it starts, work in short turns. Linux 6.12 and later know such; on other systems
/// nothing changes.
pub(super) fn take_short_turns() {
    #[cfg(target_os = "linux")]
    if let Err(error) = linux::shorten() {
        tracing::debug!(cause = %error, "a worker's turns are as long as the system has them");
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use rustix::process::getpriority_process;
    use std::io;

    /// The length of a turn, in nanoseconds: the least that Linux takes.
    const TURN: u64 = 100_000;

    /// Sets the length of turns, and leaves priority and policy what they are
    /// (<https://man7.org/linux/man-pages/man2/sched_setattr.2.html>; what `sched_runtime` says for a thread without a deadline, see
    /// <https://docs.kernel.org/scheduler/sched-eevdf.html>).
    ///
    /// # Errors
    /// The system's.
    #[expect(unsafe_code, reason = "no library that we have makes this system call")]
    pub fn shorten() -> io::Result<()> {
        let attributes = libc::sched_attr {
            size: u32::try_from(size_of::<libc::sched_attr>()).map_err(io::Error::other)?,
            sched_policy: libc::SCHED_OTHER as u32,
            sched_flags: 0,
            sched_nice: getpriority_process(None)?,
            sched_priority: 0,
            sched_runtime: TURN,
            sched_deadline: 0,
            sched_period: 0,
        };
        let (this_thread, no_flags) = (0, 0);
        // SAFETY: the call reads `attributes`, which has the size that it tells and lives until the call ends, and writes no memory.
        match unsafe { libc::syscall(libc::SYS_sched_setattr, this_thread, &raw const attributes, no_flags) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}
