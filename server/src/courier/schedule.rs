//! When something that failed is tried again.

use vestibule_protocol::date::Timestamp;

/// How long is waited after each of the first attempts, in seconds.
const FIRST: [i64; 5] = [2, 5, 15, 45, 120];

/// How long is waited after those, in seconds.
const THEN: i64 = 300;

/// What the other side may ask for at most (`Retry-After`), in seconds.
const LONGEST_ASKED: i64 = 3_600;

/// When to try again after an attempt that failed, after `failed` others. The other side may have asked to be
/// left alone for so many seconds; it is never tried sooner than it would have been, and nobody waits for
/// it beyond `end`.
pub fn again(failed: u32, asked_seconds: Option<u64>, now: Timestamp, end: Timestamp) -> Timestamp {
    let wait = usize::try_from(failed).ok().and_then(|failed| FIRST.get(failed)).copied().unwrap_or(THEN);
    let asked = asked_seconds.map_or(0, |seconds| i64::try_from(seconds).unwrap_or(LONGEST_ASKED));
    now.plus_seconds(wait.max(asked.min(LONGEST_ASKED))).min(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(failed: u32, asked: Option<u64>, end: i64) -> i64 {
        let (now, end) = (Timestamp::from_millis(0), Timestamp::from_millis(end * 1000));
        again(failed, asked, now, end).millis() / 1000
    }

    #[test]
    fn what_fails_is_tried_ever_later_and_not_beyond_the_end() {
        let waits: Vec<_> = (0..7).map(|failed| wait(failed, None, 86_400)).collect();
        assert_eq!(waits, [2, 5, 15, 45, 120, 300, 300]);
        assert_eq!((wait(u32::MAX, None, 86_400), wait(3, None, 30)), (300, 30));
    }

    #[test]
    fn the_other_side_may_ask_for_more_time_within_bounds() {
        assert_eq!((wait(0, Some(1), 86_400), wait(0, Some(60), 86_400)), (2, 60));
        assert_eq!((wait(0, Some(u64::MAX), 86_400), wait(0, Some(u64::MAX), 1_800)), (3_600, 1_800));
    }
}
