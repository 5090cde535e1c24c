//! The IRIs by which clients ask for a profile, in the many ways in which people write them.

use super::Profile;

/// IRIs without scheme and without `/` or `#` at the end, and what they ask for.
///
/// An older version of a specification is another profile, which is not served: asking for
/// CPSV-AP 2.2.1 finds nothing here.
const NAMES: &[(&str, Profile)] = &[
    ("w3id.org/eu-service-list/def", Profile::Full),
    ("w3id.org/eu-service-list/def/0.1.0", Profile::Full),
    ("data.europa.eu/m8g/cpsvap", Profile::CpsvAp),
    ("data.europa.eu/m8g/cpsvap/3", Profile::CpsvAp),
    ("data.europa.eu/m8g/cpsvap/3.2", Profile::CpsvAp),
    ("data.europa.eu/m8g/cpsvap/3.2.0", Profile::CpsvAp),
    ("purl.org/vocab/cpsv", Profile::CpsvAp),
    ("semiceu.github.io/CPSV-AP", Profile::CpsvAp),
    ("semiceu.github.io/CPSV-AP/releases/3.2.0", Profile::CpsvAp),
    ("w3.org/2004/02/skos", Profile::Skos),
    ("w3.org/2004/02/skos/core", Profile::Skos),
    ("w3.org/TR/skos-reference", Profile::Skos),
    ("schema.org", Profile::SchemaOrg),
    ("schema.org/version/latest", Profile::SchemaOrg),
];

/// The profile that an IRI asks for.
pub fn profile(iri: &str) -> Option<Profile> {
    let asked = stem(iri)?;
    NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(asked)).map(|(_, profile)| *profile)
}

/// The IRI without what people write now in one way and now in another.
fn stem(iri: &str) -> Option<&str> {
    let (scheme, rest) = iri.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    Some(rest.trim_end_matches(['/', '#']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_found_by_its_own_iri() {
        for profile in Profile::ALL {
            assert_eq!(super::profile(profile.iri()), Some(profile));
        }
    }

    #[test]
    fn scheme_and_last_sign_make_no_difference() {
        for iri in ["https://schema.org", "HTTP://schema.org/", "https://www.schema.org/#"] {
            assert_eq!(profile(iri), Some(Profile::SchemaOrg), "{iri}");
        }
        for iri in ["http://www.w3.org/2004/02/skos/core#", "https://www.w3.org/TR/skos-reference/"] {
            assert_eq!(profile(iri), Some(Profile::Skos), "{iri}");
        }
        for iri in ["http://data.europa.eu/m8g/cpsvap/", "https://semiceu.github.io/CPSV-AP/releases/3.2.0/"] {
            assert_eq!(profile(iri), Some(Profile::CpsvAp), "{iri}");
        }
        assert_eq!(profile("https://w3id.org/eu-service-list/def#"), Some(Profile::Full));
    }

    #[test]
    fn another_version_or_another_scheme_is_not_served() {
        for iri in
            ["http://data.europa.eu/m8g/cpsvap/2.2.1", "urn:schema.org", "schema.org", "", "http://", "x://schema.org"]
        {
            assert_eq!(profile(iri), None, "{iri}");
        }
    }
}
