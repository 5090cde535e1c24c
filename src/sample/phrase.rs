//! The sentences of a sample, in neutral words: none names a real person, place or office.

use super::wording::Phrase;

/// The name of a town with its number.
pub const TOWN: Phrase = Phrase(["Gemeente {}", "Commune {}", "Gemeinde {}", "Kommun {}", "Kommune {}", "Town {}"]);

/// The first sentence of a description, with the title in it.
pub const SUMMARY: Phrase = Phrase([
    "Hier vraagt u \"{}\" aan bij uw gemeente.",
    "Demandez ici « {} » à votre commune.",
    "Hier beantragen Sie \"{}\" bei Ihrer Gemeinde.",
    "Här ansöker du om \"{}\" hos din kommun.",
    "Her søker du om \"{}\" hos kommunen din.",
    "Ask your town for \"{}\" here.",
]);

/// The second paragraph of a description, with the town's name in it.
pub const DETAILS: Phrase = Phrase([
    "{} beslist op grond van de gegevens die u meestuurt. Houd een bewijs van identiteit bij de hand. U krijgt bericht zodra uw aanvraag is behandeld, en u kunt tegen de beslissing in bezwaar gaan.",
    "{} décide d’après les données que vous envoyez. Gardez une preuve d’identité à portée de main. Vous êtes averti dès que la demande est traitée, et un recours est possible contre la décision.",
    "{} entscheidet anhand Ihrer Angaben. Halten Sie einen Identitätsnachweis bereit. Sie erhalten Nachricht, sobald der Antrag bearbeitet ist, und können der Entscheidung widersprechen.",
    "{} beslutar utifrån de uppgifter som du skickar in. Ha en identitetshandling till hands. Du får besked när ansökan är behandlad, och beslutet kan överklagas.",
    "{} avgjør saken ut fra opplysningene du sender inn. Ha legitimasjon klar. Du får beskjed når søknaden er behandlet, og vedtaket kan påklages.",
    "{} decides on what you send in. Keep a proof of identity at hand. You are told as soon as the request has been handled, and you can object to the decision.",
]);

/// The name of what a service gives, with the title of the service in it.
pub const OUTPUT: Phrase =
    Phrase(["Beslissing: {}", "Décision : {}", "Bescheid: {}", "Beslut: {}", "Vedtak: {}", "Decision: {}"]);

/// The name of the evidence that a service asks for.
pub const EVIDENCE: Phrase = Phrase([
    "Bewijs van identiteit",
    "Preuve d’identité",
    "Identitätsnachweis",
    "Identitetshandling",
    "Legitimasjon",
    "Proof of identity",
]);

/// The name of the rule that a service follows, with what the service is about in it.
pub const RULE: Phrase =
    Phrase(["Regels over {}", "Règles : {}", "Regeln: {}", "Regler: {}", "Regler: {}", "Rules: {}"]);

/// What a rule says.
pub const RULE_TEXT: Phrase = Phrase([
    "De aanvrager woont of werkt in de gemeente.",
    "Le demandeur habite ou travaille dans la commune.",
    "Wer den Antrag stellt, wohnt oder arbeitet in der Gemeinde.",
    "Den som ansöker bor eller arbetar i kommunen.",
    "Søkeren bor eller arbeider i kommunen.",
    "The applicant lives or works in the town.",
]);

/// The name of the legal resource behind a service, with what the service is about in it.
pub const REGULATION: Phrase =
    Phrase(["Verordening {}", "Règlement {}", "Satzung {}", "Föreskrift {}", "Forskrift {}", "By-law {}"]);

/// What a cost is.
pub const FEE: Phrase = Phrase([
    "Leges voor de behandeling",
    "Frais de traitement",
    "Bearbeitungsgebühr",
    "Handläggningsavgift",
    "Behandlingsgebyr",
    "Handling fee",
]);

/// How a channel is used.
pub const CHANNEL: Phrase = Phrase([
    "U kunt de aanvraag langs deze weg indienen.",
    "La demande peut être introduite par cette voie.",
    "Der Antrag kann auf diesem Weg gestellt werden.",
    "Ansökan kan lämnas på detta sätt.",
    "Søknaden kan leveres på denne måten.",
    "The request can be made in this way.",
]);

/// When a contact point can be reached.
pub const HOURS: Phrase = Phrase([
    "Maandag tot vrijdag, 9–16 uur",
    "Du lundi au vendredi, de 9 à 16 heures",
    "Montag bis Freitag, 9–16 Uhr",
    "Måndag till fredag, kl. 9–16",
    "Mandag til fredag, kl. 9–16",
    "Monday to Friday, 9:00 to 16:00",
]);

/// Events of life under which services are grouped: the last part of an event's identifier, and
/// its name.
pub const EVENTS: [(&str, Phrase); 5] = [
    (
        "birth",
        Phrase([
            "Een kind krijgen",
            "Avoir un enfant",
            "Ein Kind bekommen",
            "Att få barn",
            "Å få barn",
            "Having a child",
        ]),
    ),
    ("move", Phrase(["Verhuizen", "Déménager", "Umziehen", "Att flytta", "Å flytte", "Moving house"])),
    ("study", Phrase(["Studeren", "Étudier", "Studieren", "Att studera", "Å studere", "Studying"])),
    (
        "work",
        Phrase([
            "Werk zoeken",
            "Chercher un emploi",
            "Arbeit suchen",
            "Att söka arbete",
            "Å søke arbeid",
            "Looking for work",
        ]),
    ),
    (
        "retire",
        Phrase([
            "Met pensioen gaan",
            "Prendre sa retraite",
            "In Rente gehen",
            "Att gå i pension",
            "Å gå av med pensjon",
            "Retiring",
        ]),
    ),
];

#[cfg(test)]
mod tests {
    use super::super::wording::Language;
    use super::{DETAILS, OUTPUT, REGULATION, RULE, SUMMARY, TOWN};

    #[test]
    fn each_phrase_with_a_value_has_one_place_for_it_in_every_language() {
        for phrase in [TOWN, SUMMARY, DETAILS, OUTPUT, RULE, REGULATION] {
            for language in Language::ALL {
                let wording = phrase.in_language(language);
                assert_eq!(wording.matches("{}").count(), 1, "{wording}");
            }
        }
    }
}
