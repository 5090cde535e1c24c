//! [6 SPARQL-based constraint components](https://www.w3.org/TR/shacl/#sparql-constraint-components): components
//! that a shapes graph declares itself.

use super::super::checker::{At, Checker};
use super::super::data::{Data, Node};
use super::super::dependency::Reach;
use super::super::error::{Problem, ShapesError};
use super::super::limits::Failure;
use super::super::reader::{Reader, wrong};
use super::super::sparql::message::readable;
use super::super::sparql::query::Form;
use super::super::terms::Constants;
use super::Component;
use super::query::{QueryText, ShapeQuery, filled};
use crate::vocab::{rdf, rdfs, sh};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, TermRef};
use std::collections::BTreeSet;

/// A constraint of a declared component.
#[derive(Debug)]
pub(in crate::shacl) struct SparqlComponent {
    component: NamedNode,
    validator: Validator,
}

#[derive(Debug)]
enum Validator {
    /// Its solutions are results.
    Select(ShapeQuery),
    /// It says for each value node whether it is right.
    Ask(ShapeQuery),
}

/// A component as a shapes graph declares it.
#[derive(Clone, Debug)]
pub(in crate::shacl) struct Declared {
    component: NamedNode,
    parameters: Vec<Parameter>,
}

/// How many constraints a shape may have by one component: each combination of values is one.
const MOST_COMBINATIONS: usize = 1000;

#[derive(Clone, Debug)]
struct Parameter {
    path: NamedNode,
    /// The local name of the path, which is the variable.
    name: String,
    is_optional: bool,
}

impl Component for SparqlComponent {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let mut constraints = Vec::new();
        for declared in declared(reader)?.iter() {
            for given in declared.combinations(reader, shape)? {
                constraints.extend(declared.constraint(reader, shape, given)?);
            }
        }
        Ok(constraints)
    }

    fn component(&self) -> NamedNodeRef<'_> {
        self.component.as_ref()
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        match &self.validator {
            Validator::Select(_) if checker.can_wait(at) => Ok(()),
            Validator::Select(_) => self.check_all(checker, at, &[at.focus]),
            Validator::Ask(query) => {
                let focus_nodes = vec![at.focus; at.values.len()];
                let answers = query.ask(checker, &focus_nodes, at.values)?;
                for (value, _) in at.values.iter().zip(answers).filter(|(_, is_right)| !is_right) {
                    report_wrong(query, checker, at, *value);
                }
                Ok(())
            }
        }
    }

    fn check_all<D: Data>(
        &self,
        checker: &mut Checker<'_, D>,
        at: &At<'_>,
        focus_nodes: &[Node],
    ) -> Result<(), Failure> {
        match &self.validator {
            Validator::Select(query) => query.select(checker, at, focus_nodes),
            Validator::Ask(_) => Ok(()),
        }
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("What {} asks does not hold", self.component)
    }

    fn depends(&self, reach: &mut Reach<'_>) {
        match &self.validator {
            Validator::Select(query) | Validator::Ask(query) => query.depends(reach),
        }
    }

    fn messages(&self) -> &[Literal] {
        match &self.validator {
            Validator::Select(query) | Validator::Ask(query) => &query.messages,
        }
    }
}

/// Reports a value node that an ASK does not hold for.
fn report_wrong<D: Data>(query: &ShapeQuery, checker: &mut Checker<'_, D>, at: &At<'_>, value: Node) {
    let text = |node: Node| checker.nodes.read(node, readable);
    let value_of = |name: &str| match name {
        "this" => Some(text(at.focus)),
        "value" => Some(text(value)),
        name => query.given_text(name),
    };
    let messages = if checker.has_room() { filled(at, None, value_of) } else { Vec::new() };
    checker.report(at, Some(value), |result| result.own_messages = messages);
}

impl Declared {
    /// Every way in which a shape gives the parameters a value each; none if a mandatory one has no value.
    fn combinations(&self, reader: &Reader<'_>, shape: &Term) -> Result<Vec<Vec<(String, Term)>>, ShapesError> {
        let mut combinations: Vec<Vec<(String, Term)>> = vec![Vec::new()];
        for parameter in &self.parameters {
            let values = reader.values(shape, parameter.path.as_ref());
            if values.is_empty() && parameter.is_optional {
                continue;
            }
            if combinations.len().saturating_mul(values.len()) > MOST_COMBINATIONS {
                return Err(ShapesError::new(
                    shape,
                    parameter.path.as_ref(),
                    Problem::TooMany { what: "combinations of values", most: MOST_COMBINATIONS },
                ));
            }
            let with = |before: Vec<(String, Term)>| {
                values.iter().map(move |value| {
                    let mut given = before.clone();
                    given.push((parameter.name.clone(), value.clone()));
                    given
                })
            };
            combinations = combinations.into_iter().flat_map(with).collect();
        }
        combinations.retain(|given| !given.is_empty());
        Ok(combinations)
    }

    /// The constraint that a shape has by this component, if it has a validator for shapes of this kind.
    fn constraint(
        &self,
        reader: &mut Reader<'_>,
        shape: &Term,
        given: Vec<(String, Term)>,
    ) -> Result<Option<SparqlComponent>, ShapesError> {
        let component = Term::from(self.component.clone());
        let is_property_shape = !reader.values(shape, sh::PATH).is_empty();
        let own = if is_property_shape { sh::PROPERTY_VALIDATOR } else { sh::NODE_VALIDATOR };
        let (form, validator) = match reader.values(&component, own).pop() {
            Some(validator) => (Form::Select, validator),
            None => match reader.values(&component, sh::VALIDATOR).pop() {
                Some(validator) => (Form::Ask, validator),
                None => return Ok(None),
            },
        };
        let names: Vec<String> = self.parameters.iter().map(|parameter| parameter.name.clone()).collect();
        let text = QueryText { shape, term: &validator, form, parameters: &names, given };
        let mut query = ShapeQuery::read(reader, text)?;
        if query.messages.is_empty() {
            query.messages = reader.said_texts(&component, sh::MESSAGE)?;
        }
        let validator = match form {
            Form::Select => Validator::Select(query),
            Form::Ask => Validator::Ask(query),
        };
        Ok(Some(SparqlComponent { component: self.component.clone(), validator }))
    }
}

/// The components that the shapes graph declares, looked for once.
fn declared(reader: &mut Reader<'_>) -> Result<std::sync::Arc<[Declared]>, ShapesError> {
    if let Some(known) = &reader.declared {
        return Ok(std::sync::Arc::clone(known));
    }
    let mut found = Vec::new();
    for component in instances(reader, sh::CONSTRAINT_COMPONENT.into()) {
        let Term::NamedNode(iri) = &component else { continue };
        let mut parameters = Vec::new();
        for parameter in reader.values(&component, sh::PARAMETER) {
            parameters.push(read_parameter(reader, &parameter)?);
        }
        if parameters.iter().all(|parameter| parameter.is_optional) {
            return Err(ShapesError::new(
                &component,
                sh::PARAMETER,
                Problem::Missing("a component has at least one parameter that is not optional"),
            ));
        }
        parameters.sort_by(|one, other| one.name.cmp(&other.name));
        found.push(Declared { component: iri.clone(), parameters });
    }
    let found: std::sync::Arc<[Declared]> = found.into();
    reader.declared = Some(std::sync::Arc::clone(&found));
    Ok(found)
}

fn read_parameter(reader: &Reader<'_>, parameter: &Term) -> Result<Parameter, ShapesError> {
    let path = reader.iri(parameter, sh::PATH)?;
    let path = path.ok_or_else(|| ShapesError::new(parameter, sh::PATH, Problem::Missing("name the property")))?;
    let name = path.as_str().rsplit(['#', '/', ':']).next().unwrap_or_default().to_owned();
    if GIVEN_NAMES.contains(&name.as_str()) || name.is_empty() {
        let value = Term::from(path);
        return Err(wrong(parameter, sh::PATH, &value, "an IRI whose last part can be a variable of its own"));
    }
    Ok(Parameter { path, name, is_optional: reader.flag(parameter, sh::OPTIONAL)? })
}

/// Names that parameters may not have. <https://www.w3.org/TR/shacl/#sparql-constraint-components-parameters>
const GIVEN_NAMES: [&str; 6] = ["this", "shapesGraph", "currentShape", "path", "PATH", "value"];

/// The instances of a class in the shapes graph, over subclasses, in a fixed order.
fn instances(reader: &Reader<'_>, class: TermRef<'_>) -> Vec<Term> {
    let mut classes = vec![class.into_owned()];
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut found = Vec::new();
    while let Some(class) = classes.pop() {
        if !seen.insert(class.to_string()) {
            continue;
        }
        let of = |property| reader.graph.subjects_for_predicate_object(property, class.as_ref());
        found.extend(of(rdf::TYPE).map(|subject| Term::from(subject.into_owned())));
        classes.extend(of(rdfs::SUB_CLASS_OF).map(|subject| Term::from(subject.into_owned())));
    }
    found.sort_by_cached_key(ToString::to_string);
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results, refusal};

    /// A component whose values are at least `:least`.
    const LEAST: &str = r#":Least a sh:ConstraintComponent ; sh:parameter [ sh:path :least ] ;
        sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER ($value >= $least) }" ] ."#;

    #[test]
    fn an_ask_decides_on_each_value() {
        assert_results(&[
            (":least 2", &format!(":s :p 2, 3 . {LEAST}"), &[]),
            (":least 2", &format!(":s :p 1, 2 . {LEAST}"), &[":Least 1"]),
        ]);
    }

    #[test]
    fn a_select_of_the_right_kind_of_shape_comes_before_an_ask() {
        let data = r#":s :p 1, 2 . :Least a sh:ConstraintComponent ; sh:parameter [ sh:path :least ] ;
            sh:validator [ sh:ask "ASK { FILTER (false) }" ] ;
            sh:propertyValidator [ sh:select "SELECT $this ?value { $this $PATH ?value FILTER (?value < $least) }" ] ."#;
        assert_results(&[(":least 2", data, &[":Least 1"])]);
    }

    #[test]
    fn a_component_that_a_shape_gives_no_parameter_does_not_apply() {
        assert_results(&[("sh:minCount 0", &format!(":s :p 1 . {LEAST}"), &[])]);
    }

    #[test]
    fn a_component_that_is_ill_formed_is_refused() {
        assert_refused(&[
            ("sh:minCount 1 . :L a sh:ConstraintComponent", ":L, sh:parameter: is missing"),
            (
                "sh:minCount 1 . :L a sh:ConstraintComponent ; sh:parameter [ sh:path :x ; sh:optional true ]",
                ":L, sh:parameter: is missing",
            ),
            ("sh:minCount 1 . :L a sh:ConstraintComponent ; sh:parameter [ sh:name \"x\" ]", "sh:path: is missing"),
            ("sh:minCount 1 . :L a sh:ConstraintComponent ; sh:parameter [ sh:path :this ]", "a variable of its own"),
        ]);
        let said = refusal(&format!(":S sh:targetNode :s ; :least 1 . {}", LEAST.replace("ASK", "ASC")));
        assert!(said.contains("sh:ask: "), "{said}");
    }
}
