//! Who gets in with a token, and what is told of it.

use super::super::super::address::Base;
use super::*;
use crate::register::Location;
use std::collections::BTreeSet;
use std::time::Duration;

fn catalogue() -> Catalogue {
    Catalogue::open(&Location::Memory, &Base::parse("http://example.eu/").unwrap()).unwrap()
}

fn new() -> NewToken {
    NewToken {
        name: "Bins of Voorbeeldstad".to_owned(),
        role: Role::Edit,
        organisation: Some("http://example.eu/id/organisation/voorbeeldstad".to_owned()),
        kinds: BTreeSet::new(),
        numbers: None,
        expires: None,
    }
}

fn is_letters(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|letter| letter.is_ascii_alphanumeric())
}

#[test]
fn who_shows_a_token_is_the_author_that_it_was_made_for() {
    let catalogue = catalogue();
    let made = catalogue.add_token(NewToken { numbers: Some(10_000..=10_999), ..new() }).unwrap();
    let author = catalogue.author_of(made.text.reveal(), SystemTime::now()).unwrap();
    assert_eq!(author, made.author);
    assert_eq!((author.name.as_str(), author.role), ("Bins of Voorbeeldstad", Role::Edit));
    assert_eq!(author.organisation.as_deref(), Some("http://example.eu/id/organisation/voorbeeldstad"));
    assert_eq!((author.kinds, author.numbers), (["service-type".to_owned()].into(), Some(10_000..=10_999)));
}

#[test]
fn a_token_is_a_mark_a_public_prefix_and_256_random_bits() {
    let catalogue = catalogue();
    let mut seen = BTreeSet::new();
    for _ in 0..100 {
        let made = catalogue.add_token(new()).unwrap();
        let parts: Vec<&str> = made.text.reveal().split('_').collect();
        let [mark, prefix, secret] = parts[..] else { panic!("{parts:?}") };
        assert_eq!((mark, Some(prefix)), ("eusl", made.author.token.as_deref()));
        // 62 letters hold 5.954 bits each: 43 of them are the first to hold 256.
        assert!(is_letters(prefix, 8) && is_letters(secret, 43), "{parts:?}");
        assert!(seen.insert(secret.to_owned()));
    }
    let letters: BTreeSet<char> = seen.iter().flat_map(|secret| secret.chars()).collect();
    assert_eq!(letters.len(), 62, "4,300 draws leave no letter out but once in 10^28");
}

#[test]
fn only_the_whole_text_of_a_token_is_known() {
    let catalogue = catalogue();
    let (one, other) = (catalogue.add_token(new()).unwrap(), catalogue.add_token(new()).unwrap());
    let text = one.text.reveal();
    let prefix = one.author.token.clone().unwrap();
    let foreign = format!("eusl_{prefix}_{}", other.text.reveal().rsplit('_').next().unwrap());
    let shorter = &text[..text.len() - 1];
    let longer = format!("{text}0");
    let (upper, spaced) = (text.to_uppercase(), format!(" {text}"));
    for wrong in ["", "eusl_", &prefix, &format!("eusl_{prefix}_"), shorter, &longer, &foreign, &upper, &spaced] {
        let error = catalogue.author_of(wrong, SystemTime::now()).unwrap_err();
        assert!(matches!(error, NotKnown::Unknown), "{wrong}: {error}");
    }
}

#[test]
fn a_token_ends_with_its_last_day() {
    let catalogue = catalogue();
    let made = catalogue.add_token(NewToken { expires: Some("2099-03-31".to_owned()), ..new() }).unwrap();
    assert_eq!(made.ends.as_deref(), Some("2099-03-31"));
    // `date -u -d 2099-03-31T23:59:59 +%s`
    let last_second = SystemTime::UNIX_EPOCH + Duration::from_secs(4_078_684_799);
    catalogue.author_of(made.text.reveal(), last_second).unwrap();
    let next = last_second + Duration::from_secs(1);
    let error = catalogue.author_of(made.text.reveal(), next).unwrap_err();
    assert!(matches!(&error, NotKnown::Expired { day, .. } if day == "2099-03-31"), "{error}");
    assert_eq!(catalogue.tokens(last_second).unwrap()[0].state, TokenState::Valid);
    assert_eq!(catalogue.tokens(next).unwrap()[0].state, TokenState::Expired);
}

#[test]
fn a_revoked_token_makes_no_author_and_only_who_has_the_secret_learns_why() {
    let catalogue = catalogue();
    let (revoked, other) = (catalogue.add_token(new()).unwrap(), catalogue.add_token(new()).unwrap());
    let prefix = revoked.author.token.clone().unwrap();
    let listed = catalogue.revoke_token(&prefix).unwrap();
    let TokenState::Revoked(day) = &listed.state else { panic!("{listed:?}") };
    let error = catalogue.author_of(revoked.text.reveal(), SystemTime::now()).unwrap_err();
    assert!(matches!(&error, NotKnown::Revoked { day: on, .. } if on == day), "{error}");
    let guess = format!("eusl_{prefix}_{}", "0".repeat(43));
    assert!(matches!(catalogue.author_of(&guess, SystemTime::now()), Err(NotKnown::Unknown)));
    catalogue.author_of(other.text.reveal(), SystemTime::now()).unwrap();
}

#[test]
fn what_cannot_be_revoked_says_why_and_repeats_no_secret() {
    let catalogue = catalogue();
    let made = catalogue.add_token(new()).unwrap();
    catalogue.revoke_token(made.text.reveal()).unwrap();
    let again = catalogue.revoke_token(made.text.reveal()).unwrap_err();
    assert!(matches!(again, TokenError::RevokedBefore { .. }), "{again}");
    let unknown = catalogue.revoke_token("eusl_nobody00_secretsecret").unwrap_err();
    assert!(matches!(&unknown, TokenError::NoSuchToken(prefix) if prefix == "nobody00"), "{unknown}");
    let secret = made.text.reveal().rsplit('_').next().unwrap();
    assert!(!again.to_string().contains(secret) && !unknown.to_string().contains("secretsecret"));
}

#[test]
fn debug_output_hides_the_secret() {
    let made = catalogue().add_token(new()).unwrap();
    let secret = made.text.reveal().rsplit('_').next().unwrap();
    assert!(!format!("{made:?}").contains(secret));
}

#[test]
fn a_token_that_makes_no_sense_is_refused_with_what_is_wrong() {
    let catalogue = catalogue();
    let iri = |iri: &str| Some(iri.to_owned());
    let kinds = |kinds: &[&str]| kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let wrong = [
        (NewToken { name: "  ".to_owned(), ..new() }, "whose it is"),
        (NewToken { name: "a\u{1b}[2J".to_owned(), ..new() }, "one line"),
        (NewToken { organisation: iri("voorbeeldstad"), ..new() }, "absolute IRI"),
        (NewToken { organisation: iri("http://example.eu/id/pilot/1"), ..new() }, "no organisation"),
        (NewToken { kinds: kinds(&["Public Service"]), ..new() }, "no kind"),
        (NewToken { kinds: kinds(&["function"]), numbers: Some(1..=9), ..new() }, "add the kind service-type"),
        (NewToken { numbers: Some(0..=9), ..new() }, "at least 1"),
        (NewToken { numbers: Some(1..=1_000_000_000), ..new() }, "999999999"),
        (NewToken { expires: iri("31-03-2027"), ..new() }, "no date"),
        (NewToken { expires: iri("2027-02-30"), ..new() }, "no date"),
        (NewToken { expires: iri("2020-01-01"), ..new() }, "is over"),
    ];
    for (new, word) in wrong {
        let error = catalogue.add_token(new).unwrap_err().to_string();
        assert!(error.contains(word), "{word}: {error}");
    }
    assert_eq!(catalogue.tokens(SystemTime::now()).unwrap(), []);
    let elsewhere = NewToken { organisation: iri("https://town.example/about#us"), ..new() };
    catalogue.add_token(elsewhere).unwrap();
}
