//! Watching over a worker: it may not end, not hang, and not take more memory than it may.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How long a case may take; what must end ends within a few seconds.
const HANGS: Duration = Duration::from_secs(30);
/// How many bytes a worker may take.
const MEMORY: u64 = 2 << 30;
/// How often a worker is looked at.
const LOOK: Duration = Duration::from_millis(200);

/// A seed that differs from run to run.
pub(crate) fn seed_of_now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |since| since.as_secs())
}

/// Tries cases for some seconds.
///
/// # Errors
/// The faults, how many.
pub(crate) fn search(seconds: u64, seed: u64) -> Result<(), String> {
    let ends = Instant::now() + Duration::from_secs(seconds);
    eprintln!("seed {seed}, {seconds} s");
    let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
    let (mut next, mut faults) = (0, 0);
    while let Some(fault) = watch(seed, next, ends, &mut outcomes)? {
        faults += 1;
        eprintln!("case {} of seed {seed}: {}", fault.number, fault.what);
        keep(seed, fault.number)?;
        next = fault.number + 1;
    }
    let cases: u64 = outcomes.values().sum();
    eprintln!("{cases} cases in {seconds} s with seed {seed}: {outcomes:?}, {faults} faults");
    if faults == 0 { Ok(()) } else { Err(format!("{faults} faults, see found/")) }
}

struct Fault {
    number: u64,
    what: String,
}

/// Watches one worker to its end, or to the end of time.
fn watch(
    seed: u64,
    first: u64,
    ends: Instant,
    outcomes: &mut BTreeMap<String, u64>,
) -> Result<Option<Fault>, String> {
    let mut worker = itself(&["work", &seed.to_string(), &first.to_string()])?
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start a worker: {error}"))?;
    let words = words_of(&mut worker)?;
    let (mut number, mut begun) = (first, Instant::now());
    let what = loop {
        match words.recv_timeout(LOOK) {
            Ok(word) => match word.parse() {
                Ok(begins) => (number, begun) = (begins, Instant::now()),
                Err(_) => *outcomes.entry(word).or_default() += 1,
            },
            Err(RecvTimeoutError::Disconnected) => break Some("the worker ended".to_owned()),
            Err(RecvTimeoutError::Timeout) if begun.elapsed() > HANGS => break Some("it does not end".to_owned()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if memory(worker.id()) > MEMORY {
            break Some(format!("it takes more than {} MiB", MEMORY >> 20));
        }
        if Instant::now() > ends {
            break None;
        }
    };
    // It may have ended by itself.
    let _ = worker.kill();
    let status = worker.wait().map_err(|error| error.to_string())?;
    Ok(what.map(|what| Fault { number, what: format!("{what} ({status})") }))
}

/// What a worker writes, word by word.
fn words_of(worker: &mut Child) -> Result<Receiver<String>, String> {
    let output = worker.stdout.take().ok_or("the worker has no output")?;
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for word in BufReader::new(output).split(b' ').map_while(Result::ok) {
            for part in String::from_utf8_lossy(&word).split_whitespace() {
                let _ = sender.send(part.to_owned());
            }
        }
    });
    Ok(receiver)
}

/// The memory of a process, in bytes, as Linux tells it; zero elsewhere.
fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    resident.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// Writes a case into files, in a process of its own: it may be the writing that fails.
fn keep(seed: u64, number: u64) -> Result<(), String> {
    let shown = itself(&["show", &seed.to_string(), &number.to_string()])?.status();
    shown.map(drop).map_err(|error| error.to_string())
}

fn itself(arguments: &[&str]) -> Result<Command, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.args(arguments);
    Ok(command)
}
