//! Countries, as the areas of organisations name them.

use super::address::code_of;

/// The country of an area of the EU's lists: its code of ISO 3166-1 alpha-3.
///
/// Administrative territorial units and countries begin with that code
/// (<https://op.europa.eu/en/web/eu-vocabularies/dataset/-/resource?uri=http://publications.europa.eu/resource/dataset/atu>),
/// NUTS codes with one of two letters (<https://ec.europa.eu/eurostat/web/nuts>).
pub(super) fn country_of(area: &str) -> Option<String> {
    let code = code_of(area);
    if area.starts_with("http://publications.europa.eu/resource/authority/") {
        let country = code.get(..3).filter(|country| country.bytes().all(|letter| letter.is_ascii_uppercase()));
        return country.map(str::to_owned);
    }
    if area.starts_with("http://data.europa.eu/nuts/code/") {
        let country = NUTS.iter().find(|(two, _)| code.get(..2) == Some(two));
        return country.map(|(_, three)| (*three).to_owned());
    }
    None
}

/// The letters that NUTS codes of each country begin with, those of statistical regions of other countries too, and the
/// country's code of ISO 3166-1 alpha-3.
const NUTS: [(&str, &str); 39] = [
    ("AL", "ALB"),
    ("AT", "AUT"),
    ("BA", "BIH"),
    ("BE", "BEL"),
    ("BG", "BGR"),
    ("CH", "CHE"),
    ("CY", "CYP"),
    ("CZ", "CZE"),
    ("DE", "DEU"),
    ("DK", "DNK"),
    ("EE", "EST"),
    ("EL", "GRC"),
    ("ES", "ESP"),
    ("FI", "FIN"),
    ("FR", "FRA"),
    ("HR", "HRV"),
    ("HU", "HUN"),
    ("IE", "IRL"),
    ("IS", "ISL"),
    ("IT", "ITA"),
    ("LI", "LIE"),
    ("LT", "LTU"),
    ("LU", "LUX"),
    ("LV", "LVA"),
    ("ME", "MNE"),
    ("MK", "MKD"),
    ("MT", "MLT"),
    ("NL", "NLD"),
    ("NO", "NOR"),
    ("PL", "POL"),
    ("PT", "PRT"),
    ("RO", "ROU"),
    ("RS", "SRB"),
    ("SE", "SWE"),
    ("SI", "SVN"),
    ("SK", "SVK"),
    ("TR", "TUR"),
    ("UA", "UKR"),
    ("UK", "GBR"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_read_off_the_codes_of_the_eu_alone() {
        for (area, country) in [
            ("http://publications.europa.eu/resource/authority/country/GRC", Some("GRC")),
            ("http://publications.europa.eu/resource/authority/atu/NLD_GM0363", Some("NLD")),
            ("http://data.europa.eu/nuts/code/EL30", Some("GRC")),
            ("http://data.europa.eu/nuts/code/XX1", None),
            ("https://data.geonorge.no/administrativeEnheter/kommune/id/173042", None),
            ("http://example.eu/id/organisation/gent#area", None),
        ] {
            assert_eq!(country_of(area).as_deref(), country, "{area}");
        }
    }
}
