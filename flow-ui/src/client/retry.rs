//! When to try again.

/// Tries after the first one: with the pauses below, about half a minute in all.
const RETRIES: u32 = 6;

const FIRST_PAUSE: u32 = 500;
const LONGEST_PAUSE: u32 = 8_000;

/// Milliseconds to wait after try number `attempt` (from 0), or `None` to give up.
///
/// The pause doubles from half a second to eight; half of it is jitter (a number between 0 and 1),
/// so that a thousand phones that lost one server do not come back at once. A server that says
/// when to come again, in seconds, is believed up to a minute.
pub fn pause(attempt: u32, jitter: f64, retry_after: Option<u32>) -> Option<u32> {
    if attempt >= RETRIES {
        return None;
    }
    let longest = (FIRST_PAUSE << attempt).min(LONGEST_PAUSE);
    let half = longest / 2;
    let own = half + (f64::from(half) * jitter.clamp(0.0, 1.0)) as u32;
    Some(own.max(retry_after.unwrap_or(0).min(60) * 1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<_> = (0..8).map(|attempt| pause(attempt, 1.0, None)).collect();
        let expected = [500, 1_000, 2_000, 4_000, 8_000, 8_000];
        assert_eq!(pauses[..6], expected.map(Some));
        assert_eq!(pauses[6..], [None, None]);
    }

    #[test]
    fn jitter_takes_at_most_half() {
        assert_eq!(pause(2, 0.0, None), Some(1_000));
        assert_eq!(pause(2, 0.5, None), Some(1_500));
    }

    #[test]
    fn a_server_that_names_a_time_is_believed_within_reason() {
        assert_eq!(pause(0, 0.0, Some(5)), Some(5_000));
        assert_eq!(pause(0, 0.0, Some(86_400)), Some(60_000));
    }
}
