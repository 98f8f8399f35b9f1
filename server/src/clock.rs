//! The time, as an argument. Here is the one lawful place that asks the system for it.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use vestibule_protocol::date::Timestamp;

/// Something that knows what time it is.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one lawful place that asks for the time")]
    fn now(&self) -> Timestamp {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The system's clock, moved by the whole number of seconds that stands in a file. The file is read
/// at every call, so that a test from outside can let time pass; no file means no shift.
#[derive(Clone, Debug)]
pub struct ShiftedClock {
    file: PathBuf,
}

impl ShiftedClock {
    /// The clock that `file` moves.
    pub fn new(file: PathBuf) -> Self {
        Self { file }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        let text = std::fs::read_to_string(&self.file).unwrap_or_default();
        SystemClock.now().plus_seconds(text.trim().parse().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_moves_the_clock() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("offset");
        let clock = ShiftedClock::new(file.clone());
        let before = SystemClock.now().millis();
        assert!((clock.now().millis() - before).abs() < 60_000);
        std::fs::write(&file, "7200\n").unwrap();
        assert!(clock.now().millis() - before >= 7_200_000);
    }
}
