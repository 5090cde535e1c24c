//! A node of the tree, read from the catalogue and told as quads.

use super::span::Span;
use crate::catalogue::{Base, CatalogueError, FeedChange, FeedEntry, Present};
use crate::rdf::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use crate::vocab::{activity, dct, ldes, rdf, sh, tree, xsd};
use std::time::SystemTime;

/// How often it is worth asking whether there is something new, in seconds.
const POLLING_INTERVAL: u32 = 60;

/// A node: the root, an inner node or a page.
#[derive(Clone, Debug)]
pub struct Node {
    /// Which one it is; the root spans what there is and has no bounds.
    span: Option<Span>,
    relations: Vec<Relation>,
    members: Vec<FeedEntry>,
    /// The position of the feed with which it becomes another; beyond all of them where it never does.
    pub until: u64,
    /// When it last became another.
    pub moment: SystemTime,
}

/// The way to a node below, and between which moments its members are.
#[derive(Clone, Debug)]
struct Relation {
    to: Span,
    from: String,
    /// Nothing for a page that is not full yet.
    until: Option<String>,
}

impl Node {
    /// The root.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn root(present: &Present<'_>) -> Result<Self, CatalogueError> {
        let end = present.feed_end()?;
        let spans = Span::under_root(end);
        // It changes when a page begins and when one is full.
        let (last, until) = match spans.last() {
            Some(open) if !open.is_full(end) => (*open.positions().start(), *open.positions().end()),
            _ => (end, end + 1),
        };
        let relations = relations(present, &spans, end)?;
        Ok(Self { span: None, relations, members: Vec::new(), until, moment: moment_of(present, last)? })
    }

    /// The node below the root with this span; nothing if there is none yet.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn below_root(present: &Present<'_>, span: Span) -> Result<Option<Self>, CatalogueError> {
        let end = present.feed_end()?;
        if !span.is_there(end) {
            return Ok(None);
        }
        let members = if span.is_page() { present.feed(span.positions())? } else { Vec::new() };
        Ok(Some(Self {
            span: Some(span),
            relations: relations(present, &span.children(), end)?,
            members,
            until: if span.is_full(end) { u64::MAX } else { end + 1 },
            moment: moment_of(present, end.min(*span.positions().end()))?,
        }))
    }

    /// Whether nothing of it will ever change.
    pub const fn is_full(&self) -> bool {
        self.until == u64::MAX
    }

    /// The entries of the feed that it holds, if it is a page.
    pub fn members(&self) -> &[FeedEntry] {
        &self.members
    }

    /// The nodes that it leads to.
    pub fn children(&self) -> impl Iterator<Item = Span> {
        self.relations.iter().map(|relation| relation.to)
    }

    /// What it says, in the order that readers of streams want: hypermedia first, then one member after the other
    /// (<https://treecg.github.io/specification/profile>). Its own IRIs are addresses of the site, those of members and
    /// records have the base.
    pub fn quads(&self, site: &Base, base: &Base) -> Vec<Quad> {
        let stream = site.iri("feed#stream");
        let node = self.span.map_or_else(|| site.iri("feed"), |span| page_iri(site, span));
        let mut said = Statements(Vec::new());
        if self.span.is_none() {
            said.describe_stream(&stream, &node, site);
        }
        said.say(&node, rdf::TYPE, tree::NODE_CLASS);
        if self.is_full() {
            said.say(&node, ldes::IMMUTABLE, Literal::from(true));
        }
        for relation in &self.relations {
            said.lead(&node, relation, site);
        }
        for entry in &self.members {
            said.tell(&stream, entry, base);
        }
        said.0
    }
}

/// When an entry of the feed was committed; the epoch where there is none.
fn moment_of(present: &Present<'_>, position: u64) -> Result<SystemTime, CatalogueError> {
    Ok(present.committed(position)?.map_or(SystemTime::UNIX_EPOCH, |made| made.at))
}

/// The IRI of a node below the root, which is its address.
fn page_iri(site: &Base, span: Span) -> NamedNode {
    site.iri(&format!("feed/{span}"))
}

fn relations(present: &Present<'_>, spans: &[Span], end: u64) -> Result<Vec<Relation>, CatalogueError> {
    let timestamp = |position| Ok::<_, CatalogueError>(present.committed(position)?.map(|made| made.timestamp));
    let mut relations = Vec::with_capacity(spans.len());
    for to in spans {
        let (first, last) = to.positions().into_inner();
        if let Some(from) = timestamp(first)? {
            let until = if to.is_full(end) { timestamp(last)? } else { None };
            relations.push(Relation { to: *to, from, until });
        }
    }
    Ok(relations)
}

/// Quads as they are said, one after the other.
struct Statements(Vec<Quad>);

impl Statements {
    fn say(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, value: impl Into<Term>) {
        self.0.push(Quad::new(subject.clone(), property, value, GraphName::DefaultGraph));
    }

    fn describe_stream(&mut self, stream: &NamedNode, root: &NamedNode, site: &Base) {
        let shape = site.iri("feed#shape");
        self.say(stream, rdf::TYPE, ldes::EVENT_STREAM);
        self.say(stream, tree::VIEW, root.clone());
        self.say(stream, tree::SHAPE, shape.clone());
        self.say(stream, dct::CONFORMS_TO, NamedNode::new_unchecked("https://w3id.org/ldes/specification"));
        self.say(stream, ldes::TIMESTAMP_PATH, activity::PUBLISHED);
        self.say(stream, ldes::VERSION_OF_PATH, activity::OBJECT);
        self.say(stream, ldes::VERSION_TIMESTAMP_PATH, activity::PUBLISHED);
        self.say(stream, ldes::VERSION_CREATE_OBJECT, activity::CREATE);
        self.say(stream, ldes::VERSION_UPDATE_OBJECT, activity::UPDATE);
        self.say(stream, ldes::VERSION_DELETE_OBJECT, activity::DELETE);
        self.say(stream, ldes::POLLING_INTERVAL, Literal::from(POLLING_INTERVAL));
        self.describe_shape(&shape, site);
    }

    /// What every member says of itself. What a version says, the shapes of records hold it to.
    fn describe_shape(&mut self, shape: &NamedNode, site: &Base) {
        self.say(shape, rdf::TYPE, sh::NODE_SHAPE);
        for (name, path) in [("object", activity::OBJECT), ("published", activity::PUBLISHED)] {
            let property = site.iri(&format!("feed#shape-{name}"));
            self.say(shape, sh::PROPERTY, property.clone());
            self.say(&property, sh::PATH, path);
            self.say(&property, sh::MIN_COUNT, Literal::from(1));
            self.say(&property, sh::MAX_COUNT, Literal::from(1));
            if path == activity::OBJECT {
                self.say(&property, sh::NODE_KIND, sh::IRI);
            } else {
                self.say(&property, sh::DATATYPE, xsd::DATE_TIME);
            }
        }
    }

    /// Says the way to a node below: two relations, since each has one bound.
    fn lead(&mut self, from: &NamedNode, relation: &Relation, site: &Base) {
        let bounds = [
            ("from", tree::GREATER_THAN_OR_EQUAL_TO_RELATION, Some(&relation.from)),
            ("until", tree::LESS_THAN_OR_EQUAL_TO_RELATION, relation.until.as_ref()),
        ];
        for (name, class, timestamp) in bounds {
            let Some(timestamp) = timestamp else { continue };
            let bound = NamedNode::new_unchecked(format!("{}#{name}-{}", from.as_str(), relation.to));
            self.say(from, tree::RELATION, bound.clone());
            self.say(&bound, rdf::TYPE, class);
            self.say(&bound, tree::NODE, page_iri(site, relation.to));
            self.say(&bound, tree::PATH, activity::PUBLISHED);
            self.say(&bound, tree::VALUE, moment(timestamp));
        }
    }

    /// Says a member: what was done to which record and when, and what it says since then.
    fn tell(&mut self, stream: &NamedNode, entry: &FeedEntry, base: &Base) {
        let member = entry.activity_iri(base);
        self.say(stream, tree::MEMBER, member.clone());
        self.say(&member, rdf::TYPE, class_of(entry.change));
        self.say(&member, activity::OBJECT, NamedNode::new_unchecked(&entry.name.iri));
        self.say(&member, activity::PUBLISHED, moment(&entry.version.revision.timestamp));
        if entry.change != FeedChange::Delete {
            let graph = GraphName::NamedNode(member);
            self.0.extend(entry.content.iter().map(|triple| triple.clone().in_graph(graph.clone())));
        }
    }
}

fn class_of(change: FeedChange) -> NamedNodeRef<'static> {
    match change {
        FeedChange::Create => activity::CREATE,
        FeedChange::Update => activity::UPDATE,
        FeedChange::Delete => activity::DELETE,
    }
}

fn moment(timestamp: &str) -> Literal {
    Literal::new_typed_literal(timestamp, xsd::DATE_TIME)
}
