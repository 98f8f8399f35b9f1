//! What the network of looks of `vestibule_vision::outline` learns from: shapes that may be a document, in made-up
//! frames, as it sees them. `cargo run --release -p vestibule-vision-bench --bin outline-looks -- FILE COUNT` looks at as
//! many frames, and writes a record for each shape: the number of its frame as little-endian `u32`, its overlap with the
//! truth as `f32`, −1 where there is no document, and what the network sees, row by row, in 32nds as `i8`.

use std::error::Error;

use vestibule_vision::geometry::{Projection, Quad};
use vestibule_vision::outline::{looks, shapes};
use vestibule_vision_bench::random::Random;
use vestibule_vision_bench::score::overlap;
use vestibule_vision_bench::{Conditions, Seeds, Studio, asked};

/// The first seed beyond those of the other tools.
const UNSEEN: u64 = 2_000_000;

/// So many shapes near the truth are seen of each document, beside those that are found: the first as near as a shape
/// that is measured, the others with sides that are off.
const NEAR: usize = 4;
const MEASURED: f32 = 0.006;
const OFF: f32 = 0.15;

/// The share of sides that are off.
const OFTEN: f32 = 0.4;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(path), Some(count)) = (words.next(), words.next()) else {
        return Err("outline-looks FILE COUNT".into());
    };
    asked::write(&path, 0..count.parse()?, record)
}

fn record(studio: &Studio, index: u64) -> Vec<u8> {
    let seed = Seeds::Train.seed(UNSEEN + index);
    let conditions = match index % 5 {
        0 | 1 => Conditions { turned: true, ..Conditions::usual() },
        2 | 3 => Conditions::hard(),
        _ => Conditions::hard().empty(),
    };
    let (width, height) = if index.is_multiple_of(4) { (540, 960) } else { (960, 540) };
    let shot = studio.shot(seed, &conditions.sized(width, height));
    let truth = shot.truth.map(|truth| (truth.corners, truth.kind.subject()));
    let other = asked::looked_for(index);
    let frame = shot.picture.frame();
    let subject = truth.map_or(other, |(_, subject)| subject);
    let mut seen = shapes(&frame, subject).unwrap_or_default();
    if let Some((truth, _)) = &truth {
        seen.extend(near(truth, &mut Random::new(seed).part("near")));
    }
    let mut record = Vec::new();
    let looks = looks(&frame, subject, &seen).unwrap_or_default();
    for (shape, looks) in seen.iter().zip(looks).filter(|(_, looks)| !looks.is_empty()) {
        let overlap = truth.map_or(-1.0, |(truth, _)| overlap(shape, &truth));
        record.extend((index as u32).to_le_bytes());
        record.extend(overlap.to_le_bytes());
        record.extend(looks.iter().map(|value| ((value * 32.0).round() as i8).cast_unsigned()));
    }
    record
}

/// Shapes near the truth.
fn near(truth: &Quad, random: &mut Random) -> Vec<Quad> {
    let Some(projection) = Projection::onto(truth, 1.0, 1.0) else { return Vec::new() };
    let one = |which: usize| {
        let mut corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        for side in 0..4 {
            let far = if which > 0 && random.chance(OFTEN) { OFF } else { MEASURED };
            let (off, lean) = (random.either(far), random.either(0.3 * far));
            let across = 1 - side % 2;
            corners[side][across] += off + lean;
            corners[(side + 1) % 4][across] += off - lean;
        }
        Quad(corners.map(|[x, y]| projection.place(x, y)))
    };
    (0..NEAR).map(one).collect()
}
