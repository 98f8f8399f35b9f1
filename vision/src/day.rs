//! Days as documents write them: whole ones, and those of which parts are unknown.

/// A day of the proleptic Gregorian calendar, in the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The day, if that month has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The day that a text in the manner of ISO 8601 names: `2026-11-29`.
    pub fn read(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
        let [year, month, day] = [&[y1, y2, y3, y4][..], &[m1, m2], &[d1, d2]].map(number);
        Self::new(year?, month? as u8, day? as u8)
    }

    /// As ISO 8601 writes it.
    pub fn text(self) -> String {
        let [year, month, day] = [self.year, self.month.into(), self.day.into()];
        let digits = [year / 1000, year / 100, year / 10, year, 10, month / 10, month, 10, day / 10, day];
        let character = |(at, digit): (usize, u16)| match at {
            4 | 7 => '-',
            _ => char::from(b'0' + (digit % 10) as u8),
        };
        digits.into_iter().enumerate().map(character).collect()
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
}

/// The number that up to four digits are.
pub(crate) fn number(digits: &[u8]) -> Option<u16> {
    let all = digits.len() <= 4 && digits.iter().all(u8::is_ascii_digit);
    all.then(|| digits.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0')))
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

/// A day of which the year is known, and perhaps no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialDay {
    earliest: Day,
    latest: Day,
}

impl PartialDay {
    /// The day with what is known of it. Without the month, the day of the month says nothing. `None`
    /// when there is no such day.
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let (earliest, latest) = match (month, day) {
            (Some(month), Some(day)) => (Day::new(year, month, day)?, Day::new(year, month, day)?),
            (Some(month), None) => {
                (Day::new(year, month, 1)?, Day::new(year, month, days_in_month(year, month))?)
            }
            (None, _) => (Day::new(year, 1, 1)?, Day::new(year, 12, 31)?),
        };
        Some(Self { earliest, latest })
    }

    /// The first day that it can be.
    pub fn earliest(self) -> Day {
        self.earliest
    }

    /// The last day that it can be.
    pub fn latest(self) -> Day {
        self.latest
    }
}

impl From<Day> for PartialDay {
    fn from(day: Day) -> Self {
        Self { earliest: day, latest: day }
    }
}

/// A day with two digits of its year, as machine-readable zones write it: `YYMMDD`, where a part that
/// nobody knows is `<<` (Doc 9303-3, section 4.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortDay {
    year: Option<u8>,
    month: Option<u8>,
    day: Option<u8>,
}

/// How many years ahead an expiry can lie. Documents are valid for 15 years at most, or without end.
const AHEAD: u16 = 49;

impl ShortDay {
    /// Reads the six characters. `None` when they are neither digits nor fillers in pairs.
    pub fn read(text: &str) -> Option<Self> {
        let [y1, y2, m1, m2, d1, d2] = *text.as_bytes() else { return None };
        Some(Self { year: pair(y1, y2)?, month: pair(m1, m2)?, day: pair(d1, d2)? })
    }

    /// The day of birth: the latest that is not ahead of `today`, so nobody is a hundred. `None` when
    /// the year is unknown, or there is no such day.
    pub fn birth(self, today: Day) -> Option<PartialDay> {
        let two = u16::from(self.year?);
        let this_century = today.year - today.year % 100 + two;
        let day = |year| PartialDay::new(year, self.month, self.day);
        match day(this_century) {
            Some(born) if born.earliest <= today => Some(born),
            // 29 February of this century need not be a day of the last one, nor the other way round.
            Some(_) => day(this_century.checked_sub(100)?),
            None if this_century > today.year => day(this_century.checked_sub(100)?),
            None => None,
        }
    }

    /// The day of expiry, in the hundred years of which `today`'s is the fifty-first. `None` when a
    /// part is unknown, or there is no such day.
    pub fn expiry(self, today: Day) -> Option<Day> {
        let two = u16::from(self.year?);
        let last = today.year.checked_add(AHEAD)?;
        let back = (last % 100 + 100 - two) % 100;
        Day::new(last.checked_sub(back)?, self.month?, self.day?)
    }
}

/// Two digits, or two fillers.
fn pair(tens: u8, ones: u8) -> Option<Option<u8>> {
    match (tens, ones) {
        (b'<', b'<') => Some(None),
        (b'0'..=b'9', b'0'..=b'9') => Some(Some((tens - b'0') * 10 + (ones - b'0'))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u16, month: u8, day: u8) -> Day {
        Day::new(year, month, day).unwrap()
    }

    fn short(text: &str) -> ShortDay {
        ShortDay::read(text).unwrap()
    }

    const TODAY: Day = Day { year: 2026, month: 11, day: 20 };

    #[test]
    fn a_birth_is_the_latest_day_that_is_not_ahead() {
        let born = |text| short(text).birth(TODAY).map(PartialDay::earliest);
        assert_eq!(born("740812"), Some(day(1974, 8, 12)));
        assert_eq!(born("261120"), Some(day(2026, 11, 20)), "today");
        assert_eq!(born("261121"), Some(day(1926, 11, 21)), "tomorrow, a hundred years ago");
        assert_eq!(born("000229"), Some(day(2000, 2, 29)));
        assert_eq!(born("280229"), Some(day(1928, 2, 29)));
        assert_eq!(born("270229"), None, "neither 2027 nor 1927 has that day");
        assert_eq!(born("741332"), None);
    }

    #[test]
    fn what_is_unknown_of_a_birth_leaves_a_span() {
        let span = |text| short(text).birth(TODAY).map(|born| (born.earliest(), born.latest()));
        assert_eq!(span("7402<<"), Some((day(1974, 2, 1), day(1974, 2, 28))));
        assert_eq!(span("74<<<<"), Some((day(1974, 1, 1), day(1974, 12, 31))));
        assert_eq!(span("74<<12"), Some((day(1974, 1, 1), day(1974, 12, 31))), "of which month?");
        assert_eq!(span("<<0812"), None);
        assert_eq!(span("<<<<<<"), None);
    }

    #[test]
    fn an_expiry_lies_within_fifty_years_either_way() {
        let until = |text| short(text).expiry(TODAY);
        assert_eq!(until("120415"), Some(day(2012, 4, 15)));
        assert_eq!(until("751231"), Some(day(2075, 12, 31)));
        assert_eq!(until("761231"), Some(day(1976, 12, 31)));
        assert_eq!(until("991231"), Some(day(1999, 12, 31)));
        assert_eq!(until("2611<<"), None);
        assert_eq!(until("300229"), None);
        assert_eq!(short("300101").expiry(day(9999, 1, 1)), None, "the calendar ends");
    }

    #[test]
    fn only_pairs_of_digits_or_fillers_are_read() {
        for text in ["", "74081", "7408122", "7A0812", "74081<", "7408-2", "ÄÄÄ"] {
            assert!(ShortDay::read(text).is_none(), "{text}");
        }
    }
}
