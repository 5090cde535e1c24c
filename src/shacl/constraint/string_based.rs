//! [4.4 String-based](https://www.w3.org/TR/shacl/#core-components-string): lengths, patterns, languages.

use super::super::checker::{At, Checker};
use super::super::data::{Data, Node};
use super::super::error::{Problem, ShapesError};
use super::super::limits::Failure;
use super::super::reader::{Reader, wrong};
use super::super::terms::Constants;
use super::Component;
use crate::vocab::sh;
use oxrdf::{LiteralRef, NamedNodeRef, Term, TermRef};
use regex::{Regex, RegexBuilder};
use std::collections::{BTreeMap, BTreeSet};

/// What a term reads as a string; blank nodes do not.
fn text(term: TermRef<'_>) -> Option<&str> {
    match term {
        TermRef::NamedNode(iri) => Some(iri.as_str()),
        TermRef::Literal(literal) => Some(literal.value()),
        TermRef::BlankNode(_) => None,
    }
}

/// `sh:minLength` and `sh:maxLength`, in characters. <https://www.w3.org/TR/shacl/#MinLengthConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) enum Length {
    AtLeast(usize),
    AtMost(usize),
}

impl Component for Length {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let least = reader.count(shape, sh::MIN_LENGTH)?.map(Self::AtLeast);
        let most = reader.count(shape, sh::MAX_LENGTH)?.map(Self::AtMost);
        Ok(least.into_iter().chain(most).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        match self {
            Self::AtLeast(_) => sh::MIN_LENGTH_CONSTRAINT_COMPONENT,
            Self::AtMost(_) => sh::MAX_LENGTH_CONSTRAINT_COMPONENT,
        }
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect_term(at, |value| {
            text(value).map(|text| text.chars().count()).is_some_and(|length| match self {
                Self::AtLeast(least) => length >= *least,
                Self::AtMost(most) => length <= *most,
            })
        })
    }

    fn describe(&self, _constants: &Constants) -> String {
        match self {
            Self::AtLeast(least) => format!("The value has fewer than {least} characters"),
            Self::AtMost(most) => format!("The value has more than {most} characters"),
        }
    }
}

/// `sh:pattern` with `sh:flags`. <https://www.w3.org/TR/shacl/#PatternConstraintComponent>
///
/// Expressions run in linear time; one that would need more than [`MOST_MEMORY`], or looks back, is refused.
/// A shape has one pattern at most, because a component of several parameters takes one value of each.
#[derive(Debug)]
pub(in crate::shacl) struct Pattern(Regex);

/// Sizes of compiled expressions, in bytes. Each is compiled within the least that is enough, and none may need more
/// than the greatest.
const SIZES: [usize; 4] = [1 << 14, 1 << 16, 1 << 18, MOST_MEMORY];
const MOST_MEMORY: usize = 1 << 20;

/// How long an expression may be, in bytes: parsing one takes a hundred times that.
const LONGEST: usize = 50_000;

/// What lists of words, which are not compiled as other expressions are, take for each byte, about.
const FOR_EACH_BYTE: usize = 32;

impl Component for Pattern {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let flags = reader.text(shape, sh::FLAGS)?.unwrap_or_default();
        let Some(pattern) = reader.text(shape, sh::PATTERN)? else { return Ok(Vec::new()) };
        match compile(&pattern, &flags, &mut reader.room_for_patterns) {
            Ok(compiled) => Ok(vec![Self(compiled)]),
            Err(reason) => {
                let pattern = pattern.chars().take(NAMED).collect();
                Err(ShapesError::new(shape, sh::PATTERN, Problem::Pattern { pattern, reason }))
            }
        }
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::PATTERN_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect_term(at, |value| text(value).is_some_and(|text| self.0.is_match(text)))
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("The value does not match the pattern {:?}", self.0.as_str())
    }
}

/// How many characters of an expression that is refused are named.
const NAMED: usize = 200;

/// Compiles an expression with the flags that `REGEX` of SPARQL has.
/// <https://www.w3.org/TR/xpath-functions/#flags>
fn compile(pattern: &str, flags: &str, room: &mut usize) -> Result<Regex, String> {
    if pattern.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes; simplify it"));
    }
    let literal = flags.contains('q').then(|| regex::escape(pattern));
    let mut builder = RegexBuilder::new(literal.as_deref().unwrap_or(pattern));
    for flag in flags.chars() {
        match flag {
            's' => builder.dot_matches_new_line(true),
            'm' => builder.multi_line(true),
            'i' => builder.case_insensitive(true),
            'x' => builder.ignore_whitespace(true),
            'q' => &mut builder,
            other => return Err(format!("there is no flag {other:?}; the flags are s, m, i, x and q")),
        };
    }
    let (size, built) = within_a_size(&builder)?;
    let size = size.max(pattern.len() * FOR_EACH_BYTE);
    *room = room.checked_sub(size).ok_or("the patterns of the shapes graph take too much memory together")?;
    Ok(built)
}

/// Compiles an expression within the least size that is enough.
fn within_a_size(builder: &RegexBuilder) -> Result<(usize, Regex), String> {
    let mut built = Err("it takes no memory".to_owned());
    for size in SIZES {
        built = match builder.clone().size_limit(size).build() {
            Ok(regex) => return Ok((size, regex)),
            Err(regex::Error::CompiledTooBig(_)) => Err(format!("it needs more than {MOST_MEMORY} bytes; simplify it")),
            Err(error) => return Err(error.to_string()),
        };
    }
    built
}

/// `sh:languageIn`. <https://www.w3.org/TR/shacl/#LanguageInConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct LanguageIn {
    /// As the shape lists them.
    ranges: Vec<String>,
    known: BTreeSet<String>,
}

impl Component for LanguageIn {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let Some(list) = reader.only_list(shape, sh::LANGUAGE_IN)? else { return Ok(Vec::new()) };
        let range = |term: &Term| match term {
            Term::Literal(literal) if literal.datatype() == crate::vocab::xsd::STRING => {
                Ok(literal.value().to_ascii_lowercase())
            }
            other => Err(wrong(shape, sh::LANGUAGE_IN, other, "a language tag")),
        };
        let ranges = list.iter().map(range).collect::<Result<Vec<_>, _>>()?;
        Ok(vec![Self { known: ranges.iter().cloned().collect(), ranges }])
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::LANGUAGE_IN_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect_term(at, |value| language(value).is_some_and(|tag| lang_matches(&tag, &self.known)))
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("The value is not a text in one of the languages {}", self.ranges.join(", "))
    }
}

/// The language of a term, in lower case: tags compare without case.
fn language(term: TermRef<'_>) -> Option<String> {
    let tag = |literal: LiteralRef<'_>| literal.language().map(str::to_ascii_lowercase);
    match term {
        TermRef::Literal(literal) => tag(literal),
        _ => None,
    }
}

/// Basic filtering of [RFC 4647, 3.3.1](https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1), both in lower case.
/// A tag matches a range that it begins with, up to one of its hyphens or its end.
fn lang_matches(tag: &str, ranges: &BTreeSet<String>) -> bool {
    let hyphens = tag.match_indices('-').map(|(end, _)| end);
    let mut heads = hyphens.chain([tag.len()]).filter_map(|end| tag.get(..end));
    ranges.contains("*") || heads.any(|head| ranges.contains(head))
}

/// `sh:uniqueLang`. <https://www.w3.org/TR/shacl/#UniqueLangConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct UniqueLang;

impl Component for UniqueLang {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(reader.flag(shape, sh::UNIQUE_LANG)?.then_some(Self).into_iter().collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::UNIQUE_LANG_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        if at.values.len() < 2 {
            return Ok(());
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let language_of = |value: &Node| checker.nodes.read(*value, language);
        at.values.iter().filter_map(language_of).for_each(|tag| *counts.entry(tag).or_default() += 1);
        for _ in counts.values().filter(|count| **count > 1) {
            checker.found(at, None);
        }
        Ok(())
    }

    fn describe(&self, _constants: &Constants) -> String {
        "A language has more than one value".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results};

    #[test]
    fn lengths_count_characters_of_literals_and_iris() {
        assert_results(&[
            ("sh:minLength 3", ":s :p \"čáp\", \"abc\"@en, 100, :x .", &[]),
            ("sh:minLength 4", ":s :p \"čáp\", :x .", &["MinLength \"čáp\"", "MinLength :x"]),
            ("sh:maxLength 3", ":s :p \"čáp\", \"abc\"@en, 100, :x .", &[]),
            ("sh:maxLength 2", ":s :p \"čáp\", :x .", &["MaxLength \"čáp\"", "MaxLength :x"]),
            ("sh:minLength 0", ":s :p [] .", &["MinLength _"]),
            ("sh:maxLength 9", ":s :p [] .", &["MaxLength _"]),
        ]);
        assert_refused(&[
            ("sh:minLength \"3\"", ":P, sh:minLength: \"3\" is not a whole number"),
            ("sh:maxLength 1, 2", ":P, sh:maxLength: has 2 values"),
        ]);
    }

    #[test]
    fn a_pattern_may_match_anywhere_and_has_the_flags_of_xpath() {
        assert_results(&[
            ("sh:pattern \"b\"", ":s :p \"abc\", 1 .", &["Pattern 1"]),
            ("sh:pattern \"^a:x$\"", ":s :p :x, :y, [] .", &["Pattern :y", "Pattern _"]),
            ("sh:pattern \"B\" ; sh:flags \"i\"", ":s :p \"abc\" .", &[]),
            ("sh:pattern \"^b$\" ; sh:flags \"m\"", ":s :p \"a\\nb\" .", &[]),
            ("sh:pattern \"a.b\" ; sh:flags \"s\"", ":s :p \"a\\nb\" .", &[]),
            ("sh:pattern \"a b\" ; sh:flags \"x\"", ":s :p \"ab\" .", &[]),
            ("sh:pattern \"a.b\" ; sh:flags \"q\"", ":s :p \"a.b\", \"acb\" .", &["Pattern \"acb\""]),
        ]);
    }

    #[test]
    fn a_pattern_that_cannot_run_in_linear_time_is_refused() {
        assert_refused(&[
            (r#"sh:pattern "(a)\\1""#, "cannot be used as a regular expression"),
            (r#"sh:pattern "a(?=b)""#, "cannot be used as a regular expression"),
            ("sh:pattern \"((a{99}){99}){99}\"", "cannot be used as a regular expression"),
            ("sh:pattern \"(\"", ":P, sh:pattern: \"(\" cannot be used as a regular expression"),
            ("sh:pattern \"a\" ; sh:flags \"z\"", "there is no flag 'z'"),
            ("sh:pattern \"a\" ; sh:flags \"i\", \"m\"", "sh:flags: has 2 values"),
            ("sh:pattern \"a\" , \"b\"", ":P, sh:pattern: has 2 values"),
            ("sh:pattern :x", "sh:pattern: :x is not a text"),
        ]);
    }

    #[test]
    fn languages_are_ranges_in_whatever_case() {
        assert_results(&[
            ("sh:languageIn ( \"en\" \"DE\" )", ":s :p \"a\"@en, \"b\"@en-GB, \"c\"@de .", &[]),
            ("sh:languageIn ( \"*\" )", ":s :p \"a\"@en, \"b\" .", &["LanguageIn \"b\""]),
            ("sh:languageIn ( \"e\" )", ":s :p \"a\"@en .", &["LanguageIn \"a\"@en"]),
            ("sh:languageIn ( \"en-GB\" )", ":s :p \"a\"@en, :x .", &["LanguageIn \"a\"@en", "LanguageIn :x"]),
            ("sh:languageIn ()", ":s :p \"a\"@en .", &["LanguageIn \"a\"@en"]),
        ]);
        assert_refused(&[
            ("sh:languageIn \"en\"", ":P, sh:languageIn: is no well-formed list"),
            ("sh:languageIn ( \"en\" ) , ( \"de\" )", ":P, sh:languageIn: has 2 values"),
            ("sh:languageIn ( :en )", ":P, sh:languageIn: :en is not a language tag"),
        ]);
    }

    #[test]
    fn unique_languages_give_a_result_for_each_that_is_not() {
        let twice = ":s :p \"a\"@en, \"b\"@en, \"c\"@de, \"d\"@de, \"e\"@fr, \"f\", \"g\" .";
        assert_results(&[
            ("sh:uniqueLang true", ":s :p \"a\"@en, \"b\"@en-GB, \"c\", \"d\" .", &[]),
            ("sh:uniqueLang true", twice, &["UniqueLang", "UniqueLang"]),
            ("sh:uniqueLang false", twice, &[]),
        ]);
        assert_refused(&[
            ("sh:uniqueLang \"yes\"", ":P, sh:uniqueLang: \"yes\" is not true or false"),
            ("sh:uniqueLang true, false", ":P, sh:uniqueLang: has 2 values"),
        ]);
    }
}
