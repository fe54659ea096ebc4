//! The broadcaster's programme clock: RFC 3339 dates as milliseconds. Not a calendar, and knows no time zone's rules.

use std::fmt;
use std::str::FromStr;

use crate::scan::trim;

const DAY: i64 = 86_400_000;
/// 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: what four digits of a year can say.
const RANGE: (i64, i64) = (-62_167_219_200_000, 253_402_300_799_999);

/// A moment on the programme clock, in milliseconds since the Unix epoch (UTC). Finer digits are rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProgramDateTime(i64);

/// Text that is not an RFC 3339 date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a date and time such as 2026-11-23T04:05:06.789Z")]
pub struct DateTimeError;

impl ProgramDateTime {
    /// From milliseconds since the Unix epoch. Years outside 0 to 9999 are brought to the nearest moment inside.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        if millis < RANGE.0 {
            Self(RANGE.0)
        } else if millis > RANGE.1 {
            Self(RANGE.1)
        } else {
            Self(millis)
        }
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }
}

impl FromStr for ProgramDateTime {
    type Err = DateTimeError;

    /// Reads `2026-11-23T04:05:06.789+01:00`. A zone without its colon, or none at all (then UTC), will do.
    fn from_str(text: &str) -> Result<Self, DateTimeError> {
        read(trim(text)).ok_or(DateTimeError)
    }
}

fn read(text: &str) -> Option<ProgramDateTime> {
    let mut left = text.as_bytes();
    let year = digits(&mut left, 4)?;
    let month = digits_after(b"-", &mut left)?;
    let day = digits_after(b"-", &mut left)?;
    let hour = digits_after(b"Tt ", &mut left)?;
    let minute = digits_after(b":", &mut left)?;
    let second = if left.starts_with(b":") { digits_after(b":", &mut left)? } else { 0 };
    let millis = if left.starts_with(b".") { thousandths(&mut left) } else { 0 };
    // A leap second is the next minute's first.
    let valid = (1..=12).contains(&month)
        && (1..=days_of_month(year, month)).contains(&day)
        && (hour < 24 && minute < 60 && second <= 60);
    let clock = ((hour * 60 + minute) * 60 + second) * 1000 + millis;
    let zone = zone_millis(left).filter(|_| valid)?;
    Some(ProgramDateTime::from_millis(days_before(year, month, day) * DAY + clock - zone))
}

/// `Z`, `+01:00`, `-0530`, `+01` or nothing: how far local time is ahead of UTC.
fn zone_millis(mut left: &[u8]) -> Option<i64> {
    if matches!(left, b"" | b"Z" | b"z") {
        return Some(0);
    }
    let sign = if left.starts_with(b"-") { -1 } else { 1 };
    let hour = digits_after(b"+-", &mut left)?;
    let minute = match left {
        [] => 0,
        [b':', ..] => digits_after(b":", &mut left)?,
        _ => digits(&mut left, 2)?,
    };
    (left.is_empty() && hour < 24 && minute < 60).then_some(sign * (hour * 60 + minute) * 60_000)
}

/// `.789`: finer digits are dropped, missing ones are zeros.
fn thousandths(left: &mut &[u8]) -> i64 {
    let mut unit = 100;
    let mut millis = 0;
    *left = left.get(1..).unwrap_or_default();
    while let [digit @ b'0'..=b'9', rest @ ..] = *left {
        millis += i64::from(digit - b'0') * unit;
        unit /= 10;
        *left = rest;
    }
    millis
}

/// Two digits behind one of these marks.
fn digits_after(marks: &[u8], left: &mut &[u8]) -> Option<i64> {
    let (mark, rest) = left.split_first()?;
    *left = rest;
    if marks.contains(mark) { digits(left, 2) } else { None }
}

/// This many digits.
fn digits(left: &mut &[u8], count: usize) -> Option<i64> {
    let (text, rest) = left.split_at_checked(count)?;
    *left = rest;
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
    text.iter().try_fold(0, |number, byte| Some(number * 10 + digit(byte)?))
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date, counting years from March so that the leap day comes last.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, month) = (year.div_euclid(400), (month + 9) % 12);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The reverse of [`days_before`].
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year + i64::from(month >= 10);
    (year, if month < 10 { month + 3 } else { month - 9 }, day_of_month)
}

impl fmt::Display for ProgramDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date_of(self.0.div_euclid(DAY));
        let millis = self.0.rem_euclid(DAY);
        let (hour, minute) = (millis / 3_600_000, millis / 60_000 % 60);
        let (second, millis) = (millis / 1000 % 60, millis % 1000);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_any_zone() {
        let cases = [
            ("1970-01-01T00:00:00Z", 0),
            ("2010-02-19T14:54:23.031+08:00", 1_266_562_463_031),
            ("2026-11-23T04:29:06.123Z", 1_795_408_146_123),
            ("2026-11-23T04:29:06.123999Z", 1_795_408_146_123),
            ("2026-11-23T04:29:06.123", 1_795_408_146_123),
            ("2026-11-22T23:29:06.123-0500", 1_795_408_146_123),
            ("2026-11-23T05:29:06.123+01", 1_795_408_146_123),
            ("2024-02-29T12:00:00.5Z", 1_709_208_000_500),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
            ("1969-12-31T23:59:59.999Z", -1),
            ("0000-01-01T00:00:00Z", RANGE.0),
            ("9999-12-31T23:59:59.999Z", RANGE.1),
        ];
        for (text, millis) in cases {
            assert_eq!(text.parse(), Ok(ProgramDateTime(millis)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let texts = [
            "",
            "T",
            "2026-11-23",
            "2026-13-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T00:60:00Z",
            "2026-11-23T00:00:00.x1Z",
            "2026-11-23T00:00:00Zulu",
            "2026-11-23T00:00:00+1",
            "+026-11-23T00:00:00Z",
            "2026-11-23-T00:00:00Z",
            "2026-11-23T00:00:00+0é",
        ];
        for text in texts {
            assert_eq!(text.parse::<ProgramDateTime>(), Err(DateTimeError), "{text}");
        }
    }

    #[test]
    fn every_day_prints_as_it_reads() {
        let mut day = RANGE.0;
        while day < RANGE.1 {
            let moment = ProgramDateTime::from_millis(day + 12_345_678);
            assert_eq!(moment.to_string().parse(), Ok(moment));
            day += 97 * DAY;
        }
    }

    #[test]
    fn moments_beyond_four_digits_of_a_year_are_brought_inside() {
        assert_eq!(ProgramDateTime::from_millis(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(ProgramDateTime::from_millis(i64::MIN).to_string(), "0000-01-01T00:00:00.000Z");
    }
}
