//! [4.2 Cardinality](https://www.w3.org/TR/shacl/#core-components-count): how many values there are.

use super::super::checker::{At, Checker, Failure};
use super::super::data::Data;
use super::super::error::ShapesError;
use super::super::reader::Reader;
use super::super::terms::Constants;
use super::Component;
use crate::vocab::sh;
use oxrdf::{NamedNodeRef, Term};

/// `sh:minCount`. <https://www.w3.org/TR/shacl/#MinCountConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct MinCount(usize);

impl Component for MinCount {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(reader.count(shape, sh::MIN_COUNT)?.map(Self).into_iter().collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::MIN_COUNT_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        if at.values.len() < self.0 {
            checker.found(at, None);
        }
        Ok(())
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("There are fewer than {} values", self.0)
    }
}

/// `sh:maxCount`. <https://www.w3.org/TR/shacl/#MaxCountConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct MaxCount(usize);

impl Component for MaxCount {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(reader.count(shape, sh::MAX_COUNT)?.map(Self).into_iter().collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::MAX_COUNT_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        if at.values.len() > self.0 {
            checker.found(at, None);
        }
        Ok(())
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("There are more than {} values", self.0)
    }
}
