//! How a worker shuts itself in: what a query could be made to do, the process cannot.
//!
//! It dies with its parent, writes no core, can open no file and no connection, start nothing, and make the system calls alone
//! that evaluating takes: any other kills it. Its memory has a bound at which allocations fail; long before that, the server
//! looks at what it takes. All of it holds on Linux; another system has the server's look and nothing else.

#[cfg(target_os = "linux")]
pub use linux::{bound, end_with_parent, forbid_calls, forbid_files};

/// Shuts the process in, for queries that may take `memory` bytes each, and names what stayed open. The calling thread is
/// the one that evaluates them.
pub fn enter(memory: u64) -> Vec<String> {
    #[cfg(target_os = "linux")]
    let steps = [bound(memory), forbid_files(), forbid_calls()];
    #[cfg(not(target_os = "linux"))]
    let steps = [Err(format!("this system shuts in no process ({memory} bytes are only looked at)"))];
    steps.into_iter().filter_map(Result::err).collect()
}

/// On this system a worker ends when it next hears of its server.
#[cfg(not(target_os = "linux"))]
pub fn end_with_parent() {}

#[cfg(target_os = "linux")]
mod linux {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreated, RulesetStatus,
        Scope,
    };
    use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};
    use seccompiler::{TargetArch, apply_filter_all_threads, compile_from_json};
    use serde_json::{Value, json};
    use std::fs;

    /// The system calls that evaluating takes, with those of the allocator, of threads that end and of a process that aborts.
    const CALLS: [&str; 27] = [
        "brk",
        "clock_gettime",
        "clock_nanosleep",
        "close",
        "exit",
        "exit_group",
        "futex",
        "getcpu",
        "getpid",
        "getrandom",
        "gettid",
        "madvise",
        "mremap",
        "munmap",
        "nanosleep",
        "read",
        "recvfrom",
        "restart_syscall",
        "rt_sigaction",
        "rt_sigprocmask",
        "rt_sigreturn",
        "sched_getaffinity",
        "sched_yield",
        "sendto",
        "sigaltstack",
        "write",
        "writev",
    ];

    /// What a process may take beside the query: the allocator's own, and room to say that memory is over.
    const SPARE: u64 = 128 << 20;

    /// Has the system kill this process when the thread that started it ends.
    pub fn end_with_parent() {
        if let Err(error) = set_parent_process_death_signal(Some(Signal::KILL)) {
            tracing::warn!(cause = %error, "a worker may outlive its server for as long as its query runs");
        }
    }

    /// Bounds what the process may take of memory and files, and lets the system choose it first where memory is short.
    ///
    /// # Errors
    /// What stayed unbounded, and why.
    pub fn bound(memory: u64) -> Result<(), String> {
        // Where the system has no such file it chooses by size, which is the same process mostly.
        drop(fs::write("/proc/self/oom_score_adj", "900"));
        let taken = data().ok_or("memory is bounded by looking alone: /proc is not there")?;
        let to = |most| Rlimit { current: Some(most), maximum: Some(most) };
        let bounds = [
            (Resource::Core, 0),
            (Resource::Nproc, 0),
            (Resource::Data, taken.saturating_add(memory).saturating_add(SPARE)),
        ];
        for (resource, most) in bounds {
            setrlimit(resource, to(most)).map_err(|error| format!("{resource:?} is not bounded: {error}"))?;
        }
        Ok(())
    }

    /// The memory that the process may write into and shares with nobody, used or not, in bytes.
    fn data() -> Option<u64> {
        let statm = fs::read_to_string("/proc/self/statm").ok()?;
        let pages: u64 = statm.split(' ').nth(5)?.parse().ok()?;
        Some(pages * rustix::param::page_size() as u64)
    }

    /// Takes all files, connections and signals to others from the calling thread, and from what it starts.
    ///
    /// # Errors
    /// What stayed open, and why.
    pub fn forbid_files() -> Result<(), String> {
        let abi = ABI::V6;
        let restricted = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(abi))
            .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(abi)))
            .and_then(|ruleset| ruleset.scope(Scope::from_all(abi)))
            .and_then(Ruleset::create)
            .and_then(RulesetCreated::restrict_self);
        match restricted {
            Ok(status) if status.ruleset == RulesetStatus::FullyEnforced => Ok(()),
            Ok(status) if status.ruleset == RulesetStatus::PartiallyEnforced => {
                Err("landlock of this kernel is older than 6.12, and keeps files and perhaps connections".to_owned())
            }
            Ok(_) => Err("this kernel has no landlock".to_owned()),
            Err(error) => Err(format!("landlock does not hold: {error}")),
        }
    }

    /// Calls that are allowed with these arguments alone: memory that holds no code, a name for it, a signal to itself.
    fn bound_calls() -> [Value; 4] {
        const EXECUTABLE: u64 = 4;
        const NAME_MEMORY: u64 = 0x5356_4d41;
        let call = |name: &str, index: u8, test: Value, value: u64| json!({ "syscall": name, "args": [{ "index": index, "type": "dword", "op": test, "val": value }] });
        [
            call("mmap", 2, json!({ "masked_eq": EXECUTABLE }), 0),
            call("mprotect", 2, json!({ "masked_eq": EXECUTABLE }), 0),
            call("prctl", 0, json!("eq"), NAME_MEMORY),
            call("tgkill", 0, json!("eq"), u64::from(std::process::id())),
        ]
    }

    /// Has any system call but those of evaluating kill the process, whichever thread makes it.
    ///
    /// # Errors
    /// Why calls stayed allowed.
    pub fn forbid_calls() -> Result<(), String> {
        let unfiltered = |error: &dyn ToString| format!("system calls are not filtered: {}", error.to_string());
        let arch: TargetArch = std::env::consts::ARCH.try_into().map_err(|_| unfiltered(&"not on this processor"))?;
        let mut allowed: Vec<_> = CALLS.iter().map(|call| json!({ "syscall": call })).collect();
        allowed.extend(bound_calls());
        let filter = json!({
            "query": { "mismatch_action": "kill_process", "match_action": "allow", "filter": allowed }
        });
        let programs = compile_from_json(filter.to_string().as_bytes(), arch).map_err(|error| unfiltered(&error))?;
        let program = programs.get("query").ok_or_else(|| unfiltered(&"the filter is not there"))?;
        apply_filter_all_threads(program).map_err(|error| unfiltered(&error))
    }
}
