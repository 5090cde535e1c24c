//! GOV.UK's links to the pages of councils: each is an offer of a council, told by no more than where it stands.
//!
//! The links name councils, services and interactions by what other lists say of them, and some of that has gone
//! since. So each row is checked here before it goes through the mapping: what cannot be kept is rejected by line,
//! and the rest enters.

use super::batch::{ImportError, batch};
use super::mapping::Mapping;
use super::row::{Row, Table, read_table};
use crate::catalogue::{Base, Rejection, Submission};
use crate::rdf::{NamedNode, NamedOrBlankNode, Term, read_turtle};
use crate::vocab::skos;
use std::collections::BTreeMap;
use std::path::PathBuf;

const AUTHORITIES: &str = include_str!("../../vocab/mappings/govuk-authorities.rq");
const LINKS: &str = include_str!("../../vocab/mappings/govuk-links.rq");
const INTERACTIONS: &str = include_str!("../../vocab/codes/interaction.ttl");

/// Where esd's numbers of interactions stand.
const ESD_INTERACTION: &str = "http://id.esd.org.uk/interaction/";

/// The columns of the links. The header leaves the two numbers unnamed.
const COUNCIL: &str = "la";
const LINK: &str = "link";
const SERVICE: &str = "column5";
const INTERACTION: &str = "column6";

/// The files of one import, both of the same moment.
#[derive(Clone, Debug, Default)]
pub struct GovukFiles {
    /// The links (CSV): council, service, interaction, address, and the numbers of service and interaction.
    pub links: PathBuf,
    /// The councils there are (CSV).
    pub authorities: PathBuf,
}

/// A link that cannot be kept.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum LinkError {
    #[error("it has no {what} (column {column}); fill it in, or take the row out")]
    Missing { what: &'static str, column: &'static str },
    #[error(
        "there is no council {slug} among the authorities, so it may have gone; give the link to its successor, or add \
         the council to the authorities"
    )]
    Council { slug: String },
    #[error("the list has no service type {number}; correct the number (column {SERVICE}), or take the row out")]
    ServiceType { number: String },
    #[error(
        "no code of the list interaction is matched to esd's interaction {number}; correct the number (column \
         {INTERACTION}), or match a code in vocab/codes/interaction.ttl"
    )]
    Interaction { number: String },
    #[error("the link {link} is no IRI: {reason}; percent-encode what may not stand there")]
    Link { link: String, reason: String },
    #[error("line {line} links the same council, service and interaction, and is kept; take one of the two out")]
    Double { line: u64 },
}

/// What the files say, to be written together. `service_types` are those of the list, with `number` and `name@en`.
///
/// # Errors
/// [`ImportError`]: a file that cannot be read stops both.
pub fn govuk(files: &GovukFiles, service_types: &Table, base: &Base) -> Result<Submission, ImportError> {
    submission(read_table(&files.authorities)?, read_table(&files.links)?, service_types, base)
}

fn submission(authorities: Table, links: Table, service_types: &Table, base: &Base) -> Result<Submission, ImportError> {
    let (links, rejected) = Links::new(&authorities, service_types, base)?.check(links);
    let authorities = batch(&Mapping::parse(AUTHORITIES, base.as_str())?, base, authorities)?;
    let mut links = batch(&Mapping::parse(LINKS, base.as_str())?, base, links)?;
    links.rejected.extend(rejected);
    Ok(Submission {
        base: base.to_string(),
        agent: "https://www.gov.uk/".to_owned(),
        activity: "import govuk".to_owned(),
        batches: vec![authorities, links],
        release: None,
    })
}

/// What links may name.
struct Links {
    councils: BTreeMap<String, String>,
    service_types: BTreeMap<String, String>,
    interactions: BTreeMap<String, String>,
}

impl Links {
    fn new(authorities: &Table, service_types: &Table, base: &Base) -> Result<Self, ImportError> {
        Ok(Self {
            councils: pairs(authorities, "slug", "name"),
            service_types: pairs(service_types, "number", "name@en"),
            interactions: interactions(base)?,
        })
    }

    /// The rows that can be kept, with the names of what they name, and the others.
    fn check(&self, table: Table) -> (Table, Vec<Rejection>) {
        let Table { file, rows } = table;
        let mut first: BTreeMap<[String; 3], u64> = BTreeMap::new();
        let mut kept = Vec::new();
        let mut refused = Vec::new();
        for row in rows {
            let line = row.line;
            match self.checked(row, &mut first) {
                Ok(row) => kept.push(row),
                Err(error) => refused.push((line, error)),
            }
        }
        // Councils that are gone have hundreds of links, among which what can be mended would be lost.
        refused.sort_by_key(|(_, error)| matches!(error, LinkError::Council { .. }));
        let reject = |(line, error): (u64, LinkError)| Rejection {
            place: format!("{file}, line {line}"),
            reason: error.to_string(),
        };
        let rejected = refused.into_iter().map(reject).collect();
        (Table { file, rows: kept }, rejected)
    }

    /// The row with three more columns: the names of council and service type, and the code of the interaction.
    fn checked(&self, mut row: Row, first: &mut BTreeMap<[String; 3], u64>) -> Result<Row, LinkError> {
        let slug = cell(&row, "council", COUNCIL)?;
        let number = cell(&row, "number of a service", SERVICE)?;
        let deed = cell(&row, "number of an interaction", INTERACTION)?;
        let link = cell(&row, "link", LINK)?;
        let Some(council) = self.councils.get(&slug) else { return Err(LinkError::Council { slug }) };
        let Some(service) = self.service_types.get(&number) else { return Err(LinkError::ServiceType { number }) };
        let Some(interaction) = self.interactions.get(&deed) else {
            return Err(LinkError::Interaction { number: deed });
        };
        if let Err(error) = NamedNode::new(&link) {
            return Err(LinkError::Link { link, reason: error.to_string() });
        }
        let line = *first.entry([slug, number, deed]).or_insert(row.line);
        if line != row.line {
            return Err(LinkError::Double { line });
        }
        for (column, value) in [("council", council), ("service", service), ("interaction", interaction)] {
            row.cells.push((column.to_owned(), value.clone()));
        }
        Ok(row)
    }
}

fn cell(row: &Row, what: &'static str, column: &'static str) -> Result<String, LinkError> {
    row.get(column).map(|value| value.trim().to_owned()).ok_or(LinkError::Missing { what, column })
}

/// The values of two columns of a table, one by the other.
fn pairs(table: &Table, key: &str, value: &str) -> BTreeMap<String, String> {
    let of_row = |row: &Row| Some((row.get(key)?.to_owned(), row.get(value)?.to_owned()));
    table.rows.iter().filter_map(of_row).collect()
}

/// Our codes by esd's numbers, as the code list matches them.
fn interactions(base: &Base) -> Result<BTreeMap<String, String>, ImportError> {
    let start = base.iri("id/interaction/");
    let matches = read_turtle(INTERACTIONS.as_bytes(), base.as_str())?.into_iter().filter_map(|triple| {
        let (NamedOrBlankNode::NamedNode(code), Term::NamedNode(esd)) = (&triple.subject, &triple.object) else {
            return None;
        };
        let number = esd.as_str().strip_prefix(ESD_INTERACTION)?;
        let code = code.as_str().strip_prefix(start.as_str())?;
        (triple.predicate == skos::CLOSE_MATCH).then(|| (number.to_owned(), code.to_owned()))
    });
    Ok(matches.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNCILS: &str = "gss,slug,homepage_url,name\nE1,adur,https://adur.example/,Adur District Council\n";

    fn table(file: &str, text: &str) -> Table {
        Table::of_csv(file, text).unwrap()
    }

    fn made(links: &str) -> Submission {
        let base = Base::parse("http://lists.example.eu/").unwrap();
        let types = table("types.csv", "number,name@en\n372,Abandoned vehicles\n");
        let links = format!("la,lgsl,lgil,link\n{links}");
        submission(table("councils.csv", COUNCILS), table("links.csv", &links), &types, &base).unwrap()
    }

    fn rejected(links: &str) -> Vec<String> {
        let good = "adur,abandoned-vehicles,applications-for-service,https://adur.example/a,372,0\n";
        let told = |rejection: &Rejection| format!("{}: {}", rejection.place, rejection.reason);
        made(&format!("{good}{links}")).batches[1].rejected.iter().map(told).collect()
    }

    #[test]
    fn a_link_is_an_offer_of_a_council_with_its_page() {
        let submission = made("adur,abandoned-vehicles,reporting,https://adur.example/a?b=1,372,17\n");
        let lines = |place: usize| -> Vec<String> {
            submission.batches[place].said[0].content.iter().map(ToString::to_string).collect()
        };
        let offer = "<http://lists.example.eu/id/public-service/adur-372-17>";
        let council = "<http://lists.example.eu/id/organisation/adur>";
        let mut expected = [
            format!(
                "{offer} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/vocab/cpsv#PublicService>"
            ),
            format!("{offer} <http://purl.org/dc/terms/identifier> \"adur-372-17\""),
            format!(
                "{offer} <http://purl.org/dc/terms/title> \"Abandoned vehicles (reporting): Adur District Council\"@en"
            ),
            format!(
                "{offer} <http://purl.org/dc/terms/description> \"The page of Adur District Council for Abandoned \
                 vehicles (reporting), to which GOV.UK sends people.\"@en"
            ),
            format!("{offer} <http://data.europa.eu/m8g/hasCompetentAuthority> {council}"),
            format!(
                "{offer} <https://w3id.org/eu-service-list/def#serviceType> <http://lists.example.eu/id/service-type/372>"
            ),
            format!("{offer} <http://data.europa.eu/m8g/isClassifiedBy> <http://lists.example.eu/id/service-type/372>"),
            format!(
                "{offer} <http://data.europa.eu/m8g/isClassifiedBy> <http://lists.example.eu/id/interaction/report>"
            ),
            format!("{offer} <http://xmlns.com/foaf/0.1/page> <https://adur.example/a?b=1>"),
        ];
        expected.sort();
        let mut offer = lines(1);
        offer.sort();
        assert_eq!(offer, expected);
        assert!(lines(0).iter().any(|line| line.starts_with(council) && line.ends_with("\"E1\"")), "{:?}", lines(0));
    }

    #[test]
    fn a_council_that_is_gone_is_told_after_what_can_be_mended() {
        let told = rejected(
            "gone,abandoned-vehicles,reporting,https://gone.example/,372,17\n\
             adur,abandoned-vehicles,reporting,https://adur.example/a b,372,17\n",
        );
        assert!(told[0].starts_with("links.csv, line 4: the link https://adur.example/a b is no IRI: "), "{told:?}");
        assert!(told[1].starts_with("links.csv, line 3: there is no council gone among the authorities"), "{told:?}");
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn numbers_that_the_list_does_not_have_and_cells_that_are_empty_are_told_by_line() {
        let told = rejected(
            "adur,x,reporting,https://adur.example/,99999,17\nadur,x,reporting,https://adur.example/,372,99\n\
             adur,x,reporting,,372,17\nadur,x,reporting,https://adur.example/\n",
        );
        let starts = [
            "links.csv, line 3: the list has no service type 99999;",
            "links.csv, line 4: no code of the list interaction is matched to esd's interaction 99;",
            "links.csv, line 5: it has no link (column link);",
            "links.csv, line 6: it has no number of a service (column column5);",
        ];
        assert_eq!(told.len(), starts.len());
        for (told, start) in told.iter().zip(starts) {
            assert!(told.starts_with(start), "{told}");
        }
    }

    #[test]
    fn of_two_links_for_the_same_the_first_that_can_be_kept_is() {
        let told = rejected(
            "adur,x,reporting,https://adur.example/{},372,17\nadur,x,reporting,https://adur.example/1,372,17\n\
             adur,x,reporting,https://adur.example/2,372,17\nadur,x,paying,https://adur.example/2,372,4\n",
        );
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[1].starts_with("links.csv, line 5: line 4 links the same council, service and interaction"),
            "{told:?}"
        );
    }
}
