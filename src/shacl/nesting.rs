//! Shapes within shapes: how deep they may nest, and that none needs itself.

use super::error::{Problem, ShapesError};
use super::shapes::{Draft, ShapeId};

/// How deep shapes, and paths, may stand within each other. Shapes graphs in use go to 5.
pub(super) const DEEPEST: usize = 64;

/// Refuses shapes that are recursive, or nest too deep to be walked on a thread's stack.
/// <https://www.w3.org/TR/shacl/#shapes-recursion>
pub(super) fn check(draft: &Draft) -> Result<(), ShapesError> {
    let mut depths = vec![Depth::Unknown; draft.shapes.len()];
    draft.ids().try_for_each(|id| measure(draft, id, &mut depths, &mut Vec::new()).map(|_| ()))
}

#[derive(Clone, Copy)]
enum Depth {
    Unknown,
    BeingMeasured,
    Known(usize),
}

fn measure(draft: &Draft, id: ShapeId, depths: &mut [Depth], above: &mut Vec<ShapeId>) -> Result<usize, ShapesError> {
    match depths.get(id.index()) {
        Some(Depth::Known(depth)) => return Ok(*depth),
        Some(Depth::BeingMeasured) => return Err(recursive(draft, id, above)),
        Some(Depth::Unknown) | None => {}
    }
    if above.len() > DEEPEST {
        return Err(too_deep(draft, above.first().copied().unwrap_or(id)));
    }
    set(depths, id, Depth::BeingMeasured);
    above.push(id);
    let mut deepest = 0;
    for constraint in draft.get(id).iter().flat_map(|shape| &shape.constraints) {
        for inner in constraint.shapes() {
            deepest = deepest.max(measure(draft, inner, depths, above)? + 1);
        }
    }
    above.pop();
    if deepest > DEEPEST {
        return Err(too_deep(draft, id));
    }
    set(depths, id, Depth::Known(deepest));
    Ok(deepest)
}

fn set(depths: &mut [Depth], id: ShapeId, depth: Depth) {
    if let Some(place) = depths.get_mut(id.index()) {
        *place = depth;
    }
}

fn too_deep(draft: &Draft, id: ShapeId) -> ShapesError {
    ShapesError { subject: draft.term(id), property: None, problem: Problem::TooDeep(DEEPEST) }
}

fn recursive(draft: &Draft, id: ShapeId, above: &[ShapeId]) -> ShapesError {
    let circle = above.iter().skip_while(|shape| **shape != id).chain([&id]);
    let names = circle.map(|shape| draft.term(*shape).to_string()).collect();
    ShapesError { subject: draft.term(id), property: None, problem: Problem::Recursive(names) }
}
