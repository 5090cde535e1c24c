//! The words of the desk.

use crate::catalogue::{LocalTime, Opening};

/// What the desk says.
pub(in crate::pages) struct DeskWords {
    pub(in crate::pages) lead: &'static str,
    pub(in crate::pages) question: &'static str,
    pub(in crate::pages) find: &'static str,
    pub(in crate::pages) organisation: &'static str,
    /// The link to the same page for no organisation.
    pub(in crate::pages) without: &'static str,
    pub(in crate::pages) choose: &'static str,
    pub(in crate::pages) choose_why: &'static str,
    /// What to type where there are too many organisations to draw.
    pub(in crate::pages) name_or_reference: &'static str,
    /// Stands before the organisations that what was typed may mean.
    pub(in crate::pages) which: &'static str,
    pub(in crate::pages) entries: &'static str,
    pub(in crate::pages) other_entries: &'static str,
    pub(in crate::pages) found_by: &'static str,
    pub(in crate::pages) some_words: &'static str,
    pub(in crate::pages) nothing: &'static str,
    /// What stands before the link to the list by letter.
    pub(in crate::pages) try_other: &'static str,
    // What to do
    pub(in crate::pages) what_to_do: &'static str,
    pub(in crate::pages) answer: &'static str,
    pub(in crate::pages) take_in: &'static str,
    pub(in crate::pages) take_in_report: &'static str,
    pub(in crate::pages) handle: &'static str,
    pub(in crate::pages) transfer: &'static str,
    /// Stands between `transfer` and a department.
    pub(in crate::pages) to: &'static str,
    /// The department where none is known; behind `to`.
    pub(in crate::pages) responsible: &'static str,
    pub(in crate::pages) refer: &'static str,
    // Who says so
    pub(in crate::pages) not_assessed: &'static str,
    pub(in crate::pages) nobody: &'static str,
    pub(in crate::pages) proposal: &'static str,
    /// Stands before the name of the assessor.
    pub(in crate::pages) assessed_by: &'static str,
    /// Stands before units and what they say, where they differ.
    pub(in crate::pages) units_say: &'static str,
    pub(in crate::pages) by_channel: &'static str,
    pub(in crate::pages) channel: &'static str,
    pub(in crate::pages) own: &'static str,
    pub(in crate::pages) shared: &'static str,
    // Why
    pub(in crate::pages) why: &'static str,
    /// Said of the verdict that is for all channels.
    pub(in crate::pages) whole: &'static str,
    pub(in crate::pages) reasons: &'static str,
    pub(in crate::pages) rule: &'static str,
    pub(in crate::pages) phase: &'static str,
    pub(in crate::pages) confidence: &'static str,
    pub(in crate::pages) date: &'static str,
    pub(in crate::pages) what_it_is: &'static str,
    pub(in crate::pages) definition_proposed: &'static str,
    // What the organisation has
    pub(in crate::pages) offers: &'static str,
    pub(in crate::pages) no_offers: &'static str,
    pub(in crate::pages) department: &'static str,
    pub(in crate::pages) no_department: &'static str,
    pub(in crate::pages) telephone: &'static str,
    pub(in crate::pages) email: &'static str,
    pub(in crate::pages) page: &'static str,
    pub(in crate::pages) now: &'static str,
    pub(in crate::pages) hours: &'static str,
    pub(in crate::pages) special: &'static str,
    /// Stands before the time there.
    pub(in crate::pages) as_of: &'static str,
    pub(in crate::pages) clock: ClockWords,
}

/// How it is said when something opens and closes.
pub(in crate::pages) struct ClockWords {
    pub(super) not_known: &'static str,
    pub(super) open: &'static str,
    /// Open until a time, which may have a day before it.
    pub(super) open_until: fn(&str) -> String,
    pub(super) closed: &'static str,
    /// Closed; opens at a time with `at`, which may have a day before it.
    pub(super) opens: fn(&str) -> String,
    /// Stands before a time.
    pub(super) at: &'static str,
    pub(super) tomorrow: &'static str,
    /// From Monday on.
    pub(super) weekdays: [&'static str; 7],
}

impl DeskWords {
    /// Whether somebody is there, and until when or from when on.
    pub(in crate::pages) fn opening(&self, opening: &Opening) -> String {
        let clock = &self.clock;
        match opening {
            Opening::NotKnown => clock.not_known.to_owned(),
            Opening::Open { until: None } => clock.open.to_owned(),
            Opening::Closed { opens: None } => clock.closed.to_owned(),
            // Until a time of today no day is said and no "at".
            Opening::Open { until: Some(until) } if until.days_ahead == 0 => (clock.open_until)(&until.time),
            Opening::Open { until: Some(until) } => (clock.open_until)(&clock.at(until)),
            Opening::Closed { opens: Some(opens) } => (clock.opens)(&clock.at(opens)),
        }
    }
}

impl ClockWords {
    /// A time with its day, where that is not today.
    fn at(&self, moment: &LocalTime) -> String {
        let LocalTime { days_ahead, weekday, date, time } = moment;
        let weekday = self.weekdays.get(usize::from(*weekday)).unwrap_or(&"");
        match days_ahead {
            0 => format!("{} {time}", self.at),
            1 => format!("{} {} {time}", self.tomorrow, self.at),
            2..=6 => format!("{weekday} {} {time}", self.at),
            _ => format!("{weekday} {date} {} {time}", self.at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::Language;

    #[test]
    fn what_opens_another_day_says_which() {
        let at =
            |days_ahead| LocalTime { days_ahead, weekday: 0, date: "2026-12-28".to_owned(), time: "07:30".to_owned() };
        let said = |opening| Language::English.words().desk.opening(&opening);
        assert_eq!(said(Opening::Open { until: Some(at(0)) }), "open until 07:30");
        assert_eq!(said(Opening::Closed { opens: Some(at(0)) }), "closed, opens at 07:30");
        assert_eq!(said(Opening::Closed { opens: Some(at(1)) }), "closed, opens tomorrow at 07:30");
        assert_eq!(said(Opening::Closed { opens: Some(at(3)) }), "closed, opens Monday at 07:30");
        assert_eq!(said(Opening::Closed { opens: Some(at(9)) }), "closed, opens Monday 2026-12-28 at 07:30");
        assert_eq!(said(Opening::Closed { opens: None }), "closed");
        for language in Language::ALL {
            let texts = [Opening::NotKnown, Opening::Open { until: None }, Opening::Closed { opens: None }]
                .map(|opening| language.words().desk.opening(&opening));
            assert!(texts[0] != texts[1] && texts[1] != texts[2] && texts[0] != texts[2], "{texts:?}");
        }
    }
}
