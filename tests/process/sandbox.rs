//! What a worker cannot do once it shut itself in. Each attempt is made in a process of its own: this test, started again.
#![cfg(target_os = "linux")]

use eu_service_list::worker::sandbox;
use std::fs::File;
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output};

/// What the process that is started again shall do.
const ATTEMPT: &str = "EUSL_TEST_ATTEMPT";

/// The signal of a process that made a system call that it may not.
const SIGSYS: i32 = 31;

/// Starts this binary again for one attempt.
fn attempt(name: &str) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "sandbox::attempted", "--nocapture", "--test-threads=1"]).env(ATTEMPT, name);
    command.output().unwrap()
}

/// What an attempt does; nothing where this runs as a test among others.
#[test]
fn attempted() {
    let Ok(name) = std::env::var(ATTEMPT) else { return };
    let (shut, act) = name.split_once(' ').unwrap();
    match shut {
        "free" => {}
        "files" => sandbox::forbid_files().unwrap(),
        "calls" => sandbox::forbid_calls().unwrap(),
        "memory" => sandbox::bound(64 << 20).unwrap(),
        other => panic!("{other}"),
    }
    match act {
        "open" => drop(File::open("/etc/passwd").unwrap()),
        "write" => drop(File::create("/tmp/eusl-test-attempt").unwrap()),
        "listen" => drop(TcpListener::bind("127.0.0.1:0").unwrap()),
        "start" => drop(Command::new("true").status().unwrap()),
        "allocate" => {
            let mut memory = vec![1_u8; 16 << 20];
            memory.reserve_exact(512 << 20);
            assert!(memory.capacity() > 512 << 20);
        }
        "compute" => {
            let mut words: Vec<String> = (0..100_000).map(|n| (n * 7919 % 100_003).to_string()).collect();
            words.sort();
            assert_eq!(words.len(), 100_000);
        }
        other => panic!("{other}"),
    }
    println!("done");
}

fn succeeded(output: &Output) -> bool {
    output.status.success() && String::from_utf8_lossy(&output.stdout).contains("done")
}

#[test]
fn a_process_that_shut_itself_in_opens_nothing_starts_nothing_and_still_computes() {
    for act in ["open", "listen", "start", "compute", "allocate"] {
        assert!(succeeded(&attempt(&format!("free {act}"))), "{act} is possible where nothing forbids it");
    }
    for act in ["open", "write", "listen", "start"] {
        let output = attempt(&format!("calls {act}"));
        assert_eq!(output.status.signal(), Some(SIGSYS), "{act}: {output:?}");
    }
    assert!(succeeded(&attempt("calls compute")));
    let output = attempt("memory allocate");
    assert!(!succeeded(&output) && String::from_utf8_lossy(&output.stderr).contains("memory allocation"), "{output:?}");
}

#[test]
fn files_are_kept_by_landlock_alone_too() {
    let output = attempt("files open");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if said.contains("this kernel has no landlock") || said.contains("older than") {
        println!("SKIPPED files_are_kept_by_landlock_alone_too: {said}");
        return;
    }
    assert!(said.contains("PermissionDenied"), "{said}");
    assert!(succeeded(&attempt("files compute")));
}
