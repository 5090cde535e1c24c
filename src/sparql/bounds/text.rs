//! Bounds on the text: one pass over the tokens that counts what makes the parser recursive.
//!
//! The pass must never skip what the parser would read, or a text could hide brackets from it. So
//! it follows spargebra's grammar where a character has two readings: `<` begins an IRI except
//! after an operand of an expression, and a string that is not closed as it should be is no string.

use super::{Bounds, BoundsError};
use crate::sparql::bounds::token::{iri_end, language_end, string_end, word_end};

/// What a bracket holds, as far as it decides how its content is read.
#[derive(Clone, Copy, PartialEq)]
enum Content {
    /// A group of patterns, `{ }`.
    Group,
    /// A subquery, `{ SELECT }`, outside its own group.
    Subquery,
    /// The rows of VALUES: terms alone.
    Rows,
    /// An expression, or a list of them.
    Expression,
    /// A collection, a property list, a path or a triple term: `<` is never an operator.
    Terms,
}

struct Frame {
    content: Content,
    /// How many operands around are read twice.
    doublings: u32,
}

/// The state of the pass, as far as it has come.
struct Scan<'a> {
    bounds: &'a Bounds,
    text: &'a str,
    at: usize,
    frames: Vec<Frame>,
    operators: usize,
    terms: usize,
    variables: usize,
    reparsed: usize,
    /// Prefix operators in a row.
    prefixes: usize,
    /// How often the parser reads what the next bracket holds, beside what is around it.
    doublings: u32,
    /// Whether the last token ends an operand, so that `<` is an operator in an expression.
    after_operand: bool,
    /// Whether FILTER or BIND stands before the next bracket.
    expects_expression: bool,
    /// Whether VALUES stands before the next brace.
    expects_rows: bool,
}

/// The bytes that the names of a query may have when each is written out with the longest IRI.
const WRITTEN_OUT: usize = 128 << 20;

/// Checks nesting and counts, see [`Bounds`].
pub(super) fn check(bounds: &Bounds, text: &str) -> Result<(), BoundsError> {
    let mut scan = Scan {
        bounds,
        text,
        at: 0,
        frames: Vec::new(),
        operators: 0,
        terms: 0,
        variables: 0,
        reparsed: 0,
        prefixes: 0,
        doublings: 0,
        after_operand: false,
        expects_expression: false,
        expects_rows: false,
    };
    let mut longest_iri = 0;
    while let Some(next) = scan.byte(0) {
        let start = scan.at;
        scan.token(next)?;
        if next == b'<' {
            longest_iri = longest_iri.max(scan.at - start);
        }
        // The parser writes the namespace of a prefix, or the base, out for each name.
        if longest_iri.saturating_mul(scan.terms) > WRITTEN_OUT {
            return Err(BoundsError::TooLongNames { limit: WRITTEN_OUT });
        }
        scan.charge(scan.at - start)?;
        if scan.terms > bounds.terms {
            return Err(BoundsError::TooManyTerms { limit: bounds.terms });
        }
    }
    Ok(())
}

impl Scan<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn content(&self) -> Content {
        // Outside all brackets stand the parts of SELECT, GROUP BY, HAVING and ORDER BY.
        self.frames.last().map_or(Content::Subquery, |frame| frame.content)
    }

    fn token(&mut self, next: u8) -> Result<(), BoundsError> {
        match next {
            b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
            b'#' => self.comment(),
            b'"' | b'\'' => match string_end(self.rest()) {
                Some(length) => self.operand(length),
                None => self.punctuation(1),
            },
            b'<' => self.less()?,
            b'>' if self.byte(1) == Some(b'>') && self.content() == Content::Terms => {
                self.close(2);
            }
            b'?' | b'$' => self.variable()?,
            b'@' => self.operand(language_end(self.rest())),
            // An escaped character of a local name.
            b'\\' => self.operand(2),
            b'{' | b'(' | b'[' => self.open(next)?,
            b'}' | b')' | b']' => self.close(1),
            b'!' | b'-' | b'+' | b'^' => self.prefix(next)?,
            b'|' | b'&' | b'*' | b'/' => {
                let length = if self.byte(1) == Some(next) && next != b'*' { 2 } else { 1 };
                self.punctuation(length);
                self.operator()?;
            }
            _ if next.is_ascii_alphanumeric() || next == b'_' || next == b':' || next >= 0x80 => {
                self.word()?;
            }
            _ => self.punctuation(1),
        }
        Ok(())
    }

    fn comment(&mut self) {
        let is_inside = |byte: &&u8| **byte != b'\n' && **byte != b'\r';
        self.at += self.rest().iter().take_while(is_inside).count();
    }

    fn operand(&mut self, length: usize) {
        self.at += length;
        self.terms += 1;
        self.prefixes = 0;
        self.doublings = 0;
        self.after_operand = true;
    }

    fn punctuation(&mut self, length: usize) {
        self.at += length;
        self.prefixes = 0;
        self.doublings = 0;
        self.after_operand = false;
    }

    fn less(&mut self) -> Result<(), BoundsError> {
        if self.content() == Content::Expression && self.after_operand {
            self.punctuation(1);
        } else if let Some(length) = iri_end(self.rest()) {
            // The IRI of a function keeps what the parser does with its arguments.
            let doublings = self.doublings;
            self.operand(length);
            self.doublings = doublings;
            self.outside_brackets()?;
        } else if self.byte(1) == Some(b'<') {
            self.push(Content::Terms, 2)?;
        } else {
            self.punctuation(1);
        }
        Ok(())
    }

    fn variable(&mut self) -> Result<(), BoundsError> {
        let length = self
            .rest()
            .iter()
            .skip(1)
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_' || **byte >= 0x80)
            .count();
        self.operand(1 + length);
        self.expects_expression = false;
        self.variables += 1;
        if self.variables > self.bounds.variables {
            return Err(BoundsError::TooManyVariables { limit: self.bounds.variables });
        }
        Ok(())
    }

    /// A keyword, a number or a prefixed name. The parser needs no space after a keyword, so a
    /// keyword may be the beginning or the end of a longer word.
    fn word(&mut self) -> Result<(), BoundsError> {
        let (length, is_name) = word_end(self.rest());
        let word = self.text.get(self.at..self.at + length).unwrap_or_default();
        if is_name {
            let doublings = self.doublings;
            self.operand(length);
            self.doublings = doublings;
            return self.outside_brackets();
        }
        let (start, word) = (self.at, word.to_ascii_uppercase());
        self.at += length;
        self.terms += 1;
        self.prefixes = 0;
        // The exponent of `1.e5` stands after a dot.
        let follows_dot = self.text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'.');
        let is_number = follows_dot || word.starts_with(|first: char| first.is_ascii_digit());
        self.after_operand = is_number || word.ends_with("TRUE") || word.ends_with("FALSE");
        if ["REGEX", "SUBSTR", "REPLACE", "GROUP_CONCAT"].iter().any(|name| word.ends_with(name)) {
            self.doublings += 1;
        }
        if word.contains("FILTER") || word.contains("BIND") {
            self.expects_expression = true;
        }
        if word.contains("SELECT")
            && let Some(frame) = self.frames.last_mut()
            && frame.content == Content::Group
        {
            frame.content = Content::Subquery;
        }
        self.expects_rows |= word == "VALUES";
        Ok(())
    }

    fn open(&mut self, bracket: u8) -> Result<(), BoundsError> {
        let around = self.content();
        let content = match bracket {
            b'{' if self.expects_rows => Content::Rows,
            b'{' => Content::Group,
            b'(' if around == Content::Rows => Content::Rows,
            b'(' if matches!(around, Content::Expression | Content::Subquery) => Content::Expression,
            b'(' if self.expects_expression => Content::Expression,
            _ => Content::Terms,
        };
        self.expects_rows &= bracket != b'{';
        self.expects_expression = false;
        // Rows of VALUES are a flat list, however many.
        if around != Content::Rows {
            self.operator()?;
        }
        self.push(content, 1)
    }

    fn push(&mut self, content: Content, length: usize) -> Result<(), BoundsError> {
        let doublings = self.frames.last().map_or(0, |frame| frame.doublings) + self.doublings;
        self.frames.push(Frame { content, doublings });
        if self.frames.len() > self.bounds.depth {
            return Err(self.too_deep());
        }
        self.punctuation(length);
        Ok(())
    }

    fn close(&mut self, length: usize) {
        self.frames.pop();
        self.expects_expression = false;
        self.operand(length);
    }

    fn prefix(&mut self, operator: u8) -> Result<(), BoundsError> {
        // `^^` between a string and its datatype is no prefix.
        if operator == b'^' && self.byte(1) == Some(b'^') && self.after_operand {
            self.punctuation(2);
            return Ok(());
        }
        let row = self.prefixes + 1;
        let is_negation = operator == b'!' && self.byte(1) != Some(b'=');
        if matches!(operator, b'-' | b'+') && self.content() != Content::Rows {
            self.operator()?;
        }
        self.punctuation(1);
        self.prefixes = row;
        self.doublings = u32::from(is_negation);
        if row > self.bounds.depth {
            return Err(self.too_deep());
        }
        Ok(())
    }

    fn operator(&mut self) -> Result<(), BoundsError> {
        self.operators += 1;
        if self.operators > self.bounds.operators {
            return Err(BoundsError::TooManyOperators { limit: self.bounds.operators });
        }
        Ok(())
    }

    /// Counts a name outside all brackets: DESCRIBE makes an operator of each.
    fn outside_brackets(&mut self) -> Result<(), BoundsError> {
        if self.frames.is_empty() { self.operator() } else { Ok(()) }
    }

    fn charge(&mut self, length: usize) -> Result<(), BoundsError> {
        let doublings = self.frames.last().map_or(0, |frame| frame.doublings);
        if doublings == 0 {
            return Ok(());
        }
        let times = 1_usize.checked_shl(doublings).unwrap_or(usize::MAX);
        self.reparsed = self.reparsed.saturating_add(length.saturating_mul(times));
        if self.reparsed > self.bounds.reparsing {
            let (line, column) = self.position();
            return Err(BoundsError::TooEntangled { line, column });
        }
        Ok(())
    }

    fn too_deep(&self) -> BoundsError {
        let (line, column) = self.position();
        BoundsError::TooDeep { line, column, limit: self.bounds.depth }
    }

    /// The line and the column, in characters, of the token at hand, both from 1.
    fn position(&self) -> (usize, usize) {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
        (line, column)
    }
}
