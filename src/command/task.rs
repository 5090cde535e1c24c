//! What a command can have done to the register: by itself, or by the server that owns it.
//!
//! Both travel as JSON through the socket in the data directory.

use crate::catalogue::{Catalogue, ListedToken, MadeToken, NewToken, Outcome, Submission};
use crate::register::Findings;
use anyhow::{Error, Result, anyhow};
use serde::{Deserialize, Serialize};
use std::time::SystemTime;

/// Work on the register. Each task has its answer in [`Answer`].
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Task {
    /// Write what sources say.
    Submit(Box<Submission>),
    /// Make a token.
    AddToken(NewToken),
    /// Revoke the token with this prefix.
    RevokeToken(String),
    /// List the tokens.
    ListTokens,
    /// Hold the graph and the text index to the register.
    VerifyGraph,
}

/// What became of a task.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// What became of a submission.
    Submitted(Outcome),
    /// The token that was made.
    TokenAdded(MadeToken),
    /// The token that was revoked.
    TokenRevoked(ListedToken),
    /// Every token there is.
    Tokens(Vec<ListedToken>),
    /// What of the graph and the text index does not fit.
    GraphVerified(Findings),
}

impl Task {
    /// Does it.
    ///
    /// # Errors
    /// The catalogue's.
    pub(super) fn perform(self, catalogue: &Catalogue) -> Result<Answer> {
        Ok(match self {
            Self::Submit(submission) => Answer::Submitted(catalogue.submit(*submission)?),
            Self::AddToken(new) => Answer::TokenAdded(catalogue.add_token(new)?),
            Self::RevokeToken(prefix) => Answer::TokenRevoked(catalogue.revoke_token(&prefix)?),
            Self::VerifyGraph => {
                let mut findings = catalogue.verify_graph()?;
                findings.extend(catalogue.verify_text_index()?);
                Answer::GraphVerified(findings)
            }
            Self::ListTokens => Answer::Tokens(catalogue.tokens(SystemTime::now())?),
        })
    }

    /// What the log calls it; it tells nothing of what the task holds but a submission's activity.
    pub(super) fn activity(&self) -> &str {
        match self {
            Self::Submit(submission) => &submission.activity,
            Self::AddToken(_) => "token add",
            Self::RevokeToken(_) => "token revoke",
            Self::VerifyGraph => "verify",
            Self::ListTokens => "token list",
        }
    }
}

impl Answer {
    /// The failure that an answer is that to another task.
    pub(super) fn misplaced() -> Error {
        anyhow!("the server answered another question than was asked; is it of the same release?")
    }
}
