//! The values of a node's members: texts, literals, lists and other nodes.

use super::context::{Coercion, Container};
use super::graph::{Name, NodeId, Object, Statement};
use super::tree::{cell_parts, is_type};
use super::write::{Member, Writer};
use crate::rdf::Literal;
use oxrdf::vocab::xsd;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

/// How many literals, and bytes of them, a node may have to be described wherever it is mentioned.
/// More would make a document grow with the square of its triples.
const NAMES: usize = 32;
const NAME_BYTES: usize = 2_000;

/// Whether one text of a language stands alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    OneOrSeveral,
    Array,
}

impl<'a> Writer<'_, 'a> {
    /// The values of one member.
    pub(super) fn member(&mut self, member: &Member<'_, 'a>) -> io::Result<()> {
        let coercion = member.term.map(|term| &term.coercion);
        match member.term.map(|term| term.container) {
            Some(Container::Language) => self.by_language(&member.values, Shape::OneOrSeveral),
            Some(Container::LanguageSet) => self.by_language(&member.values, Shape::Array),
            Some(Container::List) => match member.values.first().map(|statement| statement.object) {
                Some(Object::Node(head)) => self.items(head, coercion),
                _ => Ok(()),
            },
            Some(Container::One) if member.values.len() == 1 => {
                member.values.iter().try_for_each(|statement| self.value(statement, coercion))
            }
            _ => {
                self.json.begin_array();
                for statement in &member.values {
                    self.json.item();
                    self.value(statement, coercion)?;
                }
                self.json.end_array();
                Ok(())
            }
        }
    }

    /// Texts as an object of languages; those without a language stand under `@none`.
    fn by_language(&mut self, values: &[Statement<'a>], shape: Shape) -> io::Result<()> {
        let mut languages: BTreeMap<&str, Vec<&'a Literal>> = BTreeMap::new();
        for statement in values {
            if let Object::Literal(literal) = statement.object {
                languages.entry(literal.language().unwrap_or("@none")).or_default().push(literal);
            }
        }
        self.json.begin_object();
        for (language, texts) in languages {
            self.json.key(language)?;
            match texts.as_slice() {
                [text] if shape == Shape::OneOrSeveral => self.json.string(text.value())?,
                texts => {
                    self.json.begin_array();
                    for text in texts {
                        self.json.item();
                        self.json.string(text.value())?;
                    }
                    self.json.end_array();
                }
            }
        }
        self.json.end_object();
        Ok(())
    }

    /// The items of a list in an array.
    fn items(&mut self, head: NodeId, coercion: Option<&Coercion>) -> io::Result<()> {
        self.json.begin_array();
        let mut cell = head;
        while let Some((item, next)) = cell_parts(self.graph, cell) {
            self.json.item();
            self.value(&item, coercion)?;
            cell = next;
        }
        self.json.end_array();
        Ok(())
    }

    fn value(&mut self, statement: &Statement<'a>, coercion: Option<&Coercion>) -> io::Result<()> {
        match statement.object {
            Object::Literal(literal) => self.literal(literal, coercion),
            Object::Node(node) if self.tree.is_list(node) => {
                self.json.begin_object();
                self.json.key("@list")?;
                self.items(node, coercion)?;
                self.json.end_object();
                Ok(())
            }
            Object::Node(node) if self.is_described_at(node, statement) => self.node(node),
            Object::Node(node) => self.reference(node, coercion),
        }
    }

    fn literal(&mut self, literal: &Literal, coercion: Option<&Coercion>) -> io::Result<()> {
        let datatype = literal.datatype();
        let is_bare = literal.language().is_none()
            && match coercion {
                None | Some(Coercion::String) => datatype == xsd::STRING,
                Some(Coercion::Iri) => false,
                Some(Coercion::Datatype(expected)) => datatype == expected.as_str(),
            };
        if is_bare {
            return self.json.string(literal.value());
        }
        self.json.begin_object();
        self.json.key("@value")?;
        self.json.string(literal.value())?;
        if let Some(language) = literal.language() {
            self.json.key("@language")?;
            self.json.string(language)?;
        } else if datatype != xsd::STRING {
            self.json.key("@type")?;
            self.json.string(datatype.as_str())?;
        }
        self.json.end_object();
        Ok(())
    }

    /// The name that other nodes mention a node by. Blank nodes are numbered as they come.
    pub(super) fn name(&mut self, node: NodeId) -> Cow<'a, str> {
        if let Name::Iri(iri) = self.graph.name(node) {
            return Cow::Borrowed(iri);
        }
        if self.labels.get(node) == 0 {
            self.labelled += 1;
            self.labels.set(node, self.labelled);
        }
        Cow::Owned(format!("_:b{}", self.labels.get(node)))
    }

    /// A node by its name alone.
    pub(super) fn reference(&mut self, node: NodeId, coercion: Option<&Coercion>) -> io::Result<()> {
        let id = self.name(node);
        if coercion == Some(&Coercion::Iri) {
            return self.json.string(&id);
        }
        self.json.begin_object();
        self.json.key(&self.context.id)?;
        self.json.string(&id)?;
        self.json.end_object();
        Ok(())
    }

    /// Whether a node stands at a statement with what it says and not by its name alone.
    pub(super) fn is_described_at(&self, node: NodeId, statement: &Statement<'_>) -> bool {
        if self.tree.is_home(node, statement.id) { self.says_more(node) } else { self.is_named(node) }
    }

    /// Whether a node says anything but what stands at the record.
    fn says_more(&self, node: NodeId) -> bool {
        self.graph.statements(node).iter().any(|statement| !self.tree.is_backwards(statement.id))
    }

    /// Whether the document knows of a record only its names and classes, and few.
    fn is_named(&self, node: NodeId) -> bool {
        let statements = self.graph.statements(node);
        if node == self.tree.about || statements.len() > NAMES || matches!(self.graph.name(node), Name::Blank(_)) {
            return false;
        }
        let mut bytes = 0;
        for statement in statements {
            match statement.object {
                Object::Literal(literal) => bytes += literal.value().len(),
                Object::Node(_) if self.tree.is_backwards(statement.id) => {}
                Object::Node(class) if is_type(self.graph, statement) => bytes += self.graph.name(class).as_str().len(),
                Object::Node(_) => return false,
            }
        }
        bytes <= NAME_BYTES && self.says_more(node)
    }
}
