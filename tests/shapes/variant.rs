//! Files of variants: what is taken away from and added to valid data, and the results that must come of it.
//! Their form is told at the head of each file.

use crate::constraint::Constraint;
use crate::triples;
use eu_service_list::rdf::Triple;
use std::collections::BTreeSet;

/// Data in which nothing is missing.
pub(crate) struct Valid {
    prefixes: String,
    pub(crate) triples: Vec<Triple>,
}

/// A change of it.
#[derive(Default)]
pub(crate) struct Variant {
    /// The line where it begins.
    pub(crate) line: usize,
    /// The results that it has.
    pub(crate) results: BTreeSet<Constraint>,
    removed: String,
    added: String,
}

impl Valid {
    pub(crate) fn parse(text: &str) -> Self {
        let prefixes = text.lines().filter(|line| line.starts_with("@prefix")).collect::<Vec<_>>().join("\n");
        Self { prefixes, triples: triples(text) }
    }

    /// The data of a variant.
    pub(crate) fn with(&self, variant: &Variant) -> Vec<Triple> {
        let read = |text: &str| triples(&format!("{}\n{text}", self.prefixes));
        let (removed, added) = (read(&variant.removed), read(&variant.added));
        for triple in &removed {
            assert!(self.triples.contains(triple), "line {}: there is no {triple} to take away", variant.line);
        }
        for triple in &added {
            assert!(!self.triples.contains(triple), "line {}: {triple} is there already", variant.line);
        }
        self.triples.iter().filter(|triple| !removed.contains(triple)).cloned().chain(added).collect()
    }
}

/// The variants of a file, parted by empty lines.
pub(crate) fn variants(text: &str) -> Vec<Variant> {
    let mut variants = vec![Variant::default()];
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            variants.push(Variant::default());
        }
        let variant = variants.last_mut().unwrap();
        let line = line.split_once(' ');
        let Some((sign @ ("=" | "-" | "+"), rest)) = line else {
            assert!(line.is_none_or(|(sign, _)| sign == "#"), "line {}: begins with no known sign", number + 1);
            continue;
        };
        if variant.line == 0 {
            variant.line = number + 1;
        }
        match sign {
            "=" => {
                let (shape, parameter) = rest.split_once(' ').unwrap();
                assert!(variant.results.insert((shape.to_owned(), parameter.to_owned())), "line {}: twice", number + 1);
            }
            "-" => variant.removed.extend([rest, "\n"]),
            _ => variant.added.extend([rest, "\n"]),
        }
    }
    variants.retain(|variant| variant.line > 0);
    variants
}
