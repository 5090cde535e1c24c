//! What the catalogue promises, as simply as it can be said: records in a map, and what may become of each.

use super::life::{check_life, may_become};
use super::says::{
    Lines, bear_number, designed_in, has_one_name, has_title, has_type, iri, is_activity, is_entry, is_successor, note,
    status, tombstone, without_status,
};
use super::step::{Change, Holds, NEW, Operation, Plan, Target};
use eu_service_list::catalogue::{EditedRecord, Role, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Why something is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Precondition,
    Unknown,
    Status,
    Step,
    Role,
    Allowed,
    Others,
    Number,
    Rules,
    Shapes,
    Key,
}

/// What an edit is answered: the revision, and what became of each record.
pub(super) type Answer = Result<(u64, Vec<EditedRecord>), Refusal>;

/// What an import is answered.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Imported {
    /// How many records are added, changed, unchanged, and newly missing; none where it breaks the shapes.
    pub counts: [u64; 4],
    /// Whether anything was rejected.
    pub is_rejected: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub versions: Vec<Lines>,
    pub draft: Option<Draft>,
}

#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub lines: Option<Lines>,
    pub edit: u64,
    pub changes: Option<u64>,
    /// Who wrote it last.
    pub author: usize,
}

/// Everything that is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub records: BTreeMap<String, Record>,
    pub revision: u64,
    /// The largest number that was given out of each kind.
    last: BTreeMap<String, u64>,
    /// What the source said of each record, and whether it is silent about it now.
    told: BTreeMap<String, (Lines, bool)>,
    /// What was asked with each key of each author, and what it was answered.
    answered: BTreeMap<(usize, usize), (String, Answer)>,
}

/// What becomes of a record.
pub(super) enum Becomes {
    Published(Status, Lines),
    Draft(Lines),
    Reserved,
    Dropped,
}

/// The roles of the authors; the last writes the numbers from 10000 to 10005 and nothing else.
pub(super) const ROLES: [Role; 4] = [Role::Submit, Role::Edit, Role::Manage, Role::Edit];
const NUMBERED: usize = 3;

impl Model {
    /// The paths of all records that there are or were.
    pub(super) fn known(&self) -> BTreeSet<String> {
        self.records.keys().cloned().collect()
    }

    /// Whether the same was asked before with the same key.
    pub(super) fn was_answered(&self, plan: &Plan) -> bool {
        plan.key.is_some_and(|key| self.answered.contains_key(&(plan.author, key)))
    }

    fn record(&self, path: &str) -> Record {
        self.records.get(path).cloned().unwrap_or_default()
    }

    /// Writes an edit, whole or not at all.
    pub(super) fn edit(&mut self, plan: &Plan) -> Answer {
        let asked = format!("{:?}", plan.changes);
        let key = plan.key.map(|key| (plan.author, key));
        if let Some((before, answer)) = key.and_then(|key| self.answered.get(&key)) {
            return if *before == asked { answer.clone() } else { Err(Refusal::Key) };
        }
        let before = self.clone();
        let answer = self.try_edit(plan);
        match (&answer, key) {
            (Err(_), _) => *self = before,
            (Ok(_), Some(key)) => drop(self.answered.insert(key, (asked, answer.clone()))),
            (Ok(_), None) => {}
        }
        answer
    }

    fn try_edit(&mut self, plan: &Plan) -> Answer {
        let mut prepared: Vec<(String, Becomes)> = Vec::new();
        for change in &plan.changes {
            let path = self.path(change, plan.author);
            let becomes = self.becomes(&path, plan.author, change)?;
            prepared.push((path, becomes));
        }
        self.check_shapes(&prepared)?;
        let is_published = |(path, becomes): &(String, Becomes)| matches!(becomes, Becomes::Published(_, lines) if self.records.get(path).and_then(|record| record.versions.last()) != Some(lines));
        self.revision += u64::from(prepared.iter().any(is_published));
        let records = prepared.into_iter().map(|(path, becomes)| self.write(&path, plan.author, becomes)).collect();
        Ok((self.revision, records))
    }

    /// The path of the record that is changed; a new one has the number after the last that was given out.
    fn path(&mut self, change: &Change, author: usize) -> String {
        let kind = match &change.target {
            Target::Record(path) => return path.clone(),
            Target::Next(kind) => *kind,
        };
        // Who was given numbers has a count of their own.
        let counted = if kind == "service-type" && author == NUMBERED { "numbered" } else { kind };
        let mut number = self.last(counted) + 1;
        // A record that was ever there is known, what became of it no matter.
        while self.records.contains_key(&format!("{kind}/{number}")) {
            number += 1;
        }
        self.last.insert(counted.to_owned(), number);
        format!("{kind}/{number}")
    }

    fn last(&self, kind: &str) -> u64 {
        self.last.get(kind).copied().unwrap_or(if kind == "thing" { 0 } else { 9_999 })
    }

    fn becomes(&self, path: &str, author: usize, change: &Change) -> Result<Becomes, Refusal> {
        let number = path.strip_prefix("service-type/").and_then(|number| number.parse::<u64>().ok());
        let is_given = author == NUMBERED && number.is_some_and(|number| (10_000..=10_005).contains(&number));
        if author == NUMBERED && !is_given {
            return Err(Refusal::Allowed);
        }
        let record = self.record(path);
        if !holds(&change.holds, &record) {
            return Err(Refusal::Precondition);
        }
        let becomes = operate(path, &record, &change.operation)?;
        if is_hidden(&record, author, &becomes) {
            return Err(Refusal::Others);
        }
        check_life(ROLES[author], &record, &becomes)?;
        let is_new = record.versions.is_empty() && record.draft.is_none();
        if matches!(change.target, Target::Record(_)) && is_new && number.is_some() && !is_given {
            return Err(Refusal::Number);
        }
        match &becomes {
            Becomes::Published(_, lines) | Becomes::Draft(lines) if !has_type(lines) => Err(Refusal::Rules),
            becomes if loses(path, &record, &change.operation, becomes) => Err(Refusal::Rules),
            _ => Ok(becomes),
        }
    }

    /// What is published, with changes laid over it.
    fn with<'l>(&'l self, changes: impl Iterator<Item = (&'l str, &'l Lines)>) -> BTreeMap<String, &'l Lines> {
        let present = self.records.iter().filter_map(|(path, record)| Some((iri(path), record.versions.last()?)));
        present.chain(changes.map(|(path, lines)| (iri(path), lines))).collect()
    }

    /// What is published conforms by itself; a draft conforms beside it.
    fn check_shapes(&self, prepared: &[(String, Becomes)]) -> Result<(), Refusal> {
        let published = prepared.iter().filter_map(|(path, becomes)| match becomes {
            Becomes::Published(_, lines) => Some((path.as_str(), lines)),
            _ => None,
        });
        let all = prepared.iter().filter_map(|(path, becomes)| match becomes {
            Becomes::Published(_, lines) | Becomes::Draft(lines) => Some((path.as_str(), lines)),
            _ => None,
        });
        if conforms(&self.with(published)) && conforms(&self.with(all)) { Ok(()) } else { Err(Refusal::Shapes) }
    }

    fn write(&mut self, path: &str, author: usize, becomes: Becomes) -> EditedRecord {
        let record = self.records.entry(path.to_owned()).or_default();
        let was_there = !record.versions.is_empty() || record.draft.is_some();
        let edit = record.draft.as_ref().map_or(1, |draft| draft.edit + 1);
        let changes = record.versions.len() as u64;
        let changes = (changes > 0).then_some(changes);
        let draft = |lines| Some(Draft { lines, edit, changes, author });
        let edited =
            |status, version, is_new, is_changed| EditedRecord { iri: iri(path), status, version, is_new, is_changed };
        let edited = match becomes {
            Becomes::Published(status, lines) => {
                if record.draft.as_ref().is_some_and(|draft| settles(draft, record.versions.is_empty(), &lines)) {
                    record.draft = None;
                }
                let (is_new, is_changed) = (record.versions.is_empty(), record.versions.last() != Some(&lines));
                if is_changed {
                    record.versions.push(lines);
                }
                edited(Some(status), record.versions.len() as u64, is_new, is_changed)
            }
            Becomes::Draft(lines) => {
                record.draft = draft(Some(lines));
                edited(Some(Status::Submitted), edit, !was_there, true)
            }
            Becomes::Reserved => {
                record.draft = draft(None);
                edited(Some(Status::Reserved), edit, !was_there, true)
            }
            Becomes::Dropped => {
                record.draft = None;
                edited(None, 0, false, true)
            }
        };
        if !record.versions.is_empty() {
            self.count(path);
        }
        edited
    }

    /// A number of the list that is published is the last from then on, if it is the largest.
    fn count(&mut self, path: &str) {
        if let Some(number) = path.strip_prefix("service-type/").and_then(|number| number.parse().ok()) {
            let last = self.last("service-type").max(number);
            self.last.insert("service-type".to_owned(), last);
        }
    }

    /// Lays what the source says over what is published.
    pub(super) fn import(&mut self, said: &[(String, Lines)]) -> Imported {
        let before = self.clone();
        let (mut pending, mut tells, mut is_rejected) = (BTreeMap::new(), false, false);
        let mut silent: BTreeSet<String> =
            self.told.iter().filter(|(_, (_, is_silent))| !is_silent).map(|(path, _)| path.clone()).collect();
        for (path, now) in said {
            silent.remove(path);
            let (old, was_silent) = self.told.get(path).cloned().unwrap_or_default();
            let record = self.record(path);
            let Some(content) = merge(&record, &old, now) else {
                is_rejected = true;
                continue;
            };
            tells |= old != *now || was_silent;
            self.told.insert(path.clone(), (now.clone(), false));
            pending.insert(path.clone(), content);
        }
        for path in &silent {
            self.told.entry(path.clone()).and_modify(|(_, is_silent)| *is_silent = true);
        }
        if !conforms(&self.with(pending.iter().map(|(path, lines)| (path.as_str(), lines)))) {
            *self = before;
            return Imported { is_rejected: true, ..Imported::default() };
        }
        let mut counts = [0, 0, 0, silent.len() as u64];
        for (path, content) in pending {
            let record = self.records.entry(path.clone()).or_default();
            let which = if record.versions.is_empty() {
                0
            } else if record.versions.last() != Some(&content) {
                1
            } else {
                2
            };
            counts[which] += 1;
            if which < 2 {
                record.versions.push(content);
                self.count(&path);
            }
        }
        self.revision += u64::from(tells || !silent.is_empty() || counts[0] + counts[1] > 0);
        Imported { counts, is_rejected }
    }
}

fn holds(holds: &Holds, record: &Record) -> bool {
    let version = record.versions.len() as u64;
    let draft = record.draft.as_ref().map(|draft| draft.edit);
    let is_said = record.draft.as_ref().is_some_and(|draft| draft.lines.is_some());
    match holds {
        Holds::Nothing => true,
        Holds::Absent => version == 0 && !is_said,
        Holds::Present => version > 0 || draft.is_some(),
        Holds::Version(asked) => version == *asked,
        Holds::Draft(asked) => draft == Some(*asked),
    }
}

fn operate(path: &str, record: &Record, operation: &Operation) -> Result<Becomes, Refusal> {
    let present = record.versions.last();
    match operation {
        Operation::Reserve => return Ok(Becomes::Reserved),
        Operation::Withdraw if present.is_some() => return Ok(withdrawn(path, present, present)),
        Operation::Withdraw | Operation::Drop if record.draft.is_some() => return Ok(Becomes::Dropped),
        Operation::Withdraw | Operation::Drop => return Err(Refusal::Unknown),
        Operation::Replace(_) | Operation::Create(_) | Operation::Note(_) => {}
    }
    let lines = said(path, record, operation);
    match status(&lines) {
        None => Err(Refusal::Status),
        Some(Status::Submitted) => Ok(Becomes::Draft(lines)),
        Some(Status::Withdrawn) => Ok(withdrawn(path, present, Some(&lines))),
        Some(status) => Ok(Becomes::Published(status, lines)),
    }
}

/// What an author has a record say; nothing where it is not about what it says.
fn said(path: &str, record: &Record, operation: &Operation) -> Lines {
    match operation {
        Operation::Replace(lines) => lines.clone(),
        Operation::Create(lines) => {
            let mut lines = lines.iter().map(|line| line.replacen(NEW, path, 1)).collect();
            bear_number(path, &mut lines);
            lines
        }
        Operation::Note(number) => {
            let drafted = record.draft.as_ref().and_then(|draft| draft.lines.as_ref());
            let mut lines = record.versions.last().or(drafted).cloned().unwrap_or_default();
            lines.insert(note(path, *number));
            lines
        }
        Operation::Reserve | Operation::Withdraw | Operation::Drop => Lines::new(),
    }
}

/// What is left of a record, with the successors that somebody names.
fn withdrawn(path: &str, present: Option<&Lines>, said: Option<&Lines>) -> Becomes {
    let mut left = match present {
        Some(present) if status(present) == Some(Status::Withdrawn) => present.clone(),
        present => tombstone(path, present.unwrap_or(&Lines::new())),
    };
    left.retain(|line| !is_successor(line));
    left.extend(said.into_iter().flatten().filter(|line| is_successor(line)).cloned());
    Becomes::Published(Status::Withdrawn, left)
}

/// Whether something that an author says of a record would be lost: what is left of it says less.
fn loses(path: &str, record: &Record, operation: &Operation, becomes: &Becomes) -> bool {
    let (Becomes::Published(Status::Withdrawn, left), false) = (becomes, matches!(operation, Operation::Withdraw))
    else {
        return false;
    };
    let (said, present) = (said(path, record, operation), record.versions.last());
    let was_withdrawn = present.and_then(status) == Some(Status::Withdrawn);
    if was_withdrawn {
        return said != *left;
    }
    said.difference(left).any(|line| !present.is_some_and(|present| present.contains(line)))
}

/// Whether an edit meets a draft of others that its author does not see: who only submits sees their own. One of what is
/// published keeps nobody from changing that.
fn is_hidden(record: &Record, author: usize, becomes: &Becomes) -> bool {
    let is_published = !record.versions.is_empty() && matches!(becomes, Becomes::Published(..));
    let is_others = record.draft.as_ref().is_some_and(|draft| draft.author != author);
    is_others && !is_published && ROLES[author] < Role::Edit
}

fn settles(draft: &Draft, is_new: bool, lines: &Lines) -> bool {
    match &draft.lines {
        None => true,
        Some(waits) => is_new || without_status(waits) == without_status(lines),
    }
}

/// What a record says when the source has said it; nothing where that is rejected.
fn merge(record: &Record, old: &Lines, now: &Lines) -> Option<Lines> {
    let present = record.versions.last();
    if present.and_then(status) == Some(Status::Withdrawn) {
        return present.cloned();
    }
    let mut content = present.cloned().unwrap_or_default();
    content.retain(|line| !old.contains(line) || now.contains(line));
    content.extend(now.difference(old).cloned());
    let (from, to) = (present.and_then(status), status(&content)?);
    let is_entry = is_entry(&content) || present.is_some_and(is_entry);
    let may = match from {
        None => !matches!(to, Status::Submitted | Status::Withdrawn),
        from => may_become(from, to, is_entry),
    };
    (may && has_type(&content)).then_some(content)
}

/// Whether records, by IRI, conform to what the shapes ask of these.
fn conforms(records: &BTreeMap<String, &Lines>) -> bool {
    let is_activity_at = |iri: &str| records.get(iri).is_some_and(|lines| is_activity(lines));
    records.values().all(|lines| {
        (!is_activity(lines) || has_title(lines)) && has_one_name(lines) && designed_in(lines).all(is_activity_at)
    })
}
