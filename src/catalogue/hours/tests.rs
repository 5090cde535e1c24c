//! What opening hours say of moments, counted by hand.

use super::*;

const PREFIXES: &str = "@prefix s: <http://schema.org/> . @prefix d: <http://purl.org/dc/terms/> .
    @prefix x: <http://www.w3.org/2001/XMLSchema#> .";

/// A period on days of the week, `Monday Tuesday 08:00 16:30`.
fn weekly(name: &str, days: &str, opens: &str, closes: &str, zone: &str) -> String {
    let days: Vec<String> = days.split(' ').map(|day| format!("; s:dayOfWeek s:{day} ")).collect();
    let days = days.concat();
    format!(
        "<{name}> s:opens \"{opens}:00\"^^x:time ; s:closes \"{closes}:00\"^^x:time ; s:scheduleTimezone \"{zone}\" {days} ."
    )
}

/// What is said of a moment, given as RFC 3339.
fn hours(ordinary: &str, special: &str, now: &str) -> Hours {
    let read = |turtle: &str| Resource::all_of(&format!("{PREFIXES} {turtle}"));
    let now: Timestamp = now.parse().unwrap();
    Hours::at(SystemTime::try_from(now).unwrap(), &read(ordinary), &read(special))
}

/// The same in short: `open 16:30`, `closed +1 08:00`, `closed`, `?`.
fn said(ordinary: &str, special: &str, now: &str) -> String {
    let when = |moment: LocalTime| match moment.days_ahead {
        0 => moment.time,
        ahead => format!("+{ahead} {}", moment.time),
    };
    match hours(ordinary, special, now).opening {
        Opening::NotKnown => "?".to_owned(),
        Opening::Open { until } => format!("open {}", until.map_or_else(String::new, when)),
        Opening::Closed { opens } => format!("closed {}", opens.map_or_else(String::new, when)),
    }
}

/// Monday to Thursday 7:30 to 12:00 and 13:00 to 16:00, Friday 7:30 to 12:00, in Brussels.
fn office() -> String {
    let zone = "Europe/Brussels";
    let days = "Monday Tuesday Wednesday Thursday";
    weekly("a", days, "07:30", "12:00", zone)
        + &weekly("b", days, "13:00", "16:00", zone)
        + &weekly("c", "Friday", "07:30", "12:00", zone)
}

#[test]
fn on_a_weekday_it_is_open_from_the_first_minute_to_the_last_and_not_at_noon() {
    // 2 December 2026 is a Wednesday; Brussels is an hour ahead of UTC in winter.
    for (now, expected) in [
        ("2026-12-02T06:29:59Z", "closed 07:30"),
        ("2026-12-02T06:30:00Z", "open 12:00"),
        ("2026-12-02T10:59:59Z", "open 12:00"),
        ("2026-12-02T11:00:00Z", "closed 13:00"),
        ("2026-12-02T12:30:00Z", "open 16:00"),
        ("2026-12-02T15:00:00Z", "closed +1 07:30"),
        ("2026-12-04T13:00:00Z", "closed +3 07:30"),
        ("2026-12-06T10:00:00Z", "closed +1 07:30"),
    ] {
        assert_eq!(said(&office(), "", now), expected, "{now}");
    }
}

#[test]
fn the_clock_that_counts_is_that_of_the_place() {
    let at = |zone| weekly("a", "Wednesday", "09:00", "10:00", zone);
    for (zone, expected) in
        [("Europe/Lisbon", "closed 09:00"), ("Europe/Berlin", "open 10:00"), ("Europe/Helsinki", "closed +7 09:00")]
    {
        assert_eq!(said(&at(zone), "", "2026-12-02T08:30:00Z"), expected, "{zone}");
    }
    // In summer the same place is another hour ahead.
    assert_eq!(said(&at("Europe/Lisbon"), "", "2026-07-01T08:30:00Z"), "open 10:00");
    assert_eq!(hours(&at("Europe/Helsinki"), "", "2026-12-02T23:30:00Z").asked_at.unwrap().date, "2026-12-03");
}

#[test]
fn hours_over_midnight_last_into_the_next_day() {
    let night = weekly("a", "Friday Saturday", "22:00", "02:00", "Europe/Brussels");
    for (now, expected) in [
        ("2026-12-04T22:00:00Z", "open +1 02:00"),
        ("2026-12-05T00:59:00Z", "open 02:00"),
        ("2026-12-05T01:00:00Z", "closed 22:00"),
        ("2026-12-06T00:30:00Z", "open 02:00"),
        ("2026-12-06T22:30:00Z", "closed +5 22:00"),
    ] {
        assert_eq!(said(&night, "", now), expected, "{now}");
    }
    // What ends when the next begins goes on; what never ends has no end.
    let day_and_night =
        weekly("a", "Monday", "08:00", "24:00", "UTC") + &weekly("b", "Tuesday", "00:00", "06:00", "UTC");
    assert_eq!(said(&day_and_night, "", "2026-12-07T12:00:00Z"), "open +1 06:00");
    let week = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";
    assert_eq!(said(&weekly("a", week, "00:00", "24:00", "UTC"), "", "2026-12-07T12:00:00Z"), "open ");
}

#[test]
fn on_a_special_day_the_ordinary_hours_do_not_hold() {
    let special = "<x> d:description \"Closed at Christmas\" ; s:validFrom \"2026-12-24\"^^x:date ; s:validThrough \"2026-12-25\"^^x:date .
        <y> d:description \"Short\" ; s:validFrom \"2026-12-28\"^^x:date ; s:validThrough \"2026-12-28\"^^x:date ;
            s:opens \"09:00:00\"^^x:time ; s:closes \"11:00:00\"^^x:time .";
    for (now, expected) in [
        ("2026-12-23T15:30:00Z", "closed +5 09:00"),
        ("2026-12-24T10:00:00Z", "closed +4 09:00"),
        ("2026-12-28T07:00:00Z", "closed 09:00"),
        ("2026-12-28T09:00:00Z", "open 11:00"),
        ("2026-12-28T12:30:00Z", "closed +1 07:30"),
    ] {
        assert_eq!(said(&office(), special, now), expected, "{now}");
    }
    let today = |now| hours(&office(), special, now).today.len();
    assert_eq!(["2026-12-23T10:00:00Z", "2026-12-25T10:00:00Z"].map(today), [0, 1]);
    // It is that day there: 23:30 UTC on the 23rd is the 24th in Brussels.
    assert_eq!(today("2026-12-23T23:30:00Z"), 1);
}

#[test]
fn on_the_days_when_the_clocks_change_the_clock_on_the_wall_counts() {
    let sunday = weekly("a", "Sunday", "01:00", "04:00", "Europe/Brussels");
    // 28 March 2027: two o'clock becomes three, so four o'clock is 02:00 UTC.
    assert_eq!(said(&sunday, "", "2027-03-28T01:59:00Z"), "open 04:00");
    assert_eq!(said(&sunday, "", "2027-03-28T02:00:00Z"), "closed +7 01:00");
    // 25 October 2026: three o'clock becomes two, so four o'clock is 03:00 UTC.
    assert_eq!(said(&sunday, "", "2026-10-25T02:59:00Z"), "open 04:00");
    assert_eq!(said(&sunday, "", "2026-10-25T03:00:00Z"), "closed +7 01:00");
}

#[test]
fn hours_of_a_season_hold_in_it_alone() {
    let summer = weekly("a", "Wednesday", "08:00", "20:00", "UTC")
        .replace(" .", " ; s:validFrom \"2026-06-01\" ; s:validThrough \"2026-06-30\" .");
    assert_eq!(said(&summer, "", "2026-06-24T12:00:00Z"), "open 20:00");
    assert_eq!(said(&summer, "", "2026-07-01T12:00:00Z"), "closed ");
    assert_eq!(said(&summer, "", "2026-05-20T12:00:00Z"), "closed +14 08:00");
}

#[test]
fn where_one_period_cannot_be_read_nothing_is_claimed_and_its_words_are_shown() {
    let words = "<z> d:description \"Every first Saturday\" .";
    let found = hours(&(office() + words), "", "2026-12-02T09:00:00Z");
    assert_eq!((found.opening, found.ordinary.len()), (Opening::NotKnown, 1));
    let at = "2026-12-02T09:00:00Z";
    for unreadable in [
        String::new(),
        weekly("a", "Wednesday", "08:00", "16:00", "Europe/Atlantis"),
        weekly("a", "PublicHolidays", "08:00", "16:00", "UTC"),
        weekly("a", "Wednesday", "25:00", "26:00", "UTC"),
        weekly("a", "Wednesday", "08:00", "08:00", "UTC"),
        weekly("a", "Wednesday", "08:00", "16:00", "UTC").replace("16:00:00", "16:00:00Z"),
        weekly("a", "Wednesday", "08:00", "16:00", "UTC").replace("s:closes", "s:shuts"),
        weekly("a", "Wednesday", "08:00", "16:00", "UTC") + "<a> s:opens \"09:00:00\" .",
        weekly("a", "Wednesday", "08:00", "16:00", "UTC")
            .replace("s:scheduleTimezone \"UTC\"", "s:opens \"08:00:00\"^^x:time"),
    ] {
        assert_eq!(said(&unreadable, "", at), "?", "{unreadable}");
    }
    assert_eq!(said(&office(), "<x> d:description \"Closed on public holidays\" .", at), "?");
    assert_eq!(said(&office(), "<x> s:validFrom \"soon\" .", at), "?");
}

#[test]
fn the_words_of_hours_stand_in_the_order_of_the_week() {
    let described = |name: &str, day: &str, opens: &str| {
        weekly(name, day, opens, "17:00", "UTC") + &format!("<{name}> d:description \"{day} {opens}\" .")
    };
    let hours = hours(
        &(described("a", "Friday", "08:00")
            + &described("b", "Monday", "13:00")
            + &described("c", "Monday", "08:00")
            + "<0> d:description \"By appointment\" ."),
        "",
        "2026-12-02T09:00:00Z",
    );
    let words: Vec<&str> = hours.ordinary.iter().map(|texts| texts[0].value()).collect();
    assert_eq!(words, ["Monday 08:00", "Monday 13:00", "Friday 08:00", "By appointment"]);
}
