//! The links of a document: of each of its representations in `Link`, and of all of it in its linkset.

use super::asked::{Variant, joined_queries};
use super::form::Form;
use super::representation::{About, Address, Made};
use super::web_link::{WebLink, linkset};
use crate::profile::Profile;
use crate::rdf::Syntax;

impl Address<'_> {
    /// The linkset of a document of which one variant was made.
    pub(super) fn linkset(&self, made: Made) -> Made {
        let links = self.links(None, &made);
        Made { body: linkset([(format!("{}{}", self.address(), self.part), links.as_slice())]), ..made }
    }

    /// What `Link` says of a variant, and a linkset of the document as a whole, where none is given: the other forms and
    /// profiles, the one address, licence, what the document is about and of which type that is
    /// (<https://signposting.org/FAIR/>), and where it stands in the history of a record.
    pub(super) fn links(&self, variant: Option<Variant>, made: &Made) -> Vec<WebLink> {
        let mut links = self.other_forms(variant);
        links.extend(self.profiles(variant));
        // The bytes of a page stand at its language's address, data at the document's own.
        let is_data = variant.is_none_or(|variant| variant.form.is_data());
        let canonical = match variant {
            Some(page) if !is_data => self.location(page),
            _ => format!("{}{}", self.address(), self.part),
        };
        links.push(WebLink::new(canonical, "canonical"));
        links.push(WebLink::new(uri(self.licence), "license"));
        if let Some(about) = &made.about {
            links.extend(about.links());
            // A page is described by its data, data by the vocabulary that it is written in.
            links.push(if is_data {
                WebLink::new(format!("{}def", self.site), "describedby")
            } else {
                self.link_to(Form::Rdf(Syntax::Turtle), self.part, "describedby")
            });
        }
        links.extend(made.past.links.iter().cloned());
        links
    }

    /// The other forms of a document, each in its relation to it.
    fn other_forms(&self, variant: Option<Variant>) -> Vec<WebLink> {
        if self.forms.len() < 2 {
            return Vec::new();
        }
        // Beside data seen through a profile stands the same in other syntaxes.
        let profile = variant.map_or_else(String::new, |variant| variant.profile.query());
        let others = self.forms.iter().filter(|form| variant.is_none_or(|variant| variant.form != **form));
        let link = |form: &Form| {
            let query = joined_queries(self.part, if form.has_profiles() { &profile } else { "" });
            self.link_to(*form, &query, if *form == Form::Linkset { "linkset" } else { "alternate" })
        };
        others.map(link).collect()
    }

    /// The profile of a variant, and the same form seen through the others.
    fn profiles(&self, variant: Option<Variant>) -> Vec<WebLink> {
        let variant = variant.filter(|variant| variant.form.has_profiles() && self.profiles.len() > 1);
        let Some(variant) = variant else { return Vec::new() };
        let others = self.profiles.iter().copied().filter(|profile| *profile != variant.profile);
        let link = |profile: Profile| {
            let query = joined_queries(self.part, &profile.query());
            self.link_to(variant.form, &query, "alternate").with("formats", profile.iri())
        };
        std::iter::once(WebLink::new(variant.profile.iri(), "profile")).chain(others.map(link)).collect()
    }

    /// A link to a form of the document.
    fn link_to(&self, form: Form, query: &str, relation: &str) -> WebLink {
        let address = format!("{}.{}{query}", self.address(), form.extension());
        WebLink::new(address, relation).with("type", form.media_type())
    }
}

impl About {
    /// What the thing is, and what takes its place.
    fn links(&self) -> Vec<WebLink> {
        let iri = uri(&self.iri);
        let topic = ["cite-as", "http://xmlns.com/foaf/0.1/primaryTopic"].map(|relation| WebLink::new(&*iri, relation));
        let successors = self.successors.iter().map(|successor| WebLink::new(uri(successor), "successor-version"));
        let types = self.types.iter().map(|class| WebLink::new(uri(class), "type"));
        topic.into_iter().chain(successors).chain(types).collect()
    }
}

/// An IRI as header fields hold it: ASCII (<https://www.rfc-editor.org/rfc/rfc3987#section-3.1>).
fn uri(iri: &str) -> String {
    percent_encoding::utf8_percent_encode(iri, percent_encoding::CONTROLS).to_string()
}
