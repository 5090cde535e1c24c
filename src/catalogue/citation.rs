//! How an answer is cited: as text, as BibTeX and as CSL-JSON.
//!
//! Data that change are cited by what was asked, where, and in which state
//! (<https://doi.org/10.15497/RDA00016>): the title is the question, and a revision with its date names the state.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::time::SystemTime;

/// What a citation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Tells it from other citations in a bibliography: ASCII letters, digits and hyphens.
    pub key: String,
    /// What is cited; of an answer the question.
    pub title: String,
    /// What it is a part of: the name of the list.
    pub part_of: String,
    /// Who publishes it, where that is known.
    pub publisher: Option<String>,
    /// The revision of the register that it shows.
    pub revision: u64,
    /// When that revision was made.
    pub made: SystemTime,
    /// Where it answers, with everything that was asked.
    pub address: String,
}

/// A form that citations come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationForm {
    /// One line to be read, in English.
    Text,
    /// <https://www.ctan.org/pkg/bibtex>
    BibTex,
    /// An array of one item, <https://docs.citationstyles.org/en/stable/specification.html>.
    CslJson,
}

impl CitationForm {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Text, Self::BibTex, Self::CslJson];

    /// What a reader calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::BibTex => "BibTeX",
            Self::CslJson => "CSL-JSON",
        }
    }

    /// Its media type, as registries of DOIs have it (<https://citation.doi.org/docs.html>).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/x-bibliography",
            Self::BibTex => "application/x-bibtex",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
        }
    }
}

impl Citation {
    /// The citation in a form, as UTF-8.
    pub fn written(&self, form: CitationForm) -> String {
        match form {
            CitationForm::Text => self.text() + "\n",
            CitationForm::BibTex => self.bibtex(),
            CitationForm::CslJson => format!("{:#}\n", self.csl_json()),
        }
    }

    /// One line to be read: who, when, what, in which state, where.
    pub fn text(&self) -> String {
        let Self { title, part_of, publisher, revision, address, .. } = self;
        let who = publisher.as_ref().unwrap_or(part_of);
        let end = if title.ends_with(['?', '!', '.']) { "" } else { "." };
        let date = self.date();
        on_one_line(&format!("{who} ({date}). {title}{end} {part_of}, revision {revision}. {address}"))
    }

    fn bibtex(&self) -> String {
        let date = self.date();
        let (year, month) = (date.strftime("%Y").to_string(), date.strftime("%m").to_string());
        let note = format!("{}, revision {}", self.part_of, self.revision);
        let mut fields = vec![
            ("title", format!("{{{}}}", in_tex(&self.title))),
            ("year", year),
            ("month", month.trim_start_matches('0').to_owned()),
            ("date", date.to_string()),
            ("howpublished", in_tex(&self.part_of)),
            ("version", self.revision.to_string()),
            ("note", in_tex(&note)),
            // Read as it stands; an address of ours holds no brace, which alone would end the field.
            ("url", self.address.replace('{', "%7B").replace('}', "%7D")),
        ];
        if let Some(publisher) = &self.publisher {
            // In braces of its own, or it would be parted into first and last name.
            fields.insert(0, ("author", format!("{{{}}}", in_tex(publisher))));
            fields.push(("publisher", in_tex(publisher)));
        }
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
        format!("@misc{{{},\n{}\n}}\n", self.key, fields.join(",\n"))
    }

    fn csl_json(&self) -> Value {
        let date = self.date();
        let mut item = json!({
            "id": self.key,
            "type": "dataset",
            "title": self.title,
            "container-title": self.part_of,
            "issued": { "date-parts": [[date.year(), date.month(), date.day()]] },
            "version": self.revision.to_string(),
            "URL": self.address,
            "language": "en",
        });
        if let (Some(publisher), Some(members)) = (&self.publisher, item.as_object_mut()) {
            members.insert("author".to_owned(), json!([{ "literal": publisher }]));
            members.insert("publisher".to_owned(), json!(publisher));
        }
        json!([item])
    }

    /// The day of the revision, in UTC.
    fn date(&self) -> jiff::civil::Date {
        let moment = Timestamp::try_from(self.made).unwrap_or(Timestamp::UNIX_EPOCH);
        TimeZone::UTC.to_datetime(moment).date()
    }
}

fn on_one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text as TeX reads it. `BibTeX` counts braces even behind a backslash, so they have names here.
fn in_tex(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in on_one_line(text).chars() {
        match character {
            '{' => written.push_str(r"\textbraceleft{}"),
            '}' => written.push_str(r"\textbraceright{}"),
            '\\' => written.push_str(r"\textbackslash{}"),
            '~' => written.push_str(r"\textasciitilde{}"),
            '^' => written.push_str(r"\textasciicircum{}"),
            '"' => written.push_str(r"\textquotedbl{}"),
            '%' | '&' | '$' | '#' | '_' => written.extend(['\\', character]),
            other => written.push(other),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn citation(title: &str, publisher: Option<&str>) -> Citation {
        Citation {
            key: "which-r12".to_owned(),
            title: title.to_owned(),
            part_of: "European Service List".to_owned(),
            publisher: publisher.map(str::to_owned),
            revision: 12,
            // 2026-03-01.
            made: SystemTime::UNIX_EPOCH + Duration::from_hours(20_513 * 24),
            address: "http://x.example/query/which?phase=3&word=a_%25".to_owned(),
        }
    }

    #[test]
    fn the_text_names_who_when_what_in_which_state_and_where() {
        let expected = "Town of Test (2026-03-01). Which? European Service List, revision 12. \
            http://x.example/query/which?phase=3&word=a_%25";
        assert_eq!(citation("Which?", Some("Town of\nTest")).text(), expected);
        assert!(citation("All", None).text().starts_with("European Service List (2026-03-01). All. European"));
    }

    #[test]
    fn bibtex_balances_its_braces_whatever_a_title_holds() {
        let written =
            citation(r#"50 % {of} "A & B_C" \ #1 ~^$ é }"#, Some("Ville d’Évian {")).written(CitationForm::BibTex);
        assert_eq!(written.matches('{').count(), written.matches('}').count(), "{written}");
        let title = r"title = {{50 \% \textbraceleft{}of\textbraceright{} \textquotedbl{}A \& B\_C\textquotedbl{} \textbackslash{} \#1 \textasciitilde{}\textasciicircum{}\$ é \textbraceright{}}},";
        assert!(written.contains(title), "{written}");
        assert!(
            written.starts_with("@misc{which-r12,\n  author = {{Ville d’Évian \\textbraceleft{}}},\n"),
            "{written}"
        );
        assert!(written.contains("year = {2026},\n  month = {3},\n  date = {2026-03-01},\n"), "{written}");
        assert!(written.contains("url = {http://x.example/query/which?phase=3&word=a_%25}"), "{written}");
    }

    #[test]
    fn csl_json_is_one_item_with_the_members_that_its_schema_has() {
        let written = citation("\"Which\" \\ {?}", Some("Town")).written(CitationForm::CslJson);
        let items: Value = serde_json::from_str(&written).unwrap();
        let item = items.as_array().unwrap()[0].as_object().unwrap();
        assert_eq!(item["title"], "\"Which\" \\ {?}");
        assert_eq!(item["issued"]["date-parts"], json!([[2026, 3, 1]]));
        assert_eq!(item["author"], json!([{ "literal": "Town" }]));
        // Of the members that https://github.com/citation-style-language/schema (csl-data.json) allows.
        let known =
            ["id", "type", "title", "container-title", "issued", "version", "URL", "language", "author", "publisher"];
        assert!(item.keys().all(|member| known.contains(&member.as_str())), "{written}");
    }
}
