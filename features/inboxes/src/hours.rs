//! When somebody answers in an inbox: hours of each weekday in a time zone, and days on which it is closed.
//!
//! What must stay true: hours are those of the wall clock in the inbox's zone, also in the weeks in which it is put
//! forward or back. Messages are taken at any time: hours only say when an answer can be expected.

use crate::{HOURS_INVALID, HOURS_ZONE_UNKNOWN};
use base::{Ms, Problem};
use ids::CalendarId;
use jiff::{
    Timestamp, ToSpan as _,
    civil::Date,
    tz::{AmbiguousOffset, TimeZone},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const DAY_MINUTES: i64 = 24 * 60;
/// Spans of one weekday.
const SPANS_A_DAY: usize = 4;
pub(crate) const CLOSED_DAYS: usize = 200;
/// How far the next opening is looked for: every closed day in a row, and a week.
const LOOK_DAYS: i64 = CLOSED_DAYS as i64 + 8;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// Off: nothing is said about hours.
    pub enabled: bool,
    /// Follows this calendar of the workspace: zone, week and closed days are its, whatever is sent.
    pub calendar_id: Option<CalendarId>,
    /// Of the IANA database, for example `Asia/Jakarta`.
    pub zone: String,
    /// By day and time; none of a day: closed.
    pub week: Vec<OpenSpan>,
    /// Closed all day, for example `2026-12-25`, or `--12-25` in each year; in order, at most 200.
    pub closed_days: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSpan {
    /// 1 is Monday, 7 is Sunday.
    pub day: i8,
    /// Minutes after midnight, 0 to 1,439.
    pub from: i64,
    /// Minutes after midnight, more than `from`; 1,440 is midnight.
    pub until: i64,
}

/// Whether somebody answers now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Opening {
    pub open: bool,
    /// When it opens or closes next; `null`: not in sight.
    pub changes_at: Option<Ms>,
}

impl Default for Hours {
    fn default() -> Self {
        Self { enabled: false, calendar_id: None, zone: "UTC".to_owned(), week: Vec::new(), closed_days: Vec::new() }
    }
}

impl Hours {
    /// The hours in their stored form, or why they cannot be used.
    pub(crate) fn checked(mut self) -> Result<Self, Problem> {
        if TimeZone::get(&self.zone).is_err() {
            return Err(HOURS_ZONE_UNKNOWN.with("zone", self.zone.as_str()));
        }
        self.week.sort_unstable();
        for (index, span) in self.week.iter().enumerate() {
            let fits = (1..=7).contains(&span.day) && 0 <= span.from && span.from < span.until;
            let overlaps = self.week[..index].iter().any(|other| other.day == span.day && other.until > span.from);
            let spans = self.week.iter().filter(|other| other.day == span.day).count();
            if !fits || span.until > DAY_MINUTES || overlaps || spans > SPANS_A_DAY {
                return Err(HOURS_INVALID.with("day", i64::from(span.day)));
            }
        }
        self.closed_days.sort_unstable();
        self.closed_days.dedup();
        // A leap year has all days that a year can have.
        let is_day = |day: &String| match day.strip_prefix("--") {
            Some(rest) => is_date(&format!("2028-{rest}")),
            None => is_date(day),
        };
        if self.closed_days.len() > CLOSED_DAYS || !self.closed_days.iter().all(is_day) {
            return Err(HOURS_INVALID.with("day", 0));
        }
        Ok(self)
    }

    /// Whether somebody answers at a time; `None` when nothing is said about it.
    pub fn opening(&self, now: Ms) -> Option<Opening> {
        if !self.enabled {
            return None;
        }
        let zone = TimeZone::get(&self.zone).ok()?;
        let today = Timestamp::from_millisecond(now).ok()?.to_zoned(zone.clone()).date();
        let mut open_until: Option<Ms> = None;
        for (from, until) in (0..LOOK_DAYS).flat_map(|after| self.spans_of(&zone, today, after)) {
            match open_until {
                // Midnight between two open days is no end.
                Some(end) if from > end => break,
                Some(_) => open_until = Some(until),
                None if until <= now => {}
                None if from <= now => open_until = Some(until),
                None => return Some(Opening { open: false, changes_at: Some(from) }),
            }
        }
        let in_sight = |end: &Ms| end - now < (LOOK_DAYS - 1) * DAY_MINUTES * 60_000;
        Some(Opening { open: open_until.is_some(), changes_at: open_until.filter(in_sight) })
    }

    /// When `open` milliseconds of the hours have passed since `start`; `None`: not in sight.
    pub(crate) fn after(&self, start: Ms, open: Ms) -> Option<Ms> {
        let zone = TimeZone::get(&self.zone).ok()?;
        let first = Timestamp::from_millisecond(start).ok()?.to_zoned(zone.clone()).date();
        let mut left = open;
        for (from, until) in (0..LOOK_DAYS).flat_map(|after| self.spans_of(&zone, first, after)) {
            let from = from.max(start);
            // An end that is reached at closing time is reached then, and not at the next opening.
            if left <= until - from {
                return Some(from + left);
            }
            left -= (until - from).max(0);
        }
        None
    }

    /// The spans of a day some days after `today`, in UTC.
    fn spans_of(&self, zone: &TimeZone, today: Date, after: i64) -> Vec<(Ms, Ms)> {
        let Ok(date) = today.checked_add(after.days()) else { return Vec::new() };
        let text = date.to_string();
        let yearly = text.get(5..).map(|day| format!("--{day}"));
        if self.closed_days.iter().any(|closed| *closed == text || Some(closed) == yearly.as_ref()) {
            return Vec::new();
        }
        let day = date.weekday().to_monday_one_offset();
        let at = |minutes: i64| moment(zone, date, minutes);
        let spans = self.week.iter().filter(|span| span.day == day);
        // A span that the clock jumps over is none.
        spans.filter_map(|span| Some((at(span.from)?, at(span.until)?))).filter(|(from, until)| from < until).collect()
    }
}

/// `2026-12-25`, and no other way to write it.
pub(crate) fn is_date(day: &str) -> bool {
    day.len() == 10 && day.parse::<Date>().is_ok()
}

/// A time of the wall clock. One that the clock jumps over is the moment of the jump; one that comes twice is meant
/// the first time.
fn moment(zone: &TimeZone, date: Date, minutes: i64) -> Option<Ms> {
    let (date, minutes) = if minutes == DAY_MINUTES { (date.tomorrow().ok()?, 0) } else { (date, minutes) };
    let time = date.at((minutes / 60) as i8, (minutes % 60) as i8, 0, 0);
    let there = zone.to_ambiguous_timestamp(time);
    let timestamp = match there.offset() {
        AmbiguousOffset::Gap { .. } => zone.following(there.earlier().ok()?).next()?.timestamp(),
        _ => there.compatible().ok()?,
    };
    Some(timestamp.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday to Friday, nine to five.
    fn hours(zone: &str) -> Hours {
        let week = (1..=5).map(|day| OpenSpan { day, from: 9 * 60, until: 17 * 60 }).collect();
        Hours { enabled: true, zone: zone.to_owned(), week, ..Hours::default() }
    }

    fn ms(text: &str) -> Ms {
        text.parse::<Timestamp>().expect("a time").as_millisecond()
    }

    fn told(hours: &Hours, at: &str) -> (bool, Option<String>) {
        let opening = hours.opening(ms(at)).expect("hours");
        let text = |at: Ms| Timestamp::from_millisecond(at).expect("a time").to_string();
        (opening.open, opening.changes_at.map(text))
    }

    #[test]
    fn a_weekend_lasts_until_monday_in_the_inboxs_zone() {
        let jakarta = hours("Asia/Jakarta");
        assert_eq!(told(&jakarta, "2026-11-27T09:59:59Z"), (true, Some("2026-11-27T10:00:00Z".into())));
        assert_eq!(told(&jakarta, "2026-11-27T10:00:00Z"), (false, Some("2026-11-30T02:00:00Z".into())));
        assert!(!told(&jakarta, "2026-11-30T01:59:59Z").0);
        assert!(told(&jakarta, "2026-11-30T02:00:00Z").0);
        assert_eq!(Hours { enabled: false, ..jakarta }.opening(0), None);
    }

    #[test]
    fn the_wall_clock_counts_when_it_is_put_forward_and_back() {
        let berlin = hours("Europe/Berlin");
        // Friday to Monday over the change of 2026-03-29: eight in the morning UTC becomes seven.
        assert_eq!(told(&berlin, "2026-03-27T07:59:00Z"), (false, Some("2026-03-27T08:00:00Z".into())));
        assert_eq!(told(&berlin, "2026-03-28T12:00:00Z"), (false, Some("2026-03-30T07:00:00Z".into())));
        assert_eq!(told(&berlin, "2026-10-24T12:00:00Z"), (false, Some("2026-10-26T08:00:00Z".into())));
        // Half an hour that the clock jumps over is not open; one that comes twice is open once.
        let night = |from, until| Hours { week: vec![OpenSpan { day: 7, from, until }], ..hours("Europe/Berlin") };
        assert_eq!(told(&night(120, 150), "2026-03-29T00:30:00Z"), (false, Some("2026-04-05T00:00:00Z".into())));
        let twice = night(120, 150);
        assert_eq!(told(&twice, "2026-10-25T00:10:00Z"), (true, Some("2026-10-25T00:30:00Z".into())));
        assert!(!told(&twice, "2026-10-25T01:10:00Z").0);
    }

    #[test]
    fn closed_days_are_passed_over_and_midnight_is_no_end() {
        let mut always = Hours {
            week: (1..=7).map(|day| OpenSpan { day, from: 0, until: DAY_MINUTES }).collect(),
            ..hours("Asia/Jakarta")
        };
        assert_eq!(told(&always, "2026-12-24T12:00:00Z"), (true, None));
        always.closed_days = vec!["2026-12-25".into()];
        assert_eq!(told(&always, "2026-12-23T12:00:00Z"), (true, Some("2026-12-24T17:00:00Z".into())));
        assert_eq!(told(&always, "2026-12-24T18:00:00Z"), (false, Some("2026-12-25T17:00:00Z".into())));
        let never = Hours { week: Vec::new(), ..always };
        assert_eq!(told(&never, "2026-12-24T12:00:00Z"), (false, None));
    }

    #[test]
    fn a_break_at_noon_is_two_spans() {
        let span = |from: i64, until: i64| OpenSpan { day: 1, from: from * 60, until: until * 60 };
        let broken = Hours { week: vec![span(13, 17), span(9, 12)], ..hours("UTC") }.checked().expect("hours");
        assert_eq!(told(&broken, "2026-11-30T12:30:00Z"), (false, Some("2026-11-30T13:00:00Z".into())));
    }

    #[test]
    fn what_no_week_holds_is_refused() {
        let week = |week: Vec<OpenSpan>| Hours { week, ..hours("UTC") }.checked();
        let span = |day, from, until| OpenSpan { day, from, until };
        for wrong in [span(0, 1, 2), span(8, 1, 2), span(1, 5, 5), span(1, -1, 5), span(1, 5, 1_441)] {
            assert!(week(vec![wrong]).is_err(), "{wrong:?}");
        }
        assert!(week(vec![span(1, 60, 120), span(1, 119, 180)]).is_err());
        assert!(week(vec![span(1, 60, 120), span(1, 120, 180), span(2, 60, 120)]).is_ok());
        assert!(hours("Mars/Base").checked().is_err());
        for day in ["2026-02-30", "tomorrow", "2026-12-25T00"] {
            assert!(Hours { closed_days: vec![day.into()], ..hours("UTC") }.checked().is_err(), "{day}");
        }
    }
}
