//! Whether results are the expected ones: solutions as a sequence or a bag, with blank nodes that may have other names.

use super::results::{Results, Row, Solutions};
use super::server;
use oxrdf::vocab::xsd;
use oxrdf::{BlankNode, Literal, Term};
use oxsdatatypes::Boolean;
use std::collections::BTreeMap;

/// How solutions are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cardinality {
    /// In their order.
    Sequence,
    /// In any order, each as often as it is expected.
    Bag,
    /// In any order, each at least once and at most as often as it is expected, as REDUCED may leave out repetitions.
    Lax,
}

/// Compares results.
///
/// # Errors
/// Both, where they differ.
pub(crate) fn compare(expected: &Results, actual: &Results, cardinality: Cardinality) -> Result<(), String> {
    match (expected, actual) {
        (Results::Truth(expected), Results::Truth(actual)) if expected == actual => Ok(()),
        (Results::Truth(expected), Results::Truth(actual)) => Err(format!("the answer is {actual}, not {expected}")),
        (Results::Graph(expected), Results::Graph(actual)) => server::compare("the answer", expected, actual),
        (Results::Solutions(expected), Results::Solutions(actual)) => compare_solutions(expected, actual, cardinality),
        _ => Err("the answer is of another kind".to_owned()),
    }
}

fn compare_solutions(expected: &Solutions, actual: &Solutions, cardinality: Cardinality) -> Result<(), String> {
    if expected.variables != actual.variables {
        return Err(format!("the variables are {:?}, not {:?}", actual.variables, expected.variables));
    }
    let are_same = match cardinality {
        Cardinality::Sequence => is_same_sequence(&expected.rows, &actual.rows),
        Cardinality::Bag => is_same_bag(&expected.rows, &mut actual.rows.clone(), &Renaming::default()),
        Cardinality::Lax => is_lax_bag(&expected.rows, &actual.rows),
    };
    if are_same {
        return Ok(());
    }
    Err(format!("expected are the solutions\n{}\nand given\n{}", told(&expected.rows), told(&actual.rows)))
}

/// Which blank node stands for which, both ways.
#[derive(Clone, Default)]
struct Renaming {
    there: BTreeMap<String, String>,
    back: BTreeMap<String, String>,
}

impl Renaming {
    /// With what it takes to make a row the other; nothing where no renaming does.
    fn with(&self, one: &Row, other: &Row) -> Option<Self> {
        let mut renaming = self.clone();
        let same = one.len() == other.len()
            && one.iter().zip(other).all(|((name, term), (other_name, other_term))| {
                name == other_name && renaming.makes_same(term, other_term)
            });
        same.then_some(renaming)
    }

    fn makes_same(&mut self, one: &Term, other: &Term) -> bool {
        let (Term::BlankNode(one), Term::BlankNode(other)) = (one, other) else { return is_same(one, other) };
        let name = |node: &BlankNode| node.as_str().to_owned();
        let there = self.there.entry(name(one)).or_insert_with(|| name(other));
        let back = self.back.entry(name(other)).or_insert_with(|| name(one));
        there == other.as_str() && back == one.as_str()
    }
}

/// Numbers and truth values are the same if their datatypes and values are: how one is written is nowhere said for what
/// is reckoned, and the suite writes `2.0E3` where another writes `2000`.
fn is_same(one: &Term, other: &Term) -> bool {
    let (Term::Literal(literal), Term::Literal(other_literal)) = (one, other) else { return one == other };
    one == other
        || (literal.datatype() == other_literal.datatype()
            && value(literal).is_some_and(|value_of_one| value(other_literal) == Some(value_of_one)))
}

/// The value of a number or a truth value; nothing of other literals.
fn value(literal: &Literal) -> Option<f64> {
    match literal.datatype() {
        xsd::BOOLEAN => literal.value().parse::<Boolean>().ok().map(|truth| f64::from(u8::from(bool::from(truth)))),
        xsd::INTEGER | xsd::DECIMAL | xsd::FLOAT | xsd::DOUBLE => literal.value().parse().ok(),
        _ => None,
    }
}

fn is_same_sequence(expected: &[Row], actual: &[Row]) -> bool {
    let mut rows = expected.iter().zip(actual);
    expected.len() == actual.len()
        && rows.try_fold(Renaming::default(), |renaming, (one, other)| renaming.with(one, other)).is_some()
}

/// Whether a renaming makes the rows the same; `actual` is as it was in the end unless it does.
fn is_same_bag(expected: &[Row], actual: &mut Vec<Row>, renaming: &Renaming) -> bool {
    let Some((first, rest)) = expected.split_first() else { return actual.is_empty() };
    let mut place = 0;
    while let Some(row) = actual.get(place) {
        if let Some(renaming) = renaming.with(first, row) {
            let row = actual.remove(place);
            if is_same_bag(rest, actual, &renaming) {
                return true;
            }
            actual.insert(place, row);
            if !first.values().any(Term::is_blank_node) {
                // Any other row that is the same would lead to the same end.
                return false;
            }
        }
        place += 1;
    }
    false
}

/// The suite has no blank nodes where this is asked.
fn is_lax_bag(expected: &[Row], actual: &[Row]) -> bool {
    let count = |rows: &[Row], row: &Row| rows.iter().filter(|other| *other == row).count();
    actual.iter().all(|row| count(actual, row) <= count(expected, row))
        && expected.iter().all(|row| count(actual, row) > 0)
}

fn told(rows: &[Row]) -> String {
    let row = |row: &Row| row.iter().map(|(name, term)| format!("?{name} = {term}")).collect::<Vec<_>>().join(", ");
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}
