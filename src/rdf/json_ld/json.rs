//! JSON on several lines, two spaces a level, written as it comes.

use std::io;

/// A JSON text while it is written.
#[derive(Default)]
pub(super) struct Json {
    text: Vec<u8>,
    depth: usize,
    /// Whether the open object or array already has a member.
    is_filled: bool,
}

impl Json {
    /// The inside of an array that is open at this depth.
    pub(super) fn inside(depth: usize) -> Self {
        Self { depth, ..Self::default() }
    }

    pub(super) fn begin_object(&mut self) {
        self.begin(b'{');
    }

    pub(super) fn end_object(&mut self) {
        self.end(b'}');
    }

    pub(super) fn begin_array(&mut self) {
        self.begin(b'[');
    }

    pub(super) fn end_array(&mut self) {
        self.end(b']');
    }

    /// The key of the next member of the open object.
    pub(super) fn key(&mut self, key: &str) -> io::Result<()> {
        self.item();
        self.string(key)?;
        self.text.extend_from_slice(b": ");
        Ok(())
    }

    /// Makes room for the next item of the open array.
    pub(super) fn item(&mut self) {
        if self.is_filled {
            self.text.push(b',');
        }
        self.new_line();
        self.is_filled = true;
    }

    pub(super) fn string(&mut self, value: &str) -> io::Result<()> {
        Ok(serde_json::to_writer(&mut self.text, value)?)
    }

    /// A number in the digits given.
    pub(super) fn number(&mut self, digits: &str) {
        self.text.extend_from_slice(digits.as_bytes());
    }

    /// The text so far, with whatever is open left open.
    pub(super) fn into_text(self) -> Vec<u8> {
        self.text
    }

    /// The text, with an end of line.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.text.push(b'\n');
        self.text
    }

    fn begin(&mut self, bracket: u8) {
        self.text.push(bracket);
        self.depth += 1;
        self.is_filled = false;
    }

    fn end(&mut self, bracket: u8) {
        self.depth -= 1;
        if self.is_filled {
            self.new_line();
        }
        self.text.push(bracket);
        self.is_filled = true;
    }

    fn new_line(&mut self) {
        self.text.push(b'\n');
        self.text.resize(self.text.len() + 2 * self.depth, b' ');
    }
}
