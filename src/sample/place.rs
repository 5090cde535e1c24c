//! Towns: who offers the services, and in which languages.

use super::phrase::{HOURS, TOWN};
use super::terms::class::{CV_CONTACT_POINT, CV_PUBLIC_ORGANISATION, DCT_LOCATION, FOAF_AGENT, TIME_TEMPORAL_ENTITY};
use super::terms::property::{
    self, CV_EMAIL, CV_OPENING_HOURS, CV_TELEPHONE, DCT_DESCRIPTION, DCT_IDENTIFIER, DCT_SPATIAL, DCT_TITLE, FOAF_NAME,
    SKOS_PREF_LABEL,
};
use super::wording::Language;
use super::writer::Triples;
use std::io::{self, Write};

/// A country of the sample, which sets a town's languages and currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Country {
    /// Belgium.
    Belgium,
    /// The Netherlands.
    Netherlands,
    /// Germany.
    Germany,
    /// Sweden.
    Sweden,
    /// Norway.
    Norway,
    /// The United Kingdom.
    UnitedKingdom,
}

impl Country {
    /// All countries, in the order in which towns are dealt out to them.
    pub const ALL: [Self; 6] =
        [Self::Belgium, Self::Netherlands, Self::Germany, Self::Sweden, Self::Norway, Self::UnitedKingdom];

    /// The languages in which its towns write, the first one foremost.
    pub fn languages(self) -> &'static [Language] {
        match self {
            Self::Belgium => &[Language::Dutch, Language::French, Language::German],
            Self::Netherlands => &[Language::Dutch, Language::English],
            Self::Germany => &[Language::German, Language::English],
            Self::Sweden => &[Language::Swedish, Language::English],
            Self::Norway => &[Language::Norwegian, Language::English],
            Self::UnitedKingdom => &[Language::English, Language::French],
        }
    }

    /// The foremost of its languages.
    pub fn foremost_language(self) -> Language {
        // No list above is empty, so the fallback is never taken.
        let first = self.languages().first();
        first.copied().unwrap_or(Language::English)
    }

    /// The country in the [EU table of administrative territorial units](http://publications.europa.eu/resource/authority/atu).
    pub fn location(self) -> String {
        let code = match self {
            Self::Belgium => "BEL",
            Self::Netherlands => "NLD",
            Self::Germany => "DEU",
            Self::Sweden => "SWE",
            Self::Norway => "NOR",
            Self::UnitedKingdom => "GBR",
        };
        format!("http://publications.europa.eu/resource/authority/atu/{code}")
    }

    /// The currency in the [EU currency table](http://publications.europa.eu/resource/authority/currency).
    pub fn currency(self) -> String {
        let code = match self {
            Self::Belgium | Self::Netherlands | Self::Germany => "EUR",
            Self::Sweden => "SEK",
            Self::Norway => "NOK",
            Self::UnitedKingdom => "GBP",
        };
        format!("http://publications.europa.eu/resource/authority/currency/{code}")
    }

    fn of_town(number: u32) -> Self {
        match number % 6 {
            1 => Self::Belgium,
            2 => Self::Netherlands,
            3 => Self::Germany,
            4 => Self::Sweden,
            5 => Self::Norway,
            _ => Self::UnitedKingdom,
        }
    }
}

/// A town, which is the organisation that offers services.
#[derive(Debug, Clone)]
pub struct Town {
    number: u32,
    /// The number in five digits or more, as names and identifiers have it.
    digits: String,
    reference: String,
    /// The IRI of the organisation.
    pub organisation: String,
    /// The IRI of the area it governs.
    pub area: String,
    /// The IRI of its general contact point.
    pub contact_point: String,
    /// Where it lies.
    pub country: Country,
}

impl Town {
    /// The town with this number, counted from one, under the base IRI of the data.
    pub fn numbered(number: u32, base: &str) -> Self {
        let digits = format!("{number:05}");
        let reference = format!("town-{digits}");
        let organisation = format!("{base}id/organisation/{reference}");
        Self {
            number,
            area: format!("{organisation}#area"),
            contact_point: format!("{base}id/contact-point/{reference}"),
            country: Country::of_town(number),
            digits,
            reference,
            organisation,
        }
    }

    /// Its number, counted from one.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Its name in one language, such as "Town 00042".
    pub fn name(&self, language: Language) -> String {
        TOWN.filled(language, &self.digits)
    }

    /// An address on its site, which does not exist
    /// ([RFC 2606](https://www.rfc-editor.org/rfc/rfc2606#section-2)).
    pub fn page(&self, path: &str) -> String {
        format!("https://{}.example/{path}", self.reference)
    }

    /// An e-mail address of the town, which does not exist either.
    pub fn email(&self) -> String {
        format!("info@{}.example", self.reference)
    }

    /// A telephone number that cannot be dialled, since no country has the code 0.
    pub fn telephone(&self) -> String {
        format!("+0 {}", self.digits)
    }

    /// Writes the organisation with its area and contact point.
    pub fn write<W: Write>(&self, out: &mut Triples<W>) -> io::Result<()> {
        self.write_organisation(out)?;
        self.write_area(out)?;
        self.write_contact_point(out)
    }

    fn write_organisation<W: Write>(&self, out: &mut Triples<W>) -> io::Result<()> {
        let mut organisation = out.about(&self.organisation);
        organisation
            .is_a(CV_PUBLIC_ORGANISATION)?
            .is_a(FOAF_AGENT)?
            .plain(DCT_IDENTIFIER, &self.reference)?
            .iri(DCT_SPATIAL, &self.area)?
            .iri(DCT_SPATIAL, &self.country.location())?
            .iri(property::CV_CONTACT_POINT, &self.contact_point)?;
        for language in self.country.languages() {
            let (name, tag) = (self.name(*language), language.tag());
            organisation
                .tagged(DCT_TITLE, &name, tag)?
                .tagged(SKOS_PREF_LABEL, &name, tag)?
                .tagged(FOAF_NAME, &name, tag)?;
        }
        Ok(())
    }

    fn write_area<W: Write>(&self, out: &mut Triples<W>) -> io::Result<()> {
        let mut area = out.about(&self.area);
        area.is_a(DCT_LOCATION)?;
        for language in self.country.languages() {
            area.tagged(SKOS_PREF_LABEL, &self.name(*language), language.tag())?;
        }
        Ok(())
    }

    fn write_contact_point<W: Write>(&self, out: &mut Triples<W>) -> io::Result<()> {
        let hours = format!("{}#hours", self.contact_point);
        out.about(&self.contact_point)
            .is_a(CV_CONTACT_POINT)?
            .plain(CV_EMAIL, &self.email())?
            .plain(CV_TELEPHONE, &self.telephone())?
            .iri(CV_OPENING_HOURS, &hours)?;
        write_hours(out, &hours, self.country)
    }
}

/// Writes opening hours in the languages of a country.
pub fn write_hours<W: Write>(out: &mut Triples<W>, hours: &str, country: Country) -> io::Result<()> {
    let mut entity = out.about(hours);
    entity.is_a(TIME_TEMPORAL_ENTITY)?;
    for language in country.languages() {
        entity.tagged(DCT_DESCRIPTION, HOURS.in_language(*language), language.tag())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Country, Town};

    #[test]
    fn towns_are_dealt_out_over_the_countries_in_turn() {
        let countries: Vec<Country> = (1..=6).map(|number| Town::numbered(number, "b/").country).collect();
        assert_eq!(countries, Country::ALL);
    }

    #[test]
    fn every_town_writes_in_two_languages_or_three() {
        for country in Country::ALL {
            assert!((2..=3).contains(&country.languages().len()));
        }
    }
}
