//! The councils there are, by the rows of GOV.UK's local authorities.

use super::super::row::{Row, Table};
use super::{Missing, REFERENCE, cell, put, rejections};
use crate::catalogue::Rejection;
use crate::rdf::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// The columns of the authorities.
const SLUG: &str = "slug";
const GSS: &str = "gss";
const NAME: &str = "name";
const HOMEPAGE: &str = "homepage_url";

/// The longest slug, in bytes: with the two numbers behind it, it is the reference of an offer.
const LONGEST_SLUG: usize = 48;

/// A council that cannot be kept, or not with all that its row says.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum CouncilError {
    #[error(transparent)]
    Missing(#[from] Missing),
    #[error(
        "{code} is no GSS code, which is a letter and eight digits; correct it (column {GSS}), or take the row out"
    )]
    Code { code: String },
    #[error(
        "the slug {slug} is not of letters, digits and hyphens, {LONGEST_SLUG} at most; correct it here and in the links"
    )]
    Slug { slug: String },
    #[error("line {line} has the same slug or GSS code, and is kept; take one of the two out")]
    Double { line: u64 },
    #[error(
        "the homepage {address} is no IRI: {reason}; the council is kept without it; percent-encode what may not stand \
         there (column {HOMEPAGE})"
    )]
    Homepage { address: String, reason: String },
}

/// The councils there are, by slug.
#[derive(Default)]
pub(super) struct Councils {
    kept: BTreeMap<String, Council>,
    rejected: BTreeSet<String>,
    /// The first line of each slug and of each GSS code.
    lines: BTreeMap<String, u64>,
}

/// A council as links tell of it.
pub(super) struct Council {
    /// The reference of its record.
    pub reference: String,
    pub name: String,
}

impl Councils {
    /// The rows that can be kept, with a reference each, and what cannot.
    pub(super) fn check(Table { file, rows }: Table) -> (Table, Vec<Rejection>, Self) {
        let mut councils = Self::default();
        let mut kept = Vec::new();
        let mut refused = Vec::new();
        for mut row in rows {
            let line = row.line;
            match councils.add(&mut row) {
                Ok(()) => {
                    refused.extend(take_out_homepage(&mut row).map(|error| (line, error)));
                    kept.push(row);
                }
                Err(error) => {
                    councils.rejected.extend(row.get(SLUG).map(str::to_owned));
                    refused.push((line, error));
                }
            }
        }
        let rejected = rejections(&file, refused);
        (Table { file, rows: kept }, rejected, councils)
    }

    /// Adds the council of a row, and to the row its reference: slugs are those of other organisations too.
    fn add(&mut self, row: &mut Row) -> Result<(), CouncilError> {
        let slug = cell(row, "slug", SLUG)?;
        let code = cell(row, "GSS code", GSS)?;
        let name = cell(row, "name", NAME)?;
        if !is_slug(&slug) {
            return Err(CouncilError::Slug { slug });
        }
        if !is_gss(&code) {
            return Err(CouncilError::Code { code });
        }
        if let Some(line) = [&slug, &code].into_iter().find_map(|key| self.lines.get(key)) {
            return Err(CouncilError::Double { line: *line });
        }
        let reference = code.to_lowercase();
        put(row, REFERENCE, &reference);
        self.lines.extend([(slug.clone(), row.line), (code, row.line)]);
        self.kept.insert(slug, Council { reference, name });
        Ok(())
    }

    pub(super) fn get(&self, slug: &str) -> Option<&Council> {
        self.kept.get(slug)
    }

    /// Whether there is a council of this slug whose row cannot be kept.
    pub(super) fn has_rejected(&self, slug: &str) -> bool {
        self.rejected.contains(slug)
    }
}

/// Whether a slug may stand in the reference of an offer.
fn is_slug(slug: &str) -> bool {
    slug.len() <= LONGEST_SLUG
        && slug.starts_with(|first: char| first.is_ascii_alphanumeric())
        && slug.chars().all(|each| each.is_ascii_alphanumeric() || each == '-')
}

/// Whether a code is one of the Government Statistical Service, such as `E07000223`.
fn is_gss(code: &str) -> bool {
    let digits = code.strip_prefix(|first: char| first.is_ascii_uppercase());
    digits.is_some_and(|digits| digits.len() == 8 && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Takes a homepage that is no IRI out of a row, and says why.
fn take_out_homepage(row: &mut Row) -> Option<CouncilError> {
    let address = row.get(HOMEPAGE)?.to_owned();
    let reason = NamedNode::new(&address).err()?.to_string();
    row.cells.retain(|(column, _)| column != HOMEPAGE);
    Some(CouncilError::Homepage { address, reason })
}
