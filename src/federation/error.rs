//! Why another endpoint gave no solutions.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::time::Duration;

/// Why another endpoint gave no solutions. No message tells an address of the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CallError {
    /// It is not on the list.
    #[error("the endpoint <{endpoint}> is not asked from here")]
    NotAllowed {
        /// The endpoint.
        endpoint: String,
    },
    /// One query asks too often.
    #[error("the query asks other endpoints more than {limit} times; ask for more at once, or send values with VALUES")]
    TooManyCalls {
        /// How often it may.
        limit: usize,
    },
    /// The answers to one query are too large.
    #[error("the endpoint <{endpoint}> answers with more than is taken, {limit} MiB in one query; ask it for less")]
    TooLarge {
        /// The endpoint.
        endpoint: String,
        /// How much is taken of all of them together, in mebibytes.
        limit: u64,
    },
    /// The answers to one query have too many solutions.
    #[error(
        "the endpoint <{endpoint}> answers with more solutions than are taken, {limit} in one query; ask it for less"
    )]
    TooManySolutions {
        /// The endpoint.
        endpoint: String,
        /// How many are taken of all of them together.
        limit: usize,
    },
    /// The query was stopped or ran out of time meanwhile.
    #[error("the query was stopped")]
    Stopped,
    /// Its name leads to where nobody is asked.
    #[error("the name of the endpoint <{endpoint}> leads to a private or special address, and none of those is asked")]
    RefusedAddress {
        /// The endpoint.
        endpoint: String,
    },
    /// There is no connection.
    #[error("the endpoint <{endpoint}> cannot be reached: {reason}")]
    Unreachable {
        /// The endpoint.
        endpoint: String,
        /// What is in the way.
        reason: Cow<'static, str>,
    },
    /// It did not answer in time.
    #[error("the endpoint <{endpoint}> did not answer within {} s", time.as_secs_f32())]
    Late {
        /// The endpoint.
        endpoint: String,
        /// The time it had.
        time: Duration,
    },
    /// It answered that it would not.
    #[error("the endpoint <{endpoint}> answered with the status {status}{}", in_its_words(said))]
    Status {
        /// The endpoint.
        endpoint: String,
        /// The status of its answer.
        status: u16,
        /// The beginning of what it said, escaped; empty where that was no plain text.
        said: String,
    },
    /// Its answer is not what was asked for.
    #[error("the answer of the endpoint <{endpoint}> cannot be read: {reason}")]
    Unreadable {
        /// The endpoint.
        endpoint: String,
        /// What is wrong with it, escaped.
        reason: String,
    },
}

impl CallError {
    /// Whether the endpoint failed, which `SERVICE SILENT` asks to overlook. Our own refusals and bounds are never
    /// overlooked: silence would hide that nothing was asked, or that the answer is not whole.
    pub fn is_of_the_endpoint(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Late { .. } | Self::Status { .. } | Self::Unreadable { .. } => true,
            Self::NotAllowed { .. }
            | Self::TooManyCalls { .. }
            | Self::TooLarge { .. }
            | Self::TooManySolutions { .. }
            | Self::Stopped
            | Self::RefusedAddress { .. } => false,
        }
    }

    /// Whether the query asks for more than is done for one.
    pub fn is_of_the_query(&self) -> bool {
        matches!(self, Self::TooManyCalls { .. } | Self::TooLarge { .. } | Self::TooManySolutions { .. })
    }
}

fn in_its_words(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

/// The beginning of a text of others, on one line and without anything that a terminal or a page would act on.
pub(super) fn escaped(text: &str) -> String {
    const LENGTH: usize = 300;
    let mut beginning: String = text.trim().chars().take(LENGTH).flat_map(shown).collect();
    if text.trim().chars().nth(LENGTH).is_some() {
        beginning.push('…');
    }
    beginning
}

fn shown(character: char) -> Vec<char> {
    // `escape_debug` leaves quotes alone only where it is told to, and a page escapes them itself.
    if character.is_whitespace() {
        vec![' ']
    } else if matches!(character, '"' | '\'' | '\\') {
        vec![character]
    } else {
        character.escape_debug().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_others_is_told_in_part_and_without_controls() {
        assert_eq!(escaped(" a\r\nb \u{1b}[2Jc \"d\" "), "a  b \\u{1b}[2Jc \"d\"");
        assert_eq!(escaped(&"é".repeat(400)), format!("{}…", "é".repeat(300)));
        assert_eq!(escaped("\u{202e}x"), "\\u{202e}x");
    }
}
