//! What a catalogue says in words, in the six languages of the pages.

use crate::harvest::description::text;
use crate::rdf::Literal;

/// The languages, in the order in which [`Words`] has them.
pub const LANGUAGES: [&str; 6] = ["en", "nl", "de", "sv", "nb", "fr"];

/// A text in each of [`LANGUAGES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub [&'static str; 6]);

impl Words {
    /// Each text with its language.
    pub fn each(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        LANGUAGES.into_iter().zip(self.0)
    }

    /// The text in a language; in English where it is none of the six.
    pub fn of(self, tag: &str) -> &'static str {
        let [english, ..] = self.0;
        self.each().find(|(known, _)| *known == tag).map_or(english, |(_, text)| text)
    }

    /// The texts as literals.
    pub(super) fn literals(self) -> impl Iterator<Item = Literal> {
        self.each().map(|(tag, words)| text(words, tag))
    }

    /// The texts as literals, each made into another by what `make` does with its language and it.
    pub(super) fn literals_with(
        self,
        make: impl Fn(&'static str, &'static str) -> String,
    ) -> impl Iterator<Item = Literal> {
        self.each().map(move |(tag, words)| text(make(tag, words), tag))
    }
}

/// The name of the catalogue.
pub const CATALOGUE: Words = Words([
    "European Service List",
    "Europese dienstenlijst",
    "Europäische Leistungsliste",
    "Europeiska tjänstelistan",
    "Den europeiske tjenestelisten",
    "Liste européenne de services",
]);

/// What is in the catalogue.
pub const CATALOGUE_HOLDS: Words = Words([
    "The kinds of services that municipalities deliver, which of them suit a single point of contact, and the public services that organisations offer, as linked data.",
    "De soorten diensten die gemeenten leveren, welke daarvan geschikt zijn voor één aanspreekpunt, en de publieke diensten die organisaties aanbieden, als linked data.",
    "Die Arten von Leistungen, die Kommunen erbringen, welche davon sich für eine zentrale Anlaufstelle eignen, und die Verwaltungsleistungen, die Organisationen anbieten, als Linked Data.",
    "De slags tjänster som kommuner utför, vilka av dem som lämpar sig för en samlad kontaktpunkt, och de offentliga tjänster som organisationer erbjuder, som länkade data.",
    "De typene tjenester som kommuner leverer, hvilke av dem som egner seg for et samlet kontaktpunkt, og de offentlige tjenestene som organisasjoner tilbyr, som lenkede data.",
    "Les types de services rendus par les communes, ceux qui conviennent à un point de contact unique, et les services publics proposés par les organisations, en données liées.",
]);

/// What stands for the name of a publisher that nobody set.
pub const UNNAMED_PUBLISHER: Words = Words([
    "An unnamed publisher (default setting)",
    "Een uitgever zonder naam (standaardinstelling)",
    "Ein ungenannter Herausgeber (Voreinstellung)",
    "En utgivare utan namn (standardinställning)",
    "En utgiver uten navn (standardinnstilling)",
    "Un éditeur sans nom (réglage par défaut)",
]);

/// The name of the dataset of the list itself.
pub(super) const SERVICES: Words = Words([
    "Service types: the European Service List",
    "Diensttypen: de Europese dienstenlijst",
    "Leistungstypen: die Europäische Leistungsliste",
    "Tjänstetyper: Europeiska tjänstelistan",
    "Tjenestetyper: den europeiske tjenestelisten",
    "Types de services : la liste européenne de services",
]);

/// What is in it.
pub(super) const SERVICES_HOLD: Words = Words([
    "One number, one address and one definition for each kind of service that municipalities deliver, with functions, code lists, the subsets of countries, pilots and co-design.",
    "Eén nummer, één adres en één omschrijving voor elke soort dienst die gemeenten leveren, met functies, codelijsten, de selecties van landen, proefprojecten en co-design.",
    "Eine Nummer, eine Adresse und eine Definition für jede Art von Leistung, die Kommunen erbringen, mit Funktionen, Codelisten, den Auszügen der Länder, Pilotprojekten und Co-Design.",
    "Ett nummer, en adress och en definition för varje slags tjänst som kommuner utför, med funktioner, kodlistor, ländernas urval, pilotprojekt och medskapande.",
    "Ett nummer, én adresse og én definisjon for hver type tjeneste som kommuner leverer, med funksjoner, kodelister, landenes utvalg, pilotprosjekter og samskaping.",
    "Un numéro, une adresse et une définition pour chaque type de service rendu par les communes, avec les fonctions, les listes de codes, les sélections des pays, les projets pilotes et la coconception.",
]);

/// What it is found by.
pub(super) const SERVICES_KEYWORDS: [Words; 3] = [
    Words(["service list", "dienstenlijst", "Leistungskatalog", "tjänstelista", "tjenesteliste", "liste de services"]),
    Words(["municipalities", "gemeenten", "Kommunen", "kommuner", "kommuner", "communes"]),
    Words(["classification", "classificatie", "Klassifikation", "klassifikation", "klassifikasjon", "classification"]),
];

/// The name of the dataset of assessments.
pub(super) const SUITABILITY: Words = Words([
    "Suitability for a single point of contact",
    "Geschiktheid voor één aanspreekpunt",
    "Eignung für eine zentrale Anlaufstelle",
    "Lämplighet för en samlad kontaktpunkt",
    "Egnethet for et samlet kontaktpunkt",
    "Aptitude à un point de contact unique",
]);

/// What is in it.
pub(super) const SUITABILITY_HOLDS: Words = Words([
    "Dated and attributed assessments of which service types suit delivery through a single point of contact, by which channel and from which phase on, with the rules that they rest on.",
    "Gedateerde beoordelingen, met afzender, van welke diensttypen geschikt zijn voor levering via één aanspreekpunt, langs welk kanaal en vanaf welke fase, met de regels waarop ze berusten.",
    "Datierte Bewertungen mit Angabe der Urheber, welche Leistungstypen sich für die Erbringung durch eine zentrale Anlaufstelle eignen, über welchen Kanal und ab welcher Phase, mit den Regeln, auf denen sie beruhen.",
    "Daterade bedömningar, med avsändare, av vilka tjänstetyper som lämpar sig för en samlad kontaktpunkt, genom vilken kanal och från vilken fas, med de regler som de vilar på.",
    "Daterte vurderinger, med avsender, av hvilke tjenestetyper som egner seg for et samlet kontaktpunkt, gjennom hvilken kanal og fra hvilken fase, med reglene som de bygger på.",
    "Évaluations datées et attribuées : quels types de services conviennent à un point de contact unique, par quel canal et à partir de quelle phase, avec les règles sur lesquelles elles reposent.",
]);

/// What it is found by.
pub(super) const SUITABILITY_KEYWORDS: [Words; 3] = [
    Words([
        "single point of contact",
        "één aanspreekpunt",
        "zentrale Anlaufstelle",
        "samlad kontaktpunkt",
        "samlet kontaktpunkt",
        "point de contact unique",
    ]),
    Words([
        "contact centre",
        "klantcontactcentrum",
        "Servicecenter",
        "kontaktcenter",
        "kontaktsenter",
        "centre de contact",
    ]),
    Words(["municipalities", "gemeenten", "Kommunen", "kommuner", "kommuner", "communes"]),
];

/// The name of the dataset of what is offered.
pub(super) const PUBLIC_SERVICES: Words = Words([
    "Public services",
    "Publieke diensten",
    "Verwaltungsleistungen",
    "Offentliga tjänster",
    "Offentlige tjenester",
    "Services publics",
]);

/// What is in it.
pub(super) const PUBLIC_SERVICES_HOLD: Words = Words([
    "What organisations offer under each service type, described after CPSV-AP 3.2.0, with the organisations, contact points, channels and events.",
    "Wat organisaties onder elk diensttype aanbieden, beschreven volgens CPSV-AP 3.2.0, met de organisaties, contactpunten, kanalen en gebeurtenissen.",
    "Was Organisationen zu jedem Leistungstyp anbieten, beschrieben nach CPSV-AP 3.2.0, mit den Organisationen, Kontaktstellen, Kanälen und Ereignissen.",
    "Vad organisationer erbjuder inom varje tjänstetyp, beskrivet enligt CPSV-AP 3.2.0, med organisationer, kontaktpunkter, kanaler och händelser.",
    "Hva organisasjoner tilbyr under hver tjenestetype, beskrevet etter CPSV-AP 3.2.0, med organisasjoner, kontaktpunkter, kanaler og hendelser.",
    "Ce que les organisations proposent pour chaque type de service, décrit selon CPSV-AP 3.2.0, avec les organisations, les points de contact, les canaux et les événements.",
]);

/// What is in the part of it that a country, or one organisation, offers: ends where its name follows.
pub(super) const PUBLIC_SERVICES_OF: Words = Words([
    "Public services, described after CPSV-AP 3.2.0, with the organisation, contact points and channels. Offered by or in:",
    "Publieke diensten, beschreven volgens CPSV-AP 3.2.0, met de organisatie, contactpunten en kanalen. Aangeboden door of in:",
    "Verwaltungsleistungen, beschrieben nach CPSV-AP 3.2.0, mit der Organisation, Kontaktstellen und Kanälen. Angeboten von oder in:",
    "Offentliga tjänster, beskrivna enligt CPSV-AP 3.2.0, med organisation, kontaktpunkter och kanaler. Erbjuds av eller i:",
    "Offentlige tjenester, beskrevet etter CPSV-AP 3.2.0, med organisasjon, kontaktpunkter og kanaler. Tilbys av eller i:",
    "Services publics, décrits selon CPSV-AP 3.2.0, avec l’organisation, les points de contact et les canaux. Proposés par ou en :",
]);

/// What it is found by.
pub(super) const PUBLIC_SERVICES_KEYWORDS: [Words; 2] = [
    Words([
        "public services",
        "publieke diensten",
        "Verwaltungsleistungen",
        "offentliga tjänster",
        "offentlige tjenester",
        "services publics",
    ]),
    Words(["municipalities", "gemeenten", "Kommunen", "kommuner", "kommuner", "communes"]),
];

/// What a file holds: ends where the name of its form follows.
pub(super) const WHOLE_AS: Words = Words([
    "The whole dataset as",
    "De hele dataset als",
    "Der ganze Datensatz als",
    "Hela datamängden som",
    "Hele datasettet som",
    "Tout le jeu de données en",
]);

/// What a table holds: ends where the name of its form follows.
pub(super) const TABLE_AS: Words = Words([
    "One row for each entry, as",
    "Eén rij per ingang, als",
    "Eine Zeile je Eintrag, als",
    "En rad för varje post, som",
    "Én rad for hver oppføring, som",
    "Une ligne par entrée, en",
]);

/// What a file holds that is one of several: ends where its number and theirs follow.
pub(super) const PART: Words = Words(["part", "deel", "Teil", "del", "del", "partie"]);

/// How a file is compressed: ends where the name of the coding follows.
pub(super) const COMPRESSED: Words = Words([
    "compressed with",
    "gecomprimeerd met",
    "komprimiert mit",
    "komprimerad med",
    "komprimert med",
    "compressé avec",
]);

/// How a dataset is had through OAI-PMH.
pub(super) const BY_OAI_PMH: Words = Words([
    "Record by record through OAI-PMH, with what changed since a date and what was withdrawn",
    "Record voor record via OAI-PMH, met wat sinds een datum veranderde en wat is ingetrokken",
    "Satz für Satz über OAI-PMH, mit allem, was sich seit einem Datum änderte oder zurückgezogen wurde",
    "Post för post genom OAI-PMH, med det som ändrats sedan ett datum och det som dragits tillbaka",
    "Post for post gjennom OAI-PMH, med det som er endret siden en dato og det som er trukket tilbake",
    "Notice par notice par OAI-PMH, avec ce qui a changé depuis une date et ce qui a été retiré",
]);

/// The SPARQL endpoint.
pub(super) const SPARQL: [Words; 2] = [
    Words([
        "SPARQL endpoint",
        "SPARQL-endpoint",
        "SPARQL-Endpunkt",
        "SPARQL-slutpunkt",
        "SPARQL-endepunkt",
        "Point d’accès SPARQL",
    ]),
    Words([
        "Answers SPARQL 1.1 queries over everything that is published, as it is now.",
        "Beantwoordt SPARQL 1.1-vragen over alles wat gepubliceerd is, zoals het nu is.",
        "Beantwortet Abfragen in SPARQL 1.1 über alles Veröffentlichte, wie es jetzt ist.",
        "Besvarar SPARQL 1.1-frågor om allt som är publicerat, som det är nu.",
        "Besvarer SPARQL 1.1-spørringer om alt som er publisert, slik det er nå.",
        "Répond aux requêtes SPARQL 1.1 sur tout ce qui est publié, dans son état actuel.",
    ]),
];

/// The event stream.
pub(super) const EVENT_STREAM: [Words; 2] = [
    Words([
        "Event stream of all changes (LDES)",
        "Event stream van alle wijzigingen (LDES)",
        "Ereignisstrom aller Änderungen (LDES)",
        "Händelseström med alla ändringar (LDES)",
        "Hendelsesstrøm med alle endringer (LDES)",
        "Flux d’événements de tous les changements (LDES)",
    ]),
    Words([
        "Every version of every record and every withdrawal, in the order in which they were published.",
        "Elke versie van elk record en elke intrekking, in de volgorde waarin ze zijn gepubliceerd.",
        "Jede Fassung jedes Satzes und jede Rücknahme, in der Reihenfolge ihrer Veröffentlichung.",
        "Varje version av varje post och varje återkallelse, i den ordning de publicerades.",
        "Hver versjon av hver post og hver tilbaketrekking, i den rekkefølgen de ble publisert.",
        "Chaque version de chaque notice et chaque retrait, dans l’ordre de publication.",
    ]),
];

/// The OAI-PMH repository.
pub(super) const OAI_PMH: [Words; 2] = [
    Words([
        "OAI-PMH repository",
        "OAI-PMH-repository",
        "OAI-PMH-Repositorium",
        "OAI-PMH-arkiv",
        "OAI-PMH-arkiv",
        "Entrepôt OAI-PMH",
    ]),
    Words([
        "Records as RDF and Dublin Core, in sets that are the datasets, with persistent deletions.",
        "Records als RDF en Dublin Core, in sets die de datasets zijn, met blijvende verwijderingen.",
        "Sätze als RDF und Dublin Core, in Mengen, die den Datensätzen entsprechen, mit dauerhaften Löschvermerken.",
        "Poster som RDF och Dublin Core, i mängder som är datamängderna, med bestående raderingar.",
        "Poster som RDF og Dublin Core, i sett som er datasettene, med varige slettinger.",
        "Notices en RDF et Dublin Core, dans des ensembles qui sont les jeux de données, avec suppressions persistantes.",
    ]),
];
