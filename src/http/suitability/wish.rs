//! What of the second list a request wants: the parameters of its address.

use crate::catalogue::{Base, Choices, Filter};
use crate::http::asked::Asked;
use crate::http::problem::{Problem, ProblemType};
use crate::register::Listed;

/// The parameters that filter, in the order in which addresses have them.
const FILTERS: [&str; 8] = ["phase", "channel", "degree", "handling", "reason", "function", "rule", "assessor"];

/// Whose proposal is shown unless another assessor is asked for: that of the organisation of this name.
const EDITORS: &str = "editors";

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
    /// Reads the parameters. An empty one, as a form sends it, asks for nothing; what does not belong to a look
    /// is left out of it, so that each page has one address.
    pub(super) fn read(asked: &Asked) -> Result<Self, Problem> {
        let look = match (asked.parameter("by"), asked.parameter("page")) {
            (None | Some("" | "number"), page) => Look::Page(read_page(page.unwrap_or("1"))?),
            (Some("function"), _) => Look::Functions,
            (Some(other), _) => {
                let detail = format!("by={other} is unknown; by is number or function");
                return Err(Problem::new(ProblemType::BadRequest, detail));
            }
        };
        let belongs = |name: &str| look != Look::Functions || ["channel", "assessor"].contains(&name);
        let given = |name: &&'static str| {
            let value = asked.parameter(name).filter(|value| !value.is_empty())?;
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
    pub(super) fn filter(&self, base: &Base, choices: &Choices) -> Result<Filter, Problem> {
        let one_of = |name: &str, choices: &[Listed]| {
            let Some(value) = self.value(name) else { return Ok(None) };
            let known = choices.iter().find(|choice| reference(base, choice) == value);
            known
                .map(|choice| Some(choice.record.clone()))
                .ok_or_else(|| unknown(name, value, references(base, choices)))
        };
        Ok(Filter {
            phase: one_of("phase", &choices.phases)?,
            channel: one_of("channel", &choices.channels)?,
            degree: one_of("degree", &choices.degrees)?,
            handling: one_of("handling", &choices.handlings)?,
            reason: one_of("reason", &choices.reasons)?,
            function: one_of("function", &choices.functions)?,
            rule: one_of("rule", &choices.rules)?,
            assessor: self.assessor(base, &choices.assessors)?,
        })
    }

    fn assessor(&self, base: &Base, assessors: &[Listed]) -> Result<Option<String>, Problem> {
        let value = self.value("assessor").unwrap_or(EDITORS);
        let mut known = references(base, assessors);
        known.extend([EDITORS, ALL].map(str::to_owned));
        if value == ALL {
            return Ok(None);
        }
        let iri = base.iri(&format!("id/organisation/{value}")).into_string();
        if known.iter().any(|known| known == value) { Ok(Some(iri)) } else { Err(unknown("assessor", value, known)) }
    }
}

/// What tells a choice from others of its kind, as addresses have it.
pub(super) fn reference(base: &Base, choice: &Listed) -> String {
    base.record_of(&choice.record).map_or_else(|| choice.record.clone(), |name| name.reference)
}

fn references(base: &Base, choices: &[Listed]) -> Vec<String> {
    choices.iter().map(|choice| reference(base, choice)).collect()
}

fn unknown(name: &str, value: &str, mut known: Vec<String>) -> Problem {
    known.sort_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
    known.dedup();
    let detail = format!("{name}={value} is unknown; {name} is one of {}", known.join(", "));
    Problem::new(ProblemType::BadRequest, detail)
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
