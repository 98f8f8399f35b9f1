//! How much memory the process has had at most, as Linux counts it.

use std::fs;

/// Forgets what was: the next peak is one from now on.
pub(super) fn forget_peak() {
    // Where it is not allowed, or the system is another one, the peak is that of all before.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The most that was resident at a time, in megabytes; `None` where the system does not say.
pub(super) fn peak() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}
