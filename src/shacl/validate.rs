//! Validating: whole data on all cores, or some nodes of them.

use super::checker::Checker;
use super::data::{Data, Node};
use super::limits::{Failure, Limits, Room};
use super::report::{Report, ValidationResult};
use super::shapes::{Shape, ShapeId, Shapes};
use super::target::Target;
use oxrdf::Term;
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

/// Shapes that have the same targets.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) targets: Vec<Target>,
    pub(super) shapes: Vec<ShapeId>,
}

impl Group {
    /// The groups of the shapes that have targets, in the order of their first shapes.
    pub(super) fn of<'s>(shapes: impl Iterator<Item = (ShapeId, &'s Shape)>) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        let mut places: BTreeMap<&[Target], usize> = BTreeMap::new();
        for (id, shape) in shapes.filter(|(_, shape)| !shape.targets.is_empty() && !shape.is_deactivated) {
            let place = *places.entry(&shape.targets).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.shapes.push(id),
                None => groups.push(Self { targets: shape.targets.clone(), shapes: vec![id] }),
            }
        }
        groups
    }

    /// The focus nodes of the group, each once.
    pub(super) fn focus_nodes<D: Data>(&self, checker: &Checker<'_, D>) -> Vec<Node> {
        let mut found = Vec::new();
        for target in &self.targets {
            target.find(checker.data, &checker.nodes, &checker.classes, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// How many focus nodes a thread takes at once: enough to make the taking cheap.
const TAKEN_AT_ONCE: usize = 1024;

/// The stack of a thread, in bytes: shapes and queries nest.
const STACK: usize = 16 << 20;

/// Some focus nodes of one group.
struct Task<'a> {
    group: &'a Group,
    focus_nodes: &'a [Node],
}

/// What one task found.
struct Done {
    task: usize,
    results: Vec<ValidationResult>,
}

/// Validates whole data against shapes.
///
/// # Errors
/// [`Failure`], where there is no verdict.
pub fn validate<D: Data + Sync>(shapes: &Shapes, data: &D, limits: Limits) -> Result<Report, Failure> {
    let finder = Checker::new(shapes, data, limits);
    let found: Vec<(&Group, Vec<Node>)> =
        shapes.groups.iter().map(|group| (group, group.focus_nodes(&finder))).collect();
    finder.in_time(&"the targets")?;
    let tasks: Vec<Task<'_>> = found
        .iter()
        .flat_map(|(group, nodes)| nodes.chunks(TAKEN_AT_ONCE).map(|focus_nodes| Task { group, focus_nodes }))
        .collect();
    let next = AtomicUsize::new(0);
    let has_failed = AtomicBool::new(false);
    let work = || work(shapes, data, limits, &tasks, &next, &has_failed);
    let threads = thread::available_parallelism().map_or(1, usize::from).min(tasks.len());
    let outcomes: Vec<Result<(Vec<Done>, usize), Failure>> = if threads < 2 {
        vec![work()]
    } else {
        thread::scope(|scope| {
            let start = || thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            let handles: Vec<_> = (0..threads).map(|_| start()).collect();
            let end = |handle: io::Result<ScopedJoinHandle<'_, _>>| match handle {
                Ok(handle) => handle.join().unwrap_or(Err(Failure::Interrupted)),
                Err(_) => Err(Failure::Interrupted),
            };
            handles.into_iter().map(end).collect()
        })
    };
    gather(outcomes, limits)
}

/// Checks some nodes of data, against every shape that has them as focus nodes.
///
/// # Errors
/// [`Failure`], where there is no verdict.
pub fn validate_nodes<D: Data>(shapes: &Shapes, data: &D, nodes: &[Term], limits: Limits) -> Result<Report, Failure> {
    let mut checker = Checker::new(shapes, data, limits);
    for node in nodes {
        let node = checker.nodes.of_term(node.as_ref());
        checker.check_where_targeted(node)?;
    }
    checker.check_waiting()?;
    Ok(Report { results: checker.take_results(), omitted: checker.omitted() })
}

/// Takes tasks until there are none left.
fn work<D: Data>(
    shapes: &Shapes,
    data: &D,
    limits: Limits,
    tasks: &[Task<'_>],
    next: &AtomicUsize,
    has_failed: &AtomicBool,
) -> Result<(Vec<Done>, usize), Failure> {
    let mut checker = Checker::new(shapes, data, limits);
    let mut done = Vec::new();
    while !has_failed.load(Ordering::Relaxed) {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(task) = tasks.get(number) else { break };
        if let Err(failure) = checker.check_task(task.group, task.focus_nodes) {
            has_failed.store(true, Ordering::Relaxed);
            return Err(failure);
        }
        done.push(Done { task: number, results: checker.take_results() });
    }
    Ok((done, checker.omitted()))
}

/// One report of what the threads found, in the order of the tasks.
fn gather(outcomes: Vec<Result<(Vec<Done>, usize), Failure>>, limits: Limits) -> Result<Report, Failure> {
    let mut all = Vec::new();
    let mut report = Report::default();
    for outcome in outcomes {
        let (done, omitted) = outcome?;
        all.extend(done);
        report.omitted += omitted;
    }
    all.sort_by_key(|done| done.task);
    report.results = all.into_iter().flat_map(|done| done.results).collect();
    // Each thread had room of its own.
    let mut room = Room::of(limits.results);
    let before = report.results.len();
    report.results.retain(|result| room.take(result.is_violation(), result.source.length()));
    report.omitted += before - report.results.len();
    Ok(report)
}
