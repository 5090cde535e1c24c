//! What European countries are called.

use super::reference::{COUNTRY, Reference};
use super::words::{LANGUAGES, Words};
use crate::harvest::description::text;

/// A country by its code in the EU's table, which is that of ISO 3166-1 alpha-3 (for Kosovo one of its own).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// The code, in capitals.
    code: String,
    names: Option<Words>,
}

impl Country {
    /// The country with this code, in capitals or not; one outside Europe is known by its code alone.
    pub fn of_code(code: &str) -> Self {
        let code = code.to_ascii_uppercase();
        let names = EUROPEAN.iter().find(|(known, _)| *known == code).map(|(_, names)| *names);
        Self { code, names }
    }

    /// Its code, in capitals.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What it is called in a language; its code where that is not known.
    pub fn name(&self, tag: &str) -> &str {
        self.names.map_or(self.code.as_str(), |names| names.of(tag))
    }

    /// The country in the EU's table.
    pub(super) fn reference(&self) -> Reference {
        let names = LANGUAGES.map(|tag| text(self.name(tag), tag));
        Reference::code_named(&COUNTRY, &self.code, names.into())
    }
}

/// Countries and territories of Europe, in the order of their codes. Names are those of Unicode's CLDR.
#[rustfmt::skip]
const EUROPEAN: [(&str, Words); 57] = [
    ("1A0", Words(["Kosovo", "Kosovo", "Kosovo", "Kosovo", "Kosovo", "Kosovo"])),
    ("ALA", Words(["Åland Islands", "Åland", "Ålandinseln", "Åland", "Åland", "Îles Åland"])),
    ("ALB", Words(["Albania", "Albanië", "Albanien", "Albanien", "Albania", "Albanie"])),
    ("AND", Words(["Andorra", "Andorra", "Andorra", "Andorra", "Andorra", "Andorre"])),
    ("ARM", Words(["Armenia", "Armenië", "Armenien", "Armenien", "Armenia", "Arménie"])),
    ("AUT", Words(["Austria", "Oostenrijk", "Österreich", "Österrike", "Østerrike", "Autriche"])),
    ("AZE", Words(["Azerbaijan", "Azerbeidzjan", "Aserbaidschan", "Azerbajdzjan", "Aserbajdsjan", "Azerbaïdjan"])),
    ("BEL", Words(["Belgium", "België", "Belgien", "Belgien", "Belgia", "Belgique"])),
    ("BGR", Words(["Bulgaria", "Bulgarije", "Bulgarien", "Bulgarien", "Bulgaria", "Bulgarie"])),
    ("BIH", Words(["Bosnia and Herzegovina", "Bosnië en Herzegovina", "Bosnien und Herzegowina", "Bosnien och Hercegovina", "Bosnia-Hercegovina", "Bosnie-Herzégovine"])),
    ("BLR", Words(["Belarus", "Belarus", "Belarus", "Belarus", "Belarus", "Biélorussie"])),
    ("CHE", Words(["Switzerland", "Zwitserland", "Schweiz", "Schweiz", "Sveits", "Suisse"])),
    ("CYP", Words(["Cyprus", "Cyprus", "Zypern", "Cypern", "Kypros", "Chypre"])),
    ("CZE", Words(["Czechia", "Tsjechië", "Tschechien", "Tjeckien", "Tsjekkia", "Tchéquie"])),
    ("DEU", Words(["Germany", "Duitsland", "Deutschland", "Tyskland", "Tyskland", "Allemagne"])),
    ("DNK", Words(["Denmark", "Denemarken", "Dänemark", "Danmark", "Danmark", "Danemark"])),
    ("ESP", Words(["Spain", "Spanje", "Spanien", "Spanien", "Spania", "Espagne"])),
    ("EST", Words(["Estonia", "Estland", "Estland", "Estland", "Estland", "Estonie"])),
    ("FIN", Words(["Finland", "Finland", "Finnland", "Finland", "Finland", "Finlande"])),
    ("FRA", Words(["France", "Frankrijk", "Frankreich", "Frankrike", "Frankrike", "France"])),
    ("FRO", Words(["Faroe Islands", "Faeröer", "Färöer", "Färöarna", "Færøyene", "Îles Féroé"])),
    ("GBR", Words(["United Kingdom", "Verenigd Koninkrijk", "Vereinigtes Königreich", "Storbritannien", "Storbritannia", "Royaume-Uni"])),
    ("GEO", Words(["Georgia", "Georgië", "Georgien", "Georgien", "Georgia", "Géorgie"])),
    ("GGY", Words(["Guernsey", "Guernsey", "Guernsey", "Guernsey", "Guernsey", "Guernesey"])),
    ("GIB", Words(["Gibraltar", "Gibraltar", "Gibraltar", "Gibraltar", "Gibraltar", "Gibraltar"])),
    ("GRC", Words(["Greece", "Griekenland", "Griechenland", "Grekland", "Hellas", "Grèce"])),
    ("GRL", Words(["Greenland", "Groenland", "Grönland", "Grönland", "Grønland", "Groenland"])),
    ("HRV", Words(["Croatia", "Kroatië", "Kroatien", "Kroatien", "Kroatia", "Croatie"])),
    ("HUN", Words(["Hungary", "Hongarije", "Ungarn", "Ungern", "Ungarn", "Hongrie"])),
    ("IMN", Words(["Isle of Man", "Isle of Man", "Isle of Man", "Isle of Man", "Man", "Île de Man"])),
    ("IRL", Words(["Ireland", "Ierland", "Irland", "Irland", "Irland", "Irlande"])),
    ("ISL", Words(["Iceland", "IJsland", "Island", "Island", "Island", "Islande"])),
    ("ITA", Words(["Italy", "Italië", "Italien", "Italien", "Italia", "Italie"])),
    ("JEY", Words(["Jersey", "Jersey", "Jersey", "Jersey", "Jersey", "Jersey"])),
    ("LIE", Words(["Liechtenstein", "Liechtenstein", "Liechtenstein", "Liechtenstein", "Liechtenstein", "Liechtenstein"])),
    ("LTU", Words(["Lithuania", "Litouwen", "Litauen", "Litauen", "Litauen", "Lituanie"])),
    ("LUX", Words(["Luxembourg", "Luxemburg", "Luxemburg", "Luxemburg", "Luxemburg", "Luxembourg"])),
    ("LVA", Words(["Latvia", "Letland", "Lettland", "Lettland", "Latvia", "Lettonie"])),
    ("MCO", Words(["Monaco", "Monaco", "Monaco", "Monaco", "Monaco", "Monaco"])),
    ("MDA", Words(["Moldova", "Moldavië", "Republik Moldau", "Moldavien", "Moldova", "Moldavie"])),
    ("MKD", Words(["North Macedonia", "Noord-Macedonië", "Nordmazedonien", "Nordmakedonien", "Nord-Makedonia", "Macédoine du Nord"])),
    ("MLT", Words(["Malta", "Malta", "Malta", "Malta", "Malta", "Malte"])),
    ("MNE", Words(["Montenegro", "Montenegro", "Montenegro", "Montenegro", "Montenegro", "Monténégro"])),
    ("NLD", Words(["Netherlands", "Nederland", "Niederlande", "Nederländerna", "Nederland", "Pays-Bas"])),
    ("NOR", Words(["Norway", "Noorwegen", "Norwegen", "Norge", "Norge", "Norvège"])),
    ("POL", Words(["Poland", "Polen", "Polen", "Polen", "Polen", "Pologne"])),
    ("PRT", Words(["Portugal", "Portugal", "Portugal", "Portugal", "Portugal", "Portugal"])),
    ("ROU", Words(["Romania", "Roemenië", "Rumänien", "Rumänien", "Romania", "Roumanie"])),
    ("RUS", Words(["Russia", "Rusland", "Russland", "Ryssland", "Russland", "Russie"])),
    ("SMR", Words(["San Marino", "San Marino", "San Marino", "San Marino", "San Marino", "Saint-Marin"])),
    ("SRB", Words(["Serbia", "Servië", "Serbien", "Serbien", "Serbia", "Serbie"])),
    ("SVK", Words(["Slovakia", "Slowakije", "Slowakei", "Slovakien", "Slovakia", "Slovaquie"])),
    ("SVN", Words(["Slovenia", "Slovenië", "Slowenien", "Slovenien", "Slovenia", "Slovénie"])),
    ("SWE", Words(["Sweden", "Zweden", "Schweden", "Sverige", "Sverige", "Suède"])),
    ("TUR", Words(["Türkiye", "Turkije", "Türkei", "Turkiet", "Tyrkia", "Turquie"])),
    ("UKR", Words(["Ukraine", "Oekraïne", "Ukraine", "Ukraina", "Ukraina", "Ukraine"])),
    ("VAT", Words(["Vatican City", "Vaticaanstad", "Vatikanstadt", "Vatikanstaten", "Vatikanstaten", "État de la Cité du Vatican"])),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_stand_once_and_in_order() {
        assert!(EUROPEAN.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn a_country_is_named_in_the_language_asked_for_and_one_far_away_by_its_code() {
        assert_eq!(Country::of_code("nld").name("fr"), "Pays-Bas");
        assert_eq!(Country::of_code("NLD").name("pl"), "Netherlands");
        assert_eq!(Country::of_code("nzl").name("nl"), "NZL");
    }
}
