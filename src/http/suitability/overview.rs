//! What the second list rests on: the decision table, and the phases in which a contact centre grows.

use crate::catalogue::{Document, Present};
use crate::http::problem::Problem;
use crate::http::state::App;
use crate::pages::record::Surroundings;
use crate::pages::second_list::head;
use crate::pages::{self, Alternate, ListHead};

/// The list that a page of its own shows, of those in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Overview {
    DecisionTable,
    Phases,
}

impl Overview {
    /// The page that a list has instead of one of names.
    pub(in crate::http) fn of(name: &str) -> Option<Self> {
        match name {
            "list/decision-table" => Some(Self::DecisionTable),
            "list/antwoord-phase" => Some(Self::Phases),
            _ => None,
        }
    }

    /// The page of the list.
    pub(in crate::http) fn page(
        self,
        app: &App,
        present: &Present<'_>,
        document: &Document,
        alternates: Vec<Alternate>,
        view: &Surroundings<'_>,
    ) -> Result<String, Problem> {
        let site = app.site(view.language, &document.name.document_path());
        let structured_data = app.structured_data(document)?;
        let head = ListHead { views: Vec::new(), alternates, structured_data, ..head(document, view, "", "") };
        Ok(match self {
            Self::DecisionTable => {
                let page = pages::decision_table_page(head, &present.decision_rules()?, view);
                pages::decision_table(&site, &page)?
            }
            Self::Phases => {
                let page = pages::phases_page(head, &present.degrees()?, &present.phases()?, view);
                pages::phases(&site, &page)?
            }
        })
    }
}
