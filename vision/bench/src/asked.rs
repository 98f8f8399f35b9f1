//! Which pictures a tool looks at that prints what is learned from: `TOOL COUNT [tuning]`.

use std::error::Error;

use crate::Seeds;

/// As many pictures as the command line of this tool asks for, each with its number and its seed: of the tuning seeds, or
/// of those that serve training from `unseen` on, which no network has seen.
///
/// # Errors
/// How it is called, or what is no number.
pub fn pictures(tool: &str, unseen: u64) -> Result<impl Iterator<Item = (u64, u64)> + use<>, Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let count: u64 = words.next().ok_or_else(|| format!("{tool} COUNT [tuning]"))?.parse()?;
    let (seeds, from) = match words.next().as_deref() {
        Some("tuning") => (Seeds::Tuning, 0),
        _ => (Seeds::Train, unseen),
    };
    Ok((0..count).map(move |index| (index, seeds.seed(from + index))))
}
