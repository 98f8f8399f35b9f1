//! Calendar dates and instants as the wire writes them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// A day of the proleptic Gregorian calendar, written `YYYY-MM-DD` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("format" = "date"))
)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// The text is not a date, or not one that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a date of the form YYYY-MM-DD")]
pub struct InvalidDate;

impl Date {
    /// The date, if that month has that day. Years run from 1 to 9999.
    ///
    /// # Errors
    /// [`InvalidDate`] when no such day exists.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidDate> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        if exists { Ok(Self { year, month, day }) } else { Err(InvalidDate) }
    }

    /// Four-digit year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The beginning of the day in UTC, in milliseconds since 1970: less than zero before.
    pub fn millis(self) -> i64 {
        days_from_civil(self) * DAY
    }

    /// Whole years from this date to `today`: a person's age on that day. A birthday on
    /// 29 February is reached on 1 March in common years. Zero if this date lies ahead.
    pub fn years_until(self, today: Date) -> u16 {
        let reached = (today.month, today.day) >= (self.month, self.day);
        today.year.saturating_sub(self.year).saturating_sub(u16::from(!reached))
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(InvalidDate);
        }
        let number = |range: std::ops::Range<usize>| {
            bytes[range].iter().try_fold(0u16, |sum, byte| {
                byte.is_ascii_digit().then(|| sum * 10 + u16::from(byte - b'0')).ok_or(InvalidDate)
            })
        };
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        Self::new(year, month as u8, day as u8)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// An instant: milliseconds since 1970-01-01T00:00:00Z, written in RFC 3339 with `Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("format" = "date-time"))
)]
pub struct Timestamp(i64);

const DAY: i64 = 86_400_000;

/// 9999-12-31T23:59:59.999Z, the last instant that RFC 3339 can write.
const LAST: i64 = 253_402_300_799_999;

impl Timestamp {
    /// The instant `millis` milliseconds after the epoch, held between 1970 and the year 9999.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(0, LAST))
    }

    /// Milliseconds since the epoch.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// This instant and `seconds` more.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_millis(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// The day in UTC on which this instant falls.
    pub fn date(self) -> Date {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY));
        Date { year, month, day }
    }
}

/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`,
/// for days from 1970 to 9999.
fn civil_from_days(days: i64) -> (u16, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as u16, month as u8, day as u8)
}

/// The inverse of [`civil_from_days`], from the same source.
fn days_from_civil(date: Date) -> i64 {
    let month = i64::from(date.month);
    let year = i64::from(date.year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(date.day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = self.0.rem_euclid(DAY);
        let (hours, minutes) = (of_day / 3_600_000, of_day / 60_000 % 60);
        let (seconds, millis) = (of_day / 1000 % 60, of_day % 1000);
        write!(f, "{}T{hours:02}:{minutes:02}:{seconds:02}.{millis:03}Z", self.date())
    }
}

impl FromStr for Timestamp {
    type Err = InvalidDate;

    /// Reads the form that [`Timestamp`] writes: UTC, with or without milliseconds.
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let (date, time) = text.split_once('T').ok_or(InvalidDate)?;
        let date: Date = date.parse()?;
        let time = time.strip_suffix('Z').ok_or(InvalidDate)?;
        let (clock, millis) = time.split_once('.').unwrap_or((time, "000"));
        let digits = |part: &str, length: usize, below: i64| {
            let fits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            let value = part.parse::<i64>().ok().filter(|_| fits).ok_or(InvalidDate)?;
            if value < below { Ok(value) } else { Err(InvalidDate) }
        };
        let mut parts = clock.split(':');
        let mut two = |below| digits(parts.next().ok_or(InvalidDate)?, 2, below);
        let (hours, minutes, seconds) = (two(24)?, two(60)?, two(60)?);
        let of_day = ((hours * 60 + minutes) * 60 + seconds) * 1000 + digits(millis, 3, 1000)?;
        if parts.next().is_some() || date.year < 1970 {
            return Err(InvalidDate);
        }
        Ok(Self(days_from_civil(date) * DAY + of_day))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for text in ["1990-02-30", "2023-02-29", "1990-13-01", "1990-00-10", "90-01-01", "1990/01/01", ""] {
            assert_eq!(text.parse::<Date>(), Err(InvalidDate), "{text}");
        }
        assert!("2024-02-29".parse::<Date>().is_ok());
    }

    #[test]
    fn an_age_changes_on_the_birthday() {
        let born: Date = "2000-05-17".parse().unwrap();
        assert_eq!(born.years_until("2018-05-16".parse().unwrap()), 17);
        assert_eq!(born.years_until("2018-05-17".parse().unwrap()), 18);
        assert_eq!(born.years_until("1999-01-01".parse().unwrap()), 0);
        let leap_day: Date = "2004-02-29".parse().unwrap();
        assert_eq!(leap_day.years_until("2022-02-28".parse().unwrap()), 17);
        assert_eq!(leap_day.years_until("2022-03-01".parse().unwrap()), 18);
    }

    #[test]
    fn a_day_begins_at_midnight_in_utc() {
        let begins = |text: &str| text.parse::<Date>().unwrap().millis();
        assert_eq!(begins("1970-01-01"), 0);
        assert_eq!(begins("1969-12-31"), -86_400_000);
        assert_eq!(begins("2000-02-29"), 951_782_400_000);
    }

    #[test]
    fn known_instants_are_written_as_rfc_3339() {
        assert_eq!(Timestamp::from_millis(0).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::from_millis(951_782_400_000).to_string(), "2000-02-29T00:00:00.000Z");
        assert_eq!(Timestamp::from_millis(LAST).to_string(), "9999-12-31T23:59:59.999Z");
    }

    proptest! {
        #[test]
        fn every_instant_reads_back(millis in 0..=LAST) {
            let instant = Timestamp::from_millis(millis);
            prop_assert_eq!(instant.to_string().parse::<Timestamp>(), Ok(instant));
        }

        #[test]
        fn no_text_makes_the_parsers_panic(text in ".{0,40}") {
            let _ = text.parse::<Date>();
            let _ = text.parse::<Timestamp>();
        }
    }
}
