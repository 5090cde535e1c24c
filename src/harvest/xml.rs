//! XML as harvesters read it: elements within elements, every text escaped.
//!
//! What XML 1.0 cannot hold at all stands as U+FFFD. No record has any of it, since the rules of records refuse it,
//! but names of agents and older registers may; a feed that no parser reads would keep everything else from harvesters.

use crate::rdf::writable_in_xml;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// An XML document while it is written.
pub(super) struct Xml(Writer<Vec<u8>>);

/// Attributes: names as they are, values as they are to be read.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A document in UTF-8 without an element.
    pub(super) fn new() -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self(writer))
    }

    /// An element, and in it what `fill` writes.
    pub(super) fn within<E: From<io::Error>>(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        fill: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.0.write_event(Event::Start(start(name, attributes)))?;
        fill(self)?;
        Ok(self.0.write_event(Event::End(BytesEnd::new(name)))?)
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with a text.
    pub(super) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.text_with(name, &[], text)
    }

    /// An element with attributes and a text.
    pub(super) fn text_with(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))?;
        self.0.write_event(Event::Text(BytesText::from_escaped(writable_in_xml(text))))?;
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element that is written already.
    pub(super) fn element(&mut self, xml: &str) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::from_escaped(xml)))
    }

    /// The bytes of the document.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }
}

fn start<'n>(name: &'n str, attributes: Attributes<'_>) -> BytesStart<'n> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((name.as_bytes(), writable_in_xml(value).as_bytes()));
    }
    start
}
