//! Files that are damaged, cut, or none of ours.

use super::super::{Snapshot, SnapshotFileError, TermId};
use super::questions::{objects, triple};
use super::{bytes_of, file_of, open};
use proptest::prelude::*;

fn small() -> Vec<u8> {
    bytes_of(&Snapshot::of((0..14).map(|o| triple(o % 4, o % 3, o))))
}

#[test]
fn every_flipped_byte_is_found() {
    let bytes = small();
    for at in 0..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] ^= flip;
            assert!(open(&bytes).is_err(), "byte {at} flipped by {flip}");
        }
    }
}

#[test]
fn every_cut_is_found() {
    let bytes = small();
    for len in 0..bytes.len() {
        assert!(open(&bytes[..len]).is_err(), "cut to {len}");
    }
    assert!(
        matches!(open(&bytes[..bytes.len() - 1]), Err(SnapshotFileError::Cut { length }) if length == bytes.len() - 1)
    );
}

#[test]
fn bytes_too_many_are_found() {
    let mut bytes = small();
    bytes.push(0);
    assert!(open(&bytes).is_err());
    let twice = [small(), small()].concat();
    assert!(matches!(open(&twice), Err(SnapshotFileError::Damaged { .. })));
}

#[test]
fn the_block_that_is_damaged_is_named() {
    let text = |n: usize| crate::rdf::Literal::from(n.to_string().repeat(100_000));
    let mut bytes = bytes_of(&Snapshot::of((10..30).map(|n| {
        let subject = super::questions::iri("1");
        crate::rdf::Triple::new(subject.clone(), subject, text(n))
    })));
    bytes[2_500_000] ^= 1;
    let error = open(&bytes).unwrap_err();
    assert!(matches!(error, SnapshotFileError::Damaged { at: 2_097_152, .. }), "{error:?}");
    assert!(error.to_string().contains("2097152"), "{error}");
}

#[test]
fn what_is_no_snapshot_is_told() {
    for bytes in [b"".as_slice(), b"eusl", b"SQLite format 3\0 and more"] {
        assert!(matches!(open(bytes), Err(SnapshotFileError::NotASnapshot)));
    }
}

#[test]
fn a_file_of_the_next_version_is_told() {
    let mut bytes = small();
    bytes[8] += 1;
    let error = open(&bytes).unwrap_err();
    assert!(matches!(error, SnapshotFileError::Version { found: 2, expected: 1 }), "{error:?}");
}

/// Asks a snapshot whatever can be asked.
fn ask_all(snapshot: &Snapshot, ids: &[u32]) {
    let parts: Vec<_> = ids.iter().map(|id| Some(TermId::of(*id))).chain([None]).collect();
    for s in &parts {
        for p in &parts {
            for o in &parts {
                for triple in snapshot.matching(*s, *p, *o) {
                    let _ = triple.map(|id| snapshot.term(id).map(|term| term.to_string()));
                }
                let _ = snapshot.count(*s, *p, *o);
            }
        }
    }
    for object in objects() {
        let _ = snapshot.id(object.as_ref());
    }
    let _ = snapshot.terms().count();
    let _ = snapshot.write(&super::stamp(), &mut Vec::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn no_bytes_make_a_snapshot_panic(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
        ids in prop::collection::vec(prop_oneof![0..25_u32, Just(u32::MAX), Just(u32::MAX - 1), any::<u32>()], 1..4),
        whole in any::<bool>(),
    ) {
        let mut bytes = small();
        // Mostly the body, which is not looked at when the file is opened; sometimes the ends, too.
        let places: Vec<_> = places.iter().map(|(at, byte)| (at.index(bytes.len() - if whole { 0 } else { 300 }), *byte)).collect();
        for (at, byte) in &places {
            bytes[if whole { *at } else { at + 16 }] = *byte;
        }
        match Snapshot::open_checked_before(&file_of(&bytes)) {
            Ok((snapshot, _)) => ask_all(&snapshot, &ids),
            Err(_) if whole => {}
            Err(error) => prop_assert!(matches!(error, SnapshotFileError::Damaged { .. }), "{error:?}"),
        }
    }
}
