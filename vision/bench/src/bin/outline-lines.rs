//! What the worth of a line as a side is learned from: `cargo run --release -p vestibule-vision-bench --bin
//! outline-lines -- COUNT [tuning]` prints a line for each of the lines that may be a side of a document: the number of
//! its side, counted through all frames; how far the corners of the true side are from it, as a share of the document's
//! size; and its signs. The frames are as those of `outline-signs`, with documents that are whole.

use std::error::Error;
use std::io::{Write, stdout};

use vestibule_vision::geometry::{Point, Quad};
use vestibule_vision::outline::lines;
use vestibule_vision_bench::{Conditions, Studio, asked};

/// The first seed beyond those of `outline-views` and `outline-signs`.
const UNSEEN: u64 = 1_100_000;

fn main() -> Result<(), Box<dyn Error>> {
    let pictures = asked::pictures("outline-lines", UNSEEN)?;
    let studio = Studio::open()?;
    let mut out = stdout().lock();
    for (index, seed) in pictures {
        let usual = Conditions { turned: true, ..Conditions::usual() };
        let conditions = if index % 3 == 2 { Conditions::hard() } else { usual };
        let shot = studio.shot(seed, &conditions);
        let Some(truth) = shot.truth else { continue };
        let Some((fitted, lines)) = lines(&shot.picture.frame(), truth.kind.subject()) else { continue };
        let truth = named_alike(truth.corners, &fitted);
        let size = truth.area().sqrt();
        for (side, lines) in lines.iter().enumerate() {
            for line in lines {
                let off = [side, (side + 1) % 4].map(|corner| off(truth.0[corner], line.ends).abs() / size);
                let signs = line.signs.map(|sign| format!("{sign:.4}")).join(" ");
                writeln!(out, "{} {:.4} {:.4} {signs}", 4 * index as usize + side, off[0], off[1])?;
            }
        }
    }
    Ok(())
}

/// The true corners, named as those of another shape are to which they are nearest so.
fn named_alike(truth: Quad, other: &Quad) -> Quad {
    let away = |shape: &Quad| -> f32 { shape.0.iter().zip(other.0).map(|(a, b)| a.distance(b)).sum() };
    let turned = [0, 1, 2, 3].map(|quarters| truth.turned(quarters));
    turned.into_iter().min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(truth)
}

/// How far a place is from the line through two others.
fn off(place: Point, [from, to]: [Point; 2]) -> f32 {
    let cross = (to.x - from.x) * (place.y - from.y) - (to.y - from.y) * (place.x - from.x);
    cross / from.distance(to).max(1e-3)
}
