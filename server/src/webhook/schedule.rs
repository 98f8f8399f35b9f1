//! When an event that was not acknowledged is sent again.

use vestibule_protocol::date::Timestamp;

use crate::random::Random;
use crate::store::outbox::Settlement;

/// How long is waited after each of the first attempts, in milliseconds.
const FIRST: [i64; 5] = [30_000, 75_000, 187_500, 468_750, 1_171_880];

/// How long is waited after those, in milliseconds.
const THEN: i64 = 3_600_000;

/// How often that is done: for a day.
const THEN_TIMES: usize = 24;

/// What a receiver may ask for at most (`Retry-After`), in seconds.
const LONGEST_ASKED: i64 = 3_600;

/// What follows from an attempt that failed, after `failed` others. The receiver may have asked to be left
/// alone for so many seconds; it is never tried sooner than it would have been.
///
/// Hourly attempts come up to six minutes early, by chance, so that what has piled up for a receiver does
/// not come to it all at once when it is back.
pub(super) fn after_failure(
    failed: u32,
    asked_seconds: Option<u64>,
    now: Timestamp,
    random: &dyn Random,
) -> Settlement {
    let failed = usize::try_from(failed).unwrap_or(usize::MAX);
    let wait = match FIRST.get(failed) {
        Some(wait) => *wait,
        None if failed < FIRST.len() + THEN_TIMES => THEN - chance(random, THEN / 10),
        None => return Settlement::Parked,
    };
    let asked = asked_seconds.map_or(0, |seconds| i64::try_from(seconds).unwrap_or(LONGEST_ASKED));
    let wait = wait.max(asked.min(LONGEST_ASKED) * 1000);
    Settlement::Retry(Timestamp::from_millis(now.millis() + wait))
}

/// A number from 0 up to `end`, which is small beside the range of what is drawn.
fn chance(random: &dyn Random, end: i64) -> i64 {
    let mut bytes = [0; 4];
    random.fill(&mut bytes);
    i64::from(u32::from_le_bytes(bytes)) % end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::tests::Sequence;

    fn start() -> Timestamp {
        Timestamp::from_millis(0)
    }

    fn wait(failed: u32, asked: Option<u64>) -> Option<i64> {
        match after_failure(failed, asked, start(), &Sequence::default()) {
            Settlement::Retry(at) => Some(at.millis()),
            Settlement::Parked => None,
            Settlement::Delivered => panic!("it failed"),
        }
    }

    #[test]
    fn what_fails_is_tried_ever_later_then_hourly_for_a_day_then_parked() {
        let first: Vec<_> = (0..5).map(|failed| wait(failed, None).unwrap()).collect();
        assert_eq!(first, [30_000, 75_000, 187_500, 468_750, 1_171_880]);
        for failed in 5..29 {
            let wait = wait(failed, None).unwrap();
            assert!((3_240_001..=3_600_000).contains(&wait), "{wait} after {failed}");
        }
        assert_eq!((wait(29, None), wait(u32::MAX, None)), (None, None));
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_within_bounds() {
        assert_eq!(wait(0, Some(5)), Some(30_000));
        assert_eq!(wait(0, Some(120)), Some(120_000));
        assert_eq!(wait(0, Some(u64::MAX)), Some(3_600_000));
        assert_eq!(wait(29, Some(120)), None, "not for ever");
    }
}
