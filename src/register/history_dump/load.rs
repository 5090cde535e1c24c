//! Making a new register of a history, in one transaction, where every link must come out the same.

use super::super::chain;
use super::super::commit::{Attribution, Change, CommitError, Made, write_version};
use super::super::hex::hex;
use super::super::open::{Register, Unreadable};
use super::{CounterLine, EDITION, FORMAT, Head, HistoryEnd, Line, ReleaseLine, RevisionLine, ToldLine, VersionLine};
use crate::rdf::Content;
use rusqlite::{Connection, params};
use std::io::{self, BufRead};

/// A history that no register was made of.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is a history already.
    #[error("a history is loaded into a new register, and this one has {0} revisions; name another --data directory")]
    NotNew(u64),
    /// It is of other IRIs.
    #[error("the history is of the register for {theirs}, not {ours}; load it with --base {theirs}")]
    OtherBase {
        /// The base of the history.
        theirs: String,
        /// The base of the new register.
        ours: String,
    },
    /// A line is not what must stand there.
    #[error("line {line} of the history: {reason}")]
    Line {
        /// The number of the line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// It was cut off.
    #[error("the history has no end: it was cut off after line {0}; nothing was loaded")]
    Cut(u64),
    /// It cannot be read.
    #[error("cannot read the history: {0}")]
    Io(#[from] io::Error),
    /// The register cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The register refused it.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl From<rusqlite::Error> for LoadError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Commit(error.into())
    }
}

/// Why a line is not taken.
type Refusal = String;

impl Register {
    /// Makes this new register say what a history says, whole or not at all, and says where it ends.
    ///
    /// # Errors
    /// See [`LoadError`]; the register is then as new as it was.
    pub fn load_history(&self, mut lines: impl BufRead) -> Result<HistoryEnd, LoadError> {
        match self.snapshot()?.revision()?.number {
            0 => {}
            revisions => return Err(LoadError::NotNew(revisions)),
        }
        self.transact(|transaction| {
            // The rest is written without savepoints of its own: it is kept whole, or not at all.
            transaction.write(|_| Ok(()))?;
            let mut loading = Loading { connection: transaction.connection, made: None };
            let (mut text, mut number) = (String::new(), 0);
            loop {
                text.clear();
                if lines.read_line(&mut text)? == 0 {
                    return Err(LoadError::Cut(number));
                }
                number += 1;
                let refused = |reason| LoadError::Line { line: number, reason };
                let line = serde_json::from_str(&text).map_err(|error| refused(error.to_string()))?;
                match (number, line) {
                    (1, Line::Head(head)) => loading.head(&head)?,
                    (1, _) | (_, Line::Head(_)) => return Err(refused("the head stands first, and once".to_owned())),
                    (_, Line::End(end)) => return loading.end(end)?.map_err(refused),
                    (_, line) => loading.take(line)?.map_err(refused)?,
                }
            }
        })
    }
}

/// The work on one history.
struct Loading<'c> {
    connection: &'c Connection,
    /// The revision whose versions come now.
    made: Option<Made>,
}

impl Loading<'_> {
    fn head(&self, head: &Head) -> Result<(), LoadError> {
        if head.format != FORMAT || head.edition != EDITION {
            let reason =
                format!("it is {} of edition {}, and {FORMAT} of edition {EDITION} is read", head.format, head.edition);
            return Err(LoadError::Line { line: 1, reason });
        }
        let ours: String =
            self.connection.query_row("SELECT value FROM setting WHERE name = 'base'", [], |row| row.get(0))?;
        if head.base == ours { Ok(()) } else { Err(LoadError::OtherBase { theirs: head.base.clone(), ours }) }
    }

    fn take(&mut self, line: Line) -> rusqlite::Result<Result<(), Refusal>> {
        match line {
            Line::Revision(revision) => self.revision(revision).map(Ok),
            Line::Version(version) => self.version(version),
            Line::Release(release) => self.release(&release).map(Ok),
            Line::Told(told) => self.told(&told).map(Ok),
            Line::Counter(counter) => self.counter(&counter).map(Ok),
            Line::Head(_) | Line::End(_) => Ok(Ok(())),
        }
    }

    fn revision(&mut self, line: RevisionLine) -> rusqlite::Result<()> {
        let RevisionLine { number, at, agent, organisation, token, activity, reason } = line;
        self.connection
            .prepare_cached(
                "INSERT INTO revision (number, at, agent, organisation, token, activity, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![number, at, agent, organisation, token, activity, reason])?;
        let by = Attribution { agent, organisation, token, activity, reason };
        self.made = Some(Made { revision: number, at, by });
        Ok(())
    }

    fn version(&self, line: VersionLine) -> rusqlite::Result<Result<(), Refusal>> {
        let Some(made) = &self.made else { return Ok(Err("no revision stands before this version".to_owned())) };
        let content = match Content::parse(&line.content) {
            Ok(content) => content,
            Err(error) => return Ok(Err(format!("the content of {} cannot be read: {error}", line.record))),
        };
        let change = Change { iri: line.record, kind: line.kind, number: line.number, content };
        write_version(self.connection, made, &change)?;
        let end = chain::end(self.connection)?.map(|(position, link)| (position, hex(&link)));
        Ok(if end == Some((line.position, line.link)) {
            Ok(())
        } else {
            Err(format!("version {} of {} comes to another link: the history was changed", line.version, change.iri))
        })
    }

    fn release(&self, line: &ReleaseLine) -> rusqlite::Result<()> {
        self.connection.execute(
            "INSERT INTO release (name, record, revision, members)
             VALUES (?1, (SELECT id FROM record WHERE iri = ?2), (SELECT max(number) FROM revision), ?3)",
            params![line.name, line.record, line.members.len()],
        )?;
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO release_member (release, record, version) VALUES (?1, (SELECT id FROM record WHERE iri = ?2), ?3)",
        )?;
        for (member, version) in &line.members {
            insert.execute(params![line.name, member, version])?;
        }
        Ok(())
    }

    fn told(&self, line: &ToldLine) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO told (source, record, content, missing_since)
                 VALUES (?1, (SELECT id FROM record WHERE iri = ?2), ?3, ?4)",
            )?
            .execute(params![line.source, line.record, line.content, line.missing_since])?;
        Ok(())
    }

    fn counter(&self, line: &CounterLine) -> rusqlite::Result<()> {
        let raise = "UPDATE counter SET last = max(last, ?2) WHERE kind = ?1";
        if self.connection.execute(raise, params![line.kind, line.last])? == 0 {
            let begin = "INSERT INTO counter (kind, last) VALUES (?1, ?2)";
            self.connection.execute(begin, params![line.kind, line.last])?;
        }
        Ok(())
    }

    /// Holds what was loaded to where the history says that it ends. When a document last came to show something else
    /// is not in it, so all count as changed by the last revision.
    fn end(&self, told: HistoryEnd) -> rusqlite::Result<Result<HistoryEnd, Refusal>> {
        self.connection.execute("UPDATE shown SET revision = (SELECT max(number) FROM revision)", [])?;
        let (versions, link) = chain::end(self.connection)?.unzip();
        let newest = "SELECT coalesce(max(number), 0) FROM revision";
        let revision = self.connection.query_row(newest, [], |row| row.get(0))?;
        let loaded = HistoryEnd { revision, versions: versions.unwrap_or(0), link: link.map(|link| hex(&link)) };
        Ok(if loaded == told {
            Ok(told)
        } else {
            Err(format!("it ends at {told:?}, and what stands before at {loaded:?}"))
        })
    }
}
