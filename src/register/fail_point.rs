//! Named points at which a test can kill the process, to see that a crash there loses nothing.

/// Every point of a write, in the order in which it passes them.
pub const ALL: [&str; 7] = [
    "write-begun",
    "write-merged",
    "register-begun",
    "register-half-written",
    "register-written",
    "register-synced",
    "graph-applied",
];

/// The points that the making of dumps passes, in their order.
pub const OF_DUMPS: [&str; 3] = ["dump-begun", "dump-half-written", "dump-written"];

/// Ends the process at once if `EUSL_FAIL_POINT` names this point.
///
/// Present in debug builds only: a release build has no way to be killed from its environment.
pub(crate) fn reach(name: &str) {
    debug_assert!(ALL.contains(&name) || OF_DUMPS.contains(&name), "{name} is not a fail point");
    #[cfg(debug_assertions)]
    if std::env::var("EUSL_FAIL_POINT").is_ok_and(|wanted| wanted == name) {
        std::process::abort();
    }
}
