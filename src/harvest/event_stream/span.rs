//! The tree of pages, as arithmetic over positions of the feed.
//!
//! A page holds a hundred positions. Sixteen pages that are full and stand together under an even boundary have a node
//! above them, sixteen such nodes another one, and so on. What is full never changes, so neither does its node; only the
//! root and the last page do. The root leads to the largest nodes that are full, and so has no more than fifteen for
//! each level: forty-odd where there are a million members.

use std::fmt;
use std::ops::RangeInclusive;

/// How many members a page holds. The addresses of pages rest on it, so it is this number for good.
pub const MEMBERS: u64 = 100;

/// How many nodes stand under an inner node; this too for good.
const CHILDREN: u64 = 16;

/// A node below the root: the pages from the first to the last, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    first: u64,
    last: u64,
}

impl Span {
    /// One page, by its number.
    pub const fn page(number: u64) -> Self {
        Self { first: number, last: number }
    }

    /// Reads `17` (a page) or `17-32` (the node above these), in the one way each is written; nothing for what is no
    /// node of any tree.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |digits: &str| digits.parse().ok().filter(|number: &u64| *number > 0);
        let (first, last) = match text.split_once('-') {
            Some((first, last)) => (number(first)?, number(last)?),
            None => (number(text)?, number(text)?),
        };
        let span = Self { first, last };
        let is_known = std::iter::successors(Some(1_u64), |width| width.checked_mul(CHILDREN))
            .any(|width| last.checked_sub(first) == Some(width - 1) && (first - 1) % width == 0);
        (is_known && span.to_string() == text).then_some(span)
    }

    /// The newest page of a feed that ends at a position; the first where there is none yet.
    pub const fn newest(end: u64) -> Self {
        Self::page(if end == 0 { 1 } else { end.div_ceil(MEMBERS) })
    }

    /// The number of its first page.
    pub const fn first(self) -> u64 {
        self.first
    }

    /// How many pages it has.
    const fn width(self) -> u64 {
        self.last - self.first + 1
    }

    /// Whether it is a page and no inner node.
    pub const fn is_page(self) -> bool {
        self.first == self.last
    }

    /// The positions of the feed that it holds when it is full.
    pub const fn positions(self) -> RangeInclusive<u64> {
        (self.first - 1).saturating_mul(MEMBERS) + 1..=self.last.saturating_mul(MEMBERS)
    }

    /// Whether it is full in a feed that ends at a position.
    pub const fn is_full(self, end: u64) -> bool {
        self.last.saturating_mul(MEMBERS) <= end
    }

    /// Whether there is such a node in a feed that ends at a position: inner nodes come into being when they are full.
    pub const fn is_there(self, end: u64) -> bool {
        self.is_full(end) || (self.is_page() && (self.first - 1).saturating_mul(MEMBERS) < end)
    }

    /// The nodes right under it; none under a page.
    pub fn children(self) -> Vec<Self> {
        if self.is_page() {
            return Vec::new();
        }
        let width = self.width() / CHILDREN;
        (0..CHILDREN)
            .map(|place| self.first + place * width)
            .map(|first| Self { first, last: first + width - 1 })
            .collect()
    }

    /// The nodes right under the root of a feed that ends at a position: as large as there are, in their order, and the
    /// page that is not full yet.
    pub fn under_root(end: u64) -> Vec<Self> {
        let full = end / MEMBERS;
        let mut spans = Vec::new();
        let mut next = 1;
        while next <= full {
            let mut width = 1;
            while (next - 1) % (width * CHILDREN) == 0 && next + width * CHILDREN - 1 <= full {
                width *= CHILDREN;
            }
            spans.push(Self { first: next, last: next + width - 1 });
            next += width;
        }
        if end > full * MEMBERS {
            spans.push(Self::page(next));
        }
        spans
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_page() { write!(f, "{}", self.first) } else { write!(f, "{}-{}", self.first, self.last) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The pages under some nodes, from left to right.
    fn pages(spans: &[Span]) -> Vec<Span> {
        let below = |span: &Span| if span.is_page() { vec![*span] } else { pages(&span.children()) };
        spans.iter().flat_map(below).collect()
    }

    #[test]
    fn a_node_is_written_in_one_way_and_no_other_range_is_one() {
        for text in ["1", "17", "1-16", "17-32", "1-256", "257-512", "4097-8192"] {
            assert_eq!(Span::parse(text).map(|span| span.to_string()).as_deref(), Some(text));
        }
        for text in ["", "0", "01", "+1", "1-1", "1-2", "2-17", "1-15", "16-1", "1-", "-1", "1-256-512", "257-768", "x"]
        {
            assert_eq!(Span::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_root_of_a_million_members_leads_to_some_forty_nodes() {
        let names: Vec<String> = Span::under_root(1_000_050).iter().map(Span::to_string).collect();
        assert_eq!(names.first().map(String::as_str), Some("1-4096"));
        assert_eq!(names.last().map(String::as_str), Some("10001"));
        assert!(names.len() < 50, "{}", names.len());
    }

    proptest! {
        #[test]
        fn every_member_is_under_the_root_once_and_in_order(end in 0_u64..2_000_000) {
            let spans = Span::under_root(end);
            let mut next = 1;
            for page in pages(&spans) {
                prop_assert_eq!(*page.positions().start(), next);
                prop_assert!(page.is_there(end));
                next = page.positions().end() + 1;
            }
            prop_assert!(next > end && next <= end + MEMBERS);
            for span in &spans {
                prop_assert_eq!(Span::parse(&span.to_string()), Some(*span));
                prop_assert!(span.is_there(end) && (span.is_full(end) || span.is_page()));
            }
        }

        #[test]
        fn what_is_full_stays_where_it_is(end in 0_u64..500_000, more in 0_u64..500_000) {
            let later: Vec<Span> = pages(&Span::under_root(end + more));
            for page in pages(&Span::under_root(end)).into_iter().filter(|page| page.is_full(end)) {
                prop_assert!(later.contains(&page) && page.is_full(end + more));
            }
        }
    }
}
