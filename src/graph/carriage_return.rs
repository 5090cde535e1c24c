//! Carriage returns in XML: a reader makes a line feed of one that stands as it is, so it is written as a reference
//! (<https://www.w3.org/TR/xml/#sec-line-ends>). The libraries' writers leave it as it is.

use std::io::{self, Write};

/// Passes XML on with a reference in place of each carriage return; anything else as it is.
pub(super) struct CarriageReturns<W> {
    to: W,
    is_xml: bool,
}

impl<W: Write> CarriageReturns<W> {
    pub(super) fn new(to: W, is_xml: bool) -> Self {
        Self { to, is_xml }
    }
}

impl<W: Write> Write for CarriageReturns<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_xml {
            return self.to.write(bytes);
        }
        for (place, piece) in bytes.split(|byte| *byte == b'\r').enumerate() {
            if place > 0 {
                self.to.write_all(b"&#xD;")?;
            }
            self.to.write_all(piece)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriage_returns_of_xml_are_references() {
        for (is_xml, expected) in [(true, "<a>b&#xD;\nc&#xD;</a>"), (false, "<a>b\r\nc\r</a>")] {
            let mut written = Vec::new();
            CarriageReturns::new(&mut written, is_xml).write_all(b"<a>b\r\nc\r</a>").unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), expected);
        }
    }
}
