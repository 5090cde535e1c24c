//! Prefixed names such as `cv:hasChannel`, as the tables of the profiles write them.

use crate::vocab;
use std::collections::HashSet;

/// Prefixes that the tables use and [`vocab::PREFIXES`] does not declare.
const MORE_PREFIXES: &[(&str, &str)] = &[
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("epo", "http://data.europa.eu/a4g/ontology#"),
    ("locn", "http://www.w3.org/ns/locn#"),
    ("time", "http://www.w3.org/2006/time#"),
];

/// The IRI that a prefixed name stands for; nothing if the prefix is unknown.
pub fn expand(prefixed: &str) -> Option<String> {
    let (prefix, local) = prefixed.split_once(':')?;
    let mut known = vocab::PREFIXES.iter().chain(MORE_PREFIXES);
    let (_, namespace) = known.find(|(name, _)| *name == prefix)?;
    Some(format!("{namespace}{local}"))
}

/// The IRIs of all terms of several tables.
pub fn expand_all(tables: &[&[&str]]) -> HashSet<String> {
    tables.iter().copied().flatten().filter_map(|term| expand(term)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_taken_from_the_vocabularies_or_from_the_supplement() {
        assert_eq!(expand("cv:hasChannel").unwrap(), "http://data.europa.eu/m8g/hasChannel");
        assert_eq!(expand("locn:postCode").unwrap(), "http://www.w3.org/ns/locn#postCode");
        assert_eq!(expand("unheard-of:term"), None);
    }
}
