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
    ShapesError { subject: draft.term(id), property: None, problem: Box::new(Problem::TooDeep(DEEPEST)) }
}

fn recursive(draft: &Draft, id: ShapeId, above: &[ShapeId]) -> ShapesError {
    let circle = above.iter().skip_while(|shape| **shape != id).chain([&id]);
    let names = circle.map(|shape| draft.term(*shape).to_string()).collect();
    ShapesError { subject: draft.term(id), property: None, problem: Box::new(Problem::Recursive(names)) }
}

#[cfg(test)]
mod tests {
    use super::DEEPEST;
    use crate::shacl::tests::{parse, refusal};
    use std::fmt::Write;

    /// Shapes of which each needs the next.
    fn chain(length: usize) -> String {
        let mut text = ":S0 sh:targetNode :s .\n".to_owned();
        for number in 0..length {
            writeln!(text, ":S{number} sh:node :S{} .", number + 1).unwrap();
        }
        text
    }

    #[test]
    fn a_shape_that_needs_itself_is_refused_with_the_circle() {
        let said = refusal(":S sh:targetNode :s ; sh:node :A . :A sh:property :B . :B sh:path :p ; sh:not :A .");
        assert_eq!(
            said,
            ":A: is recursive (:A → :B → :A); the meaning of recursive shapes is undefined, break the circle"
        );
        let said = refusal(":A sh:targetNode :s ; sh:or ( [ sh:class :C ] :A ) .");
        assert!(said.starts_with(":A: is recursive (:A → :A)"), "{said}");
    }

    #[test]
    fn a_shape_that_several_need_is_not_recursive() {
        let text = ":S sh:targetNode :s ; sh:node :A , :B . :A sh:node :C . :B sh:node :C . :C sh:class :C .";
        assert!(parse(text).is_ok());
    }

    #[test]
    fn shapes_may_nest_to_a_depth_and_no_deeper() {
        assert!(parse(&chain(DEEPEST)).is_ok());
        let said = refusal(&chain(DEEPEST + 1));
        assert_eq!(said, format!(":S0: nests deeper than {DEEPEST} levels; flatten it"));
    }

    #[test]
    fn ten_thousand_nested_shapes_are_refused_and_do_not_overflow_the_stack() {
        let said = refusal(&chain(10_000));
        assert_eq!(said, format!(":S0: nests deeper than {DEEPEST} levels; flatten it"));
    }

    #[test]
    fn ten_thousand_nested_paths_are_refused_and_do_not_overflow_the_stack() {
        let mut text = ":S sh:targetNode :s ; sh:property :P . :P sh:path _:p0 .\n".to_owned();
        for number in 0..10_000 {
            writeln!(text, "_:p{number} sh:inversePath _:p{} .", number + 1).unwrap();
        }
        let said = refusal(&text);
        assert_eq!(said, format!(":P, sh:path: nests deeper than {DEEPEST} levels; flatten it"));
    }
}
