//! The log of queries that took long or were stopped.

use super::client::Client;
use axum::http::StatusCode;
use std::fmt::Display;
use std::time::{Duration, Instant};

/// How many characters of a query are told.
const TOLD: usize = 2_000;

/// Watches one query, and tells of it once where that is worth a line.
pub(super) struct Watch {
    began: Instant,
    /// From which time on a query is slow.
    slow: Duration,
    client: Client,
    /// The beginning of the query.
    text: String,
    is_over: bool,
}

impl Watch {
    /// Begins with the query's evaluation.
    pub(super) fn begin(client: Client, text: &str, slow: Duration) -> Self {
        let text = text.get(..text.char_indices().nth(TOLD).map_or(text.len(), |(end, _)| end)).unwrap_or_default();
        Self { began: Instant::now(), slow, client, text: text.to_owned(), is_over: false }
    }

    /// The answer is whole, or the query was refused.
    pub(super) fn end(mut self, status: StatusCode, bytes: u64) {
        self.is_over = true;
        if self.began.elapsed() >= self.slow {
            let (client, seconds, status, query) = (self.client, self.seconds(), status.as_u16(), self.told());
            tracing::info!(seconds, status, bytes, %client, %query, "a query was slow");
        }
    }

    /// The query was stopped, before its answer began or after.
    pub(super) fn stopped(mut self, status: StatusCode, bytes: u64, cause: &dyn Display) {
        self.is_over = true;
        let (client, seconds, status, query) = (self.client, self.seconds(), status.as_u16(), self.told());
        tracing::warn!(seconds, status, bytes, %client, %cause, %query, "a query was stopped");
    }

    /// Seconds since the query began, to the millisecond.
    fn seconds(&self) -> f64 {
        Duration::from_millis(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)).as_secs_f64()
    }

    /// The query on one line, without anything that a terminal would obey. Quotes stay, so that it can be read.
    fn told(&self) -> String {
        let mut told = String::with_capacity(self.text.len());
        for character in self.text.chars() {
            match character {
                '"' | '\'' => told.push(character),
                other => told.extend(other.escape_debug()),
            }
        }
        told
    }
}

impl Drop for Watch {
    /// Whoever asked has left, or has enough; that is told where the query was slow.
    fn drop(&mut self) {
        if !self.is_over && self.began.elapsed() >= self.slow {
            let (client, seconds, query) = (self.client, self.seconds(), self.told());
            tracing::info!(seconds, %client, %query, "a client did not wait for a slow query");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(work: impl FnOnce()) -> String {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        tracing::subscriber::with_default(subscriber, work);
        String::from_utf8(log.0.lock().unwrap().clone()).unwrap()
    }

    fn watch(text: &str, slow: Duration) -> Watch {
        Watch::begin(Client::Untold, text, slow)
    }

    const NEVER: Duration = Duration::from_hours(1);

    #[test]
    fn what_was_quick_is_not_told_unless_it_was_stopped() {
        assert_eq!(logged(|| watch("ASK {}", NEVER).end(StatusCode::OK, 3)), "");
        assert_eq!(logged(|| drop(watch("ASK {}", NEVER))), "");
        let stopped =
            logged(|| watch("ASK {}", NEVER).stopped(StatusCode::SERVICE_UNAVAILABLE, 3, &"it took too long"));
        assert!(stopped.contains("WARN") && stopped.contains("status=503 bytes=3"), "{stopped}");
        assert!(stopped.contains("it took too long") && stopped.contains("query=ASK {}"), "{stopped}");
    }

    #[test]
    fn what_was_slow_is_told_with_its_end() {
        let slow = logged(|| watch("ASK {}", Duration::ZERO).end(StatusCode::OK, 3));
        assert!(slow.contains("INFO") && slow.contains("status=200 bytes=3 client=this machine"), "{slow}");
        assert!(logged(|| drop(watch("ASK {}", Duration::ZERO))).contains("did not wait"));
    }

    #[test]
    fn a_query_is_one_line_of_bounded_length_whatever_it_has() {
        let text = format!("ASK {{ \"a\"\n\u{1b}[31m\u{202e} é }} # {}", "ü".repeat(TOLD));
        let told = logged(|| watch(&text, Duration::ZERO).end(StatusCode::OK, 0));
        assert!(told.contains("ASK { \"a\"\\n\\u{1b}[31m\\u{202e} é } # ü"), "{told}");
        assert_eq!(told.lines().count(), 1);
        assert_eq!(told.matches('ü').count(), TOLD - text.chars().filter(|character| *character != 'ü').count());
    }
}
