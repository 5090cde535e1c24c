//! Whether every code in the tables is a code of its list.

use super::{CheckError, Findings};
use crate::import::{Row, Table};
use crate::list::{Tables, shipped};
use crate::rdf::{NamedOrBlankNode, Term, read_turtle};
use crate::vocab::{self, skos};
use std::collections::{BTreeMap, BTreeSet};

/// A column, what the IRIs of its codes start with, and whether each row needs one.
type Column = (&'static str, &'static str, bool);

const STRUCTURE: [Column; 9] = [
    ("function", "id/function/", false),
    ("scope", "id/scope/", true),
    ("audience", "id/audience/", true),
    ("level", "id/government-level/", true),
    ("pattern", "id/delivery-pattern/", true),
    ("interactions", "id/interaction/", true),
    ("channels", "id/channel-type/", true),
    ("life-events", "http://data.europa.eu/ox8/life-event/", false),
    ("business-events", "http://data.europa.eu/m58/business-event/", false),
];

const RULES: [Column; 11] = [
    ("scope", "id/scope/", false),
    ("level", "id/government-level/", false),
    ("pattern", "id/delivery-pattern/", false),
    ("interaction", "id/interaction/", false),
    ("function", "id/function/", false),
    ("channel", "id/channel-type/", false),
    ("suitability", "id/suitability/", true),
    ("handling", "id/handling/", true),
    ("reason", "id/reason/", false),
    ("phase", "id/antwoord-phase/", false),
    ("confidence", "id/confidence/", true),
];

/// What the IRIs of the code lists' files are resolved against; only the rest of an IRI counts.
const BASE: &str = "http://list.invalid/";

pub(super) fn check(tables: &Tables, findings: &mut Findings) -> Result<(), CheckError> {
    let codes = Codes::read(&tables.functions)?;
    for row in &tables.structure.rows {
        codes.check(&tables.structure, row, &STRUCTURE, findings);
        for column in ["scope", "pattern"] {
            if row.words(column).nth(1).is_some() {
                findings.add(&tables.structure, row, "several", format!("it has more than one {column}; keep one"));
            }
        }
    }
    for table in [&tables.decision_table, &tables.exceptions] {
        for row in &table.rows {
            codes.check(table, row, &RULES, findings);
        }
    }
    Ok(())
}

/// The codes of each list, by what their IRIs start with.
struct Codes(BTreeMap<String, BTreeSet<String>>);

impl Codes {
    fn read(functions: &Table) -> Result<Self, CheckError> {
        let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for text in shipped::CODES.into_iter().chain(vocab::CLOSURE) {
            for triple in read_turtle(text.as_bytes(), BASE)? {
                if triple.predicate != skos::NOTATION {
                    continue;
                }
                if let (NamedOrBlankNode::NamedNode(code), Term::Literal(notation)) = (&triple.subject, &triple.object)
                    && let Some(start) = code.as_str().strip_suffix(notation.value())
                {
                    let start = start.strip_prefix(BASE).unwrap_or(start);
                    codes.entry(start.to_owned()).or_default().insert(notation.value().to_owned());
                }
            }
        }
        let numbers = functions.rows.iter().filter_map(|row| row.get("number").map(str::to_owned));
        codes.insert("id/function/".to_owned(), numbers.collect());
        Ok(Self(codes))
    }

    fn check(&self, table: &Table, row: &Row, columns: &[Column], findings: &mut Findings) {
        for (column, start, is_needed) in columns {
            if *is_needed && row.get(column).is_none() {
                findings.add(table, row, "empty", format!("it has no {column}; give it one"));
            }
            let known = self.0.get(*start);
            for code in row.words(column).filter(|code| !known.is_some_and(|known| known.contains(*code))) {
                let text = format!("{code:?} is no code for {column}; take one of {start}…");
                findings.add(table, row, "unknown-code", text);
            }
        }
    }
}
