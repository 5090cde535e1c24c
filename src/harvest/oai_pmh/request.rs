//! Requests of OAI-PMH: a verb and its arguments
//! (<http://www.openarchives.org/OAI/openarchivesprotocol.html#ProtocolMessages>).

use super::datestamp::Datestamp;
use super::error::{Condition, Refusal};
use super::format::Format;
use std::collections::BTreeMap;
use std::time::SystemTime;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Request {
    Identify,
    /// The formats there are, or those of one record.
    ListMetadataFormats {
        identifier: Option<String>,
    },
    /// The sets there are, or those that follow.
    ListSets {
        token: Option<String>,
    },
    GetRecord {
        identifier: String,
        format: Format,
    },
    /// Headers, or whole records.
    List {
        wanted: Wanted,
        has_metadata: bool,
    },
}

/// What a list is asked by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A first page.
    First(Selection),
    /// One that follows.
    Next { token: String },
}

/// Which records a list has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selection {
    pub format: Format,
    pub set: Option<String>,
    pub from: Option<SystemTime>,
    /// The last second that is meant.
    pub until: Option<SystemTime>,
}

/// The verbs, each with the arguments that it must have and those that it may have. A resumption token stands alone.
const VERBS: [(&str, &[&str], &[&str]); 6] = [
    ("Identify", &[], &[]),
    ("ListMetadataFormats", &[], &["identifier"]),
    ("ListSets", &[], &["resumptionToken"]),
    ("GetRecord", &["identifier", "metadataPrefix"], &[]),
    ("ListIdentifiers", &["metadataPrefix"], &["from", "until", "set", "resumptionToken"]),
    ("ListRecords", &["metadataPrefix"], &["from", "until", "set", "resumptionToken"]),
];

/// The arguments of a request, each once.
#[derive(Debug)]
struct Arguments<'a>(BTreeMap<&'a str, &'a str>);

impl Request {
    /// Reads the arguments of a request, which are decoded.
    ///
    /// # Errors
    /// The [`Refusal`] that the protocol has for them.
    pub(super) fn read(given: &[(String, String)]) -> Result<Self, Refusal> {
        let (verb, required, optional) = verb_of(given)?;
        let arguments = Arguments::read(given, verb, required, optional)?;
        let owned = |name| arguments.0.get(name).map(|value| (*value).to_owned());
        Ok(match verb {
            "Identify" => Self::Identify,
            "ListMetadataFormats" => Self::ListMetadataFormats { identifier: owned("identifier") },
            "ListSets" => Self::ListSets { token: owned("resumptionToken") },
            "GetRecord" => {
                Self::GetRecord { identifier: owned("identifier").unwrap_or_default(), format: arguments.format()? }
            }
            _ => Self::List { wanted: arguments.wanted()?, has_metadata: verb == "ListRecords" },
        })
    }
}

/// The one verb of a request.
fn verb_of(
    given: &[(String, String)],
) -> Result<(&'static str, &'static [&'static str], &'static [&'static str]), Refusal> {
    let names: Vec<&str> = VERBS.iter().map(|(name, ..)| *name).collect();
    let refuse =
        |reason: &str| Refusal::of(Condition::BadVerb, format!("{reason}; verb is one of {}", names.join(", ")));
    let mut verbs = given.iter().filter(|(name, _)| name == "verb");
    match (verbs.next(), verbs.next()) {
        (None, _) => Err(refuse("the request has no verb")),
        (Some(_), Some(_)) => Err(refuse("the request has several verbs")),
        (Some((_, verb)), None) => {
            VERBS.into_iter().find(|(name, ..)| name == verb).ok_or_else(|| refuse(&format!("{verb:?} is no verb")))
        }
    }
}

impl<'a> Arguments<'a> {
    fn read(given: &'a [(String, String)], verb: &str, required: &[&str], optional: &[&str]) -> Result<Self, Refusal> {
        let mut arguments = BTreeMap::new();
        for (name, value) in given.iter().filter(|(name, _)| name != "verb") {
            if !required.contains(&name.as_str()) && !optional.contains(&name.as_str()) {
                let known: Vec<&str> = required.iter().chain(optional).copied().collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                return Err(bad_argument(format!("{verb} has no argument {name:?}; it has {known}")));
            }
            if arguments.insert(name.as_str(), value.as_str()).is_some() {
                return Err(bad_argument(format!("the argument {name} is given several times; give it once")));
            }
        }
        if arguments.contains_key("resumptionToken") {
            let is_alone = arguments.len() == 1;
            let alone = "a resumptionToken stands for all other arguments; send it with the verb alone";
            return if is_alone { Ok(Self(arguments)) } else { Err(bad_argument(alone)) };
        }
        match required.iter().find(|name| !arguments.contains_key(*name)) {
            Some(missing) => Err(bad_argument(format!("{verb} needs the argument {missing}"))),
            None => Ok(Self(arguments)),
        }
    }

    fn wanted(&self) -> Result<Wanted, Refusal> {
        if let Some(token) = self.0.get("resumptionToken") {
            return Ok(Wanted::Next { token: (*token).to_owned() });
        }
        let (from, until) = (self.moment("from")?, self.moment("until")?);
        if let (Some(from), Some(until)) = (from, until) {
            if from.granularity != until.granularity {
                return Err(bad_argument("from and until must both be days or both be seconds"));
            }
            if from.from > until.until {
                return Err(bad_argument("from is later than until"));
            }
        }
        Ok(Wanted::First(Selection {
            format: self.format()?,
            set: self.0.get("set").map(|set| checked_set(set)).transpose()?,
            from: from.map(|from| from.from),
            until: until.map(|until| until.until),
        }))
    }

    fn moment(&self, name: &str) -> Result<Option<Datestamp>, Refusal> {
        let Some(text) = self.0.get(name) else { return Ok(None) };
        let moment = Datestamp::parse(text);
        let wrong = || bad_argument(format!("{name}={text:?} is no date; write 2026-11-28 or 2026-11-28T09:30:00Z"));
        moment.map(Some).ok_or_else(wrong)
    }

    fn format(&self) -> Result<Format, Refusal> {
        let prefix = self.0.get("metadataPrefix").copied().unwrap_or_default();
        if prefix.is_empty() || !prefix.chars().all(is_unreserved) {
            return Err(bad_argument(format!(
                "{prefix:?} is no metadataPrefix; ListMetadataFormats tells those there are"
            )));
        }
        Format::of_prefix(prefix).ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|format| format.prefix()).collect();
            let message = format!("records come as {}, not as {prefix}", known.join(" and "));
            Refusal::of(Condition::CannotDisseminateFormat, message)
        })
    }
}

/// A set as the protocol spells it: steps of unreserved characters, with colons between.
fn checked_set(set: &str) -> Result<String, Refusal> {
    let is_step = |step: &str| !step.is_empty() && step.chars().all(is_unreserved);
    let wrong = || bad_argument(format!("{set:?} is no setSpec; ListSets tells those there are"));
    set.split(':').all(is_step).then(|| set.to_owned()).ok_or_else(wrong)
}

/// <https://www.rfc-editor.org/rfc/rfc2396#section-2.3>
fn is_unreserved(char: char) -> bool {
    char.is_ascii_alphanumeric() || "-_.!~*'()".contains(char)
}

fn bad_argument(message: impl Into<String>) -> Refusal {
    Refusal::of(Condition::BadArgument, message)
}
