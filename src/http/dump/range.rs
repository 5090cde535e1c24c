//! Parts of a file that a request asks for (<https://www.rfc-editor.org/rfc/rfc9110#section-14>).

use std::ops::Range;

/// How many ranges are served at once; more ask for nothing that a whole file does not serve better
/// (<https://www.rfc-editor.org/rfc/rfc9110#section-17.15>).
const MOST: usize = 16;

/// What of a file is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it: nothing else was asked for in a way that counts.
    Whole,
    /// These bytes of it, in the order in which they were asked for; one range at least, none of them empty.
    Ranges(Vec<Range<u64>>),
    /// Nothing of what was asked for is there.
    Unsatisfiable,
}

/// Reads the value of a `Range` field for a file of so many bytes. A value that breaks the grammar, another unit than bytes,
/// and ranges that overlap or are too many ask for the whole, as for those who send none.
pub(super) fn extent(value: &str, length: u64) -> Extent {
    let Some((unit, set)) = value.split_once('=') else { return Extent::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Extent::Whole;
    }
    let specs = set.split(',').map(|spec| spec.trim_matches([' ', '\t'])).filter(|spec| !spec.is_empty());
    let Some(ranges) = specs.map(|spec| range(spec, length)).collect::<Option<Vec<_>>>() else { return Extent::Whole };
    let asked = ranges.len();
    let there: Vec<Range<u64>> = ranges.into_iter().filter(|range| !range.is_empty()).collect();
    let total = there.iter().try_fold(0_u64, |total, range| total.checked_add(range.end - range.start));
    match (asked, there.len()) {
        (0, _) => Extent::Whole,
        (_, 0) => Extent::Unsatisfiable,
        _ if asked > MOST || overlap(&there) || total.is_none_or(|total| total > length) => Extent::Whole,
        _ => Extent::Ranges(there),
    }
}

/// What one part of the field asks for; an empty range where that is not there, nothing where it breaks the grammar.
fn range(spec: &str, length: u64) -> Option<Range<u64>> {
    let (first, last) = spec.split_once('-')?;
    if first.is_empty() {
        let from_the_end = number(last)?;
        return Some(length.saturating_sub(from_the_end)..length);
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    if first > last {
        return None;
    }
    Some(first.min(length)..last.saturating_add(1).min(length))
}

/// A number of digits alone; one that is too large for any file is the largest.
fn number(digits: &str) -> Option<u64> {
    let is_one = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_one.then(|| digits.parse().unwrap_or(u64::MAX))
}

fn overlap(ranges: &[Range<u64>]) -> bool {
    let mut sorted: Vec<&Range<u64>> = ranges.iter().collect();
    sorted.sort_by_key(|range| range.start);
    sorted.windows(2).any(|pair| matches!(pair, [one, next] if next.start < one.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ranges(value: &str) -> Vec<(u64, u64)> {
        match extent(value, 100) {
            Extent::Ranges(ranges) => ranges.into_iter().map(|range| (range.start, range.end)).collect(),
            other => panic!("{value}: {other:?}"),
        }
    }

    #[test]
    fn ranges_are_read_as_the_standard_has_them() {
        assert_eq!(ranges("bytes=0-9"), [(0, 10)]);
        assert_eq!(ranges("Bytes=90-"), [(90, 100)]);
        assert_eq!(ranges("bytes=-7"), [(93, 100)]);
        assert_eq!(ranges("bytes=-700"), [(0, 100)]);
        assert_eq!(ranges("bytes=50-99999999999999999999999"), [(50, 100)]);
        assert_eq!(ranges("bytes= 5-5 ,, 1-2,200-300,"), [(5, 6), (1, 3)]);
    }

    #[test]
    fn what_is_not_there_is_unsatisfiable() {
        for value in ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-", "bytes=200-300,-0"] {
            assert_eq!(extent(value, 100), Extent::Unsatisfiable, "{value}");
        }
        assert_eq!(extent("bytes=0-", 0), Extent::Unsatisfiable);
    }

    #[test]
    fn what_breaks_the_grammar_or_asks_too_much_counts_as_nothing() {
        let many = format!("bytes={}", (0..17).map(|first| format!("{first}-{first}")).collect::<Vec<_>>().join(","));
        for value in [
            "",
            "bytes",
            "bytes=",
            "bytes=,",
            "items=0-1",
            "bytes=5-4",
            "bytes=a-b",
            "bytes=-",
            "bytes=1-2,x",
            "bytes=+1-2",
            "bytes=1 - 2",
            "bytes=0-10,5-20",
            "bytes=0-,-1",
            &many,
        ] {
            assert_eq!(extent(value, 100), Extent::Whole, "{value}");
        }
    }

    proptest! {
        /// The reference reads each part of the field by looking at every byte of the file.
        #[test]
        fn each_byte_is_sent_exactly_where_a_range_names_it(
            specs in prop::collection::vec((0_u64..40, prop::option::of(0_u64..40), any::<bool>()), 1..5), length in 0_u64..30,
        ) {
            let text = |(first, last, is_suffix): &(u64, Option<u64>, bool)| match (last, is_suffix) {
                (_, true) => format!("-{first}"),
                (Some(last), _) => format!("{first}-{last}"),
                (None, _) => format!("{first}-"),
            };
            let named = |byte: u64| {
                specs.iter().filter(|(first, last, is_suffix)| match (last, is_suffix) {
                    (_, true) => byte + first >= length,
                    (last, _) => byte >= *first && last.is_none_or(|last| byte <= last),
                }).count()
            };
            let is_valid = specs.iter().all(|(first, last, is_suffix)| *is_suffix || last.is_none_or(|last| *first <= last));
            let value = format!("bytes={}", specs.iter().map(text).collect::<Vec<_>>().join(","));
            let counts: Vec<usize> = (0..length).map(named).collect();
            match extent(&value, length) {
                Extent::Whole => prop_assert!(!is_valid || counts.iter().any(|count| *count > 1), "{}", value),
                Extent::Unsatisfiable => prop_assert!(is_valid && counts.iter().all(|count| *count == 0), "{}", value),
                Extent::Ranges(ranges) => {
                    prop_assert!(is_valid);
                    for (byte, count) in (0..length).zip(&counts) {
                        prop_assert_eq!(ranges.iter().filter(|range| range.contains(&byte)).count(), *count, "{}", value);
                    }
                }
            }
        }

        #[test]
        fn no_text_gives_a_range_beyond_the_file(value in "(bytes=)?[0-9, =-]{0,24}|\\PC{0,24}", length in any::<u64>()) {
            if let Extent::Ranges(ranges) = extent(&value, length) {
                prop_assert!(ranges.iter().all(|range| range.start < range.end && range.end <= length));
            }
        }
    }
}
