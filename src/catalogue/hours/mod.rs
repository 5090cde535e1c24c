//! Opening hours, and what they say of a moment.
//!
//! A period is a `time:TemporalEntity` with a description for people; `schema:dayOfWeek`, `schema:opens`,
//! `schema:closes` and `schema:scheduleTimezone` tell it to machines, `schema:validFrom` and
//! `schema:validThrough` bound it to days (<https://schema.org/OpeningHoursSpecification>). On a special day the
//! ordinary hours do not hold; without times the day is closed.
//!
//! Whether somebody is there is said only where every period can be read: a "closed" that overlooks one sends
//! a caller away for nothing.

use super::resource::Resource;
use crate::rdf::{Literal, NamedNodeRef};
use crate::vocab::{dct, schema};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ZonedDateTime};
use std::time::SystemTime;

/// How many days ahead the next opening is looked for: a closed summer fits.
const DAYS_AHEAD: i64 = 70;

/// The opening hours of one contact point at one moment.
#[derive(Clone, Debug, Default)]
pub struct Hours {
    /// The ordinary periods in words, each in the languages it has.
    pub ordinary: Vec<Vec<Literal>>,
    /// The special days in words.
    pub special: Vec<Vec<Literal>>,
    /// What is special about today, in words; empty on an ordinary day.
    pub today: Vec<Vec<Literal>>,
    /// What can be said of the moment.
    pub opening: Opening,
    /// The moment where the contact point is; nothing where no zone is told.
    pub asked_at: Option<LocalTime>,
}

/// Whether somebody is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// Nothing that a machine can read says so.
    #[default]
    NotKnown,
    /// Open, until then.
    Open {
        /// When it closes; nothing if it does not in the next weeks.
        until: Option<LocalTime>,
    },
    /// Closed, until then.
    Closed {
        /// When it opens; nothing if it does not in the next weeks.
        opens: Option<LocalTime>,
    },
}

/// A moment on the clock where a contact point is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// How many days it is ahead: 0 is today.
    pub days_ahead: i64,
    /// 0 for Monday to 6 for Sunday.
    pub weekday: u8,
    /// The day, as `2026-12-28`.
    pub date: String,
    /// Hours and minutes, as `07:30`.
    pub time: String,
}

impl Hours {
    /// The hours that two sets of periods tell, ordinary and special, at a moment.
    pub(super) fn at(now: SystemTime, ordinary: &[Resource], special: &[Resource]) -> Self {
        let words = |periods: &[Resource]| -> Vec<Vec<Literal>> {
            let mut periods: Vec<&Resource> = periods.iter().collect();
            periods.sort_by_cached_key(|period| order(period));
            let texts = periods.into_iter().map(|period| period.literals(dct::DESCRIPTION));
            texts.filter(|texts| !texts.is_empty()).collect()
        };
        let hours = Self { ordinary: words(ordinary), special: words(special), ..Self::default() };
        let Some((schedule, now)) =
            Timestamp::try_from(now).ok().and_then(|now| Some((Schedule::read(ordinary, special)?, now)))
        else {
            return hours;
        };
        let here = now.to_zoned_datetime(schedule.zone.clone());
        let today = schedule.special.iter().zip(special).filter(|(period, _)| period.is_on(here.date()));
        let today = today.map(|(_, resource)| resource.literals(dct::DESCRIPTION)).collect();
        let opening = schedule.opening(&here);
        Self { today, opening, asked_at: Some(LocalTime::of(&here, &here)), ..hours }
    }
}

impl LocalTime {
    fn of(moment: &ZonedDateTime, now: &ZonedDateTime) -> Self {
        let there = moment.with_time_zone(now.time_zone().clone());
        let days_ahead = now.date().until(there.date()).map_or(0, |span| i64::from(span.get_days()));
        Self {
            days_ahead,
            weekday: u8::try_from(there.weekday().to_monday_zero_offset()).unwrap_or(0),
            date: there.date().to_string(),
            time: format!("{:02}:{:02}", there.hour(), there.minute()),
        }
    }
}

/// A period that a machine can read.
#[derive(Clone, Debug)]
struct Period {
    /// The days of the week on which it begins.
    days: Vec<Weekday>,
    /// From when to when; nothing where it is closed.
    times: Option<Times>,
    /// Its first and its last day, where it has one.
    from: Option<Date>,
    through: Option<Date>,
    zone: Option<TimeZone>,
}

/// From when to when a period lasts, on the local clock.
#[derive(Clone, Copy, Debug)]
struct Times {
    opens: Time,
    closes: Time,
    closes_next_day: bool,
}

/// The periods of a contact point.
struct Schedule {
    ordinary: Vec<Period>,
    special: Vec<Period>,
    zone: TimeZone,
}

impl Schedule {
    /// Reads periods; nothing if there are none, or one of them cannot be read.
    fn read(ordinary: &[Resource], special: &[Resource]) -> Option<Self> {
        let is_ordinary = |period: &Period| !period.days.is_empty() && period.times.is_some();
        let is_special = |period: &Period| period.from.is_some() || period.through.is_some();
        let read = |resources: &[Resource]| resources.iter().map(Period::read).collect::<Option<Vec<Period>>>();
        let (ordinary, special) = (read(ordinary)?, read(special)?);
        let zone = ordinary.iter().chain(&special).find_map(|period| period.zone.clone())?;
        let is_readable = !ordinary.is_empty() && ordinary.iter().all(is_ordinary) && special.iter().all(is_special);
        is_readable.then_some(Self { ordinary, special, zone })
    }

    /// What the periods say of a moment.
    fn opening(&self, now: &ZonedDateTime) -> Opening {
        let mut open: Option<Timestamp> = None;
        for (begin, end) in self.sessions(now) {
            match open {
                // What begins when the last one ends goes on.
                Some(until) if begin <= until => open = Some(until.max(end)),
                Some(_) => break,
                None if begin > now.timestamp() => {
                    return Opening::Closed { opens: Some(self.local(begin, now)) };
                }
                None if end > now.timestamp() => open = Some(end),
                None => {}
            }
        }
        let Some(until) = open else { return Opening::Closed { opens: None } };
        let is_seen = until < now.timestamp() + jiff::SignedDuration::from_hours(24 * (DAYS_AHEAD - 1));
        Opening::Open { until: is_seen.then(|| self.local(until, now)) }
    }

    fn local(&self, moment: Timestamp, now: &ZonedDateTime) -> LocalTime {
        LocalTime::of(&moment.to_zoned_datetime(self.zone.clone()), now)
    }

    /// From when to when it is open, from yesterday on, which may last into today, in order.
    fn sessions(&self, now: &ZonedDateTime) -> Vec<(Timestamp, Timestamp)> {
        let days = (-1..=DAYS_AHEAD).filter_map(|ahead| now.date().checked_add(Span::new().days(ahead)).ok());
        let mut sessions: Vec<_> = days.flat_map(|day| self.sessions_on(day)).collect();
        sessions.sort_unstable();
        sessions
    }

    /// The sessions that begin on a day.
    fn sessions_on(&self, day: Date) -> Vec<(Timestamp, Timestamp)> {
        let on = |periods: &[Period]| -> Vec<Period> {
            periods.iter().filter(|period| period.is_on(day)).cloned().collect()
        };
        let special = on(&self.special);
        let periods = if special.is_empty() { on(&self.ordinary) } else { special };
        periods.iter().filter_map(|period| period.session(day, &self.zone)).collect()
    }
}

impl Period {
    /// Reads a period; nothing if something in it cannot be read.
    fn read(resource: &Resource) -> Option<Self> {
        let day = |iri: &String| weekday(iri);
        let days = resource.iris(schema::DAY_OF_WEEK).iter().map(day).collect::<Option<Vec<Weekday>>>()?;
        let opens = one(resource, schema::OPENS, time).ok()?;
        let closes = one(resource, schema::CLOSES, |text| Some(text.to_owned())).ok()?;
        let times = match (opens, closes) {
            (None, None) => None,
            (Some(opens), Some(closes)) => Some(Times::read(opens, &closes)?),
            _ => return None,
        };
        Some(Self {
            days,
            times,
            from: one(resource, schema::VALID_FROM, |text| text.parse().ok()).ok()?,
            through: one(resource, schema::VALID_THROUGH, |text| text.parse().ok()).ok()?,
            zone: one(resource, schema::SCHEDULE_TIMEZONE, |text| TimeZone::get(text).ok()).ok()?,
        })
    }

    /// Whether it begins on a day.
    fn is_on(&self, day: Date) -> bool {
        (self.days.is_empty() || self.days.contains(&day.weekday()))
            && self.from.is_none_or(|from| from <= day)
            && self.through.is_none_or(|through| day <= through)
    }

    /// From when to when it is open if it begins on a day.
    fn session(&self, day: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let Times { opens, closes, closes_next_day } = self.times?;
        let zone = self.zone.as_ref().unwrap_or(zone);
        let last = if closes_next_day { day.tomorrow().ok()? } else { day };
        let moment =
            |day: Date, time: Time| Some(day.to_datetime(time).to_zoned_datetime(zone.clone()).ok()?.timestamp());
        Some((moment(day, opens)?, moment(last, closes)?))
    }
}

impl Times {
    /// Reads a closing time. `24:00` is the day's end, and one before the opening time is the next day's; the
    /// same time twice is the whole day to some and none of it to others, so it says nothing.
    fn read(opens: Time, closes: &str) -> Option<Self> {
        if ["24:00", "24:00:00"].contains(&closes) {
            return Some(Self { opens, closes: Time::midnight(), closes_next_day: true });
        }
        let closes = time(closes)?;
        (closes != opens).then_some(Self { opens, closes, closes_next_day: closes < opens })
    }
}

/// What puts periods in the order of the calendar and the week; those that cannot be read come last.
fn order(resource: &Resource) -> (bool, Option<Date>, Option<i8>, Option<Time>) {
    let period = Period::read(resource);
    let is_unreadable = period.as_ref().is_none_or(|period| period.days.is_empty() && period.from.is_none());
    let first = |period: &Period| period.days.iter().map(|day| day.to_monday_zero_offset()).min();
    let (from, day) = (period.as_ref().and_then(|period| period.from), period.as_ref().and_then(first));
    (is_unreadable, from, day, period.and_then(|period| period.times).map(|times| times.opens))
}

/// Said of a period that a machine cannot read.
struct NotReadable;

/// The value of a property that has one at most.
fn one<T>(
    resource: &Resource,
    property: NamedNodeRef<'static>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, NotReadable> {
    match resource.literals(property).as_slice() {
        [] if resource.iris(property).is_empty() => Ok(None),
        [value] => read(value.value().trim()).map(Some).ok_or(NotReadable),
        _ => Err(NotReadable),
    }
}

/// An `xsd:time` of the local clock; one with an offset of its own is none.
fn time(text: &str) -> Option<Time> {
    let is_local = text.bytes().all(|byte| byte.is_ascii_digit() || b":.".contains(&byte));
    if is_local { text.parse().ok() } else { None }
}

/// The day that a term of schema.org names; public holidays are none.
fn weekday(iri: &str) -> Option<Weekday> {
    let name = iri.strip_prefix("http://schema.org/").or_else(|| iri.strip_prefix("https://schema.org/"))?;
    Some(match name {
        "Monday" => Weekday::Monday,
        "Tuesday" => Weekday::Tuesday,
        "Wednesday" => Weekday::Wednesday,
        "Thursday" => Weekday::Thursday,
        "Friday" => Weekday::Friday,
        "Saturday" => Weekday::Saturday,
        "Sunday" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
