//! Moments as OAI-PMH writes them, in UTC: a day, or a second
//! (<http://www.openarchives.org/OAI/openarchivesprotocol.html#Dates>).

use jiff::Timestamp;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// From the first second of a day to its last.
const TO_LAST_SECOND: Duration = Duration::from_secs(24 * 60 * 60 - 1);

/// How finely a moment is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Granularity {
    Day,
    Second,
}

/// A moment that a harvester names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Datestamp {
    pub granularity: Granularity,
    /// When it begins.
    pub from: SystemTime,
    /// The second in which it ends.
    pub until: SystemTime,
}

impl Datestamp {
    /// Reads `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ssZ`; nothing where it is neither.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let shape: String = text.chars().map(|char| if char.is_ascii_digit() { '0' } else { char }).collect();
        match shape.as_str() {
            "0000-00-00" => {
                let from = read(&format!("{text}T00:00:00Z"))?;
                Some(Self { granularity: Granularity::Day, from, until: from.checked_add(TO_LAST_SECOND)? })
            }
            "0000-00-00T00:00:00Z" => {
                let second = read(text)?;
                Some(Self { granularity: Granularity::Second, from: second, until: second })
            }
            _ => None,
        }
    }
}

fn read(text: &str) -> Option<SystemTime> {
    text.parse::<Timestamp>().ok()?.try_into().ok()
}

/// The second of a moment, as it stands in an answer.
pub(super) fn second(moment: SystemTime) -> String {
    Timestamp::from_second(seconds(moment).cast_signed()).unwrap_or_default().to_string()
}

/// The whole seconds from 1970 to a moment.
pub(super) fn seconds(moment: SystemTime) -> u64 {
    moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The moment so many seconds after 1970 began; nothing beyond the year 9999.
pub(super) fn moment(seconds: u64) -> Option<SystemTime> {
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lasts_until_its_last_second_and_a_second_is_itself() {
        let day = Datestamp::parse("2024-02-29").unwrap();
        assert_eq!([second(day.from), second(day.until)], ["2024-02-29T00:00:00Z", "2024-02-29T23:59:59Z"]);
        let moment = Datestamp::parse("2026-11-28T17:48:09Z").unwrap();
        assert_eq!(moment.from, moment.until);
        // date -u -d 2026-11-28T17:48:09Z +%s
        assert_eq!(seconds(moment.from), 1_795_888_089);
        assert_eq!(second(moment.from), "2026-11-28T17:48:09Z");
    }

    #[test]
    fn what_is_no_moment_of_the_protocol_is_none() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-13-01",
            "2026-02-29",
            "26-11-28",
            "2026-11-28T17:48Z",
            "2026-11-28T17:48:09",
            "2026-11-28T17:48:09.1Z",
            "2026-11-28T17:48:09+00:00",
            "2026-11-28T24:00:00Z",
            "2026-11-28 17:48:09Z",
            "2026-11-28t17:48:09z",
        ] {
            assert_eq!(Datestamp::parse(text), None, "{text:?}");
        }
    }
}
