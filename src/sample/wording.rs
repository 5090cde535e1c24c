//! The six languages of a sample, and the words for kinds of services in them.

use super::sequence::SplitMix64;

/// A language of the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Dutch.
    Dutch,
    /// French.
    French,
    /// German.
    German,
    /// Swedish.
    Swedish,
    /// Norwegian Bokmål.
    Norwegian,
    /// English.
    English,
}

impl Language {
    /// All languages, for the stubs at the head.
    pub const ALL: [Self; 6] = [Self::Dutch, Self::French, Self::German, Self::Swedish, Self::Norwegian, Self::English];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        Phrase(["nl", "fr", "de", "sv", "nb", "en"]).in_language(self)
    }

    /// The entry in the [EU language authority table](http://publications.europa.eu/resource/authority/language).
    pub fn authority_code(self) -> &'static str {
        Phrase(["NLD", "FRA", "DEU", "SWE", "NOB", "ENG"]).in_language(self)
    }
}

/// One wording in each language, in the order of [`Language::ALL`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Phrase(pub [&'static str; 6]);

impl Phrase {
    /// The wording in one language.
    pub fn in_language(self, language: Language) -> &'static str {
        let Self([dutch, french, german, swedish, norwegian, english]) = self;
        match language {
            Language::Dutch => dutch,
            Language::French => french,
            Language::German => german,
            Language::Swedish => swedish,
            Language::Norwegian => norwegian,
            Language::English => english,
        }
    }

    /// The wording with a value in the place of its `{}`.
    pub fn filled(self, language: Language, value: &str) -> String {
        let wording = self.in_language(language);
        let (before, after) = wording.split_once("{}").unwrap_or((wording, ""));
        [before, value, after].concat()
    }
}

/// What a kind of service is about and what is done, as its number has it: the same in every town.
#[derive(Debug, Clone, Copy)]
pub struct ServiceWording {
    number: u32,
    subject: Subject,
    act: Phrase,
}

#[derive(Debug, Clone, Copy, Default)]
struct Subject {
    name: Phrase,
    theme: &'static str,
    sector: &'static str,
}

impl ServiceWording {
    /// The words for the service type with this number.
    pub fn of(number: u32) -> Self {
        let mut draws = SplitMix64::seeded(u64::from(number));
        Self { number, subject: draws.pick(&SUBJECTS), act: draws.pick(&ACTS) }
    }

    /// A title such as "Parking permit (1512)".
    pub fn title(&self, language: Language) -> String {
        let subject = self.subject(language);
        let act = self.act(language);
        let number = self.number;
        if language == Language::English {
            return format!("{} {act} ({number})", capitalised(subject));
        }
        let joiner = FOR.in_language(language);
        format!("{} {joiner} {subject} ({number})", capitalised(act))
    }

    /// What the service is about, as a keyword.
    pub fn subject(&self, language: Language) -> &'static str {
        self.subject.name.in_language(language)
    }

    /// What is done or given, as a keyword.
    pub fn act(&self, language: Language) -> &'static str {
        self.act.in_language(language)
    }

    /// The concept's local name in the draft [list of public service themes](https://github.com/SEMICeu/Taxonomy).
    pub fn theme(&self) -> &'static str {
        self.subject.theme
    }

    /// The entry in the [EU data theme authority table](http://publications.europa.eu/resource/authority/data-theme).
    pub fn sector(&self) -> &'static str {
        self.subject.sector
    }

    /// All themes and sectors in use, each as often as subjects have it.
    pub fn themes_and_sectors() -> impl Iterator<Item = (&'static str, &'static str)> {
        SUBJECTS.iter().map(|subject| (subject.theme, subject.sector))
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

const fn subject(theme: &'static str, sector: &'static str, name: [&'static str; 6]) -> Subject {
    Subject { name: Phrase(name), theme, sector }
}

// One row for each subject reads as a table.
#[rustfmt::skip]
const SUBJECTS: [Subject; 20] = [
    subject("TransportationAndTransportationInfrastructure", "TRAN", ["parkeren", "stationnement", "Parken", "parkering", "parkering", "parking"]),
    subject("Housing", "REGI", ["bouwen", "construction", "Bauen", "byggande", "bygging", "building"]),
    subject("GeneralPersonCivilStatus", "GOVE", ["geboorte", "naissance", "Geburt", "födelse", "fødsel", "birth"]),
    subject("Family", "GOVE", ["huwelijk", "mariage", "Eheschließung", "vigsel", "vielse", "marriage"]),
    subject("Environmental", "ENVI", ["afval", "déchets", "Abfall", "avfall", "avfall", "waste"]),
    subject("Animal", "AGRI", ["honden", "chiens", "Hunde", "hundar", "hunder", "dog"]),
    subject("GeneralPersonCivilStatus", "GOVE", ["paspoort", "passeport", "Reisepass", "pass", "pass", "passport"]),
    subject("Retail", "ECON", ["winkels", "commerces", "Geschäfte", "butiker", "butikker", "shop"]),
    subject("Education", "EDUC", ["school", "école", "Schule", "skola", "skole", "school"]),
    subject("Housing", "SOCI", ["wonen", "logement", "Wohnen", "bostad", "bolig", "housing"]),
    subject("NaturalResources", "ENVI", ["bomen", "arbres", "Bäume", "träd", "trær", "tree"]),
    subject("Retail", "ECON", ["markten", "marchés", "Märkte", "marknader", "markeder", "market"]),
    subject("Utilities", "ENVI", ["water", "eau", "Wasser", "vatten", "vann", "water"]),
    subject("Utilities", "ENER", ["energie", "énergie", "Energie", "energi", "energi", "energy"]),
    subject("CultureSportAndLeisure", "EDUC", ["bibliotheek", "bibliothèque", "Bibliothek", "bibliotek", "bibliotek", "library"]),
    subject("WelfareAndSocialCare", "SOCI", ["jeugd", "jeunesse", "Jugend", "ungdom", "ungdom", "youth"]),
    subject("HealthCare", "HEAL", ["geluid", "bruit", "Lärm", "buller", "støy", "noise"]),
    subject("PublicSpaceManagementAndHeritage", "TRAN", ["straten", "rues", "Straßen", "gator", "gater", "street"]),
    subject("MoneyAndDebt", "ECON", ["belasting", "impôts", "Steuern", "skatt", "skatt", "tax"]),
    subject("CultureSportAndLeisure", "SOCI", ["evenementen", "événements", "Veranstaltungen", "evenemang", "arrangementer", "event"]),
];

#[rustfmt::skip]
const ACTS: [Phrase; 10] = [
    Phrase(["vergunning", "autorisation", "Genehmigung", "tillstånd", "tillatelse", "permit"]),
    Phrase(["inschrijving", "inscription", "Anmeldung", "registrering", "registrering", "registration"]),
    Phrase(["attest", "certificat", "Bescheinigung", "intyg", "attest", "certificate"]),
    Phrase(["subsidie", "subvention", "Zuschuss", "bidrag", "tilskudd", "subsidy"]),
    Phrase(["vrijstelling", "dispense", "Befreiung", "undantag", "fritak", "exemption"]),
    Phrase(["afspraak", "rendez-vous", "Termin", "tidsbokning", "timebestilling", "appointment"]),
    Phrase(["advies", "conseil", "Beratung", "rådgivning", "rådgivning", "advice"]),
    Phrase(["melding", "signalement", "Meldung", "anmälan", "melding", "report"]),
    Phrase(["controle", "contrôle", "Prüfung", "kontroll", "kontroll", "inspection"]),
    Phrase(["verlenging", "renouvellement", "Verlängerung", "förnyelse", "fornyelse", "renewal"]),
];

/// What stands between what is done and what it is about. French has a dash, since the words that
/// follow would otherwise need an article each.
const FOR: Phrase = Phrase(["voor", "–", "für", "för", "for", "for"]);

#[cfg(test)]
mod tests {
    use super::{ACTS, Language, Phrase, SUBJECTS, ServiceWording, capitalised};

    #[test]
    fn a_title_ends_with_the_number_and_holds_both_words_in_every_language() {
        for language in Language::ALL {
            let wording = ServiceWording::of(1_512);
            let title = wording.title(language).to_lowercase();
            assert!(title.ends_with(" (1512)"), "{title}");
            for word in [wording.subject(language), wording.act(language)] {
                assert!(title.contains(&word.to_lowercase()), "{title}: {word}");
            }
        }
    }

    #[test]
    fn no_word_is_missing_in_any_language() {
        let subjects = SUBJECTS.iter().map(|subject| subject.name);
        for phrase in subjects.chain(ACTS) {
            for language in Language::ALL {
                assert!(!phrase.in_language(language).is_empty(), "{phrase:?}");
            }
        }
    }

    #[test]
    fn an_english_title_names_the_subject_first() {
        let wording = ServiceWording::of(3);
        let subject = capitalised(wording.subject(Language::English));
        assert!(wording.title(Language::English).starts_with(&subject));
    }

    #[test]
    fn a_value_takes_the_place_of_the_braces() {
        let phrase = Phrase(["a {} b", "", "", "", "", "none"]);
        assert_eq!(phrase.filled(Language::Dutch, "x"), "a x b");
    }

    #[test]
    fn a_capital_is_found_beyond_ascii() {
        assert_eq!(capitalised("évaluation"), "Évaluation");
    }
}
