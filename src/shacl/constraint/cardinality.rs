//! [4.2 Cardinality](https://www.w3.org/TR/shacl/#core-components-count): how many values there are.

use super::super::checker::{At, Checker};
use super::super::data::Data;
use super::super::error::ShapesError;
use super::super::limits::Failure;
use super::super::reader::Reader;
use super::super::terms::Constants;
use super::Component;
use crate::vocab::sh;
use oxrdf::{NamedNodeRef, Term};

/// `sh:minCount` and `sh:maxCount`. <https://www.w3.org/TR/shacl/#MinCountConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) enum Count {
    AtLeast(usize),
    AtMost(usize),
}

impl Component for Count {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let least = reader.count(shape, sh::MIN_COUNT)?.map(Self::AtLeast);
        let most = reader.count(shape, sh::MAX_COUNT)?.map(Self::AtMost);
        Ok(least.into_iter().chain(most).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        match self {
            Self::AtLeast(_) => sh::MIN_COUNT_CONSTRAINT_COMPONENT,
            Self::AtMost(_) => sh::MAX_COUNT_CONSTRAINT_COMPONENT,
        }
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        let holds = match self {
            Self::AtLeast(least) => at.values.len() >= *least,
            Self::AtMost(most) => at.values.len() <= *most,
        };
        if !holds {
            checker.found(at, None);
        }
        Ok(())
    }

    fn describe(&self, _constants: &Constants) -> String {
        match self {
            Self::AtLeast(least) => format!("There are fewer than {least} values"),
            Self::AtMost(most) => format!("There are more than {most} values"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results, refusal};

    #[test]
    fn a_minimum_is_broken_by_fewer_values() {
        assert_results(&[
            ("sh:minCount 0", "", &[]),
            ("sh:minCount 2", ":s :p 1, 2 .", &[]),
            ("sh:minCount 2", ":s :p 1 .", &["MinCount"]),
            ("sh:minCount 1", "", &["MinCount"]),
        ]);
    }

    #[test]
    fn a_maximum_is_broken_by_more_values() {
        assert_results(&[
            ("sh:maxCount 2", ":s :p 1, 2 .", &[]),
            ("sh:maxCount 1", ":s :p 1, 2 .", &["MaxCount"]),
            ("sh:maxCount 0", ":s :p 1 .", &["MaxCount"]),
        ]);
    }

    #[test]
    fn a_count_is_one_whole_number_at_a_property_shape() {
        assert_refused(&[
            ("sh:minCount 1, 2", ":P, sh:minCount: has 2 values"),
            ("sh:minCount -1", "is not a whole number from 0"),
            ("sh:maxCount 1.0", "is not a whole number from 0"),
            ("sh:maxCount \"1\"", "is not a whole number from 0"),
        ]);
        for parameter in ["minCount", "maxCount"] {
            let said = refusal(&format!(":S sh:targetNode :s ; sh:{parameter} 1 ."));
            assert_eq!(said, format!(":S, sh:{parameter}: stands at a node shape; it needs sh:path"));
        }
    }
}
