//! What can happen to a catalogue, chosen at random.

use super::says::{self, Lines};
use crate::hostile::Random;
use std::collections::BTreeSet;

/// Records that have a name of their own; those of numbers come up as they are given out.
const NAMED: [&str; 7] =
    ["thing/1", "thing/2", "thing/3", "co-design/1", "co-design/2", "service-type/10003", "thing/a"];

const ACTIVITIES: [&str; 3] = ["co-design/1", "co-design/2", "co-design/3"];

/// Whoever writes: those with the three roles, and one who was given numbers.
pub(super) const AUTHORS: usize = 4;

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Edits that share a sync.
    Edits(Vec<Plan>),
    /// What the source says, all at once.
    Import(Vec<(String, Lines)>),
    /// The process ends in order, and another begins.
    Restart,
    /// The process dies, and another finds the files as they lie.
    Crash,
    /// The process dies in an edit, before the register's transaction ends.
    CrashBefore(Plan),
    /// The process dies in an edit, while so much of its transaction is in the log, in hundredths.
    CrashWithin(Plan, usize),
    /// The writer meets a defect in an edit.
    Defect(Plan),
}

/// What one edit is to do.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub author: usize,
    /// The idempotency key, if there is one.
    pub key: Option<usize>,
    pub changes: Vec<Change>,
}

#[derive(Clone, Debug)]
pub(super) struct Change {
    pub target: Target,
    pub holds: Holds,
    pub operation: Operation,
}

#[derive(Clone, Debug)]
pub(super) enum Target {
    /// A record, by its path after `id/`.
    Record(String),
    /// The next of a kind.
    Next(&'static str),
}

/// What must hold of the record.
#[derive(Clone, Debug)]
pub(super) enum Holds {
    Nothing,
    Absent,
    Present,
    Version(u64),
    Draft(u64),
}

#[derive(Clone, Debug)]
pub(super) enum Operation {
    Replace(Lines),
    /// Lines of a record whose path is not known yet.
    Create(Lines),
    /// A remark is added.
    Note(usize),
    Withdraw,
    Drop,
    Reserve,
}

/// What stands for the path of a record that is not known yet.
pub(super) const NEW: &str = "placeholder/new";

impl Step {
    /// A step, where these records are known.
    pub(super) fn random(random: &mut Random, known: &BTreeSet<String>) -> Self {
        match random.below(24) {
            0 | 1 => Self::Import(import(random, known)),
            2 => Self::Crash,
            3 => match random.below(4) {
                0 => Self::Restart,
                1 => Self::CrashBefore(plan(random, known)),
                2 => Self::CrashWithin(plan(random, known), random.below(100)),
                _ => Self::Defect(plan(random, known)),
            },
            4 | 5 => Self::Edits((0..2 + random.below(3)).map(|_| plan(random, known)).collect()),
            _ => Self::Edits(vec![plan(random, known)]),
        }
    }
}

fn path(random: &mut Random, known: &BTreeSet<String>) -> String {
    let known: Vec<&str> = known.iter().map(String::as_str).chain(NAMED).collect();
    (*random.pick(&known)).to_owned()
}

fn plan(random: &mut Random, known: &BTreeSet<String>) -> Plan {
    let count = if random.one_in(6) { 2 } else { 1 };
    let mut changes: Vec<Change> = Vec::new();
    for _ in 0..count {
        let change = change(random, known);
        // An edit names each record once, and the next number may turn out to be that of any.
        let is_apart = |other: &Change| match (&other.target, &change.target) {
            (Target::Record(one), Target::Record(other)) => one != other,
            (Target::Next(_), Target::Next(_)) => true,
            _ => false,
        };
        if changes.iter().all(is_apart) {
            changes.push(change);
        }
    }
    // Whoever may do everything comes most often, or nothing would ever be deprecated.
    let author = if random.one_in(2) { 2 } else { random.below(AUTHORS) };
    Plan { author, key: random.one_in(6).then(|| random.below(4)), changes }
}

fn change(random: &mut Random, known: &BTreeSet<String>) -> Change {
    if random.one_in(6) {
        let kind = *random.pick(&["service-type", "thing"]);
        let operation = if random.one_in(3) {
            Operation::Reserve
        } else {
            Operation::Create(says::random(random, NEW, &ACTIVITIES))
        };
        return Change { target: Target::Next(kind), holds: Holds::Nothing, operation };
    }
    let path = path(random, known);
    let operation = match random.below(12) {
        0 => Operation::Withdraw,
        1 => Operation::Drop,
        2 | 3 => Operation::Note(random.below(3)),
        _ => Operation::Replace(says::random(random, &path, &ACTIVITIES)),
    };
    let holds = match random.below(12) {
        0 => Holds::Absent,
        1 => Holds::Present,
        2 => Holds::Version(1 + random.few(5) as u64),
        3 => Holds::Draft(1 + random.few(2) as u64),
        _ => Holds::Nothing,
    };
    Change { target: Target::Record(path), holds, operation }
}

fn import(random: &mut Random, known: &BTreeSet<String>) -> Vec<(String, Lines)> {
    let paths: BTreeSet<String> = (0..=random.below(3)).map(|_| path(random, known)).collect();
    paths.into_iter().map(|path| (path.clone(), says::random(random, &path, &ACTIVITIES))).collect()
}
