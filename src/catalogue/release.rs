//! What a frozen release says of its members: what they said when it was made.

use super::open::CatalogueError;
use super::present::Present;
use crate::rdf::{Content, NamedNodeRef, Term};
use crate::register::{Listed, Names};
use crate::vocab::{NAMING, skos};

/// A member as the release froze it.
pub(super) struct Member {
    /// The member with the names it had.
    pub listed: Listed,
    /// What it stood under.
    pub broader: Vec<String>,
}

impl Present<'_> {
    /// The members of the release with this IRI; nothing if there is no such release.
    pub(super) fn members(&self, iri: &str) -> Result<Option<Vec<Member>>, CatalogueError> {
        let releases = self.snapshot.releases()?;
        let Some(release) = releases.into_iter().find(|release| release.record == iri) else {
            return Ok(None);
        };
        let mut members = Vec::new();
        let mut broken = None;
        self.snapshot.each_member(&release.name, |iri, _, text| match member(iri, text) {
            Ok(member) => members.push(member),
            Err(source) => broken = Some(crate::register::Unreadable::Content { record: iri.to_owned(), source }),
        })?;
        match broken {
            Some(error) => Err(error.into()),
            None => Ok(Some(members)),
        }
    }
}

/// Reads names and place out of a frozen text. Only the lines that give them are parsed: a release
/// has thousands of members, and a page of it needs no more.
fn member(iri: &str, text: &str) -> Result<Member, oxrdfio::RdfSyntaxError> {
    let wanted = |line: &&str| {
        let property = line.strip_prefix('<').and_then(|line| line.strip_prefix(iri)?.strip_prefix("> <"));
        let gives = |known: &NamedNodeRef<'_>| property.is_some_and(|property| property.starts_with(known.as_str()));
        gives(&skos::BROADER) || NAMING.iter().any(gives)
    };
    let content = Content::parse(&text.split_inclusive('\n').filter(wanted).collect::<String>())?;
    let broader = content.values(NamedNodeRef::new_unchecked(iri), skos::BROADER).filter_map(|value| match value {
        Term::NamedNode(broader) => Some(broader.as_str().to_owned()),
        _ => None,
    });
    Ok(Member {
        broader: broader.collect(),
        listed: Listed { record: iri.to_owned(), part: String::new(), names: Names::of(iri, &content) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_has_the_names_and_the_place_of_its_frozen_text() {
        let text = "<a:1> <http://www.w3.org/2004/02/skos/core#broader> <a:9> .\n\
                    <a:1> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Bins\"@en .\n\
                    <a:1#x> <http://www.w3.org/2004/02/skos/core#prefLabel> \"No\"@en .\n";
        let member = member("a:1", text).unwrap();
        assert_eq!(member.broader, ["a:9"]);
        assert_eq!(member.listed.names.unwrap().values[0].value(), "Bins");
    }
}
