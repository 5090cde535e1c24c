//! What of the second list a request wants: the parameters of its address.

use crate::catalogue::{Base, Choices, EDITORS, Filter, Present};
use crate::http::asked::Asked;
use crate::http::problem::{Problem, ProblemType};
use crate::pages::record::Surroundings;
use crate::register::Listed;

/// The parameters that filter, in the order in which addresses have them, each with the kind of record that it names.
const FILTERS: [(&str, &str); 9] = [
    ("phase", "antwoord-phase"),
    ("channel", "channel-type"),
    ("degree", "suitability"),
    ("handling", "handling"),
    ("reason", "reason"),
    ("service-type", "service-type"),
    ("function", "function"),
    ("rule", "rule"),
    ("assessor", "organisation"),
];

/// The assessor that stands for all of them.
const ALL: &str = "all";

/// What a page of the second list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// A hundred verdicts by number: the page of this number, from 1.
    Page(usize),
    /// How verdicts are distributed over functions.
    Functions,
}

/// A request for a part of the second list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    /// The filters that were given, in the order of [`FILTERS`].
    given: Vec<(&'static str, String)>,
    pub look: Look,
}

impl Wish {
    /// Reads the parameters of a page, or of data. An empty one, as a form sends it, asks for nothing; what does not
    /// belong to the look of a page is left out of it, so that each page has one address.
    pub(super) fn read(asked: &Asked, is_data: bool) -> Result<Self, Problem> {
        let value = |name: &str| asked.parameter(name).filter(|value| !value.is_empty());
        let look = match (value("by"), value("page")) {
            (None | Some("number"), page) => Look::Page(read_page(page.unwrap_or("1"))?),
            (Some("function"), _) => Look::Functions,
            (Some(other), _) => {
                let detail = format!("by={other} is unknown; by is number or function");
                return Err(Problem::new(ProblemType::BadRequest, detail));
            }
        };
        let belongs = |name: &str| is_data || look != Look::Functions || ["channel", "assessor"].contains(&name);
        let given = |(name, _): &(&'static str, &str)| {
            let value = value(name)?;
            let is_default = *name == "assessor" && value == EDITORS;
            (belongs(name) && !is_default).then(|| (*name, value.to_owned()))
        };
        Ok(Self { given: FILTERS.iter().filter_map(given).collect(), look })
    }

    /// The part of the address that filters: `?…`, or nothing.
    pub(super) fn filters(&self) -> String {
        query(self.given.iter().map(|(name, value)| (*name, value.as_str())))
    }

    /// The part of the address that chooses what a page shows: `?…`, or nothing.
    pub(super) fn selection(&self) -> String {
        let page = match self.look {
            Look::Page(1) => None,
            Look::Page(page) => Some(("page", page.to_string())),
            Look::Functions => Some(("by", "function".to_owned())),
        };
        let given = self.given.iter().map(|(name, value)| (*name, value.as_str()));
        query(given.chain(page.as_ref().map(|(name, value)| (*name, value.as_str()))))
    }

    /// The value of a filter, the default included.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let given = self.given.iter().find(|(given, _)| *given == name).map(|(_, value)| value.as_str());
        given.or_else(|| (name == "assessor").then_some(EDITORS))
    }

    /// The filter that the parameters ask for.
    ///
    /// # Errors
    /// 400 for a value that is unknown, with those there are.
    pub(super) fn filter(&self, present: &Present<'_>, view: &Surroundings<'_>) -> Result<Filter, Problem> {
        let record = |name: &str| self.record(name, present, view);
        Ok(Filter {
            phase: record("phase")?,
            channel: record("channel")?,
            degree: record("degree")?,
            handling: record("handling")?,
            reason: record("reason")?,
            service_type: record("service-type")?,
            function: record("function")?,
            rule: record("rule")?,
            assessor: record("assessor")?,
        })
    }

    /// The IRI of what the value of a filter names; nothing where it asks for nothing. What there is besides is
    /// looked up for those alone who name what is not there.
    fn record(&self, name: &str, present: &Present<'_>, view: &Surroundings<'_>) -> Result<Option<String>, Problem> {
        let is_of_assessors = name == "assessor";
        let Some(value) = self.value(name).filter(|value| !(is_of_assessors && *value == ALL)) else {
            return Ok(None);
        };
        let kind = FILTERS.iter().find(|(filter, _)| *filter == name).map_or(name, |(_, kind)| kind);
        let iri = view.base.iri(&format!("id/{kind}/{value}")).into_string();
        let is_known = if is_of_assessors {
            value == EDITORS || present.is_assessor(&iri)?
        } else {
            present.record(&iri)?.is_some()
        };
        if is_known {
            Ok(Some(iri))
        } else {
            Err(unknown(name, value, &known(name, &present.choices(view.reader)?, view)))
        }
    }
}

/// What tells a choice from others of its kind, as addresses have it.
pub(super) fn reference(base: &Base, choice: &Listed) -> String {
    base.record_of(&choice.record).map_or_else(|| choice.record.clone(), |name| name.reference)
}

/// The values that a filter may have, the shortest first; none where there are too many to tell.
fn known(name: &str, choices: &Choices, view: &Surroundings<'_>) -> Vec<String> {
    let listed = match name {
        "phase" => &choices.phases,
        "channel" => &choices.channels,
        "degree" => &choices.degrees,
        "handling" => &choices.handlings,
        "reason" => &choices.reasons,
        "function" => &choices.functions,
        "rule" => &choices.rules,
        "assessor" => &choices.assessors,
        _ => return Vec::new(),
    };
    let mut known: Vec<String> = listed.iter().map(|choice| reference(view.base, choice)).collect();
    if name == "assessor" {
        known.extend([EDITORS, ALL].map(str::to_owned));
    }
    known.sort_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
    known.dedup();
    known
}

fn unknown(name: &str, value: &str, known: &[String]) -> Problem {
    let those = if known.is_empty() { String::new() } else { format!("; {name} is one of {}", known.join(", ")) };
    Problem::new(ProblemType::BadRequest, format!("{name}={value} is unknown{those}"))
}

fn read_page(page: &str) -> Result<usize, Problem> {
    page.parse().map_err(|_| no_page(page))
}

/// The list has no such page.
pub(super) fn no_page(page: &str) -> Problem {
    Problem::new(ProblemType::NotFound, format!("the list has no page {page}"))
}

fn query<'a>(parameters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    if query.is_empty() { query } else { format!("?{query}") }
}
