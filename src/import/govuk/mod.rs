//! GOV.UK's links to the pages of councils: each is an offer of a council, told by no more than where it stands.
//!
//! The links name councils, services and interactions by what other lists say of them, and some of that has gone
//! since. So each row is checked here before it goes through the mapping: what cannot be kept is rejected by line,
//! and the rest enters. White space at the ends of cells is no part of them.

mod councils;
mod links;

use super::batch::{ImportError, batch};
use super::mapping::Mapping;
use super::row::{Row, Table, read_table};
use crate::catalogue::{Base, Rejection, Submission};
use councils::Councils;
use links::Links;
use std::path::PathBuf;

const AUTHORITIES: &str = include_str!("../../../vocab/mappings/govuk-authorities.rq");
const LINKS: &str = include_str!("../../../vocab/mappings/govuk-links.rq");

/// What the mappings know a council's record by.
const REFERENCE: &str = "reference";

/// The files of one import, both of the same moment.
#[derive(Clone, Debug, Default)]
pub struct GovukFiles {
    /// The links (CSV): council, service, interaction, address, and the numbers of service and interaction.
    pub links: PathBuf,
    /// The councils there are (CSV).
    pub authorities: PathBuf,
}

/// A cell that must not be empty.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("it has no {what} (column {column}); fill it in, or take the row out")]
struct Missing {
    what: &'static str,
    column: &'static str,
}

/// What the files say, to be written together. `service_types` are those of the list, with `number` and `name@en`.
///
/// # Errors
/// [`ImportError`]: a file that cannot be read stops both.
pub fn govuk(files: &GovukFiles, service_types: &Table, base: &Base) -> Result<Submission, ImportError> {
    submission(read_table(&files.authorities)?, read_table(&files.links)?, service_types, base)
}

fn submission(authorities: Table, links: Table, service_types: &Table, base: &Base) -> Result<Submission, ImportError> {
    let (authorities, of_authorities, councils) = Councils::check(trimmed(authorities));
    let (links, of_links) = Links::new(councils, service_types, base)?.check(trimmed(links));
    let mut authorities = batch(&Mapping::parse(AUTHORITIES, base.as_str())?, base, authorities)?;
    let mut links = batch(&Mapping::parse(LINKS, base.as_str())?, base, links)?;
    authorities.rejected.extend(of_authorities);
    links.rejected.extend(of_links);
    Ok(Submission {
        base: base.to_string(),
        agent: "https://www.gov.uk/".to_owned(),
        activity: "import govuk".to_owned(),
        batches: vec![authorities, links],
        release: None,
    })
}

fn rejections<E: std::error::Error>(file: &str, refused: Vec<(u64, E)>) -> Vec<Rejection> {
    let reject =
        |(line, error): (u64, E)| Rejection { place: format!("{file}, line {line}"), reason: error.to_string() };
    refused.into_iter().map(reject).collect()
}

/// A table without white space at the ends of cells: neither IRIs nor names have any there.
fn trimmed(mut table: Table) -> Table {
    for (_, value) in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        *value = value.trim().to_owned();
    }
    table
}

fn cell(row: &Row, what: &'static str, column: &'static str) -> Result<String, Missing> {
    row.get(column).map(str::to_owned).ok_or(Missing { what, column })
}

/// Gives a row a column of ours, in place of one of the file's that is called the same.
fn put(row: &mut Row, column: &str, value: &str) {
    row.cells.retain(|(name, _)| name != column);
    row.cells.push((column.to_owned(), value.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Batch;

    const COUNCILS: &str = "gss,slug,homepage_url,name\nE07000223,adur,https://adur.example/,Adur District Council\n";

    fn table(file: &str, text: &str) -> Table {
        Table::of_csv(file, text).unwrap()
    }

    fn made(links: &str) -> Submission {
        made_with(COUNCILS, links)
    }

    fn made_with(councils: &str, links: &str) -> Submission {
        let base = Base::parse("http://lists.example.eu/").unwrap();
        let types = table("types.csv", "number,name@en\n372,Abandoned vehicles\n");
        let links = format!("la,lgsl,lgil,link\n{links}");
        submission(table("councils.csv", councils), table("links.csv", &links), &types, &base).unwrap()
    }

    const GOOD: &str = "adur,abandoned-vehicles,applications-for-service,https://adur.example/a,372,0\n";

    fn told(batch: &Batch) -> Vec<String> {
        batch.rejected.iter().map(|rejection| format!("{}: {}", rejection.place, rejection.reason)).collect()
    }

    fn rejected(links: &str) -> Vec<String> {
        told(&made(&format!("{GOOD}{links}")).batches[1])
    }

    fn lines(batch: &Batch) -> Vec<String> {
        batch.said.iter().flat_map(|said| said.content.iter().map(ToString::to_string)).collect()
    }

    #[test]
    fn a_link_is_an_offer_of_a_council_with_its_page() {
        let submission = made("adur,abandoned-vehicles,reporting,https://adur.example/a?b=1,372,17\n");
        let offer = "<http://lists.example.eu/id/public-service/adur-372-17>";
        let council = "<http://lists.example.eu/id/organisation/e07000223>";
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
        let mut offer = lines(&submission.batches[1]);
        offer.sort();
        assert_eq!(offer, expected);
        let authority = lines(&submission.batches[0]);
        assert!(
            authority.iter().any(|line| line.starts_with(council) && line.ends_with("\"E07000223\"")),
            "{authority:?}"
        );
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
             adur,x,reporting,,372,17\nadur,x,reporting,https://adur.example/\n\
             adur,x,,https://adur.example/,372,17\n",
        );
        let starts = [
            "links.csv, line 3: the list has no service type 99999;",
            "links.csv, line 4: no code of the list interaction is matched to esd's interaction 99;",
            "links.csv, line 5: it has no link (column link);",
            "links.csv, line 6: it has no number of a service (column column5);",
            "links.csv, line 7: it has no name of an interaction (column lgil);",
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

    #[test]
    fn white_space_at_the_ends_of_cells_is_no_part_of_them() {
        let councils =
            "gss,slug,homepage_url,name\nE07000223 ,adur ,\u{a0}https://adur.example/,Adur District Council \n";
        let links = "adur , x,reporting , https://adur.example/a?b=1, 372,17 \n";
        let clean = "adur,x,reporting,https://adur.example/a?b=1,372,17\n";
        let (given, clean) = (made_with(councils, links), made(clean));
        for (given, clean) in given.batches.iter().zip(&clean.batches) {
            assert_eq!((lines(given), told(given)), (lines(clean), Vec::new()));
        }
    }

    #[test]
    fn a_council_that_cannot_be_kept_keeps_no_other_out_and_its_links_say_so() {
        let councils = format!(
            "{COUNCILS},bath,https://bath.example/,Bath\nE1,york,https://york.example/,York\n\
             E07000224,a b,https://a.example/,A\nE07000223,adur-again,https://adur.example/,Adur\n\
             E07000225,ely,https://ely.example/a b,Ely\n"
        );
        let links = "bath,x,reporting,https://bath.example/,372,17\nely,x,reporting,https://ely.example/,372,17\n";
        let submission = made_with(&councils, &format!("{GOOD}{links}"));
        let starts = [
            "councils.csv, line 3: it has no GSS code (column gss);",
            "councils.csv, line 4: E1 is no GSS code,",
            "councils.csv, line 5: the slug a b is not of letters,",
            "councils.csv, line 6: line 2 has the same slug or GSS code,",
            "councils.csv, line 7: the homepage https://ely.example/a b is no IRI:",
        ];
        let of_councils = told(&submission.batches[0]);
        assert_eq!(of_councils.len(), starts.len());
        for (told, start) in of_councils.iter().zip(starts) {
            assert!(told.starts_with(start), "{told}");
        }
        assert_eq!(submission.batches[0].said.len(), 2);
        let of_links = told(&submission.batches[1]);
        assert_eq!(
            of_links,
            ["links.csv, line 3: the council bath is rejected itself; mend its row among the authorities"]
        );
        assert_eq!(submission.batches[1].said.len(), 2);
    }
}
