//! What may be asked differently in a stored query: its parameters, and the arguments that a request gives for them.
//!
//! A parameter is a variable of the query that `VALUES ?name { … }` binds, on a line of its own, to its default; `UNDEF`
//! leaves it open. An argument takes the place of that line's value, spelled by its type and never as it was sent.

use crate::catalogue::Base;
use crate::rdf::{Literal, NamedNode, Term};
use crate::vocab::xsd;
use std::collections::BTreeSet;
use std::fmt::{self, Display};

/// The longest argument, in characters.
pub const ARGUMENT_LIMIT: usize = 200;

/// A variable of a stored query that a request may bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name of the variable, and of the parameter of the address.
    pub name: &'static str,
    /// What its values are.
    pub kind: ParameterKind,
    /// What it stands for, in English.
    pub about: &'static str,
    /// The value where a request gives none; nothing where the query then leaves it open.
    pub default: Option<&'static str>,
}

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A whole number.
    Integer,
    /// A language tag, <https://www.rfc-editor.org/info/bcp47>.
    Language,
    /// A word or a few.
    Text,
    /// A resource, by the last step of its IRI.
    Reference {
        /// What its IRI starts with, relative to the base of the data where it is of ours.
        under: &'static str,
    },
}

/// Arguments that cannot be taken; [`StoredQuery::arguments`](super::StoredQuery::arguments) says for which query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArgumentError {
    /// The query has no parameter of this name.
    #[error("{name} is no parameter of this question")]
    Unknown {
        /// The name.
        name: String,
    },
    /// A parameter was given twice.
    #[error("{name} is given twice; give it once")]
    Twice {
        /// Its name.
        name: &'static str,
    },
    /// The value is not one of the parameter's kind.
    #[error("{name}={value} cannot be taken: {name} is {kind}")]
    Value {
        /// The name of the parameter.
        name: &'static str,
        /// The value, cut where it is long.
        value: String,
        /// What its values are.
        kind: ParameterKind,
    },
}

/// Values for the parameters of a query, in the order in which it declares them: those given, and the defaults of the
/// others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments(Vec<Argument>);

/// The value of one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Argument {
    parameter: Parameter,
    value: Option<String>,
}

impl Parameter {
    /// Reads a declaration, `phase integer What it stands for`, and the default from the query; nothing if it is none.
    pub(super) fn read(declaration: &'static str, query: &'static str) -> Option<Self> {
        let (name, rest) = declaration.trim().split_once(' ')?;
        let (kind, about) = rest.trim_start().split_once(' ')?;
        let kind = ParameterKind::read(kind)?;
        let bound = query.lines().find_map(|line| bound_value(line, name))?;
        let default = if bound == "UNDEF" { None } else { Some(kind.unspelled(bound)?) };
        Some(Self { name, kind, about: about.trim(), default })
    }

    /// The default as a term, where there is one.
    pub fn default_term(&self, base: &Base) -> Option<Term> {
        self.default.map(|value| self.kind.term(value, base))
    }

    fn take(&self, given: &str) -> Result<Option<String>, ArgumentError> {
        let given = given.trim();
        if given.is_empty() {
            return Ok(self.default.map(str::to_owned));
        }
        let value = if given.chars().count() > ARGUMENT_LIMIT { None } else { self.kind.canonical(given) };
        value.map(Some).ok_or_else(|| ArgumentError::Value {
            name: self.name,
            value: given.chars().take(40).collect(),
            kind: self.kind,
        })
    }
}

impl Display for Parameter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.default {
            Some(default) => write!(formatter, "{} ({}; {default} unless given)", self.name, self.kind),
            None => write!(formatter, "{} ({}; may be left out)", self.name, self.kind),
        }
    }
}

impl ParameterKind {
    fn read(text: &'static str) -> Option<Self> {
        match text {
            "integer" => Some(Self::Integer),
            "language" => Some(Self::Language),
            "text" => Some(Self::Text),
            _ => Some(Self::Reference { under: text.strip_prefix('<')?.strip_suffix('>')? }),
        }
    }

    /// The one way to write a value that was given; nothing where it is none of this kind.
    fn canonical(self, given: &str) -> Option<String> {
        match self {
            Self::Integer => given.parse::<i64>().ok().map(|number| number.to_string()),
            Self::Language => is_language_tag(given).then(|| given.to_ascii_lowercase()),
            // The codepoint escapes of SPARQL are read before its strings are, so a backslash has no safe spelling.
            Self::Text => (!given.contains(|c: char| c.is_control() || c == '\\')).then(|| given.to_owned()),
            Self::Reference { under } => {
                let reference = given.rsplit_once(under).map_or(given, |(_, reference)| reference);
                is_reference(reference).then(|| reference.to_owned())
            }
        }
    }

    /// A value as SPARQL writes it. Only what [`canonical`](Self::canonical) gives comes here.
    fn spelled(self, value: &str) -> String {
        match self {
            Self::Integer => value.to_owned(),
            Self::Language | Self::Text => Literal::new_simple_literal(value).to_string(),
            Self::Reference { under } => format!("<{under}{value}>"),
        }
    }

    /// The value that a query spells.
    fn unspelled(self, text: &'static str) -> Option<&'static str> {
        match self {
            Self::Integer => Some(text),
            Self::Language | Self::Text => text.strip_prefix('"')?.strip_suffix('"'),
            Self::Reference { under } => text.strip_prefix('<')?.strip_suffix('>')?.strip_prefix(under),
        }
    }

    /// A value as a term; only what [`Arguments`] hold and defaults are values.
    pub fn term(self, value: &str, base: &Base) -> Term {
        match self {
            Self::Integer => Literal::new_typed_literal(value, xsd::INTEGER).into(),
            Self::Language | Self::Text => Literal::new_simple_literal(value).into(),
            Self::Reference { under } if under.contains("://") => {
                NamedNode::new_unchecked(format!("{under}{value}")).into()
            }
            Self::Reference { under } => base.iri(&format!("{under}{value}")).into(),
        }
    }
}

impl Display for ParameterKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer => formatter.write_str("a whole number"),
            Self::Language => formatter.write_str("a language tag such as nl"),
            Self::Text => write!(formatter, "text of at most {ARGUMENT_LIMIT} characters without a backslash"),
            Self::Reference { under } => write!(formatter, "what follows {under} in an IRI"),
        }
    }
}

impl Arguments {
    /// Takes what a request gives for parameters; what it leaves out, or empty, keeps its default.
    pub(super) fn read<'g>(
        parameters: &[Parameter],
        given: impl Iterator<Item = (&'g str, &'g str)>,
    ) -> Result<Self, ArgumentError> {
        let mut arguments = Self::of_defaults(parameters);
        let mut taken = BTreeSet::new();
        for (name, value) in given {
            let argument = arguments.0.iter_mut().find(|argument| argument.parameter.name == name);
            let argument = argument.ok_or_else(|| ArgumentError::Unknown { name: name.chars().take(40).collect() })?;
            if !taken.insert(name) {
                return Err(ArgumentError::Twice { name: argument.parameter.name });
            }
            argument.value = argument.parameter.take(value)?;
        }
        Ok(arguments)
    }

    /// The defaults of all.
    pub(super) fn of_defaults(parameters: &[Parameter]) -> Self {
        let default = |parameter: &Parameter| Argument {
            value: parameter.default.map(str::to_owned),
            parameter: parameter.clone(),
        };
        Self(parameters.iter().map(default).collect())
    }

    /// The name and the value of those that differ from their defaults, in their order.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let differs = |argument: &&Argument| argument.value.as_deref() != argument.parameter.default;
        self.0.iter().filter(differs).filter_map(|argument| Some((argument.parameter.name, argument.value.as_deref()?)))
    }

    /// Every parameter with its value; nothing for one that is left open.
    pub fn all(&self) -> impl Iterator<Item = (&Parameter, Option<&str>)> {
        self.0.iter().map(|argument| (&argument.parameter, argument.value.as_deref()))
    }

    /// A line of the query, bound to an argument if it binds a parameter.
    pub(super) fn bind(&self, line: &str) -> String {
        for Argument { parameter, value } in &self.0 {
            if bound_value(line, parameter.name).is_some() {
                let value = value.as_deref().map_or_else(|| "UNDEF".to_owned(), |value| parameter.kind.spelled(value));
                let indent = line.len() - line.trim_start().len();
                return format!("{:indent$}VALUES ?{} {{ {value} }}", "", parameter.name);
            }
        }
        line.to_owned()
    }
}

/// The value that a line binds a parameter to: `VALUES ?name { value }`.
fn bound_value<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let rest = line.trim().strip_prefix("VALUES ?")?.strip_prefix(name)?;
    rest.strip_prefix(" { ")?.strip_suffix(" }")
}

/// Letters and digits in parts of at most eight that hyphens join, which covers every tag that data here has.
fn is_language_tag(text: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.split('-').all(is_part) && text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// The references that records may have (`docs/API.md`), which codes of other lists keep to as well.
fn is_reference(text: &str) -> bool {
    let is_inside = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    text.len() <= 64 && text.bytes().all(is_inside) && text.starts_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: &str = "SELECT * WHERE {\n  VALUES ?phase { 2 }\n  VALUES ?lang { \"en\" }\n  VALUES ?town { UNDEF }\n  VALUES ?word { \"bin\" }\n}";

    fn parameters() -> Vec<Parameter> {
        let declarations = [
            "phase integer The phase.",
            "lang language Of names.",
            "town <id/organisation/> Whose.",
            "word text Sought.",
        ];
        declarations.into_iter().map(|declaration| Parameter::read(declaration, QUERY).unwrap()).collect()
    }

    fn bound(given: &[(&'static str, &str)]) -> Result<String, ArgumentError> {
        let arguments = Arguments::read(&parameters(), given.iter().copied())?;
        Ok(QUERY.lines().map(|line| arguments.bind(line)).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn without_arguments_the_query_stays_as_it_is() {
        assert_eq!(bound(&[]).unwrap(), QUERY);
        assert_eq!(bound(&[("phase", ""), ("town", " "), ("lang", "en")]).unwrap(), QUERY);
        assert_eq!(Arguments::read(&parameters(), [("phase", "2")].into_iter()).unwrap().given().count(), 0);
    }

    #[test]
    fn an_argument_takes_the_place_of_the_default_in_one_spelling() {
        let text = bound(&[("town", "voorbeeldstad"), ("phase", "+03"), ("lang", "NL-be"), ("word", "a \"b\" {")]);
        let text = text.unwrap();
        assert!(text.contains("\n  VALUES ?phase { 3 }\n  VALUES ?lang { \"nl-be\" }\n"), "{text}");
        assert!(text.contains("VALUES ?town { <id/organisation/voorbeeldstad> }"), "{text}");
        assert!(text.contains("VALUES ?word { \"a \\\"b\\\" {\" }"), "{text}");
        let whole = bound(&[("town", "http://lists.example.eu/id/organisation/voorbeeldstad")]).unwrap();
        assert!(whole.contains("VALUES ?town { <id/organisation/voorbeeldstad> }"), "{whole}");
    }

    #[test]
    fn what_is_no_value_of_the_kind_is_refused_and_told() {
        for (name, value) in [
            ("phase", "two"),
            ("phase", "2 } ?s ?p ?o {"),
            ("phase", "99999999999999999999"),
            ("lang", "en\" } #"),
            ("lang", "-en"),
            ("town", "a> ?p ?o"),
            ("town", "../x"),
            ("town", "http://elsewhere.example/a"),
            ("word", "a\\u0022 }"),
            ("word", "a\nb"),
        ] {
            let error = bound(&[(name, value)]).unwrap_err();
            assert!(matches!(&error, ArgumentError::Value { name: told, .. } if *told == name), "{error}");
        }
        assert!(bound(&[("word", &"é".repeat(ARGUMENT_LIMIT))]).is_ok());
        assert!(bound(&[("word", &"é".repeat(ARGUMENT_LIMIT + 1))]).is_err());
        assert_eq!(bound(&[("fase", "2")]).unwrap_err().to_string(), "fase is no parameter of this question");
        assert_eq!(bound(&[("phase", "2"), ("phase", "3")]).unwrap_err(), ArgumentError::Twice { name: "phase" });
    }

    #[test]
    fn a_parameter_tells_its_kind_and_default() {
        let told: Vec<String> = parameters().iter().map(ToString::to_string).collect();
        assert_eq!(told[0], "phase (a whole number; 2 unless given)");
        assert_eq!(told[2], "town (what follows id/organisation/ in an IRI; may be left out)");
    }
}
