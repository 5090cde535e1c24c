//! The page for somebody with a caller on the line: words in, what to do out.

mod fill;

use super::PageError;
use super::document::document;
use super::entry::{Notice, Standing};
use super::href;
use super::site::{Contact, Link, Section, Site, Text};
use super::wording::{DeskWords, Wording};
use crate::catalogue::Opening;
use askama::Template;

pub use fill::{DeskAsked, Organisations, desk_address, desk_page};

/// The desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// Where its forms send `q`, `type` and `for` to by GET.
    pub action: String,
    /// The words that were searched.
    pub query: String,
    /// Whose desk it is.
    pub organisation: Option<ChosenOrganisation>,
    /// How to choose whose it is, where it is nobody's yet.
    pub choosing: Option<Choosing>,
    /// The number of the entry that is shown, to be kept when an organisation is chosen.
    pub number: Option<String>,
    /// What came of the search.
    pub outcome: SearchOutcome,
    /// The entries that were found, without the one that is shown.
    pub results: Vec<DeskResult>,
    /// The list by letter.
    pub by_letter: String,
    /// The entry that is shown.
    pub card: Option<DeskCard>,
}

/// The organisation whose desk it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenOrganisation {
    /// What is sent as `for`.
    pub value: String,
    /// The organisation.
    pub link: Link,
    /// The same page without it.
    pub without: String,
}

/// How an organisation is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choosing {
    /// From all of them.
    FromAll(Vec<Choice>),
    /// By typing its name, since there are too many to draw.
    ByName {
        /// What was typed.
        typed: String,
        /// This page for each organisation that this may mean.
        hits: Vec<Link>,
    },
}

/// An organisation to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent as `for`.
    pub value: String,
    /// What it is called.
    pub label: Text,
}

/// What came of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchOutcome {
    /// Nothing was searched.
    Unasked,
    /// Nothing was found.
    Nothing,
    /// Entries that have some of the words.
    SomeWords,
    /// Entries that have them all.
    Entries,
}

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskResult {
    /// Its card.
    pub link: Link,
    /// The name by which it was found, where that is another than the one shown.
    pub name: Option<Text>,
    /// Whether it should not be used any more.
    pub is_deprecated: bool,
}

/// What to know of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskCard {
    /// The entry.
    pub entry: Link,
    /// Why it should not be used any more, with the cards of what took its place.
    pub notice: Option<Notice>,
    /// The channel that `steps` are for.
    pub channel: Text,
    /// What to do, in order; empty where nobody has assessed it.
    pub steps: Vec<Handling>,
    /// The Antwoord phase from which that can be done.
    pub phase: Option<Text>,
    /// The phase that the organisation says it has reached.
    pub reached: Option<Text>,
    /// Who says so.
    pub basis: Basis,
    /// What units of the organisation say on that channel, where they differ.
    pub units: Vec<UnitVerdict>,
    /// By channel: the organisation's own verdict and the proposal.
    pub channels: Vec<ChannelRow>,
    /// Why, for each verdict.
    pub grounds: Vec<Ground>,
    /// What it is.
    pub definition: Option<Text>,
    /// Whether nobody has reviewed that.
    pub is_proposed: bool,
    /// What its name may mislead to.
    pub note: Option<Text>,
    /// What kind of service it is.
    pub kinds: Vec<Link>,
    /// What the organisation offers of it; nothing where no organisation was chosen.
    pub offers: Option<Vec<DeskOffer>>,
    /// Who is responsible for it.
    pub departments: Vec<DeskDepartment>,
}

/// Something to do with a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handling {
    /// Answer it.
    Answer,
    /// Take in the request.
    TakeIn,
    /// Take in the report, where people report something.
    TakeInReport,
    /// Deal with it to the end.
    Handle,
    /// Transfer it within the organisation.
    Transfer,
    /// Refer to another organisation.
    Refer,
    /// What a code added to the list says.
    Other(Text),
}

/// Who says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// Nobody.
    Nobody,
    /// The editors of the list, unreviewed.
    Proposal,
    /// An assessor.
    Assessor(Link),
}

/// What to do on one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRow {
    /// The channel.
    pub channel: Text,
    /// What the organisation says.
    pub own: Option<DeskVerdict>,
    /// What the editors propose.
    pub shared: Option<DeskVerdict>,
}

/// A verdict in brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskVerdict {
    /// What to do.
    pub steps: Vec<Handling>,
    /// How far it is suitable.
    pub degree: Text,
    /// The Antwoord phase from which it can be done.
    pub phase: Option<Text>,
}

/// What a unit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitVerdict {
    /// The unit.
    pub unit: Link,
    /// What it says.
    pub verdict: DeskVerdict,
}

/// Why one assessor says what of one channel or of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Who.
    pub basis: Basis,
    /// The record of the assessment.
    pub record: String,
    /// The channel; nothing for the whole.
    pub channel: Option<Text>,
    /// How far it is suitable.
    pub degree: Text,
    /// What holds it back.
    pub reasons: Vec<Text>,
    /// The rule that it follows from.
    pub rule: Option<Link>,
    /// The argument.
    pub argument: Option<Text>,
    /// The Antwoord phase from which it holds.
    pub phase: Option<Text>,
    /// How firm its ground is.
    pub confidence: Option<Text>,
    /// Its day.
    pub date: Option<String>,
}

/// A public service of the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskOffer {
    /// The public service.
    pub link: Link,
    /// What it is.
    pub description: Option<Text>,
    /// Pages about it.
    pub pages: Vec<String>,
    /// The channels that it is delivered by.
    pub channels: Vec<Text>,
}

/// A department, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskDepartment {
    /// The unit.
    pub unit: Link,
    /// How it is reached.
    pub contacts: Vec<DeskContact>,
}

/// A contact point now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskContact {
    /// What it is called, where that is not what the unit is called.
    pub name: Option<Text>,
    /// Telephone numbers.
    pub telephones: Vec<String>,
    /// Mail addresses.
    pub emails: Vec<String>,
    /// Pages.
    pub pages: Vec<String>,
    /// Whether somebody is there.
    pub opening: Opening,
    /// What is special about today.
    pub today: Vec<Text>,
    /// The time there when the page was made.
    pub asked_at: Option<String>,
    /// The ordinary hours.
    pub ordinary: Vec<Text>,
    /// The special days.
    pub special: Vec<Text>,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    said: &'static DeskWords,
    page: &'a DeskPage,
    section: Option<Section>,
}

/// The desk, as a whole HTML document.
pub fn desk(site: &Site, page: &DeskPage) -> Result<String, PageError> {
    let words = site.words();
    document(&DeskTemplate { site, words, said: &words.desk, page, section: Some(Section::Desk) })
}

impl DeskPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    fn action_address(&self) -> &str {
        href::followable(&self.action).unwrap_or("/")
    }

    fn letters_address(&self) -> &str {
        href::followable(&self.by_letter).unwrap_or("/")
    }

    /// Whether the page is for one moment and one question, which no search engine should keep.
    fn is_passing(&self) -> bool {
        self.outcome != SearchOutcome::Unasked || self.card.is_some()
    }
}

impl Choosing {
    /// The organisations that what was typed may mean.
    fn hits(&self) -> &[Link] {
        match self {
            Self::FromAll(_) => &[],
            Self::ByName { hits, .. } => hits,
        }
    }

    /// Whether there is nothing to choose.
    fn is_idle(&self) -> bool {
        matches!(self, Self::FromAll(choices) if choices.is_empty())
    }
}

impl ChosenOrganisation {
    fn without_address(&self) -> &str {
        href::followable(&self.without).unwrap_or("/")
    }
}

impl DeskCard {
    /// Whether the entry is gone, so that there is nothing to do for it.
    fn is_withdrawn(&self) -> bool {
        self.notice.as_ref().is_some_and(|notice| notice.standing == Standing::Withdrawn)
    }

    /// Who to transfer to, or to ask: the department that comes first.
    fn first_department(&self) -> Option<&DeskDepartment> {
        self.departments.first()
    }

    fn is_transferred(&self) -> bool {
        self.steps.contains(&Handling::Transfer)
    }

    /// Whether the organisation has verdicts of its own, which stand beside the proposal.
    fn has_own(&self) -> bool {
        self.channels.iter().any(|row| row.own.is_some())
    }
}

impl Handling {
    fn is_transfer(&self) -> bool {
        *self == Self::Transfer
    }
}

impl DeskDepartment {
    fn first_contact(&self) -> Option<&DeskContact> {
        self.contacts.first()
    }
}

impl Ground {
    fn address(&self) -> Option<&str> {
        href::followable(&self.record)
    }
}

/// The pages among addresses that may be followed.
fn followable(pages: &[String]) -> impl Iterator<Item = &str> {
    pages.iter().filter_map(|page| href::web(page))
}
