//! `SERVICE`: what of a query goes to other endpoints, and their solutions.
//!
//! Each SERVICE of a query becomes a [`question`] before the query is planned, so that the other endpoint gets what the
//! client wrote and not what the planner made of it, together with the values that stand [`beside`](mod@beside) it.
//! It goes into the plan under a name of its own, by which it is [`asked`].
//!
//! <https://www.w3.org/TR/sparql11-federated-query/#defn_service>

mod asked;
mod beside;
#[cfg(test)]
mod differential;
mod question;

pub(super) use asked::{Asking, Services};

use super::text_search::is_search;
use crate::federation::{AllowList, CallLimits};
use crate::sparql::algebra::{any, operands, parts};
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::NamedNodePattern;

/// Why a SERVICE is not done.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// No endpoint may be asked at all.
    #[error(
        "SERVICE is not done here: this endpoint asks no other; query the other endpoint yourself and send its values with VALUES"
    )]
    NoFederation,
    /// This one may not be asked; others may.
    #[error(
        "SERVICE <{endpoint}> is not done here, also not with SILENT, which would hide that nothing was asked; the endpoints that are asked, spelt like this: {allowed}"
    )]
    NotAllowed {
        /// The endpoint.
        endpoint: String,
        /// Those that may be asked.
        allowed: String,
    },
    /// The endpoint is a variable.
    #[error("SERVICE {variable} is not done here; name one of the endpoints that are asked: {allowed}")]
    Variable {
        /// The variable, with its mark.
        variable: String,
        /// Those that may be asked.
        allowed: String,
    },
    /// It would be asked anew for each solution.
    #[error("SERVICE is not done inside {inside}, where it would be asked anew for each solution; join it outside")]
    ForEachSolution {
        /// `EXISTS` or `LATERAL`.
        inside: &'static str,
    },
    /// There are more than calls may be made.
    #[error("the query has more than {limit} SERVICE, and no more than that are asked in one query")]
    TooMany {
        /// How many there may be.
        limit: usize,
    },
}

/// Whether a pattern has a SERVICE anywhere, a text search too, in the pattern of an EXISTS too.
pub(super) fn asks_elsewhere(pattern: &GraphPattern) -> bool {
    any(pattern, |pattern| matches!(pattern, GraphPattern::Service { .. }), |_| false)
}

/// Holds each SERVICE of a pattern to the endpoints that may be asked, those inside another SERVICE too: who is asked
/// for something would ask them. A text search is no other endpoint.
///
/// # Errors
/// See [`ServiceError`].
pub(super) fn check_services(pattern: &GraphPattern, allowed: &AllowList) -> Result<(), ServiceError> {
    let limit = CallLimits::default().calls;
    let mut count = 0;
    each_service(pattern, &mut |name, place| {
        if is_search(name) && !matches!(place, Place::Elsewhere) {
            return Ok(());
        }
        if allowed.is_empty() {
            return Err(ServiceError::NoFederation);
        }
        count += 1;
        if count > limit {
            return Err(ServiceError::TooMany { limit });
        }
        match name {
            NamedNodePattern::NamedNode(endpoint) if !allowed.contains(endpoint.as_str()) => {
                Err(ServiceError::NotAllowed { endpoint: endpoint.as_str().to_owned(), allowed: allowed.told() })
            }
            NamedNodePattern::Variable(variable) => {
                Err(ServiceError::Variable { variable: variable.to_string(), allowed: allowed.told() })
            }
            NamedNodePattern::NamedNode(_) => match place {
                Place::Elsewhere | Place::Once => Ok(()),
                Place::PerSolution(inside) => Err(ServiceError::ForEachSolution { inside }),
            },
        }
    })
}

/// Where a SERVICE stands.
#[derive(Clone, Copy)]
enum Place {
    /// Where it is evaluated once, on its own.
    Once,
    /// Inside what is evaluated for each solution.
    PerSolution(&'static str),
    /// Inside another SERVICE.
    Elsewhere,
}

/// Calls `visit` for each SERVICE of a pattern, until it refuses one.
fn each_service(
    pattern: &GraphPattern,
    visit: &mut impl FnMut(&NamedNodePattern, Place) -> Result<(), ServiceError>,
) -> Result<(), ServiceError> {
    let mut rest = vec![(pattern, Place::Once)];
    while let Some((pattern, place)) = rest.pop() {
        let (below, mut expressions) = parts(pattern);
        let inside = match pattern {
            GraphPattern::Service { name, .. } => {
                visit(name, place)?;
                Place::Elsewhere
            }
            _ => place,
        };
        let nested = |name| if matches!(inside, Place::Elsewhere) { inside } else { Place::PerSolution(name) };
        match (pattern, &below[..]) {
            (GraphPattern::Lateral { .. }, [left, right]) => {
                rest.extend([(*left, inside), (*right, nested("LATERAL"))]);
            }
            _ => rest.extend(below.iter().map(|below| (*below, inside))),
        }
        while let Some(expression) = expressions.pop() {
            if let Expression::Exists(pattern) = expression {
                rest.push((pattern, nested("EXISTS")));
            }
            expressions.extend(operands(expression));
        }
    }
    Ok(())
}
