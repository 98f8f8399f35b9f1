//! What the worth of a line as a side is learned from: `cargo run --release -p vestibule-vision-bench --bin
//! outline-lines -- COUNT [tuning]` prints a line for each of the lines that may be a side of a document: the number of
//! its side, counted through all frames; how far the corner of the true side is from it that is farther, as a share of
//! the document's size; and its signs. Every document is whole, and a third of the frames is hard.

use std::error::Error;
use std::io::{Write, stdout};

use vestibule_vision::geometry::Point;
use vestibule_vision::outline::lines;
use vestibule_vision_bench::score::named_alike;
use vestibule_vision_bench::{Conditions, Studio, asked};

/// The first seed beyond those of `outline-views` and `outline-signs`.
const UNSEEN: u64 = 1_100_000;

fn main() -> Result<(), Box<dyn Error>> {
    let (pictures, seed) = asked::pictures("outline-lines", UNSEEN)?;
    let mut out = stdout().lock();
    let make = |studio: &Studio, index| told(studio, index, seed(index)).unwrap_or_default();
    Ok(asked::each(pictures, make, |lines| write!(out, "{lines}"))?)
}

/// The lines that may be a side of the document in this picture; nothing where none is found.
fn told(studio: &Studio, index: u64, seed: u64) -> Option<String> {
    let shot = studio.shot(seed, &Conditions::some_hard(index));
    let truth = shot.truth?;
    let (fitted, lines) = lines(&shot.picture.frame(), truth.kind.subject())?;
    let truth = named_alike(truth.corners, &fitted);
    let size = truth.area().sqrt();
    let mut told = String::new();
    for (side, lines) in lines.iter().enumerate() {
        for line in lines {
            let off = [side, (side + 1) % 4].map(|corner| off(truth.0[corner], line.ends).abs() / size);
            let signs = line.signs.map(|sign| format!("{sign:.4}")).join(" ");
            told.push_str(&format!("{} {:.4} {signs}\n", 4 * index as usize + side, off[0].max(off[1])));
        }
    }
    Some(told)
}

/// How far a place is from the line through two others.
fn off(place: Point, [from, to]: [Point; 2]) -> f32 {
    let cross = (to.x - from.x) * (place.y - from.y) - (to.y - from.y) * (place.x - from.x);
    cross / from.distance(to).max(1e-3)
}
