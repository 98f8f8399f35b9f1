//! How far apart the characters of a row stand, from the light between them.
//!
//! Print of a fixed pitch darkens a row evenly, once a character, whatever the characters are. So the strongest
//! of the frequencies that its height allows is that of its characters, and where its wave is darkest stand
//! their middles.

use std::f32::consts::TAU;

use super::place::{Place, Step};
use super::rows::Row;
use crate::angle::{direction, sin_cos};
use crate::frame::Plane;
use crate::geometry::Point;

/// So many heights around the middle of a row are looked at, to either side.
const REACH: f32 = 12.0;
/// Samples for each height.
const DENSITY: f32 = 12.0;
/// Distances from the first to the last of these are tried, in heights, each so many times the one before.
const SHORTEST: f32 = 0.72;
const LONGEST: f32 = 1.5;
const FINENESS: f32 = 1.02;

/// A comb of characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comb {
    /// A character near the middle of the row.
    pub(super) place: Place,
    /// How much of what changes along the row is this wave, from 0 to 1.
    pub(super) share: f32,
}

/// The comb of a row, each of whose places has one in the picture. `None` where there is nothing to see.
pub(super) fn comb(plane: &Plane, row: &Row, to_picture: &dyn Fn(Point) -> Point) -> Option<Comb> {
    let (length, step) = (row.from.distance(row.to), row.height / DENSITY);
    let reach = (REACH * row.height).min(length / 2.0);
    let count = (2.0 * reach / step) as usize;
    if !(48..=1000).contains(&count) {
        return None;
    }
    // What leans has characters that stand as far apart as each other on the document, but not in the picture.
    let place = |sample: f32| {
        let share = 0.5 + (sample - count as f32 / 2.0) * step / length;
        to_picture(row.from.toward(row.to, share))
    };
    let middle = row.from.toward(row.to, 0.5);
    let [above, below] =
        [-0.5, 0.5].map(|part| to_picture(Point::new(middle.x, middle.y + part * row.height)));
    // Where columns were taken for rows the picture is mirrored, but its print is not.
    let down = Step::between(above, below).right_of(Step::between(to_picture(row.from), to_picture(row.to)));
    let wave = evened(&darkness(plane, count, place, down));
    let energy: f32 = wave.iter().map(|value| value * value).sum();
    let mut best = (0.0, 0.0, 0.0);
    let mut distance = SHORTEST * DENSITY;
    while distance < LONGEST * DENSITY {
        let (even, odd) = around(&wave, TAU / distance);
        let power = even * even + odd * odd;
        if power > best.0 {
            best = (power, distance, direction(odd, even));
        }
        distance *= FINENESS;
    }
    let (power, distance, phase) = best;
    let share = 2.0 * power / (energy * count as f32).max(1e-6);
    // The phase is that of the middle of the samples.
    let nearest = count as f32 / 2.0 + distance * phase / TAU;
    let middle = place(nearest);
    let along = Step::between(middle, place(nearest + distance));
    (share > 0.0)
        .then(|| Comb { place: Place { middle, along, down: down.of_length(along.length()) }, share })
}

/// How dark the row is at each sample, over most of its height.
fn darkness(plane: &Plane, count: usize, place: impl Fn(f32) -> Point, height: Step) -> Vec<f32> {
    let at = |sample: usize| {
        let place = place(sample as f32 + 0.5);
        let value = |level: f32| plane.at(place.x + height.x * level, place.y + height.y * level);
        255.0 - [-0.32, -0.16, 0.0, 0.16, 0.32].map(value).iter().sum::<f32>() / 5.0
    };
    (0..count).map(at).collect()
}

/// Without what changes slowly, as strong everywhere, and fading out at both ends.
fn evened(darkness: &[f32]) -> Vec<f32> {
    let reach = (1.3 * DENSITY) as usize;
    let mut sums = vec![0.0];
    for value in darkness {
        sums.push(sums[sums.len() - 1] + value);
    }
    let count = darkness.len();
    let mut wave: Vec<f32> = (0..count)
        .map(|at| {
            let (start, end) = (at.saturating_sub(reach), (at + reach + 1).min(count));
            darkness[at] - (sums[end] - sums[start]) / (end - start) as f32
        })
        .collect();
    let size = wave.iter().map(|value| value.abs()).sum::<f32>() / count as f32 + 0.5;
    for (at, value) in wave.iter_mut().enumerate() {
        let fade = 0.5 - 0.5 * sin_cos(TAU * (at as f32 + 0.5) / count as f32).1;
        *value = (*value / size).clamp(-3.0, 3.0) * fade;
    }
    wave
}

/// The parts of a frequency (in radians for a sample) that are even and odd around the middle.
fn around(wave: &[f32], frequency: f32) -> (f32, f32) {
    let start = frequency * (0.5 - wave.len() as f32 / 2.0);
    let (mut sin, mut cos) = sin_cos(start);
    let (turn_sin, turn_cos) = sin_cos(frequency);
    let (mut even, mut odd) = (0.0, 0.0);
    for value in wave {
        even += value * cos;
        odd += value * sin;
        (cos, sin) = (cos * turn_cos - sin * turn_sin, sin * turn_cos + cos * turn_sin);
    }
    (even, odd)
}
