//! Queries of constraints and validators: their text read, and refused where it cannot be
//! pre-bound ([SHACL, appendix A](https://www.w3.org/TR/shacl/#pre-binding)).

mod refusal;
#[cfg(test)]
mod tests;

pub use refusal::Refusal;

use super::token::{Kind, Place, Token, place, tokens};
use crate::sparql::algebra::{operands, own_variables, parts};
use oxrdf::Variable;
use spargebra::SparqlParser;
use spargebra::algebra::{Expression, GraphPattern};

/// The form that a query must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The value of `sh:select`.
    Select,
    /// The value of `sh:ask`.
    Ask,
}

impl Form {
    fn keyword(self) -> &'static str {
        match self {
            Self::Select => "SELECT",
            Self::Ask => "ASK",
        }
    }
}

/// A query that can be pre-bound.
#[derive(Clone, Debug)]
pub struct Query {
    algebra: spargebra::Query,
    form: Form,
}

/// The clauses that appendix A of SHACL forbids and those that no constraint can mean, each with
/// what to write instead.
const CLAUSES: [(&str, &str); 5] = [
    ("MINUS", "use FILTER NOT EXISTS"),
    ("VALUES", "use FILTER with IN"),
    ("SERVICE", "add what it would fetch to the data"),
    ("FROM", "remove it, a constraint is always about the data that are checked"),
    ("LATERAL", "it is not part of SPARQL 1.1, use a subquery"),
];

/// What appendix A exempts from the rule that subqueries return pre-bound variables, and the
/// variable that is no longer one after it has been replaced by a path.
const NEED_NOT_BE_RETURNED: [&str; 3] = ["shapesGraph", "currentShape", "PATH"];

impl Query {
    /// Reads a query.
    ///
    /// `prefixes` are pairs of a prefix, without its colon, and a namespace, as `sh:prefixes` gives
    /// them. `prebound` are the names, without signs, of all variables that may be given a value
    /// from outside: `this`, and depending on the place `value`, `shapesGraph`, `currentShape` and
    /// the parameters of a component, those that are optional too.
    pub fn parse(text: &str, prefixes: &[(String, String)], prebound: &[&str], form: Form) -> Result<Self, Refusal> {
        let tokens = tokens(text);
        if let Some(path) = tokens.iter().find(|token| token.kind == Kind::Variable("PATH")) {
            return Err(Refusal::PathMisplaced { place: place(text, path.start) });
        }
        read(text, &tokens, prefixes, prebound, form)
    }

    /// Reads a query in which `$PATH` stands for a path, given as
    /// [property path](https://www.w3.org/TR/sparql11-query/#propertypaths) with IRIs in full.
    pub fn parse_along(
        text: &str,
        path: &str,
        prefixes: &[(String, String)],
        prebound: &[&str],
        form: Form,
    ) -> Result<Self, Refusal> {
        let tokens = tokens(text);
        let Some(first) = tokens.iter().find(|token| token.kind == Kind::Variable("PATH")) else {
            return read(text, &tokens, prefixes, prebound, form);
        };
        // With its variable the query is a query as well: so errors have the author's places.
        read(text, &tokens, prefixes, prebound, form)?;
        let replaced = with_path(text, path);
        read(&replaced, &super::token::tokens(&replaced), prefixes, prebound, form)
            .map_err(|_| Refusal::PathMisplaced { place: place(text, first.start) })
    }

    /// The algebra, to check it against bounds.
    pub fn algebra(&self) -> &spargebra::Query {
        &self.algebra
    }

    /// The form of the query.
    pub fn form(&self) -> Form {
        self.form
    }

    /// Whether the query mentions a variable, given without its sign.
    pub fn mentions(&self, variable: &str) -> bool {
        let mut mentioned = false;
        walk(self.pattern(), |part| {
            mentioned |= match part {
                Part::Pattern(pattern) => own_variables(pattern).iter().any(|own| own.as_str() == variable),
                Part::Expression(Expression::Variable(own) | Expression::Bound(own)) => own.as_str() == variable,
                Part::Expression(_) => false,
            };
        });
        mentioned
    }

    pub(super) fn pattern(&self) -> &GraphPattern {
        pattern_of(&self.algebra)
    }
}

/// The text of a query with `$PATH` and `?PATH` replaced by a path.
pub fn with_path(text: &str, path: &str) -> String {
    let mut replaced = String::with_capacity(text.len() + path.len());
    let mut done = 0;
    for token in tokens(text).iter().filter(|token| token.kind == Kind::Variable("PATH")) {
        replaced.push_str(text.get(done..token.start).unwrap_or_default());
        replaced.push('(');
        replaced.push_str(path);
        replaced.push(')');
        done = token.end;
    }
    replaced.push_str(text.get(done..).unwrap_or_default());
    replaced
}

fn read(
    text: &str,
    tokens: &[Token<'_>],
    prefixes: &[(String, String)],
    prebound: &[&str],
    form: Form,
) -> Result<Query, Refusal> {
    check_form(text, tokens, form)?;
    check_clauses(text, tokens)?;
    check_assignments(text, tokens, prebound)?;
    let algebra = parse(text, prefixes)?;
    check_algebra(text, &algebra, prebound)?;
    check_subqueries(text, tokens, prefixes, prebound, &algebra)?;
    check_selection(text, tokens, &algebra)?;
    Ok(Query { algebra, form })
}

fn check_form(text: &str, tokens: &[Token<'_>], expected: Form) -> Result<(), Refusal> {
    let forms = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
    let found = tokens.iter().find_map(|token| {
        let keyword = forms.into_iter().find(|form| token.is_keyword(form))?;
        Some((keyword, token.start))
    });
    match found {
        Some((found, start)) if found != expected.keyword() => {
            Err(Refusal::Form { expected, found, place: place(text, start) })
        }
        _ => Ok(()),
    }
}

fn check_clauses(text: &str, tokens: &[Token<'_>]) -> Result<(), Refusal> {
    for token in tokens {
        for (keyword, remedy) in CLAUSES {
            if token.is_keyword(keyword) {
                return Err(Refusal::Clause { keyword, place: place(text, token.start), remedy });
            }
        }
    }
    Ok(())
}

fn check_assignments(text: &str, tokens: &[Token<'_>], prebound: &[&str]) -> Result<(), Refusal> {
    for (token, next) in tokens.iter().zip(tokens.iter().skip(1)) {
        if let Kind::Variable(variable) = next.kind
            && token.is_keyword("AS")
            && prebound.contains(&variable)
        {
            return Err(Refusal::Reassigned { variable: variable.to_owned(), place: place(text, next.start) });
        }
    }
    Ok(())
}

fn parse(text: &str, prefixes: &[(String, String)]) -> Result<spargebra::Query, Refusal> {
    let mut parser = SparqlParser::new();
    for (prefix, namespace) in prefixes {
        parser = parser.with_prefix(prefix, namespace).map_err(|problem| Refusal::Prefix {
            prefix: prefix.clone(),
            namespace: namespace.clone(),
            problem: problem.to_string(),
        })?;
    }
    parser.parse_query(text).map_err(|error| syntax_error(&error.to_string()))
}

/// The parser gives its places only in its message, as `error at 1:2: expected ...`.
fn syntax_error(message: &str) -> Refusal {
    let parts = message.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, problem) = rest.split_once(':')?;
        Some((Place { line: line.parse().ok()?, column: column.parse().ok()? }, problem.trim()))
    });
    let (place, problem) = parts.unwrap_or((Place { line: 1, column: 1 }, message));
    Refusal::Syntax { place, problem: problem.to_owned() }
}

/// The parser needs no white space where the tokens need some (`1AS?this`), so its algebra is
/// looked through for the same clauses.
fn check_algebra(text: &str, algebra: &spargebra::Query, prebound: &[&str]) -> Result<(), Refusal> {
    let mut found = algebra.dataset().map(|_| "FROM");
    let mut assigned: Option<&Variable> = None;
    walk(pattern_of(algebra), |part| match part {
        Part::Pattern(GraphPattern::Minus { .. }) => found = Some("MINUS"),
        Part::Pattern(GraphPattern::Values { .. }) => found = Some("VALUES"),
        Part::Pattern(GraphPattern::Service { .. }) => found = Some("SERVICE"),
        Part::Pattern(GraphPattern::Lateral { .. }) => found = Some("LATERAL"),
        Part::Pattern(GraphPattern::Extend { variable, .. }) if prebound.contains(&variable.as_str()) => {
            assigned = Some(variable);
        }
        _ => {}
    });
    let upper = text.to_ascii_uppercase();
    let place_of = |keyword: &str| place(text, upper.find(keyword).unwrap_or(0));
    if let Some((keyword, remedy)) = CLAUSES.into_iter().find(|(keyword, _)| found == Some(keyword)) {
        return Err(Refusal::Clause { keyword, place: place_of(keyword), remedy });
    }
    match assigned {
        Some(variable) => Err(Refusal::Reassigned { variable: variable.as_str().to_owned(), place: place_of("AS?") }),
        None => Ok(()),
    }
}

/// Checks that each subquery returns what is pre-bound. The algebra decides, and the text is only
/// asked for the place, by reading each subquery in it as a query of its own.
fn check_subqueries(
    text: &str,
    tokens: &[Token<'_>],
    prefixes: &[(String, String)],
    prebound: &[&str],
    algebra: &spargebra::Query,
) -> Result<(), Refusal> {
    let own = projection(pattern_of(algebra));
    let mut lacking = Vec::new();
    walk(pattern_of(algebra), |part| {
        if let Part::Pattern(pattern @ GraphPattern::Project { variables, .. }) = part
            && !own.is_some_and(|own| std::ptr::eq(own, pattern))
        {
            lacking.extend(not_returned(variables, prebound));
        }
    });
    if lacking.is_empty() {
        return Ok(());
    }
    let selects: Vec<usize> = (0..tokens.len()).filter(|at| is_select(tokens, *at)).collect();
    let prologue = selects_prologue(text, tokens);
    for at in selects {
        let Some((start, end)) = extent(tokens, at) else { continue };
        let subquery = format!("{prologue}\n{}", text.get(start..end).unwrap_or_default());
        let Ok(subquery) = parse(&subquery, prefixes) else { continue };
        let lacking = not_returned(selected(pattern_of(&subquery)).unwrap_or_default(), prebound);
        if start > prologue.len() && !lacking.is_empty() {
            return Err(Refusal::Subquery { variables: lacking.join(", "), place: place(text, start) });
        }
    }
    lacking.dedup();
    Err(Refusal::Subquery { variables: lacking.join(", "), place: Place { line: 1, column: 1 } })
}

fn is_select(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.is_keyword("SELECT"))
}

/// What stands before the first keyword of a form: the author's own prefixes.
fn selects_prologue<'a>(text: &'a str, tokens: &[Token<'_>]) -> &'a str {
    let first = tokens.iter().find(|token| token.is_keyword("SELECT") || token.is_keyword("ASK"));
    first.and_then(|token| text.get(..token.start)).unwrap_or_default()
}

/// The bytes from a token to the brace that closes the group around it.
fn extent(tokens: &[Token<'_>], at: usize) -> Option<(usize, usize)> {
    let mut rest = tokens.iter().skip(at);
    let start = rest.next()?.start;
    let mut depth = 0_usize;
    for token in rest {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close if depth == 0 => return Some((start, token.start)),
            Kind::Close => depth -= 1,
            _ => {}
        }
    }
    None
}

fn not_returned(variables: &[Variable], prebound: &[&str]) -> Vec<String> {
    let is_returned = |name: &str| variables.iter().any(|variable| variable.as_str() == name);
    prebound
        .iter()
        .filter(|name| !NEED_NOT_BE_RETURNED.contains(name) && !is_returned(name))
        .map(|name| format!("${name}"))
        .collect()
}

fn check_selection(text: &str, tokens: &[Token<'_>], algebra: &spargebra::Query) -> Result<(), Refusal> {
    let variables = match algebra {
        spargebra::Query::Select { pattern, .. } => selected(pattern).unwrap_or_default(),
        _ => return Ok(()),
    };
    if variables.iter().any(|variable| variable.as_str() == "this") {
        return Ok(());
    }
    let start = tokens.iter().find(|token| token.is_keyword("SELECT")).map_or(0, |token| token.start);
    Err(Refusal::ThisNotSelected { place: place(text, start) })
}

/// The variables that a SELECT returns.
pub(super) fn selected(pattern: &GraphPattern) -> Option<&[Variable]> {
    match projection(pattern)? {
        GraphPattern::Project { variables, .. } => Some(variables),
        _ => None,
    }
}

/// The projection of a query itself, not of a subquery; the parser gives one to ASK as well.
fn projection(pattern: &GraphPattern) -> Option<&GraphPattern> {
    match pattern {
        GraphPattern::Project { .. } => Some(pattern),
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
            projection(inner)
        }
        _ => None,
    }
}

fn pattern_of(algebra: &spargebra::Query) -> &GraphPattern {
    let (spargebra::Query::Select { pattern, .. }
    | spargebra::Query::Construct { pattern, .. }
    | spargebra::Query::Describe { pattern, .. }
    | spargebra::Query::Ask { pattern, .. }) = algebra;
    pattern
}

/// A part of an algebra.
pub(super) enum Part<'a> {
    Pattern(&'a GraphPattern),
    Expression(&'a Expression),
}

/// Visits all patterns and expressions, those of EXISTS too, without recursion.
pub(super) fn walk<'a>(pattern: &'a GraphPattern, mut visit: impl FnMut(Part<'a>)) {
    let mut rest = vec![Part::Pattern(pattern)];
    while let Some(part) = rest.pop() {
        match part {
            Part::Pattern(pattern) => {
                let (patterns, expressions) = parts(pattern);
                rest.extend(patterns.into_iter().map(Part::Pattern));
                rest.extend(expressions.into_iter().map(Part::Expression));
            }
            Part::Expression(expression) => {
                if let Expression::Exists(pattern) = expression {
                    rest.push(Part::Pattern(pattern));
                }
                rest.extend(operands(expression).into_iter().map(Part::Expression));
            }
        }
        visit(part);
    }
}
