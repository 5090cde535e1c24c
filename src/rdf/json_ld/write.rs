//! A tree of nodes as JSON-LD in the terms of a context: which member stands where.

use super::context::{Coercion, Container, JsonLdContext, Term};
use super::graph::{Graph, Marks, Name, NodeId, Object, Statement};
use super::json::Json;
use super::tree::{Tree, is_type};
use oxrdf::vocab::xsd;
use std::collections::BTreeMap;
use std::io;

/// The document of a tree.
pub(super) fn document(graph: &Graph<'_>, tree: &Tree, context: &JsonLdContext) -> io::Result<Vec<u8>> {
    let mut writer =
        Writer { graph, tree, context, json: Json::default(), labels: Marks::of_nodes(graph), labelled: 0 };
    writer.json.begin_object();
    writer.json.key("@context")?;
    context.write(&mut writer.json)?;
    match tree.roots.as_slice() {
        [root] => writer.members(*root)?,
        roots => {
            writer.json.key("@graph")?;
            writer.json.begin_array();
            for root in roots {
                writer.json.item();
                writer.node(*root)?;
            }
            writer.json.end_array();
        }
    }
    writer.json.end_object();
    Ok(writer.json.finish())
}

/// What a document of many records begins with: the context, and an array that is open.
pub(in crate::rdf) fn head_of_many(context: &JsonLdContext) -> io::Result<Vec<u8>> {
    let mut json = Json::default();
    json.begin_object();
    json.key("@context")?;
    context.write(&mut json)?;
    json.key("@graph")?;
    json.begin_array();
    Ok(json.into_text())
}

/// What such a document ends with.
pub(in crate::rdf) const TAIL_OF_MANY: &str = "\n  ]\n}\n";

/// The nodes of a tree, as items of the array that [`head_of_many`] opens.
pub(super) fn items(graph: &Graph<'_>, tree: &Tree, context: &JsonLdContext) -> io::Result<Vec<u8>> {
    /// How deep the array stands in its document.
    const DEPTH: usize = 2;
    let mut writer =
        Writer { graph, tree, context, json: Json::inside(DEPTH), labels: Marks::of_nodes(graph), labelled: 0 };
    for root in &tree.roots {
        writer.json.item();
        writer.node(*root)?;
    }
    Ok(writer.json.into_text())
}

/// A document while it is written.
pub(super) struct Writer<'w, 'a> {
    pub(super) graph: &'w Graph<'a>,
    pub(super) tree: &'w Tree,
    pub(super) context: &'w JsonLdContext,
    pub(super) json: Json,
    /// The number of each labelled blank node, from 1.
    pub(super) labels: Marks<usize>,
    pub(super) labelled: usize,
}

/// The member of a node: what stands where, under which key.
pub(super) struct Member<'w, 'a> {
    /// Terms in the order of the context, then IRIs.
    rank: usize,
    key: &'w str,
    pub(super) term: Option<&'w Term>,
    pub(super) values: Vec<Statement<'a>>,
}

impl<'w, 'a> Writer<'w, 'a> {
    /// A node with all it says.
    pub(super) fn node(&mut self, node: NodeId) -> io::Result<()> {
        self.json.begin_object();
        self.members(node)?;
        self.json.end_object();
        Ok(())
    }

    fn members(&mut self, node: NodeId) -> io::Result<()> {
        let is_nameless =
            matches!(self.graph.name(node), Name::Blank(_)) && self.tree.is_only_mentioned_at_home(self.graph, node);
        if !is_nameless {
            let name = self.name(node);
            self.json.key(&self.context.id)?;
            self.json.string(&name)?;
        }
        let (types, statements): (Vec<&Statement<'a>>, Vec<_>) = self
            .graph
            .statements(node)
            .iter()
            .filter(|statement| !self.tree.is_backwards(statement.id))
            .partition(|statement| is_type(self.graph, statement));
        self.types(&types)?;
        for member in self.sorted(&statements) {
            self.json.key(member.key)?;
            self.member(&member)?;
        }
        if node == self.tree.about { self.what_points_here() } else { Ok(()) }
    }

    fn types(&mut self, types: &[&Statement<'a>]) -> io::Result<()> {
        if types.is_empty() {
            return Ok(());
        }
        self.json.key(&self.context.kind)?;
        self.json.begin_array();
        for statement in types {
            if let Object::Node(class) = statement.object
                && let Name::Iri(iri) = self.graph.name(class)
            {
                self.json.item();
                let name = self.context.classes.get(iri).map_or_else(|| self.context.name_of(iri), String::as_str);
                self.json.string(name)?;
            }
        }
        self.json.end_array();
        Ok(())
    }

    /// The members of a node in the order of the context.
    fn sorted(&self, statements: &[&Statement<'a>]) -> Vec<Member<'w, 'a>> {
        let mut members: Vec<Member<'w, 'a>> = Vec::new();
        for group in statements.chunk_by(|one, next| one.property == next.property) {
            let Some(property) = group.first().map(|statement| statement.property) else { continue };
            let place = self.context.properties.get(property).copied();
            let term = place.and_then(|place| self.context.terms.get(place));
            let one_list = group
                .iter()
                .filter(|statement| matches!(statement.object, Object::Node(node) if self.tree.is_list(node)));
            let is_one_list = one_list.count() == 1;
            let (fitting, others): (Vec<Statement<'a>>, Vec<_>) = group
                .iter()
                .map(|statement| **statement)
                .partition(|statement| term.is_some_and(|term| self.fits(term, statement, is_one_list)));
            if let (Some(term), Some(rank), false) = (term, place, fitting.is_empty()) {
                members.push(Member { rank, key: &term.name, term: Some(term), values: fitting });
            }
            if !others.is_empty() {
                let key = self.context.name_of(property);
                members.push(Member { rank: usize::MAX, key, term: None, values: others });
            }
        }
        members.sort_by_key(|member| member.rank);
        members
    }

    /// Whether a value can stand under a term.
    fn fits(&self, term: &Term, statement: &Statement<'_>, is_one_list: bool) -> bool {
        match (term.container, statement.object) {
            (Container::Language | Container::LanguageSet, Object::Literal(literal)) => {
                literal.language().is_some() || literal.datatype() == xsd::STRING
            }
            (Container::Language | Container::LanguageSet, Object::Node(_)) | (Container::List, Object::Literal(_)) => {
                false
            }
            (Container::List, Object::Node(node)) => is_one_list && self.tree.is_list(node),
            (Container::One | Container::Set, _) => true,
        }
    }

    /// What points at the record: under reverse terms, then under `@reverse` by IRI.
    fn what_points_here(&mut self) -> io::Result<()> {
        let (graph, tree) = (self.graph, self.tree);
        let mut properties: BTreeMap<&'a str, Vec<Statement<'a>>> = BTreeMap::new();
        for statement in graph.all().iter().filter(|statement| tree.is_backwards(statement.id)) {
            properties.entry(statement.property).or_default().push(*statement);
        }
        let (mut named, others): (Vec<_>, Vec<_>) = properties
            .into_iter()
            .map(|(property, statements)| (self.context.reverse.get(property).copied(), property, statements))
            .partition(|(place, ..)| place.is_some());
        named.sort_by_key(|(place, ..)| *place);
        for (place, _, statements) in &named {
            let Some(term) = place.and_then(|place| self.context.terms.get(place)) else { continue };
            self.json.key(&term.name)?;
            self.subjects(statements, &term.coercion)?;
        }
        if others.is_empty() {
            return Ok(());
        }
        self.json.key("@reverse")?;
        self.json.begin_object();
        for (_, property, statements) in &others {
            self.json.key(self.context.name_of(property))?;
            self.subjects(statements, &Coercion::String)?;
        }
        self.json.end_object();
        Ok(())
    }

    fn subjects(&mut self, statements: &[Statement<'a>], coercion: &Coercion) -> io::Result<()> {
        self.json.begin_array();
        for statement in statements {
            self.json.item();
            if self.is_described_at(statement.subject, statement) {
                self.node(statement.subject)?;
            } else {
                self.reference(statement.subject, Some(coercion))?;
            }
        }
        self.json.end_array();
        Ok(())
    }
}
