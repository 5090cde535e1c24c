//! The differential test: the same solutions, with the same multiplicities, with and without the
//! rewrite, whether spareval's planner is on or off.
//! `REWRITE_CASES` sets how many queries are tried.

use super::rewrite;
use super::tests::forms;
use crate::graph::differential::{Planner, dataset, group, quads, solutions};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use spargebra::SparqlParser;

/// The rows of a page, which make the rewrite expect a part of the solutions.
const PAGE: usize = 1_000;

#[test]
#[expect(clippy::print_stdout, reason = "how much was compared belongs to the result")]
fn the_solutions_are_the_same_with_and_without_the_rewrite() {
    let cases = std::env::var("REWRITE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let mut runner = TestRunner::new(Config {
        cases,
        max_global_rejects: cases * 8,
        failure_persistence: None,
        ..Config::default()
    });
    let mut tally = [0_usize; 7];
    let strategy = (
        group(),
        quads(),
        select(vec!["*", "?a", "DISTINCT ?b"]),
        select(vec![String::new(), format!(" LIMIT {PAGE}")]),
    );
    let tallied = std::cell::RefCell::new(&mut tally);
    let outcome = runner.run(&strategy, |(body, quads, columns, page)| {
        let text = format!("SELECT {columns} WHERE {{ {body} }}{page}");
        // A BIND of a bound variable or a blank node in two groups: not a query.
        let Ok(query) = SparqlParser::new().parse_query(&text) else {
            return Err(TestCaseError::reject("not a query"));
        };
        let rewritten = rewrite(query.clone(), None);
        let (before, now) = (forms(&query), forms(&rewritten));
        let mut tally = tallied.borrow_mut();
        tally[0] += 1;
        tally[1] += usize::from(rewritten != query);
        tally[2] += usize::from(now.minus > before.minus);
        tally[3] += usize::from(now.distinct > before.distinct && now.minus == before.minus);
        tally[4] += usize::from(now.simple > before.simple);
        let data = dataset(&quads);
        let expected = solutions(&query, &data, Planner::Off);
        // A full page may hold any of the solutions.
        if expected.len() == PAGE {
            return Ok(());
        }
        tally[6] += usize::from(rewritten != query && !expected.is_empty());
        prop_assert_eq!(&solutions(&rewritten, &data, Planner::Off), &expected, "planner off: {}", text);
        // Where spareval's planner changes the answer of the query itself, nothing can be compared.
        if solutions(&query, &data, Planner::On) == expected {
            prop_assert_eq!(&solutions(&rewritten, &data, Planner::On), &expected, "planner on: {}", text);
        } else {
            tally[5] += 1;
        }
        Ok(())
    });
    println!(
        "{} queries, {} rewritten (MINUS {}, join {}, nested {}), {} of them with solutions; \
         the planner alone changed {}",
        tally[0], tally[1], tally[2], tally[3], tally[4], tally[6], tally[5]
    );
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(tally[6] * 10 > tally[0], "too few queries were rewritten to mean anything: {tally:?}");
}
