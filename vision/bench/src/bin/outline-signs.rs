//! What the confidence in an outline is fitted to: `cargo run --release -p vestibule-vision-bench --bin outline-signs --
//! COUNT [tuning]` prints a line for each frame: 0 for one without a document, 1 for a whole one and 2 for one that is
//! cut off; then `none` where nothing is found that might be a document, or the overlap with the truth, 1 where it is taken
//! for cut off, and the signs. The frames are none that the network learned from, or those of the tuning seeds.

use std::error::Error;
use std::io::{Write, stdout};

use vestibule_vision::outline::candidate;
use vestibule_vision_bench::score::overlap;
use vestibule_vision_bench::{Conditions, Studio, asked};

/// The first seed beyond those of `outline-views`.
const UNSEEN: u64 = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let (pictures, seed) = asked::pictures("outline-signs", UNSEEN)?;
    let mut out = stdout().lock();
    let make = |studio: &Studio, index| line(studio, index, seed(index));
    Ok(asked::each(pictures, make, |line| writeln!(out, "{line}"))?)
}

fn line(studio: &Studio, index: u64, seed: u64) -> String {
    // As in the bench: half of the documents as usual, some as bad as they come, and frames without any.
    let conditions = match index % 5 {
        0 | 1 => Conditions { turned: true, ..Conditions::usual() },
        2 => Conditions::hard(),
        3 if index.is_multiple_of(2) => Conditions { cut: 1.0, ..Conditions::usual() },
        _ => Conditions::hard().empty(),
    };
    let shot = studio.shot(seed, &conditions);
    let other = asked::looked_for(index);
    let subject = shot.truth.as_ref().map_or(other, |truth| truth.kind.subject());
    let kind = shot.truth.as_ref().map_or(0, |truth| 1 + u8::from(truth.cut));
    let Some(found) = candidate(&shot.picture.frame(), subject) else { return format!("{kind} none") };
    let share = shot.truth.map_or(0.0, |truth| overlap(&found.corners, &truth.corners));
    let signs = found.signs.map(|sign| format!("{sign:.4}")).join(" ");
    format!("{kind} {share:.4} {} {signs}", u8::from(found.cut))
}
