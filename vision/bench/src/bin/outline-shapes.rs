//! What the worth of four lines as a whole is learned from: `cargo run --release -p vestibule-vision-bench --bin
//! outline-shapes -- COUNT [tuning]` prints a line for each of the shapes that may be a document: the number of its frame;
//! how far the corner that is farthest off is from the true one, as a share of the document's size; and its signs. The
//! frames are as those of `outline-lines`.

use std::error::Error;
use std::io::{Write, stdout};

use vestibule_vision::outline::shapes;
use vestibule_vision_bench::score::{farthest, named_alike};
use vestibule_vision_bench::{Conditions, Studio, asked};

/// The first seed beyond those of the other tools.
const UNSEEN: u64 = 1_200_000;

fn main() -> Result<(), Box<dyn Error>> {
    let pictures = asked::pictures("outline-shapes", UNSEEN)?;
    let studio = Studio::open()?;
    let mut out = stdout().lock();
    for (index, seed) in pictures {
        let shot = studio.shot(seed, &Conditions::some_hard(index));
        let Some(truth) = shot.truth else { continue };
        let Some(shapes) = shapes(&shot.picture.frame(), truth.kind.subject()) else { continue };
        let size = truth.corners.area().sqrt();
        for (corners, signs) in shapes {
            let off = farthest(&corners, &named_alike(truth.corners, &corners)) / size;
            let signs = signs.map(|sign| format!("{sign:.4}")).join(" ");
            writeln!(out, "{index} {off:.4} {signs}")?;
        }
    }
    Ok(())
}
