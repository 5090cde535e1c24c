//! The picture of verdicts by function: a stacked bar for each, laid out for an inline SVG.
//!
//! Each degree has a pattern of its own besides its colour: full, striped, hollow; what is not assessed is a gap.

use super::CoverageRow;
use crate::pages::site::Text;

/// The width of a full bar, and how much height a bar takes with its label, in units of the picture.
pub(super) const WIDTH: usize = 360;
pub(super) const STEP: usize = 40;

/// Where the first label stands, under the legend.
const TOP: usize = 92;

/// One bar of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is about.
    pub label: Text,
    /// Where the line of its label is.
    pub baseline: usize,
    /// Its parts, from left to right.
    pub segments: Vec<Segment>,
}

/// A part of a bar: the verdicts of one degree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The place of the degree in its list, from 0.
    pub degree: usize,
    /// Where it begins.
    pub x: usize,
    /// How wide it is.
    pub width: usize,
}

impl Bar {
    /// The bar of a row at a place in the picture, from 0.
    pub(super) fn of(place: usize, label: Text, row: &CoverageRow) -> Self {
        let numbers: Vec<usize> = row.verdicts.iter().map(|count| count.number).collect();
        let whole = (numbers.iter().sum::<usize>() + row.unassessed).max(1);
        let mut before = 0;
        let mut segments = Vec::new();
        for (degree, number) in numbers.into_iter().enumerate() {
            // Ends are rounded, not widths, so that rounding never adds up.
            let (x, end) = (before * WIDTH / whole, (before + number) * WIDTH / whole);
            before += number;
            if end > x {
                segments.push(Segment { degree, x, width: end - x });
            }
        }
        Self { label, baseline: TOP + place * STEP, segments }
    }

    /// Where the upper edge of the bar is.
    pub(super) const fn top(&self) -> usize {
        self.baseline + 6
    }
}

/// The fill of a degree beyond its colour: full, striped, hollow.
pub(super) fn fill(degree: usize) -> &'static str {
    ["currentColor", "url(#stripes)", "none"].get(degree).copied().unwrap_or("none")
}

/// The height of a picture of so many bars.
pub(super) const fn height(bars: usize) -> usize {
    TOP + bars * STEP
}

#[cfg(test)]
mod tests {
    use super::super::Count;
    use super::*;

    fn segments(numbers: [usize; 3], unassessed: usize) -> Vec<(usize, usize, usize)> {
        let row = CoverageRow {
            function: None,
            verdicts: numbers.map(|number| Count { number, href: None }).into(),
            unassessed,
            types: Count { number: 0, href: None },
            share: 0,
        };
        let bar = Bar::of(0, Text::plain("x"), &row);
        bar.segments.iter().map(|segment| (segment.degree, segment.x, segment.width)).collect()
    }

    #[test]
    fn the_parts_of_a_bar_are_as_wide_as_their_numbers_are_large() {
        assert_eq!(segments([1, 1, 2], 0), [(0, 0, 90), (1, 90, 90), (2, 180, 180)]);
        assert_eq!(segments([3, 0, 1], 4), [(0, 0, 135), (2, 135, 45)], "what is not assessed is a gap at the end");
        assert_eq!(segments([0, 0, 0], 0), []);
    }

    #[test]
    fn a_full_bar_is_full_however_its_parts_are_rounded() {
        let ends = segments([7, 11, 13], 0).last().map(|(_, x, width)| x + width);
        assert_eq!(ends, Some(WIDTH));
    }
}
