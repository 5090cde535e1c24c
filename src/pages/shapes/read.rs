//! From the triples of a shapes graph to the values of its page.
//!
//! Constraints are not told apart here: what has no place of its own on the page is shown as a
//! property and its values, so a constraint that this program does not know is shown as well.

use super::super::described::{Described, is_among};
use super::super::fact::{Fact, Value};
use super::super::property;
use super::super::publication::{Anchors, iri_of, local_name};
use super::super::record::Surroundings;
use super::super::site::{Link, Text};
use super::super::statements::{Statements, node};
use super::{Constraint, Path, Shape, ShapesPage, path};
use crate::rdf::{NamedNodeRef, NamedOrBlankNode, Term, Triple};
use crate::vocab::{owl, rdf, rdfs, sh};

/// What chooses the focus nodes of a shape ([SHACL, 2.1.3](https://www.w3.org/TR/shacl/#targets)).
const TARGETS: [NamedNodeRef<'static>; 4] =
    [sh::TARGET_CLASS, sh::TARGET_NODE, sh::TARGET_OBJECTS_OF, sh::TARGET_SUBJECTS_OF];

/// Properties of a shape that stand in places of their own, besides its targets.
const PLACED: [NamedNodeRef<'static>; 11] = [
    rdf::TYPE,
    rdfs::COMMENT,
    rdfs::IS_DEFINED_BY,
    rdfs::LABEL,
    sh::DESCRIPTION,
    sh::MAX_COUNT,
    sh::MESSAGE,
    sh::MIN_COUNT,
    sh::NAME,
    sh::PATH,
    sh::SEVERITY,
];

/// Which property shapes a shape has, each with its anchor where it has none elsewhere.
type PropertyShapes = Vec<(NamedOrBlankNode, Option<String>)>;

impl Surroundings<'_> {
    /// The values of the page of a shapes graph: its node shapes in their order, and the property
    /// shapes that no shape has among its properties.
    pub fn shapes(&self, triples: &[Triple]) -> ShapesPage {
        let statements = Statements::new(triples);
        let about = self.publication(&statements, self.language.words().shapes.shapes);
        let shapes = outermost(&statements);
        let mut described = Described { view: self, statements, anchors: Anchors::beside(&[]) };
        let anchors: Vec<String> = (1..).zip(&shapes).map(|(number, shape)| described.anchor(shape, number)).collect();
        let properties: Vec<PropertyShapes> = shapes.iter().map(|shape| described.property_shapes(shape)).collect();
        let filled = shapes.into_iter().zip(anchors).zip(properties);
        ShapesPage {
            about,
            shapes: filled.map(|((shape, anchor), properties)| described.shape(shape, anchor, properties)).collect(),
        }
    }
}

impl Described<'_> {
    /// Gives a shape its anchor: by its name, or by its number on the page.
    fn anchor(&mut self, shape: &NamedOrBlankNode, number: usize) -> String {
        match iri_of(shape) {
            Some(iri) => self.anchors.give(iri),
            None => self.anchors.give(&format!("shape-{number}")),
        }
    }

    /// The property shapes of a shape; a property shape that stands alone is its own.
    fn property_shapes(&mut self, shape: &NamedOrBlankNode) -> PropertyShapes {
        if is_property_shape(&self.statements, shape) {
            return vec![(shape.clone(), None)];
        }
        let own: Vec<_> = self.statements.values(shape, sh::PROPERTY).filter_map(node).collect();
        own.into_iter()
            .map(|property| {
                let anchor = iri_of(&property)
                    .filter(|iri| self.anchors.of(iri).is_none())
                    .map(str::to_owned)
                    .map(|iri| self.anchors.give(&iri));
                (property, anchor)
            })
            .collect()
    }

    fn shape(&self, shape: &NamedOrBlankNode, anchor: String, properties: PropertyShapes) -> Shape {
        let iri = iri_of(shape);
        let stands_alone = is_property_shape(&self.statements, shape);
        let facts = if stands_alone { Vec::new() } else { self.asked_of_focus_node(shape) };
        let named = self.texts(shape, &[sh::NAME, rdfs::LABEL]).into_iter().next();
        Shape {
            name: named.unwrap_or_else(|| Text::plain(iri.map_or(anchor.as_str(), local_name))),
            iri: iri.map(|iri| Link { href: self.view.href(iri), label: Text::plain(iri), notation: None }),
            anchor,
            descriptions: if stands_alone { Vec::new() } else { self.descriptions(shape) },
            targets: self.targets(shape),
            severity: (!facts.is_empty()).then(|| self.severity(shape)),
            facts,
            messages: if stands_alone { Vec::new() } else { self.texts(shape, &[sh::MESSAGE]) },
            constraints: properties.into_iter().map(|(property, anchor)| self.constraint(&property, anchor)).collect(),
        }
    }

    fn asked_of_focus_node(&self, shape: &NamedOrBlankNode) -> Vec<Fact> {
        self.facts(shape, |property| {
            !is_among(&PLACED, property) && !is_among(&TARGETS, property) && *property != sh::PROPERTY
        })
    }

    /// What a shape is held against; a class that is a shape is held against its instances.
    fn targets(&self, shape: &NamedOrBlankNode) -> Vec<Fact> {
        let mut targets = self.facts(shape, |property| is_among(&TARGETS, property));
        let is_class = [owl::CLASS, rdfs::CLASS].into_iter().any(|class| self.statements.is_a(shape, class));
        if let Some(iri) = iri_of(shape).filter(|_| is_class) {
            let property = sh::TARGET_CLASS.as_str();
            targets.push(Fact {
                property: property::name_in_shape(property, self.view.language),
                property_href: self.view.href(property),
                values: vec![Value::Link(self.term(iri))],
                is_proposed: false,
            });
        }
        targets
    }

    fn constraint(&self, shape: &NamedOrBlankNode, anchor: Option<String>) -> Constraint {
        let count = |property| self.statements.literals(shape, property).next().map(|count| count.value().to_owned());
        Constraint {
            anchor,
            path: self.path(shape),
            name: self.texts(shape, &[sh::NAME, rdfs::LABEL]).into_iter().next(),
            descriptions: self.descriptions(shape),
            least: count(sh::MIN_COUNT),
            most: count(sh::MAX_COUNT),
            facts: self.facts(shape, |property| !is_among(&PLACED, property) && !is_among(&TARGETS, property)),
            severity: self.severity(shape),
            messages: self.texts(shape, &[sh::MESSAGE]),
        }
    }

    fn path(&self, shape: &NamedOrBlankNode) -> Path {
        match self.statements.values(shape, sh::PATH).next() {
            Some(Term::NamedNode(property)) => Path::Property(self.term(property.as_str())),
            Some(path) => Path::Text(path::text(&self.statements, path)),
            None => Path::Text(String::new()),
        }
    }

    fn descriptions(&self, shape: &NamedOrBlankNode) -> Vec<Text> {
        self.texts(shape, &[sh::DESCRIPTION, rdfs::COMMENT])
    }

    /// How grave a violation is; `sh:Violation` where the shape does not say.
    fn severity(&self, shape: &NamedOrBlankNode) -> Text {
        let words = &self.view.language.words().shapes;
        match self.statements.values(shape, sh::SEVERITY).next() {
            Some(Term::NamedNode(severity)) if *severity == sh::WARNING => self.view.language.text(words.warning),
            Some(Term::NamedNode(severity)) if *severity == sh::INFO => self.view.language.text(words.info),
            Some(Term::NamedNode(severity)) if *severity != sh::VIOLATION => Text::plain(local_name(severity.as_str())),
            _ => self.view.language.text(words.violation),
        }
    }
}

/// The shapes that stand for themselves: node shapes with a name or a target, and property shapes
/// that no shape has among its properties.
fn outermost<'a>(statements: &Statements<'a>) -> Vec<&'a NamedOrBlankNode> {
    let used: Vec<NamedOrBlankNode> = statements
        .subjects()
        .flat_map(|subject| statements.values(subject, sh::PROPERTY).filter_map(node).collect::<Vec<_>>())
        .collect();
    let has_target =
        |subject: &NamedOrBlankNode| TARGETS.iter().any(|target| statements.values(subject, *target).next().is_some());
    let is_outermost = |subject: &&NamedOrBlankNode| {
        let stands_alone = iri_of(subject).is_some() || has_target(subject);
        let is_shape = statements.is_a(subject, sh::NODE_SHAPE)
            || has_target(subject)
            || statements.values(subject, sh::PROPERTY).next().is_some();
        let is_alone = is_property_shape(statements, subject) && !used.contains(subject);
        stands_alone && (is_alone || (is_shape && !is_property_shape(statements, subject)))
    };
    statements.subjects().filter(is_outermost).collect()
}

fn is_property_shape(statements: &Statements<'_>, subject: &NamedOrBlankNode) -> bool {
    statements.values(subject, sh::PATH).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::super::super::Language;
    use super::*;
    use crate::catalogue::Base;
    use crate::rdf::{Preference, read_turtle};

    const PREFIXES: &str =
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix eusl: <https://w3id.org/eu-service-list/def#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <#> . ";

    fn page_of(turtle: &str, language: Language) -> ShapesPage {
        let base = Base::parse("https://services.example.eu/").unwrap();
        let reader = Preference::new([language.code()]);
        let view = Surroundings { base: &base, pages: base.as_str(), language, reader: &reader };
        view.shapes(&read_turtle(format!("{PREFIXES}{turtle}").as_bytes(), "http://example.org/s").unwrap())
    }

    /// A fact as `name: value, value`; parts stand in brackets.
    fn told(facts: &[Fact]) -> Vec<String> {
        let value = |value: &Value| match value {
            Value::Text(text) => text.value.clone(),
            Value::Link(link) => link.label.value.clone(),
            Value::Typed { value, .. } => value.clone(),
            Value::Node { facts: inner, .. } => format!("[{}]", told(inner).join("; ")),
        };
        let values = |fact: &Fact| fact.values.iter().map(value).collect::<Vec<_>>().join(", ");
        facts.iter().map(|fact| format!("{}: {}", fact.property.value, values(fact))).collect()
    }

    #[test]
    fn a_shape_has_its_targets_and_a_row_for_each_property() {
        let page = page_of(
            ":Type a sh:NodeShape ; rdfs:label \"service type\"@en, \"diensttype\"@nl ; sh:targetClass eusl:ServiceType ;
               sh:property [ sh:path skos:notation ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ;
                 sh:pattern \"^[0-9]+$\" ; sh:severity sh:Warning ; sh:message \"A number.\"@en, \"Een nummer.\"@nl ], :Name .
             :Name sh:path [ sh:inversePath skos:broader ] ; sh:uniqueLang true .",
            Language::Dutch,
        );
        let [shape] = page.shapes.as_slice() else { panic!("{page:?}") };
        assert_eq!((shape.anchor.as_str(), &shape.name), ("Type", &Text::tagged("diensttype", "nl")));
        assert_eq!(told(&shape.targets), ["Exemplaren van: eusl:ServiceType"]);
        let [number, name] = shape.constraints.as_slice() else { panic!("{shape:?}") };
        assert_eq!((number.least.as_deref(), number.most.as_deref()), (Some("1"), Some("1")));
        assert_eq!(told(&number.facts), ["Datatype: xsd:string", "Patroon: ^[0-9]+$"]);
        assert_eq!(number.severity, Text::tagged("Waarschuwing", "nl"));
        assert_eq!(number.messages, [Text::tagged("Een nummer.", "nl")]);
        assert_eq!((&name.path, name.anchor.as_deref()), (&Path::Text("^skos:broader".to_owned()), Some("Name")));
        assert_eq!(name.severity, Text::tagged("Overtreding", "nl"));
    }

    #[test]
    fn lists_are_spread_out_and_unnamed_shapes_stand_within_them() {
        let page = page_of(
            ":A a sh:NodeShape ; sh:or ( :B [ sh:datatype xsd:date ; sh:in ( 1 2 ) ] ) ; sh:not [ sh:class skos:Concept ] ;
               :weight 7 . :B a sh:NodeShape ; sh:languageIn ( \"en\" \"nl\" ) .",
            Language::English,
        );
        let [a, b] = page.shapes.as_slice() else { panic!("{page:?}") };
        assert_eq!(
            told(&a.facts),
            [
                "At least one of these holds: B, [Datatype: xsd:date; One of: 1, 2]",
                "Does not fit: [Instance of: skos:Concept]",
                "weight: 7"
            ]
        );
        assert!(matches!(&a.facts[0].values[0], Value::Link(link) if link.href == "#B"));
        assert_eq!(told(&b.facts), ["In one of these languages: en, nl"]);
    }

    #[test]
    fn a_query_is_told_where_it_is_used_though_it_has_a_name() {
        let page = page_of(
            ":A a sh:NodeShape ; sh:targetSubjectsOf skos:notation ; sh:sparql :Query .
             :Query a sh:SPARQLConstraint ; sh:prefixes <http://example.org/s> ; sh:select \"SELECT $this {}\" ;
               sh:message \"No.\"@en, \"Nee.\"@nl .",
            Language::English,
        );
        let expected = "Checked by a query: [Query that finds what is wrong: SELECT $this {}; Message: No.]";
        assert_eq!(told(&page.shapes[0].facts), [expected]);
        assert_eq!(told(&page.shapes[0].targets), ["Whatever has: skos:notation"]);
    }

    #[test]
    fn property_shapes_that_no_shape_uses_and_shapes_without_a_name_are_shown() {
        let page = page_of(
            ":Alone sh:path skos:notation ; sh:targetClass skos:Concept ; sh:maxCount 1 .
             [] sh:targetClass skos:ConceptScheme ; sh:nodeKind sh:IRI . [] sh:nodeKind sh:Literal .",
            Language::English,
        );
        let anchors: Vec<&str> = page.shapes.iter().map(|shape| shape.anchor.as_str()).collect();
        assert_eq!(anchors, ["Alone", "shape-2"]);
        assert_eq!(page.shapes[0].constraints[0].most.as_deref(), Some("1"));
        assert_eq!(told(&page.shapes[1].facts), ["Kind of node: sh:IRI"]);
    }

    #[test]
    fn shapes_that_lead_back_to_themselves_end() {
        let page = page_of("_:a sh:not _:a ; sh:targetClass skos:Concept ; sh:property _:a .", Language::English);
        assert_eq!(page.shapes.len(), 1);
        let two_readings = [(); 2].map(|()| page_of(":A a sh:NodeShape ; :x [ :y [] ] .", Language::English));
        assert_eq!(two_readings[0], two_readings[1]);
    }
}
