//! What a request asks of a document: everything of it that the answer depends on.

use super::answer::Wanted;
use super::encoding::Encoding;
use super::form::Form;
use super::negotiate;
use super::problem::{Problem, ProblemType};
use super::queries::Client;
use super::state::App;
use crate::catalogue::Base;
use crate::pages::Language;
use crate::profile::Profile;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use std::convert::Infallible;

/// The language of a page, where its address begins with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct InPath(pub Language);

/// A request for a document.
#[derive(Debug)]
pub(super) struct Asked {
    /// Whose it is.
    pub client: Client,
    /// Its headers.
    pub headers: HeaderMap,
    /// The parameters of the address, decoded, in their order.
    parameters: Vec<(String, String)>,
    /// The language that the address begins with.
    language: Option<Language>,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let client = Client::from_request_parts(parts, app).await?;
        let query = parts.uri.query().unwrap_or_default();
        let parameters = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let language = parts.extensions.get().map(|InPath(language)| *language);
        Ok(Self { client, headers: std::mem::take(&mut parts.headers), parameters, language })
    }
}

/// One of the representations of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Variant {
    pub form: Form,
    /// What data is seen through; a page shows everything.
    pub profile: Profile,
    /// The language of a page; data has all languages, and stands under English here.
    pub language: Language,
    pub encoding: Encoding,
}

/// A variant, and which header fields chose it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub variant: Variant,
    /// The value of `Vary`.
    pub vary: &'static str,
}

impl Asked {
    /// A request for a document with these header fields alone.
    pub(super) fn of_headers(headers: HeaderMap) -> Self {
        Self { client: Client::Untold, headers, parameters: Vec::new(), language: None }
    }

    /// The last value of a parameter of the address.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// The parameters of the address, decoded, in their order.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether the address begins with a language, as only pages' do.
    pub(super) fn wants_a_page(&self) -> bool {
        self.language.is_some()
    }

    /// The language that the address begins with.
    pub(super) fn language_of_address(&self) -> Option<Language> {
        self.language
    }

    /// The language of a page.
    pub(super) fn language(&self) -> Language {
        self.language.unwrap_or_else(|| negotiate::language(&self.headers))
    }

    /// Chooses one of the representations of a document.
    ///
    /// # Errors
    /// 406 with what there is, 400 for a parameter that means nothing here, 404 for an extension.
    pub(super) fn choose(&self, wanted: &Wanted, site: &Base) -> Result<Choice, Problem> {
        let address = || format!("{site}{}", wanted.path);
        // An address that begins with a language has pages alone.
        let forms = if self.wants_a_page() { Form::PAGE } else { wanted.forms };
        let fixed = self.fixed(wanted, forms, &address)?;
        let (profile, is_insisted_on) = self.profile(wanted.profiles)?;
        let is_page_of_a_profile =
            is_insisted_on && profile != Profile::Full && fixed.is_some_and(|form| !form.has_profiles());
        let form = fixed.or_else(|| self.form(forms, profile, is_insisted_on)).filter(|_| !is_page_of_a_profile);
        let form = form.ok_or_else(|| {
            Problem::not_acceptable(if is_insisted_on && profile != Profile::Full {
                let forms: Vec<Form> = wanted.forms.iter().copied().filter(|form| form.has_profiles()).collect();
                Form::alternates_of(&forms, &address(), &joined_queries(&wanted.part, &profile.query()))
            } else {
                Form::alternates_of(wanted.forms, &address(), &wanted.part)
            })
        })?;
        let variant = Variant {
            form,
            profile: if form.has_profiles() { profile } else { Profile::Full },
            language: if form == Form::Html { self.language() } else { Language::English },
            encoding: Encoding::choose(&self.headers),
        };
        let [plain, of_a_record] = vary(fixed, self.language, forms);
        Ok(Choice { variant, vary: if wanted.is_of_a_record { of_a_record } else { plain } })
    }

    /// The form that the address fixes: by its extension, which wins, or by `?format=`.
    fn fixed(
        &self,
        Wanted { extension, forms: wanted, .. }: &Wanted,
        forms: &[Form],
        address: &impl Fn() -> String,
    ) -> Result<Option<Form>, Problem> {
        if let Some(form) = extension.filter(|form| !forms.contains(form)) {
            let offered = Form::alternates(wanted, &address());
            let there: Vec<&str> = offered.iter().map(|offer| offer.href.as_str()).collect();
            let detail = format!("there is no .{} here; there is {}", form.extension(), there.join(", "));
            return Err(Problem { offered, ..Problem::new(ProblemType::NotFound, detail) });
        }
        let named = self.parameter("format").map(|format| Form::of_format(format, forms, &address())).transpose()?;
        Ok(extension.or(named))
    }

    /// The profile asked for, and whether the address insists on it; a header only prefers one.
    fn profile(&self, profiles: &[Profile]) -> Result<(Profile, bool), Problem> {
        match self.parameter("profile") {
            Some(name) => Ok((profile_named(name, profiles)?, true)),
            None => Ok((negotiate::profile(&self.headers, profiles).unwrap_or(Profile::Full), false)),
        }
    }

    /// The form that `Accept` wants most. A page has no profile: who asks for one gets data, and a page
    /// only where the profile was a wish.
    fn form(&self, forms: &[Form], profile: Profile, is_insisted_on: bool) -> Option<Form> {
        if profile == Profile::Full {
            return self.accepted(forms.iter());
        }
        let data = self.accepted(forms.iter().filter(|form| form.has_profiles()));
        if is_insisted_on { data } else { data.or_else(|| self.accepted(forms.iter())) }
    }

    fn accepted<'f>(&self, forms: impl Iterator<Item = &'f Form>) -> Option<Form> {
        negotiate::choose(&self.headers, forms.map(|form| (form.media_type(), *form)))
    }
}

/// Two queries of addresses, each `?…` or nothing, as one.
pub(super) fn joined_queries(one: &str, other: &str) -> String {
    match other.strip_prefix('?') {
        Some(parameters) if !one.is_empty() => format!("{one}&{parameters}"),
        _ => format!("{one}{other}"),
    }
}

/// Names header fields alone, and with `Accept-Datetime`.
macro_rules! fields {
    ($fields:literal) => {
        [$fields, concat!($fields, ", Accept-Datetime")]
    };
}

/// The header fields that choose a variant where the address leaves a choice; of a document that is no record's, and of
/// a record's, which is also a TimeGate (<https://www.rfc-editor.org/rfc/rfc7089#section-4.1.1>).
fn vary(fixed: Option<Form>, language: Option<Language>, forms: &[Form]) -> [&'static str; 2] {
    match (fixed, language, forms) {
        (Some(Form::Html), Some(_), _) => fields!("Accept-Encoding"),
        (Some(Form::Html), None, _) => fields!("Accept-Language, Accept-Encoding"),
        (Some(_), _, _) => fields!("Accept-Profile, Accept-Encoding"),
        (None, Some(_), _) => fields!("Accept, Accept-Encoding"),
        (None, None, [Form::Html]) => fields!("Accept, Accept-Language, Accept-Encoding"),
        (None, None, _) => fields!("Accept, Accept-Profile, Accept-Language, Accept-Encoding"),
    }
}

/// Everything that chooses among the representations of a document.
pub(super) const VARY: &str = "Accept, Accept-Profile, Accept-Language, Accept-Encoding";

fn profile_named(name: &str, profiles: &[Profile]) -> Result<Profile, Problem> {
    let iri = name.trim_start_matches('<').trim_end_matches('>');
    let meant = Profile::of_token(name).or_else(|| Profile::of_iri(iri)).filter(|meant| profiles.contains(meant));
    meant.ok_or_else(|| {
        let known: Vec<&str> = profiles.iter().map(|profile| profile.token()).collect();
        let detail = format!("profile={name} is not known here; profile is one of {}, or its IRI", known.join(", "));
        Problem::new(ProblemType::BadRequest, detail)
    })
}

impl Choice {
    /// `Vary` as a header's value.
    pub(super) fn vary(&self) -> HeaderValue {
        HeaderValue::from_static(self.vary)
    }
}
